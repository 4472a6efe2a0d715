//! Downloads: byte for byte, in ranges, told when the client has it.

use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use reqwest::Method;
use sha2::{Digest, Sha256};

#[tokio::test]
async fn an_original_comes_back_as_it_went() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let content = muestras::text_of(7, 300_000);
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "oferta de Íñigo.txt"), &content).await;
    let request =
        asesor.at(Method::GET, &format!("/documentos/{id}/original")).header("accept-encoding", "gzip, br, zstd");
    let answer = request.send().await.unwrap();
    let headers = answer.headers().clone();
    assert_eq!(answer.status(), 200);
    assert!(!headers.contains_key("content-encoding"));
    assert_eq!(headers["content-type"], "text/plain");
    assert_eq!(headers["content-length"], "300000");
    assert_eq!(headers["accept-ranges"], "bytes");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.ends_with("filename*=UTF-8''oferta%20de%20%C3%8D%C3%B1igo.txt"), "{disposition}");
    let sum: String = Sha256::digest(&content).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(headers["etag"], format!("\"{sum}\""));
    assert!(answer.bytes().await.unwrap() == content);
}

#[tokio::test]
async fn parts_and_tags_are_understood() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let content = muestras::text_of(8, 1_000);
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), &content).await;
    let path = format!("/documentos/{id}/original");
    let with = async |pairs: &[(&str, &str)]| {
        let request = asesor.at(Method::GET, &path);
        pairs.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
    };
    let whole = with(&[]).await;
    let etag = whole.headers()["etag"].to_str().unwrap().to_owned();

    let part = with(&[("range", "bytes=100-199")]).await;
    assert_eq!(
        (part.status().as_u16(), &part.headers()["content-range"]),
        (206, &"bytes 100-199/1000".parse().unwrap())
    );
    assert_eq!(part.bytes().await.unwrap(), content[100..200]);
    let tail = with(&[("range", "bytes=-10"), ("if-range", &etag)]).await;
    assert_eq!(tail.bytes().await.unwrap(), content[990..]);
    let stale = with(&[("range", "bytes=-10"), ("if-range", "\"otra\"")]).await;
    assert_eq!((stale.status().as_u16(), stale.bytes().await.unwrap().len()), (200, 1_000));
    let outside = with(&[("range", "bytes=1000-")]).await;
    assert_eq!(
        (outside.status().as_u16(), &outside.headers()["content-range"]),
        (416, &"bytes */1000".parse().unwrap())
    );
    let has = with(&[("if-none-match", &etag)]).await;
    assert_eq!((has.status().as_u16(), has.bytes().await.unwrap().len()), (304, 0));
}

#[tokio::test]
async fn a_damaged_original_is_said_not_sent() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), b"contenido").await;
    let vista: api::documento::DocumentoVista = asesor.get(&format!("/documentos/{id}")).await;
    let file = casa.datos().join("originales").join(&vista.sha256[..2]).join(&vista.sha256[2..]);
    std::fs::write(file, "cont").unwrap();
    for path in ["original", "texto", "paginas/1?ancho=100&alto=100"] {
        let answer = asesor.at(Method::GET, &format!("/documentos/{id}/{path}")).send().await.unwrap();
        assert_eq!(answer.status(), 500, "{path}");
    }
}

#[tokio::test]
async fn every_look_of_support_is_audited() {
    let casa = Casa::start().await;
    let (asesor, soporte) = (casa.asesor(), casa.soporte());
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), b"contenido").await;
    let answer = soporte.at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(casa.audited(id).await, ["documento-subido", "soporte-mira"]);
}
