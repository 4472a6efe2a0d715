//! Tables.

use crate::bloques::{Bloque, Lado, Pieza};
use crate::compone::{CAJA, CLARO, Cajista, GRIS, INTERLINEA, MARGEN, TINTA};
use crate::letra::Letras;
use crate::lineas::{Cuerpo, Linea, medidas, partir};

/// Text of a row.
const FILA: Cuerpo = Cuerpo { tam: 9.5, negrita: false };
/// Text of the head.
const CABEZA: Cuerpo = Cuerpo { tam: 8.5, negrita: true };
/// Beside the text of a cell.
const LADO: f32 = 5.0;
/// Above and below the text of a row.
const AIRE: f32 = 2.7;

/// Narrowest and widest column of names in a table of names and values.
const ROTULOS: (f32, f32) = (120.0, CAJA * 0.42);

/// Whether it is a table of names and values: two columns of text.
fn is_ficha(lados: &[Lado]) -> bool {
    matches!(lados, [Lado::Izquierda, Lado::Izquierda])
}

/// Width of the names of all such tables of a document, so that their values begin at the same place.
pub fn rotulos(bloques: &[Bloque], letras: &Letras) -> f32 {
    let tables = bloques.iter().filter_map(|bloque| match bloque {
        Bloque::Tabla(lados, filas) if is_ficha(lados) => Some(filas),
        _ => None,
    });
    let names = tables.flatten().filter_map(|row| row.first());
    let widest = names.map(|name| medidas(name, FILA, letras).1 + 2.0 * LADO).fold(0.0, f32::max);
    widest.clamp(ROTULOS.0, ROTULOS.1)
}

impl Cajista<'_> {
    /// Sets a table; its head is repeated on every page it runs over.
    pub fn tabla(&mut self, lados: &[Lado], filas: &[Vec<Vec<Pieza>>]) {
        if lados.is_empty() {
            return;
        }
        let anchos =
            if is_ficha(lados) { vec![self.rotulos, CAJA - self.rotulos] } else { self.anchos(lados.len(), filas) };
        let cola = std::mem::take(&mut self.cola);
        let (head, rows) = filas.split_first().map_or((None, filas), |(head, rows)| (Some(head), rows));
        let head = head.filter(|head| head.iter().any(|cell| !cell.is_empty()));
        self.y += 3.0;
        self.reserva(60.0);
        match head {
            Some(head) => self.fila(head, CABEZA, lados, &anchos, None),
            None => self.raya(MARGEN, MARGEN + CAJA, CLARO),
        }
        for (at, row) in rows.iter().enumerate() {
            if at + 1 == rows.len() {
                self.cola = cola;
            }
            self.fila(row, FILA, lados, &anchos, head);
        }
        self.y += 10.0;
    }

    /// Widths of the columns: what each needs, and of the rest as each would like to have.
    fn anchos(&self, columnas: usize, filas: &[Vec<Vec<Pieza>>]) -> Vec<f32> {
        let mut least = vec![24.0_f32; columnas];
        let mut whole = vec![24.0_f32; columnas];
        for (at, row) in filas.iter().enumerate() {
            let cuerpo = if at == 0 { CABEZA } else { FILA };
            for (column, cell) in row.iter().enumerate().take(columnas) {
                let (word, line) = medidas(cell, cuerpo, self.letras);
                least[column] = least[column].max(word + 2.0 * LADO);
                whole[column] = whole[column].max(line + 2.0 * LADO).min(CAJA);
            }
        }
        let needed: f32 = least.iter().sum();
        if needed > CAJA {
            return least.iter().map(|width| width * CAJA / needed).collect();
        }
        let wished: f32 = whole.iter().zip(&least).map(|(whole, least)| (whole - least).max(0.0)).sum();
        let free = CAJA - needed;
        let even = free / least.iter().map(|_| 1.0).sum::<f32>();
        let share = |whole: f32, least: f32| {
            if wished > 0.0 { free * (whole - least).max(0.0) / wished } else { even }
        };
        whole.iter().zip(&least).map(|(whole, least)| least + share(*whole, *least)).collect()
    }

    /// One row. It is kept whole if a page can hold it, else it runs on over pages.
    fn fila(
        &mut self,
        celdas: &[Vec<Pieza>],
        cuerpo: Cuerpo,
        lados: &[Lado],
        anchos: &[f32],
        cabeza: Option<&Vec<Vec<Pieza>>>,
    ) {
        let step = cuerpo.tam * INTERLINEA;
        let cells: Vec<Vec<Linea>> = celdas
            .iter()
            .zip(anchos)
            .map(|(cell, width)| partir(cell, cuerpo, (width - 2.0 * LADO).max(6.0), self.letras))
            .collect();
        let count = cells.iter().map(Vec::len).max().unwrap_or(1);
        let height = (0..count).map(|_| step).sum::<f32>() + 2.0 * AIRE;
        if height + self.cola < Self::alto_pagina() && self.reserva(height + self.cola) {
            let cola = std::mem::take(&mut self.cola);
            match cabeza {
                Some(cabeza) => self.fila(cabeza, CABEZA, lados, anchos, None),
                None => self.raya(MARGEN, MARGEN + CAJA, CLARO),
            }
            self.cola = cola;
        }
        let gris = if cuerpo.negrita { GRIS } else { TINTA };
        self.y += AIRE;
        for at in 0..count {
            self.reserva(step + AIRE);
            let mut x = MARGEN;
            for ((cell, width), side) in cells.iter().zip(anchos).zip(lados) {
                if let Some(line) = cell.get(at) {
                    self.linea(line, cuerpo, (x + LADO, width - 2.0 * LADO), *side, gris);
                }
                x += width;
            }
            self.y += step;
        }
        self.y += AIRE;
        self.raya(MARGEN, MARGEN + CAJA, CLARO);
    }
}
