//! Whether the users and groups of a realm are still those they were.

use crate::model::id::RealmId;

/// Whether the users and groups of `realm` stand in the text `now` of `user.cfg` as they stood in `before`.
///
/// The server is asked without a lock. Whoever changed them since then may have had a later answer.
pub fn is_as_before(before: &[u8], now: &[u8], realm: &RealmId) -> bool {
    let (users, groups) = (format!("@{realm}"), format!("-{realm}"));
    before == now || lines(before, &users, &groups).eq(lines(now, &users, &groups))
}

/// The lines of users and groups whose names end so.
fn lines<'t>(text: &'t [u8], users: &'t str, groups: &'t str) -> impl Iterator<Item = &'t [u8]> {
    text.split(|byte| *byte == b'\n').filter(move |line| {
        let mut fields = line.splitn(3, |byte| *byte == b':');
        let ending = match fields.next().map(<[u8]>::trim_ascii) {
            Some(b"user") => users,
            Some(b"group") => groups,
            _ => return false,
        };
        fields.next().is_some_and(|id| id.trim_ascii().ends_with(ending.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts() {
        let realm = RealmId::parse("corp").unwrap();
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
            let now = base.replacen(from, to, 1);
            assert_eq!(is_as_before(base.as_bytes(), now.as_bytes(), &realm), same, "{from} {to}");
        }
        assert!(is_as_before(b"", b"user:x@corp2:1:0::::::\ngroup:corp:::\n", &realm));
    }
}
