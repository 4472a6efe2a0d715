//! What every handler shares. Nothing in it outlives the process but the database and the blobs.

use crate::app::paginas::PageCache;
use crate::app::subidas::Busy;
use crate::auth::password::Passwords;
use crate::blobs::Blobs;
use crate::config::Configuracion;
use crate::store::Db;
use crate::{AppResult, Settings};
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The parts, and what the process keeps beside them.
struct Shared {
    inner: Inner,
    uploads: Busy,
    pages: PageCache,
    stopping: CancellationToken,
    passwords: Passwords,
    conexiones: AtomicUsize,
}

/// The parts of [`AppState`].
pub struct Inner {
    /// How the service runs.
    pub settings: Settings,
    /// Database.
    pub db: Db,
    /// Originals.
    pub blobs: Blobs,
    /// Draws pages in worker processes.
    pub render: render::Pool,
    /// Makes PDFs of office documents; none where no office program is.
    pub oficina: Option<render::Oficina>,
    /// The configuration in force; swapped whole.
    pub config: ArcSwap<Configuracion>,
    /// Time.
    pub clock: Clock,
    /// Last sequence number of the outbox; whoever streams events waits for it to change.
    pub outbox: watch::Sender<i64>,
}

impl std::ops::Deref for AppState {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0.inner
    }
}

impl AppState {
    /// Puts the parts together.
    pub fn new(inner: Inner) -> AppResult<Self> {
        let pages = PageCache::new(inner.settings.datos.join(crate::app::paginas::DIR), crate::app::paginas::MAX_BYTES);
        Ok(Self(Arc::new(Shared {
            inner,
            uploads: Busy::default(),
            pages,
            stopping: CancellationToken::new(),
            passwords: Passwords::new()?,
            conexiones: AtomicUsize::new(0),
        })))
    }

    /// Makes and checks password hashes.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// Open connections.
    pub fn conexiones(&self) -> &AtomicUsize {
        &self.0.conexiones
    }

    /// Which uploads are being written.
    pub fn uploads(&self) -> &Busy {
        &self.0.uploads
    }

    /// Pages drawn before.
    pub fn pages(&self) -> &PageCache {
        &self.0.pages
    }

    /// Cancelled when the service begins to stop: what would go on for ever ends then.
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// The configuration in force.
    pub fn config(&self) -> Arc<Configuracion> {
        self.config.load_full()
    }

    /// The modelo of that id, or 404.
    pub fn modelo(&self, id: &domain::ModeloId) -> AppResult<Arc<domain::Modelo>> {
        self.config().modelo(id).ok_or_else(|| crate::AppError::not_found("ese modelo"))
    }
}

/// How far back the machine's clock may be set and time stand still meanwhile, in milliseconds. Beyond that the time before was
/// wrong, and to wait for it to come would be to stop the clock of sessions, waits and uploads for days: the new time is taken.
const HELD: i64 = 15 * 60_000;

/// Wall clock in milliseconds since 1970 that does not run backwards within a process when the machine's clock is set back a little,
/// so that what is written keeps its order. The order of audit and events, which nothing may change, is that of their numbers.
#[derive(Clone)]
pub struct Clock {
    source: Arc<dyn Fn() -> i64 + Send + Sync>,
    last: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::from_source(|| jiff::Timestamp::now().as_millisecond())
    }

    /// A clock that tests drive.
    pub fn from_source(source: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { source: Arc::new(source), last: Arc::new(AtomicI64::new(0)) }
    }

    /// Now, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        let now = (self.source)();
        let told = |last: i64| if last - now > HELD { now } else { last.max(now) };
        // It always answers Ok: there is always a next value.
        let (Ok(last) | Err(last)) =
            self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(told(last)));
        told(last)
    }

    /// Today in the dealership's time zone (Europe/Madrid, else UTC).
    pub fn today(&self) -> jiff::civil::Date {
        let zone = jiff::tz::TimeZone::get("Europe/Madrid").unwrap_or(jiff::tz::TimeZone::UTC);
        let stamp = jiff::Timestamp::from_millisecond(self.now_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        stamp.to_zoned_datetime(zone).date()
    }
}

/// RFC 3339 UTC with seconds, as on the wire.
pub fn rfc3339(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms - ms.rem_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn driven() -> (Clock, Arc<AtomicI64>) {
        let now = Arc::new(AtomicI64::new(1_000 * HELD));
        let source = now.clone();
        (Clock::from_source(move || source.load(Ordering::Relaxed)), now)
    }

    #[test]
    fn time_stands_still_while_the_clock_is_a_little_back() {
        let (clock, now) = driven();
        let told = clock.now_ms();
        now.fetch_sub(HELD, Ordering::Relaxed);
        assert_eq!(clock.now_ms(), told);
        now.fetch_add(HELD + 1, Ordering::Relaxed);
        assert_eq!(clock.now_ms(), told + 1);
    }

    #[test]
    fn a_clock_put_far_back_is_believed() {
        let (clock, now) = driven();
        let told = clock.now_ms();
        now.fetch_sub(HELD + 1, Ordering::Relaxed);
        assert_eq!(clock.now_ms(), told - HELD - 1);
        now.fetch_add(1, Ordering::Relaxed);
        assert_eq!(clock.now_ms(), told - HELD, "and goes on");
    }
}
