//! Loading many expedientes at once.
