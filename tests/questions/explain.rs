//! `usher explain`.

use crate::{ask, data, place};
use serde_json::{Value, json};

#[test]
fn what_hides_what() {
    let (status, out, err) = ask(&place(), "explain joe@pve /vms/100 VM.Clone");
    let expected = "\
no: joe@pve lacks VM.Clone on /vms/100 (what counts is Watcher on /vms/100)

/vms/100
  + Watcher for joe@pve (user.cfg:23; role: user.cfg:16): counts, and does not hold VM.Clone
  - PVEVMUser for @devs (user.cfg:22; member: user.cfg:12): an entry for joe@pve itself on the same path comes first
/vms
  - PVEVMAdmin for @devs (user.cfg:21; member: user.cfg:12): would give VM.Clone, but is replaced by what is set on /vms/100
/
  - PVEAuditor for joe@pve (user.cfg:18; does not propagate): is for that path only, not for /vms/100

the smallest entry that grants it:
  usher acl modify /vms/100 --users joe@pve --roles PVETemplateUser --propagate 0
";
    assert_eq!((status, out.as_str(), err.as_str()), (3, expected, ""));
}

#[test]
fn pools_and_the_blocking_role() {
    let (status, out, _) = ask(&place(), "explain omar@pve /vms/401 VM.Audit");
    let expected = "\
no: omar@pve lacks VM.Audit on /vms/401 (NoAccess for @barred on /pool/fleet takes everything away)

/vms
  - PVEVMAdmin for @devs (user.cfg:21; member: user.cfg:12): would give VM.Audit, but is taken away by NoAccess
pool fleet (user.cfg:14) holds /vms/401, so what is set at the pool counts as well:
/pool/fleet
  ! NoAccess for @barred (user.cfg:19; member: user.cfg:11): takes everything away

this entry is in the way, and no grant gets past:
  usher acl delete /pool/fleet --groups barred --roles NoAccess
";
    assert_eq!((status, out.as_str()), (3, expected));
}

#[test]
fn both_sides_of_a_separated_token() {
    let (status, out, _) = ask(&place(), "explain joe@pve!ci /vms/101 VM.Audit");
    let expected = "\
no: joe@pve!ci lacks VM.Audit on /vms/101 (no ACL entry for the token itself reaches that path)
joe@pve!ci is a separated token: it may do what both it and its owner joe@pve may

the token itself, joe@pve!ci: lacks VM.Audit

no ACL entry on /vms/101 or above it is for joe@pve!ci or a group of it

its owner, joe@pve: holds VM.Audit

/vms
  + PVEVMAdmin for @devs (user.cfg:21; member: user.cfg:12): counts and gives VM.Audit
/
  - PVEAuditor for joe@pve (user.cfg:18; does not propagate): would give VM.Audit, but is for that path only, not for /vms/101

the smallest entry that grants it:
  usher acl modify /vms/101 --tokens 'joe@pve!ci' --roles PVETemplateUser --propagate 0
";
    assert_eq!((status, out.as_str()), (3, expected));
}

#[test]
fn everything_that_is_held() {
    let (status, out, _) = ask(&place(), "explain joe@pve!all /storage/disk1");
    let expected = "\
joe@pve!all holds 2 privileges on /storage/disk1
joe@pve!all may do what its owner joe@pve may; entries for the token itself do not count

/
  - PVEAuditor for joe@pve (user.cfg:18; does not propagate): is for that path only, not for /storage/disk1
pool fleet (user.cfg:14) holds /storage/disk1, so what is set at the pool counts as well:
/pool/fleet
  + PVEDatastoreUser for joe@pve (user.cfg:20): counts
/
  - PVEAuditor for joe@pve (user.cfg:18; does not propagate): is for that path only, not for /pool/fleet

held ('*': further down, too):
  Datastore.AllocateSpace, Datastore.Audit
";
    assert_eq!((status, out.as_str()), (0, expected));
    let place = place();
    let first = |line: &str| {
        let (status, out, _) = ask(&place, line);
        (status, out.lines().next().unwrap().to_owned())
    };
    for (line, status, expected) in [
        ("explain root@pam /vms VM.Audit", 0, "yes: root@pam holds VM.Audit on /vms (superuser)"),
        (
            "explain omar@pve /vms/7 VM.Audit",
            0,
            "yes: omar@pve holds VM.Audit on /vms/7 (via @devs, role PVEVMAdmin on /vms (inherited))",
        ),
        (
            "explain joe@pve /vms/401 Datastore.Audit",
            0,
            "yes: joe@pve holds Datastore.Audit on /vms/401 (through pool fleet, role PVEDatastoreUser on /pool/fleet)",
        ),
        ("explain omar@pve /storage", 0, "omar@pve holds no privilege on /storage"),
        (
            "why ed@pve /vms/100",
            0,
            "ed@pve holds 2 privileges on /vms/100, and cannot use any: user 'ed@pve' is expired",
        ),
        (
            "why ed@pve /vms/100 VM.Audit",
            3,
            "no: user 'ed@pve' is expired; VM.Audit on /vms/100 is held and cannot be used",
        ),
    ] {
        assert_eq!(first(line), (status, expected.to_owned()), "{line}");
    }
}

/// What an explanation advises is done, as it is typed there, and then the answer is yes.
#[test]
fn the_advice_helps() {
    for (line, steps) in [
        ("explain joe@pve /vms/100 VM.Clone", 1),
        ("explain joe@pve!ci /vms/101 VM.Audit", 1),
        ("explain omar@pve /vms/401 VM.Audit", 1),
        ("explain bob@pve!rig /nodes Sys.Audit", 3),
        ("explain ed@pve /vms/1/snap VM.Audit", 2),
        ("explain joe@pve!old /vms/9 VM.Audit", 1),
        ("explain gone@pve /vms/9 VM.Audit", 2),
        ("explain new@pve /vms/9 VM.Audit", 2),
        ("explain joe@pve!new /vms/9 VM.Audit", 2),
    ] {
        let place = place();
        let mut done = 0;
        loop {
            let (status, answer) = data(&place, line);
            if status == 0 {
                break;
            }
            let commands = answer["way-out"]["commands"].as_array().unwrap();
            assert!(!commands.is_empty() && done < 5, "{line}: {answer}");
            for command in commands {
                let command = command.as_str().unwrap().strip_prefix("usher ").unwrap();
                assert_eq!(place.usher(command).status, 0, "{command}");
                done += 1;
            }
        }
        assert_eq!(done, steps, "{line}");
    }
}

/// Where the new entry would take something away it says so, and how to keep it.
#[test]
fn what_a_grant_would_replace() {
    let (status, out, _) = ask(&place(), "explain omar@pve /vms/100 Sys.Audit");
    let advice = out.split_once("\n\nthe smallest").unwrap().1;
    let expected = " entry that grants it:
  usher acl modify /vms/100 --users omar@pve --roles PVESysAdmin --propagate 0
    but it replaces what counts on /vms/100 now, and omar@pve would lose VM.Audit, VM.Backup, VM.Config.CDROM and 7 more; to keep that:
  usher acl modify /vms/100 --users omar@pve --roles PVESysAdmin,PVEVMUser --propagate 0
";
    assert_eq!((status, advice), (3, expected));
    let place = place();
    place.all(&["acl modify /vms/100 --users omar@pve --roles PVESysAdmin,PVEVMUser --propagate 0"]);
    assert_eq!(ask(&place, "can omar@pve Sys.Audit,VM.Audit,VM.PowerMgmt /vms/100").0, 0);
}

#[test]
fn answers_for_programs() {
    let place = place();
    let (status, answer) = data(&place, "explain omar@pve /vms/401 VM.Audit");
    let expected = json!({
        "acting": "user",
        "allowed": false,
        "file": "user.cfg",
        "granted": [],
        "path": "/vms/401",
        "privilege": "VM.Audit",
        "propagated": [],
        "sides": [{
            "granted": [],
            "levels": [{
                "entries": [{
                    "fate": "blocked", "holds": true, "line": 21, "member-line": 12, "propagate": true,
                    "role": "PVEVMAdmin", "subject": "@devs",
                }],
                "inherited": true,
                "path": "/vms",
            }],
            "line": 8,
            "pools": [{
                "levels": [{
                    "entries": [{
                        "fate": "blocks", "holds": false, "line": 19, "member-line": 11, "propagate": true,
                        "role": "NoAccess", "subject": "@barred",
                    }],
                    "inherited": false,
                    "path": "/pool/fleet",
                }],
                "line": 14,
                "path": "/pool/fleet",
                "pool": "fleet",
            }],
            "propagated": [],
            "subject": "omar@pve",
        }],
        "way-out": {
            "commands": ["usher acl delete /pool/fleet --groups barred --roles NoAccess"],
            "remove": [{ "path": "/pool/fleet", "role": "NoAccess", "subject": "@barred" }],
        },
        "who": "omar@pve",
    });
    assert_eq!((status, answer), (3, expected));

    let (status, answer) = data(&place, "explain joe@pve /vms/100");
    let fates: Vec<&Value> = answer["sides"][0]["levels"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|level| level["entries"].as_array().unwrap())
        .map(|entry| &entry["fate"])
        .collect();
    assert_eq!(fates, ["decides", "outranked", "replaced", "out-of-reach"]);
    assert_eq!(answer["sides"][0]["levels"][0]["entries"][0]["role-line"], 16);
    assert_eq!((status, answer.get("allowed"), answer.get("way-out")), (0, None, None));
    let (_, answer) = data(&place, "explain joe@pve!all /vms/100");
    assert_eq!((answer["acting"].as_str(), answer["owner"].as_str()), (Some("full-token"), Some("joe@pve")));
    let (_, answer) = data(&place, "explain gone@pve /x/y VM.Audit");
    assert_eq!(answer["unusable"], "there is no user 'gone@pve'");
    assert_eq!(answer["way-out"], json!({ "commands": ["usher user add gone@pve"], "impossible": "nobody" }));
}
