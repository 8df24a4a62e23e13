//! A store in memory: for tests, and for trying a change without a directory.

use super::journal::{Compose, Piece, Rules, View, append};
use super::{Change, Files, Store, Transaction, name};
use crate::audit::Origin;
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Files in memory; clones share them.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    shared: Arc<Shared>,
    patience: Duration,
    rules: Rules,
    origin: Origin,
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
    journal: Arc<Vec<u8>>,
    kept: Arc<Vec<u8>>,
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
        let state = Mutex::new(State { files, written, ..State::default() });
        Self {
            shared: Arc::new(Shared { state, released: Condvar::new() }),
            patience: Duration::from_secs(10),
            rules: Rules::default(),
            origin: Origin::default(),
        }
    }

    /// Says how the journal is kept; in memory that is whether, and whether with secrets.
    #[must_use]
    pub fn with_journal(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Says where the changes made through this store come from; by default nobody knows.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
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

    fn load_by_pieces(&self, name: &str, take: &mut dyn FnMut(u64, &[u8])) -> Result<()> {
        let files = self.load(&[name])?;
        take(0, files.get(name).map(|text| text.as_slice()).unwrap_or_default());
        Ok(())
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
        Ok(Box::new(MemoryTransaction { shared: &self.shared, rules: &self.rules }))
    }

    fn journal(&self) -> Result<View> {
        Ok(View::new(vec![Piece::memory(Arc::clone(&self.shared.state().journal))]))
    }

    fn kept_secrets(&self) -> Result<View> {
        Ok(View::new(vec![Piece::memory(Arc::clone(&self.shared.state().kept))]))
    }

    fn journal_rules(&self) -> Rules {
        self.rules.clone()
    }

    fn origin(&self) -> Origin {
        self.origin.clone()
    }
}

struct MemoryTransaction<'a> {
    shared: &'a Shared,
    rules: &'a Rules,
}

impl Transaction for MemoryTransaction<'_> {
    fn read(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        name::check(name)?;
        Ok(self.shared.state().files.get(name).cloned())
    }

    fn commit_with_entry(self: Box<Self>, changes: Vec<Change>, compose: Option<Compose<'_>>) -> Result<()> {
        name::check_changes(&changes)?;
        let end = || append::end_of(Piece::memory(Arc::clone(&self.shared.state().journal)));
        let lines = compose.map(|compose| compose(end()?.1)).transpose()?.unwrap_or_default();
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(name, rope)| (name, rope.map(|rope| Arc::new(rope.to_vec()))))
            .collect();
        let mut state = self.shared.state();
        Arc::make_mut(&mut state.journal).extend_from_slice(&lines.entry);
        Arc::make_mut(&mut state.kept).extend(lines.kept.unwrap_or_default());
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

    fn begins_journal(&self) -> Result<bool> {
        Ok(self.shared.state().journal.is_empty())
    }

    fn journal_rules(&self) -> Rules {
        self.rules.clone()
    }
}

impl Drop for MemoryTransaction<'_> {
    fn drop(&mut self) {
        self.shared.state().locked = false;
        self.shared.released.notify_one();
    }
}
