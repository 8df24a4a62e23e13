//! `export`: the whole directory as one document, without secrets.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use support::Place;

fn house() -> Place {
    let place = Place::after(&[
        "user add joe@pve --firstname Joe --comment 'it'\"'\"'s \"joe\"' --expire 1800000000 --enable 0 --keys 0123456789abcdef",
        "user add ann@pve",
        "group add devs --comment developers",
        "group add none",
        "user modify ann@pve --groups devs",
        "role add power --privs VM.PowerMgmt,VM.Audit",
        "token add joe@pve ci --privsep 0 --comment pipeline",
        "acl modify /vms/100 --groups devs --roles power,PVEAuditor",
        "acl modify /vms/100 --groups devs --roles PVEVMUser --propagate 0",
        "acl modify /vms --tokens joe@pve!ci --roles power",
        "pool add web",
        "pool add web/inner --comment inner",
        "pool modify web/inner --vms 107,100 --storage local",
        "realm add corp --type ldap --base_dn dc=example,dc=org --user_attr uid --server1 ldap.example.org --port 636",
        "realm add log --type openid --issuer-url https://id.example.org --client-id usher --client-key SESAME",
        "realm job add nightly --realm corp --schedule 02:00 --scope both --enabled 0",
    ]);
    let run = place.run("usher", ["passwd", "ann@pve"], "");
    assert!(run.status != 0, "nobody is asked here");
    place
}

const WHOLE: &str = r#"[roles.power]
privileges = ["VM.Audit", "VM.PowerMgmt"]

[users."ann@pve"]

[users."joe@pve"]
enable = false
expire = 1800000000
firstname = "Joe"
comment = "it's \"joe\""

[users."joe@pve".tokens.ci]
privsep = false
comment = "pipeline"

[users."root@pam"]

[groups.devs]
comment = "developers"
members = ["ann@pve"]

[groups.none]
members = []

[pools.web]

[pools."web/inner"]
comment = "inner"
guests = [100, 107]
storages = ["local"]

[acl."/vms"]
"joe@pve!ci" = ["power"]

[acl."/vms/100"]
"@devs" = ["PVEAuditor", { role = "PVEVMUser", propagate = false }, "power"]

[realms.corp]
type = "ldap"
base_dn = "dc=example,dc=org"
port = 636
server1 = "ldap.example.org"
user_attr = "uid"

[realms.log]
type = "openid"
client-id = "usher"
issuer-url = "https://id.example.org"

[realms.pam]
type = "pam"
comment = "Linux PAM standard authentication"

[realms.pve]
type = "pve"
comment = "Proxmox VE authentication server"

[jobs.nightly]
realm = "corp"
schedule = "02:00"
scope = "both"
enabled = false
"#;

#[test]
fn everything_that_is_set_and_no_secret() {
    assert_eq!(house().usher("export").quiet(), WHOLE);
}

#[test]
fn every_form_says_the_same() {
    let place = house();
    let json: serde_json::Value = serde_json::from_str(&place.usher("export --format json").quiet()).unwrap();
    assert_eq!(json["users"]["joe@pve"]["tokens"]["ci"]["privsep"], false);
    assert_eq!(json["pools"]["web/inner"]["guests"], serde_json::json!([100, 107]));
    assert_eq!(json["acl"]["/vms/100"]["@devs"][1]["propagate"], false);
    assert_eq!(json["realms"]["corp"]["port"], 636);
    let yaml = place.usher("export --format yaml").quiet();
    assert!(yaml.starts_with("---\nacl:\n  /vms:\n    joe@pve!ci:\n    - power\n"), "{yaml}");
    for form in ["toml", "json", "yaml"] {
        let text = place.usher(&format!("export --format {form}")).quiet();
        assert!(!text.contains("SESAME") && !text.contains("0123456789abcdef"), "{text}");
    }
}

#[test]
fn some_sections_only() {
    let place = house();
    assert_eq!(
        place.usher("export --only groups,roles").quiet(),
        "[roles.power]\nprivileges = [\"VM.Audit\", \"VM.PowerMgmt\"]\n\n[groups.devs]\ncomment = \"developers\"\n\
         members = [\"ann@pve\"]\n\n[groups.none]\nmembers = []\n"
    );
    let refused = place.usher("export --only tokens").refused(2);
    assert!(refused.contains("there is no section 'tokens'") && refused.contains("known are"), "{refused}");
    assert_eq!(Place::new().usher("export --only groups").quiet(), "[groups]\n", "an empty section is there");
}

#[test]
fn what_a_comment_holds_cannot_drive_a_terminal() {
    let place = Place::with(&[("user.cfg", "user:joe@pve:1:0::::\u{9b}31m\u{202e}%1b[0mgünther::\n")]);
    let text = place.usher("export --only users").quiet();
    assert!(text.contains(r#"comment = "\u009B31m\u202E"#) && text.contains("günther"), "{text}");
}
