//! Starting a service whose people are signed in already, so that no test waits for a password to be checked.

use super::casa::{Persona, program};
use server::auth::token;
use server::state::Clock;
use server::store::usuarios::Nuevo;
use server::store::{Db, Tx, sesiones, usuarios};
use server::{OficinaSettings, Running, Settings, config};
use std::path::{Path, PathBuf};

const ENTIDADES: &str = "[[entidad]]\nid = \"norte-seat\"\nnombre = \"Norte Seat\"\nmodelos = [\"venta-vn\"]\n";

/// Uploads a person may have begun and not finished.
pub const MAX_OPEN: u32 = 8;

/// User name, role and team.
const PEOPLE: [(&str, &str, Option<&str>); 5] = [
    ("asesor", "asesor", Some("Norte")),
    ("otro", "asesor", Some("Sur")),
    ("jefe", "jefe-ventas", Some("Norte")),
    ("administrativo", "administrativo", None),
    ("soporte", "soporte", None),
];

pub async fn start(datos: &Path, clock: Clock, oficina: &str) -> (Running, Vec<Persona>) {
    let settings = Settings { oficina: OficinaSettings { programa: oficina.to_owned() }, ..settings(datos) };
    let db = Db::open(&settings.database_file()).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let mut tokens = Vec::new();
    for (usuario, rol, equipo) in PEOPLE {
        tokens.push((usuario, sign_in(&mut tx, usuario, rol, equipo, clock.now_ms()).await));
    }
    tx.commit().await.unwrap();
    config::apply(
        &db,
        &config::load_files(ENTIDADES, config::shipped().iter().copied(), config::shipped_plantillas().iter().copied())
            .unwrap(),
    )
    .await
    .unwrap();
    db.close().await;

    let running = server::start::start_with(settings, clock).await.unwrap();
    let http = client(&running.ca_pem);
    let people = tokens.into_iter().map(|(usuario, token)| Persona {
        origin: origin(running.addr),
        usuario: usuario.to_owned(),
        token: Some(token),
        http: http.clone(),
    });
    let people = people.collect();
    (running, people)
}

/// Sessions outlast every clock a test drives; uploads do not.
pub fn settings(datos: &Path) -> Settings {
    Settings {
        datos: datos.to_owned(),
        escucha: ([127, 0, 0, 1], 0).into(),
        horas_subida: 6,
        max_subidas_abiertas: MAX_OPEN,
        horas_sesion: 24 * 365,
        programa_dibujante: Some((program(), vec!["dibujante".to_owned()])),
        ..Settings::default()
    }
}

async fn sign_in(tx: &mut Tx, usuario: &str, rol: &str, equipo: Option<&str>, now: i64) -> String {
    let equipo_id = match equipo {
        Some(nombre) => Some(usuarios::ensure_equipo(tx, nombre).await.unwrap()),
        None => None,
    };
    let entidades = ["norte-seat".to_owned()];
    let nuevo = Nuevo { usuario, nombre: usuario, rol, equipo_id, clave: "", entidades: &entidades, creado: now };
    let usuario_id = usuarios::insert(tx, &nuevo).await.unwrap();
    let fresh = token::fresh();
    let sesion = sesiones::Nueva {
        token_sha256: &fresh.sha256,
        usuario_id,
        ahora: now,
        caduca: now + 365 * 24 * 3_600_000,
        direccion: "127.0.0.1",
        dispositivo: "prueba",
    };
    sesiones::insert(tx, &sesion).await.unwrap();
    fresh.token
}

fn client(ca_pem: &str) -> reqwest::Client {
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(ca_pem.as_bytes()).unwrap();
    reqwest::Client::builder().tls_certs_only([ca]).build().unwrap()
}

pub fn origin(addr: impl std::fmt::Display) -> String {
    format!("https://{addr}")
}

pub fn database(datos: &Path) -> PathBuf {
    settings(datos).database_file()
}
