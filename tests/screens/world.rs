//! A day's work at a dealership, small enough to be read: thirty expedientes, one of them in full.

use crate::dsl::{documento, persona, today};
use api::documento::DocumentoVista;
use api::expediente::ExpedienteDetalle;
use api::fase::FaltaVista;
use api::lista::{Fila, Lista};
use api::servidor::{ModeloDefinicion, PersonaBreve, Servidor, UsuarioDemo};
use api::sesion::{EntidadVista, ModeloVista, Persona};
use domain::gate::{self, DocumentoEnPuerta, Falta};
use domain::{EstadoDocumento, ExpedienteId, Indice, Permiso, Rol, Valor};
use image::{Rgb, RgbImage};
use jiff::ToSpan;

/// The expediente that is shown in full.
pub const SHOWN: i64 = 1873;

pub fn ana(rol: Rol) -> Persona {
    Persona { usuario: "ana.soler".to_owned(), nombre: "Ana Soler Vidal".to_owned(), ..persona(rol) }
}

pub fn servidor() -> Servidor {
    let user = |usuario: &str, nombre: &str, rol| UsuarioDemo {
        usuario: usuario.to_owned(),
        clave: "demo".to_owned(),
        nombre: nombre.to_owned(),
        rol,
    };
    Servidor {
        nombre: "Automoción Norte".to_owned(),
        version: "0.1.0".to_owned(),
        capacidades: Vec::new(),
        max_subida: 200_000_000,
        demo: vec![
            user("asesor", "Marc Oller Prat", Rol::Asesor),
            user("jefe", "Ana Soler Vidal", Rol::JefeVentas),
            user("administrativo", "Luis Prado Sanz", Rol::Administrativo),
            user("admin", "Elena Ríos Cano", Rol::Administrador),
            user("soporte", "Pau Grau Font", Rol::Soporte),
        ],
    }
}

pub fn entidades() -> Vec<EntidadVista> {
    let modelo = |id: &str, nombre: &str| ModeloVista { id: id.into(), nombre: nombre.to_owned() };
    let entidad = |id: &str, nombre: &str, modelos| EntidadVista { id: id.into(), nombre: nombre.to_owned(), modelos };
    let (vn, vo, pv) =
        (modelo("venta-vn", "Venta VN"), modelo("venta-vo", "Venta VO"), modelo("postventa", "Postventa"));
    vec![
        entidad("norte-seat", "Norte-Seat", vec![vn, vo.clone(), pv.clone()]),
        entidad("sur-vo", "Sur-VO", vec![vo, pv]),
    ]
}

pub fn definicion() -> ModeloDefinicion {
    let asesores = [("ana.soler", "Ana Soler Vidal"), ("marc.oller", "Marc Oller Prat")]
        .map(|(usuario, nombre)| PersonaBreve { usuario: usuario.to_owned(), nombre: nombre.to_owned() });
    ModeloDefinicion { version: 1, modelo: crate::dsl::modelo(), asesores: asesores.to_vec() }
}

const CLIENTES: [&str; 15] = [
    "Gil Ferrer, Marta",
    "Talleres Oria, S.L.",
    "Martínez de la Torre y Echevarría, José Antonio",
    "Núñez Peña, Íñigo",
    "Transportes Hermanos Casado, S.A.",
    "Ferrando Pujol, Núria",
    "Suárez Ibáñez, Begoña",
    "Roca Bonet, Jordi",
    "Ajram Haddad, Samir",
    "Clínica Dental Ribera, S.L.P.",
    "Pérez Gómez, Lucía",
    "Etxeberria Agirre, Ane",
    "Domínguez Cano, Raúl",
    "Vidal Soler, Carme",
    "López Marín, Adrián",
];
const VEHICULOS: [&str; 6] =
    ["Ibiza FR 1.0", "León ST 2.0 TDI", "Arona Xperience 1.5", "Formentor VZ 2.0", "Ateca X-Perience 2.0 TDI", "Born"];
const FASES: [&str; 6] = ["matriculacion", "matriculacion", "facturacion", "entrega", "pedido", "oferta"];

/// Thirty rows, the newest order first.
pub fn filas() -> Vec<Fila> {
    (0..30)
        .map(|n: usize| {
            let requeridos = 5 + (n as u32 * 7) % 6;
            let faltan = [2, 0, 1, 0, 3][n % 5].min(requeridos);
            Fila {
                id: ExpedienteId(SHOWN + 1 - n as i64),
                numero: format!("26-{:05}", SHOWN + 1 - n as i64),
                cliente: CLIENTES[n % CLIENTES.len()].to_owned(),
                vehiculo: VEHICULOS[n % VEHICULOS.len()].to_owned(),
                matricula: if n.is_multiple_of(3) { format!("{:04} MKB", 1042 + n * 37) } else { String::new() },
                fase: FASES[n % FASES.len()].into(),
                docs: requeridos,
                listos: requeridos - faltan,
                requeridos,
                pendientes: u32::from(n.is_multiple_of(5)),
                avisos: 0,
                rechazados: u32::from(n % 5 == 4),
                pedido: Some((today() - (21 + 13 * n as i64).days()).to_string()),
                importe_cent: Some(1_684_500 + 97_315 * n as i64),
                asesor: ["ana.soler", "marc.oller"][n % 2].to_owned(),
            }
        })
        .collect()
}

pub fn lista() -> Lista {
    Lista { items: filas(), siguiente: Some("c".to_owned()), total: Some(1_204), total_es_minimo: false }
}

fn file(id: i64, tipo: &str, nombre: &str, estado: EstadoDocumento, por: &str, day: &str) -> DocumentoVista {
    DocumentoVista {
        nombre: nombre.to_owned(),
        por: por.to_owned(),
        fecha: format!("2026-{day}T10:00:00Z"),
        bytes: 48_000 + 9_100 * id as u64,
        ..documento(id, SHOWN, tipo, estado)
    }
}

fn documentos() -> Vec<DocumentoVista> {
    use EstadoDocumento::{Pendiente, Rechazado, Validado};
    let mut all = vec![
        file(1, "oferta", "oferta-leon-st.pdf", Validado, "ana.soler", "10-28"),
        file(2, "rgpd", "consentimiento-rgpd-talleres-oria-firmado.pdf", Validado, "ana.soler", "10-28"),
        file(3, "pedido", "pedido-26-01873.pdf", Validado, "ana.soler", "11-02"),
        file(4, "cif", "cif-talleres-oria.jpg", Validado, "ana.soler", "11-02"),
        file(5, "escritura", "escritura-constitucion-y-poderes-notaria-ruiz-2019.pdf", Validado, "ana.soler", "11-03"),
        file(6, "dni-apoderado", "dni-apoderado.jpg", Pendiente, "marc.oller", "11-03"),
        file(7, "reserva", "transferencia-reserva.pdf", Validado, "ana.soler", "11-03"),
        file(8, "factura", "F-1189.pdf", Pendiente, "auto", "11-04"),
        file(9, "mandato", "mandato-gestoria.pdf", Rechazado, "luis.prado", "11-05"),
    ];
    all[8].motivo = "falta la firma del apoderado".to_owned();
    all
}

fn indice() -> Indice {
    let texts = [
        ("cliente", "Talleres Oria, S.L."),
        ("nif", "B12345674"),
        ("tipo-cliente", "empresa"),
        ("movil", "612345678"),
        ("email", "compras@talleresoria.es"),
        ("marca", "seat"),
        ("vehiculo", "León ST 2.0 TDI"),
        ("version", "FR 150 DSG"),
        ("bastidor", "VSSZZZKJZRR012345"),
        ("num-pedido", "SE-448120"),
        ("pedido", "2026-11-02"),
        ("jefe", "Ana Soler Vidal"),
        ("forma-pago", "contado"),
        ("gestoria", "ebro"),
    ];
    let mut indice: Indice = texts.into_iter().map(|(id, text)| (id.into(), Valor::from(text))).collect();
    for (id, cents) in [("pvp", 2_998_000), ("descuento", 250_000), ("importe", 2_748_000), ("reserva", 50_000)] {
        indice.insert(id.into(), Valor::Entero(cents));
    }
    indice.insert("residente".into(), Valor::Logico(true));
    indice.insert("con-tasacion".into(), Valor::Logico(false));
    indice
}

/// 26-01873 in Matriculación, for somebody who may do all.
pub fn detalle() -> ExpedienteDetalle {
    let modelo = crate::dsl::modelo();
    let (indice, documentos) = (indice(), documentos());
    let at_door: Vec<DocumentoEnPuerta<'_>> = documentos.iter().map(|d| (&d.tipo, d.estado)).collect();
    let requisitos = gate::checklist(&modelo, &indice, &at_door);
    let faltas = gate::faltas(&modelo, &indice, &at_door, &"matriculacion".into());
    let named = |falta: Falta| {
        let (nombre, fase) = match &falta {
            Falta::Documento { tipo, alternativas, .. } => {
                modelo.tipo(tipo).map(|t| (gate::nombre(&modelo, tipo, alternativas), t.fase.clone()))
            }
            Falta::Avisos { abiertos } => Some((format!("{abiertos} avisos sin hacer"), "entrega".into())),
            Falta::Campo { campo } => modelo.campo(campo).map(|c| (c.nombre.clone(), "matriculacion".into())),
        }
        .unwrap();
        FaltaVista { falta, nombre, fase }
    };
    ExpedienteDetalle {
        id: ExpedienteId(SHOWN),
        numero: format!("26-{SHOWN:05}"),
        entidad: "norte-seat".into(),
        modelo: "venta-vn".into(),
        fase: "matriculacion".into(),
        revision: 14,
        asesor: "ana.soler".to_owned(),
        creado: "2026-10-28T09:12:00Z".to_owned(),
        cerrado: false,
        faltas: faltas.into_iter().map(named).collect(),
        indice,
        documentos,
        notas: Vec::new(),
        avisos: Vec::new(),
        requisitos,
        siguiente_fase: Some("entrega".into()),
        permisos: Permiso::ALL.to_vec(),
    }
}

/// A page: paper with a letterhead, lines of text and a stamp, as large as fits into so many cells at twice their pixels.
pub fn page(columns: u16, rows: u16) -> RgbImage {
    let height = (u32::from(rows) * 4).min(u32::from(columns) * 2 * 7 / 5);
    let width = height * 5 / 7;
    let (ink, paper, stamp) = (Rgb([40, 40, 48]), Rgb([250, 248, 242]), Rgb([176, 64, 64]));
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (x * 100 / width, y * 100 / height);
        let line = y % 8 < 2 && (14..86).contains(&u);
        match v {
            5..9 if (14..44).contains(&u) => ink,
            16..64 if line && !(v > 52 && u > 60) => ink,
            72..86 if (58..86).contains(&u) && (!(75..83).contains(&v) || !(62..82).contains(&u)) => stamp,
            _ => paper,
        }
    })
}
