//! What goes along when a user gets another id: what it proves itself with.

use super::change::Draft;
use super::removal::keeps_password;
use crate::error::{Error, Noun, Result};
use crate::model::directory::Dropped;
use crate::model::id::UserId;
use crate::model::tfa::Failures;

/// What came of a renaming.
#[derive(Debug, Default)]
pub struct RenamedUser {
    /// References left over under the new id, which were dropped.
    pub dropped: Dropped,
    /// Secrets left over under the new id, which were removed.
    pub secrets: Vec<&'static str>,
    /// Whether a password was removed, which counts for nothing in the new realm.
    pub lost_password: bool,
}

impl Draft<'_> {
    /// Gives a user another id, with everything that belongs to it: tokens and their secrets, memberships, ACL entries,
    /// second factors, the count of failures, and the password where the realm stays. A realm that asks elsewhere has no
    /// use for a password that is kept here: then it is removed if `drop_password`, else the renaming is refused.
    ///
    /// # Errors
    /// Those of [`crate::model::directory::Directory::rename_user`] and of reading the files; [`Error::Exists`] for an
    /// id that differs from another user's by letter case alone where that does not count; [`Error::Refused`] for a
    /// password that would be lost.
    pub fn rename_user(&mut self, old: &UserId, new: &UserId, drop_password: bool) -> Result<RenamedUser> {
        let case_counts = self.realms()?.get(new.realm()).is_none_or(|realm| realm.is_case_sensitive());
        if !case_counts
            && let Some(other) = self.directory()?.user_without_case(new).filter(|other| other != old)
        {
            return Err(Error::exists(Noun::User, other));
        }
        let dropped = self.directory()?.rename_user(old, new)?;
        let secrets = self.remove_left_over_secrets(new)?;
        self.token_secrets()?.rename_user(old, new)?;
        self.second_factors()?.rename_user(old, new);
        let failures = self.failures()?;
        let count = failures.get(old);
        failures.set(new, count);
        failures.set(old, Failures::default());
        let mut lost_password = false;
        if keeps_password(old) && keeps_password(new) {
            self.passwords()?.rename(old.name(), new.name())?;
        } else if keeps_password(old) && self.passwords()?.get(old.name()).is_some() {
            if !drop_password {
                let message = format!(
                    "the password of '{old}' is kept in this directory, and does not count in realm '{}'",
                    new.realm()
                );
                return Err(Error::refused(message)
                    .with_hint("--drop-password removes it; the new realm has to know the user"));
            }
            lost_password = self.passwords()?.remove(old.name());
        }
        Ok(RenamedUser { dropped, secrets, lost_password })
    }
}
