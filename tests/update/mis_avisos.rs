//! The avisos to the person at work: how many there are, going to each, done and refused.

use crate::dsl::*;
use crate::notas::{aviso, noted, sent};
use api::Codigo;
use api::aviso::{MiAviso, MisAvisos};
use api::evento::{Clase, Evento};
use domain::{AvisoId, ExpedienteId};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::msg::Msg;
use expedientes::state::notas::Cual;
use expedientes::state::overlay::Overlay;
use expedientes::state::{Pane, Screen};

fn mine(items: Vec<MiAviso>) -> MisAvisos {
    MisAvisos { total: items.len() as u32, items }
}

fn my_aviso(id: i64, expediente: i64, modelo: &str) -> MiAviso {
    MiAviso {
        expediente: ExpedienteId(expediente),
        numero: format!("26-{expediente:05}"),
        entidad: "norte".into(),
        modelo: modelo.into(),
        cliente: "Cliente".to_owned(),
        aviso: aviso(id, "ana", "luis", Some("2026-11-20")),
    }
}

/// The avisos to her that were asked for come.
fn come(play: &mut Play, items: Vec<MiAviso>) {
    if play.state.avisos.mine.pending.is_none() {
        play.msg(Msg::Timer(Timer::AvisosRefresh));
    }
    let (generation, _) = play.state.avisos.mine.pending.expect("they were asked for");
    play.msg(Msg::Avisos { generation, answer: Ok(mine(items)) });
}

/// The aviso selected in the notes of an expediente.
fn selected_in_notes(play: &Play) -> Option<(i64, Option<Cual>)> {
    match play.state.top() {
        Some(Overlay::Notas(notas)) => Some((notas.expediente.0, notas.selected)),
        _ => None,
    }
}

#[test]
fn avisos_to_oneself_are_asked_for_after_the_choice_and_when_some_have_changed() {
    let mut play = Play::work();
    come(&mut play, vec![my_aviso(7, 1, "venta-vn")]);
    assert_eq!(play.state.avisos.count(today()), (1, true));
    let evento = |seq, clase| {
        Msg::Evento(Evento {
            seq,
            clase,
            expediente: Some(ExpedienteId(77)),
            revision: Some(9),
            documento: None,
            quien: "luis".to_owned(),
        })
    };
    play.effects.clear();
    play.msg(evento(1, Clase::DocumentoSubido)).msg(evento(2, Clase::NotaEscrita));
    assert!(play.effects().iter().all(|effect| !matches!(effect, Effect::Wake { timer: Timer::AvisosRefresh, .. })));
    play.msg(evento(3, Clase::AvisoPuesto)).msg(evento(4, Clase::AvisoHecho));
    play.timer(Timer::AvisosRefresh);
    assert_eq!(play.asked().iter().filter(|effect| matches!(effect, Effect::LoadAvisos { .. })).count(), 1);
    // What is late is dropped.
    play.msg(Msg::Avisos { generation: 0, answer: Ok(mine(Vec::new())) });
    assert_eq!(play.state.avisos.count(today()).0, 1);
    come(&mut play, Vec::new());
    assert_eq!(play.state.avisos.count(today()), (0, false));
}

#[test]
fn from_an_aviso_to_its_expediente_in_the_rows_or_searched_for() {
    let mut play = Play::work();
    come(&mut play, vec![my_aviso(7, 3, "venta-vn"), my_aviso(8, 99, "venta-vn")]);
    play.keys("b<enter>");
    assert_eq!((play.selected(), play.state.top().is_none()), (3, true));
    play.keys("bj<enter>");
    assert_eq!(play.state.lista.query, "26-00099");
}

#[test]
fn from_an_aviso_to_itself_among_the_notes_of_its_expediente() {
    let mut play = noted();
    come(&mut play, vec![my_aviso(8, 1, "venta-vn"), my_aviso(9, 3, "venta-vn"), my_aviso(10, 99, "venta-vn")]);
    // That of the expediente on screen at once.
    play.keys("b<enter>");
    assert_eq!(selected_in_notes(&play), Some((1, Some(Cual::Aviso(AvisoId(8))))));
    // That of another row as soon as it has come.
    play.keys("<esc>bj<enter>");
    assert_eq!(selected_in_notes(&play), None);
    let mut third = detalle(3, 1, Vec::new());
    third.avisos = vec![aviso(4, "ana", "luis", None), aviso(9, "ana", "luis", None)];
    play.detalle(third);
    assert_eq!(selected_in_notes(&play), Some((3, Some(Cual::Aviso(AvisoId(9))))));
    // That of one that is searched for too.
    play.keys("<esc>bjj<enter>").lista(lista([99], None));
    if play.state.documentos.detalle.pending.is_none() {
        play.timer(Timer::DetalleDebounce);
    }
    play.detalle(detalle(99, 1, Vec::new()));
    assert_eq!(selected_in_notes(&play), Some((99, Some(Cual::Aviso(AvisoId(10))))));
}

#[test]
fn whoever_does_something_else_meanwhile_is_not_interrupted() {
    let mut play = noted();
    come(&mut play, vec![my_aviso(9, 3, "venta-vn")]);
    play.keys("b<enter>").keys("/");
    play.detalle(detalle(3, 1, Vec::new()));
    assert!(play.state.top().is_none() && play.state.lista.search.is_some());
    play.keys("<esc>");
    assert!(play.state.top().is_none());
}

#[test]
fn an_aviso_that_is_refused_to_be_done_is_there_again() {
    let mut play = Play::work();
    let both = || vec![my_aviso(7, 3, "venta-vn"), my_aviso(8, 99, "venta-vn")];
    come(&mut play, both());
    play.keys("b<space>");
    let (key, _) = sent(&play);
    play.effects.clear();
    play.msg(Msg::AvisoChanged { key, answer: Err(refused(Codigo::Estado)) });
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadAvisos { .. })), "asked for again");
    assert_eq!(play.state.avisos.count(today()).0, 2, "it does not go before the service says so");
    assert!(matches!(play.state.top(), Some(Overlay::Avisos(list)) if list.selected == Some(AvisoId(7))));
    // Closed meanwhile it does not count; opened again it does.
    come(&mut play, vec![my_aviso(8, 99, "venta-vn")]);
    play.keys("<esc>");
    let back = Evento {
        seq: 5,
        clase: Clase::FaseRetrocedida,
        expediente: Some(ExpedienteId(3)),
        revision: Some(9),
        documento: None,
        quien: "luis".to_owned(),
    };
    play.msg(Msg::Evento(back)).timer(Timer::AvisosRefresh);
    come(&mut play, both());
    assert_eq!(play.state.avisos.count(today()).0, 2);
    // By hand, and when the line is back.
    play.effects.clear();
    play.keys("R");
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadAvisos { .. })));
    play.msg(Msg::ListenLost(offline())).msg(Msg::Servidor(Ok(servidor()))).timer(Timer::AvisosRefresh);
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadAvisos { .. })));
}

#[test]
fn from_an_aviso_to_another_modelo_unless_something_is_not_saved() {
    let mut play = Play::work();
    play.state.eleccion.entidades.value = Some(entidades(&["venta-vn", "venta-vo"]));
    come(&mut play, vec![my_aviso(7, 40, "venta-vo"), my_aviso(8, 50, "postventa")]);
    play.keys("bj<enter>");
    assert!(play.told("aviso-sin-acceso"));
    play.keys("<esc>4e<end>x");
    play.state.focus = Pane::Expedientes;
    play.keys("b<enter>");
    assert!(play.told("no-edicion-abierta") && play.state.eleccion.modelo_pending.is_none());
    play.state.indice.edit = None;
    play.keys("<enter>");
    let generation = play.state.eleccion.modelo_pending.expect("its definition is asked for");
    let mut definicion = definicion();
    definicion.modelo.id = "venta-vo".into();
    play.msg(Msg::Modelo { generation, answer: Ok(definicion) });
    assert_eq!((play.state.screen, play.state.lista.query.as_str()), (Screen::Work, "26-00040"));
    assert_eq!(play.state.eleccion.actual.as_ref().unwrap().modelo.as_str(), "venta-vo");
}

#[test]
fn an_aviso_of_ones_own_is_done_from_the_list_of_them() {
    let mut play = Play::work();
    come(&mut play, vec![my_aviso(7, 3, "venta-vn"), my_aviso(8, 99, "venta-vn")]);
    play.keys("b");
    come(&mut play, vec![my_aviso(7, 3, "venta-vn"), my_aviso(8, 99, "venta-vn")]);
    play.keys("<space>");
    let (key, write) = sent(&play);
    assert!(matches!(write, Write::ChangeAviso { aviso, .. } if aviso == AvisoId(7)));
    play.msg(Msg::AvisoChanged { key, answer: Ok(aviso(7, "ana", "luis", None)) });
    come(&mut play, vec![my_aviso(8, 99, "venta-vn")]);
    assert!(matches!(play.state.top(), Some(Overlay::Avisos(_))));
    play.keys("j<enter>");
    assert_eq!(play.state.lista.query, "26-00099");
}
