//! The service's own files: entidades, modelo, settings. What is refused is told with file and line; what is taken has conditions that
//! can be asked and phases that can be walked.

#![no_main]

use domain::Indice;
use domain::query::{matches_indice, parse_condition};
use libfuzzer_sys::fuzz_target;
use server::config::load_files;

const ENTIDADES: &str = "[[entidad]]\nid = \"norte\"\nnombre = \"Norte\"\nmodelos = [\"mini\"]\n";

fuzz_target!(|text: &str| {
    let files = [("modelos/mini.toml", text)];
    match load_files(ENTIDADES, files, []) {
        Ok(config) => {
            for modelo in &config.modelos {
                let conditions = modelo.fases.iter().filter_map(|fase| fase.si.as_deref());
                let conditions = conditions.chain(modelo.tipos.iter().filter_map(|tipo| tipo.si.as_deref()));
                for text in conditions.chain(modelo.campos.iter().filter_map(|campo| campo.si.as_deref())) {
                    let condition = parse_condition(text, modelo).expect("checked");
                    matches_indice(&condition, &Indice::default(), modelo);
                }
            }
        }
        Err(wrong) => {
            assert!(!wrong.is_empty());
            for error in wrong {
                let lines =
                    if error.file.starts_with("modelos/") { text.matches('\n').count() + 1 } else { usize::MAX };
                assert!(error.line <= lines, "{error} ({lines} lines)");
            }
        }
    }
    let modelo = server::config::shipped()[0];
    let _ = load_files(text, [modelo], server::config::shipped_plantillas().iter().copied());
    let _ = toml::from_str::<server::Settings>(text);
});
