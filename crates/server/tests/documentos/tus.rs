//! A tus client as others write them.

use super::casa::Persona;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Body, Method, Response};

/// What an upload is to become.
#[derive(Debug, Clone)]
pub struct Meta(Vec<(&'static str, String)>);

impl Meta {
    pub fn new(expediente: i64, tipo: &str, nombre: &str) -> Self {
        Self(vec![("expediente", expediente.to_string()), ("tipo", tipo.to_owned()), ("nombre", nombre.to_owned())])
    }

    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.0.push((key, value.to_string()));
        self
    }

    pub fn header(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect::<Vec<_>>().join(",")
    }
}

pub async fn create(who: &Persona, meta: &Meta, len: u64) -> Response {
    try_create(who, meta, len).await.unwrap()
}

pub async fn try_create(who: &Persona, meta: &Meta, len: u64) -> reqwest::Result<Response> {
    who.at(Method::POST, "/subidas")
        .header("tus-resumable", "1.0.0")
        .header("upload-length", len)
        .header("upload-metadata", meta.header())
        .send()
        .await
}

/// Begins an upload; answers where it is.
pub async fn begin(who: &Persona, meta: &Meta, len: u64) -> String {
    let created = create(who, meta, len).await;
    assert_eq!(created.status(), 201, "{}", created.text().await.unwrap());
    location(&created)
}

pub fn location(created: &Response) -> String {
    let location = created.headers()["location"].to_str().unwrap();
    location.strip_prefix("/api/v1").unwrap().to_owned()
}

pub async fn patch(who: &Persona, at: &str, offset: u64, body: impl Into<Body>) -> Response {
    try_patch(who, at, offset, body).await.unwrap()
}

pub async fn try_patch(who: &Persona, at: &str, offset: u64, body: impl Into<Body>) -> reqwest::Result<Response> {
    who.at(Method::PATCH, at)
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(body)
        .send()
        .await
}

pub async fn head(who: &Persona, at: &str) -> Response {
    try_head(who, at).await.unwrap()
}

pub async fn try_head(who: &Persona, at: &str) -> reqwest::Result<Response> {
    who.at(Method::HEAD, at).header("tus-resumable", "1.0.0").send().await
}

pub async fn offset(who: &Persona, at: &str) -> u64 {
    let answer = head(who, at).await;
    assert_eq!(answer.status(), 200);
    number(&answer, "upload-offset").unwrap()
}

pub fn number(answer: &Response, header: &str) -> Option<u64> {
    answer.headers().get(header).map(|value| value.to_str().unwrap().parse().unwrap())
}

/// Uploads all at once; answers the document.
pub async fn upload(who: &Persona, meta: &Meta, content: &[u8]) -> i64 {
    let at = begin(who, meta, content.len() as u64).await;
    let done = patch(who, &at, 0, content.to_vec()).await;
    assert_eq!(done.status(), 204, "{}", done.text().await.unwrap());
    number(&done, "documento-id").unwrap().try_into().unwrap()
}
