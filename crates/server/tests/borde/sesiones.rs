//! Signing in, staying in, being put out.

use api::sesion::{Credenciales, Persona, SesionNueva, SesionVista};
use api::{Codigo, Problem};
use reqwest::{Method, Response, StatusCode};
use server::admin;
use server::auth::totp;
use server::testkit::{CLAVE, Client, Service};

const HOUR: i64 = 3_600_000;

async fn try_login(client: &Client, usuario: &str, clave: &str, codigo: Option<String>) -> Response {
    let credenciales = Credenciales {
        usuario: usuario.into(),
        clave: clave.into(),
        codigo,
        dispositivo: Some("prueba\u{1b}[2J".into()),
    };
    client.request(Method::POST, "/sesion").json(&credenciales).send().await.unwrap()
}

async fn problem(response: Response) -> Problem {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let status = response.status().as_u16();
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.status, status);
    assert!(problem.peticion.as_ref().is_some_and(|id| id.len() == 12), "the request's id is told");
    problem
}

async fn who(client: &Client) -> StatusCode {
    client.request(Method::GET, "/sesion").send().await.unwrap().status()
}

#[tokio::test]
async fn in_and_out() {
    let service = Service::start().await;
    let client = service.login("jefe").await;
    let persona: Persona = client.request(Method::GET, "/sesion").send().await.unwrap().json().await.unwrap();
    assert_eq!(persona.usuario, "jefe");
    assert!(persona.permisos.contains(&domain::Permiso::Forzar));
    assert_eq!(client.request(Method::DELETE, "/sesion").send().await.unwrap().status(), 204);
    assert_eq!(who(&client).await, 401);
    assert_eq!(who(&service.nobody()).await, 401);
    assert_eq!(who(&Client { token: "nonsense".into(), ..service.nobody() }).await, 401);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_say_the_same() {
    let service = Service::start().await;
    let nobody = service.nobody();
    let wrong = problem(try_login(&nobody, "asesor", "mala", None).await).await;
    let unknown = problem(try_login(&nobody, "no-existe", "mala", None).await).await;
    assert_eq!((wrong.codigo, &wrong.detail), (Codigo::CredencialesMalas, &unknown.detail));
}

#[tokio::test]
async fn guessing_has_to_wait_longer_each_time() {
    let service = Service::start().await;
    let nobody = service.nobody();
    for _ in 0..5 {
        assert_eq!(try_login(&nobody, "asesor", "mala", None).await.status(), 401);
    }
    let limited = try_login(&nobody, "asesor", CLAVE, None).await;
    assert_eq!(limited.status(), 429);
    let wait: i64 = limited.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert_eq!(problem(limited).await.codigo, Codigo::DemasiadosIntentos);
    assert_eq!(try_login(&nobody, "jefe", CLAVE, None).await.status(), 201, "others are let in");
    service.advance(wait * 1000);
    assert_eq!(try_login(&nobody, "asesor", "mala", None).await.status(), 401);
    let longer = try_login(&nobody, "asesor", CLAVE, None).await;
    assert!(longer.headers()["retry-after"].to_str().unwrap().parse::<i64>().unwrap() > wait);
    service.advance(HOUR);
    assert_eq!(try_login(&nobody, "asesor", CLAVE, None).await.status(), 201);
    assert_eq!(try_login(&nobody, "asesor", "mala", None).await.status(), 401, "counting starts afresh");
}

#[tokio::test]
async fn guesses_at_the_same_time_do_not_get_past_the_limit() {
    let service = Service::start_with(|settings| settings.intentos = 2).await;
    let nobody = service.nobody();
    let guesses = (0..8).map(|at| {
        let nobody = nobody.clone();
        async move { try_login(&nobody, "asesor", &format!("mala{at}"), None).await.status().as_u16() }
    });
    let answers = futures_util::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 2, "{answers:?}");
    assert!(answers.iter().all(|status| [401, 429].contains(status)), "{answers:?}");
}

#[tokio::test]
async fn an_address_is_limited_whoever_it_guesses_at() {
    let service = Service::start_with(|settings| settings.intentos = 1).await;
    let nobody = service.nobody();
    for user in ["nadie1", "nadie2", "nadie3", "nadie4"] {
        assert_eq!(try_login(&nobody, user, "mala", None).await.status(), 401);
    }
    assert_eq!(try_login(&nobody, "jefe", CLAVE, None).await.status(), 201);
    assert_eq!(try_login(&nobody, "nadie5", "mala", None).await.status(), 401);
    assert_eq!(
        try_login(&nobody, "jefe", CLAVE, None).await.status(),
        429,
        "a good account forgives no guesses at others"
    );
}

#[tokio::test]
async fn what_was_typed_for_a_user_name_is_not_kept() {
    let service = Service::start().await;
    try_login(&service.nobody(), "mi-clave-secreta", "x", None).await;
    let mut conn = service.state().db.read().await.unwrap();
    let who: String = sqlx::query_scalar("SELECT quien FROM auditoria WHERE accion = 'sesion-rechazada'")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    assert_eq!(who, "?");
}

#[tokio::test]
async fn people_go_on_reading_while_nothing_can_be_written() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    service.advance(2 * 60_000);
    let held = service.state().db.write().await.unwrap();
    assert_eq!(who(&client).await, 200);
    drop(held);
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    for _ in 0..3 {
        service.advance(11 * HOUR);
        assert_eq!(who(&client).await, 200);
    }
    service.advance(-5 * HOUR);
    assert_eq!(who(&client).await, 200, "a clock set back changes nothing");
    service.advance(5 * HOUR + 12 * HOUR + 1);
    assert_eq!(who(&client).await, 401);
}

#[tokio::test]
async fn sessions_are_listed_and_revoked_by_their_owner_alone() {
    let service = Service::start().await;
    let nobody = service.nobody();
    let first: SesionNueva = try_login(&nobody, "asesor", CLAVE, None).await.json().await.unwrap();
    let first = Client { token: first.token, ..nobody };
    let (second, other) = (service.login("asesor").await, service.login("jefe").await);
    let list: Vec<SesionVista> = second.request(Method::GET, "/sesiones").send().await.unwrap().json().await.unwrap();
    assert_eq!(list.len(), 2);
    let theirs = list.iter().find(|sesion| !sesion.actual).unwrap();
    assert_eq!(theirs.dispositivo, "prueba[2J", "no control character is kept");
    let path = format!("/sesiones/{}", theirs.id);
    assert_eq!(other.request(Method::DELETE, &path).send().await.unwrap().status(), 404);
    assert_eq!(second.request(Method::DELETE, &path).send().await.unwrap().status(), 204);
    assert_eq!((who(&first).await, who(&second).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_no_code_works_twice() {
    let service = Service::start().await;
    let nobody = service.nobody();
    let url = admin::enable_totp(&service.state().db, "asesor", "La casa").await.unwrap();
    let secret = url.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let asked = problem(try_login(&nobody, "asesor", CLAVE, None).await).await;
    assert_eq!(asked.codigo, Codigo::CodigoRequerido);
    let code = totp::code_at(secret, service.now()).unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = problem(try_login(&nobody, "asesor", CLAVE, Some(wrong.to_owned())).await).await;
    assert_eq!((refused.codigo, refused.campos[0].campo.as_str()), (Codigo::CredencialesMalas, "codigo"));
    let refused = problem(try_login(&nobody, "asesor", "otra clave", Some(wrong.to_owned())).await).await;
    assert_eq!((refused.codigo, refused.campos.len()), (Codigo::CredencialesMalas, 0), "the password is what is wrong");
    assert_eq!(try_login(&nobody, "asesor", CLAVE, Some(code.clone())).await.status(), 201);
    assert_eq!(try_login(&nobody, "asesor", CLAVE, Some(code)).await.status(), 401, "used already");
}

#[tokio::test]
async fn a_second_factor_can_be_turned_off() {
    let service = Service::start().await;
    let db = &service.state().db;
    let refused = admin::disable_totp(db, "asesor").await.unwrap_err();
    assert_eq!(refused.problem().codigo, Codigo::Estado, "there is none");
    admin::enable_totp(db, "asesor", "La casa").await.unwrap();
    assert_eq!(try_login(&service.nobody(), "asesor", CLAVE, None).await.status(), 401);
    admin::disable_totp(db, "asesor").await.unwrap();
    assert_eq!(try_login(&service.nobody(), "asesor", CLAVE, None).await.status(), 201);
    assert_eq!(admin::disable_totp(db, "nadie").await.unwrap_err().problem().codigo, Codigo::NoEncontrado);
}

#[tokio::test]
async fn another_role_holds_from_the_next_request_on() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let db = &service.state().db;
    let role = async || {
        let persona: Persona = client.request(Method::GET, "/sesion").send().await.unwrap().json().await.unwrap();
        persona.rol
    };
    let change =
        |rol, equipo: Option<&str>| admin::Change { rol, equipo: equipo.map(str::to_owned), ..Default::default() };
    admin::change_user(db, "asesor", &change(Some(domain::Rol::Administrativo), None)).await.unwrap();
    assert_eq!(role().await, domain::Rol::Administrativo);
    let entidades = admin::Change { entidades: Some(vec!["sur-vo".to_owned()]), ..Default::default() };
    admin::change_user(db, "asesor", &entidades).await.unwrap();
    let seen: serde_json::Value = client.request(Method::GET, "/entidades").send().await.unwrap().json().await.unwrap();
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["id"]), (1, &"sur-vo".into()));
    let teamless = admin::change_user(db, "admin", &change(Some(domain::Rol::JefeVentas), None)).await.unwrap_err();
    assert_eq!(teamless.problem().campos[0].campo, "equipo");
    // Somebody else has to be administrador then.
    let other = admin::NewUser {
        usuario: "otra".into(),
        nombre: "Otra".into(),
        rol: domain::Rol::Administrador,
        equipo: None,
        entidades: Vec::new(),
        clave: "una clave larga".into(),
    };
    admin::add_user(db, other).await.unwrap();
    admin::change_user(db, "admin", &change(Some(domain::Rol::JefeVentas), Some("este"))).await.unwrap();
    let all = admin::list_users(db).await.unwrap();
    let found = all.iter().find(|user| user.usuario == "admin").unwrap();
    assert_eq!((found.rol, found.equipo.as_deref()), (domain::Rol::JefeVentas, Some("este")));
    let nowhere = |rol| admin::Change { rol, sin_equipo: true, ..Default::default() };
    assert!(admin::change_user(db, "admin", &nowhere(None)).await.is_err(), "a jefe has a team");
    admin::change_user(db, "admin", &nowhere(Some(domain::Rol::Soporte))).await.unwrap();
    let all = admin::list_users(db).await.unwrap();
    assert_eq!(all.iter().find(|user| user.usuario == "admin").unwrap().equipo, None);
}

#[tokio::test]
async fn whoever_is_put_out_is_out_at_once() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let db = &service.state().db;
    admin::set_active(db, "asesor", false).await.unwrap();
    assert_eq!(who(&client).await, 401);
    assert_eq!(try_login(&service.nobody(), "asesor", CLAVE, None).await.status(), 401);
    admin::set_active(db, "asesor", true).await.unwrap();
    admin::set_password(db, "asesor", "otra clave").await.unwrap();
    assert_eq!(try_login(&service.nobody(), "asesor", CLAVE, None).await.status(), 401);
    assert_eq!(try_login(&service.nobody(), "asesor", "otra clave", None).await.status(), 201);
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let mut service = Service::start().await;
    let client = service.login("asesor").await;
    service.restart().await;
    assert_eq!(who(&client).await, 200);
}
