//! The files of configuration a journal looks after.

use crate::audit::Seen;
use crate::audit::history::Digests;
use crate::error::Result;
use crate::format::mask::is_secret_file;
use crate::format::{USER_CFG, bind_password, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, token_cfg};
use crate::store::{Store, Transaction};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The files that may be there, whether or not an entry tells of them.
///
/// # Errors
/// When a folder cannot be listed.
pub(super) fn names(store: &dyn Store) -> Result<BTreeSet<String>> {
    let usual =
        [USER_CFG, domains_cfg::FILE, jobs_cfg::FILE, shadow_cfg::FILE, token_cfg::FILE, tfa_cfg::FILE];
    let mut names: BTreeSet<String> = usual.into_iter().map(str::to_owned).collect();
    for folder in bind_password::FOLDERS {
        names.extend(store.list(folder, false)?.into_iter().map(|leaf| format!("{folder}/{leaf}")));
    }
    Ok(names)
}

/// What is there already when a journal begins. Its first entry has it, so that a directory that was there before usher
/// is not one full of files nobody knows.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    files: Vec<(String, Arc<Vec<u8>>)>,
}

impl Beginning {
    /// The files that are there, but for those the entry `tells` of; none when the journal has begun.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub(super) fn find(
        store: &dyn Store,
        transaction: &dyn Transaction,
        tells: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        if !transaction.journal_rules().enabled || !transaction.begins_journal()? {
            return Ok(Self::default());
        }
        // What cannot be read was not seen, and keeps nobody from changing other files.
        let names = names(store).unwrap_or_default().into_iter().filter(|name| !tells(name));
        let files = names.filter_map(|name| Some((transaction.read(&name).ok()??, name)));
        Ok(Self { files: files.map(|(text, name)| (name, text)).collect() })
    }

    /// Whether the key is needed to tell of them.
    pub(super) fn has_secrets(&self) -> bool {
        self.files.iter().any(|(name, _)| is_secret_file(name))
    }

    /// What the entry has of them.
    pub(super) fn seen(&self, digests: &Digests) -> Vec<Seen> {
        let seen = |(name, text): &(String, Arc<Vec<u8>>)| {
            let digest = digests.of(name, std::iter::once(text.as_slice()))?;
            Some(Seen { name: name.clone(), digest })
        };
        self.files.iter().filter_map(seen).collect()
    }
}
