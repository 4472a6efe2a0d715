//! The events stream: two clients see each other's changes, nothing is missed, nothing of others is told.

use super::casa::{Casa, Persona};
use super::tus::{self, Meta};
use api::evento::{Clase, Evento};
use reqwest::{Method, Response};

/// A client that listens.
struct Ear {
    answer: Response,
    text: String,
}

/// What it hears.
#[derive(Debug, PartialEq)]
struct Heard {
    name: String,
    id: i64,
    evento: Evento,
}

impl Ear {
    async fn open(who: &Persona, query: &str) -> Self {
        let answer = who.at(Method::GET, &format!("/eventos{query}")).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, text: String::new() }
    }

    /// The next event; `None` at the end of the stream.
    async fn hear(&mut self) -> Option<Heard> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())) {
                self.text = rest;
                let field = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
                };
                if field("data:").is_empty() {
                    continue;
                }
                let evento = serde_json::from_str(&field("data:")).unwrap();
                return Some(Heard { name: field("event:"), id: field("id:").parse().unwrap(), evento });
            }
            self.text += std::str::from_utf8(&self.answer.chunk().await.unwrap()?).unwrap();
        }
    }
}

async fn upload(who: &Persona, expediente: i64, content: &str) -> i64 {
    tus::upload(who, &Meta::new(expediente, "oferta", "a.txt"), content.as_bytes()).await
}

#[tokio::test]
async fn two_clients_see_each_others_changes() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let (mut a, mut b) = (Ear::open(&asesor, "").await, Ear::open(&admin, "").await);
    let (a0, b0) = (a.hear().await.unwrap(), b.hear().await.unwrap());
    assert_eq!((a0.name.as_str(), a0.id), ("inicio", b0.id));
    let id = upload(&asesor, casa.expediente(), "uno").await;
    for ear in [&mut a, &mut b] {
        let heard = ear.hear().await.unwrap();
        assert_eq!(
            (heard.evento.clase, heard.evento.documento.unwrap().0, heard.name.as_str()),
            (Clase::DocumentoSubido, id, "")
        );
        assert_eq!(heard.evento.revision, Some(casa.revision(casa.expediente()).await));
        assert_eq!((heard.evento.quien.as_str(), heard.id), (asesor.usuario(), heard.evento.seq));
    }
}

#[tokio::test]
async fn a_client_that_was_away_misses_nothing_and_hears_nothing_of_others() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let start = Ear::open(&asesor, "").await.hear().await.unwrap().id;
    let mine = upload(&asesor, casa.expediente(), "uno").await;
    let other = upload(&admin, casa.expediente_of_another(), "dos").await;
    let mine_too = upload(&admin, casa.expediente(), "tres").await;
    let documents = async |who: &Persona, query: &str, header: Option<i64>, count: usize| {
        let mut request = who.at(Method::GET, &format!("/eventos{query}"));
        if let Some(seq) = header {
            request = request.header("last-event-id", seq);
        }
        let mut ear = Ear { answer: request.send().await.unwrap(), text: String::new() };
        assert_eq!(ear.hear().await.unwrap().name, "inicio");
        let mut heard = Vec::new();
        for _ in 0..count {
            heard.push(ear.hear().await.unwrap().evento.documento.unwrap().0);
        }
        heard
    };
    let since = format!("?desde={start}");
    assert_eq!(documents(&asesor, &since, None, 2).await, [mine, mine_too]);
    assert_eq!(documents(&admin, &since, None, 3).await, [mine, other, mine_too]);
    // `Last-Event-ID`, which a browser sends by itself, goes before what the address says.
    assert_eq!(documents(&admin, "?desde=0", Some(start), 1).await, [mine]);
    let nonsense =
        admin.at(Method::GET, "/eventos").header("last-event-id", "9223372036854775808").send().await.unwrap();
    assert_eq!(nonsense.json::<api::Problem>().await.unwrap().codigo, api::Codigo::PeticionInvalida);
}

#[tokio::test]
async fn who_was_away_too_long_is_told_to_read_again() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let start = Ear::open(&asesor, "").await.hear().await.unwrap().id;
    for text in ["uno", "dos", "tres"] {
        upload(&asesor, casa.expediente(), text).await;
    }
    let mut tx = casa.state().db.write().await.unwrap();
    server::store::eventos::purge(&mut tx, i64::MAX).await.unwrap();
    tx.commit().await.unwrap();
    for seq in [start, start + 1_000] {
        let first = Ear::open(&asesor, &format!("?desde={seq}")).await.hear().await.unwrap();
        assert_eq!((first.name.as_str(), first.id), ("reinicio", start + 3));
    }
    let mut ear = Ear::open(&asesor, &format!("?desde={}", start + 2)).await;
    assert_eq!(ear.hear().await.unwrap().name, "inicio");
    assert_eq!(ear.hear().await.unwrap().id, start + 3);
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let mut ear = Ear::open(&asesor, "").await;
    ear.hear().await.unwrap();
    let ended = asesor.at(Method::DELETE, "/sesion").send().await.unwrap();
    assert!(ended.status().is_success(), "{}", ended.status());
    assert_eq!(ear.hear().await, None);
}

#[tokio::test]
async fn a_stream_ends_when_its_person_is_put_out() {
    let casa = Casa::start().await;
    let asesor = casa.asesor();
    let mut ear = Ear::open(&asesor, "").await;
    ear.hear().await.unwrap();
    server::admin::set_active(&casa.state().db, asesor.usuario(), false).await.unwrap();
    upload(&casa.administrativo(), casa.expediente(), "uno").await;
    assert_eq!(ear.hear().await, None, "nothing is told any more");
}

#[tokio::test]
async fn a_stream_follows_its_person_to_another_role() {
    let casa = Casa::start().await;
    let (asesor, admin) = (casa.asesor(), casa.administrativo());
    let db = &casa.state().db;
    let give = async |rol| {
        let change = server::admin::Change { rol: Some(rol), ..Default::default() };
        server::admin::change_user(db, asesor.usuario(), &change).await.unwrap();
    };
    let mut ear = Ear::open(&asesor, "").await;
    let start = ear.hear().await.unwrap().id;
    give(domain::Rol::Administrativo).await;
    let of_another = upload(&admin, casa.expediente_of_another(), "uno").await;
    let again = ear.hear().await.unwrap();
    assert_eq!((again.name.as_str(), again.id), ("reinicio", start), "what is shown is to be read again");
    assert_eq!(ear.hear().await.unwrap().evento.documento.unwrap().0, of_another);
    give(domain::Rol::Asesor).await;
    upload(&admin, casa.expediente_of_another(), "dos").await;
    let own = upload(&admin, casa.expediente(), "tres").await;
    assert_eq!(ear.hear().await.unwrap().name, "reinicio");
    assert_eq!(ear.hear().await.unwrap().evento.documento.unwrap().0, own, "those of others are theirs again");
}

#[tokio::test]
async fn a_stream_ends_when_the_service_stops() {
    let casa = Casa::start().await;
    let mut ear = Ear::open(&casa.asesor(), "").await;
    ear.hear().await.unwrap();
    casa.state().stopping().cancel();
    assert_eq!(ear.hear().await, None);
}
