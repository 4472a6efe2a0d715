//! How sharp pages are asked for, and what is fetched before anybody asks.

use crate::dsl::*;
use domain::EstadoDocumento::Pendiente;
use expedientes::effect::{Effect, Timer};
use expedientes::msg::Msg;
use expedientes::state::nitidez::Nitidez;
use expedientes::state::preview::{Shown, Signature};
use graphics::Picture;
use std::sync::Arc;

/// Bytes in a second of a line of 64 kbit/s, and of a good one.
const NARROW: Option<u64> = Some(8_000);
const WIDE: Option<u64> = Some(2_000_000);

/// Somebody at the documents of an expediente with three of them, on a line that is known.
fn at_a_line(rate: Option<u64>) -> Play {
    let mut play = Play::work();
    let documentos = [(11, "pedido"), (12, "dni"), (13, "factura")];
    let documentos = documentos.map(|(id, tipo)| documento(id, 1, tipo, Pendiente));
    play.keys("R").detalle(detalle(1, 4, documentos.into()));
    play.msg(Msg::Bytes { up: 0, down: 0, rate });
    play.keys("2").effects.clear();
    play
}

/// The selection has rested: what is asked for.
fn asks(play: &mut Play) -> Option<(u64, Signature)> {
    play.msg(Msg::Timer(Timer::PreviewDebounce));
    loads(play)
}

fn loads(play: &mut Play) -> Option<(u64, Signature)> {
    play.effects().into_iter().find_map(|effect| match effect {
        Effect::LoadPage { generation, signature, .. } => Some((generation, signature)),
        _ => None,
    })
}

fn comes(play: &mut Play, (generation, signature): (u64, Signature), pages: u32) {
    let shown = picture(&signature);
    play.msg(Msg::Page { generation, signature, shown, pages: Some(pages), firmas: 0, offline: false });
}

fn picture(of: &Signature) -> Shown {
    let pixels = image::RgbImage::new(of.width, of.height);
    Shown::Picture {
        of: of.clone(),
        picture: Picture::new(Arc::new([]), Arc::new(pixels)),
        whole: (of.width, of.height),
    }
}

fn ahead(effects: &[Effect]) -> Vec<(i64, u32)> {
    let of = |effect: &Effect| match effect {
        Effect::PrefetchPages { signatures } => Some(signatures.iter().map(|s| (s.documento.0, s.page)).collect()),
        _ => None,
    };
    effects.iter().find_map(of).unwrap_or_default()
}

#[test]
fn a_narrow_line_carries_the_small_page_until_somebody_asks_for_more() {
    let mut play = at_a_line(NARROW);
    let small = asks(&mut play).unwrap();
    assert_eq!(small.1.nitidez, Nitidez::Reducida);
    comes(&mut play, small, 1);
    let stays = |effects: &[Effect]| effects.iter().any(|e| matches!(e, Effect::Wake { timer: Timer::Sharpen, .. }));
    assert!(!stays(&play.effects()), "so narrow a line is not filled with what nobody has asked for");
    play.keys("=");
    let sharp = loads(&mut play).unwrap();
    assert_eq!(sharp.1.nitidez, Nitidez::Normal);
    comes(&mut play, sharp, 1);
    play.keys("=");
    assert_eq!(loads(&mut play).unwrap().1.nitidez, Nitidez::Completa);
    play.keys("j");
    assert_eq!(asks(&mut play).unwrap().1.nitidez, Nitidez::Reducida, "the next one is as the line has it");
}

#[test]
fn who_stays_gets_a_sharper_page_and_who_leaves_does_not() {
    let mut play = at_a_line(Some(24_000));
    let small = asks(&mut play).unwrap();
    comes(&mut play, small, 1);
    play.msg(Msg::Timer(Timer::Sharpen));
    assert_eq!(loads(&mut play).unwrap().1.nitidez, Nitidez::Normal);

    let mut play = at_a_line(Some(24_000));
    let small = asks(&mut play).unwrap();
    comes(&mut play, small, 1);
    play.keys("j").effects.clear();
    play.msg(Msg::Timer(Timer::Sharpen));
    assert_eq!(loads(&mut play), None);
}

#[test]
fn a_good_line_carries_sharp_pages_and_brings_the_next_ones() {
    let mut play = at_a_line(WIDE);
    let page = asks(&mut play).unwrap();
    assert_eq!((page.1.nitidez, page.1.percent), (Nitidez::Normal, 100));
    comes(&mut play, page, 4);
    assert_eq!(ahead(&play.effects()), [(11, 2), (12, 1), (13, 1)]);
}

#[test]
fn a_narrow_line_is_let_rest_before_one_page_is_fetched_ahead() {
    let mut play = at_a_line(NARROW);
    let page = asks(&mut play).unwrap();
    comes(&mut play, page, 1);
    assert_eq!(ahead(&play.effects()), []);
    play.msg(Msg::Timer(Timer::Ahead));
    assert_eq!(ahead(&play.effects()), [(12, 1)]);
}

#[test]
fn whoever_moves_on_drops_what_was_under_way_but_not_what_is_wanted_now() {
    let mut play = at_a_line(WIDE);
    asks(&mut play).unwrap();
    play.keys("j");
    let effects = play.effects();
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::DropPages { but } => but.clone(),
        _ => None,
    });
    assert_eq!(kept.map(|of| of.documento.0), Some(12));
    assert!(effects.iter().any(|e| matches!(e, Effect::PeekPage { signature } if signature.documento.0 == 12)));
}

#[test]
fn what_is_here_is_shown_at_once_and_not_asked_for_again() {
    let mut play = at_a_line(WIDE);
    play.keys("j");
    let wanted = play.effects().into_iter().find_map(|effect| match effect {
        Effect::PeekPage { signature } => Some(signature),
        _ => None,
    });
    let sharper = Signature { nitidez: Nitidez::Completa, ..wanted.unwrap() };
    play.msg(Msg::Peeked { shown: picture(&sharper), pages: Some(1), firmas: 0 });
    assert!(matches!(&play.state.preview.sheet.shown, Shown::Picture { of, .. } if *of == sharper));
    assert_eq!(asks(&mut play), None);
    play.keys("k").effects.clear();
    play.msg(Msg::Peeked { shown: picture(&sharper), pages: Some(1), firmas: 0 });
    assert!(matches!(&play.state.preview.sheet.shown, Shown::Nothing), "it is of the document that was left");
}

#[test]
fn signatures_of_a_page_that_was_fetched_ahead_are_asked_for_too() {
    let mut play = at_a_line(WIDE);
    play.keys("j");
    let wanted = play.effects().into_iter().find_map(|effect| match effect {
        Effect::PeekPage { signature } => Some(signature),
        _ => None,
    });
    play.msg(Msg::Peeked { shown: picture(&wanted.unwrap()), pages: Some(1), firmas: 2 });
    assert!(play.effects().iter().any(|e| matches!(e, Effect::LoadFirmas { documento, .. } if documento.0 == 12)));
}
