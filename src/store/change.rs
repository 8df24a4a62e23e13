//! The one way to write.
//!
//! Lock, load fresh, edit a copy, compare, commit all files or none. Every change from every way in
//! is this and nothing else; prompts, hashing and the network come before it.

use super::{Change, Store, Transaction};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::rope::Rope;
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::format::{
    USER_CFG, Warning, bind_password, domains_cfg, job_state, jobs_cfg, shadow_cfg, tfa_cfg, tfa_failures,
    token_cfg, user_cfg,
};
use crate::model::acl::AclEntry;
use crate::model::directory::Directory;
use crate::model::id::{JobId, RealmId, TokenId, UserId};
use crate::model::job::{Jobs, RunState, SyncJob};
use crate::model::realm::{Realm, RealmKind, Realms};
use crate::model::tfa::{Failures, FailuresByUser};
use crate::realm::sync;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A part of the directory as it was and as it is to be.
struct Part<T> {
    old: Option<Arc<Vec<u8>>>,
    now: T,
}

/// A copy of the directory that is being edited. What is not asked for is not read.
pub struct Draft<'t> {
    transaction: &'t dyn Transaction,
    catalogue: &'t Catalogue,
    directory: Option<Part<Directory>>,
    realms: Option<Part<Realms>>,
    jobs: Option<Part<Jobs>>,
    passwords: Option<Part<Shadow>>,
    token_secrets: Option<Part<TokenSecrets>>,
    second_factors: Option<Part<TfaFile>>,
    failures: Option<Part<FailuresByUser>>,
    whole_files: BTreeMap<String, Option<Vec<u8>>>,
    warnings: Vec<Warning>,
}

/// One file's change.
pub struct FileChange {
    /// The file, relative to the directory.
    pub name: String,
    /// What it held; `None`: it was not there.
    pub old: Option<Arc<Vec<u8>>>,
    /// What it holds now; `None`: it is gone.
    pub new: Option<Rope>,
}

/// What came of a change.
pub struct Outcome<T> {
    /// The answer of the edit.
    pub value: T,
    /// What was found in the files that is not understood.
    pub warnings: Vec<Warning>,
    /// The files that changed, or, in a dry run, would have.
    pub files: Vec<FileChange>,
}

/// What went with a user.
#[derive(Debug, Default)]
pub struct RemovedUser {
    /// ACL entries of the user and of the user's tokens.
    pub entries: Vec<AclEntry>,
}

/// What came of a synchronisation.
#[derive(Debug)]
pub struct Synchronised {
    /// What was to be done.
    pub plan: sync::Plan,
    /// What went with it.
    pub applied: sync::Applied,
}

/// Runs `edit` on a fresh copy of the directory under its lock and commits what it changed; with
/// `dry_run` nothing is committed.
///
/// # Errors
/// Those of the store and of `edit`; then nothing was changed.
pub fn change<T>(
    store: &dyn Store,
    catalogue: &Catalogue,
    dry_run: bool,
    edit: impl FnOnce(&mut Draft<'_>) -> Result<T>,
) -> Result<Outcome<T>> {
    let transaction = store.begin()?;
    let mut draft = Draft::new(transaction.as_ref(), catalogue);
    let value = edit(&mut draft)?;
    let (files, warnings) = draft.finish()?;
    if !dry_run {
        let changes: Vec<Change> = files.iter().map(|file| (file.name.clone(), file.new.clone())).collect();
        transaction.commit(changes)?;
    }
    Ok(Outcome { value, warnings, files })
}

impl<'t> Draft<'t> {
    fn new(transaction: &'t dyn Transaction, catalogue: &'t Catalogue) -> Self {
        Self {
            transaction,
            catalogue,
            directory: None,
            realms: None,
            jobs: None,
            passwords: None,
            token_secrets: None,
            second_factors: None,
            failures: None,
            whole_files: BTreeMap::new(),
            warnings: Vec::new(),
        }
    }

    fn load<T>(
        transaction: &dyn Transaction,
        warnings: &mut Vec<Warning>,
        name: &str,
        parse: impl FnOnce(&Arc<Vec<u8>>) -> Result<(T, Vec<Warning>)>,
    ) -> Result<Part<T>> {
        let old = transaction.read(name)?;
        let text = old.clone().unwrap_or_default();
        let (now, found) = parse(&text)?;
        warnings.extend(found);
        Ok(Part { old, now })
    }

    /// Users, groups, roles, ACL entries and pools.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn directory(&mut self) -> Result<&mut Directory> {
        let part = match self.directory.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, USER_CFG, |text| {
                Ok(user_cfg::parse(text, self.catalogue))
            })?,
        };
        Ok(&mut self.directory.insert(part).now)
    }

    /// The same, only to look at: the file is not written for it.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn look_at_directory(&mut self) -> Result<Directory> {
        if let Some(part) = &self.directory {
            return Ok(part.now.clone());
        }
        let part = Self::load(self.transaction, &mut self.warnings, USER_CFG, |text| {
            Ok(user_cfg::parse(text, self.catalogue))
        })?;
        Ok(part.now)
    }

    /// The realms.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn realms(&mut self) -> Result<&mut Realms> {
        let part = match self.realms.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, domains_cfg::FILE, |text| {
                Ok(domains_cfg::parse(text))
            })?,
        };
        Ok(&mut self.realms.insert(part).now)
    }

    /// The jobs that run by a schedule.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn jobs(&mut self) -> Result<&mut Jobs> {
        let part = match self.jobs.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, jobs_cfg::FILE, |text| {
                Ok(jobs_cfg::parse(text))
            })?,
        };
        Ok(&mut self.jobs.insert(part).now)
    }

    /// The same, only to look at, and without a word about what is not understood.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn look_at_jobs(&self) -> Result<Jobs> {
        Ok(jobs_cfg::parse(&self.transaction.read(jobs_cfg::FILE)?.unwrap_or_default()).0)
    }

    /// What is kept of a job's runs; `None` when there is nothing, or nothing that can be understood.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn job_state(&self, id: &JobId) -> Result<Option<RunState>> {
        let text = self.transaction.read(&job_state::file(id))?;
        Ok(text.and_then(|text| job_state::parse(id, &text).ok()))
    }

    /// Keeps this of a job's runs.
    ///
    /// # Errors
    /// Those of [`job_state::render`].
    pub fn set_job_state(&mut self, job: &SyncJob, state: &RunState) -> Result<()> {
        self.whole_files.insert(job_state::file(job.id()), Some(job_state::render(job, state)?));
        Ok(())
    }

    /// Removes a job and what is kept of its runs.
    ///
    /// # Errors
    /// Those of [`Jobs::remove`], and of reading the file.
    pub fn remove_job(&mut self, id: &JobId) -> Result<()> {
        self.jobs()?.remove(id)?;
        self.whole_files.insert(job_state::file(id), None);
        Ok(())
    }

    /// The password hashes of the users this directory keeps passwords of.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn passwords(&mut self) -> Result<&mut Shadow> {
        let part = match self.passwords.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, shadow_cfg::FILE, |text| {
                Ok(Shadow::parse(text))
            })?,
        };
        Ok(&mut self.passwords.insert(part).now)
    }

    /// The secrets of API tokens.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn token_secrets(&mut self) -> Result<&mut TokenSecrets> {
        let part = match self.token_secrets.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, token_cfg::FILE, |text| {
                Ok(TokenSecrets::parse(text))
            })?,
        };
        Ok(&mut self.token_secrets.insert(part).now)
    }

    /// The second factors.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`]; [`crate::error::Error::Syntax`] when the file is broken.
    pub fn second_factors(&mut self) -> Result<&mut TfaFile> {
        let part = match self.second_factors.take() {
            Some(part) => part,
            None => {
                Self::load(self.transaction, &mut self.warnings, tfa_cfg::FILE, |text| TfaFile::parse(text))?
            }
        };
        Ok(&mut self.second_factors.insert(part).now)
    }

    /// How often second factors were wrong.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`]; [`crate::error::Error::Syntax`] when the file is broken.
    pub fn failures(&mut self) -> Result<&mut FailuresByUser> {
        let part = match self.failures.take() {
            Some(part) => part,
            None => Self::load(self.transaction, &mut self.warnings, tfa_failures::FILE, |text| {
                Ok((tfa_failures::parse(text)?, Vec::new()))
            })?,
        };
        Ok(&mut self.failures.insert(part).now)
    }

    /// Stores the password a realm binds with, or (`None`) removes it.
    pub fn set_bind_password(&mut self, realm: &RealmId, password: Option<&str>) {
        let [file, _] = bind_password::files(realm);
        self.whole_files.insert(file, password.map(|password| password.as_bytes().to_vec()));
    }

    /// A file nothing of which is edited, only replaced.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub(super) fn whole_file(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        self.transaction.read(name)
    }

    /// Replaces such a file.
    pub(super) fn replace_file(&mut self, name: &str, content: Vec<u8>) {
        self.whole_files.insert(name.to_owned(), Some(content));
    }

    /// Removes a user and everything that belongs to it: tokens and their secrets, memberships, ACL
    /// entries, password and second factors.
    ///
    /// # Errors
    /// Those of [`Directory::remove_user`], and of reading the files.
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

    /// Whether the users and groups of `realm` are stored as they stood in `before`, an earlier text of `user.cfg`.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn realm_is_as_before(&self, before: &[u8], realm: &RealmId) -> Result<bool> {
        Ok(sync::is_as_before(before, &self.transaction.read(USER_CFG)?.unwrap_or_default(), realm))
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
        if self.realms()?.get(asked.id().as_str()) != Some(asked) {
            let message = format!("realm '{}' was changed while its server was asked", asked.id());
            return Err(Error::refused(message).with_hint("nothing was changed; try again"));
        }
        let untouched = self.directory.is_none();
        let directory = self.directory()?;
        let plan = sync::plan(directory, asked.id(), fetched, options)?;
        let applied = plan.apply(directory, fetched, options)?;
        if untouched && !plan.changes(options) {
            self.directory = None;
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

    /// Removes the password, token secrets and second factors that somebody of this name left behind:
    /// whoever gets the name next must not be let in, or kept out, by them. Tells what there was.
    /// A file of second factors that is broken stays as it is.
    ///
    /// # Errors
    /// Those of reading the files.
    pub fn remove_left_over_secrets(&mut self, id: &UserId) -> Result<Vec<&'static str>> {
        let mut removed = Vec::new();
        if keeps_password(id)
            && self.has_line(shadow_cfg::FILE, &format!("{}:", id.name()))?
            && self.passwords()?.remove(id.name())
        {
            removed.push("password");
        }
        if self.has_line(token_cfg::FILE, &format!("{id}!"))? && self.token_secrets()?.remove_user(id) {
            removed.push("token secrets");
        }
        if let Some(text) = self.transaction.read(tfa_cfg::FILE)?
            && TfaFile::parse(&text).is_ok_and(|(mut factors, _)| factors.remove_user(id))
            && self.second_factors()?.remove_user(id)
        {
            removed.push("second factors");
        }
        Ok(removed)
    }

    /// Whether a line of a file begins like this: a look that is cheap and complains about nothing.
    fn has_line(&self, name: &str, start: &str) -> Result<bool> {
        let text = self.transaction.read(name)?.unwrap_or_default();
        Ok(text
            .split(|byte| *byte == b'\n')
            .any(|line| line.trim_ascii_start().starts_with(start.as_bytes())))
    }

    /// Removes a token, its secret and its ACL entries, which are returned.
    ///
    /// # Errors
    /// Those of [`Directory::remove_token`], and of reading the files.
    pub fn remove_token(&mut self, id: &TokenId) -> Result<Vec<AclEntry>> {
        let entries = self.directory()?.remove_token(&id.user, &id.name)?;
        self.token_secrets()?.remove(id);
        Ok(entries)
    }

    fn finish(self) -> Result<(Vec<FileChange>, Vec<Warning>)> {
        let mut files = Vec::new();
        if let Some(Part { old, now }) = self.realms
            && now.is_edited()
        {
            files.extend(changed(domains_cfg::FILE, old, domains_cfg::render(&now).into()));
        }
        if let Some(Part { old, now }) = self.jobs
            && now.is_edited()
        {
            files.extend(changed(jobs_cfg::FILE, old, jobs_cfg::render(&now).into()));
        }
        if let Some(Part { old, now }) = self.second_factors {
            files.extend(changed(tfa_cfg::FILE, old, now.render()?.into()));
        }
        if let Some(Part { old, now }) = self.directory {
            let new = user_cfg::render(&now);
            let untouched = || user_cfg::render(&Directory::empty(self.catalogue.rules())).to_vec();
            if old.is_some() || !new.equals(&untouched()) {
                files.extend(changed(USER_CFG, old, new));
            }
        }
        if let Some(Part { old, now }) = self.token_secrets {
            files.extend(changed(token_cfg::FILE, old, now.render().into()));
        }
        if let Some(Part { old, now }) = self.passwords {
            files.extend(changed(shadow_cfg::FILE, old, now.render().into()));
        }
        if let Some(Part { old, now }) = self.failures {
            let new = tfa_failures::render(&now)?;
            match (old, new.is_empty()) {
                (Some(old), true) => {
                    files.push(FileChange { name: tfa_failures::FILE.to_owned(), old: Some(old), new: None });
                }
                (old, _) => files.extend(changed(tfa_failures::FILE, old, new.into())),
            }
        }
        for (name, content) in self.whole_files {
            let old = self.transaction.read(&name)?;
            match (content, old) {
                (Some(content), old) => files.extend(changed(&name, old, content.into())),
                (None, Some(old)) => files.push(FileChange { name, old: Some(old), new: None }),
                (None, None) => {}
            }
        }
        Ok((files, self.warnings))
    }
}

/// Whether the password of a user is kept in the directory.
fn keeps_password(id: &UserId) -> bool {
    id.realm() == RealmKind::Pve.as_str()
}

/// The change of a file, if there is one.
fn changed(name: &str, old: Option<Arc<Vec<u8>>>, new: Rope) -> Option<FileChange> {
    let same = match &old {
        Some(text) => new.equals(text),
        None => new.is_empty(),
    };
    if same { None } else { Some(FileChange { name: name.to_owned(), old, new: Some(new) }) }
}
