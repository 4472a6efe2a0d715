//! What a screen must say, in its words, whatever else stands on it.

use crate::dsl::{Play, offline};
use crate::scenes::{self, Size};
use crate::{dump, world};
use api::evento::Clase;
use domain::Rol;
use domain::gate::Falta;
use expedientes::effect::Effect;
use expedientes::input::Keymap;
use expedientes::msg::Msg;
use expedientes::state::transfers::EstadoTransfer;
use std::collections::BTreeMap;

fn shown(play: &Play) -> String {
    dump::plain(&dump::draw(&play.state).buffer)
}

/// The words of the screen, without what frames or breaks them.
fn words(play: &Play) -> String {
    let plain = shown(play).replace(['│', '╭', '╮', '╰', '╯', '─'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the box with this title, without what lies beside it.
fn boxed(play: &Play, title: &str) -> String {
    let shown = shown(play);
    let rows: Vec<Vec<char>> = shown.lines().map(|row| row.chars().collect()).collect();
    let head: Vec<char> = format!("╭ {title}").chars().collect();
    let place = |row: &Vec<char>| row.windows(head.len()).position(|part| part == head);
    let (top, left) = rows.iter().enumerate().find_map(|(y, row)| Some((y, place(row)?))).unwrap();
    let right = (left..rows[top].len()).find(|x| rows[top][*x] == '╮').unwrap();
    let inside = rows[top + 1..].iter().take_while(|row| row[left] == '│').map(|row| &row[left + 1..right]);
    let text: String = inside.flat_map(|row| row.iter().copied().chain([' '])).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One step from the end, or at it.
fn at_the_end(size: Size, cerrado: bool) -> Play {
    let mut play = scenes::panes(size);
    let last = world::definicion().modelo.fases.last().unwrap().id.clone();
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.cerrado = cerrado;
    detalle.siguiente_fase = (!cerrado).then(|| last.clone());
    if cerrado {
        detalle.faltas.clear();
        detalle.fase = last;
    }
    play
}

#[test]
fn forcing_names_the_fase_what_is_missing_and_that_it_closes() {
    let mut play = scenes::panes((120, 40));
    play.keys("A");
    let said = words(&play);
    assert!(said.contains("26-01873: pasa a") && said.contains("Falta"), "{said}");
    assert!(!said.contains("se cierra"), "{said}");
    let mut play = at_the_end((80, 24), false);
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.faltas.retain(|falta| !matches!(falta.falta, Falta::Campo { .. }));
    play.keys("A");
    let said = words(&play);
    assert!(said.contains("¿Forzar 26-01873 a Cerrado?") && said.contains("sólo lectura"), "{said}");
    play.keys("s");
    let said = words(&play);
    assert!(said.contains("26-01873: pasa a Cerrado y se cierra") && said.contains("Falta"), "{said}");
}

#[test]
fn a_closed_expediente_is_said_to_be_closed() {
    let mut play = at_the_end((80, 24), true);
    play.keys("f");
    let said = boxed(&play, "Qué falta");
    assert!(said.contains("El expediente está cerrado: sólo se puede leer. B lo devuelve"), "{said}");
    assert!(shown(&play).contains("B retroceder") && !said.contains("puede avanzar"), "{said}");
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.permisos = vec![domain::Permiso::Ver];
    let said = boxed(&play, "Qué falta");
    assert!(said.contains("es cosa del jefe de ventas") && !shown(&play).contains("B retroceder"), "{said}");
}

#[test]
fn what_is_queued_is_listed_and_counted_and_reasons_are_whole() {
    for size in [(40, 10), (80, 24)] {
        let mut play = scenes::index(size);
        play.keys("e<end>X<ctrl-s>");
        let Some(Effect::SaveIndice { generation, id, .. }) = play.asked().last().cloned() else { panic!("no save") };
        play.msg(Msg::IndiceSaved { generation, id, answer: Err(offline()) });
        play.state.mensajes.toasts.clear();
        assert!(words(&play).contains("1 en cola"), "{}", shown(&play));
        play.keys("<f2>transferencias<enter>");
        let said = words(&play);
        assert!(said.contains("Guardar el índice: 1 campo") && said.contains("1 en cola"), "{said}");
        assert!(said.contains("espera a la"), "{said}");

        let mut play = scenes::transfers(size);
        let why = "Ese formato no se admite: suba PDF, imagen, texto o correo. Si es un programa, pida a quien se lo ha \
            enviado que lo guarde como PDF y vuelva a probar.";
        play.state.transfers.items[3].estado = EstadoTransfer::Fallido(why.to_owned());
        play.keys("<home><down><down><down>");
        let said = boxed(&play, "Transferencias");
        assert!(said.contains(why), "{}", shown(&play));
    }
}

#[test]
fn a_conflict_names_the_other_person_and_says_both_values_whole() {
    for size in crate::SIZES {
        let said = words(&scenes::conflict(size));
        assert!(said.contains("lo de Luis Prado Sanz: Oria Automoción, S.L."), "{said}");
        assert!(said.contains("lo mío: Talleres Oria, S.L.U.") && !said.contains("lo suyo"), "{said}");
    }
}

#[test]
fn the_other_s_value_is_whole_however_long_and_small_the_screen() {
    let long = "Sociedad Cooperativa Agropecuaria Virgen de la Oliva y San Isidro Labrador de los Regantes del Canal \
        Imperial, en liquidación concursal, representada por su administrador único desde enero";
    for size in crate::SIZES {
        let mut play = scenes::conflict(size);
        let resolve = play.state.indice.edit.as_mut().unwrap().conflict.as_mut().unwrap();
        resolve.conflicto.campos[0].ahora = Some(domain::Valor::from(long));
        // Another pane may stand beside it.
        let first = shown(&play);
        play.keys("<pagedown>");
        let seen = first + &shown(&play);
        assert!(long.split(' ').all(|word| seen.contains(word)), "{seen}");
        play.keys("<pageup>");
        assert!(shown(&play).contains("( ) Soc"));
    }
    let mut play = scenes::conflict((40, 10));
    let resolve = play.state.indice.edit.as_mut().unwrap().conflict.as_mut().unwrap();
    resolve.conflicto.campos[0].ahora = Some(domain::Valor::from(long));
    assert!(shown(&play).contains("más"), "that there is more is said");
    play.keys("<right>");
    assert!(shown(&play).contains("(•) Sociedad"), "{}", shown(&play));
}

#[test]
fn values_of_the_index_stand_in_one_column() {
    let mut play = crate::details::index_long((80, 24));
    let column = |play: &Play, value: &str| {
        let plain = shown(play);
        let row = plain.lines().find(|row| row.contains(value)).unwrap_or_else(|| panic!("{value} in\n{plain}"));
        row.split(value).next().unwrap().chars().count()
    };
    let selected = column(&play, "Sociedad Coo");
    play.keys("<down><down>");
    assert_eq!(column(&play, "Sociedad Coo"), selected);
}

#[test]
fn who_sees_those_of_several_sees_whose_one_is() {
    for size in crate::SIZES.into_iter().filter(|size| size.0 >= 120) {
        let mut play = scenes::panes(size);
        play.state.documentos.detalle.value.as_mut().unwrap().asesor = "marc.oller".to_owned();
        let said = shown(&play);
        assert!(said.contains("Marc Oller Prat · "), "{said}");
        play.state.persona.as_mut().unwrap().rol = Rol::Asesor;
        assert!(!shown(&play).contains("Marc Oller Prat · "));
    }
    let mut play = scenes::panes((200, 50));
    (play.state.zoomed, play.state.focus) = (true, expedientes::state::Pane::Expedientes);
    let said = shown(&play);
    assert!(said.contains("Marc Oller Prat") && !said.contains("marc.oller "), "{said}");
}

#[test]
fn undoing_is_offered_where_it_can_be_done() {
    let mut play = scenes::history((120, 40));
    let expedientes::state::overlay::Overlay::History(history) = play.state.overlays.last().unwrap() else {
        panic!("no history")
    };
    let entries = history.entries.value.clone().unwrap();
    assert!(entries.iter().any(|entry| entry.deshacible) && entries.iter().any(|entry| !entry.deshacible));
    for entry in entries {
        assert_eq!(shown(&play).contains("Intro deshacer"), entry.deshacible, "{:?}", entry.clase);
        assert!(!entry.deshacible || entry.clase == Clase::IndiceCambiado);
        play.keys("<down>");
    }
}

#[test]
fn a_path_that_is_typed_is_no_filter_without_an_answer() {
    let mut play = crate::details::folder((80, 24));
    play.keys("/datos/lunes/");
    let said = words(&play);
    assert!(said.contains("Intro abre /datos/lunes/") && !said.contains("nada que responda"), "{said}");
    play.keys("<ctrl-u>zzz");
    assert!(words(&play).contains("nada que responda"));
}

#[test]
fn a_search_in_place_is_marked_until_one_types() {
    let mut play = scenes::found((120, 40));
    play.keys("/");
    let query = play.state.lista.query.clone();
    assert!(!query.is_empty() && play.state.lista.search.as_ref().unwrap().fresh);
    let fresh = dump::styled(&dump::draw(&play.state));
    play.keys("<end>");
    assert!(fresh != dump::styled(&dump::draw(&play.state)));
}

#[test]
fn what_has_no_key_is_not_hinted_at() {
    let mut play = scenes::index((80, 24));
    let label = "editar";
    assert!(shown(&play).lines().last().unwrap().contains(label));
    let own = BTreeMap::from([("advance".to_owned(), vec!["f9".to_owned(), "e".to_owned()])]);
    play.state.keymap = Keymap::new(&own).0.into();
    let line = shown(&play).lines().last().unwrap().to_owned();
    assert!(!line.contains(label) && !line.contains("    "), "{line}");
}

#[test]
fn a_long_question_leaves_its_answers_on_screen() {
    for size in crate::SIZES {
        let mut play = scenes::panes(size);
        let ids: Vec<_> = play.state.lista.filas.iter().take(8).map(|fila| fila.id).collect();
        play.state.lista.marked.extend(ids);
        let last = world::definicion().modelo.fases.iter().rev().nth(1).unwrap().id.clone();
        play.state.lista.filas[0].fase = last;
        play.keys("A");
        let said = boxed(&play, "Forzar");
        assert!(said.contains("¿Forzar 8 expedientes") && said.ends_with("No Sí"), "{said}");
    }
}

#[test]
fn a_change_that_waits_is_named_with_its_document() {
    let mut play = scenes::documents((120, 40));
    let nombre = play.state.documentos.current().unwrap().nombre.clone();
    play.keys("dsrepetido<enter>");
    play.state.outbox.writes.iter_mut().for_each(|sent| sent.waiting = true);
    play.keys("w");
    let said = boxed(&play, "Transferencias");
    assert!(said.contains(&format!("Borrar {nombre}")) && said.contains("espera a la línea"), "{said}");
    assert!(words(&play).contains("1 en cola"));
}
