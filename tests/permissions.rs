//! Who may do what where: decision tables, recorded answers, and random directories against the plain
//! rules.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is not there fails the test"
)]

#[path = "permissions/agree.rs"]
mod agree;
#[path = "permissions/directory.rs"]
mod directory;
#[path = "permissions/explained.rs"]
mod explained;
#[path = "permissions/matrix.rs"]
mod matrix;
#[path = "permissions/random.rs"]
mod random;
#[path = "permissions/reference.rs"]
mod reference;
mod support;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;
use usher::access::{Permissions, Policy, Roles};
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::path::AclPath;

/// The one place where a text becomes a policy.
fn policy(text: &str, catalogue: &Catalogue) -> Policy {
    let (directory, _) = user_cfg::parse(&Arc::new(text.as_bytes().to_vec()), catalogue);
    Policy::compile(&directory, catalogue)
}

fn flags(catalogue: &Catalogue, permissions: Permissions) -> BTreeMap<String, bool> {
    permissions.iter().map(|(one, flag)| (catalogue.name(one).to_owned(), flag)).collect()
}

fn words(flags: &BTreeMap<String, bool>) -> String {
    let words: Vec<String> = flags.iter().map(|(name, flag)| format!("{name}={}", u8::from(*flag))).collect();
    words.join(" ")
}

fn answer(policy: &Policy, catalogue: &Catalogue, question: &[&str]) -> String {
    let held = |permissions: Permissions| {
        let all = Permissions { granted: catalogue.all(), propagated: catalogue.all() };
        if permissions == all { "all".to_owned() } else { words(&flags(catalogue, permissions)) }
    };
    match question {
        ["roles", who, path] => match policy.roles(who, path) {
            Roles::Full(role) => role,
            Roles::Held(held) => words(&held),
        },
        ["perm", who, path] => held(policy.permissions(who, path)),
        ["lists", who] => {
            let paths: Vec<String> =
                policy.listing(who).into_iter().map(|(path, _)| path.to_owned()).collect();
            paths.join(" ")
        }
        ["lists", who, wanted] => {
            let listed = policy.listing(who).into_iter().find(|(path, _)| path == wanted);
            listed.map_or_else(String::new, |(_, permissions)| held(permissions))
        }
        ["may-grant", who, path] => {
            let below = catalogue.delegation_below(&AclPath::parse(path).unwrap());
            let enough = [catalogue.delegation(), below];
            let may = enough.into_iter().flatten().any(|privilege| policy.check(who, privilege, path));
            if may { "yes" } else { "no" }.to_owned()
        }
        _ => panic!("no question: {question:?}"),
    }
}

#[test]
fn decision_tables() {
    let catalogue = Catalogue::pve9();
    let tables = [include_str!("data/permissions.txt"), include_str!("data/permissions-odd.txt")].concat();
    let (mut asked, mut wrong) = (0, Vec::new());
    for block in tables.split("\n== ").skip(1) {
        let (title, body) = block.split_once('\n').unwrap();
        let lines = || body.lines().filter(|line| !line.is_empty());
        let config: Vec<&str> = lines().filter(|line| !line.starts_with("? ")).collect();
        let policy = policy(&config.join("\n"), &catalogue);
        for line in lines().filter_map(|line| line.strip_prefix("? ")) {
            let (question, expected) = line.split_once(" =").unwrap();
            let words: Vec<&str> = question.split(' ').collect();
            let found = answer(&policy, &catalogue, &words);
            asked += 1;
            if found != expected.trim_start() {
                wrong.push(format!("{title}: {question} = {found}, expected{expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 150, "only {asked} questions were read");
}

#[test]
fn recorded_answers() {
    let mut text = String::new();
    let packed = &include_bytes!("data/permissions.json.gz")[..];
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let recorded: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(recorded.len(), 120);
    let catalogue = Catalogue::pve9();
    let expected = |privileges: &serde_json::Value| -> BTreeMap<String, bool> {
        let privileges = privileges.as_object().into_iter().flatten();
        privileges.map(|(name, flag)| (name.clone(), flag.as_u64() == Some(1))).collect()
    };
    let mut compared = 0;
    for (place, directory) in recorded.iter().enumerate() {
        let policy = policy(directory["raw"].as_str().unwrap(), &catalogue);
        for answer in directory["answers"].as_array().unwrap() {
            let (who, path) = (answer["who"].as_str().unwrap(), answer["path"].as_str().unwrap());
            let found = flags(&catalogue, policy.permissions(who, path));
            assert_eq!(found, expected(&answer["privs"]), "directory {place}: {who} on {path}");
            compared += 1;
        }
        for (who, listing) in directory["all"].as_object().unwrap() {
            let mut listing = listing.as_object().unwrap().clone();
            for (path, permissions) in policy.listing(who) {
                let recorded = listing.remove(path).unwrap_or_default();
                let found = flags(&catalogue, permissions);
                assert_eq!(found, expected(&recorded), "directory {place}: listing of {who}, {path}");
                compared += 1;
            }
            let left: Vec<&String> = listing.keys().collect();
            assert!(left.is_empty(), "directory {place}: listing of {who} lacks {left:?}");
        }
    }
    assert!(compared > 3000, "only {compared} answers were compared");
}

#[test]
fn listings_are_sorted() {
    let catalogue = Catalogue::pve9();
    let policy = policy(
        "acl:1:/vms/1000:a@pve:PVEAuditor:\nacl:1:/:a@pve:PVEAuditor:\nacl:1:/vms/a/b:a@pve:NoAccess:\n",
        &catalogue,
    );
    let listing = policy.listing("a@pve");
    assert!(listing.is_sorted_by(|left, right| left.0 < right.0), "{listing:?}");
    assert!(policy.listing("b@pve").is_empty());
    assert_eq!(policy.listing("root@pam").len(), 8 + 3);
}

#[test]
fn somebody_looked_up_before() {
    let catalogue = Catalogue::pve9();
    let policy = policy("acl:1:/vms:a@pve:PVEAuditor:\n", &catalogue);
    let audit = catalogue.require_privilege("VM.Audit").unwrap();
    let somebody = policy.principal("a@pve").unwrap();
    assert!(policy.check_principal(somebody, audit, "/vms/1"));
    assert!(!policy.check_principal(somebody, audit, "/storage"));
    assert!(policy.principal("b@pve").is_none());
    assert!(policy.check_principal(policy.principal("root@pam").unwrap(), audit, "anything"));
}

#[test]
fn a_directory_that_is_no_hypervisor() {
    let settings = include_str!("../examples/config-shipyard/usher.toml");
    let catalogue = Catalogue::in_settings(settings).unwrap().unwrap();
    let policy = policy(
        "user:ada@local:1:0::::::\n\
         user:ben@local:1:0::::::\n\
         group:night:ada@local,ben@local::\n\
         pool:north::7:big-red:\n\
         acl:1:/docks:@night:YardWorker:\n\
         acl:1:/docks/east:ben@local:Ashore:\n\
         acl:1:/crews/north:ada@local:YardForeman:\n",
        &catalogue,
    );
    for (who, privilege, path, granted) in [
        ("ada@local", "Dock.Enter", "/docks/east", true),
        ("ben@local", "Dock.Enter", "/docks/east", false),
        ("ben@local", "Dock.Enter", "/docks/west/gate", true),
        ("ada@local", "Berth.Assign", "/berths/7", true),
        ("ada@local", "Crane.Move", "/cranes/big-red", true),
        ("ada@local", "Berth.Assign", "/berths/8", false),
        ("harbourmaster@local", "Keys.Give", "/", true),
        ("root@pam", "Berth.Look", "/", false),
    ] {
        let privilege = catalogue.require_privilege(privilege).unwrap();
        assert_eq!(policy.check(who, privilege, path), granted, "{who} on {path}");
    }
    let refusal = catalogue.require_privilege("Ship.Steer").unwrap_err();
    assert!(refusal.hint().unwrap().contains("by their own crews"));
    assert!(catalogue.allows_path(&AclPath::parse("/docks/east/gate").unwrap()));
    assert!(!catalogue.allows_path(&AclPath::parse("/vms/100").unwrap()));
}

/// The examples in `docs/catalogue.md` are read as they stand there.
#[test]
fn the_documented_catalogue() {
    let page = include_str!("../docs/catalogue.md");
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let names: Vec<String> =
        blocks.map(|block| Catalogue::in_settings(block).unwrap().unwrap().id().to_owned()).collect();
    assert_eq!(names, ["pve8", "shipyard"]);
}

#[test]
fn an_empty_item_of_a_list_names_nobody() {
    let list = |items: [&str; 2]| items.map(str::to_owned).to_vec();
    let entry = |path: &str, subject: &str| directory::Entry {
        path: path.to_owned(),
        propagate: false,
        subjects: list(["", subject]),
        roles: list(["", "PVEVMUser"]),
    };
    let pool =
        directory::Pool { name: "pond".to_owned(), guests: list(["", "100"]), storages: list(["", "local"]) };
    let told = directory::Directory {
        groups: vec![("crew".to_owned(), list(["", "lena@pve"]))],
        pools: vec![pool],
        entries: vec![entry("/pool/pond", "@crew"), entry("/nodes", "lena@pve")],
        ..directory::Directory::default()
    };
    let policy = Policy::compile(&told, &Catalogue::pve9());
    for path in ["/vms/100", "/storage/local", "/nodes", "/pool/pond"] {
        assert!(!policy.permissions("lena@pve", path).is_empty(), "{path}");
        assert!(policy.principal("").is_none());
    }
    for path in ["/vms/0", "/storage/"] {
        assert!(policy.permissions("lena@pve", path).is_empty(), "{path}");
    }
}
