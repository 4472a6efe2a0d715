use crate::dsl::*;
use api::Codigo;
use api::expediente::{CampoCambiado, Conflicto};
use domain::{CampoId, ExpedienteId, Valor};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::msg::{Failure, Msg};
use expedientes::state::Pane;
use expedientes::state::indice::visible_fields;
use expedientes::state::overlay::Overlay;
use std::collections::BTreeMap;

/// A save as it was sent.
#[derive(Debug, Clone, PartialEq)]
struct Sent {
    generation: u64,
    revision: i64,
    campos: BTreeMap<CampoId, Option<Valor>>,
    key: String,
}

fn sent(play: &mut Play) -> Option<Sent> {
    play.asked().into_iter().rev().find_map(|effect| match effect {
        Effect::SaveIndice { generation, revision, campos, key, .. } => {
            Some(Sent { generation, revision, campos, key })
        }
        _ => None,
    })
}

fn fields(campos: &BTreeMap<CampoId, Option<Valor>>) -> Vec<(&str, Option<&Valor>)> {
    campos.iter().map(|(id, valor)| (id.as_str(), valor.as_ref())).collect()
}

fn answer(play: &mut Play, generation: u64, answer: Result<api::expediente::Cambiado, Failure>) {
    play.msg(Msg::IndiceSaved { generation, id: ExpedienteId(1), answer });
}

fn field(play: &Play) -> String {
    play.state.indice.edit.as_ref().expect("the index is being edited").field.to_string()
}

fn typed(play: &Play) -> String {
    play.state.indice.edit.as_ref().expect("the index is being edited").input.value().to_owned()
}

/// Goes to a field by Tab, as a person does.
fn go_to(play: &mut Play, id: &str) {
    for _ in 0..60 {
        if field(play) == id {
            return;
        }
        play.keys("<tab>");
    }
    panic!("there is no field {id}");
}

fn conflicto(revision: i64, campos: &[(&str, &str)]) -> Failure {
    let mut failure = refused(Codigo::RevisionAntigua);
    let campos = campos
        .iter()
        .map(|(id, ahora)| CampoCambiado {
            campo: (*id).into(),
            antes: None,
            ahora: Some(Valor::from(*ahora)),
            quien: "Luis".to_owned(),
            cuando: "2026-11-24T10:00:00Z".to_owned(),
        })
        .collect();
    failure.problem.as_mut().unwrap().conflicto = Some(Conflicto { revision, campos });
    failure
}

#[test]
fn only_what_changed_is_saved_on_the_revision_that_was_seen() {
    let mut play = Play::work();
    play.keys("e");
    assert_eq!(
        (play.state.focus, field(&play).as_str(), typed(&play).as_str()),
        (Pane::Indice, "cliente", "Cliente 1")
    );
    play.keys("<end> y Cía<tab>12345678z<tab><shift-tab>");
    assert_eq!(typed(&play), "12345678Z", "shown as it will be stored");
    play.keys("<ctrl-s>");
    let sent = sent(&mut play).unwrap();
    assert_eq!(sent.revision, 3);
    let (cliente, nif) = (Valor::from("Cliente 1 y Cía"), Valor::from("12345678Z"));
    assert_eq!(fields(&sent.campos), [("cliente", Some(&cliente)), ("nif", Some(&nif))]);
    answer(&mut play, sent.generation, Ok(cambiado(4, &[("cliente", cliente), ("nif", nif)])));
    assert!(play.told("indice-guardado") && play.state.indice.edit.is_none());
}

#[test]
fn what_was_saved_is_on_screen_at_once_in_the_form_and_in_the_row() {
    let mut play = Play::work();
    play.keys("e<end> y Cía<ctrl-s>");
    let saved = sent(&mut play).unwrap();
    let cliente = Valor::from("Cliente 1 y Cía");
    answer(&mut play, saved.generation, Ok(cambiado(4, &[("cliente", cliente.clone())])));
    let detalle = play.state.documentos.detalle.value.as_ref().unwrap();
    assert_eq!((detalle.revision, detalle.indice.get("cliente")), (4, Some(&cliente)));
    assert_eq!(play.state.lista.filas[0].cliente, "Cliente 1 y Cía", "the row follows");
}

#[test]
fn a_save_that_changes_no_gate_costs_no_second_request() {
    let mut play = Play::work();
    play.keys("e");
    go_to(&mut play, "email");
    play.keys("a@b.es<ctrl-s>");
    let saved = sent(&mut play).unwrap();
    answer(&mut play, saved.generation, Ok(cambiado(4, &[("email", Valor::from("a@b.es"))])));
    assert!(play.asked().is_empty());
    // One's own event asks for nothing either.
    play.msg(Msg::Evento(evento(1, 4)));
    assert!(play.effects().is_empty());
    // A field that the gate asks for does.
    play.keys("e");
    go_to(&mut play, "nif");
    play.keys("12345678Z<ctrl-s>");
    let saved = sent(&mut play).unwrap();
    answer(&mut play, saved.generation, Ok(cambiado(5, &[("nif", Valor::from("12345678Z"))])));
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadDetalle { known: Some(4), .. })));
}

fn evento(expediente: i64, revision: i64) -> api::evento::Evento {
    api::evento::Evento {
        seq: 10,
        clase: api::evento::Clase::IndiceCambiado,
        expediente: Some(ExpedienteId(expediente)),
        revision: Some(revision),
        documento: None,
        quien: "ana".to_owned(),
    }
}

#[test]
fn a_wrong_value_is_told_as_one_types_and_is_not_sent() {
    let mut play = Play::work();
    play.keys("e<tab>12345678A");
    assert!(play.state.indice.edit.as_ref().unwrap().errors.contains_key("nif"));
    play.keys("<tab><tab><ctrl-s>");
    assert!(sent(&mut play).is_none() && play.told("indice-con-errores"));
    assert_eq!((field(&play).as_str(), typed(&play).as_str()), ("nif", "12345678A"), "the cursor is where it is wrong");
    play.keys("<backspace>Z");
    assert!(play.state.indice.edit.as_ref().unwrap().errors.is_empty());
}

#[test]
fn options_by_letters_and_by_arrows() {
    let mut play = Play::work();
    play.keys("e");
    go_to(&mut play, "tipo-cliente");
    play.keys("em<tab>");
    play.keys("<shift-tab>");
    assert_eq!(typed(&play), "Empresa");
    play.keys("<up>");
    assert_eq!(typed(&play), "Autónomo");
    play.keys("<ctrl-s>");
    assert_eq!(fields(&sent(&mut play).unwrap().campos), [("tipo-cliente", Some(&Valor::from("autonomo")))]);
}

#[test]
fn yes_and_no_by_space_and_conditions_follow() {
    let mut play = Play::work();
    let asks_for = |play: &Play, id: &str| visible_fields(&play.state).iter().any(|campo| campo.id.as_str() == id);
    play.keys("e");
    go_to(&mut play, "con-tasacion");
    assert!(!asks_for(&play, "vo-tasacion"));
    play.keys(" ");
    assert_eq!(typed(&play), "sí");
    assert!(asks_for(&play, "vo-tasacion"));
    play.keys(" ");
    assert_eq!(typed(&play), "no");
    assert!(!asks_for(&play, "vo-tasacion"));
}

#[test]
fn leaving_asks_only_when_something_would_be_lost() {
    let mut play = Play::work();
    play.keys("e<esc>");
    assert!(play.state.indice.edit.is_none());
    play.keys("e<end>x<esc>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
    play.keys("<enter>");
    assert_eq!(typed(&play), "Cliente 1x", "the default is No");
    play.keys("<esc>s");
    assert!(play.state.indice.edit.is_none());
    play.keys("e<end>x<backspace><esc>");
    assert!(play.state.indice.edit.is_none(), "typed back is no change");
}

#[test]
fn nothing_changed_is_nothing_sent() {
    let mut play = Play::work();
    play.keys("e<ctrl-s>");
    assert!(sent(&mut play).is_none() && play.state.indice.edit.is_none());
}

#[test]
fn a_cut_keeps_the_save_and_sends_the_same_again() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    answer(&mut play, first.generation, Err(offline()));
    assert!(play.told("guardado-pendiente"));
    assert_eq!(typed(&play), "Cliente 1x");
    play.effects.push(Effect::Wake { after_ms: 1_000, timer: Timer::Reconnect });
    play.timer(Timer::Reconnect).msg(Msg::Servidor(Ok(servidor())));
    let again = sent(&mut play).unwrap();
    assert_eq!(
        (again.key.as_str(), again.revision, &again.campos),
        (first.key.as_str(), first.revision, &first.campos)
    );
    answer(&mut play, first.generation, Err(offline()));
    assert!(play.state.indice.edit.is_some(), "the answer to the first is late and means nothing");
    answer(&mut play, again.generation, Ok(cambiado(4, &[("cliente", Valor::from("Cliente 1x"))])));
    assert!(play.state.indice.edit.is_none());
}

#[test]
fn what_is_typed_while_a_save_is_on_its_way_stays_and_goes_out_after_it() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    play.keys("e<tab>12345678Z<ctrl-s>");
    assert!(sent(&mut play).is_none(), "one at a time");
    answer(&mut play, first.generation, Ok(cambiado(4, &[("cliente", Valor::from("Cliente 1x"))])));
    let second = sent(&mut play).unwrap();
    assert_eq!((second.revision, fields(&second.campos)), (4, vec![("nif", Some(&Valor::from("12345678Z")))]));
    assert_ne!(second.key, first.key);
}

#[test]
fn whoever_has_saved_is_out_of_the_form() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    play.keys("1jeDos");
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "Cliente 1x", "nothing more goes into it");
    answer(&mut play, first.generation, Ok(cambiado(4, &[("cliente", Valor::from("Cliente 1x"))])));
    assert_eq!(play.selected(), 2);
    play.detalle(detalle(2, 1, Vec::new()));
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!((edit.expediente.0, edit.input.value()), (2, "Dos"));
}

#[test]
fn what_was_typed_after_a_save_that_is_refused_goes_nowhere() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    play.keys("1jv");
    answer(&mut play, first.generation, Err(conflicto(5, &[("cliente", "Suyo")])));
    assert!(play.told("tecleado-tras-guardar") && play.selected() == 1 && play.state.held.is_empty());
}

#[test]
fn changes_of_different_fields_are_merged_without_asking() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    answer(&mut play, first.generation, Err(conflicto(5, &[("movil", "600000002")])));
    let again = sent(&mut play).unwrap();
    assert_eq!((again.revision, fields(&again.campos)), (5, vec![("cliente", Some(&Valor::from("Cliente 1x")))]));
    assert_ne!(again.key, first.key, "another request, for it stands on another revision");
    assert!(play.told("indice-juntado"));
}

/// Both changed `cliente`; I also `nif`, they also `movil`.
fn in_conflict() -> Play {
    let mut play = Play::work();
    play.keys("e<end>x<tab>12345678Z<ctrl-s>");
    let first = sent(&mut play).unwrap();
    answer(&mut play, first.generation, Err(conflicto(5, &[("cliente", "Suyo"), ("movil", "600000002")])));
    let resolve = play.state.indice.edit.as_ref().unwrap().conflict.as_ref().expect("it asks");
    assert_eq!(resolve.mine.keys().map(CampoId::as_str).collect::<Vec<_>>(), ["cliente"], "only what both changed");
    assert!(sent(&mut play).is_none());
    play
}

#[test]
fn in_a_conflict_mine_can_be_kept() {
    let mut play = in_conflict();
    play.keys("<enter>");
    let again = sent(&mut play).unwrap();
    let (cliente, nif) = (Valor::from("Cliente 1x"), Valor::from("12345678Z"));
    assert_eq!((again.revision, fields(&again.campos)), (5, vec![("cliente", Some(&cliente)), ("nif", Some(&nif))]));
}

#[test]
fn in_a_conflict_theirs_can_be_taken() {
    let mut play = in_conflict();
    play.keys("<right><ctrl-s>");
    let again = sent(&mut play).unwrap();
    assert_eq!((again.revision, fields(&again.campos)), (5, vec![("nif", Some(&Valor::from("12345678Z")))]));
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!(
        (edit.base.get("cliente"), edit.base.get("movil")),
        (Some(&Valor::from("Suyo")), Some(&Valor::from("600000002")))
    );
}

#[test]
fn a_conflict_that_is_left_is_asked_again() {
    let mut play = in_conflict();
    play.keys("<esc>");
    assert_eq!(typed(&play), "12345678Z");
    play.keys("<ctrl-s>");
    assert_eq!(sent(&mut play).unwrap().revision, 3, "on the old revision: the service says so again");
}

#[test]
fn a_save_that_was_done_before_the_cut_is_no_conflict_with_oneself() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    answer(&mut play, first.generation, Err(conflicto(4, &[("cliente", "Cliente 1x")])));
    assert!(play.state.indice.edit.is_none(), "what is there is what was wanted");
    assert!(sent(&mut play).is_none());
}

#[test]
fn others_changes_do_not_touch_what_is_typed() {
    let mut play = Play::work();
    play.keys("e<end>x");
    play.msg(Msg::Evento(evento(1, 4)));
    let mut theirs = detalle(1, 4, Vec::new());
    theirs.indice.insert("movil".into(), Valor::from("600000009"));
    play.detalle(theirs);
    assert!(play.told("indice-cambiado-por-otro"));
    assert_eq!(typed(&play), "Cliente 1x");
    // Documents alone do not matter: the edit just stands on the newer revision.
    let mut play = Play::work();
    play.keys("e<end>x");
    play.msg(Msg::Evento(evento(1, 4))).detalle(detalle(1, 4, Vec::new()));
    assert!(!play.told("indice-cambiado-por-otro"));
    play.keys("<ctrl-s>");
    assert_eq!(sent(&mut play).unwrap().revision, 4);
}

#[test]
fn another_expediente_never_gets_what_was_typed_for_this_one() {
    let mut play = Play::work();
    play.keys("e<end>x").take(expedientes::update::Input::Action(expedientes::action::Action::PaneExpedientes));
    play.keys("j").timer(Timer::DetalleDebounce);
    play.detalle(detalle(2, 1, Vec::new()));
    play.keys("4zz<ctrl-s>");
    assert!(sent(&mut play).is_none());
    play.keys("e");
    assert!(play.told("edicion-en-otro"));
    assert_eq!(play.selected(), 1, "back to the one that is being edited");
    play.detalle(detalle(1, 3, Vec::new()));
    assert_eq!(typed(&play), "Cliente 1x");
    play.keys("y<ctrl-s>");
    assert_eq!(fields(&sent(&mut play).unwrap().campos), [("cliente", Some(&Valor::from("Cliente 1xy")))]);
}

#[test]
fn the_service_names_the_field_that_it_does_not_take() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>");
    let first = sent(&mut play).unwrap();
    let mut failure = refused(Codigo::DatosInvalidos);
    failure.problem.as_mut().unwrap().campos =
        vec![api::problem::CampoMalo { campo: "cliente".to_owned(), mensaje: "No vale.".to_owned() }];
    answer(&mut play, first.generation, Err(failure));
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!((edit.errors.get("cliente").map(String::as_str), edit.input.value()), (Some("No vale."), "Cliente 1x"));
}

#[test]
fn undo_asks_and_history_undoes_one() {
    let mut play = Play::work();
    play.keys("<ctrl-z>");
    let asked = play.asked();
    let [Effect::LoadHistory { generation, .. }] = asked.as_slice() else { panic!("{asked:?}") };
    let last = api::expediente::HistorialEntrada {
        revision: 3,
        cuando: String::new(),
        quien: "Luis".to_owned(),
        clase: api::evento::Clase::IndiceCambiado,
        campos: Vec::new(),
        texto: String::new(),
        deshacible: true,
    };
    play.msg(Msg::History { generation: *generation, answer: Ok(vec![last]) }).keys("s");
    let asked = play.asked();
    let [Effect::Write { key, write: Write::Undo { id, revision: Some(3) } }] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    play.msg(Msg::Undone { key: key.clone(), id: *id, answer: Ok(cambiado(4, &[])) });
    assert!(play.told("deshecho"));
    play.effects.clear();
    play.keys("h");
    let generation = play.state.generation;
    let entry = |revision, deshacible| api::expediente::HistorialEntrada {
        revision,
        cuando: String::new(),
        quien: "Ana".to_owned(),
        clase: api::evento::Clase::IndiceCambiado,
        campos: Vec::new(),
        texto: String::new(),
        deshacible,
    };
    play.msg(Msg::History { generation, answer: Ok(vec![entry(3, false), entry(2, true)]) });
    play.keys("<enter>");
    assert!(play.told("no-deshacible"));
    play.effects.clear();
    play.keys("j<enter>s");
    assert!(matches!(play.asked().as_slice(), [Effect::Write { write: Write::Undo { revision: Some(2), .. }, .. }]));
}

#[test]
fn a_megabyte_pasted_into_a_field_is_cut_and_told() {
    let mut play = Play::work();
    play.keys("e").paste(&"á\u{1b}[31m".repeat(250_000));
    assert!(play.told("pegado-cortado"));
    assert!(typed(&play).chars().count() <= 400 && !typed(&play).contains('\u{1b}'));
}

#[test]
fn a_new_expediente_is_created_once_and_selected() {
    let mut play = Play::work();
    play.keys("n<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::NewExpediente(_))));
    play.keys("Gil Ferrer, Marta<ctrl-s>");
    assert!(play.told("nuevo-sin-asesor"));
    play.keys("<pagedown><ctrl-s>");
    let created = |play: &mut Play| {
        play.asked().into_iter().find_map(|effect| match effect {
            Effect::Create { generation, nuevo, key } => Some((generation, nuevo, key)),
            _ => None,
        })
    };
    let (generation, nuevo, key) = created(&mut play).unwrap();
    assert_eq!(nuevo.indice.get("cliente"), Some(&Valor::from("Gil Ferrer, Marta")));
    assert_eq!(nuevo.asesor.as_deref(), Some("ana"), "a jefe says whose it is");
    play.keys("<ctrl-s>");
    assert!(created(&mut play).is_none(), "one at a time");
    play.msg(Msg::Created { generation, answer: Err(offline()) });
    play.keys("<ctrl-s>");
    let (generation, _, again) = created(&mut play).unwrap();
    assert_eq!(again, key, "the same key: never twice");
    play.msg(Msg::Created { generation, answer: Ok(detalle(77, 1, Vec::new())) });
    assert!(play.state.overlays.is_empty() && play.told("expediente-creado"));
    assert_eq!(play.selected(), 77);
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadDetalle { id, .. } if id.0 == 77)));
}

#[test]
fn a_new_expediente_that_is_left_asks() {
    let mut play = Play::work();
    play.keys("n<enter>x<esc>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(_))));
    play.keys("n");
    assert!(matches!(play.state.top(), Some(Overlay::NewExpediente(_))));
    play.keys("<esc>s");
    assert!(play.state.overlays.is_empty());
}

#[test]
fn up_and_down_follow_the_grid() {
    let mut play = Play::work();
    play.state.indice.columns = 2;
    // Cliente has six fields, on three rows; vehículo begins a row of its own.
    let names = |play: &Play| visible_fields(&play.state)[play.state.indice.selected].id.to_string();
    play.keys("4jj");
    assert_eq!(names(&play), "email");
    play.keys("j");
    assert_eq!(names(&play), "marca");
    play.keys("kk");
    assert_eq!(names(&play), "tipo-cliente");
    play.keys("kkkkG");
    let last = visible_fields(&play.state).len() - 1;
    assert_eq!(play.state.indice.selected, last);
}

#[test]
fn the_first_character_takes_the_place_of_the_value_and_a_movement_keeps_it() {
    let mut play = Play::work();
    play.keys("eGil");
    assert_eq!(typed(&play), "Gil");
    play.keys("<tab><shift-tab><left>x");
    assert_eq!(typed(&play), "Gixl");
    play.keys("<tab><shift-tab><backspace>");
    assert_eq!(typed(&play), "");
}
