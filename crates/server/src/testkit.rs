//! A real service for tests: TLS, HTTP/2, database and files in a temporary folder, on port 0, with a clock that tests drive.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a fault of the kit is a fault of the test")]

use crate::admin::{self, NewUser};
use crate::auth::password;
use crate::listener::Timers;
use crate::state::Clock;
use crate::store::Db;
use crate::{AppState, OficinaSettings, Running, Settings, config, start};
use api::sesion::{Credenciales, SesionNueva};
use domain::Rol;
use reqwest::{Method, RequestBuilder};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Password of everybody.
pub const CLAVE: &str = "demo";
/// When the clock stands at first: 24 November 2026, 10:00 UTC.
pub const BEGIN: i64 = 1_795_514_400_000;
/// The entidades.
pub const ENTIDADES: [&str; 2] = ["norte-seat", "sur-vo"];

/// User, role, team, entidades.
const PEOPLE: [(&str, Rol, Option<&str>, &[&str]); 9] = [
    ("asesor", Rol::Asesor, Some("norte"), &["norte-seat", "sur-vo"]),
    ("asesor2", Rol::Asesor, Some("norte"), &["norte-seat"]),
    ("asesor3", Rol::Asesor, Some("sur"), &["norte-seat", "sur-vo"]),
    ("jefe", Rol::JefeVentas, Some("norte"), &["norte-seat", "sur-vo"]),
    ("jefe2", Rol::JefeVentas, Some("sur"), &["norte-seat", "sur-vo"]),
    ("administrativo", Rol::Administrativo, None, &["norte-seat", "sur-vo"]),
    ("administrativo2", Rol::Administrativo, None, &["sur-vo"]),
    ("admin", Rol::Administrador, None, &["norte-seat", "sur-vo"]),
    ("soporte", Rol::Soporte, None, &["norte-seat"]),
];

/// A running service.
pub struct Service {
    running: Option<Running>,
    dir: tempfile::TempDir,
    settings: Settings,
    timers: Timers,
    now: Arc<AtomicI64>,
    http: reqwest::Client,
}

/// A person who has signed in.
#[derive(Clone)]
pub struct Client {
    /// HTTP client that trusts the service.
    pub http: reqwest::Client,
    /// `https://127.0.0.1:port/api/v1`.
    pub base: String,
    /// Their token; empty for nobody.
    pub token: String,
}

impl Service {
    /// With the shipped modelos, two entidades, and people of all roles.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Likewise, with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_timed(change, Timers::default()).await
    }

    /// Likewise, with other timers.
    pub async fn start_timed(change: impl FnOnce(&mut Settings), timers: Timers) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            datos: dir.path().join("datos"),
            escucha: ([127, 0, 0, 1], 0).into(),
            segundos_parada: 2,
            // What is installed on the machine makes no difference to a test.
            oficina: OficinaSettings { programa: "no".to_owned() },
            ..Settings::default()
        };
        change(&mut settings);
        prepare(&settings).await;
        let now = Arc::new(AtomicI64::new(BEGIN));
        let running = start::start_timed(settings.clone(), clock(&now), timers).await.unwrap();
        settings.escucha = running.addr;
        let http = client(&running.ca_pem);
        Self { running: Some(running), dir, settings, timers, now, http }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Its state.
    pub fn state(&self) -> &AppState {
        &self.running().state
    }

    /// Its data folder.
    pub fn datos(&self) -> PathBuf {
        self.settings.datos.clone()
    }

    /// Its temporary folder, for files of the test's own.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// Its own authority, PEM.
    pub fn ca_pem(&self) -> &str {
        &self.running().ca_pem
    }

    /// `https://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("https://{}", self.running().addr)
    }

    /// Moves the clock; backwards too.
    pub fn advance(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// Milliseconds since 1970 by its clock.
    pub fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    /// Nobody: no token.
    pub fn nobody(&self) -> Client {
        Client { http: self.http.clone(), base: format!("{}{}", self.url(), api::paths::BASE), token: String::new() }
    }

    /// Signs in.
    pub async fn login(&self, usuario: &str) -> Client {
        let nobody = self.nobody();
        let credenciales =
            Credenciales { usuario: usuario.into(), clave: CLAVE.into(), codigo: None, dispositivo: None };
        let answer = nobody.request(Method::POST, "/sesion").json(&credenciales).send().await.unwrap();
        let nueva: SesionNueva = answer.error_for_status().unwrap().json().await.unwrap();
        Client { token: nueva.token, ..nobody }
    }

    /// Stops it and starts it again on the same data and port.
    pub async fn restart(&mut self) {
        self.running.take().unwrap().stop().await;
        let running = start::start_timed(self.settings.clone(), clock(&self.now), self.timers).await.unwrap();
        self.running = Some(running);
    }

    /// Stops it for good.
    pub async fn stop(mut self) {
        self.running.take().unwrap().stop().await;
    }
}

impl Client {
    /// A request; `path` comes after `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }
}

fn clock(now: &Arc<AtomicI64>) -> Clock {
    let now = now.clone();
    Clock::from_source(move || now.load(Ordering::SeqCst))
}

/// A client that trusts this authority alone.
pub fn client(ca_pem: &str) -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(ca_pem.as_bytes()).unwrap();
    reqwest::Client::builder().tls_certs_only([ca]).no_proxy().build().unwrap()
}

/// Database, configuration and people, before the service starts.
async fn prepare(settings: &Settings) {
    crate::blobs::create_dir_private(&settings.datos).unwrap();
    let db = Db::open(&settings.database_file()).await.unwrap();
    let entidades: String = ENTIDADES
        .iter()
        .map(|id| {
            format!(
                "[[entidad]]\nid = \"{id}\"\nnombre = \"{id}\"\nmodelos = [\"venta-vn\", \"venta-vo\", \"postventa\"]\n"
            )
        })
        .collect();
    let shipped =
        config::load_files(&entidades, config::shipped().iter().copied(), config::shipped_plantillas().iter().copied())
            .unwrap();
    config::apply(&db, &shipped).await.unwrap();
    let person = |(usuario, rol, equipo, entidades): &(&str, Rol, Option<&str>, &[&str])| NewUser {
        usuario: (*usuario).to_owned(),
        nombre: format!("{usuario} de Pruebas"),
        rol: *rol,
        equipo: equipo.map(str::to_owned),
        entidades: entidades.iter().map(|e| (*e).to_owned()).collect(),
        clave: CLAVE.to_owned(),
    };
    let people: Vec<NewUser> = PEOPLE.iter().map(person).collect();
    admin::add_users(&db, &people, &password::hash(CLAVE).unwrap()).await.unwrap();
    db.close().await;
}
