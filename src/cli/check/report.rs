//! What `check` says.

use crate::check::{Finding, Selection, Severity};
use crate::cli::output::{Answer, Column, Record};
use crate::cli::values::Values;
use std::borrow::Cow;
use std::fmt::Write as _;

const COLUMNS: &[Column] = &[
    Column::text("file"),
    Column::integer("line"),
    Column::text("severity"),
    Column::text("code"),
    Column::text("message"),
];

/// What was found and what became of it.
pub(super) struct Report {
    /// What was repaired, or would be.
    pub(super) fixed: Vec<Finding>,
    /// What is left.
    pub(super) left: Vec<Finding>,
    /// Whether repairing was asked for.
    pub(super) fix: bool,
    /// Whether it is only shown.
    pub(super) dry_run: bool,
    /// What was looked for.
    pub(super) selection: Selection,
}

impl Report {
    /// Lines for people, rows for programs.
    pub(super) fn answer(&self, values: &Values) -> Answer {
        if values.text("output-format").is_none_or(|format| format == "text") {
            return Answer::Text(self.text());
        }
        let fixed = self.fixed.iter().map(|finding| record(finding, !self.dry_run));
        let left = self.left.iter().map(|finding| record(finding, false));
        Answer::Rows { columns: COLUMNS, rows: fixed.chain(left).collect() }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let word = if self.dry_run { "would repair " } else { "repaired " };
        for finding in &self.fixed {
            text.push_str(word);
            headline(finding, &mut text);
            text.push('\n');
        }
        for finding in &self.left {
            headline(finding, &mut text);
            text.extend(["\n    ", &one_line(&finding.advice), "\n"]);
        }
        text + &self.summary()
    }

    fn summary(&self) -> String {
        let count = |severity: Severity| self.left.iter().filter(|one| one.rule.severity == severity).count();
        let counted = [Severity::Error, Severity::Warning, Severity::Hint]
            .map(|severity| (count(severity), severity))
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, severity)| format!("{number} {severity}{}", if number == 1 { "" } else { "s" }));
        let mut parts: Vec<String> = counted.collect();
        if parts.is_empty() {
            parts.push(self.nothing().to_owned());
        }
        if !self.fixed.is_empty() {
            let word = if self.dry_run { "would be repaired" } else { "repaired" };
            parts.insert(0, format!("{} {word}", self.fixed.len()));
        }
        let repairable = self.left.iter().filter(|finding| finding.repair.is_some()).count();
        let hint =
            if repairable > 0 && !self.fix { format!("; --fix repairs {repairable}") } else { String::new() };
        format!("{}{hint}\n", parts.join(", "))
    }

    fn nothing(&self) -> &'static str {
        match (&self.selection.only, self.selection.severity) {
            _ if !self.fixed.is_empty() => "nothing left",
            (None, Severity::Warning) => "no errors, no warnings (--severity hint looks for more)",
            (None, Severity::Error) => "no errors",
            _ => "nothing found",
        }
    }
}

/// `user.cfg:7: warning[U010]: what is wrong`.
fn headline(finding: &Finding, out: &mut String) {
    out.push_str(if finding.file.is_empty() { "." } else { &finding.file });
    if let Some(line) = finding.line {
        let _ = write!(out, ":{line}");
    }
    out.extend([
        ": ",
        finding.rule.severity.name(),
        "[",
        finding.rule.code,
        "]: ",
        &one_line(&finding.message),
    ]);
}

/// A text from a file may hold line breaks: they would look like findings of their own.
fn one_line(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
        true => text.replace('\n', "\\n").replace('\r', "\\r").into(),
        false => text.into(),
    }
}

fn record(finding: &Finding, fixed: bool) -> Record {
    Record::new()
        .with("code", finding.rule.code)
        .with("severity", finding.rule.severity.name())
        .with("file", if finding.file.is_empty() { "." } else { finding.file.as_ref() })
        .with_some("line", finding.line)
        .with("message", finding.message.as_str())
        .with("advice", finding.advice.as_str())
        .with("fixable", finding.repair.is_some())
        .with("fixed", fixed)
}
