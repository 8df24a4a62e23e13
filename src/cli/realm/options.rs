//! The properties of realms as options of commands: one table serves both.

use crate::cli::parameter::{Kind, Parameter};
use crate::model::constraint::Constraint;
use crate::model::realm::Property;
use crate::model::realm::property::PROPERTIES;

/// How many options there are besides the properties, at most.
const EXTRA: usize = 4;

/// A list of options put together when the program is built.
pub struct Options {
    options: [Parameter; PROPERTIES.len() + EXTRA],
    length: usize,
}

const fn option(property: &Property) -> Parameter {
    let kind = match property.constraint {
        Constraint::Flag => Kind::Boolean,
        _ if property.secret && !property.stored => Kind::Password,
        Constraint::LdapAttributeList => Kind::List,
        _ => Kind::Text(None),
    };
    let option = Parameter::of(property.name, kind, property.about);
    match property.default {
        Some(default) => option.default(default),
        None => option,
    }
}

impl Options {
    /// The parameters `first`, and every property, but with `changing` those that are fixed once
    /// the realm is there.
    #[allow(
        clippy::indexing_slicing,
        reason = "evaluated when the program is built: a slip does not compile"
    )]
    pub const fn after(first: &[Parameter], changing: bool) -> Self {
        let mut options = [first[0]; PROPERTIES.len() + EXTRA];
        let mut length = 0;
        while length < first.len() {
            options[length] = first[length];
            length += 1;
        }
        let mut next = 0;
        while next < PROPERTIES.len() {
            if !(changing && PROPERTIES[next].fixed) {
                options[length] = option(&PROPERTIES[next]);
                length += 1;
            }
            next += 1;
        }
        Self { options, length }
    }

    /// The options.
    #[allow(clippy::expect_used, clippy::panic, reason = "evaluated when the program is built")]
    pub const fn slice(&self) -> &[Parameter] {
        self.options.split_at(self.length).0
    }
}

/// Whether an option sets a property.
pub fn is_property(name: &str) -> bool {
    Property::find(name).is_some()
}
