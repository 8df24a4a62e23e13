//! Appending to the journal under the lock, and taking off again what was appended.

use super::place::Place;
use super::view::{Piece, View, last_lines, opened};
use super::{Compose, Lines, Rules};
use crate::audit::chain::{End, digest_of};
use crate::error::Result;
use crate::format::journal::{self, Entry};
use crate::store::commit::remove;
use crate::store::folder::Folder;
use crate::store::marker::STAGED;
use crate::store::name::PRIVATE;
use rustix::fs::{Mode, OFlags};
use rustix::io::retry_on_intr;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

const MODE: u32 = 0o640;
const PRIVATE_MODE: u32 = 0o600;

/// How much of the digest of the last line the name of a staged file holds.
const MARK: usize = 16;

/// What it holds in the place of the length of the file of secrets when that is left alone.
const NONE: &str = "n";

/// One file that is appended to.
struct Target {
    place: Place,
    file: Option<File>,
    /// Where the next line goes: behind the last whole one.
    length: u64,
    mode: u32,
}

impl Target {
    fn open(place: Place, mode: u32) -> Result<(Self, End)> {
        let Some((file, length)) = opened(&place.folder, &place.leaf, true)? else {
            return Ok((Self { place, file: None, length: 0, mode }, End::default()));
        };
        let copy = file.try_clone().map_err(|error| place.folder.error("open", &place.leaf, error))?;
        let piece = Piece::file(copy, place.folder.path_of(&place.leaf), length);
        let (length, end) = end_of(piece)?;
        Ok((Self { place, file: Some(file), length, mode }, end))
    }

    fn error(&self, action: &'static str, source: impl Into<io::Error>) -> crate::error::Error {
        self.place.folder.error(action, &self.place.leaf, source)
    }

    /// Appends and makes it last.
    fn append(&mut self, text: &[u8]) -> Result<()> {
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                let (folder, leaf) = (&*self.place.folder, self.place.leaf.as_str());
                let mode = Mode::from_raw_mode(self.mode);
                let handle = retry_on_intr(|| rustix::fs::openat(folder, leaf, flags, mode))
                    .map_err(|error| self.error("create the journal", error))?;
                folder.sync().map_err(|error| folder.error("sync", "", error))?;
                File::from(handle)
            }
        };
        let file = self.file.insert(file);
        let written = file.metadata().and_then(|found| match found.len() > self.length {
            // A line that was never written to its end.
            true => file.set_len(self.length),
            false => Ok(()),
        });
        let written =
            written.and_then(|()| file.write_all_at(text, self.length)).and_then(|()| file.sync_data());
        written.map_err(|error| self.error("write the journal", error))
    }

    /// Takes off what was appended.
    fn cut_back(&self) -> Result<()> {
        match &self.file {
            _ if self.length == 0 => {
                remove(&self.place.folder, &self.place.leaf).map_err(|error| self.error("remove", error))
            }
            Some(file) => file
                .set_len(self.length)
                .and_then(|()| file.sync_data())
                .map_err(|error| self.error("cut back the journal", error)),
            None => Ok(()),
        }
    }
}

/// Where whole lines end in a file, and the number and digest the next entry goes on from. A line that is no entry
/// does not keep anybody from writing; who verifies the journal is told.
pub(in crate::store) fn end_of(piece: Piece) -> Result<(u64, End)> {
    let number = |line: &[u8]| journal::parse::<Entry>(line).map(|entry| entry.number);
    let (length, last, number) = last_lines(piece, number)?;
    Ok((length, End { number: number.unwrap_or_default(), digest: last.map(|line| digest_of(&line)) }))
}

/// Where the journal goes on; what is appended is taken off again unless the commit is done.
pub(in crate::store) struct Appender {
    entries: Target,
    kept: Option<Target>,
    keeps_secrets: bool,
    end: End,
    appended: bool,
}

impl Appender {
    /// Looks where the journal ends. A full file gets out of the way for another one.
    pub(in crate::store) fn open(rules: &Rules, top: &Arc<Folder>) -> Result<Self> {
        let Some(place) = Place::of(rules, top, true)? else {
            return Err(top.error(
                "find the folder of",
                journal::FILE,
                io::Error::from(io::ErrorKind::NotFound),
            ));
        };
        let mut appender = Self::find(rules, top, place)?;
        if appender.entries.length >= rules.rotate_at && appender.end.number > 0 {
            appender.rotate(rules.keep.max(1))?;
        }
        Ok(appender)
    }

    fn find(rules: &Rules, top: &Arc<Folder>, place: Place) -> Result<Self> {
        let (entries, mut end) = Target::open(place, MODE)?;
        if entries.length == 0
            && let Some(number) = entries.place.full_files()?.last()
            && let Some(piece) = entries.place.piece(*number)?
        {
            end = end_of(piece)?.1;
        }
        let private = if rules.keep_secrets { top.enter(PRIVATE)? } else { None };
        let kept = private.map(|folder| Target::open(Place::kept(Arc::new(folder)), PRIVATE_MODE));
        let kept = kept.transpose()?.map(|(target, _)| target);
        Ok(Self { entries, kept, keeps_secrets: rules.keep_secrets, end, appended: false })
    }

    fn rotate(&mut self, keep: usize) -> Result<()> {
        for target in std::iter::once(&mut self.entries).chain(self.kept.as_mut()) {
            if target.file.take().is_some() {
                let Place { folder, leaf } = &target.place;
                let full = target.place.full(self.end.number);
                retry_on_intr(|| rustix::fs::renameat(&**folder, leaf.as_str(), &**folder, full.as_str()))
                    .map_err(|error| target.error("rename the full journal", error))?;
                folder.sync().map_err(|error| folder.error("sync", "", error))?;
            }
            target.length = 0;
        }
        let full = self.entries.place.full_files()?;
        let Some(gone) = full.len().checked_sub(keep + 1).and_then(|last| full.get(last)) else {
            return Ok(());
        };
        for target in std::iter::once(&self.entries).chain(self.kept.as_ref()) {
            for number in target.place.full_files()?.into_iter().filter(|number| number <= gone) {
                let Place { folder, .. } = &target.place;
                let leaf = target.place.full(number);
                remove(folder, &leaf)
                    .map_err(|error| folder.error("remove the old journal", &leaf, error))?;
            }
        }
        Ok(())
    }

    /// Where the journal ends, as the name of a staged file tells it.
    pub(in crate::store) fn mark(&self) -> String {
        let kept =
            self.keeps_secrets.then(|| self.kept.as_ref().map_or(0, |target| target.length).to_string());
        let kept = kept.as_deref().unwrap_or(NONE);
        format!("j{}.{kept}.{}", self.entries.length, digest_mark(self.end))
    }

    /// Appends the lines of an entry and makes them last.
    pub(in crate::store) fn append(
        &mut self,
        private: impl FnOnce() -> Result<Arc<Folder>>,
        compose: Compose<'_>,
    ) -> Result<()> {
        let Lines { entry, kept } = compose(self.end)?;
        self.appended = true;
        if let Some(kept) = kept {
            let mut target = match self.kept.take() {
                Some(target) => target,
                None => Target::open(Place::kept(private()?), PRIVATE_MODE)?.0,
            };
            let done = target.append(&kept);
            self.kept = Some(target);
            done?;
        }
        self.entries.append(&entry)
    }

    /// Takes off what was appended.
    pub(in crate::store) fn cut_back(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.appended) {
            return Ok(());
        }
        self.entries.cut_back()?;
        self.kept.as_ref().map_or(Ok(()), Target::cut_back)
    }
}

fn digest_mark(end: End) -> String {
    let digest = end.previous().unwrap_or_else(|| "0".into());
    digest.chars().take(MARK).collect()
}

/// What the name of a staged file tells of the journal.
#[derive(Debug, PartialEq, Eq)]
struct Mark<'n> {
    /// When its commit began, in seconds since 1970.
    began: i64,
    /// Where the entries ended.
    length: u64,
    /// Where the secrets ended; `None`: they were left alone.
    kept: Option<u64>,
    /// How the digest of the last line begins.
    digest: &'n str,
}

impl<'n> Mark<'n> {
    fn read(staged: &'n str) -> Option<Self> {
        let leaf = staged.strip_prefix(STAGED)?;
        let mut parts = leaf.rsplitn(4, '.');
        let digest = parts.next()?;
        let kept = match parts.next()? {
            NONE => None,
            length => Some(length.parse().ok()?),
        };
        let length = parts.next()?.strip_prefix('j')?.parse().ok()?;
        let began = u128::from_str_radix(leaf.split_once('-')?.0, 16).ok()? / 1_000_000_000;
        Some(Self { began: began.try_into().ok()?, length, kept, digest })
    }
}

/// Where the journal ended before the commit that a staged file belongs to; `None` when that has no entry.
pub(in crate::store) fn end_before(staged: &str) -> Option<u64> {
    Mark::read(staged).map(|mark| mark.length)
}

/// Cuts the journal back to where it ended before a commit that has not come to its point of no return. A journal that
/// does not go on from there with that commit's entry, such as another machine's, is left alone.
pub(in crate::store) fn undo(rules: &Rules, top: &Arc<Folder>, staged: &str) -> Result<()> {
    let Some(mark) = Mark::read(staged).filter(|_| rules.enabled) else { return Ok(()) };
    let Some(place) = Place::of(rules, top, false)? else { return Ok(()) };
    let mut appender = Appender::find(rules, top, place)?;
    let entries = &appender.entries;
    let Some(before) = entries.end_at(mark.length)? else { return Ok(()) };
    if digest_mark(before) != mark.digest || !entries.goes_on_with(before, &mark)? {
        return Ok(());
    }
    appender.entries.length = mark.length;
    match (&mut appender.kept, mark.kept) {
        (Some(target), Some(length)) => target.length = length.min(target.length),
        (kept, _) => *kept = None,
    }
    appender.appended = true;
    appender.cut_back()
}

impl Target {
    fn piece(&self, length: u64) -> Result<Option<Piece>> {
        let Some(file) = &self.file else { return Ok(None) };
        let copy = file.try_clone().map_err(|error| self.error("open", error))?;
        Ok(Some(Piece::file(copy, self.place.folder.path_of(&self.place.leaf), length)))
    }

    /// The end of the journal if it were only `length` long; `None` when no line ends there.
    fn end_at(&self, length: u64) -> Result<Option<End>> {
        if length == 0 {
            let last = self.place.full_files()?.last().copied();
            let piece = last.map(|number| self.place.piece(number)).transpose()?.flatten();
            return Ok(Some(piece.map(end_of).transpose()?.unwrap_or_default().1));
        }
        let Some(piece) = self.piece(length)? else { return Ok(None) };
        let (found, end) = end_of(piece)?;
        Ok((found == length && self.length >= length).then_some(end))
    }

    /// Whether behind `before` there is nothing, or just the one entry of the commit of `mark`.
    fn goes_on_with(&self, before: End, mark: &Mark<'_>) -> Result<bool> {
        let Some(piece) = self.piece(self.length)? else { return Ok(mark.length == 0) };
        let view = View::new(vec![piece]);
        let mut behind = self.length;
        if behind <= mark.length {
            return Ok(true);
        }
        let Some(line) = view.backwards().next().transpose()? else { return Ok(false) };
        behind = behind.saturating_sub(line.len() as u64 + 1);
        let entry = journal::parse::<Entry>(&line);
        let fits = |entry: Entry| entry.number == before.number + 1 && entry.time >= mark.began;
        Ok(behind == mark.length && entry.is_some_and(fits))
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn only_names_with_a_mark_tell() {
        let second = format!(".usher.new.{:x}-7", 9_500_000_000_u64);
        let found = Mark { began: 9, length: 120, kept: Some(5), digest: "00ff" };
        assert_eq!(Mark::read(&format!("{second}.0.j120.5.00ff")), Some(found));
        let found = Mark { began: 9, length: 0, kept: None, digest: "0" };
        assert_eq!(Mark::read(&format!("{second}.commit.j0.n.0")), Some(found));
        assert_eq!(Mark::read(&format!("{second}.0")), None);
        assert_eq!(Mark::read(&format!("{second}.10")), None);
    }
}
