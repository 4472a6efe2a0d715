//! Index fields.

use super::piece::{Texto, bounds, words_pattern};
use super::{Buscador, Conj, Termino};
use crate::store::conjuntos::{Entrada, Forma, Serie};
use crate::store::sql::Sql;
use crate::store::texto::{Marca, is_free};
use domain::CampoIndice;
use domain::campo::TipoCampo;
use domain::query::{Test, TextTest};

impl Buscador<'_> {
    pub(super) async fn campo(&mut self, campo: &CampoIndice, tests: &[Test]) -> Result<Termino, sqlx::Error> {
        let Some(number) = self.lugar.campo(&campo.id) else {
            // No expediente of the place has ever had it.
            let empty = tests.contains(&Test::Empty);
            return Ok(Termino::exact(if empty { Conj::everything() } else { Conj::nothing() }));
        };
        let serie = Serie::campo(number);
        let forma = match campo.tipo {
            TipoCampo::Fecha => Forma::Dia,
            TipoCampo::Dinero | TipoCampo::Entero => Forma::Entero,
            TipoCampo::Opcion | TipoCampo::Logico => Forma::Exacta,
            _ => return self.text_line(serie, Marca::campo(number), tests, is_free(campo)).await,
        };
        let mut any = Conj::nothing();
        for test in tests {
            any = any.or(match test {
                Test::Empty => self.empty(serie).await?,
                Test::Is(word) => {
                    let value = match campo.tipo {
                        TipoCampo::Logico => &[u8::from(word == "si")],
                        _ => word.as_bytes(),
                    };
                    Conj::In(self.lector.one(&Entrada::whole(serie, forma, value)).await?)
                }
                Test::Within(limits) => {
                    let (from, to) = bounds(limits);
                    Conj::In(self.lector.range(serie, forma, from.as_deref(), to.as_deref()).await?)
                }
                Test::Text(_) => Conj::nothing(),
            });
        }
        Ok(Termino::exact(any))
    }

    /// Words or a part in one value's line; `free` when free text looks in it too.
    pub(super) async fn text_line(
        &mut self,
        serie: Serie,
        marca: Marca,
        tests: &[Test],
        free: bool,
    ) -> Result<Termino, sqlx::Error> {
        let (words, text) = if free { (Texto::Palabras, Texto::Plano) } else { (Texto::Reservado, Texto::Reservado) };
        let (mut any, mut certain, mut of_rows) = (Conj::nothing(), true, Vec::new());
        for test in tests {
            let (conj, exact, of_row) = match test {
                Test::Empty => (self.empty(serie).await?, true, words.holds(&marca.of_words()).negated()),
                Test::Text(asked) => {
                    let (conj, exact) = self.text(&[serie], asked).await?;
                    let of_row = match asked {
                        TextTest::Words { .. } => words.line_holds(&marca.of_words(), &words_pattern(asked)),
                        TextTest::Contains(part) => text.line_holds(&marca.of_text(), part),
                    };
                    (conj, exact, of_row)
                }
                Test::Is(_) | Test::Within(_) => (Conj::nothing(), true, Sql::new("0")),
            };
            any = any.or(conj);
            certain &= exact;
            of_rows.push(of_row);
        }
        Ok(Termino { conj: any, test: (!certain).then(|| Sql::any(&of_rows)) })
    }

    /// Those that have no value.
    async fn empty(&mut self, serie: Serie) -> Result<Conj, sqlx::Error> {
        Ok(Conj::Out(self.lector.one(&Entrada::any(serie)).await?))
    }
}
