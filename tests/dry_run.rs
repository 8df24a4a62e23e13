//! What a dry run says about access: who would gain and who would lose which privilege where, and through whom.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::Place;

fn house() -> Place {
    Place::after(&[
        "user add joe@pve",
        "user add ann@pve",
        "group add devs",
        "group add ops",
        "user modify ann@pve --groups devs",
        "role add power --privs VM.PowerMgmt,VM.Audit",
        "role add look --privs VM.Audit",
        "acl modify /vms/100 --groups devs --roles power",
        "acl modify /vms --groups ops --roles look --propagate 0",
        "pool add web",
        "acl modify /pool/web --users joe@pve --roles power",
    ])
}

/// The lines about access of a dry run.
fn access(place: &Place, line: &str) -> Vec<String> {
    let run = place.untouched(&format!("{line} --dry-run"));
    assert_eq!(run.status, 3, "{run:?}");
    let is_access = |line: &&str| (line.starts_with("+ ") || line.starts_with("- ")) && line.contains('@');
    let squeeze = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    run.out.lines().filter(is_access).map(squeeze).collect()
}

#[test]
fn every_way_to_gain_and_lose_is_told() {
    for (line, expected) in [
        (
            "user modify joe@pve --groups devs",
            &["+ joe@pve VM.Audit /vms/100 via @devs", "+ joe@pve VM.PowerMgmt /vms/100 via @devs"][..],
        ),
        (
            "user modify ann@pve --enable 0",
            &["- ann@pve VM.Audit /vms/100 via @devs", "- ann@pve VM.PowerMgmt /vms/100 via @devs"],
        ),
        (
            "user delete ann@pve",
            &["- ann@pve VM.Audit /vms/100 via @devs", "- ann@pve VM.PowerMgmt /vms/100 via @devs"],
        ),
        (
            "role modify power --privs VM.PowerMgmt",
            &["- ann@pve VM.Audit /vms/100 via @devs", "- joe@pve VM.Audit /pool/web via joe@pve"],
        ),
        // An entry of one's own replaces what the group gives there.
        ("acl modify /vms/100 --users ann@pve --roles look", &["- ann@pve VM.PowerMgmt /vms/100 via @devs"]),
        ("user modify joe@pve --groups ops", &["+ joe@pve VM.Audit /vms (not below) via @ops"]),
        (
            "pool modify web --vms 107",
            &[
                "+ joe@pve VM.Audit /vms/107 (not below) via joe@pve",
                "+ joe@pve VM.PowerMgmt /vms/107 (not below) via joe@pve",
            ],
        ),
        (
            "token add joe@pve all --privsep 0",
            &[
                "+ joe@pve!all VM.Audit /pool/web via joe@pve",
                "+ joe@pve!all VM.PowerMgmt /pool/web via joe@pve",
            ],
        ),
        ("token add joe@pve none", &[]),
        ("user modify joe@pve --comment hello", &[]),
    ] {
        assert_eq!(access(&house(), line), expected, "{line}");
    }
}

#[test]
fn programs_are_told_in_json() {
    let place = house();
    let run = place.untouched("user modify joe@pve --groups devs --dry-run --output-format json");
    assert_eq!(run.status, 3, "{run:?}");
    let said: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(said["files"][0]["file"], "user.cfg");
    assert!(said["files"][0]["difference"].as_str().unwrap().contains("+group:devs:ann@pve,joe@pve::"));
    assert_eq!(
        said["access"],
        json!([{
            "who": "joe@pve",
            "path": "/vms/100",
            "reach": "here-and-below",
            "gains": [
                { "privilege": "VM.Audit", "via": ["@devs"] },
                { "privilege": "VM.PowerMgmt", "via": ["@devs"] },
            ],
            "loses": [],
        }])
    );
    let nothing = place.usher("user modify joe@pve --enable 1 --dry-run --output-format json");
    assert_eq!((nothing.status, nothing.out.trim()), (0, r#"{"access":[],"files":[]}"#));
}

#[test]
fn what_a_name_holds_does_not_pass_for_a_line() {
    let place = house();
    let run = place.untouched("user modify joe@pve --groups devs --dry-run --output-format yaml");
    assert!(run.out.contains("via:") && run.out.contains("'@devs'"), "{}", run.out);
}
