//! `/eventos`: what changes, as Server-Sent Events.
//!
//! First comes an event named `inicio` (or `reinicio`, when what the client has seen is too long ago and it has to read again what it
//! shows), whose `id` is where the stream begins; then unnamed ones, each an [`Evento`] of this person's scope.

use super::extract::Query;
use crate::app::Actor;
use crate::app::eventos::{self as app, Start};
use crate::{AppError, AppResult, AppState};
use api::evento::{Clase, Evento, EventoSse, INICIO, REINICIO};
use api::{Codigo, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Silence after which a comment is sent, so that neither side nor what is in between takes the line for dead.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// How often a stream without events looks whether its session still holds, and what its person may see.
const RECHECK: Duration = Duration::from_secs(5);

/// The route of events.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(eventos))
}

/// Where to begin.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub struct Params {
    /// The last sequence number seen; `Last-Event-ID` goes before it. From now on when neither is said.
    #[serde(default)]
    desde: Option<i64>,
}

/// The stream of events.
#[utoipa::path(get, path = "/eventos", tag = "eventos", params(Params, ("Last-Event-ID" = Option<i64>, Header)),
    responses((status = 200, body = EventoSse, content_type = "text/event-stream"),
        (status = 400, body = Problem, description = "`peticion-invalida`"),
        (status = 401, body = Problem, description = "`sin-sesion`")))]
async fn eventos(
    State(state): State<AppState>,
    actor: Actor,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let last_id = last_event_id(&headers)?;
    // Subscribed before the first look, so that nothing falls between the two.
    let changes = state.outbox.subscribe();
    let start = app::start(&state, &actor, last_id.or(params.desde)).await?;
    let until = state.stopping().clone().cancelled_owned();
    let events = stream::iter([Ok(opening(start))]).chain(follow(state, actor, start.seq, changes)).take_until(until);
    let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))).into_response())
}

/// `Last-Event-ID`, which is one of ours or wrong: to begin somewhere else would be to miss what was in between.
fn last_event_id(headers: &HeaderMap) -> AppResult<Option<i64>> {
    let Some(id) = headers.get("last-event-id") else { return Ok(None) };
    let read = id.to_str().ok().and_then(|id| id.trim().parse().ok());
    read.map(Some).ok_or_else(|| {
        AppError::refused(
            Codigo::PeticionInvalida,
            "La cabecera Last-Event-ID no es un número de la corriente de eventos; ábrala sin ella.",
        )
    })
}

/// Its content reads as an event of a kind that nobody knows, for clients that do not look at names.
fn opening(start: Start) -> Event {
    let data = Evento {
        seq: start.seq,
        clase: Clase::Otra,
        expediente: None,
        revision: None,
        documento: None,
        quien: String::new(),
    };
    event(&data).event(if start.lost { REINICIO } else { INICIO })
}

fn event(data: &Evento) -> Event {
    let event = Event::default().id(data.seq.to_string());
    // Numbers and plain words: this cannot fail, and an event without content is passed over by clients.
    event.clone().json_data(data).unwrap_or(event)
}

struct Following {
    state: AppState,
    actor: Actor,
    seq: i64,
    changes: watch::Receiver<i64>,
    ready: VecDeque<Event>,
    more: bool,
}

impl Following {
    /// Waits for what is new and gets it ready; `None` at the end of the stream.
    async fn step(&mut self) -> AppResult<Option<()>> {
        if !self.more {
            tokio::select! {
                changed = self.changes.changed() => if changed.is_err() { return Ok(None) },
                () = tokio::time::sleep(RECHECK) => {}
            }
        }
        // Since the last event the session may have ended, or its person have been given another role, team or entidad.
        let Some(actor) = self.actor.again(&self.state).await? else { return Ok(None) };
        if actor.scope != self.actor.scope {
            // What was passed over may now be theirs, and what they show no longer.
            self.ready.push_back(opening(Start { seq: self.seq, lost: true }));
        }
        self.actor = actor;
        let batch = app::next(&self.state, &self.actor, self.seq).await?;
        self.ready.extend(batch.events.iter().map(event));
        (self.seq, self.more) = (batch.seq, batch.more);
        Ok(Some(()))
    }
}

fn follow(
    state: AppState,
    actor: Actor,
    seq: i64,
    changes: watch::Receiver<i64>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    // More, until the first look says otherwise.
    let following = Following { state, actor, seq, changes, ready: VecDeque::new(), more: true };
    stream::unfold(following, |mut f| async move {
        loop {
            if let Some(next) = f.ready.pop_front() {
                return Some((Ok(next), f));
            }
            match f.step().await {
                Ok(went_on) => went_on?,
                Err(cause) => {
                    // The client comes back with the last number it saw.
                    tracing::warn!(%cause, "stream of events ended");
                    return None;
                }
            }
        }
    })
}
