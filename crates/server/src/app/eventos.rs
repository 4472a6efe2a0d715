//! The events stream: the outbox read from a sequence number on, within a person's scope.

use crate::app::Actor;
use crate::store::eventos::{self as store, EventoRow};
use crate::{AppResult, AppState};
use api::evento::{Clase, Evento};
use domain::{DocumentoId, ExpedienteId, Permiso};

/// Events read at once.
const BATCH: u32 = 200;

/// Where a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The first event is the one after this.
    pub seq: i64,
    /// Whether events in between are no longer kept: the client must read again what it shows.
    pub lost: bool,
}

/// Where to begin for a client that has seen `desde`; now, for one that has seen nothing.
pub async fn start(state: &AppState, actor: &Actor, desde: Option<i64>) -> AppResult<Start> {
    actor.require(Permiso::Ver)?;
    let (first, last) = store::bounds(&mut *state.db.read().await?).await?;
    Ok(start_at(first, last, desde))
}

fn start_at(first: i64, last: i64, desde: Option<i64>) -> Start {
    match desde {
        None => Start { seq: last, lost: false },
        // After the last one: the client knows another database, one from before a restore.
        Some(seq) if seq > last || seq < first - 1 => Start { seq: last, lost: true },
        Some(seq) => Start { seq, lost: false },
    }
}

/// The events after `after` that this person may see, and where to go on; [`Batch::more`] says whether to go on at once.
pub async fn next(state: &AppState, actor: &Actor, after: i64) -> AppResult<Batch> {
    let mut conn = state.db.snapshot().await?;
    let (_, last) = store::bounds(&mut conn).await?;
    if last <= after {
        return Ok(Batch { events: Vec::new(), seq: after, more: false });
    }
    let rows = store::between(&mut conn, &actor.scope, after, last, BATCH).await?;
    let more = rows.len() == BATCH as usize;
    // Those of others are passed over for good.
    let seq = if more { rows.last().map_or(last, |row| row.seq) } else { last };
    Ok(Batch { events: rows.into_iter().map(to_wire).collect(), seq, more })
}

/// Some events.
#[derive(Debug, Clone)]
pub struct Batch {
    /// In order.
    pub events: Vec<Evento>,
    /// Everything up to here was looked at.
    pub seq: i64,
    /// Whether there is more already.
    pub more: bool,
}

fn to_wire(row: EventoRow) -> Evento {
    Evento {
        seq: row.seq,
        clase: serde_json::from_value(row.clase.into()).unwrap_or(Clase::Otra),
        expediente: row.expediente_id.map(ExpedienteId),
        revision: row.revision,
        documento: row.documento_id.map(DocumentoId),
        quien: row.quien,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_goes_on_where_it_was_or_says_that_it_cannot() {
        let at = |seq, lost| Start { seq, lost };
        assert_eq!(start_at(0, 0, None), at(0, false));
        assert_eq!(start_at(0, 0, Some(0)), at(0, false));
        assert_eq!(start_at(1, 9, Some(0)), at(0, false));
        assert_eq!(start_at(5, 9, None), at(9, false));
        assert_eq!(start_at(5, 9, Some(4)), at(4, false));
        assert_eq!(start_at(5, 9, Some(9)), at(9, false));
        assert_eq!(start_at(5, 9, Some(3)), at(9, true));
        assert_eq!(start_at(5, 9, Some(10)), at(9, true));
    }
}
