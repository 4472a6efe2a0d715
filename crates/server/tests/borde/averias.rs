//! Faults: no space, a database that others hold, a clock that jumps, a service that stops and starts. One plain answer, nothing half
//! done, and the service goes on.

use api::lista::Lista;
use api::{Codigo, Problem};
use reqwest::{Method, Response, StatusCode};
use server::auth::totp;
use server::testkit::{CLAVE, Client, Service};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

const MINUTE: i64 = 60_000;
const YEAR: i64 = 365 * 24 * 60 * MINUTE;

async fn open(client: &Client, cliente: &str) -> Response {
    let nuevo = serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn", "indice": { "cliente": cliente } });
    client.request(Method::POST, "/expedientes").json(&nuevo).send().await.unwrap()
}

async fn count(client: &Client) -> usize {
    let path = "/expedientes?entidad=norte-seat&modelo=venta-vn&limite=200";
    let list: Lista = client.request(Method::GET, path).send().await.unwrap().json().await.unwrap();
    list.items.len()
}

async fn codigo(refused: Response) -> Codigo {
    let problem: Problem = refused.json().await.unwrap();
    assert!(problem.detail.is_some_and(|sentence| sentence.ends_with('.')), "a sentence for people");
    problem.codigo
}

async fn sign_in(service: &Service, clave: &str, codigo: Option<&str>) -> StatusCode {
    let credenciales = serde_json::json!({ "usuario": "asesor", "clave": clave, "codigo": codigo });
    service.nobody().request(Method::POST, "/sesion").json(&credenciales).send().await.unwrap().status()
}

#[tokio::test]
async fn without_space_for_the_database_people_read_and_nothing_is_half_written() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    // No page more than it has: SQLite answers as it does when the disk is full.
    let limit = async |pages: u32| {
        let mut tx = service.state().db.write().await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"))).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    limit(1).await;
    let mut written = 0;
    let full = loop {
        let answer = open(&client, &format!("{written} {}", "Gil Ferrer ".repeat(15))).await;
        if answer.status() != 201 {
            break answer;
        }
        written += 1;
        assert!(written < 150, "there is always space");
    };
    assert_eq!(full.status(), 507);
    assert_eq!(codigo(full).await, Codigo::SinEspacio);
    assert_eq!(count(&client).await, written, "what was refused is not there");
    limit(u32::MAX - 1).await;
    let next: serde_json::Value = open(&client, "Gil").await.json().await.unwrap();
    assert_eq!(next["numero"], format!("26-{:05}", written + 1), "nor has it taken a number");
}

#[tokio::test]
async fn while_another_holds_the_database_people_read_and_whoever_writes_is_told() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let file = SqliteConnectOptions::new().filename(service.datos().join("expedientes.db"));
    let mut other = SqliteConnection::connect_with(&file).await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let (refused, read) = tokio::join!(open(&client, "Gil"), count(&client));
    assert_eq!((refused.status().as_u16(), read), (503, 0));
    assert_eq!(codigo(refused).await, Codigo::NoDisponible);
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(open(&client, "Gil").await.status(), 201);
    assert_eq!(count(&client).await, 1, "once");
}

#[tokio::test]
async fn a_clock_that_ran_ahead_and_was_put_right_locks_nobody_out() {
    let service = Service::start().await;
    let url = server::admin::enable_totp(&service.state().db, "asesor", "La casa").await.unwrap();
    let secret = url.split("secret=").nth(1).unwrap().split('&').next().unwrap();
    let code = || totp::code_at(secret, service.now()).unwrap();
    service.advance(5 * YEAR);
    assert_eq!(sign_in(&service, CLAVE, Some(&code())).await, 201);
    for _ in 0..5 {
        assert_eq!(sign_in(&service, "mala", None).await, 401);
    }
    assert_eq!(sign_in(&service, CLAVE, None).await, 429);
    service.advance(-5 * YEAR);
    let used = code();
    assert_eq!(sign_in(&service, CLAVE, Some(&used)).await, 201, "neither the wait nor the code of then counts");
    assert_eq!(sign_in(&service, CLAVE, Some(&used)).await, 401, "the one of now does");
    let client = service.login("jefe").await;
    let sesiones: Vec<api::sesion::SesionVista> =
        client.request(Method::GET, "/sesiones").send().await.unwrap().json().await.unwrap();
    assert!(sesiones[0].creada.starts_with("2026-11-24T"), "time goes on from here: {}", sesiones[0].creada);
    // And does not stand still until it is what it was.
    service.advance(13 * 60 * MINUTE);
    assert_eq!(client.request(Method::GET, "/sesion").send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_client_goes_on_after_the_service_stopped_and_started() {
    let mut service = Service::start().await;
    let client = service.login("asesor").await;
    let seq = async |path: &str, until: &str| {
        let mut events = client.request(Method::GET, path).send().await.unwrap();
        let mut told = String::new();
        while !told.contains(until) {
            told.push_str(std::str::from_utf8(&events.chunk().await.unwrap().expect("open")).unwrap());
        }
        let id = told.lines().filter_map(|line| line.strip_prefix("id:")).next_back().unwrap();
        id.trim().parse::<i64>().unwrap()
    };
    open(&client, "Gil").await;
    let seen = seq("/eventos", "inicio").await;
    let stream = client.request(Method::GET, "/eventos").send().await.unwrap();
    service.restart().await;
    // What was open has ended, one way or the other, and the same session and place in the stream go on.
    let _ = stream.bytes().await;
    assert_eq!(open(&client, "Oria").await.status(), 201);
    assert_eq!(seq(&format!("/eventos?desde={seen}"), "expediente-creado").await, seen + 1);
    assert_eq!(count(&client).await, 2);
}
