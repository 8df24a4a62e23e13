//! What would have to be set so that somebody may do something.

use super::explain::{Acting, Explanation, Fate, Side, Via};
use super::policy::Policy;
use crate::catalogue::Catalogue;
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;

/// What would make a "no" a "yes".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy<'p> {
    /// Nothing: it is a "yes" already.
    Granted,
    /// These entries; two when a separated token and its owner both lack it.
    Grant(Vec<Grant<'p>>),
    /// These entries have to go first: they hold the blocking role where no smaller entry gets past it.
    Unblock(Vec<Obstacle<'p>>),
    /// Nothing that can be set.
    Nothing(Hopeless),
}

/// Why no entry helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hopeless {
    /// Nobody is known by that name.
    Nobody,
    /// The text is no path.
    NoPath,
    /// No entry may be set at that path or above it, or a deeper entry would replace it.
    NoPlace,
    /// No role holds all of the privileges.
    NoRole,
}

/// The smallest entry that grants something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant<'p> {
    /// Where: the path itself, or the nearest one above it at which entries may be set.
    pub path: AclPath,
    /// For whom: a user or token id.
    pub subject: &'p str,
    /// The smallest role that holds the privileges; of several, the first by name.
    pub role: &'p str,
    /// Whether it has to reach deeper paths.
    pub propagate: bool,
    /// What the subject would lose on the path that was asked for, because the entry replaces what he has there by
    /// his groups or from above.
    pub loses: PrivilegeSet,
    /// The roles that have to be given with it so that nothing is lost; sorted.
    pub keep: Vec<&'p str>,
}

/// An entry that is in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Obstacle<'p> {
    /// Where it stands.
    pub path: String,
    /// Whom it is for: a user, a token, or `@group`.
    pub subject: String,
    /// The blocking role.
    pub role: &'p str,
}

/// What one side is in want of.
enum Want<'p> {
    Grant(Grant<'p>),
    Unblock(Vec<Obstacle<'p>>),
    Nothing(Hopeless),
}

impl Policy {
    /// What would grant all of `wanted` on `path` to the one `explanation` (of the same path) is about.
    pub fn remedy<'p>(
        &'p self,
        catalogue: &Catalogue,
        explanation: &Explanation<'p>,
        path: &str,
        wanted: PrivilegeSet,
    ) -> Remedy<'p> {
        if explanation.permissions.granted.contains_all(wanted) {
            return Remedy::Granted;
        }
        if explanation.acting == Acting::Nobody {
            return Remedy::Nothing(Hopeless::Nobody);
        }
        let Some(path) = AclPath::parse(path).ok().filter(|_| path.starts_with('/')) else {
            return Remedy::Nothing(Hopeless::NoPath);
        };
        let path = path.node();
        let (mut grants, mut obstacles) = (Vec::new(), Vec::new());
        for side in &explanation.sides {
            if side.permissions.granted.contains_all(wanted) {
                continue;
            }
            match self.want(catalogue, side, &path, wanted) {
                Want::Grant(grant) => grants.push(grant),
                Want::Unblock(entries) => obstacles.extend(entries),
                Want::Nothing(why) => return Remedy::Nothing(why),
            }
        }
        match obstacles.is_empty() {
            true => Remedy::Grant(grants),
            false => Remedy::Unblock(obstacles),
        }
    }

    fn want<'p>(
        &'p self,
        catalogue: &Catalogue,
        side: &Side<'p>,
        path: &AclPath,
        wanted: PrivilegeSet,
    ) -> Want<'p> {
        let Some(role) = self.smallest_role(wanted) else { return Want::Nothing(Hopeless::NoRole) };
        let Some(place) = nearest_allowed(catalogue, path) else {
            return Want::Nothing(Hopeless::NoPlace);
        };
        let counts = |fate: Fate| matches!(fate, Fate::Decides | Fate::Blocks | Fate::Blocked);
        // All levels are on one way to the top: the longer path is the deeper one.
        let mut deeper = side.walk.levels.iter().filter(|level| level.path.len() > place.as_str().len());
        if deeper.any(|level| level.entries.iter().any(|entry| counts(entry.fate))) {
            return Want::Nothing(Hopeless::NoPlace);
        }
        let here = side.walk.levels.iter().filter(|level| level.path == place.as_str());
        let own_here = here
            .flat_map(|level| level.entries.iter().map(move |entry| (level, entry)))
            .filter(|(_, entry)| entry.via == Via::Itself && entry.fate != Fate::OutOfReach);
        let pooled = side.pools.iter().flat_map(|pool| &pool.levels);
        let pooled = pooled.flat_map(|level| level.entries.iter().map(move |entry| (level, entry)));
        let in_the_way =
            own_here.clone().chain(pooled.clone()).filter(|(_, entry)| entry.fate == Fate::Blocks);
        let mut obstacles: Vec<Obstacle<'p>> = in_the_way
            .map(|(level, entry)| Obstacle {
                path: level.path.clone(),
                subject: entry.via.subject(side.subject),
                role: entry.role,
            })
            .collect();
        if !obstacles.is_empty() {
            obstacles.sort();
            obstacles.dedup();
            return Want::Unblock(obstacles);
        }
        let after = own_here
            .chain(pooled.filter(|(_, entry)| entry.fate == Fate::Decides))
            .fold(self.privileges_of(role), |all, (_, entry)| all.union(entry.privileges));
        let loses = side.permissions.granted.difference(after);
        let deciding = side.walk.levels.iter().flat_map(|level| &level.entries);
        let mut keep: Vec<&'p str> = deciding
            .filter(|entry| entry.fate == Fate::Decides && !entry.privileges.intersection(loses).is_empty())
            .map(|entry| entry.role)
            .collect();
        keep.sort_unstable();
        keep.dedup();
        let propagate = place != *path;
        Want::Grant(Grant {
            path: place,
            subject: side.subject,
            role: self.roles.text(role),
            propagate,
            loses,
            keep,
        })
    }

    /// The role that holds all of these and the least besides.
    fn smallest_role(&self, wanted: PrivilegeSet) -> Option<u32> {
        let roles = (0..).zip(&self.role_privileges).filter(|(_, held)| held.contains_all(wanted));
        roles.min_by_key(|(role, held)| (held.len(), self.roles.text(*role))).map(|(role, _)| role)
    }
}

/// The path itself or the nearest one above at which an entry may be set.
fn nearest_allowed(catalogue: &Catalogue, path: &AclPath) -> Option<AclPath> {
    let mut text = path.as_str();
    loop {
        let place = AclPath::parse(text).ok()?;
        if catalogue.allows_path(&place) {
            return Some(place);
        }
        text = match text.rsplit_once('/')? {
            ("", "") => return None,
            ("", _) => "/",
            (above, _) => above,
        };
    }
}
