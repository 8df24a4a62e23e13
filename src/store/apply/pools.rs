//! Pools as a document says: a guest is in one pool at most, so it moves where it is named.

use super::directory::in_thing;
use crate::error::{Error, Result};
use crate::format::document;
use crate::model::directory::{Directory, PoolChange};
use crate::model::id::{PoolId, VmId};
use crate::model::pool::Pool;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn edit(
    directory: &mut Directory,
    named: &BTreeMap<PoolId, document::Pool>,
    prune: bool,
) -> Result<()> {
    refuse_guests_in_two(named)?;
    for id in named.keys().filter(|id| !directory.pools.contains(id.as_str())).collect::<Vec<_>>() {
        directory.add_pool(Pool::new(id.clone())).map_err(|error| in_thing("pool", id.as_str(), error))?;
    }
    // Guests leave before others come: they may go from one pool to another.
    for (id, said) in named {
        directory.modify_pool(id, change(&directory.pool(id)?, said, prune, true))?;
    }
    for (id, said) in named {
        directory.modify_pool(id, change(&directory.pool(id)?, said, prune, false))?;
    }
    if prune {
        let ids = directory.pools.ids().filter_map(|id| PoolId::parse(id).ok());
        let gone: Vec<PoolId> = ids.filter(|id| !named.contains_key(id)).collect();
        for id in gone.iter().rev() {
            directory.remove_pool(id, |_| false, |_| false)?;
        }
    }
    Ok(())
}

/// What leaves a pool (`remove`), or what comes, and its comment.
fn change(pool: &Pool, said: &document::Pool, prune: bool, remove: bool) -> PoolChange {
    let (no_guests, no_storages) = (BTreeSet::new(), BTreeSet::new());
    let guests = said.guests.as_ref().or(prune.then_some(&no_guests)).unwrap_or(&pool.guests);
    let storages = said.storages.as_ref().or(prune.then_some(&no_storages)).unwrap_or(&pool.storages);
    let comment = said.comment.clone().or_else(|| prune.then(String::new));
    match remove {
        true => PoolChange {
            comment: None,
            guests: pool.guests.difference(guests).copied().collect(),
            storages: pool.storages.difference(storages).cloned().collect(),
            remove,
            allow_move: false,
        },
        false => PoolChange {
            comment,
            guests: guests.difference(&pool.guests).copied().collect(),
            storages: storages.difference(&pool.storages).cloned().collect(),
            remove,
            allow_move: true,
        },
    }
}

fn refuse_guests_in_two(named: &BTreeMap<PoolId, document::Pool>) -> Result<()> {
    let mut pool_of: BTreeMap<VmId, &PoolId> = BTreeMap::new();
    for (id, said) in named {
        for guest in said.guests.iter().flatten() {
            if let Some(other) = pool_of.insert(*guest, id) {
                let message = format!("guest {guest} stands in the pools '{other}' and '{id}'");
                return Err(Error::refused(message).with_hint("a guest is in one pool at most"));
            }
        }
    }
    Ok(())
}
