//! Excel workbooks, of today and of before 2007: each sheet with its name, its cells in columns.
//!
//! A cell shows its value, not the format somebody gave it: amounts lose their euro sign, but never a digit that
//! counts. Formulas show what the program last computed.

use std::io::Cursor;

use calamine::{CellErrorType, Data, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use super::{Lector, paquete::Paquete};
use crate::{
    RenderError,
    bloques::{Bloque, Celda},
    comprimidos::fecha_hora,
};

const MAX_HOJAS: usize = 200;
const MAX_FILAS: usize = 20_000;
const MAX_COLUMNAS: usize = 256;
const MAX_CELDAS: usize = 400_000;
/// Rows without anything between two with something.
const MAX_HUECO: usize = 2;

/// A workbook since 2007.
pub fn xlsx(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    // The reader inflates without limits, so what it will inflate is measured first.
    Paquete::abrir(bytes)?.medir()?;
    let mut libro: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsxError::Password => RenderError::Cifrado,
        _ => RenderError::Roto,
    })?;
    let mut lector = Lector::default();
    for nombre in visibles(libro.sheets_metadata()) {
        let mut filas = Filas::default();
        // One sheet that cannot be read is no reason to hide the others.
        if let Ok(mut celdas) = libro.worksheet_cells_reader(&nombre) {
            while let Ok(Some(celda)) = celdas.next_cell() {
                let (fila, columna) = celda.get_position();
                if !filas.poner(fila, columna, &celda.get_value().clone().into()) {
                    break;
                }
            }
        }
        hoja(&mut lector, &nombre, filas);
    }
    Ok(lector.bloques)
}

/// A workbook of before 2007.
pub fn xls(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let mut libro: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsError::Password => RenderError::Cifrado,
        _ => RenderError::Roto,
    })?;
    let mut lector = Lector::default();
    for nombre in visibles(libro.sheets_metadata()) {
        let mut filas = Filas::default();
        if let Ok(rango) = libro.worksheet_range(&nombre) {
            let (fila_0, columna_0) = rango.start().unwrap_or_default();
            for (fila, columna, valor) in rango.used_cells() {
                // Sheets of this kind end at row 65,536.
                let (Ok(fila), Ok(columna)) = (u32::try_from(fila), u32::try_from(columna)) else { break };
                if !filas.poner(fila + fila_0, columna + columna_0, valor) {
                    break;
                }
            }
        }
        hoja(&mut lector, &nombre, filas);
    }
    Ok(lector.bloques)
}

fn visibles(hojas: &[calamine::Sheet]) -> Vec<String> {
    let de_celdas = |h: &&calamine::Sheet| h.typ == SheetType::WorkSheet && h.visible == SheetVisible::Visible;
    hojas.iter().filter(de_celdas).take(MAX_HOJAS).map(|hoja| hoja.name.clone()).collect()
}

fn hoja(lector: &mut Lector, nombre: &str, filas: Filas) {
    lector.anadir(Bloque::Salto, 0);
    lector.titulo(format!("Hoja «{nombre}»"));
    let cortada = filas.cortada;
    if filas.filas.is_empty() {
        lector.parrafo("[vacía]".to_owned(), 0, "");
    } else {
        lector.tabla(filas.filas, false);
    }
    if cortada {
        lector.parrafo("[La hoja sigue: descárguela para verla entera]".to_owned(), 0, "");
    }
}

/// The rows of a sheet as its cells come in, from left to right and from top to bottom.
#[derive(Default)]
struct Filas {
    filas: Vec<Vec<Celda>>,
    ultima: u32,
    celdas: usize,
    cortada: bool,
}

impl Filas {
    /// Puts a cell in its place; false when no more are taken.
    fn poner(&mut self, fila: u32, columna: u32, valor: &Data) -> bool {
        let Some(celda) = celda(valor) else { return true };
        let columna = columna as usize;
        if columna >= MAX_COLUMNAS {
            self.cortada = true;
            return true;
        }
        self.celdas += 1;
        if self.filas.len() >= MAX_FILAS || self.celdas > MAX_CELDAS {
            self.cortada = true;
            return false;
        }
        if self.filas.is_empty() {
            self.filas.push(Vec::new());
        } else if fila > self.ultima {
            let salto = (fila - self.ultima) as usize;
            self.filas.resize(self.filas.len() + salto.min(MAX_HUECO), Vec::new());
        }
        self.ultima = self.ultima.max(fila);
        if let Some(esta) = self.filas.last_mut() {
            if esta.len() <= columna {
                esta.resize(columna + 1, Celda::default());
            }
            esta[columna] = celda;
        }
        true
    }
}

/// What a cell shows; nothing when it is empty.
fn celda(valor: &Data) -> Option<Celda> {
    match valor {
        Data::Empty => None,
        Data::Int(n) => Some(Celda::cifra(n.to_string())),
        Data::Float(n) => Some(Celda::cifra(cifra(*n))),
        Data::String(texto) | Data::DurationIso(texto) => Some(Celda::nueva(texto.clone())),
        Data::DateTimeIso(texto) => Some(Celda::nueva(texto.replace('T', " "))),
        Data::Bool(si) => Some(Celda::nueva(if *si { "VERDADERO" } else { "FALSO" })),
        Data::DateTime(momento) => Some(Celda::cifra(fecha(momento))),
        Data::Error(e) => Some(Celda::nueva(error(e))),
    }
    .filter(|celda| !celda.texto.is_empty())
}

/// A number as people here write it: a comma, and no more decimals than it needs.
fn cifra(n: f64) -> String {
    let enorme = n.abs() >= 1e15;
    let texto = if enorme || (n != 0.0 && n.abs() < 1e-6) { format!("{n:e}") } else { format!("{n:.6}") };
    let texto = if texto.contains('.') && !texto.contains('e') {
        texto.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        texto
    };
    texto.replace('.', ",")
}

fn fecha(momento: &ExcelDateTime) -> String {
    if momento.is_duration() {
        let minutos = (momento.as_f64() * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutos / 60.0).floor(), minutos % 60.0);
    }
    let (ano, mes, dia, hora, minuto, ..) = momento.to_ymd_hms_milli();
    let completa = fecha_hora([ano, mes.into(), dia.into(), hora.into(), minuto.into()].map(i64::from));
    let (solo_dia, solo_hora) = completa.split_once(' ').unwrap_or((&completa, ""));
    match (momento.as_f64() < 1.0, solo_hora) {
        (true, hora) => hora.to_owned(),
        (false, "00:00") => solo_dia.to_owned(),
        _ => completa,
    }
}

/// As the program in Spanish shows them.
fn error(e: &CellErrorType) -> &'static str {
    match e {
        CellErrorType::Div0 => "#¡DIV/0!",
        CellErrorType::NA => "#N/D",
        CellErrorType::Name => "#¿NOMBRE?",
        CellErrorType::Null => "#¡NULO!",
        CellErrorType::Num => "#¡NUM!",
        CellErrorType::Ref => "#¡REF!",
        _ => "#¡VALOR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_and_no_needless_zeros() {
        assert_eq!([18500.0, 0.21, -3.1, 1234.5678, 0.0].map(cifra), ["18500", "0,21", "-3,1", "1234,5678", "0"]);
        assert_eq!(cifra(1e300), "1e300");
    }

    #[test]
    fn cells_far_away_cost_nothing() {
        let mut filas = Filas::default();
        for (fila, columna) in [(0, 0), (1_048_575, 3), (1_048_575, 16_383)] {
            assert!(filas.poner(fila, columna, &Data::Int(1)));
        }
        assert_eq!(filas.filas.len(), 1 + MAX_HUECO);
        assert!(filas.cortada);
    }
}
