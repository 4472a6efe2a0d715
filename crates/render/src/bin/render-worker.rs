//! A render worker as a program of its own, for this crate's tests; `expedientes` re-executes itself instead.

fn main() -> std::process::ExitCode {
    render::worker_main()
}
