//! Every attempt to sign in, in every way there is, is noted once: by books that do nothing but count.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::json;
use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};
use usher::catalogue::Catalogue;
use usher::error::{Error, Result};
use usher::model::id::{RealmId, UserId};
use usher::model::tfa::{Failures, OpenChallenges, UserFactors};
use usher::realm::login::{
    Attempt, Books, NoService, Nowhere, Outcome, Reason, Record, Refusal, Rules, State, TakenOver, Way,
    answer, no_keys, renew, sign_in, sign_in_through_provider, sign_in_with_token,
};
use usher::realm::openid::Person;
use usher::secret::otpauth::Otpauth;
use usher::secret::second_factor::Verdict;
use usher::secret::ticket;
use usher::secret::ticket_key::{Digest, Keyring, SigningKey};
use usher::secret::{NewScheme, PasswordHash, hash};
use usher::store::sign_in::StoredBooks;
use usher::store::ticket_keys::signing_key;
use usher::store::{Files, MemoryStore};

const PASSWORD: &str = "correct horse";
const SECRET: &str = "11111111-2222-3333-4444-555555555555";
const URI: &str = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const FROM: Option<&str> = Some("192.0.2.7");
const RULES: Rules<'_> = Rules {
    scheme: NewScheme::Sha256Crypt,
    rehash: false,
    elsewhere: &Nowhere,
    yubico: &NoService,
    keys: &no_keys,
};

/// The moment everything happens at: the keys of tickets are as old as their files.
fn now() -> i64 {
    static NOW: OnceLock<i64> = OnceLock::new();
    *NOW.get_or_init(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap())
}

/// Keeps the records of the books it stands before.
struct Counting<'b> {
    inner: StoredBooks<'b>,
    readable: Cell<bool>,
    noted: RefCell<Vec<Record>>,
}

impl Books for Counting<'_> {
    fn state(&self) -> Result<State> {
        if !self.readable.get() {
            return Err(Error::refused("unreadable"));
        }
        self.inner.state()
    }

    fn keyring(&self, now: i64) -> Result<Option<Keyring>> {
        self.inner.keyring(now)
    }

    fn judge(
        &self,
        user: &UserId,
        taken_over: &TakenOver,
        judge: &mut dyn FnMut(&mut UserFactors, &mut Failures, &mut OpenChallenges) -> Result<Verdict>,
    ) -> Result<Verdict> {
        self.inner.judge(user, taken_over, judge)
    }

    fn keep_challenges(&self, user: &UserId, asked: OpenChallenges, now: i64) -> Result<()> {
        self.inner.keep_challenges(user, asked, now)
    }

    fn replace_hash(&self, user: &UserId, old: &PasswordHash, new: &PasswordHash) -> Result<()> {
        self.inner.replace_hash(user, old, new)
    }

    fn note(&self, record: &Record) -> Result<()> {
        self.noted.borrow_mut().push(record.clone());
        Ok(())
    }
}

impl Counting<'_> {
    /// The one record of what was just tried: who, their realm, from where, by what, how it ended.
    #[track_caller]
    fn one(&self) -> (String, Option<String>, Option<String>, Way, Outcome) {
        let noted = self.noted.take();
        assert_eq!(noted.len(), 1, "{noted:?}");
        let shown = format!("{noted:?}");
        for secret in [PASSWORD, SECRET, "wrong one", "totp:", "PVE:"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        let record = noted.into_iter().next().unwrap();
        assert_eq!(record.at, now());
        let text = |typed: Option<usher::realm::login::Typed>| typed.map(|typed| typed.to_string());
        (record.user.to_string(), text(record.realm), text(record.from), record.way, record.outcome)
    }

    fn noted(&self, user: &str, from: Option<&str>, way: Way, outcome: Outcome) {
        let realm = Some("pve".to_owned()).filter(|_| user.contains('@'));
        assert_eq!(self.one(), (user.into(), realm, from.map(str::to_owned), way, outcome));
    }
}

fn store() -> MemoryStore {
    let hash = hash(PASSWORD, NewScheme::Sha256Crypt).unwrap();
    let hash = hash.as_str();
    let users =
        "user:ann@pve:1:0::::::\nuser:dis@pve:0:0::::::\nuser:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\n";
    let factors = json!({"users": {"ann@pve": {"totp": [{"id": "t", "created": 1, "entry": URI}]}}});
    let files = [
        ("user.cfg", users.to_owned()),
        ("domains.cfg", "pve: pve\n".to_owned()),
        ("priv/shadow.cfg", format!("ann:{hash}:\ndis:{hash}:\njoe:{hash}:\n")),
        ("priv/token.cfg", format!("joe@pve!ci {SECRET}\n")),
        ("priv/tfa.cfg", factors.to_string()),
    ];
    MemoryStore::new(Files::from(files.map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes())))))
}

fn id(name: &str) -> UserId {
    UserId::parse(name).unwrap()
}

fn code() -> String {
    format!("totp:{}", Otpauth::parse(URI).unwrap().code(now().try_into().unwrap()))
}

/// Runs `test` with books that count, and the key of their tickets.
fn with_books(test: impl FnOnce(&Counting<'_>, &SigningKey)) {
    let (store, catalogue) = (store(), Catalogue::default());
    let key = signing_key(&store, &catalogue, false, now()).unwrap();
    let inner = StoredBooks { store: &store, catalogue: &catalogue, would_change: None };
    test(&Counting { inner, readable: Cell::new(true), noted: RefCell::default() }, &key);
}

#[test]
fn passwords_and_half_tickets() {
    with_books(|books, key| {
        let attempt = Attempt {
            user: "joe@pve",
            realm: None,
            password: PASSWORD,
            answer: None,
            partial_ticket: None,
            from: FROM,
        };
        let refused = Outcome::Refused;
        for (attempt, outcome) in [
            (attempt, Outcome::Admitted),
            (Attempt { password: "wrong one", ..attempt }, refused(Reason::WrongPassword)),
            (Attempt { user: "dis@pve", ..attempt }, refused(Reason::Disabled)),
            (Attempt { user: "eve@pve", ..attempt }, refused(Reason::UnknownUser)),
            (Attempt { user: "joe", ..attempt }, refused(Reason::BadName)),
            (Attempt { user: "ann@pve", ..attempt }, Outcome::SecondFactorDue),
            (
                Attempt { user: "ann@pve", answer: Some("totp:1"), ..attempt },
                refused(Reason::WrongSecondFactor),
            ),
            (Attempt { user: "ann@pve", answer: Some(&code()), ..attempt }, Outcome::Admitted),
        ] {
            let _ = sign_in(books, &RULES, attempt, now()).unwrap();
            books.noted(attempt.user, FROM, Way::Password, outcome);
        }
        let half = ticket::issue_partial(key, Digest::Sha256, &id("ann@pve"), "{}", now()).unwrap();
        let second = Attempt {
            user: "ann@pve",
            password: "",
            answer: Some("totp:1"),
            partial_ticket: Some(&half),
            ..attempt
        };
        let _ = sign_in(books, &RULES, second, now()).unwrap();
        books.noted("ann@pve", FROM, Way::HalfTicket, refused(Reason::WrongSecondFactor));
        let _ = sign_in(books, &RULES, Attempt { partial_ticket: Some("PVE:x"), ..second }, now()).unwrap();
        books.noted("ann@pve", FROM, Way::HalfTicket, refused(Reason::BadTicket));
        books.readable.set(false);
        assert!(sign_in(books, &RULES, attempt, now()).is_err());
        books.noted("joe@pve", FROM, Way::Password, Outcome::Failed);
    });
}

#[test]
fn tokens() {
    with_books(|books, _| {
        let right = format!("joe@pve!ci={SECRET}");
        let pasted = format!("joe@pve!ci {SECRET}");
        for (presented, user, outcome) in [
            (right.as_str(), "joe@pve!ci", Outcome::Admitted),
            ("joe@pve!ci=wrong one", "joe@pve!ci", Outcome::Refused(Reason::WrongSecret)),
            ("joe@pve!no=wrong one", "joe@pve!no", Outcome::Refused(Reason::UnknownToken)),
            (&pasted, "joe@pve", Outcome::Refused(Reason::BadName)),
            (SECRET, "", Outcome::Refused(Reason::BadName)),
        ] {
            let _ = sign_in_with_token(books, presented, FROM, now()).unwrap();
            books.noted(user, FROM, Way::Token, outcome);
        }
        books.readable.set(false);
        assert!(sign_in_with_token(books, &right, FROM, now()).is_err());
        books.noted("joe@pve!ci", FROM, Way::Token, Outcome::Failed);
    });
}

#[test]
fn second_factors_alone() {
    with_books(|books, _| {
        for (user, text, outcome) in [
            ("ann@pve", "totp:1", Outcome::Refused(Reason::WrongSecondFactor)),
            ("ann@pve", "wrong one", Outcome::Refused(Reason::BadAnswer)),
            ("ann@pve", &code(), Outcome::Admitted),
            ("ann@pve", &code(), Outcome::Refused(Reason::WrongSecondFactor)),
            ("joe@pve", "totp:1", Outcome::Refused(Reason::NoSecondFactor)),
            ("eve@pve", "totp:1", Outcome::Refused(Reason::UnknownUser)),
        ] {
            let found = answer(books, &RULES, &id(user), text, None, now()).unwrap();
            assert_eq!(found.is_ok(), outcome == Outcome::Admitted);
            books.noted(user, None, Way::SecondFactor, outcome);
        }
    });
}

#[test]
fn tickets_that_renew_themselves() {
    with_books(|books, key| {
        let of = |name: &str| ticket::issue(key, Digest::Sha256, &id(name), now()).unwrap();
        let renew = |wanted: &str, text: &str| renew(books, "root@pam", &id(wanted), text, now()).unwrap();
        assert_eq!(renew("joe@pve", &of("joe@pve")).unwrap().unwrap(), id("joe@pve"));
        books.noted("joe@pve", None, Way::Ticket, Outcome::Admitted);
        assert_eq!(renew("dis@pve", &of("dis@pve")).unwrap().unwrap_err().reason, Reason::Disabled);
        books.noted("dis@pve", None, Way::Ticket, Outcome::Refused(Reason::Disabled));
        // What may still be a password is noted as one.
        assert!(renew("ann@pve", &of("joe@pve")).is_none() && renew("joe@pve", PASSWORD).is_none());
        assert!(books.noted.take().is_empty());
    });
}

#[test]
fn providers() {
    let person = || Person {
        id: id("joe@pve"),
        email: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        groups: None,
        remarks: Vec::new(),
    };
    let realm = RealmId::parse("pve").unwrap();
    with_books(|books, _| {
        let through = |person: Result<Person>, admit: Result<std::result::Result<(), Refusal>>| {
            sign_in_through_provider(books, &realm, now(), || person, |_| admit).map(|found| found.is_ok())
        };
        assert!(matches!(through(Ok(person()), Ok(Ok(()))), Ok(true)));
        books.noted("joe@pve", None, Way::Provider, Outcome::Admitted);
        assert!(matches!(
            through(Ok(person()), Ok(Err(Refusal { reason: Reason::Disabled, detail: None }))),
            Ok(false)
        ));
        books.noted("joe@pve", None, Way::Provider, Outcome::Refused(Reason::Disabled));
        assert!(through(Ok(person()), Err(Error::refused("disk full"))).is_err());
        books.noted("joe@pve", None, Way::Provider, Outcome::Failed);
        assert!(through(Err(Error::refused("no such provider")), Ok(Ok(()))).is_err());
        let realm = Some("pve".to_owned());
        let outcome = Outcome::Refused(Reason::RealmFailed);
        assert_eq!(books.one(), (String::new(), realm, None, Way::Provider, outcome));
    });
}
