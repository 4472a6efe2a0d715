//! Mistakes of a TOML file, in words that a person acts on.

use super::lines::line_of_offset;
use domain::mistake::in_spanish;

/// Line (0 when the parser does not tell) and one Spanish sentence.
pub fn told(text: &str, cause: &toml::de::Error) -> (usize, String) {
    (cause.span().map_or(0, |span| line_of_offset(text, span.start)), in_spanish(cause.message()))
}
