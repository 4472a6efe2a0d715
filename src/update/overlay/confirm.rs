//! A question; the default is No.

use super::super::{fases, lista, mensajes, overlay, plantillas, revisar, transfers};
use crate::action::Action;
use crate::effect::{Effect, Write};
use crate::input::key::KeyPress;
use crate::state::State;
use crate::state::mensajes::Asunto;
use crate::state::overlay::{Overlay, Purpose, Then};
use api::fase::Paso;

/// Intro takes the selected answer, Esc is No, anything that moves changes the selection.
pub fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::Confirm(confirm)) = state.overlays.last_mut() else { return Vec::new() };
    match action {
        Action::Enter => {
            let yes = confirm.yes;
            answer(state, yes)
        }
        Action::Back => answer(state, false),
        _ => {
            confirm.yes = !confirm.yes;
            Vec::new()
        }
    }
}

/// `s` or `y` is Yes, `n` is No.
pub fn edit(state: &mut State, key: KeyPress) -> Vec<Effect> {
    match key.char() {
        Some('s' | 'S' | 'y' | 'Y') => answer(state, true),
        Some('n' | 'N') => answer(state, false),
        Some('e' | 'E') => plantillas::fill(state),
        _ => Vec::new(),
    }
}

fn answer(state: &mut State, yes: bool) -> Vec<Effect> {
    let Some(Overlay::Confirm(confirm)) = state.overlays.pop() else { return Vec::new() };
    if !yes {
        return Vec::new();
    }
    match confirm.then {
        Then::Delete(ids) => {
            overlay::prompt::ask_reason(state, Purpose::Delete(ids));
            Vec::new()
        }
        Then::Validate(looked_at) => revisar::send_validations(state, &looked_at),
        Then::Reject(looked_at, motivo) => revisar::send_rejections(state, &looked_at, &motivo),
        Then::DiscardEdit => {
            if let Some(edit) = state.indice.edit.take() {
                mensajes::settle(state, Asunto::Indice(edit.expediente));
            }
            Vec::new()
        }
        Then::DiscardNew => {
            state.overlays.retain(|overlay| !matches!(overlay, Overlay::NewExpediente(_)));
            mensajes::settle(state, Asunto::Nuevo);
            Vec::new()
        }
        Then::DiscardNote => overlay::escrito::close(state),
        Then::DeleteNote(expediente, cual) => overlay::notas::delete(state, expediente, cual),
        Then::TemplateWithBlanks { expediente, plantilla, .. } => plantillas::make(state, expediente, plantilla, true),
        Then::Advance(ids) => fases::send(state, &ids, Paso::Avanzar, None),
        Then::Force(ids) => fases::ask_reason_to_force(state, ids),
        Then::Undo(id, revision) => {
            let key = state.next_key();
            vec![Effect::Write { key, write: Write::Undo { id, revision } }]
        }
        Then::CancelTransfer(id) => transfers::cancel(state, id),
        Then::Quit => {
            state.quit = true;
            Vec::new()
        }
        Then::SignOut => vec![Effect::SignOut],
        Then::DeleteView(nombre) => {
            let Some(elegido) = &state.eleccion.actual else { return Vec::new() };
            let modelo = elegido.modelo.clone();
            lista::forget_view(state, &nombre);
            overlay::picker::close(state);
            vec![Effect::DeleteVista { nombre, modelo }]
        }
    }
}
