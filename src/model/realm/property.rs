//! The properties of realms: one table for reading, checking, writing and explaining them.

use crate::model::constraint::Constraint;
use crate::model::constraint::Constraint::{
    Address, Choice, Flag, Integer, Keys, LdapAttribute, LdapAttributeList, Pattern, Text,
};
use crate::model::property_string::Key;
use crate::model::realm::kind::RealmKind::{self, Ad, Ldap, OpenId, Pam, Pve};

/// One property a realm may have.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The name in files and, behind `--`, on command lines.
    pub name: &'static str,
    /// What its value may be.
    pub constraint: Constraint,
    /// The longest value in characters.
    pub max_length: Option<usize>,
    /// The kinds that cannot do without it.
    pub required: &'static [RealmKind],
    /// The kinds that may have it.
    pub optional: &'static [RealmKind],
    /// Whether it is chosen when the realm is added and not changed afterwards.
    pub fixed: bool,
    /// Whether it stands in `domains.cfg`; a bind password has a file of its own.
    pub stored: bool,
    /// Whether its value is to be kept out of logs.
    pub secret: bool,
    /// The value that holds when there is none, as help texts show it.
    pub default: Option<&'static str>,
    /// What it means, in one line.
    pub about: &'static str,
}

impl Property {
    const fn new(name: &'static str, constraint: Constraint, about: &'static str) -> Self {
        Self {
            name,
            constraint,
            max_length: None,
            required: &[],
            optional: &[],
            fixed: false,
            stored: true,
            secret: false,
            default: None,
            about,
        }
    }

    const fn at_most(mut self, characters: usize) -> Self {
        self.max_length = Some(characters);
        self
    }

    const fn required(mut self, kinds: &'static [RealmKind]) -> Self {
        self.required = kinds;
        self
    }

    const fn optional(mut self, kinds: &'static [RealmKind]) -> Self {
        self.optional = kinds;
        self
    }

    const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    const fn elsewhere(mut self) -> Self {
        self.stored = false;
        self
    }

    /// Whether a realm of this kind may have the property.
    pub fn fits(&self, kind: RealmKind) -> bool {
        self.is_required(kind) || self.optional.contains(&kind)
    }

    /// Whether a realm of this kind must have the property.
    pub fn is_required(&self, kind: RealmKind) -> bool {
        self.required.contains(&kind)
    }

    /// Checks a value.
    ///
    /// # Errors
    /// The sentence to print behind `NAME: `.
    pub fn check(&self, value: &str) -> Result<(), String> {
        self.constraint.check(self.name, value, self.max_length)?;
        let raw = self.name != "comment";
        if raw && value.contains(['\n', '\r', '\0']) {
            return Err("value holds a line break, which domains.cfg cannot".to_owned());
        }
        Ok(())
    }

    /// The property called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        PROPERTIES.iter().find(|property| property.name == name)
    }

    /// The properties of a kind in the order they are written: the comment, the required ones by
    /// name, the others by name.
    pub fn of(kind: RealmKind) -> Vec<&'static Self> {
        let mut list: Vec<&'static Self> = PROPERTIES.iter().filter(|one| one.fits(kind)).collect();
        list.sort_unstable_by_key(|one| (one.name != "comment", !one.is_required(kind), one.name));
        list
    }
}

const SERVERS: &[RealmKind] = &[Ldap, Ad];
const OPENID: &[RealmKind] = &[OpenId];

/// The keys of the property `tfa`.
pub const TFA_KEYS: &[Key] = &[
    key("type", true, Choice(&["yubico", "oath"]), "<TFATYPE>", "The second factor all users must give."),
    key("id", false, Text, "<ID>", "Yubico API ID."),
    key("key", false, Text, "<KEY>", "Yubico API key."),
    key("url", false, Text, "<URL>", "Yubico validation server."),
    key("digits", false, Integer { minimum: 6, maximum: Some(8) }, "<COUNT>", "Digits of a TOTP code."),
    key("step", false, Integer { minimum: 10, maximum: None }, "<SECONDS>", "Seconds a TOTP code lives."),
];

/// The keys of the property `sync-defaults-options`, which are the options of a synchronisation too.
pub const SYNC_KEYS: &[Key] = &[
    key("scope", false, Choice(&["users", "groups", "both"]), "<users|groups|both>", "What to synchronise."),
    key(
        "remove-vanished",
        false,
        Pattern { regex: "([acl];[properties];[entry])|none", fits: is_vanished_list },
        "([acl];[properties];[entry])|none",
        "What to remove of users and groups that are gone from the server.",
    ),
    key("enable-new", false, Flag, "<1|0>", "Whether new users may log in at once."),
    key(
        "max-delete",
        false,
        Pattern { regex: "N or N%", fits: is_limit },
        "<N|N%>",
        "How many users, and groups, one synchronisation may take away.",
    ),
    key("full", false, Flag, "<1|0>", "Deprecated: use remove-vanished=entry;properties."),
    key("purge", false, Flag, "<1|0>", "Deprecated: use remove-vanished=acl."),
];

const fn key(
    name: &'static str,
    required: bool,
    constraint: Constraint,
    placeholder: &'static str,
    about: &'static str,
) -> Key {
    Key { name, required, constraint, placeholder, about }
}

const fn row(name: &'static str, constraint: Constraint, about: &'static str) -> Property {
    Property::new(name, constraint, about)
}

const WORD: Constraint = Pattern { regex: r"\S+", fits: is_word };
const PLAIN: Constraint = Pattern { regex: r#"^[^\x00-\x1F\x7F <>#"]*$"#, fits: is_plain };

/// Every property, sorted by name.
pub const PROPERTIES: &[Property] = &[
    row("acr-values", PLAIN, "Authentication context classes asked of the provider.").optional(OPENID),
    row("audiences", PLAIN, "Further audiences an ID token may be meant for.").optional(OPENID),
    row("autocreate", Flag, "Create users at their first login.").optional(OPENID).default("0"),
    row("base_dn", Text, "DN below which users are searched.").at_most(256).required(&[Ldap]).optional(&[Ad]),
    row("bind_dn", Text, "DN usher logs in with; anonymous without it.").at_most(256).optional(SERVERS),
    row("capath", Text, "File or directory with the certificates of trusted authorities.")
        .optional(SERVERS)
        .default("/etc/ssl/certs"),
    row("case-sensitive", Flag, "Whether 'Joe' and 'joe' are two users.").optional(SERVERS).default("1"),
    row("cert", Text, "File with the client certificate.").optional(SERVERS),
    row("certkey", Text, "File with the key of the client certificate.").optional(SERVERS),
    row("client-id", Text, "Name of this client at the provider.").at_most(256).required(OPENID),
    row("client-key", Text, "Secret of this client at the provider.").at_most(256).optional(OPENID).secret(),
    row("comment", Text, "Free text.").at_most(4096).optional(&RealmKind::ALL),
    row("default", Flag, "Offer this realm first at login; the others lose the mark.")
        .optional(&RealmKind::ALL),
    row("domain", WORD, "Name of the AD domain.").at_most(256).required(&[Ad]),
    row("filter", Text, "LDAP filter users must match.").at_most(2048).optional(SERVERS),
    row("group_classes", LdapAttributeList, "Object classes of groups.")
        .optional(SERVERS)
        .default("groupOfNames, group, univentionGroup, ipausergroup"),
    row("group_dn", Text, "DN below which groups are searched; base_dn without it.")
        .at_most(256)
        .optional(SERVERS),
    row("group_filter", Text, "LDAP filter groups must match.").at_most(2048).optional(SERVERS),
    row("group_name_attr", LdapAttribute, "Attribute with the name of a group.")
        .at_most(256)
        .optional(SERVERS),
    row("groups-autocreate", Flag, "Create the groups the provider names.").optional(OPENID).default("0"),
    row("groups-claim", Pattern { regex: r"[A-Za-z0-9\.\-_]+", fits: is_claim }, "Claim with the groups.")
        .at_most(256)
        .optional(OPENID),
    row("groups-overwrite", Flag, "Leave all other groups at login.").optional(OPENID).default("0"),
    row("issuer-url", Text, "URL of the provider.").at_most(256).required(OPENID),
    row("mode", Choice(&["ldap", "ldaps", "ldap+starttls"]), "How to speak to the server.")
        .optional(SERVERS)
        .default("ldap"),
    row("password", Text, "Password of bind_dn; kept in priv/realm/<realm>.pw.")
        .optional(SERVERS)
        .secret()
        .elsewhere(),
    row("port", Integer { minimum: 1, maximum: Some(65535) }, "Port of the server.").optional(SERVERS),
    row(
        "prompt",
        Pattern { regex: r"(?:none|login|consent|select_account|\S+)", fits: is_word },
        "What the provider asks the user for.",
    )
    .optional(OPENID),
    row("query-userinfo", Flag, "Ask the userinfo endpoint for claims.").optional(OPENID).default("1"),
    row("scopes", Text, "Scopes asked of the provider.").optional(OPENID).default("email profile"),
    row("secure", Flag, "Deprecated: use mode.").optional(SERVERS),
    row("server1", Address, "The server.").at_most(256).required(SERVERS),
    row("server2", Address, "The server to ask when the first cannot be reached.")
        .at_most(256)
        .optional(SERVERS),
    row("sslversion", Choice(&["tlsv1", "tlsv1_1", "tlsv1_2", "tlsv1_3"]), "TLS version.").optional(SERVERS),
    row("sync-defaults-options", Keys(SYNC_KEYS), "Options of a synchronisation that names none.")
        .optional(SERVERS),
    row(
        "sync_attributes",
        Pattern { regex: r"\w+=[^,]+(,\s*\w+=[^,]+)*", fits: is_mapping },
        "Which LDAP attributes become which user properties: email=mail,lastname=sn.",
    )
    .optional(SERVERS),
    row("tfa", Keys(TFA_KEYS), "Second factor all users of the realm must give.")
        .at_most(128)
        .optional(&[Pam, Pve, Ldap, Ad]),
    row("user_attr", Pattern { regex: r"\S{2,}", fits: is_long_word }, "Attribute with the user name.")
        .at_most(256)
        .required(&[Ldap])
        .optional(&[Ad]),
    row("user_classes", LdapAttributeList, "Object classes of users.")
        .optional(SERVERS)
        .default("inetorgperson, posixaccount, person, user"),
    row("username-claim", Text, "Claim with the user name.").optional(OPENID).default("sub").fixed(),
    row("verify", Flag, "Check the server's certificate.").optional(SERVERS).default("0"),
];

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn is_long_word(text: &str) -> bool {
    is_word(text) && text.chars().nth(1).is_some()
}

fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_control() || matches!(c, ' ' | '<' | '>' | '#' | '"'))
}

fn is_claim(text: &str) -> bool {
    crate::model::id::is_name(text)
}

fn is_vanished_list(text: &str) -> bool {
    text == "none" || text.split(';').all(|word| matches!(word, "acl" | "entry" | "properties"))
}

fn is_limit(text: &str) -> bool {
    crate::model::sync::Limit::parse(text).is_ok()
}

fn is_mapping(text: &str) -> bool {
    text.split(',').enumerate().all(|(place, pair)| {
        let pair = if place == 0 { pair } else { pair.trim_start() };
        pair.split_once('=').is_some_and(|(ours, theirs)| {
            !ours.is_empty() && ours.chars().all(|c| c.is_alphanumeric() || c == '_') && !theirs.is_empty()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_unique() {
        assert!(PROPERTIES.is_sorted_by(|a, b| a.name < b.name));
    }

    #[test]
    fn written_order() {
        let names = |kind| Property::of(kind).iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(Pam), ["comment", "default", "tfa"]);
        assert!(names(Ldap).starts_with(&["comment", "base_dn", "server1", "user_attr", "bind_dn"]));
        assert!(names(Ad).starts_with(&["comment", "domain", "server1", "base_dn"]));
        assert!(names(OpenId).starts_with(&["comment", "client-id", "issuer-url", "acr-values"]));
        assert!(!names(OpenId).contains(&"tfa"));
    }

    #[test]
    fn patterns() {
        for (name, good, bad) in [
            ("sync_attributes", "a=b, c=d e", "email"),
            ("sync_attributes", "x_1=y", "a=b,"),
            ("user_attr", "uid", "u"),
            ("domain", "example.com", "two words"),
            ("groups-claim", "a.b-c_d", "a b"),
            ("acr-values", "urn:x", "a b"),
            ("prompt", "anything", ""),
            ("sync-defaults-options", "remove-vanished=acl;acl;entry", "remove-vanished=acl;none"),
            ("scopes", "email profile", "email\nprofile"),
        ] {
            let property = Property::find(name).unwrap();
            assert_eq!(property.check(good), Ok(()), "{name}");
            assert!(property.check(bad).is_err(), "{name}");
        }
    }
}
