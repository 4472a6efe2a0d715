//! The one error of the service. Each variant is a [`Codigo`] with its status; the sentence is for people, the cause for the log.

use api::problem::CampoMalo;
use api::{Codigo, Problem};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::io::ErrorKind;

/// What every use case may answer instead.
pub type AppResult<T> = Result<T, AppError>;

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A refusal that the person can do something about. Any 4xx of [`Codigo`].
    #[error("{}: {}", .0.codigo.as_str(), .0.detail.as_deref().unwrap_or_default())]
    Refused(Box<Problem>),
    /// A refusal with `Retry-After` in seconds (429, 503).
    #[error("{}: retry after {seconds} s", .problem.codigo.as_str())]
    Later {
        /// What is told.
        problem: Box<Problem>,
        /// When to try again.
        seconds: u64,
    },
    /// The database failed. 503 while it is locked, 507 when the disk is full, else 500.
    #[error("database: {0}")]
    Db(#[from] sqlx::Error),
    /// A file failed. 507 when the disk is full, else 500.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// Anything that should not happen. 500.
    #[error("internal: {0:#}")]
    Internal(#[from] anyhow::Error),
}

impl AppError {
    /// A refusal with a sentence for people.
    pub fn refused(codigo: Codigo, detail: impl Into<String>) -> Self {
        Self::Refused(Box::new(Problem::new(codigo, detail)))
    }

    /// 422 with the wrong fields.
    pub fn invalid(campos: Vec<CampoMalo>) -> Self {
        let detail = match campos.as_slice() {
            [one] => one.mensaje.clone(),
            many => format!("Hay {} campos que corregir.", many.len()),
        };
        let mut problem = Problem::new(Codigo::DatosInvalidos, detail);
        problem.campos = campos;
        Self::Refused(Box::new(problem))
    }

    /// 404; the same for what is not there and for what this person may not see.
    pub fn not_found(what: &str) -> Self {
        Self::refused(Codigo::NoEncontrado, format!("No existe {what}, o no está entre lo que usted puede ver."))
    }

    /// The problem that goes out.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Refused(problem) | Self::Later { problem, .. } => (**problem).clone(),
            Self::Db(error) if is_busy(error) => {
                Problem::new(Codigo::NoDisponible, "El servicio está ocupado; vuelva a intentarlo en unos segundos.")
            }
            Self::Db(error) if is_full(error) => no_space(),
            Self::Io(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => no_space(),
            Self::Db(_) | Self::Io(_) | Self::Internal(_) => Problem::new(
                Codigo::Interno,
                "El servicio ha fallado al hacer esto; vuelva a intentarlo y, si se repite, avise a soporte.",
            ),
        }
    }
}

fn no_space() -> Problem {
    Problem::new(Codigo::SinEspacio, "El servicio se ha quedado sin espacio en disco; avise a su administrador.")
}

/// SQLite primary result code of a driver error (SQLITE_BUSY 5, SQLITE_LOCKED 6, SQLITE_FULL 13).
fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|extended| extended & 0xff)
}

fn is_busy(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut) || matches!(sqlite_code(error), Some(5 | 6))
}

fn is_full(error: &sqlx::Error) -> bool {
    sqlite_code(error) == Some(13)
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let problem = self.problem();
        if problem.status >= 500 {
            tracing::error!(codigo = problem.codigo.as_str(), cause = %self, "request failed");
        } else {
            tracing::debug!(codigo = problem.codigo.as_str(), cause = %self, "request refused");
        }
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(&problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::Later { seconds, .. } = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // The middleware that knows the request's id writes it into the body: it looks for this.
        response.extensions_mut().insert(problem);
        response
    }
}
