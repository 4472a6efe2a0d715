//! Files made to harm, over HTTP: each has pages or a reason, and the service goes on.

use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use api::{Codigo, Problem};
use reqwest::{Method, Response};

async fn page(casa: &Casa, id: i64, n: u32) -> Response {
    casa.asesor().at(Method::GET, &format!("/documentos/{id}/paginas/{n}?ancho=100&alto=100")).send().await.unwrap()
}

async fn upload(casa: &Casa, content: &[u8]) -> i64 {
    tus::upload(&casa.asesor(), &Meta::new(casa.expediente(), "oferta", "a.pdf"), content).await
}

/// Why a page is not drawn, and that the original can be had all the same.
async fn reason(casa: &Casa, content: &[u8]) -> String {
    refusal(casa, content, Codigo::SinVistaPrevia).await
}

async fn refusal(casa: &Casa, content: &[u8], codigo: Codigo) -> String {
    let id = upload(casa, content).await;
    let refused = page(casa, id, 1).await;
    assert_eq!(refused.status(), 422);
    let problem: Problem = refused.json().await.unwrap();
    assert_eq!(problem.codigo, codigo);
    let original = casa.asesor().at(Method::GET, &format!("/documentos/{id}/original")).send().await.unwrap();
    assert!(original.bytes().await.unwrap() == content);
    problem.detail.unwrap()
}

#[tokio::test]
async fn of_twenty_thousand_pages_the_first_and_the_last_are_drawn() {
    let casa = Casa::start().await;
    let id = upload(&casa, &muestras::pdf(20_000)).await;
    for n in [1, 20_000] {
        let drawn = page(&casa, id, n).await;
        assert_eq!((drawn.status().as_u16(), &drawn.headers()["paginas"]), (200, &"20000".parse().unwrap()), "{n}");
        assert!(image::load_from_memory(&drawn.bytes().await.unwrap()).is_ok());
    }
    assert_eq!(page(&casa, id, 20_001).await.json::<Problem>().await.unwrap().codigo, Codigo::NoEncontrado);
    let text = format!("/documentos/{id}/texto?pagina=20000");
    let text = casa.asesor().at(Method::GET, &text).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("Hoja 20000"), "{text}");
}

#[tokio::test]
async fn one_that_is_encrypted_says_so() {
    let casa = Casa::start().await;
    let why = refusal(&casa, &muestras::encrypted_pdf(), Codigo::ClaveNecesaria).await;
    assert!(why.contains("clave"), "{why}");
}

#[tokio::test]
async fn one_that_swells_is_given_up_and_the_next_is_drawn() {
    let casa = Casa::start().await;
    let why = reason(&casa, &muestras::swelling_pdf()).await;
    assert!(!why.is_empty());
    let id = upload(&casa, &muestras::pdf(1)).await;
    assert_eq!(page(&casa, id, 1).await.status(), 200);
}
