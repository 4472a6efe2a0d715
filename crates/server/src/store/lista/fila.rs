//! A row of the list as stored.

use super::cursor::{Cursor, Valor};
use crate::store::expedientes::SIN_IMPORTE;
use api::lista::{Columna, Fila, Orden};
use domain::{ExpedienteId, FaseId};

/// What is read of each row; the row is `e`.
pub const COLUMNS: &str = "e.id, e.numero, e.numero_orden, e.cliente, e.cliente_orden, e.vehiculo, e.vehiculo_orden, e.matricula, e.fase, \
     e.fase_orden, e.docs, e.listos, e.requeridos, e.faltan, e.pendientes, e.rechazados, e.avisos, e.pedido, e.importe, e.asesor";

/// A row.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FilaRow {
    id: i64,
    numero: String,
    numero_orden: i64,
    cliente: String,
    cliente_orden: String,
    vehiculo: String,
    vehiculo_orden: String,
    matricula: String,
    fase: String,
    fase_orden: i64,
    docs: i64,
    listos: i64,
    requeridos: i64,
    faltan: i64,
    pendientes: i64,
    rechazados: i64,
    avisos: i64,
    pedido: String,
    importe: i64,
    asesor: String,
    answers: i64,
}

impl FilaRow {
    /// How many rows were found where this one was, with those that are not shown.
    pub fn all(&self) -> u64 {
        u64::try_from(self.answers).unwrap_or_default()
    }

    /// The place after this row.
    pub fn cursor(&self, orden: Orden) -> Cursor {
        let text = |text: &str| Valor::Text(text.to_owned());
        let valor = match orden.columna {
            Columna::Pedido => text(&self.pedido),
            Columna::Numero => Valor::Int(self.numero_orden),
            Columna::Cliente => text(&self.cliente_orden),
            Columna::Vehiculo => text(&self.vehiculo_orden),
            Columna::Matricula => text(&self.matricula),
            Columna::Fase => Valor::Int(self.fase_orden),
            Columna::Docs => Valor::Int(self.docs),
            Columna::Faltan => Valor::Int(self.faltan),
            Columna::Importe => Valor::Int(self.importe),
            Columna::Asesor => text(&self.asesor),
        };
        Cursor { orden, valor, id: self.id }
    }

    /// As it goes over the wire.
    pub fn fila(self) -> Fila {
        let count = |n: i64| u32::try_from(n).unwrap_or_default();
        Fila {
            id: ExpedienteId(self.id),
            numero: self.numero,
            cliente: self.cliente,
            vehiculo: self.vehiculo,
            matricula: self.matricula,
            fase: FaseId(self.fase),
            docs: count(self.docs),
            listos: count(self.listos),
            requeridos: count(self.requeridos),
            pendientes: count(self.pendientes),
            rechazados: count(self.rechazados),
            avisos: count(self.avisos),
            pedido: Some(self.pedido).filter(|day| !day.is_empty()),
            importe_cent: Some(self.importe).filter(|cents| *cents != SIN_IMPORTE),
            asesor: self.asesor,
        }
    }
}
