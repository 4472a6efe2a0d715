//! The same content elsewhere, within what a person sees.

use super::documentos::DocumentoRow;
use api::documento::Duplicado;
use domain::scope::Cuales;
use domain::{DocumentoId, Scope};
use sqlx::SqliteConnection;

/// Marks those of `rows` whose content is also another document of the scope. One query for all of them, by the index of sums.
///
/// Of each content at most 64 other documents are looked at: a form that was uploaded a thousand times need not be found for certain.
pub async fn mark(conn: &mut SqliteConnection, scope: &Scope, rows: &mut [DocumentoRow]) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids = serde_json::json!(rows.iter().map(|r| r.id).collect::<Vec<_>>()).to_string();
    let entidades = serde_json::json!(scope.entidades).to_string();
    let (equipo, asesor) = match scope.cuales {
        Cuales::Todos => (None, None),
        Cuales::Equipo(equipo) => (Some(equipo.0), None),
        Cuales::Propios(asesor) => (None, Some(asesor.0)),
        Cuales::Ninguno => return Ok(()),
    };
    let found: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT mio.documento_id, otro.id, e.numero
         FROM (
             SELECT d.id AS documento_id, (
                 SELECT c.id FROM (
                     SELECT o.id, o.expediente_id FROM documento_version ov
                     JOIN documento o ON o.id = ov.documento_id AND o.version = ov.version AND o.borrado IS NULL
                     WHERE ov.sha256 = v.sha256 AND ov.documento_id <> d.id LIMIT 64
                 ) c JOIN expediente ce ON ce.id = c.expediente_id
                 WHERE ce.entidad IN (SELECT value FROM json_each(?2))
                   AND (?3 IS NULL OR ce.equipo_id = ?3) AND (?4 IS NULL OR ce.asesor_id = ?4)
                 LIMIT 1
             ) AS otro_id
             FROM json_each(?1) j
             JOIN documento d ON d.id = j.value
             JOIN documento_version v ON v.documento_id = d.id AND v.version = d.version
         ) mio
         JOIN documento otro ON otro.id = mio.otro_id
         JOIN expediente e ON e.id = otro.expediente_id",
    )
    .bind(ids)
    .bind(entidades)
    .bind(equipo)
    .bind(asesor)
    .fetch_all(conn)
    .await?;
    for row in rows {
        row.duplicado = found
            .iter()
            .find(|(mine, ..)| *mine == row.id)
            .map(|(_, other, numero)| Duplicado { documento: DocumentoId(*other), numero: numero.clone() });
    }
    Ok(())
}
