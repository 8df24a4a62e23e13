//! Who is let in: every way to be refused, and that nobody can tell them apart.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use rustix::time::{ClockId, clock_gettime};
use serde_json::json;
use std::cell::RefCell;
use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::error::{Error, Result};
use usher::model::id::UserId;
use usher::model::realm::Realm;
use usher::realm::login::{
    Admission, Attempt, NoService, Nowhere, PasswordCheck, Reason, Rules, YubicoCheck, no_keys, sign_in,
    sign_in_with_token,
};
use usher::secret::otpauth::Otpauth;
use usher::secret::recovery::{Randomness, generate};
use usher::secret::ticket;
use usher::secret::ticket_key::Digest;
use usher::secret::yubico::{Otp, Service};
use usher::secret::{NewScheme, hash};
use usher::store::sign_in::StoredBooks;
use usher::store::ticket_keys::signing_key;
use usher::store::{Files, MemoryStore, Store as _};

const PASSWORD: &str = "correct horse";
/// crypt(3) of [`PASSWORD`]: openssl passwd -5 -salt saltsalt
const OLD_HASH: &str = "$5$saltsalt$myjXcpMpE2Ofk7fj9hqyNYSn6lmWG4Mqnjx.KIRRr4/";
const URI: &str = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

const USERS: &str = "\
user:ann@pve:1:0::::::
user:dis@pve:0:0::::::
user:exp@pve:1:1000::::::
user:fut@pve:1:4000000000::::::
user:joe@pve:1:0::::::
user:new@pve:1:0::::::
user:nop@pve:1:0::::::
user:lee@dir:1:0::::::
user:Moe@case:1:0::::::
user:TWO@case:1:0::::::
user:two@case:1:0::::::
user:oath@must:1:0::::::
user:open@oid:1:0::::::
user:odd@broken:1:0::::::
token:joe@pve!ci:0:1::
token:joe@pve!end:1000:1::
token:dis@pve!ci:0:1::
token:exp@pve!ci:0:1::
";

const REALMS: &str = "\
pve: pve

ldap: dir
	server1 127.0.0.1
	base_dn dc=x
	user_attr uid

ldap: case
	server1 127.0.0.1
	base_dn dc=x
	user_attr uid
	case-sensitive 0

ldap: must
	server1 127.0.0.1
	base_dn dc=x
	user_attr uid
	tfa type=oath

ldap: broken
	server1 127.0.0.1
	base_dn dc=x
	user_attr uid
	tfa type=nonsense

openid: oid
	issuer-url https://x
	client-id x
";

struct House {
    store: MemoryStore,
    catalogue: Catalogue,
    now: i64,
}

impl House {
    fn new() -> Self {
        Self::with(&json!({"users": {}}))
    }

    fn with(factors: &serde_json::Value) -> Self {
        let fresh = hash(PASSWORD, NewScheme::Argon2id).unwrap();
        let fresh = fresh.as_str();
        let shadow = format!(
            "ann:{fresh}:\ndis:{fresh}:\nexp:{fresh}:\nfut:{fresh}:\njoe:{OLD_HASH}:\nnew:{fresh}:\ngone:{fresh}:\n"
        );
        let secret = "11111111-2222-3333-4444-555555555555";
        let tokens: String = ["joe@pve!ci", "joe@pve!end", "dis@pve!ci", "exp@pve!ci", "joe@pve!left"]
            .iter()
            .map(|name| format!("{name} {secret}\n"))
            .collect();
        let files = [
            ("user.cfg", USERS.to_owned()),
            ("domains.cfg", REALMS.to_owned()),
            ("priv/shadow.cfg", shadow),
            ("priv/token.cfg", tokens),
            ("priv/tfa.cfg", factors.to_string()),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes())));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        Self {
            store: MemoryStore::new(Files::from(files)),
            catalogue: Catalogue::default(),
            now: now.try_into().unwrap(),
        }
    }

    fn books(&self) -> StoredBooks<'_> {
        StoredBooks { store: &self.store, catalogue: &self.catalogue, would_change: None }
    }

    fn try_with(&self, rules: &Rules<'_>, attempt: Attempt<'_>) -> std::result::Result<Admission, Reason> {
        let found = sign_in(&self.books(), rules, attempt, self.now).unwrap();
        found.map_err(|refusal| {
            assert_eq!(refusal.told().to_string(), "authentication failure");
            refusal.reason
        })
    }

    fn attempt(&self, attempt: Attempt<'_>) -> std::result::Result<Admission, Reason> {
        self.try_with(&RULES, attempt)
    }

    fn password(&self, user: &str, password: &str) -> std::result::Result<Admission, Reason> {
        self.attempt(with_password(user, password))
    }

    fn code(&self, steps: i64) -> String {
        let at = u64::try_from(self.now + steps * 30).unwrap();
        format!("totp:{}", Otpauth::parse(URI).unwrap().code(at))
    }

    fn file(&self, name: &str) -> String {
        let files = self.store.load(&[name]).unwrap();
        files.get(name).map(|text| String::from_utf8(text.to_vec()).unwrap()).unwrap_or_default()
    }

    /// The ticket of somebody whose second factor is due.
    fn half(&self, user: &str, challenge: &str) -> String {
        let key = signing_key(&self.store, &self.catalogue, false, self.now).unwrap();
        ticket::issue_partial(&key, Digest::Sha256, &id(user), challenge, self.now).unwrap()
    }
}

const RULES: Rules<'_> = Rules {
    scheme: NewScheme::Argon2id,
    rehash: false,
    elsewhere: &Elsewhere,
    yubico: &NoService,
    keys: &no_keys,
};

/// Knows the password of everybody, in place of a directory server.
struct Elsewhere;

impl PasswordCheck for Elsewhere {
    fn is_right(&self, _: &Realm, _: &UserId, password: &str) -> Result<bool> {
        assert!(!password.is_empty(), "empty passwords never reach a server");
        Ok(password == PASSWORD)
    }
}

fn id(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}

fn complete(name: &str) -> std::result::Result<Admission, Reason> {
    Ok(Admission::Complete(id(name)))
}

fn with_password<'a>(user: &'a str, password: &'a str) -> Attempt<'a> {
    Attempt { user, realm: None, password, answer: None, partial_ticket: None, from: None }
}

fn totp(name: &str) -> serde_json::Value {
    json!({"users": {name: {"totp": [{"id": "t", "created": 1, "entry": URI}]}}})
}

#[test]
fn who_comes_in_with_a_password() {
    let house = House::new();
    for (user, password, expected) in [
        ("ann@pve", PASSWORD, complete("ann@pve")),
        ("joe@pve", PASSWORD, complete("joe@pve")),
        ("fut@pve", PASSWORD, complete("fut@pve")),
        ("lee@dir", PASSWORD, complete("lee@dir")),
        ("ann@pve", "correct hors", Err(Reason::WrongPassword)),
        ("joe@pve", "correct hors", Err(Reason::WrongPassword)),
        ("lee@dir", "correct hors", Err(Reason::WrongPassword)),
        ("ann@pve", "", Err(Reason::NoPassword)),
        ("lee@dir", "", Err(Reason::NoPassword)),
        ("nop@pve", PASSWORD, Err(Reason::WrongPassword)),
        ("dis@pve", PASSWORD, Err(Reason::Disabled)),
        ("dis@pve", "wrong", Err(Reason::Disabled)),
        ("exp@pve", PASSWORD, Err(Reason::Expired)),
        // A password somebody left behind opens nothing.
        ("gone@pve", PASSWORD, Err(Reason::UnknownUser)),
        ("nobody@pve", PASSWORD, Err(Reason::UnknownUser)),
        ("nobody@dir", PASSWORD, Err(Reason::UnknownUser)),
        ("Ann@pve", PASSWORD, Err(Reason::UnknownUser)),
        ("ann@nope", PASSWORD, Err(Reason::UnknownRealm)),
        ("ann", PASSWORD, Err(Reason::BadName)),
        ("", PASSWORD, Err(Reason::BadName)),
        ("ann@pve\n", PASSWORD, Err(Reason::BadName)),
        ("*)(uid=*@dir", PASSWORD, Err(Reason::UnknownUser)),
        ("open@oid", PASSWORD, Err(Reason::RealmFailed)),
        ("moe@case", PASSWORD, complete("Moe@case")),
        ("MOE@case", PASSWORD, complete("Moe@case")),
        ("two@case", PASSWORD, Err(Reason::AmbiguousUser)),
        ("nobody@case", PASSWORD, Err(Reason::UnknownUser)),
        ("oath@must", PASSWORD, Err(Reason::NoSecondFactor)),
        ("odd@broken", PASSWORD, Err(Reason::RealmFailed)),
    ] {
        assert_eq!(house.password(user, password), expected, "{user:?} {password:?}");
    }
    let beside = |user: &str, realm: &str| {
        house.attempt(Attempt { realm: Some(realm), ..with_password(user, PASSWORD) })
    };
    assert_eq!(beside("ann", "pve"), complete("ann@pve"));
    assert_eq!(beside("ann@pve", "pve"), complete("ann@pve"));
    assert_eq!(beside("ann@pve", "dir"), Err(Reason::UnknownUser));
}

#[test]
fn a_realm_that_cannot_be_asked_lets_nobody_in() {
    struct Down;
    impl PasswordCheck for Down {
        fn is_right(&self, _: &Realm, _: &UserId, _: &str) -> Result<bool> {
            Err(Error::refused("connection refused"))
        }
    }
    let house = House::new();
    for elsewhere in [&Down as &dyn PasswordCheck, &Nowhere] {
        let rules = Rules { elsewhere, ..RULES };
        assert_eq!(house.try_with(&rules, with_password("lee@dir", PASSWORD)), Err(Reason::RealmFailed));
    }
}

#[test]
fn the_journal_tells_a_refused_account_from_a_wrong_password() {
    struct Strict;
    impl PasswordCheck for Strict {
        fn is_right(&self, _: &Realm, _: &UserId, password: &str) -> Result<bool> {
            match password == PASSWORD {
                true => Err(Error::AccountRefused("account expired".into())),
                false => Ok(false),
            }
        }
    }
    let house = House::new();
    let rules = Rules { elsewhere: &Strict, ..RULES };
    let attempt = |password| house.try_with(&rules, with_password("lee@dir", password));
    assert_eq!(attempt(PASSWORD), Err(Reason::AccountRefused));
    assert_eq!(attempt("wrong"), Err(Reason::WrongPassword));
}

#[test]
fn the_second_factor_in_one_step() {
    let house = House::with(&totp("ann@pve"));
    let answer = |user: &str, answer: &str| {
        house.attempt(Attempt { answer: Some(answer), ..with_password(user, PASSWORD) })
    };
    let due = house.password("ann@pve", PASSWORD).unwrap();
    assert!(
        matches!(due, Admission::SecondFactorDue(_, challenge) if challenge.to_json() == r#"{"totp":true}"#)
    );
    assert_eq!(answer("ann@pve", "totp:1"), Err(Reason::WrongSecondFactor));
    assert_eq!(answer("ann@pve", "123456"), Err(Reason::BadAnswer));
    assert_eq!(answer("ann@pve", &house.code(0)), complete("ann@pve"));
    assert_eq!(answer("ann@pve", &house.code(0)), Err(Reason::WrongSecondFactor), "used before");
    // Without factors nothing is asked, and nothing is wrong.
    assert_eq!(answer("joe@pve", "totp:1"), complete("joe@pve"));
    // A right answer is worth nothing without the password, and is not used up by it.
    let wrong = Attempt { answer: Some(&house.code(1)), ..with_password("ann@pve", "wrong") };
    assert_eq!(house.attempt(wrong), Err(Reason::WrongPassword));
    assert_eq!(answer("ann@pve", &house.code(1)), complete("ann@pve"));
}

#[test]
fn the_second_factor_in_two_steps() {
    let house = House::with(&totp("ann@pve"));
    let half = house.half("ann@pve", r#"{"totp":true}"#);
    let step = |user: &str, ticket: &str, answer: Option<&str>| {
        house.attempt(Attempt { partial_ticket: Some(ticket), answer, ..with_password(user, "") })
    };
    assert_eq!(step("ann@pve", &half, None), Err(Reason::BadAnswer));
    assert_eq!(step("ann@pve", &half, Some("totp:1")), Err(Reason::WrongSecondFactor));
    assert_eq!(step("joe@pve", &half, Some(&house.code(0))), Err(Reason::BadTicket), "somebody else's");
    assert_eq!(step("ann@pve", "PVE:x", Some(&house.code(0))), Err(Reason::BadTicket));
    assert_eq!(step("nobody@pve", &half, Some(&house.code(0))), Err(Reason::BadTicket));
    let key = signing_key(&house.store, &house.catalogue, false, house.now).unwrap();
    let whole = ticket::issue(&key, Digest::Sha256, &id("ann@pve"), house.now).unwrap();
    assert_eq!(step("ann@pve", &whole, Some(&house.code(0))), Err(Reason::BadTicket), "not half");
    let old = ticket::issue_partial(&key, Digest::Sha256, &id("ann@pve"), "{}", house.now - 7200).unwrap();
    assert_eq!(step("ann@pve", &old, Some(&house.code(0))), Err(Reason::BadTicket), "too old");
    let soon = ticket::issue_partial(&key, Digest::Sha256, &id("ann@pve"), "{}", house.now + 301).unwrap();
    assert_eq!(step("ann@pve", &soon, Some(&house.code(0))), Err(Reason::BadTicket), "from the future");
    for end in 1..half.len() {
        let cut = half.get(..half.len() - end).unwrap();
        assert_eq!(step("ann@pve", cut, Some(&house.code(0))), Err(Reason::BadTicket), "{cut}");
    }
    assert_eq!(step("ann@pve", &half, Some(&house.code(0))), complete("ann@pve"));
    let disabled = house.half("dis@pve", "{}");
    assert_eq!(step("dis@pve", &disabled, Some("totp:1")), Err(Reason::Disabled));
}

#[test]
fn guessing_codes_ends_after_eight_tries_in_every_way_in() {
    let house = House::with(&totp("ann@pve"));
    let half = house.half("ann@pve", "{}");
    let mut tries = 0;
    loop {
        let attempt = with_password("ann@pve", PASSWORD);
        let attempt = match tries % 2 {
            0 => Attempt { answer: Some("totp:000000x"), ..attempt },
            _ => Attempt { answer: Some("totp:000000x"), partial_ticket: Some(&half), ..attempt },
        };
        match house.attempt(attempt) {
            Err(Reason::WrongSecondFactor) => tries += 1,
            other => break assert_eq!(other, Err(Reason::TotpLocked)),
        }
    }
    assert_eq!(tries, 8);
    let right = Attempt { answer: Some(&house.code(0)), ..with_password("ann@pve", PASSWORD) };
    assert_eq!(house.attempt(right), Err(Reason::TotpLocked));
}

#[test]
fn what_a_realm_demands() {
    let (keys, shown) = generate(&Randomness::fresh().unwrap(), 1).unwrap();
    let mut factors = totp("oath@must");
    factors["users"]["oath@must"]["recovery"] = serde_json::to_value(keys).unwrap();
    factors["users"]["oath@must"]["yubico"] = json!([{"id": "y", "created": 1, "entry": "ccccccbcgujh"}]);
    let house = House::with(&factors);
    let answer = |answer: &str| {
        house.attempt(Attempt { answer: Some(answer), ..with_password("oath@must", PASSWORD) })
    };
    assert!(matches!(house.password("oath@must", PASSWORD), Ok(Admission::SecondFactorDue(..))));
    let otp = "yubico:ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded";
    assert_eq!(answer(otp), Err(Reason::BadAnswer), "another kind");
    assert_eq!(answer(&house.code(0)), complete("oath@must"));
    assert_eq!(answer(&format!("recovery:{}", *shown[7])), complete("oath@must"));
    assert_eq!(answer(&format!("recovery:{}", *shown[7])), Err(Reason::WrongSecondFactor));
}

#[test]
fn old_keys_of_the_user_s_line_are_taken_over() {
    let house = House::new();
    let line = "user:oath@must:1:0:::::GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ:";
    let line = line.replace("::GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "::v2-GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let users = USERS.replace("user:oath@must:1:0::::::", &line);
    let transaction = house.store.begin().unwrap();
    transaction.commit(vec![("user.cfg".into(), Some(users.into_bytes().into()))]).unwrap();
    let answer = |answer: &str| {
        house.attempt(Attempt { answer: Some(answer), ..with_password("oath@must", PASSWORD) })
    };
    assert_eq!(answer(&house.code(0)), complete("oath@must"));
    assert_eq!(answer(&house.code(0)), Err(Reason::WrongSecondFactor), "used before");
    assert!(house.file("user.cfg").contains("user:oath@must:1:0:::::x:"), "{}", house.file("user.cfg"));
    assert!(house.file("priv/tfa.cfg").contains("<old userconfig key 0>"));
}

#[test]
fn yubico_passwords_are_confirmed_by_the_realm_s_server() {
    #[derive(Default)]
    struct Server {
        asked: RefCell<Vec<(String, String)>>,
    }
    impl YubicoCheck for Server {
        fn confirm(&self, service: &Service, otp: &Otp<'_>) -> Result<()> {
            self.asked.borrow_mut().push((service.url.clone(), otp.key_id()));
            if otp.key_id().starts_with("cccccc") { Ok(()) } else { Err(Error::refused("REPLAYED_OTP")) }
        }
    }
    let factors = json!({"users": {"oath@must": {"yubico": [
        {"id": "y", "created": 1, "entry": "ccccccbcgujh"},
        {"id": "z", "created": 1, "entry": "dddddddddddd"},
    ]}}});
    let house = House::with(&factors);
    let realms =
        REALMS.replace("type=oath", "type=yubico,id=87,key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM=,url=http://x");
    let transaction = house.store.begin().unwrap();
    transaction.commit(vec![("domains.cfg".into(), Some(realms.into_bytes().into()))]).unwrap();
    let server = Server::default();
    let rules = Rules { yubico: &server, ..RULES };
    let answer = |text: &str| {
        house.try_with(&rules, Attempt { answer: Some(text), ..with_password("oath@must", PASSWORD) })
    };
    let rest = "ingjrdejhgfnuetrgigvejhhgbkugded";
    assert_eq!(answer(&format!("yubico:ccccccbcgujh{rest}")), complete("oath@must"));
    assert_eq!(
        answer(&format!("yubico:cccccccccccc{rest}")),
        Err(Reason::WrongSecondFactor),
        "not the user's"
    );
    assert_eq!(answer(&format!("yubico:dddddddddddd{rest}")), Err(Reason::WrongSecondFactor), "refused");
    assert_eq!(answer("yubico:short"), Err(Reason::WrongSecondFactor));
    assert_eq!(answer(&house.code(0)), Err(Reason::BadAnswer));
    let asked = server.asked.take();
    assert_eq!(
        asked.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>(),
        ["ccccccbcgujh", "cccccccccccc", "dddddddddddd"]
    );
    assert!(asked.iter().all(|(url, _)| url == "http://x"));
    // Nobody in the realm may leave the second factor out.
    let other = house.try_with(&rules, with_password("oath@must", PASSWORD));
    assert!(matches!(other, Ok(Admission::SecondFactorDue(..))));
}

#[test]
fn a_right_password_renews_an_old_hash_where_that_is_wanted() {
    for (rehash, user, password, renewed) in [
        (true, "joe@pve", PASSWORD, true),
        (false, "joe@pve", PASSWORD, false),
        (true, "joe@pve", "wrong", false),
        (true, "ann@pve", PASSWORD, false),
    ] {
        let house = House::new();
        let before = house.file("priv/shadow.cfg");
        let _ = house.try_with(&Rules { rehash, ..RULES }, with_password(user, password));
        let after = house.file("priv/shadow.cfg");
        assert_eq!(before != after, renewed, "{rehash} {user} {password}");
        if renewed {
            assert!(!after.contains(OLD_HASH));
            assert_eq!(house.password("joe@pve", PASSWORD), complete("joe@pve"));
            assert_eq!(house.password("joe@pve", "wrong"), Err(Reason::WrongPassword));
        }
    }
}

#[test]
fn keys_of_a_shared_directory_are_left_alone() {
    let house = House::new();
    let key = |shared, now| signing_key(&house.store, &house.catalogue, shared, now);
    let message = key(true, house.now).unwrap_err().to_string();
    assert!(message.contains("priv/authkey.key") && message.contains("missing"), "{message}");
    assert_eq!(house.file("authkey.pub"), "");
    key(false, house.now).unwrap();
    let made = house.file("authkey.pub");
    key(true, house.now + 10 * 86_400).unwrap();
    assert_eq!(house.file("authkey.pub"), made, "not ours to replace");
    key(false, house.now + 86_500).unwrap();
    assert_ne!(house.file("authkey.pub"), made);
    assert_eq!(house.file("authkey.pub.old"), made);
}

#[test]
fn tokens() {
    let house = House::new();
    let secret = "11111111-2222-3333-4444-555555555555";
    for (presented, expected) in [
        (format!("joe@pve!ci={secret}"), Ok("joe@pve!ci")),
        (format!("joe@pve!ci={secret}x"), Err(Reason::WrongSecret)),
        (format!("joe@pve!ci={}", secret.replace('5', "6")), Err(Reason::WrongSecret)),
        ("joe@pve!ci=".into(), Err(Reason::WrongSecret)),
        ("joe@pve!ci".into(), Err(Reason::BadName)),
        (secret.into(), Err(Reason::BadName)),
        (format!("joe@pve={secret}"), Err(Reason::BadName)),
        (format!("joe@pve!no={secret}"), Err(Reason::UnknownToken)),
        // A secret that was left behind opens nothing.
        (format!("joe@pve!left={secret}"), Err(Reason::UnknownToken)),
        (format!("joe@pve!end={secret}"), Err(Reason::TokenExpired)),
        (format!("dis@pve!ci={secret}"), Err(Reason::Disabled)),
        (format!("exp@pve!ci={secret}"), Err(Reason::Expired)),
        (format!("nobody@pve!ci={secret}"), Err(Reason::UnknownUser)),
    ] {
        let found = sign_in_with_token(&house.books(), &presented, None, house.now).unwrap();
        let found = found.map(|id| id.to_string()).map_err(|refusal| refusal.reason);
        assert_eq!(found, expected.map(str::to_owned), "{presented}");
    }
}

#[test]
fn a_refusal_takes_the_same_time_whoever_it_is() {
    let house = House::new();
    let time_of = |user: &str, password: &str| {
        let now = || {
            let clock = clock_gettime(ClockId::ThreadCPUTime);
            i128::from(clock.tv_sec) * 1_000_000 + i128::from(clock.tv_nsec) / 1000
        };
        let start = now();
        house.password(user, password).unwrap_err();
        now() - start
    };
    let cases = [
        ("nobody@pve", "wrong"),
        ("ann@pve", "wrong"),
        ("joe@pve", "wrong"),
        ("nop@pve", "wrong"),
        ("gone@pve", PASSWORD),
        ("dis@pve", PASSWORD),
        ("dis@pve", "wrong"),
        ("exp@pve", PASSWORD),
        ("ann@nope", "wrong"),
        ("no name", "wrong"),
    ];
    // In turns, so that a busy machine disturbs all alike.
    let mut times = [i128::MAX; 10];
    for _ in 0..8 {
        for ((user, password), time) in cases.iter().zip(&mut times) {
            *time = time_of(user, password).min(*time);
        }
    }
    let nobody = times[0];
    assert!(nobody > 1000, "no work at all: {nobody} µs");
    for ((user, password), time) in cases.iter().zip(times) {
        assert!(
            time * 3 > nobody * 2 && nobody * 3 > time * 2,
            "{user} {password}: {time} µs, nobody: {nobody} µs"
        );
    }
}

#[test]
fn nothing_shows_a_secret() {
    let shown = format!("{:?}", with_password("ann@pve", PASSWORD));
    assert_eq!(shown, "Attempt { user: \"ann@pve\", realm: None, .. }");
}
