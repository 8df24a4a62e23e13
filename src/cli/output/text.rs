//! From an answer to the cells of a table, and from any text to one a terminal may see.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::io::{self, Write};

use serde_json::Value;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Column, Count, Kind, Permissions, Record, Style, json};

/// A table before it is laid out: a cell may hold several lines.
pub(super) struct Grid<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cow<'a, str>>>,
}

/// The table of a list, sorted by its first column.
pub(super) fn list<'a>(columns: &[Column], rows: &'a [Record]) -> Grid<'a> {
    let mut sorted: Vec<&Record> = rows.iter().collect();
    if let Some(first) = columns.first() {
        sorted.sort_by(|left, right| order(first.kind, left.get(first.name), right.get(first.name)));
    }
    let cells = |row: &'a Record| columns.iter().map(|column| cell(row.get(column.name))).collect();
    Grid { columns: columns.to_vec(), rows: sorted.into_iter().map(cells).collect() }
}

/// The two-column table of one thing; undefined properties are left out.
pub(super) fn object<'a>(columns: &[Column], record: &'a Record) -> Grid<'a> {
    let defined = |(_, value): &(Cow<'a, str>, &Value)| !value.is_null();
    let row = |(name, value): (Cow<'a, str>, &'a Value)| vec![name, cell(Some(value))];
    let rows = if columns.is_empty() {
        record.iter().map(|(name, value)| (Cow::Borrowed(name), value)).filter(defined).map(row).collect()
    } else {
        let declared = |column: &Column| Some((Cow::Borrowed(column.name), record.get(column.name)?));
        columns.iter().filter_map(declared).filter(defined).map(row).collect()
    };
    Grid { columns: vec![Column::text("key"), Column::text("value")], rows }
}

/// The table of permissions, one privilege to a line.
pub(super) fn permissions(paths: &Permissions) -> Grid<'_> {
    let mut rows = Vec::with_capacity(paths.len());
    for (path, privileges) in paths {
        let mut lines = String::new();
        for (name, propagate) in privileges {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(name);
            if *propagate {
                lines.push_str(" (*)");
            }
        }
        rows.push(vec![Cow::Borrowed(path.as_str()), Cow::Owned(lines)]);
    }
    Grid { columns: vec![Column::text("ACL path"), Column::text("Permissions")], rows }
}

/// Undefined first, numbers by value, everything else by code point.
fn order(kind: Kind, left: Option<&Value>, right: Option<&Value>) -> Ordering {
    let (left, right) = (left.filter(|value| !value.is_null()), right.filter(|value| !value.is_null()));
    match (left, right) {
        (Some(Value::String(left)), Some(Value::String(right))) if kind != Kind::Integer => left.cmp(right),
        (Some(left), Some(right)) if kind == Kind::Integer => number(left).total_cmp(&number(right)),
        (Some(left), Some(right)) => cell(Some(left)).cmp(&cell(Some(right))),
        (left, right) => left.is_some().cmp(&right.is_some()),
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) => text.trim().parse().unwrap_or(0.0),
        other => other.as_f64().unwrap_or(0.0),
    }
}

fn cell(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None | Some(Value::Null) => Cow::Borrowed(""),
        Some(Value::Bool(yes)) => Cow::Borrowed(if *yes { "1" } else { "0" }),
        Some(Value::Number(number)) => Cow::Owned(number.to_string()),
        Some(Value::String(text)) => Cow::Borrowed(text),
        Some(nested) => Cow::Owned(json::line(nested)),
    }
}

/// Writes words as they are, line by line; tabs stay, other control characters become visible.
pub(super) fn write_words(words: &str, style: &Style, out: &mut impl Write) -> io::Result<()> {
    for line in words.lines() {
        for (index, part) in line.split('\t').enumerate() {
            if index > 0 {
                out.write_all(b"\t")?;
            }
            out.write_all(plain(part, style).as_bytes())?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Whether a character could move a terminal's cursor, change its state or reorder what is read.
pub(super) fn hazardous(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` with every character that could drive a terminal (controls, new lines, reordering marks)
/// shown as an escape: `\x1b`, `\t`, `\u{202e}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || !text.contains(hazardous) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            low if hazardous(low) && u32::from(low) < 0x100 => {
                shown.push_str(&format!("\\x{:02x}", u32::from(low)));
            }
            high if hazardous(high) => shown.extend(high.escape_unicode()),
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

/// One line as the style's terminal can show it: printable, and ASCII if it must be.
pub(super) fn plain<'a>(line: &'a str, style: &Style) -> Cow<'a, str> {
    let shown = printable(line);
    if style.unicode || shown.is_ascii() {
        return shown;
    }
    Cow::Owned(shown.chars().map(|character| if character.is_ascii() { character } else { '?' }).collect())
}

/// How wide a line is.
pub(super) fn measure(line: &str, count: Count) -> usize {
    match count {
        _ if line.is_ascii() => line.len(),
        Count::Characters => line.chars().count(),
        Count::Columns => line.width(),
    }
}

/// The longest beginning of a line that is at most `limit` wide.
pub(super) fn cut(line: &str, limit: usize, count: Count) -> &str {
    if line.len() <= limit {
        return line;
    }
    let mut width = 0;
    for (index, character) in line.char_indices() {
        width += match count {
            Count::Characters => 1,
            Count::Columns => character.width().unwrap_or(1),
        };
        if width > limit {
            return line.get(..index).unwrap_or(line);
        }
    }
    line
}
