//! A query as sets of expedientes: per term those that may answer it, and, where the sets do not tell for certain, a test on a row.

mod built_in;
mod campos;
mod conj;
mod piece;

pub use conj::Conj;

use super::conjuntos::clave::letras;
use super::conjuntos::{Conjunto, Lector, Serie};
use super::lugares::Lugar;
use super::personas::Asesor;
use super::sql::Sql;
use super::texto::is_free;
use domain::Modelo;
use domain::query::{Clause, Field, Query, Term, TextTest};
use piece::{Texto, words_pattern};
use std::collections::BTreeSet;

/// Reads what names mean in one place.
#[derive(Debug)]
pub struct Buscador<'c> {
    /// Reads the place's sets.
    pub lector: Lector<'c>,
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
    /// All that answer it, and perhaps more.
    pub conj: Conj,
    /// Whether a row answers it, unless the set is exact; the row is `e`, of `expediente`.
    pub test: Option<Sql>,
}

impl Termino {
    /// What a set tells for certain.
    fn exact(conj: Conj) -> Self {
        Self { conj, test: None }
    }

    fn negated(self) -> Self {
        match self.test {
            None => Self::exact(self.conj.negated()),
            Some(test) => Self { conj: Conj::everything(), test: Some(test.negated()) },
        }
    }
}

impl Buscador<'_> {
    /// All terms of a query.
    pub async fn terms(&mut self, query: &Query) -> Result<Vec<Termino>, sqlx::Error> {
        let mut terms = Vec::with_capacity(query.terms.len());
        for term in &query.terms {
            terms.push(self.term(term).await?);
        }
        Ok(terms)
    }

    async fn term(&mut self, term: &Term) -> Result<Termino, sqlx::Error> {
        let found = match &term.clause {
            Clause::Text(text) => self.free_text(text).await?,
            Clause::Field(Field::BuiltIn(field), tests) => self.built_in(*field, tests).await?,
            Clause::Field(Field::Campo(id), tests) => match self.modelo.campo(id) {
                Some(campo) => self.campo(campo, tests).await?,
                None => Termino::exact(Conj::nothing()),
            },
        };
        Ok(if term.negated { found.negated() } else { found })
    }

    async fn free_text(&mut self, text: &TextTest) -> Result<Termino, sqlx::Error> {
        let free = self.modelo.campos.iter().filter(|campo| is_free(campo));
        let free = free.filter_map(|campo| self.lugar.campo(&campo.id)).map(Serie::campo);
        let series: Vec<Serie> = [Serie::NUMERO, Serie::NOMBRE].into_iter().chain(free).collect();
        let (conj, exact) = self.text(&series, text).await?;
        let test = (!exact).then(|| match text {
            TextTest::Words { .. } => Texto::Palabras.holds(&words_pattern(text)),
            TextTest::Contains(part) => Texto::Plano.holds(part),
        });
        Ok(Termino { conj, test })
    }

    /// Those that may have the words, or the part, in one of the series; and whether they have it for certain.
    async fn text(&mut self, series: &[Serie], text: &TextTest) -> Result<(Conj, bool), sqlx::Error> {
        match text {
            TextTest::Words { words, prefix } => {
                let mut all: Option<Conjunto> = None;
                for (at, word) in words.iter().enumerate() {
                    let having = self.lector.word(series, word, *prefix && at + 1 == words.len()).await?;
                    match &mut all {
                        None => all = Some(having),
                        Some(all) => all.intersect(&having),
                    }
                }
                Ok((Conj::In(all.unwrap_or_default()), words.len() == 1))
            }
            TextTest::Contains(part) => {
                let runs: BTreeSet<&str> = letras(part).collect();
                let conj = if runs.is_empty() {
                    Conj::everything()
                } else {
                    Conj::In(self.lector.letters(series, &runs).await?)
                };
                Ok((conj, part.chars().count() == 3))
            }
        }
    }
}
