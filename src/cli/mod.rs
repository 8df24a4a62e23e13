//! The only room that prints.

pub mod acl;
pub mod acl_tree;
pub mod acting;
pub mod argv;
pub mod batch;
pub mod check;
pub mod command;
pub mod completion;
pub mod context;
pub mod diff;
pub mod document;
pub mod dry_run;
pub mod entries;
pub mod face;
pub mod group;
pub mod help;
pub mod log;
pub mod login_check;
pub mod lost_answer;
pub mod matrix;
pub mod moment;
pub mod origin;
pub mod output;
pub mod parameter;
pub mod passwd;
pub mod policy_test;
pub mod pool;
pub mod prompt;
pub mod question;
pub mod realm;
pub mod restore;
pub mod role;
pub mod sheet;
pub mod sign_in;
pub mod silence;
pub mod standing;
pub mod terminal;
pub mod tfa;
pub mod ticket;
pub mod token;
pub mod tree;
pub mod undo;
pub mod usage;
pub mod user;
pub mod values;

use crate::error::{Error, Kind, Result};
use crate::store::location::{self, Surroundings};
use command::{Found, Verb, find};
use context::Context;
use face::Face;
use output::{Count, Format, Style};
use parameter::Parameter;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use terminal::{Output, say_on_stderr};
use values::Values;

/// Runs the program with the arguments of the process and returns its exit status.
pub fn main() -> ExitCode {
    protect_memory();
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_default();
    let mut words: Vec<OsString> = arguments.collect();
    let mut face = Face::Own;
    if Path::new(&name).file_name() == Some(OsStr::new("pveum")) {
        face = Face::Original;
    } else if words.first().is_some_and(|first| first == "pveum") {
        words.remove(0);
        face = Face::Original;
    }
    ExitCode::from(run(face, words))
}

/// Passwords pass through this process: no other may read its memory, and no core dump holds it.
fn protect_memory() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    // Both are precautions; a system that refuses them is no reason to refuse the command.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

fn run(face: Face, words: Vec<OsString>) -> u8 {
    let mut output = Output::stdout();
    match words_as_text(face, words).and_then(|words| dispatch(face, &words, &mut output)) {
        Ok(status) => status,
        Err(error) => {
            complain(face, "", &error, None);
            face.status(&error)
        }
    }
}

/// The command line as text. The original replaces bytes that are no UTF-8; usher refuses them.
fn words_as_text(face: Face, words: Vec<OsString>) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(words.len());
    for (place, word) in words.into_iter().enumerate() {
        texts.push(match (word.into_string(), face) {
            (Ok(text), _) => text,
            (Err(word), Face::Original) => word.to_string_lossy().into_owned(),
            (Err(word), Face::Own) => {
                let shown = word.to_string_lossy().into_owned();
                return Err(Error::Usage(format!("argument {} is not UTF-8: '{shown}'", place + 1)));
            }
        });
    }
    Ok(texts)
}

/// The options before the command, in usher's own face.
#[derive(Clone, Copy, Default)]
struct Leading<'w> {
    /// `--config-dir DIR`.
    directory: Option<&'w str>,
    /// `--as WHO`.
    acting: Option<&'w str>,
}

fn leading_options(face: Face, words: &[String]) -> Result<(Leading<'_>, &[String])> {
    let (mut leading, mut rest) = (Leading::default(), words);
    if face == Face::Original {
        return Ok((leading, rest));
    }
    while let Some((option, tail)) = rest.split_first() {
        let (name, value, tail) = match (option.split_once('='), tail.split_first()) {
            (Some((name, value)), _) => (name, value, tail),
            (None, Some((value, tail))) => (option.as_str(), value.as_str(), tail),
            (None, None) => break,
        };
        let told = match name {
            "--config-dir" => &mut leading.directory,
            "--as" => &mut leading.acting,
            _ => break,
        };
        if told.replace(value).is_some() {
            return Err(twice(name));
        }
        rest = tail;
    }
    Ok((leading, rest))
}

/// Such an option may be fixed by whoever lets others run usher with more words behind it: the last one must not win.
fn twice(option: &str) -> Error {
    Error::Usage(format!("{option} is given twice"))
}

/// The value of an option that may stand before the command or behind it, once.
fn told_once<'v>(values: &'v Values, name: &str, leading: Option<&'v str>) -> Result<Option<&'v str>> {
    let behind = values.words(name);
    if behind.len() + usize::from(leading.is_some()) > 1 {
        return Err(twice(&format!("--{name}")));
    }
    Ok(behind.first().copied().or(leading))
}

fn dispatch(face: Face, words: &[String], output: &mut Output) -> Result<u8> {
    let (leading, rest) = leading_options(face, words)?;
    if face == Face::Own {
        match rest.first().map(String::as_str) {
            Some("--version" | "-V") => {
                return say(output, &format!("usher {}\n", env!("CARGO_PKG_VERSION")));
            }
            None | Some("--help" | "-h") => return clap_answers(&[String::from("--help")], output),
            _ => {}
        }
    }
    match rest.first().map(String::as_str) {
        Some(completion::WORD) => return complete(face, output),
        // The original checks its own tables of parameters here; ours were checked when it was built.
        Some("verifyapi") if face == Face::Original => return Ok(0),
        _ => {}
    }
    match find(face, rest) {
        Found::Verb(path, verb, arguments) => {
            let asks_help = |word: &String| word == "--help" || word == "-h";
            if face == Face::Own && arguments.iter().take_while(|word| *word != "--").any(asks_help) {
                let mut line: Vec<String> = path.iter().map(|word| (*word).to_owned()).collect();
                line.push("--help".into());
                return clap_answers(&line, output);
            }
            Ok(execute(face, &path, verb, arguments, leading, output))
        }
        Found::Absent(path) => Err(absent(&path)),
        Found::Incomplete(path, nodes) => {
            if face == Face::Own && rest.last().is_some_and(|word| word == "--help" || word == "-h") {
                return clap_answers(rest, output);
            }
            let message = match path.is_empty() && rest.is_empty() {
                true => "no command specified".to_owned(),
                false => format!("incomplete command '{} {}'", face.program(), rest.join(" ")),
            };
            refuse(face, &message, &help::usage_list(face, &path, Some(nodes)))
        }
        Found::Unknown(path, word) if face == Face::Own => {
            let mut line: Vec<String> = path.iter().map(|word| (*word).to_owned()).collect();
            line.push(word);
            clap_answers(&line, output)
        }
        Found::Unknown(..) => {
            let message = format!("unknown command '{} {}'", face.program(), rest.join(" "));
            refuse(face, &message, &help::usage_list(face, &[], None))
        }
    }
}

/// Answers the shell; a line or a cursor that is not there is answered with nothing.
fn complete(face: Face, output: &mut Output) -> Result<u8> {
    let line = std::env::var("COMP_LINE").unwrap_or_default();
    let point = std::env::var("COMP_POINT").ok().and_then(|point| point.parse().ok());
    let Some(line) = point.and_then(|point: usize| line.get(..point)) else { return Ok(0) };
    let words = completion::proposals(face, line, || config_dir(face, None))?;
    say(output, &words.iter().flat_map(|word| [word.as_str(), "\n"]).collect::<String>())
}

fn refuse(face: Face, message: &str, usage: &str) -> Result<u8> {
    say_on_stderr(&format!("ERROR: {message}\n{usage}"));
    Ok(face.status(&Error::Usage(String::new())))
}

/// A command of the original that is not here.
fn absent(path: &[&str]) -> Error {
    Error::Unsupported(format!("this version of usher has no command '{}'", path.join(" ")))
}

fn say(output: &mut Output, text: &str) -> Result<u8> {
    output.write(|out| out.write_all(text.as_bytes()))?;
    Ok(0)
}

/// Help, and commands that are misspelt: clap knows what to say.
fn clap_answers(line: &[String], output: &mut Output) -> Result<u8> {
    let words = std::iter::once("usher").chain(line.iter().map(String::as_str));
    match tree::whole().try_get_matches_from(words) {
        Ok(_) => Ok(0),
        Err(error) if !error.use_stderr() => say(output, &error.render().to_string()),
        Err(error) => {
            say_on_stderr(error.render().to_string().trim_end());
            Ok(2)
        }
    }
}

/// Reads the arguments of a command and runs it.
fn execute(
    face: Face,
    path: &[&'static str],
    verb: &'static Verb,
    arguments: &[String],
    leading: Leading<'_>,
    output: &mut Output,
) -> u8 {
    let fail = |error: &Error| {
        complain(face, verb.failure, error, Some(&usage::line(face, path, verb)));
        face.status(error)
    };
    let values = match parse(face, verb, arguments) {
        Ok(values) => values,
        Err(error) => return fail(&error),
    };
    match perform(face, path, verb, &values, leading, output) {
        Ok(status) => status,
        Err(error) => fail(&error),
    }
}

fn parse(face: Face, verb: &'static Verb, arguments: &[String]) -> Result<Values> {
    let parameters: Vec<&'static Parameter> = tree::parameters(verb);
    let posixly_correct = std::env::var_os("POSIXLY_CORRECT").is_some();
    let given = argv::read(face, &parameters, arguments, posixly_correct)?;
    Ok(Values::new(given, parameters, face))
}

fn perform(
    face: Face,
    path: &[&'static str],
    verb: &'static Verb,
    values: &Values,
    leading: Leading<'_>,
    output: &mut Output,
) -> Result<u8> {
    let style = style(face, values)?;
    let directory = told_once(values, "config-dir", leading.directory)?;
    let acting = told_once(values, acting::OPTION, leading.acting)?;
    let place = config_dir(face, directory)?;
    let dry_run = values.is_on("dry-run");
    let mut context = Context::open(face, place, path.join(" "), dry_run)?;
    context.store = context.store.with_origin(origin::origin(path, values));
    context.place_is_named = directory.is_some();
    acting::begin(&mut context, verb, values, acting)?;
    let answer = (verb.run)(&mut context, values)?;
    if dry_run && face == Face::Own {
        dry_run::tell(&context, &answer, &style, output)?;
        let status = if context.would_change.is_empty() && !context.says_no { 0 } else { 3 };
        return context.failure.map_or(Ok(status), Err);
    }
    let told = output.answer(&answer, &style);
    if face == Face::Own && context.changed {
        let gone = output.reader_is_gone();
        told.map_err(|error| lost_answer::explained(&error, path, values))?;
        if gone && lost_answer::holds_secret(path, values) {
            return Err(lost_answer::unread(path, values));
        }
    } else {
        told?;
    }
    context.failure.map_or(Ok(if context.says_no { 3 } else { 0 }), Err)
}

/// How the answer is to look. Asked before anything is done, so that a bad format changes nothing.
fn style(face: Face, values: &Values) -> Result<Style> {
    let format = values.text("output-format").map_or(Ok(Format::Text), Format::parse)?;
    Ok(Style {
        format,
        header: !values.is_on("noheader"),
        border: !values.is_on("noborder"),
        quiet: values.is_on("quiet"),
        human_readable: values.boolean("human-readable").unwrap_or(true),
        unicode: terminal::locale_is_utf8(|name| std::env::var_os(name)),
        width: terminal::width(),
        count: match face {
            Face::Original => Count::Characters,
            Face::Own => Count::Columns,
        },
    })
}

fn config_dir(face: Face, option: Option<&str>) -> Result<PathBuf> {
    location::choose(&Surroundings {
        option: option.map(PathBuf::from),
        variable: std::env::var_os(location::VARIABLE),
        called_as_pveum: face == Face::Original,
        etc_pve_exists: Path::new(location::PROXMOX).is_dir(),
        is_root: rustix::process::geteuid().is_root(),
        xdg_config_home: std::env::var_os("XDG_CONFIG_HOME"),
        home: std::env::var_os("HOME"),
    })
}

/// Says what went wrong and, where it helps, how the command is called.
fn complain(face: Face, failure: &str, error: &Error, usage: Option<&str>) {
    let mut text = String::new();
    match (face, error) {
        (Face::Original, Error::Usage(message)) => {
            for prefix in ["Unknown option", "Option "] {
                if message.starts_with(prefix) {
                    text = format!("{message}\n400 unable to parse option");
                }
            }
            if text.is_empty() {
                text = format!("400 {message}");
            }
        }
        (Face::Original, Error::Parameters(_)) => {
            text = format!("400 Parameter verification failed.\n{error}")
        }
        (Face::Original, Error::Unauthenticated) => text = format!("401 {error}"),
        (Face::Original, _) if !failure.is_empty() => text = format!("{failure}: {error}"),
        (Face::Original, _) => text = error.to_string(),
        (Face::Own, _) => text = format!("error: {error}"),
    }
    let hint = match (face, error) {
        (Face::Own, Error::Denied(Some(_))) => Some("'usher --as WHO user permissions' shows what WHO holds"),
        _ => error.hint(),
    };
    if let Some(hint) = hint {
        text.push_str(&format!("\nhint: {hint}"));
    }
    if let (Kind::Usage, Some(usage)) = (error.kind(), usage) {
        let word = if face == Face::Own { "usage: " } else { "" };
        text.push_str(&format!("\n{word}{usage}"));
    }
    say_on_stderr(&text);
}
