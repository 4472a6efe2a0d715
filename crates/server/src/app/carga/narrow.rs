//! The tables that are searched: a row for each word or value, which repeats what a list needs of its expediente.

use super::Owner;
use crate::store::Tx;
use crate::store::bulk::{Entry, Rows};
use crate::store::sql::Arg;
use crate::store::texto::Entrada;

/// Their rows on the way.
pub(super) struct Narrow {
    palabra: Rows,
    texto: Rows,
    entero: Rows,
}

impl Narrow {
    pub(super) fn new() -> Self {
        Self {
            palabra: Rows::new(
                "INSERT INTO palabra (lugar, palabra, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES ",
                7,
            ),
            texto: Rows::new(
                "INSERT INTO campo_texto (campo, valor, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES ",
                7,
            ),
            entero: Rows::new(
                "INSERT INTO campo_entero (campo, valor, expediente_id, asesor_id, equipo_id, fase_orden, pedido) VALUES ",
                7,
            ),
        }
    }

    pub(super) fn push(&mut self, entry: Entry, owner: &Owner) {
        let (lugar, id) = (entry.lugar(), entry.id);
        let (table, first, second): (_, i64, Arg) = match entry.entrada {
            Entrada::Palabra(word) => (&mut self.palabra, lugar, word.into()),
            Entrada::Texto(campo, text) => (&mut self.texto, campo, text.into()),
            Entrada::Entero(campo, n) => (&mut self.entero, campo, n.into()),
        };
        table.push([
            first.into(),
            second,
            id.into(),
            owner.asesor_id.into(),
            owner.equipo_id.into(),
            owner.fase_orden.into(),
            (&*owner.pedido).into(),
        ]);
    }

    pub(super) async fn flush(&mut self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        for table in [&mut self.palabra, &mut self.texto, &mut self.entero] {
            table.flush(tx).await?;
        }
        Ok(())
    }
}
