//! `diff`: two directories, or a directory now and as it was in git, compared: in files and in who may do what.

mod revision;

use super::command::Verb;
use super::context::Context;
use super::document::report::{changes, lines};
use super::dry_run::{access, files};
use super::moment;
use super::output::{Answer, Record};
use super::parameter::Parameter;
use super::values::Values;
use crate::access::rule::Rule;
use crate::error::{Error, Result};
use crate::format::mask::is_secret_file;
use crate::format::rope::Rope;
use crate::format::{USER_CFG, domains_cfg, jobs_cfg, settings, user_cfg};
use crate::model::difference::{self, Change};
use crate::model::directory::Directory;
use crate::store::change::FileChange;
use crate::store::{Files, Store};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::slice::from_ref;
use std::sync::Arc;

/// The command.
pub static VERB: Verb = Verb {
    name: "diff",
    aliases: &[],
    about: "Compare two directories, or a directory with itself at a revision of git: what comes, changes and goes, the \
            difference of the files (secrets are not shown, only that they change), and who gains and loses which \
            privilege where. Exits 0 when they are the same, 3 when not. Example: usher diff --git HEAD~1",
    parameters: &[
        Parameter::positional("old", "A directory; with --git, the one that is compared.").optional(),
        Parameter::positional("new", "The directory it is compared with.").optional(),
        Parameter::text(
            "git",
            "Compare what the directory was at this revision of its git repository with what it is; without <old>, \
             the config directory.",
        ),
    ],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    check.end(Some(()))?;
    let (old, new) = match (values.text("old"), values.text("new"), values.text("git")) {
        (Some(old), Some(new), None) => (read(context, Path::new(old))?, read(context, Path::new(new))?),
        (place, None, Some(revision)) => {
            let place = place.map_or_else(|| context.store.path().to_path_buf(), PathBuf::from);
            let mut new = read(context, &place)?;
            let old = revision::files(&place, revision)?;
            if !old.keys().any(|name| is_secret_file(name)) {
                // Nobody keeps secrets in git; that all of them are new is no news.
                new.retain(|name, _| !is_secret_file(name));
            }
            (old, new)
        }
        _ => {
            let message = "name two directories, or '--git REVISION' and at most one";
            return Err(Error::Usage(message.into()));
        }
    };
    Ok(compare(context, &old, &new, values))
}

/// Reads a directory. One that is not there is no empty one: a pipeline that misspells it has to be told.
fn read(context: &Context, place: &Path) -> Result<Files> {
    if !place.is_dir() {
        return Err(Error::refused(format!("there is no directory '{}'", place.display())));
    }
    let other = Context::open(context.face, place.to_path_buf(), "diff".into(), false)?;
    let mut names = crate::check::files(|folder| other.store.list(folder, false))?;
    names.push(settings::FILE.to_owned());
    other.load(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn compare(context: &mut Context, old: &Files, new: &Files, values: &Values) -> Answer {
    let files = changed(old, new);
    let directories = [old, new].map(|side| user_cfg::parse(&text(side, USER_CFG), &context.catalogue).0);
    let changes_told = told(&directories, old, new);
    let [before, after] = &directories;
    let access = access::rows(before, after, &context.catalogue, moment::now());
    context.says_no = !files.is_empty();
    if !values.for_people() {
        let file = |file| json!({ "difference": files::difference(from_ref(file)), "file": file.name });
        let record = Record::new()
            .with("changes", changes(&changes_told))
            .with("files", files.iter().map(file).collect::<Vec<Value>>())
            .with("access", access.iter().map(access::Row::value).collect::<Vec<Value>>());
        return Answer::Object { columns: &[], record };
    }
    let mut parts = vec![lines(&changes_told), files::difference(&files)];
    if !access.is_empty() {
        parts.push(format!("Who gains (+) and loses (-) what:\n{}", access::text(&access)));
    }
    parts.retain(|part| !part.is_empty());
    Answer::Text(parts.join("\n"))
}

fn text(side: &Files, name: &str) -> Arc<Vec<u8>> {
    side.get(name).map(Arc::clone).unwrap_or_default()
}

/// The files that differ.
fn changed(old: &Files, new: &Files) -> Vec<FileChange> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    differ
        .map(|name| FileChange {
            name: name.clone(),
            old: old.get(name).map(Arc::clone),
            new: new.get(name).map(|text| Rope::from(text.to_vec())),
        })
        .collect()
}

/// What comes, changes and goes.
fn told([before, after]: &[Directory; 2], old: &Files, new: &Files) -> Vec<Change> {
    let realms = |side: &Files| domains_cfg::parse(&text(side, domains_cfg::FILE)).0;
    let jobs = |side: &Files| jobs_cfg::parse(&text(side, jobs_cfg::FILE)).0;
    let mut changes = difference::of_directories(before, after);
    changes.extend(difference::of_realms(&realms(old), &realms(new)));
    changes.extend(difference::of_jobs(&jobs(old), &jobs(new)));
    changes
}
