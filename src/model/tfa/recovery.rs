//! Recovery keys: ten single-use keys on paper.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// A user's recovery keys as they are stored. Keys nobody knows are kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoveryKeys {
    /// What the keys are hashed with.
    pub secret: String,
    /// The hash of each key; `None` once it was used.
    pub entries: Vec<Option<String>>,
    /// When the keys were made, in seconds since 1970.
    #[serde(default)]
    pub created: i64,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl RecoveryKeys {
    /// A fresh set.
    pub fn new(secret: String, hashes: Vec<String>, created: i64) -> Self {
        Self { secret, entries: hashes.into_iter().map(Some).collect(), created, other: Map::new() }
    }

    /// Which keys were not used yet, counted from 0.
    pub fn available(&self) -> Vec<usize> {
        let all = self.entries.iter().enumerate();
        all.filter(|(_, hash)| hash.is_some()).map(|(place, _)| place).collect()
    }
}

impl fmt::Debug for RecoveryKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RecoveryKeys")
            .field("available", &self.available())
            .field("created", &self.created)
            .finish_non_exhaustive()
    }
}
