//! The central service. Thin edges, one middle:
//!
//! - [`http`]: routes, extractors, problem+json, tus, events. Knows no SQL.
//! - [`app`]: one function per use case: check permission, rule, write, audit and outbox, in one transaction ([`app::Work`]).
//! - [`store`]: SQL only; every read of an expediente takes a [`domain::Scope`].
//! - [`blobs`]: originals, content-addressed by SHA-256.
//! - [`config`]: entidades and modelos as text files: load, check, diff, apply.
//! - [`jobs`]: work that nobody waits for.
//! - [`auth`]: passwords, tokens, second factor, attempt limits.
//!
//! [`start()`] runs it; [`Settings`] says how.

pub mod admin;
pub mod app;
pub mod auth;
pub mod blobs;
pub mod config;
pub mod error;
pub mod http;
mod idle;
pub mod jobs;
pub mod listener;
pub mod metrics;
mod places;
pub mod settings;
pub mod start;
pub mod state;
pub mod store;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod tls;

pub use error::{AppError, AppResult};
pub use settings::{OficinaSettings, Settings};
pub use start::{Running, open, start};
pub use state::AppState;
