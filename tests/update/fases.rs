use crate::dsl::*;
use api::Codigo;
use api::fase::{FaltaVista, Paso};
use domain::gate::{EstadoRequisito, Falta};
use expedientes::effect::{Effect, Write};
use expedientes::i18n::{Catalogue, Text};
use expedientes::state::overlay::Overlay;
use expedientes::state::paso;

fn falta() -> FaltaVista {
    let falta = Falta::Documento { tipo: "dni".into(), estado: EstadoRequisito::Falta, alternativas: Vec::new() };
    FaltaVista { falta, nombre: "DNI/NIE".to_owned(), fase: "pedido".into() }
}

fn changes(effects: &[Effect]) -> Vec<(i64, Option<i64>, Paso, Option<String>)> {
    let of = |effect: &Effect| match effect {
        Effect::Write { write: Write::ChangeFase { id, revision, cambio, .. }, .. } => {
            Some((id.0, *revision, cambio.paso, cambio.motivo.clone()))
        }
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

#[test]
fn advance_asks_and_sends_the_revision_that_was_seen() {
    let mut play = Play::work();
    play.keys("a");
    assert!(
        matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes && matches!(&confirm.question, Text::Key("pregunta-avanzar", _)))
    );
    play.keys("<right><enter>");
    assert_eq!(changes(&play.asked()), [(1, Some(3), Paso::Avanzar, None)]);
    play.fase(1, Ok(api::expediente::Cambiado { fase: "facturacion".into(), ..cambiado(4, &[]) }));
    assert!(play.told("fase-cambiada"));
    assert_eq!(play.state.lista.filas[0].fase.as_str(), "facturacion");
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadDetalle { .. })));
}

#[test]
fn what_is_missing_is_shown_instead_and_a_jefe_goes_over_it_with_a_reason() {
    let mut play = Play::work();
    let mut locked = detalle(1, 4, Vec::new());
    locked.faltas = vec![falta()];
    play.keys("R").detalle(locked);
    play.effects.clear();
    play.keys("a");
    assert!(matches!(play.state.top(), Some(Overlay::Missing { .. })));
    assert!(changes(&play.effects).is_empty());
    play.keys("A<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Prompt(prompt)) if prompt.error.is_some()));
    play.keys("lo trae mañana<enter>");
    assert_eq!(changes(&play.asked()), [(1, Some(4), Paso::Forzar, Some("lo trae mañana".to_owned()))]);
}

#[test]
fn a_refusal_of_the_one_on_screen_shows_what_is_missing() {
    let mut play = Play::work();
    play.keys("as");
    let mut failure = refused(Codigo::FaseBloqueada);
    failure.problem.as_mut().unwrap().faltas = vec![falta()];
    play.fase(1, Err(failure));
    assert!(matches!(play.state.top(), Some(Overlay::Missing { .. })));
    assert_eq!(play.state.documentos.detalle.value.as_ref().unwrap().faltas.len(), 1);
}

#[test]
fn marked_ones_go_together_and_refusals_name_theirs() {
    let mut play = Play::work();
    play.keys("j  a");
    assert!(
        matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if matches!(&confirm.question, Text::Key("pregunta-avanzar-varios", _)))
    );
    play.keys("s");
    let sent = changes(&play.asked());
    assert_eq!(sent, [(2, None, Paso::Avanzar, None), (3, None, Paso::Avanzar, None)]);
    assert!(play.state.lista.marked.is_empty());
    play.fase(2, Err(refused(Codigo::FaseBloqueada)));
    assert!(play.state.mensajes.toasts.is_empty(), "told together");
    play.fase(3, Ok(cambiado(2, &[])));
    assert!(play.told("lote-con-faltas") && play.state.overlays.is_empty());
    assert_eq!(play.state.lista.marked, [domain::ExpedienteId(2)].into(), "those that did not move are marked again");
}

#[test]
fn back_needs_a_reason_too() {
    let mut play = Play::work();
    play.keys("Bse rehace la factura<enter>");
    assert_eq!(changes(&play.asked()), [(1, Some(3), Paso::Retroceder, Some("se rehace la factura".to_owned()))]);
}

#[test]
fn at_the_end_there_is_nowhere_to_go() {
    let mut play = Play::work();
    let mut last = detalle(1, 4, Vec::new());
    last.siguiente_fase = None;
    play.keys("R").detalle(last);
    play.keys("a");
    assert!(play.told("no-hay-mas-fases") && play.state.overlays.is_empty());
}

/// A detail one step from its end, with this much missing.
fn before_the_end(play: &mut Play, faltas: Vec<FaltaVista>) {
    let mut detail = detalle(1, 4, Vec::new());
    detail.fase = "tramite".into();
    detail.siguiente_fase = modelo().fases.last().map(|fase| fase.id.clone());
    detail.faltas = faltas;
    play.keys("R").detalle(detail);
    play.state.lista.filas[0].fase = "tramite".into();
    play.effects.clear();
}

/// The question on screen, in Spanish, and whether Yes is selected.
fn question(play: &Play) -> (String, bool) {
    let Some(Overlay::Confirm(confirm)) = play.state.top() else { panic!("no question: {:?}", play.state.top()) };
    (Catalogue::new("es").show(&confirm.question), confirm.yes)
}

#[test]
fn forcing_one_closed_is_asked_about_first_with_what_is_passed_over() {
    let mut play = Play::work();
    let campo = Falta::Campo { campo: "matricula".into() };
    let avisos = Falta::Avisos { abiertos: 2 };
    let of = |falta| FaltaVista { falta, nombre: "x".to_owned(), fase: "pedido".into() };
    let mut faltas = vec![falta(); 5];
    faltas.extend([of(campo.clone()), of(campo), of(avisos)]);
    before_the_end(&mut play, faltas);
    play.keys("A");
    let (said, yes) = question(&play);
    assert!(!yes && said.contains("a Cerrado?") && said.contains("sólo lectura"), "{said}");
    assert!(said.contains("Faltan 5 documentos, 2 campos y 2 avisos."), "{said}");
    play.keys("<enter>");
    assert!(play.state.overlays.is_empty() && changes(&play.asked()).is_empty(), "the default is No");
    play.keys("Aslo pide el cliente<enter>");
    assert_eq!(changes(&play.asked()), [(1, Some(4), Paso::Forzar, Some("lo pide el cliente".to_owned()))]);
}

#[test]
fn several_of_which_any_may_be_closed_are_asked_about() {
    let mut play = Play::work();
    let before_last = modelo().fases.iter().rev().nth(1).unwrap().id.clone();
    play.state.lista.filas[2].fase = before_last;
    play.keys("j  A");
    let (said, yes) = question(&play);
    assert!(!yes && said.contains("Cerrado se cierran") && said.contains("26-00003"), "{said}");
    play.keys("<esc>");
    play.state.lista.filas[2].fase = "oferta".into();
    play.keys("A");
    assert!(matches!(play.state.top(), Some(Overlay::Prompt(_))), "none of them: the reason at once");
}

#[test]
fn advancing_into_the_last_fase_says_that_it_closes() {
    let mut play = Play::work();
    before_the_end(&mut play, Vec::new());
    play.keys("a");
    let (said, _) = question(&play);
    assert!(said.contains("a Cerrado?") && said.contains("se cierra"), "{said}");
    let mut play = Play::work();
    play.keys("a");
    let (said, _) = question(&play);
    assert!(!said.contains("cierra"), "{said}");
}

#[test]
fn what_is_missing_is_counted_in_a_sentence() {
    let said = |lang: &str, faltas: Vec<FaltaVista>| {
        let mut play = Play::work();
        before_the_end(&mut play, faltas);
        let counted = paso::faltan(&play.state, domain::ExpedienteId(1)).unwrap();
        Catalogue::new(lang).with("faltan-cosas", &counted)
    };
    let of = |falta| FaltaVista { falta, nombre: "x".to_owned(), fase: "pedido".into() };
    let campo = || of(Falta::Campo { campo: "matricula".into() });
    let aviso = || of(Falta::Avisos { abiertos: 1 });
    assert_eq!(said("es", Vec::new()), "No falta nada.");
    assert_eq!(said("es", vec![falta()]), "Falta 1 documento.");
    assert_eq!(said("es", vec![falta(), campo()]), "Faltan 1 documento y 1 campo.");
    assert_eq!(said("es", vec![campo(), aviso()]), "Faltan 1 campo y 1 aviso.");
    assert_eq!(said("en", vec![falta(), falta(), campo(), aviso()]), "Missing: 2 documents, 1 field and 1 aviso.");
}

#[test]
fn from_what_a_closed_one_lacks_it_goes_back() {
    let mut play = Play::work();
    let mut closed = detalle(1, 4, Vec::new());
    (closed.cerrado, closed.siguiente_fase) = (true, None);
    play.keys("R").detalle(closed);
    play.keys("fB");
    assert!(matches!(play.state.overlays.as_slice(), [Overlay::Prompt(_)]));
}
