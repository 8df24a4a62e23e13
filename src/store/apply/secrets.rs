//! Secrets of those who go, and what is left over under the names of those who come.

use super::{Draft, Persons};
use crate::error::Result;
use crate::format::tfa_cfg::{self, TfaFile};
use crate::model::id::UserId;
use crate::model::tfa::Failures;
use crate::store::removal::keeps_password;
use std::collections::BTreeSet;

impl Draft<'_> {
    /// Removes them. A file of second factors that is broken stays as it is when nobody goes.
    pub(super) fn drop_secrets(&mut self, persons: &Persons) -> Result<()> {
        let users: BTreeSet<UserId> = persons.new.union(&persons.gone).cloned().collect();
        if !(users.is_empty() && persons.new_tokens.is_empty() && persons.gone_tokens.is_empty()) {
            let secrets = self.token_secrets()?;
            secrets.remove_users(&users);
            for token in persons.new_tokens.union(&persons.gone_tokens) {
                if !users.contains(&token.user) {
                    secrets.remove(token);
                }
            }
        }
        if users.is_empty() {
            return Ok(());
        }
        let names: BTreeSet<&str> = users.iter().filter(|id| keeps_password(id)).map(UserId::name).collect();
        self.passwords()?.remove_all(|name| names.contains(name));
        let readable = match self.whole_file(tfa_cfg::FILE)? {
            Some(text) => TfaFile::parse(&text).is_ok(),
            None => false,
        };
        if readable || !persons.gone.is_empty() {
            self.second_factors()?.remove_users(|name| users.contains(name));
        }
        let failures = self.failures()?;
        for id in &users {
            failures.set(id, Failures::default());
        }
        Ok(())
    }
}
