//! Over random directories: what `check` says of entries without effect and of powerless tokens is what comes out when
//! the entry is taken away, and when everything is asked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, proptest};
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;
use std::sync::Arc;
use usher::access::{Effect, Permissions, Policy};
use usher::catalogue::Catalogue;
use usher::check::{Input, Selection, Severity, check};
use usher::format::user_cfg;
use usher::model::directory::Directory;
use usher::store::Files;

const PATHS: [&str; 9] =
    ["/", "/vms", "/vms/100", "/vms/101", "/pool", "/pool/a", "/pool/a/b", "/storage/local", "/nodes"];
const GUESTS: [&str; 2] = ["100", "101"];
const PEOPLE: [&str; 3] = ["ann@pve", "bob@pve", "cid@pve"];
const SUBJECTS: [&str; 8] =
    ["@red", "@green", "@empty", "ann@pve", "bob@pve", "ann@pve!one", "ann@pve!two", "bob@pve!one"];
const ROLES: [&str; 6] = ["NoAccess", "PVEAuditor", "PVEVMUser", "Administrator", "Some", "Hollow"];
const ASKED: [&str; 6] = ["ann@pve", "bob@pve", "cid@pve", "ann@pve!one", "ann@pve!two", "bob@pve!one"];

fn text() -> impl Strategy<Value = String> {
    let entry = (select(&PATHS), any::<bool>(), subsequence(&SUBJECTS, 1..3), subsequence(&ROLES, 1..3));
    let members = (subsequence(&PEOPLE, 0..4), subsequence(&PEOPLE, 0..4));
    let members = (members, subsequence(&GUESTS, 0..3), any::<bool>());
    (members, vec(entry, 0..10)).prop_map(|(((red, green), guests, storages), entries)| {
        let mut text = format!(
            "user:ann@pve:1:0::::::\ntoken:ann@pve!one:0:1::\ntoken:ann@pve!two:0:0::\nuser:bob@pve:1:0::::::\n\
             token:bob@pve!one:0:1::\nuser:cid@pve:1:0::::::\ngroup:red:{}::\ngroup:green:{}::\ngroup:empty:::\n\
             pool:a::{}::\npool:a/b:::{}:\nrole:Some:VM.Audit,Sys.Audit:\nrole:Hollow::\n",
            red.join(","),
            green.join(","),
            guests.join(","),
            if storages { "local" } else { "" },
        );
        for (path, propagate, subjects, roles) in entries {
            let flag = u8::from(propagate);
            text.push_str(&format!("acl:{flag}:{path}:{}:{}:\n", subjects.join(","), roles.join(",")));
        }
        text
    })
}

/// What everybody may do at every path, and one step below it.
fn everything(directory: &Directory, catalogue: &Catalogue) -> BTreeMap<(&'static str, String), Permissions> {
    let policy = Policy::compile(directory, catalogue);
    let paths =
        PATHS.iter().flat_map(|path| [(*path).to_owned(), format!("{}/x", path.trim_end_matches('/'))]);
    let asked = paths.flat_map(|path| ASKED.map(|who| (who, path.clone())));
    asked.map(|(who, path)| ((who, path.clone()), policy.permissions(who, &path))).collect()
}

/// The same directory without one entry.
fn without(
    directory: &Directory,
    path: &str,
    key: &(usher::model::acl::Subject, usher::model::id::RoleId),
) -> Directory {
    let mut directory = directory.clone();
    let mut node = directory.acl.get(path).unwrap();
    node.entries.remove(key).unwrap();
    match node.entries.is_empty() {
        true => drop(directory.acl.remove(&node.path)),
        false => directory.acl.put(node),
    }
    directory
}

/// What `check` says of the token `joe@pve!ci` with these lines behind its own.
fn is_powerless(lines: &str) -> bool {
    let text = format!("user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\ngroup:devs:joe@pve::\n{lines}");
    let files = Files::from([("user.cfg".to_owned(), Arc::new(text.into_bytes()))]);
    let catalogue = Catalogue::pve9();
    let input = Input { files: &files, catalogue: &catalogue, migrate_to: None, modes: &[], now: 0 };
    check(&input, &Selection::from(Severity::Warning)).iter().any(|one| one.rule.code == "U041")
}

#[test]
fn a_token_is_asked_for_everywhere_it_may_reach() {
    for (lines, powerless) in [
        ("acl:1:/vms:joe@pve!ci:PVEVMUser:\n", true),
        ("acl:1:/vms:joe@pve!ci,joe@pve:PVEVMUser:\n", false),
        ("acl:1:/vms:joe@pve!ci,@devs:PVEVMUser:\n", false),
        ("acl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:1:/vms/100:joe@pve:PVEVMUser:\n", false),
        ("acl:1:/vms/100:joe@pve!ci:PVEVMUser:\nacl:1:/vms/101:joe@pve:PVEVMUser:\n", true),
        // Only below the owner's denial, which does not reach down.
        (
            "acl:1:/:joe@pve:PVEVMUser:\nacl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:0:/vms:joe@pve:NoAccess:\n",
            false,
        ),
        (
            "acl:1:/:joe@pve:PVEVMUser:\nacl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:1:/vms:joe@pve:NoAccess:\n",
            true,
        ),
        // Only at the member of a pool, by one side or the other.
        ("pool:web::100::\nacl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:1:/pool/web:joe@pve:PVEVMUser:\n", false),
        ("pool:web::100::\nacl:1:/pool/web:joe@pve!ci:PVEVMUser:\nacl:1:/vms:joe@pve:PVEVMUser:\n", false),
        (
            "pool:web:::\npool:web/a::100::\nacl:1:/pool/web:joe@pve!ci:PVEVMUser:\nacl:1:/vms:joe@pve:PVEVMUser:\n",
            false,
        ),
        ("pool:web::100::\nacl:0:/pool:joe@pve!ci:PVEVMUser:\nacl:1:/vms:joe@pve:PVEVMUser:\n", true),
    ] {
        assert_eq!(is_powerless(lines), powerless, "{lines}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_entry_without_effect_can_go(text in text()) {
        let catalogue = Catalogue::pve9();
        let (directory, _) = user_cfg::parse(&Arc::new(text.clone().into_bytes()), &catalogue);
        let before = everything(&directory, &catalogue);
        let policy = Policy::compile(&directory, &catalogue);
        let mut effects = policy.effects(usize::MAX);
        for entry in directory.entries() {
            let effect = effects.of(entry.path.as_str(), (&entry.subject).into(), entry.role.as_str());
            let after = everything(&without(&directory, entry.path.as_str(), &(entry.subject.clone(), entry.role.clone())), &catalogue);
            let changes = after != before;
            if let Effect::Redundant | Effect::Shadowed | Effect::Nobody = effect {
                prop_assert!(!changes, "{entry} is {effect:?}:\n{text}");
            }
            if let Effect::Decides { takes_away } = effect {
                let key = (entry.subject.to_string(), entry.path.to_string());
                let at = |all: &BTreeMap<(&str, String), Permissions>| {
                    all.iter().find(|((who, path), _)| (*who, path) == (&key.0, &key.1)).map(|(_, held)| held.granted)
                };
                // A token may still be kept from it by its owner, and members of pools are judged apart.
                if let (Some(before), Some(after)) = (at(&before), at(&after))
                    && !key.0.contains('!') && !key.1.starts_with("/vms/") && !key.1.starts_with("/storage/")
                {
                    prop_assert!(after.difference(before) == takes_away, "{entry} takes {takes_away:?}:\n{text}");
                }
            }
        }
    }

    #[test]
    fn powerless_tokens_can_do_nothing_and_others_something(text in text()) {
        let catalogue = Catalogue::pve9();
        let files = Files::from([("user.cfg".to_owned(), Arc::new(text.clone().into_bytes()))]);
        let input = Input { files: &files, catalogue: &catalogue, migrate_to: None, modes: &[], now: 0 };
        let (directory, _) = user_cfg::parse(&files["user.cfg"], &catalogue);
        let all = everything(&directory, &catalogue);
        let found = check(&input, &Selection::from(Severity::Hint));
        for token in ["ann@pve!one", "bob@pve!one"] {
            let can = all.iter().any(|((who, _), held)| *who == token && !held.is_empty());
            let told = found.iter().any(|one| {
                ["U040", "U041"].contains(&one.rule.code) && one.message.contains(&format!("'{token}'"))
            });
            prop_assert!(told != can, "{token} can: {can}, told: {told}\n{text}");
        }
    }
}
