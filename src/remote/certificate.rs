//! Why TLS with a service does not come about, in one sentence.

use domain::texto::clean_line;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustls::pki_types::{ServerName, UnixTime};
use rustls::{CertificateError, Error};

/// The sentence, when it is TLS that failed, and in a way that a person can do something about.
pub fn what_is_wrong(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    match find(error)? {
        Error::InvalidCertificate(error) => Some(of_certificate(error)),
        Error::NoCertificatesPresented => {
            Some("El servicio no presenta ningún certificado; avise a quien lo administra.".to_owned())
        }
        Error::InvalidMessage(_) => {
            Some("Lo que responde en esa dirección no habla TLS; compruebe la dirección y el puerto.".to_owned())
        }
        _ => None,
    }
}

/// Looks for it among the causes. An I/O error gives the cause of what it carries for its own, and not what it carries.
fn find<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<Error>() {
            return Some(found);
        }
        let carried = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(found) = carried.and_then(|carried| find(carried)) {
            return Some(found);
        }
        next = error.source();
    }
    None
}

fn of_certificate(error: &CertificateError) -> String {
    match error {
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names: Vec<String> = presented.iter().map(|name| bare(name)).collect();
            format!(
                "El certificado del servicio no es para «{}», sino para {}: conéctese por uno de esos nombres, o pida otro certificado con el suyo (nombres_tls).",
                named(expected),
                if names.is_empty() { "ningún nombre".to_owned() } else { names.join(", ") }
            )
        }
        CertificateError::NotValidForName => {
            "El certificado del servicio no es para ese nombre: conéctese por uno de los suyos, o pida otro certificado que lo lleve (nombres_tls).".to_owned()
        }
        CertificateError::ExpiredContext { not_after, .. } => format!(
            "El certificado del servicio caducó el {}: pida que se renueve, o corrija el reloj de esta máquina.",
            date(*not_after)
        ),
        CertificateError::Expired => {
            "El certificado del servicio ha caducado: pida que se renueve, o corrija el reloj de esta máquina.".to_owned()
        }
        CertificateError::NotValidYetContext { not_before, .. } => format!(
            "El certificado del servicio no vale hasta el {}: corrija el reloj de esta máquina, o avise a quien lo administra.",
            date(*not_before)
        ),
        CertificateError::NotValidYet => {
            "El certificado del servicio aún no vale: corrija el reloj de esta máquina, o avise a quien lo administra.".to_owned()
        }
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "El certificado del servicio no es de la autoridad que se ha dado (--ca): pida el fichero de la suya a quien lo administra.".to_owned()
        }
        CertificateError::Revoked => "El certificado del servicio está revocado: avise a quien lo administra.".to_owned(),
        other => format!("El certificado del servicio no vale ({other}): avise a quien lo administra."),
    }
}

/// A name as the verifier prints it, `DnsName("localhost")` or `IpAddress(127.0.0.1)`, without what is around it.
fn bare(printed: &str) -> String {
    let inner = printed.split_once('(').map_or(printed, |(_, inner)| inner.trim_end_matches(')'));
    clean_line(inner.trim_matches('"'))
}

fn named(name: &ServerName<'_>) -> String {
    clean_line(&name.to_str())
}

fn date(at: UnixTime) -> String {
    let seconds = i64::try_from(at.as_secs()).unwrap_or(i64::MAX);
    let date = Timestamp::from_second(seconds).map(|at| at.to_zoned_datetime(TimeZone::UTC).date());
    date.map_or_else(|_| "—".to_owned(), |date| date.strftime("%d/%m/%Y").to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::time::Duration;

    fn told(error: Error) -> Option<String> {
        // As it comes: the handshake's error within an I/O error within others.
        let io = std::io::Error::new(std::io::ErrorKind::InvalidData, error);
        what_is_wrong(&std::io::Error::other(io))
    }

    #[test]
    fn each_fault_of_a_certificate_has_its_sentence() {
        let at = UnixTime::since_unix_epoch(Duration::from_secs(1_700_000_000));
        let name = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("10.0.0.3").unwrap(),
            presented: vec!["DnsName(\"expedientes.example.com\")".to_owned(), "IpAddress(127.0.0.1)".to_owned()],
        };
        let expired = CertificateError::ExpiredContext { time: at, not_after: at };
        for (error, part) in [
            (name, "no es para «10.0.0.3», sino para expedientes.example.com, 127.0.0.1:"),
            (expired, "caducó el 14/11/2023"),
            (CertificateError::NotValidYetContext { time: at, not_before: at }, "no vale hasta el 14/11/2023"),
            (CertificateError::UnknownIssuer, "no es de la autoridad que se ha dado (--ca)"),
            (CertificateError::Revoked, "revocado"),
        ] {
            let sentence = told(Error::InvalidCertificate(error)).unwrap();
            assert!(sentence.contains(part) && sentence.ends_with('.'), "{sentence}");
        }
        assert_eq!(told(Error::HandshakeNotComplete), None);
        assert_eq!(what_is_wrong(&std::io::Error::from(std::io::ErrorKind::ConnectionRefused)), None);
    }
}
