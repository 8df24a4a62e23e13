//! What a document changes, in words and as data.

use crate::cli::context::Context;
use crate::cli::dry_run;
use crate::cli::dry_run::access;
use crate::cli::output::{Answer, Record, printable};
use crate::cli::values::Values;
use crate::model::difference::{Action, Change, Detail};
use crate::model::realm::RealmKind;
use crate::store::apply::Applied;
use serde_json::{Value, json};

/// So many users or tokens without a secret are named.
const NAMED: usize = 10;

/// What was done, or would be.
pub(super) struct Report {
    done: Applied,
    differences: Vec<(String, String)>,
    access: Vec<access::Row>,
}

impl Report {
    /// What was done.
    pub(super) fn of(done: Applied) -> Self {
        Self { done, differences: Vec::new(), access: Vec::new() }
    }

    /// What would be done, with the difference in access, and that of the files where it is asked for.
    pub(super) fn of_dry_run(context: &Context, done: Applied, values: &Values) -> Self {
        let wants_files = values.is_on("diff") || !values.for_people();
        let differences = if wants_files { dry_run::differences(context) } else { Vec::new() };
        Self { done, differences, access: dry_run::access_rows(context) }
    }

    /// The answer of `plan`.
    pub(super) fn planned(&self, values: &Values) -> Answer {
        if !values.for_people() {
            let differences = self.differences.iter();
            let files = differences.map(|(file, text)| json!({ "file": file, "difference": text }));
            let access: Vec<Value> = self.access.iter().map(access::Row::value).collect();
            let record = Record::new()
                .with("changes", changes(&self.done.changes))
                .with("files", files.collect::<Vec<_>>())
                .with("access", access);
            return Answer::Object { columns: &[], record };
        }
        if self.done.changes.is_empty() {
            return Answer::Text("nothing to do: the directory is what the document says\n".into());
        }
        let mut text = lines(&self.done.changes);
        if values.is_on("diff") {
            text.push('\n');
            self.differences.iter().for_each(|(_, difference)| text.push_str(difference));
        }
        if !self.access.is_empty() {
            text.push_str(&format!("\nWho gains (+) and loses (-) what:\n{}", access::text(&self.access)));
        }
        text.push_str(&format!("\n{}", count(&self.done.changes, ["to add", "to change", "to remove"])));
        Answer::Text(text)
    }

    /// The answer of `apply`.
    pub(super) fn applied(&self, values: &Values) -> Answer {
        let new = self.done.new_users.iter().filter(|id| id.realm() == RealmKind::Pve.as_str());
        let users: Vec<String> = new.map(ToString::to_string).collect();
        let tokens: Vec<String> = self.done.new_tokens.iter().map(ToString::to_string).collect();
        if !values.for_people() {
            let record = Record::new()
                .with("changes", changes(&self.done.changes))
                .with("without-password", users)
                .with("without-secret", tokens);
            return Answer::Object { columns: &[], record };
        }
        if self.done.changes.is_empty() {
            return Answer::Text("nothing to do: the directory is what the document says\n".into());
        }
        let mut text = lines(&self.done.changes);
        text.push_str(&format!("\n{}", count(&self.done.changes, ["added", "changed", "removed"])));
        text.push_str(&missing("no password yet", "usher passwd USER", &users));
        text.push_str(&missing("no secret yet", "usher token modify USER TOKEN --regenerate", &tokens));
        Answer::Text(text)
    }
}

/// What still has to be done by hand for whom.
fn missing(what: &str, command: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let named: Vec<String> = names.iter().take(NAMED).map(|name| printable(name).into_owned()).collect();
    let more = match names.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!(" and {more} more"),
        None => String::new(),
    };
    format!("{what}: {}{more}\n  ({command})\n", named.join(", "))
}

/// One line for each change.
pub(in crate::cli) fn lines(changes: &[Change]) -> String {
    changes.iter().map(|change| format!("{}\n", printable(&change.to_string()))).collect()
}

/// `2 to add, 1 to change, 0 to remove`, with these words.
pub(in crate::cli) fn count(changes: &[Change], words: [&str; 3]) -> String {
    let actions = [Action::Add, Action::Change, Action::Remove];
    let of = |action: Action| changes.iter().filter(|change| change.action == action).count();
    let parts = actions.iter().zip(words).map(|(action, word)| format!("{} {word}", of(*action)));
    format!("{}\n", parts.collect::<Vec<_>>().join(", "))
}

/// The changes for a program.
pub(in crate::cli) fn changes(changes: &[Change]) -> Vec<Value> {
    let one = |change: &Change| {
        let (mut fields, mut gains, mut loses) = (Vec::new(), Vec::new(), Vec::new());
        for detail in &change.details {
            match detail {
                Detail::Field { name, before, after } => {
                    fields.push(json!({ "name": name, "before": before, "after": after }));
                }
                Detail::Gains(name) => gains.push(name),
                Detail::Loses(name) => loses.push(name),
            }
        }
        json!({
            "action": change.action.word(),
            "kind": change.sort.word().to_lowercase().replace(' ', "-"),
            "name": change.name,
            "fields": fields,
            "gains": gains,
            "loses": loses,
        })
    };
    changes.iter().map(one).collect()
}
