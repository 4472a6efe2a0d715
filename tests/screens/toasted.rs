//! Where messages stand: never over what one chooses from, nor over the keys of an overlay.

use crate::dsl::Play;
use crate::dump;
use crate::noted::{aviso_new, avisos, notes};
use crate::scenes::{Size, panes, reject, review, transfers};
use expedientes::i18n::Text;
use expedientes::update::mensajes;
use ratatui::layout::Position;

/// Something well done, something worth knowing, and a long error.
fn tell(play: &mut Play) {
    mensajes::done(&mut play.state, Text::key("documento-validado").with("nombre", "F-1189.pdf"));
    mensajes::warn(&mut play.state, Text::key("guardado-pendiente"));
    let long = "El servicio no admite ficheros de más de 200 MB: escanee el documento en grises o divídalo.";
    mensajes::error(&mut play.state, long.into());
}

/// A day that the calendar does not have.
fn aviso_wrong_day(size: Size) -> Play {
    let mut play = aviso_new(size);
    play.keys("<ctrl-u>31/02<enter>");
    play
}

/// A row of the screen.
fn row(drawn: &dump::Drawn, y: u16) -> String {
    let width = drawn.buffer.area.width;
    (0..width).filter_map(|x| drawn.buffer.cell(Position { x, y })).map(|cell| cell.symbol()).collect()
}

#[test]
fn they_leave_the_rows_and_the_keys_of_an_overlay_alone() {
    let scenes: [fn(Size) -> Play; 5] = [transfers, review, avisos, notes, reject];
    for scene in scenes {
        for size in [(40, 10), (80, 15), (80, 16), (80, 24), (120, 40)] {
            let mut play = scene(size);
            let before = dump::draw(&play.state);
            tell(&mut play);
            let after = dump::draw(&play.state);
            let shown = dump::plain(&after.buffer);
            assert!(shown.contains("El servicio no admite"), "the error is said: {shown}");
            let bottom = (0..size.1).rev().find(|y| row(&before, *y).contains("Esc")).expect("it has keys");
            let top = (0..bottom).rev().find(|y| row(&before, *y).contains('╭')).expect("it has a title");
            for y in top + 1..=bottom {
                assert_eq!(row(&before, y), row(&after, y), "{size:?}\n{shown}");
            }
        }
    }
}

#[test]
fn they_leave_the_selected_row_alone() {
    for size in [(40, 10), (80, 24), (120, 40)] {
        for moved in ["", "<down><down><down>", "G"] {
            let mut play = panes(size);
            play.keys(moved);
            crate::scenes::settle(&mut play);
            let before = dump::draw(&play.state);
            tell(&mut play);
            let after = dump::draw(&play.state);
            let (_, y) = before.cursor.expect("a row is selected");
            assert_eq!(row(&before, y), row(&after, y), "{size:?} {moved:?}\n{}", dump::plain(&after.buffer));
        }
    }
}

#[test]
fn a_long_name_is_shortened_in_the_middle_and_whole_in_the_log() {
    let nombre = format!("{}.pdf", "contrato".repeat(30));
    for size in [(40, 10), (80, 24)] {
        let mut play = panes(size);
        let texto = Text::key("transferencia-fallida").with("nombre", nombre.clone()).with("motivo", "No se admite.");
        mensajes::error(&mut play.state, texto);
        let shown = dump::plain(&dump::draw(&play.state).buffer);
        assert!(shown.contains("contrato.pdf: No se"), "{shown}");
        assert!(shown.lines().filter(|line| line.contains("contratocontrato")).count() <= 1, "{shown}");
    }
    let mut play = panes((200, 50));
    mensajes::error(&mut play.state, Text::key("subida-hecha").with("nombre", nombre.clone()));
    play.state.mensajes.toasts.clear();
    play.keys("L");
    let shown = dump::plain(&dump::draw(&play.state).buffer);
    // Between the borders of the overlay, without those of the panes beside it.
    let inside =
        |line: &str| line.split('│').find(|part| part.contains("contra")).unwrap_or_default().trim().to_owned();
    let whole: String = shown.lines().map(inside).collect();
    assert!(whole.ends_with(&nombre), "{shown}");
}

#[test]
fn a_wrong_day_is_said_whole() {
    for size in [(40, 10), (80, 24)] {
        let mut play = aviso_wrong_day(size);
        let shown = |play: &Play| dump::plain(&dump::draw(&play.state).buffer);
        assert!(shown(&play).contains("Ese día no existe."), "{}", shown(&play));
        play.keys("<ctrl-u>lunez<enter>");
        assert!(shown(&play).contains("No es un día: 05/12, +3, lunes…"), "{}", shown(&play));
    }
}
