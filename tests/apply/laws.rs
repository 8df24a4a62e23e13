//! What holds for every directory.

use proptest::prelude::*;
use std::collections::BTreeSet;
use usher::catalogue::Catalogue;
use usher::error::Result;
use usher::format::document::{Document, Section, json, toml};
use usher::format::{domains_cfg, jobs_cfg, user_cfg};
use usher::model::job::Here;
use usher::store::apply::{Applied, Options};
use usher::store::change::{Order, change};
use usher::store::{Files, MemoryStore, Store};

const NAMES: [&str; 3] = ["user.cfg", "domains.cfg", "jobs.cfg"];

fn store(texts: &[String; 3]) -> MemoryStore {
    let files =
        NAMES.iter().zip(texts).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec().into()));
    MemoryStore::new(files.collect())
}

fn files(store: &MemoryStore) -> Files {
    store.load(&NAMES).unwrap()
}

fn document(store: &MemoryStore) -> Document {
    let files = files(store);
    let text = |name: &str| files.get(name).cloned().unwrap_or_default();
    let directory = user_cfg::parse(&text(NAMES[0]), &Catalogue::pve9()).0;
    let (realms, jobs) = (domains_cfg::parse(&text(NAMES[1])).0, jobs_cfg::parse(&text(NAMES[2])).0);
    Document::of(&directory, &realms, &jobs, &BTreeSet::from(Section::ALL))
}

fn apply(store: &MemoryStore, document: &Document, prune: bool) -> Result<Applied> {
    let catalogue = Catalogue::pve9();
    let zone = jiff::tz::TimeZone::UTC;
    let here = Here { now: 1_800_000_000, zone: &zone, node: "here", process: 1 };
    let options = Options { prune, force: true };
    Ok(change(store, &catalogue, &Order::default(), |draft| {
        draft.apply(&catalogue, document, options, &here)
    })?
    .value)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-zü :%\"'\\\\\n\u{9b}#=]{1,6}"]
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b':' | b'%' | 0..=31 | 127..=255 => format!("%{byte:02x}"),
            byte => char::from(byte).to_string(),
        })
        .collect()
}

/// A line of `user.cfg` that may contradict others.
fn wild_line() -> impl Strategy<Value = String> {
    let user = prop_oneof![Just("ann@pve"), Just("joe@pve"), Just("root@pam"), Just("ghost@corp")];
    let group = prop_oneof![Just("devs"), Just("ops"), Just("none")];
    let role = prop_oneof![Just("power"), Just("PVEAuditor"), Just("ghost")];
    prop_oneof![
        (user.clone(), 0..2, 0..3_u64, text()).prop_map(|(id, on, end, said)| format!(
            "user:{id}:{on}:{end}:{0}::a@b.de:{0}:x:",
            encoded(&said)
        )),
        (user.clone(), 0..2, text())
            .prop_map(|(id, sep, said)| format!("token:{id}!ci:0:{sep}:{}:", encoded(&said))),
        (group.clone(), user.clone(), user.clone(), text())
            .prop_map(|(id, one, two, said)| format!("group:{id}:{one},{two}:{}:", encoded(&said))),
        Just("role:power:VM.Audit,VM.Strange:".to_owned()),
        (0..2, prop_oneof![Just("/"), Just("/vms/100"), Just("/odd/path")], user, group, role).prop_map(
            |(propagate, path, user, group, role)| format!("acl:{propagate}:{path}:{user},@{group}:{role}:")
        ),
        Just("pool:web:a comment:100,101,odd:local:".to_owned()),
        Just("pool:web/inner::102,100::".to_owned()),
        Just("# a comment".to_owned()),
        Just("strange:line:".to_owned()),
    ]
}

/// A directory nothing is wrong with.
fn good() -> impl Strategy<Value = [String; 3]> {
    let users = ["ann@pve", "bob@corp", "joe@pve"];
    let sets = prop::collection::vec(any::<bool>(), 40);
    (sets, text(), text(), 1..3_u64).prop_map(move |(coins, one, other, number)| {
        let mut coins = coins.into_iter();
        let mut coin = move || coins.next().unwrap_or_default();
        let bit = u8::from;
        let mut user_cfg = String::new();
        let there: Vec<&str> = users.into_iter().filter(|_| coin()).collect();
        for id in &there {
            user_cfg += &format!(
                "user:{id}:{}:{}:{}::::x:\n",
                bit(coin()),
                number * bit(coin()) as u64,
                encoded(&one)
            );
            if coin() {
                user_cfg += &format!("token:{id}!ci:{number}:{}:{}:\n", bit(coin()), encoded(&other));
            }
        }
        let groups: Vec<&str> = ["devs", "ops"].into_iter().filter(|_| coin()).collect();
        for id in &groups {
            let members: Vec<&str> = there.iter().copied().filter(|_| coin()).collect();
            user_cfg += &format!("group:{id}:{}:{}:\n", members.join(","), encoded(&other));
        }
        if coin() {
            user_cfg += &format!("pool:web:{}:100,10{number}:local:\n", encoded(&one));
            if coin() {
                user_cfg += "pool:web/inner::105,200::\n";
            }
        }
        if coin() {
            user_cfg += "pool:zoo::103:nfs:\n";
        }
        let mut roles = vec!["PVEAuditor"];
        if coin() {
            user_cfg += &format!("role:power:VM.Audit{}:\n", if coin() { ",VM.Console" } else { "" });
            roles.push("power");
        }
        for path in ["/", "/vms/100", "/pool/web"] {
            let subjects =
                there.iter().map(|id| (*id).to_owned()).chain(groups.iter().map(|id| format!("@{id}")));
            for subject in subjects {
                if coin() {
                    let role = roles[usize::from(coin()) % roles.len()];
                    user_cfg += &format!("acl:{}:{path}:{subject}:{role}:\n", bit(coin()));
                }
            }
        }
        let mut domains = String::new();
        for (realm, order) in [("corp", 1), ("lab", 2)] {
            if realm == "corp" || coin() {
                domains += &format!(
                    "ldap: {realm}\n\tbase_dn dc=x,dc={order}\n\tserver1 s{number}\n\tuser_attr uid\n{}{}\n",
                    if coin() { "\tverify 1\n" } else { "" },
                    if coin() { "\tport 636\n" } else { "" },
                );
            }
        }
        let mut jobs = String::new();
        if coin() {
            let schedule = if coin() { "02:00" } else { "mon 03:00" };
            jobs += &format!("realm-sync: night\n\trealm corp\n\tschedule {schedule}\n\tscope both\n");
            jobs += if coin() { "\tenabled 0\n" } else { "" };
        }
        [user_cfg, domains, jobs]
    })
}

proptest! {
    /// An export, applied to where it comes from, changes no byte, pruned or not, whatever stands there.
    #[test]
    fn an_export_is_no_change(lines in prop::collection::vec(wild_line(), 0..16), [_, domains, jobs] in good(), prune: bool) {
        let store = store(&[lines.join("\n") + "\n", domains, jobs]);
        let before = files(&store);
        let exported = document(&store);
        let read = Document::parse("x", &toml(&exported).unwrap()).unwrap();
        prop_assert_eq!(&read, &exported);
        prop_assert_eq!(&Document::parse("x", &json(&exported).unwrap()).unwrap(), &exported);
        let applied = apply(&store, &read, prune).unwrap();
        prop_assert_eq!(applied.changes, Vec::new());
        prop_assert!(files(&store) == before);
    }

    /// The export of one directory, applied to another and pruned, makes them the same; the second time nothing happens.
    #[test]
    fn one_becomes_the_other(from in good(), to in good()) {
        let (one, other) = (store(&from), store(&to));
        let wanted = document(&other);
        apply(&one, &wanted, true).unwrap();
        prop_assert_eq!(&document(&one), &wanted);
        let (changed, again) = (files(&one), apply(&one, &wanted, true).unwrap());
        prop_assert_eq!(again.changes, Vec::new());
        prop_assert!(files(&one) == changed);
    }

    /// Without pruning, too, the second time nothing happens.
    #[test]
    fn what_was_applied_is_there(from in good(), to in good()) {
        let (one, other) = (store(&from), store(&to));
        let wanted = document(&other);
        apply(&one, &wanted, false).unwrap();
        let (changed, again) = (files(&one), apply(&one, &wanted, false).unwrap());
        prop_assert_eq!(again.changes, Vec::new());
        prop_assert!(files(&one) == changed);
    }
}
