//! Notes and avisos: who writes, who changes, who is told, and what they keep from being closed.

use super::casa::{Answer, Casa, With, codigo};
use api::aviso::{AvisoCambio, AvisoNuevo, AvisoVista, Destinatario, MisAvisos};
use api::evento::{Clase, Evento};
use api::fase::Paso::{Avanzar, Forzar, Retroceder};
use api::lista::Lista;
use api::nota::{MAX_TEXTO, NotaTexto, NotaVista};
use domain::gate::Falta;
use domain::{AvisoId, ExpedienteId, NotaId};
use reqwest::{Method, Response};

const PLAIN: With = With { if_match: None, key: None };

fn keyed(key: &'static str) -> With {
    With { key: Some(key), ..PLAIN }
}

fn nota(texto: &str) -> NotaTexto {
    NotaTexto { texto: texto.to_owned() }
}

fn aviso(texto: &str, para: &str, vence: Option<&str>) -> AvisoNuevo {
    AvisoNuevo { texto: texto.to_owned(), para: para.to_owned(), vence: vence.map(str::to_owned) }
}

fn hecho(hecho: bool) -> AvisoCambio {
    AvisoCambio { hecho: Some(hecho), ..AvisoCambio::default() }
}

fn vence(day: &str) -> AvisoCambio {
    AvisoCambio { vence: Some(day.to_owned()), ..AvisoCambio::default() }
}

impl Casa {
    async fn write(&self, who: &'static str, id: ExpedienteId, with: With, texto: &str) -> Answer<NotaVista> {
        self.send(who, Method::POST, &format!("/expedientes/{id}/notas"), with, &nota(texto)).await
    }

    async fn rewrite(&self, who: &'static str, id: NotaId, with: With, texto: &str) -> Answer<NotaVista> {
        self.send(who, Method::PATCH, &format!("/notas/{id}"), with, &nota(texto)).await
    }

    async fn remove(&self, who: &'static str, path: String, with: With) -> Answer<()> {
        self.send(who, Method::DELETE, &path, with, &()).await
    }

    async fn give(&self, who: &'static str, id: ExpedienteId, with: With, nuevo: &AvisoNuevo) -> Answer<AvisoVista> {
        self.send(who, Method::POST, &format!("/expedientes/{id}/avisos"), with, nuevo).await
    }

    async fn alter(&self, who: &'static str, id: AvisoId, with: With, cambio: &AvisoCambio) -> Answer<AvisoVista> {
        self.send(who, Method::PATCH, &format!("/avisos/{id}"), with, cambio).await
    }

    async fn mine(&self, who: &'static str) -> MisAvisos {
        self.get(who, "/avisos").await.unwrap()
    }

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
async fn a_note_is_its_authors_to_change_and_everybodys_to_read() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let first = casa.write("asesor", id, PLAIN, " Prefiere el rojo.\r\nLlamar por la tarde.\n").await.unwrap();
    assert_eq!(first.texto, "Prefiere el rojo.\nLlamar por la tarde.");
    assert_eq!((first.por.as_str(), first.quien.as_str(), first.cambiada), ("asesor", "asesor de Pruebas", false));
    let second = casa.write("administrativo", id, PLAIN, "Falta la ficha técnica").await.unwrap();
    let detail = casa.detail("jefe", id).await.unwrap();
    assert_eq!((detail.revision, &detail.notas), (3, &vec![second.clone(), first.clone()]));

    for who in ["administrativo", "jefe"] {
        assert_eq!(codigo(casa.rewrite(who, first.id, PLAIN, "otra cosa").await), "sin-permiso");
        assert_eq!(codigo(casa.remove(who, format!("/notas/{}", first.id), PLAIN).await), "sin-permiso");
    }
    let changed = casa.rewrite("asesor", first.id, PLAIN, "Prefiere el blanco").await.unwrap();
    assert_eq!(
        (changed.texto.as_str(), changed.cambiada, &changed.cuando),
        ("Prefiere el blanco", true, &first.cuando)
    );
    casa.rewrite("asesor", first.id, PLAIN, "Prefiere el blanco ").await.unwrap();
    assert_eq!(casa.detail("jefe", id).await.unwrap().revision, 4, "the same text is no change");
    casa.remove("asesor", format!("/notas/{}", first.id), PLAIN).await.unwrap();
    assert_eq!(casa.detail("administrativo", id).await.unwrap().notas, [second]);
    assert_eq!(codigo(casa.rewrite("asesor", first.id, PLAIN, "x").await), "no-encontrado");
    assert_eq!(codigo(casa.remove("asesor", format!("/notas/{}", first.id), PLAIN).await), "no-encontrado");

    let history = casa.history("jefe", id).await.unwrap();
    let said: Vec<_> = history.iter().rev().skip(1).map(|entry| (entry.clase, entry.texto.as_str())).collect();
    let lines = "Prefiere el rojo. Llamar por la tarde.";
    assert_eq!(
        said,
        [
            (Clase::NotaEscrita, lines),
            (Clase::NotaEscrita, "Falta la ficha técnica"),
            (Clase::NotaCambiada, "Prefiere el blanco"),
            (Clase::NotaBorrada, "Prefiere el blanco"),
        ]
    );
    let told = ["expediente-creado", "nota-escrita", "nota-escrita", "nota-cambiada", "nota-borrada"];
    assert_eq!(casa.audited(id).await, told);
    assert_eq!(casa.told(id).await.into_iter().map(|(clase, _)| clase).collect::<Vec<_>>(), told);
    let kept: String = sqlx::query_scalar("SELECT texto FROM nota WHERE id = ? AND borrada IS NOT NULL")
        .bind(first.id.0)
        .fetch_one(&mut *casa.service.state().db.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(kept, "Prefiere el blanco");
}

#[tokio::test]
async fn a_text_is_cleaned_and_neither_empty_nor_too_long() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let hostile = casa.write("asesor", id, PLAIN, "\u{1b}]0;x\u{7}uno\t\u{0}\u{202e}dos\n\u{9b}31m").await.unwrap();
    assert_eq!(hostile.texto, "]0;xuno    dos\n31m");
    let long = "ñ".repeat(MAX_TEXTO);
    assert_eq!(casa.write("asesor", id, PLAIN, &long).await.unwrap().texto, long);
    assert_eq!(
        casa.history("asesor", id).await.unwrap()[0].texto.chars().count(),
        101,
        "the history shows its beginning"
    );
    let (own, given) = (hostile.id, casa.give("asesor", id, PLAIN, &aviso("a", "asesor", None)).await.unwrap().id);
    let revision = casa.detail("asesor", id).await.unwrap().revision;
    for wrong in ["", " \n\t ", "\u{1b}\u{200b}", &format!("{long}x")] {
        let cambio = AvisoCambio { texto: Some(wrong.to_owned()), ..AvisoCambio::default() };
        for refused in [
            casa.write("asesor", id, PLAIN, wrong).await.unwrap_err(),
            casa.rewrite("asesor", own, PLAIN, wrong).await.unwrap_err(),
            casa.give("asesor", id, PLAIN, &aviso(wrong, "asesor", None)).await.unwrap_err(),
            casa.alter("asesor", given, PLAIN, &cambio).await.unwrap_err(),
        ] {
            let campos: Vec<&str> = refused.campos.iter().map(|campo| campo.campo.as_str()).collect();
            assert_eq!((refused.status, campos), (422, vec!["texto"]));
        }
    }
    assert_eq!(casa.detail("asesor", id).await.unwrap().revision, revision);
    let both = casa.give("asesor", id, PLAIN, &aviso("", "asesor", Some("ayer"))).await.unwrap_err();
    assert_eq!(both.campos.len(), 2, "all that is wrong is said at once");
}

#[tokio::test]
async fn the_same_key_writes_once() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let first = casa.write("asesor", id, keyed("n1"), "una").await.unwrap();
    assert_eq!(casa.write("asesor", id, keyed("n1"), "una").await.unwrap(), first);
    assert_eq!(codigo(casa.write("asesor", id, keyed("n1"), "otra").await), "clave-repetida");
    let given = casa.give("asesor", id, keyed("a1"), &aviso("x", "jefe", None)).await.unwrap();
    assert_eq!(casa.give("asesor", id, keyed("a1"), &aviso("x", "jefe", None)).await.unwrap(), given);
    casa.rewrite("asesor", first.id, keyed("n2"), "dos").await.unwrap();
    casa.rewrite("asesor", first.id, PLAIN, "tres").await.unwrap();
    assert_eq!(
        casa.rewrite("asesor", first.id, keyed("n2"), "dos").await.unwrap().texto,
        "dos",
        "what it came to then"
    );
    casa.alter("jefe", given.id, keyed("a2"), &hecho(true)).await.unwrap();
    casa.alter("jefe", given.id, PLAIN, &hecho(false)).await.unwrap();
    assert!(casa.alter("jefe", given.id, keyed("a2"), &hecho(true)).await.unwrap().hecho.is_some());
    for path in [format!("/notas/{}", first.id), format!("/avisos/{}", given.id)] {
        let key = if path.starts_with("/notas") { keyed("n3") } else { keyed("a3") };
        casa.remove("asesor", path.clone(), key).await.unwrap();
        casa.remove("asesor", path, key).await.unwrap();
    }
    let detail = casa.detail("asesor", id).await.unwrap();
    assert_eq!((detail.revision, detail.notas.len(), detail.avisos.len()), (9, 0, 0));
}

#[tokio::test]
async fn who_does_not_see_it_is_told_nothing_and_soporte_writes_nothing() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let (note, given) = (
        casa.write("asesor", id, PLAIN, "a").await.unwrap().id,
        casa.give("asesor", id, PLAIN, &aviso("a", "jefe", None)).await.unwrap().id,
    );
    for (who, code) in [
        ("asesor2", "no-encontrado"),
        ("asesor3", "no-encontrado"),
        ("jefe2", "no-encontrado"),
        ("administrativo2", "no-encontrado"),
        ("soporte", "sin-permiso"),
        ("admin", "sin-permiso"),
    ] {
        assert_eq!(codigo(casa.write(who, id, PLAIN, "x").await), code, "{who}");
        assert_eq!(codigo(casa.rewrite(who, note, PLAIN, "x").await), code, "{who}");
        assert_eq!(codigo(casa.remove(who, format!("/notas/{note}"), PLAIN).await), code, "{who}");
        assert_eq!(codigo(casa.give(who, id, PLAIN, &aviso("x", "jefe", None)).await), code, "{who}");
        assert_eq!(codigo(casa.alter(who, given, PLAIN, &hecho(true)).await), code, "{who}");
        assert_eq!(codigo(casa.remove(who, format!("/avisos/{given}"), PLAIN).await), code, "{who}");
        let people: Answer<Vec<Destinatario>> = casa.get(who, &format!("/expedientes/{id}/personas")).await;
        assert_eq!(codigo(people), code, "{who}");
    }
    for unknown in ["999", "9223372036854775807"] {
        assert_eq!(codigo(casa.remove("asesor", format!("/notas/{unknown}"), PLAIN).await), "no-encontrado");
        assert_eq!(codigo(casa.remove("asesor", format!("/avisos/{unknown}"), PLAIN).await), "no-encontrado");
    }
    assert_eq!(
        codigo(casa.remove("asesor", "/notas/9223372036854775808".to_owned(), PLAIN).await),
        "peticion-invalida"
    );
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
    let checked = server::store::audit::verify(&mut *casa.service.state().db.read().await.unwrap()).await.unwrap();
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

/// What comes next on a stream of events, after its beginning.
async fn heard(stream: &mut Response, text: &mut String) -> Evento {
    loop {
        if let Some((block, rest)) = text.split_once("\n\n").map(|(block, rest)| (block.to_owned(), rest.to_owned())) {
            *text = rest;
            let data = block.lines().find_map(|line| line.strip_prefix("data:"));
            if let Some(data) = data.filter(|_| !block.contains("event:")) {
                return serde_json::from_str(data).unwrap();
            }
            continue;
        }
        *text += std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap();
    }
}

#[tokio::test]
async fn who_sees_the_expediente_hears_of_it_and_nobody_else() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let listen = async |who| casa.request(who, Method::GET, "/eventos").await.send().await.unwrap();
    let (mut jefe, mut stranger) = (listen("jefe").await, listen("asesor3").await);
    casa.write("asesor", id, PLAIN, "a").await.unwrap();
    casa.give("asesor", id, PLAIN, &aviso("a", "jefe", None)).await.unwrap();
    let own = casa.open_as("asesor3", &[]).await.unwrap().id;
    let mut text = String::new();
    for (clase, revision) in [(Clase::NotaEscrita, 2), (Clase::AvisoPuesto, 3)] {
        let evento = heard(&mut jefe, &mut text).await;
        assert_eq!((evento.clase, evento.expediente, evento.revision), (clase, Some(id), Some(revision)));
        assert_eq!(evento.quien, "asesor");
    }
    assert_eq!(heard(&mut stranger, &mut String::new()).await.expediente, Some(own));
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

#[tokio::test]
async fn an_expediente_takes_two_hundred_of_each() {
    let casa = Casa::new().await;
    let id = casa.open(&[]).await.id;
    let first = casa.write("asesor", id, PLAIN, "primera").await.unwrap();
    let given = casa.give("asesor", id, PLAIN, &aviso("primero", "asesor", None)).await.unwrap();
    let done = casa.give("asesor", id, PLAIN, &aviso("hecho", "asesor", None)).await.unwrap();
    casa.alter("asesor", done.id, PLAIN, &hecho(true)).await.unwrap();
    for _ in 1..200 {
        casa.write("asesor", id, PLAIN, "otra").await.unwrap();
        casa.give("asesor", id, PLAIN, &aviso("otro", "asesor", None)).await.unwrap();
    }
    assert_eq!(codigo(casa.write("asesor", id, PLAIN, "una más").await), "estado");
    assert_eq!(codigo(casa.give("asesor", id, PLAIN, &aviso("uno más", "asesor", None)).await), "estado");
    assert_eq!(codigo(casa.alter("asesor", done.id, PLAIN, &hecho(false)).await), "estado");
    let mine = casa.mine("asesor").await;
    assert_eq!((mine.items.len(), mine.total), (200, 200));
    casa.remove("asesor", format!("/notas/{}", first.id), PLAIN).await.unwrap();
    casa.alter("asesor", given.id, PLAIN, &hecho(true)).await.unwrap();
    casa.write("asesor", id, PLAIN, "una más").await.unwrap();
    casa.give("asesor", id, PLAIN, &aviso("uno más", "asesor", None)).await.unwrap();
}
