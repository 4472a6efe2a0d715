//! What is on screen, cell by cell and style by style, at the sizes people work at. `INSTA_UPDATE=always cargo test --test screens` takes the
//! current screens as the right ones: look at the difference before.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod details;
#[path = "../update/dsl.rs"]
#[allow(dead_code, reason = "shared with the tests of update/")]
mod dsl;
mod dump;
mod hostile;
mod noted;
mod said;
mod scenes;
mod toasted;
mod viewer;
mod world;

use dsl::Play;
use expedientes::theme::{ColorDepth, Theme};
use scenes::Size;

/// The smallest, a plain terminal, a good one, a large one.
const SIZES: [Size; 4] = [(40, 10), (80, 24), (120, 40), (200, 50)];

/// Compares a scene at these sizes with what it was.
fn compare(name: &str, scene: fn(Size) -> Play, sizes: &[Size]) {
    for size in sizes {
        snapshot(&format!("{name}-{}x{}", size.0, size.1), &dump::draw(&scene(*size).state));
    }
}

fn snapshot(name: &str, drawn: &dump::Drawn) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, dump::styled(drawn)));
}

/// One test a scene, of the same name.
macro_rules! screens {
    ($($scene:ident)*) => {
        $(#[test] fn $scene() { compare(stringify!($scene), scenes::$scene, &SIZES); })*
    };
}

screens! {
    connecting sign_in sign_in_refused choice
    panes documents page zoomed index empty_list marked offline_panes read_only session_ended
    search search_wrong found
    editing editing_choice conflict saved new_expediente
    palette help english new sort review transfers confirm question reject missing history toasts card
    rejected page_text log types folder stacked sessions deleted_none missing_none first_rows new_choice transfers_none
    administrador index_long reject_again review_marked pictures_in_names
    noted notes notes_none note_text note_new aviso_new aviso_para avisos templates template_blanks
    find find_none find_text text_marked thumbnails pinned locked locked_wrong page_beyond signed signatures
    avisos_done notes_queued people_offline aviso_refused note_marked missing_aviso
}

#[test]
fn too_small() {
    compare("too_small", scenes::sign_in, &[(39, 10), (40, 9), (12, 3), (1, 1)]);
}

/// Only keys that do something are named, and a certificate that does not serve is.
#[test]
fn before_the_panes_the_hint_and_the_reason_are_true() {
    for size in SIZES {
        let shown = |play: &Play| dump::plain(&dump::draw(&play.state).buffer);
        let mut play = scenes::choice(size);
        assert!(!shown(&play).contains("Esc volver") && shown(&play).contains("Intro entrar"));
        play.keys("vn");
        assert!(size.0 < 80 || shown(&play).contains("Esc volver"), "takes what was typed away");
        let nothing = shown(&scenes::nothing_to_choose(size));
        assert!(
            nothing.contains("Ctrl-C salir") && !nothing.contains("Esc") && !nothing.contains("Intro"),
            "{nothing}"
        );
        let refused = shown(&scenes::certificate_refused(size));
        assert!(refused.contains("no es para") && refused.contains("intentar"), "{refused}");
    }
}

#[test]
fn every_theme() {
    for name in Theme::names() {
        snapshot(
            &format!("theme_{name}-80x24"),
            &dump::draw_in(&scenes::toasts((80, 24)).state, name, ColorDepth::True),
        );
    }
}

/// The page too has to do with what there is; without any colour its text is pointed to.
#[test]
fn fewer_colours() {
    let page = scenes::page((80, 24)).state;
    for (name, depth) in [("256", ColorDepth::Indexed), ("16", ColorDepth::Sixteen), ("no", ColorDepth::None)] {
        snapshot(&format!("colours_{name}-80x24"), &dump::draw_in(&page, "pizarra", depth));
    }
}

/// The picture in the manual is what the program shows: `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_picture_in_the_manual_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pantalla.txt");
    let picture = dump::on_paper(&dump::draw(&scenes::panes((140, 40)).state).buffer);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(path, &picture).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap_or_default() == picture, "docs/pantalla.txt is of other days");
}

/// Without any sign but letters: what has signed a document, and which of two pages keys are for.
#[test]
fn the_viewer_in_plain_letters() {
    for scene in [scenes::signed, scenes::pinned, scenes::thumbnails] {
        let mut play = scene((120, 40));
        let mut config = (*play.state.config).clone();
        config.simbolos = expedientes::config::Simbolos::Ascii;
        play.state.config = config.into();
        let shown = dump::plain(&dump::draw(&play.state).buffer);
        assert!(!shown.contains(['✎', '✓', '▸', '✗']), "{shown}");
    }
}

/// Names, reasons, sentences and texts of pages that hold escape sequences and characters that turn the writing round.
#[test]
fn nothing_hostile_reaches_the_screen() {
    for scene in hostile::SCENES {
        for size in SIZES {
            let drawn = dump::draw(&scene(size).state);
            for cell in drawn.buffer.content() {
                let hostile = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
                assert!(!cell.symbol().contains(hostile), "{:?} in\n{}", cell.symbol(), dump::plain(&drawn.buffer));
            }
        }
    }
}

/// Whatever the size, nothing is drawn outside of it: a terminal is resized to nothing and back.
#[test]
fn every_size_can_be_drawn() {
    for (width, height) in (1..=200).step_by(7).zip([1, 2, 3, 9, 10, 11, 12, 14, 17, 24, 30, 50].into_iter().cycle()) {
        for scene in [scenes::panes, scenes::editing, scenes::help, scenes::transfers, scenes::search, scenes::toasts] {
            let mut play = scene((80, 24));
            play.state.size = (width, height);
            dump::draw(&play.state);
        }
    }
}
