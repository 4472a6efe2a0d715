//! Lists of OpenDocument texts: which number or bullet stands before each item.

use std::collections::HashMap;

use roxmltree::Node;

use super::{
    numeracion::escrito,
    paquete::{atributo, cuantos, hijos, xml},
};

/// The format has ten levels.
const NIVELES: usize = 10;
const MAX_ADORNO: usize = 20;

/// How the items of a level are marked.
#[derive(Clone, Debug, Default)]
struct Nivel {
    /// As Word calls it; nothing for bullets.
    clase: Option<&'static str>,
    antes: String,
    despues: String,
    /// Of how many levels the numbers are shown.
    niveles: usize,
    inicio: u32,
}

/// The styles of a document's lists, and how far the current one has been counted.
#[derive(Debug, Default)]
pub struct Listas {
    estilos: HashMap<String, Vec<Nivel>>,
    estilo: String,
    cuentas: [u32; NIVELES],
}

impl Listas {
    /// From `content.xml` and `styles.xml`.
    pub fn leer(partes: &[&str]) -> Self {
        let mut listas = Self::default();
        for parte in partes {
            let Ok(arbol) = xml(parte) else { continue };
            for nodo in arbol.descendants().filter(|n| n.tag_name().name() == "list-style") {
                let nombre = atributo(nodo, "name").unwrap_or_default().to_owned();
                listas.estilos.insert(nombre, hijos(nodo).take(NIVELES).map(nivel).collect());
            }
        }
        listas
    }

    /// A list begins; one within another goes on with its style if it has none.
    pub fn empezar(&mut self, lista: Node<'_, '_>, hondo: usize) {
        let sigue = atributo(lista, "continue-numbering") == Some("true") || atributo(lista, "continue-list").is_some();
        if let Some(estilo) = atributo(lista, "style-name") {
            estilo.clone_into(&mut self.estilo);
        }
        if !sigue && let Some(cuentas) = self.cuentas.get_mut(hondo..) {
            cuentas.fill(0);
        }
    }

    /// What stands before the next item of that level.
    pub fn marca(&mut self, hondo: usize) -> String {
        let niveles = self.estilos.get(&self.estilo).map_or(&[][..], Vec::as_slice);
        let (Some(este), Some(clase)) = (niveles.get(hondo), niveles.get(hondo).and_then(|n| n.clase)) else {
            return "•".to_owned();
        };
        let Some(cuenta) = self.cuentas.get_mut(hondo) else { return "•".to_owned() };
        *cuenta = if *cuenta == 0 { este.inicio } else { cuenta.saturating_add(1) };
        if let Some(cuentas) = self.cuentas.get_mut(hondo + 1..) {
            cuentas.fill(0);
        }
        let desde = (hondo + 1).saturating_sub(este.niveles);
        let numeros: Vec<String> = (desde..=hondo)
            .map(|n| {
                let clase = niveles.get(n).and_then(|nivel| nivel.clase).unwrap_or(clase);
                escrito(self.cuentas[n].max(1), clase)
            })
            .collect();
        format!("{}{}{}", este.antes, numeros.join("."), este.despues)
    }
}

fn nivel(nodo: Node<'_, '_>) -> Nivel {
    let adorno = |nombre: &str| atributo(nodo, nombre).unwrap_or_default().chars().take(MAX_ADORNO).collect();
    let clase = match (nodo.tag_name().name(), atributo(nodo, "num-format")) {
        ("list-level-style-number", Some("1")) => Some("decimal"),
        ("list-level-style-number", Some("a")) => Some("lowerLetter"),
        ("list-level-style-number", Some("A")) => Some("upperLetter"),
        ("list-level-style-number", Some("i")) => Some("lowerRoman"),
        ("list-level-style-number", Some("I")) => Some("upperRoman"),
        _ => None,
    };
    Nivel {
        clase,
        antes: adorno("num-prefix"),
        despues: adorno("num-suffix"),
        niveles: cuantos(nodo, "display-levels", NIVELES),
        inicio: atributo(nodo, "start-value").and_then(|n| n.parse().ok()).unwrap_or(1),
    }
}
