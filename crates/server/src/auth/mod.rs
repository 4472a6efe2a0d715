//! Passwords, tokens, second factor, attempt limits.

pub mod attempts;
pub mod password;
pub mod token;
pub mod totp;
