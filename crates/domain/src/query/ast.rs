//! What a query means once parsed. Names are resolved and values typed: a `Query` cannot be wrong any more.

use crate::CampoId;
use std::ops::Range;

/// A conjunction of terms. Empty matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All must hold.
    pub terms: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not hold (`-word`).
    pub negated: bool,
    /// What it asks.
    pub clause: Clause,
    /// Its bytes in the text that was parsed.
    pub span: Range<usize>,
}

/// What a term asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// Free text, looked for in [`super::search_text`].
    Text(TextTest),
    /// A field; one of the tests must hold. A field without value answers only [`Test::Empty`].
    Field(Field, Vec<Test>),
}

/// How text is looked for. All text is folded ([`crate::texto::fold`]) and cut into words by [`super::tokens`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// These words one after the other; with `prefix` the last one may go on.
    Words {
        /// Never empty.
        words: Vec<String>,
        /// `gil` finds "Gilabert"; a quoted phrase does not.
        prefix: bool,
    },
    /// This text anywhere in a value, even inside a word; 3 characters at least.
    Contains(String),
}

/// What a `field:` can name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// Fields every expediente has, whatever its modelo.
    BuiltIn(super::BuiltIn),
    /// An index field of the modelo.
    Campo(CampoId),
}

/// A test on a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The field is not filled.
    Empty,
    /// For slugs and booleans (fase, estado, choices, `si`/`no`): exactly this, folded.
    Is(String),
    /// For text.
    Text(TextTest),
    /// For numbers, money and dates.
    Within(Limits),
}

/// Closed ends of a range; strict comparisons are already turned into closed ones (`docs<5` is `..=4`, days likewise).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From here on.
    pub from: Option<Literal>,
    /// Up to and including this.
    pub to: Option<Literal>,
}

/// A typed value in a query.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// A number, or cents.
    Entero(i64),
    /// A day, ISO 8601.
    Fecha(String),
}
