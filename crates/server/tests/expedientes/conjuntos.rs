//! The sets expedientes are found by.

use crate::casa::Casa;
use api::fase::Paso;
use domain::Valor;
use server::config;
use server::store::Db;

type Piece = (i64, i64, i64, Vec<u8>, i64, Vec<u8>);

async fn sets(db: &Db) -> Vec<Piece> {
    sqlx::query_as("SELECT lugar, serie, nivel, clave, trozo, ids FROM conjunto ORDER BY 1, 2, 3, 4, 5")
        .fetch_all(&mut *db.read().await.unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_written_change_by_change_is_what_data_of_an_earlier_version_gets() {
    let casa = Casa::new().await;
    let text = |text: &str| Valor::from(text);
    let first = [("cliente", "García Ñúñez, Íñigo"), ("nif", "12345678Z"), ("bastidor", "VSSZZZKJZRR012345")];
    let first = casa.open(&first.map(|(campo, value)| (campo, text(value)))).await;
    casa.open_as("asesor2", &[]).await.unwrap();
    let id = first.id;
    for values in [
        [("cliente", Some(text("Gil Ferrer, Marta"))), ("nif", None)],
        [("pedido", Some(text("2026-11-24"))), ("pvp", Some(Valor::Entero(2_748_000)))],
        [("pedido", Some(text("2026-11-23"))), ("forma-pago", Some(text("contado")))],
        [("bastidor", None), ("con-tasacion", Some(Valor::Logico(true)))],
    ] {
        let revision = casa.detail("asesor", id).await.unwrap().revision;
        casa.change("asesor", id, Some(revision), &values).await.unwrap();
    }
    casa.validated(id, &["oferta", "rgpd"]).await;
    casa.step("jefe", id, Paso::Forzar, Some("prueba")).await.unwrap();

    let state = casa.service.state();
    let written = sets(&state.db).await;
    let mut tx = state.db.write().await.unwrap();
    sqlx::raw_sql(
        "DELETE FROM conjunto; CREATE TABLE palabra (lugar BIGINT); CREATE INDEX orden_docs ON expediente (docs)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    config::upgrade(&state.db, &state.config()).await.unwrap();
    assert!(written.len() > 100);
    assert_eq!(sets(&state.db).await, written);
    let old: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('palabra', 'orden_docs')")
        .fetch_one(&mut *state.db.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(old, 0);
}
