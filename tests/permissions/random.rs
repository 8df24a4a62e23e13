//! Random directories: the engine and the plain rules agree on everybody and everything.

use crate::directory::{Directory, Entry, Pool};
use crate::flags;
use crate::reference::Reference;
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{select, subsequence};
use usher::access::difference::{Difference, Reach, Side, differences};
use usher::access::{Policy, Roles};
use usher::catalogue::Catalogue;

pub const USERS: [&str; 5] = ["ann@pve", "bob@pve", "b!ob@ldap", "ghost@pve", "root@pam"];
pub const TOKENS: [&str; 5] = ["ann@pve!one", "ann@pve!two", "b!ob@ldap!one", "root@pam!one", "bob@pve!gone"];
const GROUPS: [&str; 4] = ["@red", "@green", "@blue", "@nobody"];
const ROLES: [&str; 8] =
    ["NoAccess", "PVEAuditor", "PVEVMUser", "Administrator", "Some", "Other", "Hollow", "Unknown"];
pub const PRIVILEGES: [&str; 5] = ["VM.Audit", "VM.Console", "Datastore.Audit", "Sys.Audit", "No.Such"];
pub const PATHS: [&str; 14] = [
    "/",
    "/vms",
    "/vms/100",
    "/vms/100/disk",
    "/vms/101",
    "/storage",
    "/storage/local",
    "/pool",
    "/pool/a",
    "/pool/a/b",
    "/pool/c",
    "/sdn/zones/z",
    "/nodes/n1",
    "/access/groups/red",
];
pub const ODD_PATHS: [&str; 14] = [
    "/vms/102",
    "/vms/0",
    "/vms/0100",
    "/vms/100/",
    "//vms/100",
    "/vms//100",
    "/vms/0/100",
    "/vms/100/disk/deep",
    "/storage/nfs",
    "/storage/local/x",
    "vms",
    "",
    "/pool/a/b/c",
    "/with blank",
];

fn owned(items: Vec<&'static str>) -> Vec<String> {
    items.into_iter().map(str::to_owned).collect()
}

fn some(from: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence(from, 0..=most.min(from.len())).prop_map(owned)
}

fn entry() -> impl Strategy<Value = Entry> {
    let subjects = (some(&USERS[..4], 2), some(&TOKENS, 2), some(&GROUPS, 2));
    let subjects = subjects.prop_map(|(users, tokens, groups)| [groups, users, tokens].concat());
    (select(&PATHS), any::<bool>(), subjects, some(&ROLES, 2)).prop_map(
        |(path, propagate, subjects, roles)| Entry { path: path.to_owned(), propagate, subjects, roles },
    )
}

/// Entries for so many others that the engine treats their paths as crowded.
fn crowd() -> impl Strategy<Value = Vec<Entry>> {
    let strangers: Vec<String> = (0..40).map(|place| format!("stranger{place}@pve")).collect();
    some(&["/", "/vms", "/pool/a"], 3).prop_map(move |paths| {
        let at = |path| Entry {
            path,
            propagate: true,
            subjects: strangers.clone(),
            roles: owned(vec!["PVEAuditor"]),
        };
        paths.into_iter().map(at).collect()
    })
}

pub fn directory() -> impl Strategy<Value = Directory> {
    let tokens = vec(any::<bool>(), 4)
        .prop_map(|flags| TOKENS.iter().map(|id| (*id).to_owned()).zip(flags).collect::<Vec<_>>());
    let groups = vec(some(&USERS, 4), 3);
    // A guest is in one pool at most: 100 and 0 in the first, 101 in the second, perhaps.
    let pools = (some(&["100", "0"], 2), some(&["101", "7"], 2), vec(some(&["local", "nfs"], 2), 3));
    let roles = (some(&PRIVILEGES, 4), some(&PRIVILEGES, 4));
    (tokens, groups, pools, roles, (vec(entry(), 0..14), crowd())).prop_map(
        |(tokens, groups, (first, second, storages), (some, other), (mut entries, crowd))| {
            entries.extend(crowd);
            let mut storages = storages.into_iter();
            let mut pool = |name: &str, guests: Vec<String>| Pool {
                name: name.to_owned(),
                guests,
                storages: storages.next().unwrap_or_default(),
            };
            Directory {
                users: owned(vec!["ann@pve", "bob@pve", "b!ob@ldap"]),
                tokens,
                groups: GROUPS.iter().map(|name| name[1..].to_owned()).zip(groups).collect(),
                pools: vec![pool("a", first), pool("a/b", second), pool("c", vec![])],
                roles: vec![
                    ("Some".to_owned(), some),
                    ("Other".to_owned(), other),
                    ("Hollow".to_owned(), vec![]),
                    ("NoAccess".to_owned(), vec!["VM.Audit".to_owned()]),
                ],
                entries,
            }
        },
    )
}

/// A directory, and the same with something changed.
fn changed() -> impl Strategy<Value = (Directory, Directory)> {
    (directory(), directory(), 0..7usize, any::<bool>()).prop_map(|(before, other, part, swap)| {
        let mut after = before.clone();
        match part {
            0 => after.tokens = other.tokens,
            1 => after.groups = other.groups,
            2 => after.pools = other.pools,
            3 => after.roles = other.roles,
            4 => after.entries = other.entries,
            5 => drop(after.entries.pop()),
            _ => after = other,
        }
        if swap { (after, before) } else { (before, after) }
    })
}

/// Whether a difference says something about a path.
fn covers(difference: &Difference, path: &str) -> bool {
    let below = path != difference.path
        && (difference.path == "/" || path.starts_with(&format!("{}/", difference.path)));
    match difference.reach {
        Reach::HereAndBelow => below || path == difference.path,
        Reach::Here => path == difference.path,
        Reach::Below => below,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_plain_rules(directory in directory(), everybody in Just([&USERS[..], &TOKENS[..]].concat())) {
        let catalogue = Catalogue::pve9();
        let policy = Policy::compile(&directory, &catalogue);
        let reference = Reference::new(&directory, &catalogue);
        for who in everybody.iter().chain(&["stranger@pve", "red", ""]) {
            for path in PATHS.iter().chain(&ODD_PATHS) {
                let found = match policy.roles(who, path) {
                    Roles::Full(_) => None,
                    Roles::Held(held) => Some(held),
                };
                prop_assert_eq!(found, reference.roles(who, path), "roles {} {}", who, path);
                let permissions = policy.permissions(who, path);
                let expected = reference.permissions(who, path);
                prop_assert_eq!(flags(&catalogue, permissions), expected.clone(), "permissions {} {}", who, path);
                for name in &PRIVILEGES[..4] {
                    let privilege = catalogue.privilege(name).unwrap();
                    let granted = policy.check(who, privilege, path);
                    prop_assert_eq!(granted, expected.contains_key(*name), "check {} {} {}", who, name, path);
                }
            }
            let listed = policy.listing(who).into_iter();
            let listed = listed.map(|(path, held)| (path.to_owned(), flags(&catalogue, held))).collect();
            prop_assert_eq!(reference.listing(who, &catalogue), listed, "listing {}", who);
        }
    }
    #[test]
    fn every_difference_is_told((before, after) in changed(), everybody in Just([&USERS[..], &TOKENS[..]].concat())) {
        let catalogue = Catalogue::pve9();
        let policies = [&before, &after].map(|directory| Policy::compile(directory, &catalogue));
        let acts = |_: &str| true;
        let [old, new] = &policies;
        let told = differences(Side { policy: old, acts: &acts }, Side { policy: new, acts: &acts });
        let granted = |policy: &Policy, who: &str, path: &str| policy.permissions(who, path).granted;
        for one in &told {
            let path = match one.reach {
                Reach::Below => format!("{}/nothing-is-set-here", one.path).replace("//", "/"),
                _ => one.path.clone(),
            };
            let (old, new) = (granted(old, &one.who, &path), granted(new, &one.who, &path));
            prop_assert_eq!((one.gains, one.loses), (new.difference(old), old.difference(new)), "{:?}", one);
        }
        // A token that may do what its owner may is not told beside him.
        let full = |directory: &Directory, who: &str| directory.tokens.contains(&(who.to_owned(), false));
        for who in everybody.iter().filter(|who| !(full(&before, who) && full(&after, who))) {
            for path in PATHS.iter().chain(&["/vms/7", "/storage/nfs", "/vms/102", "/nodes/n2"]) {
                let (old, new) = (granted(old, who, path), granted(new, who, path));
                let mut about = told.iter().filter(|one| one.who == *who && covers(one, path));
                let said = about.clone().any(|one| one.gains.contains_all(new.difference(old)) && one.loses.contains_all(old.difference(new)));
                prop_assert!(old == new || said, "{} {}: {:?}", who, path, about.next());
            }
        }
    }
}
