//! `check` and `find-unused`: what is wrong or risky in the directory, and repairing it.

mod report;

use super::command::Verb;
use super::context::Context;
use super::moment;
use super::output::Answer;
use super::parameter::Parameter;
use super::values::{Check, Values};
use crate::catalogue::Catalogue;
use crate::check::{Finding, Input, RULES, Rule, Selection, Severity, check, files, repair, rule};
use crate::error::{Error, Result};
use crate::store::change::Draft;
use crate::store::modes::FileMode;
use crate::store::{Files, Store};
use report::Report;

const ONLY: Parameter =
    Parameter::list("only", "Look for these codes and nothing else, hints included: U010,U011.");
const IGNORE: Parameter = Parameter::list("ignore", "Do not look for these codes.");
const FIX: Parameter =
    Parameter::boolean("fix", "Repair what needs no decision. With --dry-run, only show what would change.");

/// The command.
pub static VERB: Verb = Verb {
    name: "check",
    aliases: &[],
    about: "Look for everything that is wrong or risky in the directory, each with file, line, severity and a code: \
            names that refer to nothing, entries without effect, secrets nobody owns, modes, realms. Exits 3 when \
            something is found. docs/check.md explains every code. Example: usher check --severity hint",
    parameters: &[
        FIX,
        Parameter::choice("severity", &Severity::NAMES, "The least severity that is looked for.")
            .default("warning"),
        ONLY,
        IGNORE,
        Parameter::text(
            "migrate",
            "Look for what changes when the directory moves to this catalogue, too: pve9.",
        ),
    ],
    answers: true,
    writes: true,
    asks: crate::access::rule::Rule::Superuser,
    failure: "",
    run,
};

/// The narrower command.
pub static FIND_UNUSED: Verb = Verb {
    name: "find-unused",
    aliases: &[],
    about: "Look for what nobody uses: roles and groups without entries, entries without effect, API tokens that can \
            do nothing. It is 'check' with these codes only. Exits 3 when something is found. Example: usher \
            find-unused --ignore U013",
    parameters: &[IGNORE],
    answers: true,
    writes: false,
    asks: crate::access::rule::Rule::Superuser,
    failure: "",
    run: find_unused,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let severity = severity(&check, values);
    let (only, ignore) = (codes(&check, "only"), codes(&check, "ignore").unwrap_or_default());
    let target = migration(&check, values);
    let selection = severity.map(|severity| Selection { severity, only, ignore });
    let selection = check.end(selection)?;
    let fix = values.is_on("fix");
    let fixed = if fix { fixed(context, &selection)? } else { Vec::new() };
    let mut left = found(context, &selection, target.as_ref())?;
    if fix && context.dry_run {
        left.retain(|finding| !fixed.contains(finding));
        context.answers_dry_run = true;
    }
    context.says_no = !left.is_empty() || (context.dry_run && !fixed.is_empty());
    let report = Report { fixed, left, fix, dry_run: context.dry_run, selection };
    Ok(report.answer(values))
}

fn find_unused(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let ignore = codes(&check, "ignore").unwrap_or_default();
    check.end(Some(()))?;
    let only = RULES.iter().copied().filter(|rule| rule.unused).collect();
    let selection = Selection { severity: Severity::Hint, only: Some(only), ignore };
    let left = found(context, &selection, None)?;
    context.says_no = !left.is_empty();
    Ok(Report { fixed: Vec::new(), left, fix: false, dry_run: false, selection }.answer(values))
}

fn severity(check: &Check<'_>, values: &Values) -> Option<Severity> {
    let name = values.text("severity").unwrap_or("warning");
    let severity = Severity::parse(name);
    if severity.is_none() {
        check.refuse("severity", format!("'{name}' is none of {}", Severity::NAMES.join(", ")));
    }
    severity
}

/// The rules of a list of codes.
fn codes(check: &Check<'_>, name: &str) -> Option<Vec<&'static Rule>> {
    check.list(name, |code| {
        rule(&code.to_ascii_uppercase()).ok_or_else(|| {
            Error::invalid(format!("there is no code '{code}'")).with_hint("docs/check.md lists them")
        })
    })
}

fn migration(check: &Check<'_>, values: &Values) -> Option<Catalogue> {
    match Catalogue::named(values.text("migrate")?) {
        Ok(catalogue) => Some(catalogue),
        Err(error) => {
            let hint = error.hint().map(|hint| format!(" ({hint})")).unwrap_or_default();
            check.refuse("migrate", format!("{error}{hint}"));
            None
        }
    }
}

/// What is found in the directory as it is.
fn found(context: &Context, selection: &Selection, target: Option<&Catalogue>) -> Result<Vec<Finding>> {
    context.require_place()?;
    let modes = context.store.modes()?;
    let names = files(|folder| context.store.list(folder, false))?;
    let files = context.load(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
    Ok(look(context, &files, &modes, selection, target))
}

fn look(
    context: &Context,
    files: &Files,
    modes: &[FileMode],
    selection: &Selection,
    migrate_to: Option<&Catalogue>,
) -> Vec<Finding> {
    let input = Input { files, catalogue: &context.catalogue, migrate_to, modes, now: moment::now() };
    check(&input, selection)
}

/// Repairs what can be, as it is found under the lock, and tells what that was.
fn fixed(context: &mut Context, selection: &Selection) -> Result<Vec<Finding>> {
    context.require_place()?;
    let modes = context.store.modes()?;
    let names = files(|folder| context.store.list(folder, false))?;
    let (catalogue, now) = (context.catalogue.clone(), moment::now());
    let fixed = context.change(|draft| {
        let files = contents(draft, &names)?;
        let input = Input { files: &files, catalogue: &catalogue, migrate_to: None, modes: &modes, now };
        let mut findings = check(&input, selection);
        findings.retain(|finding| finding.repair.is_some());
        repair::repair(draft, &findings)?;
        // Everything they could say is a finding.
        draft.forget_warnings();
        Ok(findings)
    })?;
    if !context.dry_run {
        let modes = repair::modes(&fixed);
        if !modes.is_empty() {
            context.store.set_modes(&modes)?;
        }
    }
    Ok(fixed)
}

fn contents(draft: &Draft<'_>, names: &[String]) -> Result<Files> {
    let mut files = Files::new();
    for name in names {
        if let Some(text) = draft.whole_file(name)? {
            files.insert(name.clone(), text);
        }
    }
    Ok(files)
}
