//! The viewer: pages, zoom, parts of pages, what is looked for in them, two pages, passwords and signatures.

use crate::dsl::*;
use api::Codigo;
use api::documento::{EstadoFirma, FirmaVista, Firmas, Hallazgo, Hallazgos};
use domain::DocumentoId;
use domain::EstadoDocumento::Pendiente;
use expedientes::action::Action;
use expedientes::effect::{Effect, Timer};
use expedientes::msg::Msg;
use expedientes::state::overlay::Overlay;
use expedientes::state::preview::{Crop, Drawing, Fit, Half, Shown, Signature};
use expedientes::state::{Pane, State};
use expedientes::update::{Input, overlay, preview};
use expedientes::view::hit::{Gesture, Hit, Target};
use graphics::{CellSize, Picture, Protocol};
use image::RgbImage;
use std::sync::Arc;

/// Somebody at the pane of the page of a document of three pages, on a terminal that draws pictures; the first one is on screen.
fn at_a_page() -> Play {
    let mut play = Play::work();
    let documentos = [(11, "pedido"), (12, "dni")].map(|(id, tipo)| documento(id, 1, tipo, Pendiente));
    play.keys("R").detalle(detalle(1, 4, documentos.into()));
    play.state.preview.drawing =
        Drawing { protocol: Protocol::Kitty, cell: CellSize { width: 8, height: 16 }, ..Drawing::default() };
    play.keys("3").effects.clear();
    play.msg(Msg::Timer(Timer::PreviewDebounce));
    comes(&mut play, 3);
    play
}

/// The page that was asked for last.
fn loads(play: &mut Play) -> Option<(u64, Signature, bool)> {
    play.effects().into_iter().rev().find_map(|effect| match effect {
        Effect::LoadPage { generation, signature, pinned } => Some((generation, signature, pinned)),
        _ => None,
    })
}

/// It comes: an A4 page in its box, or the part of it.
fn comes(play: &mut Play, pages: u32) -> Signature {
    let (generation, signature, _) = loads(play).expect("a page is asked for");
    let shown = shown(&signature);
    play.msg(Msg::Page {
        generation,
        signature: signature.clone(),
        shown,
        pages: Some(pages),
        firmas: 0,
        offline: false,
    });
    signature
}

fn shown(of: &Signature) -> Shown {
    if of.text {
        let lines: Vec<String> = (1..=40).map(|n| format!("línea {n} de la página {}", of.page)).collect();
        return Shown::Text { of: of.clone(), text: lines.join("\n").into() };
    }
    let (across, down) = if of.rotation.is_multiple_of(180) { (210, 297) } else { (297, 210) };
    let scale = (f64::from(of.width) / f64::from(across)).min(f64::from(of.height) / f64::from(down));
    let whole = ((f64::from(across) * scale) as u32, (f64::from(down) * scale) as u32);
    let part = of.crop.unwrap_or(Crop { x: 0, y: 0, width: whole.0, height: whole.1 });
    let (width, height) = (part.width.min(whole.0 - part.x), part.height.min(whole.1 - part.y));
    let picture = Picture::new(Arc::new([of.page as u8]), Arc::new(RgbImage::new(width, height)));
    Shown::Picture { of: of.clone(), picture, whole }
}

fn refused_page(play: &mut Play, codigo: Codigo) {
    let (generation, signature, _) = loads(play).expect("a page is asked for");
    let shown = Shown::Card { of: signature.clone(), reason: "No.".to_owned(), codigo: Some(codigo) };
    play.msg(Msg::Page { generation, signature, shown, pages: None, firmas: 0, offline: false });
}

fn on_page(state: &State) -> &Picture {
    match &state.preview.sheet.shown {
        Shown::Picture { picture, .. } => picture,
        other => panic!("no picture: {other:?}"),
    }
}

#[test]
fn a_page_is_gone_to_by_its_number_and_one_that_is_not_there_is_said() {
    let mut play = at_a_page();
    play.keys("P7<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Prompt(prompt)) if prompt.error.is_some()));
    play.keys("<backspace>3<enter>");
    assert!(play.state.overlays.is_empty());
    assert_eq!(comes(&mut play, 3).page, 3);
    play.keys("g");
    assert_eq!(comes(&mut play, 3).page, 1);
    play.keys("G");
    assert_eq!(play.state.preview.sheet.page, 3);
}

#[test]
fn turn_and_zoom_of_a_document_are_found_again() {
    let mut play = at_a_page();
    play.keys("rzz");
    play.keys("2j");
    assert_eq!((play.state.preview.sheet.zoom, play.state.preview.sheet.rotation), (100, 0), "another document");
    play.keys("k");
    assert_eq!((play.state.preview.sheet.zoom, play.state.preview.sheet.rotation), (200, 90));
}

#[test]
fn one_key_reads_through_the_document_and_back() {
    let mut play = at_a_page();
    play.keys("W");
    assert_eq!(play.state.preview.sheet.fit, Fit::Width);
    let of = comes(&mut play, 3);
    assert_eq!((of.width, of.height, of.crop), (480, 4096, None), "as wide as the pane");
    // 678 pixels are 42 rows, 22 more than the pane has.
    for _ in 0..8 {
        play.keys("J");
    }
    assert_eq!(
        (play.state.preview.sheet.page, play.state.preview.sheet.scroll),
        (1, 22),
        "first to the end of the page"
    );
    play.keys("J");
    assert_eq!((play.state.preview.sheet.page, play.state.preview.sheet.scroll), (2, 0));
    play.keys("K");
    assert_eq!(play.state.preview.sheet.page, 2, "where it ends is not known before it is here");
    comes(&mut play, 3);
    play.keys("K");
    comes(&mut play, 3);
    assert_eq!((play.state.preview.sheet.page, play.state.preview.sheet.scroll), (1, 22), "back to its end");
}

#[test]
fn of_a_large_page_the_part_that_is_seen_is_asked_for_and_not_at_every_row() {
    let mut play = at_a_page();
    for _ in 0..5 {
        play.keys("z");
    }
    let of = comes(&mut play, 3);
    assert_eq!((of.width, of.height), (1920, 1280));
    let part = of.crop.expect("a part");
    assert_eq!((part.width, part.height), (904, 640), "two panes at most, and no wider than the page");
    let mut asked = 0;
    for _ in 0..20 {
        play.keys("<down>");
        if let Some((generation, signature, _)) = loads(&mut play) {
            asked += 1;
            assert!(matches!(play.state.preview.sheet.shown, Shown::Picture { .. }), "the old part stays meanwhile");
            let shown = shown(&signature);
            play.msg(Msg::Page { generation, signature, shown, pages: Some(3), firmas: 0, offline: false });
        }
    }
    assert!((1..=3).contains(&asked), "{asked}");
}

#[test]
fn zooming_faster_than_pages_come_ends_at_the_last_zoom() {
    let mut play = at_a_page();
    play.keys("z");
    let first = loads(&mut play).expect("asked for");
    play.keys("z");
    let (generation, signature, _) = loads(&mut play).expect("asked for again");
    assert!(generation > first.0 && signature.width > first.1.width);
    let shown = shown(&first.1);
    play.msg(Msg::Page { generation: first.0, signature: first.1, shown, pages: Some(3), firmas: 0, offline: false });
    assert_eq!(on_page(&play.state).pixels().dimensions(), (226, 320), "late");
}

#[test]
fn the_middle_stays_in_the_middle_and_what_is_pointed_at_under_the_pointer() {
    let mut play = at_a_page();
    // 226 by 320 pixels: 28 columns in the middle of 60, all 20 rows.
    assert_eq!(on_page(&play.state).pixels().dimensions(), (226, 320));
    play.keys("zz");
    assert_eq!((play.state.preview.sheet.scroll_x, play.state.preview.sheet.scroll), (0, 10));
    play.keys("ZZ");
    let at = |gesture, at| Input::Mouse(Hit { target: Target::Page(Half::Selected), gesture, at });
    for _ in 0..5 {
        play.take(at(Gesture::ZoomIn, (30, 19)));
    }
    assert_eq!(play.state.preview.sheet.zoom, 400);
    assert!((57..=60).contains(&play.state.preview.sheet.scroll), "what was in the last row is still in it");
    play.take(at(Gesture::OtherClick, (30, 19)));
    assert_eq!(play.state.preview.sheet.zoom, 300);
    play.take(at(Gesture::Click, (0, 0)));
    assert_eq!(play.state.preview.sheet.zoom, 400, "a click on the page that has the focus");
}

#[test]
fn a_page_smaller_than_it_was_taken_to_be_is_shown_from_its_beginning() {
    let mut play = at_a_page();
    play.keys("zzzzz");
    comes(&mut play, 3);
    for _ in 0..30 {
        play.keys("J");
    }
    refused_page(&mut play, Codigo::RangoInvalido);
    let (_, of, _) = loads(&mut play).expect("asked for again");
    assert_eq!((of.crop.map(|crop| (crop.x, crop.y)), play.state.preview.sheet.scroll), (Some((0, 0)), 0));
}

#[test]
fn thumbnails_are_asked_for_a_few_at_a_time_and_no_more_when_left() {
    let mut play = at_a_page();
    play.state.preview.sheet.pages = Some(40);
    play.keys("M").effects.clear();
    let effects = overlay::thumbs::resized(&mut play.state, (3, 2), (14, 9));
    let asked = |effects: &[Effect]| -> Vec<(usize, u64, u32)> {
        let of = |effect: &Effect| match effect {
            Effect::LoadThumb { place, generation, signature } => Some((*place, *generation, signature.page)),
            _ => None,
        };
        effects.iter().filter_map(of).collect()
    };
    let first = asked(&effects);
    assert_eq!(first.iter().map(|(place, _, page)| (*place, *page)).collect::<Vec<_>>(), [(0, 1), (1, 2), (2, 3)]);
    let none = Shown::Nothing;
    play.msg(Msg::Thumb { generation: first[1].1, page: 2, shown: none.clone() });
    assert_eq!(asked(&play.effects()).iter().map(|(place, _, page)| (*place, *page)).collect::<Vec<_>>(), [(1, 4)]);
    play.msg(Msg::Thumb { generation: 1, page: 1, shown: none });
    assert!(asked(&play.effects()).is_empty(), "one that nobody waits for");
    // Far below other pages are seen: those above make room.
    play.keys("G");
    assert_eq!(asked(&play.effects()).iter().map(|(_, _, page)| *page).collect::<Vec<_>>(), [37, 38, 39]);
    play.keys("<up><left>");
    assert!(matches!(play.state.top(), Some(Overlay::Thumbs(thumbs)) if thumbs.selected == 36));
    play.keys("<enter>");
    assert!(play.state.overlays.is_empty() && play.effects.contains(&Effect::DropThumbs));
    assert_eq!(play.state.preview.sheet.page, 36);
}

fn hit(pagina: u32, top: u16) -> Hallazgo {
    Hallazgo { pagina, cajas: vec![[1_000, top, 3_000, top + 200]], texto: "línea 30".to_owned() }
}

/// What was typed is looked for, and the hits come.
fn finds(play: &mut Play, hallazgos: Vec<Hallazgo>) {
    play.timer(Timer::FindDebounce);
    let search = play.effects().into_iter().find_map(|effect| match effect {
        Effect::Find { generation, q, .. } => Some((generation, q)),
        _ => None,
    });
    let (generation, q) = search.expect("it is looked for");
    play.msg(Msg::Found { generation, q, answer: Ok(Hallazgos { paginas: 3, hallazgos, mas: false }) });
}

#[test]
fn what_is_looked_for_is_gone_to_from_one_to_the_next() {
    let mut play = at_a_page();
    play.keys("/línea 30");
    assert_eq!(play.state.focus, Pane::Preview);
    finds(&mut play, vec![hit(2, 1_000), hit(2, 9_000), hit(3, 100)]);
    assert_eq!(comes(&mut play, 3).page, 2, "the first one from the page on screen on");
    play.keys("<down>");
    let find = play.state.preview.find.as_ref().unwrap();
    assert_eq!((find.at, find.count(), play.state.preview.sheet.page), (1, 3, 2));
    play.keys("<enter>");
    assert_eq!(comes(&mut play, 3).page, 3);
    play.keys("<enter>");
    assert_eq!(comes(&mut play, 3).page, 2, "from the last one to the first");
    play.keys("<tab>z").effects.clear();
    assert!(!play.state.preview.find.as_ref().unwrap().typing && play.state.preview.sheet.zoom == 150);
    play.keys(".");
    assert_eq!(play.state.preview.find.as_ref().unwrap().at, 1);
    assert!(play.state.preview.sheet.scroll > 0, "the hit is brought into sight");
    play.keys(",");
    assert_eq!(play.state.preview.find.as_ref().unwrap().at, 0);
    play.keys("<esc>");
    assert!(play.state.preview.find.is_none() && play.state.focus == Pane::Preview);
}

#[test]
fn hits_are_lit_as_pictures_of_their_own_and_only_once() {
    let mut play = at_a_page();
    play.keys("/línea");
    finds(&mut play, vec![hit(1, 1_000), hit(1, 5_000)]);
    let inks: Vec<_> = play.effects().into_iter().filter(|effect| matches!(effect, Effect::Tint(_))).collect();
    let [Effect::Tint(ink)] = inks.as_slice() else { panic!("{inks:?}") };
    assert_eq!(ink.boxes[0], ([22, 32, 68, 39], true));
    assert!(!ink.boxes[1].1, "the second one is not the chosen one");
    let pieces = expedientes::preview::tint::pieces(ink);
    play.msg(Msg::Tinted { ink: ink.clone(), pieces });
    assert_eq!(play.state.preview.find.as_ref().unwrap().tinted.as_ref().unwrap().pieces.len(), 2);
    play.keys("<down>");
    assert!(
        play.effects().iter().any(|effect| matches!(effect, Effect::Tint(_))),
        "the other one is the chosen one now"
    );
    play.keys("<esc>");
    play.msg(Msg::Tinted { ink: ink.clone(), pieces: Vec::new() });
    assert!(play.state.preview.find.is_none(), "late, and nobody minds");
}

#[test]
fn what_is_looked_for_goes_with_its_document_and_a_refusal_is_told_in_the_box() {
    let mut play = at_a_page();
    play.keys("/algo").timer(Timer::FindDebounce);
    let (generation, _) = play.state.preview.find.as_ref().unwrap().pending.unwrap();
    play.msg(Msg::Found { generation, q: "algo".to_owned(), answer: Err(refused(Codigo::ClaveNecesaria)) });
    assert!(play.state.preview.find.as_ref().unwrap().error.is_some() && play.state.mensajes.toasts.is_empty());
    play.keys("<tab>2j");
    assert!(play.state.preview.find.is_none());
}

#[test]
fn lines_of_the_text_are_marked_and_copied() {
    let mut play = at_a_page();
    play.keys("V");
    assert!(play.told("marcar-en-texto"));
    play.keys("t");
    comes(&mut play, 3);
    play.keys("jjVjjy");
    let copied = play.effects().into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("línea 3 de la página 1\nlínea 4 de la página 1\nlínea 5 de la página 1"));
    assert_eq!(play.state.preview.sheet.anchor, None);
    play.keys("V<esc>");
    assert!(play.state.preview.sheet.anchor.is_none() && play.state.focus == Pane::Preview);
    for _ in 0..40 {
        play.keys("j");
    }
    assert_eq!((play.state.preview.sheet.page, play.state.preview.sheet.line), (2, 0), "from page to page");
}

#[test]
fn the_text_of_the_page_is_copied_from_anywhere() {
    let mut play = at_a_page();
    play.keys("2ytexto<enter>");
    let asked = play.effects().into_iter().find_map(|effect| match effect {
        Effect::CopyPage { signature } => Some(signature),
        _ => None,
    });
    assert!(asked.is_some_and(|of| of.text && of.page == 1 && of.documento == DocumentoId(11)));
    play.msg(Msg::PageText(Ok("hola".to_owned())));
    assert!(play.effects().contains(&Effect::Copy("hola".to_owned())));
    play.msg(Msg::PageText(Ok(" \n".to_owned())));
    assert!(play.told("sin-texto-que-copiar"));
}

#[test]
fn a_pinned_page_stays_and_has_its_own_place() {
    let mut play = at_a_page();
    play.keys("F").effects.clear();
    preview::resized(&mut play.state, [(30, 19), (29, 19)]);
    play.msg(Msg::Timer(Timer::PreviewDebounce));
    let asked: Vec<bool> = play
        .effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::LoadPage { pinned, .. } => Some(pinned),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [false, true], "both at their new size");
    play.keys("2j3").effects.clear();
    let pinned = |play: &Play| play.state.preview.pinned.clone().unwrap();
    assert_eq!(pinned(&play).documento.id, DocumentoId(11));
    assert_eq!(play.state.documentos.current().unwrap().id, DocumentoId(12));
    play.keys("3r");
    assert_eq!((pinned(&play).sheet.rotation, play.state.preview.sheet.rotation), (90, 0), "3 again: the other one");
    play.keys("Cr");
    assert_eq!((pinned(&play).sheet.rotation, play.state.preview.sheet.rotation), (90, 90));
    play.keys("F");
    assert!(play.state.preview.pinned.is_none());
    play.keys("C");
    assert!(play.told("nada-fijado"));
}

#[test]
fn a_pinned_page_follows_its_document_and_goes_with_it() {
    let mut play = at_a_page();
    play.keys("F2j").effects.clear();
    let newer = api::documento::DocumentoVista { sha256: "f".repeat(64), ..documento(11, 1, "pedido", Pendiente) };
    let other = documento(12, 1, "dni", Pendiente);
    play.keys("R").effects.clear();
    play.detalle(detalle(1, 5, vec![newer, other.clone()]));
    let asked = loads(&mut play).expect("its new version is asked for");
    assert!(asked.2 && asked.1.sha256 == "f".repeat(64));
    play.keys("R").detalle(detalle(1, 6, vec![other]));
    assert!(play.state.preview.pinned.is_none());
}

#[test]
fn a_password_is_asked_for_and_asked_again_and_is_in_no_log() {
    let mut play = at_a_page();
    play.keys("2j").msg(Msg::Timer(Timer::PreviewDebounce));
    refused_page(&mut play, Codigo::ClaveNecesaria);
    assert!(play.state.overlays.is_empty(), "nobody is asked out of the blue");
    play.keys("3<enter>mala<enter>");
    let unlocked = play.effects.iter().find(|effect| matches!(effect, Effect::Unlock { .. })).expect("told");
    assert!(!format!("{unlocked:?}").contains("mala"));
    refused_page(&mut play, Codigo::ClaveIncorrecta);
    assert!(
        matches!(play.state.top(), Some(Overlay::Prompt(prompt)) if prompt.error.is_some() && prompt.input.value().is_empty())
    );
    play.keys(" buena<enter>");
    assert!(
        matches!(play.effects.iter().rev().find(|effect| matches!(effect, Effect::Unlock { .. })),
            Some(Effect::Unlock { sha256, clave }) if clave.0 == " buena" && *sha256 == format!("{:064x}", 12)),
        "blanks belong to it"
    );
    comes(&mut play, 1);
    play.keys("2k").keys("j").msg(Msg::Timer(Timer::PreviewDebounce));
    refused_page(&mut play, Codigo::ClaveIncorrecta);
    assert!(play.state.overlays.is_empty(), "it was not just typed");
}

#[test]
fn signatures_are_asked_for_once() {
    let mut play = Play::work();
    play.keys("3").msg(Msg::Timer(Timer::PreviewDebounce));
    let (generation, signature, _) = loads(&mut play).unwrap();
    play.keys("i");
    assert!(play.told("sin-firmas"));
    let shown = shown(&signature);
    play.msg(Msg::Page { generation, signature, shown, pages: Some(2), firmas: 1, offline: false });
    let asked = |play: &mut Play| {
        play.effects().into_iter().find_map(|effect| match effect {
            Effect::LoadFirmas { generation, .. } => Some(generation),
            _ => None,
        })
    };
    let generation = asked(&mut play).expect("asked for");
    let firma = FirmaVista {
        campo: "f".to_owned(),
        firmante: "Marta Gil".to_owned(),
        emisor: String::new(),
        fecha: None,
        sellada: false,
        motivo: String::new(),
        lugar: String::new(),
        cubre_todo: true,
        estado: EstadoFirma::Integra,
        detalle: String::new(),
    };
    play.msg(Msg::Firmas { generation, answer: Ok(Firmas { firmas: vec![firma] }) });
    play.keys("<pagedown>");
    let (generation, signature, _) = loads(&mut play).unwrap();
    let shown = self::shown(&signature);
    play.msg(Msg::Page { generation, signature, shown, pages: Some(2), firmas: 1, offline: false });
    assert_eq!(asked(&mut play), None);
    play.keys("i");
    assert!(matches!(play.state.top(), Some(Overlay::Firmas { selected: 0 })));
    play.keys("<esc>");
    assert!(play.state.overlays.is_empty());
}

#[test]
fn the_page_above_the_form_is_read_on_while_one_types() {
    let mut play = at_a_page();
    play.state.size = (80, 24);
    play.keys("4e").effects.clear();
    preview::resized(&mut play.state, [(78, 7), (0, 0)]);
    play.msg(Msg::Timer(Timer::PreviewDebounce));
    let of = comes(&mut play, 3);
    assert_eq!((of.width, of.height), (624, 4096), "as wide as the pane");
    play.keys("<ctrl-down>");
    assert_eq!(play.state.preview.sheet.scroll, 3);
    assert!(play.state.is_typing_here());
    assert!(!Action::PreviewDown.moves());
}

#[test]
fn what_is_validated_is_never_the_page_beside_the_one_pointed_at() {
    let mut play = at_a_page();
    play.keys("F2j3").effects.clear();
    play.keys("C");
    assert_eq!(play.state.preview.half(), Half::Pinned);
    play.keys("v");
    assert!(play.told("no-fijada") && play.effects().iter().all(|effect| !effect.is_write()));
    play.keys("Cv");
    assert!(play.effects().iter().any(Effect::is_write));
}

#[test]
fn where_there_is_no_document_the_slash_searches_the_list() {
    let mut play = at_a_page();
    play.keys("R").detalle(detalle(1, 7, Vec::new()));
    play.keys("3/epq");
    assert!(play.state.preview.find.is_none() && !play.state.quit);
    assert!(play.state.lista.search.as_ref().is_some_and(|search| search.input.value() == "epq"));
}
