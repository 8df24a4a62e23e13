//! How often second factors were wrong, in a row.

use crate::model::id::UserId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often in a row one user's second factors were wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failures {
    /// Wrong or reused TOTP codes since the last right one.
    #[serde(default, rename = "totp_failures", skip_serializing_if = "is_zero")]
    pub totp: u32,
    /// Wrong answers of any kind since the last right one.
    #[serde(default, rename = "tfa_failures", skip_serializing_if = "is_zero")]
    pub all: u32,
}

/// The failures of all users that have any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FailuresByUser(BTreeMap<String, Failures>);

impl FailuresByUser {
    /// The failures of a user.
    pub fn get(&self, user: &UserId) -> Failures {
        self.0.get(user.as_str()).copied().unwrap_or_default()
    }

    /// Sets the failures of a user; none are not kept.
    pub fn set(&mut self, user: &UserId, failures: Failures) {
        if failures == Failures::default() {
            self.0.remove(user.as_str());
        } else {
            self.0.insert(user.to_string(), failures);
        }
    }

    /// Whether no user has any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}
