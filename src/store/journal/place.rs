//! Where the files of a journal are.

use super::Rules;
use super::view::{Piece, View, opened};
use crate::error::{Error, Result};
use crate::format::journal::FILE;
use crate::store::folder::Folder;
use std::collections::BTreeSet;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;

/// The folder of a journal and what its file is called there.
#[derive(Clone, Debug)]
pub(in crate::store) struct Place {
    pub(super) folder: Arc<Folder>,
    pub(super) leaf: String,
}

impl Place {
    /// The journal of the directory `top`; `None` when its folder is not there and not to be made.
    pub(in crate::store) fn of(rules: &Rules, top: &Arc<Folder>, make: bool) -> Result<Option<Self>> {
        let Some(path) = &rules.file else {
            return Ok(Some(Self { folder: Arc::clone(top), leaf: FILE.to_owned() }));
        };
        let (Some(parent), Some(leaf)) = (path.parent(), path.file_name().and_then(|leaf| leaf.to_str()))
        else {
            return Err(Error::invalid(format!("'{}' cannot be the file of a journal", path.display()))
                .with_hint("set 'file' in the table 'journal' of usher.toml to an absolute path"));
        };
        if make {
            made(parent)?;
        }
        let folder = Folder::of_journal(parent)?;
        Ok(folder.map(|folder| Self { folder: Arc::new(folder), leaf: leaf.to_owned() }))
    }

    /// The secrets kept with it, in the folder `private`.
    pub(in crate::store) fn kept(private: Arc<Folder>) -> Self {
        Self { folder: private, leaf: FILE.to_owned() }
    }

    /// What a full file is called that ends with the entry `number`.
    pub(super) fn full(&self, number: u64) -> String {
        match self.leaf.rsplit_once('.') {
            Some((stem, end)) => format!("{stem}.{number}.{end}"),
            None => format!("{}.{number}", self.leaf),
        }
    }

    /// The numbers full files end with, ascending.
    pub(super) fn full_files(&self) -> Result<Vec<u64>> {
        let (stem, end) = self.leaf.rsplit_once('.').unwrap_or((&self.leaf, ""));
        let number = |name: &str| {
            let inner = name.strip_prefix(stem)?.strip_prefix('.')?;
            let digits = if end.is_empty() { inner } else { inner.strip_suffix(end)?.strip_suffix('.')? };
            digits.parse().ok().filter(|number| self.full(*number) == name)
        };
        let numbers: BTreeSet<u64> =
            self.folder.list("")?.iter().filter_map(|(name, _)| number(name)).collect();
        Ok(numbers.into_iter().collect())
    }

    /// The full file that ends with the entry `number`.
    pub(super) fn piece(&self, number: u64) -> Result<Option<Piece>> {
        let leaf = self.full(number);
        let found = opened(&self.folder, &leaf, false)?;
        Ok(found.map(|(file, length)| Piece::file(file, self.folder.path_of(&leaf), length)))
    }

    /// Whether nothing was written to it yet.
    pub(in crate::store) fn is_empty(&self) -> Result<bool> {
        let written = opened(&self.folder, &self.leaf, false)?.is_some_and(|(_, length)| length > 0);
        Ok(!written && self.full_files()?.is_empty())
    }

    /// All of it, but for what is behind `end` in the file that is being written.
    pub(in crate::store) fn view(&self, end: impl FnOnce(u64) -> Result<Option<u64>>) -> Result<View> {
        let mut pieces = Vec::new();
        let mut current = None;
        if let Some((file, length)) = opened(&self.folder, &self.leaf, false)? {
            let found = file.metadata().map_err(|error| self.folder.error("look at", &self.leaf, error))?;
            current = Some((found.dev(), found.ino()));
            let end = end(length)?.unwrap_or(length).min(length);
            pieces.push(Piece::file(file, self.folder.path_of(&self.leaf), end));
        }
        for number in self.full_files()?.into_iter().rev() {
            let leaf = self.full(number);
            let Some((file, length)) = opened(&self.folder, &leaf, false)? else { continue };
            // It may have been the current one a moment ago.
            let found = file.metadata().map_err(|error| self.folder.error("look at", &leaf, error))?;
            if current != Some((found.dev(), found.ino())) {
                pieces.push(Piece::file(file, self.folder.path_of(&leaf), length));
            }
        }
        Ok(View::new(pieces))
    }
}

/// Makes a folder with its parents.
fn made(path: &Path) -> Result<()> {
    match std::fs::DirBuilder::new().recursive(true).mode(0o750).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(Error::io("create the folder of the journal", path, error))
        }
        _ => Ok(()),
    }
}
