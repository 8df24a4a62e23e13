//! One entry, for people and for programs.

use crate::audit::{Edit, Entry, FileEntry};
use crate::cli::moment;
use crate::cli::output::Record;
use crate::model::moment::to_rfc3339;
use serde_json::Value;

/// How many objects are named before the others are only counted.
const NAMED: usize = 20;

/// Who did it, in a few words.
pub(super) fn who(entry: &Entry) -> String {
    let who = &entry.who;
    let mut words = who.user.clone().unwrap_or_else(|| "somebody".to_owned());
    if let Some(login) =
        who.sudo.as_ref().or(who.login.as_ref()).filter(|login| Some(*login) != who.user.as_ref())
    {
        words.push_str(&format!(" ({login})"));
    }
    if let Some(acting) = who.token.as_ref().or(who.principal.as_ref()) {
        words.push_str(&format!(" as {acting}"));
    }
    words
}

/// What sort of thing happened, and to which entry: `undo 4`.
fn kind(entry: &Entry) -> String {
    let of = entry.of.map(|of| format!(" {of}")).unwrap_or_default();
    format!("{}{of}", entry.kind.as_str())
}

/// What was done, in a few words.
pub(super) fn deed(entry: &Entry) -> String {
    if let Some(sign_in) = &entry.sign_in {
        let reason = sign_in.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        return format!("{} {}{reason}", sign_in.user, sign_in.outcome);
    }
    entry.command.clone().unwrap_or_default()
}

fn objects(entry: &Entry) -> String {
    let named = entry.objects.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match entry.objects.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{named} and {more} more"),
        None => named,
    }
}

/// The entry as a row of a table.
pub(super) fn row(entry: &Entry) -> Record {
    Record::new()
        .with("number", entry.number)
        .with("time", moment::shown(entry.time, &moment::zone()))
        .with("kind", kind(entry))
        .with("who", who(entry))
        .with("command", deed(entry))
        .with("objects", objects(entry))
}

/// The entry as a row of a table that is written on.
pub(super) fn line(entry: &Entry) -> String {
    let time = moment::shown(entry.time, &moment::zone());
    let parts = [time, kind(entry), who(entry), deed(entry)];
    format!("{} {}", entry.number, parts.join("  "))
}

/// The entry with every field it has; what changed in the files only with `diff`.
pub(super) fn record(entry: &Entry, diff: bool) -> Record {
    let mut entry = entry.clone();
    for file in entry.files.iter_mut().filter(|_| !diff) {
        (file.edits, file.content) = (None, None);
    }
    let mut record = Record::new();
    if let Ok(Value::Object(fields)) = serde_json::to_value(&entry) {
        fields.into_iter().for_each(|(name, value)| record.set(name, value));
    }
    record
}

/// Everything about the entry.
pub(super) fn in_words(entry: &Entry) -> String {
    let of = match (entry.kind.as_str(), entry.of) {
        ("undo", Some(of)) => format!(", takes back entry {of}"),
        (_, Some(of)) => format!(", the state after entry {of}"),
        _ => String::new(),
    };
    let mut text =
        format!("entry {}, {} ({}{of})\n", entry.number, to_rfc3339(entry.time), entry.kind.as_str());
    let mut say = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("{name:9} {value}\n"));
        }
    };
    say("who:", &who(entry));
    say("from:", entry.from.as_deref().unwrap_or_default());
    say(if entry.sign_in.is_some() { "sign-in:" } else { "command:" }, &deed(entry));
    say("objects:", &objects(entry));
    for file in &entry.files {
        text.push_str(&file_in_words(file));
    }
    if !entry.seen.is_empty() {
        let names: Vec<&str> = entry.seen.iter().map(|seen| seen.name.as_str()).collect();
        text.push_str(&format!("there before the journal began: {}\n", names.join(", ")));
    }
    text
}

fn file_in_words(file: &FileEntry) -> String {
    let fate = match (&file.before, &file.after) {
        (None, _) => " (new)",
        (_, None) => " (removed)",
        _ => "",
    };
    let mut text = format!("{}{fate}\n", file.name);
    for edit in file.edits.iter().flatten() {
        text.push_str(&edit_in_words(edit));
    }
    text.push_str(match (file.secret, file.edits.is_some(), file.kept) {
        (true, _, true) => "  (secrets are left out; they are kept for undo)\n",
        (true, _, false) => "  (secrets are left out, and not kept)\n",
        (false, false, _) if file.content.is_some() => "  (taken note of as a whole)\n",
        _ => "",
    });
    text
}

/// Lines that changed, the way differences of files are usually shown.
fn edit_in_words(edit: &Edit) -> String {
    let lines = |sign: char, text: &[u8]| -> String {
        String::from_utf8_lossy(text).lines().map(|line| format!("{sign}{line}\n")).collect()
    };
    format!("@@ line {} @@\n{}{}", edit.line, lines('-', &edit.removed.0), lines('+', &edit.added.0))
}
