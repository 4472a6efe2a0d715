use crate::dsl::*;
use api::Codigo;
use api::fase::{FaltaVista, Paso};
use domain::gate::{EstadoRequisito, Falta};
use expedientes::effect::{Effect, Write};
use expedientes::i18n::Text;
use expedientes::state::overlay::Overlay;

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
