//! Groups and their members.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::Place;

fn two_groups() -> Place {
    Place::after(&[
        "group add admins --comment 'The admins'",
        "group add staff",
        "user add joe@pve --groups admins,staff",
        "user add eve@pve --groups staff",
        "acl modify / --groups admins --roles Administrator",
        "acl modify /vms --groups admins,staff --users joe@pve --roles PVEVMUser",
    ])
}

#[test]
fn delete_takes_the_entries_and_leaves_the_members() {
    for name in ["usher", "pveum"] {
        let place = two_groups();
        let run = place.run(name, ["group", "delete", "admins"], "");
        assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
        match name {
            "usher" => {
                assert!(run.err.contains("@admins") && run.err.contains("Administrator"), "{}", run.err)
            }
            _ => assert_eq!(run.err, ""),
        }
        assert_eq!(place.lines("group"), ["staff:eve@pve,joe@pve::"]);
        assert_eq!(place.lines("acl"), ["1:/vms:@staff,joe@pve:PVEVMUser:"]);
        assert_eq!(place.lines("user").len(), 3);
    }
}

#[test]
fn a_new_group_inherits_nothing() {
    let place =
        Place::with(&[("user.cfg", "user:joe@pve:1:0::::::\n\nacl:1:/:@admins,joe@pve:Administrator:\n")]);
    let run = place.usher("group add admins");
    assert!(run.status == 0 && run.err.contains("left-over ACL entry"), "{run:?}");
    assert_eq!(place.lines("acl"), ["1:/:joe@pve:Administrator:"]);
    assert_eq!(place.lines("group"), ["admins:::"]);
}

#[test]
fn members_come_and_go_with_users() {
    let place = two_groups();
    place.usher("user modify eve@pve --groups admins").quiet();
    assert_eq!(place.lines("group"), ["admins:eve@pve,joe@pve:The admins:", "staff:joe@pve::"]);
    place.usher("user modify eve@pve --groups staff --append").quiet();
    assert_eq!(place.lines("group")[1], "staff:eve@pve,joe@pve::");
    place.usher("user modify eve@pve --groups ''").quiet();
    assert_eq!(place.lines("group"), ["admins:joe@pve:The admins:", "staff:joe@pve::"]);
    place.untouched("user modify eve@pve --groups nobody").refused(1);
    place.untouched("user modify eve@pve --append").refused(2);
}

#[test]
fn modify_changes_the_comment() {
    let place = two_groups();
    place.usher("group modify admins --comment 'a: b'").quiet();
    assert_eq!(place.lines("group")[0], "admins:joe@pve:a%3A b:");
    place.usher("group modify admins").quiet();
    place.usher("group modify admins --comment ''").quiet();
    assert_eq!(place.lines("group")[0], "admins:joe@pve::");
}

#[test]
fn what_is_not_there_or_there_already_is_refused_unless_told_otherwise() {
    let place = two_groups();
    place.untouched("group add staff").refused(1);
    place.untouched("group add staff --if-not-exists --comment new").quiet();
    place.untouched("group delete nobody").refused(1);
    place.untouched("group delete nobody --ignore-missing").quiet();
    place.untouched("group modify nobody --comment x").refused(1);
    for name in ["", "a b", "a:b", "a,b", "ä", "a\nb"] {
        let before = place.files();
        place.run("usher", ["group", "add", name], "").refused(2);
        assert!(place.files() == before, "{name:?}");
    }
    place.usher("group add 0").quiet();
    assert_eq!(place.lines("group")[0], "0:::");
}

#[test]
fn dry_run_and_list() {
    let place = two_groups();
    let run = place.untouched("group delete staff --dry-run");
    assert_eq!(run.status, 3);
    assert!(
        run.out.contains("-group:staff:eve@pve,joe@pve::") && run.err.contains("would be removed"),
        "{run:?}"
    );
    let rows = json!([
        {"groupid": "admins", "comment": "The admins", "users": "joe@pve"},
        {"groupid": "staff", "users": "eve@pve,joe@pve"},
    ]);
    assert_eq!(place.usher("group list --output-format json").json(), rows);
    assert_eq!(place.pveum("group list --output-format json-pretty").json(), rows);
    assert!(place.usher("group list").quiet().contains("│ admins  │ The admins │ joe@pve "));
}
