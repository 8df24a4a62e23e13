//! `usher.toml`: how usher treats this directory. `docs/usher-toml.md` is the reference.

mod keys;

use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::model::realm::PamService;
use crate::model::sync::{Keep, Limit, NameCase, Wishes};
use crate::model::tfa::KeySettings;
use crate::secret::ticket_key::Digest;
use crate::secret::{NewScheme, SecretForm, Strength};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// The name of the file.
pub const FILE: &str = "usher.toml";

/// How usher treats a directory.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The catalogue the file selects or brings; `None`: it says nothing.
    pub catalogue: Option<Catalogue>,
    /// How new passwords are hashed; `None`: it says nothing.
    pub password_hash: Option<NewScheme>,
    /// Whether a password hash that is not made so is replaced when the password was right; `None`: it says
    /// nothing.
    pub rehash: Option<bool>,
    /// How hard new passwords have to be to guess; `None`: it says nothing.
    pub password_strength: Option<Strength>,
    /// In which form secrets of API tokens are kept; `None`: it says nothing.
    pub token_secrets: Option<SecretForm>,
    /// The digest tickets are signed over; `None`: it says nothing.
    pub ticket_digest: Option<Digest>,
    /// The service by whose rules PAM judges accounts of the system; `None`: it says nothing.
    pub pam_service: Option<PamService>,
    /// What security keys are told about this place, as far as it says something.
    pub keys: KeySettings,
    /// How long a command waits for the lock; `None`: it says nothing.
    pub lock_timeout: Option<Duration>,
    /// How the journal is kept.
    pub journal: Journal,
    /// What holds for all realms with a directory server.
    sync: Server,
    /// What holds for one realm, by its name.
    realms: BTreeMap<String, Server>,
}

/// How the journal is kept; `None` is left to the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Whether there is one.
    pub enabled: Option<bool>,
    /// Where.
    pub file: Option<PathBuf>,
    /// At which length, in bytes, another file is begun.
    pub rotate_at: Option<u64>,
    /// How many full files are kept.
    pub keep: Option<usize>,
    /// Whether secrets are kept that changes took away.
    pub keep_secrets: Option<bool>,
    /// Whether attempts to sign in are noted.
    pub sign_ins: Option<bool>,
    /// Whether entries go to the system's log as well.
    pub syslog: Option<Syslog>,
}

/// Whether something goes to the system's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syslog {
    /// It does not.
    Off,
    /// It does, to the usual socket.
    Usual,
    /// It does, to this socket.
    Socket(PathBuf),
}

/// How the directory server of a realm is asked; `None` is left to the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// How its users and groups are synchronised.
    pub wishes: Wishes,
    /// How long a connection may take to come about.
    pub connect_timeout: Option<Duration>,
    /// How long one answer may take.
    pub timeout: Option<Duration>,
}

impl Settings {
    /// What is said about the directory server of a realm: by its name, else for all of them.
    pub fn server(&self, realm: &str) -> Server {
        let (near, far) = (self.realms.get(realm).cloned().unwrap_or_default(), self.sync.clone());
        Server {
            wishes: near.wishes.or(far.wishes),
            connect_timeout: near.connect_timeout.or(far.connect_timeout),
            timeout: near.timeout.or(far.timeout),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Read by the catalogue room.
    #[serde(default, rename = "catalogue")]
    _catalogue: Option<toml::Value>,
    #[serde(default)]
    password: Password,
    #[serde(default)]
    token: Token,
    #[serde(default)]
    ticket: Ticket,
    #[serde(default)]
    pam: Pam,
    webauthn: Option<keys::Webauthn>,
    u2f: Option<keys::U2f>,
    #[serde(default)]
    lock: Lock,
    #[serde(default)]
    journal: JournalTable,
    #[serde(default)]
    sync: ServerTable,
    #[serde(default)]
    realm: BTreeMap<String, ServerTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Password {
    hash: Option<Hash>,
    rehash: Option<bool>,
    strength: Option<Checked<Strength>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    secrets: Option<Secrets>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Secrets {
    Clear,
    Hashed,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticket {
    digest: Option<TicketDigest>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TicketDigest {
    Sha1,
    Sha256,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Hash {
    Argon2id,
    Sha256Crypt,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pam {
    service: Option<Checked<PamService>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    timeout: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct JournalTable {
    enabled: Option<bool>,
    file: Option<Checked<Absolute>>,
    rotate_at: Option<Checked<Size>>,
    keep: Option<std::num::NonZeroU16>,
    keep_secrets: Option<bool>,
    sign_ins: Option<bool>,
    syslog: Option<SyslogValue>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SyslogValue {
    Switch(bool),
    Socket(Checked<Absolute>),
}

/// The path of a file that may be outside the config directory.
struct Absolute(PathBuf);

impl Word for Absolute {
    fn read(text: &str) -> Result<Self> {
        let path = PathBuf::from(text);
        let plain = path.is_absolute() && path.file_name().is_some() && !text.contains(char::is_control);
        if plain {
            Ok(Self(path))
        } else {
            Err(Error::invalid(format!("'{text}' is no absolute path of a file")))
        }
    }
}

/// A number of bytes.
struct Size(u64);

impl Word for Size {
    fn read(text: &str) -> Result<Self> {
        let (digits, shift) = match text.chars().last() {
            Some('K') => (text.strip_suffix('K'), 10),
            Some('M') => (text.strip_suffix('M'), 20),
            Some('G') => (text.strip_suffix('G'), 30),
            _ => (Some(text), 0),
        };
        let number = digits.and_then(|digits| digits.parse::<u32>().ok()).filter(|number| *number > 0);
        let bytes = number.map(|number| Self(u64::from(number) << shift));
        bytes.ok_or_else(|| Error::invalid(format!("'{text}' is no size; write 500K, 64M or 1G")))
    }
}

impl From<JournalTable> for Journal {
    fn from(table: JournalTable) -> Self {
        Self {
            enabled: table.enabled,
            file: table.file.map(|path| path.0.0),
            rotate_at: table.rotate_at.map(|size| size.0.0),
            keep: table.keep.map(|count| count.get().into()),
            keep_secrets: table.keep_secrets,
            sign_ins: table.sign_ins,
            syslog: table.syslog.map(|value| match value {
                SyslogValue::Switch(true) => Syslog::Usual,
                SyslogValue::Switch(false) => Syslog::Off,
                SyslogValue::Socket(path) => Syslog::Socket(path.0.0),
            }),
        }
    }
}

/// The keys of `[sync]` and `[realm.NAME]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ServerTable {
    max_delete: Option<Checked<Limit>>,
    nested: Option<bool>,
    member_uid: Option<bool>,
    name_case: Option<Checked<NameCase>>,
    keep: Option<Checked<Keep>>,
    page_size: Option<std::num::NonZeroU32>,
    connect_timeout: Option<std::num::NonZeroU32>,
    timeout: Option<std::num::NonZeroU32>,
}

/// A value with rules of its own, written as a text or a number.
struct Checked<T>(T);

#[derive(Deserialize)]
#[serde(untagged)]
enum Raw {
    Number(u32),
    Text(String),
}

/// Something that is read from one word.
trait Word: Sized {
    fn read(text: &str) -> Result<Self>;
}

macro_rules! word {
    ($name:ty) => {
        impl Word for $name {
            fn read(text: &str) -> Result<Self> {
                Self::parse(text)
            }
        }
    };
}

word!(Limit);
word!(NameCase);
word!(Keep);
word!(Strength);
word!(PamService);

impl<'de, T: Word> Deserialize<'de> for Checked<T> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let text = match Raw::deserialize(input)? {
            Raw::Number(number) => number.to_string(),
            Raw::Text(text) => text,
        };
        T::read(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

impl From<ServerTable> for Server {
    fn from(table: ServerTable) -> Self {
        let seconds = |number: std::num::NonZeroU32| Duration::from_secs(number.get().into());
        Self {
            wishes: Wishes {
                max_delete: table.max_delete.map(|value| value.0),
                nested: table.nested,
                member_uid: table.member_uid,
                name_case: table.name_case.map(|value| value.0),
                keep: table.keep.map(|value| value.0),
                page_size: table.page_size.map(std::num::NonZeroU32::get),
                ..Wishes::default()
            },
            connect_timeout: table.connect_timeout.map(seconds),
            timeout: table.timeout.map(seconds),
        }
    }
}

/// Reads the file.
///
/// # Errors
/// [`Error::Syntax`] with line and column of whatever is wrong.
pub fn parse(text: &[u8]) -> Result<Settings> {
    let text = std::str::from_utf8(text).map_err(|fault| {
        let before = text.get(..fault.valid_up_to()).unwrap_or_default();
        syntax(FILE, &String::from_utf8_lossy(before), before.len(), "not UTF-8".into())
    })?;
    let file: File = toml::from_str(text).map_err(|fault| {
        let place = fault.span().map_or(0, |span| span.start);
        syntax(FILE, text, place, fault.message().to_owned())
    })?;
    Ok(Settings {
        catalogue: Catalogue::in_settings(text)?,
        password_hash: file.password.hash.map(|hash| match hash {
            Hash::Argon2id => NewScheme::Argon2id,
            Hash::Sha256Crypt => NewScheme::Sha256Crypt,
        }),
        rehash: file.password.rehash,
        password_strength: file.password.strength.map(|strength| strength.0),
        token_secrets: file.token.secrets.map(|secrets| match secrets {
            Secrets::Clear => SecretForm::Clear,
            Secrets::Hashed => SecretForm::Hashed,
        }),
        ticket_digest: file.ticket.digest.map(|digest| match digest {
            TicketDigest::Sha1 => Digest::Sha1,
            TicketDigest::Sha256 => Digest::Sha256,
        }),
        pam_service: file.pam.service.map(|service| service.0),
        keys: KeySettings {
            webauthn: file.webauthn.map(|webauthn| webauthn.0),
            u2f: file.u2f.map(|u2f| u2f.0),
        },
        lock_timeout: file.lock.timeout.map(|seconds| Duration::from_secs(seconds.into())),
        journal: file.journal.into(),
        sync: file.sync.into(),
        realms: file.realm.into_iter().map(|(name, table)| (name, table.into())).collect(),
    })
}

/// What is wrong at the byte `place` of a file.
pub(super) fn syntax(file: &str, text: &str, place: usize, message: String) -> Error {
    let before = text.get(..place).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Error::Syntax {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        message: message.replace('\n', ", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        let settings =
            parse(b"catalogue = \"pve8\"\n[password]\nhash = \"sha256-crypt\"\nrehash = false\nstrength = 4\n[token]\nsecrets = \"hashed\"\n[ticket]\ndigest = \"sha1\"\n[pam]\nservice = \"sshd\"\n[lock]\ntimeout = 3\n")
                .unwrap();
        assert_eq!(settings.token_secrets, Some(SecretForm::Hashed));
        assert_eq!((settings.rehash, settings.ticket_digest), (Some(false), Some(Digest::Sha1)));
        assert_eq!(settings.password_strength, Strength::parse("4").ok());
        assert_eq!(settings.pam_service.unwrap().as_str(), "sshd");
        assert_eq!(settings.catalogue.unwrap().id(), "pve8");
        assert!(matches!(settings.password_hash, Some(NewScheme::Sha256Crypt)));
        assert_eq!(settings.lock_timeout, Some(Duration::from_secs(3)));
        assert!(parse(b"").unwrap().catalogue.is_none());
    }

    #[test]
    fn the_journal() {
        let text = b"[journal]\nfile = \"/var/log/j\"\nrotate-at = \"2M\"\nkeep = 3\nsyslog = true\nsign-ins = false\n";
        let journal = parse(text).unwrap().journal;
        assert_eq!(journal.file, Some(PathBuf::from("/var/log/j")));
        assert_eq!((journal.rotate_at, journal.keep), (Some(2 << 20), Some(3)));
        assert_eq!((journal.syslog, journal.sign_ins), (Some(Syslog::Usual), Some(false)));
        assert_eq!(parse(b"").unwrap().journal, Journal::default());
    }

    #[test]
    fn servers_of_realms() {
        let settings = parse(
            b"[sync]\nmax-delete = \"10%\"\nnested = true\ntimeout = 5\n\
              [realm.corp]\nmax-delete = 20\nmember-uid = true\nname-case = \"lower\"\nkeep = \"memberships\"\n\
              page-size = 250\nconnect-timeout = 2\n",
        )
        .unwrap();
        let corp = settings.server("corp");
        assert_eq!(corp.wishes.max_delete, Some(Limit::Count(20)));
        assert_eq!((corp.wishes.nested, corp.wishes.member_uid), (Some(true), Some(true)));
        assert_eq!((corp.wishes.name_case, corp.wishes.page_size), (Some(NameCase::Lower), Some(250)));
        assert!(corp.wishes.keep.unwrap().memberships);
        assert_eq!(
            (corp.timeout, corp.connect_timeout),
            (Some(Duration::from_secs(5)), Some(Duration::from_secs(2)))
        );
        assert_eq!(settings.server("other").wishes.max_delete, Some(Limit::Percent(10)));
        assert_eq!(settings.server("other").wishes.member_uid, None);
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, place) in [
            ("[sync]\nmax-delete = \"many\"\n", "usher.toml:2:14"),
            ("[realm.corp]\nname-case = \"upper\"\n", "usher.toml:2:13"),
            ("[pam]\nservice = \"../usher\"\n", "usher.toml:2:11"),
            ("[realm.corp]\npage-size = 0\n", "usher.toml:2:13"),
            ("[realm.corp]\nscope = \"both\"\n", "usher.toml:2:1"),
            ("[password]\nhash = \"md5\"\n", "usher.toml:2:8"),
            ("[password]\nstrength = 5\n", "usher.toml:2:12"),
            ("[lokc]\n", "usher.toml:1:2"),
            ("[journal]\nfile = \"journal\"\n", "usher.toml:2:8"),
            ("[journal]\nrotate-at = \"64 MB\"\n", "usher.toml:2:13"),
            ("catalogue = 1\n", "usher.toml:1:"),
            ("\n[webauthn]\nid = \"a.b\"\norigin = \"https://c.d\"\n", "usher.toml:2:1"),
            ("[webauthn]\nid = \"a.b\"\n", "usher.toml:1:1"),
            ("[u2f]\nappid = \"a.b\"\n", "usher.toml:1:1"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(place), "{error}");
        }
        assert!(parse(b"a = 1\n\xff").unwrap_err().to_string().starts_with("usher.toml:2:1"));
    }
}
