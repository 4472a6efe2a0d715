//! Index fields, and the columns of the list.

use super::piece::{BLANK, Texto, equals, json_value, none_filled, of_campo, of_index, only, within, words_pattern};
use super::{Contexto, Termino, Via};
use crate::store::expedientes::SIN_IMPORTE;
use crate::store::sql::{Arg, Sql};
use crate::store::texto::{Marca, is_free};
use domain::query::{Ficha, Field, Test, TextTest, matches};
use domain::{CampoId, CampoIndice, Indice, Valor};

impl Contexto<'_> {
    /// A number or day in a column of the list, where `empty` stands for no value.
    pub(super) fn column(
        &self,
        e: &'static str,
        name: &'static str,
        index: &'static str,
        tests: &[Test],
        empty: Option<Arg>,
    ) -> Termino {
        let column = Sql::new(e);
        let filled = empty.clone().map(|arg| {
            let mut filled = Sql::new(e);
            filled.push(" > ").bind(arg);
            filled
        });
        let all: Vec<Sql> = tests
            .iter()
            .map(|test| match test {
                Test::Empty => filled.as_ref().map_or_else(|| Sql::new("0"), Sql::negated),
                Test::Within(limits) => {
                    let mut within = within(&column, limits);
                    if let Some(filled) = &filled {
                        within.and(filled);
                    }
                    within
                }
                Test::Is(_) | Test::Text(_) => Sql::new("0"),
            })
            .collect();
        let mut x = Sql::new("x.");
        x.push(name);
        let asked = match (tests, empty) {
            ([Test::Within(limits)], None) => Some(within(&x, limits)),
            ([Test::Within(limits)], Some(empty)) => {
                let mut filled = within(&x, limits);
                filled.push(" AND ").sql(&x).push(" > ").bind(empty);
                Some(filled)
            }
            ([Test::Empty], Some(empty)) => Some(equals(&x, empty)),
            _ => None,
        };
        let via = asked.map(|asked| {
            let mut from = of_index(index, self.lugar.id);
            from.and(&asked);
            Via::index(from)
        });
        Termino { test: Sql::any(&all), via, fases: None }
    }

    pub(super) fn campo(&self, campo: &CampoIndice, tests: &[Test]) -> Termino {
        use domain::campo::TipoCampo::{Dinero, Entero, Fecha, Logico, Opcion};
        let papeles = &self.modelo.papeles;
        match campo.tipo {
            Fecha if campo.id == papeles.pedido => {
                self.column("e.pedido", "pedido", "orden_pedido", tests, Some(Arg::Text(String::new())))
            }
            Dinero if campo.id == papeles.importe => {
                self.column("e.importe", "importe", "orden_importe", tests, Some(Arg::Int(SIN_IMPORTE)))
            }
            Fecha => self.range(&campo.id, "campo_texto", tests),
            Dinero | Entero => self.range(&campo.id, "campo_entero", tests),
            Opcion => {
                let all = campo.opciones.iter().map(|o| (Valor::Texto(o.id.clone()), Arg::from(o.id.as_str())));
                self.closed(&campo.id, "campo_texto", all.collect(), tests)
            }
            Logico => {
                let all = vec![(Valor::Logico(true), Arg::Int(1)), (Valor::Logico(false), Arg::Int(0))];
                self.closed(&campo.id, "campo_entero", all, tests)
            }
            _ => {
                let Some(id) = self.lugar.campo(&campo.id) else { return none_filled(tests) };
                let mut term = self.text_line(Marca::campo(id), tests, is_free(campo));
                if let ([Test::Empty], Some((column, index))) = (tests, self.text_column(&campo.id)) {
                    let mut from = of_index(index, self.lugar.id);
                    from.push(" AND x.").push(column).push(" = ''");
                    term.via = Some(Via { exact: false, scoped: false, ..Via::index(from) });
                }
                term
            }
        }
    }

    /// The column of the list, and its index, that is empty when that text field is.
    fn text_column(&self, id: &CampoId) -> Option<(&'static str, &'static str)> {
        let papeles = &self.modelo.papeles;
        match id {
            id if *id == papeles.cliente => Some(("cliente_orden", "orden_cliente")),
            id if *id == papeles.vehiculo => Some(("vehiculo_orden", "orden_vehiculo")),
            id if *id == papeles.matricula => Some(("matricula", "orden_matricula")),
            _ => None,
        }
    }

    /// A value of a closed set: the domain says which of them answer.
    fn closed(&self, id: &CampoId, table: &'static str, all: Vec<(Valor, Arg)>, tests: &[Test]) -> Termino {
        let query = only(Field::Campo(id.clone()), tests);
        let answers = |indice: &Indice| matches(&query, &Ficha { indice, ..BLANK.ficha() }, self.modelo);
        let empty = answers(&Indice::new());
        let accepted: Vec<Arg> = all
            .into_iter()
            .filter(|(v, _)| answers(&Indice::from([(id.clone(), v.clone())])))
            .map(|(_, arg)| arg)
            .collect();
        let number = self.lugar.campo(id).filter(|_| !empty);
        let Some(number) = number else {
            let value = json_value(id);
            let mut test = value.clone();
            test.push(" IN ").bind_list(accepted);
            if empty {
                test.push(" OR ").sql(&value).push(" IS NULL");
            }
            return Termino { test, via: None, fases: None };
        };
        let mut from = of_campo(table, number);
        from.push("x.valor IN ").bind_list(accepted);
        // A look into the narrow table costs half of one at the index as text.
        let mut test = Sql::new("EXISTS (SELECT 1 ");
        test.sql(&from).push(" AND x.expediente_id = e.id)");
        Termino { test, via: Some(Via::narrow(from)), fases: None }
    }

    /// A number or a day of an index field.
    fn range(&self, id: &CampoId, table: &'static str, tests: &[Test]) -> Termino {
        let value = json_value(id);
        let all: Vec<Sql> = tests
            .iter()
            .map(|test| match test {
                Test::Empty => {
                    let mut empty = value.clone();
                    empty.push(" IS NULL");
                    empty
                }
                Test::Within(limits) => within(&value, limits),
                Test::Is(_) | Test::Text(_) => Sql::new("0"),
            })
            .collect();
        let via = match (tests, self.lugar.campo(id)) {
            ([Test::Within(limits)], Some(number)) => {
                let mut from = of_campo(table, number);
                from.sql(&within(&Sql::new("x.valor"), limits));
                Some(Via::narrow(from))
            }
            _ => None,
        };
        Termino { test: Sql::any(&all), via, fases: None }
    }

    /// Words or a part in one value's line; `free` when free text looks in it too.
    pub(super) fn text_line(&self, marca: Marca, tests: &[Test], free: bool) -> Termino {
        let (words, text) = if free { (Texto::Palabras, Texto::Plano) } else { (Texto::Reservado, Texto::Reservado) };
        let all: Vec<Sql> = tests
            .iter()
            .map(|test| match test {
                Test::Empty => words.holds(&marca.of_words()).negated(),
                Test::Text(asked @ TextTest::Words { .. }) => {
                    words.line_holds(&marca.of_words(), &words_pattern(asked))
                }
                Test::Text(TextTest::Contains(part)) => text.line_holds(&marca.of_text(), part),
                Test::Is(_) | Test::Within(_) => Sql::new("0"),
            })
            .collect();
        let via = match tests {
            [Test::Text(asked @ TextTest::Contains(_))] => self.text_via(asked, false),
            [Test::Text(asked)] if free => self.text_via(asked, false),
            _ => None,
        };
        Termino { test: Sql::any(&all), via, fases: None }
    }
}
