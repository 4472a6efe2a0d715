//! Passwords: argon2id, with the parameters OWASP's password storage sheet names first (19 MiB, 2 passes, 1 lane).

use crate::{AppError, AppResult};
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Above glibc's largest threshold (`DEFAULT_MMAP_THRESHOLD_MAX`, 32 MiB) memory is mapped, and unmapped when it is freed.
const GIVEN_BACK: usize = 33 * 1024 * 1024;
/// Hashes made at once: a storm of sign-ins must not eat the machine.
const AT_ONCE: usize = 2;

/// Makes and checks hashes off the async threads, a few at once.
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// A hash that fits no password: what is checked for users who do not exist, so that the time tells nothing.
    nobody: Arc<str>,
}

fn argon2() -> AppResult<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hash of a password, PHC format. Takes tens of milliseconds.
pub fn hash(clave: &str) -> AppResult<String> {
    let hash = argon2()?.hash_password(clave.as_bytes());
    Ok(hash.map_err(|error| anyhow::anyhow!("argon2: {error}"))?.to_string())
}

fn verify(clave: &str, hash: &str) -> AppResult<bool> {
    let wrong = |what: &dyn std::fmt::Display| anyhow::anyhow!("stored hash: {what}");
    let parsed = PasswordHash::new(hash).map_err(|error| wrong(&error))?;
    let params = Params::try_from(&parsed).map_err(|error| wrong(&error))?;
    let (Some(salt), Some(expected)) = (&parsed.salt, &parsed.hash) else {
        return Err(wrong(&"no salt or sum").into());
    };
    let algorithm = Algorithm::new(parsed.algorithm.as_str()).map_err(|error| wrong(&error))?;
    let mut memory = workspace(params.block_count());
    let mut made = vec![0; expected.len()];
    Argon2::new(algorithm, Version::V0x13, params)
        .hash_password_into_with_memory(clave.as_bytes(), salt, &mut made, &mut memory)
        .map_err(|error| wrong(&error))?;
    // Compared in a time that tells nothing.
    Ok(Output::new(&made).map_err(|error| wrong(&error))? == *expected)
}

/// Memory for one hash, with room reserved beyond what glibc keeps on its heaps: it goes back to the system at once, instead of 19 MiB
/// staying behind for each thread that ever checked a password.
fn workspace(blocks: usize) -> Vec<Block> {
    let mut memory = Vec::with_capacity(blocks.max(GIVEN_BACK / Block::SIZE));
    memory.resize(blocks, Block::default());
    memory
}

impl Passwords {
    /// Ready to work.
    pub fn new() -> AppResult<Self> {
        let nobody = hash(&super::token::fresh().token)?.into();
        Ok(Self { places: Arc::new(Semaphore::new(AT_ONCE)), nobody })
    }

    /// Whether a password is the one of a hash; without a hash works as long and says no.
    pub async fn check(&self, clave: String, hash: Option<String>) -> AppResult<bool> {
        let place = self.places.clone().acquire_owned().await.map_err(anyhow::Error::from)?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        let checked = tokio::task::spawn_blocking(move || {
            // The work keeps its place though whoever asked has gone: else hanging up would be a way past the limit.
            let _place = place;
            verify(&clave, &hash)
        });
        let fits = checked.await.map_err(|error| AppError::Internal(error.into()))??;
        Ok(fits && known)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn the_right_password_and_no_other() {
        let passwords = Passwords::new().unwrap();
        let stored = hash("clave buena").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.check("clave buena".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.check("clave mala".into(), Some(stored)).await.unwrap());
        assert!(!passwords.check("clave buena".into(), None).await.unwrap());
    }
    /// The only thread for blocking work is busy, so that the hash waits for it while whoever asked goes away.
    #[test]
    fn a_hash_nobody_waits_for_any_more_still_has_its_place() {
        let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let passwords = Passwords::new().unwrap();
            let (release, released) = std::sync::mpsc::channel::<()>();
            let busy = tokio::task::spawn_blocking(move || released.recv());
            assert!(passwords.check("mala".into(), None).now_or_never().is_none());
            assert_eq!(passwords.places.available_permits(), AT_ONCE - 1);
            release.send(()).unwrap();
            busy.await.unwrap().unwrap();
            let all = passwords.places.acquire_many(AT_ONCE as u32).await.unwrap();
            assert_eq!(all.num_permits(), AT_ONCE, "and gives it back");
        });
    }
}
