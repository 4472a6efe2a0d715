//! A query as SQL: per term a test on a row, and where there is one a way to its rows by an index.

mod built_in;
mod campos;
mod piece;

use super::lugares::Lugar;
use super::personas::Asesor;
use super::sql::Sql;
use super::texto::trigram_place;
use domain::Modelo;
use domain::query::{Clause, Field, Query, Term, TextTest};
use piece::{Texto, never, word_range, words_pattern};

/// What names mean in one place.
#[derive(Debug, Clone, Copy)]
pub struct Contexto<'c> {
    /// Its modelo.
    pub modelo: &'c Modelo,
    /// Its numbers.
    pub lugar: &'c Lugar,
    /// Who may be meant by `asesor:`.
    pub asesores: &'c [Asesor],
}

/// One term.
#[derive(Debug, Clone)]
pub struct Termino {
    /// Whether a row answers it; the row is `e`, of `expediente`.
    pub test: Sql,
    /// A way to the rows that may answer it.
    pub via: Option<Via>,
    /// When it asks for the fase alone: the places of those it accepts.
    pub fases: Option<Vec<i64>>,
}

/// Rows of an index that lead to expedientes.
#[derive(Debug, Clone)]
pub struct Via {
    /// What of a row is the expediente's id.
    pub id: &'static str,
    /// `FROM … WHERE …`, open at the end for ` AND …`; its table is `x`.
    pub from: Sql,
    /// Whether they are exactly those that answer the term.
    pub exact: bool,
    /// Whether the same id may come more than once.
    pub repeats: bool,
    /// Whether `x` has `asesor_id`, `equipo_id` and `fase_orden` in the same index.
    pub scoped: bool,
    /// Whether `x` has `pedido` in the same index.
    pub dated: bool,
    /// Whether the index is one that is in the order of `pedido`.
    pub by_pedido: bool,
}

impl Via {
    /// By one of the narrow tables. Exactly the rows of the term, each once, with the scope.
    pub fn narrow(from: Sql) -> Self {
        Self { id: "x.expediente_id", from, exact: true, repeats: false, scoped: true, dated: true, by_pedido: false }
    }

    /// By an index of `expediente`, likewise.
    pub fn index(from: Sql) -> Self {
        Self { id: "x.id", dated: false, ..Self::narrow(from) }
    }
}

impl Contexto<'_> {
    /// All terms of a query.
    pub fn terms(&self, query: &Query) -> Vec<Termino> {
        query.terms.iter().map(|term| self.term(term)).collect()
    }

    fn term(&self, term: &Term) -> Termino {
        let out = match &term.clause {
            Clause::Text(text) => self.free_text(text),
            Clause::Field(Field::BuiltIn(field), tests) => self.built_in(*field, tests),
            Clause::Field(Field::Campo(id), tests) => match self.modelo.campo(id) {
                Some(campo) => self.campo(campo, tests),
                None => never(),
            },
        };
        match (&out.fases, term.negated) {
            (_, false) => out,
            // Every expediente has a fase: the others are exactly those that do not answer.
            (Some(fases), true) => {
                let all = (0..self.modelo.fases.len()).filter_map(|i| i64::try_from(i).ok());
                self.fases(all.filter(|i| !fases.contains(i)).collect())
            }
            (None, true) => Termino { test: out.test.negated(), via: None, fases: None },
        }
    }

    fn free_text(&self, text: &TextTest) -> Termino {
        let test = match text {
            TextTest::Words { .. } => Texto::Palabras.holds(&words_pattern(text)),
            TextTest::Contains(part) => Texto::Plano.holds(part),
        };
        Termino { test, via: self.text_via(text, true), fases: None }
    }

    /// A way to the rows with those words, or that part, in free text; `alone` when free text is all that is asked.
    fn text_via(&self, text: &TextTest, alone: bool) -> Option<Via> {
        match text {
            TextTest::Words { words, prefix } => {
                let (at, word) = words.iter().enumerate().max_by_key(|(_, word)| word.chars().count())?;
                let mut from = Sql::new("FROM palabra x WHERE x.lugar = ");
                from.bind(self.lugar.id).push(" AND ");
                let goes_on = *prefix && at + 1 == words.len();
                word_range(&mut from, "x.palabra", word, goes_on);
                Some(Via { exact: alone && words.len() == 1, repeats: goes_on, ..Via::narrow(from) })
            }
            TextTest::Contains(part) => {
                let letters: Vec<char> = part.chars().collect();
                if letters.len() < 3 || letters.iter().any(|c| c.is_control()) {
                    return None;
                }
                let mut asked: Vec<String> = letters.windows(3).map(|three| three.iter().collect()).collect();
                asked.push(trigram_place(self.lugar.id));
                asked.sort_unstable();
                asked.dedup();
                let quoted: Vec<String> =
                    asked.iter().map(|three| format!("\"{}\"", three.replace('"', "\"\""))).collect();
                let mut from = Sql::new("FROM contiene x WHERE x.contiene MATCH ");
                from.bind(quoted.join(" AND "));
                Some(Via { id: "x.rowid", exact: false, scoped: false, dated: false, ..Via::narrow(from) })
            }
        }
    }
}
