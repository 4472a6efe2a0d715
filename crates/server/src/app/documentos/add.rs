//! Adding a document, or a version of one, whose content is among the originals already.

use super::{find_any, modelo_of, note, require_open};
use crate::app::work::Noted;
use crate::app::{Actor, Work};
use crate::blobs::Sum;
use crate::store::documentos::{self as store, Contenido};
use crate::store::expedientes::{self, ExpedienteRow};
use crate::{AppError, AppResult, AppState};
use api::Codigo;
use api::evento::Clase;
use api::problem::CampoMalo;
use domain::{DocumentoId, ExpedienteId, Modelo, Permiso, TipoDocumento, TipoId};
use render::Formato;
use serde_json::json;

/// A complete file that becomes a document.
#[derive(Debug, Clone)]
pub struct Entrada<'e> {
    /// Expediente it goes to.
    pub expediente: ExpedienteId,
    /// Its type.
    pub tipo: &'e TipoId,
    /// The document it is a new version of.
    pub version_de: Option<DocumentoId>,
    /// File name, cleaned.
    pub nombre: &'e str,
    /// Sum of the content.
    pub sum: Sum,
    /// Its length.
    pub bytes: u64,
    /// Its format, by content.
    pub formato: Formato,
}

/// Adds the document within `work`, which the caller commits. The content must be among the originals, synced.
pub async fn add(
    state: &AppState,
    actor: &Actor,
    work: &mut Work<'_>,
    entrada: &Entrada<'_>,
) -> AppResult<DocumentoId> {
    let expediente = accept(state, actor, &mut work.tx, entrada.expediente, entrada.tipo, entrada.version_de).await?;
    let modelo = modelo_of(state, &expediente)?;
    accept_content(tipo_of(&modelo, entrada.tipo)?, entrada.formato, entrada.bytes)?;
    let contenido = Contenido {
        sha256: entrada.sum.as_bytes(),
        bytes: entrada.bytes,
        mime: entrada.formato.mime(),
        nombre: entrada.nombre,
        usuario_id: actor.id.0,
        cuando: work.now,
    };
    let sha256 = entrada.sum.to_string();
    let (id, clase, detalle) = match entrada.version_de {
        None => {
            let id = store::insert(&mut work.tx, expediente.id(), entrada.tipo, &contenido).await?;
            let detalle =
                json!({"tipo": entrada.tipo, "nombre": entrada.nombre, "bytes": entrada.bytes, "sha256": sha256});
            (id, Clase::DocumentoSubido, detalle)
        }
        Some(id) => {
            let version = store::add_version(&mut work.tx, id, &contenido).await?;
            let detalle =
                json!({"version": version, "nombre": entrada.nombre, "bytes": entrada.bytes, "sha256": sha256});
            (id, Clase::DocumentoVersion, detalle)
        }
    };
    note(work, &expediente, &modelo, Noted { clase, documento: Some(id), texto: entrada.nombre, detalle }).await?;
    Ok(id)
}

/// Whether this person may bring a document of that type to that expediente: asked before the first byte, and again when all are here.
pub async fn accept(
    state: &AppState,
    actor: &Actor,
    conn: &mut sqlx::SqliteConnection,
    expediente: ExpedienteId,
    tipo: &TipoId,
    version_de: Option<DocumentoId>,
) -> AppResult<ExpedienteRow> {
    actor.require(Permiso::Subir)?;
    let found = expedientes::find(conn, &actor.scope, expediente)
        .await?
        .ok_or_else(|| AppError::not_found("ese expediente"))?;
    require_open(&found)?;
    tipo_of(&*modelo_of(state, &found)?, tipo)?;
    if let Some(id) = version_de {
        let (documento, of) = find_any(conn, &actor.scope, id).await?;
        if of.id() != expediente || documento.borrado.is_some() {
            return Err(AppError::not_found("ese documento en ese expediente"));
        }
        if documento.tipo != tipo.as_str() {
            return Err(wrong_tipo(
                "La versión nueva tiene que ser del mismo tipo que el documento; cambie antes el tipo.",
            ));
        }
    }
    Ok(found)
}

/// The type of that modelo, or 422.
pub(crate) fn tipo_of<'m>(modelo: &'m Modelo, tipo: &TipoId) -> AppResult<&'m TipoDocumento> {
    modelo.tipo(tipo).ok_or_else(|| wrong_tipo("Ese tipo de documento no es de este modelo; elija uno de su lista."))
}

fn wrong_tipo(mensaje: &str) -> AppError {
    AppError::invalid(vec![CampoMalo { campo: "tipo".to_owned(), mensaje: mensaje.to_owned() }])
}

/// Whether a type takes content of that format and length: 415 or 413.
pub(crate) fn accept_content(tipo: &TipoDocumento, formato: Formato, bytes: u64) -> AppResult<()> {
    let names = names_of(formato);
    let taken = match tipo.formatos.as_slice() {
        [] => !names.is_empty(),
        accepted => accepted.iter().any(|f| names.contains(&f.as_str())),
    };
    if !taken {
        let which = if tipo.formatos.is_empty() {
            "PDF, imagen, texto, correo, documento de oficina o archivo comprimido".to_owned()
        } else {
            tipo.formatos.join(", ").to_uppercase()
        };
        return Err(AppError::refused(
            Codigo::FormatoNoAdmitido,
            format!("El contenido del fichero no es de un formato que admita «{}»; súbalo como {which}.", tipo.nombre),
        ));
    }
    match tipo.max_bytes {
        Some(max) if bytes > max => Err(too_large(max)),
        _ => Ok(()),
    }
}

/// What a format is called in a modelo's `formatos`; an unknown one has no name.
fn names_of(formato: Formato) -> &'static [&'static str] {
    match formato {
        Formato::Pdf => &["pdf"],
        Formato::Jpeg => &["jpg", "jpeg"],
        Formato::Png => &["png"],
        Formato::Webp => &["webp"],
        Formato::Tiff => &["tiff", "tif"],
        Formato::Gif => &["gif"],
        Formato::Bmp => &["bmp"],
        Formato::Heic => &["heic", "heif"],
        Formato::Svg => &["svg"],
        Formato::Texto => &["txt"],
        // Whether lines of text are a table is a guess.
        Formato::Csv => &["csv", "txt"],
        Formato::Correo => &["eml"],
        Formato::Msg => &["msg"],
        Formato::Rtf => &["rtf"],
        Formato::Docx => &["docx"],
        Formato::Xlsx => &["xlsx"],
        Formato::Pptx => &["pptx"],
        Formato::Odt => &["odt"],
        Formato::Ods => &["ods"],
        Formato::Odp => &["odp"],
        Formato::Doc => &["doc"],
        Formato::Xls => &["xls"],
        Formato::Ppt => &["ppt"],
        // It may be any of these.
        Formato::OficinaCifrada => &["docx", "xlsx", "pptx"],
        Formato::Zip => &["zip"],
        Formato::SieteZip => &["7z"],
        Formato::Rar => &["rar"],
        Formato::Tar => &["tar"],
        Formato::Gzip => &["gz"],
        Formato::Desconocido => &[],
    }
}

/// The format with that media type, as a version keeps it.
pub(crate) fn formato_of(mime: &str) -> Formato {
    Formato::CONOCIDOS.into_iter().find(|f| f.mime() == mime).unwrap_or(Formato::Desconocido)
}

/// 413 with the limit in words.
pub fn too_large(max: u64) -> AppError {
    let megas = max.div_ceil(1024 * 1024);
    AppError::refused(
        Codigo::DemasiadoGrande,
        format!("El fichero pasa de {megas} MB, que es lo más que se admite; redúzcalo o súbalo en partes."),
    )
}
