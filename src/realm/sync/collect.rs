//! Folding the entries of a directory server into users and groups, as they come.

use super::dn_key::push_key;
use super::fetched::{Fetched, GroupRow, Remark, Span, UserRow};
use super::names::{Kind, Names};
use super::options::Options;
use crate::error::{Error, Result};
use crate::model::constraint::list_items;
use crate::model::id::{GroupId, RealmId, UserId};
use crate::model::realm::{Realm, RealmKind};
use crate::model::sync::NameCase;
use crate::realm::ldap::{Entry, dn, user_attribute};
use crate::realm::user_property::{PROPERTIES, Property};
use std::collections::HashSet;

/// A group while groups still come.
struct Gathered {
    id: Span,
    /// Its DN as the server writes it.
    dn: Span,
    members: Vec<u32>,
    /// Keys of members that are no users, as long as they may be groups.
    others: Vec<Span>,
}

/// Takes users first, then groups, and becomes a [`Fetched`].
pub struct Collector {
    realm: RealmId,
    name_attribute: String,
    /// Which attribute is which property.
    attributes: Vec<(String, Option<Property>)>,
    group_name_attribute: Option<String>,
    name_case: NameCase,
    member_uid: bool,
    nested: bool,
    fetched: Fetched,
    /// DNs of users and groups, and names of users.
    names: Names,
    groups: Vec<Gathered>,
    group_names: HashSet<String>,
    scratch: String,
}

impl Collector {
    /// Ready for the users of `realm`.
    pub fn new(realm: &Realm, options: &Options) -> Self {
        let mut collector = Self {
            realm: realm.id().clone(),
            name_attribute: user_attribute(realm).to_owned(),
            attributes: Vec::new(),
            group_name_attribute: realm.get("group_name_attr").map(str::to_owned),
            name_case: options.name_case,
            member_uid: options.member_uid,
            nested: options.nested && realm.kind() != RealmKind::Ad,
            fetched: Fetched::default(),
            names: Names::default(),
            groups: Vec::new(),
            group_names: HashSet::new(),
            scratch: String::new(),
        };
        for property in Property::ALL {
            collector.map(property.name(), Some(property));
        }
        for pair in list_items(realm.get("sync_attributes").unwrap_or_default()) {
            let Some((ours, theirs)) = pair.split_once('=') else { continue };
            match Property::find(ours) {
                None if ours != "username" => {
                    let words = format!(
                        "skipping bad 'sync_attributes' entry – '{ours}' is not a valid target attribute"
                    );
                    collector.remark("sync_attributes", &format!("'{ours}' is no property"), Some(words));
                }
                property => collector.map(theirs, property),
            }
        }
        collector
    }

    /// The last word about an attribute counts.
    fn map(&mut self, attribute: &str, property: Option<Property>) {
        self.attributes.retain(|(known, _)| !known.eq_ignore_ascii_case(attribute));
        self.attributes.push((attribute.to_owned(), property));
    }

    /// How many users were taken.
    pub fn users(&self) -> usize {
        self.fetched.users.len()
    }

    /// How many groups were taken.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The DNs of the groups that were taken, as the server writes them.
    pub fn group_dns(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().filter_map(|group| self.fetched.text(group.dn))
    }

    fn remark(&mut self, about: &str, reason: &str, original: Option<String>) {
        self.fetched.remarks.push(Remark { about: about.to_owned(), reason: reason.to_owned(), original });
    }

    fn store(&mut self, text: &str) -> Result<Span> {
        let start = u32::try_from(self.fetched.text.len()).ok();
        let span = start.zip(u32::try_from(text.len()).ok()).filter(|(start, _)| *start < u32::MAX);
        let Some((start, length)) = span else {
            return Err(Error::refused("the server says more than fits into the memory of one run"));
        };
        self.fetched.text.push_str(text);
        Ok(Span { start, length })
    }

    /// The key of a DN, in a buffer that is to be given back.
    fn key(&mut self, dn: &str) -> String {
        let mut key = std::mem::take(&mut self.scratch);
        key.clear();
        push_key(dn, &mut key);
        key
    }

    fn spelt(&self, name: &str) -> String {
        match self.name_case {
            NameCase::Keep => name.to_owned(),
            NameCase::Lower => name.to_lowercase(),
        }
    }

    /// Takes a user. One whose name cannot be a user's here is skipped with a remark.
    ///
    /// # Errors
    /// [`Error::Refused`] when the answer is beyond all measure.
    pub fn user(&mut self, entry: &Entry) -> Result<()> {
        let Some(raw) = entry.values(&self.name_attribute).first() else {
            let reason = format!("skipped: it has no attribute '{}'", self.name_attribute);
            let words = format!("value '@{}' does not look like a valid user name", self.realm);
            self.remark(&entry.dn, &reason, Some(words));
            return Ok(());
        };
        let Ok(name) = std::str::from_utf8(raw) else {
            let shown = String::from_utf8_lossy(raw).into_owned();
            let words = format!("value '{shown}@{}' does not look like a valid user name", self.realm);
            self.remark(&entry.dn, "skipped: its name is not UTF-8", Some(words));
            return Ok(());
        };
        let id = format!("{}@{}", self.spelt(name), self.realm);
        if let Err(error) = UserId::parse(&id) {
            self.remark(&entry.dn, &format!("skipped: {error}"), Some(error.to_string()));
            return Ok(());
        }
        let place = match self.names.find(Kind::User, &id, &self.fetched.text) {
            None => {
                let span = self.store(&id)?;
                let place = self.next_user()?;
                self.fetched.users.push(UserRow { id: span, properties: [Span::NONE; PROPERTIES] });
                self.names.put(Kind::User, span, place, &self.fetched.text);
                place
            }
            Some(_) if self.name_case == NameCase::Lower => {
                self.remark(&entry.dn, &format!("skipped: '{id}' is the name of another entry"), None);
                return Ok(());
            }
            Some(place) => {
                let reason = format!("'{id}' is the name of another entry, too: taken together");
                self.remark(&entry.dn, &reason, None);
                place
            }
        };
        self.properties(entry, &id, place)?;
        let key = self.key(&entry.dn);
        let span = self.store(&key)?;
        self.scratch = key;
        self.names.put(Kind::UserDn, span, place, &self.fetched.text);
        Ok(())
    }

    fn next_user(&self) -> Result<u32> {
        u32::try_from(self.fetched.users.len()).map_err(|_| Error::refused("the server has too many users"))
    }

    fn properties(&mut self, entry: &Entry, id: &str, place: u32) -> Result<()> {
        let attributes = std::mem::take(&mut self.attributes);
        for (attribute, property) in &attributes {
            let (Some(property), Some(raw)) = (property, entry.values(attribute).first()) else { continue };
            match checked(*property, raw) {
                Ok(value) => {
                    let span = self.store(value)?;
                    let row = self.fetched.users.get_mut(place as usize);
                    if let Some(slot) = row.and_then(|row| row.properties.get_mut(property.place())) {
                        *slot = span;
                    }
                }
                Err(message) => {
                    let ours = property.name();
                    let shown = String::from_utf8_lossy(raw).into_owned();
                    let mut words = format!(
                        "skipping attribute mapping '{attribute}'->'{ours}' for user '{id}' - \
                         400 invalid value '{shown}'\n_root: {message}\n"
                    );
                    if message.starts_with("invalid format") {
                        words.push('\n');
                    }
                    let reason = format!("'{attribute}' of user '{id}' is not taken for {ours}: {message}");
                    self.remark(&entry.dn, &reason, Some(words));
                }
            }
        }
        self.attributes = attributes;
        Ok(())
    }

    /// Takes a group. One whose name cannot be a group's here is skipped with a remark; members that
    /// are not among the users are left out.
    ///
    /// # Errors
    /// [`Error::Refused`] when the answer is beyond all measure.
    pub fn group(&mut self, entry: &Entry) -> Result<()> {
        let named = self.group_name_attribute.as_ref().and_then(|name| entry.values(name).first());
        let name = match named {
            Some(raw) => String::from_utf8_lossy(raw).into_owned(),
            None => dn::first_value(&entry.dn).unwrap_or_default().to_owned(),
        };
        let id = format!("{}-{}", self.spelt(&name), self.realm);
        if let Err(error) = GroupId::parse(&id) {
            self.remark(&entry.dn, &format!("skipped: {error}"), Some(error.to_string()));
            return Ok(());
        }
        if !self.group_names.insert(id.clone()) {
            self.remark(&entry.dn, &format!("skipped: '{id}' is the name of another entry"), None);
            return Ok(());
        }
        let (span, dn) = (self.store(&id)?, self.store(&entry.dn)?);
        let mut gathered = Gathered { id: span, dn, members: Vec::new(), others: Vec::new() };
        let mut values = entry.values("member");
        if values.is_empty() {
            values = entry.values("uniqueMember");
        }
        for raw in values {
            let Ok(member) = std::str::from_utf8(raw) else { continue };
            let key = self.key(member);
            match self.names.find(Kind::UserDn, &key, &self.fetched.text) {
                Some(place) => gathered.members.push(place),
                None if self.nested => gathered.others.push(self.store(&key)?),
                None => {}
            }
            self.scratch = key;
        }
        if self.member_uid {
            for raw in entry.values("memberUid") {
                let Ok(member) = std::str::from_utf8(raw) else { continue };
                let id = format!("{}@{}", self.spelt(member), self.realm);
                gathered.members.extend(self.names.find(Kind::User, &id, &self.fetched.text));
            }
        }
        if self.nested {
            let key = self.key(&entry.dn);
            let span = self.store(&key)?;
            self.scratch = key;
            let place = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
            self.names.put(Kind::GroupDn, span, place, &self.fetched.text);
        }
        self.groups.push(gathered);
        Ok(())
    }

    /// Adds the user called `member` (a DN) to the group number `group`; one nobody knows is left out.
    pub fn member(&mut self, group: usize, member: &str) {
        let key = self.key(member);
        let place = self.names.find(Kind::UserDn, &key, &self.fetched.text);
        self.scratch = key;
        if let Some(group) = self.groups.get_mut(group) {
            group.members.extend(place);
        }
    }

    /// Everything that was taken, members of groups in groups followed, sorted.
    pub fn finish(mut self) -> Fetched {
        let mut fetched = std::mem::take(&mut self.fetched);
        let name = |span: Span, fetched: &Fetched| fetched.text(span).unwrap_or_default().to_owned();
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_cached_key(|place| self.groups.get(*place).map(|group| name(group.id, &fetched)));
        for place in order {
            let start = fetched.members.len();
            if self.nested {
                let members = self.all_members(place, &fetched.text);
                fetched.members.extend(members);
            } else if let Some(group) = self.groups.get_mut(place) {
                fetched.members.append(&mut group.members);
            }
            if let Some(group) = self.groups.get(place) {
                fetched.groups.push(GroupRow { id: group.id, members: start..fetched.members.len() });
            }
        }
        sort_users(&mut fetched);
        fetched
    }

    /// The members of a group and of the groups in it; a group that leads back to itself is met once.
    fn all_members(&self, start: usize, text: &str) -> Vec<u32> {
        let (mut met, mut next, mut members) = (HashSet::from([start]), vec![start], Vec::new());
        while let Some(group) = next.pop().and_then(|place| self.groups.get(place)) {
            members.extend(&group.members);
            for key in &group.others {
                let from = key.start as usize;
                let key = text.get(from..from.saturating_add(key.length as usize)).unwrap_or_default();
                let inner = self.names.find(Kind::GroupDn, key, text).map(|place| place as usize);
                next.extend(inner.filter(|place| met.insert(*place)));
            }
        }
        members.sort_unstable();
        members.dedup();
        members
    }
}

/// Puts users in the order of their names; members follow.
fn sort_users(fetched: &mut Fetched) {
    let mut order: Vec<u32> = (0..u32::try_from(fetched.users.len()).unwrap_or(u32::MAX)).collect();
    order.sort_unstable_by_key(|place| {
        fetched.users.get(*place as usize).and_then(|row| fetched.text(row.id)).unwrap_or_default()
    });
    let mut moved = vec![0; order.len()];
    for (new, old) in (0..).zip(&order) {
        if let Some(slot) = moved.get_mut(*old as usize) {
            *slot = new;
        }
    }
    fetched.users = order.iter().filter_map(|old| fetched.users.get(*old as usize)).copied().collect();
    for member in &mut fetched.members {
        *member = moved.get(*member as usize).copied().unwrap_or(u32::MAX);
    }
}

/// A value as text, if it may be one of the property.
fn checked(property: Property, raw: &[u8]) -> std::result::Result<&str, String> {
    let value = std::str::from_utf8(raw).map_err(|_| "value is not UTF-8".to_owned())?;
    property.check(value)?;
    Ok(value)
}
