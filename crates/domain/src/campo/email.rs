//! E-mail addresses: the common part of RFC 5321, section 4.1.2. No quoted names, no address literals.

use super::{CampoError, Result};

/// Normalised: lower case.
pub fn parse(texto: &str) -> Result<String> {
    let address = texto.to_lowercase();
    match address.split_once('@') {
        Some((local, domain)) if is_local(local) && is_domain(domain) => Ok(address),
        _ => Err(CampoError::new("El correo tiene la forma nombre@dominio.es; revíselo.")),
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c))
        })
}

fn is_domain(domain: &str) -> bool {
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(parse("Ana.Soler+x@Ejemplo.es").as_deref(), Ok("ana.soler+x@ejemplo.es"));
        for wrong in ["ana", "ana@", "@x.es", "ana@x", "a..b@x.es", "a b@x.es", "ana@-x.es", "a@b@c.es"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
