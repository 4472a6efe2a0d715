//! Text to [`Query`].

use super::{Query, Schema};
use std::ops::Range;

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// One Spanish sentence with what to do.
    pub message: String,
    /// The bytes of the text it is about.
    pub span: Range<usize>,
}

/// Parses a query. Blank text is the query that matches everything.
pub fn parse(_text: &str, _schema: &Schema<'_>) -> Result<Query, QueryError> {
    Ok(Query::default())
}

/// Parses a condition of a modelo: index fields alone, no free text, no built-ins.
pub fn parse_condition(_text: &str, _modelo: &crate::Modelo) -> Result<Query, QueryError> {
    Ok(Query::default())
}
