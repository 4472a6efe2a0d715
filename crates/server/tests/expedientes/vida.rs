//! The life of an expediente: opened, indexed, moved, closed, opened again; and who may see it.

use super::casa::{Casa, With, codigo, nuevo};
use api::evento::Clase;
use api::fase::Paso::{Avanzar, Forzar, Retroceder};
use api::servidor::ModeloDefinicion;
use domain::{ExpedienteId, Permiso, Valor};
use reqwest::Method;

fn text(text: &str) -> Valor {
    Valor::from(text)
}

#[tokio::test]
async fn numbers_run_by_entidad_and_year_and_none_is_skipped() {
    let casa = Casa::new().await;
    assert_eq!(casa.open(&[("cliente", text("Gil"))]).await.numero, "26-00001");
    assert_eq!(codigo(casa.open_as("asesor", &[("nif", text("no lo es"))]).await), "datos-invalidos");
    assert_eq!(casa.open(&[]).await.numero, "26-00002");
    let mut sur = nuevo(Some("asesor3"), &[]);
    sur.entidad = "sur-vo".into();
    assert_eq!(casa.create("administrativo2", With::default(), &sur).await.unwrap().numero, "26-00001");
    assert_eq!(codigo(casa.create("asesor2", With::default(), &sur).await), "no-encontrado");
}

#[tokio::test]
async fn an_asesor_opens_their_own_and_others_say_whose() {
    let casa = Casa::new().await;
    let with = With { key: Some("k1"), if_match: None };
    let first = casa.create("asesor", with, &nuevo(None, &[])).await.unwrap();
    let again = casa.create("asesor", with, &nuevo(None, &[])).await.unwrap();
    assert_eq!((first.asesor.as_str(), &first), ("asesor", &again));
    assert_eq!(codigo(casa.create("asesor", with, &nuevo(None, &[("cliente", text("x"))])).await), "clave-repetida");
    let plain = With::default();
    for (who, whose) in
        [("administrativo", None), ("asesor", Some("asesor2")), ("jefe", Some("asesor3")), ("jefe", None)]
    {
        let refused = casa.create(who, plain, &nuevo(whose, &[])).await.unwrap_err();
        assert_eq!((refused.status, refused.campos[0].campo.as_str()), (422, "asesor"), "{who} for {whose:?}");
    }
    assert_eq!(casa.create("jefe", plain, &nuevo(Some("asesor2"), &[])).await.unwrap().asesor, "asesor2");
    assert_eq!(codigo(casa.create("soporte", plain, &nuevo(None, &[])).await), "sin-permiso");
}

#[tokio::test]
async fn who_may_not_see_it_is_told_the_same_as_of_one_that_is_not_there() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    for who in ["asesor", "jefe", "administrativo", "soporte"] {
        assert!(casa.detail(who, id).await.is_ok(), "{who}");
    }
    for who in ["asesor2", "asesor3", "jefe2", "administrativo2"] {
        let (hidden, unknown) = (casa.detail(who, id).await, casa.detail(who, ExpedienteId(999)).await);
        assert_eq!(hidden.unwrap_err().detail, unknown.unwrap_err().detail);
        assert_eq!(codigo(casa.history(who, id).await), "no-encontrado");
        assert_eq!(codigo(casa.change(who, id, Some(1), &[("cliente", Some(text("x")))]).await), "no-encontrado");
    }
    assert_eq!(codigo(casa.detail("admin", id).await), "sin-permiso");
    assert_eq!(codigo(casa.get::<()>("asesor", "/expedientes/muchos").await), "peticion-invalida");
    assert_eq!(casa.audited(id).await[0], "expediente-creado");
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let path = format!("/expedientes/{id}");
    let first = casa.request("asesor", Method::GET, &path).await.send().await.unwrap();
    let etag = first.headers()["etag"].clone();
    assert_eq!(etag, "\"1\"");
    let again = async |tag| {
        casa.request("asesor", Method::GET, &path)
            .await
            .header("if-none-match", tag)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(again(etag.clone()).await, 304);
    casa.change("asesor", id, Some(1), &[("cliente", Some(text("Gil")))]).await.unwrap();
    assert_eq!(again(etag).await, 200);
}

#[tokio::test]
async fn an_index_is_checked_normalised_and_recorded_once() {
    let casa = Casa::new().await;
    let who = "asesor";
    let id = casa.open(&[("cliente", text("Gil Ferrer, Marta"))]).await.id;
    let values = [
        ("nif", Some(text("12345678A"))),
        ("coste", Some(Valor::Entero(1))),
        ("nada", None),
        ("movil", Some(text("600123456"))),
    ];
    let wrong = casa.change(who, id, Some(1), &values).await.unwrap_err();
    let campos: Vec<&str> = wrong.campos.iter().map(|c| c.campo.as_str()).collect();
    assert_eq!((wrong.status, campos), (422, vec!["coste", "nada", "nif"]));
    assert_eq!(casa.detail(who, id).await.unwrap().revision, 1);

    let values = [("nif", Some(text("12345678-z"))), ("cliente", Some(text("Gil Ferrer, Marta")))];
    let changed = casa.change(who, id, Some(1), &values).await.unwrap();
    assert_eq!((changed.revision, &changed.campos["nif"]), (2, &Some(text("12345678Z"))));
    assert_eq!(casa.change(who, id, Some(2), &[("nif", Some(text("12345678Z")))]).await.unwrap().revision, 2);
    assert_eq!(casa.history(who, id).await.unwrap()[0].campos.len(), 1);
    assert_eq!(casa.told(id).await, [("expediente-creado".to_owned(), 1), ("indice-cambiado".to_owned(), 2)]);
    assert_eq!(codigo(casa.change(who, id, None, &[]).await), "revision-requerida");
    assert_eq!(codigo(casa.change("soporte", id, Some(2), &[]).await), "sin-permiso");
}

#[tokio::test]
async fn a_stale_revision_is_told_what_changed_and_by_whom() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    casa.change("administrativo", id, Some(1), &[("cliente", Some(text("Gil Ferrer")))]).await.unwrap();
    let values = [("margen", Some(Valor::Entero(5))), ("cliente", Some(text("Gil F.")))];
    casa.change("jefe", id, Some(2), &values).await.unwrap();
    let stale = casa.change("asesor", id, Some(1), &[("movil", Some(text("600123456")))]).await.unwrap_err();
    let conflict = stale.conflicto.unwrap();
    assert_eq!((stale.status, conflict.revision, conflict.campos.len()), (412, 3, 1));
    let campo = &conflict.campos[0];
    assert_eq!((&campo.antes, &campo.ahora), (&Some(text("Gil")), &Some(text("Gil F."))));
    assert_eq!(campo.quien, "jefe de Pruebas");
    assert_eq!(casa.detail("asesor", id).await.unwrap().revision, 3);
}

#[tokio::test]
async fn margin_is_nowhere_for_who_may_not_see_it() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    casa.change("jefe", id, Some(1), &[("margen", Some(Valor::Entero(123_456)))]).await.unwrap();
    assert_eq!(casa.detail("jefe", id).await.unwrap().indice.len(), 1);
    let hidden = casa.request("asesor", Method::GET, &format!("/expedientes/{id}")).await.send().await.unwrap();
    assert!(!hidden.text().await.unwrap().contains("123456"));
    assert_eq!(casa.history("jefe", id).await.unwrap().len(), 2);
    assert_eq!(casa.history("asesor", id).await.unwrap().len(), 1);
    assert_eq!(codigo(casa.undo("asesor", id, Some(2)).await), "estado");
    let modelo: ModeloDefinicion = casa.get("asesor", "/modelos/venta-vn").await.unwrap();
    assert!(!serde_json::to_string(&modelo).unwrap().contains("margen"));
    assert_eq!(modelo.asesores.len(), 1);
    assert_eq!(casa.get::<ModeloDefinicion>("jefe", "/modelos/venta-vn").await.unwrap().asesores.len(), 2);
    assert_eq!(codigo(casa.get::<ModeloDefinicion>("jefe", "/modelos/nada").await), "no-encontrado");
}

#[tokio::test]
async fn a_definition_that_is_kept_is_not_sent_again_and_a_hidden_field_makes_another() {
    let casa = Casa::new().await;
    let ask = async |who, known: Option<&str>| {
        let request = casa.request(who, Method::GET, "/modelos/venta-vn").await;
        let answer = request.header("if-none-match", known.unwrap_or("\"\"")).send().await.unwrap();
        (answer.status().as_u16(), answer.headers()["etag"].to_str().unwrap().to_owned())
    };
    let (status, jefe) = ask("jefe", None).await;
    assert_eq!(status, 200);
    assert_eq!(ask("jefe", Some(&jefe)).await, (304, jefe.clone()));
    let (status, asesor) = ask("asesor", Some(&jefe)).await;
    assert!(status == 200 && asesor != jefe);
}

#[tokio::test]
async fn a_fase_is_left_through_its_gate_or_over_it_with_a_reason() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    let refused = casa.step("asesor", id, Avanzar, None).await.unwrap_err();
    assert_eq!((refused.status, refused.codigo.as_str()), (409, "fase-bloqueada"));
    let names: Vec<&str> = refused.faltas.iter().map(|f| f.nombre.as_str()).collect();
    assert_eq!(names, ["Consentimiento RGPD", "Tipo de cliente", "Móvil", "Modelo de vehículo"]);
    assert_eq!(codigo(casa.step("asesor", id, Forzar, Some("prisa")).await), "sin-permiso");
    assert_eq!(codigo(casa.step("jefe", id, Forzar, Some(" ")).await), "datos-invalidos");

    casa.validated(id, &["rgpd"]).await;
    let values =
        [("tipo-cliente", "particular"), ("movil", "600123456"), ("vehiculo", "Ibiza"), ("forma-pago", "contado")];
    let values = values.map(|(campo, valor)| (campo, Some(text(valor))));
    casa.change("asesor", id, Some(2), &values).await.unwrap();
    assert_eq!(casa.step("asesor", id, Avanzar, None).await.unwrap(), "pedido");
    // Paid in cash: the fase of the financing is passed over.
    assert_eq!(casa.step("jefe", id, Forzar, Some("lo trae mañana")).await.unwrap(), "facturacion");
    let history = casa.history("asesor", id).await.unwrap();
    assert_eq!(history[0].clase, Clase::FaseForzada);
    assert_eq!(history[0].texto, "Pedido → Facturación y cobro: lo trae mañana");
    assert_eq!(codigo(casa.step("asesor", id, Retroceder, Some("error")).await), "sin-permiso");
    assert_eq!(casa.step("administrativo", id, Retroceder, Some("error")).await.unwrap(), "pedido");
    assert_eq!(casa.told(id).await.last().unwrap().0, "fase-retrocedida");
}

#[tokio::test]
async fn where_one_of_two_documents_is_enough_both_are_named() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil")), ("forma-pago", text("contado"))]).await.id;
    while casa.detail("jefe", id).await.unwrap().fase.as_str() != "matriculacion" {
        casa.step("jefe", id, Forzar, Some("prueba")).await.unwrap();
    }
    let named = |faltas: &[api::fase::FaltaVista]| {
        faltas.iter().filter(|f| f.nombre.contains("576")).map(|f| f.nombre.clone()).collect::<Vec<_>>()
    };
    assert_eq!(named(&casa.detail("asesor", id).await.unwrap().faltas), ["Modelo 576 o Modelo 06/05"]);
    let refused = casa.step("administrativo", id, Avanzar, None).await.unwrap_err();
    assert_eq!(named(&refused.faltas), ["Modelo 576 o Modelo 06/05"]);
    assert!(!refused.faltas.iter().any(|f| f.nombre == "Modelo 06/05"), "not a second time by itself");
    casa.validated(id, &["modelo-06"]).await;
    assert!(named(&casa.detail("asesor", id).await.unwrap().faltas).is_empty());
}

#[tokio::test]
async fn a_closed_expediente_is_only_looked_at_until_a_jefe_opens_it_again() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    while casa.detail("jefe", id).await.unwrap().fase.as_str() != "entrega" {
        casa.step("jefe", id, Forzar, Some("prueba")).await.unwrap();
    }
    assert!(!casa.detail("administrativo", id).await.unwrap().permisos.contains(&Permiso::Avanzar));
    assert_eq!(codigo(casa.step("administrativo", id, Avanzar, None).await), "sin-permiso");
    assert_eq!(casa.step("jefe", id, Forzar, Some("prueba")).await.unwrap(), "cerrado");

    let detail = casa.detail("asesor", id).await.unwrap();
    assert!(detail.cerrado && detail.faltas.is_empty() && detail.siguiente_fase.is_none());
    assert_eq!(detail.permisos, [Permiso::Ver]);
    let values = [("cliente", Some(text("x")))];
    assert_eq!(codigo(casa.change("asesor", id, Some(detail.revision), &values).await), "estado");
    assert_eq!(codigo(casa.undo("asesor", id, None).await), "estado");
    assert_eq!(codigo(casa.step("jefe", id, Avanzar, None).await), "estado");
    assert_eq!(codigo(casa.step("administrativo", id, Retroceder, Some("x")).await), "sin-permiso");
    let may = [Permiso::Ver, Permiso::VerMargen, Permiso::Retroceder, Permiso::Cerrar];
    assert_eq!(casa.detail("jefe", id).await.unwrap().permisos, may);
    assert_eq!(casa.step("jefe", id, Retroceder, Some("faltaba el seguro")).await.unwrap(), "entrega");
    assert!(!casa.detail("asesor", id).await.unwrap().cerrado);
}

#[tokio::test]
async fn a_change_is_undone_unless_its_fields_have_changed_since() {
    let casa = Casa::new().await;
    let who = "asesor";
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    assert_eq!(codigo(casa.undo(who, id, None).await), "estado");
    let values = [("cliente", Some(text("Gil Ferrer"))), ("movil", Some(text("600123456")))];
    casa.change(who, id, Some(1), &values).await.unwrap();
    casa.change(who, id, Some(2), &[("vehiculo", Some(text("Ibiza")))]).await.unwrap();
    casa.change("administrativo", id, Some(3), &[("email", Some(text("a@b.es")))]).await.unwrap();

    let undone = casa.undo(who, id, None).await.unwrap();
    assert_eq!((undone.revision, &undone.campos["vehiculo"]), (5, &None));
    assert_eq!(casa.undo(who, id, Some(3)).await.unwrap_err().detail.unwrap(), "Ese cambio ya está deshecho.");
    let undone = casa.undo(who, id, None).await.unwrap();
    assert_eq!((undone.revision, &undone.campos["cliente"]), (6, &Some(text("Gil"))));
    assert_eq!(codigo(casa.undo(who, id, None).await), "estado");
    assert_eq!(casa.detail(who, id).await.unwrap().indice.len(), 2);

    casa.change(who, id, Some(6), &[("cliente", Some(text("A")))]).await.unwrap();
    casa.change("administrativo", id, Some(7), &[("cliente", Some(text("B")))]).await.unwrap();
    let refused = casa.undo(who, id, Some(7)).await.unwrap_err();
    assert!(refused.detail.unwrap().contains("«Cliente» ha cambiado después"));
    let history = casa.history(who, id).await.unwrap();
    let undoable: Vec<i64> = history.iter().filter(|h| h.deshacible).map(|h| h.revision).collect();
    assert_eq!(undoable, [8, 4]);
}
