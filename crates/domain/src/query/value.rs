//! Values of a query: text, codes, numbers, money, days, choices, flags.

use super::lexer::{Piece, Value};
use super::{BuiltIn, Field, FieldKind, Limits, Literal, QueryError, Schema, Test, TextTest, tokens};
use crate::campo::{CampoError, TipoCampo, parse_fecha};
use crate::modelo::{CampoIndice, Opcion};
use crate::texto::fold;
use crate::{EstadoDocumento, campo};
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// Shortest text that is looked for inside words.
pub const CONTAINS_MIN: usize = 3;

/// Values separated by commas; a quoted one is one.
pub fn alternatives<'v>(value: &Value<'v>) -> impl Iterator<Item = Value<'v>> + use<'v> {
    let quoted = value.quoted;
    let whole = quoted.then_some(value.raw);
    let parts = (!quoted).then(|| value.raw.split(',').filter(|part| !part.is_empty()));
    whole.into_iter().chain(parts.into_iter().flatten()).map(move |raw| Value { raw, quoted })
}

/// Free text: `gil` (the last word may go on), `"gil ferrer"` (whole words), `*2345` (anywhere).
pub fn text(value: &Value<'_>, span: Range<usize>) -> Result<TextTest, QueryError> {
    let folded = fold(value.raw);
    if let Some(part) = folded.strip_prefix('*').filter(|_| !value.quoted) {
        return contains(part, span);
    }
    let words: Vec<String> = tokens(&folded).map(str::to_owned).collect();
    if words.is_empty() {
        return Err(QueryError::new("Escriba al menos una letra o un número.", span));
    }
    Ok(TextTest::Words { words, prefix: !value.quoted })
}

/// Text of a code field: three characters and more are looked for anywhere, without the signs that people group them with.
///
/// Index fields are kept without those signs; the expediente's own number keeps its hyphen.
pub fn code(value: &Value<'_>, field: &Field, span: Range<usize>) -> Result<TextTest, QueryError> {
    let folded = fold(value.raw);
    let mut plain = folded.trim_matches(|c: char| c == '*' || c.is_whitespace()).to_owned();
    if matches!(field, Field::Campo(_)) {
        plain.retain(char::is_alphanumeric);
    }
    let quoted = value.quoted;
    let words: Vec<String> = tokens(&plain).map(str::to_owned).collect();
    match contains(&plain, span) {
        Err(error) if words.is_empty() || folded.starts_with('*') => Err(error),
        Err(_) => Ok(TextTest::Words { words, prefix: !quoted }),
        found => found,
    }
}

fn contains(part: &str, span: Range<usize>) -> Result<TextTest, QueryError> {
    let part = part.trim_end_matches('*');
    if part.chars().count() < CONTAINS_MIN {
        return Err(QueryError::new(format!("Escriba al menos {CONTAINS_MIN} caracteres que buscar."), span));
    }
    Ok(TextTest::Contains(part.to_owned()))
}

/// `docs<5`, `pedido>=01/10/2026`.
pub fn comparison(
    operator: &str,
    kind: FieldKind,
    value: &Value<'_>,
    today: Date,
    piece: &Piece<'_>,
) -> Result<Test, QueryError> {
    if !matches!(kind, FieldKind::Number | FieldKind::Money | FieldKind::Date) {
        return Err(QueryError::new(
            "Con < y > sólo se comparan números, importes y fechas; use dos puntos.",
            piece.span.clone(),
        ));
    }
    let one = literal(kind, value.raw, today, piece)?;
    let limits = match operator {
        ">=" => Limits { from: Some(one), to: None },
        "<=" => Limits { from: None, to: Some(one) },
        ">" => Limits { from: Some(next(one, 1)), to: None },
        _ => Limits { from: None, to: Some(next(one, -1)) },
    };
    Ok(Test::Within(limits))
}

/// `a..b` with either end left out, or one value.
pub fn range(kind: FieldKind, value: &Value<'_>, today: Date, piece: &Piece<'_>) -> Result<Test, QueryError> {
    let Some((from, to)) = value.raw.split_once("..") else {
        let one = literal(kind, value.raw, today, piece)?;
        return Ok(Test::Within(Limits { from: Some(one.clone()), to: Some(one) }));
    };
    let end = |text: &str| (!text.is_empty()).then(|| literal(kind, text, today, piece)).transpose();
    let limits = Limits { from: end(from)?, to: end(to)? };
    match (&limits.from, &limits.to) {
        (None, None) => Err(QueryError::new("Falta al menos un extremo del intervalo.", piece.value_span.clone())),
        (Some(from), Some(to)) if from > to => {
            Err(QueryError::new("El intervalo está al revés: empiece por el menor.", piece.value_span.clone()))
        }
        _ => Ok(Test::Within(limits)),
    }
}

/// The value just after, or just before: whole numbers, cents and days have one.
fn next(literal: Literal, step: i64) -> Literal {
    match literal {
        Literal::Entero(n) => Literal::Entero(n.saturating_add(step)),
        Literal::Fecha(day) => {
            let moved = day.parse::<Date>().ok().and_then(|day| day.checked_add(step.days()).ok());
            Literal::Fecha(moved.map_or(day, |day| day.to_string()))
        }
    }
}

fn literal(kind: FieldKind, raw: &str, today: Date, piece: &Piece<'_>) -> Result<Literal, QueryError> {
    let wrong = |error: CampoError| QueryError::new(error.0, piece.value_span.clone());
    match kind {
        FieldKind::Date => day(raw, today).map(|day| Literal::Fecha(day.to_string())).map_err(wrong),
        FieldKind::Money => number(TipoCampo::Dinero, raw, today).map_err(wrong),
        _ => number(TipoCampo::Entero, raw, today).map_err(wrong),
    }
}

fn number(tipo: TipoCampo, raw: &str, today: Date) -> Result<Literal, CampoError> {
    let read = campo::parse(&bare(tipo, Vec::new()), raw, today)?;
    let cents = read.valor.and_then(|valor| valor.as_entero());
    cents.map(Literal::Entero).ok_or_else(|| CampoError("Falta el número.".to_owned()))
}

/// `hoy`, `ayer`, `-7d`, or a date.
fn day(raw: &str, today: Date) -> Result<Date, CampoError> {
    match fold(raw).as_str() {
        "hoy" => return Ok(today),
        "ayer" => return today.yesterday().map_err(|_| CampoError("Esa fecha no existe.".to_owned())),
        _ => {}
    }
    let days = raw.strip_prefix('-').and_then(|rest| rest.strip_suffix(['d', 'D'])).and_then(|n| n.parse::<i64>().ok());
    match days {
        Some(days) if (0..100_000).contains(&days) => {
            today.checked_sub(days.days()).map_err(|_| CampoError("Son demasiados días.".to_owned()))
        }
        _ => parse_fecha(raw, today),
    }
}

/// `si`, `no`.
pub fn flag(value: &Value<'_>, piece: &Piece<'_>) -> Result<Test, QueryError> {
    let read = campo::parse(&bare(TipoCampo::Logico, Vec::new()), value.raw, Date::ZERO);
    match read.ok().and_then(|read| read.valor) {
        Some(crate::Valor::Logico(true)) => Ok(Test::Is("si".to_owned())),
        Some(crate::Valor::Logico(false)) => Ok(Test::Is("no".to_owned())),
        _ => Err(QueryError::new("Escriba si o no.", piece.value_span.clone())),
    }
}

/// A fase, a state, an option: by id, name, or a beginning that only one has.
pub fn choice(value: &Value<'_>, field: &Field, schema: &Schema<'_>, piece: &Piece<'_>) -> Result<Test, QueryError> {
    let read = campo::parse(&bare(TipoCampo::Opcion, options(field, schema)), value.raw, Date::ZERO);
    match read {
        Ok(campo::Leido { valor: Some(crate::Valor::Texto(id)), .. }) => Ok(Test::Is(id)),
        Ok(_) => Err(QueryError::new("Falta el valor.", piece.value_span.clone())),
        Err(error) => Err(QueryError::new(error.0, piece.value_span.clone())),
    }
}

/// What a choice field can be.
pub fn options(field: &Field, schema: &Schema<'_>) -> Vec<Opcion> {
    match field {
        Field::BuiltIn(BuiltIn::Fase) => {
            schema.modelo.fases.iter().map(|f| Opcion { id: f.id.0.clone(), nombre: f.nombre.clone() }).collect()
        }
        Field::BuiltIn(BuiltIn::Estado) => EstadoDocumento::ALL
            .into_iter()
            .map(|estado| Opcion { id: estado.as_str().to_owned(), nombre: estado.as_str().to_owned() })
            .collect(),
        Field::BuiltIn(_) => Vec::new(),
        Field::Campo(id) => schema.modelo.campo(id).map(|campo| campo.opciones.clone()).unwrap_or_default(),
    }
}

/// A field of that type, to read a value as the index would.
fn bare(tipo: TipoCampo, opciones: Vec<Opcion>) -> CampoIndice {
    CampoIndice {
        id: "".into(),
        nombre: String::new(),
        tipo,
        seccion: String::new(),
        opciones,
        ayuda: String::new(),
        margen: false,
        solo_lectura: false,
        si: None,
    }
}
