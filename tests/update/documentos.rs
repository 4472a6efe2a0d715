use crate::dsl::*;
use api::Codigo;
use domain::EstadoDocumento::{Pendiente, Rechazado, Validado};
use domain::{DocumentoId, ExpedienteId, Rol};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::i18n::Text;
use expedientes::msg::Msg;
use expedientes::state::Pane;
use expedientes::state::overlay::{Chosen, Overlay};

fn checker() -> Play {
    let filas = (1..=3).map(|id| api::lista::Fila { pendientes: u32::from(id != 2), ..fila(id) }).collect();
    Play::work_with(Rol::Administrativo, filas)
}

fn current(play: &Play) -> i64 {
    play.state.documentos.current().expect("a document is selected").id.0
}

#[test]
fn validating_goes_on_to_the_next_and_then_to_the_next_expediente() {
    let mut play = checker();
    play.keys("2v");
    let mut asked = play.asked();
    asked.retain(|effect| effect.is_write() || matches!(effect, Effect::LoadPage { .. }));
    assert!(
        matches!(asked.as_slice(), [Effect::Write { write: Write::Validate { documento, sha256, .. }, .. }, Effect::LoadPage { signature, .. }]
            if documento.0 == 11 && *sha256 == format!("{:064x}", 11) && signature.documento.0 == 12)
    );
    assert_eq!(current(&play), 12);
    play.keys("v");
    assert_eq!(play.selected(), 3, "2 has nothing pending");
    let asked = play.asked();
    assert!(asked.iter().any(|effect| matches!(effect, Effect::LoadDetalle { id, .. } if id.0 == 3)), "{asked:?}");
    play.detalle(detalle(3, 1, vec![documento(31, 3, "pedido", Validado), documento(32, 3, "dni", Pendiente)]));
    assert_eq!((current(&play), play.state.focus), (32, Pane::Documentos));
    play.keys("v");
    assert!(play.told("no-quedan-pendientes"));
}

#[test]
fn the_keys_are_all_different_and_the_answer_is_the_truth() {
    let mut play = checker();
    play.keys("2vv");
    let keys: Vec<String> = play
        .effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Write { key, write: Write::Validate { .. } } => Some(key),
            _ => None,
        })
        .collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1]);
    play.documento(11, Err(refused(Codigo::Estado)));
    assert!(play.told("documento-no-cambiado"), "it names the document, for another is on screen by now");
    assert!(!play.state.documentos.writing.contains_key(&DocumentoId(11)));
    play.documento(12, Ok(documento(12, 1, "dni", Validado)));
    assert!(play.told("documento-validado"));
}

#[test]
fn a_reason_is_asked_for_and_an_empty_one_refused_in_place() {
    let mut play = checker();
    play.keys("2x<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Prompt(prompt)) if prompt.error.is_some()));
    assert!(play.asked().is_empty());
    play.keys("falta la firma");
    // A new version comes while one writes: what is rejected is what was looked at.
    play.msg(Msg::Evento(evento(1, 4)));
    let mut newer = documento(11, 1, "pedido", Pendiente);
    newer.sha256 = "f".repeat(64);
    play.detalle(detalle(1, 4, vec![newer, documento(12, 1, "dni", Pendiente)]));
    play.effects.clear();
    play.keys("<enter>");
    let asked = play.asked();
    let Some(Effect::Write { write: Write::Reject { documento, sha256, motivo, .. }, .. }) = asked.get(1) else {
        panic!("{asked:?}")
    };
    assert_eq!(
        (documento.0, motivo.as_str(), sha256.as_str()),
        (11, "falta la firma", format!("{:064x}", 11).as_str())
    );
    assert!(play.state.overlays.is_empty());
    assert_eq!(current(&play), 12);
}

fn evento(expediente: i64, revision: i64) -> api::evento::Evento {
    api::evento::Evento {
        seq: 10,
        clase: api::evento::Clase::DocumentoVersion,
        expediente: Some(ExpedienteId(expediente)),
        revision: Some(revision),
        documento: None,
        quien: "luis".to_owned(),
    }
}

#[test]
fn marked_documents_are_validated_together() {
    let mut play = checker();
    play.keys("2  v");
    let validated = play
        .asked()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Write { write: Write::Validate { .. }, .. }))
        .count();
    assert_eq!(validated, 2);
    assert!(play.state.documentos.marked.is_empty());
}

#[test]
fn who_may_not_check_is_told_so() {
    let mut play = Play::work();
    let mut mine = detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente)]);
    mine.permisos.retain(|permiso| *permiso != domain::Permiso::Revisar);
    play.keys("R").detalle(mine);
    play.effects.clear();
    play.keys("v");
    assert!(play.told("no-permiso-revisar") && play.asked().is_empty());
}

#[test]
fn a_closed_expediente_says_that_it_is_closed() {
    let mut play = checker();
    let mut closed = detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente)]);
    (closed.cerrado, closed.permisos) = (true, vec![domain::Permiso::Ver]);
    play.keys("R").detalle(closed);
    play.keys("e");
    assert!(play.told("no-cerrado") && play.state.indice.edit.is_none());
}

#[test]
fn the_page_is_asked_for_when_the_selection_rests() {
    let mut play = checker();
    play.keys("2j");
    assert!(play.asked_pages().is_empty());
    play.keys("kj").timer(Timer::PreviewDebounce);
    let pages = play.asked_pages();
    assert!(matches!(pages.as_slice(), [signature] if signature.documento.0 == 12), "{pages:?}");
}

#[test]
fn deleting_names_the_object_and_the_default_is_no() {
    let mut play = checker();
    play.keys("2d<enter>");
    assert!(play.state.overlays.is_empty() && play.asked().is_empty(), "Intro on the default does nothing");
    play.keys("ds<enter>");
    assert!(
        matches!(play.state.top(), Some(Overlay::Prompt(prompt)) if prompt.error.is_some()),
        "a reason is compulsory"
    );
    play.keys("duplicado<enter>");
    let asked = play.asked();
    assert!(
        matches!(asked.as_slice(), [_, Effect::Write { write: Write::DeleteDocumento { documento, motivo, .. }, .. }] if documento.0 == 11 && motivo == "duplicado")
    );
}

#[test]
fn another_type_and_another_name() {
    let mut play = checker();
    play.keys("2cfactura<enter>");
    let asked = play.asked();
    assert!(
        matches!(asked.as_slice(), [Effect::Write { write: Write::ChangeDocumento { cambio, .. }, .. }] if cambio.tipo.as_ref().unwrap().as_str() == "factura"),
        "{asked:?}"
    );
    play.keys("m<ctrl-u><ctrl-k>x<enter>"); // its ending comes back, for nobody means to lose it
    let asked = play.asked();
    assert!(
        matches!(asked.as_slice(), [Effect::Write { write: Write::ChangeDocumento { cambio, .. }, .. }] if cambio.nombre.as_deref() == Some("x.pdf")),
        "{asked:?}"
    );
}

#[test]
fn deleted_ones_are_brought_back_from_a_list() {
    let mut play = checker();
    expedientes::update::work(&mut play.state, expedientes::action::Action::Recover);
    let generation = play.state.generation;
    play.msg(Msg::Deleted { generation, answer: Ok(vec![documento(99, 1, "dni", Rechazado)]) });
    assert!(
        matches!(play.state.top(), Some(Overlay::Picker(picker)) if matches!(picker.items[0].choose, Chosen::Recover(_)))
    );
    play.keys("<enter>");
    assert!(
        matches!(play.asked().as_slice(), [Effect::Write { write: Write::RecoverDocumento { documento, .. }, .. }] if documento.0 == 99)
    );
}

impl Play {
    fn asked_pages(&mut self) -> Vec<expedientes::state::preview::Signature> {
        let of = |effect| match effect {
            Effect::LoadPage { signature, .. } => Some(signature),
            _ => None,
        };
        self.asked_keeping_timers().into_iter().filter_map(of).collect()
    }

    fn asked_keeping_timers(&mut self) -> Vec<Effect> {
        let (timers, asked) = self.effects().into_iter().partition(|effect| matches!(effect, Effect::Wake { .. }));
        self.effects = timers;
        asked
    }
}

#[test]
fn what_nobody_has_seen_is_asked_about() {
    let mut play = checker();
    play.blind = true;
    play.keys("2v");
    assert!(play.asked().iter().all(|effect| !effect.is_write()));
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
    play.keys("s");
    assert_eq!(play.asked().iter().filter(|effect| effect.is_write()).count(), 1);
    play.keys("xno se lee<enter>");
    assert!(play.asked().iter().all(|effect| !effect.is_write()));
    play.keys("s");
    assert_eq!(play.asked().iter().filter(|effect| effect.is_write()).count(), 1);
}

#[test]
fn of_several_the_rejected_ones_are_asked_about() {
    let mut play = checker();
    let documentos =
        vec![documento(11, 1, "pedido", Pendiente), documento(12, 1, "dni", domain::EstadoDocumento::Rechazado)];
    play.keys("R").detalle(detalle(1, 4, documentos));
    play.keys("2  ").effects.clear();
    play.keys("v");
    let question =
        Text::key("pregunta-validar-varios").with("n", 2usize).with("sinver", 0usize).with("rechazados", 1usize);
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if confirm.question == question));
    play.keys("n");
    assert!(play.asked().iter().all(|effect| !effect.is_write()));
}

#[test]
fn a_document_is_passed_over_without_touching_it() {
    let mut play = checker();
    play.keys("2p");
    assert_eq!(current(&play), 12);
    play.keys("p");
    assert_eq!(play.selected(), 3, "and not back to the one passed over");
    assert!(play.asked().iter().all(|effect| !effect.is_write()));
}

#[test]
fn a_reason_that_was_given_is_given_again() {
    let mut play = checker();
    play.keys("2xfalta la firma<enter>").effects.clear();
    play.keys("x<up><enter>");
    let again = play.asked().into_iter().find_map(|effect| match effect {
        Effect::Write { write: Write::Reject { documento, motivo, .. }, .. } => Some((documento.0, motivo)),
        _ => None,
    });
    assert_eq!(again, Some((12, "falta la firma".to_owned())));
}

#[test]
fn the_page_of_another_document_never_stands_under_this_ones_name() {
    use expedientes::state::preview::Shown;
    let mut play = checker();
    play.keys("2").msg(Msg::Timer(Timer::PreviewDebounce));
    let asked = play.asked();
    let Some(Effect::LoadPage { generation, signature, .. }) = asked.first().cloned() else { panic!("{asked:?}") };
    let shown = Shown::Text { of: signature.clone(), text: "uno".into() };
    play.msg(Msg::Page { generation, signature, shown, pages: Some(1), firmas: 0, offline: false });
    play.keys("j");
    assert!(matches!(play.state.preview.sheet.shown, Shown::Nothing));
}

#[test]
fn on_a_missing_document_one_is_told_that_it_is_missing() {
    let mut play = checker();
    play.keys("2<end>");
    assert!(play.state.documentos.current().is_none());
    play.keys("v");
    assert!(play.told("no-subido") && play.asked().is_empty());
}
