//! Actions that meet something else under way: another list, another expediente, another person, another box.

use crate::dsl::*;
use api::lista::{Fila, Lista};
use domain::EstadoDocumento::Pendiente;
use domain::{DocumentoId, Rol, UsuarioId};
use expedientes::action::Action;
use expedientes::effect::{Effect, Timer, Write};
use expedientes::msg::Msg;
use expedientes::state::overlay::{Overlay, Purpose};
use expedientes::state::transfers::{EstadoTransfer, Job, Pick};
use expedientes::state::{Pane, Screen};
use std::path::PathBuf;

fn pick(name: &str) -> Pick {
    Pick { path: PathBuf::from("/tmp").join(name), nombre: name.to_owned(), bytes: 10, tipo: None }
}

fn validated(play: &mut Play) -> usize {
    play.asked()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Write { write: Write::Validate { .. }, .. }))
        .count()
}

#[test]
fn the_palette_over_the_search_box_does_what_it_says() {
    let mut play = Play::work();
    play.keys("/gil<f2>");
    let Some(Overlay::Picker(picker)) = play.state.overlays.last_mut() else { panic!("the palette is open") };
    let wanted = |item: &expedientes::state::overlay::Item| {
        matches!(item.choose, expedientes::state::overlay::Chosen::Action(Action::PaneDocumentos))
    };
    picker.selected = picker.items.iter().position(wanted).unwrap();
    play.keys("<enter>");
    assert!(play.state.lista.search.is_none(), "the box closes");
    assert_eq!((play.state.lista.query.as_str(), play.state.focus), ("gil", Pane::Documentos), "and keeps its query");
}

#[test]
fn a_wrong_query_keeps_the_box_and_nothing_else_is_done() {
    let mut play = Play::work();
    play.keys("/docs<").keys("muchos<ctrl-e>");
    assert!(play.state.lista.search.as_ref().unwrap().error.is_some());
    assert_eq!(play.state.screen, Screen::Work);
    play.keys("<ctrl-u>").keys("<esc>");
    assert!(play.state.lista.search.is_none());
}

#[test]
fn shift_tab_goes_back_among_the_proposals() {
    let mut play = Play::work();
    play.keys("/f<down><down>");
    assert_eq!(play.state.lista.search.as_ref().unwrap().selected, Some(1));
    play.keys("<shift-tab>");
    assert_eq!(play.state.lista.search.as_ref().unwrap().selected, Some(0));
    assert_eq!(play.state.focus, Pane::Expedientes);
}

#[test]
fn what_lies_over_the_panes_is_closed_by_q_and_the_program_stays() {
    for open in ["L", "w", "f", "h"] {
        let mut play = Play::work();
        play.keys(open);
        assert_eq!(play.state.overlays.len(), 1, "{open}");
        play.keys("q");
        assert!(play.state.overlays.is_empty() && !play.state.quit, "{open}");
        play.keys(open).keys("<ctrl-c>");
        assert!(play.state.quit, "Ctrl-C means it");
    }
}

#[test]
fn a_document_whose_check_is_on_its_way_is_not_checked_again() {
    let mut play = Play::work();
    play.keys("R").detalle(detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente)]));
    play.effects.clear();
    play.keys("2vvv");
    assert_eq!(validated(&mut play), 1);
}

#[test]
fn a_name_is_that_of_the_document_with_the_cursor() {
    let mut play = Play::work();
    play.keys("2 ");
    assert_eq!(play.state.documentos.marked.len(), 1);
    play.keys("m");
    let Some(Overlay::Prompt(prompt)) = play.state.top() else { panic!("it asks for the name") };
    assert!(matches!(prompt.purpose, Purpose::Rename(DocumentoId(12))));
}

#[test]
fn the_originals_of_all_marked_documents_are_opened() {
    let mut play = Play::work();
    play.keys("2  o");
    let opened = play
        .asked()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::StartTransfer { job: Job::Download { folder: None, .. }, .. }));
    assert_eq!(opened.count(), 2);
}

/// Forty rows without anything pending, and more below.
fn long_list() -> Play {
    let mut play = Play::work_with(Rol::Administrativo, (1..=40).map(fila).collect());
    play.keys("R").detalle(detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente)]));
    play.state.lista.pending = None;
    play.state.lista.siguiente = Some("c1".to_owned());
    play.effects.clear();
    play
}

fn more(play: &mut Play, lista: Lista) {
    let asked = play.asked();
    let generation = asked.iter().find_map(|effect| match effect {
        Effect::LoadMore { generation, .. } => Some(*generation),
        _ => None,
    });
    play.msg(Msg::More { generation: generation.unwrap_or_else(|| panic!("{asked:?}")), answer: Ok(lista) });
}

#[test]
fn the_next_pending_document_is_found_further_down_than_has_been_loaded() {
    let mut play = long_list();
    play.keys("2v");
    more(&mut play, lista(41..=60, Some("c2")));
    let pending = Fila { pendientes: 2, ..fila(70) };
    more(&mut play, Lista { items: vec![fila(69), pending], siguiente: None, total: None, total_es_minimo: false });
    assert_eq!((play.selected(), play.state.focus), (70, Pane::Documentos));
    assert!(!play.told("no-quedan-pendientes"));
}

#[test]
fn when_there_is_none_to_the_end_it_is_told_once() {
    let mut play = long_list();
    play.keys("2v");
    more(&mut play, lista(41..=60, None));
    assert!(play.told("no-quedan-pendientes"));
    assert_eq!(play.selected(), 1);
}

#[test]
fn whoever_moves_meanwhile_is_not_carried_away() {
    let mut play = long_list();
    play.keys("2v").take(expedientes::update::Input::Action(Action::PaneExpedientes));
    let effects = play.effects();
    play.keys("j");
    play.effects = effects;
    let pending = Fila { pendientes: 2, ..fila(70) };
    more(&mut play, Lista { items: vec![pending], siguiente: None, total: None, total_es_minimo: false });
    assert_eq!(play.selected(), 2);
}

#[test]
fn files_go_to_the_expediente_on_which_they_were_dropped() {
    let mut play = Play::work();
    play.paste("/tmp/factura.pdf");
    play.keys("j").timer(Timer::DetalleDebounce).detalle(detalle(2, 1, Vec::new()));
    play.msg(Msg::Files { picks: vec![pick("factura.pdf")], refused: Vec::new() });
    assert!(matches!(play.state.top(), Some(Overlay::Files(files)) if files.expediente.0 == 1));
}

fn uploading() -> (Play, u64) {
    let mut play = Play::work();
    play.msg(Msg::Files { picks: vec![pick("factura.pdf")], refused: Vec::new() });
    play.keys("<enter>").effects.clear();
    let id = play.state.transfers.items[0].id;
    (play, id)
}

fn moved(id: u64, estado: EstadoTransfer) -> Msg {
    Msg::Transfer { id, done: 10, total: 10, rate: 5, estado }
}

#[test]
fn one_that_was_cancelled_and_started_again_is_not_cancelled_by_what_comes_late() {
    let (mut play, id) = uploading();
    play.keys("wds<enter>");
    play.msg(moved(id, EstadoTransfer::Cancelado));
    assert_eq!(play.state.transfers.items[0].estado, EstadoTransfer::EnCola);
    play.msg(moved(id, EstadoTransfer::Hecho(Some(DocumentoId(50)))));
    assert!(play.told("subida-hecha"));
}

#[test]
fn an_upload_that_finds_the_session_ended_goes_on_after_signing_in_again() {
    let (mut play, id) = uploading();
    play.msg(Msg::TransferCut { id, failure: session_ended() });
    assert!(matches!(play.state.top(), Some(Overlay::SignInAgain)));
    play.keys("clave<enter>").effects.clear();
    let (generation, _) = play.state.sesion.pending.unwrap();
    let nueva =
        api::sesion::SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: persona(Rol::JefeVentas) };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    assert!(
        play.asked().iter().any(|effect| matches!(effect, Effect::StartTransfer { id: again, .. } if *again == id))
    );
}

#[test]
fn a_refusal_during_a_cut_is_still_a_refusal() {
    let (mut play, id) = uploading();
    play.msg(Msg::ListenLost(offline()));
    play.msg(moved(id, EstadoTransfer::Fallido("No se admite.".to_owned())));
    assert!(play.told("transferencia-fallida"));
}

#[test]
fn uploads_of_one_person_end_when_another_signs_in_and_their_numbers_are_not_given_again() {
    let (mut play, id) = uploading();
    play.msg(Msg::ListenLost(session_ended()));
    play.keys("clave<enter>").effects.clear();
    let (generation, _) = play.state.sesion.pending.unwrap();
    let mut other = persona(Rol::JefeVentas);
    other.id = UsuarioId(2);
    let nueva = api::sesion::SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: other };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    assert!(play.asked().contains(&Effect::CancelTransfer { id }));
    assert!(play.state.transfers.items.is_empty() && play.state.transfers.last == id);
}

fn vista(modelo: &str) -> api::vista::Vista {
    api::vista::Vista { nombre: modelo.to_owned(), modelo: modelo.into(), q: String::new(), orden: None }
}

#[test]
fn views_that_are_not_here_yet_are_chosen_when_they_come() {
    let mut play = Play::work();
    play.keys("l");
    assert!(play.asked().contains(&Effect::LoadVistas { modelo: "venta-vn".into() }));
    play.msg(Msg::Vistas(Ok(vec![vista("venta-vn")])));
    assert!(matches!(play.state.top(), Some(Overlay::Picker(_))));
    play.keys("<esc>").msg(Msg::Timer(Timer::Vistas));
    assert!(!play.asked().iter().any(|effect| matches!(effect, Effect::LoadVistas { .. })), "they are here");
    let mut play = Play::work();
    play.keys("l").msg(Msg::Vistas(Ok(Vec::new())));
    assert!(play.told("no-vistas"));
}

#[test]
fn views_of_the_modelo_one_has_left_come_too_late() {
    let mut play = Play::work();
    play.msg(Msg::Vistas(Ok(vec![vista("venta-vn")]))).msg(Msg::Vistas(Ok(vec![vista("postventa")])));
    assert_eq!(play.state.lista.vistas, [vista("venta-vn")]);
}

#[test]
fn a_page_that_comes_late_is_not_shown() {
    let mut play = Play::work();
    play.msg(Msg::Timer(Timer::PreviewDebounce));
    let (late, _) = play.state.preview.sheet.pending.expect("the page is awaited");
    let signature = play.state.preview.sheet.wanted.clone().unwrap();
    play.keys("2j").timer(Timer::PreviewDebounce);
    let shown =
        expedientes::state::preview::Shown::Card { of: signature.clone(), reason: "tarde".to_owned(), codigo: None };
    play.msg(Msg::Page { generation: late, signature, shown, pages: Some(9), firmas: 0, offline: false });
    assert!(matches!(play.state.preview.sheet.shown, expedientes::state::preview::Shown::Nothing));
    assert_eq!(play.state.preview.sheet.pages, None);
}

#[test]
fn force_is_not_for_asesores_and_the_palette_says_so() {
    let mut play = Play::work_with(Rol::Asesor, vec![fila(1)]);
    let mut own = detalle(1, 4, Vec::new());
    own.permisos = persona(Rol::Asesor).permisos;
    play.keys("R").detalle(own);
    play.effects.clear();
    play.keys("A");
    assert!(play.told("no-permiso-forzar") && play.state.overlays.is_empty());
    play.keys(":");
    let Some(Overlay::Picker(picker)) = play.state.top() else { panic!("the palette is open") };
    let force = picker
        .items
        .iter()
        .find(|item| matches!(item.choose, expedientes::state::overlay::Chosen::Action(Action::Force)));
    assert!(force.unwrap().disabled.is_some(), "it is there, and says why not");
}

#[test]
fn another_theme_and_another_language_are_remembered() {
    use expedientes::effect::Memoria;
    let mut play = Play::work();
    let before = play.state.config.idioma.clone();
    expedientes::update::work(&mut play.state, Action::Theme);
    play.keys("<down><enter>");
    let tema = play.state.config.tema.clone();
    assert!(play.asked().contains(&Effect::Remember(Memoria::Tema(tema))));
    let effects = expedientes::update::work(&mut play.state, Action::Language);
    assert_eq!(effects, [Effect::Remember(Memoria::Idioma("en".to_owned()))]);
    assert_ne!(play.state.config.idioma, before);
}

#[test]
fn a_cut_leaves_the_new_expediente_in_its_form_and_says_so() {
    let mut play = Play::work();
    play.keys("n<enter>Gil<pagedown><ctrl-s>");
    let generation = play.state.generation;
    play.msg(Msg::Created { generation, answer: Err(offline()) });
    assert!(play.told("nuevo-sin-linea") && matches!(play.state.top(), Some(Overlay::NewExpediente(_))));
}

#[test]
fn what_was_typed_after_a_cut_is_saved_on_what_the_cut_had_let_through() {
    let mut play = Play::work();
    play.keys("n<enter>Gil<pagedown><ctrl-s>");
    let first = play.asked();
    let generation = play.state.generation;
    play.msg(Msg::Created { generation, answer: Err(offline()) });
    play.keys(" Ferrer<ctrl-s>");
    let again = play.asked();
    let of = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Create { nuevo, key, .. } => Some((nuevo.clone(), key.clone())),
            _ => None,
        })
    };
    assert_eq!(of(&again).unwrap(), of(&first).unwrap(), "the same under the same key");
    let mut made = detalle(9, 1, Vec::new());
    made.indice = of(&first).unwrap().0.indice;
    let generation = play.state.generation;
    play.msg(Msg::Created { generation, answer: Ok(made) });
    let saves: Vec<_> = play
        .asked()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::SaveIndice { id, revision, campos, .. } => Some((id.0, revision, campos)),
            _ => None,
        })
        .collect();
    let campos = [("cliente".into(), Some(domain::Valor::from("Gil Ferrer")))];
    assert_eq!(saves, [(9, 1, campos.into())]);
}

#[test]
fn a_detail_that_is_here_is_not_asked_for_again() {
    let mut play = Play::work();
    play.keys("jk").timer(Timer::DetalleDebounce);
    assert!(play.asked().is_empty());
}

#[test]
fn what_is_deleted_is_what_was_asked_about() {
    let mut play = Play::work();
    play.keys("2ds").keys("duplicado");
    play.msg(Msg::Timer(Timer::ListRefresh)).lista(lista([2, 3], None)).keys("<enter>");
    let asked = play.asked();
    let deletes = |effect: &Effect| matches!(effect, Effect::Write { write: Write::DeleteDocumento { documento, .. }, .. } if documento.0 == 11);
    assert!(asked.iter().any(deletes), "{asked:?}");
}

#[test]
fn the_wheel_moves_what_lies_under_it_and_takes_the_focus_from_nothing_that_is_typed() {
    use expedientes::update::Input;
    use expedientes::view::hit::{Gesture, Hit, Target};
    let wheel = |target| Input::Mouse(Hit { target, gesture: Gesture::ScrollDown, at: (0, 0) });
    let mut play = Play::work();
    play.keys("e<end>x").effects.clear();
    let before = play.state.documentos.selected;
    play.take(wheel(Target::Pane(Pane::Documentos))).take(wheel(Target::Pane(Pane::Indice)));
    assert_eq!((play.state.documentos.selected, play.state.focus), (before + 1, Pane::Indice));
    play.keys("y");
    assert_eq!(play.state.indice.edit.as_ref().unwrap().input.value(), "Cliente 1xy");
    play.keys("<f2>").take(wheel(Target::Item(0)));
    assert!(matches!(play.state.top(), Some(Overlay::Picker(picker)) if picker.selected == 1));
}

#[test]
fn a_megabyte_goes_nowhere_where_it_does_not_fit() {
    let text = "á \u{1b}[31m".repeat(150_000);
    for open in ["", "/", ":", "2x", "n<enter>", "<ctrl-e>", "u", "as", "L"] {
        let mut play = Play::work();
        play.keys(open).paste(&text);
        let longest = |input: &tui_input::Input| input.value().chars().count() <= 400;
        let search = play.state.lista.search.as_ref().is_none_or(|search| longest(&search.input));
        let top = match play.state.top() {
            Some(Overlay::Picker(picker)) => longest(&picker.input),
            Some(Overlay::Prompt(prompt)) => longest(&prompt.input),
            Some(Overlay::Files(files)) => longest(&files.input),
            Some(Overlay::NewExpediente(nuevo)) => longest(&nuevo.edit.input),
            _ => true,
        };
        assert!(search && top && longest(&play.state.eleccion.filter), "{open}");
    }
}
