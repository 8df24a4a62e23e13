//! The only room that prints.

pub mod output;
pub mod prompt;
pub mod terminal;
