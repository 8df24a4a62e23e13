//! `export`: the directory as one readable document.

use super::{Context, ONLY, Result, sections};
use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::output::{self, Answer, Format, Record, Style};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Error;
use crate::format::document::{Document, json, toml, value};
use crate::format::{USER_CFG, domains_cfg, jobs_cfg};

/// The command.
pub static VERB: Verb = Verb {
    name: "export",
    aliases: &[],
    about: "Write the whole directory as one readable document without secrets: users with their API tokens, groups, \
            roles, pools, ACL entries, realms and jobs, only what is set, in an order that stays. 'usher plan' and \
            'usher apply' take it back, as TOML or JSON. Example: usher export > directory.toml",
    parameters: &[
        Parameter::choice("format", &["toml", "yaml", "json"], "The form of the document.").default("toml"),
        ONLY,
    ],
    answers: false,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let sections = sections(&check);
    check.end(Some(()))?;
    context.require_place()?;
    let files = context.load(&[USER_CFG, domains_cfg::FILE, jobs_cfg::FILE])?;
    let directory = context.directory_in(&files);
    let document = Document::of(&directory, &context.realms_in(&files), &context.jobs_in(&files), &sections);
    Ok(Answer::File(match values.text("format") {
        Some("json") => json(&document)?,
        Some("yaml") => yaml(&document)?,
        _ => toml(&document)?,
    }))
}

fn yaml(document: &Document) -> Result<String> {
    let mut record = Record::new();
    for (name, section) in value(document)?.as_object().into_iter().flatten() {
        record.set(name.clone(), section.clone());
    }
    let mut text = Vec::new();
    let style = Style { format: Format::Yaml, ..Style::default() };
    output::render(&Answer::Object { columns: &[], record }, &style, &mut text)
        .map_err(|error| Error::io("write", "the document", error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
