//! What a form field shows: its value, set in the type that its default appearance string asks for.
//! ISO 32000-1, 12.7.3.3 (variable text) and 12.7.4 (kinds of fields).

use hayro::hayro_syntax::{
    Pdf as Documento,
    object::{Array, Dict, Name, Object, Rect, Stream},
};
use pdf_writer::{Content, Name as Nombre, Str};

use crate::{
    annotations::{COURIER, DINGBATS, HELVETICA, TIMES, apariencia, tiene_apariencia},
    choices, plain,
};

const MULTILINEA: u32 = 1 << 12;
const CLAVE: u32 = 1 << 13;
const BOTON: u32 = 1 << 16;
const REDONDO: u32 = 1 << 15;
const DESPLEGABLE: u32 = 1 << 17;
const PEINE: u32 = 1 << 24;
/// Space between a field's edge and its text, in points.
pub const ORILLA: f32 = 2.0;
/// No field on paper holds more.
const MAX_LETRAS: usize = 4000;
/// Fields inherit from their parents; a chain longer than this goes round in a circle.
const MAX_PADRES: usize = 16;

/// What holds for all fields of a document.
pub struct Formulario {
    /// Appearances are to be made anew, whatever is there.
    rehacer: bool,
    /// The default appearance string for fields without one.
    da: Vec<u8>,
}

impl Formulario {
    /// Reads the document's `AcroForm`, if it has one.
    pub fn de(doc: &Documento) -> Self {
        let raiz = doc.xref().get::<Dict<'_>>(doc.xref().root_id());
        let form = raiz.and_then(|raiz| raiz.get::<Dict<'_>>("AcroForm"));
        Self {
            rehacer: form.as_ref().and_then(|f| f.get::<bool>("NeedAppearances")).unwrap_or(false),
            da: form.and_then(|f| f.get::<Object<'_>>("DA")).and_then(cadena).unwrap_or_default(),
        }
    }
}

/// Draws the value of a field whose appearance is missing or is empty and out of date.
pub fn dibujar(dibujo: &mut Content, campo: &Dict<'_>, rect: &Rect, formulario: &Formulario) {
    let marcas = heredado::<u32>(campo, "Ff").unwrap_or(0);
    match heredado::<Name<'_>>(campo, "FT").as_deref() {
        Some(clase @ (b"Tx" | b"Ch")) if sin_texto(campo, formulario) => {
            let da = heredado::<Object<'_>>(campo, "DA").and_then(cadena).unwrap_or_else(|| formulario.da.clone());
            let estilo = Estilo { alineacion: heredado::<u32>(campo, "Q").unwrap_or(0), ..Estilo::de(&da) };
            if clase == b"Ch" && marcas & DESPLEGABLE == 0 && choices::lista(dibujo, campo, rect, &estilo) {
                return;
            }
            let Some(mut valor) = valor(campo) else { return };
            if marcas & CLAVE != 0 {
                valor = "*".repeat(valor.chars().count());
            }
            let peine = heredado::<u32>(campo, "MaxLen").filter(|n| marcas & PEINE != 0 && (1..=200).contains(n));
            componer(dibujo, &valor, rect, &estilo, marcas & MULTILINEA != 0, peine);
        }
        Some(b"Btn") if marcas & BOTON == 0 && !tiene_apariencia(campo) => {
            let estado = campo.get::<Name<'_>>("AS").or_else(|| heredado::<Name<'_>>(campo, "V"));
            if estado.is_some_and(|estado| *estado != *b"Off") {
                let alto = (rect.height() as f32).min(rect.width() as f32) * 0.8;
                let x = (rect.x0 + rect.x1) as f32 / 2.0 - alto * 0.42;
                let y = (rect.y0 + rect.y1) as f32 / 2.0 - alto * 0.35;
                // In ZapfDingbats "4" is a tick and "l" a disc.
                let signo = if marcas & REDONDO != 0 { b"l" } else { b"4" };
                dibujo.begin_text().set_font(DINGBATS, alto).next_line(x, y).show(Str(signo)).end_text();
            }
        }
        _ => {}
    }
}

/// Draws the text that stands free on a page.
pub fn texto_libre(dibujo: &mut Content, anotacion: &Dict<'_>, rect: &Rect) {
    let texto = texto_de(anotacion, "Contents");
    let da = anotacion.get::<Object<'_>>("DA").and_then(cadena).unwrap_or_default();
    if let Some(texto) = texto {
        componer(dibujo, &texto, rect, &Estilo::de(&da), true, None);
    }
}

/// Whether what the engine draws for a field shows no text. An appearance that shows some is left alone even when it
/// is to be made anew: two texts over each other could not be read.
fn sin_texto(campo: &Dict<'_>, formulario: &Formulario) -> bool {
    match apariencia(campo) {
        None => true,
        Some(stream) => {
            formulario.rehacer
                && stream.decoded_data().is_ok_and(|datos| {
                    !datos.split(u8::is_ascii_whitespace).any(|op| op.ends_with(b"Tj") || op.ends_with(b"TJ"))
                })
        }
    }
}

/// An entry of a field or of the nearest parent that has it.
pub fn heredado<'a, T: TryFrom<Object<'a>>>(campo: &Dict<'a>, clave: &str) -> Option<T> {
    let mut campo = campo.clone();
    for _ in 0..MAX_PADRES {
        if let Some(valor) = campo.get::<Object<'_>>(clave) {
            return T::try_from(valor).ok();
        }
        campo = campo.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// The text of a field's value; for a choice, the name that people see.
fn valor(campo: &Dict<'_>) -> Option<String> {
    let bytes = match heredado::<Object<'_>>(campo, "V")? {
        Object::Stream(stream) => Stream::decoded_data(&stream).ok()?.into_owned(),
        Object::Array(lista) => cadena(lista.iter::<Object<'_>>().next()?)?,
        otro => cadena(otro)?,
    };
    let valor = texto_pdf(&bytes);
    let opciones = heredado::<Array<'_>>(campo, "Opt");
    let visible = opciones.iter().flat_map(|o| o.iter::<Object<'_>>()).filter_map(Object::into_array).find_map(|par| {
        let mut par = par.iter::<Object<'_>>().filter_map(cadena).map(|bytes| texto_pdf(&bytes));
        (par.next()? == valor).then(|| par.next()).flatten()
    });
    Some(visible.unwrap_or(valor)).filter(|v| !v.trim().is_empty())
}

/// The text string under a key, fit to be shown.
pub fn texto_de(dict: &Dict<'_>, clave: &str) -> Option<String> {
    dict.get::<Object<'_>>(clave).and_then(cadena).map(|bytes| texto_pdf(&bytes))
}

/// The bytes of a string.
pub fn cadena(objeto: Object<'_>) -> Option<Vec<u8>> {
    Some(objeto.into_string()?.as_bytes().to_vec())
}

/// A text string: UTF-16 or UTF-8 with their marks, else PDFDocEncoding, whose letters are those of Latin-1.
pub fn texto_pdf(bytes: &[u8]) -> String {
    let texto: String = if let Some(resto) = bytes.strip_prefix(b"\xfe\xff") {
        let unidades = resto.chunks_exact(2).map(|par| u16::from_be_bytes([par[0], par[1]]));
        char::decode_utf16(unidades).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else if let Some(resto) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        String::from_utf8_lossy(resto).into_owned()
    } else {
        let letra = |b: &u8| match b {
            0xa0 => '€',
            0x84 => '—',
            0x85 => '–',
            0x8d => '“',
            0x8e => '”',
            0x8f => '‘',
            0x90 => '’',
            _ => char::from(*b),
        };
        bytes.iter().map(letra).collect()
    };
    plain::limpio(&texto).chars().take(MAX_LETRAS).collect()
}

/// What a default appearance string says.
pub struct Estilo {
    fuente: Nombre<'static>,
    /// In points; 0 means as large as fits.
    pub cuerpo: f32,
    pub color: [f32; 3],
    /// 0 left, 1 centred, 2 right.
    alineacion: u32,
}

impl Estilo {
    fn de(da: &[u8]) -> Self {
        let mut estilo = Self { fuente: HELVETICA, cuerpo: 0.0, color: [0.0; 3], alineacion: 0 };
        let texto = String::from_utf8_lossy(da);
        let piezas: Vec<&str> = texto.split_ascii_whitespace().take(100).collect();
        let numero = |n: Option<usize>| n.and_then(|n| piezas.get(n)?.parse::<f32>().ok()).unwrap_or(0.0);
        for (n, pieza) in piezas.iter().enumerate() {
            let antes = |cuantos: usize| numero(n.checked_sub(cuantos));
            match *pieza {
                "Tf" => {
                    estilo.cuerpo = antes(1).clamp(0.0, 200.0);
                    let nombre = n.checked_sub(2).map_or("", |n| piezas[n]).to_ascii_lowercase();
                    estilo.fuente = match nombre.trim_start_matches('/') {
                        nombre if nombre.starts_with("cour") => COURIER,
                        nombre if nombre.starts_with("tim") || nombre.starts_with("tiro") => TIMES,
                        _ => HELVETICA,
                    };
                }
                "g" => estilo.color = [antes(1); 3],
                "rg" => estilo.color = [antes(3), antes(2), antes(1)],
                "k" => estilo.color = [antes(4), antes(3), antes(2)].map(|tinta| (1.0 - tinta) * (1.0 - antes(1))),
                _ => {}
            }
        }
        estilo.color = estilo.color.map(|c| c.clamp(0.0, 1.0));
        estilo
    }

    /// The width of a text in ems. Exact for Courier; for the others near enough to place and wrap by.
    fn ancho(&self, texto: &str) -> f32 {
        let letra = |c: char| match c {
            _ if self.fuente == COURIER => 0.6,
            'i' | 'j' | 'l' | 'í' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | 'Í' | ' ' | 'f' | 't' => 0.278,
            'r' | '-' | '(' | ')' | '/' => 0.33,
            'm' | 'M' | 'W' | '@' => 0.85,
            'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'Ñ' | 'O' | 'Q' | 'R' | 'U' => 0.74,
            _ if c.is_uppercase() => 0.65,
            _ => 0.556,
        };
        texto.chars().map(letra).sum()
    }
}

/// Sets a text into a rectangle, clipped to it.
fn componer(dibujo: &mut Content, texto: &str, rect: &Rect, e: &Estilo, varias: bool, peine: Option<u32>) {
    let [x, y, ancho, alto] = [rect.x0, rect.y0, rect.width(), rect.height()].map(|n| n as f32);
    let hueco = (ancho - 2.0 * ORILLA).max(1.0);
    let [r, g, b] = e.color;
    dibujo.rect(x, y, ancho, alto).clip_nonzero().end_path().set_fill_rgb(r, g, b);

    if let Some(casillas) = peine {
        let paso = ancho / casillas as f32;
        let cuerpo = if e.cuerpo > 0.0 { e.cuerpo } else { (alto * 0.7).min(paso * 1.3).max(4.0) };
        let base = y + (alto - cuerpo) / 2.0 + cuerpo * 0.22;
        for (n, c) in texto.chars().take(casillas as usize).enumerate() {
            let c = c.to_string();
            escribir(dibujo, &c, e, cuerpo, x + paso * (n as f32 + 0.5) - e.ancho(&c) * cuerpo / 2.0, base);
        }
        return;
    }
    if !varias {
        let linea = texto.replace('\n', " ");
        let justo = (alto * 0.7).min(hueco / e.ancho(&linea).max(0.1)).clamp(4.0, 12.0);
        let cuerpo = if e.cuerpo > 0.0 { e.cuerpo } else { justo };
        let base = y + (alto - cuerpo) / 2.0 + cuerpo * 0.22;
        escribir(dibujo, &linea, e, cuerpo, alinear(e, &linea, cuerpo, x, hueco), base);
        return;
    }
    // As large as fits, from 12 points down to 4; what still does not fit is cut off below.
    let mut cuerpo = if e.cuerpo > 0.0 { e.cuerpo } else { 12.0 };
    let mut lineas = partir(texto, e, hueco / cuerpo);
    while e.cuerpo == 0.0 && cuerpo > 4.0 && lineas.len() as f32 * cuerpo * 1.15 > alto - ORILLA {
        cuerpo -= 1.0;
        lineas = partir(texto, e, hueco / cuerpo);
    }
    for (n, linea) in lineas.iter().enumerate() {
        let base = y + alto - ORILLA - cuerpo * (0.85 + 1.15 * n as f32);
        if base < y - cuerpo {
            break;
        }
        escribir(dibujo, linea, e, cuerpo, alinear(e, linea, cuerpo, x, hueco), base);
    }
}

fn alinear(e: &Estilo, linea: &str, cuerpo: f32, x: f32, hueco: f32) -> f32 {
    let sobra = hueco - e.ancho(linea) * cuerpo;
    x + ORILLA
        + match e.alineacion {
            1 => sobra / 2.0,
            2 => sobra,
            _ => 0.0,
        }
}

/// Writes a line in one of the page's four fonts.
pub fn escribir(dibujo: &mut Content, linea: &str, e: &Estilo, cuerpo: f32, x: f32, y: f32) {
    let bytes: Vec<u8> = linea.chars().map(|c| plain::a_windows_1252(c).unwrap_or(b'?')).collect();
    dibujo.begin_text().set_font(e.fuente, cuerpo).next_line(x, y).show(Str(&bytes)).end_text();
}

/// Wraps at words; `tope` is the width of a line in ems.
fn partir(texto: &str, e: &Estilo, tope: f32) -> Vec<String> {
    let mut lineas = Vec::new();
    for parrafo in texto.split('\n') {
        let mut linea = String::new();
        for palabra in parrafo.split(' ') {
            if !linea.is_empty() && e.ancho(&linea) + e.ancho(palabra) + 0.278 > tope {
                lineas.push(std::mem::take(&mut linea));
            }
            if !linea.is_empty() {
                linea.push(' ');
            }
            linea.push_str(palabra);
        }
        lineas.push(linea);
    }
    lineas
}
