//! Blocks set on pages: paragraphs wrapped, tables with their columns aligned.
//!
//! A table gets the first paper on which all its columns fit; one that is wider than the widest is cut into groups of
//! columns, one after another. In a document with text around them tables have to fit the paper of the text: there
//! their cells are wrapped instead.

use crate::{
    bloques::{Bloque, Celda},
    layout::{Hojas, Papel, Renglon, ancho, ancho_de, partir},
    plain,
};

/// Between two columns.
const HUECO: usize = 2;
/// A column is never wider in a spreadsheet, and never narrower than `MIN_COLUMNA` anywhere.
const MAX_COLUMNA: usize = 44;
const MIN_COLUMNA: usize = 5;
/// Columns beyond these are not shown.
const MAX_COLUMNAS: usize = 256;
/// A cell is never higher.
const MAX_RENGLONES_CELDA: usize = 12;
const SANGRIA: usize = 3;
const MAX_NIVEL: usize = 6;

/// Which of both ways tables are set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modo {
    /// Text with tables in it, on upright sheets.
    Carta,
    /// Sheets of a spreadsheet, each on paper of its own.
    Calculo,
}

/// Sets the blocks.
pub fn maquetar(bloques: &[Bloque], modo: Modo) -> Hojas {
    let mut hojas = Hojas::vacias(Papel::CARTA);
    let mut salto = false;
    for (n, bloque) in bloques.iter().enumerate() {
        if *bloque == Bloque::Salto {
            salto = !hojas.al_principio();
            continue;
        }
        let papel = if modo == Modo::Calculo { papel_para(&bloques[n..]) } else { Papel::CARTA };
        if std::mem::take(&mut salto) || hojas.al_principio() {
            hojas.empezar(papel);
        }
        match bloque {
            Bloque::Titulo(texto) => titulo(&mut hojas, texto),
            Bloque::Parrafo { texto, nivel, marca } => parrafo(&mut hojas, texto, *nivel, marca),
            Bloque::Tabla { filas, cabecera } => {
                Tabla::new(filas, *cabecera, modo, hojas.papel().columnas()).poner(&mut hojas);
            }
            Bloque::Salto => {}
        }
    }
    hojas
}

/// The paper of a page that begins with these blocks: that of its widest table.
fn papel_para(bloques: &[Bloque]) -> Papel {
    let de_esta_hoja = bloques.iter().take_while(|b| **b != Bloque::Salto);
    let ancho = de_esta_hoja
        .filter_map(|bloque| match bloque {
            Bloque::Tabla { filas, .. } => Some(total(&naturales(filas, MAX_COLUMNA))),
            _ => None,
        })
        .max()
        .unwrap_or(0);
    let [.., mayor] = Papel::TODOS;
    Papel::TODOS.into_iter().find(|papel| papel.columnas() >= ancho).unwrap_or(mayor)
}

fn titulo(hojas: &mut Hojas, texto: &str) {
    let texto = una_linea(texto);
    if texto.is_empty() {
        return;
    }
    if !hojas.tras_hueco() {
        hojas.anadir(Renglon::default());
    }
    // A heading alone at the foot of a page heads nothing.
    if hojas.quedan() < 3 {
        hojas.empezar(hojas.papel());
    }
    for texto in partir(&texto, hojas.papel().columnas()) {
        hojas.anadir(Renglon { texto, negrita: true, raya: false });
    }
}

fn parrafo(hojas: &mut Hojas, texto: &str, nivel: usize, marca: &str) {
    let texto = plain::limpio(texto);
    // Many use empty paragraphs for space; one is enough here.
    if texto.is_empty() && hojas.tras_hueco() {
        return;
    }
    let sangria = " ".repeat(SANGRIA * nivel.min(MAX_NIVEL));
    let marca = if marca.is_empty() { String::new() } else { format!("{} ", una_linea(marca)) };
    let cuelga = format!("{sangria}{}", " ".repeat(ancho_de(&marca)));
    let columnas = hojas.papel().columnas().saturating_sub(cuelga.len());
    let renglones = texto.split('\n').flat_map(|linea| partir(linea, columnas));
    for (n, renglon) in renglones.enumerate() {
        let linea = if n == 0 { format!("{sangria}{marca}{renglon}") } else { format!("{cuelga}{renglon}") };
        hojas.anadir(linea.trim_end().to_owned().into());
    }
}

/// A table whose columns have their widths.
struct Tabla<'a> {
    filas: &'a [Vec<Celda>],
    cabecera: bool,
    anchos: Vec<usize>,
    /// Whether cells that do not fit are cut instead of wrapped.
    cortar: bool,
}

impl<'a> Tabla<'a> {
    fn new(filas: &'a [Vec<Celda>], cabecera: bool, modo: Modo, columnas: usize) -> Self {
        let anchos = match modo {
            Modo::Calculo => naturales(filas, MAX_COLUMNA),
            Modo::Carta => estrechar(naturales(filas, columnas), columnas),
        };
        Self { filas, cabecera, anchos, cortar: modo == Modo::Calculo }
    }

    fn poner(&self, hojas: &mut Hojas) {
        let mut desde = 0;
        while desde < self.anchos.len() {
            let hasta = self.grupo(desde, hojas.papel().columnas());
            if desde > 0 {
                hojas.empezar(hojas.papel());
                let texto = format!("Columnas {} a {}", letra(desde), letra(hasta - 1));
                hojas.anadir(Renglon { texto, negrita: true, raya: false });
            }
            for (n, fila) in self.filas.iter().enumerate() {
                self.poner_fila(hojas, fila, (desde, hasta), self.cabecera && n == 0);
            }
            desde = hasta;
        }
    }

    /// Up to which column, at least one more than `desde`, the columns fit on a page.
    fn grupo(&self, desde: usize, columnas: usize) -> usize {
        let mut ocupadas = 0;
        let caben = self.anchos[desde..].iter().take_while(|ancho| {
            ocupadas += **ancho + HUECO;
            ocupadas - HUECO <= columnas
        });
        desde + caben.count().max(1)
    }

    fn poner_fila(&self, hojas: &mut Hojas, fila: &[Celda], (desde, hasta): (usize, usize), negrita: bool) {
        let vacia = Celda::default();
        let celdas: Vec<(&Celda, Vec<String>, usize)> = (desde..hasta)
            .map(|n| {
                let (celda, ancho) = (fila.get(n).unwrap_or(&vacia), self.anchos[n]);
                (celda, self.renglones(&celda.texto, ancho), ancho)
            })
            .collect();
        let alto = celdas.iter().map(|(_, renglones, _)| renglones.len()).max().unwrap_or(1);
        if alto > hojas.quedan() && !hojas.al_principio() {
            hojas.empezar(hojas.papel());
        }
        for n in 0..alto {
            let mut texto = String::new();
            for (celda, renglones, ancho) in &celdas {
                let dice = renglones.get(n).map_or("", String::as_str);
                let relleno = " ".repeat(ancho.saturating_sub(ancho_de(dice)));
                let (antes, despues) = if celda.derecha { (relleno.as_str(), "") } else { ("", relleno.as_str()) };
                texto.push_str(&format!("{antes}{dice}{despues}{}", " ".repeat(HUECO)));
            }
            texto.truncate(texto.trim_end().len());
            hojas.anadir(Renglon { texto, negrita, raya: n + 1 == alto });
        }
    }

    fn renglones(&self, texto: &str, columna: usize) -> Vec<String> {
        let limpio = plain::limpio(texto);
        if self.cortar {
            return vec![cortar(&limpio.replace(['\n', '\t'], " "), columna)];
        }
        let mut renglones: Vec<String> = limpio.split('\n').flat_map(|linea| partir(linea, columna)).collect();
        if renglones.len() > MAX_RENGLONES_CELDA {
            renglones.truncate(MAX_RENGLONES_CELDA);
            if let Some(ultimo) = renglones.last_mut() {
                *ultimo = cortar(&format!("{ultimo}…………"), columna.min(ancho_de(ultimo) + 1));
            }
        }
        renglones
    }
}

/// The widths the columns would like to have, none above `tope`.
fn naturales(filas: &[Vec<Celda>], tope: usize) -> Vec<usize> {
    let columnas = filas.iter().map(Vec::len).max().unwrap_or(0).min(MAX_COLUMNAS);
    let mut anchos = vec![0; columnas];
    for fila in filas {
        for (ancho, celda) in anchos.iter_mut().zip(fila) {
            let linea = celda.texto.split('\n').map(ancho_de).max().unwrap_or(0);
            *ancho = linea.max(*ancho).min(tope);
        }
    }
    // Columns with nothing in them at the end of a sheet are no columns.
    while anchos.last() == Some(&0) {
        anchos.pop();
    }
    anchos.iter_mut().for_each(|ancho| *ancho = (*ancho).max(1));
    anchos
}

fn total(anchos: &[usize]) -> usize {
    (anchos.iter().sum::<usize>() + HUECO * anchos.len()).saturating_sub(HUECO)
}

/// Takes from the widest columns until all fit, or until none can give any more.
fn estrechar(mut anchos: Vec<usize>, columnas: usize) -> Vec<usize> {
    while total(&anchos) > columnas {
        match anchos.iter_mut().max().filter(|mayor| **mayor > MIN_COLUMNA) {
            Some(mayor) => *mayor -= 1,
            None => break,
        }
    }
    anchos
}

/// The beginning of a text that fits; an ellipsis says that there is more.
fn cortar(texto: &str, columnas: usize) -> String {
    if ancho_de(texto) <= columnas {
        return texto.to_owned();
    }
    let mut ocupadas = 1;
    let caben = texto.chars().take_while(|c| {
        ocupadas += ancho(*c);
        ocupadas <= columnas
    });
    let caben: String = caben.collect();
    format!("{}…", caben.trim_end())
}

fn una_linea(texto: &str) -> String {
    plain::limpio(texto).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a column of a spreadsheet: A to Z, AA to ZZ and on.
fn letra(mut n: usize) -> String {
    let mut nombre = Vec::new();
    loop {
        nombre.push(char::from(b'A' + (n % 26) as u8));
        match n / 26 {
            0 => break,
            siguiente => n = siguiente - 1,
        }
    }
    nombre.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn tabla(filas: &[&[&str]]) -> Bloque {
        let celda = |t: &&str| if crate::bloques::numero(t) { Celda::cifra(*t) } else { Celda::nueva(*t) };
        Bloque::Tabla { filas: filas.iter().map(|f| f.iter().map(celda).collect()).collect(), cabecera: true }
    }

    #[test]
    fn columns_line_up_and_figures_stand_to_the_right() {
        let hojas =
            maquetar(&[tabla(&[&["Coche", "Precio"], &["Ibiza", "9.500"], &["Terramar FR", "41"]])], Modo::Calculo);
        let esperado = "Coche        Precio\nIbiza         9.500\nTerramar FR      41";
        assert_eq!(hojas.texto(None).unwrap(), esperado);
        assert!(hojas.hoja(1).unwrap().renglones[0].negrita);
    }

    #[test]
    fn a_wide_sheet_lies_on_its_side_and_a_wider_one_is_cut_into_groups() {
        let fila = |n: usize| vec![Celda::nueva("x".repeat(20)); n];
        let hojas = |n| maquetar(&[Bloque::Tabla { filas: vec![fila(n)], cabecera: false }], Modo::Calculo);
        assert_eq!(hojas(3).papel(), Papel::TODOS[0]);
        assert_eq!(hojas(5).papel(), Papel::TODOS[1]);
        assert_eq!(hojas(9).papel(), Papel::TODOS[3]);
        let partida = hojas(20);
        assert_eq!(partida.paginas(), 3);
        assert!(partida.texto(Some(2)).unwrap().starts_with("Columnas J a R\n"));
    }

    #[test]
    fn in_a_letter_cells_are_wrapped() {
        let largo = "palabra ".repeat(40);
        let hojas = maquetar(&[tabla(&[&["Nombre", "Texto"], &["uno", &largo]])], Modo::Carta);
        let texto = hojas.texto(None).unwrap();
        assert_eq!(texto.matches("palabra").count(), 40);
        assert!(texto.lines().all(|l| ancho_de(l) <= Papel::CARTA.columnas()), "{texto}");
    }

    #[test]
    fn items_hang_from_their_bullets_and_breaks_begin_pages() {
        let punto = Bloque::Parrafo { texto: "palabra ".repeat(20), nivel: 1, marca: "•".into() };
        let hojas =
            maquetar(&[Bloque::Titulo("Uno".into()), punto, Bloque::Salto, Bloque::parrafo("Fin")], Modo::Carta);
        let texto = hojas.texto(Some(1)).unwrap();
        assert!(texto.starts_with("Uno\n   • palabra") && texto.contains("\n     palabra"), "{texto}");
        assert_eq!(hojas.texto(Some(2)).unwrap(), "Fin");
    }

    #[test]
    fn no_blocks_are_still_a_page() {
        assert_eq!(maquetar(&[], Modo::Carta).paginas(), 1);
        assert_eq!(maquetar(&[Bloque::Salto, Bloque::Salto, Bloque::Salto], Modo::Calculo).paginas(), 1);
        assert_eq!(maquetar(&[tabla(&[&[]])], Modo::Calculo).paginas(), 1);
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letra), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    proptest::proptest! {
        #[test]
        fn any_table_ends_up_on_pages(filas in proptest::collection::vec(proptest::collection::vec("[a漢 \n\t•]{0,90}", 0..12), 0..8)) {
            let filas: Vec<Vec<Celda>> = filas.into_iter().map(|f| f.into_iter().map(Celda::nueva).collect()).collect();
            for modo in [Modo::Carta, Modo::Calculo] {
                let hojas = maquetar(&[Bloque::Tabla { filas: filas.clone(), cabecera: true }], modo);
                for n in 1..=hojas.paginas() {
                    let hoja = hojas.hoja(n).unwrap();
                    proptest::prop_assert!(hoja.renglones.len() <= hoja.papel.renglones());
                }
            }
        }
    }
}
