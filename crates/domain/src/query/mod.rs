//! The search language: `fase:matriculacion docs<5 pedido>=01/10/2026 asesor:ana gil`.
//!
//! [`parse()`] turns text into a [`Query`], [`matches()`] says whether an expediente answers it, and [`complete()`] proposes what may
//! stand at the cursor. The service turns the same [`Query`] into SQL; [`matches()`] is the oracle its tests compare with. Conditions
//! in a modelo (`si = "forma-pago:financiado"`) are queries too, with index fields alone and nothing that depends on today.
//!
//! Grammar: terms separated by spaces, all of which must hold. A term is `word`, `"a phrase"`, `*part` (anywhere inside a word),
//! `field:value` (or `field=value`), `field<value`, `field<=value`, `field>value`, `field>=value`, `field:a..b` (either end may be left
//! out), `field:a,b` (either; in an amount the comma is its decimal sign), `field:vacio` (not filled), `field:"with spaces"`; a `-` in
//! front negates. Case and accents never matter.

mod ast;
mod complete;
mod lexer;
mod matcher;
mod parse;
mod schema;
mod value;

pub use ast::{Clause, Field, Limits, Literal, Query, Term, Test, TextTest};
pub use complete::{Proposal, complete};
pub use matcher::{Ficha, matches, matches_indice, search_text, tokens};
pub use parse::{QueryError, parse, parse_condition};
pub use schema::{BuiltIn, FieldKind, Schema};
