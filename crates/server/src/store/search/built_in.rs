//! Fields every expediente has.

use super::piece::{BLANK, of_index, only};
use super::{Contexto, Termino, Via};
use crate::store::sql::Sql;
use crate::store::texto::NUMERO;
use domain::EstadoDocumento;
use domain::query::{BuiltIn, Ficha, Field, Test, matches};

impl Contexto<'_> {
    pub(super) fn built_in(&self, field: BuiltIn, tests: &[Test]) -> Termino {
        let asks = |ficha: &Ficha<'_>| matches(&only(Field::BuiltIn(field), tests), ficha, self.modelo);
        match field {
            BuiltIn::Numero => self.text_line(NUMERO, tests, true),
            BuiltIn::Fase | BuiltIn::Cerrado => {
                let accepted =
                    self.modelo.fases.iter().enumerate().filter(|(_, f)| asks(&Ficha { fase: &f.id, ..BLANK.ficha() }));
                self.fases(accepted.filter_map(|(i, _)| i64::try_from(i).ok()).collect())
            }
            BuiltIn::Asesor => {
                let accepted = self
                    .asesores
                    .iter()
                    .filter(|a| asks(&Ficha { asesor: &a.usuario, asesor_nombre: &a.nombre, ..BLANK.ficha() }));
                self.asesores(accepted.map(|a| a.id).collect())
            }
            BuiltIn::Docs => self.column("e.docs", "docs", "orden_docs", tests, None),
            BuiltIn::Faltan => self.column("e.faltan", "faltan", "orden_faltan", tests, None),
            BuiltIn::Estado => {
                let estados =
                    EstadoDocumento::ALL.into_iter().filter(|e| asks(&Ficha { documentos: &[*e], ..BLANK.ficha() }));
                self.estados(&estados.collect::<Vec<_>>(), asks(&BLANK.ficha()))
            }
            BuiltIn::Aviso => self.aviso(asks(&BLANK.ficha()), asks(&Ficha { avisos: 1, ..BLANK.ficha() })),
        }
    }

    fn aviso(&self, none: bool, some: bool) -> Termino {
        let test = Sql::new(match (none, some) {
            (true, true) => "1",
            (true, false) => "e.avisos = 0",
            (false, true) => "e.avisos > 0",
            (false, false) => "0",
        });
        let via = (some && !none).then(|| {
            let mut from = of_index("avisos_pedido", self.lugar.id);
            from.push(" AND x.avisos > 0");
            Via { dated: true, ..Via::index(from) }
        });
        Termino { test, via, fases: None }
    }

    pub(super) fn fases(&self, accepted: Vec<i64>) -> Termino {
        let mut test = Sql::new("e.fase_orden IN ");
        test.bind_list(accepted.clone());
        let mut from = of_index("fase_pedido", self.lugar.id);
        from.push(" AND x.fase_orden IN ").bind_list(accepted.clone());
        Termino { test, via: Some(Via { dated: true, by_pedido: true, ..Via::index(from) }), fases: Some(accepted) }
    }

    fn asesores(&self, accepted: Vec<i64>) -> Termino {
        let mut test = Sql::new("e.asesor_id IN ");
        test.bind_list(accepted.clone());
        let mut from = of_index("propios_pedido", self.lugar.id);
        from.push(" AND x.asesor_id IN ").bind_list(accepted);
        Termino { test, via: Some(Via { dated: true, ..Via::index(from) }), fases: None }
    }

    fn estados(&self, accepted: &[EstadoDocumento], none: bool) -> Termino {
        let mut tests: Vec<Sql> = accepted
            .iter()
            .map(|estado| {
                Sql::new(match estado {
                    EstadoDocumento::Pendiente => "e.pendientes > 0",
                    EstadoDocumento::Validado => "e.validados > 0",
                    EstadoDocumento::Rechazado => "e.rechazados > 0",
                })
            })
            .collect();
        if none {
            tests.push(Sql::new("e.docs = 0"));
        }
        let partial = match (accepted, none) {
            ([EstadoDocumento::Pendiente], false) => Some(("pendientes_pedido", " AND x.pendientes > 0")),
            ([EstadoDocumento::Rechazado], false) => Some(("rechazados_pedido", " AND x.rechazados > 0")),
            _ => None,
        };
        let via = partial.map(|(index, some)| {
            let mut from = of_index(index, self.lugar.id);
            from.push(some);
            Via { dated: true, ..Via::index(from) }
        });
        Termino { test: Sql::any(&tests), via, fases: None }
    }
}
