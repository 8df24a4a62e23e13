//! Second factors on the command line: enrolling, listing, locking, both faces.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use support::terminal::on_terminal;
use support::{Place, Run};
use usher::secret::otpauth::Otpauth;

const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn joe() -> Place {
    Place::after(&["user add joe@pve"])
}

thread_local! {
    /// When the test began: codes are counted from there, and none is too old a moment later.
    static START: u64 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
}

/// The time step the test began in.
fn start() -> u64 {
    START.with(|start| start / 30)
}

/// The code of [`KEY`], so many steps from the one the test began in.
fn code(steps: u64) -> String {
    let uri = format!("otpauth://totp/x?secret={KEY}");
    Otpauth::parse(&uri).unwrap().code((start() + steps) * 30)
}

fn enrol(place: &Place) -> Run {
    let words = "tfa add totp joe@pve --description phone --key-from-stdin --output-format json";
    place.run("usher", support::words(words), &format!("{KEY}\n{}\n", code(0)))
}

fn verify(place: &Place, answer: &str) -> Run {
    place.run("usher", ["tfa", "verify", "joe@pve"], &format!("{answer}\n"))
}

fn stored(place: &Place) -> Value {
    serde_json::from_str(&place.read("priv/tfa.cfg")).unwrap()
}

#[test]
fn enrolling_asks_for_a_code_before_anything_is_stored() {
    let place = joe();
    for wrong in ["000000x", "", "12345"] {
        let before = place.files();
        let run = place.run(
            "usher",
            ["tfa", "add", "totp", "joe@pve", "--key-from-stdin"],
            &format!("{KEY}\n{wrong}\n"),
        );
        assert!(run.refused(1).contains("failed to verify TOTP challenge"));
        assert!(place.files() == before, "{wrong:?} stored something");
    }
    let id = enrol(&place).json()["id"].as_str().unwrap().to_owned();
    let entry = &stored(&place)["users"]["joe@pve"]["totp"][0];
    assert_eq!((entry["id"].as_str(), entry["description"].as_str()), (Some(id.as_str()), Some("phone")));
    let uri = entry["entry"]["totp"].as_str().unwrap();
    assert_eq!(
        uri,
        format!("otpauth://totp/usher:joe%40pve?secret={KEY}&digits=6&algorithm=SHA1&period=30&issuer=usher")
    );
    assert_eq!(place.lines("user")[0], "joe@pve:1:0:::::x:");
    let mode = place.path().join("priv/tfa.cfg").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for line in ["tfa list", "user tfa list", "tfa list joe@pve --output-format json"] {
        let shown = place.usher(line).quiet();
        assert!(shown.contains(&id) && !shown.contains(KEY), "{shown}");
    }
    let shown = place.usher(&format!("tfa show joe@pve {id} --output-format json")).quiet();
    assert!(shown.contains("\"issuer\":\"usher\"") && !shown.contains(KEY), "{shown}");
}

#[test]
fn enrolling_on_a_terminal_shows_a_code_to_scan() {
    let place = joe();
    let mut command = place.command("usher");
    command.args(["tfa", "add", "totp", "joe@pve"]);
    let run = on_terminal(&command, (120, 40), &[("Code the app shows now: ", "000000x\n")]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.out.contains("█▀") && run.out.contains("otpauth://totp/usher:joe%40pve?secret="),
        "{}",
        run.out
    );
    assert_eq!(place.read("priv/tfa.cfg"), "");
    let mut command = place.command("usher");
    command.args(["tfa", "add", "totp", "joe@pve"]).env("LC_ALL", "C");
    let run = on_terminal(&command, (120, 40), &[("Code the app shows now: ", "1\n")]);
    assert!(!run.out.contains('█') && run.out.contains("otpauth://"), "{}", run.out);
}

#[test]
fn the_codes_are_those_of_oathtool() {
    let moment = "2026-11-22 11:22:33 UTC";
    let output = Command::new("oathtool").args(["--totp", "--base32", "--now", moment, KEY]).output();
    let output =
        output.unwrap_or_else(|error| panic!("oathtool is needed: apt-get install oathtool: {error}"));
    let uri = format!("otpauth://totp/x?secret={KEY}");
    let expected = String::from_utf8(output.stdout).unwrap();
    assert_eq!(Otpauth::parse(&uri).unwrap().code(1_795_346_553), expected.trim());
}

#[test]
fn a_code_works_once() {
    let place = joe();
    enrol(&place);
    assert_eq!(verify(&place, &format!("totp:{}", code(0))).status, 3, "it was shown when it was enrolled");
    let fresh = format!("totp:{}", code(1));
    verify(&place, &fresh).quiet();
    assert_eq!(stored(&place)["users"]["joe@pve"]["totp"][0]["entry"]["last-count"], json!(start() + 1));
    assert_eq!(verify(&place, &fresh).status, 3, "used before");
    assert_eq!(verify(&place, &format!("totp:{}", code(0))).status, 3, "older than the last one");
    assert_eq!(place.read("priv/tfa-failures.json"), r#"{"joe@pve":{"totp_failures":2,"tfa_failures":2}}"#);
}

#[test]
fn eight_wrong_codes_lock_and_a_recovery_key_opens() {
    let place = joe();
    enrol(&place);
    let keys = place.usher("tfa add recovery joe@pve --output-format json").json();
    let key = |number: usize| format!("recovery:{}", keys[number]["key"].as_str().unwrap());
    for attempt in 0..8 {
        let run = verify(&place, "totp:000000x");
        assert_eq!((run.status, run.err.contains("locked")), (3, false), "{attempt}: {run:?}");
    }
    assert_eq!(stored(&place)["users"]["joe@pve"]["totp-locked"], json!(true));
    let run = verify(&place, &format!("totp:{}", code(1)));
    assert!(run.status == 3 && run.err.contains("locked"), "{run:?}");
    assert_eq!(place.usher("user list --output-format json").json()[0]["totp-locked"], json!(1));
    verify(&place, &key(3)).quiet();
    assert_eq!(verify(&place, &key(3)).status, 3, "a key works once");
    verify(&place, &format!("totp:{}", code(1))).quiet();
    assert_eq!(place.read("priv/tfa-failures.json"), "");
    assert_eq!(place.usher("tfa show joe@pve recovery --output-format json").json()["keys-left"], 9);
}

#[test]
fn an_administrator_unlocks() {
    for name in ["usher", "pveum"] {
        let place = joe();
        enrol(&place);
        for _ in 0..8 {
            verify(&place, "totp:000000x");
        }
        place.run(name, ["user", "tfa", "unlock", "joe@pve"], "").quiet();
        assert_eq!(place.read("priv/tfa-failures.json"), "");
        verify(&place, &format!("totp:{}", code(1))).quiet();
        let run = place.run(name, ["user", "tfa", "unlock", "eve@pve"], "");
        assert!(run.status != 0 && run.err.contains("no such user"), "{run:?}");
    }
}

#[test]
fn a_key_is_spent_once_however_many_try_at_a_time() {
    let place = joe();
    let keys = place.usher("tfa add recovery joe@pve --output-format json").json();
    let key = format!("recovery:{}", keys[0]["key"].as_str().unwrap());
    let attempts: Vec<usize> = (0..6).collect();
    let accepted = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in &attempts {
            scope.spawn(|| {
                if verify(&place, &key).status == 0 {
                    accepted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), 1);
}

#[test]
fn a_code_is_spent_once_however_many_sign_in_at_a_time() {
    let place = Place::after(&["user add joe@pve --password 'correct horse'"]);
    enrol(&place);
    let input = format!("joe@pve\ncorrect horse\ntotp:{}\n", code(1));
    let statuses: Vec<i32> = std::thread::scope(|scope| {
        let sign_in = || place.run("usher", ["login-check"], &input).status;
        let all: Vec<_> = (0..6).map(|_| scope.spawn(sign_in)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 0).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [0, 3].contains(status)), "{statuses:?}");
}

#[test]
fn a_realm_demands_codes_in_the_word_people_know() {
    let place = Place::after(&[
        "user add joe@pve --password 'correct horse'",
        "user add ann@pve --password 'correct horse'",
        "realm modify pve --tfa type=totp,digits=6",
    ]);
    assert!(
        place.read("domains.cfg").contains("\ttfa type=oath,digits=6\n"),
        "{}",
        place.read("domains.cfg")
    );
    assert_eq!(place.usher("realm list --output-format json").json()[1]["tfa"], "oath");
    enrol(&place);
    let sign_in = |user: &str, answer: &str| {
        place.run("usher", ["login-check"], &format!("{user}\ncorrect horse\n{answer}\n")).status
    };
    assert_eq!(sign_in("ann@pve", ""), 3, "has none");
    assert_eq!(sign_in("ann@pve", &format!("totp:{}", code(1))), 3, "somebody else's");
    assert_eq!(sign_in("joe@pve", ""), 3);
    assert_eq!(sign_in("joe@pve", &format!("totp:{}", code(1))), 0);
    place.all(&["realm modify pve --delete tfa"]);
    assert_eq!(sign_in("ann@pve", ""), 0);
    let message = place.pveum("realm modify pve --tfa type=totp").refused(255);
    assert!(message.contains("value 'totp' does not have a value in the enumeration"), "{message}");
}

#[test]
fn factors_of_somebody_else_do_not_count() {
    let place = Place::after(&["user add joe@pve", "user add ann@pve"]);
    enrol(&place);
    let keys = place.usher("tfa add recovery ann@pve --output-format json").json();
    assert_eq!(verify(&place, &format!("recovery:{}", keys[0]["key"].as_str().unwrap())).status, 3);
    let run = place.run("usher", ["tfa", "verify", "ann@pve"], &format!("totp:{}\n", code(1)));
    assert_eq!(run.status, 3);
}

#[test]
fn recovery_keys_are_shown_once_and_stored_as_digests() {
    let place = joe();
    let keys = place.usher("tfa add recovery joe@pve --output-format json").json();
    let all = place.files();
    for key in keys.as_array().unwrap() {
        let key = key["key"].as_str().unwrap();
        assert_eq!((key.len(), key.split('-').count()), (19, 4), "{key}");
        assert!(all.values().all(|text| !String::from_utf8_lossy(text).contains(key)));
    }
    let message = place.untouched("tfa add recovery joe@pve").refused(1);
    assert!(message.contains("user already has recovery keys"), "{message}");
    place.all(&["tfa delete joe@pve --id recovery", "tfa add recovery joe@pve"]);
}

#[test]
fn disabling_and_deleting() {
    let place = joe();
    let id = enrol(&place).json()["id"].as_str().unwrap().to_owned();
    place.all(&[&format!("tfa disable joe@pve {id} --description lost")]);
    assert_eq!(stored(&place)["users"]["joe@pve"]["totp"][0]["enable"], json!(false));
    assert_eq!(place.usher("tfa list --output-format json").json()[0]["description"], "lost");
    assert_eq!(verify(&place, &format!("totp:{}", code(1))).status, 3);
    place.all(&[&format!("tfa enable joe@pve {id}")]);
    verify(&place, &format!("totp:{}", code(1))).quiet();
    for line in ["tfa disable joe@pve recovery", "tfa show joe@pve nope", "tfa delete joe@pve --id nope"] {
        assert!(place.untouched(line).refused(1).contains("no such entry"), "{line}");
    }
    place.all(&[&format!("tfa delete joe@pve --id {id}")]);
    assert_eq!(
        (place.read("priv/tfa.cfg").as_str(), place.lines("user")[0].as_str()),
        ("{}", "joe@pve:1:0::::::")
    );
}

#[test]
fn the_original_s_list() {
    let text = r#"{"users":{"b@pve":{"yubico":[{"id":"yub-2","created":1,"entry":"cccccccccccc"}]},"a@pve":{"totp":[{"id":"t1","description":"my phone","created":1,"entry":"x"}],"recovery":{"secret":"aa","entries":["11",null],"created":2}}}}"#;
    let place = Place::with(&[("priv/tfa.cfg", text)]);
    assert_eq!(
        place.pveum("user tfa list").quiet(),
        "a@pve:\n    recovery: recovery\n        \n\n    totp:     t1\n        my phone\n\nb@pve:\n    yubico:   yub-2\n        \n"
    );
    assert_eq!(place.pveum("user tfa list b@pve").quiet(), "yubico:   yub-2\n    \n");
    assert_eq!(place.pveum("user tfa list nobody@pve").quiet(), "");
    place.pveum("tfa list").refused(255);
    place.pveum("user tfa list --output-format json").refused(255);
}

#[test]
fn what_cannot_be_registered() {
    let place = joe();
    for (line, input) in [
        ("tfa add totp eve@pve --key-from-stdin", format!("{KEY}\n{}\n", code(0))),
        ("tfa add totp joe@pve --key-from-stdin", "not base32!\n123456\n".to_owned()),
        ("tfa add totp joe@pve", String::new()),
    ] {
        let run = place.run("usher", support::words(line), &input);
        assert!(run.status != 0 && place.read("priv/tfa.cfg").is_empty(), "{line}: {run:?}");
        assert!(!run.err.contains(KEY), "{}", run.err);
    }
    let message = place.untouched("tfa add totp joe@pve --output-format json").refused(2);
    assert!(message.contains("--key-from-stdin"), "{message}");
    place.untouched("tfa add recovery eve@pve").refused(1);
    let place = Place::with(&[("user.cfg", "user:joe@pve:1:0::::::\n"), ("priv/tfa.cfg", "garbage{")]);
    for line in ["tfa list", "tfa add recovery joe@pve", "tfa delete joe@pve", "tfa unlock joe@pve"] {
        let message = place.untouched(line).refused(1);
        assert!(message.contains("neither old style nor valid json"), "{line}: {message}");
    }
}

#[test]
fn the_first_format_is_read_and_written_anew_when_something_changes() {
    // {"keys":"cccccccccccc"}
    let old = "joe@pve:yubico:eyJrZXlzIjoiY2NjY2NjY2NjY2NjIn0=\n";
    let place = Place::with(&[("user.cfg", "user:joe@pve:1:0:::::x:\n"), ("priv/tfa.cfg", old)]);
    assert_eq!(place.usher("tfa list --output-format json").json()[0]["id"], "v1-entry");
    assert_eq!(place.read("priv/tfa.cfg"), old);
    place.all(&["tfa add recovery joe@pve"]);
    assert_eq!(stored(&place)["users"]["joe@pve"]["yubico"][0]["entry"], "cccccccccccc");
}

#[test]
fn a_fresh_key_has_160_bits() {
    let place = Place::new();
    let key = place.usher("tfa generate-key").quiet();
    assert_eq!(key.trim().len(), 32);
    assert_ne!(key, place.usher("tfa generate-key").quiet());
    let run = place.run("usher", ["tfa", "generate-key"], "");
    assert!(Otpauth::parse(&format!("otpauth://totp/x?secret={}", run.out.trim())).is_ok());
}

#[test]
fn a_dry_run_shows_no_secret() {
    let place = joe();
    let run = place.untouched("tfa add recovery joe@pve --dry-run");
    assert!(run.status == 3 && run.out.contains("priv/tfa.cfg\n(secrets change)"), "{run:?}");
}
