//! Which separated tokens can do nothing anywhere, although they have entries.
//!
//! What somebody may do changes along the tree only where an entry for him or a group of his stands, and at the
//! members of pools. So the places to ask at are few: those of the token's own entries, those of its owner's below
//! them, one step below each, and the members of pools they reach.

use super::input::{Book, Known};
use crate::access::{Policy, Principal};
use crate::model::acl::{AclEntry, Subject};
use crate::model::id::{GroupId, UserId};
use crate::model::path::AclPath;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So often the policy is asked altogether. What is not settled by then is not reported.
const MOST_QUESTIONS: usize = 2_000_000;

/// A token with its entries.
pub(super) struct Doubtful<'b> {
    pub(super) id: String,
    pub(super) owner: &'b UserId,
    pub(super) entries: &'b [&'b AclEntry],
}

/// What the questions need to know of the directory.
struct Surroundings<'b> {
    groups_of: HashMap<&'b UserId, Vec<&'b GroupId>>,
    of_users: HashMap<&'b UserId, Vec<&'b AclPath>>,
    of_groups: HashMap<&'b GroupId, Vec<&'b AclPath>>,
    /// The paths of the members of every pool, by the pool's path.
    pools: BTreeMap<String, Vec<String>>,
    /// What the paths of pools and their members begin with.
    prefixes: [&'b str; 3],
}

/// The ids of the separated tokens that have entries and can do nothing.
pub(super) fn powerless(book: &Book<'_>, known: &Known<'_>) -> HashSet<String> {
    let policy = book.policy();
    let mut doubtful = Vec::new();
    for (user, token, id) in book.tokens().filter(|(_, token, _)| token.separated) {
        if let Some(entries) = known.of_tokens.get(&id)
            && !token_can(policy, &id, entries.iter().map(|entry| entry.path.as_str()))
        {
            doubtful.push(Doubtful { id: token_id(&user.id, token.name.as_str()), owner: &user.id, entries });
        }
    }
    if doubtful.is_empty() {
        return HashSet::new();
    }
    let around = Surroundings::of(book, &doubtful);
    let mut left = MOST_QUESTIONS;
    doubtful.into_iter().filter(|one| around.can_nothing(policy, one, &mut left)).map(|one| one.id).collect()
}

fn token_id(owner: &UserId, name: &str) -> String {
    format!("{owner}!{name}")
}

fn token_can<'p>(policy: &Policy, id: &str, mut paths: impl Iterator<Item = &'p str>) -> bool {
    let Some(token) = policy.principal(id) else { return false };
    paths.any(|path| !policy.permissions_of(token, path).is_empty())
}

impl<'b> Surroundings<'b> {
    fn of(book: &'b Book<'_>, tokens: &[Doubtful<'b>]) -> Self {
        let owners: HashSet<&UserId> = tokens.iter().map(|one| one.owner).collect();
        let mut groups_of: HashMap<&UserId, Vec<&GroupId>> = HashMap::new();
        let mut groups = HashSet::new();
        for group in &book.groups {
            for member in group.members.iter().filter(|member| owners.contains(member)) {
                groups_of.entry(member).or_default().push(&group.id);
                groups.insert(&group.id);
            }
        }
        let (mut of_users, mut of_groups) = (HashMap::new(), HashMap::new());
        for entry in &book.entries {
            match &entry.subject {
                Subject::User(id) if owners.contains(id) => {
                    of_users.entry(id).or_insert_with(Vec::new).push(&entry.path);
                }
                Subject::Group(id) if groups.contains(id) => {
                    of_groups.entry(id).or_insert_with(Vec::new).push(&entry.path);
                }
                _ => {}
            }
        }
        let prefixes = book.catalogue().pools();
        let prefixes = [prefixes.acl(), prefixes.guests(), prefixes.storages()];
        Self { groups_of, of_users, of_groups, pools: pools(book), prefixes }
    }

    fn can_nothing(&self, policy: &Policy, token: &Doubtful<'_>, left: &mut usize) -> bool {
        let Some(principal) = policy.principal(&token.id) else { return true };
        let own: Vec<&AclPath> = token.entries.iter().map(|entry| &entry.path).collect();
        let below = |path: &&&AclPath| own.iter().any(|own| path.is_within(own));
        let of_groups = self.groups_of.get(token.owner).into_iter().flatten();
        let of_groups = of_groups.filter_map(|group| self.of_groups.get(*group)).flatten();
        let of_owner = self.of_users.get(token.owner).into_iter().flatten().chain(of_groups);
        let places: Vec<&AclPath> = own.iter().copied().chain(of_owner.filter(below).copied()).collect();
        let mut can = |path: &str| ask(policy, principal, path, left);
        if places.iter().any(|path| can(path.as_str()) || can(&step_below(path))) {
            return false;
        }
        let can_as_member = own.iter().any(|path| self.members(path).any(&mut can));
        !can_as_member && *left > 0
    }

    /// The members of pools that an entry at `path` reaches: those of the pools at or below it, and members below it.
    fn members(&self, path: &AclPath) -> impl Iterator<Item = &str> {
        let (top, folder) = (path.as_str(), format!("{}/", path.as_str().trim_end_matches('/')));
        // What is above all pools or all members has to be held against each of them.
        let is_deep = !self.prefixes.iter().any(|prefix| prefix.starts_with(&folder));
        let start = if is_deep { top.to_owned() } else { String::new() };
        let in_reach = move |name: &str| name == path.as_str() || name.starts_with(&folder);
        self.pools
            .range(start..)
            .take_while(move |(pool, _)| !is_deep || pool.starts_with(top))
            .flat_map(|(pool, members)| members.iter().map(move |member| (pool.as_str(), member.as_str())))
            .filter(move |(pool, member)| in_reach(pool) || in_reach(member))
            .map(|(_, member)| member)
    }
}

/// Asks once; nobody who is asked about too late is reported.
fn ask(policy: &Policy, who: Principal, path: &str, left: &mut usize) -> bool {
    *left = left.saturating_sub(1);
    *left == 0 || !policy.permissions_of(who, path).is_empty()
}

/// A path below this one that has no entries of its own: no path holds a blank.
fn step_below(path: &AclPath) -> String {
    format!("{}/ ", path.as_str().trim_end_matches('/'))
}

fn pools(book: &Book<'_>) -> BTreeMap<String, Vec<String>> {
    let prefixes = book.catalogue().pools();
    if prefixes.acl().is_empty() {
        return BTreeMap::new();
    }
    let members = |pool: &crate::model::pool::Pool| {
        let guests = pool.guests.iter().map(|guest| format!("{}{guest}", prefixes.guests()));
        let storages =
            pool.storages.iter().map(|storage| format!("{}{}", prefixes.storages(), storage.as_str()));
        guests.chain(storages).collect()
    };
    book.directory
        .pools
        .iter()
        .map(|pool| (format!("{}{}", prefixes.acl(), pool.id.as_str()), members(&pool)))
        .collect()
}
