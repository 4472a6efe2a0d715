//! The second factor: RFC 6238, six digits, 30 seconds, SHA-1 (what authenticators know). One step either side is taken, none twice.

use crate::AppResult;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Algorithm, Builder, Secret, Totp};

const DIGITS: u8 = 6;
/// Seconds of a step.
const STEP: u64 = 30;
/// Steps that the clock may be set back with the codes used meanwhile still counting: an hour's.
pub const AHEAD: i64 = 120;

fn totp(secret: &str) -> AppResult<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|error| anyhow::anyhow!("totp secret: {error:?}"))?;
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(DIGITS).with_step_duration(STEP);
    let totp = builder.with_secret(secret).build();
    Ok(totp.map_err(|error| anyhow::anyhow!("totp: {error:?}"))?)
}

/// A new secret, Base32, and its `otpauth://` address for an authenticator (Key Uri Format), under the name of the house.
pub fn new_secret(usuario: &str, house: &str) -> (String, String) {
    let secret = Secret::new_stack(rand::random::<[u8; 20]>()).to_base32();
    // A colon separates the house from the user: it may stand in neither, escaped or not.
    let house = house.replace(':', " ");
    let house = utf8_percent_encode(house.trim(), NON_ALPHANUMERIC);
    let user = utf8_percent_encode(usuario, NON_ALPHANUMERIC);
    let url = format!("otpauth://totp/{house}:{user}?secret={secret}&issuer={house}&digits={DIGITS}&period={STEP}");
    (secret, url)
}

/// The step a code belongs to, if it is right within one step of now (milliseconds since 1970).
pub fn step_of(secret: &str, codigo: &str, now_ms: i64) -> AppResult<Option<i64>> {
    let totp = totp(secret)?;
    let now = u64::try_from(now_ms / 1000).unwrap_or_default() / STEP;
    let codigo = codigo.trim();
    let right =
        [now, now.saturating_sub(1), now + 1].into_iter().find(|step| totp.generate(step * STEP).to_string() == codigo);
    Ok(right.and_then(|step| i64::try_from(step).ok()))
}

/// The code of that moment, for tests of signing in.
#[cfg(any(test, feature = "testkit"))]
pub fn code_at(secret: &str, now_ms: i64) -> AppResult<String> {
    Ok(totp(secret)?.generate(u64::try_from(now_ms / 1000).unwrap_or_default()).to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_authenticator_shows_the_house() {
        let (secret, url) = new_secret("ana.soler", "Talleres: Norte & Sur");
        let house = "Talleres%20%20Norte%20%26%20Sur";
        let told = format!("otpauth://totp/{house}:ana%2Esoler?secret={secret}&issuer={house}&digits=6&period=30");
        assert_eq!(url, told);
    }

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn known_codes() {
        let secret = Secret::new_stack(*b"12345678901234567890").to_base32();
        assert_eq!(step_of(&secret, "287082", 59_000).unwrap(), Some(1));
        assert_eq!(step_of(&secret, "287082", 59_000 + 30_000).unwrap(), Some(1), "one step late");
        assert_eq!(step_of(&secret, "287082", 59_000 + 60_000).unwrap(), None);
        assert_eq!(step_of(&secret, "081804", 1_111_111_109_000).unwrap(), Some(37_037_036));
    }
}
