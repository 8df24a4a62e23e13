//! Realms and jobs in documents: settings by name, switches as `true` and `false`, numbers as numbers.

use crate::model::constraint::Constraint;
use crate::model::job;
use crate::model::property_string;
use crate::model::realm::Property;
use crate::model::realm::property::{PROPERTIES, TFA_KEYS};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Which settings there are.
pub trait Vocabulary {
    /// All names, in the order they are written.
    fn names() -> Vec<&'static str>;

    /// Whether the value is a switch, or a number.
    fn shape(name: &str) -> Shape;

    /// Checks a value; the sentence says what is wrong.
    ///
    /// # Errors
    /// That sentence.
    fn check(name: &'static str, value: &str) -> Result<(), String>;
}

/// How a value looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `true` or `false`.
    Switch,
    /// A number.
    Number,
    /// A text.
    Text,
}

/// The properties of realms, and their `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfRealm;

/// The settings of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfJob;

/// The key that tells the kind of a realm.
const TYPE: &str = "type";

impl Vocabulary for OfRealm {
    fn names() -> Vec<&'static str> {
        let known = PROPERTIES.iter().filter(|one| one.stored && !one.secret).map(|one| one.name);
        std::iter::once(TYPE).chain(known).collect()
    }

    fn shape(name: &str) -> Shape {
        match Property::find(name).map(|property| property.constraint) {
            Some(Constraint::Flag) => Shape::Switch,
            Some(Constraint::Integer { .. }) => Shape::Number,
            _ => Shape::Text,
        }
    }

    fn check(name: &'static str, value: &str) -> Result<(), String> {
        if name == TYPE {
            return crate::model::realm::RealmKind::parse(value).map(drop).map_err(|error| error.to_string());
        }
        let Some(property) = Property::find(name) else { return Ok(()) };
        property.check(value).map_err(|message| format!("{name}: {message}"))?;
        let given = if name == "tfa" { property_string::parse(name, value, TFA_KEYS).ok() } else { None };
        match given.is_some_and(|keys| keys.get("key").is_some()) {
            true => Err("tfa: the key is a secret, and a document holds none: leave out 'key='".into()),
            false => Ok(()),
        }
    }
}

impl Vocabulary for OfJob {
    fn names() -> Vec<&'static str> {
        job::PROPERTIES.iter().map(|property| property.name).collect()
    }

    fn shape(name: &str) -> Shape {
        if matches!(name, "enable-new" | "enabled") { Shape::Switch } else { Shape::Text }
    }

    fn check(name: &'static str, value: &str) -> Result<(), String> {
        job::Setting::parse(name, value).map(drop).map_err(|error| format!("{name}: {error}"))
    }
}

/// Values by name, as the files hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings<V> {
    values: BTreeMap<&'static str, String>,
    vocabulary: PhantomData<V>,
}

/// What is said of a realm.
pub type RealmSettings = Settings<OfRealm>;
/// What is said of a job.
pub type JobSettings = Settings<OfJob>;

impl<V: Vocabulary> Settings<V> {
    /// These values; names nobody knows are left out.
    pub fn of<'v>(values: impl Iterator<Item = (&'v str, String)>) -> Self {
        let names = V::names();
        let known = |(name, value)| Some((names.iter().copied().find(|one| *one == name)?, value));
        Self { values: values.filter_map(known).collect(), vocabulary: PhantomData }
    }

    /// The value of a setting.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Every value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl Settings<OfRealm> {
    /// The kind of the realm, when it is told.
    pub fn kind(&self) -> Option<&str> {
        self.get(TYPE)
    }

    /// Every value but the kind.
    pub fn properties(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.iter().filter(|(name, _)| *name != TYPE)
    }
}

impl<V: Vocabulary> Serialize for Settings<V> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut map = output.serialize_map(Some(self.values.len()))?;
        for name in V::names() {
            let Some(value) = self.get(name) else { continue };
            match (V::shape(name), value.parse::<u64>()) {
                (Shape::Switch, Ok(number @ (0 | 1))) => map.serialize_entry(name, &(number == 1))?,
                (Shape::Number, Ok(number)) if number.to_string() == value => {
                    map.serialize_entry(name, &number)?;
                }
                _ => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

/// The name of a setting.
struct Name<V>(&'static str, PhantomData<V>);

impl<'de, V: Vocabulary> Deserialize<'de> for Name<V> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(input)?;
        let names = V::names();
        if let Some(name) = names.iter().copied().find(|name| *name == text) {
            return Ok(Self(name, PhantomData));
        }
        if Property::find(&text).is_some_and(|property| property.secret || !property.stored) {
            let message =
                format!("'{text}' is a secret, and a document holds none: set it with 'realm modify'");
            return Err(D::Error::custom(message));
        }
        let known = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        Err(D::Error::custom(format!("unknown field `{text}`, expected one of {known}")))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Switch(bool),
    Number(i64),
    Text(String),
}

impl<'de, V: Vocabulary> Deserialize<'de> for Settings<V> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Table<V>(PhantomData<V>);

        impl<'de, V: Vocabulary> Visitor<'de> for Table<V> {
            type Value = Settings<V>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a table of settings")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut input: M) -> Result<Self::Value, M::Error> {
                let mut values = BTreeMap::new();
                while let Some(Name(name, _)) = input.next_key::<Name<V>>()? {
                    let value = match input.next_value()? {
                        Scalar::Switch(on) => u8::from(on).to_string(),
                        Scalar::Number(number) => number.to_string(),
                        Scalar::Text(text) => text,
                    };
                    V::check(name, &value).map_err(M::Error::custom)?;
                    if values.insert(name, value).is_some() {
                        return Err(M::Error::custom(format!("'{name}' comes twice")));
                    }
                }
                Ok(Settings { values, vocabulary: PhantomData })
            }
        }

        input.deserialize_map(Table(PhantomData))
    }
}
