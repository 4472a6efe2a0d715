//! What is told, for how long, and what takes it away.

use crate::dsl::*;
use domain::Valor;
use expedientes::effect::{Effect, Timer};
use expedientes::i18n::{Arg, Text};
use expedientes::msg::Msg;
use expedientes::state::mensajes::Nivel;
use expedientes::state::overlay::Overlay;
use expedientes::state::transfers::{EstadoTransfer, Pick};
use expedientes::update::mensajes;
use std::path::PathBuf;

/// So many uploads have been chosen together.
fn uploading(play: &mut Play, n: usize) -> Vec<u64> {
    let pick = |at: usize| {
        let nombre = format!("dni {at}.pdf");
        Pick { path: PathBuf::from("/tmp").join(&nombre), nombre, bytes: 10, tipo: None }
    };
    play.msg(Msg::Files { picks: (0..n).map(pick).collect(), refused: Vec::new() });
    play.effects.clear();
    play.keys("<enter>");
    let started = |effect: Effect| match effect {
        Effect::StartTransfer { id, .. } => Some(id),
        _ => None,
    };
    play.effects().into_iter().filter_map(started).collect()
}

fn ends(play: &mut Play, id: u64, estado: EstadoTransfer) {
    play.msg(Msg::Transfer { id, done: 10, total: 10, rate: 5, estado });
}

fn failed() -> EstadoTransfer {
    EstadoTransfer::Fallido("Ese formato no se admite.".to_owned())
}

fn arg(play: &Play, key: &str, name: &str) -> Option<Arg> {
    let found = play.state.mensajes.toasts.iter().find_map(|toast| match &toast.mensaje.texto {
        Text::Key(k, args) if *k == key => Some(args.clone()),
        _ => None,
    })?;
    found.into_iter().find(|(n, _)| *n == name).map(|(_, arg)| arg)
}

#[test]
fn an_error_is_not_pushed_out_by_what_went_well() {
    let mut play = Play::work();
    mensajes::error(&mut play.state, "Algo ha fallado.".into());
    for n in 0..10usize {
        mensajes::done(&mut play.state, Text::key("subidas-en-cola").with("n", n));
    }
    let toasts = &play.state.mensajes.toasts;
    assert_eq!(toasts.len(), 3);
    assert_eq!(toasts[0].mensaje.nivel, Nivel::Error);
    assert_eq!(arg(&play, "subidas-en-cola", "n"), Some(Arg::Number(8)), "of those the newest two stay");
}

#[test]
fn an_error_stays_until_somebody_is_at_the_keyboard() {
    let mut play = Play::work();
    let told = mensajes::error(&mut play.state, "Algo ha fallado.".into());
    play.effects.extend(told);
    play.timer(Timer::Toast);
    assert_eq!(play.state.mensajes.toasts.len(), 1, "nobody has been there to read it");
    play.keys("j");
    assert!(play.state.mensajes.toasts.is_empty());
    // Whoever is there from the beginning needs press none after it.
    let told = mensajes::error(&mut play.state, "Algo ha fallado.".into());
    play.effects.extend(told);
    play.keys("k");
    assert_eq!(play.state.mensajes.toasts.len(), 1, "not before its time");
    play.timer(Timer::Toast);
    assert!(play.state.mensajes.toasts.is_empty());
}

#[test]
fn over_the_keys_of_a_low_terminal_nothing_stays_long() {
    for (size, stays) in [((80, 24), 3_500), ((40, 10), 2_500)] {
        let mut play = Play::work();
        play.state.size = size;
        mensajes::done(&mut play.state, Text::key("hecho"));
        assert_eq!(play.state.mensajes.toasts[0].until - play.state.now, stays);
    }
}

#[test]
fn that_an_upload_waits_is_not_told_when_it_is_done() {
    let mut play = Play::work();
    let ids = uploading(&mut play, 2);
    play.msg(Msg::TransferCut { id: ids[0], failure: offline() });
    assert!(play.told("subida-espera"));
    play.msg(Msg::Servidor(Ok(servidor())));
    ends(&mut play, ids[0], EstadoTransfer::Hecho(None));
    assert!(!play.told("subida-espera"));
    ends(&mut play, ids[1], EstadoTransfer::Hecho(None));
    assert!(play.told("tanda-hecha"));
}

#[test]
fn several_uploads_are_summed_up_when_the_last_has_ended() {
    let mut play = Play::work();
    let ids = uploading(&mut play, 7);
    ends(&mut play, ids[0], failed());
    for id in &ids[1..6] {
        ends(&mut play, *id, EstadoTransfer::Hecho(None));
    }
    assert!(play.told("transferencia-fallida") && !play.told("tanda-con-errores"));
    ends(&mut play, ids[6], EstadoTransfer::Hecho(None));
    assert_eq!(arg(&play, "tanda-con-errores", "n"), Some(Arg::Number(6)));
    assert_eq!(arg(&play, "tanda-con-errores", "mal"), Some(Arg::Number(1)));
    assert_eq!(arg(&play, "tanda-con-errores", "nombre"), Some("dni 0.pdf".into()));
    assert_eq!(play.state.mensajes.toasts.len(), 1, "in place of what was told of each");
    let log = &play.state.mensajes.log;
    let kept = |key: &str| log.iter().filter(|one| matches!(&one.texto, Text::Key(k, _) if *k == key)).count();
    assert_eq!((kept("subida-hecha"), kept("transferencia-fallida")), (6, 1), "all of it is in the log");
}

#[test]
fn the_sum_is_told_once_and_says_when_all_went_well() {
    let mut play = Play::work();
    let ids = uploading(&mut play, 3);
    ends(&mut play, ids[0], EstadoTransfer::Hecho(None));
    ends(&mut play, ids[1], EstadoTransfer::Hecho(None));
    // The last one is ended by the person: there is nothing to wait for any more.
    play.keys("wds<esc>");
    assert_eq!(arg(&play, "tanda-hecha", "n"), Some(Arg::Number(2)));
    let ids = uploading(&mut play, 1);
    ends(&mut play, ids[0], EstadoTransfer::Hecho(None));
    assert!(play.told("subida-hecha"), "one alone is told by its name");
    assert_eq!(play.state.transfers.of_tanda().count(), 0);
}

#[test]
fn a_failed_upload_that_is_done_at_last_is_no_error_any_more() {
    let mut play = Play::work();
    let ids = uploading(&mut play, 1);
    ends(&mut play, ids[0], failed());
    assert!(play.told("transferencia-fallida"));
    play.keys("w<enter><esc>");
    assert!(!play.told("transferencia-fallida"));
    ends(&mut play, ids[0], EstadoTransfer::Hecho(None));
    assert!(play.told("subida-hecha"));
}

#[test]
fn a_wrong_field_is_not_told_of_when_the_save_has_succeeded() {
    let mut play = Play::work();
    play.keys("e<tab>12345678A<ctrl-s>");
    assert!(play.told("indice-con-errores"));
    play.keys("<backspace>Z<ctrl-s>");
    let saving = play.state.indice.edit.as_ref().unwrap().saving.as_ref().unwrap().generation;
    let answer = Ok(cambiado(4, &[("nif", Valor::from("12345678Z"))]));
    play.msg(Msg::IndiceSaved { generation: saving, id: domain::ExpedienteId(1), answer });
    assert!(play.told("indice-guardado") && !play.told("indice-con-errores"));
}

#[test]
fn what_is_thrown_away_is_not_told_of() {
    let mut play = Play::work();
    play.keys("e<tab>12345678A<ctrl-s>");
    assert!(play.told("indice-con-errores"));
    play.keys("<esc>");
    if matches!(play.state.top(), Some(Overlay::Confirm(_))) {
        play.keys("s");
    }
    assert!(play.state.indice.edit.is_none() && !play.told("indice-con-errores"));
}

#[test]
fn a_refused_document_is_not_told_of_when_it_is_checked_at_last() {
    let mut play = Play::work();
    play.keys("2v").documento(11, Err(refused(api::Codigo::Estado)));
    assert!(play.told("documento-no-cambiado"));
    play.keys("kv").documento(11, Ok(documento(11, 1, "pedido", domain::EstadoDocumento::Validado)));
    assert!(play.told("documento-validado") && !play.told("documento-no-cambiado"));
}

/// The reason that is being typed.
fn reason(play: &Play) -> &str {
    match play.state.top() {
        Some(Overlay::Prompt(prompt)) => prompt.input.value(),
        other => panic!("no reason: {other:?}"),
    }
}

#[test]
fn a_reason_left_with_esc_is_there_for_the_same_thing_and_for_no_other() {
    let mut play = Play::work();
    play.keys("2xfalta la firma<esc>jx");
    assert_eq!(reason(&play), "", "another document");
    play.keys("<esc>kx");
    assert_eq!(reason(&play), "falta la firma");
    play.keys(" aquí<esc>x");
    assert_eq!(reason(&play), "falta la firma aquí");
    play.keys("<ctrl-u><esc>x");
    assert_eq!(reason(&play), "", "what was taken away is not kept");
    play.keys("borrosa<enter>");
    assert!(play.state.borradores.is_empty(), "it has been given");
}
