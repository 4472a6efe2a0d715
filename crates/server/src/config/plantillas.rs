//! The texts of the templates: `plantillas/<modelo>/<id>.md`, beside the folder of the modelos.

use super::Error;
use super::files::whole;
use super::lines::line_of_path;
use domain::campo::TipoCampo;
use domain::mistake::of_system;
use domain::{CampoId, Modelo, PlantillaId};
use plantilla::{MAX_PLANTILLA, Plantilla};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// Folder of the templates.
const PLANTILLAS: &str = "plantillas";

/// What a template can print besides the index fields.
pub const PALABRAS: [&str; 6] = ["numero", "entidad", "modelo", "fase", "asesor", "hoy"];

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../modelos/plantillas/", $name)))),*]
    };
}

/// The templates that ship with the program: path from the folder of templates on, and text.
pub fn shipped_plantillas() -> &'static [(&'static str, &'static str)] {
    shipped![
        "venta-vn/oferta.md",
        "venta-vn/rgpd.md",
        "venta-vn/pedido.md",
        "venta-vn/mandato.md",
        "venta-vn/entrega.md",
        "venta-vo/oferta.md",
        "venta-vo/rgpd.md",
        "venta-vo/contrato-venta.md",
        "venta-vo/entrega.md",
        "postventa/orden.md",
        "postventa/resguardo.md",
        "postventa/presupuesto.md",
        "postventa/entrega.md",
    ]
}

/// What an index field is called in a template: names have no hyphens there.
pub fn nombre_de(campo: &CampoId) -> String {
    campo.as_str().replace('-', "_")
}

/// Reads every template of the folder; there may be none.
pub(super) fn read(dir: &Path, wrong: &mut Vec<Error>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(modelos) = std::fs::read_dir(dir.join(PLANTILLAS)) else { return found };
    for modelo in modelos.flatten() {
        let Ok(files) = std::fs::read_dir(modelo.path()) else { continue };
        for file in files.flatten().filter(|file| file.path().extension().is_some_and(|ext| ext == "md")) {
            let folder = modelo.file_name();
            let name = format!("{}/{}", folder.to_string_lossy(), file.file_name().to_string_lossy());
            let mut text = String::new();
            // One byte more than there may be: the check of the text tells that it is too long.
            let limit = u64::try_from(MAX_PLANTILLA).unwrap_or(u64::MAX).saturating_add(4);
            match std::fs::File::open(file.path()).and_then(|open| open.take(limit).read_to_string(&mut text)) {
                Ok(_) => found.push((name, text)),
                Err(cause) => {
                    let message = format!(
                        "No se puede leer el fichero ({}); compruebe que es texto UTF-8 y sus permisos.",
                        of_system(&cause)
                    );
                    wrong.push(whole(&format!("{PLANTILLAS}/{name}"), message));
                }
            }
        }
    }
    found.sort_unstable();
    found
}

/// Checks the texts of a modelo's templates; answers those that are there. `file` is the modelo's own, with its text.
pub(super) fn check(
    modelo: &Modelo,
    file: (&str, &str),
    given: &BTreeMap<&str, &str>,
    wrong: &mut Vec<Error>,
) -> BTreeMap<PlantillaId, String> {
    let mut known: BTreeSet<String> = modelo.campos.iter().map(|campo| nombre_de(&campo.id)).collect();
    known.extend(PALABRAS.map(str::to_owned));
    let mut texts = BTreeMap::new();
    for (at, declared) in modelo.plantillas.iter().enumerate() {
        let name = format!("{}/{}.md", modelo.id, declared.id);
        let Some(text) = given.get(name.as_str()) else {
            let message = format!("Falta el texto «{PLANTILLAS}/{name}»: escríbalo o quite la plantilla.");
            let line = line_of_path(file.1, &format!("plantilla.{at}.id"));
            wrong.push(Error { file: file.0.to_owned(), line, message });
            continue;
        };
        let mut add = |line, message| wrong.push(Error { file: format!("{PLANTILLAS}/{name}"), line, message });
        match Plantilla::leer(text) {
            Err(errata) => add(errata.linea, errata.mensaje),
            Ok(read) => {
                for (unknown, line) in read.nombres().filter(|(name, _)| !known.contains(*name)) {
                    let message = format!(
                        "No hay ningún campo «{unknown}» en este modelo: use el id de un campo, con _ en vez de -, o {}.",
                        PALABRAS.join(", ")
                    );
                    add(line, message);
                }
                for (line, message) in not_options(modelo, &read) {
                    add(line, message);
                }
            }
        }
        texts.insert(declared.id.clone(), (*text).to_owned());
    }
    texts
}

/// Comparisons of a choice with what is none of its options: they would never hold, and nobody would be told.
fn not_options(modelo: &Modelo, read: &Plantilla) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    for compared in read.comparaciones() {
        let choice =
            |campo: &&domain::CampoIndice| campo.tipo == TipoCampo::Opcion && nombre_de(&campo.id) == compared.nombre;
        let Some(campo) = modelo.campos.iter().find(choice) else { continue };
        let ids: Vec<&str> = campo.opciones.iter().map(|opcion| opcion.id.as_str()).collect();
        if !ids.contains(&compared.texto.as_str()) {
            let message = format!(
                "«{}» no tiene la opción «{}»: compárelo con una de estas: {}.",
                compared.nombre,
                domain::texto::clean_line(&compared.texto),
                ids.join(", ")
            );
            wrong.push((compared.linea, message));
        }
    }
    wrong
}
