//! The life of a document, and who may do what with it.

use super::casa::Casa;
use super::muestras;
use super::tus::{self, Meta};
use api::Codigo;
use api::documento::{DocumentoVista, VersionVista};
use domain::EstadoDocumento;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_document_is_uploaded_checked_renamed_replaced_deleted_and_recovered() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let expediente = casa.expediente();
    let before = casa.revision(expediente).await;

    let id = tus::upload(&asesor, &Meta::new(expediente, "rgpd", "consentimiento.pdf"), &muestras::pdf(1)).await;
    let path = format!("/documentos/{id}");
    let first: DocumentoVista = asesor.get(&path).await;
    assert_eq!((first.nombre.as_str(), first.tipo.as_str(), first.version), ("consentimiento.pdf", "rgpd", 1));
    assert_eq!(
        (first.estado, first.mime.as_str(), first.por.as_str()),
        (EstadoDocumento::Pendiente, "application/pdf", asesor.usuario())
    );

    // Only who checks documents checks them, and only what they looked at.
    let seen = json!({"sha256": first.sha256});
    assert_eq!(asesor.refused(Method::POST, &format!("{path}/validar"), &seen).await.codigo, Codigo::SinPermiso);
    let other = json!({"sha256": "00".repeat(32)});
    assert_eq!(admin.refused(Method::POST, &format!("{path}/validar"), &other).await.codigo, Codigo::Estado);
    let reasonless = admin.refused(Method::POST, &format!("{path}/rechazar"), &seen).await;
    assert_eq!((reasonless.codigo, reasonless.campos[0].campo.as_str()), (Codigo::DatosInvalidos, "motivo"));

    let because = json!({"sha256": first.sha256, "motivo": "Falta\u{1b}[31m la firma"});
    let rejected: DocumentoVista = admin.send(Method::POST, &format!("{path}/rechazar"), &because).await;
    assert_eq!((rejected.estado, rejected.motivo.as_str()), (EstadoDocumento::Rechazado, "Falta[31m la firma"));

    // A new version is to be checked again; the old one can still be had.
    let signed = muestras::pdf(2);
    let meta = Meta::new(expediente, "rgpd", "firmado.pdf").with("documento", id);
    assert_eq!(tus::upload(&asesor, &meta, &signed).await, id);
    let second: DocumentoVista = asesor.get(&path).await;
    assert_eq!((second.version, second.estado, second.motivo.as_str()), (2, EstadoDocumento::Pendiente, ""));
    assert_eq!(admin.refused(Method::POST, &format!("{path}/validar"), &seen).await.codigo, Codigo::Estado);
    let versions: Vec<VersionVista> = asesor.get(&format!("{path}/versiones")).await;
    let names: Vec<_> = versions.iter().map(|v| (v.version, v.nombre.as_str())).collect();
    assert_eq!(names, [(2, "firmado.pdf"), (1, "consentimiento.pdf")]);
    assert_eq!(versions[1].sha256, first.sha256);
    let old = asesor.at(Method::GET, &format!("{path}/original?version=1")).send().await.unwrap();
    assert_eq!(old.bytes().await.unwrap(), muestras::pdf(1));

    let seen = json!({"sha256": second.sha256});
    let valid: DocumentoVista = admin.send(Method::POST, &format!("{path}/validar"), &seen).await;
    assert_eq!(valid.estado, EstadoDocumento::Validado);
    assert_eq!(admin.refused(Method::POST, &format!("{path}/validar"), &seen).await.codigo, Codigo::Estado);

    // Another name changes nothing else; another type has to be checked again.
    let renamed: DocumentoVista = asesor.send(Method::PATCH, &path, &json!({"nombre": "../RGPD.pdf"})).await;
    assert_eq!((renamed.nombre.as_str(), renamed.estado), ("RGPD.pdf", EstadoDocumento::Validado));
    let retyped: DocumentoVista = asesor.send(Method::PATCH, &path, &json!({"tipo": "oferta"})).await;
    assert_eq!((retyped.tipo.as_str(), retyped.estado), ("oferta", EstadoDocumento::Pendiente));
    let unknown = asesor.refused(Method::PATCH, &path, &json!({"tipo": "no-hay"})).await;
    assert_eq!(unknown.codigo, Codigo::DatosInvalidos);

    assert_eq!(asesor.refused(Method::DELETE, &format!("{path}?motivo=x"), &()).await.codigo, Codigo::SinPermiso);
    assert_eq!(admin.refused(Method::DELETE, &format!("{path}?motivo=%20"), &()).await.codigo, Codigo::DatosInvalidos);
    let _: DocumentoVista = admin.send(Method::DELETE, &format!("{path}?motivo=Equivocado"), &()).await;
    assert_eq!(asesor.refused(Method::GET, &path, &()).await.codigo, Codigo::NoEncontrado);
    assert_eq!(admin.refused(Method::PATCH, &path, &json!({"nombre": "x"})).await.codigo, Codigo::Estado);
    let deleted: Vec<DocumentoVista> = admin.get(&format!("/expedientes/{expediente}/borrados")).await;
    assert_eq!(deleted.iter().map(|d| d.id.0).collect::<Vec<_>>(), [id]);
    let borrado = deleted[0].borrado.as_ref().unwrap();
    assert_eq!((borrado.motivo.as_str(), borrado.cuando.is_empty()), ("Equivocado", false));
    let back: DocumentoVista = admin.send(Method::POST, &format!("{path}/recuperar"), &()).await;
    assert_eq!((back.nombre.as_str(), back.version, back.borrado), ("RGPD.pdf", 2, None));
    assert_eq!(admin.refused(Method::POST, &format!("{path}/recuperar"), &()).await.codigo, Codigo::Estado);

    // Eight changes, each with its revision, its audit record and its event.
    assert_eq!(casa.revision(expediente).await - before, 8);
    let kinds = [
        "documento-subido",
        "documento-rechazado",
        "documento-version",
        "documento-validado",
        "documento-cambiado",
        "documento-cambiado",
        "documento-borrado",
        "documento-recuperado",
    ];
    assert_eq!(casa.audited(id).await, kinds);
    assert_eq!(casa.told(id).await, kinds);
}

#[tokio::test]
async fn a_write_with_a_key_is_done_once() {
    let casa = Casa::start().await;
    let admin = casa.administrativo();
    let id = tus::upload(&admin, &Meta::new(casa.expediente(), "oferta", "a.txt"), muestras::TEXT.as_bytes()).await;
    let vista: DocumentoVista = admin.get(&format!("/documentos/{id}")).await;
    let validate = async |sha256: &str| {
        let request = admin.at(Method::POST, &format!("/documentos/{id}/validar")).header("idempotency-key", "una-vez");
        request.json(&json!({"sha256": sha256})).send().await.unwrap()
    };
    let first: DocumentoVista = validate(&vista.sha256).await.json().await.unwrap();
    let again: DocumentoVista = validate(&vista.sha256).await.json().await.unwrap();
    assert_eq!(first, again);
    assert_eq!(validate(&"0".repeat(64)).await.status(), 409);
}

#[tokio::test]
async fn the_same_content_elsewhere_is_pointed_out_to_who_may_see_it() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let content = muestras::text_of(1, 500);
    let mine = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), &content).await;
    let alone: DocumentoVista = asesor.get(&format!("/documentos/{mine}")).await;
    assert_eq!(alone.duplicado, None);
    let theirs = tus::upload(&admin, &Meta::new(casa.expediente_of_another(), "oferta", "b.txt"), &content).await;
    let vista: DocumentoVista = admin.get(&format!("/documentos/{theirs}")).await;
    let duplicado = vista.duplicado.unwrap();
    assert_eq!((duplicado.documento.0, duplicado.numero), (mine, casa.numero(casa.expediente()).await));
    // The asesor does not see the other's expediente, nor that the content is there too.
    let vista: DocumentoVista = asesor.get(&format!("/documentos/{mine}")).await;
    assert_eq!(vista.duplicado, None);
    // A deleted one is no duplicate.
    let _: DocumentoVista = admin.send(Method::DELETE, &format!("/documentos/{mine}?motivo=x"), &()).await;
    let vista: DocumentoVista = admin.get(&format!("/documentos/{theirs}")).await;
    assert_eq!(vista.duplicado, None);
}

#[tokio::test]
async fn what_is_outside_the_scope_is_not_there() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let id = tus::upload(&admin, &Meta::new(casa.expediente_of_another(), "oferta", "a.txt"), b"hola").await;
    for (method, path) in [
        (Method::GET, format!("/documentos/{id}")),
        (Method::GET, format!("/documentos/{id}/versiones")),
        (Method::GET, format!("/documentos/{id}/original")),
        (Method::GET, format!("/documentos/{id}/texto")),
        (Method::GET, format!("/documentos/{id}/paginas/1?ancho=100&alto=100")),
        (Method::GET, "/documentos/999999".to_owned()),
    ] {
        assert_eq!(asesor.refused(method, &path, &()).await.codigo, Codigo::NoEncontrado, "{path}");
    }
    let renamed = asesor.refused(Method::PATCH, &format!("/documentos/{id}"), &json!({"nombre": "mío"})).await;
    assert_eq!(renamed.codigo, Codigo::NoEncontrado);
    let created = tus::create(&asesor, &Meta::new(casa.expediente_of_another(), "oferta", "a.txt"), 4).await;
    assert_eq!(created.status(), 404);
}

#[tokio::test]
async fn a_closed_expediente_takes_no_documents() {
    let casa = Casa::start().await;
    let created = tus::create(&casa.asesor(), &Meta::new(casa.expediente_closed().await, "oferta", "a.txt"), 4).await;
    assert_eq!(created.status(), 409);
}

#[tokio::test]
async fn bad_names_become_good_ones() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    for (n, (bad, good)) in [
        ("../../etc/passwd", "passwd"),
        ("dni\0.txt", "dni.txt"),
        ("\u{1b}]0;hola\u{7}dni.txt", "]0;holadni.txt"),
        ("txt.\u{202e}fdp", "txt.fdp"),
        ("C:\\fotos\\dni.txt", "dni.txt"),
    ]
    .into_iter()
    .enumerate()
    {
        let content = muestras::text_of(n as u64, 100);
        let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", bad), &content).await;
        let vista: DocumentoVista = asesor.get(&format!("/documentos/{id}")).await;
        assert_eq!(vista.nombre, good, "{bad:?}");
    }
    let long = format!("{}.txt", "ñ".repeat(4_000));
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", &long), b"largo").await;
    let vista: DocumentoVista = asesor.get(&format!("/documentos/{id}")).await;
    assert!(vista.nombre.len() <= 255 && vista.nombre.ends_with("ñ.txt"), "{}", vista.nombre);
}

#[tokio::test]
async fn the_content_decides_whether_a_type_takes_it() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    for (tipo, content) in
        [("factura", muestras::program()), ("oferta", muestras::program()), ("factura", b"solo texto".to_vec())]
    {
        let at = tus::begin(&asesor, &Meta::new(casa.expediente(), tipo, "factura.pdf"), content.len() as u64).await;
        let refused = tus::patch(&asesor, &at, 0, content).await;
        assert_eq!(refused.status(), 415);
        assert_eq!(refused.json::<api::Problem>().await.unwrap().codigo, Codigo::FormatoNoAdmitido);
        // It will never be taken, so it is gone.
        assert_eq!(tus::head(&asesor, &at).await.status(), 410);
    }
    // Nor does another type take what is there.
    let id = tus::upload(&asesor, &Meta::new(casa.expediente(), "oferta", "a.txt"), b"solo texto").await;
    let refused = asesor.refused(Method::PATCH, &format!("/documentos/{id}"), &json!({"tipo": "factura"})).await;
    assert_eq!(refused.codigo, Codigo::FormatoNoAdmitido);
    let vista: DocumentoVista = asesor.get(&format!("/documentos/{id}")).await;
    assert_eq!(vista.tipo.as_str(), "oferta");
}

#[tokio::test]
async fn what_will_not_be_taken_is_refused_at_its_beginning() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let mut content = muestras::program();
    content.resize(200_000, 0);
    let at = tus::begin(&asesor, &Meta::new(casa.expediente(), "factura", "factura.pdf"), 50_000_000).await;
    let refused = tus::patch(&asesor, &at, 0, content).await;
    assert_eq!(refused.status(), 415, "with a quarter of a per cent of it sent");
    assert_eq!(tus::head(&asesor, &at).await.status(), 410);
}
