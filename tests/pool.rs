//! Pools, nested and with members, in directories that tell what exists and in those that do not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::Place;

/// A node's directory: one guest of each kind, one storage besides `local`.
fn node() -> Place {
    let place = Place::with(&[
        ("nodes/n1/qemu-server/100.conf", "name: web\n"),
        ("nodes/n2/lxc/200.conf", "hostname: db\n"),
        ("storage.cfg", "nfs: tank\n\tserver 192.0.2.1\n\tnodes n1\n\tshared 1\n\n"),
    ]);
    place.all(&[
        "user add joe@pve",
        "pool add top --comment 'All of it'",
        "pool modify top --vms 100,200,300 --storage tank,gone",
    ]);
    place
}

#[test]
fn pools_nest_three_levels_deep() {
    let place = Place::after(&["pool add a", "pool add a/b", "pool add a/b/c"]);
    assert_eq!(place.lines("pool"), ["a::::", "a/b::::", "a/b/c::::"]);
    place.untouched("pool add a/b/c/d").refused(2);
    place.untouched("pool add x/y").refused(1);
    assert!(place.untouched("pool add 1st").refused(1).contains("letter"));
    for name in ["", "/a", "a/", "a//d", "a b", "a:b"] {
        place.run("usher", ["pool", "add", name], "").refused(2);
    }
    place.untouched("pool delete a").refused(1);
    place.untouched("pool delete a/b").refused(1);
    place.all(&["pool delete a/b/c", "pool delete a/b", "pool delete a"]);
    assert_eq!(place.lines("pool"), Vec::<String>::new());
}

#[test]
fn delete_takes_the_entries_of_that_pool_only() {
    for name in ["usher", "pveum"] {
        let place = Place::after(&[
            "user add joe@pve",
            "pool add a",
            "pool add a/b",
            "pool add ab",
            "acl modify /pool/a --users joe@pve --roles PVEPoolUser",
            "acl modify /pool/a/b --users joe@pve --roles PVEPoolAdmin",
            "acl modify /pool/ab --users joe@pve --roles PVEPoolUser",
        ]);
        let run = place.run(name, ["pool", "delete", "a/b"], "");
        assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
        assert_eq!(run.err.contains("/pool/a/b"), name == "usher", "{}", run.err);
        assert_eq!(place.lines("acl"), ["1:/pool/a:joe@pve:PVEPoolUser:", "1:/pool/ab:joe@pve:PVEPoolUser:"]);
        place.run(name, ["pool", "delete", "a"], "").warned();
        assert_eq!(place.lines("acl"), ["1:/pool/ab:joe@pve:PVEPoolUser:"]);
    }
}

#[test]
fn a_guest_is_in_one_pool_and_moves_when_told() {
    let place = Place::after(&["pool add a", "pool add b", "pool modify a --vms 100,101 --storage tank"]);
    assert!(place.untouched("pool modify b --vms 100").refused(1).contains("100"));
    place.usher("pool modify b --vms 100 --allow-move").quiet();
    assert_eq!(place.lines("pool"), ["a::101:tank:", "b::100::"]);
    place.usher("pool modify b --storage tank").quiet();
    assert_eq!(place.lines("pool"), ["a::101:tank:", "b::100:tank:"]);
    place.usher("pool modify b --delete --vms 100 --storage tank").quiet();
    assert_eq!(place.lines("pool")[1], "b::::");
    place.untouched("pool modify b --delete --vms 100").refused(1);
    place.untouched("pool modify b --vms 99").refused(2);
    place.untouched("pool modify b --storage 1x").refused(2);
    place.untouched("pool modify nope --vms 100").refused(1);
    place.usher("pool modify a --comment 'x:y'").quiet();
    assert_eq!(place.lines("pool")[0], "a:x%3Ay:101:tank:");
}

#[test]
fn members_are_listed_when_they_exist() {
    let place = node();
    assert_eq!(place.lines("pool"), ["top:All of it:100,200,300:gone,tank:"]);
    let members = |more: &str| -> Value {
        place.usher(&format!("pool list --poolid top --output-format json {more}")).json()[0]["members"]
            .clone()
    };
    let web = json!({"id": "qemu/100", "node": "n1", "status": "unknown", "type": "qemu", "vmid": 100});
    let db = json!({"id": "lxc/200", "node": "n2", "status": "unknown", "type": "lxc", "vmid": 200});
    let tank = json!({"id": "storage/n1/tank", "node": "n1", "plugintype": "nfs", "shared": 1,
        "status": "unknown", "storage": "tank", "type": "storage"});
    assert_eq!(members(""), json!([web, db, tank]));
    assert_eq!(members("--type qemu"), json!([web]));
    assert_eq!(members("--type storage"), json!([tank]));
    place.usher("pool modify top --storage local").quiet();
    let local = json!({"id": "storage/n1/local", "node": "n1", "plugintype": "dir", "shared": 0,
        "status": "unknown", "storage": "local", "type": "storage"});
    let both = members("--type storage");
    assert!(both.as_array().unwrap().contains(&local) && both.as_array().unwrap().contains(&tank), "{both}");
    assert_eq!(
        place.usher("pool list --output-format json").json(),
        json!([{"poolid": "top", "comment": "All of it"}])
    );
    place.usher("pool list --poolid nope").refused(1);
    place.usher("pool list --type qemu").refused(2);
}

#[test]
fn a_pool_with_members_stays() {
    let place = node();
    let message = place.untouched("pool delete top").refused(1);
    assert!(message.contains("--force"), "{message}");
    place.untouched("pool delete top --force").refused(1);
    place.all(&["pool modify top --delete --vms 100,200 --storage tank"]);
    place.untouched("pool delete top").refused(1);
    place.usher("pool delete top --force").quiet();
    // The original never counts what does not exist.
    let place = node();
    let before = place.files();
    place.pveum("pool delete top").refused(255);
    assert!(place.files() == before);
    place.all(&["pool modify top --delete --vms 100,200 --storage tank"]);
    place.pveum("pool delete top").quiet();
    assert_eq!(place.lines("pool"), Vec::<String>::new());
}

#[test]
fn repeated_and_rehearsed() {
    let place = Place::after(&["pool add a --comment first"]);
    place.untouched("pool add a").refused(1);
    place.untouched("pool add a --if-not-exists --comment second").quiet();
    place.untouched("pool delete b").refused(1);
    place.untouched("pool delete b --ignore-missing").quiet();
    let run = place.untouched("pool modify a --vms 100 --dry-run");
    assert!(run.status == 3 && run.out.contains("+pool:a:first:100::"), "{run:?}");
    assert_eq!(place.untouched("pool modify a --dry-run").quiet(), "");
}
