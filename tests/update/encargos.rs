//! Notes and avisos when the line is down, of several expedientes at once, and what stays where it was.

use crate::dsl::*;
use api::aviso::{AvisoVista, Destinatario, MiAviso, MisAvisos};
use api::evento::{Clase, Evento};
use api::nota::NotaVista;
use api::{Codigo, Problem};
use domain::{AvisoId, ExpedienteId, NotaId, PlantillaId, Rol};
use expedientes::effect::{Effect, Timer, Write};
use expedientes::i18n::Text;
use expedientes::msg::{Failure, Msg};
use expedientes::state::notas::{Campo, Escrito};
use expedientes::state::overlay::{Confirm, Overlay, Then};
use expedientes::state::trabajo::Trabajo;

fn aviso(id: i64, para: &str, vence: Option<&str>) -> AvisoVista {
    AvisoVista {
        id: AvisoId(id),
        texto: format!("Encargo {id}"),
        para: para.to_owned(),
        para_nombre: para.to_uppercase(),
        por: "luis".to_owned(),
        quien: "LUIS".to_owned(),
        cuando: "2026-11-23T10:00:00Z".to_owned(),
        vence: vence.map(str::to_owned),
        hecho: None,
        hecho_por: String::new(),
    }
}

fn nota(id: i64) -> NotaVista {
    NotaVista {
        id: NotaId(id),
        texto: "Algo".to_owned(),
        por: "ana".to_owned(),
        quien: "Ana Soler".to_owned(),
        cuando: "2026-11-23T10:00:00Z".to_owned(),
        cambiada: false,
    }
}

fn editor(play: &Play) -> &Escrito {
    let found = play.state.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Escrito(escrito) => Some(escrito),
        _ => None,
    });
    found.expect("something is being written")
}

fn para(play: &Play) -> &str {
    &editor(play).encargo.as_ref().unwrap().para
}

/// What was asked for last.
fn asked_for_people(play: &mut Play) -> Option<u64> {
    play.effects()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::LoadPersonas { generation, .. } => Some(generation),
            _ => None,
        })
        .next_back()
}

fn people(play: &mut Play, generation: u64, who: &[&str]) {
    let of = |usuario: &&str| Destinatario {
        usuario: (*usuario).to_owned(),
        nombre: format!("Don {usuario}"),
        rol: Rol::Administrativo,
    };
    play.msg(Msg::Personas { generation, answer: Ok(who.iter().map(of).collect()) });
}

/// The filter of the list of people, when it has the keys.
fn filter(play: &Play) -> Option<&str> {
    match play.state.top() {
        Some(Overlay::Picker(picker)) => Some(picker.input.value()),
        _ => None,
    }
}

#[test]
fn without_a_line_the_list_of_people_stays_and_takes_its_keys() {
    let mut play = Play::work();
    play.keys("N").keys("a").keys("Pedir el NIE<enter>").keys("lu");
    let generation = asked_for_people(&mut play).unwrap();
    play.msg(Msg::Personas { generation, answer: Err(offline()) });
    play.keys("<enter><enter>");
    assert_eq!(filter(&play), Some("lu"));
    assert!(play.state.outbox.writes.is_empty(), "Intro was meant for the list");
    assert_eq!(para(&play), "ana");
    // The line is back: they come, and the filter is still there.
    play.effects.clear();
    play.msg(Msg::Servidor(Ok(servidor())));
    let generation = asked_for_people(&mut play).expect("they are asked for again");
    people(&mut play, generation, &["ana", "luis"]);
    assert_eq!(filter(&play), Some("lu"));
    play.keys("<enter>");
    assert_eq!((para(&play), editor(&play).campo), ("luis", Campo::Vence));
}

#[test]
fn people_that_could_not_be_asked_for_are_asked_for_by_an_arrow() {
    let mut play = Play::work();
    play.keys("N").keys("a").keys("Pedir el NIE<enter>");
    let generation = asked_for_people(&mut play).unwrap();
    play.msg(Msg::Personas { generation, answer: Err(refused(Codigo::Interno)) });
    play.keys("<down>");
    let generation = asked_for_people(&mut play).expect("opening the list asks");
    play.keys("<down>");
    assert_eq!(asked_for_people(&mut play), None, "they are on their way");
    play.msg(Msg::Personas { generation, answer: Err(refused(Codigo::Interno)) });
    play.keys("<down>");
    let generation = asked_for_people(&mut play).expect("an arrow asks again");
    people(&mut play, generation, &["luis"]);
    play.keys("<enter>");
    assert_eq!(para(&play), "luis");
}

#[test]
fn people_of_the_same_expediente_are_there_at_once() {
    let mut play = Play::work();
    play.keys("N").keys("a");
    let generation = asked_for_people(&mut play).unwrap();
    people(&mut play, generation, &["ana", "luis", "marta"]);
    play.keys("<esc>a").keys("Otra cosa<enter><down><down>");
    let generation = asked_for_people(&mut play).expect("others may have come");
    assert!(matches!(play.state.top(), Some(Overlay::Picker(picker)) if picker.items.len() == 3));
    people(&mut play, generation, &["eva", "ana", "luis", "marta"]);
    play.keys("<enter>");
    assert_eq!(para(&play), "luis", "whoever was pointed at");
}

#[test]
fn a_note_is_written_in_all_that_is_marked_and_told_once() {
    let mut play = Play::work();
    play.keys("<space><space>");
    let marked = play.state.lista.marked.len();
    assert_eq!(marked, 2);
    play.keys("n").keys("nota<enter>");
    assert_eq!(editor(&play).otros, [ExpedienteId(2)]);
    play.keys("Llamar antes<enter>");
    let sent = play.state.outbox.writes.clone();
    let wanted = [1, 2].map(|id| Write::AddNota { expediente: ExpedienteId(id), texto: "Llamar antes".to_owned() });
    assert_eq!(sent.iter().map(|sent| sent.write.clone()).collect::<Vec<_>>(), wanted);
    assert!(play.state.lista.marked.is_empty());
    play.msg(Msg::NotaChanged { key: sent[0].key.clone(), answer: Ok(nota(1)) });
    assert!(play.state.mensajes.toasts.is_empty());
    play.msg(Msg::NotaChanged { key: sent[1].key.clone(), answer: Ok(nota(2)) });
    assert!(play.told("notas-guardadas") && !play.told("nota-guardada"));
}

#[test]
fn of_several_what_is_refused_comes_back_as_one_text() {
    let mut play = Play::work();
    play.keys("<space><space><space>").keys("n").keys("aviso<enter>");
    let generation = asked_for_people(&mut play).unwrap();
    people(&mut play, generation, &["ana", "luis"]);
    play.keys("Hacer<enter>").keys("luis<enter><ctrl-s>");
    let sent = play.state.outbox.writes.clone();
    assert_eq!(sent.len(), 3);
    let no = || Failure::from_problem(Problem::new(Codigo::Estado, "No caben más avisos."));
    play.msg(Msg::AvisoChanged { key: sent[2].key.clone(), answer: Err(no()) });
    play.msg(Msg::AvisoChanged { key: sent[0].key.clone(), answer: Ok(aviso(7, "luis", None)) });
    play.msg(Msg::AvisoChanged { key: sent[1].key.clone(), answer: Err(no()) });
    assert!(play.told("avisos-puestos"));
    let back = editor(&play);
    assert_eq!(
        (back.expediente, back.otros.as_slice(), back.texto().as_str()),
        (ExpedienteId(3), &[ExpedienteId(2)][..], "Hacer")
    );
    assert!(back.error.is_some());
}

#[test]
fn over_the_notes_of_an_expediente_marks_do_not_count() {
    let mut play = Play::work();
    play.state.lista.marked = [ExpedienteId(2), ExpedienteId(3)].into();
    play.keys("N").keys("n");
    assert!(editor(&play).otros.is_empty());
}

#[test]
fn what_waits_for_the_line_is_asked_about_before_leaving() {
    let mut play = Play::work();
    play.msg(Msg::Kept(Trabajo::default()));
    play.keys("N").keys("n").keys("Algo<enter>");
    play.state.now += 10_000;
    play.keys("<esc>q");
    let is_it = |confirm: &Confirm, key| matches!(confirm, Confirm { question: Text::Key(k, _), then: Then::Quit, .. } if *k == key);
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if is_it(confirm, "pregunta-salir-cambios")));
    play.keys("n");
    // Where nothing is kept it would be lost.
    play.state.trabajo = None;
    play.keys("q");
    assert!(
        matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if is_it(confirm, "pregunta-salir-cambios-perder"))
    );
    play.keys("s");
    assert!(play.state.quit);
}

#[test]
fn a_template_that_waited_is_sent_in_the_next_run_and_its_refusal_is_told() {
    let mut before = Play::work();
    before.msg(Msg::Kept(Trabajo::default()));
    let plantilla = PlantillaId::from("mandato");
    let write = Write::FromTemplate { expediente: ExpedienteId(1), plantilla, con_huecos: false };
    before.state.outbox.writes.push(expedientes::state::outbox::Sent {
        key: "k".to_owned(),
        write: write.clone(),
        since: 0,
        waiting: true,
    });
    let left = Trabajo::of(&before.state);
    let mut play = Play::work();
    play.msg(Msg::Kept(left));
    assert!(play.effects().contains(&Effect::Write { key: "k".to_owned(), write }));
    let mut problem = Problem::new(Codigo::DatosInvalidos, "Faltan datos.");
    problem.campos = vec![api::problem::CampoMalo { campo: "nif".to_owned(), mensaje: "Vacío.".to_owned() }];
    // Whatever the reason, it is told which one was not made.
    let mut other = Play::work();
    other.msg(Msg::Kept(Trabajo::of(&before.state)));
    other.msg(Msg::TemplateMade { key: "k".to_owned(), answer: Err(refused(Codigo::Estado)) });
    assert!(other.told("plantilla-no-hecha"));
    play.keys("/");
    play.msg(Msg::TemplateMade { key: "k".to_owned(), answer: Err(Failure::from_problem(problem)) });
    assert!(play.told("plantilla-con-faltas"));
}

#[test]
fn a_note_of_an_earlier_run_is_told_without_a_number_that_is_not_known() {
    let mut play = Play::work();
    let cambios = vec![expedientes::state::outbox::Sent {
        key: "k".to_owned(),
        write: Write::AddNota { expediente: ExpedienteId(900), texto: "Algo".to_owned() },
        since: 0,
        waiting: false,
    }];
    play.msg(Msg::Kept(Trabajo { cambios, ..Trabajo::default() }));
    play.msg(Msg::NotaChanged { key: "k".to_owned(), answer: Ok(nota(9)) });
    assert!(play.told("nota-guardada-sola"));
}

#[test]
fn the_day_of_an_aviso_to_oneself_is_written_over_by_the_first_character() {
    let mut play = Play::work();
    play.state.documentos.detalle.value.as_mut().unwrap().avisos = vec![aviso(7, "ana", Some("2026-11-20"))];
    play.keys("Ne").keys("5/12<enter>");
    let sent = play.state.outbox.writes.last().unwrap();
    assert!(matches!(&sent.write, Write::ChangeAviso { cambio, .. } if cambio.vence.as_deref() == Some("2026-12-05")));
    // An arrow goes on in what there is.
    play.keys("e<left>").keys("0");
    assert_eq!(editor(&play).encargo.as_ref().unwrap().vence.value(), "20/11/20206");
}

fn my_aviso(id: i64) -> MiAviso {
    MiAviso {
        expediente: ExpedienteId(id),
        numero: format!("26-{id:05}"),
        entidad: "norte".into(),
        modelo: "venta-vn".into(),
        cliente: "Cliente".to_owned(),
        aviso: aviso(id, "ana", Some("2026-11-20")),
    }
}

fn come(play: &mut Play, items: Vec<MiAviso>) {
    if play.state.avisos.mine.pending.is_none() {
        play.msg(Msg::Timer(Timer::AvisosRefresh));
    }
    let (generation, _) = play.state.avisos.mine.pending.expect("they were asked for");
    play.msg(Msg::Avisos { generation, answer: Ok(MisAvisos { total: items.len() as u32, items }) });
}

#[test]
fn what_is_done_in_ones_list_stays_in_its_place_and_the_same_key_opens_it_again() {
    let mut play = Play::work();
    come(&mut play, vec![my_aviso(7), my_aviso(8)]);
    play.keys("b<space>");
    let key = play.state.outbox.writes.last().unwrap().key.clone();
    play.msg(Msg::AvisoChanged { key, answer: Ok(aviso(7, "ana", None)) });
    come(&mut play, vec![my_aviso(8)]);
    let rows = |play: &Play| match play.state.top() {
        Some(Overlay::Avisos(list)) => {
            let rows = list.rows(play.state.avisos.items());
            rows.iter().map(|mine| (mine.aviso.id.0, mine.aviso.hecho.is_some())).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(rows(&play), [(7, true), (8, false)]);
    play.keys("<space>");
    let sent = play.state.outbox.writes.last().unwrap().clone();
    assert!(
        matches!(sent.write, Write::ChangeAviso { aviso, cambio, .. } if aviso == AvisoId(7) && cambio.hecho == Some(false))
    );
    assert_eq!(rows(&play), [(7, false), (8, false)]);
    // Refused, it is what the service says.
    play.msg(Msg::AvisoChanged { key: sent.key, answer: Err(refused(Codigo::Estado)) });
    assert_eq!(rows(&play), [(8, false)]);
    play.keys("<esc>b");
    assert_eq!(rows(&play), [(8, false)]);
}

#[test]
fn an_expediente_that_closes_takes_its_avisos_along() {
    let evento = |seq, clase| {
        Msg::Evento(Evento {
            seq,
            clase,
            expediente: Some(ExpedienteId(77)),
            revision: Some(9),
            documento: None,
            quien: "luis".to_owned(),
        })
    };
    for clase in [Clase::FaseForzada, Clase::FaseAvanzada, Clase::FaseRetrocedida] {
        let mut play = Play::work();
        come(&mut play, vec![my_aviso(77)]);
        play.effects.clear();
        play.msg(evento(1, clase));
        play.timer(Timer::AvisosRefresh);
        assert!(play.asked().iter().any(|effect| matches!(effect, Effect::LoadAvisos { .. })), "{clase:?}");
    }
}
