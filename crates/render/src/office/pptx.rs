//! PowerPoint presentations: the words of each slide, a page each.

use roxmltree::Node;

use super::{
    Lector, MAX_ANIDADO,
    paquete::{Paquete, atributo, hijo, hijos, xml},
};
use crate::{
    RenderError,
    bloques::{Bloque, Celda},
};

const MAX_LAMINAS: usize = 1000;

/// The slides as blocks.
pub fn leer(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let mut paquete = Paquete::abrir(bytes)?;
    let nombres = paquete.nombres("ppt/slides/slide", ".xml");
    if nombres.is_empty() {
        return Err(RenderError::Roto);
    }
    let mut lector = Lector::default();
    for (n, nombre) in nombres.iter().take(MAX_LAMINAS).enumerate() {
        let Some(parte) = paquete.parte(nombre)? else { continue };
        lector.anadir(Bloque::Salto, 0);
        lector.titulo(format!("Diapositiva {}", n + 1));
        lamina(xml(&parte)?.root_element(), &mut lector, 0);
    }
    Ok(lector.bloques)
}

fn lamina(nodo: Node<'_, '_>, lector: &mut Lector, hondo: usize) {
    if hondo > MAX_ANIDADO {
        return;
    }
    for nodo in hijos(nodo) {
        match nodo.tag_name().name() {
            "p" => {
                let nivel = hijo(nodo, "pPr").and_then(|p| atributo(p, "lvl")).and_then(|n| n.parse().ok());
                let texto = palabras(nodo);
                if !texto.trim().is_empty() {
                    lector.parrafo(texto, nivel.unwrap_or(0), "");
                }
            }
            "tbl" => {
                let filas = hijos(nodo).filter(|n| n.tag_name().name() == "tr").map(|fila| {
                    let celdas = hijos(fila).filter(|n| n.tag_name().name() == "tc");
                    celdas.map(|celda| Celda::nueva(parrafos(celda))).collect()
                });
                lector.tabla(filas.collect(), false);
            }
            "Fallback" => {}
            _ => lamina(nodo, lector, hondo + 1),
        }
    }
}

fn parrafos(nodo: Node<'_, '_>) -> String {
    let parrafos = nodo.descendants().filter(|n| n.is_element() && n.tag_name().name() == "p");
    parrafos.map(palabras).collect::<Vec<_>>().join("\n")
}

fn palabras(parrafo: Node<'_, '_>) -> String {
    let palabra = |n: Node<'_, '_>| match n.tag_name().name() {
        "t" => n.text().unwrap_or_default().to_owned(),
        "br" => "\n".to_owned(),
        _ => String::new(),
    };
    parrafo.descendants().filter(Node::is_element).map(palabra).collect()
}
