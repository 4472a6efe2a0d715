//! Templates, and values put into them. What is taken becomes a PDF, or is told to be too long; what is refused is refused with its line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plantilla::{Dato, Datos, Error, Hoja, Plantilla};

fuzz_target!(|input: (&str, &str)| {
    let (text, value) = input;
    let lines = text.matches('\n').count() + 1;
    match Plantilla::leer(text) {
        Ok(template) => {
            let names: Vec<String> = template.nombres().map(|(name, _)| name.to_owned()).collect();
            let data: Datos = names.into_iter().map(|name| (name, Dato::texto(value))).collect();
            let sheet = Hoja {
                titulo: value.to_owned(),
                emisor: "Norte".to_owned(),
                expediente: "26-00001".to_owned(),
                fecha: "24/11/2026".to_owned(),
            };
            match template.pdf(&data, &sheet) {
                Ok(pdf) => assert!(pdf.starts_with(b"%PDF-")),
                Err(Error::Larga | Error::Errata(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
        Err(mistake) => assert!((1..=lines).contains(&mistake.linea), "{mistake} ({lines} lines)"),
    }
});
