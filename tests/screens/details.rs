//! More screens: what can be read whole, and lists that are empty or still on their way.

use crate::dsl::Play;
use crate::scenes::{Size, choice, documents, new_expediente, page, panes, review, settle, toasts};
use crate::world;
use api::sesion::SesionVista;
use expedientes::msg::Msg;
use expedientes::state::overlay::Entry;
use expedientes::state::preview::Shown;
use expedientes::update::{Input, mensajes};

/// A rejected document is selected: its reason stands whole below the rows.
pub fn rejected(size: Size) -> Play {
    let mut play = documents(size);
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.documentos[8].motivo =
        "falta la firma del apoderado en la segunda hoja, y el sello de la gestoría no se lee: \
        pida a la gestoría que la vuelva a escanear a color"
            .to_owned();
    play.keys("<down><down><down><down>");
    settle(&mut play);
    play
}

/// The text of a page, with lines longer than the pane.
pub fn page_text(size: Size) -> Play {
    let mut play = page(size);
    let Shown::Picture { of, .. } = play.state.preview.sheet.shown.clone() else { panic!("no page") };
    let rows = (1..=24).map(|n| format!("{n:>3}  Cuota de matriculación y gestión del expediente      {n}7,50 €"));
    let head = "Por la presente autorizo a la gestoría a presentar en mi nombre cuantos documentos pida la jefatura de \
        tráfico para matricular el vehículo, y a recoger el permiso de circulación.\n\n";
    let text = format!("{head}{}", rows.collect::<Vec<_>>().join("\n"));
    play.state.preview.sheet.shown = Shown::Text { of, text: text.into() };
    play
}

/// Everything the program has told, the long sentences whole.
pub fn log(size: Size) -> Play {
    let mut play = toasts(size);
    let long = "No se puede leer /home/ana.soler/Documentos/escaneos/2026/noviembre/contrato-financiera-firmado.pdf: el \
        fichero está abierto en otro programa. Ciérrelo allí y vuelva a subirlo desde Transferencias.";
    mensajes::error(&mut play.state, long.into());
    play.state.mensajes.toasts.clear();
    play.keys("L");
    play
}

/// The type of a file about to be uploaded.
pub fn types(size: Size) -> Play {
    let mut play = review(size);
    play.keys("c");
    play
}

/// A folder whose first entry is one more folder, for a missing document.
pub fn folder(size: Size) -> Play {
    let mut play = documents(size);
    play.keys("<down><down><down><down><down><down>u");
    let generation = play.state.generation;
    let entry = |label: &str, folder, bytes| Entry { label: label.to_owned(), path: label.into(), folder, bytes };
    let entries = vec![
        entry("escaneos", true, 0),
        entry("ivtm-zaragoza-2026.pdf", false, 48_110),
        entry("IMG_20261103_184512.jpg", false, 2_904_118),
    ];
    play.msg(Msg::Folder { generation, folder: "/home/ana.soler/Documentos".into(), answer: Ok(entries) });
    play
}

/// A question over another overlay, which fades.
pub fn stacked(size: Size) -> Play {
    let mut play = new_expediente(size);
    play.keys("Núñez<tab><esc>");
    play
}

/// The open sessions, one's own among them.
pub fn sessions(size: Size) -> Play {
    let mut play = panes(size);
    play.take(Input::Action(expedientes::action::Action::Sessions));
    let generation = play.state.generation;
    let session = |id, dispositivo: &str, actual| SesionVista {
        id,
        creada: "2026-11-23T08:00:00Z".to_owned(),
        usada: "2026-11-24T09:40:00Z".to_owned(),
        caduca: "2026-12-01T08:00:00Z".to_owned(),
        direccion: "10.1.4.17".to_owned(),
        dispositivo: dispositivo.to_owned(),
        actual,
    };
    let answer = Ok(vec![session(1, "mostrador-2", false), session(2, "puesto-ana", true)]);
    play.msg(Msg::Sessions { generation, answer });
    play
}

/// Nothing has been deleted.
pub fn deleted_none(size: Size) -> Play {
    let mut play = panes(size);
    play.take(Input::Action(expedientes::action::Action::Recover));
    let generation = play.state.generation;
    play.msg(Msg::Deleted { generation, answer: Ok(Vec::new()) });
    play
}

/// Nothing is missing.
pub fn missing_none(size: Size) -> Play {
    let mut play = panes(size);
    play.state.documentos.detalle.value.as_mut().unwrap().faltas.clear();
    play.keys("f");
    play
}

/// The first rows are on their way: how many there are is not known yet.
pub fn first_rows(size: Size) -> Play {
    let mut play = choice(size);
    play.keys("<enter>");
    let generation = play.state.generation;
    play.msg(Msg::Modelo { generation, answer: Ok(world::definicion()) });
    settle(&mut play);
    play
}

/// A choice is open below what is wrong with it, in a new expediente.
pub fn new_choice(size: Size) -> Play {
    let mut play = new_expediente(size);
    play.keys("<tab><tab>z");
    play
}

/// No transfers: nothing to repeat or to cancel.
pub fn transfers_none(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("w");
    play
}

/// A value longer than its column is selected, and stands whole below the form.
pub fn index_long(size: Size) -> Play {
    let mut play = panes(size);
    let indice = &mut play.state.documentos.detalle.value.as_mut().unwrap().indice;
    let cliente = "Sociedad Cooperativa Agropecuaria Virgen de la Oliva y Hermanos Etxeberria Agirre, S. Coop. And.";
    indice.insert("cliente".into(), domain::Valor::from(cliente));
    play.keys("4");
    settle(&mut play);
    play
}

/// A reason is asked for, and others have been given before.
pub fn reject_again(size: Size) -> Play {
    let mut play = crate::scenes::reject(size);
    play.state.motivos = vec!["falta la firma".to_owned()];
    play
}

/// Two of the files about to be uploaded are marked, to get one type.
pub fn review_marked(size: Size) -> Play {
    let mut play = review(size);
    play.keys("<home><space><space>");
    play
}

/// Flags, dressed up signs and families in what people have named.
pub fn pictures_in_names(size: Size) -> Play {
    let mut play = documents(size);
    play.state.lista.filas[0].cliente = "🇪🇸 Gil Ferrer ❤\u{fe0f}, Marta 👍🏽".to_owned();
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.documentos[0].nombre = "oferta 🇪🇸🇫🇷 1\u{fe0f}\u{20e3}.pdf".to_owned();
    play
}

/// Somebody who administers the service: nothing to choose, but something to do.
pub fn administrador(size: Size) -> Play {
    crate::scenes::choice_as(size, domain::Rol::Administrador)
}
