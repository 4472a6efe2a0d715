//! CPU time, from what Linux keeps under `/proc`.

/// Milliseconds of CPU that all threads of this process have had.
pub fn process_ms() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.map(|task| nanoseconds(&task.path().join("schedstat"))).sum::<f64>() / 1e6
}

fn nanoseconds(path: &std::path::Path) -> f64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0)
}

/// Milliseconds of CPU of the children that have ended; counted by the kernel in hundredths of a second, so measure many.
#[allow(dead_code, reason = "not every bench has children")]
pub fn children_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses: `cutime` and `cstime` are fields 16 and 17 of proc(5).
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(13).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() * 10.0
}
