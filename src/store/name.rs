//! Which names a store accepts, and which ones are its own.

use super::Change;
use crate::error::{Error, Result};
use std::collections::BTreeSet;

/// What every file that a store keeps for itself starts with; such names are never listed or read.
pub(super) const OWN: &str = ".usher.";

/// The folder whose content is for the superuser alone.
pub(super) const PRIVATE: &str = "priv";

/// Refuses everything but a plain relative name inside the config directory.
pub(super) fn check(name: &str) -> Result<()> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.starts_with(OWN);
    if name.split('/').all(plain) && !name.contains(char::is_control) {
        return Ok(());
    }
    Err(Error::Invalid {
        message: format!("'{}' cannot be the name of a configuration file", name.escape_debug()),
        hint: Some("give a path inside the config directory, such as 'priv/token.cfg'".into()),
    })
}

/// Checks the names of a commit, none of which may come twice.
pub(super) fn check_changes(changes: &[Change]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (name, _) in changes {
        check(name)?;
        if !seen.insert(name) {
            return Err(Error::refused(format!("a change names the file '{name}' twice")));
        }
    }
    Ok(())
}

/// A name as the folder it is in (empty: the config directory itself) and its last part.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}

/// Whether the file or folder is `priv/` or below it.
pub(super) fn is_private(name: &str) -> bool {
    name.split('/').next() == Some(PRIVATE)
}

/// Whether a listing hides the name: ours, or a deleted file that a FUSE file system keeps for its readers.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with(OWN) || name.starts_with(FUSE_HIDDEN)
}

/// How FUSE names a file that was replaced while somebody still reads it.
pub(super) const FUSE_HIDDEN: &str = ".fuse_hidden";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_names() {
        for good in ["user.cfg", "priv/token.cfg", "nodes/a b/lxc/100.conf", ".hidden", "priv/ldap/x.pw"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".usher.lock",
            "priv/.usher.new.1",
            "a\nb",
            "a\0",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn parts() {
        assert_eq!(split("user.cfg"), ("", "user.cfg"));
        assert_eq!(split("priv/ldap/x.pw"), ("priv/ldap", "x.pw"));
        assert!(is_private("priv") && is_private("priv/token.cfg") && !is_private("private/x"));
    }
}
