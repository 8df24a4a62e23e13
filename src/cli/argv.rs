//! The original's option habits, turned into plain `--name=value`.
//!
//! One dash or two, any letter case, any abbreviation that fits one name, values behind `=` or as the
//! next word, options before and behind positionals: what comes out is what clap reads.

use super::face::Face;
use super::parameter::{Kind, Parameter, Place};
use crate::error::{Error, Result};

/// Why an option could not be read, in the words of the original.
fn usage(message: String) -> Error {
    Error::Usage(message)
}

/// Turns the arguments of a command into `--name=value …  -- positional …`.
///
/// # Errors
/// [`Error::Usage`] for an unknown or ambiguous option, a missing value, too few or too many
/// positionals.
pub fn normalise(
    face: Face,
    parameters: &[&'static Parameter],
    words: &[String],
    posixly_correct: bool,
) -> Result<Vec<String>> {
    let mut options = Vec::new();
    let mut positionals = Vec::new();
    let mut named = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        if word == "--" {
            positionals.extend(words.by_ref().cloned());
            break;
        }
        let Some(option) =
            word.strip_prefix("--").or_else(|| word.strip_prefix('-')).filter(|o| !o.is_empty())
        else {
            positionals.push(word.clone());
            if posixly_correct {
                positionals.extend(words.by_ref().cloned());
            }
            continue;
        };
        let (name, given) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (option, None),
        };
        let parameter = resolve(face, parameters, name)?;
        let value = match (optional_value(face, parameter), given) {
            (_, Some(value)) if !value.is_empty() => Some(value.to_owned()),
            (Some(_), Some(_)) => None,
            (Some(takes), None) => words.next_if(|next| takes(next)).cloned(),
            (None, Some(_)) => return Err(usage(format!("Option {} requires an argument", parameter.name))),
            (None, None) => match words.next() {
                Some(next) => Some(next.clone()),
                None => return Err(usage(format!("Option {} requires an argument", parameter.name))),
            },
        };
        let value = match (parameter.kind, value) {
            (Kind::Boolean, value) => boolean(parameter, value.as_deref())?.to_owned(),
            (_, value) => value.unwrap_or_default(),
        };
        match parameter.place {
            // A positional may be named, but where it stands in its position that counts.
            Place::Positional | Place::OwnOptionalPositional => {}
            Place::OptionalPositional => named.push(value),
            Place::RequiredOption | Place::Option => options.push(format!("--{}={value}", parameter.name)),
        }
    }
    let wanted = parameters.iter().filter(|one| one.is_positional());
    let needed = wanted.clone().filter(|one| one.is_needed(face)).count();
    if positionals.len() == needed {
        positionals.extend(named.pop());
    }
    if positionals.len() < needed {
        return Err(usage("not enough arguments".into()));
    }
    let endless = wanted.clone().any(|one| one.kind == Kind::List);
    if positionals.len() > wanted.count() && !endless {
        return Err(usage("too many arguments".into()));
    }
    options.push("--".into());
    options.append(&mut positionals);
    Ok(options)
}

/// For a parameter whose value may be left out: whether the next word is its value.
fn optional_value(face: Face, parameter: &Parameter) -> Option<fn(&String) -> bool> {
    match (parameter.kind, face) {
        (Kind::Boolean, Face::Original) => Some(|next| !next.starts_with('-') || next == "-"),
        (Kind::Boolean, Face::Own) => Some(|next| truth(next).is_some()),
        (Kind::Password, _) if face == Face::Own || parameter.hidden => {
            Some(|next| !next.starts_with('-') || next == "-")
        }
        _ => None,
    }
}

/// The words for yes and no.
fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "1" | "on" | "yes" | "true" => Some(true),
        "0" | "off" | "no" | "false" => Some(false),
        _ => None,
    }
}

fn boolean(parameter: &Parameter, value: Option<&str>) -> Result<&'static str> {
    match value {
        None | Some("") => Ok("1"),
        Some(word) => match truth(word) {
            Some(true) => Ok("1"),
            Some(false) => Ok("0"),
            None => Err(usage(format!(
                "unable to parse boolean option: '{word}' for --{} is none of 1, on, yes, true, 0, off, no, false",
                parameter.name
            ))),
        },
    }
}

/// Finds the option a word means: its full name in any letter case, else the one name it begins.
/// The original's names come first.
fn resolve<'p>(face: Face, parameters: &[&'p Parameter], word: &str) -> Result<&'p Parameter> {
    let word = word.to_lowercase();
    let visible = || parameters.iter().copied().filter(|one| face == Face::Own || !one.own);
    if let Some(exact) = visible().find(|one| one.name.to_lowercase() == word) {
        return Ok(exact);
    }
    for own in [false, true] {
        let mut fitting: Vec<&Parameter> =
            visible().filter(|one| one.own == own && one.name.to_lowercase().starts_with(&word)).collect();
        fitting.sort_by_key(|one| one.name);
        match fitting.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                let names: Vec<&str> = several.iter().map(|one| one.name).collect();
                return Err(usage(format!("Option {word} is ambiguous ({})", names.join(", "))));
            }
        }
    }
    let distance = |one: &&Parameter| strsim::damerau_levenshtein(one.name, &word);
    let close =
        visible().filter(|one| !one.hidden && distance(one) <= 1 + word.len() / 4).min_by_key(distance);
    Err(usage(match close {
        Some(meant) => format!("Unknown option: {word} (did you mean --{}?)", meant.name),
        None => format!("Unknown option: {word}"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMETERS: &[Parameter] = &[
        Parameter::positional("userid", ""),
        Parameter::text("comment", ""),
        Parameter::text("email", ""),
        Parameter::boolean("enable", ""),
        Parameter::moment("expire", ""),
        Parameter::list("groups", ""),
        Parameter::password("password", ""),
        Parameter::boolean("exp-own", "").own(),
    ];

    fn normal(face: Face, line: &[&str]) -> std::result::Result<String, String> {
        let words: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        let parameters: Vec<&Parameter> = PARAMETERS.iter().collect();
        normalise(face, &parameters, &words, false)
            .map(|words| words.join(" "))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn habits_of_both_faces() {
        for (line, normalised) in [
            (&["joe@pve", "-comment", "x", "-enable", "1"][..], "--comment=x --enable=1 -- joe@pve"),
            (&["--COMM", "a", "joe@pve", "--exp=5"], "--comment=a --expire=5 -- joe@pve"),
            (&["--comment", "--enable", "joe@pve"], "--comment=--enable -- joe@pve"),
            (&["--comment=x=y", "--", "-x@pve"], "--comment=x=y -- -x@pve"),
            (&["--comment", "", "-"], "--comment= -- -"),
            (&["joe@pve", "--enable"], "--enable=1 -- joe@pve"),
            (
                &["joe@pve", "--enable", "OFF", "--group", "a", "--group", "b"],
                "--enable=0 --groups=a --groups=b -- joe@pve",
            ),
            (&["joe@pve", "--enable", "--comment", "c"], "--enable=1 --comment=c -- joe@pve"),
            (&["joe@pve", "--userid", "jim@pve"], "-- joe@pve"),
        ] {
            for face in [Face::Original, Face::Own] {
                assert_eq!(normal(face, line).unwrap(), normalised);
            }
        }
    }

    #[test]
    fn refusals_of_both_faces() {
        for (line, message) in [
            (&["joe@pve", "--nope", "1"][..], "Unknown option: nope"),
            (&["joe@pve", "--commnet", "1"], "Unknown option: commnet (did you mean --comment?)"),
            (&["joe@pve", "-e", "x"], "Option e is ambiguous (email, enable, expire)"),
            (&["joe@pve", "--comment"], "Option comment requires an argument"),
            (&["joe@pve", "--comment="], "Option comment requires an argument"),
            (&[], "not enough arguments"),
            (&["a", "b"], "too many arguments"),
        ] {
            for face in [Face::Original, Face::Own] {
                assert_eq!(normal(face, line).unwrap_err(), message);
            }
        }
    }

    #[test]
    fn only_the_original_swallows_the_next_word() {
        let line = ["--enable", "joe@pve"];
        assert!(normal(Face::Original, &line).unwrap_err().contains("unable to parse boolean"));
        assert_eq!(normal(Face::Own, &line).unwrap(), "--enable=1 -- joe@pve");
        let line = ["joe@pve", "-password"];
        assert_eq!(normal(Face::Original, &line).unwrap_err(), "Option password requires an argument");
        assert_eq!(normal(Face::Own, &line).unwrap(), "--password= -- joe@pve");
    }
}
