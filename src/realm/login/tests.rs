//! What nobody sees from outside: how much work a refusal is, and what the journal is told.

use super::{
    Attempt, Books, NoService, Nowhere, Outcome, Reason, Record, Rules, State, TakenOver, no_keys, sign_in,
};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::format::{domains_cfg, user_cfg};
use crate::model::id::UserId;
use crate::model::tfa::{Failures, OpenChallenges, UserFactors};
use crate::secret::second_factor::Verdict;
use crate::secret::ticket_key::Keyring;
use crate::secret::{NewScheme, PasswordHash, VERIFIED};
use std::cell::RefCell;
use std::sync::Arc;

const NOW: i64 = 1_800_000_000;
/// crypt(3) of `password`.
const OLD: &str = "$5$saltsalt$gOjOtoMpVhru2uyjeJSEc/JaLQWOXMNmlOnj6T4AtC.";
/// crypt(3) of `password`.
const OTHER: &str = "$y$j9T$saltsalt$0ZRt7zd0gn9pQsq3yDeuwj9hFSoqeo/y42wyzM0m.d0";
const USERS: &str = "user:dis@pve:0:0::::::\nuser:end@pve:1:1::::::\nuser:joe@pve:1:0::::::\n\
                     user:nop@pve:1:0::::::\nuser:two@pve:1:0::::::\nuser:yes@pve:1:0::::::\n";

/// A directory that cannot be written, and a journal.
struct Room {
    readable: bool,
    full: bool,
    journal: RefCell<Vec<Record>>,
}

impl Room {
    fn new() -> Self {
        Self { readable: true, full: false, journal: RefCell::default() }
    }

    /// How an attempt ends, and with hashes of which kinds it verifies the password.
    fn attempt(
        &self,
        user: &str,
        password: &str,
    ) -> (std::result::Result<Option<Reason>, String>, Vec<String>) {
        let rules = Rules {
            scheme: NewScheme::Argon2id,
            rehash: false,
            elsewhere: &Nowhere,
            yubico: &NoService,
            keys: &no_keys,
        };
        let attempt = Attempt { user, realm: None, password, answer: None, partial_ticket: None, from: None };
        VERIFIED.take();
        let outcome = sign_in(self, &rules, attempt, NOW);
        let mut work = VERIFIED.take();
        work.sort();
        let reason = outcome.map(|outcome| outcome.err().map(|refusal| refusal.reason));
        (reason.map_err(|error| error.to_string()), work)
    }
}

impl Books for Room {
    fn state(&self) -> Result<State> {
        if !self.readable {
            return Err(Error::refused("unreadable"));
        }
        let shadow = format!("dis:{OTHER}:\nend:{OLD}:\ngone:{OLD}:\njoe:{OLD}:\ntwo:{OTHER}:\nyes:{OLD}:\n");
        Ok(State {
            directory: user_cfg::parse(&Arc::new(USERS.into()), &Catalogue::default()).0,
            realms: domains_cfg::parse(b"pve: pve\n").0,
            passwords: Shadow::parse(shadow.as_bytes()).0,
            second_factors: TfaFile::parse(b"{\"users\":{}}")?.0,
            token_secrets: TokenSecrets::parse(b"").0,
        })
    }

    fn keyring(&self, _: i64) -> Result<Option<Keyring>> {
        Ok(None)
    }

    fn judge(
        &self,
        _: &UserId,
        _: &TakenOver,
        _: &mut dyn FnMut(&mut UserFactors, &mut Failures, &mut OpenChallenges) -> Result<Verdict>,
    ) -> Result<Verdict> {
        Err(Error::refused("nobody has second factors"))
    }

    fn keep_challenges(&self, _: &UserId, _: OpenChallenges, _: i64) -> Result<()> {
        Err(Error::refused("nobody has security keys"))
    }

    fn replace_hash(&self, _: &UserId, _: &PasswordHash, _: &PasswordHash) -> Result<()> {
        Err(Error::refused("read only"))
    }

    fn note(&self, record: &Record) -> Result<()> {
        if self.full {
            return Err(Error::refused("the journal is full"));
        }
        self.journal.borrow_mut().push(record.clone());
        Ok(())
    }
}

#[test]
fn a_refusal_is_the_same_work_whoever_it_is() {
    let room = Room::new();
    for (user, password, reason) in [
        ("nobody@pve", "wrong", Reason::UnknownUser),
        ("joe@pve", "wrong", Reason::WrongPassword),
        ("two@pve", "wrong", Reason::WrongPassword),
        ("nop@pve", "wrong", Reason::WrongPassword),
        ("gone@pve", "password", Reason::UnknownUser),
        ("dis@pve", "password", Reason::Disabled),
        ("dis@pve", "wrong", Reason::Disabled),
        ("end@pve", "password", Reason::Expired),
        ("joe@nope", "wrong", Reason::UnknownRealm),
        ("no name", "wrong", Reason::BadName),
    ] {
        let (refused, work) = room.attempt(user, password);
        assert_eq!(refused, Ok(Some(reason)), "{user}");
        assert_eq!(work, ["$5", "$argon2id$v=19$m=19456,t=2,p=1", "$y$j9T"], "{user} {password}");
    }
    assert_eq!(room.attempt("yes@pve", "password"), (Ok(None), vec!["$5".to_owned()]));
}

#[test]
fn every_attempt_is_told_to_the_journal() {
    let mut room = Room::new();
    for (user, password) in [
        ("yes@pve", "password"),
        ("joe@pve", "a secret"),
        ("root@pam\n2026 sign-in of joe@pve", "a secret"),
        ("joe", "a secret"),
    ] {
        assert!(room.attempt(user, password).0.is_ok(), "{user}");
    }
    room.readable = false;
    assert!(room.attempt("yes@pve", "password").0.is_err());
    let journal = room.journal.take();
    let told: Vec<(&str, Option<&str>, Outcome)> = journal
        .iter()
        .map(|record| {
            (record.user.as_str(), record.realm.as_ref().map(|realm| realm.as_str()), record.outcome)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("yes@pve", Some("pve"), Outcome::Admitted),
            ("joe@pve", Some("pve"), Outcome::Refused(Reason::WrongPassword)),
            ("root@pam\\n2026 sign-in of joe@pve", Some("pve"), Outcome::Refused(Reason::BadName)),
            ("joe", None, Outcome::Refused(Reason::BadName)),
            ("yes@pve", Some("pve"), Outcome::Failed),
        ]
    );
    assert!(journal.iter().all(|record| record.at == NOW));
    assert!(!format!("{journal:?}").contains("secret"));
}

#[test]
fn who_cannot_be_recorded_is_not_let_in() {
    let room = Room { full: true, ..Room::new() };
    assert_eq!(room.attempt("yes@pve", "password").0, Err("the journal is full".to_owned()));
    assert_eq!(room.attempt("joe@pve", "wrong").0, Err("the journal is full".to_owned()));
}
