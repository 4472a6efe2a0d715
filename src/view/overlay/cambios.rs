//! Changes that wait for the line, named one by one.

use super::super::Painter;
use crate::effect::Write;
use crate::state::cola::Cambio;
use api::fase::Paso;
use domain::texto::clean_line;
use domain::{DocumentoId, ExpedienteId};

/// Number of its expediente, where that is known, and what it is.
pub fn named(p: &Painter<'_, '_>, cambio: &Cambio<'_>) -> (String, String) {
    match cambio {
        Cambio::Indice(id, n) => (p.numero(*id), p.texts.with("cola-indice", &[("n", (*n).into())])),
        Cambio::Sent(sent) => write(p, &sent.write),
    }
}

fn write(p: &Painter<'_, '_>, write: &Write) -> (String, String) {
    let of_documento = |id: &DocumentoId, key: &str| {
        let documento = p.state.documentos.find(*id);
        let numero = documento.map(|documento| p.numero(documento.expediente)).unwrap_or_default();
        let nombre = documento.map(|documento| documento.nombre.clone()).unwrap_or_default();
        (numero, p.texts.with(key, &[("nombre", nombre.into())]))
    };
    let of = |id: &ExpedienteId, key: &str| (p.numero(*id), p.texts.text(key));
    let said = |id: &ExpedienteId, key: &str, texto: &str| {
        (p.numero(*id), p.texts.with(key, &[("texto", clean_line(texto).into())]))
    };
    match write {
        Write::Undo { id, .. } => of(id, "cola-deshacer"),
        Write::ChangeFase { id, cambio, .. } => match cambio.paso {
            Paso::Avanzar => of(id, "cola-avanzar"),
            Paso::Forzar => of(id, "cola-forzar"),
            Paso::Retroceder => of(id, "cola-retroceder"),
        },
        Write::Validate { documento, .. } => of_documento(documento, "cola-validar"),
        Write::Reject { documento, .. } => of_documento(documento, "cola-rechazar"),
        Write::ChangeDocumento { documento, .. } => of_documento(documento, "cola-cambiar-documento"),
        Write::DeleteDocumento { documento, .. } => of_documento(documento, "cola-borrar-documento"),
        Write::RecoverDocumento { .. } => (String::new(), p.texts.text("cola-recuperar")),
        Write::AddNota { expediente, texto } => said(expediente, "cola-nota", texto),
        Write::ChangeNota { expediente, texto, .. } => said(expediente, "cola-cambiar-nota", texto),
        Write::DeleteNota { expediente, .. } => of(expediente, "cola-borrar-nota"),
        Write::AddAviso { expediente, nuevo } => said(expediente, "cola-aviso", &nuevo.texto),
        Write::ChangeAviso { expediente, .. } => of(expediente, "cola-cambiar-aviso"),
        Write::DeleteAviso { expediente, .. } => of(expediente, "cola-borrar-aviso"),
        Write::FromTemplate { expediente, .. } => of(expediente, "cola-plantilla"),
    }
}
