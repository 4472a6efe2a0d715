//! Chance: keys, answers, changes of others, cuts and ended sessions in any order.

use crate::dsl::*;
use api::evento::{Clase, Evento};
use api::sesion::SesionNueva;
use domain::EstadoDocumento::Pendiente;
use domain::{CampoId, ExpedienteId, Rol};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::msg::Msg;
use expedientes::state::overlay::Overlay;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Something that happens.
#[derive(Debug, Clone)]
enum Step {
    /// Keys are pressed.
    Keys(&'static str),
    /// The list that is awaited comes, with these rows.
    Lista(Vec<i64>),
    /// The detail that is awaited comes.
    Detalle,
    /// A timer goes off.
    Timer(Timer),
    /// Somebody changed an expediente.
    Evento(i64),
    /// The line is cut, and comes back.
    Cut,
    /// It comes back.
    Back,
    /// The session ends.
    SessionEnds,
    /// The same person signs in again.
    SignIn,
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop::sample::select(vec![
        "j",
        "k",
        "G",
        "g",
        " ",
        "V",
        "v",
        "e",
        "1",
        "2",
        "3",
        "4",
        "<tab>",
        "<enter>",
        "<esc>",
        "x",
        "s",
        "n",
        "a",
        "f",
        "+",
        "abc",
        "12",
        "<down>",
        "<up>",
        "<pagedown>",
        "<ctrl-s>",
        "<ctrl-e>",
        "/",
        "R",
        "motivo<enter>",
        "<backspace>",
        "l",
        "w",
        "h",
        "y",
        "<f2>",
    ]);
    let timers = vec![
        Timer::Patience,
        Timer::DetalleDebounce,
        Timer::SearchDebounce,
        Timer::ListRefresh,
        Timer::Toast,
        Timer::Reconnect,
    ];
    prop_oneof![
        10 => keys.prop_map(Step::Keys),
        3 => prop::sample::subsequence((1..=8).collect::<Vec<i64>>(), 0..=8).prop_map(Step::Lista),
        4 => Just(Step::Detalle),
        3 => prop::sample::select(timers).prop_map(Step::Timer),
        2 => (1..=8i64).prop_map(Step::Evento),
        1 => Just(Step::Cut),
        1 => Just(Step::Back),
        1 => Just(Step::SessionEnds),
        1 => Just(Step::SignIn),
    ]
}

/// A play, and the service that it is played against: its revisions grow with every change.
struct World {
    play: Play,
    revision: i64,
}

impl World {
    fn take(&mut self, step: Step) {
        let play = &mut self.play;
        match step {
            Step::Keys(keys) => {
                play.keys(keys);
            }
            Step::Lista(ids) if play.state.lista.pending.is_some() => {
                play.lista(lista(ids, None));
            }
            Step::Detalle if play.state.documentos.detalle.pending.is_some() => {
                let id = play.state.documentos.expediente.expect("a detail is awaited").0;
                play.detalle(full(id, self.revision));
            }
            Step::Timer(timer) => {
                play.msg(Msg::Timer(timer));
            }
            Step::Evento(id) => {
                self.revision += 1;
                let (seq, revision) = (self.revision, Some(self.revision));
                let clase = Clase::IndiceCambiado;
                let evento = Evento {
                    seq,
                    clase,
                    expediente: Some(ExpedienteId(id)),
                    revision,
                    documento: None,
                    quien: "luis".to_owned(),
                };
                play.msg(Msg::Evento(evento));
            }
            Step::Cut => {
                play.msg(Msg::ListenLost(offline()));
            }
            Step::Back => {
                play.msg(Msg::Servidor(Ok(servidor())));
            }
            Step::SessionEnds => {
                play.msg(Msg::ListenLost(session_ended()));
            }
            Step::SignIn => {
                let Some((generation, _)) = play.state.sesion.pending else { return };
                let nueva =
                    SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: persona(Rol::JefeVentas) };
                play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
            }
            Step::Lista(_) | Step::Detalle => {}
        }
    }
}

/// Two pending documents, whose ids tell whose they are.
fn full(id: i64, revision: i64) -> api::expediente::ExpedienteDetalle {
    detalle(
        id,
        revision,
        vec![documento(id * 100 + 1, id, "pedido", Pendiente), documento(id * 100 + 2, id, "dni", Pendiente)],
    )
}

fn typed(play: &Play) -> Option<(ExpedienteId, BTreeMap<CampoId, String>)> {
    play.state.indice.edit.as_ref().map(|edit| (edit.expediente, edit.texts.clone()))
}

/// Writes go to what was on screen when the key was pressed.
fn meets(effect: &Effect, shown: Option<i64>, edited: Option<i64>) -> bool {
    match effect {
        Effect::Write { write: Write::Validate { documento, .. }, .. }
        | Effect::Write { write: Write::Reject { documento, .. }, .. } => {
            shown.is_some_and(|id| documento.0 / 100 == id)
        }
        Effect::SaveIndice { id, .. } => edited == Some(id.0),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing that comes from outside changes what was typed, takes the program down, or lets a key meet another expediente than the one
    /// on screen; and whatever happened, one gets back to work.
    #[test]
    fn nothing_typed_is_lost_and_no_key_meets_another_expediente(steps in prop::collection::vec(step(), 0..80)) {
        let mut world = World { play: Play::work_with(Rol::JefeVentas, (1..=8).map(fila).collect()), revision: 3 };
        world.play.keys("R").detalle(full(1, 4));
        world.revision = 4;
        for step in steps {
            let before = typed(&world.play);
            let shown = world.play.state.documentos.detalle.value.as_ref().map(|detalle| detalle.id.0);
            let is_key = matches!(step, Step::Keys(_));
            // Keys typed ahead are pressed when what they wait for comes.
            let is_held = !world.play.state.held.is_empty();
            // A prompt and a question remember, and name, the versions they were about when they opened.
            let is_reason = matches!(world.play.state.top(), Some(Overlay::Prompt(_) | Overlay::Confirm(_)));
            world.play.effects.clear();
            world.take(step.clone());
            let state = &world.play.state;
            if is_held {
                prop_assert!(!is_key || world.play.effects.is_empty() || state.held.is_empty());
            } else if is_key {
                let edited = before.as_ref().map(|(id, _)| id.0).or(shown);
                prop_assert!(is_reason || world.play.effects.iter().all(|effect| meets(effect, shown, edited)), "{step:?}: {:?}", world.play.effects);
            } else {
                prop_assert_eq!(&typed(&world.play), &before, "{:?}", step);
            }
            prop_assert!(!state.quit);
            prop_assert!(state.lista.filas.is_empty() || state.lista.selected < state.lista.filas.len());
            prop_assert!(state.documentos.selected <= state.documentos.lines().len());
            if let (Some(edit), true) = (&state.indice.edit, state.is_typing_here() && state.focus == expedientes::state::Pane::Indice) {
                let fields = expedientes::state::indice::visible_fields(state);
                let selected = fields.get(state.indice.selected).map(|campo| &campo.id);
                prop_assert!(edit.conflict.is_some() || selected == Some(&edit.field), "the cursor is where it seems: {selected:?} {:?}", edit.field);
            }
        }
        for _ in 0..20 {
            world.take(Step::Back);
            if matches!(world.play.state.top(), Some(Overlay::SignInAgain)) {
                world.play.keys("clave<enter>");
                world.take(Step::SignIn);
            }
            world.play.keys("<esc>");
            if matches!(world.play.state.top(), Some(Overlay::Confirm(_))) {
                world.play.keys("s");
            }
        }
        prop_assert!(world.play.state.overlays.is_empty());
    }
}
