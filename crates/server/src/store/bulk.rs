//! Rows by the hundred thousand: many per statement, indexes of documents made afterwards.

use super::Tx;
use super::sql::{Arg, Sql};
use sqlx::SqliteConnection;

/// Binds of one statement; SQLite takes 32,766.
const MAX_BINDS: usize = 12_000;
/// Indexes that a load into an empty database makes at its end.
const INDEXES: &str = include_str!("schema/040_documentos.sql");

/// Rows on their way into one table.
#[derive(Debug)]
pub struct Rows {
    head: &'static str,
    width: usize,
    args: Vec<Arg>,
}

impl Rows {
    /// For `INSERT INTO table (columns) VALUES `, of so many columns.
    fn new(head: &'static str, width: usize) -> Self {
        Self { head, width, args: Vec::new() }
    }

    /// Adds a row: as many values as there are columns.
    pub fn push<const N: usize>(&mut self, row: [Arg; N]) {
        debug_assert_eq!(N, self.width);
        self.args.extend(row);
    }

    /// Writes all rows.
    pub async fn flush(&mut self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let args = std::mem::take(&mut self.args);
        for piece in args.chunks(MAX_BINDS / self.width * self.width) {
            let mut sql = Sql::new(self.head);
            for (i, row) in piece.chunks(self.width).enumerate() {
                sql.push(if i > 0 { "," } else { "" }).bind_list(row.iter().cloned());
            }
            sql.execute(tx).await?;
        }
        Ok(())
    }
}

/// The tables of expedientes, and of what they have. A row is pushed with its values in the order of the columns named here.
#[derive(Debug)]
pub struct Tables {
    /// Expedientes.
    pub expediente: Rows,
    /// Their indexes.
    pub indice: Rows,
    /// Their histories.
    pub historial: Rows,
    /// Documents.
    pub documento: Rows,
    /// Versions of documents.
    pub version: Rows,
    /// Notes.
    pub nota: Rows,
    /// Avisos.
    pub aviso: Rows,
}

impl Tables {
    /// With nothing on its way.
    pub fn new() -> Self {
        Self {
            expediente: Rows::new(
                "INSERT INTO expediente (id, lugar, numero, numero_orden, entidad, modelo, fase, fase_orden, cerrado, asesor_id, asesor,
                    equipo_id, revision, creado, docs, listos, requeridos, faltan, pendientes, validados, rechazados, avisos, pedido,
                    importe, cliente, cliente_orden, vehiculo, vehiculo_orden, matricula, palabras) VALUES ",
                30,
            ),
            indice: Rows::new("INSERT INTO indice (expediente_id, valores, plano, reservado) VALUES ", 4),
            historial: Rows::new(
                "INSERT INTO historial (expediente_id, revision, cuando, usuario_id, clase, campos, texto) VALUES ",
                7,
            ),
            documento: Rows::new(
                "INSERT INTO documento (id, expediente_id, tipo, nombre, estado, motivo, version) VALUES ",
                7,
            ),
            version: Rows::new(
                "INSERT INTO documento_version (documento_id, version, sha256, bytes, mime, nombre, usuario_id, cuando) VALUES ",
                8,
            ),
            nota: Rows::new("INSERT INTO nota (expediente_id, texto, usuario_id, cuando) VALUES ", 4),
            aviso: Rows::new(
                "INSERT INTO aviso (expediente_id, texto, para_id, vence, usuario_id, cuando, hecho, hecho_por) VALUES ",
                8,
            ),
        }
    }

    /// Writes all rows, those first that others name.
    pub async fn flush(&mut self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let Self { expediente, indice, historial, documento, version, nota, aviso } = self;
        for table in [expediente, indice, historial, documento, version, nota, aviso] {
            table.flush(tx).await?;
        }
        Ok(())
    }
}

impl Default for Tables {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether there is no expediente yet; then the indexes are taken away until [`finish`].
pub async fn begin(tx: &mut Tx) -> Result<bool, sqlx::Error> {
    let first: Option<i64> = sqlx::query_scalar("SELECT id FROM expediente LIMIT 1").fetch_optional(&mut **tx).await?;
    let empty = first.is_none();
    if empty {
        let names: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
             AND tbl_name IN ('documento', 'documento_version')",
        )
        .fetch_all(&mut **tx)
        .await?;
        for name in names {
            // Names of our own schema.
            let drop = format!("DROP INDEX \"{}\"", name.replace('"', "\"\""));
            sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut **tx).await?;
        }
    }
    Ok(empty)
}

/// Makes the indexes and tells the planner what there is.
pub async fn finish(tx: &mut Tx) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(INDEXES).execute(&mut **tx).await?;
    Ok(())
}

/// The highest ids given so far: of expedientes and of documents.
pub async fn last_ids(conn: &mut SqliteConnection) -> Result<(i64, i64), sqlx::Error> {
    sqlx::query_as("SELECT COALESCE((SELECT MAX(id) FROM expediente), 0), COALESCE((SELECT MAX(id) FROM documento), 0)")
        .fetch_one(conn)
        .await
}

/// The last number given in an entidad and year.
pub async fn sequence(conn: &mut SqliteConnection, entidad: &str, anio: i16) -> Result<i64, sqlx::Error> {
    let last: Option<i64> = sqlx::query_scalar("SELECT ultimo FROM secuencia WHERE entidad = ? AND anio = ?")
        .bind(entidad)
        .bind(anio)
        .fetch_optional(conn)
        .await?;
    Ok(last.unwrap_or_default())
}

/// Sets the last number given in an entidad and year.
pub async fn set_sequence(tx: &mut Tx, entidad: &str, anio: i16, ultimo: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO secuencia (entidad, anio, ultimo) VALUES (?, ?, ?)
         ON CONFLICT (entidad, anio) DO UPDATE SET ultimo = excluded.ultimo",
    )
    .bind(entidad)
    .bind(anio)
    .bind(ultimo)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
