//! The questions: `can`, `explain`, `who-can`, `access`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

#[path = "questions/access.rs"]
mod access;
#[path = "questions/can.rs"]
mod can;
#[path = "questions/explain.rs"]
mod explain;
mod support;
#[path = "questions/who_can.rs"]
mod who_can;

use support::{Place, Run};

/// A directory with the traps in it; the lines are counted in what is expected.
const DIRECTORY: &str = "\
user:bob@pve:0:0::::::
token:bob@pve!rig:0:1::
user:ed@pve:1:1000::::::
user:joe@pve:1:0::::::
token:joe@pve!all:0:0::
token:joe@pve!ci:0:1::
token:joe@pve!old:1000:0::
user:omar@pve:1:0::::::
user:root@pam:1:0::::::

group:barred:omar@pve::
group:devs:bob@pve,joe@pve,omar@pve::

pool:fleet::401:disk1:

role:Watcher:VM.Audit,VM.Console:

acl:0:/:joe@pve:PVEAuditor:
acl:1:/pool/fleet:@barred:NoAccess:
acl:1:/pool/fleet:joe@pve:PVEDatastoreUser:
acl:1:/vms:@devs,bob@pve!rig,gone@pve:PVEVMAdmin:
acl:1:/vms/100:@devs:PVEVMUser:
acl:1:/vms/100:ed@pve,joe@pve,joe@pve!ci:Watcher:
";

fn place() -> Place {
    Place::with(&[("user.cfg", DIRECTORY)])
}

/// The status and both outputs of a question; it changes nothing and locks nothing.
#[track_caller]
fn ask(place: &Place, line: &str) -> (i32, String, String) {
    let Run { status, out, err } = place.untouched(line);
    (status, out, err)
}

/// The answer of a question as data, with its status.
#[track_caller]
fn data(place: &Place, line: &str) -> (i32, serde_json::Value) {
    let (status, out, _) = ask(place, &format!("{line} --output-format json"));
    (status, serde_json::from_str(&out).unwrap())
}

/// Only usher's own face knows these commands, and no short form of the original's becomes ambiguous by them.
#[test]
fn the_original_does_not_know_them() {
    let place = place();
    for line in ["can joe@pve VM.Audit /", "explain joe@pve /", "who-can VM.Audit /", "access joe@pve"] {
        let said = place.pveum(line).refused(255);
        assert!(said.contains("unknown command"), "{said}");
    }
    assert_eq!(place.usher("ac list --output-format json").json().as_array().unwrap().len(), 10);
}
