//! What a server said becomes users and groups.

use super::change::Draft;
use crate::error::{Error, Result};
use crate::format::USER_CFG;
use crate::model::id::RealmId;
use crate::model::realm::Realm;
use crate::realm::sync;

/// What came of a synchronisation.
#[derive(Debug)]
pub struct Synchronised {
    /// What was to be done.
    pub plan: sync::Plan,
    /// What went with it.
    pub applied: sync::Applied,
}

impl Draft<'_> {
    /// Whether the users and groups of `realm` are stored as they stood in `before`, an earlier text of `user.cfg`.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn realm_is_as_before(&self, before: &[u8], realm: &RealmId) -> Result<bool> {
        Ok(sync::is_as_before(before, &self.whole_file(USER_CFG)?.unwrap_or_default(), realm))
    }

    /// Refuses to go on with an answer when the realm is not the one that was `asked` any more.
    ///
    /// # Errors
    /// [`Error::Refused`], naming who was asked; that of reading the file.
    pub(super) fn refuse_changed_realm(&mut self, asked: &Realm, whom: &str) -> Result<()> {
        if self.realms()?.get(asked.id().as_str()) == Some(asked) {
            return Ok(());
        }
        let message = format!("realm '{}' was changed while its {whom} was asked", asked.id());
        Err(Error::refused(message).with_hint("nothing was changed; try again"))
    }

    /// Does what a synchronisation comes to: to the users and groups, and, for users that are removed, to
    /// the secrets that would be left behind. Where nothing changes, `user.cfg` stays as it is, also when usher
    /// would write it otherwise. Realm and answer have to belong together: a realm that was
    /// changed since `asked`, when the server was, is refused.
    ///
    /// # Errors
    /// Those of [`sync::plan`] and of reading the files; [`Error::Refused`] for a realm that changed.
    pub fn synchronise(
        &mut self,
        asked: &Realm,
        fetched: &sync::Fetched,
        options: &sync::Options,
    ) -> Result<Synchronised> {
        self.refuse_changed_realm(asked, "server")?;
        let untouched = self.directory_is_unread();
        let directory = self.directory()?;
        let plan = sync::plan(directory, asked.id(), fetched, options)?;
        let applied = plan.apply(directory, fetched, options)?;
        if untouched && !plan.changes(options) {
            self.leave_directory();
        }
        if !applied.users.is_empty() {
            if !options.keep.token_secrets {
                self.token_secrets()?.remove_users(&applied.users);
            }
            if !options.keep.second_factors {
                self.second_factors()?.remove_users(|name| applied.users.contains(name));
            }
        }
        Ok(Synchronised { plan, applied })
    }
}
