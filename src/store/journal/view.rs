//! Reading the journal, from either end, without a lock.

use crate::error::{Error, Result};
use rustix::fs::{Mode, OFlags};
use rustix::io::retry_on_intr;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::store::folder::{Folder, plain};

/// So much is read at once.
const BLOCK: usize = 64 * 1024;

#[derive(Clone, Debug)]
enum Source {
    File(Arc<File>, PathBuf),
    Memory(Arc<Vec<u8>>),
}

/// One file of the journal, up to where it counts.
#[derive(Clone, Debug)]
pub(in crate::store) struct Piece {
    source: Source,
    length: u64,
}

impl Piece {
    pub(in crate::store) fn memory(text: Arc<Vec<u8>>) -> Self {
        let length = text.len() as u64;
        Self { source: Source::Memory(text), length }
    }

    pub(in crate::store) fn file(file: File, path: PathBuf, length: u64) -> Self {
        Self { source: Source::File(Arc::new(file), path), length }
    }

    /// The bytes from `at` on, at most `length`; fewer at the end, or when the file was cut meanwhile.
    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let length = length.min(left);
        match &self.source {
            Source::Memory(text) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX);
                Ok(text.get(at..at.saturating_add(length)).unwrap_or_default().to_vec())
            }
            Source::File(file, path) => {
                let mut block = vec![0; length];
                let mut filled = 0;
                while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
                    match file.read_at(rest, at + filled as u64) {
                        Ok(0) => break,
                        Ok(more) => filled += more,
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(Error::io("read", path, error)),
                    }
                }
                block.truncate(filled);
                Ok(block)
            }
        }
    }
}

/// The journal as it stood at one moment.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Newest first.
    pieces: Vec<Piece>,
}

impl View {
    pub(in crate::store) fn new(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.length == 0)
    }

    /// The lines, without their line breaks, the newest first.
    pub fn backwards(&self) -> Backwards<'_> {
        Backwards { pieces: self.pieces.iter(), piece: None, end: 0, tail: Vec::new(), whole: false }
    }

    /// The lines, without their line breaks, the oldest first.
    pub fn forwards(&self) -> Forwards<'_> {
        Forwards { pieces: self.pieces.iter().rev(), piece: None, at: 0, waiting: Vec::new(), place: 0 }
    }
}

/// Lines from the end to the beginning.
pub struct Backwards<'v> {
    pieces: std::slice::Iter<'v, Piece>,
    piece: Option<&'v Piece>,
    /// What of the piece is still unread.
    end: u64,
    /// What was read and not yet given out: the beginning of `whole` lines.
    tail: Vec<u8>,
    /// Whether the tail ends where a line ends.
    whole: bool,
}

impl Iterator for Backwards<'_> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(piece) = self.piece else {
                let piece = self.pieces.next()?;
                (self.piece, self.end, self.whole) = (Some(piece), piece.length, false);
                self.tail.clear();
                continue;
            };
            // What has no line break at its end was never written to its end.
            if !self.whole
                && let Some(place) = memrchr(&self.tail)
            {
                self.tail.truncate(place);
                self.whole = true;
            }
            if self.whole
                && let Some(place) = memrchr(&self.tail)
            {
                let line = self.tail.split_off(place + 1);
                self.tail.truncate(place);
                return Some(Ok(line));
            }
            if self.end == 0 {
                self.piece = None;
                if self.whole {
                    return Some(Ok(std::mem::take(&mut self.tail)));
                }
                continue;
            }
            // A long line is read in ever larger blocks, so that it is not copied too often.
            let size = BLOCK.max(self.tail.len()).min(usize::try_from(self.end).unwrap_or(usize::MAX));
            self.end -= size as u64;
            match piece.read(self.end, size) {
                Ok(mut block) => {
                    if block.len() < size {
                        // The file was cut back behind us: what was read behind the gap counts for nothing.
                        self.tail.clear();
                        self.whole = false;
                    }
                    block.append(&mut self.tail);
                    self.tail = block;
                }
                Err(error) => {
                    (self.piece, self.end) = (None, 0);
                    return Some(Err(error));
                }
            }
        }
    }
}

fn memrchr(text: &[u8]) -> Option<usize> {
    text.iter().rposition(|byte| *byte == b'\n')
}

/// Lines from the beginning to the end.
pub struct Forwards<'v> {
    pieces: std::iter::Rev<std::slice::Iter<'v, Piece>>,
    piece: Option<&'v Piece>,
    at: u64,
    waiting: Vec<u8>,
    place: usize,
}

impl Iterator for Forwards<'_> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(piece) = self.piece else {
                self.piece = Some(self.pieces.next()?);
                (self.at, self.place) = (0, 0);
                self.waiting.clear();
                continue;
            };
            let rest = self.waiting.get(self.place..).unwrap_or_default();
            if let Some(length) = rest.iter().position(|byte| *byte == b'\n') {
                let line = rest.get(..length).unwrap_or_default().to_vec();
                self.place += length + 1;
                return Some(Ok(line));
            }
            self.waiting.drain(..self.place);
            self.place = 0;
            match piece.read(self.at, BLOCK.max(self.waiting.len())) {
                Ok(block) if block.is_empty() => self.piece = None,
                Ok(mut block) => {
                    self.at += block.len() as u64;
                    self.waiting.append(&mut block);
                }
                Err(error) => {
                    self.piece = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Opens a file of the journal to be read, and writes to it too if asked; `None` when it is not there.
pub(in crate::store) fn opened(folder: &Folder, leaf: &str, write: bool) -> Result<Option<(File, u64)>> {
    let way = if write { OFlags::RDWR } else { OFlags::RDONLY };
    let flags = way | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match retry_on_intr(|| rustix::fs::openat(folder, leaf, flags, Mode::empty())) {
        Ok(handle) => File::from(handle),
        Err(rustix::io::Errno::NOENT) => return Ok(None),
        Err(error) => return Err(folder.not_opened("open the journal", leaf, error)),
    };
    let found = rustix::fs::fstat(&file).map_err(|error| folder.error("look at", leaf, error))?;
    plain(&found).map_err(|error| folder.error("use as the journal", leaf, error))?;
    Ok(Some((file, u64::try_from(found.st_size).unwrap_or_default())))
}

/// Where whole lines end in a file, and its newest whole lines that fulfil `wanted`.
pub(in crate::store) fn last_lines<T>(
    piece: Piece,
    mut wanted: impl FnMut(&[u8]) -> Option<T>,
) -> Result<(u64, Option<Vec<u8>>, Option<T>)> {
    let length = piece.length;
    let view = View::new(vec![piece]);
    let mut end = length;
    let mut torn = length;
    // Where the last line break is, a whole line ends.
    while torn > 0 {
        let size = (BLOCK as u64).min(torn);
        let block = view.pieces.first().map_or(Ok(Vec::new()), |piece| {
            piece.read(torn - size, usize::try_from(size).unwrap_or(BLOCK))
        })?;
        if let Some(place) = memrchr(&block) {
            end = torn - size + place as u64 + 1;
            break;
        }
        torn -= size;
        end = torn;
    }
    let mut last = None;
    let mut found = None;
    for line in view.backwards() {
        let line = line?;
        found = wanted(&line);
        last.get_or_insert(line);
        if found.is_some() {
            break;
        }
    }
    Ok((end, last, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece {
        Piece::memory(Arc::new(text.as_bytes().to_vec()))
    }

    fn texts(lines: impl Iterator<Item = Result<Vec<u8>>>) -> Vec<String> {
        lines.map(|line| String::from_utf8(line.unwrap()).unwrap()).collect()
    }

    #[test]
    fn lines_from_both_ends() {
        let long = "x".repeat(3 * BLOCK);
        let texts_of = |pieces: &[&str]| View::new(pieces.iter().map(|text| piece(text)).collect());
        for (newest_first, expected) in [
            (vec!["c\nd\n", "a\nb\n"], vec!["a", "b", "c", "d"]),
            (vec!["a\n\nb\n"], vec!["a", "", "b"]),
            (vec!["a\ntorn"], vec!["a"]),
            (vec!["torn"], vec![]),
            (vec!["", "a\n"], vec!["a"]),
            (vec![], vec![]),
        ] {
            let view = texts_of(&newest_first);
            assert_eq!(texts(view.forwards()), expected);
            let mut backwards = texts(view.backwards());
            backwards.reverse();
            assert_eq!(backwards, expected);
        }
        let text = format!("a\n{long}\nb\n{long}y\n");
        let view = texts_of(&[&text]);
        let expected = ["a".to_owned(), long.clone(), "b".into(), format!("{long}y")];
        assert_eq!(texts(view.forwards()), expected);
        let mut backwards = texts(view.backwards());
        backwards.reverse();
        assert_eq!(backwards, expected);
    }

    #[test]
    fn the_end_is_where_whole_lines_end() {
        for (text, end, last) in
            [("", 0, None), ("a\nbc\n", 5, Some("bc")), ("a\nto", 2, Some("a")), ("to", 0, None)]
        {
            let found = last_lines(piece(text), |_| Some(())).unwrap();
            assert_eq!((found.0, found.1.as_deref()), (end, last.map(str::as_bytes)), "{text:?}");
        }
    }
}
