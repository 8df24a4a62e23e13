//! One realm, and what stands between realms in their file.

use crate::model::id::RealmId;
use crate::model::property_string::{self, PropertyString};
use crate::model::realm::kind::RealmKind;
use crate::model::realm::property::{Property, SYNC_KEYS, TFA_KEYS};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::ops::Range;

/// Something that stands in `domains.cfg`.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A realm.
    Realm(Realm),
    /// Text that means nothing and is kept: comments, broken sections, unknown kinds.
    Inert(InertBlock),
}

/// Lines outside of the sections that count.
#[derive(Clone, Debug)]
pub struct InertBlock {
    /// Where in the source.
    pub span: Range<usize>,
    /// First line, counted from 1.
    pub line: usize,
    /// The name of the section, if it looks like one.
    pub id: Option<String>,
}

/// A line inside of a realm's section that does not count.
#[derive(Clone, Debug)]
pub struct InertLine {
    /// Where in the source, with the line break.
    pub span: Range<usize>,
    /// The name of the property it would set.
    pub key: Option<String>,
    /// The property that stands behind it, to which it stays when the section is rewritten.
    pub before: Option<&'static str>,
}

/// Whether a realm stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does, or is to.
    Listed,
    /// It is built in and the file lacks it; the next rewrite lists it.
    Implied,
    /// It is built in and was removed: the next rewrite leaves it out.
    Removed,
}

/// An authentication realm.
#[derive(Clone)]
pub struct Realm {
    id: RealmId,
    kind: RealmKind,
    properties: BTreeMap<&'static str, String>,
    /// Where its section stands in the source.
    pub span: Range<usize>,
    /// Whether the section may be copied as it stands; if not, it has to be written anew.
    pub clean: bool,
    /// The line of its header, counted from 1; 0 when it was not read.
    pub line: usize,
    /// What stands in its section and does not count.
    pub inert: Vec<InertLine>,
    /// Whether it stands in the file.
    pub standing: Standing,
}

impl Realm {
    /// A realm without properties.
    pub fn new(id: RealmId, kind: RealmKind) -> Self {
        Self {
            id,
            kind,
            properties: BTreeMap::new(),
            span: 0..0,
            clean: false,
            line: 0,
            inert: Vec::new(),
            standing: Standing::Listed,
        }
    }

    /// The built-in realm of `kind` as it is without any configuration.
    pub(super) fn builtin(kind: RealmKind, standing: Standing) -> Option<Self> {
        let mut realm = Self::new(RealmId::parse(kind.as_str()).ok()?, kind);
        realm.standing = standing;
        realm.settle_comment();
        Some(realm)
    }

    /// The name.
    pub fn id(&self) -> &RealmId {
        &self.id
    }

    /// The kind.
    pub fn kind(&self) -> RealmKind {
        self.kind
    }

    /// Whether this is `pam` or `pve`, which cannot be gone.
    pub fn is_builtin(&self) -> bool {
        RealmKind::builtin(self.id.as_str()).is_some()
    }

    /// The value of a property as it is stored.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    /// Names and values in the order they are written.
    pub fn properties(&self) -> impl Iterator<Item = (&'static Property, &str)> {
        Property::of(self.kind)
            .into_iter()
            .filter_map(|property| Some((property, self.properties.get(property.name)?.as_str())))
    }

    /// The comment; built-in realms always have one.
    pub fn comment(&self) -> Option<&str> {
        let default = if self.is_builtin() { self.kind.default_comment() } else { None };
        self.get("comment").or(default)
    }

    /// Whether the realm is offered first at login.
    pub fn is_default(&self) -> bool {
        self.get("default") == Some("1")
    }

    /// Whether `Joe` and `joe` are two users.
    pub fn is_case_sensitive(&self) -> bool {
        self.get("case-sensitive") != Some("0")
    }

    /// The second factor every user must give, with its settings.
    pub fn tfa(&self) -> Option<PropertyString> {
        property_string::parse("tfa", self.get("tfa")?, TFA_KEYS).ok()
    }

    /// The second factor every user must give: `oath` or `yubico`.
    pub fn tfa_type(&self) -> Option<String> {
        self.tfa()?.get("type").map(str::to_owned)
    }

    /// The options of a synchronisation that names none.
    pub fn sync_defaults(&self) -> PropertyString {
        let text = self.get("sync-defaults-options").unwrap_or_default();
        property_string::parse("sync-defaults-options", text, SYNC_KEYS).unwrap_or_default()
    }

    /// The first property by name the kind cannot do without and the realm does not have.
    pub fn missing(&self) -> Option<&'static str> {
        Property::of(self.kind)
            .into_iter()
            .find(|property| property.is_required(self.kind) && self.get(property.name).is_none())
            .map(|property| property.name)
    }

    /// Sets a property that was read. The caller has checked it.
    pub fn read(&mut self, property: &Property, value: String) {
        self.properties.insert(property.name, value);
    }

    /// Sets checked values; an empty one clears.
    pub(super) fn set_all(&mut self, values: BTreeMap<&'static str, String>) {
        for (name, value) in values {
            if self.get(name) == Some(value.as_str()) {
                continue;
            }
            self.clear(name);
            if !value.is_empty() {
                self.properties.insert(name, value);
                self.clean = false;
            }
        }
    }

    /// Removes a property, and inert lines of that name: they must not come to life.
    pub(super) fn clear(&mut self, name: &str) {
        let lines = self.inert.len();
        self.inert.retain(|line| line.key.as_deref() != Some(name));
        if self.properties.remove(name).is_some() || lines != self.inert.len() {
            self.clean = false;
        }
    }

    /// Gives a built-in realm without a comment the one it is known by.
    pub(super) fn settle_comment(&mut self) {
        if self.get("comment").is_none()
            && let Some(comment) = self.comment().map(str::to_owned)
        {
            self.properties.insert("comment", comment);
            self.clean = false;
        }
    }

    /// Whether a rewrite of the file would come out the same for both.
    pub(super) fn same_content(&self, other: &Self) -> bool {
        self.properties == other.properties && self.inert.len() == other.inert.len()
    }
}

impl PartialEq for Realm {
    /// Compares name, kind and properties.
    fn eq(&self, other: &Self) -> bool {
        let rest = |realm: &Self| {
            let mut rest = realm.properties.clone();
            rest.remove("comment");
            rest
        };
        self.id == other.id
            && self.kind == other.kind
            && self.comment() == other.comment()
            && rest(self) == rest(other)
    }
}

impl Eq for Realm {}

impl fmt::Debug for Realm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} ", self.kind, self.id)?;
        out.debug_map()
            .entries(self.properties().map(|(property, value)| {
                let hidden = property.secret || property.name == "tfa";
                (property.name, if hidden { "(hidden)" } else { value })
            }))
            .finish()
    }
}

impl Entry {
    /// Whether this is a built-in realm the file does not list, which stays behind all others.
    pub(super) fn is_trailing(&self) -> bool {
        matches!(self, Self::Realm(realm) if realm.standing != Standing::Listed)
    }
}

/// Makes all but the last realm of each name inert.
pub(super) fn last_of_each(entries: Vec<Entry>, notes: &mut Vec<(usize, String)>) -> Vec<Entry> {
    let mut seen: HashSet<RealmId> = HashSet::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries.into_iter().rev() {
        kept.push(match entry {
            Entry::Realm(realm) if !seen.insert(realm.id.clone()) => {
                let message = format!("skip section '{}': the name comes again further down", realm.id);
                notes.push((realm.line, message));
                Entry::Inert(InertBlock {
                    span: realm.span,
                    line: realm.line,
                    id: Some(realm.id.as_str().to_owned()),
                })
            }
            other => other,
        });
    }
    kept.reverse();
    kept
}
