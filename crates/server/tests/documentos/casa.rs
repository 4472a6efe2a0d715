//! A service with people and expedientes in it.

use api::Problem;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::state::Clock;
use server::{AppState, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub struct Casa { running: server::Running, dir: tempfile::TempDir, http: reqwest::Client }

#[derive(Clone)]
pub struct Persona { base: String, usuario: String, http: reqwest::Client }

impl Casa {
    pub async fn start() -> Self { Self::with(None).await }
    pub async fn start_at(now: Arc<AtomicI64>) -> Self { Self::with(Some(now)).await }
    async fn with(now: Option<Arc<AtomicI64>>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings { datos: dir.path().to_owned(), escucha: "127.0.0.1:0".parse().unwrap(), programa_dibujante: Some((program(), vec!["dibujante".to_owned()])), ..Settings::default() };
        if now.is_some() { settings.horas_subida = 6; }
        let running = server::start::start_with(settings, now.map_or_else(Clock::system, |n| Clock::from_source(move || n.load(Ordering::Relaxed)))).await.unwrap();
        Self { running, dir, http: reqwest::Client::builder().build().unwrap() }
    }
    pub async fn stop(self) -> tempfile::TempDir { self.state().stopping().cancel(); self.state().db.close().await; self.dir }
    pub fn state(&self) -> &AppState { &self.running.state }
    pub fn datos(&self) -> PathBuf { self.dir.path().to_owned() }
    fn persona(&self, u: &str) -> Persona { Persona { base: format!("http://{}/api/v1", self.running.addr), usuario: u.into(), http: self.http.clone() } }
    pub fn asesor(&self) -> Persona { self.persona("asesor") }
    pub fn administrativo(&self) -> Persona { self.persona("administrativo") }
    pub fn soporte(&self) -> Persona { self.persona("soporte") }
    pub fn nobody(&self) -> Persona { self.persona("") }
    pub fn expediente(&self) -> i64 { 1 }
    pub fn expediente_of_another(&self) -> i64 { 2 }
    pub fn expediente_closed(&self) -> i64 { 3 }
    pub async fn revision(&self, id: i64) -> i64 { sqlx::query_scalar("SELECT revision FROM expediente WHERE id = ?").bind(id).fetch_one(&mut *self.state().db.read().await.unwrap()).await.unwrap() }
    pub async fn numero(&self, id: i64) -> String { sqlx::query_scalar("SELECT numero FROM expediente WHERE id = ?").bind(id).fetch_one(&mut *self.state().db.read().await.unwrap()).await.unwrap() }
    /// What was audited of a document, in order.
    pub async fn audited(&self, documento: i64) -> Vec<String> {
        sqlx::query_scalar("SELECT accion FROM auditoria WHERE documento_id = ? ORDER BY id").bind(documento).fetch_all(&mut *self.state().db.read().await.unwrap()).await.unwrap()
    }
    /// What clients were told of a document, in order.
    pub async fn told(&self, documento: i64) -> Vec<String> {
        sqlx::query_scalar("SELECT clase FROM evento WHERE documento_id = ? ORDER BY seq").bind(documento).fetch_all(&mut *self.state().db.read().await.unwrap()).await.unwrap()
    }
}

impl Persona {
    pub fn moved_to(&self, addr: &str) -> Self { Self { base: format!("http://{addr}/api/v1"), ..self.clone() } }
    pub fn usuario(&self) -> &str { &self.usuario }
    pub fn at(&self, method: Method, path: &str) -> RequestBuilder {
        let r = self.http.request(method, format!("{}{path}", self.base));
        if self.usuario.is_empty() { r } else { r.bearer_auth(&self.usuario) }
    }
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T { self.send(Method::GET, path, &()).await }
    pub async fn send<T: DeserializeOwned>(&self, method: Method, path: &str, body: &impl Serialize) -> T {
        let answer = self.at(method, path).json(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }
    pub async fn refused(&self, method: Method, path: &str, body: &impl Serialize) -> Problem {
        let answer = self.at(method, path).json(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(!status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// `examples/serve_for_tests.rs`, which is built beside the tests.
pub fn program() -> PathBuf {
    let exe = std::env::current_exe().unwrap();
    exe.parent().unwrap().parent().unwrap().join("examples").join("serve_for_tests")
}

/// The database of a folder.
pub fn database(datos: &std::path::Path) -> PathBuf {
    datos.join("db")
}
