//! PDFs that ask for a password.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use render::{Archivo, Busqueda, Clave, RenderError, buscar, pagina, paginas, texto};

const ARCHIVOS: [(&str, &[u8], [&str; 2]); 5] = [
    ("RC4 of 40 bits", include_bytes!("datos/clave-rc4-40.pdf"), ["usuario", "propietario"]),
    ("RC4 of 128 bits", include_bytes!("datos/clave-rc4-128.pdf"), ["usuario", "propietario"]),
    ("AES of 128 bits", include_bytes!("datos/clave-aes-128.pdf"), ["usuario", "propietario"]),
    ("AES of 256 bits", include_bytes!("datos/clave-aes-256.pdf"), ["usuario", "propietario"]),
    ("AES of 256 bits, ñ", include_bytes!("datos/clave-aes-256-tilde.pdf"), ["contraseña", "dueña"]),
];

#[test]
fn the_users_and_the_owners_password_open_and_no_other_does() {
    for (nombre, bytes, claves) in ARCHIVOS {
        for clave in claves {
            let clave = Clave::new(clave).unwrap();
            let archivo = Archivo { bytes, clave: Some(&clave) };
            assert_eq!(paginas(archivo), Ok(1), "{nombre}");
            assert_eq!(texto(archivo, None).as_deref(), Ok("Factura secreta"), "{nombre}");
            let rgb = pixeles(&pagina(archivo, &peticion(1, 200, 200)).unwrap());
            assert!(es(&rgb, (8, 92), ROJO) && es(&rgb, (8, 8), BLANCO), "{nombre}");
            let busqueda = Busqueda { texto: "secreta".into(), limite: 9, plazo: std::time::Duration::from_secs(60) };
            assert_eq!(buscar(archivo, &busqueda).unwrap().hallazgos.len(), 1, "{nombre}");
        }
        assert_eq!(pagina(bytes, &peticion(1, 9, 9)), Err(RenderError::ClaveNecesaria), "{nombre}");
        let otra = Clave::new("Usuario").unwrap();
        let archivo = Archivo { bytes, clave: Some(&otra) };
        assert_eq!(texto(archivo, None), Err(RenderError::ClaveIncorrecta), "{nombre}");
    }
}

#[test]
fn a_right_password_that_the_engine_cannot_be_told_is_not_called_wrong() {
    let bytes = include_bytes!("datos/clave-aes-128-tilde.pdf");
    for clave in ["contraseña", "dueña"] {
        let clave = Clave::new(clave).unwrap();
        assert_eq!(paginas(Archivo { bytes, clave: Some(&clave) }), Err(RenderError::Cifrado));
    }
    let otra = Clave::new("contrasena").unwrap();
    assert_eq!(paginas(Archivo { bytes, clave: Some(&otra) }), Err(RenderError::ClaveIncorrecta));
}

#[test]
fn a_password_that_is_not_needed_does_no_harm() {
    let clave = Clave::new("cualquiera").unwrap();
    for bytes in [pdf(&[Hoja::default(); 2]), pdf_cifrado("")] {
        assert_eq!(paginas(Archivo { bytes: &bytes, clave: Some(&clave) }), Ok(2));
    }
}

#[test]
fn a_password_is_never_written_out() {
    let clave = Clave::new("muy secreta").unwrap();
    assert_eq!(format!("{clave:?}"), "Clave(…)");
    assert!(Clave::new("").is_none() && Clave::new("x".repeat(600)).is_none());
}
