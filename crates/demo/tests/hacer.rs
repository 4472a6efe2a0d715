//! A world put into a data folder.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use demo::files::Tamano;
use demo::{Mundo, Recursos, make_with};
use jiff::civil::date;
use server::Settings;
use server::blobs::{Blobs, Sum};
use server::store::Db;
use std::collections::BTreeMap;
use std::path::Path;

/// All that a load writes: people and configuration carry the time of their making.
const TABLES: [&str; 11] = [
    "lugar",
    "campo_lugar",
    "secuencia",
    "expediente",
    "indice",
    "conjunto",
    "historial",
    "documento",
    "documento_version",
    "nota",
    "aviso",
];

fn world(seed: u64, size: u64) -> Mundo {
    let modelos: Vec<_> =
        server::config::shipped().iter().map(|(_, text)| toml::from_str(text).expect("modelo")).collect();
    let recursos = Recursos {
        propios_imagen: 1,
        propios_texto: 5,
        copias_imagen: 1,
        copias_texto: 2,
        tamano: Tamano::Pequeno,
        solo_requeridos: false,
    };
    Mundo::with_recursos(seed, size, date(2026, 11, 24), &modelos, recursos).expect("world")
}

fn settings(folder: &Path) -> Settings {
    Settings { datos: folder.to_owned(), ..Settings::default() }
}

async fn made(folder: &Path, mundo: &Mundo) -> BTreeMap<&'static str, Vec<String>> {
    make_with(&settings(folder), mundo, |_, _| {}).await.expect("made");
    content(folder).await
}

/// Every row of every table, as text.
async fn content(folder: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let db = Db::open(&settings(folder).database_file()).await.expect("database");
    let mut conn = db.read().await.expect("connection");
    let mut all = BTreeMap::new();
    for table in TABLES {
        let columns: Vec<String> = sqlx::query_scalar("SELECT 'quote(' || name || ')' FROM pragma_table_info(?)")
            .bind(table)
            .fetch_all(&mut *conn)
            .await
            .expect("columns");
        let select = format!("SELECT {} AS fila FROM {table} ORDER BY fila", columns.join(" || '|' || "));
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_all(&mut *conn).await.expect("rows");
        all.insert(table, rows);
    }
    drop(conn);
    db.close().await;
    all
}

#[tokio::test]
async fn the_same_seed_makes_the_same_rows() {
    let (one, other, third) = (folder(), folder(), folder());
    let first = made(one.path(), &world(7, 40)).await;
    assert_eq!(first["expediente"].len(), 40);
    assert_eq!(first, made(other.path(), &world(7, 40)).await);
    assert_ne!(first, made(third.path(), &world(8, 40)).await);
}

#[tokio::test]
async fn every_original_a_row_names_is_there_and_nobody_elses_to_read() {
    let folder = folder();
    make_with(&settings(folder.path()), &world(7, 40), |_, _| {}).await.expect("made");
    let db = Db::open(&settings(folder.path()).database_file()).await.expect("database");
    let named: Vec<(Vec<u8>, i64)> = sqlx::query_as("SELECT DISTINCT sha256, bytes FROM documento_version")
        .fetch_all(&mut *db.read().await.expect("connection"))
        .await
        .expect("rows");
    assert!(named.len() > 40, "{}", named.len());
    let blobs = Blobs::open(&settings(folder.path()).blobs_folder()).expect("blobs");
    for (sha256, bytes) in named {
        let sum = Sum::try_from(&*sha256).expect("sum");
        assert_eq!(blobs.size(&sum).await.expect("size"), Some(bytes as u64));
        assert!(blobs.verify(sum).await.expect("read"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(blobs.path(&sum)).expect("there").permissions().mode() & 0o777, 0o600);
        }
    }
    db.close().await;
}

#[tokio::test]
async fn a_making_cut_short_is_made_again_from_the_start() {
    let (whole, cut) = (folder(), folder());
    let expected = made(whole.path(), &world(7, 40)).await;
    let outcome = {
        let (settings, mundo) = (settings(cut.path()), world(7, 40));
        // The first word of progress comes with people and papers in place and the rows half way.
        tokio::spawn(
            async move { make_with(&settings, &mundo, |_, _| std::panic::resume_unwind(Box::new("cut"))).await },
        )
    };
    assert!(outcome.await.expect_err("cut").is_panic());
    assert_eq!(made(cut.path(), &world(7, 40)).await, expected);
}

#[tokio::test]
async fn a_folder_with_people_in_it_is_left_as_it_is() {
    let folder = folder();
    let before = made(folder.path(), &world(7, 20)).await;
    assert_eq!(before, made(folder.path(), &world(8, 40)).await);
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("folder")
}
