use crate::dsl::*;
use api::Codigo;
use api::problem::CampoMalo;
use api::sesion::SesionNueva;
use domain::{Rol, UsuarioId};
use expedientes::effect::{Effect, Timer};
use expedientes::msg::Msg;
use expedientes::state::Screen;
use expedientes::state::conexion::EstadoConexion;
use expedientes::state::overlay::Overlay;
use expedientes::state::sesion::Field;

fn nueva() -> SesionNueva {
    SesionNueva { token: "t".to_owned(), caduca: String::new(), persona: persona(Rol::JefeVentas) }
}

fn sign_in(play: &mut Play, answer: Result<SesionNueva, expedientes::msg::Failure>) {
    let (generation, _) = play.state.sesion.pending.expect("an attempt is under way");
    play.msg(Msg::SignedIn { generation, answer });
}

#[test]
fn one_key_and_one_is_in() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    assert_eq!(play.state.screen, Screen::SignIn);
    play.keys("2");
    let Some(Effect::SignIn { credenciales, .. }) = play.effects.last() else { panic!("{:?}", play.effects) };
    assert_eq!((credenciales.usuario.as_str(), credenciales.clave.as_str()), ("jefe", "clave-jefe"));
}

#[test]
fn a_name_is_typed_and_a_digit_in_it_is_a_digit() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("ana2<enter>s3creto<enter>");
    let Some(Effect::SignIn { credenciales, .. }) = play.effects.last() else { panic!("{:?}", play.effects) };
    assert_eq!((credenciales.usuario.as_str(), credenciales.clave.as_str()), ("ana2", "s3creto"));
}

#[test]
fn a_wrong_password_leaves_the_name_and_says_why() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("ana<tab>mal<enter>");
    sign_in(&mut play, Err(refused(Codigo::CredencialesMalas)));
    assert_eq!(play.state.sesion.usuario.value(), "ana");
    assert_eq!(play.state.sesion.clave.value(), "");
    assert!(play.state.sesion.error.is_some() && play.state.sesion.field == Field::Clave);
}

#[test]
fn the_code_is_asked_for_without_the_password_again() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("ana<tab>clave<enter>");
    sign_in(&mut play, Err(refused(Codigo::CodigoRequerido)));
    assert!(play.state.sesion.con_codigo && play.state.sesion.field == Field::Codigo);
    play.keys("123456<enter>");
    let Some(Effect::SignIn { credenciales, .. }) = play.effects.last() else { panic!("{:?}", play.effects) };
    assert_eq!((credenciales.clave.as_str(), credenciales.codigo.as_deref()), ("clave", Some("123456")));
}

#[test]
fn a_wrong_code_costs_the_code_alone() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("ana<tab>clave<enter>");
    sign_in(&mut play, Err(refused(Codigo::CodigoRequerido)));
    play.keys("123456<enter>");
    let mut wrong = refused(Codigo::CredencialesMalas);
    let campo = CampoMalo { campo: "codigo".to_owned(), mensaje: "El código no es correcto.".to_owned() };
    wrong.problem.as_mut().unwrap().campos.push(campo);
    sign_in(&mut play, Err(wrong));
    assert!(play.state.sesion.field == Field::Codigo && play.state.sesion.codigo.value().is_empty());
    play.keys("654321<enter>");
    let Some(Effect::SignIn { credenciales, .. }) = play.effects.last() else { panic!("{:?}", play.effects) };
    assert_eq!((credenciales.clave.as_str(), credenciales.codigo.as_deref()), ("clave", Some("654321")));
}

#[test]
fn a_cut_while_signing_in_loses_nothing_that_was_typed() {
    let mut play = Play::start();
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("ana<tab>clave<enter>");
    sign_in(&mut play, Err(offline()));
    assert_eq!(play.state.sesion.clave.value(), "clave");
    assert!(matches!(play.state.conexion.estado, EstadoConexion::SinConexion { .. }));
    play.timer(Timer::Reconnect);
    play.msg(Msg::Servidor(Ok(servidor())));
    play.keys("<enter>");
    assert!(matches!(play.effects.last(), Some(Effect::SignIn { .. })));
}

#[test]
fn a_password_of_the_environment_shows_no_form() {
    let mut play = Play::start();
    play.state.sesion.usuario = "ana".into();
    play.state.sesion.clave = "clave".into();
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(matches!(play.effects.last(), Some(Effect::SignIn { .. })));
    assert_eq!(play.state.screen, Screen::Connecting);
    sign_in(&mut play, Err(refused(Codigo::CredencialesMalas)));
    assert_eq!(play.state.screen, Screen::SignIn, "a wrong one does");
}

#[test]
fn a_kept_session_that_has_ended_leads_to_the_form() {
    let mut play = Play::start();
    play.state.sesion.kept = true;
    play.msg(Msg::Servidor(Ok(servidor())));
    let Some(Effect::WhoAmI { generation }) = play.effects.last() else { panic!("{:?}", play.effects) };
    let generation = *generation;
    play.msg(Msg::WhoAmI { generation, answer: Err(session_ended()) });
    assert_eq!(play.state.screen, Screen::SignIn);
}

#[test]
fn the_remembered_choice_is_taken_and_others_are_asked_for() {
    for (preferred, goes_on) in [
        (Some(("norte".into(), "postventa".into())), true),
        (Some(("norte".into(), "gone".into())), false),
        (None, false),
    ] {
        let mut play = Play::start();
        play.state.eleccion.preferida = preferred;
        play.msg(Msg::Servidor(Ok(servidor())));
        play.keys("1");
        sign_in(&mut play, Ok(nueva()));
        let generation = play.state.generation;
        play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn", "postventa"])) });
        assert_eq!(matches!(play.effects.last(), Some(Effect::LoadModelo { .. })), goes_on);
        if !goes_on {
            play.keys("post<enter>");
            assert!(
                matches!(play.effects.last(), Some(Effect::LoadModelo { modelo, .. }) if modelo.as_str() == "postventa")
            );
        }
    }
}

#[test]
fn a_choice_that_cannot_be_opened_leaves_one_where_one_was() {
    let mut play = Play::work();
    play.keys("<ctrl-e>");
    let generation = play.state.generation;
    play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn", "postventa"])) });
    play.keys("post<enter>");
    let generation = play.state.eleccion.modelo_pending.unwrap();
    play.msg(Msg::Modelo { generation, answer: Err(refused(Codigo::NoEncontrado)) });
    play.keys("<esc><esc>");
    assert_eq!(play.state.screen, Screen::Work);
    assert_eq!(play.state.eleccion.actual.as_ref().unwrap().modelo.as_str(), "venta-vn");
    assert_eq!(play.selected(), 1);
}

#[test]
fn a_session_that_ends_while_editing_costs_nothing() {
    let mut play = Play::work();
    play.keys("4e<end>, S.L.<ctrl-s>");
    let sent = play.asked();
    let Some(Effect::SaveIndice { generation, key, campos, .. }) = sent.last() else { panic!("{sent:?}") };
    play.msg(Msg::IndiceSaved { generation: *generation, id: domain::ExpedienteId(1), answer: Err(session_ended()) });
    assert!(matches!(play.state.top(), Some(Overlay::SignInAgain)));
    play.effects.clear();
    play.keys("clave<enter>");
    sign_in(&mut play, Ok(nueva()));
    assert!(play.state.overlays.is_empty());
    let asked = play.asked();
    let again = asked.iter().find_map(|effect| match effect {
        Effect::SaveIndice { key, campos, .. } => Some((key.clone(), campos.clone())),
        _ => None,
    });
    assert_eq!(again, Some((key.clone(), campos.clone())), "the same save, under the same key");
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Listen { .. })));
}

#[test]
fn somebody_else_who_signs_in_finds_nothing_of_the_one_before() {
    let mut play = Play::work();
    play.keys("4eX");
    play.msg(Msg::ListenLost(session_ended()));
    play.keys("clave<enter>");
    let mut other = nueva();
    other.persona.id = UsuarioId(2);
    sign_in(&mut play, Ok(other));
    assert_eq!(play.state.screen, Screen::Choice);
    assert!(play.state.indice.edit.is_none() && play.state.documentos.detalle.value.is_none());
    play.keys("<esc>");
    assert_eq!(play.state.screen, Screen::Choice, "there is nothing to go back to");
}

#[test]
fn signing_out_asks_and_forgets() {
    let mut play = Play::work();
    play.keys(":").take(expedientes::update::Input::Action(expedientes::action::Action::Back));
    expedientes::update::work(&mut play.state, expedientes::action::Action::SignOut);
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(confirm)) if !confirm.yes));
    play.keys("s");
    assert!(play.asked().contains(&Effect::SignOut));
    play.msg(Msg::SignedOut);
    assert_eq!(play.state.screen, Screen::SignIn);
    assert!(play.state.persona.is_none() && play.state.lista.filas.is_empty());
}

#[test]
fn the_line_is_back_only_once_one_is_signed_in() {
    let mut play = Play::work();
    play.msg(Msg::ListenLost(offline()));
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(play.told("conexion-vuelve"));
    // The service that came back knows nothing of the session.
    play.msg(Msg::ListenLost(session_ended()));
    assert!(!play.told("conexion-vuelve"), "what it said is no longer so");
    play.keys("clave<enter>");
    sign_in(&mut play, Ok(nueva()));
    assert!(play.told("sesion-vuelve") && play.state.mensajes.toasts.len() == 1);
}

#[test]
fn a_line_that_comes_back_under_the_question_for_the_password_is_not_told() {
    let mut play = Play::work();
    play.msg(Msg::ListenLost(session_ended()));
    play.msg(Msg::ListenLost(offline()));
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(!play.told("conexion-vuelve"));
    // The password is sent over a line that is thought to be down still.
    play.msg(Msg::ListenLost(offline()));
    play.keys("clave<enter>");
    sign_in(&mut play, Ok(nueva()));
    assert_eq!(play.state.conexion.estado, EstadoConexion::EnLinea);
    play.msg(Msg::Servidor(Ok(servidor())));
    assert!(play.told("sesion-vuelve") && !play.told("conexion-vuelve"));
}

#[test]
fn an_administrador_finds_a_menu_whose_keys_work() {
    use expedientes::action::Action;
    let signed_in = || {
        let mut play = Play::start();
        play.msg(Msg::Servidor(Ok(servidor())));
        play.keys("ana<tab>clave<enter>");
        let admin = SesionNueva { persona: persona(Rol::Administrador), ..nueva() };
        sign_in(&mut play, Ok(admin));
        let generation = play.state.generation;
        play.msg(Msg::Entidades { generation, answer: Ok(entidades(&["venta-vn"])) });
        assert_eq!(play.state.screen, Screen::Choice);
        play
    };
    let mut play = signed_in();
    play.keys("<enter>");
    assert!(matches!(play.effects.last(), Some(Effect::LoadSessions { .. })), "the first of the menu");
    play.keys("<esc>x<esc>");
    assert!(play.state.overlays.is_empty() && play.state.eleccion.filter.value().is_empty(), "nothing is typed");
    play.keys("<down><down><enter>");
    assert_eq!(play.state.config.idioma.as_deref(), Some("en"));
    for open in [":", "?"] {
        play.keys(open);
        let Some(Overlay::Picker(picker)) = play.state.top() else { panic!("{open}") };
        let chosen = |item: &expedientes::state::overlay::Item| match item.choose {
            expedientes::state::overlay::Chosen::Action(action) => action,
            _ => panic!("{item:?}"),
        };
        let actions: Vec<Action> = picker.items.iter().map(chosen).collect();
        assert!(actions.contains(&Action::SignOut) && !actions.contains(&Action::Upload), "{actions:?}");
        play.keys("<esc>");
    }
    play.keys("u/n");
    assert!(play.state.overlays.is_empty() && play.state.mensajes.toasts.is_empty());
    play.keys("<end><up><enter>");
    assert!(matches!(play.state.top(), Some(Overlay::Confirm(_))), "signing out asks");
    play.keys("nq");
    assert!(play.state.quit);
}
