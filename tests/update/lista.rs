use crate::dsl::*;
use api::lista::Lista;
use expedientes::effect::{Effect, Memoria, Timer, Write};
use expedientes::msg::Msg;
use expedientes::state::Pane;
use expedientes::state::overlay::Overlay;

fn ids(play: &Play) -> Vec<i64> {
    play.state.lista.filas.iter().map(|fila| fila.id.0).collect()
}

fn queries(effects: &[Effect]) -> Vec<String> {
    let of = |effect: &Effect| match effect {
        Effect::LoadLista { params, .. } => Some(params.q.clone().unwrap_or_default()),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

#[test]
fn the_search_is_live_and_asks_once_when_typing_rests() {
    let mut play = Play::work();
    play.keys("/gil");
    assert!(queries(&play.effects).is_empty());
    play.timer(Timer::SearchDebounce);
    assert_eq!(queries(&play.asked()), ["gil"]);
    assert_eq!(ids(&play), [1, 2, 3], "old rows stay while new ones load");
    play.lista(lista([7], None));
    assert_eq!((ids(&play), play.selected()), (vec![7], 7));
}

#[test]
fn a_late_answer_is_dropped() {
    let mut play = Play::work();
    play.keys("/gil").timer(Timer::SearchDebounce);
    let (late, _) = play.state.lista.pending.unwrap();
    play.keys(" x").timer(Timer::SearchDebounce);
    play.lista(lista([9], None));
    play.msg(Msg::Lista { generation: late, answer: Ok(lista([5, 6], None)) });
    assert_eq!(ids(&play), [9]);
}

#[test]
fn a_wrong_query_says_what_and_keeps_the_last_good_result() {
    let mut play = Play::work();
    play.keys("/docs<");
    assert!(play.state.lista.search.as_ref().unwrap().error.is_none(), "what is being typed is no fault yet");
    play.keys("muchos").timer(Timer::SearchDebounce);
    assert!(play.state.lista.search.as_ref().unwrap().error.is_some());
    play.keys("<enter>");
    assert!(play.state.lista.search.is_some(), "Intro does not take it");
    assert!(queries(&play.asked()).is_empty());
    assert_eq!(ids(&play), [1, 2, 3]);
}

#[test]
fn intro_keeps_and_esc_goes_back_to_the_query_before() {
    let mut play = Play::work();
    play.keys("/gil").timer(Timer::SearchDebounce);
    play.keys("<enter>");
    let asked = play.asked();
    assert!(asked.contains(&Effect::Remember(Memoria::Busquedas(vec!["gil".to_owned()]))));
    play.lista(lista([7], None));
    play.keys("/<backspace><backspace><backspace>oria").timer(Timer::SearchDebounce);
    play.effects.clear();
    play.keys("<esc>");
    assert_eq!(
        (queries(&play.asked()).as_slice(), play.state.lista.query.as_str()),
        (["gil".to_owned()].as_slice(), "gil")
    );
    play.lista(lista([7], None));
    play.keys("<esc>");
    assert_eq!(play.state.lista.query, "", "Esc in the list clears the filter");
    play.keys("<esc><esc><esc>");
    assert!(!play.state.quit, "and never quits");
}

#[test]
fn recent_queries_come_with_the_arrow_in_an_empty_box() {
    let mut play = Play::work();
    play.state.lista.recent = vec!["uno".to_owned(), "dos".to_owned()];
    let text = |play: &Play| play.state.lista.search.as_ref().unwrap().input.value().to_owned();
    play.keys("/<up>");
    assert_eq!(text(&play), "uno");
    play.keys("<up><up>");
    assert_eq!(text(&play), "dos");
    play.keys("<down><down>");
    assert_eq!(text(&play), "");
    assert_eq!(play.state.lista.recent, ["uno", "dos"]);
}

#[test]
fn tab_completes_names_and_values() {
    let mut play = Play::work();
    play.keys("/fas<tab>");
    let text = |play: &Play| play.state.lista.search.as_ref().unwrap().input.value().to_owned();
    assert_eq!(text(&play), "fase:");
    play.keys("matri<tab>");
    assert_eq!(text(&play), "fase:matriculacion ");
    play.keys("docs<").keys("5<enter>");
    assert_eq!(play.state.lista.query, "fase:matriculacion docs<5");
}

#[test]
fn holding_a_key_asks_for_the_detail_where_it_rests() {
    let mut play = Play::work();
    play.keys("jj");
    assert!(play.effects.iter().all(|effect| matches!(effect, Effect::Wake { .. })));
    assert_eq!(play.state.documentos.detalle.value.as_ref().unwrap().id.0, 1, "old content stays");
    play.timer(Timer::DetalleDebounce);
    let asked = play.asked();
    assert!(matches!(asked.as_slice(), [Effect::LoadDetalle { id, known: None, .. }] if id.0 == 3), "{asked:?}");
    play.detalle(detalle(3, 1, Vec::new()));
    assert_eq!(play.state.documentos.detalle.value.as_ref().unwrap().id.0, 3);
}

#[test]
fn nothing_is_done_to_the_one_that_is_no_longer_selected() {
    let mut play = Play::work();
    play.keys("jv");
    let asked = play.asked();
    assert!(matches!(asked.as_slice(), [Effect::LoadDetalle { id, .. }] if id.0 == 2), "{asked:?}");
    play.keys("<esc>kv");
    assert!(
        play.effects.iter().any(|effect| matches!(effect, Effect::Write { write: Write::Validate { .. }, .. })),
        "back on it, it is there at once"
    );
}

#[test]
fn what_is_typed_ahead_of_the_line_waits_and_runs_as_no_command() {
    let mut play = Play::work();
    play.keys("je<end> Navarro");
    assert!(play.state.indice.edit.is_none() && play.state.overlays.is_empty());
    play.effects.clear();
    play.detalle(detalle(2, 1, vec![documento(21, 2, "pedido", domain::EstadoDocumento::Pendiente)]));
    let edit = play.state.indice.edit.as_ref().unwrap();
    assert_eq!((edit.expediente.0, edit.input.value()), (2, "Cliente 2 Navarro"));
    assert!(!play.effects().iter().any(Effect::is_write));
}

#[test]
fn what_is_typed_ahead_is_let_go_when_the_line_is() {
    let mut play = Play::work();
    play.keys("je Navarro").msg(Msg::ListenLost(offline()));
    assert!(play.told("tecleado-sin-usar") && play.state.held.is_empty() && play.state.indice.edit.is_none());
}

#[test]
fn a_check_typed_ahead_is_asked_about() {
    let mut play = Play::work();
    play.blind = true;
    play.keys("jv").effects.clear();
    play.detalle(detalle(2, 1, vec![documento(21, 2, "pedido", domain::EstadoDocumento::Pendiente)]));
    assert!(!play.effects().iter().any(Effect::is_write));
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
}

#[test]
fn the_next_page_comes_before_the_end_does() {
    let mut play = Play::work_with(domain::Rol::JefeVentas, (1..=40).map(fila).collect());
    play.state.lista.siguiente = Some("c1".to_owned());
    play.keys("j");
    assert!(play.asked().is_empty());
    play.keys("<pagedown><pagedown><pagedown><pagedown>");
    let asked = play.asked();
    let [Effect::LoadMore { generation, params }] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(params.cursor.as_deref(), Some("c1"));
    play.msg(Msg::More { generation: *generation, answer: Ok(Lista { total: None, ..lista(40..=60, None) }) });
    assert_eq!(ids(&play), (1..=60).collect::<Vec<_>>(), "a row that moved over the edge is there once");
    assert_eq!(play.state.lista.siguiente, None);
}

#[test]
fn a_refresh_keeps_the_selection_its_height_and_everything_that_was_loaded() {
    let mut play = Play::work_with(domain::Rol::JefeVentas, (1..=500).map(fila).collect());
    play.state.lista.siguiente = Some("end".to_owned());
    for _ in 0..50 {
        play.keys("<pagedown>");
    }
    let (at, offset) = (play.selected(), play.state.lista.offset);
    assert!(at > 400);
    play.effects.clear();
    play.keys("R");
    // Somebody has opened two more meanwhile: all moves down by two.
    play.lista(Lista { siguiente: Some("p2".to_owned()), ..lista([1001, 1002].into_iter().chain(1..=198), None) });
    for (cursor, page, next) in [("p2", 199..=398, Some("p3")), ("p3", 399..=598, Some("p4"))] {
        let asked = play.asked();
        let more = asked.iter().find_map(|effect| match effect {
            Effect::LoadMore { generation, params } => Some((*generation, params.clone())),
            _ => None,
        });
        let (generation, params) = more.unwrap_or_else(|| panic!("{asked:?}"));
        assert_eq!(params.cursor.as_deref(), Some(cursor));
        assert_eq!(play.selected(), at);
        play.msg(Msg::More { generation, answer: Ok(Lista { total: None, ..lista(page, next) }) });
    }
    assert_eq!((play.selected(), play.state.lista.offset), (at, offset + 2));
    assert_eq!(ids(&play), [1001, 1002].into_iter().chain(1..=598).collect::<Vec<_>>());
    assert_eq!(play.state.lista.siguiente.as_deref(), Some("p4"));
}

#[test]
fn a_selection_that_is_gone_stays_at_its_place() {
    let mut play = Play::work_with(domain::Rol::JefeVentas, (1..=5).map(fila).collect());
    play.keys("jjR").lista(lista([1, 2, 4, 5], None));
    assert_eq!(play.selected(), 4);
    play.keys("R").lista(lista([], None));
    assert!(play.state.documentos.detalle.value.is_none() && play.state.lista.current().is_none());
    play.keys("jkgGv a<enter>");
}

#[test]
fn marks_and_ranges() {
    let mut play = Play::work_with(domain::Rol::JefeVentas, (1..=9).map(fila).collect());
    play.keys(" jjV");
    let marked: Vec<i64> = play.state.lista.marked.iter().map(|id| id.0).collect();
    assert_eq!(marked, [1, 2, 3, 4]);
    play.keys("k ");
    assert!(!play.state.lista.marked.contains(&domain::ExpedienteId(3)));
    play.keys("<esc>");
    assert!(play.state.lista.marked.is_empty());
}

#[test]
fn panes_by_digit_by_tab_and_back() {
    let mut play = Play::work();
    for (keys, pane) in [
        ("2", Pane::Documentos),
        ("3", Pane::Preview),
        ("4", Pane::Indice),
        ("1", Pane::Expedientes),
        ("<tab>", Pane::Documentos),
        ("<shift-tab>", Pane::Expedientes),
    ] {
        play.keys(keys);
        assert_eq!(play.state.focus, pane, "{keys}");
    }
    play.keys("<enter><enter>");
    assert_eq!(play.state.focus, Pane::Preview);
    play.keys("+");
    assert!(play.state.zoomed);
    play.keys("<esc>");
    assert!(!play.state.zoomed && play.state.focus == Pane::Preview);
    play.keys("<esc><esc>");
    assert_eq!(play.state.focus, Pane::Expedientes);
}

#[test]
fn sorting_and_views() {
    let mut play = Play::work();
    play.keys("sdocs<enter>");
    let asked = play.asked();
    assert!(
        matches!(asked.as_slice(), [Effect::LoadLista { params, .. }] if params.orden.as_deref() == Some("-docs")),
        "{asked:?}"
    );
    play.lista(lista([3, 2, 1], None));
    play.effects.clear();
    play.keys("SPendientes<enter>");
    let asked = play.asked();
    let [Effect::SaveVista(vista)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((vista.nombre.as_str(), vista.orden.as_deref()), ("Pendientes", Some("-docs")));
    play.msg(Msg::Vistas(Ok(vec![vista.clone()])));
    assert!(play.told("vista-guardada"));
    play.keys("l<enter>");
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadLista { .. })));
}

#[test]
fn what_is_being_edited_stays_although_the_list_is_without_it() {
    let mut play = Play::work_with(domain::Rol::JefeVentas, (1..=5).map(fila).collect());
    play.keys("jj").timer(Timer::DetalleDebounce).detalle(detalle(3, 1, Vec::new()));
    play.keys("e<end>x");
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([1, 2, 4, 5], None));
    assert_eq!((play.selected(), ids(&play)), (3, vec![1, 2, 3, 4, 5]));
    play.keys("v");
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "Cliente 3xv", "what is typed is typed");
    // Nor does another query take it away under one's hands.
    play.state.lista.filas_from_top = true;
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([8, 9], None));
    assert_eq!((play.selected(), ids(&play)), (3, vec![3, 8, 9]));
    play.keys("<esc>s<esc>R").lista(lista([8, 9], None));
    assert_eq!(ids(&play), [8, 9], "afterwards it goes");
}

#[test]
fn a_question_is_about_what_is_on_screen_until_it_is_answered() {
    let mut play = Play::work();
    play.keys("a");
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([2, 3], None));
    assert_eq!(play.selected(), 1);
    play.keys("s");
    assert!(
        play.asked()
            .iter()
            .any(|effect| matches!(effect, Effect::Write { write: Write::ChangeFase { id, .. }, .. } if id.0 == 1))
    );
}

#[test]
fn what_one_has_just_opened_stays_selected_until_one_leaves_it() {
    let mut play = Play::work();
    play.keys("n<enter>Gil<pagedown><ctrl-s>");
    let generation = play.state.generation;
    let sent = play.asked().into_iter().find_map(|effect| match effect {
        Effect::Create { nuevo, .. } => Some(nuevo.indice),
        _ => None,
    });
    let made = api::expediente::ExpedienteDetalle { indice: sent.unwrap(), ..detalle(77, 1, Vec::new()) };
    play.msg(Msg::Created { generation, answer: Ok(made) });
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([1, 2, 3], None));
    assert_eq!((play.selected(), ids(&play)), (77, vec![77, 1, 2, 3]));
    play.keys("j").msg(Msg::Timer(Timer::ListRefresh)).lista(lista([1, 2, 3], None));
    assert_eq!((play.selected(), ids(&play)), (1, vec![1, 2, 3]));
}

#[test]
fn clearing_the_search_keeps_what_was_selected() {
    let mut play = Play::work();
    play.keys("/gil<enter>").lista(lista([7, 8], None));
    play.keys("j<esc>").lista(lista([1, 2, 3], None));
    assert_eq!((play.selected(), ids(&play)), (8, vec![8, 1, 2, 3]), "the next key is meant for it");
    play.keys("/<esc>").keys("j");
    assert_eq!(play.selected(), 1);
}

#[test]
fn another_order_keeps_what_was_selected() {
    let mut play = Play::work();
    play.keys("js<down><enter>").lista(lista([3, 1, 2], None));
    assert_eq!(play.selected(), 2);
}

#[test]
fn the_end_is_the_last_row_there_is() {
    let mut play = Play::work();
    play.keys("R").lista(lista(1..=3, Some("c"))).effects.clear();
    play.state.lista.total = 6;
    play.keys("G");
    for (rows, cursor) in [(4..=5, Some("d")), (6..=6, None)] {
        let generation = play.state.lista.pending_more.unwrap();
        play.msg(Msg::More { generation, answer: Ok(lista(rows, cursor)) });
    }
    assert_eq!(play.selected(), 6);
}

#[test]
fn what_is_still_to_be_typed_is_no_fault_while_it_is_proposed() {
    let mut play = Play::work();
    play.keys("/fase:").timer(Timer::SearchDebounce);
    let search = play.state.lista.search.as_ref().unwrap();
    assert!(search.error.is_none() && !search.proposals.is_empty());
    play.keys("<enter>");
    assert!(play.state.lista.search.as_ref().is_some_and(|search| search.error.is_some()), "asked for, it is told");
}

#[test]
fn in_a_search_in_place_the_first_character_takes_its_place_and_the_arrows_keep_it() {
    let text = |play: &Play| play.state.lista.search.as_ref().unwrap().input.value().to_owned();
    let mut play = Play::work();
    play.keys("/gil<enter>").lista(lista([1, 2], None));
    play.keys("/r");
    assert_eq!(text(&play), "r");
    play.keys("o");
    assert_eq!(text(&play), "ro", "only the first one");
    play.keys("<esc>/<left>x");
    assert_eq!(text(&play), "gixl");
    play.keys("<esc>/").paste("roca");
    assert_eq!(text(&play), "roca");
    play.keys("<esc>/<esc>");
    assert_eq!(play.state.lista.query, "gil", "Esc leaves it as it was");
}
