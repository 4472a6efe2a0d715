//! Where one is stays where one is: selection, marks, the row one works in, the field with the cursor.

use crate::dsl::*;
use api::Codigo;
use api::expediente::{CampoCambiado, Conflicto};
use domain::EstadoDocumento::Pendiente;
use domain::{ExpedienteId, Rol, Valor};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::i18n::Text;
use expedientes::msg::Msg;
use expedientes::state::Pane;
use expedientes::state::indice::visible_fields;
use expedientes::state::overlay::Overlay;
use expedientes::update::Input;
use expedientes::view::hit::{Gesture, Hit, Target};

fn marked(play: &Play) -> Vec<i64> {
    play.state.lista.marked.iter().map(|id| id.0).collect()
}

fn nine() -> Play {
    Play::work_with(Rol::JefeVentas, (1..=9).map(fila).collect())
}

/// The field with the cursor, and the one that is shown as selected.
fn fields(play: &Play) -> (String, String) {
    let edit = play.state.indice.edit.as_ref().expect("the index is being edited");
    let shown = visible_fields(&play.state)[play.state.indice.selected].id.to_string();
    (edit.field.to_string(), shown)
}

#[test]
fn a_range_begins_at_its_row_even_when_rows_come_above_it() {
    let mut play = nine();
    play.keys("jV");
    play.keys("R").lista(lista((100..=102).chain(1..=9), None));
    play.keys("jjV");
    assert_eq!(marked(&play), [2, 3, 4]);
}

#[test]
fn esc_forgets_where_a_range_began() {
    let mut play = nine();
    play.keys(" <esc>");
    play.keys("jjjV");
    assert_eq!(marked(&play), [5], "a range begins here, not where one had marked before");
}

#[test]
fn marks_on_documents_that_are_gone_are_none() {
    let mut play = Play::work();
    play.keys("2  ");
    assert_eq!(play.state.documentos.marked.len(), 2);
    play.keys("R").detalle(detalle(1, 4, vec![documento(12, 1, "dni", Pendiente)]));
    play.effects.clear();
    play.keys("v");
    let validated = play
        .effects()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Write { write: Write::Validate { .. }, .. }))
        .count();
    assert_eq!(validated, 1);
}

#[test]
fn documents_of_the_expediente_before_take_no_marks() {
    let mut play = Play::work();
    play.keys("j2 V");
    assert!(play.state.documentos.marked.is_empty());
}

#[test]
fn the_expediente_one_edits_stays_when_the_search_has_it_no_more() {
    let mut play = Play::work();
    play.keys("e<end>x");
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([2, 3], None));
    assert_eq!(play.selected(), 1);
    play.effects.clear();
    // What is typed now must not become a command on another expediente.
    play.keys("vxad");
    assert!(play.effects().is_empty() && play.state.overlays.is_empty());
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "Cliente 1xvxad");
    // Once left, the next refresh takes it away.
    play.keys("<esc>s1j").timer(Timer::DetalleDebounce);
    play.detalle(detalle(2, 1, Vec::new()));
    play.keys("R").lista(lista([2, 3], None));
    assert_eq!(play.state.lista.filas.iter().map(|fila| fila.id.0).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(play.selected(), 2);
}

#[test]
fn the_one_whose_documents_are_being_checked_stays_too() {
    let mut play = Play::work();
    play.keys("2");
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([2, 3], None));
    play.keys("v");
    let asked = play.asked();
    assert!(
        asked.iter().any(|effect| matches!(effect, Effect::Write { write: Write::Validate { documento, .. }, .. } if documento.0 == 11)),
        "{asked:?}"
    );
}

#[test]
fn coming_back_to_an_edit_the_cursor_is_where_it_was() {
    let mut play = Play::work();
    play.keys("e<tab><tab>").keys("x");
    let before = fields(&play);
    assert_eq!(before.0, before.1);
    play.take(Input::Action(expedientes::action::Action::PaneExpedientes));
    play.keys("j").timer(Timer::DetalleDebounce).detalle(detalle(2, 1, Vec::new()));
    play.keys("k").timer(Timer::DetalleDebounce).detalle(detalle(1, 3, Vec::new()));
    play.keys("4");
    assert_eq!(fields(&play), before);
}

#[test]
fn page_keys_and_clicks_move_the_cursor_and_never_into_a_field_that_cannot_be_edited() {
    let mut play = Play::work();
    let mut definicion = definicion();
    for id in ["cliente", "movil"] {
        definicion.modelo.campos.iter_mut().find(|campo| campo.id.as_str() == id).unwrap().solo_lectura = true;
    }
    play.state.modelo = Some(definicion.into());
    let place =
        |play: &Play, id: &str| visible_fields(&play.state).iter().position(|campo| campo.id.as_str() == id).unwrap();
    play.keys("e");
    let first = fields(&play);
    assert_ne!(first.0, "cliente");
    for _ in 0..30 {
        play.keys("<pagedown>");
        let (field, shown) = fields(&play);
        assert_eq!(field, shown);
    }
    assert_ne!(fields(&play), first);
    for _ in 0..30 {
        play.keys("<pageup>");
    }
    assert_eq!(fields(&play), first);
    let row = place(&play, "movil");
    play.take(Input::Mouse(Hit { target: Target::Row(Pane::Indice, row), gesture: Gesture::Click, at: (0, 0) }));
    assert_eq!(fields(&play), first, "a click on it moves nothing");
    let row = place(&play, "email");
    play.take(Input::Mouse(Hit { target: Target::Row(Pane::Indice, row), gesture: Gesture::Click, at: (0, 0) }));
    assert_eq!(fields(&play), ("email".to_owned(), "email".to_owned()));
}

#[test]
fn another_expedientes_form_does_not_move_the_cursor_of_the_edit() {
    let mut play = Play::work();
    play.keys("e<tab>x").take(Input::Action(expedientes::action::Action::PaneExpedientes));
    play.keys("j").timer(Timer::DetalleDebounce).detalle(detalle(2, 1, Vec::new()));
    play.take(Input::Mouse(Hit { target: Target::Row(Pane::Indice, 4), gesture: Gesture::Click, at: (0, 0) }));
    assert_eq!(play.state.indice.selected, 4);
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!((edit.field.as_str(), edit.input.value()), ("nif", "x"));
}

fn conflicto() -> expedientes::msg::Failure {
    let mut failure = refused(Codigo::RevisionAntigua);
    let campo = CampoCambiado {
        campo: "cliente".into(),
        antes: None,
        ahora: Some(Valor::from("Suyo")),
        quien: "Luis".to_owned(),
        cuando: "2026-11-24T10:00:00Z".to_owned(),
    };
    failure.problem.as_mut().unwrap().conflicto = Some(Conflicto { revision: 5, campos: vec![campo] });
    failure
}

fn generation(play: &Play) -> u64 {
    play.state.indice.edit.as_ref().unwrap().saving.as_ref().unwrap().generation
}

#[test]
fn a_conflict_is_told_even_when_something_typed_since_is_wrong() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>").msg(Msg::ListenLost(offline())).keys("e<tab>123");
    let generation = generation(&play);
    play.msg(Msg::IndiceSaved { generation, id: ExpedienteId(1), answer: Err(conflicto()) });
    assert!(play.told("indice-conflicto"));
    play.keys("<ctrl-s>");
    assert!(play.told("indice-con-errores"));
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!((edit.field.as_str(), edit.input.value(), edit.revision), ("nif", "123", 5));
}

#[test]
fn a_conflict_of_another_expediente_does_not_take_the_focus() {
    let mut play = Play::work();
    play.keys("e<end>x<ctrl-s>").take(Input::Action(expedientes::action::Action::PaneExpedientes));
    let generation = generation(&play);
    play.msg(Msg::ListenLost(offline()));
    play.keys("j").timer(Timer::DetalleDebounce).detalle(detalle(2, 1, Vec::new()));
    play.msg(Msg::IndiceSaved { generation, id: ExpedienteId(1), answer: Err(conflicto()) });
    assert_eq!(play.state.focus, Pane::Expedientes);
    assert!(play.told("indice-conflicto"));
    play.keys("e").detalle(detalle(1, 5, Vec::new()));
    assert!(play.state.indice.edit.as_ref().unwrap().conflict.is_some() && play.state.focus == Pane::Indice);
}

#[test]
fn esc_in_the_search_box_leads_back_to_the_row_one_was_on() {
    let mut play = nine();
    play.keys("jjjj/gil").timer(Timer::SearchDebounce);
    play.lista(lista([77], None));
    assert_eq!(play.selected(), 77);
    play.keys("<esc>").lista(lista(1..=9, None));
    assert_eq!(play.selected(), 5);
    play.keys("/oria").timer(Timer::SearchDebounce);
    play.keys("<esc>").lista(lista(1..=3, None));
    assert_eq!(play.selected(), 1, "unless it is not there any more");
}

#[test]
fn marks_outlive_a_search_and_the_question_names_all_of_them() {
    let mut play = nine();
    play.keys(" /gil<enter>").lista(lista([50], None));
    play.keys(" a");
    let Some(Overlay::Confirm(confirm)) = play.state.top() else { panic!("it asks") };
    let Text::Key(_, args) = &confirm.question else { panic!("it is a sentence of the catalogue") };
    assert!(args.contains(&("numeros", "26-00050, 26-00001".into())), "{args:?}");
}

#[test]
fn a_range_never_takes_a_mark_away() {
    let mut play = Play::work();
    play.keys("2 k<esc> ");
    play.state.documentos.anchor = None;
    play.keys("kV");
    assert_eq!(play.state.documentos.marked.len(), 1);
}

#[test]
fn intro_goes_in_as_far_as_the_page_on_the_whole_screen_and_esc_the_same_way_back() {
    let mut play = Play::work();
    play.state.preview.sheet.pages = Some(3);
    play.keys("<enter><enter><enter>");
    assert!(play.state.zoomed && play.state.focus == Pane::Preview);
    play.state.preview.sheet.page = 1;
    play.keys("<enter>");
    assert_eq!(play.state.preview.sheet.page, 2, "there it turns pages");
    play.keys("<esc>");
    assert!(!play.state.zoomed && play.state.focus == Pane::Preview);
    play.keys("<esc><esc>");
    assert_eq!(play.state.focus, Pane::Expedientes);
    // Where one pane fills the screen in any case there is no further in.
    play.take(Input::Resize(80, 24));
    play.state.focus = Pane::Preview;
    play.keys("<enter>");
    assert!(!play.state.zoomed && play.state.preview.sheet.page == 3);
}

#[test]
fn a_pane_that_was_made_small_leaves_no_room_unused_when_it_is_large_again() {
    let mut play = nine();
    play.keys("G");
    play.state.lista.height = 0;
    expedientes::update::lista::keep_visible(&mut play.state);
    play.state.lista.height = 1;
    expedientes::update::lista::keep_visible(&mut play.state);
    assert_eq!(play.state.lista.offset, 8);
    play.state.lista.height = 30;
    expedientes::update::lista::keep_visible(&mut play.state);
    assert_eq!((play.state.lista.offset, play.selected()), (0, 9));
}
