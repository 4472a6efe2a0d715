//! What happens to every request around its handler.

pub mod access_log;
pub mod compression;
pub mod config_version;
pub mod panic;
pub mod request_id;
pub mod small_body;
pub mod time_limit;
