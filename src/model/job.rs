//! Jobs that synchronise realms by a schedule: what they are made of and the rules of changing them.

pub mod run;
mod setting;

pub use run::{Here, Outcome, RunState, Turn};
pub use setting::{PROPERTIES, Property, Setting};

use crate::error::{Error, Noun, Result};
use crate::model::calendar::CalendarEvent;
use crate::model::id::{JobId, RealmId};
use crate::model::realm::{InertLine, Realms};
use crate::model::sync::{Scope, Vanished, Wishes};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// The kind of section such a job is.
pub const KIND: &str = "realm-sync";

/// A job that synchronises a realm.
#[derive(Clone, Debug)]
pub struct SyncJob {
    id: JobId,
    realm: RealmId,
    schedule: CalendarEvent,
    scope: Scope,
    vanished: Option<Vanished>,
    enable_new: Option<bool>,
    enabled: Option<bool>,
    comment: Option<String>,
    /// Where its section stands in the source.
    pub span: Range<usize>,
    /// Whether the section may be copied as it stands; if not, it has to be written anew.
    pub clean: bool,
    /// The line of its header, counted from 1; 0 when it was not read.
    pub line: usize,
    /// What stands in its section and does not count.
    pub inert: Vec<InertLine>,
}

impl SyncJob {
    /// A job with these settings, of which later ones overrule earlier ones.
    ///
    /// # Errors
    /// The name of the first setting no job can do without that is missing.
    pub fn new(id: JobId, settings: Vec<Setting>) -> std::result::Result<Self, &'static str> {
        let (mut realm, mut schedule, mut scope, mut rest) = (None, None, None, Vec::new());
        for setting in settings {
            match setting {
                Setting::Realm(given) => realm = Some(given),
                Setting::Schedule(given) => schedule = Some(given),
                Setting::Scope(given) => scope = Some(given),
                other => rest.push(other),
            }
        }
        let mut job = Self {
            id,
            realm: realm.ok_or("realm")?,
            schedule: schedule.ok_or("schedule")?,
            scope: scope.ok_or("scope")?,
            vanished: None,
            enable_new: None,
            enabled: None,
            comment: None,
            span: 0..0,
            clean: false,
            line: 0,
            inert: Vec::new(),
        };
        rest.into_iter().for_each(|setting| job.set(setting));
        Ok(job)
    }

    /// The name.
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// The realm it synchronises.
    pub fn realm(&self) -> &RealmId {
        &self.realm
    }

    /// When it runs.
    pub fn schedule(&self) -> &CalendarEvent {
        &self.schedule
    }

    /// What it asks of a synchronisation; what it does not say is left to the realm.
    pub fn wishes(&self) -> Wishes {
        Wishes {
            scope: Some(self.scope),
            vanished: self.vanished.clone(),
            enable_new: self.enable_new,
            ..Wishes::default()
        }
    }

    /// Whether it runs at all.
    pub fn is_enabled(&self) -> bool {
        self.enabled != Some(false)
    }

    /// The free text about it.
    pub fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }

    /// Names and values in the order they are written.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        PROPERTIES.iter().filter_map(|property| Some((property.name, self.get(property.name)?)))
    }

    /// The value of a property as it is stored.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let flag = |on: bool| Cow::Borrowed(if on { "1" } else { "0" });
        match name {
            "comment" => self.comment().map(Cow::Borrowed),
            "realm" => Some(Cow::Borrowed(self.realm.as_str())),
            "schedule" => Some(Cow::Borrowed(self.schedule.as_str())),
            "scope" => Some(Cow::Borrowed(self.scope.word())),
            "remove-vanished" => self.vanished.as_ref().map(|words| Cow::Owned(words.to_string())),
            "enable-new" => self.enable_new.map(flag),
            "enabled" => self.enabled.map(flag),
            _ => None,
        }
    }

    fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Realm(realm) => self.realm = realm,
            Setting::Schedule(schedule) => self.schedule = schedule,
            Setting::Scope(scope) => self.scope = scope,
            Setting::RemoveVanished(words) => self.vanished = Some(words),
            Setting::EnableNew(on) => self.enable_new = Some(on),
            Setting::Enabled(on) => self.enabled = Some(on),
            Setting::Comment(text) => self.comment = Some(text).filter(|text| !text.is_empty()),
        }
    }

    fn clear(&mut self, name: &str) {
        match name {
            "comment" => self.comment = None,
            "remove-vanished" => self.vanished = None,
            "enable-new" => self.enable_new = None,
            "enabled" => self.enabled = None,
            _ => {}
        }
    }
}

impl PartialEq for SyncJob {
    /// Compares names and settings; where they were read does not count.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.values().eq(other.values())
    }
}

impl Eq for SyncJob {}

/// Something that stands in `jobs.cfg`.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A job that synchronises a realm.
    Job(SyncJob),
    /// Text that means nothing to usher and is kept: jobs of other kinds, comments, broken sections.
    Other(Block),
}

/// Lines outside of the sections that count.
#[derive(Clone, Debug)]
pub struct Block {
    /// Where in the source.
    pub span: Range<usize>,
    /// First line, counted from 1.
    pub line: usize,
    /// The name of the section, if it looks like one.
    pub id: Option<String>,
    /// Whether it is a job of another kind, which is none of our business.
    pub foreign: bool,
}

/// What to change in a job.
#[derive(Clone, Debug, Default)]
pub struct JobChanges {
    /// Settings to make.
    pub set: Vec<Setting>,
    /// Names of settings to clear first.
    pub delete: Vec<String>,
}

/// All jobs in the order of `jobs.cfg`. Two are equal when they have the same jobs in the same order.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    source: Arc<Vec<u8>>,
    entries: Vec<Entry>,
    edited: bool,
}

impl Jobs {
    /// Puts together what was read from `source`. Of several sections with one name, of whatever
    /// kind, the last counts; also tells, with the line, what did not count.
    pub fn assemble(source: Arc<Vec<u8>>, entries: Vec<Entry>) -> (Self, Vec<(usize, String)>) {
        let (mut seen, mut notes) = (HashSet::new(), Vec::new());
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        for entry in entries.into_iter().rev() {
            kept.push(match entry {
                Entry::Job(job) if !seen.insert(job.id.as_str().to_owned()) => {
                    let message = format!("skip section '{}': the name comes again further down", job.id);
                    notes.push((job.line, message));
                    let id = Some(job.id.as_str().to_owned());
                    Entry::Other(Block { span: job.span, line: job.line, id, foreign: false })
                }
                Entry::Other(Block { id: Some(id), foreign: true, span, line }) => {
                    seen.insert(id.clone());
                    Entry::Other(Block { id: Some(id), foreign: true, span, line })
                }
                other => other,
            });
        }
        kept.reverse();
        (Self { source, entries: kept, edited: false }, notes)
    }

    /// The bytes the jobs were read from.
    pub fn source(&self) -> &Arc<Vec<u8>> {
        &self.source
    }

    /// Whether anything was changed since the jobs were read.
    pub fn is_edited(&self) -> bool {
        self.edited
    }

    /// Everything that was read and is to be written, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The jobs in order.
    pub fn iter(&self) -> impl Iterator<Item = &SyncJob> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Job(job) => Some(job),
            Entry::Other(_) => None,
        })
    }

    /// The job called `id`.
    ///
    /// # Errors
    /// [`Error::Unknown`] when there is none; [`Error::Refused`] when it is of another kind, or its
    /// section is broken.
    pub fn get(&self, id: &JobId) -> Result<&SyncJob> {
        if let Some(job) = self.iter().find(|job| job.id == *id) {
            return Ok(job);
        }
        match self.other(id) {
            Some(block) if block.foreign => {
                Err(Error::refused(format!("no such {KIND} job: '{id}' is of another kind")))
            }
            Some(block) => Err(Error::refused(format!("no such {KIND} job: the section '{id}' is broken"))
                .with_hint(format!("repair it by hand; it begins at line {} of jobs.cfg", block.line))),
            None => Err(Error::unknown(Noun::Job, id)),
        }
    }

    fn other(&self, id: &JobId) -> Option<&Block> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Other(block) if block.id.as_deref() == Some(id.as_str()) => Some(block),
            _ => None,
        })
    }

    /// Adds a job.
    ///
    /// # Errors
    /// [`Error::Exists`] when the name is in use, also by a job of another kind;
    /// [`Error::Refused`] when a setting is missing or the realm cannot be synchronised.
    pub fn add(&mut self, id: JobId, settings: Vec<Setting>, realms: &Realms) -> Result<()> {
        if let Some(block) = self.other(&id).filter(|block| !block.foreign) {
            let error = Error::refused(format!("Job '{id}' already exists: its section is broken"));
            return Err(error.with_hint(format!(
                "repair or remove it by hand; it begins at line {} of jobs.cfg",
                block.line
            )));
        }
        if self.iter().any(|job| job.id == id) || self.other(&id).is_some() {
            return Err(Error::exists(Noun::Job, id));
        }
        let job = SyncJob::new(id, settings)
            .map_err(|name| Error::refused(format!("missing value for required option '{name}'")))?;
        check_realm(&job.realm, realms)?;
        self.entries.push(Entry::Job(job));
        self.edited = true;
        Ok(())
    }

    /// Changes a job. Tells whether it now counts anew: its schedule is another one, or it was not
    /// enabled and is.
    ///
    /// # Errors
    /// Those of [`Jobs::get`]; [`Error::Refused`] for an empty request, another realm, an option
    /// that does not exist or that the job cannot do without.
    pub fn modify(&mut self, id: &JobId, changes: JobChanges) -> Result<bool> {
        let old = self.get(id)?;
        if changes.set.is_empty() && changes.delete.is_empty() {
            return Err(Error::refused("no job options specified"));
        }
        let mut new = old.clone();
        for name in &changes.delete {
            let property = PROPERTIES.iter().find(|property| property.name == name);
            let property = property.ok_or_else(|| Error::refused(format!("unknown option '{name}'")))?;
            if property.required {
                return Err(Error::refused(format!("unable to delete required option '{name}'")));
            }
            if changes.set.iter().any(|setting| setting.name() == name) {
                let message = format!("cannot set and delete property '{name}' at the same time!");
                return Err(Error::refused(message));
            }
            new.clear(name);
            // A line of that name that did not count must not come to life.
            new.inert.retain(|line| line.key.as_deref() != Some(property.name));
        }
        for setting in changes.set {
            if matches!(&setting, Setting::Realm(realm) if *realm != new.realm) {
                return Err(Error::refused(format!("the realm of job '{id}' is fixed"))
                    .with_hint("delete the job and add it again for the other realm"));
            }
            new.inert.retain(|line| line.key.as_deref() != Some(setting.name()));
            new.set(setting);
        }
        if new == *old && new.inert.len() == old.inert.len() {
            return Ok(false);
        }
        let anew = new.schedule != old.schedule || (new.is_enabled() && !old.is_enabled());
        new.clean = false;
        for entry in &mut self.entries {
            if let Entry::Job(job) = entry
                && job.id == *id
            {
                *job = new.clone();
            }
        }
        self.edited = true;
        Ok(anew)
    }

    /// Removes a job and what stood in its section, and earlier sections of that name, which would
    /// come to life.
    ///
    /// # Errors
    /// Those of [`Jobs::get`].
    pub fn remove(&mut self, id: &JobId) -> Result<()> {
        self.get(id)?;
        self.entries.retain(|entry| match entry {
            Entry::Job(job) => job.id != *id,
            Entry::Other(block) => block.foreign || block.id.as_deref() != Some(id.as_str()),
        });
        self.edited = true;
        Ok(())
    }
}

impl PartialEq for Jobs {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Jobs {}

/// Refuses a realm that is not there or has no directory to synchronise with.
fn check_realm(id: &RealmId, realms: &Realms) -> Result<()> {
    let Some(realm) = realms.get(id.as_str()) else {
        return Err(
            Error::refused(format!("realm: No such realm '{id}'")).with_hint("'realm list' shows them")
        );
    };
    if !realm.kind().has_server() {
        return Err(Error::refused("realm: Only LDAP/AD realms can be synced."));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
