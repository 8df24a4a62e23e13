//! The words of a text, for those who look for many of them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// So often a search through the text is cheaper than taking it apart.
const PATIENCE: u32 = 8;

/// The words of one text, found out when they are asked for often. A clone begins anew.
#[derive(Debug, Default)]
pub(super) struct Words {
    asked: AtomicU32,
    known: OnceLock<HashSet<u64>>,
}

impl Clone for Words {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What parts the fields of a line and the items of a list.
fn parts(byte: u8) -> bool {
    matches!(byte, b':' | b',' | b';' | b'\n' | b' ')
}

fn digest(word: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

impl Words {
    /// Whether it is certain that no name in `text` is `word`, nor a token of the user `word`, nor stands behind an `@`
    /// as its group does.
    pub(super) fn lack(&self, text: &[u8], word: &str) -> bool {
        if word.bytes().any(parts) || self.asked.fetch_add(1, Ordering::Relaxed) < PATIENCE {
            return false;
        }
        !self.known.get_or_init(|| take_apart(text)).contains(&digest(word.as_bytes()))
    }
}

fn take_apart(text: &[u8]) -> HashSet<u64> {
    let mut known = HashSet::new();
    for word in text.split(|byte| parts(*byte)).filter(|word| !word.is_empty()) {
        known.insert(digest(word));
        if let Some(group) = word.strip_prefix(b"@") {
            known.insert(digest(group));
        }
        if let Some(bang) = memchr::memrchr(b'!', word) {
            known.insert(digest(word.get(..bang).unwrap_or_default()));
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain_is_lacking() {
        let text = b"acl:1:/vms:@devs,a!b@pve!ci,joe@pve:watch,PVEAuditor:\ngroup:x:zed@pve::\n";
        let words = Words::default();
        assert!((0..PATIENCE).all(|_| !words.lack(text, "nobody@pve")));
        for there in ["devs", "@devs", "a!b@pve", "a!b@pve!ci", "joe@pve", "watch", "zed@pve", "x", "a,b"] {
            assert!(!words.lack(text, there), "{there}");
        }
        for lacking in ["nobody@pve", "dev", "oe@pve", "ci", "@joe@pve"] {
            assert!(words.lack(text, lacking), "{lacking}");
        }
    }
}
