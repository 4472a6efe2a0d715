//! `demo`: a service with a generated world on this machine, and the four panes on it.

use super::{Outcome, demo_world, output, serve};
use crate::cli::DemoArgs;
use crate::config::Config;
use crate::remote::RemoteConfig;
use serde::Serialize;
use server::{Running, Settings};

/// What `--headless` prints, on one line.
#[derive(Serialize)]
struct Headless<'a> {
    url: String,
    ca: String,
    users: Vec<User<'a>>,
}

#[derive(Serialize)]
struct User<'a> {
    user: &'a str,
    password: &'a str,
    role: &'static str,
}

/// Makes the world, serves it, and opens the panes, or waits for SIGTERM.
pub async fn run(config: Config, args: DemoArgs) -> Outcome {
    let (folder, _removed_at_the_end) = match args.data {
        Some(folder) => (folder, None),
        None => {
            let temporary = tempfile::Builder::new().prefix("expedientes-demo-").tempdir()?;
            (temporary.path().to_owned(), Some(temporary))
        }
    };
    if args.headless {
        crate::logging::service();
    } else {
        crate::logging::client();
    }
    let settings = Settings {
        datos: folder.clone(),
        escucha: args.listen,
        nombre: "Talleres y Ventas del Norte (demostración)".to_owned(),
        demo: demo::users(),
        ..Settings::default()
    };
    demo_world::make(&folder, &args.world).await?;
    let running = server::start(settings).await?;
    let ca = folder.join("ca.pem");
    // Left alone when it is right already: a client may be reading it while a demo starts again.
    if !std::fs::read(&ca).is_ok_and(|kept| kept == running.ca_pem.as_bytes()) {
        std::fs::write(&ca, &running.ca_pem)?;
    }
    if args.headless {
        announce(&running, &ca)?;
        serve::stop_signal().await?;
        running.stop().await;
        return Ok(());
    }
    let remote = RemoteConfig {
        url: format!("https://{}", running.addr),
        ca: Some(running.ca_pem.clone().into_bytes()),
        ..RemoteConfig::default()
    };
    let outcome = super::tui::on(config, args.tui, remote, None).await;
    running.stop().await;
    outcome
}

fn announce(running: &Running, ca: &std::path::Path) -> Outcome {
    let users = &running.state.settings.demo;
    let ca = std::path::absolute(ca)?;
    output::json(&Headless {
        url: format!("https://{}", running.addr),
        ca: ca.display().to_string(),
        users: users.iter().map(|u| User { user: &u.usuario, password: &u.clave, role: u.rol.as_str() }).collect(),
    })
}
