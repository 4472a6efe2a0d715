//! Fields every expediente has.

use super::piece::{BLANK, PLANO, only};
use super::{Contexto, Termino, Via};
use crate::store::sql::Sql;
use crate::store::texto::NUMERO;
use domain::EstadoDocumento;
use domain::query::{BuiltIn, Ficha, Field, Test, matches};

impl Contexto<'_> {
    pub(super) fn built_in(&self, field: BuiltIn, tests: &[Test]) -> Termino {
        let asks = |ficha: &Ficha<'_>| matches(&only(Field::BuiltIn(field), tests), ficha, self.modelo);
        match field {
            BuiltIn::Numero => self.text_line(NUMERO, &Sql::new("e.palabras"), &PLANO.sql(), tests, true),
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
            let mut ids =
                Sql::new("SELECT x.id FROM expediente x INDEXED BY avisos_pedido WHERE x.avisos > 0 AND x.lugar = ");
            ids.bind(self.lugar.id);
            Via::exact(ids)
        });
        Termino { test, via, fases: None }
    }

    fn fases(&self, accepted: Vec<i64>) -> Termino {
        let mut test = Sql::new("e.fase_orden IN ");
        test.bind_list(accepted.clone());
        let mut ids = Sql::new("SELECT x.id FROM expediente x INDEXED BY fase_pedido WHERE x.lugar = ");
        ids.bind(self.lugar.id).push(" AND x.fase_orden IN ").bind_list(accepted.clone());
        Termino { test, via: Some(Via { by_pedido: true, ..Via::exact(ids) }), fases: Some(accepted) }
    }

    fn asesores(&self, accepted: Vec<i64>) -> Termino {
        let mut test = Sql::new("e.asesor_id IN ");
        test.bind_list(accepted.clone());
        let mut ids = Sql::new("SELECT x.id FROM expediente x INDEXED BY propios_pedido WHERE x.lugar = ");
        ids.bind(self.lugar.id).push(" AND x.asesor_id IN ").bind_list(accepted);
        Termino { test, via: Some(Via::exact(ids)), fases: None }
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
        let head = match (accepted, none) {
            ([EstadoDocumento::Pendiente], false) => {
                Some("SELECT x.id FROM expediente x INDEXED BY pendientes_pedido WHERE x.pendientes > 0 AND x.lugar = ")
            }
            ([EstadoDocumento::Rechazado], false) => {
                Some("SELECT x.id FROM expediente x INDEXED BY rechazados_pedido WHERE x.rechazados > 0 AND x.lugar = ")
            }
            _ => None,
        };
        let via = head.map(|head| {
            let mut ids = Sql::new(head);
            ids.bind(self.lugar.id);
            Via::exact(ids)
        });
        Termino { test: Sql::any(&tests), via, fases: None }
    }
}
