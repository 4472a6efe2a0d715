//! The embedded database: SQLite in WAL mode, one writer, a pool of read-only readers.

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// A write transaction. Dropped without commit it is rolled back.
pub type Tx = sqlx::Transaction<'static, Sqlite>;

/// The schema, in order; each slice of the service has its own file.
const SCHEMA: &[&str] = &[
    include_str!("schema/010_base.sql"),
    include_str!("schema/015_usuarios.sql"),
    include_str!("schema/020_config.sql"),
    include_str!("schema/030_expedientes.sql"),
    include_str!("schema/031_conjuntos.sql"),
    include_str!("schema/040_documentos.sql"),
    include_str!("schema/050_subidas.sql"),
    include_str!("schema/060_eventos.sql"),
];

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
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "0");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone().create_if_missing(true))
            .await?;
        for script in SCHEMA {
            sqlx::raw_sql(*script).execute(&writer).await?;
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.read_only(true).pragma("query_only", "on"))
            .await?;
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
