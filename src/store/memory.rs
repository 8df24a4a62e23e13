//! A store in memory: for tests, and for trying a change without a directory.

use super::{Change, Files, Store, Transaction, name};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Files in memory; clones share them.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    shared: Arc<Shared>,
    patience: Duration,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct State {
    files: Files,
    written: BTreeMap<String, i64>,
    locked: bool,
}

impl Shared {
    // A state is only ever replaced as a whole: also after a panic elsewhere it is a good one.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MemoryStore {
    /// A store that holds `files`.
    pub fn new(files: Files) -> Self {
        let written = files.keys().map(|name| (name.clone(), now())).collect();
        let state = Mutex::new(State { files, written, locked: false });
        Self {
            shared: Arc::new(Shared { state, released: Condvar::new() }),
            patience: Duration::from_secs(10),
        }
    }

    /// Waits at most so long for the lock.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(Files::new())
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

impl Store for MemoryStore {
    fn load(&self, names: &[&str]) -> Result<Files> {
        names.iter().try_for_each(|name| name::check(name))?;
        let state = self.shared.state();
        let found = names.iter().filter_map(|name| state.files.get_key_value(*name));
        Ok(found.map(|(name, text)| (name.clone(), Arc::clone(text))).collect())
    }

    fn list(&self, folder: &str, folders: bool) -> Result<Vec<String>> {
        if !folder.is_empty() {
            name::check(folder)?;
        }
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let state = self.shared.state();
        let inside = state.files.keys().filter_map(|name| name.strip_prefix(&prefix));
        let names: BTreeSet<&str> = if folders {
            inside.filter_map(|rest| rest.split_once('/').map(|(first, _)| first)).collect()
        } else {
            inside.filter(|rest| !rest.contains('/')).collect()
        };
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    fn written_at(&self, name: &str) -> Result<Option<i64>> {
        name::check(name)?;
        Ok(self.shared.state().written.get(name).copied())
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>> {
        let started = Instant::now();
        let mut state = self.shared.state();
        while state.locked {
            let Some(left) = self.patience.checked_sub(started.elapsed()).filter(|left| !left.is_zero())
            else {
                let message = format!(
                    "the configuration in memory is locked by another part of process {}; gave up after {:?}: try again",
                    std::process::id(),
                    self.patience
                );
                return Err(Error::Locked { message });
            };
            let woken = self.shared.released.wait_timeout(state, left);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.locked = true;
        Ok(Box::new(MemoryTransaction { shared: &self.shared }))
    }
}

struct MemoryTransaction<'a> {
    shared: &'a Shared,
}

impl Transaction for MemoryTransaction<'_> {
    fn read(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        name::check(name)?;
        Ok(self.shared.state().files.get(name).cloned())
    }

    fn commit(self: Box<Self>, changes: Vec<Change>) -> Result<()> {
        name::check_changes(&changes)?;
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(name, rope)| (name, rope.map(|rope| Arc::new(rope.to_vec()))))
            .collect();
        let mut state = self.shared.state();
        for (name, text) in changes {
            match text {
                Some(text) => {
                    state.written.insert(name.clone(), now());
                    state.files.insert(name, text)
                }
                None => {
                    state.written.remove(&name);
                    state.files.remove(&name)
                }
            };
        }
        Ok(())
    }
}

impl Drop for MemoryTransaction<'_> {
    fn drop(&mut self) {
        self.shared.state().locked = false;
        self.shared.released.notify_one();
    }
}
