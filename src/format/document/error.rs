//! What is wrong with a document, where, and what was meant.

use crate::error::Error;
use crate::format::settings::syntax;

/// What the TOML reader says.
pub(super) fn of_toml(file: &str, text: &str, fault: &toml::de::Error) -> Error {
    let place = fault.span().map_or(0, |span| span.start);
    syntax(file, text, place, advised(fault.message()))
}

/// What the JSON reader says.
pub(super) fn of_json(file: &str, text: &str, fault: &serde_json::Error) -> Error {
    let message = fault.to_string();
    let words = message.rsplit_once(" at line ").map_or(message.as_str(), |(words, _)| words);
    let line_start: usize =
        text.split_inclusive('\n').take(fault.line().saturating_sub(1)).map(str::len).sum();
    syntax(file, text, line_start + fault.column().saturating_sub(1), advised(words))
}

/// Turns the complaint about a key nobody knows into advice.
fn advised(message: &str) -> String {
    let Some((name, known)) =
        message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected "))
    else {
        return message.to_owned();
    };
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let distance = |known: &&&str| strsim::damerau_levenshtein(known, name);
    match known.iter().min_by_key(distance).filter(|one| distance(one) <= 2) {
        Some(nearest) => format!("unknown key '{name}'; did you mean '{nearest}'?"),
        None => format!("unknown key '{name}'; known are {}", known.join(", ")),
    }
}
