//! The list and saved views as a client asks for them.

use super::casa::{Casa, admin, administrativo, asesor, codigo, jefe, otro_asesor, problem};
use api::fase::{FaseCambio, Paso};
use api::lista::{Lista, ListaParams};
use api::vista::Vista;
use server::AppResult;
use server::app::documentos::Clave;
use server::app::{Actor, expedientes, vistas};

async fn list(casa: &Casa, who: &Actor, q: &str, orden: Option<&str>, cursor: Option<String>) -> AppResult<Lista> {
    let params = ListaParams {
        entidad: "norte".into(),
        modelo: "venta-vn".into(),
        q: Some(q.to_owned()),
        orden: orden.map(str::to_owned),
        limite: Some(2),
        cursor,
    };
    expedientes::listar(&casa.state, who, &params).await
}

fn names(found: &Lista) -> Vec<&str> {
    found.items.iter().map(|fila| fila.cliente.as_str()).collect()
}

#[tokio::test]
async fn what_was_just_written_is_found_and_what_was_there_before_is_not() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", "Gil Ferrer, Marta".into()), ("forma-pago", "contado".into())]).await.id;
    casa.open(&[("cliente", "Talleres Oria, S.L.".into())]).await;
    let who = asesor();
    for q in ["gil", "\"gil ferrer\"", "*errer", "forma-pago:contado", "-oria", "numero:00001", "cliente:marta"] {
        let found = list(&casa, &who, q, None, None).await.unwrap();
        assert_eq!((names(&found), found.total), (vec!["Gil Ferrer, Marta"], Some(1)), "{q}");
    }
    casa.change(
        &who,
        id,
        Some(1),
        &[("cliente", Some("Núñez".into())), ("forma-pago", None), ("pedido", Some("2026-11-03".into()))],
    )
    .await
    .unwrap();
    for (q, n) in
        [("gil", 0), ("*errer", 0), ("forma-pago:contado", 0), ("nunez", 1), ("pedido:3/11", 1), ("fase:oferta", 2)]
    {
        assert_eq!(list(&casa, &who, q, None, None).await.unwrap().total, Some(n), "{q}");
    }
    let cambio = FaseCambio { paso: Paso::Forzar, motivo: Some("prueba".into()) };
    expedientes::mover(&casa.state, &jefe(), &Clave::default(), id, Some(2), &cambio).await.unwrap();
    for (q, n) in
        [("nunez fase:pedido", 1), ("nunez fase:oferta", 0), ("fase:pedido", 1), ("pedido:3/11 fase:oferta", 0)]
    {
        assert_eq!(list(&casa, &who, q, None, None).await.unwrap().total, Some(n), "{q}");
    }
}

#[tokio::test]
async fn everybody_sees_their_own_part_page_by_page() {
    let casa = Casa::new().await;
    for name in ["C", "á", "B"] {
        casa.open(&[("cliente", name.into())]).await;
    }
    casa.open_as(&otro_asesor(), &[("cliente", "D".into())]).await.unwrap();
    let first = list(&casa, &asesor(), "", Some("cliente"), None).await.unwrap();
    assert_eq!((names(&first), first.total, first.total_es_minimo), (vec!["á", "B"], Some(3), false));
    let cursor = first.siguiente.unwrap();
    let second = list(&casa, &asesor(), "", Some("cliente"), Some(cursor.clone())).await.unwrap();
    assert_eq!((names(&second), second.total, &second.siguiente), (vec!["C"], None, &None));
    assert_eq!(list(&casa, &jefe(), "", None, None).await.unwrap().total, Some(3));
    assert_eq!(list(&casa, &administrativo(), "", None, None).await.unwrap().total, Some(4));
    assert_eq!(codigo(list(&casa, &admin(), "", None, None).await), "sin-permiso");
    for (orden, cursor) in [(Some("-cliente"), Some(cursor)), (None, Some("nonsense".into())), (Some("color"), None)] {
        assert_eq!(codigo(list(&casa, &asesor(), "", orden, cursor).await), "peticion-invalida");
    }
}

#[tokio::test]
async fn nonsense_is_told_what_is_wrong() {
    let casa = Casa::new().await;
    for q in ["color:rojo", "docs<muchos", "margen>5", "\"", "*a"] {
        let refused = problem(list(&casa, &asesor(), q, None, None).await);
        assert_eq!((refused.status, refused.codigo.as_str()), (400, "busqueda-invalida"), "{q}");
        assert!(!refused.detail.unwrap().is_empty());
    }
    assert!(list(&casa, &jefe(), "margen>5", None, None).await.is_ok());
    let long = "a ".repeat(600);
    assert_eq!(codigo(list(&casa, &asesor(), &long, None, None).await), "busqueda-invalida");
}

#[tokio::test]
async fn views_belong_to_a_person_and_a_modelo() {
    let casa = Casa::new().await;
    let vista = |nombre: &str, q: &str| Vista {
        nombre: nombre.into(),
        modelo: "venta-vn".into(),
        q: q.into(),
        orden: Some("-docs".into()),
    };
    let save = async |who: &Actor, v: Vista| vistas::guardar(&casa.state, who, v).await;
    save(&asesor(), vista("Por cobrar", "fase:facturacion")).await.unwrap();
    save(&asesor(), vista("Por cobrar", "fase:entrega")).await.unwrap();
    let mine = vistas::listar(&casa.state, &asesor(), &"venta-vn".into()).await.unwrap();
    assert_eq!(mine, [vista("Por cobrar", "fase:entrega")]);
    assert!(vistas::listar(&casa.state, &jefe(), &"venta-vn".into()).await.unwrap().is_empty());
    assert_eq!(codigo(save(&asesor(), vista(" ", "")).await), "datos-invalidos");
    assert_eq!(codigo(save(&asesor(), vista("x", "margen>1")).await), "busqueda-invalida");
    for i in 1..50 {
        save(&asesor(), vista(&format!("v{i}"), "")).await.unwrap();
    }
    assert_eq!(codigo(save(&asesor(), vista("una más", "")).await), "estado");
    vistas::borrar(&casa.state, &asesor(), &"venta-vn".into(), "v1").await.unwrap();
    assert_eq!(codigo(vistas::borrar(&casa.state, &asesor(), &"venta-vn".into(), "v1").await), "no-encontrado");
}
