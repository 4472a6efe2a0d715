//! What cannot be understood is told in one shape, and what can be made smaller is.

use api::{Codigo, Problem};
use reqwest::{Method, Response};
use server::testkit::Service;

async fn problem(response: Response) -> Problem {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    response.json().await.unwrap()
}

#[tokio::test]
async fn every_refusal_is_a_problem() {
    let service = Service::start().await;
    let client = service.login("administrativo").await;
    let send = async |request: reqwest::RequestBuilder| problem(request.send().await.unwrap()).await.codigo;
    assert_eq!(send(client.request(Method::GET, "/no-hay-tal")).await, Codigo::NoEncontrado);
    assert_eq!(send(client.http.get(format!("{}/otra-cosa", service.url()))).await, Codigo::NoEncontrado);
    assert_eq!(send(client.request(Method::PUT, "/sesion")).await, Codigo::MetodoNoPermitido);
    assert_eq!(send(client.request(Method::GET, "/expedientes/abc")).await, Codigo::PeticionInvalida);
    assert_eq!(send(client.request(Method::GET, "/expedientes")).await, Codigo::PeticionInvalida);
    let json = |body: &'static str| {
        client.request(Method::POST, "/sesion").header("content-type", "application/json").body(body)
    };
    assert_eq!(send(json("{")).await, Codigo::PeticionInvalida);
    // A list of the right values is not an object.
    assert_eq!(send(json("[\"asesor\", \"demo\"]")).await, Codigo::PeticionInvalida);
    assert_eq!(send(client.request(Method::POST, "/sesion").body("usuario=x")).await, Codigo::FormatoNoAdmitido);
    let huge = format!("{{\"usuario\": \"{}\"}}", "x".repeat(2 * 1024 * 1024));
    let huge = client.request(Method::POST, "/sesion").header("content-type", "application/json").body(huge);
    assert_eq!(send(huge).await, Codigo::DemasiadoGrande);
    let key = "x".repeat(65);
    let nuevo = serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn", "asesor": "asesor" });
    let keyed = client.request(Method::POST, "/expedientes").header("idempotency-key", key).json(&nuevo);
    assert_eq!(send(keyed).await, Codigo::PeticionInvalida);
}

#[tokio::test]
async fn the_document_describes_the_service() {
    let service = Service::start().await;
    let document: serde_json::Value =
        service.nobody().request(Method::GET, "/openapi.json").send().await.unwrap().json().await.unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document["paths"]["/api/v1/expedientes/{id}/indice"]["patch"].is_object());
    assert_eq!(server::http::openapi_json(), server::http::openapi_json(), "the same for the same code");
}

#[test]
fn every_route_says_how_it_refuses() {
    let document: serde_json::Value = serde_json::from_str(&server::http::openapi_json()).unwrap();
    let operations = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap());
    for (method, operation) in operations {
        let name = format!("{method} {}", operation["operationId"]);
        let responses = operation["responses"].as_object().unwrap();
        let open = operation.get("security").is_some_and(|security| *security == serde_json::json!([{}]));
        assert!(open || responses.contains_key("401"), "{name}: without a session");
        assert!(responses.contains_key("default"), "{name}: whatever else may go wrong");
        let refusals = responses.iter().filter(|(status, _)| !status.starts_with(['2', '3']));
        for (status, response) in refusals {
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{name}: {status}");
        }
    }
}

#[test]
fn the_document_has_the_codes_that_are_sent() {
    let document: serde_json::Value = serde_json::from_str(&server::http::openapi_json()).unwrap();
    let words: Vec<&str> = document["components"]["schemas"]["Codigo"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|w| w.as_str())
        .collect();
    for codigo in Codigo::ALL {
        let sent = serde_json::to_value(codigo).unwrap();
        assert!(words.contains(&sent.as_str().unwrap()), "{sent}");
    }
}

/// `UPDATE=1` writes it anew, as `cargo run -- docs` does with every page.
#[test]
fn the_kept_document_is_the_one_of_the_code() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let document = server::http::openapi_json();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(kept, &document).unwrap();
    }
    let same = std::fs::read_to_string(kept).unwrap() == document;
    assert!(same, "docs/openapi.json is not that of the code: run the test with UPDATE=1");
}

#[tokio::test]
async fn text_is_compressed_for_whoever_takes_it() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    for encoding in ["zstd", "br", "gzip"] {
        let answer =
            client.request(Method::GET, "/modelos/venta-vn").header("accept-encoding", encoding).send().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], encoding);
        let small = answer.bytes().await.unwrap().len();
        let plain = client.request(Method::GET, "/modelos/venta-vn").send().await.unwrap().bytes().await.unwrap().len();
        assert!(small * 2 < plain, "{encoding}: {small} of {plain}");
    }
    let short = client.request(Method::GET, "/sesion").header("accept-encoding", "br").send().await.unwrap();
    assert!(short.headers().get("content-encoding").is_none() && short.content_length().unwrap() > 0);
}

/// A problem long enough to be compressed still reads, and still names its request.
#[tokio::test]
async fn a_long_refusal_is_compressed_whole() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let request = client.request(Method::GET, "/expedientes/abc");
    let answer = request.header("accept-encoding", "zstd").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["content-encoding"]), (400, &"zstd".parse().unwrap()));
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = answer.bytes().await.unwrap();
    assert_eq!(body[..4], [0x28, 0xb5, 0x2f, 0xfd], "a frame as in RFC 8878");
    assert!(body.len() > 20 && !id.is_empty());
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let service = Service::start().await;
    let refused = service.nobody().request(Method::PUT, "/sesion").send().await.unwrap();
    let allowed = refused.headers()["allow"].to_str().unwrap().to_owned();
    assert!(["GET", "POST", "DELETE"].iter().all(|method| allowed.contains(method)), "{allowed}");
}
