//! What a change would do, without doing it: to the files, and to who may do what.

pub mod access;
pub mod files;

use super::context::Context;
use super::moment;
use super::output::{Answer, Format, Record, Style};
use super::terminal::Output;
use crate::error::Result;
use crate::format::{USER_CFG, user_cfg};
use crate::store::change::FileChange;
use serde_json::{Value, json};
use std::io::Write;
use std::slice::from_ref;
use std::sync::Arc;

/// Says what the changes of a command would come to. A command that has an answer for this case tells of
/// access itself.
///
/// # Errors
/// Those of writing.
pub fn tell<W: Write>(
    context: &Context,
    answer: &Answer,
    style: &Style,
    output: &mut Output<W>,
) -> Result<()> {
    if style.format == Format::Text {
        let mut text = difference(context, &context.would_change);
        if !context.answers_dry_run {
            let access = access::text(&access_rows(context));
            if !access.is_empty() {
                text.push_str(&format!("\n{access}"));
            }
        }
        output.write(|out| out.write_all(text.as_bytes()))?;
    } else if !context.answers_dry_run {
        return output.answer(&Answer::Object { columns: &[], record: record(context) }, style);
    }
    if context.answers_dry_run { output.answer(answer, style) } else { Ok(()) }
}

/// The difference of files. The lines around a change, and what stands beside it in the same line, are not for
/// everybody: who acts with rights of its own is told which files change.
fn difference(context: &Context, changed: &[FileChange]) -> String {
    match &context.permit {
        None => files::difference(changed),
        Some(_) => files::names(changed),
    }
}

fn record(context: &Context) -> Record {
    let file =
        |file| -> Value { json!({ "difference": difference(context, from_ref(file)), "file": file.name }) };
    let files: Vec<Value> = context.would_change.iter().map(file).collect();
    let access: Vec<Value> = access_rows(context).iter().map(access::Row::value).collect();
    Record::new().with("files", files).with("access", access)
}

/// Each file that would change, and its difference.
pub fn differences(context: &Context) -> Vec<(String, String)> {
    let file = |file: &FileChange| (file.name.clone(), difference(context, from_ref(file)));
    context.would_change.iter().map(file).collect()
}

/// Who would gain and lose what by the changes that are only shown.
pub fn access_rows(context: &Context) -> Vec<access::Row> {
    if context.permit.is_some() {
        return Vec::new();
    }
    let mut changes = context.would_change.iter().filter(|file| file.name == USER_CFG);
    let Some(first) = changes.next() else { return Vec::new() };
    let last = changes.next_back().unwrap_or(first);
    let read = |text: Arc<Vec<u8>>| user_cfg::parse(&text, &context.catalogue).0;
    let before = read(first.old.clone().unwrap_or_default());
    let after = read(Arc::new(last.new.as_ref().map(|new| new.to_vec()).unwrap_or_default()));
    access::rows(&before, &after, &context.catalogue, moment::now())
}
