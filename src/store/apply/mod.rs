//! Makes a directory what a document says: in the one way to write, and with its rules.
//!
//! What a document names becomes what it says there. What it does not name stays, unless it is to be pruned; a
//! section the document does not have is left alone in either case. Secrets stay as they are.

mod directory;
mod jobs;
mod pools;
mod realms;
mod secrets;

use super::change::Draft;
use crate::access::administrators::has_administrator;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::document::Document;
use crate::model::difference::{self, Change};
use crate::model::directory::Directory;
use crate::model::id::{TokenId, UserId};
use crate::model::job::Here;
use std::collections::BTreeSet;

/// How a document is applied.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether goes what the document does not name: things, fields and API tokens of the sections it has.
    pub prune: bool,
    /// Whether the last administrator may go.
    pub force: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// What changed, in the order of sorts and names.
    pub changes: Vec<Change>,
    /// What else happened, in sentences.
    pub notes: Vec<String>,
    /// Users that are new.
    pub new_users: BTreeSet<UserId>,
    /// API tokens that are new, and have no secret.
    pub new_tokens: BTreeSet<TokenId>,
}

/// Whose secrets go with an edit, or must not be found under a new name.
#[derive(Debug, Default)]
struct Persons {
    new: BTreeSet<UserId>,
    gone: BTreeSet<UserId>,
    new_tokens: BTreeSet<TokenId>,
    gone_tokens: BTreeSet<TokenId>,
}

impl Draft<'_> {
    /// Makes the directory what the document says, and tells what that changed. Files nothing changes in stay as
    /// they are, also where usher would write them otherwise.
    ///
    /// # Errors
    /// [`Error::Refused`] for whatever breaks a rule between things, and when nobody would be left who may hand out
    /// every permission; those of reading the files.
    pub fn apply(
        &mut self,
        catalogue: &Catalogue,
        document: &Document,
        options: Options,
        here: &Here<'_>,
    ) -> Result<Applied> {
        let mut applied = Applied::default();
        self.apply_realms(document, options, &mut applied)?;
        self.apply_directory(catalogue, document, options, here, &mut applied)?;
        self.apply_jobs(document, options, here, &mut applied)?;
        Ok(applied)
    }

    fn apply_directory(
        &mut self,
        catalogue: &Catalogue,
        document: &Document,
        options: Options,
        here: &Here<'_>,
        applied: &mut Applied,
    ) -> Result<()> {
        let Document { roles, users, groups, pools, acl, .. } = document;
        let silent =
            roles.is_none() && users.is_none() && groups.is_none() && pools.is_none() && acl.is_none();
        if silent {
            return Ok(());
        }
        let untouched = self.directory_is_unread();
        let without_case = self.realms_without_case()?;
        let directory = self.directory()?;
        let before = directory.clone();
        let persons = directory::edit(directory, catalogue, document, options.prune, &without_case)?;
        let changes = difference::of_directories(&before, directory);
        if changes.is_empty() {
            if untouched {
                self.leave_directory();
            }
            return Ok(());
        }
        if !options.force {
            refuse_lock_out(&before, directory, catalogue, here.now)?;
        }
        applied.changes.extend(changes);
        self.drop_secrets(&persons)?;
        applied.new_users = persons.new;
        applied.new_tokens = persons.new_tokens;
        Ok(())
    }
}

fn refuse_lock_out(before: &Directory, after: &Directory, catalogue: &Catalogue, now: i64) -> Result<()> {
    let now = u64::try_from(now).unwrap_or_default();
    if has_administrator(after, catalogue, now) || !has_administrator(before, catalogue, now) {
        return Ok(());
    }
    Err(Error::refused("nobody would be left who may hand out every permission")
        .with_hint("name an administrator in the document who is enabled; '--force' does it all the same"))
}
