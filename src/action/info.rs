//! The table of actions.

use super::Action;
use crate::state::State;

/// Where a key of an action counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In all four panes.
    Global,
    /// In the pane Expediente.
    Expedientes,
    /// In the pane Documentos.
    Documentos,
    /// In the pane Vista previa.
    Preview,
    /// In the pane Índice, and while editing it.
    Indice,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    /// The action.
    pub action: Action,
    /// Name in the configuration file, kebab-case English: `next-pane`. Its title and sentence are `accion-<name>` and
    /// `accion-<name>.ayuda` in the message catalogue.
    pub name: &'static str,
    /// Default keys, as in the configuration file (`ctrl-s`, `f5`, `g`).
    pub keys: &'static [&'static str],
    /// Where it counts.
    pub place: Place,
    /// Weight in the hint line: the heavier, the longer it stays when width shrinks; 0 is never shown.
    pub hint: u8,
    /// Changes or removes something that is hard to bring back: asks first, default No.
    pub dangerous: bool,
    /// The permission it needs, gated here in one place.
    pub permiso: Option<domain::Permiso>,
}

impl Action {
    /// Its line of the table.
    pub fn info(self) -> Option<&'static Info> {
        TABLE.iter().find(|info| info.action == self)
    }
}

/// The table, in the order of the help.
pub const TABLE: &[Info] = &[];

/// Why an action cannot be done just now: a key of the message catalogue; `None` when it can.
pub fn disabled_reason(_action: Action, _state: &State) -> Option<&'static str> {
    None
}
