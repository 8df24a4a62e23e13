//! Realms as a document says. Their secrets stay.

use super::{Applied, Draft, Options};
use crate::error::{Error, Result};
use crate::format::document::{Document, RealmSettings};
use crate::model::difference;
use crate::model::id::RealmId;
use crate::model::property_string;
use crate::model::realm::property::TFA_KEYS;
use crate::model::realm::{Property, Realm, RealmChanges, RealmKind, Realms, stored_form};
use crate::model::shell::Command;
use std::collections::{BTreeMap, BTreeSet};

impl Draft<'_> {
    /// The realms in which letter case does not count.
    pub(super) fn realms_without_case(&mut self) -> Result<BTreeSet<String>> {
        let realms = self.realms()?.iter().filter(|realm| !realm.is_case_sensitive());
        Ok(realms.map(|realm| realm.id().as_str().to_owned()).collect())
    }

    pub(super) fn apply_realms(
        &mut self,
        document: &Document,
        options: Options,
        applied: &mut Applied,
    ) -> Result<()> {
        let Some(named) = &document.realms else { return Ok(()) };
        refuse_two_defaults(named)?;
        let before = self.realms()?.clone();
        let mut strangers = Vec::new();
        let realms = self.realms()?;
        for (id, said) in named {
            match realms.get(id.as_str()).cloned() {
                Some(realm) => modify(realms, &realm, said, options.prune, &mut applied.notes)?,
                None => {
                    add(realms, id, said, &mut applied.notes)?;
                    strangers.push(id.clone());
                }
            }
        }
        if options.prune {
            let gone: Vec<RealmId> = realms.iter().map(|realm| realm.id().clone()).collect();
            for id in gone {
                if !named.contains_key(&id) && RealmKind::builtin(id.as_str()).is_none() {
                    applied.notes.extend(realms.remove(&id)?);
                    strangers.push(id);
                }
            }
        }
        applied.changes.extend(difference::of_realms(&before, realms));
        // A password somebody left behind under the name is none of a new realm's.
        for id in strangers {
            self.set_bind_password(&id, None);
        }
        Ok(())
    }
}

fn refuse_two_defaults(named: &BTreeMap<RealmId, RealmSettings>) -> Result<()> {
    let mut defaults = named.iter().filter(|(_, said)| said.get("default") == Some("1")).map(|(id, _)| id);
    match (defaults.next(), defaults.next()) {
        (Some(one), Some(other)) => {
            Err(Error::refused(format!("the realms '{one}' and '{other}' are both to be the default")))
        }
        _ => Ok(()),
    }
}

fn in_realm(id: &RealmId, error: Error) -> Error {
    super::directory::in_thing("realm", id.as_str(), error)
}

fn add(realms: &mut Realms, id: &RealmId, said: &RealmSettings, notes: &mut Vec<String>) -> Result<()> {
    let Some(kind) = said.kind() else {
        return Err(Error::refused(format!("realm '{id}' is new, and has no 'type'")));
    };
    let values = said.properties().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    notes.extend(
        realms.add(RealmKind::parse(kind)?, id.clone(), values).map_err(|error| in_realm(id, error))?,
    );
    Ok(())
}

fn modify(
    realms: &mut Realms,
    realm: &Realm,
    said: &RealmSettings,
    prune: bool,
    notes: &mut Vec<String>,
) -> Result<()> {
    let id = realm.id();
    if let Some(kind) = said.kind().filter(|kind| *kind != realm.kind().as_str()) {
        return Err(Error::refused(format!("realm '{id}' is of type {}, and stays so", realm.kind()))
            .with_hint(format!(
                "to make it {kind}, delete it first: {}",
                Command::new("realm delete").about(id.as_str())
            )));
    }
    let mut changes = RealmChanges::default();
    for (name, value) in said.properties() {
        let value = wanted(realm, name, value);
        if value != realm.get(name).unwrap_or_default() {
            changes.set.push((name.to_owned(), value));
        }
    }
    for (property, _) in realm.properties().filter(|(property, _)| prune && !property.secret) {
        let name = property.name;
        if said.get(name).is_some() {
            continue;
        }
        match realm.kind().default_comment().filter(|_| name == "comment" && realm.is_builtin()) {
            Some(usual) if realm.get(name) == Some(usual) => {}
            Some(usual) => changes.set.push((name.to_owned(), usual.to_owned())),
            None => changes.delete.push(name.to_owned()),
        }
    }
    let touched = changes.set.iter().map(|(name, _)| name).chain(&changes.delete);
    let fixed = |name: &&String| Property::find(name).is_some_and(|property| property.fixed);
    if let Some(name) = touched.into_iter().find(fixed) {
        return Err(Error::refused(format!(
            "'{name}' of realm '{id}' is chosen when it is added, and stays so"
        ))
        .with_hint(format!("delete the realm first: {}", Command::new("realm delete").about(id.as_str()))));
    }
    if changes.set.is_empty() && changes.delete.is_empty() {
        return Ok(());
    }
    notes.extend(realms.modify(id, changes).map_err(|error| in_realm(id, error))?);
    Ok(())
}

/// The value in the form it is stored in; a second factor's server keeps its key.
fn wanted(realm: &Realm, name: &str, value: &str) -> String {
    let Some(property) = Property::find(name) else { return value.to_owned() };
    let kept = realm.tfa().and_then(|keys| Some((keys.get("type")?.to_owned(), keys.get("key")?.to_owned())));
    if let (Ok(mut keys), Some((kind, secret)), Some(key)) = (
        property_string::parse(name, value, TFA_KEYS),
        kept.filter(|_| name == "tfa"),
        TFA_KEYS.iter().find(|key| key.name == "key"),
    ) && keys.get("type") == Some(kind.as_str())
    {
        keys.set(key, secret);
        // Where nothing but the order differs, what stands there stays.
        return match realm.tfa() {
            Some(old) if old == keys => realm.get(name).unwrap_or_default().to_owned(),
            _ => keys.to_string(),
        };
    }
    stored_form(property, value)
}
