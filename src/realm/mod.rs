//! Where users come from and how they prove who they are: one file per kind of realm, and signing in.

pub mod ldap;
pub mod login;
pub mod openid;
pub mod pam;
pub mod sync;
pub mod user_property;
pub mod yubico;
