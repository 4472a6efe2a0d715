//! Text to [`Query`].

use super::lexer::{Piece, pieces};
use super::value;
use super::{Clause, Field, FieldKind, Literal, Query, Schema, Term, Test};
use crate::Modelo;
use crate::texto::fold;
use jiff::civil::{Date, date};
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

impl QueryError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }
}

/// Most terms a query may have, so that its cost has a bound.
pub const TERMS_MAX: usize = 32;

/// Parses a query. Blank text is the query that matches everything.
pub fn parse(text: &str, schema: &Schema<'_>) -> Result<Query, QueryError> {
    let mut terms = Vec::new();
    for piece in pieces(text)? {
        terms.push(term(&piece, schema)?);
        if terms.len() > TERMS_MAX {
            return Err(QueryError::new(format!("Escriba {TERMS_MAX} condiciones como mucho."), piece.span));
        }
    }
    Ok(Query { terms })
}

/// Parses a condition of a modelo: index fields alone, no free text, no built-ins.
pub fn parse_condition(text: &str, modelo: &Modelo) -> Result<Query, QueryError> {
    let schema = Schema { modelo, today: ONE_DAY, con_margen: true };
    let query = parse(text, &schema)?;
    let depends = |term: &&Term| reads_otherwise(term, text, &Schema { today: OTHER_DAY, ..schema });
    if let Some(term) = query.terms.iter().find(depends) {
        let message = "Una condición no puede depender del día de hoy: escriba la fecha con su año, como 01/10/2026.";
        return Err(QueryError::new(message, term.span.clone()));
    }
    let wrong = query.terms.iter().find(|term| !matches!(term.clause, Clause::Field(Field::Campo(_), _)));
    match wrong {
        Some(term) => {
            Err(QueryError::new("Una condición sólo puede preguntar por campos del índice.", term.span.clone()))
        }
        None => Ok(query),
    }
}

/// Two days that give `hoy`, days without year, and years of two digits another meaning each.
const ONE_DAY: Date = date(2000, 1, 1);
const OTHER_DAY: Date = date(2060, 6, 15);

/// Whether a term with days in it means something else on another day.
fn reads_otherwise(term: &Term, text: &str, schema: &Schema<'_>) -> bool {
    let Clause::Field(_, tests) = &term.clause else { return false };
    let has_day = |test: &Test| {
        matches!(test, Test::Within(limits)
            if [&limits.from, &limits.to].into_iter().flatten().any(|end| matches!(end, Literal::Fecha(_))))
    };
    tests.iter().any(has_day)
        && text
            .get(term.span.clone())
            .and_then(|text| parse(text, schema).ok())
            .is_none_or(|again| again.terms[0].clause != term.clause)
}

fn term(piece: &Piece<'_>, schema: &Schema<'_>) -> Result<Term, QueryError> {
    let clause = match &piece.field {
        None => Clause::Text(value::text(&piece.value, piece.span.clone())?),
        Some(name) => field(name, piece, schema)?,
    };
    Ok(Term { negated: piece.negated, clause, span: piece.span.clone() })
}

fn field(name: &str, piece: &Piece<'_>, schema: &Schema<'_>) -> Result<Clause, QueryError> {
    let Some((field, kind)) = schema.resolve(name) else {
        return Err(QueryError::new(unknown(name, schema), piece.name_span.clone()));
    };
    if piece.value.raw.is_empty() && !piece.value.quoted {
        return Err(QueryError::new(format!("Falta el valor detrás de «{name}»."), piece.span.clone()));
    }
    let tests: Vec<Test> = match piece.operator {
        // A comma in an amount is its decimal sign.
        ":" | "=" if kind == FieldKind::Money => vec![test(&piece.value, &field, kind, piece, schema)?],
        ":" | "=" => value::alternatives(&piece.value)
            .map(|one| test(&one, &field, kind, piece, schema))
            .collect::<Result<_, _>>()?,
        operator => vec![value::comparison(operator, kind, &piece.value, schema.today, piece)?],
    };
    if tests.is_empty() {
        return Err(QueryError::new("Falta un valor entre las comas.", piece.value_span.clone()));
    }
    Ok(Clause::Field(field, tests))
}

fn test(
    one: &super::lexer::Value<'_>,
    field: &Field,
    kind: FieldKind,
    piece: &Piece<'_>,
    schema: &Schema<'_>,
) -> Result<Test, QueryError> {
    if !one.quoted && matches!(fold(one.raw).as_str(), "vacio" | "vacia") {
        return Ok(Test::Empty);
    }
    match kind {
        FieldKind::Text => value::text(one, piece.value_span.clone()).map(Test::Text),
        FieldKind::Code => value::code(one, field, piece.value_span.clone()).map(Test::Text),
        FieldKind::Number | FieldKind::Money | FieldKind::Date => value::range(kind, one, schema.today, piece),
        FieldKind::Flag => value::flag(one, piece),
        FieldKind::Choice => value::choice(one, field, schema, piece),
    }
}

/// Names what was probably meant.
fn unknown(name: &str, schema: &Schema<'_>) -> String {
    let wanted = fold(name).replace('_', "-");
    let ranked = schema.names().into_iter().map(|(known, _)| {
        let begun = known.starts_with(&wanted);
        (!begun, strsim::osa_distance(&wanted, &known), known)
    });
    // Half of a short word changed is another word.
    let most = 2.min(wanted.chars().count() / 2);
    match ranked.min() {
        Some((not_begun, distance, known)) if !not_begun || distance <= most => {
            format!("No hay ningún campo «{name}». ¿Quiso decir «{known}»?")
        }
        _ => format!(
            "No hay ningún campo «{name}»; pulse Tab para ver los que hay, o póngalo entre comillas si es texto."
        ),
    }
}
