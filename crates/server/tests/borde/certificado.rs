//! Certificates: the service's own, kept, and those from files.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use server::{Settings, testkit, tls};
use sha2::{Digest, Sha256};

#[test]
fn its_own_is_made_once_and_is_nobody_elses_to_read() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { datos: dir.path().to_owned(), ..Settings::default() };
    let first = tls::load(&settings).unwrap();
    let again = tls::load(&settings).unwrap();
    assert_eq!(
        (&first.fingerprint, &first.ca_pem),
        (&again.fingerprint, &again.ca_pem),
        "what clients confirmed stays true"
    );
    let leaf = CertificateDer::from_pem_file(dir.path().join("tls/cert.pem")).unwrap();
    let hex: Vec<String> = Sha256::digest(&leaf).iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(first.fingerprint, hex.join(":"));
    #[cfg(unix)]
    for name in ["ca.pem", "cert.pem", "key.pem"] {
        let meta = std::fs::metadata(dir.path().join("tls").join(name)).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777, 0o600, "{name}");
    }
}

#[test]
fn names_that_came_after_it_was_made_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let settings = Settings { datos: dir.path().to_owned(), ..Settings::default() };
    assert!(tls::load(&settings).unwrap().missing_names.is_empty());
    let names = ["127.0.0.1", "10.0.0.3", "expedientes.example.com"].map(str::to_owned).to_vec();
    let later = Settings { nombres_tls: names, ..settings };
    assert_eq!(tls::load(&later).unwrap().missing_names, ["10.0.0.3", "expedientes.example.com"]);
}

#[test]
fn the_authority_has_a_name_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let made = tls::load(&Settings { datos: dir.path().to_owned(), ..Settings::default() }).unwrap();
    let ca = CertificateDer::from_pem_slice(made.ca_pem.as_bytes()).unwrap();
    let leaf = CertificateDer::from_pem_file(dir.path().join("tls/cert.pem")).unwrap();
    let named = |der: &[u8]| der.windows(14).filter(|part| *part == b"expedientes CA").count();
    assert_eq!((named(&ca), named(&leaf)), (2, 1), "issuer and subject of itself, issuer alone of the other");
}

#[tokio::test]
async fn one_from_files_is_served_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let maker = Settings { datos: dir.path().join("otro"), ..Settings::default() };
    let made = tls::load(&maker).unwrap();
    let file = |name: &str| Some(maker.datos.join("tls").join(name));
    let settings = Settings {
        datos: dir.path().join("datos"),
        escucha: ([127, 0, 0, 1], 0).into(),
        certificado: file("cert.pem"),
        clave_privada: file("key.pem"),
        ..Settings::default()
    };
    let running = server::start(settings.clone()).await.unwrap();
    assert_eq!((&running.fingerprint, running.ca_pem.as_str()), (&made.fingerprint, ""));
    assert!(!settings.datos.join("tls").exists(), "it makes none of its own");
    let client = testkit::client(&made.ca_pem);
    let health = client.get(format!("https://{}/salud", running.addr)).send().await.unwrap();
    assert_eq!(health.status(), 204);
    running.stop().await;
    let half = tls::load(&Settings { clave_privada: None, ..settings });
    assert!(half.err().unwrap().to_string().contains("van juntos"));
}
