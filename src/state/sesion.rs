//! The sign-in form; also shown over the panes when the session has ended.

use tui_input::Input;

/// Sign-in form.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// User name.
    pub usuario: Input,
    /// Password; never drawn.
    pub clave: Input,
    /// One-time code, when asked for.
    pub codigo: Input,
    /// Whether the code is asked for.
    pub con_codigo: bool,
    /// The focused field.
    pub field: Field,
    /// Selected demo user, when the service offers them.
    pub demo: usize,
    /// Generation of the attempt under way, and since when.
    pub pending: Option<(u64, u64)>,
    /// What went wrong, one sentence.
    pub error: Option<String>,
    /// A session was kept from an earlier run: it is tried first.
    pub kept: bool,
    /// What the session list is to show for this machine.
    pub device: String,
}

/// Field of the form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Field {
    /// User name.
    #[default]
    Usuario,
    /// Password.
    Clave,
    /// One-time code.
    Codigo,
}
