//! What would change if an ACL entry were not there.
//!
//! An entry decides through what its level says to those who ask from the path itself, and to those who ask from
//! below. Where both stay the same for everybody the entry is for, nothing changes anywhere: every other path is
//! decided elsewhere, or by what this one says.

use super::decision::{Decision, Standing};
use super::interner::{NONE, at};
use super::policy::{GROUPS, Kind, PEOPLE, Policy, Subject, find};
use super::tree::{Entry, Node, Place, mark};
use crate::model::privilege::PrivilegeSet;
use crate::model::view::SubjectRef;

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Somebody's permissions would change without it.
    Decides {
        /// What whom it is for would have at its path without it, and has not with it; of entries for a single user.
        takes_away: PrivilegeSet,
    },
    /// Nothing would change: whoever it is for has what it grants anyway.
    Redundant,
    /// Nothing would change, because something else keeps it from granting what it is there for.
    Shadowed,
    /// It is for nobody: a group without members, or a name nobody told of.
    Nobody,
    /// It was not looked at: there was too much to look at before it.
    Unknown,
}

/// Tells what entries of a policy do; see [`Policy::effects`].
pub struct Effects<'p> {
    policy: &'p Policy,
    /// The path asked about last, and what stands there.
    path: String,
    level: Option<&'p Node>,
    /// Room for the id of a token.
    text: String,
    left: usize,
}

impl Policy {
    /// A look at single entries. No more than `most` standings are worked out: an entry for a large group takes up
    /// to four for each of its members.
    pub fn effects(&self, most: usize) -> Effects<'_> {
        Effects { policy: self, path: String::new(), level: None, text: String::new(), left: most }
    }
}

/// An entry in its place in the policy.
struct Site<'p> {
    policy: &'p Policy,
    level: &'p Node,
    entries: &'p [Entry],
    subject: u32,
    /// What all roles of the subject there come to.
    whole: &'p Decision,
    /// What is left of them without the entry.
    rest: Option<Decision>,
    is_group: bool,
    /// What the entry's role holds.
    granted: PrivilegeSet,
}

impl<'p> Effects<'p> {
    /// What the entry does that gives `subject` the role `role` at `path`, a path in normal form. Of a token only its own
    /// side is looked at, not what its owner may do. It is quickest for those who ask about the entries of one path after the
    /// other.
    pub fn of(&mut self, path: &str, subject: SubjectRef<'_>, role: &str) -> Effect {
        if self.path != path {
            path.clone_into(&mut self.path);
            let tree = &self.policy.tree;
            let place = tree.locate(path).filter(|place| place.last);
            self.level = place.and_then(|place| tree.node(place.node));
        }
        let (context, name) = match subject {
            SubjectRef::Group(id) => (GROUPS, id),
            SubjectRef::User(id) => (PEOPLE, id),
            SubjectRef::Token(id) => {
                self.text.clear();
                self.text.extend([id.user, "!", id.name]);
                (PEOPLE, self.text.as_str())
            }
        };
        let subject = self.policy.names.find(context, name);
        let site = self.level.zip(subject).and_then(|(level, subject)| {
            let is_group = context == GROUPS;
            Site::of(self.policy, level, subject, is_group, role)
        });
        site.map_or(Effect::Nobody, |site| self.at(&site))
    }

    fn at(&mut self, site: &Site<'p>) -> Effect {
        let mut effect = Effect::Nobody;
        let alone = [site.subject];
        let concerned = match site.is_group {
            true => self.policy.members().of_group(site.subject),
            false => &alone,
        };
        for who in concerned {
            if self.left < 4 {
                return Effect::Unknown;
            }
            self.left -= 4;
            match site.effect_on(*who) {
                Effect::Redundant if effect == Effect::Nobody => effect = Effect::Redundant,
                Effect::Redundant => {}
                Effect::Shadowed => effect = Effect::Shadowed,
                other => return other,
            }
        }
        effect
    }
}

/// What somebody's standing is with the entry and without it.
struct Difference {
    with: Standing,
    without: Standing,
}

impl Difference {
    fn none(standing: Standing) -> Self {
        Self { with: standing, without: standing }
    }

    /// Whether both come to the same, wherever they are joined with others: what is blocked, is.
    fn is_none(&self) -> bool {
        self.with.blocked == self.without.blocked && (self.with.blocked || self.with == self.without)
    }
}

impl<'p> Site<'p> {
    fn of(policy: &'p Policy, level: &'p Node, subject: u32, is_group: bool, role: &str) -> Option<Self> {
        let entries = policy.tree.entries(level);
        let holding = find(entries, subject)?.holding;
        let role = policy.roles.find(0, role)?;
        let mut rest: Option<Decision> = None;
        for (other, propagate) in policy.holdings.get(at(holding))?.iter().filter(|(one, _)| *one != role) {
            let blocks = policy.blocking == Some(*other);
            rest.get_or_insert_default().add(policy.privileges_of(*other), blocks, *propagate);
        }
        let (whole, granted) = (policy.decisions.get(at(holding))?, policy.privileges_of(role));
        Some(Self { policy, level, entries, subject, whole, rest, is_group, granted })
    }

    fn effect_on(&self, who: u32) -> Effect {
        let Some(subject) = self.policy.subject(who) else { return Effect::Redundant };
        if subject.kind == Kind::Superuser {
            return Effect::Redundant;
        }
        let mut inherited = None;
        let mut above = || *inherited.get_or_insert_with(|| self.above(who, subject));
        let here = self.difference(who, subject, true, &mut above);
        if !here.is_none() || !self.difference(who, subject, false, &mut above).is_none() {
            let lost = here.without.permissions().granted.difference(here.with.permissions().granted);
            return Effect::Decides { takes_away: if self.is_group { PrivilegeSet::EMPTY } else { lost } };
        }
        match here.with.permissions().granted.contains_all(self.granted) {
            true => Effect::Redundant,
            false => Effect::Shadowed,
        }
    }

    /// What somebody's standing is at the site's path (`last`) or below it.
    fn difference(
        &self,
        who: u32,
        subject: &Subject,
        last: bool,
        above: impl FnOnce() -> Standing,
    ) -> Difference {
        // Where nothing is seen of all roles, nothing is seen of some of them.
        let Some(whole) = self.whole.seen(last) else { return Difference::none(Standing::default()) };
        let rest = self.rest.as_ref().and_then(|rest| rest.seen(last));
        if self.is_group
            && let Some(own) = self.seen(who, last)
        {
            return Difference::none(own);
        }
        let by_others = || {
            let others = subject.groups(&self.policy.groups).iter().filter(|group| **group != self.subject);
            Standing::joined(others.filter_map(|group| self.seen(*group, last)))
        };
        if !self.is_group {
            return Difference { with: whole, without: rest.or_else(by_others).unwrap_or_else(above) };
        }
        let by_others = by_others();
        let with = Standing::joined(by_others.into_iter().chain([whole])).unwrap_or(whole);
        Difference {
            with,
            without: Standing::joined(by_others.into_iter().chain(rest)).unwrap_or_else(above),
        }
    }

    /// What another entry of the same path says.
    fn seen(&self, subject: u32, last: bool) -> Option<Standing> {
        let entry = if self.level.marks & mark(subject) == 0 { None } else { find(self.entries, subject) };
        self.policy.decisions.get(at(entry?.holding))?.seen(last)
    }

    /// What somebody inherits where nothing of this path counts.
    fn above(&self, who: u32, subject: &Subject) -> Standing {
        let place = Place { node: self.level.up, last: false, membership: NONE };
        self.policy.walk(who, subject, place, &mut ()).unwrap_or_default()
    }
}
