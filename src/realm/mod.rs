//! One file per kind of realm.

pub mod ldap;
pub mod pam;
pub mod sync;
