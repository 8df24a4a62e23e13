//! Who passes the second factor: decision tables over the books it keeps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use usher::model::tfa::{FactorKind, Failures, KeySettings, OpenChallenges, UserFactors};
use usher::secret::otpauth::Otpauth;
use usher::secret::recovery::{Randomness, generate};
use usher::secret::second_factor::{
    Challenge, Evidence, LIMIT, LOCKED_FOR, Response, TOTP_LIMIT, Verdict, judge,
};

const NOW: i64 = 1_800_000_000;
const URI: &str = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const OTHER: &str = "otpauth://totp/y?secret=JBSWY3DPEHPK3PXP&digits=8&algorithm=SHA256&period=60";

fn factors(record: Value) -> UserFactors {
    serde_json::from_value(record).unwrap()
}

fn totp(id: &str, entry: Value) -> Value {
    json!({"id": id, "created": 1, "entry": entry})
}

/// Judges an answer where security keys cannot be asked.
fn judged(
    factors: &mut UserFactors,
    failures: &mut Failures,
    response: Response<'_>,
    yubico: Option<&str>,
    now: i64,
) -> usher::error::Result<Verdict> {
    let evidence = Evidence { yubico, keys: &KeySettings::default() };
    judge(factors, failures, &mut OpenChallenges::default(), response, evidence, now)
}

fn code(uri: &str, at: i64) -> String {
    Otpauth::parse(uri).unwrap().code(at.try_into().unwrap())
}

struct Books {
    factors: UserFactors,
    failures: Failures,
}

impl Books {
    fn of(record: Value) -> Self {
        Self { factors: factors(record), failures: Failures::default() }
    }

    fn try_at(&mut self, answer: &str, now: i64) -> Verdict {
        let response = Response::parse(answer).unwrap();
        judged(&mut self.factors, &mut self.failures, response, None, now).unwrap()
    }
}

#[test]
fn a_code_counts_around_its_step_and_once() {
    for (last, at, expected) in [
        (None, NOW, Verdict::Accepted),
        (None, NOW - 30, Verdict::Accepted),
        (None, NOW + 30, Verdict::Accepted),
        (None, NOW - 60, Verdict::Wrong),
        (None, NOW + 60, Verdict::Wrong),
        (Some(NOW / 30 - 1), NOW, Verdict::Accepted),
        (Some(NOW / 30), NOW, Verdict::Wrong),
        (Some(NOW / 30 + 1), NOW, Verdict::Wrong),
        (Some(NOW / 30), NOW + 30, Verdict::Accepted),
        (Some(NOW / 30), NOW - 30, Verdict::Wrong),
    ] {
        let entry = last.map_or(json!(URI), |last| json!({"totp": URI, "last-count": last}));
        let mut books = Books::of(json!({"totp": [totp("a", entry.clone())]}));
        assert_eq!(books.try_at(&format!("totp:{}", code(URI, at)), NOW), expected, "{last:?} {at}");
        let after = &books.factors.of_kind(FactorKind::Totp)[0].entry;
        match expected {
            Verdict::Accepted => {
                assert_eq!(*after, json!({"totp": URI, "last-count": at / 30}));
                assert_eq!(books.failures, Failures::default());
            }
            _ => {
                assert_eq!(*after, entry);
                assert_eq!(books.failures, Failures { totp: 1, all: 1 });
            }
        }
    }
}

#[test]
fn every_enabled_secret_counts_and_no_other() {
    let off = json!({"id": "b", "created": 1, "enable": false, "entry": OTHER});
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI)), off]}));
    assert_eq!(books.try_at(&format!("totp:{}", code(OTHER, NOW)), NOW), Verdict::Wrong);
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI)), totp("b", json!(OTHER))]}));
    assert_eq!(books.try_at(&format!("totp:{}", code(OTHER, NOW)), NOW), Verdict::Accepted);
    assert_eq!(books.factors.of_kind(FactorKind::Totp)[0].entry, json!(URI));
    assert_eq!(books.factors.of_kind(FactorKind::Totp)[1].entry["last-count"], NOW / 60);
    let mut broken = Books::of(json!({"totp": [totp("a", json!({"totp": 1}))]}));
    let response = Response::parse("totp:123456").unwrap();
    assert!(judged(&mut broken.factors, &mut broken.failures, response, None, NOW).is_err());
}

#[test]
fn wrong_answers_of_every_kind() {
    for (answer, failures) in [
        ("totp:", Failures { totp: 1, all: 1 }),
        ("totp:123456789", Failures { totp: 1, all: 1 }),
        ("totp:abcdef", Failures { totp: 1, all: 1 }),
        ("recovery:", Failures { totp: 0, all: 1 }),
        ("recovery:0000-0000-0000-0000", Failures { totp: 0, all: 1 }),
        ("yubico:ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded", Failures { totp: 0, all: 1 }),
        ("webauthn:{}", Failures { totp: 0, all: 1 }),
        ("u2f:{}", Failures { totp: 0, all: 1 }),
    ] {
        for record in [json!({"totp": [totp("a", json!(URI))]}), json!({})] {
            let mut books = Books::of(record);
            assert_eq!(books.try_at(answer, NOW), Verdict::Wrong, "{answer}");
            assert_eq!(books.failures, failures, "{answer}");
        }
    }
    for answer in ["", "123456", "totp", "TOTP:1", "sms:1", ":1"] {
        assert!(Response::parse(answer).is_err(), "{answer}");
    }
}

#[test]
fn a_yubico_key_has_to_be_the_users_and_verified() {
    let key = json!([{"id": "y", "created": 1, "entry": "ccccccbcgujh"}]);
    for (key, verified, expected) in [
        (key.clone(), Some("ccccccbcgujh"), Verdict::Accepted),
        (key.clone(), Some("ccccccbcgujg"), Verdict::Wrong),
        (key, None, Verdict::Wrong),
        (
            json!([{"id": "y", "created": 1, "enable": false, "entry": "ccccccbcgujh"}]),
            Some("ccccccbcgujh"),
            Verdict::Wrong,
        ),
    ] {
        let mut books = Books::of(json!({"yubico": key}));
        let response = Response::parse("yubico:x").unwrap();
        let verdict = judged(&mut books.factors, &mut books.failures, response, verified, NOW).unwrap();
        assert_eq!(verdict, expected, "{verified:?}");
    }
}

#[test]
fn guessing_ends_after_eight_codes() {
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI))]}));
    for attempt in 1..=TOTP_LIMIT {
        assert!(!books.factors.totp_locked, "{attempt}");
        assert_eq!(books.try_at("totp:x", NOW), Verdict::Wrong);
    }
    assert_eq!((TOTP_LIMIT, books.factors.totp_locked), (8, true));
    let failures = books.failures;
    assert_eq!(books.try_at(&format!("totp:{}", code(URI, NOW)), NOW), Verdict::TotpLocked);
    assert_eq!(books.failures, failures, "what is refused by a lock does not count");
}

#[test]
fn a_right_code_starts_the_count_anew() {
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI))]}));
    for round in 0..3 {
        for _ in 1..TOTP_LIMIT {
            books.try_at("totp:x", NOW + round * 60);
        }
        let right = format!("totp:{}", code(URI, NOW + round * 60));
        assert_eq!(books.try_at(&right, NOW + round * 60), Verdict::Accepted);
    }
    assert!(!books.factors.totp_locked);
}

#[test]
fn a_hundred_wrong_answers_lock_everything_for_an_hour() {
    let (stored, keys) = generate(&Randomness::fresh().unwrap(), NOW).unwrap();
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI))]}));
    books.factors.add_recovery(stored).unwrap();
    for attempt in 1..=LIMIT {
        assert_eq!(books.factors.locked_until, None, "{attempt}");
        assert_eq!(books.try_at("recovery:x", NOW), Verdict::Wrong);
    }
    let end = NOW + LOCKED_FOR;
    assert_eq!((LIMIT, books.factors.locked_until), (100, Some(end)));
    let key = format!("recovery:{}", *keys[0]);
    for now in [NOW, end - 1] {
        assert_eq!(books.try_at(&key, now), Verdict::Locked);
        assert_eq!(books.try_at(&format!("totp:{}", code(URI, now)), now), Verdict::Locked);
    }
    assert_eq!(books.try_at(&key, end), Verdict::Accepted);
    assert_eq!(books.factors.locked_until, None);
}

#[test]
fn a_recovery_key_lifts_the_lock_of_codes() {
    let (stored, keys) = generate(&Randomness::fresh().unwrap(), NOW).unwrap();
    let mut books = Books::of(json!({"totp": [totp("a", json!(URI))], "totp-locked": true}));
    books.factors.add_recovery(stored).unwrap();
    assert_eq!(books.try_at(&format!("recovery:{}", *keys[4]), NOW), Verdict::Accepted);
    assert_eq!(books.try_at(&format!("recovery:{}", *keys[4]), NOW), Verdict::Wrong);
    assert_eq!(books.try_at(&format!("totp:{}", code(URI, NOW)), NOW), Verdict::Accepted);
}

#[test]
fn what_a_user_is_asked_for() {
    let key = json!([{"id": "w", "created": 1, "entry": {}}]);
    let off = json!([{"id": "w", "created": 1, "enable": false, "entry": {}}]);
    for (record, expected) in [
        (json!({}), None),
        (json!({"totp": [totp("a", json!(URI))]}), Some(r#"{"totp":true}"#)),
        (json!({"recovery": {"secret": "aa", "entries": ["11", null, "22"]}}), Some(r#"{"recovery":[0,2]}"#)),
        (json!({"recovery": {"secret": "aa", "entries": [null]}}), Some(r#"{"recovery":[]}"#)),
        (json!({"yubico": key}), Some(r#"{"yubico":true}"#)),
        (json!({"totp": off, "yubico": off, "webauthn": off, "u2f": off}), None),
        (json!({"webauthn": key}), Some("{}")),
        (json!({"u2f": key}), Some("{}")),
        (
            json!({"totp": [totp("a", json!(URI))], "recovery": {"secret": "aa", "entries": ["11"]}}),
            Some(r#"{"totp":true,"recovery":[0]}"#),
        ),
    ] {
        let challenge = Challenge::of(&factors(record.clone())).map(|one| one.to_json());
        assert_eq!(challenge.as_deref(), expected, "{record}");
    }
}
