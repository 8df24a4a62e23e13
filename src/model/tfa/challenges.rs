//! Questions that were put to security keys and are not answered yet.

use crate::model::id::UserId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// How long a question may be answered, in seconds.
pub const ANSWERED_WITHIN: i64 = 120;

/// The most questions of a kind that are open for one user; older ones are forgotten.
const MOST: usize = 16;

/// One question.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenChallenge {
    /// What has to be signed, in unpadded Base64 for addresses (RFC 4648, section 5).
    pub challenge: String,
    /// When it was put, in seconds since 1970.
    pub created: i64,
    /// What whoever judges the answer noted down for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Value>,
}

impl fmt::Debug for OpenChallenge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OpenChallenge").field("created", &self.created).finish_non_exhaustive()
    }
}

/// The questions of one kind that are open, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Challenges(Vec<OpenChallenge>);

impl Challenges {
    /// Adds questions.
    pub fn extend(&mut self, new: Self) {
        self.0.extend(new.0);
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }

    /// Adds one question.
    pub fn add(&mut self, new: OpenChallenge) {
        self.extend(Self(vec![new]));
    }

    /// Takes out a question: it can be answered once. `None` when it was not put, was answered before, or is too
    /// old at the moment `now` (seconds since 1970).
    pub fn take(&mut self, challenge: &str, now: i64) -> Option<OpenChallenge> {
        self.forget_ended(now);
        let place = self.0.iter().position(|one| one.challenge == challenge)?;
        Some(self.0.remove(place))
    }

    /// Whether none is open.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn forget_ended(&mut self, now: i64) {
        self.0.retain(|one| now - one.created < ANSWERED_WITHIN);
    }
}

/// The open questions of one user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenChallenges {
    /// Those for keys of the older protocol.
    #[serde(default, rename = "u2f_auths", skip_serializing_if = "Challenges::is_empty")]
    pub u2f: Challenges,
    /// Those for security keys and passkeys.
    #[serde(default, rename = "webauthn_auths", skip_serializing_if = "Challenges::is_empty")]
    pub webauthn: Challenges,
}

impl OpenChallenges {
    /// Whether none is open.
    pub fn is_empty(&self) -> bool {
        self.u2f.is_empty() && self.webauthn.is_empty()
    }

    /// Adds questions.
    pub fn extend(&mut self, new: Self) {
        self.u2f.extend(new.u2f);
        self.webauthn.extend(new.webauthn);
    }
}

/// The open questions of all users that have any.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChallengesByUser(BTreeMap<String, OpenChallenges>);

impl ChallengesByUser {
    /// The open questions of a user.
    pub fn get(&self, user: &UserId) -> OpenChallenges {
        self.0.get(user.as_str()).cloned().unwrap_or_default()
    }

    /// Sets the open questions of a user; none are not kept.
    pub fn set(&mut self, user: &UserId, open: OpenChallenges) {
        if open.is_empty() {
            self.0.remove(user.as_str());
        } else {
            self.0.insert(user.to_string(), open);
        }
    }

    /// Forgets the questions nobody answered in time before `now`, in seconds since 1970.
    pub fn forget_ended(&mut self, now: i64) {
        for open in self.0.values_mut() {
            open.u2f.forget_ended(now);
            open.webauthn.forget_ended(now);
        }
        self.0.retain(|_, open| !open.is_empty());
    }

    /// Whether no user has any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(challenge: &str, created: i64) -> OpenChallenge {
        OpenChallenge { challenge: challenge.into(), created, state: None }
    }

    #[test]
    fn a_question_is_answered_once_and_in_time() {
        let mut open = Challenges::default();
        open.add(put("a", 1000));
        open.add(put("b", 1001));
        assert_eq!(open.take("c", 1001), None);
        assert_eq!(open.take("a", 1119), Some(put("a", 1000)));
        assert_eq!(open.take("a", 1119), None);
        assert_eq!(open.take("b", 1121), None);
        assert!(open.is_empty());
    }

    #[test]
    fn the_oldest_go_first() {
        let mut open = Challenges::default();
        for number in 0..=MOST {
            open.add(put(&number.to_string(), 1000));
        }
        assert_eq!(open.take("0", 1000), None);
        assert!(open.take("1", 1000).is_some() && open.take(&MOST.to_string(), 1000).is_some());
    }

    #[test]
    fn who_has_none_is_forgotten() {
        let (ann, joe) = (UserId::parse("ann@pve").unwrap(), UserId::parse("joe@pve").unwrap());
        let mut all = ChallengesByUser::default();
        for (user, created) in [(&ann, 1000), (&joe, 1100)] {
            let mut open = OpenChallenges::default();
            open.u2f.add(put("x", created));
            all.set(user, open);
        }
        all.forget_ended(1120);
        assert!(all.get(&ann).is_empty() && !all.get(&joe).is_empty());
        all.set(&joe, OpenChallenges::default());
        assert!(all.is_empty());
    }
}
