//! Who holds which roles at a path: `"@devs" = ["Operator", { role = "Viewer", propagate = false }]`.

use super::words;
use crate::model::acl::Subject;
use crate::model::id::RoleId;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Who holds which roles at one path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Holders(pub BTreeMap<Subject, Roles>);

impl<'de> Deserialize<'de> for Holders {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        words::once_each(input).map(Self)
    }
}

/// The roles somebody holds at one path, and whether each reaches deeper paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(pub BTreeMap<RoleId, bool>);

/// A role and its reach: a word where it propagates, else a table.
struct Held(RoleId, bool);

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        if self.1 {
            return self.0.serialize(output);
        }
        let mut map = output.serialize_map(Some(2))?;
        map.serialize_entry("role", &self.0)?;
        map.serialize_entry("propagate", &self.1)?;
        map.end()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    role: RoleId,
    propagate: Option<bool>,
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Held;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a role, or { role = \"NAME\", propagate = false }")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Held, E> {
                RoleId::parse(text).map(|role| Held(role, true)).map_err(E::custom)
            }

            fn visit_map<M: MapAccess<'de>>(self, input: M) -> Result<Held, M::Error> {
                let table = Table::deserialize(serde::de::value::MapAccessDeserializer::new(input))?;
                Ok(Held(table.role, table.propagate.unwrap_or(true)))
            }
        }

        input.deserialize_any(Either)
    }
}

impl Serialize for Roles {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut list = output.serialize_seq(Some(self.0.len()))?;
        for (role, propagate) in &self.0 {
            list.serialize_element(&Held(role.clone(), *propagate))?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Roles {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Roles;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list of roles")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Roles, A::Error> {
                let mut roles = BTreeMap::new();
                while let Some(Held(role, propagate)) = input.next_element()? {
                    let told = format!("role '{role}' comes twice");
                    if roles.insert(role, propagate).is_some() {
                        return Err(A::Error::custom(told));
                    }
                }
                Ok(Roles(roles))
            }
        }

        input.deserialize_seq(List)
    }
}
