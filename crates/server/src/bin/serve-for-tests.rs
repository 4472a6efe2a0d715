//! A service for tests that kill it: `serve-for-tests DATOS` serves that folder, says its address on standard output, and goes on
//! until it is stopped. With `dibujante` instead of a folder it is the worker that draws pages.

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("dibujante") => render::worker_main(),
        Some(datos) => match serve(datos) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::FAILURE
            }
        },
        None => {
            eprintln!("uso: serve-for-tests DATOS | dibujante");
            ExitCode::from(2)
        }
    }
}

fn serve(datos: &str) -> anyhow::Result<()> {
    let settings = server::Settings {
        datos: datos.into(),
        escucha: ([127, 0, 0, 1], 0).into(),
        programa_dibujante: Some((std::env::current_exe()?, vec!["dibujante".to_owned()])),
        ..server::Settings::default()
    };
    tokio::runtime::Runtime::new()?.block_on(async {
        let running = server::start(settings).await?;
        println!("{}", running.addr);
        std::future::pending().await
    })
}
