use crate::dsl::*;
use api::evento::{Clase, Evento};
use domain::ExpedienteId;
use expedientes::effect::{Effect, Timer};
use expedientes::msg::Msg;
use expedientes::state::Screen;
use expedientes::state::conexion::{EstadoConexion, Huella};

fn waits(effects: &[Effect]) -> Vec<u64> {
    let of = |effect: &Effect| match effect {
        Effect::Wake { after_ms, timer: Timer::Reconnect } => Some(*after_ms),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn evento(expediente: i64, seq: i64, revision: i64) -> Msg {
    Msg::Evento(Evento {
        seq,
        clase: Clase::DocumentoSubido,
        expediente: Some(ExpedienteId(expediente)),
        revision: Some(revision),
        documento: None,
        quien: "luis".to_owned(),
    })
}

#[test]
fn a_service_that_is_away_at_start_is_tried_again_and_again() {
    let mut play = Play::start();
    let mut seen = Vec::new();
    for _ in 0..7 {
        play.msg(Msg::Servidor(Err(offline())));
        seen.extend(waits(&play.effects));
        assert_eq!(play.state.screen, Screen::Connecting);
        play.timer(Timer::Reconnect);
        assert_eq!(play.effects(), [Effect::Connect]);
    }
    assert_eq!(seen, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    play.msg(Msg::Servidor(Ok(servidor())));
    assert_eq!((play.state.screen, &play.state.conexion.estado), (Screen::SignIn, &EstadoConexion::EnLinea));
}

#[test]
fn it_is_not_waited_for_when_one_does_not_want_to() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Err(offline())));
    play.effects.clear();
    play.keys("<enter>");
    assert_eq!(play.effects(), [Effect::Connect]);
}

#[test]
fn a_line_that_is_cut_comes_back_by_itself_where_it_was() {
    let mut play = Play::work();
    play.msg(Msg::Listening { seq: 41 });
    play.msg(evento(9, 42, 1));
    play.effects.clear();
    play.msg(Msg::ListenLost(offline()));
    play.keys("h");
    assert!(play.told("no-linea"), "what needs the line says so");
    play.timer(Timer::Reconnect);
    play.msg(Msg::Servidor(Ok(servidor())));
    let asked = play.asked();
    assert!(asked.contains(&Effect::Listen { desde: Some(42) }), "{asked:?}");
    assert!(asked.iter().any(|effect| matches!(effect, Effect::LoadLista { .. })));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::LoadDetalle { id, known: Some(3), .. } if id.0 == 1)));
    assert!(play.told("conexion-vuelve"));
}

#[test]
fn many_requests_that_fail_together_are_one_cut() {
    let mut play = Play::work();
    play.keys("R");
    let (lista, _) = play.state.lista.pending.unwrap();
    let (detalle, _) = play.state.documentos.detalle.pending.unwrap();
    play.msg(Msg::Lista { generation: lista, answer: Err(offline()) });
    play.msg(Msg::Detalle { generation: detalle, answer: Err(offline()) });
    play.msg(Msg::ListenLost(offline()));
    assert_eq!(waits(&play.effects), [1_000]);
    assert_eq!(play.state.lista.filas.len(), 3, "what was there is still there");
}

#[test]
fn others_changes_reload_the_detail_and_gather_for_the_list() {
    let mut play = Play::work();
    play.msg(evento(1, 10, 4));
    play.msg(evento(2, 11, 9)).msg(evento(3, 12, 9)).msg(evento(2, 13, 10));
    let effects = play.effects();
    let details = effects.iter().filter(|effect| matches!(effect, Effect::LoadDetalle { .. })).count();
    let gathered =
        effects.iter().filter(|effect| matches!(effect, Effect::Wake { timer: Timer::ListRefresh, .. })).count();
    assert_eq!((details, gathered), (1, 1));
    play.effects = effects;
    play.timer(Timer::ListRefresh);
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadLista { .. })));
    play.msg(evento(2, 14, 11));
    assert!(
        play.effects().iter().any(|effect| matches!(effect, Effect::Wake { timer: Timer::ListRefresh, .. })),
        "and again"
    );
}

#[test]
fn a_burst_of_events_asks_for_the_detail_once_more_and_not_once_each() {
    let mut play = Play::work();
    for revision in 4..40 {
        play.msg(evento(1, revision, revision));
    }
    let details =
        |play: &mut Play| play.asked().iter().filter(|effect| matches!(effect, Effect::LoadDetalle { .. })).count();
    assert_eq!(details(&mut play), 1);
    play.detalle(detalle(1, 20, Vec::new()));
    assert_eq!(details(&mut play), 1, "what came meanwhile");
    play.detalle(detalle(1, 39, Vec::new()));
    assert_eq!(details(&mut play), 0);
}

#[test]
fn a_changed_configuration_brings_the_new_fields() {
    let mut play = Play::work();
    let event = Evento {
        seq: 5,
        clase: Clase::ConfiguracionCambiada,
        expediente: None,
        revision: None,
        documento: None,
        quien: String::new(),
    };
    play.msg(Msg::Evento(event));
    let asked = play.asked();
    let [Effect::LoadModelo { generation, .. }] = asked.as_slice() else { panic!("{asked:?}") };
    let mut newer = definicion();
    newer.version = 2;
    play.msg(Msg::Modelo { generation: *generation, answer: Ok(newer) });
    assert_eq!((play.state.modelo.as_ref().unwrap().version, play.state.screen), (2, Screen::Work));
    assert_eq!(play.selected(), 1);
}

#[test]
fn an_unknown_certificate_is_not_clicked_away() {
    let mut play = Play::start();
    let huella = Huella { sha256: "ab".to_owned(), antes: None };
    play.msg(Msg::Untrusted(huella.clone()));
    play.keys("<enter><esc><tab>x");
    assert_eq!((play.state.screen, play.state.quit), (Screen::Trust, false));
    assert!(play.effects().is_empty());
    play.keys("s");
    assert_eq!(play.effects(), [Effect::Trust("ab".to_owned()), Effect::Connect]);
    play.msg(Msg::Untrusted(huella));
    play.keys("n");
    assert!(play.state.quit);
}

#[test]
fn a_certificate_that_changes_under_ones_work_leads_back_to_it() {
    let mut play = Play::work();
    play.keys("e<end>x");
    play.msg(Msg::Untrusted(Huella { sha256: "cd".to_owned(), antes: Some("ab".to_owned()) }));
    play.keys("s");
    play.msg(Msg::Servidor(Ok(servidor())));
    assert_eq!(play.state.screen, Screen::Work);
    assert!(play.state.has_unsaved_edit());
}
