//! Values of index fields: what is taken is shown, read again and checked as the same value.

#![no_main]

use domain::CampoIndice;
use domain::campo::{TipoCampo, check, edit_text, parse, show};
use domain::modelo::Opcion;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = date(2026, 11, 3);
    let opcion = |id: &str, nombre: &str| Opcion { id: id.to_owned(), nombre: nombre.to_owned() };
    for tipo in TipoCampo::ALL {
        let campo = CampoIndice {
            id: "campo".into(),
            nombre: "Campo".to_owned(),
            tipo,
            seccion: String::new(),
            opciones: vec![
                opcion("contado", "Contado"),
                opcion("financiado", "Financiado"),
                opcion("renting", "Renting o flota"),
            ],
            ayuda: String::new(),
            margen: false,
            solo_lectura: false,
            si: None,
        };
        let Ok(read) = parse(&campo, text, today) else { continue };
        let Some(valor) = read.valor else { continue };
        let edited = edit_text(&campo, &valor);
        let again = parse(&campo, &edited, today).map(|again| again.valor);
        assert_eq!(again.as_ref(), Ok(&Some(valor.clone())), "{tipo:?}: {text:?} is edited as {edited:?}");
        let checked = check(&campo, &valor).map(|checked| checked.valor);
        assert_eq!(checked.as_ref(), Ok(&Some(valor.clone())), "{tipo:?}: {text:?}");
        assert!(!show(&campo, &valor).chars().any(char::is_control), "{tipo:?}: {text:?}");
    }
});
