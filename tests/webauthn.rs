//! Security keys and passkeys: who gets in with one, and every way to be refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::key_house::{DOMAIN, House, NOW, OPEN, ORIGIN, webauthn_question};
use support::soft_key::{Asked, SoftKey, base64url, with_a_bit_turned};
use support::{Place, words};
use usher::realm::login::Reason;

fn record(entry: Value) -> Value {
    json!({"webauthn": [{"id": "k", "description": "key", "created": 1, "entry": entry}]})
}

/// Joe has this key, used seven times, and Ann another one.
fn house(joe: &SoftKey, ann: &SoftKey) -> House {
    House::with(&json!({"joe@pve": record(joe.webauthn(7)), "ann@pve": record(ann.webauthn(7))}))
}

/// Why an answer is wrong, and what makes it so.
type Change = (&'static str, fn(&mut Asked));

const REFUSED: Result<(), Reason> = Err(Reason::WrongSecondFactor);

#[test]
fn a_key_that_signs_gets_in_once() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    let asked = house.challenge("joe@pve");
    let challenge = asked["webauthn"]["publicKey"]["challenge"].clone();
    let question = json!({
        "challenge": challenge,
        "timeout": 60000,
        "rpId": DOMAIN,
        "allowCredentials": [{"type": "public-key", "id": base64url(b"joe's")}],
        "userVerification": "discouraged",
    });
    assert_eq!(asked, json!({"webauthn": {"publicKey": question}}));
    assert_eq!(house.file(OPEN)["joe@pve"]["webauthn_auths"][0]["challenge"], challenge);
    let answer = key.answer_webauthn(&webauthn_question(&asked["webauthn"], ORIGIN));
    assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW + 119), Ok(()));
    assert_eq!(house.factors("joe@pve"), record(key.webauthn(8)), "the counter, and nothing else");
    assert_eq!(house.file(OPEN), Value::Null);
    assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW + 119), REFUSED, "used before");
    assert_ne!(house.ask_webauthn("joe@pve").challenge, house.ask_webauthn("joe@pve").challenge);
}

#[test]
fn what_a_key_must_not_sign() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    let changes: [Change; 10] = [
        ("not asked", |asked| asked.challenge = base64url(&[0; 32])),
        ("another page", |asked| asked.origin = "https://evil.example.net:8006".into()),
        ("a page that looks like ours", |asked| asked.origin = "https://badexample.com:8006".into()),
        ("another port", |asked| asked.origin = "https://pve.example.com".into()),
        ("without TLS", |asked| asked.origin = "http://pve.example.com:8006".into()),
        ("another place", |asked| asked.place = "example.net".into()),
        ("nobody touched it", |asked| asked.flags = 0),
        ("used as often", |asked| asked.counter = 7),
        ("used less often", |asked| asked.counter = 6),
        ("a registration", |asked| asked.kind = "webauthn.create"),
    ];
    for (why, change) in changes {
        let mut asked = house.ask_webauthn("joe@pve");
        change(&mut asked);
        assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW), REFUSED, "{why}");
        assert_eq!(house.factors("joe@pve"), record(key.webauthn(7)), "{why}");
    }
    let asked = house.ask_webauthn("joe@pve");
    assert_eq!(
        house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW + 120),
        REFUSED,
        "too late"
    );
    let asked = house.ask_webauthn("ann@pve");
    assert_eq!(
        house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW),
        REFUSED,
        "asked of Ann"
    );
}

#[test]
fn a_counter_never_goes_back() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    // Both were asked before the first answer came: what counts is what is stored when the second one comes.
    let (one, mut other) = (house.ask_webauthn("joe@pve"), house.ask_webauthn("joe@pve"));
    other.counter = one.counter;
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&one), NOW), Ok(()));
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&other), NOW), REFUSED);
    let mut later = house.ask_webauthn("joe@pve");
    later.counter = 4_000_000_000;
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&later), NOW), Ok(()));
    assert_eq!(house.factors("joe@pve"), record(key.webauthn(4_000_000_000)));
}

#[test]
fn keys_without_a_counter_and_keys_of_older_versions() {
    let key = SoftKey::new("joe's");
    let house = House::with(&json!({"joe@pve": record(key.old_webauthn(0))}));
    let mut asked = house.ask_webauthn("joe@pve");
    asked.counter = 0;
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW), Ok(()));
    assert_eq!(house.factors("joe@pve"), record(key.old_webauthn(0)), "nothing to be kept");
    // Since then the key has learnt to tell that it can be copied, and is: flags 8 and 16 of section 6.1.
    let mut asked = house.ask_webauthn("joe@pve");
    (asked.counter, asked.flags) = (1, 1 | 8);
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW), Ok(()));
    let entry = house.factors("joe@pve")["webauthn"][0]["entry"].clone();
    assert_eq!((&entry["counter"], &entry["backup_eligible"]), (&json!(1), &json!(true)));
    assert_eq!(entry["cred"], key.old_webauthn(0)["cred"]);
    // It does not unlearn that.
    let mut asked = house.ask_webauthn("joe@pve");
    asked.counter = 2;
    assert_eq!(house.answer("joe@pve", "webauthn", &key.answer_webauthn(&asked), NOW), REFUSED);
}

#[test]
fn somebody_else_s_key() {
    let (joe, ann) = (SoftKey::new("same"), SoftKey::new("same"));
    let house = house(&joe, &ann);
    let asked = house.ask_webauthn("joe@pve");
    assert_eq!(house.answer("joe@pve", "webauthn", &ann.answer_webauthn(&asked), NOW), REFUSED);
    assert_eq!(
        house.answer("joe@pve", "webauthn", &joe.answer_webauthn(&asked), NOW),
        REFUSED,
        "it was tried once"
    );
    let stranger = SoftKey::new("stranger's");
    let asked = house.ask_webauthn("joe@pve");
    assert_eq!(house.answer("joe@pve", "webauthn", &stranger.answer_webauthn(&asked), NOW), REFUSED);
}

#[test]
fn nothing_that_was_changed_on_the_way() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    for field in ["authenticatorData", "clientDataJSON", "signature"] {
        for broken in [json!(""), json!("AAAA"), json!("!"), json!(1), Value::Null] {
            let mut answer = key.answer_webauthn(&house.ask_webauthn("joe@pve"));
            answer["response"][field] = broken.clone();
            assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW), REFUSED, "{field} {broken}");
        }
    }
    // A counter that was raised on the way, and a signature with one bit turned.
    for (field, place) in [("authenticatorData", 36), ("authenticatorData", 32), ("signature", 20)] {
        let mut answer = key.answer_webauthn(&house.ask_webauthn("joe@pve"));
        answer["response"][field] = with_a_bit_turned(&answer["response"][field], place);
        assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW), REFUSED, "{field}");
    }
    for field in ["challenge", "rawId", "response", "type"] {
        let mut answer = key.answer_webauthn(&house.ask_webauthn("joe@pve"));
        answer.as_object_mut().unwrap().remove(field);
        assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW), REFUSED, "{field}");
    }
    // The question that is said to be answered has to be the one that was signed.
    let (one, other) = (house.ask_webauthn("joe@pve"), house.ask_webauthn("joe@pve"));
    let mut answer = key.answer_webauthn(&one);
    answer["challenge"] = json!(other.challenge);
    assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW), REFUSED);
    assert_eq!(house.answer("joe@pve", "webauthn", &json!([]), NOW), REFUSED);
}

#[test]
fn a_hundred_wrong_answers_lock_keys_as_well() {
    let key = SoftKey::new("joe's");
    let house = house(&key, &SoftKey::new("ann's"));
    for _ in 0..100 {
        assert_eq!(house.answer("joe@pve", "webauthn", &json!({}), NOW), REFUSED);
    }
    let answer = key.answer_webauthn(&house.ask_webauthn("joe@pve"));
    assert_eq!(house.answer("joe@pve", "webauthn", &answer, NOW), Err(Reason::Locked));
    let answer = key.answer_webauthn(&house.ask_webauthn("ann@pve"));
    assert_eq!(
        house.answer("ann@pve", "webauthn", &answer, NOW),
        REFUSED,
        "not Ann's, but she is not locked"
    );
}

#[test]
fn without_a_key_that_may_be_used_or_settings_nobody_is_asked() {
    let key = SoftKey::new("joe's");
    let off = json!({"webauthn": [{"id": "k", "created": 1, "enable": false, "entry": key.webauthn(0)}]});
    let house = House::with(&json!({ "joe@pve": off }));
    assert_eq!(house.challenge("joe@pve"), Value::Null);
    // But a key that cannot be asked, or read, keeps everybody out.
    let house = House::without_settings(&json!({"joe@pve": record(key.webauthn(0))}));
    assert_eq!(house.challenge("joe@pve"), json!({}));
    let house = House::with(&json!({"joe@pve": record(json!({"cred_id": "x"}))}));
    assert_eq!(house.challenge("joe@pve"), json!({}));
    assert_eq!(house.answer("joe@pve", "webauthn", &json!({}), NOW), REFUSED);
}

#[test]
fn on_the_command_line() {
    let key = SoftKey::new("joe's");
    for (file, text, origin) in [
        ("datacenter.cfg", "webauthn: rp=x,id=example.com,origin=https://pve.example.com:8006\n", ORIGIN),
        (
            "usher.toml",
            "[webauthn]\nid = \"example.com\"\norigin = \"https://x.example.com\"\n",
            "https://x.example.com",
        ),
    ] {
        let place = Place::after(&["user add joe@pve --password 'correct horse'"]);
        place.write(file, text);
        place.write("priv/tfa.cfg", json!({"users": {"joe@pve": record(key.webauthn(0))}}).to_string());
        let ask = |line: &str, typed: &str| place.run("usher", words(line), &format!("{typed}\n"));
        let answer = |half: &str, counter: u32| {
            let challenge = half.strip_prefix("PVE:!tfa!").unwrap().split(':').next().unwrap();
            let challenge: Value = serde_json::from_str(&challenge.replace("%3A", ":")).unwrap();
            let question = Asked { counter, ..webauthn_question(&challenge["webauthn"], origin) };
            format!("webauthn:{}", key.answer_webauthn(&question))
        };
        let half = || ask("ticket joe@pve", "correct horse").out.trim().to_owned();
        let first = half();
        let second = |half: &str, counter: u32| {
            let words = ["ticket", "joe@pve", "--tfa-challenge", half];
            place.run("usher", words, &format!("{}\n", answer(half, counter)))
        };
        let ticket = second(&first, 1).quiet();
        assert!(ticket.starts_with("PVE:joe@pve:"), "{ticket}");
        assert_eq!(second(&first, 2).status, 3);
        ask("tfa verify joe@pve", &answer(&half(), 3)).quiet();
        let lines = format!("joe@pve\ncorrect horse\n{}", answer(&half(), 4));
        ask("login-check", &lines).quiet();
        assert_eq!(ask("login-check", &lines).status, 3, "used before");
        assert!(place.read("priv/tfa.cfg").contains("\"counter\":4"), "{}", place.read("priv/tfa.cfg"));
    }
}
