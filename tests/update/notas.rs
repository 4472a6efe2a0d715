//! Notes and avisos: written, read, done, refused, cut.

use crate::dsl::*;
use api::aviso::{AvisoVista, Destinatario};
use api::nota::NotaVista;
use api::{Codigo, Problem};
use domain::{AvisoId, ExpedienteId, NotaId, Permiso, Rol};
use expedientes::effect::{Effect, Write};
use expedientes::i18n::Text;
use expedientes::msg::{Failure, Msg};
use expedientes::state::notas::{Campo, Cual, Escrito};
use expedientes::state::overlay::Overlay;
use expedientes::state::trabajo::Trabajo;

fn nota(id: i64, texto: &str) -> NotaVista {
    NotaVista {
        id: NotaId(id),
        texto: texto.to_owned(),
        por: "ana".to_owned(),
        quien: "Ana Soler".to_owned(),
        cuando: "2026-11-23T10:00:00Z".to_owned(),
        cambiada: false,
    }
}

pub fn aviso(id: i64, para: &str, por: &str, vence: Option<&str>) -> AvisoVista {
    AvisoVista {
        id: AvisoId(id),
        texto: format!("Encargo {id}"),
        para: para.to_owned(),
        para_nombre: para.to_uppercase(),
        por: por.to_owned(),
        quien: por.to_uppercase(),
        cuando: "2026-11-23T10:00:00Z".to_owned(),
        vence: vence.map(str::to_owned),
        hecho: None,
        hecho_por: String::new(),
    }
}

/// At work, with a note and two avisos in the first expediente: one to ana, one by her.
pub fn noted() -> Play {
    let mut play = Play::work();
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.notas = vec![nota(5, "Una nota")];
    detalle.avisos = vec![aviso(7, "ana", "luis", Some("2026-11-20")), aviso(8, "luis", "ana", None)];
    play
}

fn editor(play: &Play) -> &Escrito {
    match play.state.top() {
        Some(Overlay::Escrito(escrito)) => escrito,
        other => panic!("no editor: {other:?}"),
    }
}

pub fn sent(play: &Play) -> (String, Write) {
    let sent = play.state.outbox.writes.last().expect("something was sent");
    (sent.key.clone(), sent.write.clone())
}

fn personas(play: &mut Play, who: &[(&str, Rol)]) {
    let generation = play
        .effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::LoadPersonas { generation, .. } => Some(generation),
            _ => None,
        })
        .expect("they were asked for");
    let of = |(usuario, rol): &(&str, Rol)| Destinatario {
        usuario: (*usuario).to_owned(),
        nombre: format!("Don {usuario}"),
        rol: *rol,
    };
    play.msg(Msg::Personas { generation, answer: Ok(who.iter().map(of).collect()) });
}

#[test]
fn a_note_is_written_with_lines_and_saved_by_intro() {
    let mut play = Play::work();
    play.keys("n").keys("nota<enter>");
    play.keys("Llamar<ctrl-j>al cliente<enter>");
    let (key, write) = sent(&play);
    let texto = "Llamar\nal cliente".to_owned();
    assert_eq!(write, Write::AddNota { expediente: ExpedienteId(1), texto: texto.clone() });
    assert!(play.state.top().is_none(), "closed at once");
    play.effects.clear();
    play.msg(Msg::NotaChanged { key, answer: Ok(nota(9, &texto)) });
    assert!(play.told("nota-guardada"));
    assert_eq!(play.state.documentos.detalle.value.as_ref().unwrap().notas[0].id, NotaId(9));
    assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadDetalle { .. })));
}

#[test]
fn what_is_wrong_with_a_note_is_said_and_nothing_is_sent() {
    let mut play = Play::work();
    play.keys("N").keys("n").keys("  <enter>");
    assert!(editor(&play).error.is_some() && play.state.outbox.writes.is_empty());
    play.keys("<esc>");
    assert!(matches!(play.state.top(), Some(Overlay::Notas(_))), "blanks are not worth a question");
    play.keys("n").keys("algo<esc>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(_))));
    play.keys("<enter>");
    assert_eq!(editor(&play).texto(), "algo", "No is the default");
    play.keys("<esc>s");
    assert!(matches!(play.state.top(), Some(Overlay::Notas(_))));
}

#[test]
fn no_more_than_what_fits_is_taken_and_nothing_hostile() {
    let mut play = Play::work();
    play.keys("N").keys("n");
    play.paste("uno\r\ndos\u{1b}[2J\u{202e}");
    assert_eq!(editor(&play).texto(), "uno\ndos[2J");
    play.paste(&"x".repeat(100_000));
    assert!(play.told("pegado-cortado"));
    assert_eq!(editor(&play).len(), 2_000);
    play.keys("y<ctrl-j>");
    assert_eq!(editor(&play).len(), 2_000);
    play.keys("<backspace>z");
    assert!(editor(&play).texto().ends_with('z'));
}

#[test]
fn an_aviso_goes_to_the_asesor_unless_somebody_else_is_chosen_and_remembered() {
    let mut play = Play::work();
    play.keys("N").keys("a");
    let para = |play: &Play| editor(play).encargo.as_ref().unwrap().para.clone();
    assert_eq!(para(&play), "ana", "the asesor");
    personas(&mut play, &[("ana", Rol::Asesor), ("luis", Rol::Administrativo)]);
    assert_eq!(editor(&play).encargo.as_ref().unwrap().nombre, "Don ana");
    play.keys("Pedir el NIE<enter>").keys("lu");
    assert!(matches!(play.state.top(), Some(Overlay::Picker(picker)) if picker.input.value() == "lu"));
    play.keys("<enter>");
    assert_eq!((para(&play).as_str(), editor(&play).campo), ("luis", Campo::Vence));
    play.keys("lunes<enter>");
    let (key, write) = sent(&play);
    let Write::AddAviso { nuevo, .. } = write else { panic!("{write:?}") };
    assert_eq!((nuevo.para.as_str(), nuevo.vence.as_deref()), ("luis", Some("2026-11-30")));
    play.msg(Msg::AvisoChanged { key, answer: Ok(aviso(9, "luis", "ana", None)) });
    assert!(play.told("aviso-puesto"));
    assert!(play.state.avisos.mine.pending.is_some(), "it may be to oneself");
    // The next one is to the same person, where they may be it.
    play.effects.clear();
    play.keys("a");
    personas(&mut play, &[("ana", Rol::Asesor), ("luis", Rol::Administrativo)]);
    assert_eq!(para(&play), "luis");
    play.keys("<esc>a");
    personas(&mut play, &[("ana", Rol::Asesor)]);
    assert_eq!(para(&play), "ana");
}

#[test]
fn an_asesor_who_may_not_be_the_addressee_is_none_and_a_wrong_day_is_said() {
    let mut play = Play::work();
    play.keys("N").keys("a");
    personas(&mut play, &[("luis", Rol::Administrativo)]);
    play.keys("Hacer<ctrl-s>");
    assert_eq!((editor(&play).campo, editor(&play).error.is_some()), (Campo::Para, true));
    play.keys("<down><enter>").keys("31/02<enter>");
    assert_eq!((editor(&play).campo, editor(&play).error.clone()), (Campo::Vence, Some(Text::key("dia-no-existe"))));
    assert!(play.state.outbox.writes.is_empty());
    play.keys("<ctrl-u><ctrl-s>");
    assert!(matches!(sent(&play).1, Write::AddAviso { nuevo, .. } if nuevo.vence.is_none()));
}

#[test]
fn a_list_of_people_that_comes_late_fills_the_open_one() {
    let mut play = Play::work();
    play.keys("N").keys("a").keys("Hacer<enter>").keys("<down>");
    assert!(matches!(play.state.top(), Some(Overlay::Picker(picker)) if picker.items.is_empty()));
    personas(&mut play, &[("luis", Rol::Administrativo)]);
    play.keys("<enter>");
    assert_eq!(editor(&play).encargo.as_ref().unwrap().para, "luis");
    // Of an editor that is closed they are of no use any more.
    let generation = play.state.generation;
    play.keys("<esc>s");
    play.msg(Msg::Personas { generation, answer: Ok(Vec::new()) });
    assert!(matches!(play.state.top(), Some(Overlay::Notas(_))));
}

#[test]
fn what_a_cut_kept_goes_out_again_under_its_key() {
    let mut play = Play::work();
    play.keys("N").keys("n").keys("Algo<enter>");
    let (key, write) = sent(&play);
    play.msg(Msg::NotaChanged { key: key.clone(), answer: Err(offline()) });
    assert!(play.told("cambio-espera"));
    play.effects.clear();
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(play.effects().contains(&Effect::Write { key, write }));
}

#[test]
fn what_the_service_refuses_comes_back_as_it_was_typed() {
    let mut play = Play::work();
    play.keys("N").keys("a").keys("Hacer esto<ctrl-s>").keys("<esc>");
    let (key, _) = sent(&play);
    // Meanwhile something else is typed: it is not taken from under the fingers.
    play.keys("/");
    let failure = Failure::from_problem(Problem::new(Codigo::Estado, "No caben más avisos."));
    play.msg(Msg::AvisoChanged { key, answer: Err(failure) });
    assert!(play.state.top().is_none() && play.state.lista.search.is_some());
    play.keys("<esc>");
    assert_eq!(editor(&play).texto(), "Hacer esto");
    assert!(editor(&play).error.is_some());
    play.keys("<ctrl-s>");
    assert!(matches!(sent(&play).1, Write::AddAviso { nuevo, .. } if nuevo.texto == "Hacer esto"));
}

#[test]
fn what_was_being_written_is_there_in_the_next_run() {
    let mut before = noted();
    before.msg(Msg::Kept(Trabajo::default()));
    before.keys("N").keys("a").keys("A medias<enter><enter>").keys("+3");
    let left = before
        .effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Keep(trabajo) => Some(*trabajo),
            _ => None,
        })
        .next_back()
        .unwrap();
    let mut play = Play::work();
    play.msg(Msg::Kept(left));
    assert!(play.told("recuperado-nota"));
    let escrito = editor(&play);
    assert_eq!((escrito.texto().as_str(), escrito.numero.as_str()), ("A medias", "26-00001"));
    assert_eq!(escrito.encargo.as_ref().unwrap().vence.value(), "+3");
}

#[test]
fn done_and_open_again_by_one_key_and_the_selection_goes_on() {
    let mut play = noted();
    play.keys("N<space>");
    let (key, write) = sent(&play);
    assert!(
        matches!(write, Write::ChangeAviso { aviso, cambio, .. } if aviso == AvisoId(7) && cambio.hecho == Some(true))
    );
    assert!(matches!(play.state.top(), Some(Overlay::Notas(notas)) if notas.selected == Some(Cual::Aviso(AvisoId(8)))));
    play.keys("k<space>");
    assert_eq!(play.state.outbox.writes.len(), 1, "it is on its way");
    let mut done = aviso(7, "ana", "luis", None);
    done.hecho = Some("2026-11-24T10:00:00Z".to_owned());
    play.msg(Msg::AvisoChanged { key, answer: Ok(done) });
    assert!(play.told("aviso-hecho"));
    play.keys("G<space>");
    assert!(matches!(sent(&play).1, Write::ChangeAviso { cambio, .. } if cambio.hecho == Some(false)));
    play.keys("gj<space>");
    assert!(play.told("nota-no-se-hace"));
}

#[test]
fn its_author_changes_it_and_its_addressee_its_day() {
    let mut play = noted();
    play.keys("Ne");
    let encargo = editor(&play).encargo.as_ref().unwrap();
    assert!(encargo.only_day && editor(&play).campo == Campo::Vence, "given by luis, to ana");
    play.keys("<ctrl-u>5/12<enter>");
    let Write::ChangeAviso { cambio, .. } = sent(&play).1 else { panic!() };
    assert_eq!((cambio.vence.as_deref(), cambio.texto, cambio.para), (Some("2026-12-05"), None, None));
    play.keys("je");
    assert!(!editor(&play).encargo.as_ref().unwrap().only_day);
    play.keys("!<ctrl-s>");
    let Write::ChangeAviso { cambio, .. } = sent(&play).1 else { panic!() };
    assert_eq!((cambio.texto.as_deref(), cambio.vence), (Some("Encargo 8!"), None));
    let sent_before = play.state.outbox.writes.len();
    play.keys("je<ctrl-s>");
    assert_eq!(play.state.outbox.writes.len(), sent_before, "nothing has changed");
}

#[test]
fn what_others_wrote_is_neither_changed_nor_deleted() {
    let mut play = noted();
    play.state.documentos.detalle.value.as_mut().unwrap().notas[0].por = "luis".to_owned();
    play.keys("N").keys("jj").keys("e");
    assert!(play.told("nota-ajena"));
    play.keys("d");
    assert!(play.told("nota-ajena-borrar") && play.state.outbox.writes.is_empty());
}

#[test]
fn from_what_is_missing_to_the_avisos_that_keep_it_open() {
    let mut play = noted();
    let falta = domain::gate::Falta::Avisos { abiertos: 2 };
    let falta = api::fase::FaltaVista { falta, nombre: "2 avisos".to_owned(), fase: "pedido".into() };
    play.state.documentos.detalle.value.as_mut().unwrap().faltas = vec![falta];
    play.keys("f<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Notas(_))) && play.state.overlays.len() == 1);
}

#[test]
fn deleting_asks_first_and_default_is_no() {
    let mut play = noted();
    play.keys("Njjd<enter>");
    assert!(play.state.outbox.writes.is_empty());
    play.keys("ds");
    let (key, write) = sent(&play);
    assert_eq!(write, Write::DeleteNota { expediente: ExpedienteId(1), nota: NotaId(5) });
    play.msg(Msg::NotaDeleted { key, answer: Ok(()) });
    assert!(play.told("nota-borrada") && play.state.documentos.detalle.value.as_ref().unwrap().notas.is_empty());
}

#[test]
fn a_text_is_read_whole_and_esc_goes_back_to_the_list() {
    let mut play = noted();
    let reading = |play: &Play| match play.state.top() {
        Some(Overlay::Notas(notas)) => notas.reading,
        _ => panic!(),
    };
    play.keys("N<enter>");
    assert_eq!(reading(&play), Some(0));
    play.keys("j<esc>");
    assert_eq!(reading(&play), None);
    play.keys("<esc>");
    assert!(play.state.top().is_none());
}

#[test]
fn a_closed_expediente_and_who_only_looks_say_why_not() {
    let mut play = noted();
    let detalle = play.state.documentos.detalle.value.as_mut().unwrap();
    detalle.cerrado = true;
    detalle.permisos.clear();
    play.keys("N").keys("n");
    assert!(play.told("no-cerrado") && matches!(play.state.top(), Some(Overlay::Notas(_))));
    play.keys("<space>");
    assert!(play.state.outbox.writes.is_empty());
    let mut play = Play::work_with(Rol::Soporte, vec![fila(1)]);
    play.state.documentos.detalle.value.as_mut().unwrap().permisos = vec![Permiso::Ver];
    play.keys("N").keys("a");
    assert!(play.told("no-permiso"));
}

#[test]
fn keys_of_a_shell_edit_the_text_too() {
    let mut play = Play::work();
    play.keys("N").keys("n").keys("uno dos<ctrl-j>tres cuatro");
    play.keys("<ctrl-u>");
    assert_eq!(editor(&play).texto(), "uno dos\n", "to the beginning of the line");
    play.keys("<ctrl-u>");
    assert_eq!(editor(&play).texto(), "uno dos\n", "and no further");
    play.keys("<ctrl-z>");
    assert_eq!(editor(&play).texto(), "uno dos\ntres cuatro");
}

#[test]
fn what_was_left_unsaved_is_told_of_until_it_is_saved() {
    let mut before = noted();
    before.msg(Msg::Kept(Trabajo::default()));
    before.keys("N").keys("n").keys("A medias");
    let kept = |effect: Effect| match effect {
        Effect::Keep(trabajo) => Some(*trabajo),
        _ => None,
    };
    let left = before.effects().into_iter().filter_map(kept).next_back().unwrap();
    let mut play = Play::work();
    play.msg(Msg::Kept(left));
    assert!(play.told("recuperado-nota"));
    play.keys("<enter>");
    assert!(!play.told("recuperado-nota"));
}
