//! One file per kind of realm.

pub mod pam;
