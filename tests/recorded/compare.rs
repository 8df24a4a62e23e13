//! What counts as the same: everything but what is random or in no order.

use serde_json::Value;
use std::collections::BTreeMap;

/// What a command left: status, words and files.
pub struct Seen {
    /// Whether it succeeded.
    pub done: bool,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: Vec<u8>,
    /// All files afterwards.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The differences of two runs of the command line `words`: what differs, and how.
pub fn differences(words: &[String], original: &Seen, here: &Seen) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if original.done != here.done {
        let said = String::from_utf8_lossy(&here.err);
        found.insert("status".to_owned(), format!("succeeds: {} -> {}\n{said}", original.done, here.done));
    }
    let (left, right) = (answer(words, &original.out), answer(words, &here.out));
    if left != right {
        found.insert("answer".to_owned(), format!("{left}\n->\n{right}"));
    }
    let names = original.files.keys().chain(here.files.keys());
    for name in names {
        let side = |seen: &Seen| seen.files.get(name).map_or_else(String::new, |text| content(name, text));
        let (left, right) = (side(original), side(here));
        if left != right {
            found.insert(name.clone(), format!("{left}\n->\n{right}"));
        }
    }
    if let Some(message) = message(original, here) {
        found.insert("message".to_owned(), message);
    }
    found
}

/// A failure says something; a success says nothing the original did not, warnings aside.
fn message(original: &Seen, here: &Seen) -> Option<String> {
    let said = |seen: &Seen| String::from_utf8_lossy(&seen.err).trim().to_owned();
    let (old, new) = (said(original), said(here));
    match (here.done, new.is_empty()) {
        (false, true) => Some("fails without a word".into()),
        (true, false) if old.is_empty() && !new.to_lowercase().contains("warning") => Some(new),
        _ => None,
    }
}

/// An answer in one form: JSON by value, YAML by items, everything else by lines; in any order.
fn answer(words: &[String], out: &[u8]) -> String {
    let out = masked(&String::from_utf8_lossy(out), |_| false);
    if out.starts_with("PVE:") {
        // Time and signature.
        let whose = out.split(':').take(2).collect::<Vec<_>>().join(":");
        return format!("{whose} {}", out.split(':').skip(2).map(|part| part.len()).sum::<usize>());
    }
    let format = words.iter().position(|word| word == "--output-format").and_then(|at| words.get(at + 1));
    match format.map(String::as_str) {
        Some("json" | "json-pretty") => match serde_json::from_str::<Value>(&out) {
            Ok(Value::Array(rows)) => {
                let mut rows: Vec<String> = rows.iter().map(plain).collect();
                rows.sort();
                rows.join("\n")
            }
            Ok(value) => plain(&value),
            Err(_) => out,
        },
        Some("yaml") => {
            let mut items: Vec<String> = Vec::new();
            for line in out.lines() {
                match items.last_mut() {
                    Some(item) if !line.starts_with("- ") => item.push_str(&format!("\n{line}")),
                    _ => items.push(line.to_owned()),
                }
            }
            items.sort();
            items.join("\n")
        }
        _ => sorted_lines(&out),
    }
}

/// JSON with its keys sorted. The original hands back numbers it was given as texts.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<&str, String> =
                members.iter().map(|(name, one)| (name.as_str(), plain(one))).collect();
            format!("{members:?}")
        }
        Value::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::String(text) if (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse::<u64>().unwrap().to_string()
        }
        other => other.to_string(),
    }
}

/// A file in one form, what is random in it masked.
fn content(name: &str, text: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(text) else { return format!("{text:?}") };
    match name {
        // The secrets the recording started with are no random ones.
        "priv/token.cfg" => masked(text, |uuid| uuid.ends_with("-2222-3333-4444-555555555555")),
        "authkey.pub" | "priv/authkey.key" => "<KEY>".into(),
        "priv/shadow.cfg" => {
            let line = |line: &str| match line.split_once(":$") {
                Some((user, rest)) if !rest.contains("saltsalt") => {
                    format!("{user}:<HASH>{}", rest.find(':').map_or("", |end| &rest[end..]))
                }
                _ => line.to_owned(),
            };
            sorted_lines(&text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
        }
        "domains.cfg" => {
            let mut sections: Vec<&str> =
                text.split("\n\n").map(|section| section.trim_matches('\n')).collect();
            sections.sort_unstable();
            sections.join("\n\n")
        }
        "priv/tfa.cfg" => match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(members)) if members.is_empty() => String::new(),
            Ok(value) => plain(&value),
            Err(_) => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

fn sorted_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// The text with every UUID masked but those `known`.
fn masked(text: &str, known: impl Fn(&str) -> bool) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match rest.get(..36).filter(|word| is_uuid(word)) {
            Some(uuid) => {
                masked.push_str(if known(uuid) { uuid } else { "<UUID>" });
                rest = &rest[36..];
            }
            None => {
                masked.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    masked
}

fn is_uuid(word: &str) -> bool {
    word.bytes().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
    })
}
