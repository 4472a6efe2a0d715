//! What came of writing a note or an aviso: done, or refused, and then what was typed comes back.

use super::super::{avisos, conexion, documentos, lista, mensajes};
use super::escrito;
use crate::effect::{Effect, Write};
use crate::i18n::Text;
use crate::msg::{Failure, Msg};
use crate::state::mensajes::{Asunto, Nivel};
use crate::state::notas::{Cual, EncargoEscrito, Escritura};
use crate::state::overlay::Overlay;
use crate::state::{Screen, State};
use api::aviso::AvisoVista;
use api::nota::NotaVista;
use domain::ExpedienteId;

/// What came of writing it.
pub fn saved(state: &mut State, msg: Msg, write: Option<&Write>) -> Vec<Effect> {
    // Of somebody who has signed out meanwhile.
    let Some(write) = write else { return Vec::new() };
    let lote = msg.kept_write().and_then(|(key, _)| state.avisos.lotes.iter().position(|l| l.pending.contains(key)));
    if let (Some(at), Some((key, failure))) = (lote, msg.kept_write()) {
        let (key, failure) = (key.to_owned(), failure.cloned());
        let left = failure.and_then(|failure| Some((written(state, write)?, failure)));
        return counted(state, at, &key, left, write);
    }
    match msg {
        Msg::NotaChanged { answer: Ok(nota), .. } => note_saved(state, nota, write),
        Msg::AvisoChanged { answer: Ok(aviso), .. } => aviso_saved(state, aviso, write),
        Msg::NotaChanged { answer: Err(failure), .. } | Msg::AvisoChanged { answer: Err(failure), .. } => {
            refused(state, &failure, write)
        }
        _ => Vec::new(),
    }
}

/// One of several expedientes has been answered. After the last one they are told together, and what was refused comes back as one text.
fn counted(state: &mut State, at: usize, key: &str, left: Option<(Escritura, Failure)>, write: &Write) -> Vec<Effect> {
    let lote = &mut state.avisos.lotes[at];
    lote.pending.remove(key);
    match left {
        None => lote.done += 1,
        Some((left, failure)) => match &mut lote.refused {
            Some(refused) => refused.otros.push(left.expediente),
            None => lote.refused = Some(Escritura { error: Some(failure.sentence), ..left }),
        },
    }
    if !lote.pending.is_empty() {
        return Vec::new();
    }
    let lote = state.avisos.lotes.remove(at);
    let mut effects = documentos::reload(state);
    let key = if let Write::AddAviso { .. } = write { "avisos-puestos" } else { "notas-guardadas" };
    if key == "avisos-puestos" {
        effects.extend(avisos::load(state));
    }
    let refused = lote.refused.as_ref().map_or(0, |refused| refused.otros.len() + 1);
    let texto = Text::key(key).with("n", lote.done).with("faltan", refused);
    effects.extend(if refused > 0 { mensajes::warn(state, texto) } else { mensajes::done(state, texto) });
    state.recuperado.escritos.extend(lote.refused);
    effects
}

fn note_saved(state: &mut State, nota: NotaVista, write: &Write) -> Vec<Effect> {
    let (key, expediente) = match write {
        Write::AddNota { expediente, .. } => ("nota-guardada", *expediente),
        Write::ChangeNota { expediente, .. } => ("nota-cambiada", *expediente),
        _ => return Vec::new(),
    };
    let id = Cual::Nota(nota.id);
    if let Some(detalle) = state.documentos.detalle.value.as_mut().filter(|detalle| detalle.id == expediente) {
        match detalle.notas.iter_mut().find(|one| one.id == nota.id) {
            Some(one) => *one = nota,
            None => detalle.notas.insert(0, nota),
        }
    }
    told(state, Text::key(key), expediente, Some(id))
}

fn aviso_saved(state: &mut State, aviso: AvisoVista, write: &Write) -> Vec<Effect> {
    let (text, expediente) = match write {
        Write::ChangeAviso { expediente, cambio, .. } => {
            let key = match cambio.hecho {
                Some(true) => "aviso-hecho",
                Some(false) => "aviso-reabierto",
                None => "aviso-cambiado",
            };
            (Text::key(key), *expediente)
        }
        Write::AddAviso { expediente, .. } => {
            (Text::key("aviso-puesto").with("para", aviso.para_nombre.clone()), *expediente)
        }
        _ => return Vec::new(),
    };
    // One that was done leaves its place: the selection has gone on already.
    let id = matches!(write, Write::AddAviso { .. }).then_some(Cual::Aviso(aviso.id));
    if let Some(detalle) = state.documentos.detalle.value.as_mut().filter(|detalle| detalle.id == expediente) {
        match detalle.avisos.iter_mut().find(|one| one.id == aviso.id) {
            Some(one) => *one = aviso,
            None => detalle.avisos.push(aviso),
        }
    }
    let mut effects = avisos::load(state);
    effects.extend(told(state, text, expediente, id));
    effects
}

/// Says so, selects it in the overlay, and asks for the detail as it is now.
fn told(state: &mut State, text: Text, expediente: ExpedienteId, select: Option<Cual>) -> Vec<Effect> {
    let numero = lista::numero_of(state, expediente);
    let mine = |overlay: &&mut Overlay| matches!(overlay, Overlay::Notas(notas) if notas.expediente == expediente);
    if let (Some(Overlay::Notas(notas)), Some(select)) = (state.overlays.iter_mut().find(mine), select) {
        notas.selected = Some(select);
    }
    // Of what an earlier run has left the number may not be known here.
    let text = match text {
        Text::Key(key, args) if numero.is_empty() => Text::Key(without_number(key), args),
        text => text.with("numero", numero),
    };
    let mut effects = mensajes::about(state, Asunto::Escrito(expediente), Nivel::Hecho, text);
    if state.documentos.expediente == Some(expediente) {
        effects.extend(documentos::reload(state));
    }
    effects
}

fn without_number(key: &'static str) -> &'static str {
    match key {
        "nota-guardada" => "nota-guardada-sola",
        "nota-cambiada" => "nota-cambiada-sola",
        "aviso-puesto" => "aviso-puesto-solo",
        "aviso-cambiado" => "aviso-cambiado-solo",
        "aviso-hecho" => "aviso-hecho-solo",
        "aviso-reabierto" => "aviso-reabierto-solo",
        other => other,
    }
}

/// Refused: what was typed comes back, with the reason, as soon as nothing else has the keys.
fn refused(state: &mut State, failure: &Failure, write: &Write) -> Vec<Effect> {
    let mut effects = match about(write) {
        Some(expediente) => conexion::failed_about(state, failure, Asunto::Escrito(expediente)),
        None => conexion::failed(state, failure),
    };
    if let Some(left) = written(state, write) {
        state.recuperado.escritos.push(Escritura { error: Some(failure.sentence.clone()), ..left });
    }
    effects.extend(documentos::reload(state));
    if let Write::ChangeAviso { aviso, .. } = write {
        // It is not done: it is as the service says, and selected again, as far as it is still there.
        if let Some(Overlay::Avisos(list)) = state.overlays.iter_mut().find(|one| matches!(one, Overlay::Avisos(_))) {
            list.forget(*aviso);
            list.selected = Some(*aviso);
        }
        effects.extend(avisos::load(state));
    }
    effects
}

/// Of which expediente it is.
fn about(write: &Write) -> Option<ExpedienteId> {
    match write {
        Write::AddNota { expediente, .. }
        | Write::ChangeNota { expediente, .. }
        | Write::AddAviso { expediente, .. }
        | Write::ChangeAviso { expediente, .. } => Some(*expediente),
        _ => None,
    }
}

/// What was typed, out of what was sent.
fn written(state: &State, write: &Write) -> Option<Escritura> {
    let named = |usuario: &str| escrito::name_of(state, usuario);
    let (expediente, cual, texto, encargo) = match write {
        Write::AddNota { expediente, texto } => (*expediente, None, texto.clone(), None),
        Write::ChangeNota { expediente, nota, texto } => (*expediente, Some(Cual::Nota(*nota)), texto.clone(), None),
        Write::AddAviso { expediente, nuevo } => {
            let vence = nuevo.vence.as_deref().map(domain::campo::show_fecha).unwrap_or_default();
            let encargo = EncargoEscrito { para: nuevo.para.clone(), nombre: named(&nuevo.para), vence };
            (*expediente, None, nuevo.texto.clone(), Some(encargo))
        }
        Write::ChangeAviso { expediente, aviso, cambio } if cambio.hecho.is_none() => {
            let cual = Cual::Aviso(*aviso);
            let before = escrito::escritura_of(state, cual);
            let encargo = before.as_ref().and_then(|before| before.encargo.clone()).unwrap_or_default();
            let para = cambio.para.clone().unwrap_or(encargo.para);
            let vence = cambio.vence.as_deref().map(domain::campo::show_fecha).unwrap_or(encargo.vence);
            let texto = cambio.texto.clone().or(before.map(|before| before.texto)).unwrap_or_default();
            let nombre = named(&para);
            (*expediente, Some(cual), texto, Some(EncargoEscrito { para, nombre, vence }))
        }
        _ => return None,
    };
    let numero = lista::numero_of(state, expediente);
    Some(Escritura { expediente, otros: Vec::new(), numero, cual, texto, encargo, error: None })
}

/// What has no place on screen yet (refused, or left undone in an earlier run) is opened when nothing else has the keys.
pub fn come_back(state: &mut State) -> Vec<Effect> {
    let busy = state.top().is_some_and(|top| !matches!(top, Overlay::Notas(_)))
        || state.lista.search.is_some()
        || state.is_typing_here()
        || !state.held.is_empty();
    if state.recuperado.escritos.is_empty() || busy || state.screen != Screen::Work || !state.conexion.is_up() {
        return Vec::new();
    }
    let escritura = state.recuperado.escritos.remove(0);
    let (left_undone, expediente) = (escritura.error.is_none(), escritura.expediente);
    let mut effects = escrito::open(state, escritura);
    if left_undone {
        let texto = Text::key("recuperado-nota");
        effects.extend(mensajes::about(state, Asunto::Escrito(expediente), Nivel::Aviso, texto));
    }
    effects
}
