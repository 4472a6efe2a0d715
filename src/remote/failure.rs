//! From what went wrong to one sentence for people.

use super::certificate;
use crate::msg::{Failure, FailureKind};
use api::{Codigo, Problem};

/// Nobody answers. Whether it is tried again is said by who tries.
const NOBODY_ANSWERS: &str = "No se puede conectar con el servicio; compruebe su dirección y la red.";

impl Failure {
    /// The service cannot be reached.
    pub fn offline() -> Self {
        Self::of(FailureKind::Offline, NOBODY_ANSWERS)
    }

    /// Why there is no connection, when more is known than that nobody answers: a certificate that does not serve.
    pub fn reason_of_line(&self) -> Option<&str> {
        let known = self.kind == FailureKind::Offline && self.problem.is_none() && self.sentence != NOBODY_ANSWERS;
        known.then_some(self.sentence.as_str())
    }

    /// It answered something that cannot be understood.
    pub fn broken() -> Self {
        Self::of(FailureKind::Broken, "La respuesta del servicio no se entiende; avise a soporte si se repite.")
    }

    /// A sentence of our own.
    pub fn of(kind: FailureKind, sentence: &str) -> Self {
        Self { kind, sentence: sentence.to_owned(), problem: None }
    }

    /// What the service said.
    pub fn from_problem(problem: Problem) -> Self {
        let kind = match problem.codigo {
            Codigo::SinSesion => FailureKind::SessionEnded,
            Codigo::NoDisponible => FailureKind::Offline,
            _ if problem.status >= 500 => FailureKind::Broken,
            _ => FailureKind::Refused,
        };
        let sentence = match problem.detail.as_deref() {
            Some(detail) if !detail.is_empty() => detail.to_owned(),
            _ => format!("El servicio no lo ha admitido ({}).", problem.codigo.as_str()),
        };
        Self { kind, sentence, problem: Some(Box::new(problem)) }
    }

    /// What the HTTP client says; the cause goes to the log.
    pub fn from_transport(error: &reqwest::Error) -> Self {
        tracing::info!(cause = %error_chain(error), "request failed");
        match certificate::what_is_wrong(error) {
            Some(sentence) => Self::of(FailureKind::Offline, &sentence),
            None if error.is_decode() => Self::broken(),
            None => Self::offline(),
        }
    }

    /// The code, when the service gave one.
    pub fn codigo(&self) -> Option<Codigo> {
        self.problem.as_ref().map(|p| p.codigo)
    }

    /// Id of the request at the service, for support.
    pub fn peticion(&self) -> Option<String> {
        self.problem.as_ref()?.peticion.clone()
    }
}

/// An error with all its causes, without the URL (it may hold what people searched for).
fn error_chain(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() { "timeout".to_owned() } else { "transport".to_owned() };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
