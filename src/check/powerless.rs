//! Which separated tokens can do nothing anywhere, although they have entries.
//!
//! What somebody may do changes along the tree only where an entry for him or a group of his stands, and at the
//! members of pools. So the places to ask at are few: those of the token's own entries, those of its owner's below
//! them, one step below each, and the members of pools they reach.

use super::book::Book;
use crate::access::{Policy, Principal};
use crate::model::path::is_within;
use crate::model::view::{SubjectRef, TokenRef};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// So often the policy is asked altogether. What is not settled by then is not reported.
const MOST_QUESTIONS: usize = 2_000_000;

/// A token that can do nothing at the paths of its own entries.
struct Doubtful<'a, 'b> {
    id: TokenRef<'b>,
    principal: Option<Principal>,
    paths: &'a [&'b str],
}

/// What the questions need to know of the directory.
struct Surroundings<'b> {
    groups_of: HashMap<&'b str, Vec<&'b str>>,
    of_users: HashMap<&'b str, Vec<&'b str>>,
    of_groups: HashMap<&'b str, Vec<&'b str>>,
    /// The paths of the members of every pool, by the pool's path.
    pools: BTreeMap<String, Vec<String>>,
    /// What the paths of pools and their members begin with.
    prefixes: [&'b str; 3],
}

/// The ids of the separated tokens that have entries and can do nothing.
pub(super) fn powerless<'b>(book: &Book<'b>) -> HashSet<TokenRef<'b>> {
    let policy = book.policy();
    let mut doubtful = Vec::new();
    let mut text = String::new();
    for token in book.tokens().filter(|token| token.separated) {
        let (id, paths) = (token.id, book.paths_of(token.id));
        text.clear();
        text.extend([id.user, "!", id.name]);
        let principal = policy.principal(&text);
        let can = |path: &&str| principal.is_some_and(|who| !policy.permissions_of(who, path).is_empty());
        if !paths.is_empty() && !paths.iter().any(can) {
            doubtful.push(Doubtful { id, principal, paths });
        }
    }
    if doubtful.is_empty() {
        return HashSet::default();
    }
    let around = Surroundings::of(book, &doubtful);
    let mut left = MOST_QUESTIONS;
    doubtful.into_iter().filter(|one| around.can_nothing(policy, one, &mut left)).map(|one| one.id).collect()
}

impl<'b> Surroundings<'b> {
    fn of(book: &Book<'b>, tokens: &[Doubtful<'_, 'b>]) -> Self {
        let owners: HashSet<&str> = tokens.iter().map(|one| one.id.user).collect();
        let mut groups_of: HashMap<&str, Vec<&str>> = HashMap::default();
        let mut groups = HashSet::default();
        for group in &book.groups {
            for member in group.members.iter().copied().filter(|member| owners.contains(member)) {
                groups_of.entry(member).or_default().push(group.id);
                groups.insert(group.id);
            }
        }
        let (mut of_users, mut of_groups) = (HashMap::default(), HashMap::default());
        for entry in &book.entries {
            match entry.subject {
                SubjectRef::User(id) if owners.contains(id) => {
                    of_users.entry(id).or_insert_with(Vec::new).push(entry.path);
                }
                SubjectRef::Group(id) if groups.contains(id) => {
                    of_groups.entry(id).or_insert_with(Vec::new).push(entry.path);
                }
                _ => {}
            }
        }
        let prefixes = book.catalogue().pools();
        let prefixes = [prefixes.acl(), prefixes.guests(), prefixes.storages()];
        Self { groups_of, of_users, of_groups, pools: pools(book), prefixes }
    }

    fn can_nothing(&self, policy: &Policy, token: &Doubtful<'_, '_>, left: &mut usize) -> bool {
        let Some(principal) = token.principal else { return true };
        let own = token.paths;
        let below = |path: &&str| own.iter().any(|own| is_within(path, own));
        let owner = token.id.user;
        let of_groups = self.groups_of.get(owner).into_iter().flatten();
        let of_groups = of_groups.filter_map(|group| self.of_groups.get(*group)).flatten();
        let of_owner = self.of_users.get(owner).into_iter().flatten().chain(of_groups).copied();
        let mut places = own.iter().copied().chain(of_owner.filter(below));
        let mut can = |path: &str| ask(policy, principal, path, left);
        if places.any(|path| can(path) || can(&step_below(path))) {
            return false;
        }
        let can_as_member = own.iter().any(|path| self.members(path).any(&mut can));
        !can_as_member && *left > 0
    }

    /// The members of pools that an entry at `path` reaches: those of the pools at or below it, and members below it.
    fn members(&self, path: &str) -> impl Iterator<Item = &str> {
        let folder = format!("{}/", path.trim_end_matches('/'));
        // What is above all pools or all members has to be held against each of them.
        let is_deep = !self.prefixes.iter().any(|prefix| prefix.starts_with(&folder));
        let start = if is_deep { path.to_owned() } else { String::new() };
        let in_reach = move |name: &str| name == path || name.starts_with(&folder);
        self.pools
            .range(start..)
            .take_while(move |(pool, _)| !is_deep || pool.starts_with(path))
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
fn step_below(path: &str) -> String {
    format!("{}/ ", path.trim_end_matches('/'))
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
    book.contents
        .directory
        .pools
        .iter()
        .map(|pool| (format!("{}{}", prefixes.acl(), pool.id.as_str()), members(&pool)))
        .collect()
}
