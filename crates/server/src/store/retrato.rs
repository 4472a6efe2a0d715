//! Which sets an expediente is in by what its row says. Those of its index are in [`super::texto`].

use super::conjuntos::clave::entero;
use super::conjuntos::{Entrada, Forma, Serie};
use super::expedientes::{Columnas, Cuentas};
use domain::EstadoDocumento;
use domain::texto::fold;
use std::collections::BTreeSet;

/// What never changes: its number, its asesor and their team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dueno<'d> {
    /// The number as it is sorted.
    pub numero_orden: i64,
    /// Id of its asesor.
    pub asesor_id: i64,
    /// User name of its asesor.
    pub asesor: &'d str,
    /// Team of its asesor.
    pub equipo_id: Option<i64>,
}

impl Dueno<'_> {
    /// Its sets.
    pub fn entradas(&self) -> BTreeSet<Entrada> {
        let mut all = BTreeSet::from([
            Entrada::any(Serie::TODOS),
            Entrada::whole(Serie::ASESOR, Forma::Exacta, &entero(self.asesor_id)),
            Entrada::whole(Serie::ORDEN_ASESOR, Forma::Exacta, self.asesor.as_bytes()),
        ]);
        all.extend(self.equipo_id.map(|id| Entrada::whole(Serie::EQUIPO, Forma::Exacta, &entero(id))));
        Entrada::extend(&mut all, Serie::ORDEN_NUMERO, Forma::Entero, &entero(self.numero_orden));
        all
    }
}

/// The set of a fase, by its place.
pub fn fase(orden: i64) -> BTreeSet<Entrada> {
    BTreeSet::from([Entrada::whole(Serie::FASE, Forma::Exacta, &entero(orden))])
}

/// The set of having open avisos.
pub fn avisos(abiertos: u32) -> BTreeSet<Entrada> {
    (abiertos > 0).then(|| Entrada::any(Serie::AVISO)).into_iter().collect()
}

impl Columnas {
    /// The sets that keep the list's columns in order.
    pub fn entradas(&self) -> BTreeSet<Entrada> {
        let mut all = BTreeSet::new();
        Entrada::extend(&mut all, Serie::ORDEN_PEDIDO, Forma::Dia, self.pedido.as_bytes());
        Entrada::extend(&mut all, Serie::ORDEN_IMPORTE, Forma::Entero, &entero(self.importe));
        Entrada::extend(&mut all, Serie::ORDEN_CLIENTE, Forma::Texto, fold(&self.cliente).as_bytes());
        Entrada::extend(&mut all, Serie::ORDEN_VEHICULO, Forma::Texto, fold(&self.vehiculo).as_bytes());
        Entrada::extend(&mut all, Serie::ORDEN_MATRICULA, Forma::Texto, self.matricula.as_bytes());
        all
    }
}

impl Cuentas {
    /// Required lines that are not fulfilled.
    pub fn faltan(&self) -> u32 {
        self.requeridos.saturating_sub(self.listos)
    }

    /// The sets of the counts.
    pub fn entradas(&self) -> BTreeSet<Entrada> {
        let count = |serie, n: u32| Entrada::whole(serie, Forma::Exacta, &entero(n.into()));
        let mut all = BTreeSet::from([count(Serie::DOCS, self.docs), count(Serie::FALTAN, self.faltan())]);
        let of_estado = |estado| match estado {
            EstadoDocumento::Pendiente => self.pendientes,
            EstadoDocumento::Validado => self.validados,
            EstadoDocumento::Rechazado => self.rechazados,
        };
        let estados = EstadoDocumento::ALL.into_iter().filter(|estado| of_estado(*estado) > 0);
        all.extend(estados.map(|e| Entrada::whole(Serie::ESTADO, Forma::Exacta, e.as_str().as_bytes())));
        all.extend(avisos(self.avisos));
        all
    }
}
