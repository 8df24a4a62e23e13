//! Edits of pools.

use super::Directory;
use crate::error::{Error, Noun, Result};
use crate::model::acl::AclEntry;
use crate::model::id::{PoolId, StorageId, VmId};
use crate::model::path::AclPath;
use crate::model::pool::Pool;
use crate::model::shell::Command;

/// The change of a pool's members.
#[derive(Clone, Debug, Default)]
pub struct PoolChange {
    /// Free text; `None` leaves it as it is.
    pub comment: Option<String>,
    /// Guests to put in, or with `remove` to take out.
    pub guests: Vec<VmId>,
    /// Storages to put in, or with `remove` to take out.
    pub storages: Vec<StorageId>,
    /// Take the named members out instead of putting them in.
    pub remove: bool,
    /// Take a guest out of the pool it is in now.
    pub allow_move: bool,
}

impl Directory {
    /// The pool of this id.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn pool(&self, id: &PoolId) -> Result<Pool> {
        self.pools.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Pool, id))
    }

    /// Adds a pool.
    ///
    /// # Errors
    /// [`Error::Exists`]; [`Error::Refused`] when its parent is missing or its name does not begin
    /// with a letter.
    pub fn add_pool(&mut self, pool: Pool) -> Result<()> {
        if let Some(parent) = pool.id.parent().filter(|parent| !self.pools.contains(parent.as_str())) {
            return Err(Error::refused(format!("parent '{parent}' of pool '{}' does not exist", pool.id))
                .with_hint(format!("create it first: {}", Command::new("pool add").about(parent.as_str()))));
        }
        if self.pools.contains(pool.id.as_str()) {
            return Err(Error::exists(Noun::Pool, &pool.id));
        }
        if !pool.id.leaf().starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(Error::refused(format!(
                "pool name must start with a letter, not '{}'",
                pool.id.leaf()
            ))
            .with_hint("put a letter in front of it"));
        }
        self.pools.put(pool);
        Ok(())
    }

    /// The pool a guest is in.
    pub fn pool_of(&self, guest: VmId) -> Option<PoolId> {
        let pools = self.pools.mentioning(&guest.to_string()).into_iter();
        pools.filter(|pool| pool.guests.contains(&guest)).map(|pool| pool.id).next()
    }

    /// Changes a pool's comment and members.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] when a member is there already, is not there, or is in
    /// another pool and may not be moved.
    pub fn modify_pool(&mut self, id: &PoolId, change: PoolChange) -> Result<()> {
        let mut pool = self.pool(id)?;
        let before = pool.clone();
        if let Some(comment) = change.comment {
            pool.comment = comment;
        }
        for guest in change.guests {
            if change.remove {
                if !pool.guests.remove(&guest) {
                    return Err(Error::refused(format!("VM {guest} is not a pool member")));
                }
                continue;
            }
            if !pool.guests.insert(guest) {
                return Err(Error::refused(format!("VM {guest} is already a pool member")));
            }
            if let Some(other) = self.pool_of(guest) {
                if !change.allow_move {
                    let message =
                        format!("VM {guest} belongs already to pool '{other}' and 'allow-move' is not set");
                    return Err(Error::refused(message).with_hint("--allow-move moves it"));
                }
                let mut from = self.pool(&other)?;
                from.guests.remove(&guest);
                self.pools.put(from);
            }
        }
        for storage in change.storages {
            let text = storage.to_string();
            if change.remove && !pool.storages.remove(&storage) {
                return Err(Error::refused(format!("Storage '{text}' is not a pool member")));
            }
            if !change.remove && !pool.storages.insert(storage) {
                return Err(Error::refused(format!("Storage '{text}' is already a pool member")));
            }
        }
        if pool != before {
            self.pools.put(pool);
        }
        Ok(())
    }

    /// Removes a pool and the ACL entries at its path and below, which are returned. Whether its
    /// members may go with it is asked of `member_exists`.
    ///
    /// # Errors
    /// [`Error::Unknown`]; [`Error::Refused`] when it holds another pool or a member that exists.
    pub fn remove_pool(
        &mut self,
        id: &PoolId,
        guest_exists: impl Fn(VmId) -> bool,
        storage_exists: impl Fn(&StorageId) -> bool,
    ) -> Result<Vec<AclEntry>> {
        let pool = self.pool(id)?;
        let below = format!("{id}/");
        let holds = if let Some(inner) = self.pools.ids().find(|other| other.starts_with(&below)) {
            Some(format!("pool '{inner}'"))
        } else if let Some(guest) = pool.guests.iter().find(|guest| guest_exists(**guest)) {
            Some(format!("VM {guest}"))
        } else {
            let mut storages = pool.storages.iter();
            storages.find(|storage| storage_exists(storage)).map(|storage| format!("storage '{storage}'"))
        };
        if let Some(holds) = holds {
            return Err(Error::refused(format!("pool '{id}' is not empty (contains {holds})")));
        }
        self.pools.remove(id);
        let node = AclPath::parse(&format!("{}{id}", self.rules.pools_at))?;
        let may_be_within = |path: &&str| path.starts_with(node.as_str());
        let within = |path: &str| AclPath::parse(path).ok().filter(|path| path.is_within(&node));
        let paths: Vec<AclPath> = self.acl.ids().filter(may_be_within).filter_map(within).collect();
        Ok(paths.iter().flat_map(|path| self.drop_entries_at(path, |_, _| true)).collect())
    }
}
