//! Property strings: several named values in one text, `type=oath,digits=8`.

use crate::model::constraint::Constraint;
use std::fmt;

/// One key of a property string.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The name left of the `=`.
    pub name: &'static str,
    /// Whether every property string of this sort has it.
    pub required: bool,
    /// What its value may be.
    pub constraint: Constraint,
    /// What usage lines show in the place of a value: `<COUNT>`.
    pub placeholder: &'static str,
    /// What it means, in one line.
    pub about: &'static str,
}

/// A checked property string. Printed with the required keys first, each part sorted by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PropertyString {
    pairs: Vec<(&'static str, bool, String)>,
}

impl PropertyString {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(name, ..)| *name == key).map(|(.., value)| value.as_str())
    }

    /// Sets the value of `key`; the caller has checked it.
    pub fn set(&mut self, key: &Key, value: impl Into<String>) {
        self.remove(key.name);
        self.pairs.push((key.name, !key.required, value.into()));
        self.pairs.sort_unstable_by_key(|(name, optional, _)| (*optional, *name));
    }

    /// Removes `key` and tells its value.
    pub fn remove(&mut self, key: &str) -> Option<String> {
        let place = self.pairs.iter().position(|(name, ..)| *name == key)?;
        Some(self.pairs.remove(place).2)
    }
}

impl fmt::Display for PropertyString {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, _, value)) in self.pairs.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(out, "{comma}{name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PropertyString {
    /// Names only: a value may be an API key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.pairs.iter().map(|(name, ..)| name)).finish()
    }
}

/// Reads the property string `text`, the value of the parameter `name`.
///
/// # Errors
/// The sentence to print behind `NAME: `; when single values are wrong it has one more line for
/// each of them, sorted.
pub fn parse(name: &str, text: &str, keys: &[Key]) -> Result<PropertyString, String> {
    let mut string = PropertyString::default();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (key, value) = match part.split_once('=') {
            Some((key, value)) if !key.is_empty() && !value.is_empty() => (key, value),
            Some(_) => return Err(syntax("missing key in comma-separated list property")),
            None => return Err(syntax("value without key, but schema does not define a default key")),
        };
        if string.get(key).is_some() {
            return Err(syntax(&format!("duplicate key in comma-separated list property: {key}")));
        }
        let Some(known) = keys.iter().find(|known| known.name == key) else {
            return Err(syntax(&format!("invalid key in comma-separated list property: {key}")));
        };
        string.set(known, value_of(known, value));
    }
    let mut faults: Vec<String> = keys
        .iter()
        .filter_map(|key| {
            let fault = match string.get(key.name) {
                Some(value) => key.constraint.check(key.name, value, None).err()?,
                None if key.required => "property is missing and it is not optional".to_owned(),
                None => return None,
            };
            Some(format!("{name}.{}: {fault}", key.name))
        })
        .collect();
    if faults.is_empty() {
        return Ok(string);
    }
    faults.sort_unstable();
    Err(format!("{}\n{}", syntax("format error"), faults.join("\n")))
}

fn syntax(message: &str) -> String {
    format!("invalid format - {message}")
}

fn value_of(key: &Key, text: &str) -> String {
    if !matches!(key.constraint, Constraint::Flag) {
        return key.constraint.normal(text).into_owned();
    }
    match text.to_ascii_lowercase().as_str() {
        "1" | "on" | "yes" | "true" => "1".to_owned(),
        "0" | "off" | "no" | "false" => "0".to_owned(),
        _ => text.to_owned(),
    }
}

/// How usage lines show a property string: required keys first, the others in brackets.
pub fn type_text(keys: &[Key]) -> String {
    let mut keys: Vec<&Key> = keys.iter().collect();
    keys.sort_unstable_by_key(|key| (!key.required, key.name));
    let mut text = String::new();
    for key in keys {
        let comma = if text.is_empty() { "" } else { "," };
        let pair = format!("{comma}{}={}", key.name, key.placeholder);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&if key.required { pair } else { format!("[{pair}]") });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[Key] = &[
        Key {
            name: "digits",
            required: false,
            constraint: Constraint::Integer { minimum: 6, maximum: Some(8) },
            placeholder: "<COUNT>",
            about: "",
        },
        Key {
            name: "type",
            required: true,
            constraint: Constraint::Choice(&["yubico", "oath"]),
            placeholder: "<TFATYPE>",
            about: "",
        },
        Key { name: "on", required: false, constraint: Constraint::Flag, placeholder: "<1|0>", about: "" },
    ];

    #[test]
    fn prints_required_first_and_flags_as_digits() {
        let string = parse("tfa", "on=yes, ,digits=+07,type=oath", KEYS).unwrap();
        assert_eq!(string.to_string(), "type=oath,digits=7,on=1");
        assert_eq!(parse("tfa", &string.to_string(), KEYS).unwrap(), string);
        assert_eq!(type_text(KEYS), "type=<TFATYPE> [,digits=<COUNT>] [,on=<1|0>]");
    }

    #[test]
    fn words_of_refusal() {
        for (text, message) in [
            ("foo=bar", "invalid format - invalid key in comma-separated list property: foo"),
            (" type=oath", "invalid format - invalid key in comma-separated list property:  type"),
            ("type=oath,type=oath", "invalid format - duplicate key in comma-separated list property: type"),
            ("oath", "invalid format - value without key, but schema does not define a default key"),
            ("type=", "invalid format - missing key in comma-separated list property"),
            (
                "type=foo,digits=9,on=x",
                "invalid format - format error\n\
                 tfa.digits: value must have a maximum value of 8\n\
                 tfa.on: type check ('boolean') failed - got 'x'\n\
                 tfa.type: value 'foo' does not have a value in the enumeration 'yubico, oath'",
            ),
            ("", "invalid format - format error\ntfa.type: property is missing and it is not optional"),
        ] {
            assert_eq!(parse("tfa", text, KEYS).unwrap_err(), message, "{text}");
        }
    }

    #[test]
    fn debug_hides_values() {
        let string = parse("tfa", "type=oath", KEYS).unwrap();
        assert_eq!(format!("{string:?}"), r#"{"type"}"#);
    }
}
