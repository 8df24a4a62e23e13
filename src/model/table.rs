//! Records of one kind, sorted by id: most of them untouched text, a few of them edited.
//!
//! A directory of 100,000 users is read to change one of them. So a table holds, for every record,
//! only where its text stands in the file; a record is decoded when somebody asks for it and
//! encoded when somebody changed it. Everybody outside `format` sees records.

mod mention;
mod words;

use crate::error::{Error, Result};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use words::Words;

/// The id a table is sorted by.
pub trait Key: Ord + Clone + AsRef<str> {
    /// The id that `text` is; `None` when it is none.
    fn of(text: &str) -> Option<Self>;

    /// The order of two ids given as text; the same as that of `Ord`.
    fn order(left: &str, right: &str) -> Ordering {
        left.cmp(right)
    }
}

macro_rules! plain_key {
    ($name:ty) => {
        impl Key for $name {
            fn of(text: &str) -> Option<Self> {
                Self::parse(text).ok()
            }
        }
    };
}

plain_key!(super::id::UserId);
plain_key!(super::id::GroupId);
plain_key!(super::id::RoleId);
plain_key!(super::id::PoolId);

impl Key for super::path::AclPath {
    fn of(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn order(left: &str, right: &str) -> Ordering {
        super::path::tree_order(left, right)
    }
}

/// Something a table can hold. How it looks as text is the business of `format`.
pub trait Record: Sized {
    /// What the record is found by.
    type Id: Key;

    /// The record's id.
    fn id(&self) -> &Self::Id;

    /// Reads the record from its lines; `None` when they are not in canonical form.
    fn decode(lines: &str) -> Option<Self>;

    /// Appends the record's lines in canonical form.
    fn encode(&self, out: &mut String);

    /// Whether the record may refer to `word`.
    fn mentions(&self, word: &str) -> bool {
        let mut text = String::new();
        self.encode(&mut text);
        text.contains(word)
    }
}

/// A record whose first line begins with a fixed word and then the id.
pub trait Headed: Record {
    /// The word.
    const HEAD: &'static str;
}

/// Where an untouched record stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Where the lines kept for the reader begin that stand before the record.
    pub kept: u32,
    /// Where the record's own lines begin.
    pub start: u32,
    /// The end of the record's lines, newline included.
    pub end: u32,
    /// Where the id begins.
    pub id: u32,
    /// How long the id is.
    pub id_length: u32,
}

/// A record that was edited, added or removed.
#[derive(Clone, Debug)]
struct Edit<R> {
    /// Lines nobody understands that stand before the record, newlines included.
    kept: Vec<u8>,
    /// Boxed, so that a record that was removed takes no room.
    record: Option<Box<R>>,
}

/// A row, an edit, or an edit over its row.
type Step<'t, R> = (Option<&'t Row>, Option<(&'t <R as Record>::Id, &'t Edit<R>)>);

/// One step of a table in the order of its ids.
pub enum Part<'t, R> {
    /// An untouched record: the range of its text in the file.
    Untouched(Range<usize>),
    /// An edited record and the lines kept before it.
    Edited(&'t [u8], Option<&'t R>),
}

/// Records of one kind; see the module.
#[derive(Clone, Debug)]
pub struct Table<R: Record> {
    text: Arc<Vec<u8>>,
    rows: Vec<Row>,
    edits: BTreeMap<R::Id, Edit<R>>,
    words: Words<R::Id>,
}

impl<R: Record> Default for Table<R> {
    fn default() -> Self {
        Self { text: Arc::default(), rows: Vec::new(), edits: BTreeMap::new(), words: Words::default() }
    }
}

impl<R: Record + Clone> Table<R> {
    /// A table over `rows` of `text`, which stand in the order of their ids, each in canonical form.
    pub fn over(text: Arc<Vec<u8>>, rows: Vec<Row>) -> Self {
        Self { text, rows, edits: BTreeMap::new(), words: Words::default() }
    }

    /// The text the untouched records stand in.
    pub fn text(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.text)
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        let bytes = self.text.get(start as usize..end as usize).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    fn row_id(&self, row: &Row) -> &str {
        self.slice(row.id, row.id.saturating_add(row.id_length))
    }

    fn row(&self, id: &str) -> Option<&Row> {
        let place = self.rows.binary_search_by(|row| R::Id::order(self.row_id(row), id)).ok()?;
        self.rows.get(place)
    }

    fn decode(&self, row: &Row) -> Option<R> {
        R::decode(self.slice(row.start, row.end))
    }

    /// Whether a record of this id is there.
    pub fn contains(&self, id: &str) -> bool {
        match self.edit(id) {
            Some(edit) => edit.record.is_some(),
            None => self.row(id).is_some(),
        }
    }

    fn edit(&self, id: &str) -> Option<&Edit<R>> {
        self.edited(id).map(|(_, edit)| edit)
    }

    fn edited(&self, id: &str) -> Option<(&R::Id, &Edit<R>)> {
        if self.edits.is_empty() { None } else { self.edits.get_key_value(&R::Id::of(id)?) }
    }

    /// The record of this id.
    pub fn get(&self, id: &str) -> Option<R> {
        match self.edit(id) {
            Some(edit) => edit.record.as_deref().cloned(),
            None => self.row(id).and_then(|row| self.decode(row)),
        }
    }

    /// Adds the record, or puts it in the place of the one with its id.
    pub fn put(&mut self, record: R) {
        let kept = self.kept(record.id().as_ref());
        self.note_words(&record);
        self.edits.insert(record.id().clone(), Edit { kept, record: Some(Box::new(record)) });
    }

    /// Removes a record; the lines kept before it stay.
    pub fn remove(&mut self, id: &R::Id) -> Option<R> {
        let record = self.get(id.as_ref())?;
        let kept = self.kept(id.as_ref());
        self.edits.insert(id.clone(), Edit { kept, record: None });
        Some(record)
    }

    /// Puts the record in the place of the one called `old`, which goes; the lines kept before that go along.
    pub fn rename(&mut self, old: &R::Id, record: R) {
        let mut kept = self.kept(record.id().as_ref());
        kept.extend(self.kept(old.as_ref()));
        self.note_words(&record);
        self.edits.insert(old.clone(), Edit { kept: Vec::new(), record: None });
        self.edits.insert(record.id().clone(), Edit { kept, record: Some(Box::new(record)) });
    }

    fn kept(&self, id: &str) -> Vec<u8> {
        match (self.edit(id), self.row(id)) {
            (Some(edit), _) => edit.kept.clone(),
            (None, Some(row)) => {
                self.text.get(row.kept as usize..row.start as usize).unwrap_or_default().to_vec()
            }
            (None, None) => Vec::new(),
        }
    }

    /// Looks at the record of this id; one that was edited is not copied for it.
    pub fn look<T>(&self, id: &str, look: impl FnOnce(&R) -> T) -> Option<T> {
        match self.edit(id) {
            Some(edit) => edit.record.as_deref().map(look),
            None => self.row(id).and_then(|row| self.decode(row)).as_ref().map(look),
        }
    }

    /// Changes the record `id`, which `fresh` makes if it is not there, and adds lines nobody
    /// understands before it. A record that grows line by line is not copied for each of them.
    pub fn amend(
        &mut self,
        id: &R::Id,
        lines: &[u8],
        fresh: impl FnOnce() -> R,
        change: impl FnOnce(&mut R),
    ) {
        self.words = Words::default();
        if !self.edits.contains_key(id) {
            let edit = Edit { kept: self.kept(id.as_ref()), record: self.get(id.as_ref()).map(Box::new) };
            self.edits.insert(id.clone(), edit);
        }
        if let Some(edit) = self.edits.get_mut(id) {
            edit.kept.extend_from_slice(lines);
            change(edit.record.get_or_insert_with(|| Box::new(fresh())));
        }
    }

    /// The text of all rows and where it begins: checked once, it is cheap to cut.
    fn rows_text(&self) -> (&str, u32) {
        match (self.rows.first(), self.rows.last()) {
            (Some(first), Some(last)) => (self.slice(first.start, last.end), first.start),
            _ => ("", 0),
        }
    }

    /// About how many records there are, and not less.
    pub fn room(&self) -> usize {
        self.rows.len() + self.edits.len()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let (text, base) = self.rows_text();
        self.merged().filter_map(move |step| match step {
            (Some(row), None) => cut(text, base, row.id, row.id.saturating_add(row.id_length)),
            (_, Some((id, edit))) => edit.record.is_some().then(|| id.as_ref()),
            (None, None) => None,
        })
    }

    /// The records in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = R> {
        self.merged().filter_map(|step| match step {
            (Some(row), None) => self.decode(row),
            (_, Some((_, edit))) => edit.record.as_deref().cloned(),
            (None, None) => None,
        })
    }

    /// The record of each of these ids, which come in order; one walk finds them all.
    pub fn get_each<'t>(&'t self, ids: impl Iterator<Item = &'t str>) -> impl Iterator<Item = Option<R>> {
        let (text, base) = self.rows_text();
        let mut there = self.merged().peekable();
        let order = move |step: &Step<'t, R>, id: &str| {
            let name = match step {
                (_, Some((id, _))) => id.as_ref(),
                (Some(row), None) => {
                    cut(text, base, row.id, row.id.saturating_add(row.id_length)).unwrap_or_default()
                }
                (None, None) => "",
            };
            R::Id::order(name, id)
        };
        ids.map(move |id| {
            while there.next_if(|step| order(step, id).is_lt()).is_some() {}
            match there.next_if(|step| order(step, id).is_eq())? {
                (_, Some((_, edit))) => edit.record.as_deref().cloned(),
                (Some(row), None) => self.decode(row),
                (None, None) => None,
            }
        })
    }

    /// The table in order of its ids, neighbouring untouched records joined: what is to be written.
    pub fn parts(&self) -> Vec<Part<'_, R>> {
        if self.edits.is_empty() {
            return match (self.rows.first(), self.rows.last()) {
                (Some(first), Some(last)) => vec![Part::Untouched(first.kept as usize..last.end as usize)],
                _ => Vec::new(),
            };
        }
        let mut parts: Vec<Part<'_, R>> = Vec::new();
        for step in self.merged() {
            match step {
                (_, Some((_, edit))) => parts.push(Part::Edited(&edit.kept, edit.record.as_deref())),
                (Some(row), None) => match parts.last_mut() {
                    Some(Part::Untouched(range)) => range.end = row.end as usize,
                    _ => parts.push(Part::Untouched(row.kept as usize..row.end as usize)),
                },
                (None, None) => {}
            }
        }
        parts
    }

    /// The text of the untouched record lines, and the edited records, in order of ids.
    pub fn sources(&self) -> impl Iterator<Item = Source<'_, R>> {
        let (text, base) = self.rows_text();
        self.merged().filter_map(move |step| match step {
            (Some(row), None) => cut(text, base, row.start, row.end).map(Source::Text),
            (_, Some((_, edit))) => edit.record.as_deref().map(Source::Record),
            (None, None) => None,
        })
    }

    /// Rows and edits side by side in order of ids.
    fn merged(&self) -> impl Iterator<Item = Step<'_, R>> {
        let mut rows = self.rows.iter().peekable();
        let mut edits = self.edits.iter().peekable();
        std::iter::from_fn(move || {
            let order = match (rows.peek(), edits.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(row), Some((id, _))) => R::Id::order(self.row_id(row), id.as_ref()),
            };
            Some(match order {
                Ordering::Less => (rows.next(), None),
                Ordering::Greater => (None, edits.next()),
                Ordering::Equal => (rows.next(), edits.next()),
            })
        })
    }
}

impl<R: Headed + Clone> Table<R> {
    /// Puts many records, which come in the order of their ids. They are kept as text at once, beside a
    /// copy of what stays: a tenth of the memory [`Table::put`] takes for each, and as fast.
    ///
    /// # Errors
    /// Those of `records`; then nothing was put. [`Error::Refused`] when the text gets too long.
    pub fn put_all(&mut self, records: impl Iterator<Item = Result<R>>) -> Result<()> {
        let mut text = Vec::with_capacity(self.rows_text().0.len());
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut overruled = Vec::new();
        let mut old = self.rows.iter().peekable();
        let mut lines = String::new();
        for record in records {
            let record = record?;
            let id = record.id();
            while let Some(row) = old.next_if(|row| R::Id::order(self.row_id(row), id.as_ref()).is_lt()) {
                self.copy(row, &mut text, &mut rows)?;
            }
            old.next_if(|row| self.row_id(row) == id.as_ref());
            let kept = text.len();
            text.extend_from_slice(&self.kept(id.as_ref()));
            lines.clear();
            record.encode(&mut lines);
            let start = text.len();
            text.extend_from_slice(lines.as_bytes());
            rows.push(Row {
                kept: place(kept)?,
                start: place(start)?,
                end: place(text.len())?,
                id: place(start + R::HEAD.len())?,
                id_length: place(id.as_ref().len())?,
            });
            if self.edits.contains_key(id) {
                overruled.push(id.clone());
            }
        }
        for row in old {
            self.copy(row, &mut text, &mut rows)?;
        }
        for id in overruled {
            self.edits.remove(&id);
        }
        self.text = Arc::new(text);
        self.rows = rows;
        self.words = Words::default();
        Ok(())
    }

    /// Copies a row with what is kept before it.
    fn copy(&self, row: &Row, text: &mut Vec<u8>, rows: &mut Vec<Row>) -> Result<()> {
        let begin = place(text.len())?;
        text.extend_from_slice(self.text.get(row.kept as usize..row.end as usize).unwrap_or_default());
        let moved = |old: u32| begin + (old - row.kept);
        rows.push(Row {
            kept: begin,
            start: moved(row.start),
            end: place(text.len())?,
            id: moved(row.id),
            id_length: row.id_length,
        });
        Ok(())
    }
}

/// A place in a text, which is shorter than 4 GiB.
fn place(place: usize) -> Result<u32> {
    u32::try_from(place).map_err(|_| Error::refused("the directory would grow beyond 4 GiB"))
}

/// What stands from `start` to `end` in a file of which `text` begins at `base`.
fn cut(text: &str, base: u32, start: u32, end: u32) -> Option<&str> {
    text.get(start.checked_sub(base)? as usize..end.checked_sub(base)? as usize)
}

/// One record of a table as it is at hand: text or decoded.
pub enum Source<'t, R> {
    /// The lines of an untouched record in canonical form.
    Text(&'t str),
    /// A record that was edited.
    Record(&'t R),
}
