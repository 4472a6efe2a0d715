//! The configuration: wrong files, differences, what may not be taken away, and a service that takes it up.

use super::casa::Casa;
use api::lista::Lista;
use domain::{Fase, Modelo};
use reqwest::Method;
use server::config::{self, ApplyError, Configuracion};
use std::sync::Arc;

const ENTIDADES: &str = "[[entidad]]\nid = \"norte-seat\"\nnombre = \"NORTE-SEAT\"\nmodelos = [\"venta-vn\", \"venta-vo\", \"postventa\"]\n\n\
     [[entidad]]\nid = \"sur-vo\"\nnombre = \"SUR-VO\"\nmodelos = [\"venta-vn\", \"venta-vo\", \"postventa\"]\n";

fn shipped() -> Configuracion {
    config::load_files(ENTIDADES, config::shipped().iter().copied(), config::shipped_plantillas().iter().copied())
        .unwrap()
}

fn changed(change: impl FnOnce(&mut Modelo)) -> Configuracion {
    let mut config = shipped();
    let at = config.modelos.iter().position(|m| m.id.as_str() == "venta-vn").unwrap();
    let mut modelo = (*config.modelos[at]).clone();
    change(&mut modelo);
    config.modelos[at] = Arc::new(modelo);
    config
}

#[test]
fn a_wrong_file_is_told_file_line_and_what_to_do() {
    let (name, text) = config::shipped()[0];
    let line_of = |text: &str, part: &str| text.lines().position(|l| l.contains(part)).unwrap() + 1;
    let unknown_fase = text.replace(
        "fase = \"entrega\", requerido = true, palabras = [\"seguro\"",
        "fase = \"entregas\", requerido = true, palabras = [\"seguro\"",
    );
    let wrong_type = text.replace("tipo = \"vin\"", "tipo = \"bastidor\"");
    let unknown_key = text.replace("papeles = {", "colores = 3\npapeles = {");
    let broken = text.replace("id = \"venta-vn\"", "id = venta vn");
    for (file, at, says) in [
        (&unknown_fase, line_of(&unknown_fase, "entregas"), "entregas"),
        (&wrong_type, line_of(&wrong_type, "\"bastidor\", seccion"), "«bastidor» no vale"),
        (&unknown_key, line_of(&unknown_key, "colores"), "«colores» no existe"),
        (&broken, line_of(&broken, "venta vn"), "no se entiende"),
    ] {
        let wrong =
            config::load_files(ENTIDADES, [(name, file.as_str())], config::shipped_plantillas().iter().copied())
                .unwrap_err();
        let first = wrong.iter().find(|e| e.file == name).unwrap();
        assert_eq!(first.line, at, "{first}");
        assert!(first.message.contains(says), "{first}");
    }
    let entidades = "[[entidad]]\nid = \"norte\"\nnombre = \"Norte\"\nmodelos = [\"venta-xx\"]\n";
    let wrong =
        config::load_files(entidades, config::shipped().iter().copied(), config::shipped_plantillas().iter().copied())
            .unwrap_err();
    assert_eq!(
        wrong[0].to_string(),
        "entidades.toml:4: No hay ningún modelo «venta-xx»: use uno de estos: postventa, venta-vn, venta-vo."
    );
}

#[test]
fn a_folder_is_read_and_what_is_missing_is_told() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(config::load(dir.path()).unwrap_err().len(), 2);
    std::fs::create_dir(dir.path().join("modelos")).unwrap();
    std::fs::write(dir.path().join("entidades.toml"), ENTIDADES).unwrap();
    for (name, text) in config::shipped() {
        std::fs::write(dir.path().join("modelos").join(name), text).unwrap();
    }
    assert!(config::load(dir.path()).unwrap_err().iter().all(|e| e.line > 0 && e.message.contains("Falta el texto")));
    for (name, text) in config::shipped_plantillas() {
        let file = dir.path().join("plantillas").join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let mut loaded = config::load(dir.path()).unwrap();
    loaded.modelos.sort_by(|a, b| a.id.cmp(&b.id));
    let mut expected = shipped();
    expected.modelos.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(loaded, expected);
}

#[test]
fn differences_are_told_in_words() {
    assert!(config::diff(&shipped(), &shipped()).is_empty());
    let mut new = changed(|modelo| {
        modelo.campos.retain(|c| c.id.as_str() != "nive");
        modelo.tipos[0].nombre = "Oferta firmada".into();
        modelo.tipos[1].requerido = false;
        modelo.fases.insert(1, Fase { id: "prueba".into(), nombre: "Prueba".into(), si: None, campos: Vec::new() });
    });
    new.entidades.pop();
    assert_eq!(
        config::diff(&shipped(), &new),
        [
            "− entidad sur-vo",
            "+ fase prueba de venta-vn",
            "documento oferta de venta-vn: «Oferta» pasa a llamarse «Oferta firmada»",
            "documento rgpd de venta-vn: cambia su definición",
            "− campo nive de venta-vn",
        ]
    );
}

#[tokio::test]
async fn what_is_in_use_stays_and_what_runs_stays_as_it_was() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", "Gil".into()), ("marca", "seat".into()), ("nive", "ABC".into())]).await.id;
    casa.validated(id, &["rgpd"]).await;
    let mut new = changed(|modelo| {
        modelo.fases.remove(0);
        modelo.tipos.retain(|t| t.id.as_str() != "rgpd" && t.id.as_str() != "pdi");
        modelo.campos.retain(|c| c.id.as_str() != "nive" && c.id.as_str() != "version");
        for campo in &mut modelo.campos {
            campo.opciones.retain(|o| o.id != "seat" && o.id != "audi");
        }
    });
    new.entidades.remove(0);
    let state = casa.service.state();
    let Err(ApplyError::InUse(broken)) = config::apply(&state.db, &new).await else { panic!("applied") };
    assert_eq!(broken.len(), 5, "{broken:#?}");
    assert!(broken.iter().all(|line| line.contains("lo usa un expediente")), "{broken:#?}");
    assert!(!config::refresh(state).await.unwrap());
    assert_eq!(config::current(&state.db).await.unwrap().version, 1);
}

#[tokio::test]
async fn only_what_a_change_touches_is_written_again() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", "Gil".into()), ("nive", "ABC".into())]).await.id;
    let state = casa.service.state();
    // What nobody would have written: it shows who writes again.
    let mut tx = state.db.write().await.unwrap();
    sqlx::raw_sql("UPDATE expediente SET requeridos = 99, vehiculo = 'otro'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let row = async || {
        let mut conn = state.db.read().await.unwrap();
        let row: (i64, String) = sqlx::query_as("SELECT requeridos, vehiculo FROM expediente WHERE id = ?")
            .bind(id.0)
            .fetch_one(&mut *conn)
            .await
            .unwrap();
        row
    };
    let names = |modelo: &mut Modelo| {
        modelo.fases[0].nombre = "Contacto".into();
        modelo.tipos[0].nombre = "Propuesta".into();
        let mut nuevo = modelo.campos.iter().find(|c| c.id.as_str() == "nive").unwrap().clone();
        nuevo.id = "otro-nive".into();
        modelo.campos.push(nuevo);
    };
    config::apply(&state.db, &changed(names)).await.unwrap();
    assert_eq!(row().await, (99, "otro".to_owned()), "names, and a field that nobody has filled, touch no expediente");
    let asked = |modelo: &mut Modelo| {
        names(modelo);
        modelo.tipos[0].requerido = true;
    };
    config::apply(&state.db, &changed(asked)).await.unwrap();
    assert_eq!(row().await, (2, "otro".to_owned()), "what is asked for is counted again, and found as before");
    let shown = |modelo: &mut Modelo| {
        asked(modelo);
        modelo.papeles.vehiculo = "nive".into();
    };
    config::apply(&state.db, &changed(shown)).await.unwrap();
    assert_eq!(row().await, (2, "ABC".to_owned()));
}

#[tokio::test]
async fn a_new_fase_field_and_document_reach_what_runs_and_every_count() {
    let casa = Casa::new().await;
    let id = casa.open(&[("cliente", "Gil".into()), ("nive", "ABC".into()), ("pedido", "2026-11-03".into())]).await.id;
    casa.validated(id, &["rgpd"]).await;
    let new = changed(|modelo| {
        modelo.fases.insert(0, Fase { id: "contacto".into(), nombre: "Contacto".into(), si: None, campos: Vec::new() });
        modelo.tipos[0].requerido = true;
        modelo.papeles.vehiculo = "nive".into();
        modelo.campos.iter_mut().filter(|c| c.id.as_str() == "cliente").for_each(|c| c.nombre = "Titular".into());
    });
    let state = casa.service.state();
    assert_eq!(config::apply(&state.db, &new).await.unwrap(), 2);
    assert_eq!(config::apply(&state.db, &new).await.unwrap(), 2);
    // The service may have looked by itself just now.
    config::refresh(state).await.unwrap();
    assert!(!config::refresh(state).await.unwrap() && state.config().version == 2);
    let list = async |q: &str| {
        casa.get::<Lista>("asesor", &format!("/expedientes?entidad=norte-seat&modelo=venta-vn&q={q}"))
            .await
            .unwrap()
            .items
    };
    let row = &list("fase:oferta%20gil%20pedido:3/11").await[0];
    assert_eq!((row.listos, row.requeridos, row.vehiculo.as_str()), (1, 2, "ABC"));
    assert!(list("fase:contacto").await.is_empty() && !list("faltan:1%20*abc").await.is_empty());
    assert_eq!(casa.detail("administrativo", id).await.unwrap().faltas.len(), 4);
    let answer = casa.request("asesor", Method::GET, "/entidades").await.send().await.unwrap();
    assert_eq!(answer.headers()["config-version"], "2");
    let told: Vec<String> = sqlx::query_scalar("SELECT clase FROM evento ORDER BY seq DESC LIMIT 1")
        .fetch_all(&mut *state.db.read().await.unwrap())
        .await
        .unwrap();
    assert_eq!(told, ["configuracion-cambiada"]);
}

fn with_text(text: &str) -> Result<Configuracion, Vec<config::Error>> {
    let given = config::shipped_plantillas().iter().copied();
    let given = given.map(|(name, old)| (name, if name == "venta-vn/oferta.md" { text } else { old }));
    config::load_files(ENTIDADES, config::shipped().iter().copied(), given)
}

#[test]
fn a_wrong_template_is_told_file_line_and_what_to_do() {
    for (text, line, says) in [
        ("# Oferta\n\n{{ colores }}\n", 3, "«colores»"),
        ("a\n{% if pvp > 3 %}\nb", 3, "{% endif %}"),
        ("a\n\n{{ cliente", 3, "Falta cerrar"),
        ("{% for x in y %}", 1, "«for»"),
        ("a\n{% if forma_pago in [\"contado\", \"conta\"] %}b{% endif %}", 2, "contado, financiado, renting"),
        (" \n", 1, "vacía"),
        ("a\n\n[firma] a | b | c | d | e", 3, "Caben 4"),
        (&format!("a\n{{% if {}cliente %}}x{{% endif %}}", "not ".repeat(9_000)), 2, "repártala"),
        ("a {% if forma_pagos == \"x\" %}b{% endif %}", 1, "«forma_pagos»"),
    ] {
        let wrong = with_text(text).unwrap_err();
        let [error] = wrong.as_slice() else { panic!("{text}: {wrong:?}") };
        assert_eq!((error.file.as_str(), error.line), ("plantillas/venta-vn/oferta.md", line), "{text}: {error}");
        assert!(error.message.contains(says), "{text}: {error}");
    }
    assert!(with_text(&"x".repeat(70_000)).unwrap_err()[0].message.contains("64 kB"));
    let (name, file) = config::shipped()[0];
    let wrong_tipo = file.replace("nombre = \"Oferta\", tipo = \"oferta\"", "nombre = \"Oferta\", tipo = \"ofertas\"");
    let wrong =
        config::load_files(ENTIDADES, [(name, wrong_tipo.as_str())], config::shipped_plantillas().iter().copied());
    let wrong = wrong.unwrap_err();
    let at = wrong_tipo.lines().position(|l| l.contains("\"ofertas\"")).unwrap() + 1;
    assert!(wrong.iter().any(|e| e.line == at && e.message.contains("«ofertas»")), "{wrong:?}");
}

#[test]
fn templates_added_taken_away_and_changed_are_told() {
    let mut new = with_text("# Otra oferta\n").unwrap();
    let at = new.modelos.iter().position(|m| m.id.as_str() == "venta-vn").unwrap();
    let mut modelo = (*new.modelos[at]).clone();
    modelo.plantillas.retain(|p| p.id.as_str() != "rgpd");
    modelo.plantillas[1].nombre = "Pedido".into();
    new.modelos[at] = Arc::new(modelo);
    let told = config::diff(&shipped(), &new);
    assert_eq!(
        told,
        [
            "− plantilla rgpd de venta-vn",
            "plantilla pedido de venta-vn: «Hoja de pedido» pasa a llamarse «Pedido»",
            "plantilla oferta de venta-vn: cambia su texto",
        ]
    );
}

#[tokio::test]
async fn texts_are_kept_with_the_configuration_and_older_ones_have_none() {
    let casa = Casa::new().await;
    let state = casa.service.state();
    let new = with_text("# Otra oferta\n").unwrap();
    let version = config::apply(&state.db, &new).await.unwrap();
    assert_eq!(config::apply(&state.db, &new).await.unwrap(), version, "nothing more has changed");
    config::refresh(state).await.unwrap();
    assert_eq!(state.config().texto(&"venta-vn".into(), &"oferta".into()), Some("# Otra oferta\n"));
    // As the program before this one stored it.
    let mut tx = state.db.write().await.unwrap();
    sqlx::query(
        "INSERT INTO configuracion (version, cuando, quien, contenido)
         SELECT version + 1, cuando, quien, json_remove(contenido, '$.textos') FROM configuracion ORDER BY version DESC LIMIT 1",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert!(config::current(&state.db).await.unwrap().textos.is_empty());
}

#[test]
fn the_manual_s_own_template_is_right() {
    let manual = include_str!("../../../../docs/modelos.md");
    let text = manual.split("```markdown\n").nth(1).and_then(|part| part.split("```").next()).unwrap();
    with_text(text).unwrap();
}

#[test]
fn every_template_that_ships_is_a_document_with_and_without_values() {
    use plantilla::{Dato, Datos, Hoja, Plantilla};
    for (name, text) in config::shipped_plantillas() {
        let read = Plantilla::leer(text).unwrap();
        let filled: Datos = read.nombres().map(|(field, _)| (field.to_owned(), Dato::texto("Muñoz, S.L."))).collect();
        for values in [&Datos::new(), &filled] {
            let pdf = read.pdf(values, &Hoja::default()).unwrap();
            let pages = render::paginas(&pdf).unwrap();
            assert!((1..=2).contains(&pages), "{name}: {pages} pages");
        }
        assert!(read.vacios(&filled).unwrap().is_empty(), "{name}");
    }
}
