//! Names in documents: checked as they are read, so that a bad one is told with its place.

use crate::model::acl::Subject;
use crate::model::id::{GroupId, JobId, PoolId, RealmId, RoleId, StorageId, TokenName, UserId, VmId};
use crate::model::path::AclPath;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

macro_rules! word {
    ($($name:ty),+) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(input)?;
                Self::parse(&text).map_err(D::Error::custom)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_str(self.as_str())
            }
        }
    )+};
}

word!(AclPath, GroupId, JobId, PoolId, RealmId, RoleId, StorageId, TokenName, UserId);

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        Self::parse(&text).ok_or_else(|| {
            let forms = "a group is written '@devs', a user 'joe@pve', a token 'joe@pve!ci'";
            D::Error::custom(format!("'{text}' is nobody who can hold a role: {forms}"))
        })
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VmId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(input)?;
        Self::lenient(&number.to_string())
            .ok_or_else(|| D::Error::custom(format!("'{number}' is no number of a guest")))
    }
}

impl Serialize for VmId {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_u64(self.number())
    }
}

/// Reads things by their names, and refuses a name that comes twice.
pub(super) fn named<'de, D, K, V>(input: D) -> Result<Option<BTreeMap<K, V>>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    once_each(input).map(Some)
}

/// The same, for what has to be there.
pub(super) fn once_each<'de, D, K, V>(input: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Named<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + Ord + fmt::Display, V: Deserialize<'de>> Visitor<'de> for Named<K, V> {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a table of things by their names")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut input: M) -> Result<Self::Value, M::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = input.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(M::Error::custom(format!("'{key}' comes twice")));
                }
                let value = input.next_value()?;
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    input.deserialize_map(Named(PhantomData))
}
