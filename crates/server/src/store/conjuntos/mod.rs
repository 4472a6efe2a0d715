//! Sets of expedientes: who has which value of what. The list intersects them, and walks them in the order that is asked for.
//!
//! Each value an expediente has puts it into one set, and into the sets of the value's beginnings ([`clave`]): so a search for `g`, for
//! a year, or for all prices above one reads few large sets instead of many small ones, and an order is walked like a tree, past
//! whatever branches have no answer. A set is kept in pieces of 65,536 ids (`trozo`); a change of one expediente rewrites one piece,
//! of at most 8 kB, per value that changed.

pub mod clave;
mod conjunto;
mod escribir;
mod leer;
mod paseo;
mod trozo;

pub use clave::{Entrada, Forma, Serie};
pub use conjunto::Conjunto;
pub use escribir::{Monton, change};
pub use leer::{Lector, number};
pub use paseo::Paseo;
