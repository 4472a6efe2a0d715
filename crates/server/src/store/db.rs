//! The embedded database: SQLite in WAL mode, one writer, a pool of read-only readers.

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqliteConnection, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// A transaction. Dropped without commit it is rolled back.
pub type Tx = sqlx::Transaction<'static, Sqlite>;

/// The schema, in order; each slice of the service has its own file.
const SCHEMA: &[&str] = &[
    include_str!("schema/010_base.sql"),
    include_str!("schema/015_usuarios.sql"),
    include_str!("schema/020_config.sql"),
    include_str!("schema/030_expedientes.sql"),
    include_str!("schema/031_conjuntos.sql"),
    include_str!("schema/040_documentos.sql"),
    include_str!("schema/045_notas.sql"),
    include_str!("schema/050_subidas.sql"),
    include_str!("schema/060_eventos.sql"),
];

/// A pool that gives out no connection within a transaction.
///
/// Where a write fails for want of space or by a fault of the disk, SQLite itself rolls the transaction back, and the driver, whose own
/// ROLLBACK then finds none, would take every next one for a savepoint within it: no write would succeed on that connection any more.
fn pool(connections: u32) -> SqlitePoolOptions {
    let usable = |conn: &SqliteConnection| !conn.is_in_transaction();
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        // Asked first, so that a rollback under way is over when it is looked at.
        .test_before_acquire(true)
        .before_acquire(move |conn, _| Box::pin(async move { Ok(usable(conn)) }))
}

/// Handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Db {
    /// Opens the database file, making it and its tables when they are not there.
    pub async fn open(file: &Path) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            // As many rows as are read at once wait for whoever asked: reading is not stopped and begun again every few of them.
            .row_buffer_size(1_024)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "0");
        let writer = pool(1).connect_with(options.clone().create_if_missing(true)).await?;
        for script in SCHEMA {
            sqlx::raw_sql(*script).execute(&writer).await?;
        }
        let readers = pool(4).connect_with(options.read_only(true).pragma("query_only", "on")).await?;
        Ok(Self { writer, readers })
    }

    /// Begins a write. There is one writer: the next one waits.
    pub async fn write(&self) -> Result<Tx, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// A connection that can only read.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.readers.acquire().await
    }

    /// A read of several statements that all see the same moment. Dropped, it ends; while it lasts the log of writes cannot be shortened.
    pub async fn snapshot(&self) -> Result<Tx, sqlx::Error> {
        self.readers.begin().await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1 FROM meta LIMIT 1").execute(&self.readers).await.map(drop)
    }

    /// Writes a consistent copy into a new file, while others read and write.
    pub async fn copy_into(&self, file: &Path) -> Result<(), sqlx::Error> {
        let target = file.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(target).execute(&self.writer).await?;
        Ok(())
    }

    /// Waits for what is under way and closes the files.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
