//! Fields every expediente has.

use super::piece::{BLANK, bounds, only};
use super::{Buscador, Conj, Termino};
use crate::store::conjuntos::clave::entero;
use crate::store::conjuntos::{Conjunto, Entrada, Forma, Serie};
use crate::store::texto::NUMERO;
use domain::EstadoDocumento;
use domain::query::{BuiltIn, Ficha, Field, Test, matches};

impl Buscador<'_> {
    pub(super) async fn built_in(&mut self, field: BuiltIn, tests: &[Test]) -> Result<Termino, sqlx::Error> {
        // The domain says which of a few values answer.
        let modelo = self.modelo;
        let asks = |ficha: &Ficha<'_>| matches(&only(Field::BuiltIn(field), tests), ficha, modelo);
        let ids = |serie: Serie, ids: Vec<i64>| {
            ids.into_iter().map(|id| Entrada::whole(serie, Forma::Exacta, &entero(id))).collect::<Vec<_>>()
        };
        let sets = match field {
            BuiltIn::Numero => return self.text_line(Serie::NUMERO, NUMERO, tests, true).await,
            BuiltIn::Docs => return self.count(Serie::DOCS, tests).await,
            BuiltIn::Faltan => return self.count(Serie::FALTAN, tests).await,
            BuiltIn::Fase | BuiltIn::Cerrado => {
                let accepted =
                    modelo.fases.iter().enumerate().filter(|(_, f)| asks(&Ficha { fase: &f.id, ..BLANK.ficha() }));
                ids(Serie::FASE, accepted.filter_map(|(i, _)| i64::try_from(i).ok()).collect())
            }
            BuiltIn::Asesor => {
                let asked = |usuario: &str, nombre: &str| {
                    asks(&Ficha { asesor: usuario, asesor_nombre: nombre, ..BLANK.ficha() })
                };
                let accepted = self.asesores.iter().filter(|a| asked(&a.usuario, &a.nombre));
                ids(Serie::ASESOR, accepted.map(|a| a.id).collect())
            }
            BuiltIn::Estado => {
                let accepted =
                    EstadoDocumento::ALL.into_iter().filter(|e| asks(&Ficha { documentos: &[*e], ..BLANK.ficha() }));
                accepted.map(|e| Entrada::whole(Serie::ESTADO, Forma::Exacta, e.as_str().as_bytes())).collect()
            }
            BuiltIn::Aviso => {
                let some = self.lector.one(&Entrada::any(Serie::AVISO)).await?;
                let conj = match (asks(&BLANK.ficha()), asks(&Ficha { avisos: 1, ..BLANK.ficha() })) {
                    (true, true) => Conj::everything(),
                    (true, false) => Conj::Out(some),
                    (false, true) => Conj::In(some),
                    (false, false) => Conj::nothing(),
                };
                return Ok(Termino::exact(conj));
            }
        };
        let mut all = Conjunto::default();
        for set in &sets {
            all.unite(self.lector.one(set).await?);
        }
        Ok(Termino::exact(Conj::In(all)))
    }

    /// A number every expediente has.
    async fn count(&mut self, serie: Serie, tests: &[Test]) -> Result<Termino, sqlx::Error> {
        let mut all = Conjunto::default();
        for limits in tests.iter().filter_map(|test| if let Test::Within(limits) = test { Some(limits) } else { None })
        {
            let (from, to) = bounds(limits);
            all.unite(self.lector.range(serie, Forma::Exacta, from.as_deref(), to.as_deref()).await?);
        }
        Ok(Termino::exact(Conj::In(all)))
    }
}
