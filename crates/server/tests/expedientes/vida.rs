//! The life of an expediente: opened, indexed, moved, closed, opened again; and who may see it.

use super::casa::{
    Casa, admin, administrativo, administrativo_sur, asesor, codigo, indice, jefe, otro_asesor, problem, soporte,
};
use api::evento::Clase;
use api::expediente::{Deshacer, ExpedienteNuevo};
use api::fase::{FaseCambio, Paso};
use domain::{ExpedienteId, Permiso, Valor};
use server::AppResult;
use server::app::documentos::Clave;
use server::app::{Actor, expedientes};

fn text(text: &str) -> Valor {
    Valor::from(text)
}

async fn move_on(casa: &Casa, actor: &Actor, id: ExpedienteId, paso: Paso, motivo: Option<&str>) -> AppResult<String> {
    let revision = casa.detail(&administrativo(), id).await.unwrap().revision;
    let cambio = FaseCambio { paso, motivo: motivo.map(str::to_owned) };
    expedientes::mover(&casa.state, actor, &Clave::default(), id, Some(revision), &cambio).await.map(|c| c.fase.0)
}

#[tokio::test]
async fn numbers_run_by_entidad_and_year_and_none_is_skipped() {
    let casa = Casa::new().await;
    assert_eq!(casa.open(&[("cliente", text("Gil"))]).await.numero, "26-00001");
    let wrong = casa.open_as(&asesor(), &[("nif", text("no lo es"))]).await;
    assert_eq!(codigo(wrong), "datos-invalidos");
    assert_eq!(casa.open(&[]).await.numero, "26-00002");
    let sur = ExpedienteNuevo { entidad: "sur".into(), modelo: "venta-vn".into(), asesor: None, indice: indice(&[]) };
    let elsewhere = expedientes::crear(&casa.state, &asesor(), &Clave::default(), &sur).await;
    assert_eq!(codigo(elsewhere), "no-encontrado");
}

#[tokio::test]
async fn an_asesor_opens_their_own_and_an_administrativo_says_whose() {
    let casa = Casa::new().await;
    let of = |asesor: Option<&str>| ExpedienteNuevo {
        entidad: "norte".into(),
        modelo: "venta-vn".into(),
        asesor: asesor.map(str::to_owned),
        indice: indice(&[]),
    };
    let key = Clave { key: Some("k1".into()), huella: vec![1] };
    let first = expedientes::crear(&casa.state, &asesor(), &key, &of(None)).await.unwrap();
    let again = expedientes::crear(&casa.state, &asesor(), &key, &of(None)).await.unwrap();
    assert_eq!((first.asesor.as_str(), &first), ("asesor", &again));
    let plain = Clave::default();
    for (who, whose) in [(administrativo(), None), (asesor(), Some("otro")), (jefe(), Some("otro")), (jefe(), None)] {
        let refused = problem(expedientes::crear(&casa.state, &who, &plain, &of(whose)).await);
        assert_eq!(
            (refused.status, refused.campos[0].campo.as_str()),
            (422, "asesor"),
            "{} for {whose:?}",
            who.usuario
        );
    }
    let by_jefe = expedientes::crear(&casa.state, &jefe(), &plain, &of(Some("asesor"))).await.unwrap();
    assert_eq!(by_jefe.asesor, "asesor");
    assert_eq!(codigo(expedientes::crear(&casa.state, &soporte(), &plain, &of(None)).await), "sin-permiso");
}

#[tokio::test]
async fn who_may_not_see_it_is_told_the_same_as_of_one_that_is_not_there() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    for who in [asesor(), jefe(), administrativo(), soporte()] {
        assert!(casa.detail(&who, id).await.is_ok(), "{}", who.usuario);
    }
    for who in [otro_asesor(), administrativo_sur()] {
        let (hidden, unknown) = (casa.detail(&who, id).await, casa.detail(&who, ExpedienteId(999)).await);
        assert_eq!(problem(hidden).detail, problem(unknown).detail);
        assert_eq!(codigo(casa.change(&who, id, Some(1), &[("cliente", Some(text("x")))]).await), "no-encontrado");
        assert_eq!(codigo(expedientes::historial(&casa.state, &who, id).await), "no-encontrado");
    }
    assert_eq!(codigo(casa.detail(&admin(), id).await), "sin-permiso");
    assert_eq!(casa.audited(Some(id)).await, ["expediente-creado", "expediente-visto"]);
}

#[tokio::test]
async fn an_index_is_checked_normalised_and_recorded_once() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil Ferrer, Marta"))]).await.id;
    let who = asesor();
    let wrong = problem(
        casa.change(
            &who,
            id,
            Some(1),
            &[
                ("nif", Some(text("12345678A"))),
                ("coste", Some(Valor::Entero(1))),
                ("nada", None),
                ("movil", Some(text("600123456"))),
            ],
        )
        .await,
    );
    let campos: Vec<&str> = wrong.campos.iter().map(|c| c.campo.as_str()).collect();
    assert_eq!((wrong.status, campos), (422, vec!["coste", "nada", "nif"]));
    assert_eq!(casa.detail(&who, id).await.unwrap().revision, 1);

    let changed = casa
        .change(&who, id, Some(1), &[("nif", Some(text("12345678-z"))), ("cliente", Some(text("Gil Ferrer, Marta")))])
        .await
        .unwrap();
    assert_eq!(changed.revision, 2);
    assert_eq!(changed.campos["nif"], Some(text("12345678Z")));
    let same = casa.change(&who, id, Some(2), &[("nif", Some(text("12345678Z")))]).await.unwrap();
    assert_eq!(same.revision, 2);
    let history = expedientes::historial(&casa.state, &who, id).await.unwrap();
    assert_eq!(history[0].campos.len(), 1);
    assert_eq!(casa.told(id).await, [("expediente-creado".to_owned(), 1), ("indice-cambiado".to_owned(), 2)]);
    assert_eq!(codigo(casa.change(&who, id, None, &[]).await), "revision-requerida");
    assert_eq!(codigo(casa.change(&soporte(), id, Some(2), &[]).await), "sin-permiso");
}

#[tokio::test]
async fn a_stale_revision_is_told_what_changed_and_by_whom() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    casa.change(&administrativo(), id, Some(1), &[("cliente", Some(text("Gil Ferrer")))]).await.unwrap();
    casa.change(&jefe(), id, Some(2), &[("margen", Some(Valor::Entero(5))), ("cliente", Some(text("Gil F.")))])
        .await
        .unwrap();
    let stale = problem(casa.change(&asesor(), id, Some(1), &[("movil", Some(text("600123456")))]).await);
    let conflict = stale.conflicto.unwrap();
    assert_eq!((stale.status, conflict.revision, conflict.campos.len()), (412, 3, 1));
    let campo = &conflict.campos[0];
    assert_eq!((&campo.antes, &campo.ahora, campo.quien.as_str()), (&Some(text("Gil")), &Some(text("Gil F.")), "JEFE"));
    assert_eq!(casa.detail(&asesor(), id).await.unwrap().revision, 3);
}

#[tokio::test]
async fn margin_is_nowhere_for_who_may_not_see_it() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    casa.change(&jefe(), id, Some(1), &[("margen", Some(Valor::Entero(123_456)))]).await.unwrap();
    let (asesor, jefe) = (asesor(), jefe());
    assert_eq!(casa.detail(&jefe, id).await.unwrap().indice.len(), 1);
    let hidden = casa.detail(&asesor, id).await.unwrap();
    assert!(!serde_json::to_string(&hidden).unwrap().contains("123456"));
    assert_eq!(expedientes::historial(&casa.state, &jefe, id).await.unwrap().len(), 2);
    assert_eq!(expedientes::historial(&casa.state, &asesor, id).await.unwrap().len(), 1);
    let undo = Deshacer { revision: Some(2) };
    assert_eq!(codigo(expedientes::deshacer(&casa.state, &asesor, &Clave::default(), id, &undo).await), "estado");
    let modelo = server::app::entidades::modelo(&casa.state, &asesor, &"venta-vn".into()).await.unwrap();
    assert!(!serde_json::to_string(&modelo).unwrap().contains("margen"));
    assert_eq!(modelo.asesores.len(), 1);
}

#[tokio::test]
async fn a_fase_is_left_through_its_gate_or_over_it_with_a_reason() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    let refused = problem(move_on(&casa, &asesor(), id, Paso::Avanzar, None).await);
    assert_eq!((refused.status, refused.codigo.as_str()), (409, "fase-bloqueada"));
    let names: Vec<&str> = refused.faltas.iter().map(|f| f.nombre.as_str()).collect();
    assert_eq!(names, ["Consentimiento RGPD", "Tipo de cliente", "Móvil", "Modelo de vehículo"]);
    assert_eq!(codigo(move_on(&casa, &asesor(), id, Paso::Forzar, Some("prisa")).await), "sin-permiso");
    assert_eq!(codigo(move_on(&casa, &jefe(), id, Paso::Forzar, Some(" ")).await), "datos-invalidos");

    casa.validated(id, &["rgpd"]).await;
    let values =
        [("tipo-cliente", "particular"), ("movil", "600123456"), ("vehiculo", "Ibiza"), ("forma-pago", "contado")];
    let revision = casa.detail(&asesor(), id).await.unwrap().revision;
    casa.change(&asesor(), id, Some(revision), &values.map(|(campo, valor)| (campo, Some(text(valor))))).await.unwrap();
    assert_eq!(move_on(&casa, &asesor(), id, Paso::Avanzar, None).await.unwrap(), "pedido");
    assert_eq!(move_on(&casa, &jefe(), id, Paso::Forzar, Some("lo trae mañana")).await.unwrap(), "facturacion");
    let history = expedientes::historial(&casa.state, &asesor(), id).await.unwrap();
    assert_eq!(history[0].clase, Clase::FaseForzada);
    assert_eq!(history[0].texto, "Pedido → Facturación y cobro: lo trae mañana");
    assert_eq!(codigo(move_on(&casa, &asesor(), id, Paso::Retroceder, Some("error")).await), "sin-permiso");
    assert_eq!(move_on(&casa, &administrativo(), id, Paso::Retroceder, Some("error")).await.unwrap(), "pedido");
    assert_eq!(casa.told(id).await.last().unwrap().0, "fase-retrocedida");
}

#[tokio::test]
async fn a_closed_expediente_is_only_looked_at_until_a_jefe_opens_it_again() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    while casa.detail(&jefe(), id).await.unwrap().fase.as_str() != "entrega" {
        move_on(&casa, &jefe(), id, Paso::Forzar, Some("prueba")).await.unwrap();
    }
    assert!(!casa.detail(&administrativo(), id).await.unwrap().permisos.contains(&Permiso::Avanzar));
    assert_eq!(codigo(move_on(&casa, &administrativo(), id, Paso::Avanzar, None).await), "sin-permiso");
    assert_eq!(move_on(&casa, &jefe(), id, Paso::Forzar, Some("prueba")).await.unwrap(), "cerrado");

    let detail = casa.detail(&asesor(), id).await.unwrap();
    assert!(detail.cerrado && detail.faltas.is_empty() && detail.siguiente_fase.is_none());
    assert_eq!(detail.permisos, [Permiso::Ver]);
    let revision = Some(detail.revision);
    assert_eq!(codigo(casa.change(&asesor(), id, revision, &[("cliente", Some(text("x")))]).await), "estado");
    assert_eq!(codigo(move_on(&casa, &jefe(), id, Paso::Avanzar, None).await), "estado");
    assert_eq!(codigo(move_on(&casa, &administrativo(), id, Paso::Retroceder, Some("x")).await), "sin-permiso");
    let may = [Permiso::Ver, Permiso::VerMargen, Permiso::Retroceder, Permiso::Cerrar];
    assert_eq!(casa.detail(&jefe(), id).await.unwrap().permisos, may);
    assert_eq!(move_on(&casa, &jefe(), id, Paso::Retroceder, Some("faltaba el seguro")).await.unwrap(), "entrega");
    assert!(!casa.detail(&asesor(), id).await.unwrap().cerrado);
}

#[tokio::test]
async fn a_change_is_undone_unless_its_fields_have_changed_since() {
    let casa = Casa::new().await;
    let who = asesor();
    let id = casa.open(&[("cliente", text("Gil"))]).await.id;
    let undo = async |revision: Option<i64>| {
        expedientes::deshacer(&casa.state, &who, &Clave::default(), id, &Deshacer { revision }).await
    };
    assert_eq!(codigo(undo(None).await), "estado");
    casa.change(&who, id, Some(1), &[("cliente", Some(text("Gil Ferrer"))), ("movil", Some(text("600123456")))])
        .await
        .unwrap();
    casa.change(&who, id, Some(2), &[("vehiculo", Some(text("Ibiza")))]).await.unwrap();
    casa.change(&administrativo(), id, Some(3), &[("email", Some(text("a@b.es")))]).await.unwrap();

    let undone = undo(None).await.unwrap();
    assert_eq!((undone.revision, &undone.campos["vehiculo"]), (5, &None));
    assert_eq!(undo(Some(3)).await.unwrap_err().problem().detail.unwrap(), "Ese cambio ya está deshecho.");
    let undone = undo(None).await.unwrap();
    assert_eq!((undone.revision, &undone.campos["cliente"]), (6, &Some(text("Gil"))));
    assert_eq!(codigo(undo(None).await), "estado");
    assert_eq!(casa.detail(&who, id).await.unwrap().indice.len(), 2);

    casa.change(&who, id, Some(6), &[("cliente", Some(text("A")))]).await.unwrap();
    casa.change(&administrativo(), id, Some(7), &[("cliente", Some(text("B")))]).await.unwrap();
    let refused = problem(undo(Some(7)).await);
    assert!(refused.detail.unwrap().contains("«Cliente» ha cambiado después"));
    let history = expedientes::historial(&casa.state, &who, id).await.unwrap();
    let undoable: Vec<i64> = history.iter().filter(|h| h.deshacible).map(|h| h.revision).collect();
    assert_eq!(undoable, [8, 4]);
}
