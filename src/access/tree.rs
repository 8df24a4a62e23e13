//! The paths permissions are set at.

use super::interner::{Interner, NONE, at, number};

/// The top of the tree.
pub(super) const ROOT: u32 = 0;

/// What a subject's roles are at one path.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) subject: u32,
    /// Which of the distinct sets of roles.
    pub(super) holding: u32,
}

/// One path.
#[derive(Clone, Copy)]
pub(super) struct Node {
    /// The [`mark`]s of all subjects with an entry here.
    pub(super) marks: u64,
    /// Where its entries begin, and how many there are; they are sorted by subject.
    pub(super) start: u32,
    pub(super) count: u32,
    /// The next path towards the top with an entry that reaches down to here; [`NONE`]: there is none.
    pub(super) up: u32,
    /// Which list of pools this path is a member of; [`NONE`]: it is no member.
    pub(super) membership: u32,
    /// Which row tells what is inherited here; [`NONE`]: there is none.
    pub(super) row: u32,
    /// Whether an entry stands here or below.
    pub(super) has_entries: bool,
}

/// One bit of 64 for a subject: two sets of marks without a common bit have no common subject.
#[inline]
pub(super) const fn mark(subject: u32) -> u64 {
    1 << (subject.wrapping_mul(0x9E37_79B1) >> 26)
}

/// What a path asked for comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The deepest path of the tree on the way.
    pub(super) node: u32,
    /// Whether that is the path asked for.
    pub(super) last: bool,
    /// Which list of pools it is a member of.
    pub(super) membership: u32,
}

/// A path up to its first `/`, and what stands behind that.
#[inline]
fn first_part(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'/') {
        Some(end) => (path.get(..end).unwrap_or_default(), path.get(end + 1..)),
        None => (path, None),
    }
}

/// The tree, numbered so that parents come before their children.
pub(super) struct Tree {
    /// Names of parts in the context of their parent.
    names: Interner,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
    /// The pools' paths, for each distinct list of pools.
    pub(super) memberships: Vec<Vec<u32>>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree =
            Self { names: Interner::new(), nodes: Vec::new(), entries: Vec::new(), memberships: Vec::new() };
        tree.names.intern(NONE, "");
        tree.nodes.push(Self::FRESH);
        tree
    }

    const FRESH: Node =
        Node { marks: 0, start: 0, count: 0, up: NONE, membership: NONE, row: NONE, has_entries: false };

    /// Makes room for `more` paths.
    pub(super) fn reserve(&mut self, more: usize) {
        self.names.reserve(more);
        self.nodes.reserve(more);
    }

    /// The child of `parent` called `name`, a new one if need be.
    pub(super) fn child(&mut self, parent: u32, name: &str) -> u32 {
        let id = self.names.intern(parent, name);
        if at(id) == self.nodes.len() {
            self.nodes.push(Self::FRESH);
        }
        id
    }

    /// The node of a path in normal form, a new one if need be.
    pub(super) fn insert(&mut self, path: &str) -> u32 {
        let (mut node, mut rest) = (ROOT, Some(path));
        while let Some(path) = rest {
            let (part, behind) = first_part(path);
            if !part.is_empty() {
                node = self.child(node, part);
            }
            rest = behind;
        }
        node
    }

    /// Notes that an entry stands at a node.
    pub(super) fn occupy(&mut self, id: u32) {
        let mut next = id;
        while let Some(node) = self.nodes.get_mut(at(next)).filter(|node| !node.has_entries) {
            node.has_entries = true;
            next = self.names.context(next);
        }
    }

    /// The node called `id`.
    #[inline]
    pub(super) fn node(&self, id: u32) -> Option<&Node> {
        self.nodes.get(at(id))
    }

    /// The next path towards the top, whatever stands there; [`NONE`] above the top.
    pub(super) fn parent(&self, id: u32) -> u32 {
        self.names.context(id)
    }

    /// The entries of a node.
    #[inline]
    pub(super) fn entries(&self, node: &Node) -> &[Entry] {
        self.entries.get(at(node.start)..at(node.start) + at(node.count)).unwrap_or_default()
    }

    /// Finds a path in any spelling: empty parts and parts `0` are skipped, because the tree has none.
    /// What does not begin with `/` is no path.
    ///
    /// Only the exact path of a member is in its pools: another spelling of it is not.
    #[inline]
    pub(super) fn locate(&self, path: &str) -> Option<Place> {
        let mut rest = path.strip_prefix('/')?;
        let (mut node, mut exact) = (ROOT, true);
        let zero = loop {
            let (part, behind) = first_part(rest);
            let mut zero = NONE;
            if part.is_empty() || part == "0" {
                // A pool may hold guest 0, whose path is then one of the tree after all.
                if exact {
                    zero = self.names.find(node, part).unwrap_or(NONE);
                }
                exact = false;
            } else {
                match self.names.find(node, part) {
                    Some(child) => node = child,
                    None => return Some(Place { node, last: false, membership: NONE }),
                }
            }
            match behind {
                Some(next) => rest = next,
                None => break zero,
            }
        };
        let member = if exact { node } else { zero };
        let membership = self.node(member).map_or(NONE, |member| member.membership);
        Some(Place { node, last: true, membership })
    }

    /// The place of a node.
    pub(super) fn place(&self, id: u32) -> Place {
        let membership = self.node(id).map_or(NONE, |node| node.membership);
        let node = if self.names.text(id) == "0" { self.names.context(id) } else { id };
        Place { node, last: true, membership }
    }

    /// The last part of a node's path.
    pub(super) fn name(&self, id: u32) -> &str {
        self.names.text(id)
    }

    /// The path of a node as text.
    pub(super) fn path(&self, id: u32) -> String {
        let way = || {
            std::iter::successors(Some(id), |node| Some(self.names.context(*node)))
                .take_while(|node| *node != ROOT && *node != NONE)
                .map(|node| self.names.text(node))
        };
        let length = way().map(|part| part.len() + 1).sum::<usize>();
        if length == 0 {
            return "/".to_owned();
        }
        // The last part is met first.
        let mut path = vec![b'/'; length];
        let mut end = length;
        for part in way() {
            let start = end - part.len();
            if let Some(room) = path.get_mut(start..end) {
                room.copy_from_slice(part.as_bytes());
            }
            end = start - 1;
        }
        String::from_utf8(path).unwrap_or_default()
    }

    /// Sets every node's way up, once all entries are in place; `propagates` tells whether any
    /// entry of a node reaches further down.
    pub(super) fn link(&mut self, propagates: impl Fn(&[Entry]) -> bool) {
        let reach: Vec<bool> = self.nodes.iter().map(|node| propagates(self.entries(node))).collect();
        for id in 1..number(self.nodes.len()) {
            let parent = self.names.context(id);
            let reaches = reach.get(at(parent)).copied().unwrap_or(false);
            let up = if reaches { parent } else { self.node(parent).map_or(NONE, |node| node.up) };
            if let Some(node) = self.nodes.get_mut(at(id)) {
                node.up = up;
            }
        }
    }
}
