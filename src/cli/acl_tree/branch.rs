//! The tree as data: which paths are in it, and what is to be told of each.

use crate::access::matrix::{Finding, Matrix};
use crate::catalogue::Catalogue;
use crate::cli::matrix::chart;
use crate::cli::output::Record;
use crate::model::acl::{AclEntry, Subject};
use crate::model::directory::Directory;
use crate::model::path::AclPath;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is to be told of one path.
#[derive(Debug, Default)]
pub struct Told {
    /// The entries there.
    pub entries: Vec<AclEntry>,
    /// The members of the pool whose path it is.
    pub members: Vec<String>,
    /// The pools it is a member of that are given something.
    pub pools: Vec<String>,
    /// What somebody who was asked for may do there.
    pub finding: Option<Finding>,
}

/// One path and those below it.
#[derive(Debug)]
pub struct Branch {
    /// The path.
    pub path: AclPath,
    /// What is told of it.
    pub told: Told,
    /// The next paths below.
    pub children: Vec<Branch>,
    /// How many paths below lie too deep to be shown.
    pub more: usize,
}

/// How rights are told.
pub struct Rights {
    /// The names of all privileges.
    pub names: Vec<Arc<str>>,
    /// Whether somebody's rights were asked for.
    pub asked: bool,
}

/// Everything a tree can be grown from.
pub struct Garden {
    paths: BTreeMap<AclPath, Told>,
    /// Pools: name, path, and the paths of the members.
    pools: Vec<(String, AclPath, Vec<AclPath>)>,
}

impl Garden {
    /// The entries and pools of a directory.
    pub fn of(directory: &Directory, catalogue: &Catalogue) -> Self {
        let mut paths: BTreeMap<AclPath, Told> = BTreeMap::new();
        for entry in directory.entries() {
            paths.entry(entry.path.clone()).or_default().entries.push(entry);
        }
        let places = catalogue.pools();
        let mut pools = Vec::new();
        for pool in directory.pools.iter().filter(|_| !places.acl().is_empty()) {
            let guests = pool.guests.iter().map(|guest| format!("{}{guest}", places.guests()));
            let storages = pool.storages.iter().map(|storage| format!("{}{storage}", places.storages()));
            let members = guests.chain(storages).filter_map(|path| AclPath::parse(&path).ok()).collect();
            if let Ok(path) = AclPath::parse(&format!("{}{}", places.acl(), pool.id)) {
                pools.push((pool.id.to_string(), path, members));
            }
        }
        Self { paths, pools }
    }

    /// Leaves out the entries of all others.
    pub fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        for told in self.paths.values_mut() {
            told.entries.retain(|entry| wanted(&entry.subject.to_string()));
        }
        self.paths.retain(|_, told| !told.entries.is_empty());
    }

    /// Adds paths nothing is told of yet.
    pub fn plant(&mut self, paths: &[String]) {
        for path in paths.iter().filter_map(|path| AclPath::parse(path).ok()) {
            self.paths.entry(path).or_default();
        }
    }

    /// The paths told of at `root` and below.
    pub fn paths_within(&self, root: &AclPath) -> Vec<String> {
        self.paths.keys().filter(|path| path.is_within(root)).map(AclPath::to_string).collect()
    }

    /// Takes in what somebody may do at the paths of a matrix.
    pub fn tell(&mut self, matrix: &Matrix) {
        for cell in &matrix.cells {
            let path = matrix.paths.get(cell.path as usize).and_then(|path| AclPath::parse(path).ok());
            let finding = matrix.findings.get(cell.finding as usize);
            if let (Some(path), Some(finding)) = (path, finding) {
                let told = self.paths.entry(path.clone()).or_default();
                told.finding = Some(finding.clone());
                if finding.pooled && told.pools.is_empty() {
                    let pools = self.pools.iter().filter(|(_, _, members)| members.contains(&path));
                    told.pools = pools.map(|(name, ..)| name.clone()).collect();
                }
            }
        }
    }

    /// The tree from `root` down, so many levels deep.
    pub fn grow(mut self, root: &AclPath, depth: Option<usize>) -> Branch {
        self.paths.retain(|path, _| path.is_within(root));
        let level = |path: &AclPath| path.as_str().split('/').filter(|part| !part.is_empty()).count();
        let deepest = depth.map(|depth| level(root) + depth);
        let mut open: Vec<Branch> = Vec::new();
        for (path, told) in self.paths {
            while open.len() > 1 && open.last().is_some_and(|last| !path.is_within(&last.path)) {
                close(&mut open);
            }
            match open.last_mut() {
                Some(above) if deepest.is_some_and(|deepest| level(&path) > deepest) => above.more += 1,
                _ => open.push(Branch { path, told, children: Vec::new(), more: 0 }),
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        let bare = || Branch { path: root.clone(), told: Told::default(), children: Vec::new(), more: 0 };
        open.pop().unwrap_or_else(bare)
    }

    /// Adds the first path, and notes pools and their members where something is given to the pool, be it further up
    /// than at its own path.
    pub fn place_pools(&mut self, root: &AclPath) {
        self.paths.entry(root.clone()).or_default();
        let top = AclPath::root();
        let given: Vec<AclPath> = self
            .paths
            .iter()
            .filter(|(path, told)| **path != top && !told.entries.is_empty())
            .map(|(path, _)| path.clone())
            .collect();
        for (name, path, members) in &self.pools {
            let own_top = path.as_str().split('/').nth(1);
            let reaches =
                |above: &&AclPath| above.as_str().split('/').nth(1) == own_top && path.is_within(above);
            if !given.iter().any(|above| reaches(&above)) {
                continue;
            }
            let told = self.paths.entry(path.clone()).or_default();
            told.members = members.iter().map(AclPath::to_string).collect();
            for member in members {
                if let Some(told) = self.paths.get_mut(member) {
                    told.pools.push(name.clone());
                }
            }
        }
    }
}

/// Hangs the last open branch into the one before it.
fn close(open: &mut Vec<Branch>) {
    if let (Some(last), Some(above)) = (open.pop(), open.last_mut()) {
        above.children.push(last);
    }
}

impl Branch {
    /// The branch for programs: `children` are of the same form.
    pub fn record(&self, rights: &Rights) -> Record {
        let entry = |entry: &AclEntry| {
            let (kind, name) = match &entry.subject {
                Subject::User(id) => ("user", id.to_string()),
                Subject::Group(id) => ("group", id.to_string()),
                Subject::Token(id) => ("token", id.to_string()),
            };
            json!({"type": kind, "ugid": name, "roleid": entry.role.as_str(), "propagate": u8::from(entry.propagate)})
        };
        let children = self.children.iter().map(|child| child.record(rights).into_value());
        let mut record = Record::new()
            .with("path", self.path.as_str())
            .with("entries", self.told.entries.iter().map(entry).collect::<Vec<Value>>())
            .with("members", json!(self.told.members))
            .with("pools", json!(self.told.pools))
            .with("more", self.more)
            .with("children", children.collect::<Vec<Value>>());
        if rights.asked {
            let may = self.told.finding.as_ref().map(|finding| chart::finding_value(finding, &rights.names));
            record.set("may", may.unwrap_or_default());
        }
        record
    }
}
