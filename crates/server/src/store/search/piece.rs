//! Pieces of the terms.

use crate::store::conjuntos::clave::entero;
use crate::store::sql::Sql;
use domain::query::{Clause, Ficha, Field, Limits, Literal, Query, Term, Test, TextTest};
use domain::{FaseId, Indice};

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

pub(super) fn words_pattern(text: &TextTest) -> String {
    match text {
        TextTest::Words { words, prefix } => format!(" {}{}", words.join(" "), if *prefix { "" } else { " " }),
        TextTest::Contains(part) => part.clone(),
    }
}

/// The ends of a range as values of sets.
pub(super) fn bounds(limits: &Limits) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    let value = |literal: &Literal| match literal {
        Literal::Entero(n) => entero(*n).to_vec(),
        Literal::Fecha(day) => day.clone().into_bytes(),
    };
    (limits.from.as_ref().map(value), limits.to.as_ref().map(value))
}
