//! Looking after the originals: what is missing or changed is found, what nobody has goes, and nothing else.

use super::arranque::settings;
use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use reqwest::Method;
use server::admin::{self, Removed};
use server::blobs::Sum;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(24 * 3_600);

fn path_of(casa: &Casa, sum: &Sum) -> PathBuf {
    casa.state().blobs.path(sum)
}

/// As if it had been put then.
fn age(casa: &Casa, sum: &Sum, age: Duration) {
    let file = std::fs::File::options().write(true).open(path_of(casa, sum)).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

async fn upload(casa: &Casa, content: &[u8]) -> Sum {
    tus::upload(&casa.asesor(), &Meta::new(casa.expediente(), "oferta", "a.txt"), content).await;
    Sum::of(content)
}

#[tokio::test]
async fn a_missing_and_a_changed_original_are_found() {
    let casa = Casa::start().await;
    let (settings, db) = (settings(casa.datos()), &casa.state().db);
    let (gone, touched) = (upload(&casa, b"uno").await, upload(&casa, b"dos").await);
    upload(&casa, b"tres").await;
    upload(&casa, b"tres").await;
    let all = admin::verify_originals(&settings, db).await.unwrap();
    assert_eq!((all.whole, all.missing.len(), all.changed.len()), (3, 0, 0));
    std::fs::remove_file(path_of(&casa, &gone)).unwrap();
    std::fs::write(path_of(&casa, &touched), "dOs").unwrap();
    let found = admin::verify_originals(&settings, db).await.unwrap();
    assert_eq!((found.whole, found.missing.len(), found.changed.len()), (1, 1, 1));
    assert_eq!((found.missing[0].sum, found.changed[0].sum), (gone, touched));
    assert_eq!(found.missing[0].numero, casa.numero(casa.expediente()).await);
    assert_eq!(found.missing[0].nombre, "a.txt");
}

#[tokio::test]
async fn what_no_document_has_goes_after_a_day() {
    let casa = Casa::start().await;
    let (settings, db) = (settings(casa.datos()), &casa.state().db);
    let kept = upload(&casa, b"de un documento").await;
    let (old, young) = (casa.state().blobs.put("viejo").await.unwrap(), casa.state().blobs.put("nuevo").await.unwrap());
    age(&casa, &kept, 9 * DAY);
    age(&casa, &old, 2 * DAY);
    let strange = casa.datos().join("originales/00/leeme.txt");
    std::fs::write(&strange, "no es un original").unwrap();
    let removed = admin::remove_orphans(&settings, db, SystemTime::now()).await.unwrap();
    assert_eq!(removed, Removed { originals: 1, bytes: 5 });
    let there = async |sum: &Sum| casa.state().blobs.size(sum).await.unwrap().is_some();
    assert_eq!((there(&kept).await, there(&old).await, there(&young).await), (true, false, true));
    assert!(strange.exists());
    let later = SystemTime::now() + 2 * DAY;
    assert_eq!(admin::remove_orphans(&settings, db, later).await.unwrap(), Removed { originals: 1, bytes: 5 });
    assert!(there(&kept).await);
}

#[tokio::test]
async fn a_deleted_document_keeps_its_original() {
    let casa = Casa::start().await;
    let id = tus::upload(&casa.asesor(), &Meta::new(casa.expediente(), "oferta", "a.txt"), b"borrado").await;
    let path = format!("/documentos/{id}?motivo=Equivocado");
    let _: api::documento::DocumentoVista = casa.administrativo().send(Method::DELETE, &path, &()).await;
    let later = SystemTime::now() + 2 * DAY;
    let removed = admin::remove_orphans(&settings(casa.datos()), &casa.state().db, later).await.unwrap();
    assert_eq!(removed, Removed::default());
}

/// An upload finds its content among the originals, as one that nobody has; that one is removed; then the upload becomes a document.
#[tokio::test]
async fn an_original_that_goes_while_an_upload_ends_is_put_again() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let content = muestras::text_of(5, 4_000);
    let sum = Sum::of(&content);
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 4_000).await;
    let id = at.rsplit('/').next().unwrap();
    std::fs::create_dir_all(casa.datos().join("subidas")).unwrap();
    std::fs::write(casa.datos().join("subidas").join(id), &content).unwrap();
    let mut tx = casa.state().db.write().await.unwrap();
    assert!(server::store::subidas::advance(&mut tx, id, 0, 4_000, 4_000_000_000_000).await.unwrap());
    tx.commit().await.unwrap();

    let held = casa.state().db.write().await.unwrap();
    let ending = tokio::spawn({
        let (asesor, at) = (asesor.clone(), at.clone());
        async move { tus::head(&asesor, &at).await }
    });
    // It is among the originals, and the row that names it waits for its turn to write.
    while casa.state().blobs.size(&sum).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    casa.state().blobs.remove(&sum).await.unwrap();
    drop(held);
    let documento = tus::number(&ending.await.unwrap(), "documento-id").unwrap();
    let back = asesor.at(Method::GET, &format!("/documentos/{documento}/original")).send().await.unwrap();
    assert!(back.bytes().await.unwrap() == content);
}
