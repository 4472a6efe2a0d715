//! Pixels in a terminal. Knows nothing of what they show.
//!
//! A program asks the terminal once what it can do ([`Probe`]), lets [`choose`] take the best [`Protocol`], and keeps one [`Stage`]. For each
//! frame it marks in ratatui's buffer the cells that a picture shall have ([`reserve`]), paints popups over them as it likes, and asks the
//! stage what is to be written before ratatui's cells and after them. Where there is no protocol, [`blocks`] draws into the buffer itself.
//!
//! | file | what it is |
//! | --- | --- |
//! | `probe` `reply` `hints` | what a terminal can do: questions, answers told apart from keys, what the environment says |
//! | `protocol` | the choice |
//! | `kitty` `placeholder` `iterm` `sixel` `tmux` | bytes of each protocol |
//! | `picture` `stage` | what is shown, and what has to be written so that it is shown |
//! | `blocks` `glyphs` `fit` `colours` | pictures as text: characters that divide a cell, the two colours that suit it, the palettes of terminals |

mod blocks;
mod colours;
mod fit;
mod glyphs;
mod hints;
mod indexed;
mod iterm;
mod kept;
mod kitty;
mod picture;
mod placeholder;
mod probe;
mod protocol;
mod reply;
mod sixel;
mod stage;
mod tmux;

pub use blocks::{Colours, Window, blocks};
pub use colours::{nearest_16, nearest_256, vivid};
pub use glyphs::Glyphs;
pub use hints::Hints;
pub use picture::{CellSize, Picture, Placement, reserve};
pub use probe::{Abilities, Probe};
pub use protocol::{Protocol, choose};
pub use reply::{Piece, Replies, Reply};
pub use stage::{Parts, Stage};
