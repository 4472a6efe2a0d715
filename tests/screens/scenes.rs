//! The screens, reached as a person reaches them: by keys, and by what the service answers.

use crate::dsl::{Play, cambiado, offline};
use crate::world::{self, SHOWN, ana};
use crate::{dsl, dump};
use api::evento::Clase;
use api::expediente::{CampoAntesAhora, CampoCambiado, Conflicto, HistorialEntrada};
use api::sesion::SesionNueva;
use api::{Codigo, Problem};
use domain::{ExpedienteId, Rol, Valor};
use expedientes::effect::Effect;
use expedientes::msg::{Failure, FailureKind, Msg};
use expedientes::state::Screen;
use expedientes::state::nitidez::Nitidez;
use expedientes::state::preview::{Shown, Signature};
use expedientes::state::transfers::{EstadoTransfer, Job, Pick, Transfer};
use expedientes::update::{Input, lista, mensajes};
use graphics::Picture;
use std::sync::Arc;

pub use crate::details::*;
pub use crate::noted::*;
pub use crate::viewer::*;

/// A size of the terminal: columns and rows.
pub type Size = (u16, u16);

/// The program has just found its service.
pub fn sign_in(size: Size) -> Play {
    let mut play = Play::start();
    play.take(Input::Resize(size.0, size.1));
    play.state.conexion.url = "https://expedientes.norte.es".to_owned();
    play.msg(Msg::Servidor(Ok(world::servidor())));
    play
}

/// A wrong password has been tried.
pub fn sign_in_refused(size: Size) -> Play {
    let mut play = sign_in(size);
    play.keys("ana.soler<tab>secreto<enter>");
    let generation = play.state.generation;
    let problem = Problem::new(Codigo::CredencialesMalas, "Usuario o clave incorrectos. Compruebe la clave y repita.");
    play.msg(Msg::SignedIn { generation, answer: Err(Failure::from_problem(problem)) });
    play
}

/// Signed in, with two entidades to choose from.
pub fn choice(size: Size) -> Play {
    choice_as(size, Rol::JefeVentas)
}

pub fn choice_as(size: Size, rol: Rol) -> Play {
    let mut play = sign_in(size);
    play.keys("2");
    let generation = play.state.generation;
    let nueva = SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: ana(rol) };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(world::entidades()) });
    assert_eq!(play.state.screen, Screen::Choice);
    play
}

/// At work: thirty rows of 1,204, the second one in full, its first pending document as a page.
pub fn panes(size: Size) -> Play {
    panes_as(size, Rol::JefeVentas)
}

/// Somebody who may only look.
pub fn read_only(size: Size) -> Play {
    panes_as(size, Rol::Soporte)
}

/// Likewise, somebody of this role.
pub fn panes_as(size: Size, rol: Rol) -> Play {
    let mut play = choice_as(size, rol);
    play.keys("<enter>");
    let generation = play.state.generation;
    play.msg(Msg::Modelo { generation, answer: Ok(world::definicion()) });
    let seq = 7;
    play.msg(Msg::Listening { seq });
    play.msg(Msg::Bytes { up: 2_310, down: 48_120, rate: None });
    settle(&mut play);
    play.lista(world::lista());
    settle(&mut play);
    // The detail of the first row is on its way while the second one is selected.
    play.keys("j");
    open_detail(&mut play, rol);
    settle(&mut play);
    show_page(&mut play);
    play.state.mensajes.toasts.clear();
    play
}

fn open_detail(play: &mut Play, rol: Rol) {
    if play.state.documentos.detalle.pending.is_none() {
        play.timer(expedientes::effect::Timer::DetalleDebounce);
    }
    let mut detalle = world::detalle();
    detalle.permisos.retain(|permiso| rol.puede(*permiso));
    play.detalle(detalle);
}

/// The page that is wanted comes.
fn show_page(play: &mut Play) {
    let (columns, rows) = play.state.preview.sheet.area;
    let Some(documento) = play.state.documentos.current() else { return };
    let of = Signature {
        documento: documento.id,
        sha256: documento.sha256.clone(),
        page: 1,
        width: 0,
        height: 0,
        rotation: 0,
        text: false,
        nitidez: Nitidez::Normal,
        percent: 100,
        crop: None,
    };
    let page = world::page(columns, rows);
    let whole = page.dimensions();
    play.state.preview.sheet.shown = Shown::Picture { of, picture: Picture::new(Arc::new([]), Arc::new(page)), whole };
    (play.state.preview.sheet.pages, play.state.preview.sheet.page, play.state.preview.sheet.zoom) = (Some(3), 1, 100);
}

/// What a frame tells goes into the state, as the program does after each.
pub fn settle(play: &mut Play) {
    let hits = dump::draw(&play.state).hits;
    let state = &mut play.state;
    state.lista.height = hits.lista_height;
    state.documentos.height = hits.documentos_height;
    (state.indice.height, state.indice.columns) = hits.indice_grid;
    if hits.preview_areas[0] != (0, 0) {
        state.preview.sheet.area = hits.preview_areas[0];
    }
    lista::keep_visible(state);
    expedientes::update::documentos::keep_visible(state);
}

/// Documents have the focus.
pub fn documents(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("2");
    settle(&mut play);
    play
}

/// The page has the focus.
pub fn page(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("3");
    settle(&mut play);
    show_page(&mut play);
    play
}

/// The page fills the screen.
pub fn zoomed(size: Size) -> Play {
    let mut play = page(size);
    play.keys("+");
    settle(&mut play);
    show_page(&mut play);
    play
}

/// The index has the focus.
pub fn index(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("4");
    settle(&mut play);
    play
}

/// A search is being typed, with proposals, one of them selected.
pub fn search(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("/oria fase:ma<tab>");
    settle(&mut play);
    play
}

/// A search that cannot be read.
pub fn search_wrong(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("/pedido:45/11/2026 oria");
    settle(&mut play);
    play
}

/// Words that were found are underlined.
pub fn found(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("/oria<enter>");
    let mut answer = world::lista();
    answer.items.retain(|fila| fila.cliente.contains("Oria"));
    (answer.total, answer.siguiente) = (Some(2), None);
    if play.state.lista.pending.is_none() {
        play.timer(expedientes::effect::Timer::SearchDebounce);
    }
    play.lista(answer);
    settle(&mut play);
    play
}

/// A field of the index is being edited: one is wrong, one is changed.
pub fn editing(size: Size) -> Play {
    let mut play = index(size);
    play.keys("e<tab><end><backspace>8<tab><tab><end><backspace>9<tab>");
    settle(&mut play);
    play
}

/// A choice is open.
pub fn editing_choice(size: Size) -> Play {
    let mut play = index(size);
    play.keys("e<tab><tab><down>");
    settle(&mut play);
    play
}

/// Somebody else changed the same field.
pub fn conflict(size: Size) -> Play {
    let mut play = index(size);
    play.keys("e<end><backspace>.U.<tab><tab><tab><end><backspace>9<ctrl-s>");
    let asked = play.asked();
    let Some(Effect::SaveIndice { generation, .. }) = asked.last() else { panic!("nothing was saved: {asked:?}") };
    let changed = |campo: &str, antes: &str, ahora: &str| CampoCambiado {
        campo: campo.into(),
        antes: Some(Valor::from(antes)),
        ahora: Some(Valor::from(ahora)),
        quien: "Luis Prado Sanz".to_owned(),
        cuando: "2026-11-24T09:40:00Z".to_owned(),
    };
    let conflicto = Conflicto {
        revision: 15,
        campos: vec![
            changed("cliente", "Talleres Oria, S.L.", "Oria Automoción, S.L."),
            changed("movil", "612345678", "611000222"),
        ],
    };
    let mut problem = Problem::new(Codigo::RevisionAntigua, "Ha cambiado.");
    problem.conflicto = Some(conflicto);
    let answer = Err(Failure::from_problem(problem));
    play.msg(Msg::IndiceSaved { generation: *generation, id: ExpedienteId(SHOWN), answer });
    play.state.mensajes.toasts.clear();
    settle(&mut play);
    play
}

/// All actions, filtered.
pub fn palette(size: Size) -> Play {
    let mut play = panes(size);
    play.keys(":va");
    play
}

/// What can be done here.
pub fn help(size: Size) -> Play {
    let mut play = documents(size);
    play.keys("?");
    play
}

/// Files about to be uploaded, with their types.
pub fn review(size: Size) -> Play {
    let mut play = documents(size);
    let pick = |nombre: &str, bytes, tipo: Option<&str>| Pick {
        path: nombre.into(),
        nombre: nombre.to_owned(),
        bytes,
        tipo: tipo.map(Into::into),
    };
    let picks = vec![
        pick("ficha-tecnica-eitv-leon-VSSZZZKJZRR012345.pdf", 184_220, Some("ficha-tecnica")),
        pick("ivtm-zaragoza-2026.pdf", 48_110, Some("ivtm")),
        pick("IMG_20261103_184512.jpg", 2_904_118, None),
    ];
    play.msg(Msg::Files { picks, refused: Vec::new() });
    play
}

/// Uploads and downloads in every state.
pub fn transfers(size: Size) -> Play {
    let mut play = panes(size);
    let upload = |id: u64, nombre: &str, total: u64, done: u64, estado| Transfer {
        id,
        job: Job::Upload {
            expediente: ExpedienteId(SHOWN),
            tipo: "ivtm".into(),
            version_of: None,
            path: nombre.into(),
            key: String::new(),
        },
        nombre: nombre.to_owned(),
        total,
        done,
        rate: 182_000,
        estado,
    };
    let download = Job::Download { documento: domain::DocumentoId(8), folder: Some("/tmp".into()) };
    play.state.transfers.items = vec![
        upload(1, "ivtm-zaragoza-2026.pdf", 48_110, 48_110, EstadoTransfer::Hecho(None)),
        upload(2, "ficha-tecnica-eitv-leon-VSSZZZKJZRR012345.pdf", 184_220, 110_000, EstadoTransfer::EnCurso),
        Transfer { job: download, ..upload(3, "F-1189.pdf", 120_800, 12_000, EstadoTransfer::EnCurso) },
        upload(
            4,
            "manual.exe",
            9_000,
            0,
            EstadoTransfer::Fallido("Ese formato no se admite; suba PDF, imagen, texto o correo.".to_owned()),
        ),
        upload(5, "IMG_20261103_184512.jpg", 2_904_118, 0, EstadoTransfer::EnCola),
        upload(6, "borrador.pdf", 5_000, 100, EstadoTransfer::Cancelado),
    ];
    play.keys("w");
    play
}

/// A question; No is selected.
pub fn confirm(size: Size) -> Play {
    let mut play = documents(size);
    play.keys("d");
    play
}

/// A reason is asked for.
pub fn reject(size: Size) -> Play {
    let mut play = panes_as(size, Rol::Administrativo);
    play.keys("2x");
    play
}

/// What keeps the expediente in its fase.
pub fn missing(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("f");
    play
}

/// Who changed what.
pub fn history(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("h");
    let generation = play.state.generation;
    let entry = |revision, day: &str, quien: &str, clase, campos, texto: &str, deshacible| HistorialEntrada {
        revision,
        cuando: format!("{day}T09:40:00Z"),
        quien: quien.to_owned(),
        clase,
        campos,
        texto: texto.to_owned(),
        deshacible,
    };
    let change = CampoAntesAhora {
        campo: "importe".into(),
        antes: Some(Valor::Entero(2_798_000)),
        ahora: Some(Valor::Entero(2_748_000)),
    };
    let entries = vec![
        entry(14, "2026-11-05", "Luis Prado Sanz", Clase::DocumentoRechazado, vec![], "mandato-gestoria.pdf", false),
        entry(13, "2026-11-04", "Ana Soler Vidal", Clase::IndiceCambiado, vec![change], "", true),
        entry(12, "2026-11-03", "Ana Soler Vidal", Clase::FaseAvanzada, vec![], "Matriculación", false),
        entry(1, "2025-10-28", "Ana Soler Vidal", Clase::ExpedienteCreado, vec![], "", false),
    ];
    play.msg(Msg::History { generation, answer: Ok(entries) });
    play
}

/// A new expediente.
pub fn new_expediente(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("n<enter>");
    play
}

/// Three messages, one of each kind.
pub fn toasts(size: Size) -> Play {
    let mut play = panes(size);
    let state = &mut play.state;
    mensajes::done(state, expedientes::i18n::Text::key("documento-validado").with("nombre", "F-1189.pdf"));
    mensajes::warn(state, expedientes::i18n::Text::key("guardado-pendiente"));
    let long = "El servicio no admite ficheros de más de 200 MB: escanee el documento en grises o divídalo.";
    mensajes::error(state, long.into());
    play
}

/// The line is cut, and an upload waits for it.
pub fn offline_panes(size: Size) -> Play {
    let mut play = transfers(size);
    play.keys("<esc>");
    play.msg(Msg::ListenLost(offline()));
    play.state.mensajes.toasts.clear();
    play
}

/// Three rows are marked.
pub fn marked(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("<space>j<space>");
    settle(&mut play);
    play
}

/// A question that is longer than its box is wide.
pub fn question(size: Size) -> Play {
    let mut play = marked(size);
    play.keys("a");
    play
}

/// A page that cannot be drawn.
pub fn card(size: Size) -> Play {
    let mut play = page(size);
    let Shown::Picture { of, .. } = play.state.preview.sheet.shown.clone() else { panic!("no page") };
    let reason =
        "Este PDF pide una clave para abrirse. Pida a quien lo envió una copia sin clave y súbala como versión nueva.";
    play.state.preview.sheet.shown = Shown::Card { of, reason: reason.to_owned(), codigo: None };
    play
}

/// Before anything has answered.
pub fn connecting(size: Size) -> Play {
    let mut play = Play::start();
    play.take(Input::Resize(size.0, size.1));
    play.state.conexion.url = "https://expedientes.norte.es".to_owned();
    play.msg(Msg::Servidor(Err(offline())));
    play
}

/// The certificate is for another name.
pub fn certificate_refused(size: Size) -> Play {
    let mut play = connecting(size);
    let sentence = "El certificado del servicio no es para «10.0.0.3», sino para localhost: conéctese por ese nombre.";
    play.msg(Msg::Servidor(Err(Failure::of(FailureKind::Offline, sentence))));
    play
}

/// Signed in, without any entidad.
pub fn nothing_to_choose(size: Size) -> Play {
    let mut play = sign_in(size);
    play.keys("2");
    let generation = play.state.generation;
    let nueva = SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: ana(Rol::JefeVentas) };
    play.msg(Msg::SignedIn { generation, answer: Ok(nueva) });
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(Vec::new()) });
    play
}

/// After a save, so that nothing is left of the edit.
pub fn saved(size: Size) -> Play {
    let mut play = index(size);
    play.keys("e<tab><tab><tab><end><backspace>9<ctrl-s>");
    let asked = play.asked();
    let Some(Effect::SaveIndice { generation, .. }) = asked.last() else { panic!("nothing was saved: {asked:?}") };
    let answer = Ok(cambiado(15, &[("movil", Valor::from("612345679"))]));
    play.msg(Msg::IndiceSaved { generation: *generation, id: ExpedienteId(SHOWN), answer });
    settle(&mut play);
    play
}

/// Nothing answers the filter.
pub fn empty_list(size: Size) -> Play {
    let mut play = choice(size);
    play.keys("<enter>");
    let generation = play.state.generation;
    play.msg(Msg::Modelo { generation, answer: Ok(world::definicion()) });
    play.lista(dsl::lista([], None));
    settle(&mut play);
    play
}

/// The session has ended while the index was being edited.
pub fn session_ended(size: Size) -> Play {
    let mut play = editing(size);
    play.msg(Msg::ListenLost(dsl::session_ended()));
    play
}

/// What can be made new.
pub fn new(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("n");
    play
}

/// What the list can be sorted by.
pub fn sort(size: Size) -> Play {
    let mut play = panes(size);
    play.keys("s");
    play
}

/// The same help in English.
pub fn english(size: Size) -> Play {
    let mut play = documents(size);
    let config = expedientes::config::Config { idioma: Some("en".to_owned()), ..Default::default() };
    play.state.config = Arc::new(config);
    play.keys("?");
    play
}
