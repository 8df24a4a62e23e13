//! The kinds of realms.

use crate::error::{Error, Result};
use std::fmt;

/// How the users of a realm prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RealmKind {
    /// A Microsoft Active Directory server.
    Ad,
    /// An LDAP server.
    Ldap,
    /// An OpenID Connect provider.
    OpenId,
    /// The accounts of the operating system.
    Pam,
    /// Passwords kept beside the configuration.
    Pve,
}

impl RealmKind {
    /// Every kind, sorted by name.
    pub const ALL: [Self; 5] = [Self::Ad, Self::Ldap, Self::OpenId, Self::Pam, Self::Pve];

    /// The name as files and commands hold it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ad => "ad",
            Self::Ldap => "ldap",
            Self::OpenId => "openid",
            Self::Pam => "pam",
            Self::Pve => "pve",
        }
    }

    /// Reads the value of the parameter `type`.
    ///
    /// # Errors
    /// [`Error::Parameters`] when there is no such kind.
    pub fn parse(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::as_str).join(", ");
            Error::parameter(
                "type",
                format!("value '{text}' does not have a value in the enumeration '{names}'"),
            )
        })
    }

    /// Whether there is one realm of this kind, always there and never created.
    pub const fn is_builtin(self) -> bool {
        matches!(self, Self::Pam | Self::Pve)
    }

    /// Whether a directory server stands behind the realm, which can be asked and synchronised.
    pub const fn has_server(self) -> bool {
        matches!(self, Self::Ad | Self::Ldap)
    }

    /// Whether the connection of a realm of this kind can be tried out.
    ///
    /// # Errors
    /// [`Error::Refused`] when no server stands behind it.
    pub fn check_connection_allowed(self) -> Result<()> {
        if self.has_server() {
            return Ok(());
        }
        Err(Error::refused("'check-connection' parameter can only be set for realms of type 'ldap' or 'ad'"))
    }

    /// The comment a built-in realm has when nobody gave it another one.
    pub const fn default_comment(self) -> Option<&'static str> {
        match self {
            Self::Pam => Some("Linux PAM standard authentication"),
            Self::Pve => Some("Proxmox VE authentication server"),
            _ => None,
        }
    }

    /// The kind of the built-in realm called `id`.
    pub fn builtin(id: &str) -> Option<Self> {
        match id {
            "pam" => Some(Self::Pam),
            "pve" => Some(Self::Pve),
            _ => None,
        }
    }
}

impl fmt::Display for RealmKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
