//! See `ARCHITECTURE.md` for a walk through the program.

fn main() -> std::process::ExitCode {
    expedientes::commands::main()
}
