//! PDFs made to ruin who opens them: each costs its request, and the pool lives on.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::*;
use render::{Busqueda, Pool, PoolConfig, RenderError};

/// A PDF of one A4 page from these objects, from 4 on; the fourth is the page's content.
fn con(recursos: &str, objetos: &[Vec<u8>]) -> Vec<u8> {
    let mut todos = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {recursos} >> >>")
            .into_bytes(),
    ];
    todos.extend_from_slice(objetos);
    let mut doc = b"%PDF-1.7\n".to_vec();
    for (n, objeto) in todos.iter().enumerate() {
        doc.extend(format!("{} 0 obj\n", n + 1).bytes());
        doc.extend(objeto);
        doc.extend(b"\nendobj\n");
    }
    doc.extend(b"trailer << /Root 1 0 R >>");
    doc
}

fn corriente(dict: &str, datos: &[u8]) -> Vec<u8> {
    [format!("<< {dict} /Length {} >>\nstream\n", datos.len()).as_bytes(), datos, b"\nendstream"].concat()
}

/// A fax of sixty thousand pixels each way.
fn fax_enorme() -> Vec<u8> {
    let imagen = "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray \
                  /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>";
    con("/XObject << /I 5 0 R >>", &[corriente("", b"595 0 0 842 0 0 cm /I Do"), corriente(imagen, &[0xff; 4000])])
}

/// Forms that draw the next one twice each, thirty deep.
fn formas_anidadas() -> Vec<u8> {
    let mut objetos = vec![corriente("", b"/X Do")];
    for n in 0..30 {
        let dict = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {} 0 R >> >>",
            n + 6
        );
        objetos.push(corriente(&dict, b"/X Do /X Do"));
    }
    objetos.push(corriente("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"0 0 9 9 re f"));
    con("/XObject << /X 5 0 R >>", &objetos)
}

/// A tree of pages that is its own branch, and a form that draws itself.
fn en_circulo() -> Vec<u8> {
    let forma = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>";
    con("/XObject << /X 5 0 R >>", &[corriente("", b"/X Do"), corriente(forma, b"/X Do")])
}

/// A million short lines.
fn millon_de_trazos() -> Vec<u8> {
    con("", &[corriente("", &b"1 1 m 590 9 l S ".repeat(1_000_000))])
}

#[tokio::test]
async fn each_costs_its_request_and_the_pool_lives_on() {
    let mut config = PoolConfig::new(env!("CARGO_BIN_EXE_render-worker"), [], 1);
    config.memory_bytes = 400 * 1024 * 1024;
    config.cpu_seconds = 1;
    config.wall = Duration::from_secs(120);
    let pool = Pool::new(config);
    let dir = tempfile::tempdir().unwrap();
    let documento = |nombre: &str, bytes: &[u8]| {
        let ruta = dir.path().join(nombre);
        std::fs::write(&ruta, bytes).unwrap();
        ruta
    };
    let bueno = documento("bueno", &pdf(&[Hoja::default()]));
    let casos = [
        ("fax", fax_enorme()),
        ("formas", formas_anidadas()),
        ("circulo", en_circulo()),
        ("trazos", millon_de_trazos()),
        ("bomba", pdf_bomba()),
    ];
    for (nombre, bytes) in casos {
        let ruta = documento(nombre, &bytes);
        let busqueda = Busqueda { texto: "x".into(), limite: 9, plazo: Duration::from_secs(60) };
        let errores = [
            pool.pagina(&ruta, None, &peticion(1, 300, 300)).await.err(),
            pool.texto(&ruta, None, None).await.err(),
            pool.buscar(&ruta, None, busqueda).await.err(),
            pool.firmas(&ruta, None).await.err(),
        ];
        for error in errores.into_iter().flatten() {
            assert!(!matches!(error, RenderError::Worker(_)), "{nombre}: {error:?}");
        }
        assert_eq!(pool.paginas(&bueno, None).await, Ok(1), "after {nombre}");
    }
    let ruta = documento("formas", &formas_anidadas());
    assert_eq!(pool.pagina(&ruta, None, &peticion(1, 300, 300)).await, Err(RenderError::Tiempo));
}
