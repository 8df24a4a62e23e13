//! What a draft comes to, file by file.

use super::{Draft, FileChange};
use crate::error::Result;
use crate::format::rope::Rope;
use crate::format::{
    USER_CFG, Warning, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, tfa_failures, token_cfg, user_cfg,
};
use crate::model::directory::Directory;
use std::sync::Arc;

/// The files a draft holds in parts, in the order they are told.
const PARTS: [&str; 7] = [
    domains_cfg::FILE,
    jobs_cfg::FILE,
    tfa_cfg::FILE,
    USER_CFG,
    token_cfg::FILE,
    shadow_cfg::FILE,
    tfa_failures::FILE,
];

impl Draft<'_> {
    /// A file as it is to be after what was edited so far.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn current(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        if let Some(content) = self.whole_files.get(name) {
            return Ok(content.clone().map(Arc::new));
        }
        match self.change_of(name)? {
            Some(change) => Ok(change.new.map(|new| Arc::new(new.to_vec()))),
            None => self.before(name),
        }
    }

    /// A file as it was.
    fn before(&self, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
        let read = match name {
            domains_cfg::FILE => self.realms.as_ref().map(|part| &part.old),
            jobs_cfg::FILE => self.jobs.as_ref().map(|part| &part.old),
            tfa_cfg::FILE => self.second_factors.as_ref().map(|part| &part.old),
            USER_CFG => self.directory.as_ref().map(|part| &part.old),
            token_cfg::FILE => self.token_secrets.as_ref().map(|part| &part.old),
            shadow_cfg::FILE => self.passwords.as_ref().map(|part| &part.old),
            tfa_failures::FILE => self.failures.as_ref().map(|part| &part.old),
            _ => None,
        };
        read.map_or_else(|| self.transaction.read(name), |old| Ok(old.clone()))
    }

    /// The change of a file that is held in parts, if there is one.
    fn change_of(&self, name: &str) -> Result<Option<FileChange>> {
        let new: Option<Rope> = match name {
            domains_cfg::FILE => {
                let edited = self.realms.as_ref().filter(|part| part.now.is_edited());
                edited.map(|part| domains_cfg::render(&part.now).into())
            }
            jobs_cfg::FILE => {
                let edited = self.jobs.as_ref().filter(|part| part.now.is_edited());
                edited.map(|part| jobs_cfg::render(&part.now).into())
            }
            tfa_cfg::FILE => match &self.second_factors {
                Some(part) => Some(part.now.render()?.into()),
                None => None,
            },
            USER_CFG => self.directory.as_ref().and_then(|part| {
                let new = user_cfg::render(&part.now);
                let untouched = || user_cfg::render(&Directory::empty(self.catalogue.rules())).to_vec();
                (part.old.is_some() || !new.equals(&untouched())).then_some(new)
            }),
            token_cfg::FILE => self.token_secrets.as_ref().map(|part| part.now.render().into()),
            shadow_cfg::FILE => self.passwords.as_ref().map(|part| part.now.render().into()),
            tfa_failures::FILE => match &self.failures {
                Some(part) => {
                    let new = tfa_failures::render(&part.now)?;
                    if let (Some(old), true) = (&part.old, new.is_empty()) {
                        let old = Some(Arc::clone(old));
                        return Ok(Some(FileChange { name: name.to_owned(), old, new: None }));
                    }
                    Some(new.into())
                }
                None => None,
            },
            _ => None,
        };
        new.map_or(Ok(None), |new| Ok(changed(name, self.before(name)?, new)))
    }

    /// Everything that changed, and what was found in the files that is not understood.
    pub(super) fn finish(self) -> Result<(Vec<FileChange>, Vec<Warning>)> {
        let mut files = Vec::new();
        for name in PARTS {
            files.extend(self.change_of(name)?);
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

/// The change of a file, if there is one.
fn changed(name: &str, old: Option<Arc<Vec<u8>>>, new: Rope) -> Option<FileChange> {
    let same = match &old {
        Some(text) => new.equals(text),
        None => new.is_empty(),
    };
    if same { None } else { Some(FileChange { name: name.to_owned(), old, new: Some(new) }) }
}
