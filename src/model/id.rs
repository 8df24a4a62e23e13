//! Names of users, realms, tokens, groups, roles, pools, storages and guests.
//!
//! Each type is checked once, where text enters the house; inside, nothing is checked again. The
//! rules are those of `docs/user-cfg.md`.

use super::byte::{AT, ITEM, NAME, SEPARATOR};
use crate::error::{Error, Result};
use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id! {
    /// `NAME@REALM`: 3 to 64 characters, split at the last `@` that leaves a valid realm.
    UserId
}
text_id! {
    /// The name of a realm: a letter, then one or more of `A-Za-z0-9.-_`.
    RealmId
}
text_id! {
    /// The part of a token id behind the `!`: same alphabet as a realm, at least two characters.
    TokenName
}
text_id! {
    /// The name of a group: `[A-Za-z0-9._-]+`.
    GroupId
}
text_id! {
    /// The name of a role: `[A-Za-z0-9._-]+`.
    RoleId
}
text_id! {
    /// The name of a pool: one to three names joined by `/`.
    PoolId
}
text_id! {
    /// The name of a scheduled job: a letter, then one or more of `A-Za-z0-9_-`, at most 64 characters.
    JobId
}
text_id! {
    /// The name of a storage: a letter first, alphanumeric last, two characters or more.
    StorageId
}

/// `USER@REALM!TOKEN`: an API token and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId {
    /// The owner.
    pub user: UserId,
    /// The token's own name.
    pub name: TokenName,
}

impl fmt::Display for TokenId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}!{}", self.user, self.name)
    }
}

/// The number of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VmId(u64);

impl fmt::Display for VmId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Whether `text` may name a group or a role.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && NAME.holds_all(text.as_bytes())
}

/// Whether `text` may name a realm or a token.
pub fn is_realm(text: &str) -> bool {
    is_realm_start(text.as_bytes()) && NAME.holds_all(text.as_bytes())
}

/// Whether name bytes may name a realm or a token.
#[inline]
pub fn is_realm_start(text: &[u8]) -> bool {
    matches!(text, [first, _, ..] if first.is_ascii_alphabetic())
}

/// Where the `@` stands that parts name and realm; `None` when `text` is no user id.
///
/// Realms hold no `@`, so the last one decides.
pub fn split_user(text: &str) -> Option<usize> {
    let at = memchr::memrchr(b'@', text.as_bytes())?;
    let (name, realm) = (text.get(..at)?, text.get(at + 1..)?);
    let plain = ITEM.or(AT).or(SEPARATOR).holds_all(name.as_bytes());
    let odd = |c: char| c.is_whitespace() || c == ':' || c == '/';
    if name.is_empty() || (!plain && name.contains(odd)) || !is_realm(realm) {
        return None;
    }
    let length = if plain { text.len() } else { text.chars().count() };
    (3..=64).contains(&length).then_some(at)
}

/// Where the `!` stands that parts owner and token; `None` when `text` is no token id.
///
/// Token names hold no `!`, so the last one decides: `a!b@pve!tok` is token `tok` of `a!b@pve`.
pub fn split_token(text: &str) -> Option<usize> {
    let bang = memchr::memrchr(b'!', text.as_bytes())?;
    let (user, name) = (text.get(..bang)?, text.get(bang + 1..)?);
    (split_user(user).is_some() && is_realm(name)).then_some(bang)
}

/// Whether `text` may name a section, an option or a job: a letter, then one or more letters, digits, `_`, `-`.
pub fn is_configuration_id(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Whether `text` may name a storage.
pub fn is_storage(text: &str) -> bool {
    match text.as_bytes() {
        [first, middle @ .., last] => {
            first.is_ascii_alphabetic() && last.is_ascii_alphanumeric() && NAME.holds_all(middle)
        }
        _ => false,
    }
}

impl UserId {
    /// Reads a user id that is in use already; see [`UserId::holds_list_separator`] for one that is to be created.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the rule that is broken.
    pub fn parse(text: &str) -> Result<Self> {
        if split_user(text).is_some() {
            return Ok(Self(text.into()));
        }
        let length = text.chars().count();
        Err(Error::invalid(if length < 3 {
            format!("user name '{text}' is too short")
        } else if length > 64 {
            format!("user name '{text}' is too long ({length} > 64)")
        } else {
            format!("value '{text}' does not look like a valid user name")
        }))
    }

    /// The name before the `@`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(name, _)| name)
    }

    /// The realm behind the `@`.
    pub fn realm(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, realm)| realm)
    }

    /// Whether the name holds a `,`, `;` or NUL, which part the items of a member list: such a user
    /// cannot be put into a group or an ACL entry, so none is created any more.
    pub fn holds_list_separator(&self) -> bool {
        self.0.contains([',', ';', '\0'])
    }

    /// Whether the name holds a control character, which no terminal shows and no person types: none such
    /// is created any more.
    pub fn holds_control_character(&self) -> bool {
        self.0.contains(char::is_control)
    }
}

impl RealmId {
    /// Reads a realm name.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if is_realm(text) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid("value does not look like a valid realm"))
    }
}

impl TokenName {
    /// Reads the part of a token id behind the `!`.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if is_realm(text) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid("value does not match the regex pattern"))
    }
}

impl TokenId {
    /// Reads `USER@REALM!TOKEN`.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no token id.
    pub fn parse(text: &str) -> Result<Self> {
        match split_token(text).and_then(|bang| Some((text.get(..bang)?, text.get(bang + 1..)?))) {
            Some((user, name)) => Ok(Self { user: UserId(user.into()), name: TokenName(name.into()) }),
            None => Err(Error::invalid(format!("value '{text}' does not look like a valid token ID"))),
        }
    }
}

impl GroupId {
    /// Reads a group name.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if is_name(text) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid(format!("group name '{text}' contains invalid characters")))
    }
}

impl RoleId {
    /// Reads a role name.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if is_name(text) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid(format!("role name '{text}' contains invalid characters")))
    }
}

impl PoolId {
    /// Reads a pool name of up to three levels.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if text.split('/').count() > 3 {
            return Err(Error::invalid(format!("pool name '{text}' nested too deeply (max levels = 3)")));
        }
        if text.split('/').all(is_name) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid(format!("pool name '{text}' contains invalid characters")))
    }

    /// The pool this one lies in, if it is nested.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }

    /// The last part of the name.
    pub fn leaf(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, leaf)| leaf)
    }
}

impl JobId {
    /// Reads the name of a job.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none, or too long.
    pub fn parse(text: &str) -> Result<Self> {
        if !is_configuration_id(text) {
            return Err(Error::invalid(format!("invalid configuration ID '{text}'")));
        }
        if text.len() > 64 {
            return Err(Error::invalid("value may only be 64 characters long"));
        }
        Ok(Self(text.into()))
    }
}

impl StorageId {
    /// Reads a storage name.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        if is_storage(text) {
            return Ok(Self(text.into()));
        }
        Err(Error::invalid(if text.len() < 2 {
            format!("storage ID '{text}' cannot be shorter than 2 characters")
        } else {
            format!("storage ID '{text}' contains illegal characters")
        }))
    }
}

impl VmId {
    /// The number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// Reads a guest number as a pool line may hold it: digits only, leading zeros dropped.
    pub fn lenient(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse().ok().map(Self) } else { None }
    }

    /// Reads a guest number as a command takes it: 3 to 9 digits, no leading zero.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none.
    pub fn parse(text: &str) -> Result<Self> {
        let fits = (3..=9).contains(&text.len()) && !text.starts_with('0');
        match Self::lenient(text) {
            Some(id) if fits => Ok(id),
            _ => Err(Error::invalid("value does not look like a valid VM ID")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_ids() {
        for (text, name, realm) in [
            ("joe@pve", "joe", "pve"),
            ("a@b@pve", "a@b", "pve"),
            ("#x@pve", "#x", "pve"),
            ("müller@pve", "müller", "pve"),
        ] {
            let id = UserId::parse(text).unwrap();
            assert_eq!((id.name(), id.realm()), (name, realm));
        }
        for text in [
            "joe",
            "@pve",
            "a/b@pve",
            "a:b@pve",
            "joe@1r",
            "joe@p",
            "joe@pve ",
            "joe@pve\n",
            "a b@pve",
            "0",
            "",
        ] {
            assert!(UserId::parse(text).is_err(), "{text:?}");
        }
        let longest = format!("{}@pve", "x".repeat(60));
        assert!(UserId::parse(&longest).is_ok());
        assert!(UserId::parse(&format!("x{longest}")).unwrap_err().to_string().contains("(65 > 64)"));
    }

    #[test]
    fn token_ids() {
        let id = TokenId::parse("a!b@pve!tok").unwrap();
        assert_eq!((id.user.as_str(), id.name.as_str()), ("a!b@pve", "tok"));
        for text in ["a@pve", "a@pve!", "a@pve!x", "ghost!x", "a@pve!1x"] {
            assert!(TokenId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn job_ids() {
        for text in ["nightly", "a1", "Realm-Sync_2", &"x".repeat(64)] {
            assert_eq!(JobId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "a", "1a", "a b", "a.b", "a/b", "ä1", &"x".repeat(65)] {
            assert!(JobId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn pools_storages_guests() {
        assert_eq!(PoolId::parse("a/b/c").unwrap().parent().unwrap().as_str(), "a/b");
        assert!(PoolId::parse("a/b/c/d").is_err());
        assert!(PoolId::parse("a//b").is_err());
        assert!(StorageId::parse("9a").is_err());
        assert!(StorageId::parse("x").is_err());
        assert!(StorageId::parse("zfs-a").is_ok());
        assert!(StorageId::parse("zfs-").is_err());
        assert_eq!(VmId::lenient("0100").unwrap().to_string(), "100");
        assert!(VmId::parse("0100").is_err());
        assert!(VmId::parse("99").is_err());
        assert!(VmId::parse("1000000000").is_err());
    }
}
