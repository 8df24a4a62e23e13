//! API tokens: their secrets, their ends and what goes with them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::Place;

const SECRET: &str = "11111111-2222-3333-4444-555555555555";

fn joe() -> Place {
    Place::after(&["user add joe@pve"])
}

#[test]
fn add_shows_the_secret_once() {
    let place = joe();
    let answer =
        place.usher("user token add joe@pve mon --comment watch --expire 5 --output-format json").json();
    let secret = answer["value"].as_str().unwrap();
    let info = json!({"comment": "watch", "expire": 5, "privsep": 1});
    assert_eq!(answer, json!({"full-tokenid": "joe@pve!mon", "info": info, "value": secret}));
    let kept = place.read("priv/token.cfg");
    assert!(kept.starts_with("joe@pve!mon $sha256$") && !kept.contains(secret), "{kept}");
    assert_eq!(place.lines("token"), ["joe@pve!mon:5:1:watch:"]);
    for line in ["user token list joe@pve", "user list --full", "token list joe@pve --output-format yaml"] {
        assert!(!place.usher(line).quiet().contains(secret), "{line} shows the secret");
    }
    let other = place.usher("token add joe@pve mon2 --output-format json").json();
    assert_ne!(other["value"], answer["value"]);
}

/// Whether this is the secret of the token `joe@pve!mon`.
fn opens(place: &Place, secret: &str) -> bool {
    place.run("usher", ["token", "verify"], &format!("joe@pve!mon={secret}\n")).status == 0
}

#[test]
fn who_keeps_secrets_in_which_form() {
    for (name, settings, hashed) in [
        ("usher", "", true),
        ("usher", "[token]\nsecrets = \"clear\"\n", false),
        ("pveum", "", false),
        ("pveum", "[token]\nsecrets = \"hashed\"\n", true),
    ] {
        let place = joe();
        place.write("usher.toml", settings);
        let words = ["user", "token", "add", "joe@pve", "mon", "--output-format", "json"];
        let secret = place.run(name, words, "").json()["value"].as_str().unwrap().to_owned();
        let kept = place.read("priv/token.cfg");
        assert_eq!(kept == format!("joe@pve!mon {secret}\n"), !hashed, "{name} {settings}: {kept}");
        assert!(opens(&place, &secret) && opens(&place, kept.trim().split(' ').nth(1).unwrap()) != hashed);
    }
}

#[test]
fn delete_takes_secret_and_entries_and_nothing_else() {
    for (name, line) in [("usher", "token delete"), ("pveum", "user token remove")] {
        let place = joe();
        place.all(&[
            "token add joe@pve mon",
            "token add joe@pve mon2",
            "acl modify /vms --tokens joe@pve!mon,joe@pve!mon2 --users joe@pve --roles PVEVMUser",
        ]);
        let mut words = support::words(line);
        words.extend(["joe@pve".to_owned(), "mon".to_owned()]);
        let run = place.run(name, words, "");
        assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
        match name {
            "usher" => assert!(run.err.contains("/vms") && run.err.contains("joe@pve!mon"), "{}", run.err),
            _ => assert_eq!(run.err, ""),
        }
        assert_eq!(place.lines("token"), ["joe@pve!mon2:0:1::"]);
        assert_eq!(place.lines("acl"), ["1:/vms:joe@pve,joe@pve!mon2:PVEVMUser:"]);
        let secrets = place.read("priv/token.cfg");
        assert!(secrets.starts_with("joe@pve!mon2 ") && secrets.lines().count() == 1, "{secrets}");
    }
}

#[test]
fn a_new_token_inherits_nothing() {
    let place = Place::with(&[
        (
            "user.cfg",
            "user:joe@pve:1:0::::::\n\nacl:1:/:joe@pve!mon:Administrator:\nacl:1:/:joe@pve:PVEAuditor:\n",
        ),
        ("priv/token.cfg", &format!("joe@pve!mon {SECRET}\n")),
    ]);
    let run = place.usher("token add joe@pve mon");
    assert!(
        run.status == 0 && run.err.contains("user.cfg:3: ignore invalid acl token 'joe@pve!mon'"),
        "{run:?}"
    );
    assert_eq!(place.lines("acl"), ["1:/:joe@pve:PVEAuditor:"]);
    assert!(!place.read("priv/token.cfg").contains(SECRET));
    assert_eq!(place.usher("token permissions joe@pve mon --output-format json").json(), json!({}));
}

#[test]
fn a_token_may_what_both_may_unless_it_is_not_separated() {
    let place = joe();
    place.all(&[
        "token add joe@pve apart",
        "token add joe@pve whole --privsep 0",
        "role add watch --privs VM.Audit,VM.Console",
        "acl modify /vms --users joe@pve --roles watch",
        "acl modify /vms --tokens joe@pve!apart --roles PVEVMAdmin",
    ]);
    let may = |token: &str| {
        place.usher(&format!("token permissions joe@pve {token} --path /vms --output-format json")).json()
    };
    let both = json!({"/vms": {"VM.Audit": 1, "VM.Console": 1}});
    assert_eq!(may("apart"), both);
    assert_eq!(may("whole"), both);
    place.all(&["acl delete /vms --tokens joe@pve!apart --roles PVEVMAdmin"]);
    assert_eq!(may("apart"), json!({"/vms": {}}));
}

#[test]
fn modify_changes_what_is_named() {
    let place = joe();
    let secret =
        place.usher("token add joe@pve mon --comment watch --output-format json").json()["value"].clone();
    place.all(&["token modify joe@pve mon --expire 2027-01-31"]);
    assert_eq!(place.lines("token"), ["joe@pve!mon:1801353600:1:watch:"]);
    place.all(&["token modify joe@pve mon --privsep 0 --comment 0"]);
    assert_eq!(place.lines("token"), ["joe@pve!mon:1801353600:0:0:"]);
    assert!(opens(&place, secret.as_str().unwrap()), "the secret stays");
    let fresh = place.usher("token modify joe@pve mon --regenerate 1 --output-format json").json();
    assert!(opens(&place, fresh["value"].as_str().unwrap()) && !opens(&place, secret.as_str().unwrap()));
}

#[test]
fn what_is_not_there_is_refused_unless_told_otherwise() {
    let place = joe();
    for line in ["token add eve@pve mon", "token delete joe@pve mon", "token modify joe@pve mon --comment x"]
    {
        place.untouched(line).refused(1);
        place.pveum(&format!("user {line}")).refused(255);
    }
    place.untouched("token delete joe@pve mon --ignore-missing").quiet();
    place.untouched("token delete eve@pve mon --ignore-missing").quiet();
    place.all(&["token add joe@pve mon"]);
    place.untouched("token add joe@pve mon").refused(1);
    assert_eq!(place.untouched("token add joe@pve mon --if-not-exists").quiet(), "");
}

#[test]
fn dry_run_makes_no_secret() {
    let place = joe();
    let run = place.untouched("token add joe@pve mon --dry-run");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(
        run.out.contains("+token:joe@pve!mon:0:1::") && run.out.contains("+joe@pve!mon (secret)"),
        "{}",
        run.out
    );
    let place = Place::after(&["user add joe@pve", "token add joe@pve mon"]);
    let old = place.read("priv/token.cfg");
    let run = place.untouched("token modify joe@pve mon --regenerate --dry-run");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(
        run.out.contains("secret") && !run.out.contains(old.split(' ').nth(1).unwrap().trim()),
        "{}",
        run.out
    );
}

#[test]
fn list_in_every_format() {
    let place = joe();
    assert_eq!(place.usher("token list joe@pve").quiet(), "");
    assert_eq!(place.usher("token list joe@pve --output-format json").quiet(), "[]\n");
    place.all(&["token add joe@pve bb", "token add joe@pve aa --expire 7 --comment c"]);
    let rows = json!([
        {"tokenid": "aa", "expire": 7, "privsep": 1, "comment": "c"},
        {"tokenid": "bb", "expire": 0, "privsep": 1},
    ]);
    assert_eq!(place.usher("token list joe@pve --output-format json").json(), rows);
    assert_eq!(place.pveum("user token list joe@pve --output-format json-pretty").json(), rows);
    place.pveum("token list joe@pve").refused(255);
}
