//! What a synchronisation of a realm with its directory server may be told: checked words, no
//! behaviour. `docs/realm-sync.md` is the reference.

use crate::error::{Error, Result};
use std::fmt;

/// What is synchronised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Users only.
    Users,
    /// Groups only; users are fetched to know who the members are, and not changed.
    Groups,
    /// Users and groups.
    Both,
}

impl Scope {
    /// The words for it, as they are typed.
    pub const WORDS: [&'static str; 3] = ["users", "groups", "both"];

    /// Reads the word.
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other word.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "users" => Ok(Self::Users),
            "groups" => Ok(Self::Groups),
            "both" => Ok(Self::Both),
            _ => Err(Error::invalid(format!(
                "value '{text}' does not have a value in the enumeration '{}'",
                Self::WORDS.join(", ")
            ))),
        }
    }

    /// The word for it, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Both => "both",
        }
    }

    /// Whether users are changed.
    pub fn has_users(self) -> bool {
        self != Self::Groups
    }

    /// Whether groups are changed.
    pub fn has_groups(self) -> bool {
        self != Self::Users
    }
}

impl fmt::Display for Scope {
    /// As sentences name it: `users and groups`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Both => "users and groups",
        })
    }
}

/// What is removed when something is gone from the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    text: String,
    /// The user or group itself.
    pub entry: bool,
    /// Its ACL entries.
    pub acl: bool,
    /// Properties of those that are still there and the server says nothing of.
    pub properties: bool,
}

impl Vanished {
    /// Reads `none`, or `acl`, `entry` and `properties` joined by `;`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut found = Self { text: text.to_owned(), entry: false, acl: false, properties: false };
        if text == "none" {
            return Ok(found);
        }
        for word in text.split(';') {
            match word {
                "entry" => found.entry = true,
                "acl" => found.acl = true,
                "properties" => found.properties = true,
                _ => return Err(Error::invalid("value does not match the regex pattern")),
            }
        }
        Ok(found)
    }
}

impl Default for Vanished {
    /// Nothing is removed.
    fn default() -> Self {
        Self { text: "none".to_owned(), entry: false, acl: false, properties: false }
    }
}

impl fmt::Display for Vanished {
    /// As it was given.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// How many users, and how many groups, one synchronisation may take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many.
    Count(u32),
    /// So many of a hundred of those the realm has.
    Percent(u8),
}

impl Limit {
    /// Reads `20` or `10%`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let limit = match text.strip_suffix('%') {
            Some(number) if digits(number) => {
                number.parse().ok().filter(|number| *number <= 100).map(Self::Percent)
            }
            None if digits(text) => text.parse().ok().map(Self::Count),
            _ => None,
        };
        limit.ok_or_else(|| Error::invalid(format!("'{text}' is neither a number nor a percentage: 20, 10%")))
    }

    /// Whether taking away `lost` of `all` is within the limit.
    pub fn allows(self, lost: usize, all: usize) -> bool {
        match self {
            Self::Count(most) => u32::try_from(lost).is_ok_and(|lost| lost <= most),
            Self::Percent(most) => lost.saturating_mul(100) <= all.saturating_mul(usize::from(most)),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(number) => number.fmt(out),
            Self::Percent(number) => write!(out, "{number}%"),
        }
    }
}

/// How the names of the server become names here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameCase {
    /// As the server spells them.
    #[default]
    Keep,
    /// In small letters.
    Lower,
}

impl NameCase {
    /// The words for it, as they are typed.
    pub const WORDS: [&'static str; 2] = ["keep", "lower"];

    /// Reads the word.
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other word.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "keep" => Ok(Self::Keep),
            "lower" => Ok(Self::Lower),
            _ => Err(Error::invalid(format!(
                "value '{text}' does not have a value in the enumeration '{}'",
                Self::WORDS.join(", ")
            ))),
        }
    }
}

/// What is left of a removed user, though it points at nobody then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Memberships of groups that are not synchronised.
    pub memberships: bool,
    /// Secrets of the user's API tokens.
    pub token_secrets: bool,
    /// Second factors.
    pub second_factors: bool,
}

impl Keep {
    /// The words for it, as they are typed.
    pub const WORDS: [&'static str; 3] = ["memberships", "token-secrets", "second-factors"];

    /// Reads a list of words joined by `,` or `;`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for any other word.
    pub fn parse(text: &str) -> Result<Self> {
        let mut keep = Self::default();
        for word in crate::model::constraint::list_items(text) {
            match word {
                "memberships" => keep.memberships = true,
                "token-secrets" => keep.token_secrets = true,
                "second-factors" => keep.second_factors = true,
                _ => {
                    let words = Self::WORDS.join(", ");
                    return Err(Error::invalid(format!("'{word}' is none of '{words}'")));
                }
            }
        }
        Ok(keep)
    }
}

/// What is said about a synchronisation in one place: on the command line, in the realm, in the
/// settings. What is `None` is left to the next place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What is synchronised.
    pub scope: Option<Scope>,
    /// What is removed when something is gone from the server.
    pub vanished: Option<Vanished>,
    /// Whether new users may sign in.
    pub enable_new: Option<bool>,
    /// How much may be taken away.
    pub max_delete: Option<Limit>,
    /// Whether a server that knows nobody is believed.
    pub allow_empty: Option<bool>,
    /// Whether members of groups in groups are members.
    pub nested: Option<bool>,
    /// Whether members are read from `memberUid` as well.
    pub member_uid: Option<bool>,
    /// How names are spelt.
    pub name_case: Option<NameCase>,
    /// What is left of a removed user.
    pub keep: Option<Keep>,
    /// How many entries the server is asked for at a time.
    pub page_size: Option<u32>,
}

impl Wishes {
    /// These wishes, and where they say nothing, those of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            scope: self.scope.or(other.scope),
            vanished: self.vanished.or(other.vanished),
            enable_new: self.enable_new.or(other.enable_new),
            max_delete: self.max_delete.or(other.max_delete),
            allow_empty: self.allow_empty.or(other.allow_empty),
            nested: self.nested.or(other.nested),
            member_uid: self.member_uid.or(other.member_uid),
            name_case: self.name_case.or(other.name_case),
            keep: self.keep.or(other.keep),
            page_size: self.page_size.or(other.page_size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        for (text, lost, all, fine) in [
            ("0", 0, 10, true),
            ("0", 1, 10, false),
            ("3", 3, 10, true),
            ("3", 4, 10, false),
            ("50%", 5, 10, true),
            ("50%", 6, 10, false),
            ("100%", 10, 10, true),
            ("0%", 1, 1000, false),
        ] {
            assert_eq!(Limit::parse(text).unwrap().allows(lost, all), fine, "{text} {lost}/{all}");
            assert_eq!(Limit::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "%", "-1", "101%", "1.5", "many", "+3", "99999999999"] {
            assert!(Limit::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words() {
        assert!(Vanished::parse("entry;acl;entry").unwrap().acl);
        assert!(!Vanished::parse("none").unwrap().entry);
        for text in ["", "none;acl", "acl,entry", "all"] {
            assert!(Vanished::parse(text).is_err(), "{text}");
        }
        assert!(Keep::parse("memberships, second-factors").unwrap().second_factors);
        assert!(Keep::parse("everything").is_err());
    }

    #[test]
    fn the_nearer_place_wins() {
        let near = Wishes { nested: Some(false), ..Wishes::default() };
        let far = Wishes { nested: Some(true), scope: Some(Scope::Both), ..Wishes::default() };
        let both = near.or(far);
        assert_eq!((both.nested, both.scope), (Some(false), Some(Scope::Both)));
    }
}
