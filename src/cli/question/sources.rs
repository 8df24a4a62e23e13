//! Which line of the file says what an explanation shows.

use crate::access::explain::{Entry, Explanation, Side, Via};
use crate::format::user_cfg::{Line, LineKind, Places};
use crate::model::path::AclPath;
use std::collections::HashSet;

/// The lines some explanations speak of.
pub(super) struct Sources(Places);

impl Sources {
    /// Looks them up in the text of the file, in one pass.
    pub(super) fn of(text: &[u8], explanations: &[Explanation<'_>], pools: &str) -> Self {
        let (mut paths, mut names) = (HashSet::new(), HashSet::new());
        for side in explanations.iter().flat_map(|explanation| &explanation.sides) {
            names.insert(side.subject);
            for walk in &side.pools {
                names.extend(walk.from.strip_prefix(pools));
            }
            for (level, entry) in side.entries() {
                paths.insert(level.path.as_str());
                names.insert(entry.role);
                if let Via::Group(group) = entry.via {
                    names.insert(group);
                }
            }
        }
        let wanted = |line: &Line<'_>| match line.kind {
            LineKind::Acl => paths.contains(line.field(1)) || !AclPath::is_normal(line.field(1)),
            LineKind::Other => false,
            _ => names.contains(line.field(0)),
        };
        Self(Places::of(text, wanted))
    }

    /// The line of an entry.
    pub(super) fn entry(&self, side: &Side<'_>, path: &str, entry: &Entry<'_>) -> Option<usize> {
        self.0.entry(path, &entry.via.subject(side.subject), entry.role)
    }

    /// The line that makes the one asked for a member of the group an entry is for.
    pub(super) fn member(&self, side: &Side<'_>, entry: &Entry<'_>) -> Option<usize> {
        match entry.via {
            Via::Itself => None,
            Via::Group(group) => self.0.member(group, side.subject),
        }
    }

    /// The line of a role that is not built in.
    pub(super) fn role(&self, name: &str) -> Option<usize> {
        self.0.role(name)
    }

    /// The line of a pool.
    pub(super) fn pool(&self, name: &str) -> Option<usize> {
        self.0.pool(name)
    }

    /// The line of a user or token.
    pub(super) fn subject(&self, name: &str) -> Option<usize> {
        self.0.user(name).or_else(|| self.0.token(name))
    }
}
