//! `docs`: the pages of docs/ that the code generates. CI runs it with `--check`.

use super::{CommandError, Outcome, output};
use crate::action::info::{Place, TABLE};
use crate::i18n::Catalogue;
use std::path::Path;

/// Writes the pages into `docs/` of the current folder, or says which differ.
pub fn run(check: bool) -> Outcome {
    let mut stale = Vec::new();
    for (path, text) in pages() {
        let current = std::fs::read_to_string(path).unwrap_or_default();
        if current == text {
            continue;
        }
        if check {
            stale.push(path);
        } else {
            if let Some(folder) = Path::new(path).parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
            output::text_line(path)?;
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(CommandError::Refused(format!(
        "No están al día: {}. Ejecute «expedientes docs» en la carpeta del proyecto.",
        stale.join(", ")
    )))
}

fn pages() -> Vec<(&'static str, String)> {
    #[allow(unused_mut, reason = "the service adds its page")]
    let mut pages = vec![
        ("docs/atajos.md", shortcuts(&Catalogue::new("es"))),
        ("docs/permisos.md", domain::permisos::permisos_markdown()),
    ];
    #[cfg(feature = "server")]
    pages.push(("docs/openapi.json", server::http::openapi_json()));
    pages
}

/// The table of keys, by place.
fn shortcuts(texts: &Catalogue) -> String {
    let mut page = String::from(
        "# Atajos de teclado\n\nEsta página sale de la tabla de acciones del programa (`src/action/info.rs`). Todas las teclas se pueden \
         cambiar en `config.toml`,\nsección `[teclas]`, con el nombre de la acción.\n",
    );
    for place in [Place::Global, Place::Expedientes, Place::Documentos, Place::Preview, Place::Indice] {
        page.push_str(&format!(
            "\n## {}\n\n| tecla | acción | nombre | qué hace |\n| --- | --- | --- | --- |\n",
            title(place)
        ));
        for info in TABLE.iter().filter(|info| info.place == place) {
            let keys: Vec<String> = info.keys.iter().map(|key| format!("`{key}`")).collect();
            let keys = if keys.is_empty() { "—".to_owned() } else { keys.join(" ") };
            let name = info.name;
            let label = texts.text(&format!("accion-{name}"));
            let help = texts.text(&format!("accion-{name}.ayuda"));
            page.push_str(&format!("| {keys} | {label} | `{name}` | {help} |\n"));
        }
    }
    page
}

fn title(place: Place) -> &'static str {
    match place {
        Place::Global => "En todas partes",
        Place::Expedientes => "Panel Expediente",
        Place::Documentos => "Panel Documentos",
        Place::Preview => "Panel Vista previa",
        Place::Indice => "Panel Índice",
    }
}
