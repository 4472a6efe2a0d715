//! Pieces of the terms' SQL.

use super::Termino;
use crate::store::sql::{Arg, Sql};
use domain::query::{Clause, Ficha, Field, Limits, Literal, Query, Term, Test, TextTest};
use domain::{CampoId, FaseId, Indice};

/// Where the text of the row `e` is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Texto {
    Palabras,
    Plano,
    Reservado,
}

impl Texto {
    /// A test on the column: made within one look at `indice`, where it is there.
    fn test(self, test: impl Fn(&'static str) -> Sql) -> Sql {
        let column = match self {
            Self::Palabras => return test("e.palabras"),
            Self::Plano => "i.plano",
            Self::Reservado => "i.reservado",
        };
        let mut sql = Sql::new("(SELECT ");
        sql.sql(&test(column)).push(" FROM indice i WHERE i.expediente_id = e.id)");
        sql
    }

    /// It holds `part`.
    pub(super) fn holds(self, part: &str) -> Sql {
        self.test(|column| {
            let mut sql = Sql::new("instr(");
            sql.push(column).push(", ").bind(part).push(") > 0");
            sql
        })
    }

    /// Its line that begins with `mark` is there and holds `part`. The line goes from its line end to the next.
    pub(super) fn line_holds(self, mark: &str, part: &str) -> Sql {
        self.test(|column| {
            let mut at = Sql::new("instr(");
            at.push(column).push(", ").bind(mark).push(")");
            let mut sql = Sql::new("");
            sql.sql(&at).push(" > 0 AND instr(substr(").push(column).push(", ").sql(&at).push(", instr(substr(");
            sql.push(column).push(", ").sql(&at).push(" + 1), char(10))), ").bind(part).push(") > 0");
            sql
        })
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

/// The rows of a field in a narrow table, open for what is asked of its `x.valor`.
pub(super) fn of_campo(table: &'static str, number: i64) -> Sql {
    let mut from = Sql::new("FROM ");
    from.push(table).push(" x WHERE x.campo = ").bind(number).push(" AND ");
    from
}

/// The rows of a place by an index of `expediente`.
pub(super) fn of_index(index: &'static str, lugar: i64) -> Sql {
    let mut from = Sql::new("FROM expediente x INDEXED BY ");
    from.push(index).push(" WHERE x.lugar = ").bind(lugar);
    from
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
