//! Uploads by tus 1.0.0, and what goes wrong with them.

use super::arranque;
use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use api::{Codigo, Problem};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;
use reqwest::{Body, Method};
use sha2::{Digest, Sha256};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const PATH: &str = "/subidas";

#[tokio::test]
async fn the_service_says_what_it_can() {
    let casa = Casa::start().await;
    let answer = casa.nobody().at(Method::OPTIONS, PATH).send().await.unwrap();
    assert_eq!(answer.status(), 204);
    for (name, value) in [
        ("tus-resumable", "1.0.0"),
        ("tus-version", "1.0.0"),
        ("tus-extension", "creation,creation-with-upload,termination,checksum,expiration"),
        ("tus-checksum-algorithm", "sha1,sha256"),
        ("tus-max-size", "104857600"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
}

#[tokio::test]
async fn an_upload_in_pieces_is_resumed_and_becomes_a_document() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let content = muestras::text_of(2, 10_000);
    let meta = Meta::new(casa.expediente(), "oferta", "a.txt").with("sha256", hex(&Sha256::digest(&content)));
    let at = tus::begin(&asesor, &meta, 10_000).await;
    let first = tus::patch(&asesor, &at, 0, content[..4_000].to_vec()).await;
    assert_eq!((first.status().as_u16(), tus::number(&first, "upload-offset")), (204, Some(4_000)));
    assert!(first.headers().contains_key("upload-expires") && !first.headers().contains_key("documento-id"));
    let asked = tus::head(&asesor, &at).await;
    assert_eq!(tus::number(&asked, "upload-offset"), Some(4_000));
    assert_eq!(tus::number(&asked, "upload-length"), Some(10_000));
    assert_eq!(asked.headers()["upload-metadata"], meta.header());
    assert_eq!(asked.headers()["cache-control"], "no-store");
    let wrong = tus::patch(&asesor, &at, 3_000, content[3_000..].to_vec()).await;
    assert_eq!(wrong.status(), 409);
    let last = tus::patch(&asesor, &at, 4_000, content[4_000..].to_vec()).await;
    let id = tus::number(&last, "documento-id").unwrap();
    assert_eq!(tus::number(&tus::head(&asesor, &at).await, "documento-id"), Some(id));
    let back = asesor.at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
    assert!(back.bytes().await.unwrap() == content);
    assert_eq!(std::fs::read_dir(casa.datos().join("subidas")).unwrap().count(), 0);
}

#[tokio::test]
async fn bytes_may_come_with_the_creation() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let create = |len: usize, body: &'static [u8]| {
        let request = asesor.at(Method::POST, PATH).header("tus-resumable", "1.0.0").header("upload-length", len);
        let request = request.header("upload-metadata", Meta::new(casa.expediente(), "oferta", "a.txt").header());
        request.header("content-type", "application/offset+octet-stream").body(body).send()
    };
    let whole = create(4, b"hola").await.unwrap();
    assert_eq!((whole.status().as_u16(), tus::number(&whole, "upload-offset")), (201, Some(4)));
    assert!(tus::number(&whole, "documento-id").is_some());
    let begun = create(8, b"hola").await.unwrap();
    let done = tus::patch(&asesor, &tus::location(&begun), 4, "otra".as_bytes()).await;
    assert!(tus::number(&done, "documento-id").is_some());
}

#[tokio::test]
async fn the_same_key_finds_the_same_upload() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let meta = Meta::new(casa.expediente(), "oferta", "a.txt").with("clave", "k1");
    let at = tus::begin(&asesor, &meta, 4).await;
    assert_eq!(tus::begin(&asesor, &meta, 4).await, at);
    assert_eq!(tus::create(&asesor, &meta, 5).await.json::<Problem>().await.unwrap().codigo, Codigo::ClaveRepetida);
    let id = tus::number(&tus::patch(&asesor, &at, 0, "hola").await, "documento-id");
    let again = tus::create(&asesor, &meta, 4).await;
    assert_eq!((again.status().as_u16(), tus::number(&again, "documento-id")), (201, id));
    // Keys belong to people.
    assert_ne!(tus::begin(&casa.administrativo(), &meta, 4).await, at);
}

#[tokio::test]
async fn an_upload_is_its_owners_alone() {
    let casa = Casa::start().await;
    let at = tus::begin(&casa.asesor(), &Meta::new(casa.expediente(), "oferta", "a.txt"), 4).await;
    let admin = casa.administrativo();
    assert_eq!(tus::head(&admin, &at).await.status(), 404);
    assert_eq!(tus::patch(&admin, &at, 0, "hola").await.status(), 404);
    let ended = admin.at(Method::DELETE, &at).header("tus-resumable", "1.0.0").send().await.unwrap();
    assert_eq!(ended.status(), 404);
    assert_eq!(tus::create(&casa.soporte(), &Meta::new(casa.expediente(), "oferta", "a.txt"), 4).await.status(), 403);
}

#[tokio::test]
async fn a_chunk_counts_only_with_its_sum() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 8).await;
    let send = |offset: u64, body: &'static str, checksum: String| {
        let request = asesor.at(Method::PATCH, &at).header("tus-resumable", "1.0.0").header("upload-offset", offset);
        request
            .header("content-type", "application/offset+octet-stream")
            .header("upload-checksum", checksum)
            .body(body)
            .send()
    };
    let sha256 = |text: &str| format!("sha256 {}", STANDARD.encode(Sha256::digest(text)));
    let good = send(0, "hola", sha256("hola")).await.unwrap();
    assert_eq!(tus::number(&good, "upload-offset"), Some(4));
    let bad = send(4, "todo", sha256("toda")).await.unwrap();
    assert_eq!(bad.status().as_u16(), 460);
    assert_eq!(bad.json::<Problem>().await.unwrap().codigo, Codigo::SumaMala);
    assert_eq!(tus::offset(&asesor, &at).await, 4);
    assert_eq!(send(4, "todo", "md5 1B2M2Y8AsgTpgAmY7PhCfg==".to_owned()).await.unwrap().status(), 400);
    let sha1 = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest("toda")));
    assert!(tus::number(&send(4, "toda", sha1).await.unwrap(), "documento-id").is_some());
}

#[tokio::test]
async fn a_file_that_came_different_is_refused_and_gone() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let meta =
        Meta::new(casa.expediente(), "oferta", "a.txt").with("sha256", hex(&Sha256::digest("hola"))).with("clave", "k");
    let at = tus::begin(&asesor, &meta, 4).await;
    assert_eq!(tus::patch(&asesor, &at, 0, "hole").await.status().as_u16(), 460);
    assert_eq!(tus::head(&asesor, &at).await.status(), 410);
    // The key is free for another attempt.
    let at = tus::begin(&asesor, &meta, 4).await;
    assert_eq!(tus::patch(&asesor, &at, 0, "hola").await.status(), 204);
}

#[tokio::test]
async fn what_had_come_before_a_cut_is_kept() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let content = muestras::text_of(3, 9_000_000);
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 9_000_000).await;
    let sent = Bytes::from(content.clone()).slice(..6_000_000);
    let pieces = (0..60).map(move |n| Ok(sent.slice(n * 100_000..(n + 1) * 100_000)));
    let cut = stream::iter(pieces.chain([Err(io::Error::other("cut"))]));
    let request = asesor.at(Method::PATCH, &at).header("tus-resumable", "1.0.0").header("upload-offset", 0);
    let request = request.header("content-type", "application/offset+octet-stream").header("content-length", 9_000_000);
    request.body(Body::wrap_stream(cut)).send().await.unwrap_err();
    // The newcomer waits until the cut line has been written out, and takes over.
    let mut offset = tus::offset(&asesor, &at).await;
    loop {
        let rest = content[usize::try_from(offset).unwrap()..].to_vec();
        let answer = tus::patch(&asesor, &at, offset, rest).await;
        if answer.status() == 204 {
            let id = tus::number(&answer, "documento-id").unwrap();
            let back = asesor.at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
            assert!(back.bytes().await.unwrap() == content);
            break;
        }
        assert_eq!(answer.status(), 409);
        let next = tus::offset(&asesor, &at).await;
        assert!(next > offset);
        offset = next;
    }
    // More than a checkpoint had come, so it was not begun all over.
    assert!(offset >= 4 * 1024 * 1024, "{offset}");
}

#[tokio::test]
async fn of_two_writers_the_newer_goes_on() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 8).await;
    let (open, body) = tokio::sync::mpsc::channel::<io::Result<Bytes>>(1);
    let first = {
        let (asesor, at) = (asesor.clone(), at.clone());
        let body = Body::wrap_stream(tokio_stream::wrappers::ReceiverStream::new(body));
        tokio::spawn(async move { tus::patch(&asesor, &at, 0, body).await })
    };
    open.send(Ok(Bytes::from_static(b"hola"))).await.unwrap();
    // Not before the first has begun.
    while !casa.state().uploads().is_held(at.rsplit('/').next().unwrap()) {
        tokio::task::yield_now().await;
    }
    let mut offset = 0;
    let done = loop {
        let answer = tus::patch(&asesor, &at, offset, b"holatodo"[usize::try_from(offset).unwrap()..].to_vec()).await;
        match answer.status().as_u16() {
            204 => break answer,
            409 => offset = tus::offset(&asesor, &at).await,
            other => panic!("{other}"),
        }
    };
    assert_eq!(first.await.unwrap().status(), 409);
    let id = tus::number(&done, "documento-id").unwrap();
    let back = asesor.at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
    assert_eq!(back.bytes().await.unwrap(), "holatodo");
}

#[tokio::test]
async fn empty_and_too_large_are_refused_before_a_byte() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let meta = Meta::new(casa.expediente(), "oferta", "a.txt");
    let empty = tus::create(&asesor, &meta, 0).await;
    assert_eq!(empty.status(), 422);
    assert!(empty.json::<Problem>().await.unwrap().detail.unwrap().contains("vacío"));
    let large = tus::create(&asesor, &meta, 200 * 1024 * 1024).await;
    assert_eq!((large.status().as_u16(), tus::number(&large, "tus-max-size")), (413, Some(100 * 1024 * 1024)));
    let at = tus::begin(&asesor, &meta, 4).await;
    assert_eq!(tus::patch(&asesor, &at, 0, "demasiado").await.status(), 413);
    let endless = stream::iter(["ho", "la", "!!"].map(|piece| Ok::<_, io::Error>(Bytes::from(piece))));
    assert_eq!(tus::patch(&asesor, &at, 0, Body::wrap_stream(endless)).await.status(), 413);
    assert_eq!(tus::offset(&asesor, &at).await, 0);
}

#[tokio::test]
async fn the_protocol_is_kept_to() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let meta = Meta::new(casa.expediente(), "oferta", "a.txt");
    for version in [None, Some("0.2.2")] {
        let mut request =
            asesor.at(Method::POST, PATH).header("upload-length", 4).header("upload-metadata", meta.header());
        if let Some(version) = version {
            request = request.header("tus-resumable", version);
        }
        let answer = request.send().await.unwrap();
        assert_eq!((answer.status().as_u16(), &answer.headers()["tus-version"]), (412, &"1.0.0".parse().unwrap()));
    }
    let deferred = asesor.at(Method::POST, PATH).header("tus-resumable", "1.0.0").header("upload-defer-length", 1);
    assert_eq!(deferred.header("upload-metadata", meta.header()).send().await.unwrap().status(), 400);
    let at = tus::begin(&asesor, &meta, 4).await;
    let typeless =
        asesor.at(Method::PATCH, &at).header("tus-resumable", "1.0.0").header("upload-offset", 0).body("hola");
    assert_eq!(typeless.send().await.unwrap().status(), 415);
    // For clients behind something that lets only GET and POST through.
    let disguised =
        asesor.at(Method::POST, &at).header("tus-resumable", "1.0.0").header("x-http-method-override", "PATCH");
    let disguised =
        disguised.header("upload-offset", 0).header("content-type", "application/offset+octet-stream").body("hola");
    assert_eq!(disguised.send().await.unwrap().status(), 204);
    let unknown = tus::head(&asesor, "/subidas/0123").await;
    assert_eq!((unknown.status().as_u16(), &unknown.headers()["tus-resumable"]), (404, &"1.0.0".parse().unwrap()));
    let nobody = casa.nobody().at(Method::HEAD, &at).header("tus-resumable", "1.0.0").send().await.unwrap();
    assert_eq!((nobody.status().as_u16(), &nobody.headers()["tus-resumable"]), (401, &"1.0.0".parse().unwrap()));
}

#[tokio::test]
async fn a_person_may_begin_so_many_and_no_more() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let meta = |n: u32| Meta::new(casa.expediente(), "oferta", "a.txt").with("clave", format!("k{n}"));
    tus::upload(&asesor, &meta(99), b"una terminada no cuenta").await;
    let mut begun = Vec::new();
    for n in 0..arranque::MAX_OPEN {
        begun.push(tus::begin(&asesor, &meta(n), 4).await);
    }
    let refused = tus::create(&asesor, &meta(100), 4).await;
    assert_eq!(refused.status(), 429);
    let problem: Problem = refused.json().await.unwrap();
    assert_eq!(problem.codigo, Codigo::DemasiadasSubidas);
    assert!(problem.detail.unwrap().contains("8 subidas sin terminar"));
    assert_eq!(tus::begin(&asesor, &meta(3), 4).await, begun[3], "one that was begun is found again");
    tus::begin(&casa.administrativo(), &meta(0), 4).await;
    assert!(tus::number(&tus::patch(&asesor, &begun[0], 0, "hola").await, "documento-id").is_some());
    tus::begin(&asesor, &meta(100), 4).await;
}

#[tokio::test]
async fn an_upload_can_be_ended() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 8).await;
    tus::patch(&asesor, &at, 0, "hola").await;
    let end = || asesor.at(Method::DELETE, &at).header("tus-resumable", "1.0.0").send();
    assert_eq!(end().await.unwrap().status(), 204);
    assert_eq!(end().await.unwrap().status(), 410);
    assert_eq!(tus::head(&asesor, &at).await.status(), 410);
    assert_eq!(tus::patch(&asesor, &at, 4, "todo").await.status(), 410);
    assert_eq!(std::fs::read_dir(casa.datos().join("subidas")).unwrap().count(), 0);
}

#[tokio::test]
async fn an_upload_expires_and_is_forgotten() {
    let now = Arc::new(AtomicI64::new(1_800_000_000_000));
    let casa = Casa::start_at(now.clone()).await;
    let asesor = casa.asesor();
    let meta = Meta::new(casa.expediente(), "oferta", "a.txt").with("clave", "k");
    let at = tus::begin(&asesor, &meta, 8).await;
    // Each piece puts it off.
    now.fetch_add(5 * 3_600_000, Ordering::Relaxed);
    tus::patch(&asesor, &at, 0, "hola").await;
    now.fetch_add(5 * 3_600_000, Ordering::Relaxed);
    assert_eq!(tus::offset(&asesor, &at).await, 4);
    server::jobs::purge(casa.state()).await.unwrap();
    assert_eq!(tus::offset(&asesor, &at).await, 4);
    now.fetch_add(2 * 3_600_000, Ordering::Relaxed);
    assert_eq!(tus::head(&asesor, &at).await.status(), 410);
    assert_eq!(tus::patch(&asesor, &at, 4, "todo").await.status(), 410);
    // The key is free before anybody has cleared up.
    let other = tus::begin(&asesor, &meta, 8).await;
    assert_ne!(other, at);
    server::jobs::purge(casa.state()).await.unwrap();
    assert_eq!(std::fs::read_dir(casa.datos().join("subidas")).unwrap().count(), 0);
    now.fetch_add(4 * 3_600_000, Ordering::Relaxed);
    tus::patch(&asesor, &other, 0, "hola").await;
    now.fetch_add(25 * 3_600_000, Ordering::Relaxed);
    server::jobs::purge(casa.state()).await.unwrap();
    assert_eq!(tus::head(&asesor, &at).await.status(), 404);
}

#[tokio::test]
async fn a_crash_before_the_finish_is_made_good() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 4).await;
    // As the service leaves it when it falls after the last byte was counted, and with a torn tail that was not.
    let id = at.rsplit('/').next().unwrap();
    std::fs::create_dir_all(casa.datos().join("subidas")).unwrap();
    std::fs::write(casa.datos().join("subidas").join(id), "holaXXXX").unwrap();
    let mut tx = casa.state().db.write().await.unwrap();
    assert!(server::store::subidas::advance(&mut tx, id, 0, 2, 4_000_000_000_000).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(tus::offset(&asesor, &at).await, 2);
    let done = tus::patch(&asesor, &at, 2, "la").await;
    let documento = tus::number(&done, "documento-id").unwrap();
    let back = asesor.at(Method::GET, &format!("/documentos/{documento}/original")).send().await.unwrap();
    assert_eq!(back.bytes().await.unwrap(), "hola");

    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "b.txt"), 4).await;
    let id = at.rsplit('/').next().unwrap();
    std::fs::write(casa.datos().join("subidas").join(id), "todo").unwrap();
    let mut tx = casa.state().db.write().await.unwrap();
    assert!(server::store::subidas::advance(&mut tx, id, 0, 4, 4_000_000_000_000).await.unwrap());
    tx.commit().await.unwrap();
    // Whoever asks next finishes it, once.
    let found = tus::number(&tus::head(&asesor, &at).await, "documento-id");
    assert!(found.is_some());
    assert_eq!(tus::number(&tus::head(&asesor, &at).await, "documento-id"), found);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said_and_nothing_counts() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), 4).await;
    let file = casa.datos().join("subidas").join(at.rsplit('/').next().unwrap());
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    // Every write to it answers that no space is left.
    std::os::unix::fs::symlink("/dev/full", &file).unwrap();
    let full = tus::patch(&asesor, &at, 0, "hola").await;
    assert_eq!(full.status().as_u16(), 507);
    assert_eq!(full.json::<Problem>().await.unwrap().codigo, Codigo::SinEspacio);
    assert_eq!(tus::offset(&asesor, &at).await, 0);
    // Space again: the same upload goes on.
    std::fs::remove_file(&file).unwrap();
    assert!(tus::number(&tus::patch(&asesor, &at, 0, "hola").await, "documento-id").is_some());
}

fn hex(bytes: &[u8]) -> String {
    server::blobs::hex(bytes)
}
