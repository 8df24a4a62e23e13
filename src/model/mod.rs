//! What exists and the rules between things: checked types, no text, no files.

pub mod acl;
pub mod directory;
pub mod facts;
pub mod group;
pub mod id;
pub mod path;
pub mod pool;
pub mod privilege;
pub mod role;
pub mod table;
pub mod token;
pub mod user;
