//! What stands before the items of a list: the numbers that Word does not write into the text but counts.

use std::collections::HashMap;

use roxmltree::Node;

use super::paquete::{atributo, hijo, hijos, xml};

/// Word has nine levels.
const NIVELES: usize = 9;

/// What stands before an item, and how far it is indented.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Marca {
    /// A bullet, or a number with what surrounds it.
    pub texto: String,
    /// Its level, from 0.
    pub nivel: usize,
}

#[derive(Debug, Clone, Default)]
struct Nivel {
    /// `decimal`, `bullet`, `lowerLetter`…
    clase: String,
    /// `%1.%2)`: each percent sign stands for the number of that level.
    forma: String,
    inicio: u32,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numeracion {
    listas: HashMap<String, String>,
    niveles: HashMap<String, Vec<Nivel>>,
    /// Lists that are the same in the abstract go on counting together.
    cuentas: HashMap<String, [u32; NIVELES]>,
}

impl Numeracion {
    /// From `word/numbering.xml`; a document without it, or with a broken one, has bullets.
    pub fn de_word(parte: &str) -> Self {
        let mut numeracion = Self::default();
        let Ok(arbol) = xml(parte) else { return numeracion };
        for nodo in hijos(arbol.root_element()) {
            match nodo.tag_name().name() {
                "abstractNum" => {
                    let id = atributo(nodo, "abstractNumId").unwrap_or_default().to_owned();
                    let niveles = hijos(nodo).filter(|n| n.tag_name().name() == "lvl").take(NIVELES).map(nivel);
                    numeracion.niveles.insert(id, niveles.collect());
                }
                "num" => {
                    let de = hijo(nodo, "abstractNumId").and_then(|n| atributo(n, "val")).unwrap_or_default();
                    let id = atributo(nodo, "numId").unwrap_or_default();
                    numeracion.listas.insert(id.to_owned(), de.to_owned());
                }
                _ => {}
            }
        }
        numeracion
    }

    /// Counts one item more of that list and level.
    pub fn siguiente(&mut self, lista: &str, nivel: usize) -> Marca {
        let nivel = nivel.min(NIVELES - 1);
        // Number 0 takes an item out of its list.
        if lista == "0" {
            return Marca::default();
        }
        let vineta = Marca { texto: "•".to_owned(), nivel };
        let Some(abstracta) = self.listas.get(lista) else { return vineta };
        let Some(niveles) = self.niveles.get(abstracta) else { return vineta };
        let Some(este) = niveles.get(nivel) else { return vineta };

        let cuenta = self.cuentas.entry(abstracta.clone()).or_insert([0; NIVELES]);
        cuenta[nivel] = if cuenta[nivel] == 0 { este.inicio.max(1) } else { cuenta[nivel].saturating_add(1) };
        cuenta[nivel + 1..].fill(0);
        match este.clase.as_str() {
            "bullet" => vineta,
            "none" => Marca { texto: String::new(), nivel },
            _ => {
                let mut texto = este.forma.clone();
                for (n, de) in niveles.iter().enumerate() {
                    texto = texto.replace(&format!("%{}", n + 1), &escrito(cuenta[n].max(1), &de.clase));
                }
                Marca { texto, nivel }
            }
        }
    }
}

fn nivel(nodo: Node<'_, '_>) -> Nivel {
    const MAX_FORMA: usize = 40;
    let valor = |nombre: &str| hijo(nodo, nombre).and_then(|n| atributo(n, "val")).unwrap_or_default();
    Nivel {
        clase: valor("numFmt").to_owned(),
        forma: valor("lvlText").chars().take(MAX_FORMA).collect(),
        inicio: valor("start").parse().unwrap_or(1),
    }
}

/// A number as Word's kinds of numbering write it.
pub fn escrito(n: u32, clase: &str) -> String {
    match clase {
        "lowerLetter" => letras(n),
        "upperLetter" => letras(n).to_uppercase(),
        "lowerRoman" => romano(n).to_lowercase(),
        "upperRoman" => romano(n),
        _ => n.to_string(),
    }
}

/// a to z, then aa to zz, as Word counts.
fn letras(n: u32) -> String {
    let indice = n.saturating_sub(1);
    let letra = char::from(b'a' + (indice % 26) as u8);
    std::iter::repeat_n(letra, (indice / 26 + 1).min(8) as usize).collect()
}

fn romano(n: u32) -> String {
    const CIFRAS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n >= 4000 {
        return n.to_string();
    }
    let (mut resto, mut texto) = (n, String::new());
    for (valor, cifra) in CIFRAS {
        while resto >= valor {
            resto -= valor;
            texto.push_str(cifra);
        }
    }
    texto
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_by_level() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
            </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let mut numeracion = Numeracion::de_word(xml);
        let marcas = [0, 1, 1, 0, 1].map(|nivel| numeracion.siguiente("3", nivel).texto);
        assert_eq!(marcas, ["I.", "I.a)", "I.b)", "II.", "II.a)"]);
        assert_eq!(numeracion.siguiente("0", 0), Marca::default());
        assert_eq!(numeracion.siguiente("no hay", 20).texto, "•");
    }
}
