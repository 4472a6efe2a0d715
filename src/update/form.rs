//! Typing into the fields of a form: shared by the index and the new expediente.

use super::overlay::fields;
use crate::input::key::KeyPress;
use crate::state::indice::Edit;
use crossterm::event::KeyCode;
use domain::campo::{self, TipoCampo};
use domain::texto::fold;
use domain::{CampoIndice, Valor};
use jiff::civil::Date;

/// A key for the field under the cursor: a space turns a yes into a no, a letter in a chosen option begins another.
pub fn key(edit: &mut Edit, campo: &CampoIndice, key: KeyPress, today: Date) {
    if std::mem::take(&mut edit.fresh) && takes_place(key) && campo.tipo != TipoCampo::Logico {
        edit.input.reset();
    }
    match (campo.tipo, key.code) {
        (TipoCampo::Logico, KeyCode::Char(c)) if key.char().is_some() => {
            let now = campo::parse(campo, edit.input.value(), today).ok().and_then(|read| read.valor);
            // Whoever writes the word out says it once: what follows its first letter changes nothing.
            let said = match c {
                's' | 'S' | 'y' | 'Y' => Some(true),
                'n' | 'N' => Some(false),
                ' ' => Some(now != Some(Valor::Logico(true))),
                _ => now.map(|valor| valor == Valor::Logico(true)),
            };
            edit.input = said.map(|said| campo::edit_text(campo, &Valor::Logico(said))).unwrap_or_default().into();
        }
        _ => {
            if campo.tipo == TipoCampo::Opcion
                && key.char().is_some_and(|c| begins_another(campo, edit.input.value(), c))
            {
                edit.input.reset();
            }
            fields::edit(&mut edit.input, key);
        }
    }
    typed(edit, campo, today);
}

/// Whether a key writes over the value that has just been come into, or takes it out. Any other leaves it and goes on in it.
pub fn takes_place(key: KeyPress) -> bool {
    key.char().is_some() || matches!(key.code, KeyCode::Backspace | KeyCode::Delete)
}

/// Whether an option is there whole, and this letter does not go on with the name of another.
fn begins_another(campo: &CampoIndice, text: &str, letter: char) -> bool {
    let (whole, longer) = (fold(text), fold(&format!("{text}{letter}")));
    let names = || campo.opciones.iter().map(|option| fold(&option.nombre));
    names().any(|name| name == whole) && !names().any(|name| name.starts_with(&longer))
}

/// Pasted text for the field under the cursor; `false` when it did not fit whole.
pub fn paste(edit: &mut Edit, campo: &CampoIndice, text: &str, today: Date) -> bool {
    if std::mem::take(&mut edit.fresh) {
        edit.input.reset();
    }
    let whole = fields::paste(&mut edit.input, text);
    typed(edit, campo, today);
    whole
}

/// Validates as one types, and narrows the list of options.
fn typed(edit: &mut Edit, campo: &CampoIndice, today: Date) {
    let text = edit.input.value().to_owned();
    edit.option = (campo.tipo == TipoCampo::Opcion).then(|| pointed_at(campo, &text));
    edit.set(campo, text, today);
}

/// The option the text points at.
fn pointed_at(campo: &CampoIndice, text: &str) -> usize {
    let wanted = fold(text);
    campo.opciones.iter().position(|option| fold(&option.nombre).starts_with(&wanted)).unwrap_or_default()
}

/// Up and down in the list of options.
pub fn choose(edit: &mut Edit, campo: &CampoIndice, forward: bool, today: Date) {
    let last = campo.opciones.len().saturating_sub(1);
    let at = edit.option.unwrap_or_default();
    // The first arrow in an empty field takes what is pointed at.
    let next = match (edit.input.value().is_empty(), forward) {
        (true, _) => at,
        (false, true) => (at + 1).min(last),
        (false, false) => at.saturating_sub(1),
    };
    if let Some(option) = campo.opciones.get(next) {
        edit.option = Some(next);
        edit.input = option.nombre.clone().into();
        edit.set(campo, option.nombre.clone(), today);
    }
}

/// The cursor comes into a field.
pub fn enter(edit: &mut Edit, campo: &CampoIndice) {
    edit.field = campo.id.clone();
    edit.input = edit.text(campo).into();
    edit.fresh = !edit.input.value().is_empty();
    edit.option = (campo.tipo == TipoCampo::Opcion).then(|| pointed_at(campo, edit.input.value()));
}

/// The cursor leaves a field: what was typed is shown as it will be stored; the beginning of an option becomes the one pointed at.
pub fn leave(edit: &mut Edit, campo: &CampoIndice, today: Date) {
    let option = edit.option.take();
    let Some(text) = edit.texts.get(&campo.id).cloned() else { return };
    let read = campo::parse(campo, &text, today);
    let pointed = option.and_then(|at| campo.opciones.get(at)).map(|option| option.nombre.clone());
    let shown = match (read, pointed) {
        (Ok(read), _) => read.valor.as_ref().map(|valor| campo::edit_text(campo, valor)).unwrap_or_default(),
        (Err(_), Some(name)) if fold(&name).starts_with(&fold(&text)) => name,
        (Err(_), _) => return,
    };
    if shown != text {
        edit.set(campo, shown, today);
        edit.input = edit.text(campo).into();
    }
}
