//! Work that is not done when the program ends, and the run after it.

use crate::dsl::*;
use domain::{DocumentoId, ExpedienteId};
use expedientes::effect::{Effect, Write};
use expedientes::msg::Msg;
use expedientes::state::outbox::Sent;
use expedientes::state::overlay::Overlay;
use expedientes::state::trabajo::{Subida, Trabajo};
use expedientes::state::transfers::Job;

/// Signed in, and nothing was left.
fn kept() -> Play {
    let mut play = Play::work();
    play.msg(Msg::Kept(Trabajo::default()));
    play.effects.clear();
    play
}

/// What was kept last.
fn last(play: &mut Play) -> Option<Trabajo> {
    play.effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Keep(trabajo) => Some(*trabajo),
            _ => None,
        })
        .next_back()
}

#[test]
fn what_is_typed_is_kept_and_what_is_saved_is_not() {
    let mut play = kept();
    play.keys("jk");
    assert_eq!(last(&mut play), None, "nothing has changed");
    play.keys("4e<end>x");
    let trabajo = last(&mut play).unwrap();
    let indice = trabajo.indices[0].clone();
    assert_eq!(indice.texts.get("cliente").map(String::as_str), Some("Cliente 1x"));
    play.keys("<ctrl-s>");
    assert!(last(&mut play).unwrap().indices[0].saving.is_some(), "with its key");
    let generation = play.state.indice.edit.as_ref().unwrap().saving.as_ref().unwrap().generation;
    let answer = Ok(cambiado(4, &[("cliente", domain::Valor::from("Cliente 1x"))]));
    play.msg(Msg::IndiceSaved { generation, id: ExpedienteId(1), answer });
    assert!(last(&mut play).unwrap().is_empty());
}

#[test]
fn nothing_is_kept_before_it_is_known_what_there_was() {
    let mut play = Play::work();
    play.keys("4e<end>x");
    assert_eq!(last(&mut play), None);
}

#[test]
fn an_index_goes_back_to_its_form_and_is_saved_on_the_revision_it_stood_on() {
    let mut before = kept();
    before.keys("4e<end>x");
    let left = last(&mut before).unwrap();
    let mut play = Play::work();
    play.keys("j").msg(Msg::Kept(left));
    assert!(play.told("recuperado-indice"));
    assert_eq!(last(&mut play), None, "it is kept already");
    play.keys("k");
    play.keys("e<ctrl-s>");
    let saved = play.asked().into_iter().find_map(|effect| match effect {
        Effect::SaveIndice { id, revision, campos, .. } => Some((id.0, revision, campos)),
        _ => None,
    });
    let campos = [("cliente".into(), Some(domain::Valor::from("Cliente 1x")))];
    assert_eq!(saved, Some((1, 3, campos.into())));
}

#[test]
fn of_another_modelo_it_waits_for_it_and_stays_kept() {
    let mut before = kept();
    before.keys("4e<end>x");
    let mut left = last(&mut before).unwrap();
    left.indices[0].modelo = "postventa".into();
    let mut play = Play::work();
    play.msg(Msg::Kept(left.clone()));
    assert!(play.state.indice.edit.is_none());
    play.keys("2v");
    assert_eq!(last(&mut play).unwrap().indices, left.indices);
}

#[test]
fn a_new_expediente_opens_as_it_was() {
    let mut before = kept();
    before.keys("n<enter>Gil<pagedown>");
    let left = last(&mut before).unwrap();
    let key = left.nuevos[0].key.clone();
    let mut play = Play::work();
    play.msg(Msg::Kept(left)).effects.clear();
    assert!(matches!(play.state.top(), Some(Overlay::NewExpediente(_))) && play.told("recuperado-nuevo"));
    play.keys("<ctrl-s>");
    let sent = play.asked().into_iter().find_map(|effect| match effect {
        Effect::Create { nuevo, key, .. } => Some((nuevo.indice, key)),
        _ => None,
    });
    let (indice, sent_key) = sent.unwrap();
    assert_eq!((indice.get("cliente"), sent_key), (Some(&domain::Valor::from("Gil")), key));
}

#[test]
fn changes_and_uploads_go_on_under_their_keys() {
    let sent = Sent {
        key: "k-1".to_owned(),
        write: Write::RecoverDocumento { documento: DocumentoId(7) },
        since: 0,
        waiting: false,
    };
    let job = Job::Upload {
        expediente: ExpedienteId(1),
        tipo: "dni".into(),
        version_of: None,
        path: "/casa/dni.pdf".into(),
        key: "k-2".to_owned(),
    };
    let subida = Subida { job: job.clone(), nombre: "dni.pdf".to_owned(), bytes: 9 };
    let left = Trabajo { cambios: vec![sent.clone()], subidas: vec![subida], ..Trabajo::default() };
    let mut play = Play::work();
    play.msg(Msg::Kept(left.clone()));
    assert!(play.told("recuperado-cambios") && play.told("recuperado-subidas"));
    let asked = play.asked();
    assert!(asked.contains(&sent.effect()) && asked.contains(&Effect::StartTransfer { id: 1, job }), "{asked:?}");
    assert_eq!(Trabajo::of(&play.state), left, "until they are answered");
}

#[test]
fn somebody_else_sees_nothing_of_it_and_it_stays_for_its_owner() {
    let mut play = kept();
    play.keys("4e<end>x").effects.clear();
    play.msg(Msg::SignedOut);
    assert_eq!(last(&mut play), None, "what is kept is not touched");
    assert!(play.state.trabajo.is_none() && play.state.recuperado.is_empty());
}

#[test]
fn what_is_typed_elsewhere_displaces_nothing_that_waits() {
    let mut before = kept();
    before.keys("4e<end>x");
    let mut left = last(&mut before).unwrap();
    left.indices[0].modelo = "postventa".into();
    let mut play = Play::work();
    play.msg(Msg::Kept(left.clone()));
    play.keys("4e<end>y");
    let now = last(&mut play).unwrap();
    assert_eq!((now.indices.len(), &now.indices[1]), (2, &left.indices[0]));
}
