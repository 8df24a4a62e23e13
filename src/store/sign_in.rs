//! What signing in reads and writes, in a store.

use super::change::{Draft, FileChange, Order, change};
use super::journal::account::{self, Occasion};
use super::{Store, ticket_keys};
use crate::audit::{Deed, Kind, SignIn};
use crate::catalogue::Catalogue;
use crate::error::Result;
use crate::format::shadow_cfg::{self, Shadow};
use crate::format::tfa_cfg::{self, TfaFile};
use crate::format::token_cfg::{self, TokenSecrets};
use crate::format::{USER_CFG, Warning, domains_cfg, user_cfg};
use crate::model::id::UserId;
use crate::model::tfa::{Failures, OpenChallenges, UserFactors};
use crate::realm::login::{Books, Outcome, Record, State, TakenOver};
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
        let order = Order { dry_run: self.would_change.is_some(), ..SIGN_IN };
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
        judge: &mut dyn FnMut(&mut UserFactors, &mut Failures, &mut OpenChallenges) -> Result<Verdict>,
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

    fn keep_challenges(&self, user: &UserId, asked: OpenChallenges, now: i64) -> Result<()> {
        self.change(|draft| draft.keep_challenges(user, asked, now))?;
        Ok(())
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

    /// Notes the attempt in the journal, unless the directory's settings say otherwise. Where that fails nobody is let in,
    /// and told why: an attempt that leaves no trace is worse than one that has to be made again.
    fn note(&self, record: &Record) -> Result<()> {
        let rules = self.store.journal_rules();
        if !rules.enabled || !rules.sign_ins || self.would_change.is_some() {
            return Ok(());
        }
        let (outcome, reason) = match record.outcome {
            Outcome::Admitted => ("admitted", None),
            Outcome::SecondFactorDue => ("second-factor-due", None),
            Outcome::Refused(reason) => ("refused", Some(reason.as_str())),
            Outcome::Failed => ("failed", None),
        };
        // Whoever is turned away makes no directory.
        if outcome != "admitted" && !self.store.exists()? {
            return Ok(());
        }
        let sign_in = SignIn {
            user: record.user.to_string(),
            realm: record.realm.as_ref().map(ToString::to_string),
            way: Some(record.way.as_str().to_owned()),
            outcome: outcome.to_owned(),
            reason: reason.map(str::to_owned),
        };
        let occasion = Occasion {
            origin: self.store.origin(),
            deed: SIGN_IN.deed,
            sign_in: Some(sign_in),
            time: Some(record.at),
            from: record.from.as_ref().map(ToString::to_string),
        };
        // Whether the system's log has it too is not for whoever signs in to know.
        account::note_sign_in(self.store, &occasion).map(drop)
    }
}

/// How what signing in leaves in the files is written.
const SIGN_IN: Order = Order { dry_run: false, deed: Deed::of(Kind::SignIn), permit: None };
