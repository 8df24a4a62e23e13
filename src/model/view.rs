//! What is looked at of a directory when all of it is: borrowed from where it stands, nothing copied.

use super::acl::{Subject, group_of};
use super::id::split_user;
use std::fmt;

/// The id of an API token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenRef<'t> {
    /// The owner.
    pub user: &'t str,
    /// The token's own name.
    pub name: &'t str,
}

impl<'t> TokenRef<'t> {
    /// The parts of a text that is said to be the id of a token.
    pub fn of(text: &'t str) -> Option<Self> {
        text.rsplit_once('!').map(|(user, name)| Self { user, name })
    }
}

impl fmt::Display for TokenRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}!{}", self.user, self.name)
    }
}

/// Whom an ACL entry speaks of; see [`Subject`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectRef<'t> {
    /// Every member of a group.
    Group(&'t str),
    /// A user.
    User(&'t str),
    /// An API token.
    Token(TokenRef<'t>),
}

impl<'t> SubjectRef<'t> {
    /// The subject a text is that is known to be one.
    pub fn of(text: &'t str) -> Self {
        if let Some(group) = group_of(text) {
            return Self::Group(group);
        }
        match TokenRef::of(text) {
            Some(token) if split_user(text).is_none() => Self::Token(token),
            _ => Self::User(text),
        }
    }
}

impl<'t> From<&'t Subject> for SubjectRef<'t> {
    fn from(subject: &'t Subject) -> Self {
        match subject {
            Subject::Group(id) => Self::Group(id.as_str()),
            Subject::User(id) => Self::User(id.as_str()),
            Subject::Token(id) => Self::Token(TokenRef { user: id.user.as_str(), name: id.name.as_str() }),
        }
    }
}

impl fmt::Display for SubjectRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(id) => write!(out, "@{id}"),
            Self::User(id) => out.write_str(id),
            Self::Token(id) => id.fmt(out),
        }
    }
}

/// One ACL entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryView<'t> {
    /// Where, in normal form.
    pub path: &'t str,
    /// Who.
    pub subject: SubjectRef<'t>,
    /// Which role.
    pub role: &'t str,
    /// Whether it reaches deeper paths.
    pub propagate: bool,
}

impl fmt::Display for EntryView<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} for '{}' on {}", self.role, self.subject, self.path)
    }
}

/// A user with his API tokens, without what only people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView<'t> {
    /// `NAME@REALM`.
    pub id: &'t str,
    /// Whether the user may sign in.
    pub enable: bool,
    /// When the account ends; see [`super::user::User`].
    pub expire: Option<u64>,
    /// Fields of the line beyond the known ones.
    pub rest: &'t str,
    /// The user's API tokens, sorted by name.
    pub tokens: Vec<TokenView<'t>>,
}

impl<'t> UserView<'t> {
    /// The realm behind the `@`.
    pub fn realm(&self) -> &'t str {
        self.id.rsplit_once('@').map_or("", |(_, realm)| realm)
    }
}

/// An API token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenView<'t> {
    /// Its full id.
    pub id: TokenRef<'t>,
    /// When the token ends, in seconds since 1970; 0 never.
    pub expire: u64,
    /// Whether it has only what is granted to it and to its owner.
    pub separated: bool,
    /// Fields of the line beyond the known ones.
    pub rest: &'t str,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView<'t> {
    /// The group's name.
    pub id: &'t str,
    /// Its members, sorted; a member need not exist.
    pub members: Vec<&'t str>,
    /// What stands among the members and is no user id.
    pub unknown: Vec<&'t str>,
    /// Fields of the line beyond the known ones.
    pub rest: &'t str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_as_they_are_printed() {
        for text in ["@devs", "joe@pve", "joe@pve!ci", "a!b@pve", "a!b@pve!ci"] {
            let subject = Subject::parse(text).unwrap();
            assert_eq!(SubjectRef::of(text), SubjectRef::from(&subject));
            assert_eq!(SubjectRef::of(text).to_string(), text);
        }
        assert_eq!(SubjectRef::of("a!b@pve"), SubjectRef::User("a!b@pve"));
    }
}
