//! A service with people and expedientes in it. How it is started and signed in to is `arranque.rs`'s matter.

use super::arranque;
use api::Problem;
use api::expediente::{Cambiado, ExpedienteDetalle};
use api::fase::{FaseCambio, Paso};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use server::AppState;
use server::state::Clock;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A service, two asesores, an administrativo, a jefe, one of support, and three expedientes.
pub struct Casa {
    running: server::Running,
    dir: tempfile::TempDir,
    people: Vec<Persona>,
    own: i64,
    of_another: i64,
}

impl Casa {
    pub async fn start() -> Self {
        Self::with(Clock::system()).await
    }

    /// At a time the test drives, milliseconds since 1970; uploads expire after six hours.
    pub async fn start_at(now: Arc<AtomicI64>) -> Self {
        Self::with(Clock::from_source(move || now.load(Ordering::Relaxed))).await
    }

    /// With that office program, as the settings name it.
    pub async fn start_with_office(oficina: &str) -> Self {
        Self::prepare(Clock::system(), oficina).await
    }

    async fn with(clock: Clock) -> Self {
        Self::prepare(clock, "no").await
    }

    async fn prepare(clock: Clock, oficina: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (running, people) = arranque::start(dir.path(), clock, oficina).await;
        let mut casa = Self { running, dir, people, own: 0, of_another: 0 };
        casa.own = casa.open("asesor").await;
        casa.of_another = casa.open("otro").await;
        casa
    }

    /// Stops the service; answers what it leaves.
    pub async fn stop(self) -> tempfile::TempDir {
        self.running.stop().await;
        self.dir
    }

    pub fn state(&self) -> &AppState {
        &self.running.state
    }

    pub fn datos(&self) -> &Path {
        self.dir.path()
    }

    fn persona(&self, usuario: &str) -> Persona {
        self.people.iter().find(|p| p.usuario == usuario).unwrap().clone()
    }

    pub fn asesor(&self) -> Persona {
        self.persona("asesor")
    }

    pub fn administrativo(&self) -> Persona {
        self.persona("administrativo")
    }

    pub fn jefe(&self) -> Persona {
        self.persona("jefe")
    }

    pub fn soporte(&self) -> Persona {
        self.persona("soporte")
    }

    /// Somebody who has not signed in.
    pub fn nobody(&self) -> Persona {
        Persona { token: None, ..self.asesor() }
    }

    /// An expediente of the asesor.
    pub fn expediente(&self) -> i64 {
        self.own
    }

    /// An expediente that the asesor does not see, and the administrativo does.
    pub fn expediente_of_another(&self) -> i64 {
        self.of_another
    }

    /// An expediente of the asesor that went through every fase.
    pub async fn expediente_closed(&self) -> i64 {
        let id = self.open("asesor").await;
        let jefe = self.persona("jefe");
        loop {
            let step = FaseCambio { paso: Paso::Forzar, motivo: Some("Prueba".to_owned()) };
            let request = jefe.at(Method::POST, &format!("/expedientes/{id}/fase")).json(&step);
            let moved = request.header("if-match", format!("\"{}\"", self.revision(id).await)).send().await.unwrap();
            let moved: Cambiado = moved.json().await.unwrap();
            if moved.fase.as_str() == "cerrado" {
                return id;
            }
        }
    }

    /// Opens an expediente of that asesor.
    async fn open(&self, asesor: &str) -> i64 {
        let new = json!({"entidad": "norte-seat", "modelo": "venta-vn", "indice": {}});
        let detail: ExpedienteDetalle = self.persona(asesor).send(Method::POST, "/expedientes", &new).await;
        detail.id.0
    }

    async fn detail(&self, id: i64) -> ExpedienteDetalle {
        self.administrativo().get(&format!("/expedientes/{id}")).await
    }

    pub async fn revision(&self, id: i64) -> i64 {
        self.detail(id).await.revision
    }

    pub async fn numero(&self, id: i64) -> String {
        self.detail(id).await.numero
    }

    /// What was audited of a document, in order.
    pub async fn audited(&self, documento: i64) -> Vec<String> {
        self.words("SELECT accion FROM auditoria WHERE documento_id = ? ORDER BY id", documento).await
    }

    /// What clients were told of a document, in order.
    pub async fn told(&self, documento: i64) -> Vec<String> {
        self.words("SELECT clase FROM evento WHERE documento_id = ? ORDER BY seq", documento).await
    }

    async fn words(&self, query: &'static str, id: i64) -> Vec<String> {
        let mut conn = self.state().db.read().await.unwrap();
        sqlx::query_scalar(query).bind(id).fetch_all(&mut *conn).await.unwrap()
    }
}

/// A person at a client.
#[derive(Clone)]
pub struct Persona {
    /// `https://HOST:PORT`.
    pub origin: String,
    pub usuario: String,
    pub token: Option<String>,
    pub http: reqwest::Client,
}

impl Persona {
    pub fn usuario(&self) -> &str {
        &self.usuario
    }

    /// The same person at a service that now listens elsewhere.
    pub fn moved_to(&self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self.clone() }
    }

    pub fn at(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}/api/v1{path}", self.origin));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        self.send(Method::GET, path, &()).await
    }

    /// Sends JSON that is taken.
    pub async fn send<T: DeserializeOwned>(&self, method: Method, path: &str, body: &impl Serialize) -> T {
        let answer = self.at(method, path).json(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Sends JSON that is refused.
    pub async fn refused(&self, method: Method, path: &str, body: &impl Serialize) -> Problem {
        let answer = self.at(method, path).json(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(!status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// `src/bin/serve-for-tests.rs`: a service to be killed, or the worker that draws pages.
pub fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_serve-for-tests").into()
}
