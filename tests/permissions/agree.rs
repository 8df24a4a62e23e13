//! All questions about the same directory agree: in the library, and through the program.

use crate::directory::Directory;
use crate::policy;
use crate::random::{PATHS, TOKENS, USERS, directory};
use crate::support::Place;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use proptest::sample::select;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use usher::access::{Focus, Policy};
use usher::catalogue::Catalogue;
use usher::model::path::AclPath;
use usher::model::privilege::PrivilegeSet;

/// The directory as a file. Bob is disabled, the other Bob expired.
fn text(directory: &Directory) -> String {
    let mut text = String::new();
    for user in &directory.users {
        let (enable, expire) = match user.as_str() {
            "bob@pve" => (0, 0),
            "b!ob@ldap" => (1, 1000),
            _ => (1, 0),
        };
        text += &format!("user:{user}:{enable}:{expire}::::::\n");
    }
    text += "user:root@pam:1:0::::::\n";
    for (token, separated) in &directory.tokens {
        text += &format!("token:{token}:0:{}::\n", u8::from(*separated));
    }
    for (group, members) in &directory.groups {
        text += &format!("group:{group}:{}::\n", members.join(","));
    }
    for pool in &directory.pools {
        text += &format!("pool:{}::{}:{}:\n", pool.name, pool.guests.join(","), pool.storages.join(","));
    }
    for (role, privileges) in &directory.roles {
        text += &format!("role:{role}:{}:\n", privileges.join(","));
    }
    for entry in &directory.entries {
        let (subjects, roles) = (entry.subjects.join(","), entry.roles.join(","));
        text += &format!("acl:{}:{}:{subjects}:{roles}:\n", u8::from(entry.propagate), entry.path);
    }
    text
}

/// Who may use what he holds in that file.
fn is_usable(who: &str, directory: &Directory) -> bool {
    let owner = who.rsplit_once('!').filter(|_| TOKENS.contains(&who)).map_or(who, |(owner, _)| owner);
    let known = !TOKENS.contains(&who) || directory.tokens.iter().any(|(token, _)| token == who);
    known && matches!(owner, "ann@pve" | "root@pam")
}

#[track_caller]
fn json(place: &Place, words: &[&str]) -> (i32, Value) {
    let run = place.run("usher", [words, &["--output-format", "json"]].concat(), "");
    (run.status, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{words:?}: {error}: {run:?}")))
}

fn set(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn questions_agree(directory in directory()) {
        let catalogue = Catalogue::pve9();
        let policy = Policy::compile(&directory, &catalogue);
        for path in PATHS {
            let normal = AclPath::parse(path).unwrap();
            let everybody: BTreeMap<&str, PrivilegeSet> =
                policy.everybody(path).map(|(who, held)| (policy.name(who), held.granted)).collect();
            for who in USERS.iter().chain(&TOKENS) {
                let held = policy.permissions(who, path);
                prop_assert_eq!(policy.explain(who, path).permissions, held, "explain {} {}", who, path);
                let of_all = everybody.get(who).copied().unwrap_or_default();
                prop_assert_eq!(of_all, held.granted, "who can {} {}", who, path);
                let focus = Focus::on(&directory, &catalogue, who, &normal);
                let narrow = Policy::compile(&focus, &catalogue);
                prop_assert_eq!(narrow.permissions(who, path), held, "can {} {}", who, path);
            }
        }
        for who in USERS.iter().chain(&TOKENS) {
            for (path, held) in policy.listing(who) {
                prop_assert_eq!(policy.permissions(who, path), held, "access {} {}", who, path);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// The commands agree with each other and with the library, those who cannot sign in included.
    #[test]
    fn commands_agree(
        directory in directory(),
        name in select(vec!["VM.Audit", "Datastore.Audit", "Sys.Audit"]),
        path in select(&PATHS[..]),
    ) {
        let catalogue = Catalogue::pve9();
        let (text, privilege) = (text(&directory), catalogue.privilege(name).unwrap());
        let place = Place::with(&[("user.cfg", &text)]);
        let policy = policy(&text, &catalogue);
        let (_, rows) = json(&place, &["who-can", name, path]);
        let who_can: BTreeSet<&str> = rows.as_array().unwrap().iter().map(|row| row["who"].as_str().unwrap()).collect();
        let (_, rows) = json(&place, &["who-can", name, path, "--all"]);
        let all: BTreeSet<&str> = rows.as_array().unwrap().iter().map(|row| row["who"].as_str().unwrap()).collect();
        for who in USERS.iter().chain(&TOKENS) {
            let held = policy.check(who, privilege, path);
            let allowed = held && is_usable(who, &directory);
            let status = if allowed { 0 } else { 3 };
            let (found, answer) = json(&place, &["can", who, name, path]);
            prop_assert_eq!((found, answer["allowed"].as_bool()), (status, Some(allowed)), "can {}", who);
            let (found, answer) = json(&place, &["explain", who, path, name]);
            prop_assert_eq!((found, answer["allowed"].as_bool()), (status, Some(allowed)), "explain {}", who);
            prop_assert_eq!(set(&answer["granted"]).contains(name), held, "explain {}", who);
            prop_assert_eq!(who_can.contains(who), allowed, "who-can {}", who);
            prop_assert_eq!(all.contains(who), held, "who-can --all {}", who);
            let (_, rows) = json(&place, &["access", who]);
            let (_, permissions) = json(&place, &["user", "permissions", who]);
            let mut paths = BTreeMap::new();
            for row in rows.as_array().unwrap() {
                paths.insert(row["path"].as_str().unwrap().to_owned(), set(&row["granted"]));
            }
            let permissions = permissions.as_object().unwrap().iter();
            let permissions: BTreeMap<String, BTreeSet<String>> = permissions
                .map(|(path, held)| (path.clone(), held.as_object().unwrap().keys().cloned().collect()))
                .collect();
            prop_assert_eq!(paths, permissions, "access {}", who);
        }
    }
}
