//! Word documents, ISO/IEC 29500: paragraphs, headings, lists, tables, headers and footers.

use roxmltree::Node;

use super::{
    Lector, MAX_ANIDADO,
    numeracion::{Marca, Numeracion},
    paquete::{Paquete, atributo, cuantos, hijo, hijos, xml},
};
use crate::{
    RenderError,
    bloques::{Bloque, Celda},
};

const MAX_FUNDIDAS: usize = 64;

/// The document as blocks.
pub fn leer(bytes: &[u8]) -> Result<Vec<Bloque>, RenderError> {
    let mut paquete = Paquete::abrir(bytes)?;
    let cuerpo = paquete.parte("word/document.xml")?.ok_or(RenderError::Roto)?;
    let numeros = paquete.parte("word/numbering.xml")?.unwrap_or_default();
    let encabezados = sueltos(&mut paquete, "word/header")?;
    let pies = sueltos(&mut paquete, "word/footer")?;
    let notas = paquete.parte("word/footnotes.xml")?;

    let mut documento = Docx { lector: Lector::default(), numeracion: Numeracion::de_word(&numeros) };
    for texto in encabezados {
        documento.lector.parrafo(texto, 0, "");
    }
    let arbol = xml(&cuerpo)?;
    let cuerpo = hijo(arbol.root_element(), "body").ok_or(RenderError::Roto)?;
    documento.bloques(cuerpo, 0);
    if let Some(notas) = notas {
        documento.notas(&notas)?;
    }
    for texto in pies {
        documento.lector.parrafo(texto, 0, "");
    }
    Ok(documento.lector.bloques)
}

/// The texts of headers or footers; the same text on first, even and odd pages is one.
fn sueltos(paquete: &mut Paquete<'_>, principio: &str) -> Result<Vec<String>, RenderError> {
    const MAX_PARTES: usize = 12;
    let mut textos: Vec<String> = Vec::new();
    for nombre in paquete.nombres(principio, ".xml").into_iter().take(MAX_PARTES) {
        let Some(parte) = paquete.parte(&nombre)? else { continue };
        let Ok(arbol) = xml(&parte) else { continue };
        let texto = texto_de(arbol.root_element());
        if !texto.trim().is_empty() && !textos.contains(&texto) {
            textos.push(texto);
        }
    }
    Ok(textos)
}

struct Docx {
    lector: Lector,
    numeracion: Numeracion,
}

impl Docx {
    fn bloques(&mut self, nodo: Node<'_, '_>, hondo: usize) {
        if hondo > MAX_ANIDADO {
            return;
        }
        for nodo in hijos(nodo) {
            match nodo.tag_name().name() {
                "p" => self.parrafo(nodo),
                "tbl" => self.tabla(nodo),
                // Wrappers: content controls, insertions, custom markup.
                "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag" => self.bloques(nodo, hondo + 1),
                _ => {}
            }
        }
    }

    fn parrafo(&mut self, nodo: Node<'_, '_>) {
        let propiedades = hijo(nodo, "pPr");
        let propiedad = |nombre: &str| propiedades.and_then(|p| hijo(p, nombre));
        let estilo = propiedad("pStyle").and_then(|e| atributo(e, "val")).unwrap_or_default();
        let texto = texto_de(nodo);
        let salta = propiedad("pageBreakBefore").is_some() || texto.contains('\u{c}');
        let (antes, texto) = match texto.rsplit_once('\u{c}') {
            Some((antes, despues)) => (antes.replace('\u{c}', ""), despues.to_owned()),
            None => (String::new(), texto),
        };
        if !antes.trim().is_empty() {
            self.lector.parrafo(antes, 0, "");
        }
        if salta {
            self.lector.anadir(Bloque::Salto, 0);
        }
        if es_titulo(estilo) || propiedad("outlineLvl").is_some() {
            let numero = propiedad("numPr").map(|n| self.marca(n).texto).unwrap_or_default();
            self.lector.titulo(format!("{numero} {texto}"));
        } else if let Some(lista) = propiedad("numPr") {
            let Marca { texto: marca, nivel } = self.marca(lista);
            self.lector.parrafo(texto, nivel, &marca);
        } else {
            self.lector.parrafo(texto, 0, "");
        }
    }

    fn marca(&mut self, lista: Node<'_, '_>) -> Marca {
        let valor = |nombre: &str| hijo(lista, nombre).and_then(|n| atributo(n, "val")).unwrap_or_default();
        self.numeracion.siguiente(valor("numId"), valor("ilvl").parse().unwrap_or(0))
    }

    fn tabla(&mut self, nodo: Node<'_, '_>) {
        let mut filas = Vec::new();
        for fila in hijos(nodo).filter(|n| n.tag_name().name() == "tr") {
            let mut celdas = Vec::new();
            for celda in celdas_de(fila, 0) {
                let propiedad = |nombre: &str| hijo(celda, "tcPr").and_then(|p| hijo(p, nombre));
                // A cell that goes on from the row above says nothing new.
                let sigue = propiedad("vMerge").is_some_and(|v| atributo(v, "val") != Some("restart"));
                celdas.push(if sigue { Celda::default() } else { Celda::nueva(texto_de(celda)) });
                let columnas = propiedad("gridSpan").map_or(1, |n| cuantos(n, "val", MAX_FUNDIDAS));
                celdas.resize(celdas.len() + columnas.saturating_sub(1), Celda::default());
            }
            filas.push(celdas);
        }
        self.lector.tabla(filas, false);
    }

    fn notas(&mut self, parte: &str) -> Result<(), RenderError> {
        let arbol = xml(parte)?;
        // Those with a type are the lines that separate notes from text.
        let notas = hijos(arbol.root_element()).filter(|n| atributo(*n, "type").is_none());
        for nota in notas {
            let numero = atributo(nota, "id").and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
            self.lector.parrafo(texto_de(nota).trim().to_owned(), 0, &format!("[{numero}]"));
        }
        Ok(())
    }
}

/// Built-in styles have the same names in all files but those that Word in Spanish wrote, which drops the accent.
fn es_titulo(estilo: &str) -> bool {
    let estilo = estilo.to_lowercase();
    ["heading", "title", "ttulo", "título", "titulo", "subtitle"].iter().any(|t| estilo.starts_with(t))
}

fn celdas_de<'a, 'i>(nodo: Node<'a, 'i>, hondo: usize) -> Vec<Node<'a, 'i>> {
    if hondo > MAX_ANIDADO {
        return Vec::new();
    }
    let de = |n: Node<'a, 'i>| match n.tag_name().name() {
        "tc" => vec![n],
        "sdt" | "sdtContent" | "customXml" => celdas_de(n, hondo + 1),
        _ => Vec::new(),
    };
    hijos(nodo).flat_map(de).collect()
}

/// All text in an element, each paragraph on a line; a form feed stands for a page break.
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
    for nodo in hijos(nodo) {
        match nodo.tag_name().name() {
            "t" => texto.push_str(nodo.text().unwrap_or_default()),
            "tab" => texto.push('\t'),
            "br" if atributo(nodo, "type") == Some("page") => texto.push('\u{c}'),
            "br" | "cr" => texto.push('\n'),
            "noBreakHyphen" => texto.push('-'),
            "sym" => texto.push(simbolo(atributo(nodo, "char").unwrap_or_default())),
            "footnoteReference" => {
                let numero = atributo(nodo, "id").and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
                texto.push_str(&format!("[{numero}]"));
            }
            // Deleted text, field codes, properties, and the second way of saying the same.
            "del" | "moveFrom" | "instrText" | "pPr" | "rPr" | "tcPr" | "tblPr" | "trPr" | "Fallback" | "sdtPr" => {}
            "p" => {
                juntar(nodo, texto, hondo + 1);
                texto.push('\n');
            }
            "tc" => {
                juntar(nodo, texto, hondo + 1);
                texto.push(' ');
            }
            _ => juntar(nodo, texto, hondo + 1),
        }
    }
}

/// Symbols are numbers in fonts like Wingdings; the check boxes among them are worth telling apart.
fn simbolo(numero: &str) -> char {
    match numero.to_ascii_uppercase().trim_start_matches("F0").trim_start_matches("00") {
        "FE" | "FC" | "52" | "54" | "78" => '☒',
        "A8" | "6F" | "71" | "A3" => '☐',
        _ => '•',
    }
}
