//! The templates that ship with the program, as documents.
#![allow(clippy::unwrap_used, clippy::panic)]

use plantilla::{Dato, Datos, Hoja, Plantilla, Vale};
use std::path::{Path, PathBuf};

/// An index in which everything is filled, and every condition that adds text holds.
fn full(text: &str) -> Datos {
    let mut datos = Datos::new();
    for (name, value) in [
        ("cliente", "Fernández de la Fuente Goikoetxea, María del Carmen"),
        ("nif", "12345678Z"),
        ("movil", "600 123 456"),
        ("email", "maria.carmen.fernandez@correo.example"),
        ("marca", "Volkswagen"),
        ("vehiculo", "Tiguan 2.0 TDI 110 kW DSG"),
        ("version", "R-Line 4Motion, techo panorámico"),
        ("matricula", "1234 LMN"),
        ("bastidor", "WVWZZZ1KZAW000001"),
        ("nive", "NIVE0123456789"),
        ("kilometros", "123.456"),
        ("primera_matriculacion", "03/11/2021"),
        ("pvp", "41.900,00 €"),
        ("descuento", "1.500,00 €"),
        ("importe", "40.400,00 €"),
        ("reserva", "500,00 €"),
        ("vo_matricula", "4321 BCD"),
        ("vo_tasacion", "9.250,00 €"),
        ("financiera", "Financiera de la marca"),
        ("gestoria", "Gestoría Norte"),
        ("regimen", "General"),
        ("num_pedido", "2026-000123"),
        ("num_orden", "OR-4567"),
        ("averia", "Ruido en la rueda delantera derecha al girar; revisar rodamiento y transmisión"),
        ("numero", "26-01877"),
        ("entidad", "Norte Volkswagen Donostia"),
        ("asesor", "Iker Etxeberria"),
    ] {
        datos.insert(name.to_owned(), Dato::texto(value));
    }
    for name in ["pedido", "hoy", "fecha_entrega", "recepcion"] {
        datos.insert(name.to_owned(), Dato::texto("24/11/2026"));
    }
    let paid = Dato { texto: "Financiado".to_owned(), vale: Vale::Texto("financiado".to_owned()) };
    datos.insert("forma_pago".to_owned(), paid);
    datos.insert("con_tasacion".to_owned(), Dato { texto: "sí".to_owned(), vale: Vale::Si(true) });
    let cargo = if text.contains("cargo == \"cliente\"") { ("Cliente", "cliente") } else { ("Garantía", "garantia") };
    datos.insert("cargo".to_owned(), Dato { texto: cargo.0.to_owned(), vale: Vale::Texto(cargo.1.to_owned()) });
    datos
}

fn shipped() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/modelos/plantillas");
    let folders = std::fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let name = |path: &Path| {
        let folder = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        format!("{folder}/{}", path.file_stem().unwrap().to_string_lossy())
    };
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn pdf(name: &str, text: &str, datos: &Datos) -> Vec<u8> {
    let hoja = Hoja {
        titulo: name.to_owned(),
        emisor: "Norte Volkswagen Donostia".to_owned(),
        expediente: "Expediente 26-01877".to_owned(),
        fecha: "24/11/2026".to_owned(),
    };
    Plantilla::leer(text).unwrap().pdf(datos, &hoja).unwrap()
}

/// The contract has more to say than one page holds.
#[test]
fn what_can_be_on_one_page_is() {
    let all = shipped();
    assert_eq!(all.len(), 13);
    for (name, text) in &all {
        for (how, datos) in [("full", full(text)), ("empty", Datos::new())] {
            let made = pdf(name, text, &datos);
            let pages = render::paginas(&made).unwrap();
            let most = if name == "venta-vo/contrato-venta" { 2 } else { 1 };
            assert!(pages <= most, "{name} {how}: {pages}");
        }
    }
}
