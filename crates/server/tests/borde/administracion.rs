//! The `admin` functions on a data folder.

use domain::Rol;
use reqwest::Method;
use server::admin::{self, Change, NewUser};
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
async fn nobody_works_in_an_entidad_that_is_not_there() {
    let service = Service::start().await;
    let db = &service.state().db;
    let sentence = |error: server::AppError| error.problem().detail.unwrap();
    let mistyped = NewUser { entidades: vec!["norte-seat".into(), "norte-saet".into()], ..user("una.persona") };
    let told = sentence(admin::add_user(db, mistyped).await.unwrap_err());
    assert!(told.contains("«norte-saet»") && told.contains("norte-seat") && told.contains("sur-vo"), "{told}");
    assert!(admin::list_users(db).await.unwrap().iter().all(|user| user.usuario != "una.persona"));
    let change = Change { entidades: Some(vec!["nada".into()]), rol: Some(Rol::Soporte), ..Change::default() };
    assert!(sentence(admin::change_user(db, "asesor", &change).await.unwrap_err()).contains("«nada»"));
    let empty = Db::open(&service.dir().join("vacia.db")).await.unwrap();
    let told = sentence(admin::add_user(&empty, user("una.persona")).await.unwrap_err());
    assert!(told.contains("config apply"), "{told}");
}

/// A service always has somebody who looks after it.
#[tokio::test]
async fn the_last_administrador_stays() {
    let service = Service::start().await;
    let db = &service.state().db;
    let admins = |users: Vec<admin::User>| -> Vec<String> {
        users
            .into_iter()
            .filter(|user| user.activo && user.rol == Rol::Administrador)
            .map(|user| user.usuario)
            .collect()
    };
    for other in admins(admin::list_users(db).await.unwrap()) {
        if other != "ultima.persona" {
            let last = NewUser { rol: Rol::Administrador, equipo: None, ..user("ultima.persona") };
            let _ = admin::add_user(db, last).await;
            admin::set_active(db, &other, false).await.unwrap();
        }
    }
    let less = Change { rol: Some(Rol::Soporte), ..Change::default() };
    for refused in
        [admin::set_active(db, "ultima.persona", false).await, admin::change_user(db, "ultima.persona", &less).await]
    {
        let told = refused.unwrap_err().problem().detail.unwrap();
        assert!(told.contains("último administrador"), "{told}");
    }
    assert_eq!(admins(admin::list_users(db).await.unwrap()), ["ultima.persona"]);
    let named = Change { nombre: Some("Otro Nombre".into()), ..Change::default() };
    admin::change_user(db, "ultima.persona", &named).await.unwrap();
    admin::add_user(db, NewUser { rol: Rol::Administrador, equipo: None, ..user("otra.mas") }).await.unwrap();
    admin::change_user(db, "ultima.persona", &less).await.unwrap();
}

#[tokio::test]
async fn who_somebody_is_can_be_changed_and_counts_at_once() {
    let service = Service::start().await;
    let db = &service.state().db;
    let client = service.login("asesor").await;
    let change = Change {
        nombre: Some("Otro Nombre".into()),
        rol: Some(Rol::JefeVentas),
        equipo: Some("sur".into()),
        entidades: Some(vec!["sur-vo".into()]),
        ..Change::default()
    };
    admin::change_user(db, "asesor", &change).await.unwrap();
    let users = admin::list_users(db).await.unwrap();
    let changed = users.into_iter().find(|user| user.usuario == "asesor").unwrap();
    assert_eq!(
        (changed.nombre.as_str(), changed.rol, changed.equipo.as_deref()),
        ("Otro Nombre", Rol::JefeVentas, Some("sur"))
    );
    assert_eq!(changed.entidades, ["sur-vo"]);
    assert!(admin::list_teams(db).await.unwrap().contains(&"sur".to_owned()));
    let offered = client.request(Method::GET, "/entidades").send().await.unwrap().text().await.unwrap();
    assert!(offered.contains("sur-vo") && !offered.contains("norte-seat"), "{offered}");
    let nobody = admin::set_active(db, "nadie", false).await.unwrap_err().problem().detail.unwrap();
    assert!(nobody.contains("No hay ningún usuario «nadie»"), "{nobody}");
    let nameless = Change { nombre: Some(" \u{1b} ".into()), ..Change::default() };
    assert!(admin::change_user(db, "asesor", &nameless).await.is_err());
    let who: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT quien FROM auditoria WHERE accion LIKE 'usuario-%' OR accion LIKE 'config%'",
    )
    .fetch_all(&mut *db.read().await.unwrap())
    .await
    .unwrap();
    assert_eq!(who, ["consola"]);
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
