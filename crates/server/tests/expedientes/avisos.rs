//! Avisos: to whom, who changes them, where they are seen, and what they keep from being closed.

use super::casa::{Casa, codigo};
use super::notas::{PLAIN, aviso, hecho};
use api::aviso::{AvisoCambio, Destinatario, MisAvisos};
use api::fase::Paso::{Avanzar, Forzar, Retroceder};
use api::lista::Lista;
use domain::ExpedienteId;
use domain::gate::Falta;

fn vence(day: &str) -> AvisoCambio {
    AvisoCambio { vence: Some(day.to_owned()), ..AvisoCambio::default() }
}

impl Casa {
    /// Numbers of the expedientes that answer a search, and how many open avisos the list says they have.
    async fn found(&self, q: &str) -> Vec<(String, u32)> {
        let path = format!("/expedientes?entidad=norte-seat&modelo=venta-vn&orden=numero&q={q}");
        let list: Lista = self.get("administrativo", &path).await.unwrap();
        list.items.into_iter().map(|fila| (fila.numero, fila.avisos)).collect()
    }

    async fn until_last_but_one(&self, id: ExpedienteId) {
        while self.detail("jefe", id).await.unwrap().fase.as_str() != "entrega" {
            self.step("jefe", id, Forzar, Some("prueba")).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_aviso_goes_to_who_sees_the_expediente() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let people: Vec<Destinatario> = casa.get("asesor", &format!("/expedientes/{id}/personas")).await.unwrap();
    let names: Vec<&str> = people.iter().map(|person| person.usuario.as_str()).collect();
    assert_eq!(names, ["administrativo", "asesor", "jefe"]);
    for stranger in ["asesor2", "jefe2", "administrativo2", "soporte", "admin", "nadie", ""] {
        let refused = casa.give("asesor", id, PLAIN, &aviso("x", stranger, None)).await.unwrap_err();
        assert_eq!((refused.status, refused.campos[0].campo.as_str()), (422, "para"), "{stranger}");
    }
    let db = &casa.service.state().db;
    let given = casa.give("asesor", id, PLAIN, &aviso("Revisar", "administrativo", None)).await.unwrap();
    server::admin::set_active(db, "administrativo", false).await.unwrap();
    assert_eq!(casa.give("asesor", id, PLAIN, &aviso("x", "administrativo", None)).await.unwrap_err().status, 422);
    let still = casa.alter("asesor", given.id, PLAIN, &vence("2026-11-30")).await.unwrap();
    assert_eq!((still.para.as_str(), still.vence.as_deref()), ("administrativo", Some("2026-11-30")));
    let other = AvisoCambio { para: Some("jefe".to_owned()), ..AvisoCambio::default() };
    assert_eq!(casa.alter("asesor", given.id, PLAIN, &other).await.unwrap().para_nombre, "jefe de Pruebas");
    assert_eq!(casa.mine("jefe").await.total, 1);
}

#[tokio::test]
async fn what_an_aviso_asks_is_its_authors_to_change_and_anyone_may_do_it() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let given = casa.give("asesor", id, PLAIN, &aviso("Firmar", "jefe", Some("2020-02-29"))).await.unwrap();
    let texto = AvisoCambio { texto: Some("Otra cosa".to_owned()), ..AvisoCambio::default() };
    let para = AvisoCambio { para: Some("administrativo".to_owned()), ..AvisoCambio::default() };
    for who in ["jefe", "administrativo"] {
        assert_eq!(codigo(casa.alter(who, given.id, PLAIN, &texto).await), "sin-permiso");
        assert_eq!(codigo(casa.alter(who, given.id, PLAIN, &para).await), "sin-permiso");
        assert_eq!(codigo(casa.remove(who, format!("/avisos/{}", given.id), PLAIN).await), "sin-permiso");
    }
    assert_eq!(codigo(casa.alter("administrativo", given.id, PLAIN, &vence("2026-12-01")).await), "sin-permiso");
    let later = casa.alter("jefe", given.id, PLAIN, &vence("2026-12-01")).await.unwrap();
    assert_eq!(later.vence.as_deref(), Some("2026-12-01"));
    for wrong in ["2026-02-30", "30/11/2026", "2026-11-30T00:00:00"] {
        assert_eq!(casa.alter("jefe", given.id, PLAIN, &vence(wrong)).await.unwrap_err().campos[0].campo, "vence");
    }
    assert_eq!(casa.alter("asesor", given.id, PLAIN, &vence("")).await.unwrap().vence, None);

    let done = casa.alter("administrativo", given.id, PLAIN, &hecho(true)).await.unwrap();
    assert_eq!((done.hecho.is_some(), done.hecho_por.as_str()), (true, "administrativo de Pruebas"));
    let again = casa.alter("jefe", given.id, PLAIN, &hecho(true)).await.unwrap();
    assert_eq!(again.hecho_por, "administrativo de Pruebas", "it was done already");
    let open = casa.alter("jefe", given.id, PLAIN, &hecho(false)).await.unwrap();
    assert_eq!((open.hecho, open.hecho_por.as_str()), (None, ""));
    casa.alter("asesor", given.id, PLAIN, &texto).await.unwrap();
    casa.alter("asesor", given.id, PLAIN, &AvisoCambio::default()).await.unwrap();
    casa.remove("asesor", format!("/avisos/{}", given.id), PLAIN).await.unwrap();
    let told: Vec<String> = casa.told(id).await.into_iter().map(|(clase, _)| clase).collect();
    let expected = [
        "expediente-creado",
        "aviso-puesto",
        "aviso-cambiado",
        "aviso-cambiado",
        "aviso-hecho",
        "aviso-reabierto",
        "aviso-cambiado",
        "aviso-borrado",
    ];
    assert_eq!(told, expected);
    assert_eq!(casa.audited(id).await, expected);
    let history = casa.history("jefe", id).await.unwrap();
    assert_eq!(history[6].texto, "Para jefe de Pruebas: Firmar");
    assert_eq!(history.len(), expected.len());
    let checked = server::store::audit::verify(&mut casa.service.state().db.read().await.unwrap()).await.unwrap();
    assert!(checked.is_ok());
}

#[tokio::test]
async fn each_has_their_open_avisos_by_day_in_what_they_see_now() {
    let casa = Casa::new().await;
    let (first, second) = (casa.open(&[("cliente", "Gil".into())]).await.id, casa.open(&[]).await.id);
    for (id, texto, day) in
        [(first, "sin día", None), (second, "luego", Some("2026-12-01")), (first, "antes", Some("2026-01-01"))]
    {
        casa.give("jefe", id, PLAIN, &aviso(texto, "asesor", day)).await.unwrap();
    }
    let other = casa.give("asesor", first, PLAIN, &aviso("de otro", "jefe", None)).await.unwrap();
    let mine = casa.mine("asesor").await;
    let texts: Vec<&str> = mine.items.iter().map(|item| item.aviso.texto.as_str()).collect();
    assert_eq!((mine.total, texts), (3, vec!["antes", "luego", "sin día"]));
    let item = &mine.items[0];
    assert_eq!((item.expediente, item.numero.as_str(), item.cliente.as_str()), (first, "26-00001", "Gil"));
    assert_eq!((item.entidad.as_str(), item.modelo.as_str()), ("norte-seat", "venta-vn"));

    casa.alter("jefe", item.aviso.id, PLAIN, &hecho(true)).await.unwrap();
    assert_eq!(casa.mine("asesor").await.total, 2);
    let detail = casa.detail("asesor", first).await.unwrap();
    let order: Vec<&str> = detail.avisos.iter().map(|aviso| aviso.texto.as_str()).collect();
    assert_eq!(order, ["sin día", "de otro", "antes"], "what is done comes last");

    for who in ["admin", "soporte", "asesor2"] {
        assert_eq!(casa.mine(who).await, MisAvisos::default(), "{who}");
    }
    let db = &casa.service.state().db;
    let change = |equipo: &str| server::admin::Change { equipo: Some(equipo.to_owned()), ..Default::default() };
    server::admin::change_user(db, "jefe", &change("sur")).await.unwrap();
    assert_eq!(casa.mine("jefe").await.total, 0, "the expediente is no longer theirs to see");
    server::admin::change_user(db, "jefe", &change("norte")).await.unwrap();
    assert_eq!(casa.mine("jefe").await.items[0].aviso, other);
}

#[tokio::test]
async fn the_search_and_the_list_know_of_open_avisos() {
    let casa = Casa::new().await;
    let (one, two) = (casa.open(&[]).await, casa.open(&[]).await);
    let numbers = |found: &[(String, u32)]| found.iter().map(|(numero, _)| numero.clone()).collect::<Vec<_>>();
    assert!(casa.found("aviso:si").await.is_empty());
    let first = casa.give("jefe", one.id, PLAIN, &aviso("a", "asesor", None)).await.unwrap();
    let second = casa.give("jefe", one.id, PLAIN, &aviso("b", "jefe", None)).await.unwrap();
    assert_eq!(casa.found("aviso:si").await, [(one.numero.clone(), 2)]);
    assert_eq!(casa.found("aviso:no").await, [(two.numero.clone(), 0)]);
    casa.validated(one.id, &["rgpd"]).await;
    casa.alter("asesor", first.id, PLAIN, &hecho(true)).await.unwrap();
    assert_eq!(casa.found("aviso:si").await, [(one.numero.clone(), 1)]);
    casa.remove("jefe", format!("/avisos/{}", second.id), PLAIN).await.unwrap();
    assert!(casa.found("aviso:si").await.is_empty());
    assert_eq!(numbers(&casa.found("-aviso:si").await), [one.numero.clone(), two.numero.clone()]);
    casa.alter("asesor", first.id, PLAIN, &hecho(false)).await.unwrap();
    assert_eq!(casa.found("aviso:si").await, [(one.numero, 1)]);
}

#[tokio::test]
async fn open_avisos_keep_an_expediente_from_being_closed_unless_a_jefe_says_so() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let given = casa.give("asesor", id, PLAIN, &aviso("Entregar llaves", "asesor", None)).await.unwrap();
    let note = casa.write("asesor", id, PLAIN, "a").await.unwrap();
    let asked = |faltas: &[api::fase::FaltaVista]| {
        let avisos = faltas.iter().filter(|f| matches!(f.falta, Falta::Avisos { .. }));
        avisos.map(|f| (f.nombre.clone(), f.fase.0.clone())).collect::<Vec<_>>()
    };
    assert!(asked(&casa.detail("jefe", id).await.unwrap().faltas).is_empty(), "only closing asks for them");
    casa.until_last_but_one(id).await;
    let one = [("Un aviso sin hacer".to_owned(), "entrega".to_owned())];
    assert_eq!(asked(&casa.detail("asesor", id).await.unwrap().faltas), one);
    let refused = casa.step("jefe", id, Avanzar, None).await.unwrap_err();
    assert_eq!((refused.codigo.as_str(), asked(&refused.faltas)), ("fase-bloqueada", one.to_vec()));
    casa.give("asesor", id, PLAIN, &aviso("Otro", "jefe", None)).await.unwrap();
    assert_eq!(asked(&casa.detail("asesor", id).await.unwrap().faltas)[0].0, "2 avisos sin hacer");

    assert_eq!(casa.step("jefe", id, Forzar, Some("urge")).await.unwrap(), "cerrado");
    assert!(casa.detail("asesor", id).await.unwrap().faltas.is_empty());
    assert_eq!(codigo(casa.write("asesor", id, PLAIN, "x").await), "estado");
    assert_eq!(codigo(casa.rewrite("asesor", note.id, PLAIN, "x").await), "estado");
    assert_eq!(codigo(casa.remove("asesor", format!("/notas/{}", note.id), PLAIN).await), "estado");
    assert_eq!(codigo(casa.give("asesor", id, PLAIN, &aviso("x", "jefe", None)).await), "estado");
    assert_eq!(codigo(casa.alter("asesor", given.id, PLAIN, &hecho(true)).await), "estado");
    assert_eq!(codigo(casa.remove("asesor", format!("/avisos/{}", given.id), PLAIN).await), "estado");
    assert_eq!(casa.mine("asesor").await.total, 0, "nothing can be done about it while it is closed");
    casa.step("jefe", id, Retroceder, Some("faltaba algo")).await.unwrap();
    assert_eq!(casa.mine("asesor").await.total, 1);
}
