//! `usher matrix`: the access matrix in all its forms.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod support;

use serde_json::{Value, json};
use support::Place;

/// Names a page or a spreadsheet could trip over, and the traps of the rules.
const DIRECTORY: &str = "\
user:=cmd|x@pve:1:0::::::
user:<b>&'x'@pve:1:0::::::
user:say\"hi\"@pve:1:0::::::
user:eve@pve:0:0::::::
user:joe@pve:1:0::::::
token:joe@pve!full:0:0::
token:joe@pve!mon:0:1::
user:old@pve:1:1000::::::
user:root@pam:1:0::::::

group:empty:::
group:staff:joe@pve,eve@pve::

pool:web::100,101::

role:Peek:VM.Audit:

acl:1:/:@staff:PVEAuditor:
acl:1:/pool/web:joe@pve:PVEVMAdmin:
acl:1:/storage/local:<b>&'x'@pve,=cmd|x@pve,old@pve,say\"hi\"@pve:PVEDatastoreUser:
acl:1:/vms:@staff:PVEVMUser:
acl:0:/vms:joe@pve:Peek:
acl:1:/vms:joe@pve!mon:PVEVMAdmin:
acl:1:/vms/100:eve@pve:NoAccess:
";

fn place() -> Place {
    Place::with(&[("user.cfg", DIRECTORY)])
}

fn matrix(place: &Place, options: &str) -> Value {
    place.untouched(&format!("matrix {options} --output-format json")).json()
}

/// `PRINCIPAL PATH ROLES` of every row.
fn short(rows: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let roles: Vec<String> =
            row["roles"].as_object().unwrap().iter().map(|(name, flag)| format!("{name}={flag}")).collect();
        format!(
            "{} {} {}",
            row["principal"].as_str().unwrap(),
            row["path"].as_str().unwrap(),
            roles.join(",")
        )
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_table_for_people() {
    let place = Place::with(&[(
        "user.cfg",
        "user:eve@pve:0:0::::::\nuser:joe@pve:1:0::::::\ngroup:staff:joe@pve,eve@pve::\n\nacl:1:/:@staff:PVEAuditor:\nacl:0:/vms:joe@pve:PVEVMUser:\nacl:1:/vms:eve@pve:NoAccess:\n",
    )]);
    let table = "\
┌────────────────────┬──────┬──────────────────────────────┬───────────┐
│ user or token      │ path │ may                          │ set by    │
╞════════════════════╪══════╪══════════════════════════════╪═══════════╡
│ eve@pve (disabled) │ /    │ PVEAuditor (*)               │ group     │
│                    │ /vms │ nothing (NoAccess (*))       │ entry     │
├────────────────────┼──────┼──────────────────────────────┼───────────┤
│ joe@pve            │ /    │ PVEAuditor (*)               │ group     │
│                    │ /vms │ PVEVMUser; below: PVEAuditor │ entry     │
├────────────────────┼──────┼──────────────────────────────┼───────────┤
│ root@pam           │ /    │ Administrator (*)            │ superuser │
└────────────────────┴──────┴──────────────────────────────┴───────────┘
(*) reaches the paths below. A path that is not listed has what the nearest one above passes on.
";
    assert_eq!(place.untouched("matrix").quiet(), table);
    let plain = place.usher("matrix --path /vms --privilege VM.Console --noborder --noheader").quiet();
    assert_eq!(
        plain,
        "joe@pve  /vms VM.Console     entry\nroot@pam /vms VM.Console (*) superuser\n(*) reaches the paths below.\n"
    );
    let ascii = place.command("usher").env("LC_ALL", "C").args(["matrix", "--path", "/"]).output().unwrap();
    assert!(ascii.stdout.is_ascii() && ascii.stdout.starts_with(b"+---"), "{ascii:?}");
    let nobody = Place::with(&[("user.cfg", "user:joe@pve:1:0::::::\n")]);
    assert_eq!(nobody.usher("matrix --group-by group").quiet(), "nobody\n");
    assert_eq!(nobody.usher("matrix --group-by group --output-format yaml").quiet(), "--- []\n");
}

#[test]
fn every_field() {
    let place = place();
    let rows = matrix(&place, "--path /vms --privilege VM.Audit,VM.Console");
    let mon = rows.as_array().unwrap().iter().find(|row| row["principal"] == "joe@pve!mon").unwrap();
    let expected = json!({
        "principal": "joe@pve!mon", "type": "token", "state": "active", "path": "/vms",
        "origin": "entry", "pool": 0, "limited": 1,
        "roles": {"PVEVMAdmin": 1}, "privileges": {"VM.Audit": 0},
        "below": {"roles": ["PVEVMAdmin"], "privileges": ["VM.Audit", "VM.Console"]},
    });
    assert_eq!(mon, &expected);
    let states = matrix(&place, "");
    let state = |who: &str| {
        let row = states.as_array().unwrap().iter().find(|row| row["principal"] == who).unwrap();
        (row["state"].clone(), row["type"].clone())
    };
    assert_eq!(state("eve@pve"), (json!("disabled"), json!("user")));
    assert_eq!(state("old@pve"), (json!("expired"), json!("user")));
    assert_eq!(state("joe@pve!full"), (json!("active"), json!("token")));
}

#[test]
fn it_says_what_user_permissions_says() {
    let place = place();
    for path in ["/", "/vms", "/vms/100", "/vms/101", "/vms/7", "/pool/web", "/storage/local"] {
        let rows = matrix(&place, &format!("--path {path}"));
        for who in ["joe@pve", "joe@pve!full", "joe@pve!mon", "eve@pve", "old@pve", "root@pam"] {
            let may =
                place.usher(&format!("user permissions {who} --path {path} --output-format json")).json();
            let row = rows.as_array().unwrap().iter().find(|row| row["principal"] == who);
            let told = row.map_or(json!({}), |row| row["privileges"].clone());
            assert_eq!(told, may[path], "{who} {path}");
        }
    }
}

#[test]
fn rows_may_be_groups_or_roles() {
    let place = place();
    assert_eq!(
        short(&matrix(&place, "--group-by group")),
        [
            "staff / PVEAuditor=1",
            "staff /vms PVEVMUser=1",
            "staff /vms/100 PVEAuditor=0,PVEVMUser=1",
            "staff /vms/101 PVEAuditor=0,PVEVMUser=1"
        ]
    );
    let rows = matrix(&place, "--group-by role --path /vms,/vms/101");
    let of_role = |role: &str| -> Vec<String> {
        let rows = rows.as_array().unwrap().iter().filter(|row| row["role"] == role);
        rows.map(|row| format!("{} {}", row["path"].as_str().unwrap(), row["principal"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(of_role("Peek"), ["/vms joe@pve", "/vms joe@pve!full"]);
    assert_eq!(
        of_role("PVEVMAdmin"),
        ["/vms joe@pve!mon", "/vms/101 joe@pve", "/vms/101 joe@pve!full", "/vms/101 joe@pve!mon"]
    );
    let roles: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["role"].as_str().unwrap()).collect();
    assert!(roles.is_sorted(), "{roles:?}");
}

#[test]
fn a_privilege_and_where_it_ends() {
    let place = place();
    let rows = short(&matrix(&place, "--privilege VM.Audit"));
    let eve: Vec<&String> = rows.iter().filter(|row| row.starts_with("eve")).collect();
    assert_eq!(
        eve,
        [
            "eve@pve / PVEAuditor=1",
            "eve@pve /vms PVEVMUser=1",
            "eve@pve /vms/100 NoAccess=1",
            "eve@pve /vms/101 PVEAuditor=0,PVEVMUser=1"
        ]
    );
    assert!(!rows.iter().any(|row| row.contains("PVEDatastoreUser")), "{rows:?}");
    let message = place.untouched("matrix --privilege VM.Audot").refused(2);
    assert!(message.contains("did you mean 'VM.Audit'?"), "{message}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let place = place();
    for line in [
        "matrix --path 'a b!'",
        "matrix --below",
        "matrix --layout csv --output-format json",
        "matrix --layout pdf",
        "matrix --group-by path",
    ] {
        place.untouched(line).refused(2);
    }
    assert_eq!(place.pveum("matrix").status, 255);
}

/// The records of a CSV text, by RFC 4180.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut value, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quoted, letter) {
            (true, '"') if letters.peek() == Some(&'"') => value.push(letters.next().unwrap()),
            (true, '"') => quoted = false,
            (true, other) => value.push(other),
            (false, '"') if value.is_empty() => quoted = true,
            (false, ',') => record.push(std::mem::take(&mut value)),
            (false, '\r') => {
                assert_eq!(letters.next(), Some('\n'));
                record.push(std::mem::take(&mut value));
                records.push(std::mem::take(&mut record));
            }
            (false, '\n') => panic!("a line ends without CR in {text}"),
            (false, other) => value.push(other),
        }
    }
    assert!(record.is_empty() && value.is_empty() && !quoted, "the last line ends, too");
    records
}

#[test]
fn a_spreadsheet_reads_it_back() {
    let place = Place::with(&[("user.cfg", DIRECTORY)]);
    let csv = place.untouched("matrix --layout csv").quiet();
    let table = records(&csv);
    assert_eq!(table[0].join(","), "principal,type,state,path,origin,pool,limited,roles,privileges,below");
    let rows = matrix(&place, "");
    let rows = rows.as_array().unwrap();
    assert_eq!(table.len(), rows.len() + 1);
    for (record, row) in table[1..].iter().zip(rows) {
        assert_eq!(record.len(), table[0].len(), "{record:?}");
        let name = row["principal"].as_str().unwrap();
        let guarded = if name.starts_with('=') { format!("'{name}") } else { name.to_owned() };
        assert_eq!(
            (record[0].as_str(), record[3].as_str()),
            (guarded.as_str(), row["path"].as_str().unwrap())
        );
        let names: Vec<String> = row["privileges"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, flag)| if flag == 1 { format!("{name} (*)") } else { name.clone() })
            .collect();
        assert_eq!(record[8], names.join("; "));
        assert!(!record.iter().any(|value| value.starts_with(['=', '+', '-', '@'])), "{record:?}");
    }
    let by_role = records(&place.usher("matrix --layout csv --group-by role").quiet());
    assert!(by_role[0][0] == "role" && by_role.iter().all(|record| record.len() == by_role[0].len()));
}

#[test]
fn a_page_that_needs_nothing_else() {
    let place = place();
    let page = place.untouched("matrix --layout html").quiet();
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import", "{{"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("<b>") && page.contains("\\u003cb\\u003e\\u0026'x'@pve"), "a name is no markup");
    assert!(page.contains("&lt;b&gt;&amp;&#39;x&#39;@pve"));
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let data: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    let rows = matrix(&place, "");
    let cells: Vec<u64> = data["cells"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    let told: Vec<String> = cells
        .chunks(3)
        .map(|cell| {
            format!(
                "{} {}",
                data["rows"][cell[0] as usize][0].as_str().unwrap(),
                data["paths"][cell[1] as usize].as_str().unwrap()
            )
        })
        .collect();
    let expected: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["principal"].as_str().unwrap(), row["path"].as_str().unwrap()))
        .collect();
    assert_eq!(told, expected);
    assert_eq!(page.matches("<tr><th scope=\"row\">").count(), expected.len(), "readable without a script");
}
