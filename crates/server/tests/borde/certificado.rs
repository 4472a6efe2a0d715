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
fn the_certificate_is_not_called_like_its_authority() {
    let dir = tempfile::tempdir().unwrap();
    tls::load(&Settings { datos: dir.path().to_owned(), ..Settings::default() }).unwrap();
    let named = |file: &str| {
        let der = CertificateDer::from_pem_file(dir.path().join("tls").join(file)).unwrap();
        der.windows(14).filter(|bytes| bytes == b"expedientes CA").count()
    };
    // Subject and issuer of the one, issuer alone of the other: clients on OpenSSL refuse a leaf that seems to have signed itself.
    assert_eq!((named("ca.pem"), named("cert.pem")), (2, 1));
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
