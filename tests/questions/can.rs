//! `usher can`.

use crate::{ask, data, place};
use serde_json::json;

#[test]
fn yes_and_no() {
    let place = place();
    let yes = (0, "yes\n".to_owned(), String::new());
    let no = |reason: &str| (3, format!("no: {reason}\n"), String::new());
    for (line, expected) in [
        ("can joe@pve VM.Console /vms/100", yes.clone()),
        ("can joe@pve VM.Console,VM.Audit /vms/100", yes.clone()),
        ("can joe@pve VM.Clone,VM.Audit /vms/100 --any", yes.clone()),
        ("can root@pam VM.Clone /vms/5", yes.clone()),
        ("can joe@pve!all VM.Console /vms/100/", yes.clone()),
        ("can joe@pve!ci VM.Console vms/100", yes),
        (
            "can joe@pve VM.Clone,VM.Audit /vms/100",
            no("joe@pve lacks VM.Clone on /vms/100 (what counts is Watcher on /vms/100)"),
        ),
        (
            "can joe@pve VM.Clone,VM.Backup /vms/100 --any",
            no("joe@pve holds none of VM.Backup, VM.Clone on /vms/100 (what counts is Watcher on /vms/100)"),
        ),
        (
            "can joe@pve Sys.Audit /nodes",
            no("joe@pve lacks Sys.Audit on /nodes (PVEAuditor on / does not propagate)"),
        ),
        (
            "can omar@pve VM.Audit /vms/401",
            no(
                "omar@pve lacks VM.Audit on /vms/401 (NoAccess for @barred on /pool/fleet takes everything away)",
            ),
        ),
        (
            "can joe@pve!ci VM.Audit /vms/101",
            no("joe@pve!ci lacks VM.Audit on /vms/101 (no ACL entry for the token itself reaches that path)"),
        ),
        (
            "can joe@pve!all VM.Clone /vms/100",
            no(
                "joe@pve!all lacks VM.Clone on /vms/100 (its owner joe@pve: what counts is Watcher on /vms/100)",
            ),
        ),
        ("can ed@pve VM.Audit /storage", no("user 'ed@pve' is expired")),
        (
            "can omar@pve VM.Audit /storage",
            no("omar@pve lacks VM.Audit on /storage (no ACL entry reaches that path)"),
        ),
    ] {
        assert_eq!(ask(&place, line), expected, "{line}");
    }
}

#[test]
fn who_cannot_sign_in_cannot() {
    let place = place();
    for (line, reason) in [
        ("can bob@pve VM.Audit /vms/100", "user 'bob@pve' is disabled"),
        ("can bob@pve!rig VM.Audit /vms/100", "user 'bob@pve' is disabled"),
        ("can ed@pve VM.Audit /vms/100", "user 'ed@pve' is expired"),
        ("can gone@pve VM.Audit /vms/1", "there is no user 'gone@pve'"),
        ("can joe@pve!old VM.Audit /vms/100", "token 'joe@pve!old' is expired"),
        ("can joe@pve!none VM.Audit /vms/100", "there is no token 'joe@pve!none'"),
    ] {
        assert_eq!(ask(&place, line), (3, format!("no: {reason}\n"), String::new()), "{line}");
    }
    place.all(&["user modify bob@pve --enable 1", "user modify ed@pve --expire 0"]);
    assert_eq!(ask(&place, "can bob@pve VM.Audit /vms/100").0, 0);
    assert_eq!(ask(&place, "can bob@pve!rig VM.Audit /vms/101").0, 0);
    assert_eq!(ask(&place, "can ed@pve VM.Audit /vms/100").0, 0);
}

#[test]
fn answers_for_programs() {
    let place = place();
    let (status, answer) = data(&place, "can joe@pve VM.Clone,VM.Audit /vms/100 --any");
    let expected = json!({
        "allowed": true, "any": true, "held": ["VM.Audit"], "missing": ["VM.Clone"], "path": "/vms/100", "who": "joe@pve",
    });
    assert_eq!((status, answer), (0, expected));
    let (status, answer) = data(&place, "can bob@pve VM.Audit /vms/100");
    let expected = json!({
        "allowed": false, "any": false, "held": ["VM.Audit"], "missing": [], "path": "/vms/100",
        "reason": "user 'bob@pve' is disabled", "who": "bob@pve",
    });
    assert_eq!((status, answer), (3, expected));
    assert_eq!(ask(&place, "can joe@pve VM.Clone /vms/100 --quiet"), (3, String::new(), String::new()));
}

#[test]
fn questions_that_make_no_sense() {
    let place = place();
    let (status, out, err) = ask(&place, "can joe VM.Adit 'vms;'");
    assert_eq!((status, out.as_str()), (2, ""));
    for word in ["'joe' is neither", "NAME@REALM!TOKEN", "did you mean 'VM.Audit'", "path: invalid ACL path"]
    {
        assert!(err.contains(word), "{word}: {err}");
    }
    assert_eq!(ask(&place, "can joe@pve , /vms").0, 2);
    let (status, out, err) = ask(&place, "can root@pam VM.Audit /vm/100");
    assert_eq!((status, out.as_str()), (0, "yes\n"));
    assert!(
        err.starts_with("warning: no ACL entry can be set at '/vm/100': paths begin with /access,"),
        "{err}"
    );
}
