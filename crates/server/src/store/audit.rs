//! The audit trail as a hash chain.

use super::Tx;
use sha2::{Digest, Sha256};

/// Who did it, when it was done with the `admin` commands on the service's own machine and nobody signed in.
pub const CONSOLE: &str = "consola";

/// A record to append.
#[derive(Debug, Clone)]
pub struct Registro<'a> {
    /// Milliseconds since 1970.
    pub cuando: i64,
    /// Who, by id; none for the service itself.
    pub usuario_id: Option<i64>,
    /// Who, by user name at that time.
    pub quien: &'a str,
    /// What, a stable word.
    pub accion: &'a str,
    /// On which expediente.
    pub expediente_id: Option<i64>,
    /// On which document.
    pub documento_id: Option<i64>,
    /// Id of the request.
    pub peticion: &'a str,
    /// Before and after, reasons: JSON.
    pub detalle: &'a str,
}

/// SHA-256 over the hash before and every column, each preceded by its length so that no two records read the same.
pub fn chain_hash(anterior: &[u8], id: i64, r: &Registro<'_>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    part(anterior);
    part(&id.to_be_bytes());
    part(&r.cuando.to_be_bytes());
    part(&r.usuario_id.unwrap_or(-1).to_be_bytes());
    part(r.quien.as_bytes());
    part(r.accion.as_bytes());
    part(&r.expediente_id.unwrap_or(-1).to_be_bytes());
    part(&r.documento_id.unwrap_or(-1).to_be_bytes());
    part(r.peticion.as_bytes());
    part(r.detalle.as_bytes());
    hasher.finalize().to_vec()
}

/// Appends a record; answers its id.
pub async fn append(tx: &mut Tx, r: &Registro<'_>) -> Result<i64, sqlx::Error> {
    let last: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, hash FROM auditoria ORDER BY id DESC LIMIT 1").fetch_optional(&mut **tx).await?;
    let (last_id, anterior) = last.unwrap_or((0, Vec::new()));
    let id = last_id + 1;
    let hash = chain_hash(&anterior, id, r);
    sqlx::query(
        "INSERT INTO auditoria (id, cuando, usuario_id, quien, accion, expediente_id, documento_id, peticion, detalle, anterior, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(r.cuando)
    .bind(r.usuario_id)
    .bind(r.quien)
    .bind(r.accion)
    .bind(r.expediente_id)
    .bind(r.documento_id)
    .bind(r.peticion)
    .bind(r.detalle)
    .bind(anterior)
    .bind(&hash)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO meta (clave, valor) VALUES (?, ?) ON CONFLICT (clave) DO UPDATE SET valor = excluded.valor",
    )
    .bind(HEAD)
    .bind(head(id, &hash))
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Where the last record is noted, so that a trail cut off at its end shows.
const HEAD: &str = "auditoria";

fn head(id: i64, hash: &[u8]) -> String {
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{id}:{hex}")
}

/// Where a trail is not whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("asiento {id}: {reason}")]
pub struct Broken {
    /// The first record that is not what it was.
    pub id: i64,
    /// How one can tell, in Spanish.
    pub reason: &'static str,
}

/// A record as it is stored.
#[derive(Debug, sqlx::FromRow)]
struct Stored {
    id: i64,
    cuando: i64,
    usuario_id: Option<i64>,
    quien: String,
    accion: String,
    expediente_id: Option<i64>,
    documento_id: Option<i64>,
    peticion: String,
    detalle: String,
    anterior: Vec<u8>,
    hash: Vec<u8>,
}

/// Records read at once.
const PAGE: i64 = 1_000;

/// Follows the chain from its first record to the noted last one; answers how many there are.
pub async fn verify(conn: &mut sqlx::SqliteConnection) -> Result<Result<u64, Broken>, sqlx::Error> {
    let (mut last, mut hash, mut count) = (0, Vec::new(), 0);
    loop {
        let page: Vec<Stored> = sqlx::query_as("SELECT * FROM auditoria WHERE id > ? ORDER BY id LIMIT ?")
            .bind(last)
            .bind(PAGE)
            .fetch_all(&mut *conn)
            .await?;
        if page.is_empty() {
            break;
        }
        for stored in page {
            if let Err(reason) = follows(&stored, last, &hash) {
                return Ok(Err(Broken { id: stored.id, reason }));
            }
            (last, hash) = (stored.id, stored.hash);
            count += 1;
        }
    }
    let noted: Option<String> =
        sqlx::query_scalar("SELECT valor FROM meta WHERE clave = ?").bind(HEAD).fetch_optional(&mut *conn).await?;
    if noted.unwrap_or_else(|| head(0, &[])) != head(last, &hash) {
        return Ok(Err(Broken { id: last + 1, reason: "faltan los últimos asientos" }));
    }
    Ok(Ok(count))
}

fn follows(stored: &Stored, last: i64, hash: &[u8]) -> Result<(), &'static str> {
    if stored.id != last + 1 {
        return Err("falta el anterior");
    }
    if stored.anterior != hash {
        return Err("no sigue al anterior: se ha cambiado o movido alguno");
    }
    let registro = Registro {
        cuando: stored.cuando,
        usuario_id: stored.usuario_id,
        quien: &stored.quien,
        accion: &stored.accion,
        expediente_id: stored.expediente_id,
        documento_id: stored.documento_id,
        peticion: &stored.peticion,
        detalle: &stored.detalle,
    };
    if chain_hash(&stored.anterior, stored.id, &registro) == stored.hash { Ok(()) } else { Err("se ha cambiado") }
}
