//! Places permissions are set at: `/`, `/vms/100`, `/access/groups/admins`.

use super::byte::NAME;
use crate::error::{Error, Result};
use std::cmp::Ordering;
use std::fmt;

/// A normalised ACL path. The order is that of the tree: a node before its children, children by
/// their names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AclPath(Box<str>);

impl AclPath {
    /// The top of the tree.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// Normalises a path: runs of `/` become one, one trailing `/` goes, a leading one is added.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is empty, `0`, or holds anything but letters, digits and `.-_/`.
    pub fn parse(text: &str) -> Result<Self> {
        let normal =
            text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/'));
        if text.is_empty() || text == "0" || !normal {
            return Err(Error::invalid(format!("invalid ACL path '{text}'")));
        }
        let mut path = String::with_capacity(text.len() + 1);
        for part in text.split('/').filter(|part| !part.is_empty()) {
            path.push('/');
            path.push_str(part);
        }
        if path.is_empty() {
            path.push('/');
        }
        Ok(Self(path.into()))
    }

    /// Where entries at this path are kept: a part `0` is skipped, because the original's tree skips
    /// it (see `docs/user-cfg.md`).
    #[must_use]
    pub fn node(&self) -> Self {
        if !self.0.split('/').any(|part| part == "0") {
            return self.clone();
        }
        let parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty() && *part != "0").collect();
        Self(format!("/{}", parts.join("/")).into())
    }

    /// Whether `text` is the path of a node in normal form already.
    pub fn is_normal(text: &str) -> bool {
        Self::normal_prefix(text.as_bytes()) == Some(text.len())
    }

    /// The length of the path of a node in normal form `text` begins with, up to the first byte that is in no path; `None`
    /// when what stands before that is none.
    pub fn normal_prefix(text: &[u8]) -> Option<usize> {
        let [b'/', parts @ ..] = text else { return None };
        let (mut length, mut part, mut last) = (1, 0, b'/');
        for byte in parts {
            if *byte == b'/' {
                if part == 0 || (part == 1 && last == b'0') {
                    return None;
                }
                part = 0;
            } else if NAME.holds(*byte) {
                part += 1;
            } else {
                break;
            }
            last = *byte;
            length += 1;
        }
        (length == 1 || (part > 0 && !(part == 1 && last == b'0'))).then_some(length)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The paths above this one, the nearest first.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> {
        upwards(&self.0).skip(1).map(|path| Self(path.into()))
    }

    /// Whether `self` lies below `other` or is it.
    pub fn is_within(&self, other: &Self) -> bool {
        is_within(&self.0, &other.0)
    }
}

/// Whether `path` lies below `other` or is it; both in normal form.
pub fn is_within(path: &str, other: &str) -> bool {
    path == other || is_below(path, other)
}

/// Whether `path` lies below `other` and is not it; both in normal form.
pub fn is_below(path: &str, other: &str) -> bool {
    let rest = path.strip_prefix(if other == "/" { "" } else { other });
    rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
}

/// A path in normal form and those above it, up to `/`.
pub fn upwards(path: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(path);
    std::iter::from_fn(move || {
        let path = next?;
        next = match path.rfind('/') {
            Some(0) if path.len() > 1 => Some("/"),
            Some(end) if end > 0 => path.get(..end),
            _ => None,
        };
        Some(path)
    })
}

/// Compares two paths in tree order: like bytes, but a `/` sorts before everything else.
pub fn tree_order(left: &str, right: &str) -> Ordering {
    let rank = |byte: u8| if byte == b'/' { 0 } else { byte };
    let differ = left.bytes().zip(right.bytes()).find(|(a, b)| a != b);
    match differ {
        Some((a, b)) => rank(a).cmp(&rank(b)),
        None => left.len().cmp(&right.len()),
    }
}

impl Ord for AclPath {
    fn cmp(&self, other: &Self) -> Ordering {
        tree_order(&self.0, &other.0)
    }
}

impl PartialOrd for AclPath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AsRef<str> for AclPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AclPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_form() {
        for (text, path) in [
            ("/", "/"),
            ("///", "/"),
            ("vms", "/vms"),
            ("//vms//101/", "/vms/101"),
            ("/nodes/0", "/nodes/0"),
            ("/a.b-c_d", "/a.b-c_d"),
        ] {
            assert_eq!(AclPath::parse(text).unwrap().as_str(), path);
        }
        for text in ["", "0", "/v ms", "/vms/100\n", "/storage/ünï", "/a:b"] {
            assert!(AclPath::parse(text).is_err(), "{text:?}");
        }
        for (path, node) in
            [("/nodes/0", "/nodes"), ("/0/a/0/b", "/a/b"), ("/0", "/"), ("/vms/100", "/vms/100")]
        {
            assert_eq!(AclPath::parse(path).unwrap().node().as_str(), node);
        }
        assert!(AclPath::is_normal("/vms/100") && AclPath::is_normal("/"));
        assert!(AclPath::is_normal("/vms/10/00/a0") && AclPath::is_normal("/vms/10"));
        assert_eq!(AclPath::normal_prefix(b"/vms/100:joe"), Some(8));
        assert_eq!(AclPath::normal_prefix(b"/:"), Some(1));
        assert_eq!(AclPath::normal_prefix(b"/vms/:"), None);
        for text in ["/vms/", "vms", "//vms", "/vms//1", "/nodes/0", "/0/a", "/0", "/ü", ""] {
            assert!(!AclPath::is_normal(text), "{text:?}");
        }
    }

    #[test]
    fn order_is_depth_first() {
        let mut paths = ["/a-b", "/a/b", "/", "/a", "/vms/101", "/vms/1000", "/a.b/c"];
        paths.sort_by(|a, b| tree_order(a, b));
        assert_eq!(paths, ["/", "/a", "/a/b", "/a-b", "/a.b/c", "/vms/1000", "/vms/101"]);
    }

    #[test]
    fn within() {
        let path = |text| AclPath::parse(text).unwrap();
        assert!(path("/pool/a/b").is_within(&path("/pool/a")));
        assert!(!path("/pool/ab").is_within(&path("/pool/a")));
        assert!(path("/x").is_within(&path("/")));
        let above = |text| path(text).ancestors().map(|one| one.to_string()).collect::<Vec<_>>();
        assert_eq!(above("/a/b/c"), ["/a/b", "/a", "/"]);
        assert!(above("/").is_empty());
    }
}
