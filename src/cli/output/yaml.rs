//! YAML the way libyaml writes it, as scripts around `pveum` know it.
//!
//! Written here because no maintained crate has that look: the ones built on serde write `null` and
//! not `~` and no leading `---`, and the ports of libyaml are archived or carry no licence in their
//! manifest. Only what an answer needs is here: block style, sorted keys, no anchors, no tags. It
//! differs from libyaml where that leaves a string to be read as something else: `yes`, `0x10` or
//! a date are quoted.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::text::hazardous;
use super::{Answer, Record};

/// Scalars are folded at the first blank beyond this column.
const FOLD: usize = 80;
/// Strings of several lines become a literal block from this many bytes on.
const LITERAL: usize = 31;

/// Writes the answer as one document.
pub(super) fn write(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    match answer {
        Answer::Nothing => Ok(()),
        Answer::Rows { rows, .. } if !rows.is_empty() => {
            out.write_all(b"---\n")?;
            rows.iter().try_for_each(|row| out.write_all(item(&tree(row), 0).as_bytes()))
        }
        Answer::Permissions(paths) if !paths.is_empty() => {
            out.write_all(b"---\n")?;
            paths.iter().try_for_each(|(path, privileges)| {
                let flags = privileges.iter().map(|(name, flag)| (name.to_string(), u8::from(*flag).into()));
                out.write_all(entry(path, &Value::Object(flags.collect()), 0).as_bytes())
            })
        }
        Answer::Matrix(chart) if chart.count() > 0 => {
            out.write_all(b"---\n")?;
            chart.lines().try_for_each(|line| {
                let line = serde_json::to_value(line).map_err(io::Error::other)?;
                out.write_all(item(&line, 0).as_bytes())
            })
        }
        Answer::Rows { .. } | Answer::Matrix(_) => out.write_all(b"--- []\n"),
        Answer::Permissions(_) => out.write_all(b"--- {}\n"),
        Answer::Object { record, .. } => document(&tree(record), out),
        Answer::Text(words) | Answer::File(words) => document(&Value::from(words.as_str()), out),
    }
}

fn tree(record: &Record) -> Value {
    Value::Object(record.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
}

fn document(value: &Value, out: &mut impl Write) -> io::Result<()> {
    match block(value, 0) {
        Some(block) => write!(out, "---\n{block}"),
        None => writeln!(out, "--- {}", scalar(value, 0, 4)),
    }
}

/// A collection that is not empty, as lines; `None` for what fits behind a key.
fn block(value: &Value, indent: usize) -> Option<String> {
    match value {
        Value::Object(map) if !map.is_empty() => {
            Some(sorted(map).into_iter().map(|(name, value)| entry(name, value, indent)).collect())
        }
        Value::Array(items) if !items.is_empty() => {
            Some(items.iter().map(|value| item(value, indent)).collect())
        }
        _ => None,
    }
}

fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(name, _)| *name);
    entries
}

fn entry(name: &str, value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let key = inline(name, usize::MAX, 0);
    // A sequence inside a mapping starts at the mapping's own column.
    let below = if value.is_array() { indent } else { indent + 2 };
    match block(value, below) {
        Some(block) => format!("{margin}{key}:\n{block}"),
        None => {
            format!("{margin}{key}: {}\n", scalar(value, indent + 2, indent + key.chars().count() + 2))
        }
    }
}

fn item(value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match block(value, indent + 2) {
        Some(block) => format!("{margin}- {}", block.trim_start_matches(' ')),
        None => format!("{margin}- {}\n", scalar(value, indent + 2, indent + 2)),
    }
}

/// A value without lines of its own, starting at `column`; what is folded continues at `indent`.
fn scalar(value: &Value, indent: usize, column: usize) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        Value::String(text) => literal(text, indent).unwrap_or_else(|| inline(text, indent, column)),
    }
}

/// A long text of several lines, if a literal block can hold it without changing it.
fn literal(text: &str, indent: usize) -> Option<String> {
    let held = text.len() >= LITERAL
        && text.contains('\n')
        && !text.contains(|character| character != '\n' && hazardous(character))
        && !text.ends_with(' ')
        && !text.ends_with("\n\n")
        && !text.contains(" \n");
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("\n{:indent$}{line}", "") };
    held.then(|| {
        // Without the number a reader would take the first line's blanks for the block's indentation.
        let indicator = if text.starts_with([' ', '\n']) { "2" } else { "" };
        let chomping = if text.ends_with('\n') { "" } else { "-" };
        format!("|{indicator}{chomping}{}", text.split_terminator('\n').map(line).collect::<String>())
    })
}

fn inline(text: &str, indent: usize, column: usize) -> String {
    let indent = (indent != usize::MAX).then_some(indent);
    if text.contains(hazardous) || text.contains('\u{feff}') {
        fold(text, Quote::Double, indent, column)
    } else if is_plain(text) && !reads_as_something_else(text) {
        fold(text, Quote::None, indent, column)
    } else {
        fold(text, Quote::Single, indent, column)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

fn fold(text: &str, quote: Quote, indent: Option<usize>, mut column: usize) -> String {
    let mark = match quote {
        Quote::None => "",
        Quote::Single => "'",
        Quote::Double => "\"",
    };
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push_str(mark);
    column += mark.len();
    let mut characters = text.char_indices().peekable();
    let mut after_blank = false;
    while let Some((index, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let inner = quote == Quote::None || (index > 0 && next.is_some());
        let blank_follows = next == Some(' ');
        match indent {
            Some(indent)
                if character == ' '
                    && inner
                    && !after_blank
                    && column > FOLD
                    && (quote == Quote::Double || !blank_follows) =>
            {
                folded.push('\n');
                folded.extend(std::iter::repeat_n(' ', indent));
                column = indent;
                if quote == Quote::Double && blank_follows {
                    folded.push('\\');
                    column += 1;
                }
            }
            _ => {
                let before = folded.len();
                match quote {
                    Quote::Single if character == '\'' => folded.push_str("''"),
                    Quote::Double => escape(character, &mut folded),
                    _ => folded.push(character),
                }
                column += if character.is_ascii() { folded.len() - before } else { 1 };
            }
        }
        after_blank = character == ' ';
    }
    folded.push_str(mark);
    folded
}

fn escape(character: char, out: &mut String) {
    match character {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\0' => out.push_str("\\0"),
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{b}' => out.push_str("\\v"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '\u{1b}' => out.push_str("\\e"),
        '\u{85}' => out.push_str("\\N"),
        '\u{2028}' => out.push_str("\\L"),
        '\u{2029}' => out.push_str("\\P"),
        other if (hazardous(other) || other == '\u{feff}') && u32::from(other) < 0x100 => {
            out.push_str(&format!("\\x{:02X}", u32::from(other)));
        }
        other if hazardous(other) || other == '\u{feff}' => {
            out.push_str(&format!("\\u{:04X}", u32::from(other)));
        }
        other => out.push(other),
    }
}

/// Whether the text can stand without quotes in block style.
fn is_plain(text: &str) -> bool {
    let ends_blank = |rest: Option<char>| rest.is_none_or(|next| next == ' ');
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.next()) else { return false };
    if text.starts_with("---") || text.starts_with("...") || first == ' ' || text.ends_with([' ', ':']) {
        return false;
    }
    if "#,[]{}&*!|>'\"%@`".contains(first) || ("-?:".contains(first) && ends_blank(second)) {
        return false;
    }
    !text.contains(": ") && !text.contains(" #")
}

/// Whether a reader of YAML 1.1 or 1.2 would take the bare text for a number, a date, a boolean, null
/// or a merge key.
fn reads_as_something_else(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let words = ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"];
    let numbers = [".inf", "inf", "infinity", ".nan", "nan"];
    words.contains(&text.as_str()) || numbers.contains(&unsigned) || is_number(unsigned) || is_date(&text)
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str, base: u32| {
        part.contains(|digit: char| digit.is_digit(base))
            && part.chars().all(|digit| digit == '_' || digit.is_digit(base))
    };
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if text.strip_prefix(prefix).is_some_and(|part| digits(part, base)) {
            return true;
        }
    }
    if text.contains(':') {
        // Base sixty: 1:30 is ninety.
        return text.split(':').all(|part| digits(&part.replacen('.', "", 1), 10));
    }
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    mantissa.starts_with(|first: char| first == '.' || first.is_ascii_digit())
        && digits(&format!("{whole}{fraction}"), 10)
        && exponent.is_none_or(|exponent| digits(exponent, 10))
}

fn is_date(text: &str) -> bool {
    let day = text.split(['t', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &&str, longest: usize| {
        (1..=longest).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && number(year, 4) && number(month, 2) && number(day, 2))
}
