//! A directory in memory whose users have security keys.

use super::soft_key::Asked;
use serde_json::{Value, json};
use std::sync::Arc;
use usher::catalogue::Catalogue;
use usher::error::Result;
use usher::model::tfa::{KeySettings, RelyingParty, U2fApplication};
use usher::realm::login::{Admission, Attempt, NoService, Nowhere, Reason, Rules, no_keys, sign_in};
use usher::secret::{NewScheme, hash};
use usher::store::sign_in::StoredBooks;
use usher::store::{Files, MemoryStore, Store as _};

/// The moment things happen at, unless they happen later.
pub const NOW: i64 = 1_800_000_000;
/// The page that asks.
pub const ORIGIN: &str = "https://pve.example.com:8006";
/// The domain WebAuthn keys are registered for.
pub const DOMAIN: &str = "example.com";
/// The AppID U2F keys are registered for.
pub const APP: &str = "https://pve.example.com:8006/u2f.json";
/// The file of questions that are open.
pub const OPEN: &str = "priv/tfa-challenges.json";
const PASSWORD: &str = "correct horse";

/// What keys are told.
pub fn settings() -> Result<KeySettings> {
    Ok(KeySettings {
        webauthn: Some(RelyingParty::new(DOMAIN, "https://example.com:8006", None, true)?),
        u2f: Some(U2fApplication::new(APP, Some(ORIGIN))?),
    })
}

/// The directory, in which `joe@pve` and `ann@pve` know the password.
pub struct House {
    store: MemoryStore,
    catalogue: Catalogue,
    /// What keys are told.
    pub keys: fn() -> Result<KeySettings>,
}

impl House {
    /// With these second factors.
    pub fn with(factors: &Value) -> Self {
        let hash = hash(PASSWORD, NewScheme::Sha256Crypt).unwrap();
        let files = [
            ("user.cfg", "user:ann@pve:1:0::::::\nuser:joe@pve:1:0::::::\n".to_owned()),
            ("domains.cfg", "pve: pve\n".to_owned()),
            ("priv/shadow.cfg", format!("ann:{0}:\njoe:{0}:\n", hash.as_str())),
            ("priv/tfa.cfg", json!({ "users": factors }).to_string()),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), Arc::new(text.into_bytes())));
        Self { store: MemoryStore::new(Files::from(files)), catalogue: Catalogue::default(), keys: settings }
    }

    /// The same where nothing is said about this place.
    pub fn without_settings(factors: &Value) -> Self {
        Self { keys: no_keys, ..Self::with(factors) }
    }

    /// A file as JSON; null when it is not there.
    pub fn file(&self, name: &str) -> Value {
        let files = self.store.load(&[name]).unwrap();
        files.get(name).map(|text| serde_json::from_slice(text).unwrap()).unwrap_or_default()
    }

    /// The factors of a user as they are stored.
    pub fn factors(&self, user: &str) -> Value {
        self.file("priv/tfa.cfg")["users"][user].clone()
    }

    fn attempt(&self, user: &str, answer: Option<&str>, now: i64) -> std::result::Result<Admission, Reason> {
        let rules = Rules {
            scheme: NewScheme::Sha256Crypt,
            rehash: false,
            elsewhere: &Nowhere,
            yubico: &NoService,
            keys: &self.keys,
        };
        let books = StoredBooks { store: &self.store, catalogue: &self.catalogue, would_change: None };
        let attempt =
            Attempt { user, realm: None, password: PASSWORD, answer, partial_ticket: None, from: None };
        sign_in(&books, &rules, attempt, now).unwrap().map_err(|refusal| refusal.reason)
    }

    /// What a user is asked for after the password.
    pub fn challenge(&self, user: &str) -> Value {
        match self.attempt(user, None, NOW).unwrap() {
            Admission::SecondFactorDue(_, challenge) => serde_json::from_str(&challenge.to_json()).unwrap(),
            Admission::Complete(_) => Value::Null,
        }
    }

    /// Whether an answer lets a user in.
    pub fn answer(
        &self,
        user: &str,
        kind: &str,
        answer: &Value,
        now: i64,
    ) -> std::result::Result<(), Reason> {
        self.attempt(user, Some(&format!("{kind}:{answer}")), now).map(|_| ())
    }

    /// What an honest browser makes of a WebAuthn question to the user.
    pub fn ask_webauthn(&self, user: &str) -> Asked {
        webauthn_question(&self.challenge(user)["webauthn"], ORIGIN)
    }

    /// What an honest browser makes of a U2F question to the user.
    pub fn ask_u2f(&self, user: &str) -> Asked {
        u2f_question(&self.challenge(user)["u2f"], ORIGIN)
    }
}

/// What an honest browser makes of a WebAuthn question.
pub fn webauthn_question(question: &Value, origin: &str) -> Asked {
    let text = |key: &str| question["publicKey"][key].as_str().unwrap().to_owned();
    Asked {
        kind: "webauthn.get",
        place: text("rpId"),
        challenge: text("challenge"),
        origin: origin.to_owned(),
        flags: 1,
        counter: 8,
    }
}

/// What an honest browser makes of a U2F question.
pub fn u2f_question(question: &Value, origin: &str) -> Asked {
    let text = |key: &str| question["challenge"][key].as_str().unwrap().to_owned();
    Asked {
        kind: "navigator.id.getAssertion",
        place: text("appId"),
        challenge: text("challenge"),
        origin: origin.to_owned(),
        flags: 1,
        counter: 8,
    }
}
