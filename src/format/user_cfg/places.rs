//! Where things stand in the file, for messages: lines counted from 1.

use super::read::text_by_field;
use crate::format::line::{is_separator, items, trim};
use crate::model::path::AclPath;
use std::borrow::Cow;
use std::collections::HashMap;

/// What a line of the file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A user; fields: id, enabled, expiry, first name, last name, mail address, comment, keys.
    User,
    /// An API token; fields: id, expiry, separated, comment.
    Token,
    /// A group; fields: id, members, comment.
    Group,
    /// A pool; fields: id, comment, guests, storages.
    Pool,
    /// A role; fields: id, privileges.
    Role,
    /// ACL entries; fields: propagate, path, subjects, roles.
    Acl,
    /// Anything else: blank, or not understood.
    Other,
}

/// A line of the file as it stands there.
#[derive(Clone, Debug)]
pub struct Line<'t> {
    /// Its number, counted from 1.
    pub number: usize,
    /// What it is about.
    pub kind: LineKind,
    text: Cow<'t, str>,
}

impl Line<'_> {
    /// The whole line, without blanks around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A field behind the first word, counted from 0 and still escaped; empty when it is not there.
    pub fn field(&self, place: usize) -> &str {
        let mut rest: &str = &self.text;
        for _ in 0..=place {
            let behind = memchr::memchr(b':', rest.as_bytes()).and_then(|end| rest.get(end + 1..));
            rest = behind.unwrap_or_default();
        }
        let end = memchr::memchr(b':', rest.as_bytes()).unwrap_or(rest.len());
        rest.get(..end).map(trim).unwrap_or_default()
    }

    /// The items of a field that is a list.
    pub fn items(&self, place: usize) -> impl Iterator<Item = &str> {
        items(self.field(place)).filter(|item| !item.contains(is_separator))
    }
}

/// The lines of the file, in their order.
pub fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text);
    let lines = std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(b'\n', text);
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    });
    lines.enumerate().map(|(place, line)| {
        let text = match text_by_field(line) {
            Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
            Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
        };
        let kind = match text.split_once(':').map(|(word, _)| trim(word)) {
            Some("user") => LineKind::User,
            Some("token") => LineKind::Token,
            Some("group") => LineKind::Group,
            Some("pool") => LineKind::Pool,
            Some("role") => LineKind::Role,
            Some("acl") => LineKind::Acl,
            _ => LineKind::Other,
        };
        Line { number: place + 1, kind, text }
    })
}

/// Which line says what. Where several say the same, it is the last, as it is for readers of the file.
#[derive(Clone, Debug, Default)]
pub struct Places {
    records: HashMap<LineKind, HashMap<String, usize>>,
    members: HashMap<String, HashMap<String, usize>>,
    entries: HashMap<String, HashMap<String, HashMap<String, usize>>>,
}

impl Places {
    /// Notes the lines that are `wanted`. In a large file this takes as long as it notes much.
    pub fn of(text: &[u8], wanted: impl Fn(&Line<'_>) -> bool) -> Self {
        let mut places = Self::default();
        for line in lines(text).filter(|line| line.kind != LineKind::Other && wanted(line)) {
            places.note(&line);
        }
        places
    }

    fn note(&mut self, line: &Line<'_>) {
        if line.kind == LineKind::Acl {
            let Ok(path) = AclPath::parse(line.field(1)) else { return };
            let subjects = self.entries.entry(path.node().as_str().to_owned()).or_default();
            for subject in line.items(2) {
                let roles = subjects.entry(subject.to_owned()).or_default();
                roles.extend(line.items(3).map(|role| (role.to_owned(), line.number)));
            }
            return;
        }
        let id = line.field(0).to_owned();
        if line.kind == LineKind::Group {
            let members = self.members.entry(id.clone()).or_default();
            members.extend(line.items(1).map(|member| (member.to_owned(), line.number)));
        }
        self.records.entry(line.kind).or_default().insert(id, line.number);
    }

    fn record(&self, kind: LineKind, id: &str) -> Option<usize> {
        self.records.get(&kind)?.get(id).copied()
    }

    /// The line of a user.
    pub fn user(&self, id: &str) -> Option<usize> {
        self.record(LineKind::User, id)
    }

    /// The line of an API token, by its full id.
    pub fn token(&self, id: &str) -> Option<usize> {
        self.record(LineKind::Token, id)
    }

    /// The line of a group.
    pub fn group(&self, id: &str) -> Option<usize> {
        self.record(LineKind::Group, id)
    }

    /// The line of a pool.
    pub fn pool(&self, id: &str) -> Option<usize> {
        self.record(LineKind::Pool, id)
    }

    /// The line of a role that is not built in.
    pub fn role(&self, id: &str) -> Option<usize> {
        self.record(LineKind::Role, id)
    }

    /// The line that makes `user` a member of `group`.
    pub fn member(&self, group: &str, user: &str) -> Option<usize> {
        self.members.get(group)?.get(user).copied()
    }

    /// The line that gives `subject` (`@group`, user id, token id) the role `role` at `path`, which is in normal form.
    pub fn entry(&self, path: &str, subject: &str, role: &str) -> Option<usize> {
        self.entries.get(path)?.get(subject)?.get(role).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
user:joe@pve:1:0::::::\n\
\n\
# role:no:\n\
 token : joe@pve!ci : 0:1::\n\
group:devs:joe@pve;ann@pve::\n\
pool:dev:::\n\
role:mine:VM.Audit:\n\
acl:1:/vms/:@devs joe@pve:PVEAdmin,mine:\n\
acl:0:/vms:joe@pve:mine:\n";

    #[test]
    fn everything_has_its_line() {
        let places = Places::of(TEXT.as_bytes(), |_| true);
        assert_eq!(places.user("joe@pve"), Some(1));
        assert_eq!(places.token("joe@pve!ci"), Some(4));
        assert_eq!(places.group("devs"), Some(5));
        assert_eq!(places.member("devs", "ann@pve"), Some(5));
        assert_eq!(places.pool("dev"), Some(6));
        assert_eq!((places.role("mine"), places.role("no")), (Some(7), None));
        assert_eq!(places.entry("/vms", "@devs", "mine"), Some(8));
        assert_eq!(places.entry("/vms", "joe@pve", "PVEAdmin"), Some(8));
        assert_eq!(places.entry("/vms", "joe@pve", "mine"), Some(9), "the last counts");
        assert_eq!(places.entry("/", "joe@pve", "mine"), None);
    }

    #[test]
    fn only_what_is_wanted_is_noted() {
        let places = Places::of(TEXT.as_bytes(), |line| line.kind == LineKind::Acl);
        assert_eq!(places.user("joe@pve"), None);
        assert_eq!(places.entry("/vms", "@devs", "mine"), Some(8));
    }

    #[test]
    fn names_in_latin_1_are_found_as_readers_see_them() {
        let places = Places::of(b"user:j\xf6@pve:1:0::::::\n", |_| true);
        assert_eq!(places.user("j\u{f6}@pve"), Some(1));
    }
}
