//! What a change touched, in words: `user joe@pve`, `acl /vms`.

use crate::format::journal::Edit;
use crate::format::user_cfg::{Line, LineKind, lines};
use crate::format::{USER_CFG, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, token_cfg};
use crate::model::acl::group_of;
use crate::model::realm::RealmKind;
use std::collections::{BTreeMap, BTreeSet};

/// One file's change.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'c> {
    /// The file, relative to the config directory.
    pub name: &'c str,
    /// Its content before; empty when it was not there.
    pub old: &'c [u8],
    /// Its content now; empty when it is gone. Only asked for of small files.
    pub new: &'c [u8],
    /// What changed, by lines.
    pub edits: &'c [Edit],
}

/// Everything a change of a file touched, put into `found`.
pub fn collect(changed: Changed<'_>, found: &mut BTreeSet<String>) {
    match changed.name {
        USER_CFG => changed.edits.iter().for_each(|edit| of_edit(edit, found)),
        domains_cfg::FILE => sections("realm", changed, found),
        jobs_cfg::FILE => sections("job", changed, found),
        token_cfg::FILE => {
            each_line(changed.edits, |line| {
                found.extend(line.split(' ').next().map(|id| format!("token {id}")))
            });
        }
        shadow_cfg::FILE => each_line(changed.edits, |line| {
            let user = line.split(':').next().unwrap_or_default();
            found.insert(format!("user {user}@{}", RealmKind::Pve.as_str()));
        }),
        tfa_cfg::FILE => factors(changed, found),
        name => {
            let leaf = name.rsplit('/').next().unwrap_or(name);
            let stem = leaf.rsplit_once('.').map_or(leaf, |(stem, _)| stem);
            found.insert(match name.split('/').collect::<Vec<_>>().as_slice() {
                ["priv", "realm" | "ldap", _] => format!("realm {stem}"),
                ["priv", "jobs", _] => format!("job {stem}"),
                _ => format!("file {name}"),
            });
        }
    }
}

/// Lines that are in one of the two texts and not in the other.
fn different<'t>(removed: &'t [u8], added: &'t [u8]) -> Vec<Line<'t>> {
    let gone: BTreeSet<String> = lines(removed).map(|line| line.text().to_owned()).collect();
    let come: BTreeSet<String> = lines(added).map(|line| line.text().to_owned()).collect();
    let mut found: Vec<Line<'t>> = lines(removed).filter(|line| !come.contains(line.text())).collect();
    found.extend(lines(added).filter(|line| !gone.contains(line.text())));
    found
}

fn of_edit(edit: &Edit, found: &mut BTreeSet<String>) {
    // A part that is in both the old and the new lines has not changed.
    let mut parts: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    let mut part = |about: &str, objects: Vec<String>| {
        *parts.entry((about.to_owned(), objects)).or_default() += 1;
    };
    for line in different(&edit.removed.0, &edit.added.0) {
        let id = line.field(0);
        match line.kind {
            LineKind::User => drop(found.insert(format!("user {id}"))),
            LineKind::Token => drop(found.insert(format!("token {id}"))),
            LineKind::Role => drop(found.insert(format!("role {id}"))),
            LineKind::Pool => {
                found.insert(format!("pool {id}"));
                line.items(2).for_each(|guest| part(id, vec![format!("guest {guest}")]));
                line.items(3).for_each(|storage| part(id, vec![format!("storage {storage}")]));
            }
            LineKind::Group => {
                found.insert(format!("group {id}"));
                line.items(1).for_each(|user| part(id, vec![format!("user {user}")]));
            }
            LineKind::Acl => {
                for subject in line.items(2) {
                    for role in line.items(3) {
                        let about = format!("{} {role}", line.field(0));
                        part(&about, vec![format!("acl {}", line.field(1)), subject_of(subject)]);
                    }
                }
            }
            LineKind::Other => {}
        }
    }
    found.extend(parts.into_iter().filter(|(_, times)| times % 2 == 1).flat_map(|((_, objects), _)| objects));
}

/// A subject of an ACL entry as an object.
fn subject_of(subject: &str) -> String {
    match group_of(subject) {
        Some(group) => format!("group {group}"),
        None if subject.contains('!') => format!("token {subject}"),
        None => format!("user {subject}"),
    }
}

fn each_line(edits: &[Edit], mut take: impl FnMut(&str)) {
    for edit in edits {
        let (removed, added) =
            (String::from_utf8_lossy(&edit.removed.0), String::from_utf8_lossy(&edit.added.0));
        let (gone, come): (BTreeSet<&str>, BTreeSet<&str>) =
            (removed.lines().collect(), added.lines().collect());
        gone.symmetric_difference(&come).filter(|line| !line.trim().is_empty()).for_each(|line| take(line));
    }
}

/// The sections of a file by their names, with their lines.
fn by_name(text: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(text);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        if !line.starts_with([' ', '\t'])
            && let Some((_, id)) = line.split_once(':')
        {
            id.trim().clone_into(&mut name);
        }
        let lines = found.entry(name.clone()).or_default();
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    for lines in found.values_mut() {
        lines.truncate(lines.trim_end().len());
    }
    found
}

fn sections(noun: &str, changed: Changed<'_>, found: &mut BTreeSet<String>) {
    let (old, new) = (by_name(changed.old), by_name(changed.new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let touched = names.into_iter().filter(|name| !name.is_empty() && old.get(*name) != new.get(*name));
    found.extend(touched.map(|name| format!("{noun} {name}")));
}

fn factors(changed: Changed<'_>, found: &mut BTreeSet<String>) {
    let read = |text: &[u8]| tfa_cfg::TfaFile::parse(text).map(|(file, _)| file);
    let (Ok(old), Ok(new)) = (read(changed.old), read(changed.new)) else {
        found.insert(format!("file {}", changed.name));
        return;
    };
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (old.factors().users().collect(), new.factors().users().collect());
    let names: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
    found.extend(
        names.into_iter().filter(|name| old.get(name) != new.get(name)).map(|name| format!("user {name}")),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::difference::{Grain, between};

    fn objects(name: &str, old: &str, new: &str) -> Vec<String> {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let edits = between(old, new, Grain::Line);
        let mut found = BTreeSet::new();
        collect(Changed { name, old, new, edits: &edits }, &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn what_was_touched() {
        for (name, old, new, expected) in [
            ("user.cfg", "", "user:joe@pve:1:0::::::\n", vec!["user joe@pve"]),
            (
                "user.cfg",
                "group:g:a@pve,b@pve::\n",
                "group:g:b@pve,c@pve::\n",
                vec!["group g", "user a@pve", "user c@pve"],
            ),
            (
                "user.cfg",
                "acl:1:/vms:a@pve,@g:PVEAdmin:\n",
                "acl:1:/vms:a@pve,a@pve!t:PVEAdmin:\n",
                vec!["acl /vms", "group g", "token a@pve!t"],
            ),
            ("user.cfg", "role:r:Sys.Audit:\n", "", vec!["role r"]),
            ("user.cfg", "pool:p::100:s:\n", "pool:p::101:s:\n", vec!["guest 100", "guest 101", "pool p"]),
            ("domains.cfg", "pve: pve\n\ncom: a\n\tx 1\n", "pve: pve\n\ncom: a\n\tx 2\n", vec!["realm a"]),
            ("priv/token.cfg", "a@pve!x 1\n", "a@pve!x 1\nb@pve!y 2\n", vec!["token b@pve!y"]),
            ("priv/shadow.cfg", "joe:1:\n", "joe:2:\n", vec!["user joe@pve"]),
            ("priv/realm/corp.pw", "", "x", vec!["realm corp"]),
            ("authkey.pub", "", "x", vec!["file authkey.pub"]),
        ] {
            assert_eq!(objects(name, old, new), expected, "{name} {old:?} {new:?}");
        }
    }
}
