//! The message catalogue: `locales/es.ftl` and `locales/en.ftl`.

/// All sentences of one language.
#[derive(Debug, Default)]
pub struct Catalogue {}
