//! Second factors of users: what is registered and what is locked.

pub mod challenges;
pub mod failures;
pub mod recovery;
pub mod security_keys;

pub use challenges::{Challenges, ChallengesByUser, OpenChallenge, OpenChallenges};
pub use failures::{Failures, FailuresByUser};
pub use recovery::RecoveryKeys;
pub use security_keys::{KeySettings, RelyingParty, U2fApplication};

use crate::error::{Error, Result};
use crate::model::id::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// The sorts of second factors, in the order people see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactorKind {
    /// Single-use keys on paper.
    Recovery,
    /// Time-based codes.
    Totp,
    /// Security keys and passkeys.
    Webauthn,
    /// Security keys of the older protocol.
    U2f,
    /// Yubico one-time passwords.
    Yubico,
}

impl FactorKind {
    /// The kind called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Recovery, Self::Totp, Self::Webauthn, Self::U2f, Self::Yubico];
        all.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The name as files and commands hold it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recovery => "recovery",
            Self::Totp => "totp",
            Self::Webauthn => "webauthn",
            Self::U2f => "u2f",
            Self::Yubico => "yubico",
        }
    }
}

impl fmt::Display for FactorKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// One registered factor. Keys nobody knows are kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// The name within the user, unique but for factors of old files.
    pub id: String,
    /// What the user calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// When it was registered, in seconds since 1970.
    #[serde(default)]
    pub created: i64,
    /// Whether it may be used.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enable: bool,
    /// The secret part; what it looks like depends on the kind.
    pub entry: Value,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Factor {
    /// A factor that may be used, registered at `created` (seconds since 1970).
    pub fn new(
        id: impl Into<String>,
        description: impl Into<String>,
        created: i64,
        entry: impl Into<Value>,
    ) -> Self {
        Self {
            id: id.into(),
            description: description.into(),
            created,
            enable: true,
            entry: entry.into(),
            other: Map::new(),
        }
    }
}

impl fmt::Debug for Factor {
    /// Everything but the secret part.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Factor")
            .field("id", &self.id)
            .field("description", &self.description)
            .field("created", &self.created)
            .field("enable", &self.enable)
            .finish_non_exhaustive()
    }
}

/// The second factors of one user. Keys nobody knows are kept.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct UserFactors {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    totp: Vec<Factor>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    u2f: Vec<Factor>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    webauthn: Vec<Factor>,
    /// The recovery keys, which exist once or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<RecoveryKeys>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    yubico: Vec<Factor>,
    /// Whether TOTP codes are refused after too many wrong ones.
    #[serde(default, skip_serializing_if = "is_no")]
    pub totp_locked: bool,
    /// Until when, in seconds since 1970, every second factor is refused.
    #[serde(rename = "tfa-locked-until", default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<i64>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// What recovery keys are called in the place of an id.
pub const RECOVERY: &str = "recovery";

/// The user has no factor of the id asked for.
pub fn no_such_entry() -> Error {
    Error::refused("no such entry")
}

/// A factor as lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorInfo<'factors> {
    /// The sort.
    pub kind: FactorKind,
    /// The name; recovery keys are called `recovery`.
    pub id: &'factors str,
    /// What the user calls it, or nothing.
    pub description: &'factors str,
    /// When it was registered, in seconds since 1970.
    pub created: i64,
    /// Whether it may be used.
    pub enable: bool,
}

impl UserFactors {
    /// Everything that is registered, in the order lists show it.
    pub fn list(&self) -> impl Iterator<Item = FactorInfo<'_>> {
        let recovery = self.recovery.iter().map(|keys| FactorInfo {
            kind: FactorKind::Recovery,
            id: RECOVERY,
            description: "",
            created: keys.created,
            enable: true,
        });
        let kinds = [
            (FactorKind::Totp, &self.totp),
            (FactorKind::Webauthn, &self.webauthn),
            (FactorKind::U2f, &self.u2f),
            (FactorKind::Yubico, &self.yubico),
        ];
        recovery.chain(kinds.into_iter().flat_map(|(kind, factors)| {
            factors.iter().map(move |one| FactorInfo {
                kind,
                id: &one.id,
                description: &one.description,
                created: one.created,
                enable: one.enable,
            })
        }))
    }

    /// Whether nothing is registered.
    pub fn is_empty(&self) -> bool {
        self.list().next().is_none()
    }

    /// The registered factors of a kind; recovery keys are none of them.
    pub fn of_kind(&self, kind: FactorKind) -> &[Factor] {
        match kind {
            FactorKind::Recovery => &[],
            FactorKind::Totp => &self.totp,
            FactorKind::Webauthn => &self.webauthn,
            FactorKind::U2f => &self.u2f,
            FactorKind::Yubico => &self.yubico,
        }
    }

    /// The same, to change them.
    pub fn of_kind_mut(&mut self, kind: FactorKind) -> &mut [Factor] {
        match kind {
            FactorKind::Recovery => &mut [],
            FactorKind::Totp => &mut self.totp,
            FactorKind::Webauthn => &mut self.webauthn,
            FactorKind::U2f => &mut self.u2f,
            FactorKind::Yubico => &mut self.yubico,
        }
    }

    /// Registers a factor.
    ///
    /// # Errors
    /// [`Error::Refused`] when the user has one of this id, and for recovery keys, which are no list.
    pub fn add(&mut self, kind: FactorKind, factor: Factor) -> Result<()> {
        if self.list().any(|one| one.id == factor.id) {
            return Err(Error::refused(format!("second factor '{}' already exists", factor.id)));
        }
        if kind == FactorKind::Recovery {
            return Err(Error::refused("recovery keys cannot be added one by one"));
        }
        self.take_over(kind, factor);
        Ok(())
    }

    /// Registers a factor as it was found in an old file, where ids come more than once. Recovery keys are
    /// none of them.
    pub fn take_over(&mut self, kind: FactorKind, factor: Factor) {
        match kind {
            FactorKind::Recovery => {}
            FactorKind::Totp => self.totp.push(factor),
            FactorKind::Webauthn => self.webauthn.push(factor),
            FactorKind::U2f => self.u2f.push(factor),
            FactorKind::Yubico => self.yubico.push(factor),
        }
    }

    /// Registers a set of recovery keys.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is one, used up or not.
    pub fn add_recovery(&mut self, keys: RecoveryKeys) -> Result<()> {
        if self.recovery.is_some() {
            return Err(Error::refused("user already has recovery keys")
                .with_hint("'tfa delete USER --id recovery' removes them"));
        }
        self.recovery = Some(keys);
        Ok(())
    }

    /// The factor called `id`, to change it; recovery keys cannot be changed.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is none.
    pub fn find_mut(&mut self, id: &str) -> Result<&mut Factor> {
        let kinds = [&mut self.totp, &mut self.webauthn, &mut self.u2f, &mut self.yubico];
        let mut all = kinds.into_iter().flatten();
        all.find(|one| one.id == id).ok_or_else(no_such_entry)
    }

    fn remove(&mut self, id: &str) -> bool {
        if id == RECOVERY && self.recovery.is_some() {
            self.recovery = None;
            return true;
        }
        for factors in [&mut self.totp, &mut self.webauthn, &mut self.u2f, &mut self.yubico] {
            if let Some(place) = factors.iter().position(|one| one.id == id) {
                factors.remove(place);
                return true;
            }
        }
        false
    }
}

impl fmt::Debug for UserFactors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("UserFactors")
            .field("list", &self.list().collect::<Vec<_>>())
            .field("totp_locked", &self.totp_locked)
            .field("locked_until", &self.locked_until)
            .finish_non_exhaustive()
    }
}

/// The second factors of all users. Keys nobody knows are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Factors {
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "in_order")]
    users: Vec<(String, UserFactors)>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Factors {
    /// Every name of a user in the order of the file, valid or not, with what is registered.
    pub fn users(&self) -> impl Iterator<Item = (&str, &UserFactors)> {
        self.users.iter().map(|(name, factors)| (name.as_str(), factors))
    }

    /// What is registered for a user.
    pub fn get(&self, user: &UserId) -> Option<&UserFactors> {
        self.users().find(|(name, _)| *name == user.as_str()).map(|(_, factors)| factors)
    }

    /// What is registered for a user, to change it.
    pub fn get_mut(&mut self, user: &UserId) -> Option<&mut UserFactors> {
        let found = self.users.iter_mut().find(|(name, _)| name == user.as_str());
        found.map(|(_, factors)| factors)
    }

    /// Lets `edit` register something for a user, who may have had nothing before.
    ///
    /// # Errors
    /// Those of `edit`; then the user is as before.
    pub fn register<T>(
        &mut self,
        user: &UserId,
        edit: impl FnOnce(&mut UserFactors) -> Result<T>,
    ) -> Result<T> {
        if let Some(factors) = self.get_mut(user) {
            return edit(factors);
        }
        let mut factors = UserFactors::default();
        let value = edit(&mut factors)?;
        self.users.push((user.to_string(), factors));
        Ok(value)
    }

    /// Gives everything of a user to another one, who has nothing; tells whether there was anything.
    pub fn rename_user(&mut self, old: &UserId, new: &UserId) -> bool {
        let found = self.users.iter_mut().find(|(name, _)| name == old.as_str());
        found.map(|(name, _)| *name = new.to_string()).is_some()
    }

    /// Removes everything of a user; tells whether there was anything.
    pub fn remove_user(&mut self, user: &UserId) -> bool {
        self.remove_users(|name| name == user.as_str())
    }

    /// Removes everything of all users whose name `goes`; tells whether there was anything.
    pub fn remove_users(&mut self, goes: impl Fn(&str) -> bool) -> bool {
        let before = self.users.len();
        self.users.retain(|(name, _)| !goes(name));
        self.users.len() != before
    }

    /// Removes one factor of a user, and the user with the last one; tells whether there was one.
    pub fn remove_factor(&mut self, user: &UserId, id: &str) -> bool {
        let Some(factors) = self.get_mut(user) else {
            return false;
        };
        let removed = factors.remove(id);
        if removed && factors.is_empty() {
            self.remove_user(user);
        }
        removed
    }

    /// Lifts the locks of a user; tells whether there were any, `None` when nothing is known of the
    /// user.
    pub fn unlock(&mut self, user: &UserId) -> Option<bool> {
        let factors = self.get_mut(user)?;
        let locked = factors.totp_locked || factors.locked_until.is_some();
        factors.totp_locked = false;
        factors.locked_until = None;
        Some(locked)
    }

    /// Forgets locks that ended before `now`, in seconds since 1970.
    pub fn forget_ended_locks(&mut self, now: i64) {
        for (_, factors) in &mut self.users {
            factors.locked_until = factors.locked_until.filter(|end| *end >= now);
        }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_yes(flag: &bool) -> bool {
    *flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}

/// A JSON object as a list of pairs, so that the order of the file stays.
mod in_order {
    use super::UserFactors;
    use serde::de::{MapAccess, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;

    type Users = Vec<(String, UserFactors)>;

    pub(super) fn serialize<S: Serializer>(
        users: &[(String, UserFactors)],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_map(users.iter().map(|(name, factors)| (name, factors)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Users, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Users;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object with one entry per user")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut input: M) -> Result<Users, M::Error> {
                let mut users = Users::new();
                while let Some((name, factors)) = input.next_entry::<String, UserFactors>()? {
                    users.retain(|(known, _)| *known != name);
                    users.push((name, factors));
                }
                Ok(users)
            }
        }

        input.deserialize_map(Pairs)
    }
}
