//! The table that the benches print: what, measured, to reach, and the ratio of the two.

/// A line of the table.
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// How much.
    pub measured: f64,
    /// How much it may be; none for what is told besides.
    pub target: Option<f64>,
    /// Unit of both.
    pub unit: &'static str,
}

/// Prints figures as a Markdown table; a ratio up to 1 reaches the target.
pub fn print(figures: &[Figure]) {
    println!("| what | measured | to reach | ratio |\n| --- | ---: | ---: | ---: |");
    for figure in figures {
        let Figure { what, measured, target, unit } = figure;
        let (to_reach, ratio) = match target {
            Some(target) if *target > 0.0 => (format!("{target:.1} {unit}"), format!("{:.2}", measured / target)),
            Some(target) => (format!("{target} {unit}"), String::new()),
            None => Default::default(),
        };
        println!("| {what} | {measured:.2} {unit} | {to_reach} | {ratio} |");
    }
}

/// The value under which this share (0 to 1) of the samples lies.
pub fn percentile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    let last = samples.len().saturating_sub(1);
    samples.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}
