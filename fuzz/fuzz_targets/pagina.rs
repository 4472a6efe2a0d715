//! Documents, at the door of the renderers: tell the format, count pages, draw the first one small, read its text.
//!
//! A decoder that panics on a broken document is what the renderers are ready for (`Roto`), and one that takes too much memory or time is
//! the worker's business; a panic in this project's own code is a mistake, and so is anything that gets out.

#![no_main]

use libfuzzer_sys::fuzz_target;
use render::{Calidad, Formato, Imagen, Peticion, Recorte, RenderError, pagina, paginas, sniff, texto};

fuzz_target!(
    init: {
        // libFuzzer's own hook ends the process at every panic, caught or not.
        std::panic::set_hook(Box::new(|panic| {
            let file = panic.location().map_or("", |location| location.file());
            if file.contains("crates/render/") || file.contains("fuzz_targets/") {
                eprintln!("{panic}");
                std::process::abort();
            }
        }));
    },
    |bytes: &[u8]| {
        let (Some((first, bytes)), calidades) = (bytes.split_first(), [Calidad::Gris2, Calidad::Color16, Calidad::Completa])
        else {
            return;
        };
        let giro = u16::from(first >> 4) * 90 / 2;
        let calidad = calidades[usize::from(first % 3)];
        let recorte = (first & 16 != 0).then_some(Recorte { x: 5, y: 7, ancho: 20, alto: 20 });
        let peticion = Peticion { pagina: 1, ancho: 48, alto: 64, giro, calidad, recorte };
        let formato = sniff(bytes);
        let count = paginas(bytes);
        let drawn = pagina(bytes, &peticion);
        if formato == Formato::Desconocido {
            assert_eq!((count.err(), drawn.as_ref().err()), (Some(RenderError::FormatoDesconocido), Some(&RenderError::FormatoDesconocido)));
            return;
        }
        if let Ok(imagen) = &drawn {
            fits(imagen, &peticion, count);
        }
        if let Ok(text) = texto(bytes, Some(1)) {
            assert!(!text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{text:?}");
        }
    }
);

fn fits(imagen: &Imagen, peticion: &Peticion, count: Result<u32, RenderError>) {
    assert!((1..=peticion.ancho).contains(&imagen.ancho) && (1..=peticion.alto).contains(&imagen.alto));
    assert_eq!(count, Ok(imagen.paginas));
    let signature: &[u8] = if imagen.mime == "image/png" { b"\x89PNG" } else { b"\xff\xd8" };
    assert!(imagen.bytes.starts_with(signature));
}
