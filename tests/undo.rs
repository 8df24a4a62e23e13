//! Going back: undoing a change, and restoring an earlier state.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::{Strategy, prop, prop_oneof, proptest};
use proptest::test_runner::Config;
use std::collections::BTreeMap;
use support::Place;

/// Every file of configuration.
fn state(place: &Place) -> BTreeMap<String, Vec<u8>> {
    place.files()
}

fn filled() -> Place {
    Place::after(&[
        "group add devs",
        "user add joe@pve --groups devs",
        "token add joe@pve ci",
        "acl modify /vms --users joe@pve --tokens joe@pve!ci --roles PVEAuditor",
    ])
}

#[test]
fn the_last_change_is_undone_secrets_included() {
    let place = filled();
    let before = state(&place);
    place.all(&["user delete joe@pve"]);
    assert!(!place.read("priv/token.cfg").contains("joe@pve!ci"));
    let dry = place.untouched("undo --dry-run");
    assert!(dry.status == 3 && dry.out.contains("+user:joe@pve:1:0:"), "{dry:?}");
    let done = place.usher("undo --output-format json").json();
    assert_eq!(done["undone"], 5);
    assert!(state(&place) == before);
    let entry = place.usher("log show 6 --output-format json").json();
    assert_eq!((&entry["kind"], &entry["of"]), (&"undo".into(), &5.into()));
    place.usher("log verify").quiet();
}

#[test]
fn undoing_goes_on_backwards_and_can_be_undone() {
    let place = filled();
    let whole = state(&place);
    place.usher("group modify devs --comment one").quiet();
    let one = state(&place);
    place.usher("group modify devs --comment two").quiet();
    place.usher("undo").quiet();
    assert!(state(&place) == one);
    place.usher("undo").quiet();
    assert!(state(&place) == whole, "a second time goes one further");
    place.usher("undo 8").quiet();
    assert!(state(&place) == one, "and an undoing can be undone");
    place.usher("undo").quiet();
    assert!(state(&place) == whole);
}

#[test]
fn an_older_change_is_undone_unless_something_is_in_the_way() {
    let place = filled();
    place.all(&["user add ann@pve --comment her", "user add zoe@pve", "user modify joe@pve --comment his"]);
    let text = place.read("user.cfg");
    place.usher("undo 5").quiet();
    assert_eq!(place.read("user.cfg"), text.replace("user:ann@pve:1:0::::her::\n", ""));
    let refused = place.untouched("undo 2").refused(1);
    assert!(refused.contains("entry 7 is in the way ('user modify joe@pve --comment his')"), "{refused}");
    place.usher("undo 7").quiet();
    // Its token and entry would refer to nobody.
    assert!(place.untouched("undo 2").refused(1).contains("in the way"));
    assert!(place.untouched("undo 99").refused(1).contains("no entry 99"));
}

#[test]
fn a_hand_edit_is_not_lost() {
    let place = filled();
    place.write(
        "user.cfg",
        place.read("user.cfg").replace("group:devs:joe@pve::", "group:devs:joe@pve:by hand:"),
    );
    let refused = place.untouched("undo").refused(1);
    assert!(
        refused.contains("changed by other means since entry 4") || refused.contains("is not as entry 4"),
        "{refused}"
    );
    assert!(place.untouched("restore --at 2").refused(1).contains("user.cfg"));
    place.usher("log adopt").quiet();
    place.usher("undo 4").quiet();
    assert!(place.lines("acl").is_empty() && place.read("user.cfg").contains("by hand"));
    place.usher("restore --at 3").quiet();
    assert!(!place.read("user.cfg").contains("by hand"), "what was taken note of can be taken back");
}

#[test]
fn the_directory_is_put_back_to_an_earlier_state() {
    let place = filled();
    let then = state(&place);
    place.all(&[
        "user delete joe@pve",
        "realm add corp --type ldap --server1 x --base_dn dc=x --user_attr uid --bind_dn cn=b",
        "role add mine --privs VM.Audit",
        "group delete devs",
    ]);
    let now = state(&place);
    let dry = place.untouched("restore --at 4 --dry-run");
    assert_eq!(dry.status, 3);
    place.usher("restore --at 4").quiet();
    assert!(state(&place) == then);
    place.usher("undo").quiet();
    assert!(state(&place) == now);
    place.usher("restore --at 1h").refused(1);
    // The end of today has not come; until now nothing happened since.
    let today = place.usher("log --limit 1").quiet();
    let today = today.split_whitespace().find(|word| word.starts_with("20")).unwrap().to_owned();
    for at in ["0h", "10", &today] {
        let said = place.untouched(&format!("restore --at {at}")).quiet();
        assert_eq!(said, "Nothing has changed since entry 10: the directory is as it left it.\n");
    }
    let said = place.untouched("restore --at 0h --output-format json").json();
    assert_eq!(said, serde_json::json!({"restored": 10, "changed": false}));
    for at in ["2999-01-01", "'2999-01-01 08:00'", "2999-01-01T08:00:00Z"] {
        let refused = place.untouched(&format!("restore --at {at}")).refused(2);
        assert!(refused.contains("lies in the future"), "{refused}");
    }
    place.usher("log verify").quiet();
}

#[test]
fn nobody_locks_himself_out() {
    let place = Place::after(&[
        "user add joe@pve",
        "user modify root@pam --enable 0",
        "acl modify / --users joe@pve --roles Administrator",
    ]);
    let refused = place.untouched("undo 3").refused(1);
    assert!(refused.contains("nobody would be left") && refused.contains("--force"), "{refused}");
    assert!(place.untouched("restore --at 2").refused(1).contains("nobody would be left"));
    place.usher("undo 3 --force").quiet();
    assert!(place.lines("acl").is_empty());
}

#[test]
fn secrets_that_were_not_kept_are_not_put_back() {
    let place = filled();
    place.write("usher.toml", "[journal]\nkeep-secrets = false\n");
    place.all(&["token delete joe@pve ci"]);
    let refused = place.untouched("undo").refused(1);
    assert!(
        refused.contains("'priv/token.cfg' were not kept") && refused.contains("--without-secrets"),
        "{refused}"
    );
    place.usher("undo --without-secrets").quiet();
    assert!(
        place.read("user.cfg").contains("token:joe@pve!ci") && !place.read("priv/token.cfg").contains("ci")
    );
}

#[test]
fn there_has_to_be_something_to_undo() {
    assert!(Place::new().usher("undo").refused(1).contains("no change that could be undone"));
    let place = filled();
    assert!(place.usher("restore --at soon").refused(2).contains("point in time"));
    assert!(place.usher("restore --at 2000-01-01").refused(1).contains("begins later"));
}

#[test]
fn a_journal_that_is_no_longer_kept_takes_nothing_back() {
    let place = filled();
    place.write("usher.toml", "[journal]\nenabled = false\n");
    place.usher("group add ops").quiet();
    let words = place.usher("log").refused(1);
    assert!(words.contains("this directory keeps no journal"), "{words}");
    for line in ["undo", "undo 4", "undo --dry-run", "restore --at 2", "restore --at 2020-01-01"] {
        assert_eq!(place.untouched(line).refused(1), words, "{line}");
    }
}

#[test]
fn no_undoing_is_named_that_cannot_work() {
    let place = filled();
    let by_hand = |line: &str| place.write("user.cfg", format!("{line}\n{}", place.read("user.cfg")));
    by_hand("# one");
    place.all(&["group modify devs --comment x"]);
    by_hand("# two");
    place.all(&["log adopt"]);
    assert!(place.untouched("undo 6").refused(1).contains("what entry 6 changed in 'user.cfg' is not known"));
    let refused = place.untouched("undo 5").refused(1);
    assert!(refused.contains("entry 6 is in the way") && !refused.contains("usher undo"), "{refused}");
    assert!(refused.contains("by hand") && refused.contains("'usher log show 5'"), "{refused}");
    let refused = place.untouched("undo 4").refused(1);
    assert!(refused.contains("between it and entry 5") && refused.contains("by hand"), "{refused}");
}

fn line() -> impl Strategy<Value = String> {
    let user = || prop::sample::select(vec!["a@pve", "b@pve", "root@pam", "c@pam"]);
    let group = || prop::sample::select(vec!["g", "h"]);
    let path = || prop::sample::select(vec!["/", "/vms", "/vms/100", "/pool/p"]);
    prop_oneof![
        user().prop_map(|user| format!("user add {user}")),
        (user(), group())
            .prop_map(|(user, group)| format!("user modify {user} --groups {group} --comment x")),
        user().prop_map(|user| format!("user delete {user}")),
        user().prop_map(|user| format!("token add {user} t")),
        user().prop_map(|user| format!("token delete {user} t")),
        user().prop_map(|user| format!("tfa add recovery {user}")),
        group().prop_map(|group| format!("group add {group}")),
        group().prop_map(|group| format!("group delete {group}")),
        (path(), user())
            .prop_map(|(path, user)| format!("acl modify {path} --users {user} --roles PVEAuditor")),
        (path(), group())
            .prop_map(|(path, group)| format!("acl modify {path} --groups {group} --roles PVEAdmin")),
        (path(), user())
            .prop_map(|(path, user)| format!("acl delete {path} --users {user} --roles PVEAuditor")),
        prop::sample::select(vec![
            "role add r --privs VM.Audit",
            "role delete r",
            "pool add p",
            "pool modify p --vms 100",
            "pool delete p",
            "realm add corp --type ldap --server1 x --base_dn dc=x --user_attr uid --bind_dn cn=b",
            "realm modify corp --port 636 --comment ä",
            "realm delete corp",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn undoing_any_change_gives_the_bytes_before(lines in prop::collection::vec(line(), 1..14)) {
        let place = Place::new();
        let mut states = vec![state(&place)];
        for line in &lines {
            place.usher(line);
            let after = state(&place);
            if after != *states.last().unwrap() {
                // Undone, and that undone: as if nothing had happened.
                let run = place.usher("undo --force");
                assert_eq!(run.status, 0, "{line}: {run:?}");
                assert!(state(&place) == *states.last().unwrap(), "{line}");
                let last = place.usher("log --limit 1 --output-format json").json()[0]["number"].clone();
                place.usher(&format!("undo {last} --force")).quiet();
                assert!(state(&place) == after, "{line}, undone twice");
                states.push(after);
            }
        }
        place.usher("log verify").quiet();
        // Every change left three entries.
        for (number, then) in states.iter().enumerate().skip(1) {
            place.usher(&format!("restore --at {} --force", number * 3)).quiet();
            assert!(state(&place) == *then, "after {number} changes");
        }
    }
}
