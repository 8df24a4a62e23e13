//! Access control lists: who holds which role where.

use super::id::{GroupId, RoleId, TokenId, UserId, split_token, split_user};
use super::path::AclPath;
use memchr::memchr;
use std::collections::BTreeMap;
use std::fmt;

/// Whom an ACL entry speaks of. The order is that of the printed form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Every member of a group, printed `@name`.
    Group(GroupId),
    /// A user.
    User(UserId),
    /// An API token.
    Token(TokenId),
}

/// The three sorts of subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    /// `@name`.
    Group,
    /// `name@realm`.
    User,
    /// `name@realm!token`.
    Token,
}

/// The name of the group a subject is; `None` for users and tokens, whose names may begin with `@` as well.
pub fn group_of(subject: &str) -> Option<&str> {
    subject.strip_prefix('@').filter(|group| memchr(b'@', group.as_bytes()).is_none())
}

/// What sort of subject `text` is; `None` when it is none.
pub fn subject_kind(text: &str) -> Option<SubjectKind> {
    if let Some(group) = group_of(text) {
        return super::id::is_name(group).then_some(SubjectKind::Group);
    }
    if split_user(text).is_some() {
        return Some(SubjectKind::User);
    }
    split_token(text).map(|_| SubjectKind::Token)
}

impl Subject {
    /// Reads the printed form.
    pub fn parse(text: &str) -> Option<Self> {
        match subject_kind(text)? {
            SubjectKind::Group => GroupId::parse(text.get(1..)?).ok().map(Self::Group),
            SubjectKind::User => UserId::parse(text).ok().map(Self::User),
            SubjectKind::Token => TokenId::parse(text).ok().map(Self::Token),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(id) => write!(out, "@{id}"),
            Self::User(id) => id.fmt(out),
            Self::Token(id) => id.fmt(out),
        }
    }
}

impl Subject {
    /// The bytes of the printed form.
    fn bytes(&self) -> impl Iterator<Item = u8> {
        let [first, second, third] = match self {
            Self::Group(id) => ["@", id.as_str(), ""],
            Self::User(id) => [id.as_str(), "", ""],
            Self::Token(id) => [id.user.as_str(), "!", id.name.as_str()],
        };
        first.bytes().chain(second.bytes()).chain(third.bytes())
    }
}

impl Ord for Subject {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for Subject {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// All entries at one path: subject and role, and whether the entry reaches deeper paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclNode {
    /// Where.
    pub path: AclPath,
    /// The propagate flag of every (subject, role).
    pub entries: BTreeMap<(Subject, RoleId), bool>,
}

impl AclNode {
    /// A path without entries.
    pub fn new(path: AclPath) -> Self {
        Self { path, entries: BTreeMap::new() }
    }
}

/// One entry: who holds which role where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclEntry {
    /// Where.
    pub path: AclPath,
    /// Who.
    pub subject: Subject,
    /// Which role.
    pub role: RoleId,
    /// Whether it reaches deeper paths.
    pub propagate: bool,
}

impl fmt::Display for AclEntry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} for '{}' on {}", self.role, self.subject, self.path)
    }
}
