//! A shipped catalogue as part of the program.
//!
//! Every process needs one, and reading its TOML costs more than starting the process; so the tables
//! are written out as constants, which a test keeps equal to the TOML files.

use super::duty::DUTIES;
use super::{Administration, Catalogue, Delegation, Pools, Text};
use crate::model::privilege::{Privilege, PrivilegeSet};

/// What a catalogue file says; sets of privileges are bits by place.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) superuser: &'static str,
    pub(super) blocking_role: &'static str,
    pub(super) full_role: &'static str,
    pub(super) reserved_prefix: &'static str,
    /// Prefixes of pools, guests and storages.
    pub(super) pools: [&'static str; 3],
    /// The path of everything, prefixes of groups and realms.
    pub(super) administration: [&'static str; 3],
    pub(super) listed: &'static [&'static str],
    pub(super) allowed: &'static [&'static str],
    /// The place of the privilege that hands out anything.
    pub(super) delegation: usize,
    pub(super) below: &'static [(&'static str, usize)],
    /// The place of the privilege of each duty; beyond the last one: none.
    pub(super) duties: [usize; DUTIES],
    pub(super) privileges: &'static [(&'static str, &'static str)],
    pub(super) roles: &'static [(&'static str, u128)],
    pub(super) elsewhere: &'static [(&'static str, &'static str)],
}

impl Table {
    pub(super) fn catalogue(&self) -> Catalogue {
        let [acl, guests, storages] = self.pools.map(Text::Borrowed);
        let [everything, groups, realms] = self.administration.map(Text::Borrowed);
        let texts = |list: &[&'static str]| list.iter().map(|text| Text::Borrowed(*text)).collect();
        let pairs = |list: &[(&'static str, &'static str)]| {
            list.iter().map(|(left, right)| (Text::Borrowed(*left), Text::Borrowed(*right))).collect()
        };
        let below =
            |(prefix, place): &(&'static str, usize)| Some((Text::Borrowed(*prefix), Privilege::at(*place)?));
        Catalogue {
            name: self.name.into(),
            title: self.title.into(),
            superuser: self.superuser.into(),
            blocking_role: self.blocking_role.into(),
            full_role: self.full_role.into(),
            reserved_prefix: self.reserved_prefix.into(),
            pools: Pools { acl, guests, storages },
            administration: Administration { everything, groups, realms },
            listed: texts(self.listed),
            allowed: texts(self.allowed),
            delegation: Delegation {
                privilege: Privilege::at(self.delegation),
                below: self.below.iter().filter_map(below).collect(),
            },
            duties: self.duties.map(Privilege::at),
            privileges: pairs(self.privileges),
            roles: self.roles.iter().map(|(name, bits)| (Text::Borrowed(*name), set(*bits))).collect(),
            elsewhere: pairs(self.elsewhere),
        }
    }
}

fn set(mut bits: u128) -> PrivilegeSet {
    let mut set = PrivilegeSet::EMPTY;
    while let Some(privilege) = Privilege::at(bits.trailing_zeros() as usize) {
        set.insert(privilege);
        bits &= bits - 1;
    }
    set
}
