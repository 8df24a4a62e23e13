//! `test`: expectations about permissions, run against a directory.

use super::command::Verb;
use super::context::Context;
use super::entries;
use super::moment;
use super::output::{Answer, Record, printable};
use super::parameter::{Kind, Parameter};
use super::standing;
use super::values::Values;
use crate::access::Policy;
use crate::access::explain::Acting;
use crate::access::policy_test::{Expected, PolicyTest, Verdict};
use crate::access::rule::Rule;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::USER_CFG;
use crate::format::junit::{self, Case, Suite};
use crate::format::policy_test;
use crate::model::acl::AclEntry;
use crate::model::privilege::PrivilegeSet;
use crate::store::Files;
use serde_json::Value;
use std::path::Path;

/// The command.
pub static VERB: Verb = Verb {
    name: "test",
    aliases: &[],
    about: "Run policy tests: files that say who can, and who cannot, do what where. Exits 0 when all pass, 3 when some \
            fail. Example: usher test policy.toml --junit report.xml",
    parameters: &[
        Parameter::of_place("file", Kind::List, "Files of policy tests, in TOML."),
        Parameter::text("junit", "Write a report in JUnit XML to this file, too."),
    ],
    answers: true,
    writes: false,
    asks: Rule::Superuser,
    failure: "",
    run,
};

/// A test that was run.
struct Done {
    test: PolicyTest,
    verdict: Verdict,
    /// Why a test that failed did.
    why: Option<Why>,
}

/// Why somebody can do what he can, and nothing else.
struct Why {
    words: String,
    /// The ACL entries it comes from.
    entries: Vec<Value>,
}

/// A file whose tests were run.
struct Report {
    file: String,
    catalogue: Catalogue,
    tests: Vec<Done>,
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    values.check().end(Some(()))?;
    let reports: Vec<Report> =
        values.words("file").into_iter().map(|file| report(context, file)).collect::<Result<_>>()?;
    if let Some(path) = values.text("junit") {
        let xml = junit::render(&reports.iter().map(suite).collect::<Vec<_>>());
        std::fs::write(path, xml).map_err(|error| Error::io("write", path, error))?;
    }
    let all = reports.iter().flat_map(|report| &report.tests);
    let (passed, failed): (Vec<&Done>, Vec<&Done>) = all.partition(|one| one.verdict.passed());
    let (passed, failed) = (passed.len(), failed.len());
    if failed > 0 {
        let verb = if failed == 1 { "test does" } else { "tests do" };
        context.failure = Some(Error::No(format!("{failed} policy {verb} not hold")));
    }
    if values.for_people() {
        return Ok(Answer::Text(text(&reports, passed, failed)));
    }
    let tests: Vec<Value> =
        reports.iter().flat_map(|report| report.tests.iter().map(|one| record(report, one))).collect();
    let record = Record::new().with("passed", passed).with("failed", failed).with("tests", tests);
    Ok(Answer::Object { columns: &[], record })
}

/// Reads a file and runs its tests.
fn report(context: &Context, file: &str) -> Result<Report> {
    let bytes = std::fs::read(file).map_err(|error| Error::io("read", file, error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::refused(format!("'{file}' holds bytes that are not UTF-8")))?;
    let tests = policy_test::parse(file, &text)?;
    let beside = Path::new(file).parent().unwrap_or(Path::new(""));
    match tests.config_dir.as_ref().filter(|_| !context.place_is_named) {
        Some(folder) => {
            let place = beside.join(folder);
            if !place.is_dir() {
                let message = format!("'{file}' names the config directory '{folder}', which is not there");
                return Err(Error::refused(message).with_hint("'config-dir' is looked for beside the file"));
            }
            perform(&Context::open(context.face, place, "test".into(), false)?, file, &tests)
        }
        None => {
            context.require_place()?;
            perform(context, file, &tests)
        }
    }
}

fn perform(context: &Context, file: &str, tests: &policy_test::PolicyTests<'_>) -> Result<Report> {
    let checked = tests.checked(&context.catalogue)?;
    let files = context.load(&[USER_CFG])?;
    let directory = context.directory_in(&files);
    let policy = Policy::compile(&directory, &context.catalogue);
    let this_moment = standing::now();
    let mut done = Vec::with_capacity(checked.len());
    for (test, now) in checked {
        let now = match &now {
            None => this_moment,
            Some(named) => match named.text.parse() {
                Ok(seconds) => seconds,
                Err(_) => moment::parse(&named.text).map_err(|error| tests.refuse_moment(named, &error))?,
            },
        };
        let verdict = test.judge(&directory, &policy, now);
        let why = (!verdict.passed()).then(|| why(&files, &policy, &test, &verdict));
        done.push(Done { test, verdict, why });
    }
    Ok(Report { file: file.to_owned(), catalogue: context.catalogue.clone(), tests: done })
}

fn names(catalogue: &Catalogue, set: PrivilegeSet) -> Vec<&str> {
    set.iter().map(|privilege| catalogue.name(privilege)).collect()
}

/// Finds the ACL entries behind a verdict, and their lines.
fn why(files: &Files, policy: &Policy, test: &PolicyTest, verdict: &Verdict) -> Why {
    let explanation = policy.explain(&test.who.to_string(), test.path.as_str());
    let counting = entries::counting(&explanation);
    let paths: Vec<String> = counting.iter().map(|entry| entry.path.to_string()).collect();
    let places = entries::places(files, &paths);
    let superuser =
        matches!(explanation.acting, Acting::Superuser | Acting::FullToken { superuser: true, .. });
    let words = match &verdict.unusable {
        Some(unusable) => unusable.to_string(),
        None if superuser => "the superuser may do everything".to_owned(),
        None if counting.is_empty() => "no ACL entry reaches this path".to_owned(),
        None => {
            let one = |entry: &AclEntry| match entries::line(&places, entry) {
                Some(line) => format!("{entry} ({})", entries::place(Some(line))),
                None => entry.to_string(),
            };
            format!("what counts is {}", counting.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    };
    Why { words, entries: counting.iter().map(|entry| entries::value(&places, entry)).collect() }
}

/// What is wrong, in one line.
fn complaint(report: &Report, one: &Done) -> String {
    let part = |words: &str, set: PrivilegeSet| {
        (!set.is_empty()).then(|| format!("{words} {}", names(&report.catalogue, set).join(", ")))
    };
    let wrong = [part("cannot", one.verdict.missing), part("can", one.verdict.unwanted)];
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    let PolicyTest { who, path, .. } = &one.test;
    let why = one.why.as_ref().map_or("", |why| &why.words);
    format!("{who} on {path} {}: {why}", wrong.join(", but "))
}

fn expectation(report: &Report, one: &Done) -> String {
    let list = |set: PrivilegeSet| match set.is_empty() {
        true => "nothing".to_owned(),
        false => names(&report.catalogue, set).join(", "),
    };
    match one.test.expected {
        Expected::Exactly(all) => format!("exactly {}", list(all)),
        Expected::Bounds { can, cannot } if cannot.is_empty() => format!("can {}", list(can)),
        Expected::Bounds { can, cannot } if can.is_empty() => format!("cannot {}", list(cannot)),
        Expected::Bounds { can, cannot } => format!("can {}; cannot {}", list(can), list(cannot)),
    }
}

/// The report for people, in the shape `cargo test` gave it.
fn text(reports: &[Report], passed: usize, failed: usize) -> String {
    let mut text = String::new();
    for report in reports {
        let count = report.tests.len();
        let noun = if count == 1 { "test" } else { "tests" };
        text.push_str(&format!("\nrunning {count} {noun} of {}\n", printable(&report.file)));
        for one in &report.tests {
            let outcome = if one.verdict.passed() { "ok" } else { "FAILED" };
            text.push_str(&format!("test {} ... {outcome}\n", printable(&one.test.name)));
        }
    }
    if failed > 0 {
        text.push_str("\nfailures:\n");
    }
    for report in reports {
        for one in report.tests.iter().filter(|one| !one.verdict.passed()) {
            text.push_str(&format!(
                "\n---- {} ({}:{}) ----\nexpected: {}\nactual:   {}\n",
                printable(&one.test.name),
                printable(&report.file),
                one.test.line,
                expectation(report, one),
                complaint(report, one),
            ));
        }
    }
    let result = if failed > 0 { "FAILED" } else { "ok" };
    text.push_str(&format!("\ntest result: {result}. {passed} passed; {failed} failed\n"));
    text
}

fn record(report: &Report, one: &Done) -> Value {
    let list = |set: PrivilegeSet| Value::from(names(&report.catalogue, set));
    let passed = one.verdict.passed();
    let mut record = serde_json::Map::new();
    for (name, value) in [
        ("file", Value::from(report.file.as_str())),
        ("line", one.test.line.into()),
        ("name", one.test.name.as_str().into()),
        ("who", one.test.who.to_string().into()),
        ("path", one.test.path.as_str().into()),
        ("passed", passed.into()),
        ("actual", list(one.verdict.actual)),
        ("missing", list(one.verdict.missing)),
        ("unwanted", list(one.verdict.unwanted)),
    ] {
        record.insert(name.to_owned(), value);
    }
    if let Some(why) = &one.why {
        record.insert("reason".into(), why.words.as_str().into());
        record.insert("acl".into(), why.entries.as_slice().into());
    }
    Value::Object(record)
}

fn suite(report: &Report) -> Suite {
    let case = |one: &Done| Case {
        name: one.test.name.clone(),
        line: one.test.line,
        failure: (!one.verdict.passed()).then(|| complaint(report, one)),
    };
    Suite { name: report.file.clone(), cases: report.tests.iter().map(case).collect() }
}
