//! Notes, avisos and templates on screen.

use crate::dsl::{Play, today};
use crate::scenes::{Size, panes, panes_as, settle};
use crate::world::SHOWN;
use api::aviso::{AvisoVista, Destinatario, MiAviso, MisAvisos};
use api::nota::NotaVista;
use api::problem::CampoMalo;
use api::{Codigo, Problem};
use domain::{AvisoId, ExpedienteId, NotaId, Plantilla, Rol};
use expedientes::effect::Effect;
use expedientes::msg::{Failure, Msg};
use jiff::ToSpan;

const LONG: &str = "La clienta ha llamado: quiere recoger el coche el sábado por la mañana, antes de las once.\n\n\
    Pide que la matrícula esté puesta y que el seguro salga a nombre de la empresa. Si la gestoría no llega, llamarla \
    el viernes al 612 345 678.";

fn nota(id: i64, por: &str, quien: &str, texto: &str) -> NotaVista {
    NotaVista {
        id: NotaId(id),
        texto: texto.to_owned(),
        por: por.to_owned(),
        quien: quien.to_owned(),
        cuando: format!("2026-11-{:02}T09:{:02}:00Z", 10 + id, 5 * id),
        cambiada: id == 3,
    }
}

fn aviso(id: i64, para: (&str, &str), texto: &str, days: Option<i64>) -> AvisoVista {
    AvisoVista {
        id: AvisoId(id),
        texto: texto.to_owned(),
        para: para.0.to_owned(),
        para_nombre: para.1.to_owned(),
        por: "luis.prado".to_owned(),
        quien: "Luis Prado Sanz".to_owned(),
        cuando: "2026-11-18T09:30:00Z".to_owned(),
        vence: days.map(|days| (today() + days.days()).to_string()),
        hecho: None,
        hecho_por: String::new(),
    }
}

const ANA: (&str, &str) = ("ana.soler", "Ana Soler Vidal");
const MARC: (&str, &str) = ("marc.oller", "Marc Oller Prat");

/// Some notes and avisos are seen without opening anything.
pub fn noted(size: Size) -> Play {
    let mut play = panes(size);
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.notas = vec![
        nota(3, "ana.soler", "Ana Soler Vidal", LONG),
        nota(2, "luis.prado", "Luis Prado Sanz", "La transferencia de la reserva llegó sin concepto."),
    ];
    let mut done = aviso(14, MARC, "Pedir la ficha técnica", None);
    done.hecho = Some("2026-11-20T10:00:00Z".to_owned());
    done.hecho_por = "Marc Oller Prat".to_owned();
    detalle.avisos = vec![
        aviso(10, ANA, "Que el apoderado firme el mandato de la gestoría", Some(-3)),
        aviso(11, MARC, "Llamar a la clienta para la entrega", Some(0)),
        aviso(12, ANA, "Revisar el importe de la factura", Some(11)),
        aviso(13, MARC, "Archivar la copia del permiso", None),
        done,
    ];
    for (at, fila) in play.state.lista.filas.iter_mut().enumerate() {
        fila.avisos = [0, 4, 0, 0, 1][at % 5];
    }
    let mine = |id, numero: &str, cliente: &str, aviso: AvisoVista| MiAviso {
        expediente: ExpedienteId(id),
        numero: numero.to_owned(),
        entidad: if id == SHOWN { "norte-seat".into() } else { "sur-vo".into() },
        modelo: if id == SHOWN { "venta-vn".into() } else { "venta-vo".into() },
        cliente: cliente.to_owned(),
        aviso,
    };
    let items = vec![
        mine(SHOWN, "26-01873", "Talleres Oria, S.L.", aviso(10, ANA, "Que el apoderado firme el mandato", Some(-3))),
        mine(912, "26-00912", "Núñez Peña, Íñigo", aviso(21, ANA, "Mirar si falta la segunda llave", Some(0))),
        mine(SHOWN, "26-01873", "Talleres Oria, S.L.", aviso(12, ANA, "Revisar el importe de la factura", Some(11))),
    ];
    play.msg(Msg::Timer(expedientes::effect::Timer::AvisosRefresh));
    let (generation, _) = play.state.avisos.mine.pending.expect("they were asked for");
    play.msg(Msg::Avisos { generation, answer: Ok(MisAvisos { total: 3, items }) });
    settle(&mut play);
    play
}

/// Notes and avisos of an expediente.
pub fn notes(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("Nj");
    play
}

/// Likewise, none.
pub fn notes_none(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("N");
    play
}

/// A note is read whole.
pub fn note_text(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("Njjjj<enter>");
    play
}

/// A note is being written.
pub fn note_new(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("n").keys("nota<enter>");
    play.paste(LONG);
    play
}

/// An aviso is being written: its day.
pub fn aviso_new(size: Size) -> Play {
    let mut play = aviso_para(size);
    play.keys("<enter>").keys("lunes");
    play
}

/// To whom an aviso is.
pub fn aviso_para(size: Size) -> Play {
    let mut play = noted(size);
    play.effects();
    play.keys("N").keys("a");
    let generation = play
        .effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::LoadPersonas { generation, .. } => Some(generation),
            _ => None,
        })
        .unwrap();
    let of = |(usuario, nombre): (&str, &str), rol| Destinatario {
        usuario: usuario.to_owned(),
        nombre: nombre.to_owned(),
        rol,
    };
    let personas = vec![
        of(ANA, Rol::JefeVentas),
        of(("luis.prado", "Luis Prado Sanz"), Rol::Administrativo),
        of(MARC, Rol::Asesor),
    ];
    play.msg(Msg::Personas { generation, answer: Ok(personas) });
    play.keys("Que firme el mandato<enter><down>");
    play
}

/// The avisos to the person at work.
pub fn avisos(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("bj");
    play
}

/// One of them is done, and stays until the list is closed.
pub fn avisos_done(size: Size) -> Play {
    let mut play = avisos(size);
    play.keys("<space>");
    play
}

/// A note and an aviso wait for the line.
pub fn notes_queued(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("N").keys("n").keys("La clienta prefiere la tarde<enter>");
    let key = play.state.outbox.writes.last().unwrap().key.clone();
    play.msg(Msg::NotaChanged { key, answer: Err(Failure::offline()) });
    play.state.mensajes.toasts.clear();
    play
}

/// To whom an aviso is could not be asked: there is no line.
pub fn people_offline(size: Size) -> Play {
    let mut play = noted(size);
    play.keys("N").keys("a").keys("Que firme el mandato<enter>").keys("lu");
    let generation = play.state.generation;
    play.msg(Msg::Personas { generation, answer: Err(Failure::offline()) });
    play.state.mensajes.toasts.clear();
    play
}

/// What the service has refused comes back with a reason that takes more than a line.
pub fn aviso_refused(size: Size) -> Play {
    let mut play = aviso_para(size);
    play.keys("<enter>").keys("lunes<enter>");
    let key = play.state.outbox.writes.last().unwrap().key.clone();
    let problem = Problem::new(
        Codigo::Estado,
        "El expediente ya tiene 200 avisos sin hacer; dé alguno por hecho o bórrelo, y guarde este otra vez.",
    );
    play.msg(Msg::AvisoChanged { key, answer: Err(Failure::from_problem(problem)) });
    play.state.mensajes.toasts.clear();
    play
}

/// A note in all that is marked.
pub fn note_marked(size: Size) -> Play {
    let mut play = crate::scenes::marked(size);
    play.keys("n").keys("nota<enter>");
    play.keys("La matriculación se retrasa una semana");
    play
}

/// What is missing, for somebody who may not force it: an aviso among it.
pub fn missing_aviso(size: Size) -> Play {
    let mut play = panes_as(size, Rol::Administrativo);
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.permisos.retain(|permiso| *permiso != domain::Permiso::Forzar);
    let falta = domain::gate::Falta::Avisos { abiertos: 1 };
    let nombre = "Un aviso sin hacer".to_owned();
    detalle.faltas.truncate(2);
    detalle.faltas.push(api::fase::FaltaVista { falta, nombre, fase: detalle.fase.clone() });
    play.keys("f");
    play
}

/// The templates of the modelo.
pub fn templates(size: Size) -> Play {
    let mut play = panes(size);
    let mut definicion = crate::world::definicion();
    let one = |id: &str, nombre: &str, tipo: &str| Plantilla {
        id: id.into(),
        nombre: nombre.to_owned(),
        tipo: tipo.into(),
        si: None,
    };
    definicion.modelo.plantillas = vec![
        one("pedido", "Hoja de pedido", "pedido"),
        one("rgpd", "Consentimiento de protección de datos", "rgpd"),
        one("mandato", "Mandato a la gestoría", "mandato"),
    ];
    play.state.modelo = Some(definicion.into());
    play.keys("n").keys("plantilla<enter>");
    play
}

/// Fields that the template needs are empty.
pub fn template_blanks(size: Size) -> Play {
    let mut play = templates(size);
    play.keys("<enter>");
    let key = play.state.outbox.writes.last().unwrap().key.clone();
    let mut problem = Problem::new(Codigo::DatosInvalidos, "Faltan datos.");
    let bad = |campo: &str| CampoMalo { campo: campo.to_owned(), mensaje: "Está vacío.".to_owned() };
    problem.campos = vec![bad("bastidor"), bad("financiera")];
    play.msg(Msg::TemplateMade { key, answer: Err(Failure::from_problem(problem)) });
    play
}
