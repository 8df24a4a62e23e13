//! Tickets as text: those the original made, ours with OpenSSL's own program, and everything that is none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::Value;
use std::fs;
use std::process::Command;
use usher::model::id::UserId;
use usher::secret::csrf;
use usher::secret::from_base64;
use usher::secret::ticket::{Kind, Login, issue, issue_for, issue_partial, verify, verify_for};
use usher::secret::ticket_key::{Aged, Digest, Keyring, SigningKey, VerifyingKey};

/// Made by the original with a key that was thrown away.
fn vectors() -> Value {
    serde_json::from_str(include_str!("data/ticket-vectors.json")).unwrap()
}

/// When they were made.
const MADE: i64 = 0x6B02_9AD9;
const HOUR: i64 = 3600;

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

fn signing() -> SigningKey {
    SigningKey::from_pem(text(&vectors(), "private_key").as_bytes()).unwrap()
}

fn aged(age: i64) -> Aged {
    Aged { key: VerifyingKey::from_pem(text(&vectors(), "public_key").as_bytes()).unwrap(), age }
}

/// The key of the vectors, so old; nothing before it.
fn keys(age: i64) -> Keyring {
    Keyring { current: aged(age), previous: None }
}

fn other(age: i64) -> Aged {
    let key = SigningKey::generate().unwrap();
    Aged { key: VerifyingKey::from_pem(&key.public_pem().unwrap()).unwrap(), age }
}

fn user(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}

fn joe() -> UserId {
    user("joe@pve")
}

fn ticket(number: usize) -> String {
    text(&vectors()["tickets"][number], "ticket").to_owned()
}

#[test]
fn the_original_s_tickets_verify() {
    let keys = keys(3 * HOUR);
    for (number, expected) in [(0, "joe@pve"), (1, "with:colon@pve")] {
        let found = verify(&keys, &ticket(number), None, MADE + 60).unwrap();
        assert_eq!(found, (Login::Complete(expected.into()), 60));
    }
    let due = Login::SecondFactorDue(r#"{"totp":true,"recovery":[0,1]}"#.into());
    assert_eq!(verify(&keys, &ticket(2), Some(&joe()), MADE).unwrap(), (due, 0));
    for other in [None, Some(&user("ann@pve"))] {
        assert!(verify(&keys, &ticket(2), other, MADE).is_err(), "{other:?}");
    }
    verify_for(&keys, Kind::Screen, &ticket(3), &joe(), "/vms/100:5900", MADE).unwrap();
    verify_for(&keys, Kind::Tunnel, &ticket(4), &joe(), "/vms/100", MADE).unwrap();
    for (kind, number, name, place) in [
        (Kind::Screen, 3, "joe@pve", "/vms/100:5901"),
        (Kind::Screen, 3, "ann@pve", "/vms/100:5900"),
        (Kind::Tunnel, 3, "joe@pve", "/vms/100:5900"),
        (Kind::Screen, 4, "joe@pve", "/vms/100"),
        (Kind::Screen, 0, "joe@pve", "/vms/100"),
    ] {
        assert!(verify_for(&keys, kind, &ticket(number), &user(name), place, MADE).is_err(), "{number}");
    }
}

#[test]
fn what_we_sign_is_what_the_original_signed() {
    let key = signing();
    let made = |name: &str| issue(&key, Digest::Sha1, &UserId::parse(name).unwrap(), MADE).unwrap();
    assert_eq!(made("joe@pve"), ticket(0));
    let due = issue_partial(&key, Digest::Sha1, &joe(), r#"{"totp":true,"recovery":[0,1]}"#, MADE).unwrap();
    assert_eq!(due, ticket(2));
    let screen = issue_for(&key, Digest::Sha1, Kind::Screen, &joe(), "/vms/100:5900", MADE).unwrap();
    assert_eq!(screen, ticket(3));
    let tunnel = issue_for(&key, Digest::Sha1, Kind::Tunnel, &joe(), "/vms/100", MADE).unwrap();
    assert_eq!(tunnel, ticket(4));
}

#[test]
fn openssl_itself_verifies_what_we_sign() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("key"), text(&vectors(), "public_key")).unwrap();
    for (digest, option) in [(Digest::Sha1, "-sha1"), (Digest::Sha256, "-sha256")] {
        let made = issue(&signing(), digest, &joe(), MADE).unwrap();
        let (signed, signature) = made.split_once("::").unwrap();
        fs::write(path("text"), signed).unwrap();
        fs::write(path("signature"), from_base64(signature).unwrap()).unwrap();
        let mut openssl = Command::new("openssl");
        openssl.args(["dgst", option, "-verify"]).arg(path("key")).arg("-signature").arg(path("signature"));
        let run = openssl.arg(path("text")).output();
        let run = run.unwrap_or_else(|error| panic!("openssl is needed: apt-get install openssl: {error}"));
        assert_eq!(String::from_utf8(run.stdout).unwrap().trim(), "Verified OK", "{option}");
    }
}

#[test]
fn when_a_ticket_counts() {
    let made = issue(&signing(), Digest::Sha1, &joe(), MADE).unwrap();
    for (key_age, age, good) in [
        (12 * HOUR, 0, true),
        (12 * HOUR, -299, true),
        (12 * HOUR, -300, false),
        (12 * HOUR, 7199, true),
        (12 * HOUR, 7200, false),
        (12 * HOUR, 100 * HOUR, false),
        // Older than the key.
        (60, 359, true),
        (60, 360, false),
        // The key should have been replaced when this was signed.
        (24 * HOUR + 60, 59, false),
        (24 * HOUR + 60, 61, true),
        (27 * HOUR, 7199, false),
    ] {
        let found = verify(&keys(key_age), &made, None, MADE + age);
        assert_eq!(found.is_ok(), good, "key {key_age}, ticket {age}: {found:?}");
    }
}

#[test]
fn the_previous_key_counts_for_what_it_signed() {
    let made = issue(&signing(), Digest::Sha1, &joe(), MADE).unwrap();
    for (since_rotation, age, good) in [
        (60, 0, true),
        (600, 600, true),
        (600, 300, false),
        (600, 301, true),
        (600, 7199, true),
        (600, 7200, false),
    ] {
        let keys = Keyring { current: other(since_rotation), previous: Some(aged(since_rotation)) };
        assert_eq!(verify(&keys, &made, None, MADE + age).is_ok(), good, "{since_rotation} {age}");
    }
    let strange = Keyring { current: other(HOUR), previous: Some(other(HOUR)) };
    assert!(verify(&strange, &made, None, MADE).is_err());
}

#[test]
fn whatever_is_changed_is_no_ticket() {
    let keys = keys(12 * HOUR);
    let made = issue(&signing(), Digest::Sha1, &joe(), MADE).unwrap();
    verify(&keys, &made, Some(&joe()), MADE).unwrap();
    assert!(verify(&keys, &made, Some(&user("ann@pve")), MADE).is_err(), "somebody else's");
    for end in 0..made.len() {
        assert!(verify(&keys, made.get(..end).unwrap(), None, MADE).is_err(), "truncated to {end}");
    }
    for place in 0..made.len() {
        let mut bytes = made.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(verify(&keys, &changed, None, MADE).is_err(), "{place}: {changed}");
    }
    let due = issue_partial(&signing(), Digest::Sha1, &joe(), "{}", MADE).unwrap();
    for wrong in [
        made.replace("joe@pve", "ann@pve"),
        made.replace("joe@pve", "joe%40pve"),
        made.replace("PVE:", "PVEVNC:"),
        made.replace("::", ":::"),
        format!("{made}="),
        format!("{made} "),
        format!(" {made}"),
        format!("{made}\n"),
        due.replace("!tfa!{}", "joe@pve"),
        due.replace("!tfa!", ""),
        String::new(),
        "::".into(),
        "PVE::".into(),
        "PVE:joe@pve:6B029AD9::".into(),
    ] {
        assert!(verify(&keys, &wrong, Some(&joe()), MADE).is_err(), "{wrong}");
    }
}

#[test]
fn a_name_with_an_escape_in_it_stays_itself() {
    for name in ["50%@pve", "%61nn@pve", "a%3Ab@pve", "%25@pve"] {
        let id = user(name);
        let made = issue(&signing(), Digest::Sha1, &id, MADE).unwrap();
        let (login, _) = verify(&keys(12 * HOUR), &made, Some(&id), MADE).unwrap();
        assert_eq!(login, Login::Complete(name.into()));
    }
}

#[test]
fn screens_open_for_forty_seconds() {
    let made = issue_for(&signing(), Digest::Sha256, Kind::Screen, &joe(), "/vms/1", MADE).unwrap();
    for (age, good) in [(-20, false), (-19, true), (0, true), (39, true), (40, false)] {
        let found = verify_for(&keys(HOUR), Kind::Screen, &made, &joe(), "/vms/1", MADE + age);
        assert_eq!(found.is_ok(), good, "{age}");
    }
}

#[test]
fn tokens_of_forms() {
    let vectors = vectors();
    let token = text(&vectors["csrf"], "token");
    let key = text(&vectors["csrf"], "www_key").as_bytes();
    assert_eq!(csrf::issue(key, &joe(), MADE).unwrap(), token);
    for (who, token, now, good) in [
        ("joe@pve", token, MADE, true),
        ("joe@pve", token, MADE + 7199, true),
        ("joe@pve", token, MADE + 7200, false),
        ("joe@pve", token, MADE - 299, true),
        ("joe@pve", token, MADE - 300, false),
        ("ann@pve", token, MADE, false),
        ("joe@pve", token.get(1..).unwrap(), MADE, false),
        ("joe@pve", token.get(..40).unwrap(), MADE, false),
        ("joe@pve", "", MADE, false),
    ] {
        assert_eq!(csrf::verify(key, &user(who), token, now).unwrap(), good, "{who} {token} {now}");
    }
    assert!(!csrf::verify(b"another key", &joe(), token, MADE).unwrap());
}

#[test]
fn five_thousand_tickets_are_verified_in_a_second() {
    use rustix::time::{ClockId, clock_gettime};
    let keys = keys(12 * HOUR);
    // The digest that is tried last.
    let made = issue(&signing(), Digest::Sha256, &joe(), MADE).unwrap();
    let now = || {
        let clock = clock_gettime(ClockId::ThreadCPUTime);
        i128::from(clock.tv_sec) * 1_000_000 + i128::from(clock.tv_nsec) / 1000
    };
    let run = || {
        let start = now();
        (0..200).for_each(|_| drop(verify(&keys, &made, None, MADE).unwrap()));
        now() - start
    };
    let fastest = (0..5).map(|_| run()).min().unwrap();
    assert!(fastest < 40_000, "200 took {fastest} µs");
}
