//! `log --follow`: entries as they are written.

use super::{Filter, entry};
use crate::audit::Entry;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Format, Style};
use crate::cli::terminal::{self, Output};
use crate::error::Result;
use crate::format::journal;
use crate::store::Store;
use std::time::Duration;

/// How often the journal is looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// Shows what was found, and then every entry that is wanted, until nobody reads any more.
pub(super) fn run(
    context: &Context,
    filter: &Filter,
    found: Vec<Entry>,
    (format, diff): (Format, bool),
) -> Result<Answer> {
    let mut output = Output::stdout();
    let mut last = newest(context)?.max(found.last().map_or(0, |entry| entry.number));
    let mut new = found;
    loop {
        for one in &new {
            say(&mut output, one, (format, diff))?;
        }
        if output.reader_is_gone() {
            return Ok(Answer::Nothing);
        }
        std::thread::sleep(PAUSE);
        new = since(context, last)?;
        last = new.last().map_or(last, |entry| entry.number);
        new.retain(|entry| filter.wants(entry));
    }
}

fn say(output: &mut Output, one: &Entry, (format, diff): (Format, bool)) -> Result<()> {
    let unicode = terminal::locale_is_utf8(|name| std::env::var_os(name));
    let style = Style { format, unicode, ..Style::default() };
    let answer = match (format, diff) {
        (Format::Text, false) => Answer::Text(entry::line(one)),
        (Format::Text, true) => Answer::Text(entry::in_words(one)),
        _ => Answer::Object { columns: &[], record: entry::record(one, diff) },
    };
    output.answer(&answer, &style)
}

fn newest(context: &Context) -> Result<u64> {
    for line in context.store.journal()?.backwards() {
        if let Some(entry) = journal::parse::<Entry>(&line?) {
            return Ok(entry.number);
        }
    }
    Ok(0)
}

/// The entries behind number `last`, the oldest first.
fn since(context: &Context, last: u64) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for line in context.store.journal()?.backwards() {
        let Some(entry) = journal::parse::<Entry>(&line?) else { continue };
        if entry.number <= last {
            break;
        }
        found.push(entry);
    }
    found.reverse();
    Ok(found)
}
