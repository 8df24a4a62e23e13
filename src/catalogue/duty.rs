//! What of the directory itself somebody can be entrusted with, and which privilege says so.

use super::Catalogue;
use crate::model::privilege::Privilege;

/// A part of the work on the directory itself. Which privilege entrusts somebody with it is for the catalogue to
/// say; where it says nothing, only the superuser does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Users and all that belongs to them: tokens, second factors, passwords.
    Users,
    /// Groups.
    Groups,
    /// Which users a realm has.
    RealmUsers,
    /// Realms.
    Realms,
    /// Roles, and what else concerns everybody.
    Configuration,
    /// Looking at all of it.
    Audit,
    /// Pools.
    Pools,
    /// Looking at pools.
    PoolAudit,
}

/// How many duties there are.
pub(super) const DUTIES: usize = 8;

impl Duty {
    /// Every duty, in the order catalogues keep them.
    pub const ALL: [Self; DUTIES] = [
        Self::Users,
        Self::Groups,
        Self::RealmUsers,
        Self::Realms,
        Self::Configuration,
        Self::Audit,
        Self::Pools,
        Self::PoolAudit,
    ];

    /// Its name in a catalogue file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::RealmUsers => "realm-users",
            Self::Realms => "realms",
            Self::Configuration => "configuration",
            Self::Audit => "audit",
            Self::Pools => "pools",
            Self::PoolAudit => "pool-audit",
        }
    }
}

impl Catalogue {
    /// The privilege that entrusts somebody with a duty; `None`: only the superuser does it.
    pub fn duty(&self, duty: Duty) -> Option<Privilege> {
        let place = Duty::ALL.iter().position(|one| *one == duty)?;
        self.duties.get(place).copied().flatten()
    }
}
