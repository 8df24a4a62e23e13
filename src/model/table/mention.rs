//! Which records of a table refer to something, and edits that keep track of it.

use super::words::Known;
use super::{Edit, Key as _, Record, Row, Table};
use std::collections::BTreeSet;

/// Records that may refer to a word: the edited ones, and the places of the others.
struct Found<'t, R: Record> {
    edited: Vec<(&'t R::Id, &'t R)>,
    rows: Vec<&'t Row>,
}

impl<R: Record + Clone> Table<R> {
    /// The records that may refer to `word`, which is a whole name.
    pub fn mentioning(&self, word: &str) -> Vec<R> {
        let found = self.found(word);
        let edited = found.edited.into_iter().map(|(_, record)| record.clone());
        edited.chain(found.rows.into_iter().filter_map(|row| self.decode(row))).collect()
    }

    /// The ids of the records that may refer to `word`, which is a whole name.
    pub fn ids_mentioning(&self, word: &str) -> Vec<R::Id> {
        let found = self.found(word);
        let edited = found.edited.into_iter().map(|(id, _)| id.clone());
        edited.chain(found.rows.into_iter().filter_map(|row| R::Id::of(self.row_id(row)))).collect()
    }

    fn found(&self, word: &str) -> Found<'_, R> {
        match self.words.known(word, || self.all_words()) {
            Some(known) => self.look_up(known, word),
            None => self.search(word),
        }
    }

    fn all_words(&self) -> Known<R::Id> {
        let text = |row: &Row| self.text.get(row.start as usize..row.end as usize).unwrap_or_default();
        let mut known = Known::of(self.rows.iter().map(text));
        for record in self.edits.values().filter_map(|edit| edit.record.as_deref()) {
            note(&mut known, record);
        }
        known
    }

    fn look_up<'t>(&'t self, known: &'t Known<R::Id>, word: &str) -> Found<'t, R> {
        let mut edited: BTreeSet<&R::Id> = known.edited(word).collect();
        let mut rows = Vec::new();
        for row in known.rows(word).filter_map(|place| self.rows.get(place)) {
            match self.edited(self.row_id(row)) {
                Some((id, _)) => drop(edited.insert(id)),
                None => rows.push(row),
            }
        }
        let record = |id| Some((id, self.edits.get(id)?.record.as_deref()?));
        Found { edited: edited.into_iter().filter_map(record).collect(), rows }
    }

    /// The same without knowing the words of the text.
    fn search(&self, word: &str) -> Found<'_, R> {
        let edited = self.edits.iter().filter_map(|(id, edit)| Some((id, edit.record.as_deref()?)));
        let edited = edited.filter(|(_, record)| record.mentions(word)).collect();
        let mut found = Found { edited, rows: Vec::new() };
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else {
            return found;
        };
        let finder = memchr::memmem::Finder::new(word.as_bytes());
        let mut from = first.start as usize;
        let end = last.end as usize;
        while let Some(hit) =
            self.text.get(from..end).and_then(|text| finder.find(text)).map(|place| place + from)
        {
            let place = self.rows.partition_point(|row| row.end as usize <= hit);
            let Some(row) = self.rows.get(place) else { break };
            if hit < row.start as usize {
                // The word stands in a line kept before the record; the record may hold it too.
                from = row.start as usize;
                continue;
            }
            if self.edited(self.row_id(row)).is_none() {
                found.rows.push(row);
            }
            from = row.end as usize;
        }
        found
    }

    /// Changes the record `id` in its place, if it is there. It is not to refer to anything it did not refer to before,
    /// but for `gained`: so a large record is neither copied nor searched for each of many small changes.
    pub fn revise<T>(
        &mut self,
        id: &R::Id,
        gained: Option<&str>,
        change: impl FnOnce(&mut R) -> T,
    ) -> Option<T> {
        if !self.edits.contains_key(id) {
            let record = Some(Box::new(self.get(id.as_ref())?));
            self.edits.insert(id.clone(), Edit { kept: self.kept(id.as_ref()), record });
        }
        let changed = change(self.edits.get_mut(id)?.record.as_deref_mut()?);
        if let (Some(word), Some(known)) = (gained, self.words.known_already()) {
            known.note(id, word.as_bytes());
        }
        Some(changed)
    }

    /// Takes notice of what a record that is being put in the table refers to.
    pub(super) fn note_words(&mut self, record: &R) {
        if let Some(known) = self.words.known_already() {
            note(known, record);
        }
    }
}

fn note<R: Record>(known: &mut Known<R::Id>, record: &R) {
    let mut text = String::new();
    record.encode(&mut text);
    known.note(record.id(), text.as_bytes());
}
