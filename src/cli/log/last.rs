//! The last change of one thing, for the sheets that show it.

use super::{Filter, entry};
use crate::audit::Entry;
use crate::cli::context::Context;
use crate::cli::moment;
use crate::cli::output::Record;
use crate::error::Result;
use crate::model::moment::to_rfc3339;
use crate::store::Store;
use serde_json::Value;

/// The newest entry of the journal that changed one thing; nothing where none is known.
#[derive(Default)]
pub struct LastChange(Option<Entry>);

impl LastChange {
    /// Looks for the last change of an object as the journal names it: `user joe@pve`. Who acts with somebody's rights is told
    /// nothing, because the journal is the superuser's; so is who may not read it.
    pub fn of(context: &Context, object: String) -> Self {
        if context.permit.is_some() || !context.store.journal_rules().enabled {
            return Self::default();
        }
        Self(newest(context, object).unwrap_or_default())
    }

    /// In a few words; empty when none is known.
    pub fn words(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |entry| {
            let time = moment::shown(entry.time, &moment::zone());
            let deed = entry::deed(entry);
            let deed = if deed.is_empty() { entry.kind.as_str().to_owned() } else { deed };
            format!("{time} by {}: {deed} (entry {} of the journal)", entry::who(entry), entry.number)
        })
    }

    /// For programs.
    pub fn value(&self) -> Option<Value> {
        let entry = self.0.as_ref()?;
        let record = Record::new()
            .with("number", entry.number)
            .with("time", to_rfc3339(entry.time))
            .with("kind", entry.kind.as_str())
            .with("who", entry::who(entry))
            .with_some("command", entry.command.clone());
        Some(crate::cli::entries::object(record))
    }
}

fn newest(context: &Context, object: String) -> Result<Option<Entry>> {
    let filter = Filter { object: Some(object), no_sign_ins: true, limit: 1, ..Filter::default() };
    Ok(filter.newest(&context.store.journal()?)?.pop())
}
