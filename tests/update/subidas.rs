use crate::dsl::*;
use api::documento::Duplicado;
use domain::EstadoDocumento::Pendiente;
use domain::{DocumentoId, ExpedienteId, TipoId};
use expedientes::effect::{Effect, Timer};
use expedientes::msg::Msg;
use expedientes::state::overlay::{Entry, Overlay};
use expedientes::state::transfers::{EstadoTransfer, Job, Pick};
use std::path::PathBuf;

fn entry(name: &str, folder: bool) -> Entry {
    Entry { label: name.to_owned(), path: PathBuf::from("/tmp").join(name), folder, bytes: 10 }
}

fn pick(name: &str) -> Pick {
    Pick { path: PathBuf::from("/tmp").join(name), nombre: name.to_owned(), bytes: 10, tipo: None }
}

/// The folder that is awaited comes.
fn folder(play: &mut Play, entries: Vec<Entry>) {
    let asked = play.asked();
    let Some(Effect::ListFolder { generation, .. }) = asked.last() else { panic!("{asked:?}") };
    play.msg(Msg::Folder { generation: *generation, folder: "/tmp".into(), answer: Ok(entries) });
}

fn uploads(effects: &[Effect]) -> Vec<(u64, PathBuf, TipoId, String)> {
    let of = |effect: &Effect| match effect {
        Effect::StartTransfer { id, job: Job::Upload { path, tipo, key, .. } } => {
            Some((*id, path.clone(), tipo.clone(), key.clone()))
        }
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn moved(id: u64, estado: EstadoTransfer) -> Msg {
    Msg::Transfer { id, done: 10, total: 10, rate: 5, estado }
}

#[test]
fn files_are_found_marked_reviewed_and_sent() {
    let mut play = Play::work();
    play.keys("u");
    folder(
        &mut play,
        vec![
            entry("abril", true),
            entry("factura F-1.pdf", false),
            entry("foto.jpg", false),
            entry("dni ana.jpg", false),
        ],
    );
    play.keys("fact<tab><backspace><backspace><backspace><backspace>dni<tab><ctrl-s>");
    let Some(Overlay::Files(files)) = play.state.top() else { panic!("the review is open") };
    assert!(files.review);
    let guessed: Vec<Option<&str>> = files.chosen.iter().map(|pick| pick.tipo.as_ref().map(TipoId::as_str)).collect();
    assert_eq!(guessed, [Some("factura"), Some("dni")]);
    play.keys("<enter>");
    let sent = uploads(&play.asked());
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].3, sent[1].3, "each has its key");
    assert!(play.state.overlays.is_empty() && play.state.transfers.open() == 2);
}

#[test]
fn folders_are_gone_into_and_out_of() {
    let mut play = Play::work();
    play.keys("u");
    folder(&mut play, vec![entry("abril", true)]);
    play.keys("<enter>");
    assert!(
        matches!(play.asked().as_slice(), [Effect::ListFolder { folder, .. }] if folder == &PathBuf::from("/tmp/abril"))
    );
    play.keys("<backspace>");
    assert!(matches!(play.asked().as_slice(), [Effect::ListFolder { folder, .. }] if folder == &PathBuf::from("/")));
    play.keys("<esc>");
    assert!(play.state.overlays.is_empty());
}

#[test]
fn a_file_without_a_type_is_asked_about_before_it_goes() {
    let mut play = Play::work();
    play.msg(Msg::Files { picks: vec![pick("IMG_0001.jpg")], refused: Vec::new() });
    play.keys("<enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Picker(_))));
    play.keys("rgpd<enter><enter>");
    assert_eq!(uploads(&play.asked())[0].2.as_str(), "rgpd");
}

#[test]
fn on_a_missing_document_its_type_is_preferred() {
    let mut play = Play::work();
    let mut lacking = detalle(1, 4, vec![documento(11, 1, "pedido", Pendiente)]);
    let falta = domain::gate::Falta::Documento {
        tipo: "rgpd".into(),
        estado: domain::gate::EstadoRequisito::Falta,
        alternativas: Vec::new(),
    };
    lacking.faltas = vec![api::fase::FaltaVista { falta, nombre: "Consentimiento".to_owned(), fase: "oferta".into() }];
    play.keys("R").detalle(lacking);
    play.effects.clear();
    play.keys("2");
    let missing =
        play.state.documentos.lines().iter().position(
            |line| matches!(line, expedientes::state::documentos::Line::Falta(f) if f.tipo.as_str() == "rgpd"),
        );
    play.keys("g");
    for _ in 0..missing.expect("the consent is missing") {
        play.keys("j");
    }
    play.keys("<enter>");
    folder(&mut play, vec![entry("IMG_0001.jpg", false)]);
    play.keys("<enter>");
    assert!(
        matches!(play.state.top(), Some(Overlay::Files(files)) if files.chosen[0].tipo.as_ref().unwrap().as_str() == "rgpd")
    );
}

#[test]
fn dropped_paths_start_the_review_wherever_one_is() {
    for before in ["", "/fase", "2", "e"] {
        let mut play = Play::work();
        play.keys(before);
        play.effects.clear();
        play.paste("'/tmp/a b.pdf' file:///tmp/c%20d.pdf\n");
        let asked = play.asked();
        let [Effect::InspectFiles { paths }] = asked.as_slice() else { panic!("{before:?}: {asked:?}") };
        assert_eq!(paths, &[PathBuf::from("/tmp/a b.pdf"), PathBuf::from("/tmp/c d.pdf")]);
        play.msg(Msg::Files {
            picks: vec![pick("a b.pdf")], refused: vec!["No se puede leer «c d.pdf».".to_owned()]
        });
        assert!(matches!(play.state.top(), Some(Overlay::Files(files)) if files.review));
    }
    let mut play = Play::work();
    play.paste("hola");
    assert!(play.told("pegado-sin-rutas"));
    play.keys("/").paste("gil ferrer");
    assert_eq!(play.state.lista.search.as_ref().unwrap().input.value(), "gil ferrer");
}

#[test]
fn named_on_the_command_line_they_wait_for_the_first_expediente() {
    let mut play = Play::start();
    play.state.files = vec![PathBuf::from("/tmp/x.pdf")];
    let files = play.state.files.clone();
    play = Play::work();
    play.state.files = files;
    play.keys("R").detalle(detalle(1, 4, Vec::new()));
    assert!(play.asked().contains(&Effect::InspectFiles { paths: vec![PathBuf::from("/tmp/x.pdf")] }));
    play.msg(Msg::Files { picks: vec![pick("x.pdf")], refused: Vec::new() });
    assert!(matches!(play.state.top(), Some(Overlay::Files(_))));
}

fn uploading() -> (Play, u64) {
    let mut play = Play::work();
    play.msg(Msg::Files { picks: vec![pick("factura.pdf")], refused: Vec::new() });
    play.keys("<enter>");
    let id = uploads(&play.asked())[0].0;
    play.msg(moved(id, EstadoTransfer::EnCurso));
    (play, id)
}

#[test]
fn when_it_is_there_the_detail_follows_and_a_duplicate_is_pointed_out() {
    let (mut play, id) = uploading();
    play.msg(moved(id, EstadoTransfer::Hecho(Some(DocumentoId(50)))));
    assert!(play.told("subida-hecha"));
    let mut new = documento(50, 1, "factura", Pendiente);
    new.duplicado = Some(Duplicado { documento: DocumentoId(9), numero: "26-00009".to_owned() });
    play.detalle(detalle(1, 4, vec![new.clone()]));
    assert!(play.told("documento-duplicado"));
    play.state.mensajes.toasts.clear();
    play.keys("R").detalle(detalle(1, 5, vec![new]));
    assert!(!play.told("documento-duplicado"), "once");
}

#[test]
fn a_failed_one_is_tried_again_under_its_key() {
    let (mut play, id) = uploading();
    let key = |play: &Play| match &play.state.transfers.items[0].job {
        Job::Upload { key, .. } => key.clone(),
        Job::Download { .. } => panic!("it is an upload"),
    };
    let before = key(&play);
    play.msg(moved(id, EstadoTransfer::Fallido("No se puede.".to_owned())));
    play.keys("w<enter>");
    assert_eq!(uploads(&play.asked())[0].3, before);
}

#[test]
fn cancelling_asks_and_what_comes_later_does_not_bring_it_back() {
    let (mut play, id) = uploading();
    play.keys("wd");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(_))));
    play.keys("s");
    assert!(play.asked().contains(&Effect::CancelTransfer { id }));
    play.msg(moved(id, EstadoTransfer::EnCurso));
    assert_eq!(play.state.transfers.items[0].estado, EstadoTransfer::Cancelado);
}

#[test]
fn one_that_the_line_has_cut_goes_on_when_it_is_back() {
    let (mut play, id) = uploading();
    // The upload may be the first to know.
    play.msg(Msg::TransferCut { id, failure: offline() });
    assert!(play.told("subida-espera"));
    assert_eq!(play.state.transfers.items[0].estado, EstadoTransfer::EnCola);
    play.timer(Timer::Reconnect);
    play.msg(Msg::Servidor(Ok(servidor())));
    assert_eq!(uploads(&play.asked()).iter().map(|sent| sent.0).collect::<Vec<_>>(), [id]);
}

#[test]
fn leaving_asks_while_uploads_are_open() {
    let (mut play, _) = uploading();
    play.keys("q");
    assert!(!play.state.quit && matches!(play.state.top(), Some(Overlay::Confirm(_))));
    play.keys("<esc>");
    assert!(!play.state.quit && play.state.overlays.is_empty());
    play.keys("<ctrl-c>s");
    assert!(play.state.quit);
}

#[test]
fn an_original_is_opened_or_saved() {
    let mut play = Play::work();
    play.keys("2o");
    assert!(
        matches!(play.asked().as_slice(), [Effect::StartTransfer { job: Job::Download { documento, folder: None }, .. }] if documento.0 == 11)
    );
    play.keys("D<enter>");
    assert!(matches!(
        play.asked().as_slice(),
        [Effect::StartTransfer { job: Job::Download { folder: Some(_), .. }, .. }]
    ));
    assert_eq!(play.state.documentos.expediente, Some(ExpedienteId(1)));
}

#[test]
fn one_type_for_all_files_of_the_review_or_for_the_marked_ones() {
    let types = |play: &Play| -> Vec<Option<String>> {
        let Some(Overlay::Files(files)) = play.state.top() else { panic!("the review is open") };
        files.chosen.iter().map(|pick| pick.tipo.as_ref().map(ToString::to_string)).collect()
    };
    let mut play = Play::work();
    play.msg(Msg::Files { picks: vec![pick("a.jpg"), pick("b.jpg"), pick("c.jpg")], refused: Vec::new() });
    play.keys("<space>j<space>c").keys("factura<enter>");
    assert_eq!(types(&play), [Some("factura".to_owned()), None, Some("factura".to_owned())]);
    play.keys("Vcpedido<enter>");
    assert_eq!(types(&play), vec![Some("pedido".to_owned()); 3], "V marks all of them");
    play.keys("cfactura<enter>");
    let one = |tipo: &String| tipo == "factura";
    assert_eq!(types(&play).iter().flatten().filter(|tipo| one(tipo)).count(), 1, "marks are for once");
    play.keys("V<esc>");
    assert!(matches!(play.state.top(), Some(Overlay::Files(files)) if files.review && files.marked.is_empty()));
    play.keys("<home><space>d");
    assert_eq!(types(&play).len(), 2);
}

#[test]
fn paths_of_several_lines_are_several_files_whatever_ends_the_lines() {
    for end in ["\r", "\n", "\r\n"] {
        let mut play = Play::work();
        play.paste(&["/tmp/uno.pdf", "/tmp/dos tres.pdf", ""].join(end));
        let paths = vec!["/tmp/uno.pdf".into(), "/tmp/dos tres.pdf".into()];
        assert_eq!(play.asked(), [Effect::InspectFiles { paths }], "{end:?}");
    }
}
