//! ACL entries: who holds which role where.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::Place;

fn people() -> Place {
    Place::after(&["group add staff", "user add joe@pve", "user add eve@pve", "token add joe@pve mon"])
}

#[test]
fn granting_and_taking_back() {
    let place = people();
    place.usher("acl modify /vms --users joe@pve,eve@pve --groups staff --tokens joe@pve!mon --roles PVEVMUser,PVEAuditor").quiet();
    assert_eq!(place.lines("acl"), ["1:/vms:@staff,eve@pve,joe@pve,joe@pve!mon:PVEAuditor,PVEVMUser:"]);
    place.usher("acl delete /vms --users eve@pve --roles PVEAuditor").quiet();
    assert_eq!(
        place.lines("acl"),
        ["1:/vms:@staff,joe@pve,joe@pve!mon:PVEAuditor,PVEVMUser:", "1:/vms:eve@pve:PVEVMUser:"]
    );
    place.usher("acl modify /vms --users joe@pve --roles PVEAuditor --propagate 0").quiet();
    assert!(
        place.lines("acl").contains(&"0:/vms:joe@pve:PVEAuditor:".to_owned()),
        "{:?}",
        place.lines("acl")
    );
    place.untouched("acl delete /vms --users eve@pve --roles NoAccess --ignore-missing").quiet();
}

#[test]
fn paths_have_one_spelling() {
    let place = people();
    for path in ["/vms/100", "vms/100", "//vms//100/", "/vms/100/"] {
        place.usher(&format!("acl modify {path} --users joe@pve --roles PVEVMUser")).quiet();
        assert_eq!(place.lines("acl"), ["1:/vms/100:joe@pve:PVEVMUser:"], "{path}");
    }
    place.usher("acl delete vms/100/ --users joe@pve --roles PVEVMUser").quiet();
    assert_eq!(place.lines("acl"), Vec::<String>::new());
}

#[test]
fn what_does_not_exist_is_refused() {
    let place = people();
    for line in [
        "acl modify / --users nobody@pve --roles PVEAuditor",
        "acl modify / --groups nobody --roles PVEAuditor",
        "acl modify / --tokens joe@pve!nope --roles PVEAuditor",
        "acl modify / --users joe@pve --roles Nope",
    ] {
        place.untouched(line).refused(1);
    }
    for line in [
        "acl modify /made/up --users joe@pve --roles PVEAuditor",
        "acl modify /vms/99 --users joe@pve --roles PVEAuditor",
        "acl modify / --users joe@pve",
        "acl modify / --roles PVEAuditor",
        "acl modify / --tokens joe@pve --roles PVEAuditor",
    ] {
        place.untouched(line).refused(2);
    }
    let message = place.untouched("acl modify / --tokens joe@pve --roles PVEAuditor").refused(2);
    assert!(message.contains("tokens:") && !message.contains("users:"), "{message}");
}

#[test]
fn an_entry_at_an_odd_path_can_be_taken_away() {
    let place =
        Place::with(&[("user.cfg", "user:joe@pve:1:0::::::\n\nacl:1:/made/up:joe@pve:PVEAuditor:\n")]);
    place.usher("user add eve@pve").quiet();
    assert_eq!(place.lines("acl").len(), 1);
    assert_eq!(place.usher("acl delete /made/up --users joe@pve --roles PVEAuditor").status, 0);
    assert_eq!(place.lines("acl"), Vec::<String>::new());
}

#[test]
fn the_superuser_needs_no_entry() {
    let place = people();
    let before = place.read("user.cfg");
    place.usher("acl modify / --users root@pam --roles PVEAuditor");
    assert_eq!(place.read("user.cfg"), before);
    let may = place.usher("user permissions root@pam --path / --output-format json").json();
    assert_eq!(may["/"]["Permissions.Modify"], 1);
}

#[test]
fn list_in_every_format() {
    let place = people();
    assert_eq!(place.usher("acl list").quiet(), "");
    place.all(&[
        "acl modify /vms --users joe@pve --roles PVEVMUser --propagate 0",
        "acl modify / --groups staff --tokens joe@pve!mon --roles PVEAuditor",
    ]);
    let rows = json!([
        {"path": "/", "type": "group", "ugid": "staff", "roleid": "PVEAuditor", "propagate": 1},
        {"path": "/", "type": "token", "ugid": "joe@pve!mon", "roleid": "PVEAuditor", "propagate": 1},
        {"path": "/vms", "type": "user", "ugid": "joe@pve", "roleid": "PVEVMUser", "propagate": 0},
    ]);
    assert_eq!(place.usher("acl list --output-format json").json(), rows);
    assert_eq!(place.pveum("acl list --output-format json-pretty").json(), rows);
    assert!(place.usher("acl list --output-format yaml").quiet().starts_with("---\n- path: /\n"));
    let run = place.untouched("acl delete / --groups staff --roles PVEAuditor --dry-run");
    assert!(run.status == 3 && run.out.contains("-acl:1:/:@staff,joe@pve!mon:PVEAuditor:"), "{run:?}");
}

/// A user name may begin as a group does in an ACL entry.
#[test]
fn a_user_is_no_group() {
    let place = Place::after(&["user add @g@pve", "group add g"]);
    place.pveum("acl modify /vms --users @g@pve --roles PVEAuditor").quiet();
    place.pveum("group add h").quiet();
    assert_eq!(place.lines("acl"), ["1:/vms:@g@pve:PVEAuditor:"]);
    let entries = place.pveum("acl list --output-format json").json();
    assert_eq!(entries[0]["type"], "user");
    assert_eq!(entries[0]["ugid"], "@g@pve");
    assert!(place.usher("can @g@pve VM.Audit /vms/100").status == 0);
    let able = place.usher("who-can VM.Audit /vms --output-format json").json();
    assert!(able.as_array().unwrap().iter().any(|row| row["who"] == "@g@pve"), "{able}");
    place.pveum("user delete @g@pve").quiet();
    assert_eq!(place.lines("acl"), Vec::<String>::new());
}

#[test]
fn a_part_that_is_skipped_widens_no_entry_unseen() {
    let place = Place::after(&["group add 0", "user add joe@pve"]);
    for verb in ["modify", "delete"] {
        let line = format!("acl {verb} /access/groups/0 --users joe@pve --roles PVEUserAdmin");
        assert!(place.untouched(&line).refused(2).contains("stand at '/access/groups'"));
    }
    place.pveum("acl modify /access/groups/0 --users joe@pve --roles PVEUserAdmin").quiet();
    assert_eq!(place.lines("acl"), ["1:/access/groups:joe@pve:PVEUserAdmin:"]);
}
