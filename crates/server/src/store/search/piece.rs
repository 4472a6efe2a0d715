//! Pieces of the terms' SQL.

use super::Termino;
use crate::store::sql::{Arg, Sql};
use domain::query::{Clause, Ficha, Field, Limits, Literal, Query, Term, Test, TextTest};
use domain::{CampoId, FaseId, Indice};

/// A column of `indice` for the row `e`.
pub(super) struct OfIndice(&'static str);

pub(super) const PLANO: OfIndice = OfIndice("(SELECT i.plano FROM indice i WHERE i.expediente_id = e.id)");
pub(super) const RESERVADO: OfIndice = OfIndice("(SELECT i.reservado FROM indice i WHERE i.expediente_id = e.id)");

impl OfIndice {
    pub(super) fn sql(&self) -> Sql {
        Sql::new(self.0)
    }
}

/// An expediente with nothing in it, to ask the domain about one field at a time.
pub(super) struct Blank {
    fase: FaseId,
    indice: Indice,
}

pub(super) static BLANK: Blank = Blank { fase: FaseId(String::new()), indice: Indice::new() };

impl Blank {
    pub(super) fn ficha(&self) -> Ficha<'_> {
        Ficha {
            numero: "",
            fase: &self.fase,
            asesor: "",
            asesor_nombre: "",
            documentos: &[],
            faltan: 0,
            avisos: 0,
            indice: &self.indice,
        }
    }
}

/// The query of one term.
pub(super) fn only(field: Field, tests: &[Test]) -> Query {
    Query { terms: vec![Term { negated: false, clause: Clause::Field(field, tests.to_vec()), span: 0..0 }] }
}

/// What nothing answers.
pub(super) fn never() -> Termino {
    Termino { test: Sql::new("0"), via: None, fases: None }
}

/// A field that no expediente of the place has ever had.
pub(super) fn none_filled(tests: &[Test]) -> Termino {
    let test = if tests.contains(&Test::Empty) { Sql::new("1") } else { Sql::new("0") };
    Termino { test, via: None, fases: None }
}

pub(super) fn ids_of_campo(table: &'static str, number: i64) -> Sql {
    let mut ids = Sql::new("SELECT x.expediente_id FROM ");
    ids.push(table).push(" x WHERE x.campo = ").bind(number).push(" AND ");
    ids
}

pub(super) fn json_value(id: &CampoId) -> Sql {
    let mut value = Sql::new("(SELECT json_extract(i.valores, ");
    value.bind(format!("$.\"{id}\"")).push(") FROM indice i WHERE i.expediente_id = e.id)");
    value
}

pub(super) fn words_pattern(text: &TextTest) -> String {
    match text {
        TextTest::Words { words, prefix } => format!(" {}{}", words.join(" "), if *prefix { "" } else { " " }),
        TextTest::Contains(part) => part.clone(),
    }
}

/// `text` holds `part`.
pub(super) fn holds(text: &Sql, part: &str) -> Sql {
    let mut test = Sql::new("instr(");
    test.sql(text).push(", ").bind(part).push(") > 0");
    test
}

/// The line of `text` that begins with `mark`, from its line end to the next; all of nothing when there is none.
pub(super) fn line(text: &Sql, mark: &str) -> Sql {
    let mut out = Sql::new("CASE WHEN instr(");
    out.sql(text).push(", ").bind(mark).push(") > 0 THEN substr(").sql(text).push(", instr(");
    out.sql(text)
        .push(", ")
        .bind(mark)
        .push("), instr(substr(")
        .sql(text)
        .push(", instr(")
        .sql(text)
        .push(", ")
        .bind(mark);
    out.push(") + 1), char(10))) END");
    out
}

pub(super) fn word_range(out: &mut Sql, column: &'static str, word: &str, prefix: bool) {
    if prefix {
        out.push(column)
            .push(" >= ")
            .bind(word)
            .push(" AND ")
            .push(column)
            .push(" < ")
            .bind(format!("{word}\u{10FFFF}"));
    } else {
        out.push(column).push(" = ").bind(word);
    }
}

pub(super) fn within(column: &Sql, limits: &Limits) -> Sql {
    let arg = |literal: &Literal| match literal {
        Literal::Entero(n) => Arg::Int(*n),
        Literal::Fecha(day) => Arg::Text(day.clone()),
    };
    let mut out = Sql::default();
    match (&limits.from, &limits.to) {
        (Some(from), Some(to)) => out.sql(column).push(" BETWEEN ").bind(arg(from)).push(" AND ").bind(arg(to)),
        (Some(from), None) => out.sql(column).push(" >= ").bind(arg(from)),
        (None, Some(to)) => out.sql(column).push(" <= ").bind(arg(to)),
        (None, None) => out.sql(column).push(" IS NOT NULL"),
    };
    out
}

pub(super) fn equals(column: &Sql, value: Arg) -> Sql {
    let mut out = column.clone();
    out.push(" = ").bind(value);
    out
}
