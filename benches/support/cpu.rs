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

/// Milliseconds of CPU of the children that have ended and been waited for, to the microsecond.
#[allow(dead_code, reason = "not every bench has children")]
pub fn children_ms() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return f64::NAN };
    (usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e3
}

/// Whether there is a child that has not been waited for.
#[allow(dead_code, reason = "not every bench has children")]
pub fn has_children() -> bool {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks
        .map(|task| std::fs::read_to_string(task.path().join("children")))
        .any(|ids| ids.is_ok_and(|ids| !ids.is_empty()))
}
