//! Every role against every route. A route without a line here fails the test.

use api::expediente::ExpedienteDetalle;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder};
use server::testkit::{Client, Service};
use std::collections::BTreeSet;

/// Who asks: nobody, an expired session, the asesor whose expediente it is, their jefe, an administrativo of its entidad, the administrador,
/// soporte of its entidad, an asesor of another team, and an administrativo of another entidad.
const WHO: [&str; 9] =
    ["nobody", "expired", "asesor", "jefe", "administrativo", "admin", "soporte", "asesor3", "administrativo2"];

/// What each gets, in the order of [`WHO`]: `S` 401; `N` 403 or 404; `Y` neither of these; `F` 404; `A` anything but 401 (what the answer holds is
/// their own alone).
const TABLE: &[(&str, &str, &str)] = &[
    ("get", "/api/v1/avisos", "SSYYYYYYY"),
    ("delete", "/api/v1/avisos/{id}", "SSYNNNNNN"),
    ("patch", "/api/v1/avisos/{id}", "SSYYYNNNN"),
    ("delete", "/api/v1/documentos/{id}", "SSNYYNNNN"),
    ("get", "/api/v1/documentos/{id}", "SSYYYNYNN"),
    ("patch", "/api/v1/documentos/{id}", "SSYYYNNNN"),
    ("get", "/api/v1/documentos/{id}/firmas", "SSYYYNYNN"),
    ("get", "/api/v1/documentos/{id}/hallazgos", "SSYYYNYNN"),
    ("get", "/api/v1/documentos/{id}/original", "SSYYYNYNN"),
    ("get", "/api/v1/documentos/{id}/paginas/{n}", "SSYYYNYNN"),
    ("post", "/api/v1/documentos/{id}/rechazar", "SSNNYNNNN"),
    ("post", "/api/v1/documentos/{id}/recuperar", "SSNYYNNNN"),
    ("get", "/api/v1/documentos/{id}/texto", "SSYYYNYNN"),
    ("post", "/api/v1/documentos/{id}/validar", "SSNNYNNNN"),
    ("get", "/api/v1/documentos/{id}/versiones", "SSYYYNYNN"),
    ("get", "/api/v1/entidades", "SSYYYAYYY"),
    ("get", "/api/v1/eventos", "SSYYYAYYY"),
    ("get", "/api/v1/expedientes", "SSYYYAYYA"),
    ("post", "/api/v1/expedientes", "SSYYYNNYN"),
    ("get", "/api/v1/expedientes/{id}", "SSYYYNYNN"),
    ("post", "/api/v1/expedientes/{id}/avisos", "SSYYYNNNN"),
    ("get", "/api/v1/expedientes/{id}/borrados", "SSNYYNNNN"),
    ("post", "/api/v1/expedientes/{id}/deshacer", "SSYYYNNNN"),
    ("post", "/api/v1/expedientes/{id}/fase", "SSYYYNNNN"),
    ("get", "/api/v1/expedientes/{id}/historial", "SSYYYNYNN"),
    ("patch", "/api/v1/expedientes/{id}/indice", "SSYYYNNNN"),
    ("post", "/api/v1/expedientes/{id}/notas", "SSYYYNNNN"),
    ("get", "/api/v1/expedientes/{id}/personas", "SSYYYNNNN"),
    ("post", "/api/v1/expedientes/{id}/plantillas/{plantilla}", "SSYYYNNNN"),
    ("get", "/api/v1/modelos/{id}", "SSYYYAYYY"),
    ("delete", "/api/v1/notas/{id}", "SSYNNNNNN"),
    ("patch", "/api/v1/notas/{id}", "SSYNNNNNN"),
    ("get", "/api/v1/servidor", "YYYYYYYYY"),
    ("delete", "/api/v1/sesion", "SSYYYYYYY"),
    ("get", "/api/v1/sesion", "SSYYYYYYY"),
    ("post", "/api/v1/sesion", "YYYYYYYYY"),
    ("get", "/api/v1/sesiones", "SSYYYYYYY"),
    ("delete", "/api/v1/sesiones/{id}", "SSFFFFFFF"),
    ("options", "/api/v1/subidas", "YYYYYYYYY"),
    ("post", "/api/v1/subidas", "SSYYYNNNN"),
    ("delete", "/api/v1/subidas/{id}", "SSFFFNNFF"),
    ("head", "/api/v1/subidas/{id}", "SSFFFNNFF"),
    ("patch", "/api/v1/subidas/{id}", "SSFFFNNFF"),
    ("post", "/api/v1/subidas/{id}", "SSAAAAAAA"),
    ("get", "/api/v1/vistas", "SSYYYAAYA"),
    ("put", "/api/v1/vistas/{nombre}", "SSYYYAAYA"),
    ("delete", "/api/v1/vistas/{nombre}", "SSAAAAAAA"),
    ("get", "/salud", "YYYYYYYYY"),
];

#[test]
fn every_route_has_its_line() {
    let document: serde_json::Value = serde_json::from_str(&server::http::openapi_json()).unwrap();
    let mut routes = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        routes.extend(methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())));
    }
    let lines: BTreeSet<_> = TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(routes, lines);
}

#[tokio::test]
async fn every_role_gets_what_the_table_says() {
    let service =
        Service::start_with(|settings| settings.programa_dibujante = Some((worker(), vec!["dibujante".to_owned()])))
            .await;
    let expired = service.login("asesor").await;
    service.advance(13 * 3_600_000);
    let owner = service.login("asesor").await;
    let mut wrong = Vec::new();
    for (at, who) in WHO.into_iter().enumerate() {
        for (method, path, expected) in TABLE {
            let client = match who {
                "nobody" => service.nobody(),
                "expired" => expired.clone(),
                who => service.login(who).await,
            };
            let case = Case::new(&owner).await;
            let status = case.request(&client, who, method, path).send().await.unwrap().status().as_u16();
            let fits = match expected.as_bytes()[at] {
                b'S' => status == 401,
                b'N' => status == 403 || status == 404,
                b'F' => status == 404,
                b'A' => status != 401 && status < 500,
                _ => ![401, 403, 404].contains(&status) && status < 500,
            };
            if !fits {
                wrong.push(format!("{who} {method} {path}: {status}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn no_look_of_soporte_goes_unnoticed_however_it_is_written() {
    let service = Service::start().await;
    let case = Case::new(&service.login("asesor").await).await;
    let soporte = service.login("soporte").await;
    for encode in [str::to_owned as fn(&str) -> String, |id| id.bytes().map(|b| format!("%{b:02x}")).collect()] {
        let (expediente, documento) = (encode(&case.expediente.to_string()), encode(&case.documento.to_string()));
        for path in [format!("/expedientes/{expediente}"), format!("/documentos/{documento}/original")] {
            let answer = soporte.request(Method::GET, &path).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
        }
    }
    let looks: Vec<(Option<i64>, Option<i64>)> =
        sqlx::query_as("SELECT expediente_id, documento_id FROM auditoria WHERE accion = 'soporte-mira' ORDER BY id")
            .fetch_all(&mut *service.state().db.read().await.unwrap())
            .await
            .unwrap();
    let both = [(Some(case.expediente), None), (None, Some(case.documento))];
    assert_eq!(looks, [both, both].concat());
}

/// A fresh expediente with one pending document, a note and an aviso of its asesor.
struct Case {
    expediente: i64,
    revision: i64,
    documento: i64,
    sha256: String,
    nota: i64,
    aviso: i64,
}

impl Case {
    async fn new(owner: &Client) -> Self {
        let nuevo = serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn" });
        let created = owner.request(Method::POST, "/expedientes").json(&nuevo).send().await.unwrap();
        let detalle: ExpedienteDetalle = created.error_for_status().unwrap().json().await.unwrap();
        let path = format!("/expedientes/{}", detalle.id);
        let pairs = [("expediente", detalle.id.to_string()), ("tipo", "oferta".into()), ("nombre", "o.txt".into())];
        let metadata: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
        let upload = owner
            .request(Method::POST, "/subidas")
            .header("tus-resumable", "1.0.0")
            .header("upload-length", 4)
            .header("upload-metadata", metadata.join(","))
            .header("content-type", "application/offset+octet-stream")
            .body("hola");
        let upload = upload.send().await.unwrap();
        assert_eq!(upload.status(), 201, "{}", upload.text().await.unwrap());
        for (what, body) in [
            ("notas", serde_json::json!({ "texto": "a" })),
            ("avisos", serde_json::json!({ "texto": "b", "para": "jefe" })),
        ] {
            let written = owner.request(Method::POST, &format!("{path}/{what}")).json(&body).send().await.unwrap();
            assert_eq!(written.status(), 201, "{}", written.text().await.unwrap());
        }
        let detalle: ExpedienteDetalle = owner.request(Method::GET, &path).send().await.unwrap().json().await.unwrap();
        let documento = &detalle.documentos[0];
        Self {
            expediente: detalle.id.0,
            revision: detalle.revision,
            documento: documento.id.0,
            sha256: documento.sha256.clone(),
            nota: detalle.notas[0].id.0,
            aviso: detalle.avisos[0].id.0,
        }
    }

    fn request(&self, client: &Client, who: &str, method: &str, path: &str) -> RequestBuilder {
        let id = match path {
            path if path.contains("/documentos/") => self.documento.to_string(),
            path if path.contains("/v1/notas/") => self.nota.to_string(),
            path if path.contains("/v1/avisos/") => self.aviso.to_string(),
            path if path.contains("/modelos/") => "venta-vn".to_owned(),
            path if path.contains("/sesiones/") || path.contains("/subidas/") => "99999999".to_owned(),
            _ => self.expediente.to_string(),
        };
        let filled =
            path.replace("{id}", &id).replace("{n}", "1").replace("{nombre}", "mia").replace("{plantilla}", "oferta");
        let parsed = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let base = client.base.trim_end_matches("/api/v1");
        let request = client.http.request(parsed, format!("{base}{filled}"));
        let request = if client.token.is_empty() { request } else { request.bearer_auth(&client.token) };
        let request = request.header("tus-resumable", "1.0.0").header("if-match", format!("\"{}\"", self.revision));
        match (method, path) {
            ("delete", "/api/v1/documentos/{id}") => request.query(&[("motivo", "sobra")]),
            ("patch", "/api/v1/documentos/{id}") => request.json(&serde_json::json!({ "nombre": "otro.txt" })),
            ("get", "/api/v1/documentos/{id}/hallazgos") => request.query(&[("q", "a")]),
            ("get", "/api/v1/documentos/{id}/paginas/{n}") => request.query(&[("ancho", "64"), ("alto", "64")]),
            ("patch", "/api/v1/avisos/{id}") => request.json(&serde_json::json!({ "hecho": true })),
            ("post", path) if path.ends_with("/avisos") => {
                request.json(&serde_json::json!({ "texto": "llamar", "para": "jefe" }))
            }
            (_, path) if path.contains("/notas") && method != "delete" => {
                request.json(&serde_json::json!({ "texto": "otra" }))
            }
            ("post", path) if path.ends_with("/rechazar") || path.ends_with("/validar") => {
                request.json(&serde_json::json!({ "sha256": self.sha256, "motivo": "falta la firma" }))
            }
            ("get", "/api/v1/expedientes") => request.query(&[("entidad", "norte-seat"), ("modelo", "venta-vn")]),
            ("post", "/api/v1/expedientes") if who.starts_with("asesor") => {
                request.json(&serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn" }))
            }
            ("post", "/api/v1/expedientes") => {
                request.json(&serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn", "asesor": "asesor" }))
            }
            ("post", path) if path.ends_with("/{plantilla}") => {
                request.json(&serde_json::json!({ "con_huecos": true }))
            }
            ("post", path) if path.ends_with("/deshacer") => request.json(&serde_json::json!({})),
            ("post", path) if path.ends_with("/fase") => request.json(&serde_json::json!({ "paso": "avanzar" })),
            ("patch", path) if path.ends_with("/indice") => request.json(&serde_json::json!({ "campos": {} })),
            ("post", "/api/v1/sesion") => request.json(&serde_json::json!({ "usuario": "asesor2", "clave": "demo" })),
            ("post", "/api/v1/subidas") => {
                let pairs = [
                    ("expediente", self.expediente.to_string()),
                    ("tipo", "oferta".into()),
                    ("nombre", "p.txt".into()),
                ];
                let metadata: Vec<String> = pairs.iter().map(|(k, v)| format!("{k} {}", STANDARD.encode(v))).collect();
                request.header("upload-length", 4).header("upload-metadata", metadata.join(","))
            }
            ("patch", "/api/v1/subidas/{id}") => request
                .header("upload-offset", 0)
                .header("content-type", "application/offset+octet-stream")
                .body("hola"),
            ("get", "/api/v1/vistas") | ("delete", "/api/v1/vistas/{nombre}") => {
                request.query(&[("modelo", "venta-vn")])
            }
            ("put", "/api/v1/vistas/{nombre}") => {
                request.json(&serde_json::json!({ "nombre": "mia", "modelo": "venta-vn", "q": "gil" }))
            }
            _ => request,
        }
    }
}

/// The process that draws pages.
fn worker() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_serve-for-tests").into()
}
