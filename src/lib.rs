//! usher keeps users, groups, roles, ACLs, realms, API tokens and pools in a directory of flat
//! text files, and decides who may do what.
//!
//! The rooms, bottom first; a room knows the rooms above it in this list and no other
//! (`ARCHITECTURE.md` tells why, `tests/house.rs` holds it).

pub mod error;

pub mod model;

pub mod catalogue;

pub mod access;

pub mod secret;

pub mod format;

pub mod audit;

pub mod realm;

pub mod store;

pub mod check;

pub mod cli;
