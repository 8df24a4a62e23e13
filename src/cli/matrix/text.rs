//! The matrix as a table for people.

use super::chart::{Chart, Grouping, Line, State, origin_name, privileges};
use crate::access::Permissions;
use crate::access::matrix::Finding;
use crate::cli::output::{Style, grouped};
use crate::model::privilege::PrivilegeSet;
use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

/// The line below the table.
const FOOTER: &str =
    "(*) reaches the paths below. A path that is not listed has what the nearest one above passes on.\n";
/// The line below a table of paths that were asked for.
const FOOTER_OF_PATHS: &str = "(*) reaches the paths below.\n";

/// Writes it.
///
/// # Errors
/// What `out` says.
pub fn write(chart: &Chart, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if chart.count() == 0 {
        return out.write_all(b"nobody\n");
    }
    let may =
        chart.by_finding(|finding, permissions| what(finding, permissions, chart.narrowed, chart.names()));
    let why = chart.by_finding(|finding, _| reason(finding));
    let of =
        |words: &'_ [String], line: &Line<'_>| words.get(line.number as usize).cloned().unwrap_or_default();
    let titles = match chart.grouping {
        Grouping::User => ["user or token", "path", "may", "set by"],
        Grouping::Group => ["group", "path", "may", "set by"],
        Grouping::Role => ["role", "path", "user or token", "set by"],
    };
    let row = |line: Line<'_>| -> [String; 4] {
        match line.role {
            None => [who(&line).into_owned(), line.path.to_owned(), of(&may, &line), of(&why, &line)],
            Some((role, propagate)) => {
                let reach = if propagate { " (*)" } else { "" };
                [role.to_owned(), line.path.to_owned() + reach, who(&line).into_owned(), of(&why, &line)]
            }
        }
    };
    grouped::write(titles, || chart.lines().map(row), style, out)?;
    out.write_all(if chart.asked.is_empty() { FOOTER } else { FOOTER_OF_PATHS }.as_bytes())
}

/// Whose rights they are, and what keeps him from using them.
fn who<'l>(line: &Line<'l>) -> Cow<'l, str> {
    match line.state {
        State::Active => Cow::Borrowed(line.principal),
        state => Cow::Owned(format!("{} ({})", line.principal, state.name())),
    }
}

/// What may be done: roles, or privileges where only some were asked for.
pub fn what(finding: &Finding, permissions: Permissions, narrowed: bool, names: &[Arc<str>]) -> String {
    let roles = || listed(finding.roles.iter().map(|(name, flag)| (name.as_str(), *flag)));
    let mut words = match narrowed {
        _ if permissions.is_empty() => format!("nothing ({})", roles()),
        true => listed(privileges(names, permissions)),
        false => roles(),
    };
    if !narrowed && finding.limited {
        words.push_str(", limited by its owner");
    }
    if let Some(below) = below(finding, permissions, narrowed, names) {
        words.push_str(&format!("; below: {below}"));
    }
    words
}

/// What holds below, where it is not what is marked here: roles, or privileges where only some were asked for.
pub fn below(
    finding: &Finding,
    permissions: Permissions,
    narrowed: bool,
    names: &[Arc<str>],
) -> Option<String> {
    let below = finding.below.as_ref()?;
    let marked = finding.roles.iter().filter(|(_, propagate)| *propagate).map(|(name, _)| name);
    let told = match narrowed {
        true => below.granted == permissions.propagated,
        false => below.roles.iter().eq(marked),
    };
    let words = match narrowed {
        true => {
            listed(privileges(names, Permissions { granted: below.granted, propagated: PrivilegeSet::EMPTY }))
        }
        false => below.roles.join(", "),
    };
    let words = if words.is_empty() { "nothing".to_owned() } else { words };
    (!told).then_some(words)
}

/// Names in one line, each with a mark where it reaches further down.
pub fn listed<'n>(names: impl Iterator<Item = (&'n str, bool)>) -> String {
    let mut words = String::new();
    for (name, propagate) in names {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(name);
        words.push_str(if propagate { " (*)" } else { "" });
    }
    words
}

/// Where it comes from.
fn reason(finding: &Finding) -> String {
    let pool = if finding.pooled { " + pool" } else { "" };
    format!("{}{pool}", origin_name(finding.origin))
}
