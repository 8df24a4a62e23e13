//! Reads the arguments of a command with the original's habits.
//!
//! One dash or two, any letter case, any abbreviation that fits one name, values behind `=` or as the
//! next word, options before and behind positionals. It is done here and not by clap: the parser that
//! clap makes of a command costs more than most commands.

use super::face::Face;
use super::parameter::{Kind, Parameter, Place};
use crate::error::{Error, Result};

/// Why an option could not be read, in the words of the original.
fn usage(message: String) -> Error {
    Error::Usage(message)
}

/// A parameter and a value that was given for it.
pub type Given = (&'static Parameter, String);

/// Tells which parameters the arguments of a command give, and their values: options in the order they
/// stand in, then positionals.
///
/// # Errors
/// [`Error::Usage`] for an unknown or ambiguous option, a missing value, too few or too many
/// positionals.
pub fn read(
    face: Face,
    parameters: &[&'static Parameter],
    words: &[String],
    posixly_correct: bool,
) -> Result<Vec<Given>> {
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
            Place::RequiredOption | Place::Option => options.push((parameter, value)),
        }
    }
    let wanted = visible(face, parameters).filter(|one| one.is_positional());
    let needed = wanted.clone().filter(|one| one.is_needed(face)).count();
    if positionals.len() == needed {
        positionals.extend(named.pop());
    }
    if positionals.len() < needed {
        return Err(usage("not enough arguments".into()));
    }
    // A list at the end takes all words that are left.
    let list = wanted.clone().last().filter(|one| one.kind == Kind::List);
    if positionals.len() > wanted.clone().count() && list.is_none() {
        return Err(usage("too many arguments".into()));
    }
    options.extend(wanted.chain(list.into_iter().cycle()).zip(positionals));
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

/// The parameters a face has.
fn visible(
    face: Face,
    parameters: &[&'static Parameter],
) -> impl Iterator<Item = &'static Parameter> + Clone {
    parameters.iter().copied().filter(move |one| face == Face::Own || !one.own)
}

/// Finds the option a word means: its full name in any letter case, else the one name it begins.
/// The original's names come first.
fn resolve(face: Face, parameters: &[&'static Parameter], word: &str) -> Result<&'static Parameter> {
    let word = word.to_lowercase();
    let visible = || visible(face, parameters);
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
        let parameters: Vec<&'static Parameter> = PARAMETERS.iter().collect();
        let given = read(face, &parameters, &words, false).map_err(|error| error.to_string())?;
        let shown = given.iter().map(|(parameter, value)| match parameter.is_positional() {
            true => format!("<{}> {value}", parameter.name),
            false => format!("--{}={value}", parameter.name),
        });
        Ok(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn habits_of_both_faces() {
        for (line, normalised) in [
            (&["joe@pve", "-comment", "x", "-enable", "1"][..], "--comment=x --enable=1 <userid> joe@pve"),
            (&["--COMM", "a", "joe@pve", "--exp=5"], "--comment=a --expire=5 <userid> joe@pve"),
            (&["--comment", "--enable", "joe@pve"], "--comment=--enable <userid> joe@pve"),
            (&["--comment=x=y", "--", "-x@pve"], "--comment=x=y <userid> -x@pve"),
            (&["--comment", "", "-"], "--comment= <userid> -"),
            (&["joe@pve", "--enable"], "--enable=1 <userid> joe@pve"),
            (
                &["joe@pve", "--enable", "OFF", "--group", "a", "--group", "b"],
                "--enable=0 --groups=a --groups=b <userid> joe@pve",
            ),
            (&["joe@pve", "--enable", "--comment", "c"], "--enable=1 --comment=c <userid> joe@pve"),
            (&["joe@pve", "--userid", "jim@pve"], "<userid> joe@pve"),
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
        assert_eq!(normal(Face::Own, &line).unwrap(), "--enable=1 <userid> joe@pve");
        let line = ["joe@pve", "-password"];
        assert_eq!(normal(Face::Original, &line).unwrap_err(), "Option password requires an argument");
        assert_eq!(normal(Face::Own, &line).unwrap(), "--password= <userid> joe@pve");
    }

    #[test]
    fn a_list_at_the_end_takes_all_words() {
        const FILES: &[Parameter] =
            &[Parameter::positional("name", ""), Parameter::of_place("file", Kind::List, "")];
        let parameters: Vec<&'static Parameter> = FILES.iter().collect();
        let words = ["n", "a,b", "c", "d"].map(str::to_owned);
        let given = read(Face::Own, &parameters, &words, false).unwrap();
        let shown: Vec<_> = given.iter().map(|(parameter, value)| (parameter.name, value.as_str())).collect();
        assert_eq!(shown, [("name", "n"), ("file", "a,b"), ("file", "c"), ("file", "d")]);
        assert!(read(Face::Own, &parameters, &[], false).is_err());
    }
}
