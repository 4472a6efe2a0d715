//! OpenDocument 1.2 and 1.3: texts, spreadsheets and presentations have the same elements in a different frame.

use roxmltree::Node;

use super::{
    Lector, MAX_ANIDADO,
    listas::Listas,
    paquete::{Paquete, atributo, cuantos, hijo, hijos, xml},
};
use crate::{
    RenderError,
    bloques::{Bloque, Celda, Cuenta},
};

/// Empty cells at the end of a row, and empty rows, are written once with a number that may be a million.
const MAX_REPETIDAS: usize = 256;
const MAX_FILAS: usize = 20_000;
const MAX_ESPACIOS: usize = 200;
/// No spreadsheet program takes more letters in a cell.
const MAX_CELDA: usize = 32_767;

/// A text as blocks.
pub fn texto(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let mut paquete = abrir(bytes)?;
    let estilos = paquete.parte("styles.xml")?.unwrap_or_default();
    let contenido = paquete.parte("content.xml")?.ok_or(RenderError::Roto)?;
    let mut lector = Lector::default();
    let (encabezado, pie) = alrededor(&estilos);
    lector.parrafo(encabezado, 0, "");
    let arbol = xml(&contenido)?;
    let mut listas = Listas::leer(&[&estilos, &contenido]);
    bloques(cuerpo(arbol.root_element(), "text")?, &mut lector, &mut listas, 0);
    if !pie.is_empty() {
        lector.parrafo(pie, 0, "");
    }
    Ok(lector.bloques)
}

/// The sheets of a spreadsheet, each on pages of its own.
pub fn calculo(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let contenido = abrir(bytes)?.parte("content.xml")?.ok_or(RenderError::Roto)?;
    let arbol = xml(&contenido)?;
    let mut lector = Lector::default();
    for hoja in hijos(cuerpo(arbol.root_element(), "spreadsheet")?).filter(|n| n.tag_name().name() == "table") {
        lector.anadir(Bloque::Salto, 0);
        lector.titulo(format!("Hoja «{}»", atributo(hoja, "name").unwrap_or_default()));
        lector.tabla(filas(hoja), false);
    }
    Ok(lector.bloques)
}

/// The slides of a presentation, each on a page.
pub fn presentacion(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let contenido = abrir(bytes)?.parte("content.xml")?.ok_or(RenderError::Roto)?;
    let arbol = xml(&contenido)?;
    let mut lector = Lector::default();
    let laminas = hijos(cuerpo(arbol.root_element(), "presentation")?).filter(|n| n.tag_name().name() == "page");
    for (n, lamina) in laminas.enumerate() {
        lector.anadir(Bloque::Salto, 0);
        lector.titulo(format!("Diapositiva {}", n + 1));
        bloques(lamina, &mut lector, &mut Listas::default(), 0);
    }
    Ok(lector.bloques)
}

/// An encrypted document says so in its manifest, and only its parts are encrypted.
fn abrir(bytes: &[u8]) -> Result<Paquete<'_>, RenderError> {
    let mut paquete = Paquete::abrir(bytes)?;
    match paquete.parte("META-INF/manifest.xml") {
        Ok(Some(manifiesto)) if manifiesto.contains("encryption-data") => Err(RenderError::Cifrado),
        Ok(_) => Ok(paquete),
        Err(e) => Err(e),
    }
}

fn cuerpo<'a, 'i>(raiz: Node<'a, 'i>, clase: &str) -> Result<Node<'a, 'i>, RenderError> {
    hijo(raiz, "body").and_then(|n| hijo(n, clase)).ok_or(RenderError::Roto)
}

/// The first header and the first footer among the page styles.
fn alrededor(estilos: &str) -> (String, String) {
    let Ok(arbol) = xml(estilos) else { return Default::default() };
    let de = |nombre: &str| {
        let nodo = arbol.descendants().find(|n| n.tag_name().name() == nombre);
        nodo.map(texto_de).unwrap_or_default()
    };
    (de("header"), de("footer"))
}

fn bloques(nodo: Node<'_, '_>, lector: &mut Lector, listas: &mut Listas, hondo: usize) {
    if hondo > MAX_ANIDADO {
        return;
    }
    for nodo in hijos(nodo) {
        match nodo.tag_name().name() {
            "h" => lector.titulo(texto_de(nodo)),
            "p" => {
                lector.parrafo(texto_de(nodo), 0, "");
                marcos(nodo, lector, listas, hondo + 1);
            }
            "list" => lista(nodo, lector, listas, (0, hondo + 1)),
            "table" => lector.tabla(filas(nodo), false),
            // What Writer notes for itself.
            "tracked-changes" | "notes" | "annotation" | "sequence-decls" | "forms" => {}
            _ => bloques(nodo, lector, listas, hondo + 1),
        }
    }
}

/// Text boxes hang from the paragraph they stand beside.
fn marcos(nodo: Node<'_, '_>, lector: &mut Lector, listas: &mut Listas, hondo: usize) {
    if hondo > MAX_ANIDADO {
        return;
    }
    for nodo in hijos(nodo) {
        match nodo.tag_name().name() {
            "text-box" => bloques(nodo, lector, listas, hondo + 1),
            "note" | "annotation" => {}
            _ => marcos(nodo, lector, listas, hondo + 1),
        }
    }
}

fn lista(nodo: Node<'_, '_>, lector: &mut Lector, listas: &mut Listas, (nivel, hondo): (usize, usize)) {
    if hondo > MAX_ANIDADO {
        return;
    }
    listas.empezar(nodo, nivel);
    for punto in hijos(nodo) {
        // The second paragraph of an item hangs below the first.
        let mut primero = true;
        for nodo in hijos(punto) {
            match nodo.tag_name().name() {
                "list" => lista(nodo, lector, listas, (nivel + 1, hondo + 1)),
                "h" => lector.titulo(texto_de(nodo)),
                _ => {
                    let marca = if std::mem::take(&mut primero) { listas.marca(nivel) } else { " ".to_owned() };
                    lector.parrafo(texto_de(nodo), nivel, &marca);
                }
            }
        }
    }
}

fn filas(tabla: Node<'_, '_>) -> Vec<Vec<Celda>> {
    let mut filas = Vec::new();
    juntar_filas(tabla, &mut filas, &mut Cuenta::default(), 0);
    // The empty rest of a sheet.
    while filas.last().is_some_and(|fila: &Vec<Celda>| fila.iter().all(|celda| celda.texto.is_empty())) {
        filas.pop();
    }
    filas
}

fn juntar_filas(nodo: Node<'_, '_>, filas: &mut Vec<Vec<Celda>>, cuenta: &mut Cuenta, hondo: usize) {
    if hondo > MAX_ANIDADO {
        return;
    }
    for nodo in hijos(nodo) {
        match nodo.tag_name().name() {
            "table-row" => {
                let fila = celdas(nodo);
                let veces = cuantos(nodo, "number-rows-repeated", MAX_REPETIDAS);
                let veces = if fila.iter().all(|celda| celda.texto.is_empty()) { veces.min(2) } else { veces };
                let letras = fila.iter().map(|celda| celda.texto.len()).sum();
                for _ in 0..veces.min(MAX_FILAS.saturating_sub(filas.len())) {
                    // A long text repeated in rows and columns would become gigabytes.
                    if cuenta.caben(letras) {
                        filas.push(fila.clone());
                    }
                }
            }
            // Groups of rows, and the rows repeated at the head of each page.
            "table-rows" | "table-header-rows" | "table-row-group" => juntar_filas(nodo, filas, cuenta, hondo + 1),
            _ => {}
        }
    }
}

fn celdas(fila: Node<'_, '_>) -> Vec<Celda> {
    let mut celdas: Vec<Celda> = Vec::new();
    for nodo in hijos(fila) {
        let celda = match nodo.tag_name().name() {
            "table-cell" => {
                let clase = atributo(nodo, "value-type").unwrap_or_default();
                let texto = texto_de(nodo).chars().take(MAX_CELDA).collect();
                Celda { texto, derecha: matches!(clase, "float" | "currency" | "percentage") }
            }
            "covered-table-cell" => Celda::default(),
            _ => continue,
        };
        let veces = cuantos(nodo, "number-columns-repeated", MAX_REPETIDAS);
        celdas.resize((celdas.len() + veces).min(MAX_REPETIDAS), celda);
    }
    while celdas.last().is_some_and(|celda| celda.texto.is_empty()) {
        celdas.pop();
    }
    celdas
}

/// All text in an element, each paragraph on a line.
fn texto_de(nodo: Node<'_, '_>) -> String {
    let mut texto = String::new();
    juntar(nodo, &mut texto, 0);
    texto.truncate(texto.trim_end_matches([' ', '\n', '\t']).len());
    texto
}

fn juntar(nodo: Node<'_, '_>, texto: &mut String, hondo: usize) {
    if hondo > MAX_ANIDADO {
        return;
    }
    for nodo in nodo.children() {
        if nodo.is_text() {
            // Line ends in the file are spaces of the text.
            let seguido = nodo.text().unwrap_or_default().replace(['\n', '\r'], " ");
            let dentro = matches!(nodo.parent().map(|p| p.tag_name().name()), Some("p" | "h" | "span" | "a" | "title"));
            texto.push_str(if dentro { &seguido } else { seguido.trim() });
            continue;
        }
        match nodo.tag_name().name() {
            "s" => texto.push_str(&" ".repeat(cuantos(nodo, "c", MAX_ESPACIOS))),
            "tab" => texto.push('\t'),
            "line-break" => texto.push('\n'),
            "annotation" | "text-box" | "tracked-changes" | "note-citation" => {}
            "note" => {
                texto.push_str(" [");
                juntar(nodo, texto, hondo + 1);
                texto.truncate(texto.trim_end().len());
                texto.push(']');
            }
            "p" | "h" => {
                juntar(nodo, texto, hondo + 1);
                texto.push('\n');
            }
            _ => juntar(nodo, texto, hondo + 1),
        }
    }
}
