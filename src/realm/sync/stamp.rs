//! Whether the users and groups of a realm are still those they were.

use crate::model::id::RealmId;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

/// A number for the users and groups of `realm` as they stand in the text of `user.cfg`; another one, as
/// good as certainly, when one of them was added, changed or removed. It holds for this version of
/// usher alone and is not to be stored.
///
/// The server is asked without a lock. Whoever changed them since then may have had a later answer.
pub fn stamp(user_cfg: &[u8], realm: &RealmId) -> u64 {
    let (users, groups) = (format!("@{realm}"), format!("-{realm}"));
    let mut hasher = DefaultHasher::new();
    for line in user_cfg.split(|byte| *byte == b'\n') {
        let mut fields = line.splitn(3, |byte| *byte == b':');
        let ending = match fields.next().map(<[u8]>::trim_ascii) {
            Some(b"user") => &users,
            Some(b"group") => &groups,
            _ => continue,
        };
        if fields.next().is_some_and(|id| id.trim_ascii().ends_with(ending.as_bytes())) {
            line.hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts() {
        let of = |text: &str| stamp(text.as_bytes(), &RealmId::parse("corp").unwrap());
        let base = "user:a@corp:1:0::::::\nuser:x@pve:1:0::::::\ngroup:g-corp:a@corp::\n";
        for (from, to, same) in [
            ("x@pve:1", "x@pve:0", true),
            ("group:", "\n\nacl:1:/:a@corp:Administrator:\ngroup:", true),
            ("a@corp:1", "a@corp:0", false),
            (":a@corp::", ":::", false),
            ("user:a@corp:1:0::::::\n", "", false),
            ("group:g-corp:a@corp::\n", "", false),
            ("user:x@pve", " user: x@corp", false),
        ] {
            assert_eq!(of(base) == of(&base.replacen(from, to, 1)), same, "{from} {to}");
        }
        assert_eq!(of(""), of("user:x@corp2:1:0::::::\ngroup:corp:::\n"));
    }
}
