//! What a value of a described parameter may be, with the words of the refusal.

use crate::model::property_string::{self, Key};
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What texts a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Constraint {
    /// Any text.
    Text,
    /// `1` or `0`.
    Flag,
    /// A decimal number within bounds.
    Integer {
        /// The smallest number allowed.
        minimum: i64,
        /// The largest number allowed; `None` when only the number's own width limits it.
        maximum: Option<i64>,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A text of a certain build.
    Pattern {
        /// The regular expression, as help texts show it.
        regex: &'static str,
        /// Whether the whole text matches it.
        fits: fn(&str) -> bool,
    },
    /// An IPv4 address, an IPv6 address or a DNS name.
    Address,
    /// The name of an LDAP attribute: letters and digits.
    LdapAttribute,
    /// LDAP attribute names, parted by `,`, `;` or blanks.
    LdapAttributeList,
    /// A property string: `key=value,key=value`.
    Keys(&'static [Key]),
}

impl Constraint {
    /// Checks `text`, the value of the parameter `name`; the first broken rule is reported.
    ///
    /// # Errors
    /// The sentence to print behind `NAME: `. That of a property string may have more lines, which
    /// name the key (`tfa.type: …`).
    pub fn check(self, name: &str, text: &str, max_length: Option<usize>) -> Result<(), String> {
        self.check_build(name, text)?;
        match max_length {
            Some(limit) if text.chars().count() > limit => {
                return Err(format!("value may only be {limit} characters long"));
            }
            _ => {}
        }
        match self {
            Self::Integer { minimum, maximum } => check_bounds(text, minimum, maximum),
            Self::Choice(words) if !words.contains(&text) => {
                let words = words.join(", ");
                Err(format!("value '{text}' does not have a value in the enumeration '{words}'"))
            }
            _ => Ok(()),
        }
    }

    fn check_build(self, name: &str, text: &str) -> Result<(), String> {
        match self {
            Self::Flag if !matches!(text, "0" | "1") => {
                Err(format!("type check ('boolean') failed - got '{text}'"))
            }
            Self::Integer { .. } if !is_integer(text) => {
                Err(format!("type check ('integer') failed - got '{text}'"))
            }
            Self::Pattern { fits, .. } if !fits(text) => {
                Err("value does not match the regex pattern".to_owned())
            }
            Self::Address if !is_address(text) => {
                Err(format!("invalid format - value does not look like a valid address: {text}"))
            }
            Self::LdapAttribute => check_attribute(text),
            Self::LdapAttributeList => list_items(text).try_for_each(check_attribute),
            Self::Keys(keys) => property_string::parse(name, text, keys).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// The value as it is stored: numbers without `+` and leading zeros, other texts as they are.
    pub fn normal(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Integer { .. } => {
                text.parse::<i64>().map_or(Cow::Borrowed(text), |number| Cow::Owned(number.to_string()))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// The type as usage lines show it: `<boolean>`, `<integer> (1 - 65535)`, `<ldap | ldaps>`.
    pub fn type_text(self) -> String {
        match self {
            Self::Text | Self::Address | Self::LdapAttribute | Self::LdapAttributeList => {
                "<string>".to_owned()
            }
            Self::Flag => "<boolean>".to_owned(),
            Self::Integer { minimum, maximum } => {
                let maximum = maximum.map_or_else(|| "N".to_owned(), |number| number.to_string());
                format!("<integer> ({minimum} - {maximum})")
            }
            Self::Choice(words) => {
                let mut words = words.to_vec();
                words.sort_unstable();
                format!("<{}>", words.join(" | "))
            }
            Self::Pattern { regex, .. } => regex.to_owned(),
            Self::Keys(keys) => property_string::type_text(keys),
        }
    }
}

/// The items of a list as command lines hold it: parted by runs of `,`, `;` and white space.
pub fn list_items(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c == ';' || c.is_whitespace()).filter(|item| !item.is_empty())
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn check_bounds(text: &str, minimum: i64, maximum: Option<i64>) -> Result<(), String> {
    let ceiling = maximum.unwrap_or(i64::MAX);
    let number = text.parse::<i64>().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX });
    let overflow = number == i64::MAX && text.parse::<i64>().is_err();
    if number > ceiling || overflow {
        Err(format!("value must have a maximum value of {ceiling}"))
    } else if number < minimum {
        Err(format!("value must have a minimum value of {minimum}"))
    } else {
        Ok(())
    }
}

fn check_attribute(text: &str) -> Result<(), String> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(format!("invalid format - value '{text}' does not look like a simple ldap attribute name"))
}

fn is_address(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok() || is_dns_name(text)
}

fn is_dns_name(text: &str) -> bool {
    text.split('.').all(|label| {
        label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_refusal() {
        const PORT: Constraint = Constraint::Integer { minimum: 1, maximum: Some(65535) };
        for (constraint, text, message) in [
            (PORT, "abc", "type check ('integer') failed - got 'abc'"),
            (PORT, "0", "value must have a minimum value of 1"),
            (PORT, "65536", "value must have a maximum value of 65535"),
            (PORT, "123456789012345678901234567890", "value must have a maximum value of 65535"),
            (PORT, "-123456789012345678901234567890", "value must have a minimum value of 1"),
            (Constraint::Flag, "yes", "type check ('boolean') failed - got 'yes'"),
            (
                Constraint::Choice(&["ldap", "ldaps"]),
                "x",
                "value 'x' does not have a value in the enumeration 'ldap, ldaps'",
            ),
            (
                Constraint::Address,
                "bad host",
                "invalid format - value does not look like a valid address: bad host",
            ),
            (
                Constraint::LdapAttributeList,
                "cn, a-b",
                "invalid format - value 'a-b' does not look like a simple ldap attribute name",
            ),
        ] {
            assert_eq!(constraint.check("name", text, None).unwrap_err(), message);
        }
        assert_eq!(
            Constraint::Text.check("name", "äöü", Some(2)).unwrap_err(),
            "value may only be 2 characters long"
        );
        assert!(Constraint::Text.check("name", "äöü", Some(3)).is_ok());
        let unbounded = Constraint::Integer { minimum: 0, maximum: None };
        assert!(unbounded.check("name", "9223372036854775807", None).is_ok());
        assert!(unbounded.check("name", "9223372036854775808", None).is_err());
    }

    #[test]
    fn addresses() {
        for text in ["10.0.0.5", "::1", "fe80::1", "dc1.example.com", "localhost", "010.1.1.1"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["", "bad host", "-a.example", "a..b", "a_b", "[::1]"] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_stored_plain() {
        let port = Constraint::Integer { minimum: 1, maximum: Some(65535) };
        assert_eq!(port.normal("+0389"), "389");
        assert_eq!(Constraint::Text.normal("+0389"), "+0389");
        assert_eq!(port.type_text(), "<integer> (1 - 65535)");
    }
}
