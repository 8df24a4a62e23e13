//! `usher tree`: the tree of ACL entries, for people and for programs.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::Place;

const DIRECTORY: &str = "\
user:eve@pve:1:0::::::
user:joe@pve:1:0::::::
token:joe@pve!mon:0:1::
user:root@pam:1:0::::::

group:staff:joe@pve,eve@pve::

pool:idle::300::
pool:web::100,101:local:

role:Peek:VM.Audit:

acl:1:/:@staff:PVEAuditor:
acl:1:/pool/web:joe@pve:PVEVMAdmin:
acl:1:/sdn/zones/inner:eve@pve:PVESDNUser:
acl:1:/vms:@staff:PVEVMUser:
acl:0:/vms:joe@pve:Peek,PVETemplateUser:
acl:1:/vms:joe@pve!mon:PVEVMAdmin:
acl:1:/vms/100:eve@pve:NoAccess:
";

fn place() -> Place {
    Place::with(&[("user.cfg", DIRECTORY)])
}

#[test]
fn who_holds_what_where() {
    let place = place();
    let tree = "\
/                    @staff  PVEAuditor (*)
├── pool/web         joe@pve  PVEVMAdmin (*)
│                    members: /vms/100, /vms/101, /storage/local
├── sdn/zones/inner  eve@pve  PVESDNUser (*)
└── vms              @staff       PVEVMUser (*)
    │                joe@pve      PVETemplateUser, Peek
    │                joe@pve!mon  PVEVMAdmin (*)
    └── 100          eve@pve  NoAccess (*)
                     in pool web
(*) reaches the paths below.
";
    assert_eq!(place.untouched("tree").quiet(), tree);
    let ascii =
        place.command("usher").env("LC_ALL", "C").args(["tree", "/", "--depth", "1"]).output().unwrap();
    let ascii = String::from_utf8(ascii.stdout).unwrap();
    assert_eq!(
        ascii,
        "\
/        @staff  PVEAuditor (*)
|        2 paths further down
`-- vms  @staff       PVEVMUser (*)
         joe@pve      PVETemplateUser, Peek
         joe@pve!mon  PVEVMAdmin (*)
         1 path further down
(*) reaches the paths below.
"
    );
    assert_eq!(place.usher("tree /vms/7").quiet(), "/vms/7\nnothing is set here or below\n");
    assert_eq!(place.pveum("tree").status, 255);
}

#[test]
fn what_concerns_somebody() {
    let place = place();
    let joe = "\
/vms     @staff   PVEVMUser (*)
│        joe@pve  PVETemplateUser, Peek
│        may: PVETemplateUser, Peek; below: PVEVMUser
├── 100  in pool web
│        may: PVEVMAdmin, PVEVMUser (*)
├── 101  in pool web
│        may: PVEVMAdmin, PVEVMUser (*)
└── 300  in pool idle
         may: PVEAuditor, PVEVMUser (*)
(*) reaches the paths below.
";
    assert_eq!(place.untouched("tree /vms --user joe@pve").quiet(), joe);
    let token = place.usher("tree /vms --user joe@pve!mon").quiet();
    assert!(token.contains("may: PVEVMAdmin (*), limited by its owner"), "{token}");
    let group = place.usher("tree / --user @staff").quiet();
    assert!(!group.contains("joe@pve") && group.contains("may: PVEVMUser (*)"), "{group}");
    assert!(place.usher("tree /vms/100 --user eve@pve").quiet().contains("may: nothing (NoAccess (*))"));
}

/// A branch and all below it.
fn branches<'v>(branch: &'v Value, into: &mut Vec<&'v Value>) {
    into.push(branch);
    branch["children"].as_array().unwrap().iter().for_each(|child| branches(child, into));
}

#[test]
fn for_programs() {
    let place = place();
    let tree = place.untouched("tree --output-format json").json();
    let mut all = Vec::new();
    branches(&tree, &mut all);
    let mut entries: Vec<Value> = Vec::new();
    for branch in &all {
        for entry in branch["entries"].as_array().unwrap() {
            let mut entry = entry.clone();
            entry["path"] = branch["path"].clone();
            entries.push(entry);
        }
    }
    assert_eq!(
        Value::Array(entries),
        place.usher("acl list --output-format json").json(),
        "every entry once, in order"
    );
    let web = all.iter().find(|branch| branch["path"] == "/pool/web").unwrap();
    assert_eq!(
        **web,
        json!({
            "path": "/pool/web", "members": ["/vms/100", "/vms/101", "/storage/local"], "pools": [], "more": 0, "children": [],
            "entries": [{"type": "user", "ugid": "joe@pve", "roleid": "PVEVMAdmin", "propagate": 1}],
        })
    );
    let cut = place.usher("tree --depth 0 --output-format json").json();
    assert_eq!((&cut["more"], &cut["children"]), (&json!(4), &json!([])));
}

#[test]
fn it_says_what_user_permissions_says() {
    let place = place();
    for who in ["joe@pve", "joe@pve!mon", "eve@pve", "root@pam"] {
        let tree = place.usher(&format!("tree --user {who} --output-format json")).json();
        let mut all = Vec::new();
        branches(&tree, &mut all);
        for branch in all {
            let path = branch["path"].as_str().unwrap();
            let may =
                place.usher(&format!("user permissions {who} --path {path} --output-format json")).json();
            let told = if branch["may"].is_null() { json!({}) } else { branch["may"]["privileges"].clone() };
            assert_eq!(told, may[path], "{who} {path}");
        }
    }
}

#[test]
fn who_is_not_there() {
    let place = place();
    for who in ["nobody@pve", "@nobody", "joe@pve!nope"] {
        place.untouched(&format!("tree --user {who}")).refused(1);
    }
    for line in ["tree --user nobody", "tree --depth -1", "tree 'a b!'"] {
        place.untouched(line).refused(2);
    }
}
