//! Documents from a template.

use crate::dsl::*;
use api::problem::CampoMalo;
use api::{Codigo, Problem};
use domain::EstadoDocumento::Pendiente;
use domain::{DocumentoId, ExpedienteId, Plantilla, Rol};
use expedientes::effect::{Effect, Write};
use expedientes::msg::{Failure, Msg};
use expedientes::state::Pane;
use expedientes::state::overlay::{Overlay, Picker};

fn plantilla(id: &str, si: Option<&str>) -> Plantilla {
    Plantilla { id: id.into(), nombre: format!("Hoja {id}"), tipo: "pedido".into(), si: si.map(str::to_owned) }
}

/// At work in a modelo with three templates, one of them for companies.
fn with_templates() -> Play {
    let mut play = Play::work();
    let mut definicion = definicion();
    definicion.modelo.plantillas =
        vec![plantilla("entrega", None), plantilla("poderes", Some("tipo-cliente:empresa")), plantilla("pedido", None)];
    play.state.modelo = Some(definicion.into());
    play
}

fn picker(play: &Play) -> &Picker {
    match play.state.top() {
        Some(Overlay::Picker(picker)) => picker,
        other => panic!("no list: {other:?}"),
    }
}

fn key(play: &Play) -> String {
    play.state.outbox.writes.last().expect("it was asked for").key.clone()
}

/// The service wants these fields first.
fn wants(campos: &[&str]) -> Failure {
    let mut problem = Problem::new(Codigo::DatosInvalidos, "Faltan datos.");
    let bad = |campo: &&str| CampoMalo { campo: (*campo).to_owned(), mensaje: "Está vacío.".to_owned() };
    problem.campos = campos.iter().map(bad).collect();
    Failure::from_problem(problem)
}

#[test]
fn a_template_makes_a_document_that_is_selected_when_it_comes() {
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter>");
    assert_eq!(picker(&play).items.len(), 2, "what is for companies is not offered to a person");
    play.keys("<enter>");
    let write = Write::FromTemplate { expediente: ExpedienteId(1), plantilla: "entrega".into(), con_huecos: false };
    assert_eq!(play.state.outbox.writes[0].write, write);
    let key = key(&play);
    play.msg(Msg::TemplateMade { key, answer: Ok(documento(40, 1, "pedido", Pendiente)) });
    assert!(play.told("plantilla-hecha"));
    play.detalle(detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente), documento(40, 1, "pedido", Pendiente)]));
    assert_eq!(play.state.documentos.current().map(|d| d.id), Some(DocumentoId(40)));
    // Once: the next detail moves nothing.
    play.keys("2kR");
    play.detalle(detalle(1, 5, vec![documento(11, 1, "pedido", Pendiente), documento(40, 1, "pedido", Pendiente)]));
    assert_eq!(play.state.documentos.current().map(|d| d.id), Some(DocumentoId(11)));
}

#[test]
fn empty_fields_are_named_and_blanks_are_left_only_when_somebody_says_so() {
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter><enter>");
    play.msg(Msg::TemplateMade { key: key(&play), answer: Err(wants(&["nif", "importe"])) });
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(question)) if !question.yes));
    play.keys("<enter>");
    assert!(play.state.top().is_none() && play.state.outbox.writes.is_empty(), "No is the default");
    play.keys("n").keys("plantilla<enter><enter>");
    play.msg(Msg::TemplateMade { key: key(&play), answer: Err(wants(&["nif"])) });
    play.keys("s");
    assert!(matches!(play.state.outbox.writes[0].write, Write::FromTemplate { con_huecos: true, .. }));
}

#[test]
fn instead_of_a_blank_to_the_first_empty_field() {
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter><enter>");
    play.msg(Msg::TemplateMade { key: key(&play), answer: Err(wants(&["nif", "importe"])) });
    play.keys("e");
    assert_eq!(play.state.focus, Pane::Indice);
    assert_eq!(play.state.indice.edit.as_ref().unwrap().field.as_str(), "nif");
}

#[test]
fn a_question_that_comes_late_takes_no_keys_from_what_is_being_typed() {
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter><enter>");
    play.keys("/");
    play.msg(Msg::TemplateMade { key: key(&play), answer: Err(wants(&["nif"])) });
    assert!(play.state.top().is_none() && play.told("plantilla-con-faltas"));
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter><enter>");
    let first = key(&play);
    play.keys("1j");
    play.msg(Msg::TemplateMade { key: first, answer: Ok(documento(40, 1, "pedido", Pendiente)) });
    assert_eq!(play.state.documentos.select, None, "another expediente is on screen");
}

#[test]
fn a_template_that_was_cut_goes_out_again_and_is_asked_for_once() {
    let mut play = with_templates();
    play.keys("n").keys("plantilla<enter><enter>");
    let (first, write) = (key(&play), play.state.outbox.writes[0].write.clone());
    play.keys("n").keys("plantilla<enter><enter>");
    assert_eq!(play.state.outbox.writes.len(), 1, "on its way already");
    play.msg(Msg::TemplateMade { key: first.clone(), answer: Err(offline()) });
    play.effects.clear();
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(play.effects().contains(&Effect::Write { key: first, write }));
}

#[test]
fn without_templates_or_permission_the_entry_says_why() {
    let disabled = |play: &mut Play| {
        play.keys("n");
        picker(play).items[2].disabled.clone()
    };
    let mut none = with_templates();
    let mut definicion = definicion();
    definicion.modelo.plantillas.clear();
    none.state.modelo = Some(definicion.into());
    assert_eq!(disabled(&mut none), Some(expedientes::i18n::Text::key("no-plantillas")));
    assert_eq!(disabled(&mut with_templates()), None);
    let mut looks = Play::work_with(Rol::Soporte, vec![fila(1)]);
    looks.state.documentos.detalle.value.as_mut().unwrap().permisos.clear();
    assert_eq!(disabled(&mut looks), Some(expedientes::i18n::Text::key("no-permiso")));
}
