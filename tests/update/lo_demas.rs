use crate::dsl::*;
use crossterm::event::{KeyCode, KeyModifiers};
use domain::Rol;
use expedientes::action::Action;
use expedientes::action::info::{TABLE, disabled_reason};
use expedientes::effect::{Effect, Timer};
use expedientes::input::{KeyPress, Keymap};
use expedientes::msg::Msg;
use expedientes::state::overlay::{Chosen, Overlay};
use expedientes::state::{Pane, Screen};
use expedientes::update::Input;
use expedientes::view::hit::{Gesture, Hit, Target};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn q_leaves_and_an_unsaved_field_asks() {
    let mut play = Play::work();
    play.keys("q");
    assert!(play.state.quit);
    let mut play = Play::work();
    play.keys("ex<ctrl-c>");
    assert!(!play.state.quit && matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
    play.keys("<enter>");
    assert!(!play.state.quit && play.state.has_unsaved_edit());
}

#[test]
fn the_palette_finds_actions_and_says_why_one_cannot_be_done() {
    let mut play = Play::work();
    play.keys(":");
    let Some(Overlay::Picker(picker)) = play.state.top() else { panic!("the palette is open") };
    assert_eq!(picker.items.len(), TABLE.len());
    assert!(picker.items.iter().any(|item| item.disabled.is_some()));
    play.keys("<esc>");
    assert!(play.state.overlays.is_empty());
}

#[test]
fn the_new_menu_shows_what_cannot_be_made_here_and_why() {
    let mut play = Play::work();
    let mut definicion = definicion();
    definicion.modelo.plantillas.clear();
    play.state.modelo = Some(definicion.into());
    play.keys("n");
    let Some(Overlay::Picker(picker)) = play.state.top() else { panic!("the menu is open") };
    let disabled = picker.items.iter().filter(|item| item.disabled.is_some()).count();
    assert_eq!((picker.items.len(), disabled), (5, 1));
    play.keys("<down><down><enter>");
    assert!(play.told("no-plantillas") && matches!(play.state.top(), Some(Overlay::Picker(_))));
}

#[test]
fn copying_goes_to_the_terminal() {
    let mut play = Play::work();
    play.keys("y<enter>");
    assert_eq!(play.asked(), [Effect::Copy("26-00001".to_owned())]);
    play.msg(Msg::Copied(Ok(())));
    assert!(play.told("copiado"));
}

#[test]
fn soporte_reads_and_changes_nothing() {
    let mut play = Play::work_with(Rol::Soporte, vec![fila(1)]);
    let mut seen = detalle(1, 4, vec![documento(11, 1, "pedido", domain::EstadoDocumento::Pendiente)]);
    seen.permisos = vec![domain::Permiso::Ver];
    play.keys("R").detalle(seen);
    for action in [
        Action::EditIndice,
        Action::Upload,
        Action::Validate,
        Action::Reject,
        Action::Delete,
        Action::Advance,
        Action::Force,
        Action::NewExpediente,
    ] {
        assert_eq!(disabled_reason(action, &play.state), Some("no-permiso"), "{action:?}");
    }
    assert_eq!(disabled_reason(Action::History, &play.state), None);
}

#[test]
fn own_sequences_wait_for_their_second_key() {
    let mut play = Play::work();
    let own =
        BTreeMap::from([("last".to_owned(), vec!["g e".to_owned()]), ("first".to_owned(), vec!["g g".to_owned()])]);
    play.state.keymap = Keymap::new(&own).0.into();
    play.keys("g");
    assert_eq!(play.state.pending_keys.len(), 1);
    play.keys("e");
    assert_eq!((play.selected(), play.state.pending_keys.len()), (3, 0));
    play.keys("gx");
    assert!(play.state.overlays.is_empty() && play.state.pending_keys.is_empty(), "what leads nowhere is forgotten");
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut play = Play::work();
    let hit = |target, gesture| Input::Mouse(Hit { target, gesture, at: (0, 0) });
    play.take(hit(Target::Row(Pane::Expedientes, 2), Gesture::Click));
    assert_eq!(play.selected(), 3);
    play.take(hit(Target::Row(Pane::Expedientes, 2), Gesture::Click));
    assert_eq!(play.state.focus, Pane::Documentos, "twice goes in");
    play.take(hit(Target::Pane(Pane::Expedientes), Gesture::ScrollUp));
    assert_eq!((play.selected(), play.state.focus), (2, Pane::Documentos));
    play.take(hit(Target::Row(Pane::Expedientes, 999), Gesture::Click));
    assert_eq!(play.selected(), 3, "a row that is gone is the last");
    play.take(hit(Target::Action(Action::Help), Gesture::Click));
    assert!(matches!(play.state.top(), Some(Overlay::Picker(_))));
    play.take(hit(Target::Row(Pane::Expedientes, 0), Gesture::Click));
    assert_eq!(play.selected(), 3, "an overlay covers the panes");
}

#[test]
fn resized_to_nothing_and_back_everything_is_there() {
    let mut play = Play::work();
    play.keys("j").keys("/gil");
    play.take(Input::Resize(0, 0)).take(Input::Resize(120, 40));
    assert_eq!(play.state.lista.search.as_ref().unwrap().input.value(), "gil");
    assert_eq!(play.selected(), 2);
}

#[test]
fn what_changes_nothing_asks_for_no_frame() {
    let mut play = Play::work();
    play.state.dirty = false;
    let (up, down) = (play.state.conexion.up, play.state.conexion.down);
    play.msg(Msg::Bytes { up, down, rate: None })
        .msg(Msg::Timer(Timer::Patience))
        .msg(Msg::Timer(Timer::PreviewDebounce));
    assert!(!play.state.dirty);
    play.msg(Msg::Bytes { up: up + 1, down, rate: None });
    assert!(play.state.dirty);
    play.keys("R");
    play.state.dirty = false;
    play.msg(Msg::Timer(Timer::Patience));
    assert!(!play.state.dirty, "too early");
    play.state.now += 150;
    play.msg(Msg::Timer(Timer::Patience));
    assert!(play.state.dirty, "now it is said");
}

#[test]
fn toasts_go_and_stay_in_the_log() {
    let mut play = Play::work();
    play.keys("<ctrl-s>");
    assert!(play.told("no-edicion"));
    play.timer(Timer::Toast);
    assert!(!play.told("no-edicion"));
    play.keys("L");
    assert!(matches!(play.state.top(), Some(Overlay::Log { offset: 0 })));
    assert!(!play.state.mensajes.log.is_empty());
}

/// Keys that people have, but those that leave.
fn any_key() -> impl Strategy<Value = KeyPress> {
    let plain =
        prop::sample::select("abcdefghijklmnoprstuvwxyzABDGJKLRSUVXZ0123456789 /:?+.,-áñ€".chars().collect::<Vec<_>>());
    let named = prop::sample::select(vec![
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
        KeyCode::F(2),
        KeyCode::F(3),
        KeyCode::F(5),
    ]);
    let controlled = prop::sample::select("adesuzkw".chars().collect::<Vec<_>>());
    prop_oneof![
        4 => plain.prop_map(|c| KeyPress::plain(KeyCode::Char(c))),
        4 => named.prop_map(KeyPress::plain),
        1 => controlled.prop_map(|c| KeyPress { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }),
    ]
}

/// Whether the palette points at what ends the program or the session.
fn leaves(play: &Play) -> bool {
    let Some(Overlay::Picker(picker)) = play.state.top() else { return false };
    let chosen = picker.visible.get(picker.selected).map(|at| &picker.items[*at].choose);
    matches!(chosen, Some(Chosen::Action(Action::Quit | Action::SignOut)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever one presses, without `q` and Ctrl-C the program stays, the selections are on rows that exist, and Esc leads out of everything.
    #[test]
    fn no_keys_break_anything_and_esc_never_leaves(keys in prop::collection::vec(any_key(), 0..60)) {
        let mut play = Play::work_with(Rol::Administrativo, (1..=30).map(fila).collect());
        for key in keys {
            if key.code == KeyCode::Enter && leaves(&play) {
                continue;
            }
            play.press(key);
            prop_assert!(!play.state.quit);
            prop_assert!(play.state.lista.selected < 30);
            prop_assert!(play.state.documentos.selected <= play.state.documentos.lines().len());
        }
        for _ in 0..40 {
            play.keys("<esc>");
            if matches!(play.state.top(), Some(Overlay::Confirm(_))) {
                play.keys("s");
            }
            prop_assert!(!play.state.quit);
        }
        prop_assert!(play.state.overlays.is_empty() && play.state.screen == Screen::Work);
    }
}

#[test]
fn a_field_with_the_cursor_has_the_keys_of_a_shell_and_no_page_moves() {
    let mut play = Play::work();
    play.keys("4e");
    let before = play.state.preview.clone();
    play.keys("<end><left><ctrl-u>");
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "1");
    play.keys("<ctrl-d>");
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "");
    assert_eq!(play.state.preview.sheet.scroll, before.sheet.scroll);
    let mut play = Play::work();
    play.keys("/gil marta<ctrl-w>");
    assert_eq!(play.state.lista.search.as_ref().unwrap().input.value(), "gil ");
    play.keys("<ctrl-u>");
    assert_eq!(play.state.lista.search.as_ref().unwrap().input.value(), "");
    // Where no other entidad can be chosen, the key goes to the end of the field.
    play.keys("<esc>:ab<ctrl-a>x<ctrl-e>y");
    assert!(matches!(play.state.top(), Some(Overlay::Picker(picker)) if picker.input.value() == "xaby"));
}

#[test]
fn the_session_at_work_is_ended_only_after_a_question() {
    let mut play = Play::work();
    expedientes::update::work(&mut play.state, Action::Sessions);
    let generation = play.state.generation;
    let session = |id, actual| api::sesion::SesionVista {
        id,
        creada: "2026-11-23T08:00:00Z".to_owned(),
        usada: "2026-11-24T09:40:00Z".to_owned(),
        caduca: "2026-12-01T08:00:00Z".to_owned(),
        direccion: "10.1.4.17".to_owned(),
        dispositivo: "puesto-ana".to_owned(),
        actual,
    };
    play.msg(Msg::Sessions { generation, answer: Ok(vec![session(7, true), session(8, false)]) });
    play.keys("<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
    assert!(play.asked().is_empty());
    play.keys("s");
    assert_eq!(play.asked(), [Effect::SignOut]);
}
