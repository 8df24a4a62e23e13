//! What exists and the rules between things: checked types, no text, no files.

pub mod acl;
pub mod byte;
pub mod calendar;
pub mod constraint;
pub mod difference;
pub mod directory;
pub mod facts;
pub mod group;
pub mod id;
pub mod job;
pub mod moment;
pub mod path;
pub mod pool;
pub mod privilege;
pub mod property_string;
pub mod realm;
pub mod role;
pub mod shell;
pub mod sync;
pub mod table;
pub mod tfa;
pub mod token;
pub mod user;
pub mod view;
