//! The one way to write.
//!
//! Lock, load fresh, authorize, edit a copy, compare, commit all files or none. Every change from every way in
//! is this and nothing else; prompts, hashing and the network come before it.

mod files;
mod owners;

use super::journal::account::{self, Occasion};
use super::{Store, Transaction};
use crate::access::permit::Permit;
use crate::audit::Deed;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::rope::Rope;
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::format::{
    USER_CFG, Warning, bind_password, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, tfa_failures, token_cfg,
    user_cfg,
};
use crate::model::directory::Directory;
use crate::model::id::RealmId;
use crate::model::job::Jobs;
use crate::model::realm::Realms;
use crate::model::tfa::FailuresByUser;
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
    owners: owners::Owners,
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
    /// What kept the entry of the journal from the system's log, where it should go there as well.
    pub unsent: Option<Error>,
}

/// How a change is made; by default for good.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Whether it is only tried: nothing is committed.
    pub dry_run: bool,
    /// What it is for, as the journal has it.
    pub deed: Deed,
    /// Who acts with which rights; `None`: the superuser.
    pub permit: Option<Permit>,
}

/// Runs `edit` on a fresh copy of the directory under its lock and commits what it changed, as `order` says.
///
/// # Errors
/// Those of the store, of [`Permit::check`] and of `edit`; then nothing was changed.
pub fn change<T>(
    store: &dyn Store,
    catalogue: &Catalogue,
    order: &Order,
    edit: impl FnOnce(&mut Draft<'_>) -> Result<T>,
) -> Result<Outcome<T>> {
    let transaction = store.begin()?;
    if let Some(permit) = &order.permit {
        authorize(transaction.as_ref(), catalogue, permit)?;
    }
    let mut draft = Draft::new(transaction.as_ref(), catalogue);
    let value = edit(&mut draft)?;
    let (files, warnings) = draft.finish()?;
    let mut unsent = None;
    if !order.dry_run && !files.is_empty() {
        let occasion = Occasion { origin: store.origin(), deed: order.deed, ..Occasion::default() };
        unsent = account::commit(store, transaction, &files, &occasion)?;
    }
    Ok(Outcome { value, warnings, files, unsent })
}

/// Decides on the state that is about to be changed. What is not understood in it is told by the change.
fn authorize(transaction: &dyn Transaction, catalogue: &Catalogue, permit: &Permit) -> Result<()> {
    let text = |name: &str| transaction.read(name).map(Option::unwrap_or_default);
    let (directory, _) = user_cfg::parse(&text(USER_CFG)?, catalogue);
    let (jobs, _) = jobs_cfg::parse(&text(jobs_cfg::FILE)?);
    permit.check(catalogue, &directory, &jobs)
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
            owners: owners::Owners::default(),
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
        self.replace_file(file, password.map(|password| password.as_bytes().to_vec()));
    }

    /// Says nothing of what was found in the files so far: the edit tells it better.
    pub fn forget_warnings(&mut self) {
        self.warnings.clear();
    }

    /// A file as it stands, nothing of which is edited.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn whole_file(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        self.transaction.read(name)
    }

    /// Replaces a file nothing of which is edited, or (`None`) removes it.
    pub(super) fn replace_file(&mut self, name: String, content: Option<Vec<u8>>) {
        self.whole_files.insert(name, content);
    }

    /// What such a file was replaced with: `Some(None)` when it was removed, `None` when it was not replaced.
    pub(super) fn replaced(&self, name: &str) -> Option<Option<Vec<u8>>> {
        self.whole_files.get(name).cloned()
    }

    /// Whether nobody has asked for users, groups, roles, ACL entries and pools yet.
    pub(super) fn directory_is_unread(&self) -> bool {
        self.directory.is_none()
    }

    /// Leaves `user.cfg` as it is: what was edited in it is forgotten.
    pub(super) fn leave_directory(&mut self) {
        self.directory = None;
    }
}
