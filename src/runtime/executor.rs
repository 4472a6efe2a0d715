//! From an effect to a message: one arm each.

use crate::cache::{Cache, modelos};
use crate::effect::{Effect, Write};
use crate::msg::{Answer, Failure, FailureKind, Msg};
use crate::preview::{Page, Preview, tint};
use crate::remote::store::MemoryFile;
use crate::remote::{Remote, events};
use crate::state::conexion::Huella;
use api::documento::Revision;
use api::expediente::{Cambiado, IndiceCambio};
use api::fase::FaseCambio;
use domain::ExpedienteId;
use std::time::Duration;
use tokio::sync::mpsc;

/// What executing needs.
pub struct Context {
    pub remote: Remote,
    pub memory: Option<MemoryFile>,
    pub preview: Preview,
    pub out: mpsc::Sender<Msg>,
}

/// Does it, and sends what comes of it.
pub async fn execute(context: Context, effect: Effect) {
    let Context { remote, out, .. } = &context;
    let msg = match effect {
        Effect::Connect => return connect(&context).await,
        Effect::Listen { desde } => return events::listen(remote.clone(), desde, out.clone()).await,
        Effect::Wake { after_ms, timer } => {
            tokio::time::sleep(Duration::from_millis(after_ms)).await;
            Msg::Timer(timer)
        }
        Effect::LoadPage { generation, signature, .. } => {
            let Page { shown, pages, firmas, offline } = context.preview.page(&signature).await;
            Msg::Page { generation, signature, shown, pages, firmas, offline }
        }
        Effect::LoadThumb { generation, signature, .. } => {
            let page = signature.page;
            Msg::Thumb { generation, page, shown: context.preview.page(&signature).await.shown }
        }
        Effect::CopyPage { signature } => Msg::PageText(context.preview.text(&signature).await),
        Effect::Find { generation, documento, sha256, q } => {
            let answer = context.preview.find(documento, &sha256, &q).await;
            Msg::Found { generation, q, answer }
        }
        Effect::LoadFirmas { generation, documento, sha256 } => {
            Msg::Firmas { generation, answer: context.preview.firmas(documento, &sha256).await }
        }
        Effect::Tint(ink) => {
            let made = tokio::task::spawn_blocking(move || (tint::pieces(&ink), ink)).await;
            let Ok((pieces, ink)) = made else { return };
            Msg::Tinted { ink, pieces }
        }
        Effect::PrefetchPages { signatures } => {
            context.preview.ahead(&signatures).await;
            let (up, down) = remote.bytes();
            Msg::Bytes { up, down, rate: remote.rate() }
        }
        Effect::SignIn { generation, credenciales } => {
            let answer = remote.sign_in(&credenciales).await;
            remember_user(&context, &answer, &credenciales.usuario);
            Msg::SignedIn { generation, answer }
        }
        Effect::SignOut => {
            // Signed out here whatever the service answers: the token is forgotten.
            let _ = remote.sign_out().await;
            context.preview.forget();
            Msg::SignedOut
        }
        Effect::ListFolder { generation, folder } => {
            let (answer, folder) = super::files::list(folder).await;
            Msg::Folder { generation, folder, answer }
        }
        Effect::InspectFiles { paths } => {
            let (picks, refused) = super::files::inspect(paths).await;
            Msg::Files { picks, refused }
        }
        Effect::LoadModelo { generation, modelo } => {
            let cache = context.memory.as_ref().map(Cache::beside);
            Msg::Modelo { generation, answer: modelos::modelo(cache.as_ref(), remote, &modelo).await }
        }
        read @ (Effect::WhoAmI { .. }
        | Effect::LoadEntidades { .. }
        | Effect::LoadLista { .. }
        | Effect::LoadMore { .. }
        | Effect::LoadDetalle { .. }
        | Effect::LoadHistory { .. }
        | Effect::LoadDeleted { .. }
        | Effect::LoadPersonas { .. }
        | Effect::LoadAvisos { .. }
        | Effect::LoadSessions { .. }
        | Effect::LoadVistas { .. }) => match self::read(remote, read).await {
            Some(msg) => msg,
            None => return,
        },
        write => match self::write(remote, write).await {
            Some(msg) => msg,
            None => return,
        },
    };
    let (up, down) = remote.bytes();
    let _ = out.send(msg).await;
    let _ = out.send(Msg::Bytes { up, down, rate: remote.rate() }).await;
}

async fn read(remote: &Remote, effect: Effect) -> Option<Msg> {
    Some(match effect {
        Effect::WhoAmI { generation } => Msg::WhoAmI { generation, answer: remote.who_am_i().await },
        Effect::LoadEntidades { generation } => Msg::Entidades { generation, answer: remote.entidades().await },
        Effect::LoadLista { generation, params } => Msg::Lista { generation, answer: remote.lista(&params).await },
        Effect::LoadMore { generation, params } => Msg::More { generation, answer: remote.lista(&params).await },
        Effect::LoadDetalle { generation, id, known } => {
            Msg::Detalle { generation, answer: remote.detalle(id, known).await }
        }
        Effect::LoadHistory { generation, id } => Msg::History { generation, answer: remote.historial(id).await },
        Effect::LoadDeleted { generation, id } => Msg::Deleted { generation, answer: remote.borrados(id).await },
        Effect::LoadPersonas { generation, id } => Msg::Personas { generation, answer: remote.personas(id).await },
        Effect::LoadAvisos { generation } => Msg::Avisos { generation, answer: remote.avisos().await },
        Effect::LoadSessions { generation } => Msg::Sessions { generation, answer: remote.sesiones().await },
        Effect::LoadVistas { modelo } => Msg::Vistas(remote.vistas(&modelo).await),
        _ => return None,
    })
}

/// Writes carry a client-made key, so a cut is ridden out by asking again: the service does it once.
async fn write(remote: &Remote, effect: Effect) -> Option<Msg> {
    Some(match effect {
        Effect::SaveIndice { generation, id, revision, campos, key } => {
            let cambio = IndiceCambio { campos };
            let answer = persist(|| remote.save_indice(id, revision, &cambio, &key)).await;
            Msg::IndiceSaved { generation, id, answer }
        }
        Effect::Create { generation, nuevo, key } => {
            Msg::Created { generation, answer: persist(|| remote.create(&nuevo, &key)).await }
        }
        Effect::Write { key, write } => return self::change(remote, key, write).await,
        Effect::RevokeSession(id) => Msg::Done(remote.revoke(id).await),
        Effect::SaveVista(vista) => Msg::Vistas(match remote.save_vista(&vista).await {
            Ok(()) => remote.vistas(&vista.modelo).await,
            Err(failure) => Err(failure),
        }),
        Effect::DeleteVista { nombre, modelo } => Msg::Vistas(match remote.delete_vista(&nombre, &modelo).await {
            Ok(()) => remote.vistas(&modelo).await,
            Err(failure) => Err(failure),
        }),
        _ => return None,
    })
}

async fn change(remote: &Remote, key: String, write: Write) -> Option<Msg> {
    Some(match write {
        Write::Undo { id, revision } => {
            let answer = persist(|| remote.undo(id, revision, &key)).await;
            Msg::Undone { key, id, answer }
        }
        Write::ChangeFase { id, revision, cambio } => {
            let answer = change_fase(remote, id, revision, &cambio, &key).await;
            Msg::FaseChanged { key, id, answer }
        }
        Write::Validate { documento, sha256 } => {
            let looked_at = Revision { sha256, motivo: None };
            let answer = persist(|| remote.validate(documento, &looked_at, &key)).await;
            Msg::DocumentoChanged { key, documento, answer }
        }
        Write::Reject { documento, sha256, motivo } => {
            let looked_at = Revision { sha256, motivo: Some(motivo) };
            let answer = persist(|| remote.reject(documento, &looked_at, &key)).await;
            Msg::DocumentoChanged { key, documento, answer }
        }
        Write::ChangeDocumento { documento, cambio } => {
            let answer = persist(|| remote.change_documento(documento, &cambio, &key)).await;
            Msg::DocumentoChanged { key, documento, answer }
        }
        Write::DeleteDocumento { documento, motivo } => {
            let answer = persist(|| remote.delete_documento(documento, &motivo, &key)).await;
            Msg::DocumentoDeleted { key, documento, answer }
        }
        Write::RecoverDocumento { documento } => {
            let answer = persist(|| remote.recover_documento(documento, &key)).await;
            Msg::DocumentoChanged { key, documento, answer }
        }
        write => return annotate(remote, key, write).await,
    })
}

/// Notes, avisos and documents from templates.
async fn annotate(remote: &Remote, key: String, write: Write) -> Option<Msg> {
    Some(match write {
        Write::AddNota { expediente, texto } => {
            let answer = persist(|| remote.add_nota(expediente, &texto, &key)).await;
            Msg::NotaChanged { key, answer }
        }
        Write::ChangeNota { nota, texto, .. } => {
            let answer = persist(|| remote.change_nota(nota, &texto, &key)).await;
            Msg::NotaChanged { key, answer }
        }
        Write::DeleteNota { nota, .. } => {
            let answer = persist(|| remote.delete_nota(nota, &key)).await;
            Msg::NotaDeleted { key, answer }
        }
        Write::AddAviso { expediente, nuevo } => {
            let answer = persist(|| remote.add_aviso(expediente, &nuevo, &key)).await;
            Msg::AvisoChanged { key, answer }
        }
        Write::ChangeAviso { aviso, cambio, .. } => {
            let answer = persist(|| remote.change_aviso(aviso, &cambio, &key)).await;
            Msg::AvisoChanged { key, answer }
        }
        Write::DeleteAviso { aviso, .. } => {
            let answer = persist(|| remote.delete_aviso(aviso, &key)).await;
            Msg::NotaDeleted { key, answer }
        }
        Write::FromTemplate { expediente, plantilla, con_huecos } => {
            let answer = persist(|| remote.from_template(expediente, &plantilla, con_huecos, &key)).await;
            Msg::TemplateMade { key, answer }
        }
        _ => return None,
    })
}

/// Tries a keyed write again after a cut, three times in about four seconds; then the person is told.
async fn persist<T, F: Future<Output = Answer<T>>>(mut attempt: impl FnMut() -> F) -> Answer<T> {
    let mut wait = Duration::from_millis(300);
    for _ in 0..3 {
        match attempt().await {
            Err(failure) if failure.kind == FailureKind::Offline => {}
            answer => return answer,
        }
        tokio::time::sleep(wait).await;
        wait *= 3;
    }
    attempt().await
}

/// With no revision given (actions on many) takes the current one first.
async fn change_fase(
    remote: &Remote,
    id: ExpedienteId,
    revision: Option<i64>,
    cambio: &FaseCambio,
    key: &str,
) -> Answer<Cambiado> {
    let revision = match revision {
        Some(revision) => revision,
        None => remote.detalle(id, None).await?.ok_or_else(Failure::broken)?.revision,
    };
    persist(|| remote.change_fase(id, revision, cambio, key)).await
}

/// Asks the service what it is; a certificate nobody vouches for is shown to the person instead.
async fn connect(context: &Context) {
    let answer = context.remote.servidor().await;
    let refused = context.remote.pin().take_refused();
    let msg = match (answer, refused) {
        (Err(_), Some(sha256)) => Msg::Untrusted(Huella { sha256, antes: context.remote.pin().confirmed() }),
        (answer, _) => Msg::Servidor(answer),
    };
    let _ = context.out.send(msg).await;
}

fn remember_user(context: &Context, answer: &Answer<api::sesion::SesionNueva>, usuario: &str) {
    let (Ok(_), Some(file)) = (answer, context.memory.clone()) else { return };
    let (url, usuario) = (context.remote.url().to_owned(), usuario.to_owned());
    tokio::task::spawn_blocking(move || {
        let changed = file.change(|memory| {
            memory.ultimo = Some(url.clone());
            memory.servidores.entry(url).or_default().usuario = Some(usuario);
        });
        if let Err(error) = changed {
            tracing::warn!(%error, "memory not written");
        }
    });
}
