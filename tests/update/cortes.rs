//! What a cut, or an ended session, finds on its way.

use crate::dsl::*;
use api::Codigo;
use api::evento::{Clase, Evento};
use api::sesion::SesionNueva;
use domain::EstadoDocumento::Validado;
use domain::{ExpedienteId, Rol};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::msg::{Failure, FailureKind, Msg};
use expedientes::state::Screen;
use expedientes::state::conexion::{EstadoConexion, Huella};
use expedientes::state::overlay::Overlay;

/// The line comes back.
fn back(play: &mut Play) -> Vec<Effect> {
    play.timer(Timer::Reconnect).msg(Msg::Servidor(Ok(servidor())));
    play.asked()
}

fn writes(effects: &[Effect]) -> Vec<Effect> {
    effects.iter().filter(|effect| effect.is_write()).cloned().collect()
}

fn sign_in_again(play: &mut Play) -> Vec<Effect> {
    play.keys("clave<enter>").effects.clear();
    let (generation, _) = play.state.sesion.pending.unwrap();
    let nueva = SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: persona(Rol::JefeVentas) };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    play.asked()
}

#[test]
fn checks_that_were_cut_go_out_again_under_their_keys_and_in_their_order() {
    let mut play = Play::work();
    play.keys("2vx").keys("no se lee<enter>");
    let sent = writes(&play.asked());
    assert_eq!(sent.len(), 2);
    play.documento(11, Err(offline()));
    play.documento(12, Err(offline()));
    assert!(play.told("cambio-espera"));
    assert_eq!(play.state.documentos.writing.len(), 2, "still on their way");
    assert_eq!(writes(&back(&mut play)), sent);
    play.documento(11, Ok(documento(11, 1, "pedido", Validado)));
    assert!(play.told("documento-validado"));
    play.documento(12, Err(refused(Codigo::Estado)));
    assert!(play.told("documento-no-cambiado"), "a refusal is final");
    assert_eq!(play.state.outbox.writes.len(), 0);
    play.msg(Msg::ListenLost(offline()));
    assert!(writes(&back(&mut play)).is_empty(), "done once");
}

#[test]
fn two_changes_of_one_document_are_told_apart() {
    let mut play = Play::work();
    play.keys("2v").keys("kx").keys("no es suyo<enter>");
    let sent = writes(&play.asked());
    let [
        Effect::Write { write: Write::Validate { .. }, .. },
        Effect::Write { key, write: Write::Reject { documento: id, .. } },
    ] = sent.as_slice()
    else {
        panic!("{sent:?}")
    };
    // The second one is answered first: the first one is still on its way.
    let answer = Ok(documento(11, 1, "pedido", domain::EstadoDocumento::Rechazado));
    play.msg(Msg::DocumentoChanged { key: key.clone(), documento: *id, answer });
    play.documento(11, Err(offline()));
    assert_eq!(writes(&back(&mut play)), sent[..1]);
}

#[test]
fn they_go_out_again_after_an_ended_session_too() {
    let mut play = Play::work();
    play.keys("as");
    let sent = writes(&play.asked());
    play.fase(1, Err(session_ended()));
    assert!(matches!(play.state.top(), Some(Overlay::SignInAgain)));
    assert_eq!(writes(&sign_in_again(&mut play)), sent);
}

#[test]
fn another_person_sends_nothing_of_the_one_before() {
    let mut play = Play::work();
    play.keys("2v");
    play.documento(11, Err(session_ended()));
    play.keys("clave<enter>");
    let (generation, _) = play.state.sesion.pending.unwrap();
    let mut other = persona(Rol::JefeVentas);
    other.id = domain::UsuarioId(2);
    play.effects.clear();
    play.msg(Msg::SignedIn {
        generation,
        answer: Ok(SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: other }),
    });
    assert!(writes(&play.effects).is_empty() && play.state.outbox.writes.is_empty());
}

#[test]
fn leaving_asks_while_a_change_waits_for_the_line() {
    let mut play = Play::work();
    play.keys("2v");
    play.documento(11, Err(offline()));
    play.keys("q");
    assert!(!play.state.quit && matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
}

#[test]
fn the_stream_alone_does_not_make_it_online() {
    let mut play = Play::work();
    play.keys("4e<end>x<ctrl-s>");
    let generation = play.state.indice.edit.as_ref().unwrap().saving.as_ref().unwrap().generation;
    play.msg(Msg::IndiceSaved { generation, id: ExpedienteId(1), answer: Err(offline()) });
    // The stream had been asked for before, and opens now: the save still has to go out.
    play.msg(Msg::Listening { seq: 7 });
    assert!(matches!(play.state.conexion.estado, EstadoConexion::SinConexion { .. }));
    assert!(back(&mut play).iter().any(|effect| matches!(effect, Effect::SaveIndice { .. })));
}

#[test]
fn a_proxy_that_answers_nonsense_is_tried_again() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Err(Failure::broken())));
    assert_eq!(play.state.mensajes.log.len(), 1, "and it is told");
    play.timer(Timer::Reconnect);
    play.msg(Msg::Servidor(Err(Failure::of(FailureKind::Refused, "No."))));
    play.timer(Timer::Reconnect);
    play.msg(Msg::Servidor(Ok(servidor())));
    assert_eq!(play.state.screen, Screen::SignIn);
}

fn choosing() -> Play {
    let mut play = Play::work();
    play.keys("<ctrl-e>");
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn", "postventa"])) });
    play.effects.clear();
    play
}

#[test]
fn what_happens_while_one_chooses_is_caught_up_with() {
    let mut play = choosing();
    let evento = Evento {
        seq: 9,
        clase: Clase::IndiceCambiado,
        expediente: Some(ExpedienteId(1)),
        revision: Some(4),
        documento: None,
        quien: "luis".to_owned(),
    };
    play.msg(Msg::Evento(evento)).effects.clear();
    play.keys("<esc>");
    let asked = play.asked();
    assert!(asked.iter().any(|effect| matches!(effect, Effect::LoadDetalle { .. })), "{asked:?}");
    assert!(asked.iter().any(|effect| matches!(effect, Effect::LoadLista { .. })));
}

#[test]
fn a_session_that_ends_while_one_chooses_leaves_no_deaf_panes() {
    let mut play = choosing();
    play.msg(Msg::ListenLost(session_ended()));
    assert_eq!(play.state.screen, Screen::SignIn);
    sign_in_again(&mut play);
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn", "postventa"])) });
    play.keys("<esc>");
    assert_eq!(play.state.screen, Screen::Work);
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::Listen { .. })));
}

#[test]
fn a_choice_that_is_left_while_it_loads_changes_nothing() {
    let mut play = choosing();
    play.keys("postv<enter>");
    let late = play.state.eleccion.modelo_pending.unwrap();
    play.keys("<esc><esc>");
    assert_eq!(play.state.screen, Screen::Work);
    let mut other = definicion();
    other.version = 99;
    play.msg(Msg::Modelo { generation: late, answer: Ok(other) });
    assert_eq!(play.state.modelo.as_ref().unwrap().version, 1, "the fields of another modelo never come into this one");
}

#[test]
fn a_configuration_that_the_cut_kept_away_comes_after_it() {
    let mut play = Play::work();
    play.msg(Msg::Evento(Evento {
        seq: 5,
        clase: Clase::ConfiguracionCambiada,
        expediente: None,
        revision: None,
        documento: None,
        quien: String::new(),
    }));
    let generation = play.state.eleccion.modelo_pending.unwrap();
    play.msg(Msg::Modelo { generation, answer: Err(offline()) });
    assert!(back(&mut play).iter().any(|effect| matches!(effect, Effect::LoadModelo { .. })));
}

#[test]
fn a_certificate_comes_before_whatever_is_open_and_leaving_before_it() {
    let mut play = Play::work();
    play.keys("4e<end>x").msg(Msg::ListenLost(session_ended()));
    play.msg(Msg::Untrusted(Huella { sha256: "cd".to_owned(), antes: Some("ab".to_owned()) }));
    assert!(play.state.top().is_none(), "the form for signing in again waits under it");
    play.keys("<ctrl-c>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(_))) && !play.state.quit);
    play.keys("n").effects.clear();
    play.keys("s");
    assert!(play.effects().contains(&Effect::Trust("cd".to_owned())));
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(matches!(play.state.top(), Some(Overlay::SignInAgain)));
    assert!(sign_in_again(&mut play).iter().any(|effect| matches!(effect, Effect::Listen { .. })));
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "Cliente 1x");
}

#[test]
fn what_waits_goes_out_while_one_chooses_too() {
    let mut play = Play::work();
    play.keys("2v");
    let sent = writes(&play.asked());
    play.keys("<ctrl-e>");
    play.documento(11, Err(offline()));
    assert_eq!(writes(&back(&mut play)), sent);
    play.documento(11, Err(session_ended()));
    assert_eq!(play.state.screen, Screen::SignIn);
    assert_eq!(writes(&sign_in_again(&mut play)), sent);
}
