//! The settings of jobs: one table for reading, checking, writing and explaining them.

use crate::error::{Error, Result};
use crate::model::calendar::CalendarEvent;
use crate::model::constraint::Constraint;
use crate::model::id::RealmId;
use crate::model::sync::{Scope, Vanished};

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

/// A checked value of a property.
#[derive(Clone, Debug)]
pub enum Setting {
    /// The realm to synchronise.
    Realm(RealmId),
    /// When to do it.
    Schedule(CalendarEvent),
    /// What to synchronise.
    Scope(Scope),
    /// What to remove when something is gone from the server.
    RemoveVanished(Vanished),
    /// Whether new users may sign in.
    EnableNew(bool),
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
        let flag = || match text {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(Error::invalid(format!("type check ('boolean') failed - got '{text}'"))),
        };
        match name {
            "realm" => RealmId::parse(text).map(Self::Realm),
            "schedule" => CalendarEvent::parse(text).map(Self::Schedule),
            "scope" => Scope::parse(text).map(Self::Scope),
            "remove-vanished" => Vanished::parse(text).map(Self::RemoveVanished),
            "enable-new" => flag().map(Self::EnableNew),
            "enabled" => flag().map(Self::Enabled),
            "comment" => {
                Constraint::Text.check(name, text, Some(LONGEST_COMMENT)).map_err(Error::invalid)?;
                Ok(Self::Comment(text.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned()))
            }
            _ => Err(Error::invalid(format!("unexpected property '{name}'"))),
        }
    }

    /// The name of the property.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Realm(_) => "realm",
            Self::Schedule(_) => "schedule",
            Self::Scope(_) => "scope",
            Self::RemoveVanished(_) => "remove-vanished",
            Self::EnableNew(_) => "enable-new",
            Self::Enabled(_) => "enabled",
            Self::Comment(_) => "comment",
        }
    }
}
