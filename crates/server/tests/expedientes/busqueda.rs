//! The list and saved views as a client asks for them.

use super::casa::{Answer, Casa, NORTE, VN, With, codigo};
use api::fase::Paso;
use api::lista::{Lista, ListaParams};
use api::sesion::EntidadVista;
use api::vista::Vista;
use reqwest::Method;

async fn list(casa: &Casa, who: &'static str, q: &str, orden: Option<&str>, cursor: Option<&str>) -> Answer<Lista> {
    let params = ListaParams {
        entidad: NORTE.into(),
        modelo: VN.into(),
        q: Some(q.to_owned()),
        orden: orden.map(str::to_owned),
        limite: Some(2),
        cursor: cursor.map(str::to_owned),
    };
    let request = casa.request(who, Method::GET, "/expedientes").await.query(&params).build().unwrap();
    casa.get(who, request.url().as_str().split("/api/v1").nth(1).unwrap()).await
}

fn names(found: &Lista) -> Vec<&str> {
    found.items.iter().map(|fila| fila.cliente.as_str()).collect()
}

#[tokio::test]
async fn what_was_just_written_is_found_and_what_was_there_before_is_not() {
    let casa = Casa::new().await;
    let who = "asesor";
    let id = casa.open(&[("cliente", "Gil Ferrer, Marta".into()), ("forma-pago", "contado".into())]).await.id;
    casa.open(&[("cliente", "Talleres Oria, S.L.".into())]).await;
    for q in ["gil", "\"gil ferrer\"", "*errer", "forma-pago:contado", "-oria", "numero:00001", "cliente:marta"] {
        let found = list(&casa, who, q, None, None).await.unwrap();
        assert_eq!((names(&found), found.total), (vec!["Gil Ferrer, Marta"], Some(1)), "{q}");
    }
    let values = [("cliente", Some("Núñez".into())), ("forma-pago", None), ("pedido", Some("2026-11-03".into()))];
    casa.change(who, id, Some(1), &values).await.unwrap();
    for (q, n) in
        [("gil", 0), ("*errer", 0), ("forma-pago:contado", 0), ("nunez", 1), ("pedido:3/11", 1), ("fase:oferta", 2)]
    {
        assert_eq!(list(&casa, who, q, None, None).await.unwrap().total, Some(n), "{q}");
    }
    casa.step("jefe", id, Paso::Forzar, Some("prueba")).await.unwrap();
    for (q, n) in
        [("nunez fase:pedido", 1), ("nunez fase:oferta", 0), ("fase:pedido", 1), ("pedido:3/11 fase:oferta", 0)]
    {
        assert_eq!(list(&casa, who, q, None, None).await.unwrap().total, Some(n), "{q}");
    }
}

#[tokio::test]
async fn what_is_read_in_a_snapshot_is_of_one_moment() {
    let casa = Casa::new().await;
    let db = &casa.service.state().db;
    let count = async |conn: &mut sqlx::SqliteConnection| {
        sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM expediente").fetch_one(conn).await.unwrap()
    };
    let mut before = db.snapshot().await.unwrap();
    assert_eq!(count(&mut before).await, 0);
    casa.open(&[]).await;
    assert_eq!((count(&mut before).await, count(&mut db.snapshot().await.unwrap()).await), (0, 1));
}

#[tokio::test]
async fn everybody_sees_their_own_part_page_by_page() {
    let casa = Casa::new().await;
    for name in ["C", "á", "B"] {
        casa.open(&[("cliente", name.into())]).await;
    }
    casa.open_as("asesor3", &[("cliente", "D".into())]).await.unwrap();
    let first = list(&casa, "asesor", "", Some("cliente"), None).await.unwrap();
    assert_eq!((names(&first), first.total, first.total_es_minimo), (vec!["á", "B"], Some(3), false));
    let cursor = first.siguiente.as_deref();
    let second = list(&casa, "asesor", "", Some("cliente"), cursor).await.unwrap();
    assert_eq!((names(&second), second.total, &second.siguiente), (vec!["C"], None, &None));
    for (who, n) in [("asesor2", 0), ("jefe", 3), ("jefe2", 1), ("administrativo", 4), ("soporte", 4)] {
        assert_eq!(list(&casa, who, "", None, None).await.unwrap().total, Some(n), "{who}");
    }
    assert_eq!(codigo(list(&casa, "admin", "", None, None).await), "sin-permiso");
    assert_eq!(codigo(list(&casa, "administrativo2", "", None, None).await), "no-encontrado");
    for (orden, cursor) in [(Some("-cliente"), cursor), (None, Some("nonsense")), (Some("color"), None)] {
        assert_eq!(codigo(list(&casa, "asesor", "", orden, cursor).await), "peticion-invalida");
    }
}

#[tokio::test]
async fn nonsense_is_told_what_is_wrong() {
    let casa = Casa::new().await;
    for q in ["color:rojo", "docs<muchos", "margen>5", "\"", "*a"] {
        let refused = list(&casa, "asesor", q, None, None).await.unwrap_err();
        assert_eq!((refused.status, refused.codigo.as_str()), (400, "busqueda-invalida"), "{q}");
        assert!(!refused.detail.unwrap().is_empty());
    }
    let refused = list(&casa, "asesor", "gil color:rojo", None, None).await.unwrap_err();
    assert!(refused.detail.unwrap().starts_with("«color"));
    assert!(list(&casa, "jefe", "margen>5", None, None).await.is_ok());
    let long = "a ".repeat(600);
    assert_eq!(codigo(list(&casa, "asesor", &long, None, None).await), "busqueda-invalida");
}

#[tokio::test]
async fn a_person_is_offered_their_entidades_alone() {
    let casa = Casa::new().await;
    let of = async |who| casa.get::<Vec<EntidadVista>>(who, "/entidades").await.unwrap();
    let all = of("asesor").await;
    assert_eq!((all.len(), all[0].id.as_str(), all[0].modelos.len()), (2, NORTE, 3));
    assert_eq!(of("administrativo2").await[0].id.as_str(), "sur-vo");
}

#[tokio::test]
async fn views_belong_to_a_person_and_a_modelo() {
    let casa = Casa::new().await;
    let vista = |nombre: &str, q: &str| Vista {
        nombre: nombre.into(),
        modelo: VN.into(),
        q: q.into(),
        orden: Some("-docs".into()),
    };
    let save = async |who, v: Vista| {
        let path = format!("/vistas/{}", v.nombre.replace(' ', "%20"));
        casa.send::<Vista>(who, Method::PUT, &path, With::default(), &v).await
    };
    let of = async |who| casa.get::<Vec<Vista>>(who, "/vistas?modelo=venta-vn").await.unwrap();
    save("asesor", vista("Por cobrar", "fase:facturacion")).await.unwrap();
    save("asesor", vista("Por cobrar", "fase:entrega")).await.unwrap();
    assert_eq!(of("asesor").await, [vista("Por cobrar", "fase:entrega")]);
    assert!(of("jefe").await.is_empty());
    assert_eq!(codigo(save("asesor", vista(" ", "")).await), "datos-invalidos");
    assert_eq!(codigo(save("asesor", vista("x", "margen>1")).await), "busqueda-invalida");
    for i in 1..50 {
        save("asesor", vista(&format!("v{i}"), "")).await.unwrap();
    }
    assert_eq!(codigo(save("asesor", vista("una más", "")).await), "estado");
    let delete =
        async || casa.send::<()>("asesor", Method::DELETE, "/vistas/v1?modelo=venta-vn", With::default(), &()).await;
    delete().await.unwrap();
    assert_eq!(codigo(delete().await), "no-encontrado");
}
