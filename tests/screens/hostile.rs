//! The same screens when everything that comes from people, files or the service is hostile.

use crate::dsl::Play;
use crate::scenes::{self, Size};
use domain::Valor;
use expedientes::state::overlay::Overlay;
use expedientes::state::preview::Shown;
use expedientes::update::mensajes;

/// The screens.
pub const SCENES: [fn(Size) -> Play; 19] = [
    |size| hostile(scenes::panes(size)),
    |size| hostile(scenes::documents(size)),
    |size| hostile(scenes::index(size)),
    |size| hostile(scenes::transfers(size)),
    |size| hostile(scenes::history(size)),
    |size| hostile(scenes::missing(size)),
    |size| hostile(scenes::reject(size)),
    |size| hostile(scenes::review(size)),
    |size| hostile(scenes::toasts(size)),
    |size| hostile(scenes::notes(size)),
    |size| hostile(scenes::note_text(size)),
    |size| hostile(scenes::aviso_new(size)),
    |size| hostile(scenes::aviso_para(size)),
    |size| hostile(scenes::avisos(size)),
    |size| hostile(scenes::signatures(size)),
    |size| hostile(scenes::signed(size)),
    |size| hostile(scenes::pinned(size)),
    |size| hostile(scenes::find(size)),
    |size| {
        let mut play = hostile(scenes::page(size));
        let Shown::Picture { of, .. } = play.state.preview.sheet.shown.clone() else { panic!("no page") };
        play.state.preview.sheet.shown = Shown::Text { of, text: format!("una{NASTY}\ndos{NASTY}").into() };
        play
    },
];

/// Clears the screen, sets the title, rings, and turns the writing round.
const NASTY: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\0\r";

fn hostile(mut play: Play) -> Play {
    let nasty = |text: &mut String| {
        let at = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
        text.insert_str(at, NASTY);
    };
    let nasty_aviso = |aviso: &mut api::aviso::AvisoVista| {
        [&mut aviso.texto, &mut aviso.para_nombre, &mut aviso.quien].into_iter().for_each(nasty);
        aviso.vence.iter_mut().for_each(nasty);
    };
    let state = &mut play.state;
    nasty(&mut state.conexion.url);
    state.persona.iter_mut().for_each(|persona| nasty(&mut persona.usuario));
    if let Some(elegido) = &mut state.eleccion.actual {
        nasty(&mut elegido.entidad_nombre);
    }
    for fila in &mut state.lista.filas {
        [&mut fila.numero, &mut fila.cliente, &mut fila.vehiculo, &mut fila.asesor].into_iter().for_each(nasty);
    }
    nasty(&mut state.lista.query);
    for firma in state.preview.firmas.values_mut().flat_map(|firmas| &mut firmas.firmas) {
        [&mut firma.firmante, &mut firma.emisor, &mut firma.motivo, &mut firma.lugar].into_iter().for_each(nasty);
    }
    if let Some(pinned) = &mut state.preview.pinned {
        [&mut pinned.numero, &mut pinned.documento.nombre].into_iter().for_each(nasty);
    }
    if let Some(detalle) = &mut state.documentos.detalle.value {
        nasty(&mut detalle.numero);
        for documento in &mut detalle.documentos {
            [&mut documento.nombre, &mut documento.motivo, &mut documento.por].into_iter().for_each(nasty);
        }
        for valor in detalle.indice.values_mut() {
            if let Valor::Texto(text) = valor {
                nasty(text);
            }
        }
        for nota in &mut detalle.notas {
            [&mut nota.texto, &mut nota.quien].into_iter().for_each(nasty);
        }
        detalle.avisos.iter_mut().for_each(nasty_aviso);
        detalle.faltas.iter_mut().for_each(|falta| nasty(&mut falta.nombre));
    }
    for mine in state.avisos.mine.value.iter_mut().flat_map(|mine| &mut mine.items) {
        [&mut mine.numero, &mut mine.cliente].into_iter().for_each(nasty);
        nasty_aviso(&mut mine.aviso);
    }
    state.transfers.items.iter_mut().for_each(|transfer| nasty(&mut transfer.nombre));
    for overlay in &mut state.overlays {
        match overlay {
            Overlay::Files(files) => files.chosen.iter_mut().for_each(|pick| nasty(&mut pick.nombre)),
            Overlay::History(history) => {
                history.entries.value.iter_mut().flatten().for_each(|entry| nasty(&mut entry.quien));
            }
            _ => {}
        }
    }
    mensajes::error(state, format!("Roto{NASTY}").into());
    play
}
