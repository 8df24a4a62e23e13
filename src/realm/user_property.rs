//! The properties of a user a directory server can set.

use crate::model::constraint::Constraint;
use crate::model::user::{are_keys, is_mail_address};

/// A property of a user a directory server can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Whether the user may sign in.
    Enable,
    /// When the account ends.
    Expire,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Mail address.
    Email,
    /// Free text.
    Comment,
    /// Keys of second factors in the old form.
    Keys,
}

/// How many properties there are.
pub(super) const PROPERTIES: usize = 7;

impl Property {
    /// All of them, in the order answers keep them in.
    pub const ALL: [Self; PROPERTIES] =
        [Self::Enable, Self::Expire, Self::FirstName, Self::LastName, Self::Email, Self::Comment, Self::Keys];

    /// The name in `sync_attributes`, and of the attribute it is read from when nothing else is said.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Expire => "expire",
            Self::FirstName => "firstname",
            Self::LastName => "lastname",
            Self::Email => "email",
            Self::Comment => "comment",
            Self::Keys => "keys",
        }
    }

    /// The property of this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.name() == name)
    }

    pub(super) const fn place(self) -> usize {
        self as usize
    }

    /// Checks a value the server has. Every text is one of `enable`: all but nothing and `0` mean yes.
    ///
    /// # Errors
    /// Why it is refused, in the words of the original.
    pub fn check(self, value: &str) -> Result<(), String> {
        let at_most = |most| Constraint::Text.check(self.name(), value, Some(most));
        match self {
            Self::Enable => Ok(()),
            Self::Expire => Constraint::Integer { minimum: 0, maximum: None }.check(self.name(), value, None),
            Self::FirstName | Self::LastName => at_most(1024),
            Self::Comment => at_most(2048),
            Self::Email if !is_mail_address(value) => {
                Err("invalid format - value does not look like a valid email address".to_owned())
            }
            Self::Email => at_most(254),
            Self::Keys if !are_keys(value) => Err("value does not match the regex pattern".to_owned()),
            Self::Keys => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places() {
        for (place, property) in Property::ALL.into_iter().enumerate() {
            assert_eq!(property.place(), place);
            assert_eq!(Property::find(property.name()), Some(property));
        }
        assert_eq!(Property::find("username"), None);
    }

    #[test]
    fn values() {
        for (property, good, bad) in [
            (Property::Enable, "FALSE", None),
            (Property::Expire, "1700000000", Some("-1")),
            (Property::Expire, "0", Some("tomorrow")),
            (Property::Expire, "+7", Some("123456789012345678901234567890")),
            (Property::Email, "a@b.de", Some("a b")),
            (Property::Keys, "x!yk", Some("a:b")),
            (Property::FirstName, "Zoë: the 2nd", None),
        ] {
            assert_eq!(property.check(good), Ok(()), "{good}");
            assert!(bad.is_none_or(|bad| property.check(bad).is_err()), "{bad:?}");
        }
        assert!(Property::LastName.check(&"ä".repeat(1024)).is_ok());
        assert!(Property::LastName.check(&"ä".repeat(1025)).is_err());
        assert!(Property::Comment.check(&"x".repeat(2049)).is_err());
    }
}
