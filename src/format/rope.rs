//! The next content of a file, made of pieces of the old one and of new text.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

#[derive(Clone, Debug)]
enum Piece {
    Old(Range<usize>),
    New(Vec<u8>),
}

/// The content a file is to have. What did not change is not copied: it points into the old
/// content, so that rewriting a large file costs no second copy of it in memory.
#[derive(Clone, Debug, Default)]
pub struct Rope {
    old: Arc<Vec<u8>>,
    pieces: Vec<Piece>,
}

impl Rope {
    /// An empty rope over the old content of the file.
    pub fn over(old: Arc<Vec<u8>>) -> Self {
        Self { old, pieces: Vec::new() }
    }

    /// Appends the bytes `range` of the old content; neighbours are joined.
    pub fn keep(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Old(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Old(range)),
        }
    }

    /// Appends new text.
    pub fn push(&mut self, text: &[u8]) {
        match self.pieces.last_mut() {
            Some(Piece::New(last)) => last.extend_from_slice(text),
            _ => self.pieces.push(Piece::New(text.to_vec())),
        }
    }

    /// The pieces in order.
    pub fn slices(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(|piece| match piece {
            Piece::Old(range) => self.old.get(range.clone()).unwrap_or_default(),
            Piece::New(text) => text.as_slice(),
        })
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.slices().map(<[u8]>::len).sum()
    }

    /// Whether the file is to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the file is to have exactly the content `text`.
    pub fn equals(&self, mut text: &[u8]) -> bool {
        if let [Piece::Old(range)] = self.pieces.as_slice()
            && *range == (0..self.old.len())
            && std::ptr::eq(self.old.as_slice(), text)
        {
            return true;
        }
        for slice in self.slices() {
            match text.strip_prefix(slice) {
                Some(rest) => text = rest,
                None => return false,
            }
        }
        text.is_empty()
    }

    /// What becomes of `old`: ranges of it, in their order, and what takes their place. Where the rope is over that
    /// very content, what it keeps is not looked at.
    pub fn replacements(&self, old: &[u8]) -> Vec<(Range<usize>, Vec<u8>)> {
        let over_it = std::ptr::eq(self.old.as_slice(), old);
        let mut found = Vec::new();
        let mut place = 0;
        let mut new: Vec<u8> = Vec::new();
        for (piece, slice) in self.pieces.iter().zip(self.slices()) {
            match piece {
                Piece::Old(range) if over_it && range.start >= place => {
                    if range.start > place || !new.is_empty() {
                        found.push((place..range.start, std::mem::take(&mut new)));
                    }
                    place = range.end;
                }
                _ => new.extend_from_slice(slice),
            }
        }
        if place < old.len() || !new.is_empty() {
            found.push((place..old.len(), new));
        }
        found
    }

    /// The whole content in one piece.
    pub fn to_vec(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.len());
        for slice in self.slices() {
            all.extend_from_slice(slice);
        }
        all
    }

    /// Writes the content.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        self.slices().try_for_each(|slice| out.write_all(slice))
    }
}

impl From<Vec<u8>> for Rope {
    fn from(text: Vec<u8>) -> Self {
        Self { old: Arc::default(), pieces: vec![Piece::New(text)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_and_compare() {
        let old = Arc::new(b"one\ntwo\nthree\n".to_vec());
        let mut rope = Rope::over(Arc::clone(&old));
        rope.keep(0..4);
        rope.keep(4..8);
        assert_eq!(rope.slices().count(), 1);
        rope.push(b"2b\n");
        rope.keep(8..14);
        assert_eq!(rope.to_vec(), b"one\ntwo\n2b\nthree\n");
        assert!(rope.equals(b"one\ntwo\n2b\nthree\n"));
        assert!(!rope.equals(b"one\ntwo\n2b\nthree\nx"));
        assert!(!rope.equals(&old));
    }
}
