//! The client and the command line. One road for the data, drawn in `ARCHITECTURE.md`:
//! terminal bytes → [`input`] → [`action::Action`] → [`update`] → [`effect::Effect`] → [`runtime`] → [`msg::Msg`] → [`update`];
//! [`state::State`] → [`view`] → [`terminal`].

pub mod action;
pub mod app;
pub mod cache;
pub mod cli;
pub mod commands;
pub mod config;
pub mod doctor;
pub mod effect;
pub mod i18n;
pub mod input;
pub mod logging;
pub mod msg;
pub mod plazo;
pub mod preview;
pub mod remote;
pub mod runtime;
pub mod signals;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
