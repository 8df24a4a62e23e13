//! The matrix as comma-separated values (RFC 4180), for spreadsheets.
//!
//! Every line ends with CR LF, a value with a comma, quote or line end stands in quotes, and a quote in
//! it is doubled. A spreadsheet takes a value that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a
//! formula: such a value gets an apostrophe in front, which spreadsheets take for "this is text".

use super::chart::{Chart, origin_name, privileges as names};
use crate::access::Permissions;
use crate::cli::output::printable;
use crate::model::privilege::PrivilegeSet;
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns that are always there; where rows are roles, `role` comes first.
const COLUMNS: &str = "principal,type,state,path,origin,pool,limited,roles,privileges,below";

/// Writes it.
///
/// # Errors
/// What `out` says.
pub fn write(chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
    let by_role = chart.lines().next().is_some_and(|line| line.role.is_some());
    let role = if by_role { "role," } else { "" };
    write!(out, "{role}{COLUMNS}\r\n")?;
    let named = |roles: &[(String, bool)]| marked(roles.iter().map(|(name, flag)| (name.as_str(), *flag)));
    let ends = chart.by_finding(|finding, permissions| {
        let (pool, limited) = (u8::from(finding.pooled), u8::from(finding.limited));
        let roles = named(&finding.roles);
        let reaches = finding.below.as_ref().map_or(permissions.propagated, |below| below.granted);
        let below = Permissions { granted: reaches, propagated: PrivilegeSet::EMPTY };
        let below = marked(names(chart.names(), below));
        let privileges = marked(names(chart.names(), permissions));
        format!("{},{pool},{limited},{roles},{privileges},{below}\r\n", origin_name(finding.origin))
    });
    for line in chart.lines() {
        if let Some((role, _)) = line.role {
            write!(out, "{},", value(role))?;
        }
        write!(out, "{},{},{},", value(line.principal), line.kind, line.state.name())?;
        write!(out, "{},", value(line.path))?;
        out.write_all(ends.get(line.number as usize).map_or(b"\r\n", |end| end.as_bytes()))?;
    }
    Ok(())
}

/// Names in one value, parted by `; `, each with a mark where it reaches further down.
fn marked<'n>(names: impl Iterator<Item = (&'n str, bool)>) -> String {
    let words: Vec<String> =
        names.map(|(name, flag)| format!("{name}{}", if flag { " (*)" } else { "" })).collect();
    value(&words.join("; ")).into_owned()
}

/// A text as one value.
fn value(text: &str) -> Cow<'_, str> {
    let mut value = printable(text);
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        value = Cow::Owned(format!("'{value}"));
    }
    if value.contains([',', '"', '\n', '\r']) {
        value = Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_and_no_formula() {
        for (text, written) in [
            ("joe@pve", "joe@pve"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("@sum", "'@sum"),
            ("-x", "'-x"),
            ("+x,y", "\"'+x,y\""),
            ("a\rb", "a\\rb"),
        ] {
            assert_eq!(value(text), written, "{text:?}");
        }
    }
}
