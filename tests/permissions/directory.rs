//! A directory as the engine is told of it, read from canonical lines or made up by a strategy.

use usher::model::facts::{Facts, Source};
use usher::model::path::AclPath;

#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub users: Vec<String>,
    pub tokens: Vec<(String, bool)>,
    pub groups: Vec<(String, Vec<String>)>,
    pub pools: Vec<Pool>,
    pub roles: Vec<(String, Vec<String>)>,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Pool {
    pub name: String,
    pub guests: Vec<String>,
    pub storages: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub path: String,
    pub propagate: bool,
    pub subjects: Vec<String>,
    pub roles: Vec<String>,
}

fn list(text: &str) -> Vec<String> {
    text.split(',').filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

impl Directory {
    /// Reads lines as they are written, not as they may be typed.
    pub fn read(text: &str) -> Self {
        let mut directory = Self::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let fields: Vec<&str> = line.split(':').collect();
            let field = |place: usize| fields.get(place).copied().unwrap_or_default();
            let name = field(1).to_owned();
            match field(0) {
                "user" => directory.users.push(name),
                "token" => directory.tokens.push((name, field(3) == "1")),
                "group" => directory.groups.push((name, list(field(2)))),
                "pool" => {
                    directory.pools.push(Pool { name, guests: list(field(3)), storages: list(field(4)) });
                }
                "role" => directory.roles.push((name, list(field(2)))),
                "acl" => directory.entries.push(Entry {
                    path: AclPath::parse(field(2)).unwrap().as_str().to_owned(),
                    propagate: field(1) == "1",
                    subjects: list(field(3)),
                    roles: list(field(4)),
                }),
                other => panic!("unknown line type '{other}'"),
            }
        }
        directory
    }
}

impl Source for Directory {
    fn tell(&self, facts: &mut impl Facts) {
        for user in &self.users {
            facts.user(user);
        }
        for (token, separated) in &self.tokens {
            facts.token(token, *separated);
        }
        for (group, members) in &self.groups {
            facts.group(group, &members.join(","));
        }
        for pool in &self.pools {
            facts.pool(&pool.name, &pool.guests.join(","), &pool.storages.join(","));
        }
        for (role, privileges) in &self.roles {
            facts.role(role, &privileges.join(","));
        }
        for entry in &self.entries {
            facts.acl(&entry.path, entry.propagate, &entry.subjects.join(","), &entry.roles.join(","));
        }
    }
}
