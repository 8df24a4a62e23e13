//! The settings of jobs: one table for reading, checking, writing and explaining them.

use crate::error::{Error, Result};
use crate::model::calendar::CalendarEvent;
use crate::model::constraint::Constraint;
use crate::model::id::RealmId;
use crate::model::property_string::Key;
use crate::model::realm::property::SYNC_KEYS;

/// The longest comment in characters.
const LONGEST_COMMENT: usize = 512;

/// One property a job may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// The name in files and, behind `--`, on command lines.
    pub name: &'static str,
    /// Whether no job can do without it.
    pub required: bool,
}

const fn property(name: &'static str, required: bool) -> Property {
    Property { name, required }
}

/// Every property in the order they are written: the comment, the required ones by name, the others
/// by name.
pub const PROPERTIES: &[Property] = &[
    property("comment", false),
    property("realm", true),
    property("schedule", true),
    property("scope", true),
    property("enable-new", false),
    property("enabled", false),
    property("remove-vanished", false),
];

/// The options of a synchronisation a job may have.
const OPTIONS: [&str; 3] = ["scope", "enable-new", "remove-vanished"];

/// A checked value of a property.
#[derive(Clone, Debug)]
pub enum Setting {
    /// The realm to synchronise.
    Realm(RealmId),
    /// When to do it.
    Schedule(CalendarEvent),
    /// An option of the synchronisation.
    Option(&'static Key, String),
    /// Whether to do it at all.
    Enabled(bool),
    /// Free text.
    Comment(String),
}

impl Setting {
    /// Reads the value of the property `name`.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is no such property or the value breaks its rule.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let checked =
            |constraint: Constraint, longest| constraint.check(name, text, longest).map_err(Error::invalid);
        match name {
            "realm" => RealmId::parse(text).map(Self::Realm),
            "schedule" => CalendarEvent::parse(text).map(Self::Schedule),
            "enabled" => {
                checked(Constraint::Flag, None)?;
                Ok(Self::Enabled(text == "1"))
            }
            "comment" => {
                checked(Constraint::Text, Some(LONGEST_COMMENT))?;
                Ok(Self::Comment(text.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned()))
            }
            _ => {
                let key = SYNC_KEYS.iter().find(|key| key.name == name && OPTIONS.contains(&name));
                let key = key.ok_or_else(|| Error::invalid(format!("unexpected property '{name}'")))?;
                checked(key.constraint, None)?;
                Ok(Self::Option(key, text.to_owned()))
            }
        }
    }

    /// The name of the property.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Realm(_) => "realm",
            Self::Schedule(_) => "schedule",
            Self::Option(key, _) => key.name,
            Self::Enabled(_) => "enabled",
            Self::Comment(_) => "comment",
        }
    }
}
