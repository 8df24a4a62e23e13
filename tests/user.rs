//! Accounts: what adding, changing, deleting and listing them leaves.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use std::os::unix::fs::MetadataExt as _;
use support::Place;

const SECRET: &str = "11111111-2222-3333-4444-555555555555";

/// Two users; one has something of everything.
fn joe_and_eve() -> Place {
    let tokens = format!("eve@pve!tick {SECRET}\njoe@pve!tick {SECRET}\njoe@pve!tock {SECRET}\n");
    let factors = |user: &str| {
        format!(
            r#""{user}":{{"totp":[{{"id":"a","description":"","created":1,"entry":"otpauth://totp/x"}}]}}"#
        )
    };
    Place::with(&[
        (
            "user.cfg",
            "user:eve@pve:1:0::::::\ntoken:eve@pve!tick:0:1::\nuser:joe@pve:1:0::::::\ntoken:joe@pve!tick:0:1::\n\
             token:joe@pve!tock:0:0::\nuser:root@pam:1:0::::::\n\ngroup:all:eve@pve,joe@pve::\n\n\n\n\
             acl:1:/:@all:PVEAuditor:\nacl:1:/vms:eve@pve,joe@pve:PVEVMUser:\n\
             acl:1:/vms/100:eve@pve!tick,joe@pve!tick:PVEVMUser:\n",
        ),
        ("priv/token.cfg", &tokens),
        (
            "priv/shadow.cfg",
            "eve:$5$saltsalt$UhHNsz/0J7RLJpCPQ/QHfXQnwvacRyUt/M10qtCOP4A:\njoe:$5$saltsalt$UhHNsz/0J7RLJpCPQ/QHfXQnwvacRyUt/M10qtCOP4A:\n",
        ),
        ("priv/tfa.cfg", &format!(r#"{{"users":{{{},{}}}}}"#, factors("eve@pve"), factors("joe@pve"))),
    ])
}

#[test]
fn delete_takes_everything_of_the_user_and_nothing_else() {
    let place = joe_and_eve();
    let warnings = place.usher("user delete joe@pve").warned();
    for dropped in ["/vms", "/vms/100", "joe@pve!tick", "PVEVMUser"] {
        assert!(warnings.contains(dropped), "{dropped} is not named: {warnings}");
    }
    assert!(!warnings.contains("eve@pve"), "{warnings}");
    for (name, text) in place.files() {
        assert!(!String::from_utf8(text).unwrap().contains("joe"), "{name} still knows joe");
    }
    assert_eq!(
        place.read("user.cfg"),
        "user:eve@pve:1:0::::::\ntoken:eve@pve!tick:0:1::\nuser:root@pam:1:0::::::\n\ngroup:all:eve@pve::\n\n\n\n\
         acl:1:/:@all:PVEAuditor:\nacl:1:/vms:eve@pve:PVEVMUser:\nacl:1:/vms/100:eve@pve!tick:PVEVMUser:\n"
    );
    assert_eq!(place.read("priv/token.cfg"), format!("eve@pve!tick {SECRET}\n"));
    assert!(
        place.read("priv/shadow.cfg").starts_with("eve:") && place.read("priv/tfa.cfg").contains("eve@pve")
    );
    assert_eq!(place.read("priv/shadow.cfg").lines().count(), 1);
}

#[test]
fn delete_says_nothing_as_pveum() {
    let place = joe_and_eve();
    assert_eq!(place.pveum("user delete joe@pve").quiet(), "");
    assert!(!place.read("user.cfg").contains("joe"));
    assert_eq!(place.pveum("user delete joe@pve").quiet(), "", "a missing user is no failure there");
}

#[test]
fn delete_is_all_or_nothing() {
    let place = joe_and_eve();
    place.write("priv/tfa.cfg", "{\"users\": {broken");
    let message = place.untouched("user delete joe@pve").refused(1);
    assert!(message.contains("priv/tfa.cfg:1:"), "{message}");
    let before = place.files();
    place.pveum("user delete joe@pve").refused(255);
    assert!(place.files() == before);
}

#[test]
fn the_superuser_stays() {
    let place = Place::after(&["user add joe@pve"]);
    place.untouched("user delete root@pam").refused(1);
    place.usher("user modify root@pam --comment boss --enable 0").quiet();
    assert_eq!(place.lines("user")[1], "root@pam:0:0::::boss::");
}

#[test]
fn a_new_user_inherits_nothing() {
    let left_over = "group:g:joe@pve::\n\nacl:1:/:@g:PVEAdmin:\nacl:1:/vms:joe@pve:Administrator:\nacl:1:/pool:joe@pve!tt:PVEAdmin:\n";
    for name in ["usher", "pveum"] {
        let place = Place::with(&[("user.cfg", left_over)]);
        let run = place.run(name, ["user", "add", "joe@pve"], "");
        assert_eq!(run.status, 0, "{run:?}");
        if name == "usher" {
            assert!(
                run.err.contains("left-over ACL entry") && run.err.contains("'joe@pve' in 'g'"),
                "{}",
                run.err
            );
        }
        assert_eq!(place.lines("acl"), ["1:/:@g:PVEAdmin:"], "{name}");
        assert_eq!(place.lines("group"), ["g:::"], "{name}");
        let permissions = place.usher("user permissions joe@pve --output-format json").json();
        assert_eq!(permissions, json!({}), "{name}");
        place.all(&["user token add joe@pve tt --privsep 1"]);
        assert_eq!(
            place.usher("token permissions joe@pve tt --output-format json").json(),
            json!({}),
            "{name}"
        );
    }
}

#[test]
fn a_new_user_has_no_old_password_and_no_old_token() {
    let place = joe_and_eve();
    place.write("user.cfg", "user:eve@pve:1:0::::::\n");
    let warnings = place.usher("user add joe@pve").warned();
    for (name, what) in [("shadow", "password"), ("token", "token secrets"), ("tfa", "second factors")] {
        let text = place.read(&format!("priv/{name}.cfg"));
        assert!(!text.contains("joe") && text.contains("eve"), "{name}: {text}");
        assert!(warnings.contains(&format!("removed left-over {what} of 'joe@pve'")), "{warnings}");
    }
    // The same name in another realm is somebody else.
    let place = joe_and_eve();
    place.usher("user add joe@pam").quiet();
    assert_eq!(place.read("priv/shadow.cfg").lines().count(), 2);
}

#[test]
fn if_not_exists_and_ignore_missing_make_a_change_repeatable() {
    let place = Place::after(&["user add joe@pve --comment first"]);
    place.untouched("user add joe@pve").refused(1);
    place.untouched("user add joe@pve --if-not-exists --comment second --password secret-enough").quiet();
    place.untouched("user delete eve@pve").refused(1);
    place.untouched("user delete eve@pve --ignore-missing").quiet();
    // The original does not know the words.
    place.pveum("user add joe@pve --if-not-exists").refused(255);
    place.pveum("user delete eve@pve --ignore-missing").refused(255);
}

#[test]
fn expire_takes_numbers_dates_and_spans() {
    let place = Place::after(&["user add joe@pve"]);
    let expire = |line: &str| {
        place.usher(line).quiet();
        place.lines("user")[0].split(':').nth(2).unwrap().parse::<u64>().unwrap()
    };
    assert_eq!(expire("user modify joe@pve --expire 1900000000"), 1_900_000_000);
    assert_eq!(expire("user modify joe@pve --expire 2027-01-31"), 1_801_353_600);
    assert_eq!(expire("user modify joe@pve --expire 0"), 0);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let then = expire("user modify joe@pve --expire 90d");
    assert!((now + 90 * 86_400..now + 90 * 86_400 + 600).contains(&then), "{then}");
    for wrong in ["tomorrow", "2027-02-30", "-1", "18446744073709551616"] {
        place.untouched(&format!("user modify joe@pve --expire {wrong}")).refused(2);
    }
    let message = place.usher("user modify joe@pve --expire tomorrow").refused(2);
    assert!(message.contains("2027-01-31") && message.contains("90d"), "{message}");
    for own in ["90d", "2027-01-31"] {
        place.pveum(&format!("user modify joe@pve --expire {own}")).refused(255);
    }
}

#[test]
fn dry_run_shows_and_does_not() {
    let place = joe_and_eve();
    let run = place.untouched("user delete joe@pve --dry-run");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.err.contains("would be removed"), "{}", run.err);
    assert!(
        run.out.contains("-user:joe@pve:1:0::::::") && run.out.contains("+group:all:eve@pve::"),
        "{}",
        run.out
    );
    assert!(run.out.contains("-joe@pve!tick (secret)") && run.out.contains("-joe (secret)"), "{}", run.out);
    for secret in [SECRET, "saltsalt", "otpauth"] {
        assert!(!run.out.contains(secret), "a secret is shown: {}", run.out);
    }
    assert_eq!(place.untouched("user modify joe@pve --enable 1 --dry-run").quiet(), "");
    place.untouched("user add joe@pve --dry-run").refused(1);
    place.pveum("user delete joe@pve --dry-run").refused(255);
    // A directory that is not there is not made for a look.
    let empty = Place::new();
    std::fs::remove_dir(empty.path()).unwrap();
    assert_eq!(empty.usher("user add joe@pve --dry-run").status, 3);
    assert!(!empty.path().exists());
}

#[test]
fn a_change_of_nothing_writes_nothing() {
    let place = Place::after(&["group add g", "user add joe@pve --comment x --groups g"]);
    let look = || {
        let stat = place.path().join("user.cfg").metadata().unwrap();
        (stat.ino(), stat.mtime_nsec())
    };
    let before = look();
    for line in [
        "user modify joe@pve",
        "user modify joe@pve --comment x --enable 1",
        "user modify joe@pve --groups g --append 1",
    ] {
        place.usher(line).quiet();
        place.pveum(line).quiet();
        assert_eq!(look(), before, "{line}");
    }
}

#[test]
fn a_change_of_nothing_puts_a_file_in_order() {
    let place =
        Place::with(&[("user.cfg", "user:joe@pve:1:0\nuser:eve@pve:1:0::::::\ngroup:g:joe@pve,eve@pve::\n")]);
    place.usher("user modify joe@pve").quiet();
    let ordered = "user:eve@pve:1:0::::::\nuser:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\ngroup:g:eve@pve,joe@pve::\n\n\n\n";
    assert_eq!(place.read("user.cfg"), ordered);
}

#[test]
fn what_is_not_understood_is_kept() {
    let place = Place::with(&[(
        "user.cfg",
        "# who is who\nuser:joe@pve:1:0::::::more:fields:\nfuture:x:y\nuser:bad name@pve:1:0::::::\n",
    )]);
    let warnings = place.usher("user add eve@pve").warned();
    for line in ["user.cfg:1", "user.cfg:3", "user.cfg:4"] {
        assert!(warnings.contains(line), "{warnings}");
    }
    let text = place.read("user.cfg");
    for line in [
        "# who is who\n",
        "user:joe@pve:1:0::::::more:fields:\n",
        "future:x:y\n",
        "user:bad name@pve:1:0::::::\n",
        "user:eve@pve:1:0::::::\n",
    ] {
        assert!(text.contains(line), "{line} is lost:\n{text}");
    }
    place.usher("user modify joe@pve --comment new").warned();
    assert!(place.read("user.cfg").contains("user:joe@pve:1:0::::new::more:fields:\n"));
}

#[test]
fn texts_come_back_as_they_were_given() {
    let place = Place::new();
    let comment = "0 % : ; , # ' \" \\ äöü 日本 \t\nend";
    place.run("usher", ["user", "add", "joe@pve", "--comment", comment, "--firstname", "0"], "").quiet();
    let rows = place.usher("user list --output-format json").json();
    assert_eq!((&rows[0]["comment"], &rows[0]["firstname"]), (&json!(comment), &json!("0")));
    assert_eq!(place.read("user.cfg").lines().next().unwrap().split(':').count(), 10);
    place.usher("user modify joe@pve --comment 0").quiet();
    assert_eq!(place.lines("user")[0], "joe@pve:1:0:0:::0::");
    place.usher("user modify joe@pve --comment ''").quiet();
    assert_eq!(place.lines("user")[0], "joe@pve:1:0:0:::::");
}

#[test]
fn list_in_every_format() {
    let place = Place::after(&[
        "group add g",
        "user add joe@pve --groups g --expire 5 --enable 0",
        "user token add joe@pve t1",
    ]);
    let rows = json!([
        {"userid": "joe@pve", "enable": 0, "expire": 5, "realm-type": "pve"},
        {"userid": "root@pam", "enable": 1, "expire": 0, "realm-type": "pam"},
    ]);
    for format in ["json", "json-pretty"] {
        assert_eq!(place.usher(&format!("user list --output-format {format}")).json(), rows);
        assert_eq!(place.pveum(&format!("user list --output-format={format}")).json(), rows);
    }
    let yaml = place.usher("user list --output-format yaml").quiet();
    assert!(yaml.starts_with("---\n- enable: 0\n  expire: 5\n"), "{yaml}");
    let text = place.usher("user list").quiet();
    assert!(text.starts_with('┌') && text.contains("│ joe@pve "), "{text}");
    let plain = place.usher("user list --noborder --noheader").quiet();
    assert!(plain.starts_with("joe@pve ") && plain.lines().count() == 2, "{plain}");
    assert_eq!(place.usher("user list --quiet").quiet(), "");
    let full = place.usher("user list --full --output-format json").json();
    assert_eq!(full[0]["groups"], "g");
    assert_eq!(full[0]["tokens"], json!([{"tokenid": "t1", "expire": 0, "privsep": 1}]));
    let enabled = place.usher("user list --enabled --output-format json").json();
    assert_eq!(enabled, json!([rows[1]]));
    assert_eq!(place.usher("user list --enabled 0 --output-format json").json(), json!([rows[0]]));
}

/// As the original does it.
#[test]
fn what_names_somebody_who_is_not_there_goes_with_him() {
    let place = Place::with(&[
        (
            "user.cfg",
            "user:joe@pve:1:0::::::\n\ngroup:ops:ghost@pve,joe@pve::\n\nacl:1:/vms:@ops,ghost@pve:PVEAuditor:\n",
        ),
        ("priv/shadow.cfg", "ghost:$5$saltsalt$x:\n"),
    ]);
    place.usher("user delete ghost@pve --ignore-missing").warned();
    assert_eq!(place.lines("group"), ["ops:ghost@pve,joe@pve::"]);
    place.pveum("user delete ghost@pve").warned();
    assert_eq!(place.lines("group"), ["ops:joe@pve::"]);
    assert_eq!(place.lines("acl"), ["1:/vms:@ops:PVEAuditor:"]);
    assert_eq!(place.read("priv/shadow.cfg"), "");
}
