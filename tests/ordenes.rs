//! The commands of scripts and of whoever sets up a service, as they are run: the built program, on a real service.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/service.rs"]
#[allow(dead_code, reason = "shared with the journeys")]
mod service;

use expedientes::remote::{Remote, RemoteConfig};
use service::{Service, command};
use std::process::{Command, Stdio};

/// A PDF by its first bytes and nothing more: it is taken, and has no page.
const BROKEN_PDF: &[u8] = b"%PDF-1.7\nnothing\n%%EOF\n";

#[test]
fn scripts_write_notes_and_give_avisos() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| command(&service, home.path(), args);
    let read = |out: &str| serde_json::from_str::<serde_json::Value>(out).unwrap();
    let (_, out, _) = run(&["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn", "--json", "-fase:cerrado"]);
    let id = read(&out)["items"][0]["id"].to_string();
    let (code, out, err) = run(&["anotar", &id, "uno\ndos\u{1b}[2J", "--json"]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(read(&out)["texto"], "uno\ndos[2J");
    let me = read(&out)["por"].as_str().unwrap().to_owned();
    assert_eq!(run(&["anotar", &id, "  "]).0, Some(2));
    let (code, _, told) = run(&["avisar", &id, "--vence", "31/02", "Pedir el NIE"]);
    assert!(code == Some(2) && told.contains("día"), "{told}");
    assert_eq!(run(&["avisar", &id, "--para", "nadie", "Pedir el NIE"]).0, Some(1));
    let (code, out, err) = run(&["avisar", &id, "--para", &me, "--vence", "01/02/2020", "Pedir el NIE", "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let aviso = read(&out)["id"].as_i64().unwrap();
    let (_, out, _) = run(&["avisos"]);
    assert!(out.contains("vencido 01/02/2020") && out.contains("Pedir el NIE"), "{out}");
    let (_, out, _) = run(&["notas", &id]);
    let place = |text: &str| out.find(text).unwrap_or_else(|| panic!("{text}: {out}"));
    assert!(place("Pedir el NIE") < place("  uno\n  dos[2J"), "what is to be done comes first: {out}");
    assert_eq!(run(&["hecho", &aviso.to_string()]).0, Some(0));
    let (_, out, _) = run(&["avisos", "--json"]);
    assert!(read(&out)["items"].as_array().unwrap().iter().all(|mine| mine["aviso"]["id"] != aviso));
    assert_eq!(run(&["hecho", "999999"]).0, Some(1));
}

#[test]
fn scripts_make_documents_from_templates() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| command(&service, home.path(), args);
    let read = |out: &str| serde_json::from_str::<serde_json::Value>(out).unwrap();
    let search = ["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn", "--json", "fase:oferta"];
    let id = read(&run(&search).1)["items"][0]["id"].to_string();
    assert_eq!(run(&["indice", &id, "nif="]).0, Some(0));
    let (code, out, _) = run(&["plantilla", &id]);
    assert!(code == Some(0) && out.lines().any(|line| line.starts_with("rgpd ")), "{out}");
    let (code, out, told) = run(&["plantilla", &id, "rgpd", "--json"]);
    assert!(code == Some(1) && out.is_empty(), "{told}");
    let campos = read(&told)["campos"].clone();
    assert!(campos.as_array().unwrap().iter().any(|campo| campo["campo"] == "nif"), "{told}");
    let (code, out, err) = run(&["plantilla", &id, "rgpd", "--con-huecos", "--json"]);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!((&read(&out)["tipo"], &read(&out)["estado"]), (&"rgpd".into(), &"pendiente".into()));
    assert_eq!(run(&["plantilla", &id, "../rgpd"]).0, Some(2));
    assert_eq!(run(&["plantilla", &id, "ninguna"]).0, Some(1));
    assert_eq!(run(&["plantilla", &id, "--con-huecos"]).0, Some(2), "of which one");
}

#[test]
fn scripts_do_the_same_work() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let search = ["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn", "--json"];
    let (code, out, _) = command(&service, home.path(), &search);
    assert_eq!(code, Some(0));
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    let id = list["items"][0]["id"].to_string();
    let file = home.path().join("factura 12.pdf");
    std::fs::write(&file, BROKEN_PDF).unwrap();
    let (code, out, err) = command(&service, home.path(), &["subir", &id, &file.display().to_string(), "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let uploaded: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(uploaded[0]["tipo"], "factura");
    let documento = uploaded[0]["id"].to_string();
    let (_, again, _) = command(&service, home.path(), &["subir", &id, &file.display().to_string(), "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&again).unwrap()[0]["id"].to_string(), documento, "done once");
    let folder = home.path().join("bajadas").display().to_string();
    let (code, _, told) = command(&service, home.path(), &["bajar", &documento, "--carpeta", &folder]);
    assert!(code == Some(2) && told.contains("No existe la carpeta"), "{told}");
    std::fs::create_dir(&folder).unwrap();
    let (code, out, _) = command(&service, home.path(), &["bajar", &documento, "--carpeta", &folder]);
    assert_eq!(code, Some(0));
    assert_eq!(std::fs::read(out.trim()).unwrap(), BROKEN_PDF);
    assert_eq!(command(&service, home.path(), &["ver", &documento]).0, Some(1), "broken, and it says so");
    assert_eq!(command(&service, home.path(), &["indice", &id, "nif=12345678A"]).0, Some(1));
    assert_eq!(command(&service, home.path(), &["indice", &id, "nif=12345678Z"]).0, Some(0));
    assert!(command(&service, home.path(), &["mostrar", &id]).1.contains("12345678Z"));
    assert_eq!(command(&service, home.path(), &["validar", &documento]).0, Some(0));
    assert_eq!(command(&service, home.path(), &["avanzar", &id]).0, Some(1), "something is missing");
    let (_, out, told) = command(&service, home.path(), &["avanzar", &id, "--json"]);
    let refusal: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(out.is_empty() && refusal["codigo"] == "fase-bloqueada" && refusal["detail"].is_string(), "{told}");
    assert!(!refusal["faltas"].as_array().unwrap().is_empty(), "{told}");
    assert_eq!(command(&service, home.path(), &["buscar", "--nonsense-option"]).0.map(|code| code != 0), Some(true));
    let ended = Command::new(env!("CARGO_BIN_EXE_expedientes"))
        .args(["doctor", "--server", "https://127.0.0.1:1"])
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "a fault is a line of the report");
    let offline = Command::new(env!("CARGO_BIN_EXE_expedientes"))
        .args(["buscar", "--server", "https://127.0.0.1:1", "--user", "x"])
        .env("HOME", home.path())
        .env("EXPEDIENTES_PASSWORD", "x")
        .status()
        .unwrap();
    assert_eq!(offline.code(), Some(3));
}

/// A file whose document was deleted is uploaded anew, and again what comes after it; one that was rejected is not taken for done.
#[test]
fn an_upload_is_not_what_was_deleted_nor_what_was_rejected() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| command(&service, home.path(), args);
    let read = |out: &str| serde_json::from_str::<serde_json::Value>(out).unwrap();
    let search = ["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn", "--json", "-fase:cerrado"];
    let id = read(&run(&search).1)["items"][0]["id"].to_string();
    let file = home.path().join("factura 12.pdf");
    std::fs::write(&file, BROKEN_PDF).unwrap();
    let file = file.display().to_string();
    let upload = || {
        let (code, out, told) = run(&["subir", &id, &file, "--json"]);
        assert_eq!(code, Some(0), "{told}");
        read(&out)[0]["id"].as_i64().unwrap()
    };
    let mut seen = vec![upload()];
    for _ in 0..2 {
        delete(&service, *seen.last().unwrap());
        let new = upload();
        assert!(!seen.contains(&new), "{new} of {seen:?}");
        assert_eq!(upload(), new, "and again it is done once");
        seen.push(new);
    }
    let last = seen.last().unwrap().to_string();
    let (code, _, told) = run(&["rechazar", &last, "--motivo", "ilegible"]);
    assert_eq!(code, Some(0), "{told}");
    for more in [&["--json"][..], &[]] {
        let (code, out, told) = run(&[&["subir", &id, &file][..], more].concat());
        assert!(code == Some(1) && out.is_empty(), "{out} {told}");
        assert!(told.contains(&last) && told.contains("rechazado") && told.contains("ilegible"), "{told}");
    }
}

fn delete(service: &Service, documento: i64) {
    let target = RemoteConfig {
        url: format!("https://{}", service.address),
        ca: Some(std::fs::read(service.ca()).unwrap()),
        confirmed: None,
        token: None,
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let remote = Remote::new(&target).unwrap();
        let (usuario, clave) = ("administrativo".to_owned(), "demo".to_owned());
        remote.sign_in(&api::sesion::Credenciales { usuario, clave, codigo: None, dispositivo: None }).await.unwrap();
        remote.delete_documento(domain::DocumentoId(documento), "no era", &format!("borra-{documento}")).await.unwrap();
    });
}

#[test]
fn mistakes_are_told_in_spanish_and_by_field() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| command(&service, home.path(), args);
    let read = |out: &str| serde_json::from_str::<serde_json::Value>(out).unwrap();
    let search = ["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let (code, out, told) = run(&[&search[..], &["--limit", "5", "gil"]].concat());
    assert!(code == Some(2) && out.is_empty() && told.contains("«--limit» no es una opción"), "{told}");
    let list = run(&[&search[..], &["--json", "-fase:cerrado"]].concat()).1;
    let id = read(&list)["items"][0]["id"].to_string();
    let (code, _, told) = run(&["indice", &id, "nif=12345678A", "pvp=mucho", "--json"]);
    let campos = read(&told)["campos"].clone();
    let named: Vec<&str> = campos.as_array().unwrap().iter().map(|one| one["campo"].as_str().unwrap()).collect();
    assert!(code == Some(1) && named == ["nif", "pvp"] && read(&told)["codigo"] == "datos-invalidos", "{told}");
    let (_, _, told) = run(&["indice", &id, "nif=12345678A"]);
    assert!(told.starts_with("nif: "), "{told}");
    let program = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_expedientes"));
        program.env("HOME", home.path()).env("EXPEDIENTES_PASSWORD", "");
        program
    };
    // Set to nothing, there is no password.
    let output = program().args(["buscar", "--server", "https://127.0.0.1:1", "--user", "x"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && told.contains("No hay sesión guardada"), "{told}");
    let output = program().args(["buscar", "--server", "https://127.0.0.1:1", "--ca", "ninguno.pem"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("ninguno.pem: no existe."));
    let noise = std::fs::File::open(env!("CARGO_BIN_EXE_expedientes")).unwrap();
    let output = program().args(["anotar", "1", "-"]).stdin(noise).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("no es texto UTF-8"), "{told}");
    if let Ok(full) = std::fs::File::options().write(true).open("/dev/full") {
        let output = program().args(["man"]).stdout(full).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && told.contains("no queda sitio en el disco"), "{told}");
    }
}

#[test]
fn what_a_script_reads_is_plain_and_whole() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let search = ["buscar", "--entidad", "norte-seat", "--modelo", "venta-vn"];
    let (code, out, told) = command(&service, home.path(), &[&search[..], &["--limite", "3"]].concat());
    assert_eq!((code, out.lines().count()), (Some(0), 3), "{told}");
    assert!(told.starts_with("3 de ") && told.contains("--limite"), "{told}");
    assert!(out.contains('/') && !out.contains("matriculacion") && !out.contains("2026-"), "{out}");
    let (_, out, _) = command(&service, home.path(), &[&search[..], &["fase:matriculacion", "--json"]].concat());
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list["items"][0]["fase"], "matriculacion", "the word of the program, behind what was searched for");
    // A page of a document goes into a pipe as text.
    let id = list["items"][0]["id"].to_string();
    let (_, out, _) = command(&service, home.path(), &["mostrar", &id, "--json"]);
    let detalle: serde_json::Value = serde_json::from_str(&out).unwrap();
    let text_of = |document: &serde_json::Value| {
        let (code, out, told) = command(&service, home.path(), &["ver", &document["id"].to_string(), "--json"]);
        assert_eq!(code, Some(0), "{told}");
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["texto"].as_str().unwrap().to_owned()
    };
    let documents = detalle["documentos"].as_array().unwrap();
    let (written, text) = documents.iter().map(|d| (d, text_of(d))).find(|(_, text)| !text.trim().is_empty()).unwrap();
    let (code, out, told) = command(&service, home.path(), &["ver", &written["id"].to_string()]);
    assert_eq!((code, out.trim_end()), (Some(0), text.trim_end()), "{told}");
    assert!(!out.contains('\u{1b}'), "{out}");
    // Files are looked at before anything is sent.
    for (file, part) in [("noexiste.pdf", "No existe el fichero"), (".", "es una carpeta")] {
        let (code, _, told) = command(&service, home.path(), &["subir", &id, file]);
        assert!(code == Some(2) && told.contains(part), "{told}");
    }
    // The same content twice is taken twice, and said.
    for (name, said) in [("factura 1.pdf", ""), ("factura 2.pdf", "Se ha subido «factura 2.pdf»; el mismo contenido")]
    {
        let file = home.path().join(name);
        std::fs::write(&file, BROKEN_PDF).unwrap();
        let (code, _, told) = command(&service, home.path(), &["subir", &id, &file.display().to_string()]);
        assert!(code == Some(0) && told.contains(said) && (told.is_empty() == said.is_empty()), "{told}");
    }
    let (_, out, _) = command(&service, home.path(), &["doctor", "--json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&out).unwrap()["colores"].is_string(), "{out}");
    let (code, out, _) = command(&service, home.path(), &["logout", "--json"]);
    assert_eq!((code, out.trim()), (Some(0), r#"{"mensaje":"No había sesión guardada."}"#));
}

#[test]
fn login_without_a_terminal_says_what_it_would_ask() {
    let service = Service::start();
    let home = tempfile::tempdir().unwrap();
    let run = |more: &[&str], password: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_expedientes"));
        command
            .args(["login", "--server", &format!("https://{}", service.address)])
            .args(more)
            .env("HOME", home.path());
        if password {
            command.env("EXPEDIENTES_PASSWORD", "demo");
        }
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, _, told) = run(&["--user", "asesor"], true);
    assert!(code == Some(2) && told.contains("Falta confirmar esa huella") && !told.contains("clave"), "{told}");
    let ca = service.ca();
    let (code, _, told) = run(&["--ca", &ca, "--user", "asesor"], false);
    assert!(code == Some(2) && told.contains("Falta la clave"), "{told}");
    let (code, _, told) = run(&["--ca", &ca], true);
    assert!(code == Some(2) && told.contains("Falta el usuario"), "{told}");
    let (code, out, told) = run(&["--ca", &ca, "--user", "asesor", "--json"], true);
    assert_eq!(
        (code, serde_json::from_str::<serde_json::Value>(&out).unwrap()["persona"]["usuario"].as_str()),
        (Some(0), Some("asesor")),
        "{told}"
    );
}

#[test]
fn an_authority_of_somebody_else_is_named_as_what_is_wrong() {
    let (service, other) = (Service::start(), Service::start());
    let home = tempfile::tempdir().unwrap();
    let run = |url: String| {
        let output = Command::new(env!("CARGO_BIN_EXE_expedientes"))
            .args(["buscar", "--json", "--server", &url, "--ca", &other.ca(), "--user", "asesor"])
            .env("EXPEDIENTES_PASSWORD", "demo")
            .env("HOME", home.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = run(format!("https://{}", service.address));
    assert!(code == Some(3) && told.contains("no es de la autoridad que se ha dado"), "{told}");
    let (code, told) = run("https://127.0.0.1:1".to_owned());
    assert!(code == Some(3) && told.contains("No se puede conectar") && !told.contains("volverá"), "{told}");
}

/// A new service by the manual, from nothing to the first person who can work.
#[test]
fn a_service_is_set_up_as_the_manual_says() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("servicio.toml"), "datos = \"datos\"\nnombre = \"La casa\"\n").unwrap();
    let admin = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_expedientes"))
            .args(["admin", "--config", "servicio.toml"])
            .args(args)
            .current_dir(dir.path())
            .env("EXPEDIENTES_PASSWORD", "una clave larga")
            .env("HOME", dir.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for early in [&["config", "check"][..], &["user", "list"]] {
        let (code, _, told) = admin(early);
        assert!(code == Some(2) && told.contains("empiece por «expedientes admin init»"), "{told}");
    }
    let (code, _, told) = serve(dir.path());
    assert!(code == Some(2) && told.contains("empiece por «expedientes admin init»"), "{told}");
    let (_, _, told) = admin(&["restore", "ninguna"]);
    assert!(told.contains("no es una copia") && told.contains("no existe") && !told.contains("os error"), "{told}");
    let (code, out, told) = admin(&["init"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(out.contains("«admin»") && out.contains("datos/config") && out.contains("config apply"), "{out}");
    let ana =
        ["user", "add", "ana.soler", "--nombre", "Ana Soler", "--rol", "asesor", "--equipo", "norte", "--entidad"];
    let (code, _, told) = admin(&[&ana[..], &["principal"]].concat());
    assert!(code == Some(1) && told.contains("config apply"), "{told}");
    assert_eq!(admin(&["config", "check"]).0, Some(0));
    let (_, out, _) = admin(&["config", "apply", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap()["version"], 1, "{out}");
    let (code, _, told) = admin(&[&ana[..], &["norte-seat"]].concat());
    assert!(code == Some(1) && told.contains("las hay: principal"), "{told}");
    let (code, out, told) = admin(&[&ana[..], &["principal"]].concat());
    assert_eq!((code, out.trim()), (Some(0), "Hecho. «norte» es el primer equipo."), "{told}");
    let (_, out, _) = admin(&["user", "set", "ana.soler", "--rol", "jefe-ventas", "--equipo", "nrote"]);
    assert!(out.contains("«nrote» es nuevo; los demás son: norte"), "{out}");
    assert_eq!(admin(&["user", "set", "ana.soler"]).0, Some(2), "says nothing to change");
    let (_, out, _) = admin(&["user", "list", "--json"]);
    let users: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((users[1]["rol"].as_str(), users[1]["entidades"][0].as_str()), (Some("jefe-ventas"), Some("principal")));
    let (code, _, refused) = admin(&["user", "set", "ana.soler", "--sin-equipo"]);
    assert!(code != Some(0) && refused.contains("necesita un equipo"), "{refused}");
    assert_eq!(admin(&["user", "set", "ana.soler", "--rol", "asesor", "--sin-equipo"]).0, Some(0));
    let (_, list, _) = admin(&["user", "list", "--json"]);
    let users: serde_json::Value = serde_json::from_str(&list).unwrap();
    let ana = users.as_array().unwrap().iter().find(|user| user["usuario"] == "ana.soler").unwrap();
    assert!(ana["equipo"].is_null(), "{ana}");
    assert_eq!(admin(&["user", "set", "ana.soler", "--equipo", "norte", "--sin-equipo"]).0, Some(2));
    let (code, _, told) = admin(&["user", "disable", "nadie", "--json"]);
    assert!(code == Some(1) && told.contains("rechazado") && told.contains("«nadie»"), "{told}");
    let (code, _, told) = admin(&["user", "disable", "admin"]);
    assert!(code == Some(1) && told.contains("último administrador"), "{told}");
    let (code, out, told) = admin(&["originals", "verify", "--json"]);
    let verified: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(code == Some(0) && verified["enteros"] == 0 && verified["mal"] == serde_json::json!([]), "{out} {told}");
    assert!(admin(&["user", "totp", "ana.soler"]).1.contains("issuer=La%20casa"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    for (line, part) in [
        (format!("escucha = \"{}\"", taken.local_addr().unwrap()), "Otro programa escucha ya"),
        ("escuha = 1".to_owned(), "servicio.toml:2: La clave «escuha» no existe"),
    ] {
        std::fs::write(dir.path().join("servicio.toml"), format!("datos = \"datos\"\n{line}\n")).unwrap();
        let (code, _, told) = serve(dir.path());
        assert!(code != Some(0) && told.contains(part), "{told}");
    }
}

/// Runs a service that does not come up.
fn serve(dir: &std::path::Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_expedientes"))
        .args(["serve", "--config", "servicio.toml"])
        .current_dir(dir)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_locked_file_is_read_with_the_password_of_the_environment() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/render/tests/datos/clave-aes-256.pdf");
    let ver = |clave: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_expedientes"));
        command.args(["ver", file]).env_clear().stdin(std::process::Stdio::null());
        command.envs(clave.map(|clave| ("EXPEDIENTES_CLAVE_DOCUMENTO", clave)));
        let ended = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (ended.status.code(), text(&ended.stdout), text(&ended.stderr))
    };
    let (code, out, told) = ver(None);
    assert!(code == Some(2) && out.is_empty() && told.contains("protegido con clave"), "{told}");
    let (code, out, told) = ver(Some("mala"));
    assert!(code == Some(2) && out.is_empty() && told.contains("no es la de este documento"), "{told}");
    let (code, out, told) = ver(Some("usuario"));
    assert!(code == Some(0) && out.contains("secreta"), "{told}");
}
