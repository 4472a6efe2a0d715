//! Whom we talk to: a certificate authority of the house, the system's, or a certificate the person has confirmed once.

use anyhow::Context;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// Which certificates are taken, and the last one that was not.
#[derive(Debug)]
pub struct Pin {
    /// SHA-256 of the one the person has confirmed, hex in pairs.
    confirmed: Mutex<Option<String>>,
    /// SHA-256 of the last one that nobody vouches for.
    refused: Mutex<Option<String>>,
}

impl Pin {
    /// With what was confirmed in an earlier run.
    pub fn new(confirmed: Option<String>) -> Arc<Self> {
        Arc::new(Self { confirmed: Mutex::new(confirmed), refused: Mutex::new(None) })
    }

    /// What is confirmed.
    pub fn confirmed(&self) -> Option<String> {
        self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The person has confirmed it.
    pub fn confirm(&self, sha256: String) {
        *self.confirmed.lock().unwrap_or_else(PoisonError::into_inner) = Some(sha256);
    }

    /// The last one that was refused, once.
    pub fn take_refused(&self) -> Option<String> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn refuse(&self, sha256: String) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(sha256);
    }
}

/// SHA-256 of a certificate as people compare it: `AB:CD:…`.
pub fn fingerprint(der: &[u8]) -> String {
    let hex: Vec<String> = Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect();
    hex.join(":")
}

const NO_AUTHORITY: &str = "El fichero de la autoridad no tiene ningún certificado en PEM que valga";

/// TLS settings: trusts `ca` (PEM) alone when given, else the system's authorities and the confirmed certificate.
pub fn client_config(ca: Option<&[u8]>, pin: Arc<Pin>) -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let inner: Arc<dyn ServerCertVerifier> = match ca {
        Some(pem) => {
            let mut roots = RootCertStore::empty();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.add(certificate.context(NO_AUTHORITY)?).context(NO_AUTHORITY)?;
            }
            anyhow::ensure!(!roots.is_empty(), NO_AUTHORITY);
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build()?
        }
        None => Arc::new(rustls_platform_verifier::Verifier::new(provider.clone())?),
    };
    let verifier = Arc::new(PinVerifier { inner, pin, provider: provider.clone(), pinning: ca.is_none() });
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Whether a person's confirmation can stand in for what is missing. It cannot for an authority's word against the certificate: out of
/// date, withdrawn, or given to another name.
fn nobody_vouches(error: &Error) -> bool {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext, Revoked,
    };
    !matches!(
        error,
        Error::InvalidCertificate(
            Expired
                | ExpiredContext { .. }
                | NotValidYet
                | NotValidYetContext { .. }
                | NotValidForName
                | NotValidForNameContext { .. }
                | Revoked
        )
    )
}

/// Asks the usual verifier, and then the person's own confirmation. The handshake's signature is always checked: whoever
/// shows a confirmed certificate must hold its key.
#[derive(Debug)]
struct PinVerifier {
    inner: Arc<dyn ServerCertVerifier>,
    pin: Arc<Pin>,
    provider: Arc<CryptoProvider>,
    pinning: bool,
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let usual = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        if usual.is_ok() || !self.pinning {
            return usual;
        }
        let seen = fingerprint(end_entity);
        if self.pin.confirmed().as_deref() == Some(&seen) {
            return Ok(ServerCertVerified::assertion());
        }
        if usual.as_ref().is_err_and(nobody_vouches) {
            self.pin.refuse(seen);
        }
        usual
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_certificate_nobody_vouches_for_is_put_to_the_person() {
        for (error, asked) in [
            (CertificateError::UnknownIssuer, true),
            (CertificateError::Expired, false),
            (CertificateError::NotValidForName, false),
            (CertificateError::Revoked, false),
        ] {
            assert_eq!(nobody_vouches(&Error::InvalidCertificate(error)), asked);
        }
    }
}
