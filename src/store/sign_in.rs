//! What signing in reads and writes, in a store.

use super::change::{Draft, FileChange, Order, change};
use super::{Store, ticket_keys};
use crate::catalogue::Catalogue;
use crate::error::Result;
use crate::format::shadow_cfg::{self, Shadow};
use crate::format::tfa_cfg::{self, TfaFile};
use crate::format::token_cfg::{self, TokenSecrets};
use crate::format::{USER_CFG, Warning, domains_cfg, user_cfg};
use crate::model::id::UserId;
use crate::model::tfa::{Failures, UserFactors};
use crate::realm::login::{Books, State, TakenOver};
use crate::secret::PasswordHash;
use crate::secret::second_factor::Verdict;
use crate::secret::ticket_key::Keyring;
use std::cell::RefCell;

/// A store with the vocabulary of its directory.
pub struct StoredBooks<'s> {
    /// The store.
    pub store: &'s dyn Store,
    /// The vocabulary.
    pub catalogue: &'s Catalogue,
    /// Where a dry run puts what it would have changed; `None`: changes are made.
    pub would_change: Option<&'s RefCell<Vec<FileChange>>>,
}

impl StoredBooks<'_> {
    /// The one way to write, see [`change`]; and what was found in the files that is not understood.
    ///
    /// # Errors
    /// Those of the store and of `edit`.
    pub fn change<T>(&self, edit: impl FnOnce(&mut Draft<'_>) -> Result<T>) -> Result<(T, Vec<Warning>)> {
        let order = Order { dry_run: self.would_change.is_some() };
        let outcome = change(self.store, self.catalogue, &order, edit)?;
        if let Some(would_change) = self.would_change {
            would_change.borrow_mut().extend(outcome.files);
        }
        Ok((outcome.value, outcome.warnings))
    }
}

impl Books for StoredBooks<'_> {
    fn state(&self) -> Result<State> {
        let names = [USER_CFG, domains_cfg::FILE, shadow_cfg::FILE, tfa_cfg::FILE, token_cfg::FILE];
        let mut files = self.store.load(&names)?;
        let mut text = |name: &str| files.remove(name).unwrap_or_default();
        // What the files hold that is not understood is told by the commands that look after it.
        Ok(State {
            directory: user_cfg::parse(&text(USER_CFG), self.catalogue).0,
            realms: domains_cfg::parse(&text(domains_cfg::FILE)).0,
            passwords: Shadow::parse(&text(shadow_cfg::FILE)).0,
            second_factors: TfaFile::parse(&text(tfa_cfg::FILE))?.0,
            token_secrets: TokenSecrets::parse(&text(token_cfg::FILE)).0,
        })
    }

    fn keyring(&self, now: i64) -> Result<Option<Keyring>> {
        ticket_keys::keyring(self.store, now)
    }

    fn judge(
        &self,
        user: &UserId,
        taken_over: &TakenOver,
        judge: &mut dyn FnMut(&mut UserFactors, &mut Failures) -> Result<Verdict>,
    ) -> Result<Verdict> {
        let edit = |draft: &mut Draft<'_>| {
            // Somebody else may have taken them over a moment ago.
            let keys = draft.look_at_directory()?.user(user)?.keys;
            if !taken_over.factors.is_empty() && keys != super::second_factors::MARK {
                draft.register_factor(user, |factors| {
                    taken_over.add_to(factors);
                    Ok(())
                })?;
            }
            draft.judge_factors(user, judge)
        };
        Ok(self.change(edit)?.0)
    }

    fn replace_hash(&self, user: &UserId, old: &PasswordHash, new: &PasswordHash) -> Result<()> {
        let edit = |draft: &mut Draft<'_>| {
            let passwords = draft.passwords()?;
            if passwords.get(user.name()) == Some(old.as_str()) {
                passwords.set(user.name(), new.as_str())?;
            }
            Ok(())
        };
        self.change(edit)?;
        Ok(())
    }
}
