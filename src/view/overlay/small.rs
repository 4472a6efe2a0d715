//! Prompt, question, signing in again, new expediente.

use super::super::form::{self, Form};
use super::super::hint_bar::help;
use super::super::hit::Target;
use super::super::screens::sign_in_form;
use super::super::{Painter, layout, text};
use super::{frame, said};
use crate::state::overlay::{Asesor, Confirm, NewExpediente, Prompt, Purpose, Then};
use crate::state::paso;
use crate::update::overlay::nuevo::form_fields;
use domain::{ExpedienteId, Indice};
use ratatui::layout::Rect;

/// Cells of the box for a line of text.
const PROMPT: u16 = 70;

/// One line of text, and what is wrong with it.
pub fn prompt(p: &mut Painter<'_, '_>, area: Rect, prompt: &Prompt) {
    let title = match &prompt.purpose {
        Purpose::Reject(_) => "titulo-rechazar",
        Purpose::Delete(_) => "titulo-borrar",
        Purpose::Force(_) => "titulo-forzar",
        Purpose::Retreat(_) => "titulo-retroceder",
        Purpose::Rename(_) => "titulo-renombrar",
        Purpose::SaveView => "titulo-guardar-vista",
        Purpose::SaveOriginal(_) => "titulo-guardar-original",
        Purpose::Page => "titulo-ir-a-pagina",
        Purpose::Clave(..) => "titulo-clave-documento",
    };
    let again = prompt.purpose.is_reason() && !p.state.motivos.is_empty();
    let keys = if again { "pista-motivo" } else { "pista-aceptar" };
    let cells = layout::centred(area, PROMPT, 5).width.saturating_sub(4);
    let passed = passed_over(p, &prompt.purpose);
    let passed = passed.map(|said| text::wrap_within(&said, cells.into(), 2)).unwrap_or_default();
    let inside = frame(p, area, PROMPT, 5 + passed.len() as u16, &p.texts.text(title), &p.texts.text(keys));
    let width = usize::from(inside.width);
    p.put(inside.x, inside.y, &text::cut_middle(&subject(p, &prompt.purpose), width), p.theme.dim);
    for (row, line) in (inside.y + 1..).zip(&passed) {
        p.put(inside.x, row, line, p.theme.pending);
    }
    let y = inside.y + 1 + passed.len() as u16;
    p.field(Rect { y, height: 1, ..inside }, &prompt.input, prompt.purpose.is_secret(), true);
    if let Some(error) = &prompt.error {
        p.put(inside.x, y + 1, &text::cut(&p.texts.show(error), width), p.theme.bad);
    }
}

/// What is missing and passed over when the one on screen is forced.
fn passed_over(p: &Painter<'_, '_>, purpose: &Purpose) -> Option<String> {
    let Purpose::Force(ids) = purpose else { return None };
    let [only] = ids.as_slice() else { return None };
    Some(p.texts.with("faltan-cosas", &paso::faltan(p.state, *only)?))
}

/// Things that are named one by one; of more it is said how many.
const NAMED_MAX: usize = 5;

/// What it is about, by name when it is few things, else how many.
fn subject(p: &Painter<'_, '_>, purpose: &Purpose) -> String {
    let documento = |id| p.state.documentos.find(id).map(|documento| documento.nombre.clone()).unwrap_or_default();
    let names: Vec<String> = match purpose {
        Purpose::Reject(documentos) => documentos.iter().map(|(id, _)| documento(*id)).collect(),
        Purpose::Delete(ids) | Purpose::SaveOriginal(ids) => ids.iter().map(|id| documento(*id)).collect(),
        Purpose::Rename(id) => vec![documento(*id)],
        Purpose::Force(ids) => match ids.as_slice() {
            [only] => vec![with_destino(p, *only)],
            several => several.iter().map(|id| p.numero(*id)).collect(),
        },
        Purpose::Retreat(ids) => ids.iter().map(|id| p.numero(*id)).collect(),
        Purpose::SaveView => vec![p.state.lista.query.clone()],
        Purpose::Clave(_, nombre) => vec![nombre.clone()],
        Purpose::Page => {
            let total = p.state.preview.active().pages.unwrap_or(1);
            vec![p.texts.with("pagina-de-cuantas", &[("total", (total as usize).into())])]
        }
    };
    match names.as_slice() {
        [only] => only.clone(),
        // Marked ones may be far from what is on screen: which ones they are is said.
        few if few.len() <= NAMED_MAX => few.join(", "),
        many => p.texts.with("marcados", &[("n", many.len().into())]),
    }
}

/// An expediente and the fase it is about to enter.
fn with_destino(p: &Painter<'_, '_>, id: ExpedienteId) -> String {
    let numero = p.numero(id);
    match paso::destino(p.state, id) {
        Some(destino) => {
            let key = if destino.cierra { "paso-a-cierre" } else { "paso-a" };
            p.texts.with(key, &[("numero", numero.into()), ("fase", destino.nombre.into())])
        }
        None => numero,
    }
}

/// The question, and No and Yes: No is selected first.
pub fn confirm(p: &mut Painter<'_, '_>, area: Rect, confirm: &Confirm) {
    let question = p.texts.show(&confirm.question);
    let width = layout::centred(area, 66, 3).width.saturating_sub(4);
    let lines = text::wrap(&question, usize::from(width));
    let inside = frame(
        p,
        area,
        66,
        lines.len() as u16 + 4,
        &p.texts.text(asked(&confirm.then)),
        &p.texts.text(match &confirm.then {
            Then::TemplateWithBlanks { campo: Some(_), .. } => "pista-pregunta-huecos",
            _ => "pista-pregunta",
        }),
    );
    // However long the question, its answers are to be seen.
    let room = inside.height.saturating_sub(1);
    let lines = text::wrap_within(&question, usize::from(width), room.into());
    for (row, line) in lines.iter().enumerate() {
        p.put(inside.x, inside.y + row as u16, line, p.theme.overlay);
    }
    let y = inside.y + (lines.len() as u16 + 1).min(room);
    let mut x = inside.x;
    for (at, key) in ["no", "si"].into_iter().enumerate() {
        let label = format!("  {}  ", p.texts.text(key));
        let selected = (at == 1) == confirm.yes;
        let width = text::width(&label) as u16;
        p.put(x, y, &label, if selected { p.theme.selection } else { p.theme.dim });
        p.click(Rect { x, y, width, height: 1 }, Target::Item(at));
        if selected {
            p.cursor(x, y);
        }
        x += width + 2;
    }
}

/// What a question is about.
fn asked(then: &Then) -> &'static str {
    match then {
        Then::Delete(_) => "titulo-pregunta-borrar",
        Then::Validate(_) => "titulo-pregunta-validar",
        Then::Reject(..) => "titulo-pregunta-rechazar",
        Then::DiscardEdit | Then::DiscardNew => "titulo-pregunta-descartar",
        Then::Advance(_) => "titulo-pregunta-avanzar",
        Then::Force(_) => "titulo-pregunta-forzar",
        Then::Undo(..) => "titulo-pregunta-deshacer",
        Then::CancelTransfer(_) => "titulo-pregunta-cancelar",
        Then::Quit => "titulo-pregunta-salir",
        Then::SignOut => "titulo-pregunta-sesion",
        Then::DeleteView(_) => "titulo-pregunta-vista",
        Then::DiscardNote => "titulo-pregunta-descartar",
        Then::DeleteNote(..) => "titulo-pregunta-borrar",
        Then::TemplateWithBlanks { .. } => "titulo-pregunta-huecos",
    }
}

/// The session has ended; what was being done is still there.
pub fn sign_in_again(p: &mut Painter<'_, '_>, area: Rect) {
    let inside = frame(p, area, 64, 12, &p.texts.text("titulo-sesion-caducada"), &p.texts.text("pista-entrar"));
    let lines = text::wrap(&p.texts.text("sesion-caducada"), usize::from(inside.width));
    for (row, line) in lines.iter().enumerate() {
        p.put(inside.x, inside.y + row as u16, line, p.theme.dim);
    }
    let used = lines.len() as u16 + 1;
    sign_in_form(p, Rect { y: inside.y + used, height: inside.height.saturating_sub(used), ..inside });
}

/// The form of a new expediente; whoever is no asesor says whose it is.
pub fn new_expediente(p: &mut Painter<'_, '_>, area: Rect, nuevo: &NewExpediente) {
    let fields = form_fields(p.state, nuevo);
    let inside =
        frame(p, area, 120, area.height, &p.texts.text("titulo-nuevo-expediente"), &p.texts.text("pista-nuevo"));
    let mut body = inside;
    let asesores = p.state.modelo.as_ref().map(|modelo| modelo.asesores.as_slice()).unwrap_or_default();
    let asesor = match nuevo.asesor {
        Asesor::Own => None,
        Asesor::Unsaid => Some((p.texts.text("asesor-sin-elegir"), p.theme.pending)),
        Asesor::Of(at) => asesores
            .get(at)
            .map(|persona| (p.texts.with("asesor-elegido", &[("nombre", persona.nombre.clone().into())]), p.theme.key)),
    };
    if let Some((line, style)) = asesor {
        p.put(body.x, body.y, &text::cut(&line, usize::from(body.width)), style);
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    let selected = fields.iter().position(|campo| campo.id == nuevo.edit.field).unwrap_or_default();
    if let Some(campo) = fields.get(selected) {
        body = form::foot(p, body, &help(campo));
    }
    let focused = matches!(p.state.top(), Some(crate::state::overlay::Overlay::NewExpediente(_)));
    let indice = Indice::new();
    let drawn =
        form::draw(p, body, &Form { fields: &fields, indice: &indice, edit: Some(&nuevo.edit), selected, focused });
    said(p, drawn.above, drawn.below);
}
