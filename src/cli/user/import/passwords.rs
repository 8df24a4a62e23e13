//! Passwords for new users, and the file that tells them.

use super::columns::Entry;
use crate::cli::context::Context;
use crate::cli::passwd;
use crate::error::{Error, Result};
use crate::format::user_csv::write;
use crate::model::id::UserId;
use crate::model::realm::RealmKind;
use crate::secret::{NewPassword, PasswordHash, hash};
use crate::store::change::Draft;
use indicatif::ProgressBar;
use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use zeroize::Zeroizing;

/// The hashes of new passwords. The file that tells the passwords goes away again unless they are kept.
pub(super) struct Passwords {
    hashes: HashMap<UserId, PasswordHash>,
    file: Option<String>,
}

impl Passwords {
    /// Makes a password for every user that does not exist yet and whose realm keeps passwords here, and writes them
    /// to the file `to`. In a dry run there are none.
    ///
    /// # Errors
    /// When the file exists or cannot be written, and when users are new whose realm does not keep passwords here.
    pub(super) fn generate(context: &Context, file: &str, entries: &[Entry], to: &str) -> Result<Self> {
        let directory = context.directory()?;
        let new: Vec<&Entry> =
            entries.iter().filter(|entry| !directory.users.contains(entry.id.as_str())).collect();
        let mut realms: Vec<&str> = Vec::new();
        for entry in &new {
            if realms.contains(&entry.id.realm()) {
                continue;
            }
            if passwd::require_settable(context, &entry.id)? != RealmKind::Pve {
                let message = format!(
                    "{file}:{}: passwords of realm '{}' are not kept here",
                    entry.line,
                    entry.id.realm()
                );
                return Err(
                    Error::refused(message).with_hint("import its users without --generate-passwords")
                );
            }
            realms.push(entry.id.realm());
        }
        let mut passwords = Self { hashes: HashMap::new(), file: None };
        if context.dry_run {
            return Ok(passwords);
        }
        let failed = |error| Error::io("create", to, error);
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(failed)?;
        passwords.file = Some(to.to_owned());
        let bar = ProgressBar::new(u64::try_from(new.len()).unwrap_or(u64::MAX));
        let mut text = Zeroizing::new(write([["userid".into(), "password".into()].as_slice()].into_iter())?);
        for entry in new {
            let password = NewPassword::generate()?;
            passwords.hashes.insert(entry.id.clone(), hash(password.as_str(), context.password_scheme())?);
            let row = Zeroizing::new([entry.id.to_string(), password.as_str().to_owned()]);
            text.push_str(&Zeroizing::new(write([row.as_slice()].into_iter())?));
            bar.inc(1);
        }
        bar.finish_and_clear();
        let failed = |error| Error::io("write", to, error);
        out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(failed)?;
        Ok(passwords)
    }

    /// Stores the password of a new user.
    ///
    /// # Errors
    /// [`Error::Refused`] for a user who had an account when passwords were made.
    pub(super) fn store(&self, draft: &mut Draft<'_>, id: &UserId) -> Result<()> {
        match self.hashes.get(id) {
            Some(hash) => passwd::store(draft, id, hash),
            None if self.file.is_none() => Ok(()),
            None => Err(Error::refused(format!("user '{id}' was deleted meanwhile")).with_hint("try again")),
        }
    }

    /// The users have their passwords: the file stays.
    pub(super) fn keep(mut self) {
        self.file = None;
    }
}

impl Drop for Passwords {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            // Passwords nobody has: whoever finds the file could only be misled.
            let _ = fs::remove_file(file);
        }
    }
}
