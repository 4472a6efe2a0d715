//! Uploads by tus 1.0, resumed from whatever the service has.

use super::{Remote, patience};
use crate::msg::{Answer, Failure, FailureKind};
use api::subida::{TUS_VERSION, metadata};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{DocumentoId, ExpedienteId, TipoId};
use reqwest::{Method, Response};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// Bytes of one `PATCH`: small enough that a cut on a slow line loses little, large enough that a fast one is not held up.
const CHUNK_MAX: u64 = 1024 * 1024;
const CHUNK_MIN: u64 = 32 * 1024;
/// A chunk should take about this long.
const CHUNK_SECONDS: f64 = 2.0;

/// A file to be uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Target.
    pub expediente: ExpedienteId,
    /// Document type.
    pub tipo: TipoId,
    /// Name at the service.
    pub nombre: String,
    /// New version of this document.
    pub version_of: Option<DocumentoId>,
    /// The file.
    pub path: PathBuf,
    /// Client-made key: the same key goes on with the same upload.
    pub key: String,
}

/// Uploads a file; `progress` is told bytes done and in all. Cuts are ridden out; a refusal ends it.
pub async fn upload(
    remote: &Remote,
    upload: &Upload,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Answer<DocumentoId> {
    let (total, sha256) = measure(&upload.path).await?;
    let mut stalled = 0;
    let mut furthest = 0;
    loop {
        let failure = match attempt(remote, upload, total, &sha256, &mut furthest, progress).await {
            Ok(documento) => return Ok(documento),
            Err(Attempt { failure, moved }) => {
                stalled = if moved { 0 } else { stalled + 1 };
                failure
            }
        };
        if failure.kind != FailureKind::Offline || stalled >= patience::ATTEMPTS {
            return Err(failure);
        }
        tokio::time::sleep(patience::pause(stalled)).await;
    }
}

/// A failed attempt, and whether it got further than those before.
struct Attempt {
    failure: Failure,
    moved: bool,
}

async fn attempt(
    remote: &Remote,
    upload: &Upload,
    total: u64,
    sha256: &str,
    furthest: &mut u64,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<DocumentoId, Attempt> {
    let start = *furthest;
    let stay = |failure| Attempt { failure, moved: false };
    let location = create(remote, upload, total, sha256).await.map_err(stay)?;
    let head = remote.send(at(remote, Method::HEAD, &location).map_err(stay)?).await.map_err(stay)?;
    let mut offset = header_u64(&head, "upload-offset").ok_or_else(Failure::broken).map_err(stay)?;
    let mut documento = documento_of(&head);
    let mut chunk = CHUNK_MIN * 4;
    progress(offset, total);
    while offset < total {
        let moved = |failure| Attempt { failure, moved: *furthest > start };
        let bytes = read_chunk(&upload.path, offset, chunk.min(total - offset)).await.map_err(moved)?;
        let began = std::time::Instant::now();
        let request = at(remote, Method::PATCH, &location).map_err(moved)?;
        let request = request
            .header("upload-offset", offset)
            .header("upload-checksum", format!("sha256 {}", STANDARD.encode(Sha256::digest(&bytes))))
            .header("content-type", "application/offset+octet-stream")
            .body(bytes);
        let response = remote.send(request).await.map_err(moved)?;
        let next = header_u64(&response, "upload-offset").filter(|next| *next > offset);
        let next = next.ok_or_else(Failure::broken).map_err(moved)?;
        chunk = next_chunk(next - offset, began.elapsed().as_secs_f64());
        offset = next;
        *furthest = (*furthest).max(offset);
        documento = documento_of(&response);
        progress(offset, total);
    }
    documento.ok_or_else(|| Attempt { failure: Failure::broken(), moved: false })
}

/// The next chunk's size: what the line moves in [`CHUNK_SECONDS`].
fn next_chunk(bytes: u64, seconds: f64) -> u64 {
    let rate = bytes as f64 / seconds.max(0.001);
    ((rate * CHUNK_SECONDS) as u64).clamp(CHUNK_MIN, CHUNK_MAX)
}

async fn create(remote: &Remote, upload: &Upload, total: u64, sha256: &str) -> Answer<String> {
    let mut pairs = vec![
        (metadata::EXPEDIENTE, upload.expediente.to_string()),
        (metadata::TIPO, upload.tipo.to_string()),
        (metadata::NOMBRE, upload.nombre.clone()),
        (metadata::SHA256, sha256.to_owned()),
        (metadata::CLAVE, upload.key.clone()),
    ];
    if let Some(documento) = upload.version_of {
        pairs.push((metadata::DOCUMENTO, documento.to_string()));
    }
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
    let request = remote
        .request(Method::POST, "/subidas")
        .header("tus-resumable", TUS_VERSION)
        .header("upload-length", total)
        .header("upload-metadata", pairs.join(","));
    let response = remote.send(request).await?;
    let location = response.headers().get("location").and_then(|value| value.to_str().ok());
    location.map(str::to_owned).ok_or_else(Failure::broken)
}

/// Ends an upload at the service and gives its bytes back; nothing happens when it is done or gone.
pub async fn terminate(remote: &Remote, upload: &Upload) {
    let Ok((total, sha256)) = measure(&upload.path).await else { return };
    let Ok(location) = create(remote, upload, total, &sha256).await else { return };
    if let Ok(request) = at(remote, Method::DELETE, &location) {
        let _ = remote.done(request).await;
    }
}

fn at(remote: &Remote, method: Method, location: &str) -> Answer<reqwest::RequestBuilder> {
    let request = remote.request_at(method, location).ok_or_else(Failure::broken)?;
    Ok(request.header("tus-resumable", TUS_VERSION))
}

fn header_u64(response: &Response, name: &str) -> Option<u64> {
    response.headers().get(name)?.to_str().ok()?.parse().ok()
}

fn documento_of(response: &Response) -> Option<DocumentoId> {
    response.headers().get(api::paths::DOCUMENTO_ID)?.to_str().ok()?.parse().ok()
}

/// Length and SHA-256 of a file.
async fn measure(path: &Path) -> Answer<(u64, String)> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::File::open(path)?;
        let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
        loop {
            let read = std::io::Read::read(&mut file, &mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            bytes += read as u64;
        }
        let hex: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok::<_, std::io::Error>((bytes, hex))
    });
    match read.await {
        Ok(Ok(measured)) => Ok(measured),
        _ => Err(unreadable()),
    }
}

async fn read_chunk(path: &Path, offset: u64, length: u64) -> Answer<Vec<u8>> {
    let read = async {
        let mut file = tokio::fs::File::open(path).await?;
        file.seek(std::io::SeekFrom::Start(offset)).await?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes).await?;
        Ok::<_, std::io::Error>(bytes)
    };
    match read.await {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => Err(unreadable()),
    }
}

fn unreadable() -> Failure {
    Failure::of(
        FailureKind::Refused,
        "No se puede leer el fichero; compruebe que sigue en su sitio y que tiene permiso.",
    )
}
