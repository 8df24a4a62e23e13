//! Who may do what where.
//!
//! A [`Policy`] is compiled once from the facts of a directory and the vocabulary of a catalogue; then
//! it answers without touching either again, and a check walks at most the depth of a path and
//! allocates nothing. The rules are those of `docs/permissions.md`.

pub mod administrators;
pub mod authorize;
mod compile;
mod decision;
pub mod difference;
mod effect;
pub mod explain;
mod focus;
mod holdings;
mod interner;
pub mod matrix;
mod members;
mod paths;
pub mod permit;
mod policy;
pub mod policy_test;
mod query;
mod refusal;
pub mod remedy;
mod rows;
pub mod rule;
pub mod sight;
mod sweep;
mod tree;
pub mod usable;
mod who_can;

pub use decision::{Permissions, Roles};
pub use effect::{Effect, Effects};
pub use focus::Focus;
pub(crate) use focus::reaches_pools;
pub use policy::{Policy, Principal};
