//! Documents from templates: made, stored and told as an upload is, or refused with what to do.

use super::casa::{Casa, Persona};
use api::documento::DocumentoVista;
use api::expediente::ExpedienteDetalle;
use api::{Codigo, Problem};
use domain::EstadoDocumento;
use reqwest::{Method, StatusCode};
use serde_json::json;

async fn ask(persona: &Persona, expediente: i64, plantilla: &str, con_huecos: bool, key: &str) -> reqwest::Response {
    let path = format!("/expedientes/{expediente}/plantillas/{plantilla}");
    let request = persona.at(Method::POST, &path).header("idempotency-key", key);
    request.json(&json!({ "con_huecos": con_huecos })).send().await.unwrap()
}

async fn refused(persona: &Persona, expediente: i64, plantilla: &str, con_huecos: bool) -> Problem {
    let answer = ask(persona, expediente, plantilla, con_huecos, "rechazo").await;
    assert!(!answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap()
}

async fn fill(casa: &Casa, persona: &Persona, values: serde_json::Value) {
    let id = casa.expediente();
    let request = persona.at(Method::PATCH, &format!("/expedientes/{id}/indice"));
    let request = request.header("if-match", format!("\"{}\"", casa.revision(id).await));
    let answer = request.json(&json!({ "campos": values })).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn a_document_is_made_once_and_is_like_any_other() {
    let casa = Casa::start().await;
    let (asesor, id) = (casa.asesor(), casa.expediente());
    fill(
        &casa,
        &asesor,
        json!({ "cliente": "Gil **Peña** | [a](b), Marta", "nif": "12345678Z", "movil": "600123456" }),
    )
    .await;
    let before = casa.revision(id).await;

    let first = ask(&asesor, id, "rgpd", false, "clave-1").await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let made: DocumentoVista = first.json().await.unwrap();
    let again: DocumentoVista = ask(&asesor, id, "rgpd", false, "clave-1").await.json().await.unwrap();
    assert_eq!(again.id, made.id);
    assert_eq!(made.nombre, format!("Consentimiento RGPD {}.pdf", casa.numero(id).await));
    assert_eq!((made.tipo.as_str(), made.estado), ("rgpd", EstadoDocumento::Pendiente));
    let detail: ExpedienteDetalle = asesor.get(&format!("/expedientes/{id}")).await;
    assert_eq!((detail.documentos.len(), detail.revision), (1, before + 1));
    assert_eq!(casa.audited(made.id.0).await, ["documento-subido"]);
    assert_eq!(casa.told(made.id.0).await, ["documento-subido"]);

    let text = text_of(&asesor, &made).await;
    for part in ["Gil **Peña** | [a](b), Marta", "12345678Z", "Expediente"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let other = ask(&asesor, id, "rgpd", true, "clave-1").await;
    assert_eq!(other.status(), StatusCode::CONFLICT);
    casa.stop().await;
}

#[tokio::test]
async fn empty_fields_are_named_or_left_blank() {
    let casa = Casa::start().await;
    let (asesor, id) = (casa.asesor(), casa.expediente());
    let problem = refused(&asesor, id, "pedido", false).await;
    assert_eq!(problem.codigo, Codigo::DatosInvalidos);
    let named: Vec<&str> = problem.campos.iter().map(|campo| campo.campo.as_str()).collect();
    assert!(named.contains(&"num-pedido") && named.contains(&"cliente"), "{named:?}");
    assert!(!named.contains(&"vo-matricula"), "what its condition leaves out is not asked for: {named:?}");
    let told = problem.detail.unwrap();
    assert!(told.contains("faltan «") && told.contains("«Nº de pedido»") && told.contains("rellénelos"), "{told}");
    let detail: ExpedienteDetalle = asesor.get(&format!("/expedientes/{id}")).await;
    assert!(detail.documentos.is_empty());
    assert_eq!(ask(&asesor, id, "pedido", true, "con-huecos").await.status(), StatusCode::CREATED);
    casa.stop().await;
}

#[tokio::test]
async fn what_may_not_be_made_is_refused() {
    let casa = Casa::start().await;
    let (asesor, id) = (casa.asesor(), casa.expediente());
    assert_eq!(refused(&asesor, id, "nada", true).await.codigo, Codigo::NoEncontrado);
    assert_eq!(refused(&asesor, casa.expediente_of_another(), "oferta", true).await.codigo, Codigo::NoEncontrado);
    assert_eq!(refused(&casa.soporte(), id, "oferta", true).await.codigo, Codigo::SinPermiso);
    fill(&casa, &asesor, json!({ "gestoria": "propia" })).await;
    assert_eq!(refused(&asesor, id, "mandato", true).await.codigo, Codigo::Estado);
    let closed = casa.expediente_closed().await;
    assert_eq!(refused(&asesor, closed, "oferta", true).await.codigo, Codigo::Estado);
    casa.stop().await;
}

/// A field of margin in a template: who may not see it is not told what is in it, and conditions do not give it away.
#[tokio::test]
async fn what_one_may_not_see_is_not_printed() {
    let casa = Casa::start().await;
    let mut config = (*casa.state().config()).clone();
    let texts = config.textos.get_mut("venta-vn").unwrap();
    texts.insert("oferta".into(), "Margen {{ margen }}{% if margen > 1000 %} mucho{% endif %}".to_owned());
    server::config::apply(&casa.state().db, &config).await.unwrap();
    server::config::refresh(casa.state()).await.unwrap();
    let (jefe, id) = (casa.jefe(), casa.expediente());
    fill(&casa, &jefe, json!({ "margen": 123_456 })).await;
    let made: DocumentoVista = ask(&jefe, id, "oferta", false, "todo").await.json().await.unwrap();
    assert!(text_of(&jefe, &made).await.contains("1.234,56 € mucho"));

    let asesor = casa.asesor();
    let problem = refused(&asesor, id, "oferta", false).await;
    assert_eq!(problem.campos[0].campo, "plantilla");
    assert!(!problem.detail.unwrap().contains("Margen"));
    let made: DocumentoVista = ask(&asesor, id, "oferta", true, "sin").await.json().await.unwrap();
    let text = text_of(&asesor, &made).await;
    assert!(text.contains("Margen") && !text.contains("1.234") && !text.contains("mucho"), "{text}");
    casa.stop().await;
}

/// What an earlier program accepted is measured again before it is filled; and it is told, rather than a fault.
#[tokio::test]
async fn a_stored_template_that_is_wrong_is_told_and_does_no_harm() {
    let casa = Casa::start().await;
    let mut config = (*casa.state().config()).clone();
    let texts = config.textos.get_mut("venta-vn").unwrap();
    texts.insert("oferta".into(), format!("a\n{{% if {}cliente %}}x{{% endif %}}", "not ".repeat(9_000)));
    server::config::apply(&casa.state().db, &config).await.unwrap();
    server::config::refresh(casa.state()).await.unwrap();
    let problem = refused(&casa.asesor(), casa.expediente(), "oferta", true).await;
    let told = problem.detail.unwrap();
    assert!(problem.codigo == Codigo::Estado && told.contains("línea 2") && told.contains("configuración"), "{told}");
    casa.stop().await;
}

#[tokio::test]
async fn dates_are_in_one_style_and_a_discount_has_one_sign() {
    let casa = Casa::start().await;
    let (asesor, id) = (casa.asesor(), casa.expediente());
    fill(&casa, &asesor, json!({ "pvp": 2_000_000, "descuento": -50_000, "reserva": 30_000, "pedido": "2026-11-03" }))
        .await;
    let made: DocumentoVista = ask(&asesor, id, "pedido", true, "signos").await.json().await.unwrap();
    let text = text_of(&asesor, &made).await;
    for part in ["20.000,00 €", "−500,00 €", "−300,00 €", "03/11/2026"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("−-") && !text.contains(" de 2026"), "{text}");
    casa.stop().await;
}

async fn text_of(persona: &Persona, documento: &DocumentoVista) -> String {
    let path = format!("/documentos/{}/original", documento.id);
    let original = persona.at(Method::GET, &path).send().await.unwrap().bytes().await.unwrap();
    render::texto(&original, None).unwrap()
}
