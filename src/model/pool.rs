//! Pools of guests and storages.

use super::id::{PoolId, StorageId, VmId};
use std::collections::BTreeSet;

/// A pool of guests and storages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The pool's name, up to three levels.
    pub id: PoolId,
    /// Free text.
    pub comment: String,
    /// Its guests; a guest is in one pool at most.
    pub guests: BTreeSet<VmId>,
    /// Its storages; a storage may be in many pools.
    pub storages: BTreeSet<StorageId>,
    /// What stands among the guests and is no guest number.
    pub unknown_guests: BTreeSet<String>,
    /// What stands among the storages and is no storage name.
    pub unknown_storages: BTreeSet<String>,
    /// Fields of the line beyond the known ones, each followed by `:`.
    pub rest: String,
}

impl Pool {
    /// An empty pool.
    pub fn new(id: PoolId) -> Self {
        Self {
            id,
            comment: String::new(),
            guests: BTreeSet::new(),
            storages: BTreeSet::new(),
            unknown_guests: BTreeSet::new(),
            unknown_storages: BTreeSet::new(),
            rest: String::new(),
        }
    }
}
