//! `usher who-can`.

use crate::{ask, data, place};
use serde_json::json;

/// `who: reason` of every row, and the status.
#[track_caller]
fn told(line: &str) -> (i32, Vec<String>) {
    let (status, answer) = data(&place(), line);
    let row = |row: &serde_json::Value| {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let state = if row.get("state").is_some() { format!(" [{}]", text("state")) } else { String::new() };
        format!("{}: {}{state}", text("who"), text("reason"))
    };
    (status, answer.as_array().unwrap().iter().map(row).collect())
}

#[test]
fn everybody_and_why() {
    let usable = [
        "joe@pve: role Watcher on /vms/100",
        "joe@pve!all: as joe@pve: role Watcher on /vms/100",
        "joe@pve!ci: role Watcher on /vms/100; its owner joe@pve: role Watcher on /vms/100",
        "omar@pve: via @devs, role PVEVMUser on /vms/100",
        "root@pam: superuser",
    ];
    assert_eq!(told("who-can VM.Console /vms/100"), (0, usable.map(str::to_owned).into()));
    let all = [
        "bob@pve: via @devs, role PVEVMUser on /vms/100 [disabled]",
        "bob@pve!rig: role PVEVMAdmin on /vms (inherited); its owner bob@pve: via @devs, role PVEVMUser on /vms/100 \
         [owner disabled]",
        "ed@pve: role Watcher on /vms/100 [expired]",
        "gone@pve: role PVEVMAdmin on /vms (inherited) [unknown]",
        usable[0],
        usable[1],
        usable[2],
        "joe@pve!old: as joe@pve: role Watcher on /vms/100 [expired]",
        usable[3],
        usable[4],
    ];
    assert_eq!(told("who-can VM.Console /vms/100 --all"), (0, all.map(str::to_owned).into()));
    let (status, rows) = told("who-can Datastore.Audit,VM.Audit /vms/401");
    let both = "joe@pve: through pool fleet, role PVEDatastoreUser on /pool/fleet; \
                via @devs, role PVEVMAdmin on /vms (inherited)";
    assert_eq!((status, rows[0].as_str()), (0, both));
}

#[test]
fn only_by_an_entry_of_ones_own_or_by_groups() {
    let direct = ["joe@pve", "joe@pve!ci"];
    let (status, rows) = data(&place(), "who-can VM.Console /vms/100 --direct");
    let names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["who"].as_str().unwrap()).collect();
    assert_eq!((status, names), (0, direct.to_vec()));
    let groups = vec!["@devs: role PVEVMAdmin on /vms (inherited)".to_owned()];
    assert_eq!(told("who-can VM.Console /vms/7 --group"), (0, groups));
    assert_eq!(told("who-can VM.Console /storage --group"), (3, vec![]));
}

#[test]
fn answers_for_people_and_programs() {
    let place = place();
    let (status, out, _) = ask(&place, "who-can VM.Clone /vms/9 --group");
    let expected = "\
┌───────┬─────────────────────────────────────┐
│ who   │ reason                              │
╞═══════╪═════════════════════════════════════╡
│ @devs │ role PVEVMAdmin on /vms (inherited) │
└───────┴─────────────────────────────────────┘
";
    assert_eq!((status, out.as_str()), (0, expected));
    let (_, answer) = data(&place, "who-can VM.Clone /vms/9 --group");
    let row = json!({
        "direct": true, "kind": "group", "members": 3, "paths": ["/vms"],
        "reason": "role PVEVMAdmin on /vms (inherited)", "roles": ["PVEVMAdmin"], "via": [], "who": "@devs",
    });
    assert_eq!(answer, json!([row]));
    let nobody = ask(&place, "who-can Sys.Modify / --direct");
    assert_eq!(nobody, (3, "nobody holds Sys.Modify on /\n".to_owned(), String::new()));
    assert_eq!(data(&place, "who-can Sys.Modify / --direct"), (3, json!([])));
    assert_eq!(ask(&place, "who-can VM.Nope /").0, 2);
}
