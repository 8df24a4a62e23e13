//! What came of a synchronisation, for people and for programs.

use super::log;
use super::run::Order;
use crate::cli::dry_run::access::{self, Row};
use crate::cli::output::Record;
use crate::realm::sync::{Applied, Fetched, Plan, Remark, Step};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// So many names, remarks or differences are shown to a person.
const SHOWN: usize = 20;

/// How many users, or groups, met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// New here.
    pub added: usize,
    /// Changed.
    pub changed: usize,
    /// As they were.
    pub unchanged: usize,
    /// Removed, as the server does not know them.
    pub removed: usize,
    /// Not known to the server, and still here.
    pub vanished: usize,
}

/// What came of one synchronisation.
#[derive(Debug, Default)]
pub struct Report {
    /// The realm.
    pub realm: String,
    /// Users; `None`: they were left alone.
    pub users: Option<Count>,
    /// Groups; `None`: they were left alone.
    pub groups: Option<Count>,
    /// Names of removed users.
    pub removed_users: Vec<String>,
    /// Names of removed groups.
    pub removed_groups: Vec<String>,
    /// What went with them: ACL entries and memberships, in words.
    pub dropped: Vec<String>,
    /// What was skipped, and other things to know.
    pub remarks: Vec<Remark>,
    /// In a dry run: who would gain and lose which privileges where.
    pub access: Vec<Row>,
    /// The original's words for it, under its name.
    pub(super) words: String,
}

fn count(steps: &[Step], vanished: usize, removes: bool) -> Count {
    let mut count = Count::default();
    for step in steps {
        match step {
            Step::Add => count.added += 1,
            Step::Skip => {}
            one if one.changes() => count.changed += 1,
            _ => count.unchanged += 1,
        }
    }
    if removes {
        count.removed = vanished;
    } else {
        count.vanished = vanished;
    }
    count
}

impl Report {
    pub(super) fn of(order: &Order, plan: &Plan, applied: &Applied, fetched: &Fetched) -> Self {
        let options = &order.options;
        let entry = options.vanished.entry;
        let names =
            |names: &mut dyn Iterator<Item = String>| if entry { names.collect() } else { Vec::new() };
        let memberships = applied.memberships.iter();
        Self {
            realm: order.realm.id().to_string(),
            users: options.scope.has_users().then(|| count(&plan.users, plan.vanished_users.len(), entry)),
            groups: options
                .scope
                .has_groups()
                .then(|| count(&plan.groups, plan.vanished_groups.len(), entry)),
            removed_users: names(&mut plan.vanished_users.iter().map(ToString::to_string)),
            removed_groups: names(&mut plan.vanished_groups.iter().map(ToString::to_string)),
            dropped: memberships
                .map(|(group, user)| format!("membership of '{user}' in '{group}'"))
                .chain(applied.entries.iter().map(|entry| format!("ACL entry {entry}")))
                .collect(),
            remarks: fetched.remarks().iter().chain(&plan.remarks).cloned().collect(),
            ..Self::default()
        }
    }

    pub(super) fn in_words(order: &Order, plan: &Plan, fetched: &Fetched) -> Self {
        Self { words: log::steps(plan, fetched, &order.options), ..Self::default() }
    }

    /// For a person.
    pub fn text(&self, dry_run: bool) -> String {
        let mut text = format!("realm {}:\n", self.realm);
        for (noun, count) in [("users", self.users), ("groups", self.groups)] {
            let Some(Count { added, changed, unchanged, removed, vanished }) = count else { continue };
            let mut line = format!(
                "  {noun}: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged"
            );
            if vanished > 0 {
                // Writing to a text cannot fail.
                let _ = write!(line, ", {vanished} gone from the server and kept");
            }
            text.push_str(&line);
            text.push('\n');
        }
        let removed: Vec<&String> = self.removed_users.iter().chain(&self.removed_groups).collect();
        let removed = removed.iter().map(|name| (*name).clone());
        list(&mut text, if dry_run { "would remove" } else { "removed" }, removed);
        list(&mut text, if dry_run { "would drop" } else { "dropped" }, self.dropped.iter().cloned());
        list(
            &mut text,
            "told",
            self.remarks.iter().map(|Remark { about, reason, .. }| format!("{about}: {reason}")),
        );
        list(&mut text, "access", access::lines(&self.access).into_iter());
        text
    }

    /// For a program.
    pub fn record(&self) -> Record {
        let count = |count: Option<Count>| {
            count.map(|Count { added, changed, unchanged, removed, vanished }| {
                json!({
                    "added": added,
                    "changed": changed,
                    "removed": removed,
                    "unchanged": unchanged,
                    "vanished": vanished,
                })
            })
        };
        let remark = |one: &Remark| json!({ "about": one.about, "reason": one.reason });
        Record::new()
            .with("realm", self.realm.as_str())
            .with_some("users", count(self.users))
            .with_some("groups", count(self.groups))
            .with("removed-users", self.removed_users.clone())
            .with("removed-groups", self.removed_groups.clone())
            .with("dropped", self.dropped.clone())
            .with("skipped", self.remarks.iter().map(remark).collect::<Vec<Value>>())
            .with("access", self.access.iter().map(Row::value).collect::<Vec<Value>>())
    }
}

/// A heading with lines below it, the first few of them.
fn list(text: &mut String, heading: &str, lines: impl ExactSizeIterator<Item = String>) {
    let all = lines.len();
    if all == 0 {
        return;
    }
    text.push_str(&format!("  {heading}:\n"));
    for line in lines.take(SHOWN) {
        // A name of the server's must not pass for lines of ours.
        text.push_str(&format!("    {}\n", line.replace('\n', "\\n")));
    }
    if all > SHOWN {
        text.push_str(&format!("    and {} more; --output-format json shows all\n", all - SHOWN));
    }
}
