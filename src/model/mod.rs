//! What exists and the rules between things: checked types, no text, no files.

pub mod facts;
pub mod id;
pub mod path;
pub mod privilege;
