//! A template, its values, and the two put together.

use crate::bloques::{self, Bloque};
use crate::condicion::Comparacion;
use crate::texto::{self, Leido};
use crate::{Errata, Error, MAX_PLANTILLA, MAX_TEXTO, compone, pdf};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, Value};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Steps that the conditions of a template may take.
const FUEL: u64 = 100_000;

/// What a value is in a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Vale {
    /// A text, or the slug of a choice.
    Texto(String),
    /// Yes or no.
    Si(bool),
    /// A number.
    Numero(f64),
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Dato {
    /// As it is printed.
    pub texto: String,
    /// As conditions see it.
    pub vale: Vale,
}

impl Dato {
    /// A text, printed as it is.
    pub fn texto(texto: impl Into<String>) -> Self {
        let texto = texto.into();
        Self { vale: Vale::Texto(texto.clone()), texto }
    }
}

/// Values by name; one that is missing is empty.
pub type Datos = BTreeMap<String, Dato>;

/// What stands on every page.
#[derive(Debug, Clone, Default)]
pub struct Hoja {
    /// Title of the document, in its foot and its properties.
    pub titulo: String,
    /// Who makes it out, at its head.
    pub emisor: String,
    /// The case file, at its head and in its foot.
    pub expediente: String,
    /// The day, at its head.
    pub fecha: String,
}

/// A template that was read and checked.
#[derive(Debug, Clone)]
pub struct Plantilla {
    leido: Leido,
}

impl Plantilla {
    /// Reads a template; the first mistake is told.
    pub fn leer(texto: &str) -> Result<Self, Errata> {
        if texto.len() > MAX_PLANTILLA {
            let mensaje = format!("La plantilla pasa de {} kB: acórtela.", MAX_PLANTILLA / 1024);
            return Err(Errata { linea: 1, mensaje });
        }
        let plantilla = Self { leido: texto::leer(texto.trim_start_matches('\u{feff}'))? };
        // Every condition is compiled, and the ones that are reached are tried.
        plantilla.markdown(&Datos::new())?;
        Ok(plantilla)
    }

    /// Every name the template uses, with its line.
    pub fn nombres(&self) -> impl Iterator<Item = (&str, usize)> {
        self.leido.nombres.iter().map(|(nombre, linea)| (nombre.as_str(), *linea))
    }

    /// Every comparison of a name with a text in its conditions.
    pub fn comparaciones(&self) -> &[Comparacion] {
        &self.leido.comparaciones
    }

    /// The names that would leave a line to be filled by hand, in the order they stand.
    pub fn vacios(&self, datos: &Datos) -> Result<Vec<String>, Errata> {
        let markdown = self.markdown(datos)?;
        let mut seen = BTreeSet::new();
        let used = markdown.chars().filter_map(texto::marca).filter_map(|n| self.leido.huecos.get(n));
        let blank = used.filter(|hueco| hueco.si_vacio.is_none() && limpio(datos, &hueco.nombre).is_none());
        Ok(blank.filter(|hueco| seen.insert(&hueco.nombre)).map(|hueco| hueco.nombre.clone()).collect())
    }

    /// The document as PDF: for the same input the same bytes.
    pub fn pdf(&self, datos: &Datos, hoja: &Hoja) -> Result<Vec<u8>, Error> {
        let paginas = compone::componer(&self.bloques(datos)?, hoja)?;
        pdf::escribir(&paginas, &hoja.titulo)
    }

    fn bloques(&self, datos: &Datos) -> Result<Vec<Bloque>, Error> {
        let markdown = self.markdown(datos)?;
        let values: Vec<Option<String>> = self
            .leido
            .huecos
            .iter()
            .map(|hueco| limpio(datos, &hueco.nombre).or_else(|| hueco.si_vacio.clone()))
            .collect();
        let printed = markdown.chars().filter_map(texto::marca).filter_map(|n| values.get(n)?.as_ref());
        if markdown.len() + printed.map(String::len).sum::<usize>() > MAX_TEXTO {
            return Err(Error::Larga);
        }
        Ok(bloques::leer(&markdown, &values))
    }

    /// The Markdown that is left when conditions are decided.
    fn markdown(&self, datos: &Datos) -> Result<String, Errata> {
        let mut env = Environment::empty();
        env.set_fuel(Some(FUEL));
        let mut syntax = SyntaxConfig::builder();
        let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        env.set_syntax(syntax.map_err(|error| told(&error))?);
        let names = self.leido.nombres.iter().map(|(nombre, _)| nombre);
        let values: BTreeMap<&str, Value> = names.map(|name| (name.as_str(), value(datos.get(name)))).collect();
        let template = env.template_from_str(&self.leido.fuente).map_err(|error| told(&error))?;
        template.render(Value::from_pairs(values)).map_err(|error| told(&error))
    }
}

/// What is empty is none: nothing is equal to it, and it is not true.
fn value(dato: Option<&Dato>) -> Value {
    match dato.map(|dato| &dato.vale) {
        None => Value::from(()),
        Some(Vale::Texto(text)) => Value::from(text.as_str()),
        Some(Vale::Si(yes)) => Value::from(*yes),
        Some(Vale::Numero(number)) => Value::from(*number),
    }
}

fn told(error: &minijinja::Error) -> Errata {
    let mensaje = match error.kind() {
        ErrorKind::SyntaxError => {
            "Una condición no se entiende, o le falta su {% endif %}: compárela con las de otra plantilla.".to_owned()
        }
        ErrorKind::OutOfFuel => "La plantilla tiene demasiadas condiciones: repártala en dos.".to_owned(),
        _ => "Esta condición compara cosas que no se pueden comparar: corríjala.".to_owned(),
    };
    Errata { linea: error.line().unwrap_or(1), mensaje }
}

/// A value on one line, without what moves the cursor or turns the direction of the text; none when nothing is left.
fn limpio(datos: &Datos, nombre: &str) -> Option<String> {
    let is_direction =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = datos.get(nombre)?.texto.nfc().filter(|c| !is_direction(*c)).collect();
    let spaced = text.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ");
    let text = spaced.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
