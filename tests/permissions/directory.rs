//! A directory as the engine is told of it, made up by a strategy.

use usher::model::facts::{Facts, Source};

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

impl Source for Directory {
    fn tell(&self, facts: &mut impl Facts) {
        facts.expect(self.users.len(), self.entries.len());
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
