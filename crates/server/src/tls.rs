//! TLS: certificate and key from files, or made by the service itself: a small authority of its own (ECDSA P-256) and a certificate of it.

use crate::Settings;
use anyhow::Context;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Name of the authority. Not that of its certificate: whose issuer has the subject's name is self-signed to OpenSSL (RFC 5280, 4.1.2.4), and
/// curl, Python and all that stand on it refuse it.
const CA_NAME: &str = "expedientes CA";

/// What the listener needs, and what clients are told.
pub struct Tls {
    /// For the listener.
    pub config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, `AB:CD:…`.
    pub fingerprint: String,
    /// The authority in PEM; empty with a certificate from files.
    pub ca_pem: String,
    /// Names of the settings that its own certificate, made when there were others, does not have.
    pub missing_names: Vec<String>,
}

/// Loads or makes them.
pub fn load(settings: &Settings) -> anyhow::Result<Tls> {
    let (chain, key, ca_pem) = match (&settings.certificado, &settings.clave_privada) {
        (Some(certificate), Some(key)) => {
            let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(certificate).context("certificado")?.collect();
            (chain.context("certificado")?, PrivateKeyDer::from_pem_file(key).context("clave_privada")?, String::new())
        }
        (None, None) => own(settings)?,
        _ => anyhow::bail!("certificado y clave_privada van juntos: ponga los dos o ninguno"),
    };
    let leaf = chain.first().context("el certificado está vacío")?;
    let hex: Vec<String> = Sha256::digest(leaf).iter().map(|byte| format!("{byte:02X}")).collect();
    let own = settings.certificado.is_none();
    let missing_names = if own { missing_names(leaf, &settings.nombres_tls) } else { Vec::new() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // Resumption by tickets: a client that comes back spares the line the certificate.
    config.ticketer = rustls::crypto::ring::Ticketer::new()?;
    config.send_tls13_tickets = 1;
    Ok(Tls { config: Arc::new(config), fingerprint: hex.join(":"), ca_pem, missing_names })
}

fn missing_names(leaf: &CertificateDer<'_>, names: &[String]) -> Vec<String> {
    let Ok(leaf) = ParsedCertificate::try_from(leaf) else { return Vec::new() };
    let has = |name: &str| ServerName::try_from(name).is_ok_and(|name| verify_server_name(&leaf, &name).is_ok());
    names.iter().filter(|name| !has(name)).cloned().collect()
}

/// The service's own, kept in `<datos>/tls` so that what clients have confirmed stays true. Only the leaf is sent: clients have the
/// authority, or have confirmed the leaf.
fn own(settings: &Settings) -> anyhow::Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>, String)> {
    let folder = settings.datos.join("tls");
    let (ca_file, cert_file, key_file) = (folder.join("ca.pem"), folder.join("cert.pem"), folder.join("key.pem"));
    if !(ca_file.exists() && cert_file.exists() && key_file.exists()) {
        crate::blobs::create_dir_private(&folder)?;
        let made = make(&settings.nombres_tls)?;
        write_private(&ca_file, &made.ca)?;
        write_private(&cert_file, &made.cert)?;
        write_private(&key_file, &made.key)?;
    }
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(&cert_file)?.collect();
    Ok((chain?, PrivateKeyDer::from_pem_file(&key_file)?, fs::read_to_string(&ca_file)?))
}

struct Made {
    ca: String,
    cert: String,
    key: String,
}

fn make(names: &[String]) -> anyhow::Result<Made> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::new(Vec::new())?;
    ca.distinguished_name.push(DnType::CommonName, CA_NAME);
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_cert = ca.self_signed(&ca_key)?;
    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(names.to_vec())?;
    leaf.distinguished_name = rcgen::DistinguishedName::new();
    leaf.distinguished_name.push(DnType::CommonName, "expedientes");
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    let cert = leaf.signed_by(&key, &Issuer::from_params(&ca, &ca_key))?;
    Ok(Made { ca: ca_cert.pem(), cert: cert.pem(), key: key.serialize_pem() })
}

/// Readable by this user alone from its first byte, and there whole or not at all: a service killed meanwhile starts again.
fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part).with_context(|| part.display().to_string())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path).with_context(|| path.display().to_string())
}
