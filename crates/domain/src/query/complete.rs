//! What may stand at the cursor of the search box.

use super::Schema;
use std::ops::Range;

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The bytes of the text it replaces.
    pub replace: Range<usize>,
    /// What it puts there: `fase:` or `fase:matriculacion`.
    pub insert: String,
    /// What it means, for people.
    pub hint: String,
}

/// Proposals for the cursor (a byte offset), best first, at most 20. `asesores` are user name and full name of those that can be named.
pub fn complete(_text: &str, _cursor: usize, _schema: &Schema<'_>, _asesores: &[(String, String)]) -> Vec<Proposal> {
    Vec::new()
}
