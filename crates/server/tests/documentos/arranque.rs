//! Starting a service and signing in.
use super::casa::{Persona, program};
use server::state::Clock;
use server::{Running, Settings};
use std::path::{Path, PathBuf};
pub async fn start(datos: &Path, clock: Clock) -> (Running, Vec<Persona>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = Settings {
        datos: datos.to_owned(),
        escucha: ([127, 0, 0, 1], 0).into(),
        horas_subida: 6,
        programa_dibujante: Some((program(), vec!["dibujante".to_owned()])),
        ..Settings::default()
    };
    let running = server::start::start_with(settings, clock).await.unwrap();
    let http = reqwest::Client::builder().build().unwrap();
    let people = ["asesor", "otro", "jefe", "administrativo", "soporte"].map(|u| Persona {
        origin: origin(&running.addr.to_string()),
        usuario: u.into(),
        token: Some(u.into()),
        http: http.clone(),
    });
    (running, people.to_vec())
}
pub async fn stop(running: Running) {
    running.state.stopping().cancel();
    running.state.db.close().await;
}
pub fn origin(addr: &str) -> String {
    format!("http://{addr}")
}
pub fn database(datos: &Path) -> PathBuf {
    datos.join("db")
}
