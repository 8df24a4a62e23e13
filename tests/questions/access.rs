//! `usher access`.

use crate::{ask, data, place};
use serde_json::{Map, Value, json};

#[test]
fn every_path_and_where_it_comes_from() {
    let place = place();
    let (status, out, err) = ask(&place, "access joe@pve!ci --noborder --noheader");
    let expected = "\
/vms/100 VM.Audit (*)   user.cfg:23: Watcher for joe@pve!ci on /vms/100
         VM.Console (*) user.cfg:23: Watcher for joe@pve on /vms/100
";
    let trimmed: String = out.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    assert_eq!((status, trimmed.as_str(), err.as_str()), (0, expected, ""));

    let (status, answer) = data(&place, "access joe@pve --path /vms/401");
    let entries = json!([
        { "line": 21, "path": "/vms", "propagate": true, "role": "PVEVMAdmin", "subject": "@devs" },
        {
            "line": 20, "path": "/pool/fleet", "pool": "fleet", "propagate": true, "role": "PVEDatastoreUser",
            "subject": "joe@pve",
        },
    ]);
    assert_eq!((status, &answer[0]["entries"]), (0, &entries));
    let granted = answer[0]["granted"].as_array().unwrap();
    assert!(granted.contains(&json!("Datastore.Audit")) && granted.contains(&json!("VM.Clone")));
    assert!(!answer[0]["propagated"].as_array().unwrap().contains(&json!("Datastore.Audit")));
}

/// It is what `user permissions` says, with reasons.
#[test]
fn the_same_as_user_permissions() {
    let place = place();
    for who in
        ["joe@pve", "joe@pve!ci", "joe@pve!all", "bob@pve", "omar@pve", "gone@pve", "root@pam", "none@pve"]
    {
        let permissions = place.usher(&format!("user permissions {who} --output-format json")).json();
        let (_, answer) = data(&place, &format!("access {who}"));
        let mut found = Map::new();
        for row in answer.as_array().unwrap() {
            let list = |name: &str| row[name].as_array().unwrap().clone();
            let propagated = list("propagated");
            let flags = list("granted").into_iter().map(|name| {
                let flag = u8::from(propagated.contains(&name));
                (name.as_str().unwrap().to_owned(), Value::from(flag))
            });
            found.insert(row["path"].as_str().unwrap().to_owned(), Value::Object(flags.collect()));
        }
        assert_eq!(Value::Object(found), permissions, "{who}");
    }
}

#[test]
fn who_may_do_nothing() {
    let place = place();
    let nothing = |who: &str| (3, format!("{who} may do nothing at all\n"));
    for (line, who, warning) in [
        ("access omar@pve --path /vms/401", "omar@pve", ""),
        (
            "access none@pve",
            "none@pve",
            "warning: there is no user 'none@pve': nothing of this can be used\n",
        ),
    ] {
        let (status, out, err) = ask(&place, line);
        assert_eq!(((status, out), err.as_str()), (nothing(who), warning), "{line}");
    }
    let (status, out, err) = ask(&place, "access ed@pve");
    assert!(out.contains("user.cfg:23: Watcher for ed@pve on /vms/100"), "{out}");
    assert_eq!(
        (status, err.as_str()),
        (3, "warning: user 'ed@pve' is expired: nothing of this can be used\n")
    );
    assert_eq!(ask(&place, "access joe").0, 2);
}
