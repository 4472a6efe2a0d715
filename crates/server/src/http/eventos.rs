//! `/eventos`: what changes, as Server-Sent Events.
//!
//! First comes an event named `inicio` (or `reinicio`, when what the client has seen is too long ago and it has to read again what it
//! shows), whose `id` is where the stream begins; then unnamed ones, each an [`Evento`] of this person's scope.

use super::extract::Query;
use crate::app::Actor;
use crate::app::eventos::{self as app, Start};
use crate::{AppResult, AppState};
use api::Problem;
use api::evento::{Clase, Evento, INICIO, REINICIO};
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
/// How often a stream looks whether its session still holds.
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
    responses((status = 200, body = Evento, content_type = "text/event-stream"),
        (status = 401, body = Problem, description = "`sin-sesion`")))]
async fn eventos(
    State(state): State<AppState>,
    actor: Actor,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> AppResult<Response> {
    let last_id = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.trim().parse().ok());
    // Subscribed before the first look, so that nothing falls between the two.
    let changes = state.outbox.subscribe();
    let start = app::start(&state, &actor, last_id.or(params.desde)).await?;
    let until = {
        let (state, actor) = (state.clone(), actor.clone());
        async move { over(&state, &actor).await }
    };
    let events = stream::iter([Ok(opening(start))]).chain(follow(state, actor, start.seq, changes)).take_until(until);
    let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))).into_response())
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
    ready: VecDeque<Evento>,
    more: bool,
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
                return Some((Ok(event(&next)), f));
            }
            if !f.more {
                f.changes.changed().await.ok()?;
            }
            match app::next(&f.state, &f.actor, f.seq).await {
                Ok(batch) => (f.ready, f.seq, f.more) = (batch.events.into(), batch.seq, batch.more),
                Err(cause) => {
                    // The client comes back with the last number it saw.
                    tracing::warn!(%cause, "stream of events ended");
                    return None;
                }
            }
        }
    })
}

/// Waits until the service stops or the session no longer holds.
async fn over(state: &AppState, actor: &Actor) {
    loop {
        tokio::select! {
            () = state.stopping().cancelled() => return,
            () = tokio::time::sleep(RECHECK) => {}
        }
        if !crate::auth::still_holds(state, actor).await {
            return;
        }
    }
}
