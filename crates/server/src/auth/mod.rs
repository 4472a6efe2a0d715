//! Passwords, tokens, second factor, attempt limits.
