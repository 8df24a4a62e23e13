//! A document as text.

use super::Document;
use crate::error::{Error, Result};
use serde_json::{Map, Value};

/// From this width on a list has a line for each of its items.
const WIDTH: usize = 100;

/// The document as data, in the order it is written.
///
/// # Errors
/// None that a document can cause.
pub fn value(document: &Document) -> Result<Value> {
    serde_json::to_value(document).map_err(|error| Error::refused(error.to_string()))
}

/// The document as JSON, indented.
///
/// # Errors
/// Those of [`value`].
pub fn json(document: &Document) -> Result<String> {
    let text =
        serde_json::to_string_pretty(document).map_err(|error| Error::refused(error.to_string()))? + "\n";
    Ok(harmless(&text))
}

/// The document as TOML.
///
/// # Errors
/// Those of [`value`].
pub fn toml(document: &Document) -> Result<String> {
    let mut text = String::new();
    if let Value::Object(map) = value(document)? {
        table(&mut text, "", &map);
    }
    Ok(harmless(&text))
}

/// A table: first what stands in lines, then the tables below it.
fn table(out: &mut String, path: &str, map: &Map<String, Value>) {
    let is_table = |value: &Value| value.is_object();
    if !path.is_empty() && (map.is_empty() || !map.values().all(is_table)) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.extend(["[", path, "]\n"]);
    }
    for (name, value) in map {
        if !is_table(value) {
            let key = key(name);
            let value = inline(value, key.chars().count());
            out.extend([&key, " = ", &value, "\n"]);
        }
    }
    for (name, value) in map {
        if let Value::Object(below) = value {
            let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
            table(out, &path, below);
        }
    }
}

fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A text in quotes: the escapes of JSON are those of TOML.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn inline(value: &Value, column: usize) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, 0)).collect();
            let width: usize = items.iter().map(|item| item.chars().count() + 2).sum();
            if items.len() > 1 && column + width + 3 > WIDTH {
                let lines: String = items.iter().map(|item| format!("    {item},\n")).collect();
                return format!("[\n{lines}]");
            }
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value, 0)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// The text with everything that could drive a terminal, or turn the direction of writing, as an escape. Such
/// characters stand within quotes only.
fn harmless(text: &str) -> String {
    let turns = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if text.bytes().all(|byte| byte == b'\n' || (b' '..0x7f).contains(&byte)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter != '\n' && (letter.is_control() || turns(letter)) {
            out.push_str(&format!("\\u{:04X}", u32::from(letter)));
        } else {
            out.push(letter);
        }
    }
    out
}
