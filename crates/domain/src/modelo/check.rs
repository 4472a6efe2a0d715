//! Whether a modelo makes sense as a whole; the service adds file and line.

use super::{CampoIndice, Modelo, Opcion};
use crate::campo::TipoCampo;
use crate::id::is_slug;
use crate::query::{self, Clause, Field};
use crate::texto::{clean_line, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Something wrong in a modelo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problema {
    /// Where, as a path of the configuration: `documento.3.fase` (tables count from 0).
    pub ruta: String,
    /// What is wrong and what to do, one Spanish sentence.
    pub mensaje: String,
}

/// Formats that a document type can name.
pub const FORMATOS: [&str; 28] = [
    "pdf", "jpg", "png", "webp", "tiff", "heic", "gif", "bmp", "svg", "txt", "csv", "eml", "msg", "rtf", "docx",
    "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "zip", "7z", "rar", "tar", "gz",
];

/// All that is wrong in a modelo; empty when it can be applied.
pub fn check(modelo: &Modelo) -> Vec<Problema> {
    let mut found = Problems::default();
    found.slug("id", modelo.id.as_str());
    found.ids("fase", modelo.fases.iter().map(|f| f.id.as_str()));
    found.ids("documento", modelo.tipos.iter().map(|t| t.id.as_str()));
    found.ids("seccion", modelo.secciones.iter().map(|s| s.id.as_str()));
    found.ids("campo", modelo.campos.iter().map(|c| c.id.as_str()));
    found.ids("plantilla", modelo.plantillas.iter().map(|p| p.id.as_str()));
    names(modelo, &mut found);
    fases(modelo, &mut found);
    tipos(modelo, &mut found);
    campos(modelo, &mut found);
    papeles(modelo, &mut found);
    plantillas(modelo, &mut found);
    found.0
}

/// What people read must be there, on one line.
fn names(modelo: &Modelo, found: &mut Problems) {
    found.name("nombre", &modelo.nombre);
    let fases = modelo.fases.iter().enumerate().map(|(at, f)| (format!("fase.{at}.nombre"), &f.nombre));
    let tipos = modelo.tipos.iter().enumerate().map(|(at, t)| (format!("documento.{at}.nombre"), &t.nombre));
    let secciones = modelo.secciones.iter().enumerate().map(|(at, s)| (format!("seccion.{at}.nombre"), &s.nombre));
    let campos = modelo.campos.iter().enumerate().map(|(at, c)| (format!("campo.{at}.nombre"), &c.nombre));
    let plantillas = modelo.plantillas.iter().enumerate().map(|(at, p)| (format!("plantilla.{at}.nombre"), &p.nombre));
    for (ruta, nombre) in fases.chain(tipos).chain(secciones).chain(campos).chain(plantillas) {
        found.name(&ruta, nombre);
    }
}

fn fases(modelo: &Modelo, found: &mut Problems) {
    if modelo.fases.len() < 2 {
        found.add("fase", "Hacen falta al menos dos fases: una para trabajar y la última, que cierra.");
    }
    for (at, fase) in modelo.fases.iter().enumerate() {
        let ruta = format!("fase.{at}");
        found.condition(&ruta, fase.si.as_deref(), modelo);
        let ends = at == 0 || at + 1 == modelo.fases.len();
        if ends && fase.si.is_some() {
            found
                .add(format!("{ruta}.si"), "La primera fase y la última no pueden depender de una condición: quítela.");
        }
        for id in fase.campos.iter().filter(|id| modelo.campo(id).is_none()) {
            found.add(format!("{ruta}.campos"), format!("No hay ningún campo «{id}»: corríjalo o añada el campo."));
        }
    }
}

fn tipos(modelo: &Modelo, found: &mut Problems) {
    let mut groups: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    for (at, tipo) in modelo.tipos.iter().enumerate() {
        let ruta = format!("documento.{at}");
        found.condition(&ruta, tipo.si.as_deref(), modelo);
        if modelo.fase(&tipo.fase).is_none() {
            found.add(
                format!("{ruta}.fase"),
                format!("No hay ninguna fase «{}»: use una de las de este modelo.", tipo.fase),
            );
        }
        for formato in tipo.formatos.iter().filter(|f| !FORMATOS.contains(&f.as_str())) {
            let known = FORMATOS.join(", ");
            found.add(format!("{ruta}.formatos"), format!("«{formato}» no es un formato conocido; los hay: {known}."));
        }
        for palabra in tipo.palabras.iter().filter(|p| !is_guess_word(p)) {
            let message = format!("«{palabra}» no coincidiría nunca: escríbala en minúsculas, sin acentos ni signos.");
            found.add(format!("{ruta}.palabras"), message);
        }
        if tipo.max_bytes == Some(0) {
            found.add(format!("{ruta}.max_bytes"), "El tamaño máximo no puede ser cero.");
        }
        if let Some(grupo) = tipo.grupo.as_deref() {
            let (fase, requerido) = *groups.entry(grupo).or_insert((tipo.fase.as_str(), tipo.requerido));
            if fase != tipo.fase.as_str() || requerido != tipo.requerido {
                found.add(
                    format!("{ruta}.grupo"),
                    format!(
                        "Los documentos del grupo «{grupo}» han de ser de la misma fase y todos obligatorios o ninguno."
                    ),
                );
            }
        }
    }
}

fn campos(modelo: &Modelo, found: &mut Problems) {
    let reserved: BTreeSet<&str> = query::BuiltIn::ALL.into_iter().map(query::BuiltIn::name).collect();
    for (at, campo) in modelo.campos.iter().enumerate() {
        let ruta = format!("campo.{at}");
        found.condition(&ruta, campo.si.as_deref(), modelo);
        if reserved.contains(campo.id.as_str()) {
            found.add(format!("{ruta}.id"), format!("«{}» es palabra de la búsqueda: elija otra clave.", campo.id));
        }
        if !modelo.secciones.iter().any(|s| s.id == campo.seccion) {
            found.add(
                format!("{ruta}.seccion"),
                format!("No hay ninguna sección «{}»: corríjala o añádala.", campo.seccion),
            );
        }
        options(campo, &ruta, found);
    }
}

/// Words are compared with a folded name cut at every sign.
fn is_guess_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_alphanumeric) && fold(word) == word
}

fn options(campo: &CampoIndice, ruta: &str, found: &mut Problems) {
    let is_choice = campo.tipo == TipoCampo::Opcion;
    if is_choice && campo.opciones.is_empty() {
        found.add(format!("{ruta}.opciones"), "Un campo de tipo «opcion» necesita opciones: añádalas.");
    }
    if !is_choice && !campo.opciones.is_empty() {
        found.add(
            format!("{ruta}.opciones"),
            "Sólo un campo de tipo «opcion» lleva opciones: quítelas o cambie el tipo.",
        );
    }
    let mut seen = BTreeSet::new();
    for option in &campo.opciones {
        if !is_slug(&option.id) || !seen.insert(&option.id) {
            let message = format!("La opción «{}» ha de ser única, en minúsculas, cifras y guiones.", option.id);
            found.add(format!("{ruta}.opciones"), message);
        }
    }
    for (at, option) in campo.opciones.iter().enumerate() {
        let ruta = format!("{ruta}.opciones.{at}.nombre");
        found.name(&ruta, &option.nombre);
        // What is typed is read as a name or as a clave: it must not mean two options.
        let name = fold(&option.nombre);
        let is_other = |(i, other): (usize, &Opcion)| i != at && (other.id == name || fold(&other.nombre) == name);
        if campo.opciones.iter().enumerate().any(is_other) {
            found.add(ruta, format!("«{}» nombra dos opciones: cambie uno de los nombres.", option.nombre));
        }
    }
}

fn papeles(modelo: &Modelo, found: &mut Problems) {
    let p = &modelo.papeles;
    let roles: [(&str, &crate::CampoId, &[TipoCampo]); 5] = [
        ("cliente", &p.cliente, &[TipoCampo::Texto]),
        ("vehiculo", &p.vehiculo, &[TipoCampo::Texto]),
        ("pedido", &p.pedido, &[TipoCampo::Fecha]),
        ("importe", &p.importe, &[TipoCampo::Dinero]),
        ("matricula", &p.matricula, &[TipoCampo::Matricula, TipoCampo::Texto]),
    ];
    for (role, id, types) in roles {
        let ruta = format!("papeles.{role}");
        match modelo.campo(id) {
            None => found.add(ruta, format!("No hay ningún campo «{id}»: corríjalo o añada el campo.")),
            Some(campo) if !types.contains(&campo.tipo) => {
                found.add(ruta, format!("El campo «{id}» no es del tipo que pide este papel: elija otro."));
            }
            Some(campo) if campo.margen => {
                found.add(ruta, format!("El campo «{id}» es de margen y no todos lo ven: elija otro."))
            }
            Some(_) => {}
        }
    }
}

fn plantillas(modelo: &Modelo, found: &mut Problems) {
    for (at, plantilla) in modelo.plantillas.iter().enumerate() {
        let ruta = format!("plantilla.{at}");
        found.condition(&ruta, plantilla.si.as_deref(), modelo);
        match modelo.tipo(&plantilla.tipo) {
            None => found.add(
                format!("{ruta}.tipo"),
                format!("No hay ningún documento «{}»: use uno de los de este modelo.", plantilla.tipo),
            ),
            Some(tipo) if !tipo.formatos.is_empty() && !tipo.formatos.iter().any(|f| f == "pdf") => found.add(
                format!("{ruta}.tipo"),
                format!(
                    "El documento «{}» no admite PDF, que es lo que hace una plantilla: añádalo a sus formatos.",
                    tipo.id
                ),
            ),
            Some(_) => {}
        }
    }
}

#[derive(Default)]
struct Problems(Vec<Problema>);

impl Problems {
    fn add(&mut self, ruta: impl Into<String>, mensaje: impl Into<String>) {
        self.0.push(Problema { ruta: ruta.into(), mensaje: mensaje.into() });
    }

    fn slug(&mut self, ruta: &str, id: &str) {
        if !is_slug(id) {
            self.add(
                ruta,
                format!("«{id}» no vale como clave: use minúsculas, cifras y guiones, y empiece por letra."),
            );
        }
    }

    fn ids<'a>(&mut self, table: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            let ruta = format!("{table}.{at}.id");
            self.slug(&ruta, id);
            if !seen.insert(id) {
                self.add(ruta, format!("La clave «{id}» está repetida: cambie una de las dos."));
            }
        }
    }

    fn name(&mut self, ruta: &str, nombre: &str) {
        if nombre.trim().is_empty() || clean_line(nombre) != nombre {
            self.add(ruta, "Hace falta un nombre de una línea, sin caracteres de control: escríbalo.");
        }
    }

    /// A condition must be read the same by everybody: those who do not see margin fields have no value to compare.
    fn condition(&mut self, ruta: &str, text: Option<&str>, modelo: &Modelo) {
        let Some(text) = text else { return };
        let ruta = format!("{ruta}.si");
        let condition = match query::parse_condition(text, modelo) {
            Ok(condition) if condition.terms.is_empty() => return self.add(ruta, "La condición está vacía: quítela."),
            Ok(condition) => condition,
            Err(error) => return self.add(ruta, format!("La condición no se entiende: {error}")),
        };
        let asked = condition.terms.iter().filter_map(|term| match &term.clause {
            Clause::Field(Field::Campo(id), _) => modelo.campo(id),
            _ => None,
        });
        for campo in asked.filter(|campo| campo.margen) {
            let message = format!("El campo «{}» es de margen y no todos lo ven: pregunte por otro.", campo.id);
            self.add(ruta.clone(), message);
        }
    }
}
