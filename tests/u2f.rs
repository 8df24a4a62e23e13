//! Security keys of the older protocol: who gets in with one, and every way to be refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::key_house::{APP, DOMAIN, House, NOW, OPEN, ORIGIN, u2f_question};
use support::soft_key::{Asked, SoftKey, base64url, with_a_bit_turned};
use support::{Place, words};
use usher::realm::login::Reason;

fn record(key: &SoftKey) -> Value {
    json!({"u2f": [{"id": "k", "description": "key", "created": 1, "entry": key.u2f()}]})
}

/// Joe has this key, and Ann another one.
fn house(joe: &SoftKey, ann: &SoftKey) -> House {
    House::with(&json!({"joe@pve": record(joe), "ann@pve": record(ann)}))
}

/// Why an answer is wrong, and what makes it so.
type Change = (&'static str, fn(&mut Asked));

const REFUSED: Result<(), Reason> = Err(Reason::WrongSecondFactor);

#[test]
fn a_key_that_signs_gets_in_once() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    let asked = house.challenge("joe@pve");
    let keys = json!([{"keyHandle": base64url(b"joe's"), "version": "U2F_V2"}]);
    assert_eq!(asked["u2f"]["keys"], keys);
    assert_eq!(asked["u2f"]["challenge"]["appId"], APP);
    assert_eq!(
        house.file(OPEN)["joe@pve"]["u2f_auths"][0]["challenge"],
        asked["u2f"]["challenge"]["challenge"]
    );
    let answer = key.answer_u2f(&u2f_question(&asked["u2f"], ORIGIN));
    assert_eq!(house.answer("joe@pve", "u2f", &answer, NOW + 119), Ok(()));
    assert_eq!(house.file(OPEN), Value::Null);
    assert_eq!(house.answer("joe@pve", "u2f", &answer, NOW + 119), REFUSED, "used before");
    assert_eq!(house.factors("joe@pve"), record(&key), "nothing of a key changes");
    assert_ne!(house.ask_u2f("joe@pve").challenge, house.ask_u2f("joe@pve").challenge);
}

#[test]
fn what_a_key_must_not_sign() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    let changes: [Change; 6] = [
        ("not asked", |asked| asked.challenge = base64url(&[0; 32])),
        ("another page", |asked| asked.origin = "https://pve.example.com".into()),
        ("another place", |asked| asked.place = DOMAIN.into()),
        ("nobody touched it", |asked| asked.flags = 0),
        ("another flag", |asked| asked.flags = 2),
        ("a registration", |asked| asked.kind = "navigator.id.finishEnrollment"),
    ];
    for (why, change) in changes {
        let mut asked = house.ask_u2f("joe@pve");
        change(&mut asked);
        assert_eq!(house.answer("joe@pve", "u2f", &key.answer_u2f(&asked), NOW), REFUSED, "{why}");
    }
    let asked = house.ask_u2f("joe@pve");
    assert_eq!(house.answer("joe@pve", "u2f", &key.answer_u2f(&asked), NOW + 120), REFUSED, "too late");
    let asked = house.ask_u2f("ann@pve");
    assert_eq!(house.answer("joe@pve", "u2f", &key.answer_u2f(&asked), NOW), REFUSED, "asked of Ann");
}

#[test]
fn somebody_else_s_key() {
    let (joe, ann) = (SoftKey::new("same"), SoftKey::new("same"));
    let house = house(&joe, &ann);
    let asked = house.ask_u2f("joe@pve");
    assert_eq!(house.answer("joe@pve", "u2f", &ann.answer_u2f(&asked), NOW), REFUSED);
    assert_eq!(house.answer("joe@pve", "u2f", &joe.answer_u2f(&asked), NOW), REFUSED, "it was tried once");
    let stranger = SoftKey::new("stranger's");
    let asked = house.ask_u2f("joe@pve");
    assert_eq!(house.answer("joe@pve", "u2f", &stranger.answer_u2f(&asked), NOW), REFUSED);
}

#[test]
fn nothing_that_was_changed_on_the_way() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    for field in ["keyHandle", "clientData", "signatureData"] {
        for broken in [json!(""), json!("AAAA"), json!("!"), json!(1), Value::Null] {
            let mut answer = key.answer_u2f(&house.ask_u2f("joe@pve"));
            answer[field] = broken.clone();
            assert_eq!(house.answer("joe@pve", "u2f", &answer, NOW), REFUSED, "{field} {broken}");
        }
    }
    // Every byte of what is signed counts: presence, counter, signature.
    for place in [0, 1, 4, 5, 12, 60] {
        let mut answer = key.answer_u2f(&house.ask_u2f("joe@pve"));
        answer["signatureData"] = with_a_bit_turned(&answer["signatureData"], place);
        assert_eq!(house.answer("joe@pve", "u2f", &answer, NOW), REFUSED, "{place}");
    }
    assert_eq!(house.answer("joe@pve", "u2f", &json!([]), NOW), REFUSED);
}

#[test]
fn without_a_key_that_may_be_used_or_settings_nobody_is_asked() {
    let key = SoftKey::new("joe's");
    let off = json!({"u2f": [{"id": "k", "created": 1, "enable": false, "entry": key.u2f()}]});
    let house = House::with(&json!({ "joe@pve": off }));
    assert_eq!(house.challenge("joe@pve"), Value::Null);
    // But a key that cannot be asked keeps everybody out.
    let house = House::without_settings(&json!({"joe@pve": record(&key)}));
    assert_eq!(house.challenge("joe@pve"), json!({}));
    let asked = Asked {
        kind: "navigator.id.getAssertion",
        place: APP.into(),
        challenge: base64url(&[0; 32]),
        origin: ORIGIN.into(),
        flags: 1,
        counter: 1,
    };
    assert_eq!(house.answer("joe@pve", "u2f", &key.answer_u2f(&asked), NOW), REFUSED);
    // A key that was disabled while the question was open no longer answers it.
    let disabled = json!({"u2f": [
        {"id": "k", "created": 1, "enable": false, "entry": key.u2f()},
        {"id": "l", "created": 1, "entry": SoftKey::new("other").u2f()},
    ]});
    let house = House::with(&json!({ "joe@pve": disabled }));
    assert_eq!(house.answer("joe@pve", "u2f", &key.answer_u2f(&house.ask_u2f("joe@pve")), NOW), REFUSED);
}

#[test]
fn on_the_command_line() {
    let key = SoftKey::new("joe's");
    for (file, text, origin) in [
        ("datacenter.cfg", "u2f: appid=https://pve.example.com:8006\n", ORIGIN),
        (
            "usher.toml",
            "[u2f]\nappid = \"https://x.example.com/y\"\norigin = \"https://x.example.com\"\n",
            "https://x.example.com",
        ),
    ] {
        let place = Place::after(&["user add joe@pve --password 'correct horse'"]);
        place.write(file, text);
        place.write("priv/tfa.cfg", json!({"users": {"joe@pve": record(&key)}}).to_string());
        let ask = |line: &str, typed: &str| place.run("usher", words(line), &format!("{typed}\n"));
        let answer = |half: &str| {
            let challenge = half.strip_prefix("PVE:!tfa!").unwrap().split(':').next().unwrap();
            let challenge: Value = serde_json::from_str(&challenge.replace("%3A", ":")).unwrap();
            format!("u2f:{}", key.answer_u2f(&u2f_question(&challenge["u2f"], origin)))
        };
        let half = || ask("ticket joe@pve", "correct horse").out.trim().to_owned();
        let first = half();
        let second = |half: &str| {
            let words = ["ticket", "joe@pve", "--tfa-challenge", half];
            place.run("usher", words, &format!("{}\n", answer(half)))
        };
        let ticket = second(&first).quiet();
        assert!(ticket.starts_with("PVE:joe@pve:"), "{ticket}");
        assert_eq!(second(&first).status, 3);
        ask("tfa verify joe@pve", &answer(&half())).quiet();
        let lines = format!("joe@pve\ncorrect horse\n{}", answer(&half()));
        ask("login-check", &lines).quiet();
        assert_eq!(ask("login-check", &lines).status, 3, "used before");
        assert_eq!(ask("tfa verify joe@pve", "u2f:{}").status, 3);
    }
}

#[test]
fn settings_that_do_not_do_are_told_to_those_who_need_them() {
    let place = Place::after(&["user add joe@pve --password 'correct horse'"]);
    place.write("datacenter.cfg", "u2f: origin=https://x\n");
    let ticket = || place.run("usher", ["ticket", "joe@pve"], "correct horse\n");
    ticket().quiet();
    place.write("priv/tfa.cfg", json!({"users": {"joe@pve": record(&SoftKey::new("joe's"))}}).to_string());
    let run = ticket();
    assert!(
        run.err.contains("datacenter.cfg:1: u2f unavailable, configuration error: '' is no AppID"),
        "{run:?}"
    );
    assert!(run.out.starts_with("PVE:!tfa!{}:"), "{run:?}");
}
