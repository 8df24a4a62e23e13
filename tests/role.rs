//! Roles, and the catalogues their privileges come from.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::Place;

fn roles() -> Place {
    Place::after(&[
        "user add joe@pve",
        "role add watch --privs 'VM.Audit;Sys.Audit'",
        "role add nothing",
        "acl modify /vms --users joe@pve --roles watch,PVEVMUser",
        "acl modify /nodes --users joe@pve --roles watch",
    ])
}

#[test]
fn delete_takes_the_entries_that_grant_it() {
    for name in ["usher", "pveum"] {
        let place = roles();
        let run = place.run(name, ["role", "delete", "watch"], "");
        assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
        match name {
            "usher" => assert!(run.err.contains("/nodes") && run.err.contains("/vms"), "{}", run.err),
            _ => assert_eq!(run.err, ""),
        }
        assert_eq!(place.lines("role"), ["nothing::"]);
        assert_eq!(place.lines("acl"), ["1:/vms:joe@pve:PVEVMUser:"]);
    }
}

#[test]
fn a_new_role_brings_no_left_over_entry_to_life() {
    for name in ["usher", "pveum"] {
        let place =
            Place::with(&[("user.cfg", "user:joe@pve:1:0::::::\n\nacl:1:/:joe@pve:watch,PVEAuditor:\n")]);
        assert_eq!(place.run(name, ["role", "add", "watch", "--privs", "Permissions.Modify"], "").status, 0);
        assert_eq!(place.lines("acl"), ["1:/:joe@pve:PVEAuditor:"], "{name}");
        let may = place.usher("user permissions joe@pve --path / --output-format json").json();
        assert_eq!(may["/"].get("Permissions.Modify"), None, "{name}");
    }
}

#[test]
fn modify_replaces_adds_and_empties() {
    let place = roles();
    place.usher("role modify watch --privs VM.Console --append").quiet();
    assert_eq!(place.lines("role")[1], "watch:Sys.Audit,VM.Audit,VM.Console:");
    place.usher("role modify watch --privs VM.Console,VM.Console").quiet();
    assert_eq!(place.lines("role")[1], "watch:VM.Console:");
    assert!(place.untouched("role modify watch").refused(2).contains("--privs ''"));
    place.untouched("role modify watch --append").refused(2);
    place.usher("role modify watch --privs ''").quiet();
    assert_eq!(place.lines("role")[1], "watch::");
}

#[test]
fn the_prefix_of_built_in_roles_is_kept_for_them_in_any_letter_case() {
    let place = Place::new();
    for (name, status) in [("PVEMine", 2), ("pveMine", 2), ("pVe", 2), ("pv", 0), ("MyPVE", 0)] {
        assert_eq!(place.usher(&format!("role add {name}")).status, status, "{name}");
    }
}

#[test]
fn what_is_built_in_or_unknown_is_refused() {
    let place = roles();
    for line in ["role modify PVEAdmin --privs VM.Audit", "role delete PVEAdmin", "role delete nobody"] {
        place.untouched(line).refused(1);
    }
    for line in ["role add PVEMine", "role add pvemine", "role add 'a b'", "role add x --privs VM.Nope"] {
        place.untouched(line).refused(2);
    }
    let message = place.untouched("role add x --privs VM.Audti").refused(2);
    assert!(message.contains("VM.Audit"), "no suggestion: {message}");
    place.untouched("role add watch").refused(1);
    place.untouched("role add watch --privs VM.Console --if-not-exists").quiet();
    place.untouched("role delete nobody --ignore-missing").quiet();
}

#[test]
fn the_catalogue_decides_which_privileges_there_are() {
    let place = Place::new();
    let message = place.usher("role add old --privs VM.Monitor").refused(2);
    assert!(message.contains("pve8"), "{message}");
    place.write("usher.toml", "catalogue = \"pve8\"\n");
    place.usher("role add old --privs VM.Monitor,VM.Audit").quiet();
    place.usher("role add new --privs VM.GuestAgent.Audit").refused(2);
    place.write("usher.toml", "catalogue = \"pve9\"\n");
    let warning = place.usher("role add new --privs VM.GuestAgent.Audit").warned();
    assert!(warning.contains("VM.Monitor") && warning.contains("user.cfg:"), "{warning}");
    assert_eq!(
        place.lines("role"),
        ["new:VM.GuestAgent.Audit:", "old:VM.Audit,VM.Monitor:"],
        "kept, though unknown"
    );
    let list = place.usher("role list --output-format json");
    assert!(list.out.contains(r#""privs":"VM.Audit","roleid":"old""#), "inert: {}", list.out);
}

const LIBRARY: &str = r#"
[catalogue]
name = "library"
superuser = "librarian@pve"

[catalogue.role-rules]
blocking = "Nobody"
full = "Librarian"
reserved-prefix = "lib-"

[catalogue.paths]
listed = ["/", "/books"]
allowed = ["/", "/books", "/books/{name}"]

[catalogue.privileges]
"Book.Read" = "Read a book."
"Book.Lend" = "Lend a book."

[catalogue.roles]
Nobody = []
Reader = ["Book.Read"]
Librarian = ["Book.Lend", "Book.Read"]
"#;

#[test]
fn a_directory_may_bring_its_own_catalogue() {
    let place = Place::with(&[("usher.toml", LIBRARY)]);
    place.all(&[
        "user add joe@pve",
        "role add lender --privs Book.Lend",
        "acl modify /books/42 --users joe@pve --roles Reader,lender",
    ]);
    assert_eq!(place.lines("user"), ["joe@pve:1:0::::::", "librarian@pve:1:0::::::"]);
    let may = place.usher("user permissions joe@pve --path /books/42 --output-format json").json();
    assert_eq!(may, json!({"/books/42": {"Book.Lend": 1, "Book.Read": 1}}));
    let all = place.usher("user permissions librarian@pve --path /books --output-format json").json();
    assert_eq!(all, json!({"/books": {"Book.Lend": 1, "Book.Read": 1}}));
    place.untouched("acl modify /vms/100 --users joe@pve --roles Reader").refused(2);
    place.untouched("role add watch --privs VM.Audit").refused(2);
    place.untouched("role add lib-x").refused(2);
    place.usher("role add PVEx").quiet();
    place.untouched("user delete librarian@pve").refused(1);
    let roles = place.usher("role list --output-format json").json();
    let names: Vec<&str> =
        roles.as_array().unwrap().iter().map(|row| row["roleid"].as_str().unwrap()).collect();
    assert_eq!(names, ["Librarian", "Nobody", "PVEx", "Reader", "lender"]);
}

#[test]
fn list_and_dry_run() {
    let place = roles();
    let rows = place.usher("role list --output-format json").json();
    let row = |name: &str| rows.as_array().unwrap().iter().find(|row| row["roleid"] == name).unwrap().clone();
    assert_eq!(row("watch"), json!({"roleid": "watch", "privs": "Sys.Audit,VM.Audit", "special": 0}));
    assert_eq!(row("NoAccess"), json!({"roleid": "NoAccess", "privs": "", "special": 1}));
    assert_eq!(rows, place.pveum("role list --output-format json-pretty").json());
    let run = place.untouched("role delete watch --dry-run");
    assert!(run.status == 3 && run.out.contains("-role:watch:Sys.Audit,VM.Audit:"), "{run:?}");
}
