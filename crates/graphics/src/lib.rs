//! Pixels in a terminal. Knows nothing of what they show.
//!
//! Today: half blocks, two pixels in a cell, in ratatui's own buffer ([`half_blocks`]), which every terminal shows. The protocols that carry
//! real pictures (kitty, iTerm2, sixel), the probe that finds out what a terminal can do, and their placement get a module each beside
//! `half`.

mod colours;
mod half;

pub use colours::{nearest_16, nearest_256, vivid};
pub use half::{Colours, Window, half_blocks};
