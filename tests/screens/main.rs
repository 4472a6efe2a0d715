//! Screens as people see them, styles included. After a change: `INSTA_UPDATE=always cargo test --test screens`, then look at the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../update/dsl.rs"]
mod dsl;
mod dump;

use api::lista::Fila;
use domain::{EstadoDocumento, Rol, Valor};
use dsl::{Play, detalle, documento, fila};
use expedientes::msg::Msg;
use expedientes::state::preview::Shown;
use expedientes::state::transfers::{EstadoTransfer, Job, Pick, Transfer};
use std::sync::Arc;

const CLIENTES: [&str; 8] = [
    "Gil Ferrer, Marta",
    "Talleres Oria, S.L.",
    "Peña Domínguez, José Ramón",
    "Alimentación Álvarez Hermanos de la Vega, S.A.",
    "Ibáñez Hernández, Gonzalo",
    "Núñez de la Torre, Ángela",
    "López Cid, Iñaki",
    "Clínica Dental Otero, S.L.P.",
];
const VEHICULOS: [&str; 4] = ["Ibiza FR 1.0", "León ST 2.0", "Formentor VZ 2.0", "Ateca Style 1.5"];
const FASES: [&str; 5] = ["matriculacion", "pedido", "financiacion", "oferta", "entrega"];

fn filas() -> Vec<Fila> {
    let row = |n: usize| Fila {
        numero: format!("26-{:05}", 1877 - n),
        cliente: CLIENTES[n % CLIENTES.len()].to_owned(),
        vehiculo: VEHICULOS[n % VEHICULOS.len()].to_owned(),
        matricula: if n.is_multiple_of(3) { "1234LKB".to_owned() } else { String::new() },
        fase: FASES[n % FASES.len()].into(),
        docs: 7,
        listos: 7 - (n as u32 % 4),
        requeridos: 9,
        pendientes: u32::from(n.is_multiple_of(4)),
        rechazados: u32::from(n % 5 == 3),
        pedido: Some(if n < 24 { format!("2026-11-{:02}", 24 - n) } else { "2025-12-30".to_owned() }),
        importe_cent: Some(2_748_000 - n as i64 * 12_345),
        asesor: "ana.soler".to_owned(),
        ..fila(n as i64 + 1)
    };
    (0..40).map(row).collect()
}

/// At work, with documents of every state, a filled index, and a page on screen.
fn at_work(rol: Rol, width: u16, height: u16) -> Play {
    let mut play = Play::work_with(rol, filas());
    play.state.size = (width, height);
    let elegido = play.state.eleccion.actual.as_mut().unwrap();
    (elegido.entidad_nombre, elegido.modelo_nombre) = ("Norte-Seat".to_owned(), "Venta VN".to_owned());
    play.state.conexion.url = "https://expedientes.example".to_owned();
    (play.state.conexion.up, play.state.conexion.down) = (1_310, 6_640);
    play.state.lista.total = 1_204;
    use EstadoDocumento::{Pendiente, Rechazado, Validado};
    let mut documentos = vec![
        documento(1, 1, "rgpd", Validado),
        documento(2, 1, "pedido", Validado),
        documento(3, 1, "dni", Pendiente),
        documento(4, 1, "reserva", Rechazado),
        documento(5, 1, "factura", Pendiente),
    ];
    documentos[3].motivo = "falta la firma".to_owned();
    documentos[2].nombre = "fotografía del DNI por las dos caras, Marta Gil Ferrer.jpg".to_owned();
    let mut with = detalle(1, 14, documentos);
    with.numero = "26-01877".to_owned();
    let values: [(&str, Valor); 8] = [
        ("cliente", "Gil Ferrer, Marta".into()),
        ("nif", "12345678Z".into()),
        ("tipo-cliente", "particular".into()),
        ("movil", "612345678".into()),
        ("bastidor", "VSSZZZKJZRR012345".into()),
        ("pvp", 2_890_000.into()),
        ("importe", 2_748_000.into()),
        ("con-tasacion", false.into()),
    ];
    with.indice.extend(values.map(|(id, valor)| (id.into(), valor)));
    play.state.documentos.detalle.value = Some(with);
    play.state.documentos.selected = 2;
    play.state.preview.page = 1;
    play.state.preview.pages = Some(3);
    let of = expedientes::state::preview::Signature {
        documento: domain::DocumentoId(3),
        sha256: String::new(),
        page: 1,
        width: 60,
        height: 80,
        rotation: 0,
        text: false,
    };
    let image = image::RgbImage::from_fn(60, 80, |x, y| {
        let ink = (x / 6 + y / 10) % 2 == 0 && (8..52).contains(&x) && y > 12;
        if ink { image::Rgb([60, 60, 80]) } else { image::Rgb([250, 247, 239]) }
    });
    play.state.preview.shown = Shown::Picture { of, image: Arc::new(image) };
    play.effects.clear();
    play
}

fn check(name: &str, play: &Play) {
    insta::assert_snapshot!(name, dump::screen(&play.state));
}

#[test]
fn four_panes_in_every_size() {
    for (width, height) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        check(&format!("panes-{width}x{height}"), &at_work(Rol::Administrativo, width, height));
    }
}

#[test]
fn each_pane_alone_at_80x24() {
    for (key, name) in [("2", "documentos"), ("3", "vista-previa"), ("4", "indice")] {
        let mut play = at_work(Rol::Administrativo, 80, 24);
        play.keys(key);
        check(&format!("{name}-80x24"), &play);
    }
}

#[test]
fn before_the_panes() {
    let mut play = Play::start();
    play.state.size = (80, 24);
    play.state.conexion.url = "https://expedientes.example".to_owned();
    check("connecting-80x24", &play);
    play.msg(Msg::Servidor(Ok(dsl::servidor())));
    check("sign-in-80x24", &play);
    play.keys("1");
    let generation = play.state.generation;
    let persona = dsl::persona(Rol::Asesor);
    let nueva = api::sesion::SesionNueva { token: String::new(), caduca: String::new(), persona };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(dsl::entidades(&["venta-vn", "venta-vo", "postventa"])) });
    check("choice-80x24", &play);
    play.state.size = (30, 8);
    check("too-small-30x8", &play);
}

#[test]
fn searching() {
    let mut play = at_work(Rol::Administrativo, 120, 40);
    play.keys("/gil fas");
    check("search-names-120x40", &play);
    play.keys("e:xyz");
    check("search-wrong-120x40", &play);
    let mut play = at_work(Rol::Administrativo, 80, 24);
    play.state.lista.query = "gil".to_owned();
    check("search-found-80x24", &play);
}

#[test]
fn editing_the_index() {
    for (width, height) in [(80, 24), (200, 50)] {
        let mut play = at_work(Rol::Administrativo, width, height);
        play.keys("4e<tab><backspace>A<tab>");
        check(&format!("edit-error-{width}x{height}"), &play);
    }
    let mut play = at_work(Rol::Administrativo, 120, 40);
    play.keys("4e<end> x<ctrl-s>");
    let generation = play.state.generation;
    let mut problem = api::Problem::new(api::Codigo::RevisionAntigua, "Otra persona lo ha cambiado.");
    problem.conflicto = Some(api::expediente::Conflicto {
        revision: 15,
        campos: vec![api::expediente::CampoCambiado {
            campo: "cliente".into(),
            antes: Some("Gil Ferrer, Marta".into()),
            ahora: Some("Gil Ferrer, María".into()),
            quien: "Luis Navarro".to_owned(),
            cuando: "2026-11-24T10:00:00Z".to_owned(),
        }],
    });
    let answer = Err(expedientes::msg::Failure::from_problem(problem));
    play.msg(Msg::IndiceSaved { generation, id: domain::ExpedienteId(1), answer });
    assert!(play.state.indice.edit.as_ref().is_some_and(|edit| edit.conflict.is_some()));
    check("edit-conflict-120x40", &play);
}

#[test]
fn overlays() {
    let shown = |keys: &str, name: &str| {
        for (width, height) in [(80, 24), (120, 40)] {
            let mut play = at_work(Rol::JefeVentas, width, height);
            play.keys(keys);
            check(&format!("{name}-{width}x{height}"), &play);
        }
    };
    shown(":val", "palette");
    shown("?", "help");
    shown("n", "new");
    shown("s", "sort");
    shown("2d", "confirm");
    shown("A", "prompt");
    shown("f", "missing");
    shown("n<enter>", "new-expediente");
}

#[test]
fn uploads() {
    let mut play = at_work(Rol::Administrativo, 120, 40);
    let pick = |nombre: &str| Pick { path: format!("/tmp/{nombre}").into(), nombre: nombre.to_owned(), bytes: 184_320, tipo: None };
    let picks = vec![pick("dni-marta-gil.jpg"), pick("IMG_2034.jpg"), pick("factura F-1189.pdf")];
    play.msg(Msg::Files { picks, refused: Vec::new() });
    check("review-120x40", &play);
    let mut play = at_work(Rol::Administrativo, 80, 24);
    let states = [
        EstadoTransfer::Hecho(None),
        EstadoTransfer::EnCurso,
        EstadoTransfer::Fallido("El contenido no es de un formato admitido.".to_owned()),
        EstadoTransfer::EnCola,
    ];
    for (at, estado) in states.into_iter().enumerate() {
        let job = Job::Download { documento: domain::DocumentoId(1), folder: "/tmp".into(), open: false };
        let id = at as u64 + 1;
        let done = 400_000;
        play.state.transfers.items.push(Transfer { id, job, nombre: format!("documento-{id}.pdf"), total: 1_000_000, done, rate: 120_000, estado });
    }
    play.keys("w");
    check("transfers-80x24", &play);
}

#[test]
fn lines_people_and_toasts() {
    let mut play = at_work(Rol::Soporte, 120, 40);
    play.msg(Msg::Servidor(Err(dsl::offline())));
    play.keys("v");
    check("read-only-offline-120x40", &play);
    let mut play = at_work(Rol::Administrativo, 120, 40);
    play.msg(Msg::ListenLost(dsl::session_ended()));
    check("session-ended-120x40", &play);
}
