//! Notes, and what holds for avisos as well: text, keys, who may, who is told, how many.

use super::casa::{Answer, Casa, With, codigo};
use api::aviso::{AvisoCambio, AvisoNuevo, AvisoVista, Destinatario, MisAvisos};
use api::evento::{Clase, Evento};
use api::nota::{MAX_TEXTO, NotaTexto, NotaVista};
use domain::{AvisoId, ExpedienteId, NotaId};
use reqwest::{Method, Response};

pub const PLAIN: With = With { if_match: None, key: None };

fn keyed(key: &'static str) -> With {
    With { key: Some(key), ..PLAIN }
}

fn nota(texto: &str) -> NotaTexto {
    NotaTexto { texto: texto.to_owned() }
}

pub fn aviso(texto: &str, para: &str, vence: Option<&str>) -> AvisoNuevo {
    AvisoNuevo { texto: texto.to_owned(), para: para.to_owned(), vence: vence.map(str::to_owned) }
}

pub fn hecho(hecho: bool) -> AvisoCambio {
    AvisoCambio { hecho: Some(hecho), ..AvisoCambio::default() }
}

impl Casa {
    pub async fn write(&self, who: &'static str, id: ExpedienteId, with: With, texto: &str) -> Answer<NotaVista> {
        self.send(who, Method::POST, &format!("/expedientes/{id}/notas"), with, &nota(texto)).await
    }

    pub async fn rewrite(&self, who: &'static str, id: NotaId, with: With, texto: &str) -> Answer<NotaVista> {
        self.send(who, Method::PATCH, &format!("/notas/{id}"), with, &nota(texto)).await
    }

    pub async fn remove(&self, who: &'static str, path: String, with: With) -> Answer<()> {
        self.send(who, Method::DELETE, &path, with, &()).await
    }

    pub async fn give(
        &self,
        who: &'static str,
        id: ExpedienteId,
        with: With,
        nuevo: &AvisoNuevo,
    ) -> Answer<AvisoVista> {
        self.send(who, Method::POST, &format!("/expedientes/{id}/avisos"), with, nuevo).await
    }

    pub async fn alter(&self, who: &'static str, id: AvisoId, with: With, cambio: &AvisoCambio) -> Answer<AvisoVista> {
        self.send(who, Method::PATCH, &format!("/avisos/{id}"), with, cambio).await
    }

    pub async fn mine(&self, who: &'static str) -> MisAvisos {
        self.get(who, "/avisos").await.unwrap()
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
