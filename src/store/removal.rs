//! What goes with a user or a token: secrets nobody may find under the name later.

use super::change::Draft;
use crate::error::Result;
use crate::format::tfa_cfg::TfaFile;
use crate::format::{shadow_cfg, tfa_cfg, token_cfg};
use crate::model::acl::AclEntry;
use crate::model::id::{TokenId, UserId};
use crate::model::realm::RealmKind;
use crate::model::tfa::Failures;

/// What went with a user.
#[derive(Debug, Default)]
pub struct RemovedUser {
    /// ACL entries of the user and of the user's tokens.
    pub entries: Vec<AclEntry>,
}

impl Draft<'_> {
    /// Removes a user and everything that belongs to it: tokens and their secrets, memberships, ACL
    /// entries, password and second factors.
    ///
    /// # Errors
    /// Those of [`crate::model::directory::Directory::remove_user`], and of reading the files.
    pub fn remove_user(&mut self, id: &UserId) -> Result<RemovedUser> {
        let (tokens, entries) = self.directory()?.remove_user(id)?;
        let secrets = self.token_secrets()?;
        for token in &tokens {
            secrets.remove(token);
        }
        secrets.remove_user(id);
        if keeps_password(id) {
            self.passwords()?.remove(id.name());
        }
        self.second_factors()?.remove_user(id);
        self.failures()?.set(id, Failures::default());
        Ok(RemovedUser { entries })
    }

    /// Removes the password, token secrets and second factors that somebody of this name left behind:
    /// whoever gets the name next must not be let in, or kept out, by them. Tells what there was.
    /// A file of second factors that is broken stays as it is.
    ///
    /// # Errors
    /// Those of reading the files.
    pub fn remove_left_over_secrets(&mut self, id: &UserId) -> Result<Vec<&'static str>> {
        let mut removed = Vec::new();
        if self.nobody_left_secrets(id)? {
            return Ok(removed);
        }
        if keeps_password(id)
            && (self.holds_passwords() || self.has_line(shadow_cfg::FILE, &format!("{}:", id.name()))?)
            && self.passwords()?.remove(id.name())
        {
            removed.push("password");
        }
        if (self.holds_token_secrets() || self.has_line(token_cfg::FILE, &format!("{id}!"))?)
            && self.token_secrets()?.remove_user(id)
        {
            removed.push("token secrets");
        }
        if let Some(text) = self.current(tfa_cfg::FILE)?
            && TfaFile::parse(&text).is_ok_and(|(mut factors, _)| factors.remove_user(id))
            && self.second_factors()?.remove_user(id)
        {
            removed.push("second factors");
        }
        Ok(removed)
    }

    /// Whether a line of a file begins like this: a look that is cheap and complains about nothing.
    fn has_line(&self, name: &str, start: &str) -> Result<bool> {
        let text = self.whole_file(name)?.unwrap_or_default();
        Ok(text
            .split(|byte| *byte == b'\n')
            .any(|line| line.trim_ascii_start().starts_with(start.as_bytes())))
    }

    /// Removes a token, its secret and its ACL entries, which are returned.
    ///
    /// # Errors
    /// Those of [`crate::model::directory::Directory::remove_token`], and of reading the files.
    pub fn remove_token(&mut self, id: &TokenId) -> Result<Vec<AclEntry>> {
        let entries = self.directory()?.remove_token(&id.user, &id.name)?;
        self.token_secrets()?.remove(id);
        Ok(entries)
    }
}

/// Whether the password of a user is kept in the directory.
pub(super) fn keeps_password(id: &UserId) -> bool {
    id.realm() == RealmKind::Pve.as_str()
}
