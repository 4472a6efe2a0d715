//! The service, from the client's side: one HTTP client, typed calls, and what went wrong in words for people.
//!
//! To add a call: its types in `crates/api`, a line in [`calls`], its arm in `runtime/executor.rs`.

pub mod calls;
mod certificate;
pub mod clean;
pub mod client;
pub mod events;
pub mod failure;
pub mod patience;
mod rate;
pub mod store;
pub mod tls;
pub mod tus;

pub use client::{Remote, RemoteConfig};
