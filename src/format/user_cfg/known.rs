//! Which users and groups have been named, to warn of references into nothing.

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hasher};

/// Names, each kept as 32 bits of hash alone: what is asked is only whether to warn, and small tables
/// stay in the processor's cache. The seed differs from run to run.
#[derive(Default)]
pub struct Known {
    hasher: RandomState,
    marks: HashTable<u32>,
}

/// The hash of a mark: spread, because tables use both ends of it.
fn spread(mark: &u32) -> u64 {
    u64::from(*mark).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Known {
    #[inline]
    fn mark(&self, name: &str) -> u32 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(name.as_bytes());
        (hasher.finish() >> 32) as u32
    }

    /// Notes a name.
    #[inline]
    pub fn insert(&mut self, name: &str) {
        let mark = self.mark(name);
        self.marks.insert_unique(spread(&mark), mark, spread);
    }

    /// Whether the name has been noted.
    #[inline]
    pub fn contains(&self, name: &str) -> bool {
        let mark = self.mark(name);
        self.marks.find(spread(&mark), |known| *known == mark).is_some()
    }
}
