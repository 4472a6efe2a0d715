//! The `admin` functions on a data folder.

use domain::Rol;
use reqwest::Method;
use server::admin::{self, NewUser};
use server::store::Db;
use server::testkit::Service;
use server::{Settings, config};

fn user(usuario: &str) -> NewUser {
    NewUser {
        usuario: usuario.into(),
        nombre: "Nueva Persona".into(),
        rol: Rol::Asesor,
        equipo: Some("norte".into()),
        entidades: vec!["norte-seat".into()],
        clave: "una clave larga".into(),
    }
}

#[tokio::test]
async fn people_are_added_once_and_wrong_ones_not_at_all() {
    let service = Service::start().await;
    let db = &service.state().db;
    admin::add_user(db, user("nueva.persona")).await.unwrap();
    let sentence = |error: server::AppError| error.problem().detail.unwrap();
    assert!(sentence(admin::add_user(db, user("nueva.persona")).await.unwrap_err()).contains("Ya hay un usuario"));
    assert!(admin::add_user(db, user("Con Espacios")).await.is_err());
    assert!(admin::add_user(db, NewUser { clave: "corta".into(), ..user("otra") }).await.is_err());
    assert!(admin::add_user(db, NewUser { rol: Rol::JefeVentas, equipo: None, ..user("otra") }).await.is_err());
    let names: Vec<String> = admin::list_users(db).await.unwrap().into_iter().map(|user| user.usuario).collect();
    assert!(names.contains(&"nueva.persona".to_owned()) && !names.contains(&"otra".to_owned()));
}

#[tokio::test]
async fn a_fresh_folder_can_be_configured() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { datos: dir.path().join("datos"), ..Settings::default() };
    admin::init(&settings).await.unwrap();
    let loaded = config::load(&settings.config_folder()).unwrap();
    let db = Db::open(&settings.database_file()).await.unwrap();
    assert_eq!(config::apply(&db, &loaded).await.unwrap(), 1);
    assert_eq!(config::diff(&config::current(&db).await.unwrap(), &loaded), Vec::<String>::new());
}

#[tokio::test]
async fn the_audit_trail_tells_when_it_was_touched() {
    let service = Service::start().await;
    for _ in 0..3 {
        service.login("asesor").await;
    }
    let db = &service.state().db;
    let whole = admin::audit_verify(db).await.unwrap().unwrap();
    assert!(whole >= 3);
    let touches = [
        "UPDATE auditoria SET quien = 'otro' WHERE id = 2",
        "DELETE FROM auditoria WHERE id = 2",
        "UPDATE auditoria SET id = CASE id WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE id END; UPDATE auditoria SET id = -id WHERE id < 0",
        "DELETE FROM auditoria WHERE id = (SELECT MAX(id) FROM auditoria)",
    ];
    for touch in touches {
        let copy = service.dir().join(format!("{}.db", touch.len()));
        db.copy_into(&copy).await.unwrap();
        let touched = Db::open(&copy).await.unwrap();
        let mut tx = touched.write().await.unwrap();
        sqlx::raw_sql(touch).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(admin::audit_verify(&touched).await.unwrap().is_err(), "{touch}");
    }
}

#[tokio::test]
async fn a_copy_comes_back_whole() {
    let service = Service::start().await;
    let client = service.login("asesor").await;
    let nuevo = serde_json::json!({ "entidad": "norte-seat", "modelo": "venta-vn", "indice": {} });
    let created = client.request(Method::POST, "/expedientes").json(&nuevo).send().await.unwrap();
    assert_eq!(created.status(), 201, "{}", created.text().await.unwrap());
    let settings = Settings { datos: service.datos(), ..Settings::default() };
    let copy = service.dir().join("copia");
    admin::backup(&settings, &copy).await.unwrap();
    assert!(admin::backup(&settings, &copy).await.is_err(), "an old copy is never written over");
    let original = service.state().blobs.put("un original").await.unwrap();
    let copy = service.dir().join("otra");
    admin::backup(&settings, &copy).await.unwrap();
    let kept = service.state().blobs.path(&original);
    let kept = copy.join(kept.strip_prefix(service.datos()).unwrap());
    std::fs::write(&kept, "otra cosa").unwrap();
    let damaged = Settings { datos: service.dir().join("mala"), ..Settings::default() };
    let refused = admin::restore(&damaged, &copy).await.unwrap_err().to_string();
    assert!(refused.contains("no es el que se guardó") && !damaged.datos.exists(), "{refused}");
    std::fs::write(&kept, "un original").unwrap();
    let other = Settings { datos: service.dir().join("devuelta"), ..Settings::default() };
    admin::restore(&other, &copy).await.unwrap();
    assert!(admin::restore(&other, &copy).await.is_err(), "nor a service that is there");
    assert_eq!(server::blobs::Blobs::open(&other.blobs_folder()).unwrap().size(&original).await.unwrap(), Some(11));
    assert_eq!(server::tls::load(&other).unwrap().ca_pem, service.ca_pem(), "clients know it again");
    let db = Db::open(&other.database_file()).await.unwrap();
    assert!(admin::audit_verify(&db).await.unwrap().is_ok());
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM expediente").fetch_one(&mut *db.read().await.unwrap()).await.unwrap();
    assert_eq!(count, 1);
}
