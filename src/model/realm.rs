//! Authentication realms: what they are made of and the rules of changing them.

pub mod entry;
pub mod kind;
pub mod property;
pub mod service;

pub use entry::{Entry, InertBlock, InertLine, Realm, Standing};
pub use kind::RealmKind;
pub use property::Property;
pub use service::PamService;

use crate::error::{Error, Noun, Parameter, Result};
use crate::model::id::{RealmId, is_configuration_id};
use crate::model::property_string;
use property::{PROPERTIES, SYNC_KEYS};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

const UNKNOWN: &str = "property is not defined in schema and the schema does not allow additional properties";

/// All realms in the order of `domains.cfg`; `pam` and `pve` are always among them.
///
/// Two are equal when they have the same realms with the same properties in the same order; where
/// they were read from and what was kept beside them does not count.
#[derive(Clone)]
pub struct Realms {
    source: Arc<Vec<u8>>,
    digest: String,
    entries: Vec<Entry>,
    edited: bool,
}

/// What to change in a realm.
#[derive(Clone, Default)]
pub struct RealmChanges {
    /// Properties to set, in the order given; an empty value clears.
    pub set: Vec<(String, String)>,
    /// Properties to delete, before `set`; names nobody knows are fine.
    pub delete: Vec<String>,
    /// The digest `domains.cfg` must have for the change to happen.
    pub digest: Option<String>,
}

impl Realms {
    /// Puts together what was read from `source`, whose digest is `digest`: of several sections
    /// with one name the last counts, of several default realms the first, and the built-in realms
    /// are added when they are missing. Also tells, with the line, what did not count.
    pub fn assemble(
        source: Arc<Vec<u8>>,
        digest: String,
        entries: Vec<Entry>,
    ) -> (Self, Vec<(usize, String)>) {
        let mut notes = Vec::new();
        let entries = entry::last_of_each(entries, &mut notes);
        let mut realms = Self { source, digest, entries, edited: false };
        let mut default: Option<RealmId> = None;
        for realm in realms.iter_mut().filter(|realm| realm.is_default()) {
            if let Some(first) = &default {
                notes.push((
                    realm.line,
                    format!("section '{}': ignore 'default', '{first}' is the default realm", realm.id()),
                ));
                realm.clear("default");
            } else {
                default = Some(realm.id().clone());
            }
        }
        for realm in realms.iter_mut().filter(|realm| realm.is_builtin()) {
            realm.settle_comment();
        }
        for kind in [RealmKind::Pve, RealmKind::Pam] {
            if realms.get(kind.as_str()).is_none() {
                realms.entries.extend(Realm::builtin(kind, Standing::Implied).map(Entry::Realm));
            }
        }
        (realms, notes)
    }

    /// The bytes the realms were read from.
    pub fn source(&self) -> &Arc<Vec<u8>> {
        &self.source
    }

    /// The digest of the file the realms were read from.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether anything was changed since the realms were read.
    pub fn is_edited(&self) -> bool {
        self.edited
    }

    /// Everything that was read and is to be written, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The realms in order.
    pub fn iter(&self) -> impl Iterator<Item = &Realm> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Realm(realm) => Some(realm),
            Entry::Inert(_) => None,
        })
    }

    fn iter_mut(&mut self) -> impl Iterator<Item = &mut Realm> {
        self.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Realm(realm) => Some(realm),
            Entry::Inert(_) => None,
        })
    }

    /// The realm called `id`.
    pub fn get(&self, id: &str) -> Option<&Realm> {
        self.iter().find(|realm| realm.id().as_str() == id)
    }

    /// The realm that is offered first at login.
    pub fn default_realm(&self) -> Option<&Realm> {
        self.iter().find(|realm| realm.is_default())
    }

    /// Adds a realm. An unreadable section of the same name, which the new realm would bring to
    /// life or be overruled by, is dropped; the sentences returned say so.
    ///
    /// A `password` among the values is checked and left out: it is not kept with the realm.
    ///
    /// # Errors
    /// [`Error::Parameters`] for bad values, [`Error::Exists`] for a name in use, and
    /// [`Error::Refused`] for a built-in kind, a property the kind does not have and a missing one.
    pub fn add(
        &mut self,
        kind: RealmKind,
        id: RealmId,
        values: Vec<(String, String)>,
    ) -> Result<Vec<String>> {
        check_values(&values)?;
        if id.as_str().chars().count() > 32 {
            return Err(Error::parameter("realm", "value may only be 32 characters long"));
        }
        if self.get(id.as_str()).is_some() {
            return Err(Error::exists(Noun::Realm, id));
        }
        if kind.is_builtin() {
            return Err(Error::refused(format!("unable to create builtin type '{kind}'")));
        }
        let (values, mut notes) = stored(kind, values)?;
        let mut realm = Realm::new(id, kind);
        realm.set_all(values);
        if let Some(name) = realm.missing() {
            return Err(Error::refused(format!("missing value for required option '{name}'")));
        }
        notes.extend(self.drop_inert(realm.id().as_str()));
        if realm.is_default() {
            self.clear_default(realm.id().clone().as_str());
        }
        let end = self.entries.iter().rposition(|entry| !entry.is_trailing()).map_or(0, |place| place + 1);
        self.entries.insert(end, Entry::Realm(realm));
        self.edited = true;
        Ok(notes)
    }

    /// Changes a realm; returns what the caller should be told, in sentences.
    ///
    /// A `password` to set or delete counts as a change and is left to the caller.
    ///
    /// # Errors
    /// [`Error::Parameters`] for bad values, [`Error::Unknown`] when there is no such realm and
    /// [`Error::Refused`] for an outdated digest, an empty request, a property the kind does not
    /// have and one it cannot do without.
    pub fn modify(&mut self, id: &RealmId, changes: RealmChanges) -> Result<Vec<String>> {
        check_values(&changes.set)?;
        check_changes(&changes)?;
        if changes.digest.as_ref().is_some_and(|digest| !digest.is_empty() && *digest != self.digest) {
            return Err(Error::refused(
                "detected modified configuration - file changed by other user? Try again.",
            ));
        }
        let old = self.get(id.as_str()).ok_or_else(|| Error::unknown(Noun::Realm, id))?;
        if changes.set.is_empty() && changes.delete.is_empty() {
            return Err(Error::refused("no options specified"));
        }
        let mut new = old.clone();
        let (values, notes) = stored(old.kind(), changes.set)?;
        for name in &changes.delete {
            new.clear(name);
        }
        new.set_all(values);
        if let Some(name) = new.missing() {
            return Err(Error::refused(format!(
                "section '{id}' - missing value for required option '{name}'"
            )));
        }
        if new.same_content(old) {
            return Ok(notes);
        }
        let newly_default = new.is_default() && !old.is_default();
        if new.standing == Standing::Removed {
            new.standing = Standing::Listed;
        }
        if let Some(place) = self.iter_mut().find(|realm| realm.id() == id) {
            *place = new;
        }
        if newly_default {
            self.clear_default(id.as_str());
        }
        self.settle_removed();
        self.edited = true;
        Ok(notes)
    }

    /// Removes a realm with everything that stood in its section; `pam` and `pve` are reset
    /// instead. Users of the realm stay. Returns what else was dropped: a section of the same name
    /// that did not count until now.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is no such realm.
    pub fn remove(&mut self, id: &RealmId) -> Result<Vec<String>> {
        if self.get(id.as_str()).is_none() {
            return Err(Error::refused(format!("authentication domain '{id}' does not exist")));
        }
        let notes = self.drop_inert(id.as_str());
        self.entries.retain(|entry| !matches!(entry, Entry::Realm(realm) if realm.id() == id));
        if let Some(kind) = RealmKind::builtin(id.as_str()) {
            self.entries.extend(Realm::builtin(kind, Standing::Removed).map(Entry::Realm));
        }
        self.settle_removed();
        self.edited = true;
        Ok(notes)
    }

    fn clear_default(&mut self, keep: &str) {
        for realm in self.iter_mut().filter(|realm| realm.is_default() && realm.id().as_str() != keep) {
            realm.clear("default");
        }
    }

    fn drop_inert(&mut self, id: &str) -> Vec<String> {
        let mut notes = Vec::new();
        self.entries.retain(|entry| match entry {
            Entry::Inert(InertBlock { id: Some(found), line, .. }) if found == id => {
                notes.push(format!("dropped the section '{id}' at line {line}, which did not count"));
                false
            }
            _ => true,
        });
        notes
    }

    fn settle_removed(&mut self) {
        self.entries.sort_by_key(|entry| match entry {
            Entry::Realm(realm) if realm.standing == Standing::Removed => {
                if realm.kind() == RealmKind::Pve {
                    1
                } else {
                    2
                }
            }
            _ => 0,
        });
    }
}

impl Default for Realms {
    /// What an empty `domains.cfg` means.
    fn default() -> Self {
        Self::assemble(Arc::default(), String::new(), Vec::new()).0
    }
}

impl PartialEq for Realms {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Realms {}

impl fmt::Debug for Realms {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}

/// Checks values before a realm is looked at: names anybody knows, values of their type.
///
/// # Errors
/// [`Error::Parameters`] with every refused value, sorted by name.
pub fn check_values(values: &[(String, String)]) -> Result<()> {
    let mut refused: Vec<Parameter> = Vec::new();
    for (name, value) in values {
        let result = Property::find(name).map_or(Err(UNKNOWN.to_owned()), |known| known.check(value));
        refused.extend(result.err().map(|message| Parameter { name: name.clone(), message }));
    }
    finish(refused)
}

fn check_changes(changes: &RealmChanges) -> Result<()> {
    let mut refused: Vec<Parameter> = Vec::new();
    for property in PROPERTIES.iter().filter(|property| property.fixed) {
        if changes.set.iter().any(|(name, _)| name == property.name) {
            refused.push(Parameter { name: property.name.to_owned(), message: UNKNOWN.to_owned() });
        }
    }
    if let Some(bad) = changes.delete.iter().find(|name| !is_configuration_id(name)) {
        let message = format!("invalid format - invalid configuration ID '{bad}'");
        refused.push(Parameter { name: "delete".to_owned(), message });
    }
    if changes.digest.as_ref().is_some_and(|digest| digest.chars().count() > 64) {
        let message = "value may only be 64 characters long".to_owned();
        refused.push(Parameter { name: "digest".to_owned(), message });
    }
    finish(refused)
}

fn finish(mut refused: Vec<Parameter>) -> Result<()> {
    if refused.is_empty() {
        return Ok(());
    }
    refused.sort_unstable();
    refused.dedup();
    Err(Error::Parameters(refused))
}

/// Splits off what is not kept with the realm and refuses what its kind does not have.
fn stored(
    kind: RealmKind,
    values: Vec<(String, String)>,
) -> Result<(BTreeMap<&'static str, String>, Vec<String>)> {
    let (mut kept, mut notes, mut unexpected) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (name, value) in values {
        let Some(property) = Property::find(&name) else {
            return Err(Error::parameter(name, UNKNOWN));
        };
        if !property.stored {
            if !property.fits(kind) {
                notes.push(format!("ignoring {name} parameter"));
            }
        } else if property.fits(kind) {
            kept.insert(property.name, stored_form(property, &value));
        } else {
            unexpected.push(property.name);
        }
    }
    match unexpected.iter().min() {
        Some(name) => Err(Error::refused(format!("unexpected property '{name}'"))),
        None => Ok((kept, notes)),
    }
}

/// A checked value of a property in the form it is stored in.
pub fn stored_form(property: &Property, value: &str) -> String {
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    if property.name == "sync-defaults-options" {
        return without_legacy(value);
    }
    property.constraint.normal(value).into_owned()
}

/// The options of a synchronisation in the form they are stored in: `full` and `purge`, the old
/// names, become `remove-vanished` unless that is given too. A text that does not parse stays.
pub fn without_legacy(text: &str) -> String {
    let Ok(mut options) = property_string::parse("sync-defaults-options", text, SYNC_KEYS) else {
        return text.to_owned();
    };
    let full = options.remove("full").filter(|value| value == "1").map(|_| "entry;properties");
    let purge = options.remove("purge").filter(|value| value == "1").map(|_| "acl");
    let vanished: Vec<&str> = full.into_iter().chain(purge).collect();
    if options.get("remove-vanished").is_none()
        && !vanished.is_empty()
        && let Some(key) = SYNC_KEYS.iter().find(|key| key.name == "remove-vanished")
    {
        options.set(key, vanished.join(";"));
    }
    options.to_string()
}

/// Takes `totp`, the word people look for, for `oath`, the word the property `tfa` stores.
pub fn friendly_tfa(text: &str) -> Cow<'_, str> {
    if !text.split(',').any(|pair| pair == "type=totp") {
        return Cow::Borrowed(text);
    }
    let pairs: Vec<&str> =
        text.split(',').map(|pair| if pair == "type=totp" { "type=oath" } else { pair }).collect();
    Cow::Owned(pairs.join(","))
}

#[cfg(test)]
mod tests;
