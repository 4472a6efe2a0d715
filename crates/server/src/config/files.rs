//! The files of a configuration: read, parsed, checked.

use super::lines::line_of_path;
use super::{Configuracion, Textos, mistake, plantillas};
use domain::mistake::of_system;
use domain::{Entidad, Modelo, ModeloId, modelo};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// File of the entidades, beside the folder [`MODELOS`].
const ENTIDADES: &str = "entidades.toml";
/// Folder of the modelos.
const MODELOS: &str = "modelos";

/// A mistake: where it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// File, from the folder on: `modelos/venta-vn.toml`.
    pub file: String,
    /// Line, from 1; 0 when it is about the file as a whole.
    pub line: usize,
    /// One Spanish sentence.
    pub message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// The modelos that ship with the program: file name and content.
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    &[
        ("venta-vn.toml", include_str!("../../modelos/venta-vn.toml")),
        ("venta-vo.toml", include_str!("../../modelos/venta-vo.toml")),
        ("postventa.toml", include_str!("../../modelos/postventa.toml")),
    ]
}

/// Reads and checks the folder. Its version is 0: it is not in force.
pub fn load(dir: &Path) -> Result<Configuracion, Vec<Error>> {
    let mut wrong = Vec::new();
    let entidades = read(dir, ENTIDADES, &mut wrong);
    let mut names = match modelo_files(dir) {
        Ok(names) => names,
        Err(cause) => {
            wrong.push(whole(
                MODELOS,
                format!("No se puede leer la carpeta ({}); compruebe que existe y sus permisos.", of_system(&cause)),
            ));
            Vec::new()
        }
    };
    names.sort_unstable();
    let modelos: Vec<(String, String)> =
        names.into_iter().filter_map(|name| Some((name.clone(), read(dir, &name, &mut wrong)?))).collect();
    let texts = plantillas::read(dir, &mut wrong);
    match entidades {
        Some(entidades) if wrong.is_empty() => load_files(
            &entidades,
            modelos.iter().map(|(name, text)| (name.as_str(), text.as_str())),
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())),
        ),
        _ => Err(wrong),
    }
}

fn modelo_files(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir.join(MODELOS))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|ext| ext == "toml") {
            names.push(format!("{MODELOS}/{name}"));
        }
    }
    Ok(names)
}

fn read(dir: &Path, file: &str, wrong: &mut Vec<Error>) -> Option<String> {
    match std::fs::read_to_string(dir.join(file)) {
        Ok(text) => Some(text),
        Err(cause) => {
            let message = format!(
                "No se puede leer el fichero ({}); compruebe que existe, que es texto UTF-8 y sus permisos.",
                of_system(&cause)
            );
            wrong.push(whole(file, message));
            None
        }
    }
}

/// The file of the entidades.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entidades {
    entidad: Vec<Entidad>,
}

/// Checks the content of `entidades.toml`, of the modelos, each with the name its mistakes are told under, and of the templates, each with
/// its path from the folder of templates on: `venta-vn/oferta.md`.
pub fn load_files<'f>(
    entidades: &str,
    modelos: impl IntoIterator<Item = (&'f str, &'f str)>,
    textos: impl IntoIterator<Item = (&'f str, &'f str)>,
) -> Result<Configuracion, Vec<Error>> {
    let mut wrong = Vec::new();
    let mut known: BTreeMap<ModeloId, &str> = BTreeMap::new();
    let mut all = Vec::new();
    let given: BTreeMap<&str, &str> = textos.into_iter().collect();
    let mut texts = Textos::new();
    for (file, text) in modelos {
        let Some(modelo) = parse::<Modelo>(file, text, &mut wrong) else { continue };
        let at = |ruta: &str| line_of_path(text, ruta);
        wrong.extend(modelo::check(&modelo).into_iter().map(|problem| Error {
            file: file.to_owned(),
            line: at(&problem.ruta),
            message: problem.mensaje,
        }));
        if let Some(other) = known.insert(modelo.id.clone(), file) {
            let message = format!("El modelo «{}» ya está en {other}: cambie el «id» de uno de los dos.", modelo.id);
            wrong.push(Error { file: file.to_owned(), line: at("id"), message });
        }
        let of_modelo = plantillas::check(&modelo, (file, text), &given, &mut wrong);
        if !of_modelo.is_empty() {
            texts.insert(modelo.id.clone(), of_modelo);
        }
        all.push(Arc::new(modelo));
    }
    if all.is_empty() && wrong.is_empty() {
        wrong.push(whole(MODELOS, "No hay ningún modelo: escriba al menos uno en esa carpeta.".to_owned()));
    }
    let any_wrong_modelo = !wrong.is_empty();
    let Some(Entidades { entidad: entidades_read }) = parse::<Entidades>(ENTIDADES, entidades, &mut wrong) else {
        return Err(wrong);
    };
    check_entidades(entidades, &entidades_read, &known, any_wrong_modelo, &mut wrong);
    if wrong.is_empty() {
        Ok(Configuracion { version: 0, entidades: entidades_read, modelos: all, textos: texts })
    } else {
        Err(wrong)
    }
}

/// With `partial` some modelos could not be read: that one is not there says nothing.
fn check_entidades(
    text: &str,
    entidades: &[Entidad],
    known: &BTreeMap<ModeloId, &str>,
    partial: bool,
    wrong: &mut Vec<Error>,
) {
    let mut add = |ruta: String, message: String| {
        wrong.push(Error { file: ENTIDADES.to_owned(), line: line_of_path(text, &ruta), message });
    };
    if entidades.is_empty() {
        add(String::new(), "No hay ninguna entidad: escriba al menos una.".to_owned());
    }
    for (at, entidad) in entidades.iter().enumerate() {
        let id = entidad.id.as_str();
        if !domain::id::is_slug(id) {
            add(
                format!("entidad.{at}.id"),
                format!("«{id}» no sirve de id: use minúsculas, cifras y guiones, con una letra al principio."),
            );
        }
        if entidades[..at].iter().any(|other| other.id == entidad.id) {
            add(
                format!("entidad.{at}.id"),
                format!("La entidad «{id}» está dos veces: cambie el «id» de una de las dos."),
            );
        }
        if entidad.nombre.trim().is_empty() {
            add(format!("entidad.{at}.nombre"), format!("La entidad «{id}» no tiene nombre: escríbalo."));
        }
        if entidad.modelos.is_empty() {
            add(
                format!("entidad.{at}.modelos"),
                format!("La entidad «{id}» no trabaja con ningún modelo: añada alguno."),
            );
        }
        for modelo in entidad.modelos.iter().filter(|modelo| !partial && !known.contains_key(*modelo)) {
            let names: Vec<&str> = known.keys().map(ModeloId::as_str).collect();
            let message = format!("No hay ningún modelo «{modelo}»: use uno de estos: {}.", names.join(", "));
            add(format!("entidad.{at}.modelos"), message);
        }
    }
}

fn parse<T: DeserializeOwned>(file: &str, text: &str, wrong: &mut Vec<Error>) -> Option<T> {
    match toml::from_str(text) {
        Ok(read) => Some(read),
        Err(cause) => {
            let (line, message) = mistake::told(text, &cause);
            wrong.push(Error { file: file.to_owned(), line, message });
            None
        }
    }
}

pub(super) fn whole(file: &str, message: String) -> Error {
    Error { file: file.to_owned(), line: 0, message }
}
