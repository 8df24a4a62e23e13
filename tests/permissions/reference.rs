//! The rules once more, as slow and plain as they can be written: nested maps, a walk from the top.

use crate::directory::Directory;
use std::collections::{BTreeMap, BTreeSet};
use usher::catalogue::Catalogue;

/// Roles or privileges, and whether each is propagated.
pub type Flags = BTreeMap<String, bool>;

const SUPERUSER: &str = "root@pam";

fn is_token(id: &str) -> bool {
    id.rsplit_once('!').is_some_and(|(_, name)| !name.contains('@'))
}

pub struct Reference<'a> {
    directory: &'a Directory,
    privileges: BTreeMap<String, BTreeSet<String>>,
    /// By path, then subject as it is written in an entry.
    entries: BTreeMap<String, BTreeMap<String, Flags>>,
}

impl<'a> Reference<'a> {
    pub fn new(directory: &'a Directory, catalogue: &Catalogue) -> Self {
        let mut privileges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (role, held) in catalogue.roles() {
            let names = held.iter().map(|one| catalogue.name(one).to_owned());
            privileges.insert(role.to_owned(), names.collect());
        }
        for (role, held) in &directory.roles {
            if !catalogue.is_builtin_role(role) {
                let known = held.iter().filter(|name| catalogue.privilege(name).is_some());
                privileges.entry(role.clone()).or_default().extend(known.cloned());
            }
        }
        let mut reference = Self { directory, privileges, entries: BTreeMap::new() };
        for entry in &directory.entries {
            for subject in &entry.subjects {
                if is_token(subject) && reference.token(subject).is_none() {
                    continue;
                }
                for role in entry.roles.iter().filter(|role| reference.privileges.contains_key(*role)) {
                    let at_path = reference.entries.entry(entry.path.clone()).or_default();
                    at_path.entry(subject.clone()).or_default().insert(role.clone(), entry.propagate);
                }
            }
        }
        reference
    }

    /// Owner, and whether the token is separated.
    fn token(&self, id: &str) -> Option<(String, bool)> {
        let (_, separated) = self.directory.tokens.iter().rev().find(|(known, _)| known == id)?;
        Some((id.rsplit_once('!')?.0.to_owned(), *separated))
    }

    /// `None`: everything.
    pub fn roles(&self, who: &str, path: &str) -> Option<Flags> {
        if who == SUPERUSER {
            return None;
        }
        if is_token(who) {
            match self.token(who) {
                None => return Some(Flags::new()),
                Some((owner, false)) => return self.roles(&owner, path),
                Some((_, true)) => {}
            }
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "0").collect();
        let mut roles = Flags::new();
        if !path.starts_with('/') {
            return Some(roles);
        }
        for depth in 0..=parts.len() {
            let node = format!("/{}", parts[..depth].join("/"));
            let last = depth == parts.len();
            let take = |subject: &str| -> Flags {
                let held = self.entries.get(&node).and_then(|subjects| subjects.get(subject)).cloned();
                held.unwrap_or_default().into_iter().filter(|(_, flag)| last || *flag).collect()
            };
            let mut found = take(who);
            if found.is_empty() {
                for (group, members) in &self.directory.groups {
                    if members.iter().any(|member| member == who) {
                        for (role, flag) in take(&format!("@{group}")) {
                            *found.entry(role).or_default() |= flag;
                        }
                    }
                }
            }
            if !found.is_empty() {
                roles = found;
            }
        }
        match roles.get("NoAccess") {
            Some(flag) => Some(Flags::from([("NoAccess".to_owned(), *flag)])),
            None => Some(roles),
        }
    }

    pub fn permissions(&self, who: &str, path: &str) -> Flags {
        let everything = || self.privileges["Administrator"].iter().map(|one| (one.clone(), true)).collect();
        if who == SUPERUSER {
            return everything();
        }
        let mut limit = None;
        if is_token(who) {
            let Some((owner, separated)) = self.token(who) else { return Flags::new() };
            let of_owner = self.permissions(&owner, path);
            if !separated {
                return of_owner;
            }
            limit = (owner != SUPERUSER).then_some(of_owner);
        }
        let mut by_pools: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for pool in &self.directory.pools {
            let roles = self.roles(who, &format!("/pool/{}", pool.name)).unwrap_or_default();
            let guests = pool.guests.iter().map(|guest| format!("/vms/{guest}"));
            for member in guests.chain(pool.storages.iter().map(|storage| format!("/storage/{storage}"))) {
                by_pools.entry(member).or_default().extend(roles.keys().cloned());
            }
        }
        let mut roles = self.roles(who, path).unwrap_or_default();
        if let Some(by_pools) = by_pools.get(path)
            && !roles.contains_key("NoAccess")
        {
            if by_pools.contains("NoAccess") {
                roles = Flags::from([("NoAccess".to_owned(), false)]);
            } else {
                for role in by_pools {
                    roles.entry(role.clone()).or_insert(false);
                }
            }
        }
        let mut privileges = Flags::new();
        for (role, flag) in roles {
            for privilege in &self.privileges[&role] {
                *privileges.entry(privilege.clone()).or_default() |= flag;
            }
        }
        if let Some(limit) = limit {
            privileges = privileges
                .into_iter()
                .filter_map(|(name, flag)| limit.get(&name).map(|by_owner| (name, flag && *by_owner)))
                .collect();
        }
        privileges
    }

    pub fn listing(&self, who: &str, catalogue: &Catalogue) -> BTreeMap<String, Flags> {
        let mut paths: BTreeSet<String> = catalogue.listed_paths().map(str::to_owned).collect();
        for path in self.entries.keys() {
            paths.insert("/".to_owned());
            for (end, _) in path.match_indices('/').skip(1) {
                paths.insert(path[..end].to_owned());
            }
            paths.insert(path.clone());
        }
        for pool in &self.directory.pools {
            paths.extend(pool.guests.iter().map(|guest| format!("/vms/{guest}")));
            paths.extend(pool.storages.iter().map(|storage| format!("/storage/{storage}")));
        }
        let all = paths.into_iter().map(|path| (path.clone(), self.permissions(who, &path)));
        all.filter(|(_, permissions)| !permissions.is_empty()).collect()
    }
}
