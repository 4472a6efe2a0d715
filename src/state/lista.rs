//! Pane 1: the expedientes.

use api::lista::{Fila, Orden};
use api::vista::Vista;
use domain::ExpedienteId;
use domain::query::Proposal;
use std::collections::{BTreeMap, BTreeSet};
use tui_input::Input;

/// The list as far as it has been loaded.
#[derive(Debug, Clone, Default)]
pub struct ListaPane {
    /// Rows from the top; grows as one goes down.
    pub filas: Vec<Fila>,
    /// Cursor of the next page; none at the end.
    pub siguiente: Option<String>,
    /// How many answer the query.
    pub total: u64,
    /// Whether there are more than that.
    pub total_es_minimo: bool,
    /// Selected row.
    pub selected: usize,
    /// First row on screen.
    pub offset: usize,
    /// Rows that fit, told by the view's layout.
    pub height: usize,
    /// Marked expedientes.
    pub marked: BTreeSet<ExpedienteId>,
    /// Numbers of what has been marked: a question names it also when another search shows other rows.
    pub numeros: BTreeMap<ExpedienteId, String>,
    /// Expedientes that were sent to another fase together, and what has come of it.
    pub lote: Option<Lote>,
    /// Where a range of marks begins: rows come and go meanwhile.
    pub anchor: Option<ExpedienteId>,
    /// Query in force, the last good one.
    pub query: String,
    /// Order in force.
    pub orden: Orden,
    /// The search box, when it is open.
    pub search: Option<SearchBox>,
    /// What is under way is another query or order: the selection goes to the top.
    pub filas_from_top: bool,
    /// What is to be selected again in those rows.
    pub back_to: Option<ExpedienteId>,
    /// First page under way: generation and since when.
    pub pending: Option<(u64, u64)>,
    /// On the way to the next expediente with pending documents, which may be further down than has been loaded.
    pub seeking: bool,
    /// On the way to the last row, page by page.
    pub to_end: bool,
    /// Next page under way: generation.
    pub pending_more: Option<u64>,
    /// The rows are being loaded again, and those from here on are still the old ones: how many are fresh, and the cursor that goes on.
    pub stale_from: Option<(usize, String)>,
    /// Just opened by this person: it stays in the list while it is selected, whatever the query and the order.
    pub opened: Option<ExpedienteId>,
    /// It stands first out of order: it goes when it is left.
    pub pinned: bool,
    /// A refresh on behalf of others' changes is due: they are gathered.
    pub refresh_due: bool,
    /// Why the last load failed, one sentence.
    pub error: Option<String>,
    /// Saved views.
    pub vistas: Vec<Vista>,
    /// Whether they have been asked for and have come: rows and page go before them.
    pub vistas_here: bool,
    /// Somebody wants to choose one as soon as they come.
    pub vistas_wanted: bool,
    /// Name of the view that is being saved.
    pub saving_view: Option<String>,
    /// Queries typed before, newest first.
    pub recent: Vec<String>,
}

/// Several expedientes moved at once: told together when the last answer is here.
#[derive(Debug, Clone, Default)]
pub struct Lote {
    /// Not answered yet.
    pub pending: BTreeSet<ExpedienteId>,
    /// How many have moved.
    pub done: usize,
    /// Those that have not: marked again.
    pub refused: BTreeSet<ExpedienteId>,
}

/// The search box.
#[derive(Debug, Clone, Default)]
pub struct SearchBox {
    /// What is typed.
    pub input: Input,
    /// The query that was in place still stands as it was: the next character takes its place.
    pub fresh: bool,
    /// What is wrong with it: sentence and the bytes it is about.
    pub error: Option<(String, std::ops::Range<usize>)>,
    /// What may stand at the cursor.
    pub proposals: Vec<Proposal>,
    /// Selected proposal, once one has gone into them.
    pub selected: Option<usize>,
    /// The query before, for Esc.
    pub before: String,
    /// The expediente selected before, for Esc.
    pub selected_before: Option<ExpedienteId>,
    /// Which of the recent queries is shown, while one goes through them.
    pub recalled: Option<usize>,
}

impl ListaPane {
    /// The selected row.
    pub fn current(&self) -> Option<&Fila> {
        self.filas.get(self.selected)
    }
}
