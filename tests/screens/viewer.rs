//! The viewer: what is looked for, thumbnails, two pages, text with marked lines, passwords, signatures.

use crate::dsl::Play;
use crate::scenes::{Size, page, settle};
use crate::{dump, world};
use api::Codigo;
use api::documento::{EstadoFirma, FirmaVista, Firmas, Hallazgo, Hallazgos};
use expedientes::effect::Effect;
use expedientes::msg::Msg;
use expedientes::state::overlay::Overlay;
use expedientes::state::preview::{Shown, Signature};
use expedientes::update::{overlay, preview};
use graphics::Picture;
use std::sync::Arc;

fn of_page(play: &Play) -> Signature {
    match &play.state.preview.sheet.shown {
        Shown::Picture { of, .. } | Shown::Text { of, .. } | Shown::Card { of, .. } => of.clone(),
        Shown::Nothing => panic!("no page"),
    }
}

fn hit(pagina: u32, top: u16, texto: &str) -> Hallazgo {
    Hallazgo { pagina, cajas: vec![[2_000, top, 5_000, top + 300]], texto: texto.to_owned() }
}

/// Some text has been looked for, and this was found.
fn looked_for(mut play: Play, what: &str, hallazgos: Vec<Hallazgo>, mas: bool) -> Play {
    play.keys("/").keys(what);
    let effects = preview::find::run(&mut play.state);
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Find { generation, q, .. } => Some((generation, q)),
        _ => None,
    });
    let (generation, q) = asked.unwrap();
    play.msg(Msg::Found { generation, q, answer: Ok(Hallazgos { paginas: 3, hallazgos, mas }) });
    play
}

/// Three hits on the page on screen, one on another.
pub fn find(size: Size) -> Play {
    let hits = [(1, 2_000), (1, 4_000), (1, 5_500), (3, 100)].map(|(page, top)| hit(page, top, "bastidor"));
    let mut play = looked_for(page(size), "bastidor", hits.into(), true);
    play.keys("<down>");
    play
}

/// Nothing is found.
pub fn find_none(size: Size) -> Play {
    looked_for(page(size), "matrícula roja", Vec::new(), false)
}

/// The text of a page with what was looked for, the keys for the page again.
pub fn find_text(size: Size) -> Play {
    let mut play = text(size);
    let hits = (0..6).map(|n| hit(1, n * 1_000, "Cuota")).collect();
    play = looked_for(play, "cuota", hits, false);
    play.keys("<down><tab>");
    play
}

fn text(size: Size) -> Play {
    let mut play = page(size);
    let of = Signature { text: true, ..of_page(&play) };
    let rows = (1..=24).map(|n| format!("{n:>3}  Cuota de matriculación y gestión del expediente      {n}7,50 €"));
    let wide = format!("{:<90}{}", "Total de la liquidación", "1.187,50 €");
    let text = format!("{wide}\n\n{}", rows.collect::<Vec<_>>().join("\n"));
    play.state.preview.text_mode = true;
    play.state.preview.sheet.shown = Shown::Text { of, text: text.into() };
    play
}

/// Lines of the text are marked.
pub fn text_marked(size: Size) -> Play {
    let mut play = text(size);
    play.keys("<down><down>V<down><down>");
    play
}

/// Pages of a document of nine as small pictures; the third one has not come yet, the fourth one cannot be drawn.
pub fn thumbnails(size: Size) -> Play {
    let mut play = page(size);
    play.state.preview.sheet.pages = Some(9);
    play.keys("M<right>");
    let (grid, cell) = dump::draw(&play.state).hits.thumbs.unwrap();
    overlay::thumbs::resized(&mut play.state, grid, cell);
    let of = of_page(&play);
    let Some(Overlay::Thumbs(thumbs)) = play.state.overlays.last_mut() else { panic!("no thumbnails") };
    let pixels = world::page(cell.0, cell.1);
    let whole = pixels.dimensions();
    let shown = Shown::Picture { of: of.clone(), picture: Picture::new(Arc::new([]), Arc::new(pixels)), whole };
    for page in [1, 2, 5, 6, 7, 8, 9] {
        thumbs.shown.insert(page, shown.clone());
    }
    thumbs.shown.insert(4, Shown::Card { of, reason: "No.".to_owned(), codigo: None });
    play
}

/// A page is pinned beside the one that is selected.
pub fn pinned(size: Size) -> Play {
    let mut play = page(size);
    play.keys("F");
    settle(&mut play);
    let (columns, rows) = dump::draw(&play.state).hits.preview_areas[1];
    let of = of_page(&play);
    let pixels = world::page(columns.max(4), rows.max(4));
    let whole = pixels.dimensions();
    let picture = Picture::new(Arc::new([]), Arc::new(pixels));
    let shown = Shown::Picture { of, picture, whole };
    play.state.preview.sheet.shown = shown.clone();
    let pinned = play.state.preview.pinned.as_mut().unwrap();
    pinned.sheet.shown = shown;
    pinned.sheet.page = 2;
    play.state.mensajes.toasts.clear();
    play
}

/// The document asks for its password.
pub fn locked(size: Size) -> Play {
    let mut play = page(size);
    let of = of_page(&play);
    let reason = "Este documento pide una clave para abrirse.".to_owned();
    play.state.preview.sheet.shown = Shown::Card { of, reason, codigo: Some(Codigo::ClaveNecesaria) };
    play
}

/// It was wrong.
pub fn locked_wrong(size: Size) -> Play {
    let mut play = locked(size);
    play.keys("<enter><enter>abc");
    if let Some(Overlay::Prompt(prompt)) = play.state.overlays.last_mut() {
        prompt.error = Some(expedientes::i18n::Text::key("clave-documento-mala"));
    }
    play
}

/// A page that is not there was asked for.
pub fn page_beyond(size: Size) -> Play {
    let mut play = page(size);
    play.keys("P12<enter>");
    play
}

fn firma(firmante: &str, estado: EstadoFirma, cubre_todo: bool) -> FirmaVista {
    FirmaVista {
        campo: "Firma1".to_owned(),
        firmante: firmante.to_owned(),
        emisor: "AC Representación".to_owned(),
        fecha: Some("2026-11-03T10:25:00Z".to_owned()),
        sellada: cubre_todo,
        motivo: "Conformidad con el pedido".to_owned(),
        lugar: "Zaragoza".to_owned(),
        cubre_todo,
        estado,
        detalle: String::new(),
    }
}

/// The document bears a signature, and nothing has changed since.
pub fn signed(size: Size) -> Play {
    signed_by(size, vec![firma("MARTA GIL FERRER - DNI 12345678Z", EstadoFirma::Integra, true)])
}

fn signed_by(size: Size, firmas: Vec<FirmaVista>) -> Play {
    let mut play = page(size);
    let sha256 = play.state.documentos.current().unwrap().sha256.clone();
    play.state.preview.firmas.insert(sha256, Firmas { firmas });
    play
}

/// Three signatures of which one does not hold.
pub fn signatures(size: Size) -> Play {
    let altered = FirmaVista {
        detalle: "El documento ha cambiado después de firmarse.".to_owned(),
        ..firma("Talleres Oria, S.L.", EstadoFirma::Alterada, true)
    };
    let firmas = vec![
        firma("MARTA GIL FERRER - DNI 12345678Z", EstadoFirma::Integra, false),
        altered,
        firma("Gestoría Ebro", EstadoFirma::NoComprobada, true),
    ];
    let mut play = signed_by(size, firmas);
    play.keys("i<down>");
    play
}
