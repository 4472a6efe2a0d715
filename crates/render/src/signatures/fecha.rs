//! Moments as certificates, time stamps and PDFs write them, told as RFC 3339 in UTC.

use std::time::Duration;

use der::{DateTime, Tag, asn1::AnyRef};

/// A `UTCTime` or `GeneralizedTime`. Fractions of a second are dropped.
pub fn de_asn1(valor: AnyRef<'_>) -> Option<String> {
    let texto = std::str::from_utf8(valor.value()).ok()?.strip_suffix('Z')?;
    let entero = texto.split(['.', ',']).next()?;
    let completo = match valor.header().tag() {
        // Of 1950 to 2049 (RFC 5280, 4.1.2.5.1).
        Tag::UtcTime if entero.len() == 12 => format!("{}{entero}", if entero < "50" { "20" } else { "19" }),
        Tag::GeneralizedTime if entero.len() == 14 => entero.to_owned(),
        _ => return None,
    };
    Some(momento(&completo)?.to_string())
}

/// A date of PDF (ISO 32000-1, 7.9.4): `D:20261124213000+01'00'`. Without its zone nobody knows when it was.
pub fn de_pdf(texto: &str) -> Option<String> {
    let texto = texto.trim().trim_start_matches("D:");
    let (cifras, zona) = texto.split_at_checked(14)?;
    let local = momento(cifras)?.unix_duration();
    // The apostrophes are often left out.
    let cifras: String = zona.chars().filter(char::is_ascii_digit).collect();
    let parte = |rango: std::ops::Range<usize>| cifras.get(rango).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    let desfase = Duration::from_secs(parte(0..2) * 3600 + parte(2..4) * 60);
    let utc = match zona.as_bytes().first()? {
        b'Z' => local,
        b'+' => local.checked_sub(desfase)?,
        b'-' => local.checked_add(desfase)?,
        _ => return None,
    };
    Some(DateTime::from_unix_duration(utc).ok()?.to_string())
}

/// Fourteen figures from year to second.
fn momento(cifras: &str) -> Option<DateTime> {
    let numero = |rango: std::ops::Range<usize>| cifras.get(rango)?.parse::<u16>().ok();
    let corto = |rango| numero(rango).and_then(|n| u8::try_from(n).ok());
    DateTime::new(numero(0..4)?, corto(4..6)?, corto(6..8)?, corto(8..10)?, corto(10..12)?, corto(12..14)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pdf_become_utc() {
        assert_eq!(de_pdf("D:20261124213000+01'00'").as_deref(), Some("2026-11-24T20:30:00Z"));
        for zona in ["-04'30'", "-04'30", "-0430"] {
            assert_eq!(de_pdf(&format!("D:20261231233000{zona}")).as_deref(), Some("2027-01-01T04:00:00Z"));
        }
        assert_eq!(de_pdf("D:20261124213000Z").as_deref(), Some("2026-11-24T21:30:00Z"));
        for mala in ["", "D:", "D:20261124", "D:20261324213000Z", "D:20261124213000", "ñññññññññññññññññ"]
        {
            assert_eq!(de_pdf(mala), None, "{mala}");
        }
    }

    #[test]
    fn dates_of_certificates_have_two_figures_or_four_for_the_year() {
        let utc = |texto: &str| de_asn1(AnyRef::new(Tag::UtcTime, texto.as_bytes()).ok()?);
        assert_eq!(utc("261124203000Z").as_deref(), Some("2026-11-24T20:30:00Z"));
        assert_eq!(utc("991124203000Z").as_deref(), Some("1999-11-24T20:30:00Z"));
        assert_eq!(utc("26112420300"), None);
        let general = |texto: &str| de_asn1(AnyRef::new(Tag::GeneralizedTime, texto.as_bytes()).ok()?);
        assert_eq!(general("20261124203000.123Z").as_deref(), Some("2026-11-24T20:30:00Z"));
    }
}
