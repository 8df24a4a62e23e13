//! The lines of `user.cfg` findings are about.
//!
//! [`Places`](crate::format::user_cfg::Places) tells the lines of whatever is asked for later; here it is known beforehand
//! which of hundreds of thousands are wanted, so nothing is kept of the others.

use super::finding::Place;
use crate::format::user_cfg::{self, LineKind};
use crate::model::path::AclPath;
use crate::model::view::{SubjectRef, TokenRef};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::cell::Cell;

/// Where the wanted places stand. Where several lines say the same, it is the last, as it is for readers of the file.
pub(super) struct Lines<'b> {
    numbers: HashMap<Place<'b>, Cell<Option<usize>>>,
}

impl<'b> Lines<'b> {
    pub(super) fn of(text: &[u8], wanted: impl Iterator<Item = Place<'b>>) -> Self {
        let mut lines = Self { numbers: wanted.map(|place| (place, Cell::default())).collect() };
        if !lines.numbers.is_empty() {
            lines.walk(text);
        }
        lines
    }

    pub(super) fn line(&self, place: &Place<'b>) -> Option<usize> {
        self.numbers.get(place)?.get()
    }

    fn walk(&mut self, text: &[u8]) {
        let (mut paths, mut groups) = (HashSet::default(), HashSet::default());
        for place in self.numbers.keys() {
            match place {
                Place::Entry { path, .. } => drop(paths.insert(*path)),
                Place::Member { group, .. } => drop(groups.insert(*group)),
                _ => {}
            }
        }
        for line in user_cfg::lines(text) {
            let note = |place: Place<'_>| note(&self.numbers, place, line.number);
            match line.kind {
                LineKind::User => note(Place::User(line.field(0))),
                LineKind::Token => {
                    if let Some(token) = TokenRef::of(line.field(0)) {
                        note(Place::Token(token));
                    }
                }
                LineKind::Role => note(Place::Role(line.field(0))),
                LineKind::Group => {
                    let group = line.field(0);
                    note(Place::Group(group));
                    if groups.contains(group) {
                        line.items(1).for_each(|user| note(Place::Member { group, user }));
                    }
                }
                LineKind::Acl => {
                    let path = normal(line.field(1));
                    if !paths.contains(path.as_ref()) {
                        continue;
                    }
                    for subject in line.items(2).map(SubjectRef::of) {
                        line.items(3).for_each(|role| note(Place::Entry { path: &path, subject, role }));
                    }
                }
                LineKind::Pool | LineKind::Other => {}
            }
        }
    }
}

/// Notes a line for a place, if that is wanted.
fn note<'l>(numbers: &HashMap<Place<'l>, Cell<Option<usize>>>, place: Place<'l>, line: usize) {
    if let Some(number) = numbers.get(&place) {
        number.set(Some(line));
    }
}

/// The path entries are kept at that are written at this one; empty when it is none.
fn normal(path: &str) -> Cow<'_, str> {
    match AclPath::is_normal(path) {
        true => path.into(),
        false => AclPath::parse(path).map(|path| path.node().as_str().to_owned()).unwrap_or_default().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts() {
        let text = b"user:joe@pve:1:0::::::\n\ngroup:devs:joe@pve;ann@pve::\n token : joe@pve!ci :0:1::\n\
            acl:1:/vms/:@devs joe@pve:PVEAdmin,mine:\nacl:0:/vms:joe@pve:mine:\nrole:mine::\n";
        let entry = |subject, role| Place::Entry { path: "/vms", subject: SubjectRef::of(subject), role };
        let places = [
            (Place::User("joe@pve"), Some(1)),
            (Place::Group("devs"), Some(3)),
            (Place::Member { group: "devs", user: "ann@pve" }, Some(3)),
            (Place::Token(TokenRef { user: "joe@pve", name: "ci" }), Some(4)),
            (entry("@devs", "mine"), Some(5)),
            (entry("joe@pve", "PVEAdmin"), Some(5)),
            (entry("joe@pve", "mine"), Some(6)),
            (Place::Role("mine"), Some(7)),
            (Place::User("ann@pve"), None),
        ];
        let lines = Lines::of(text, places.iter().map(|(place, _)| *place));
        for (place, line) in places {
            assert_eq!(lines.line(&place), line, "{place:?}");
        }
    }
}
