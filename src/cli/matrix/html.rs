//! The matrix as one page for a browser: everything it needs is in it, and it loads nothing.
//!
//! The cells stand in it twice: as data, from which its script draws as many rows as are looked at, so
//! that hundreds of thousands do no harm; and, up to [`PLAIN`] of them, as a plain table for whoever has
//! no script. Names are escaped in both.

use super::chart::{Chart, Grouping, Line, State, origin_name, privileges};
use super::text::{below, listed};
use crate::cli::output::printable;
use serde_json::{Value, json};
use std::io::{self, Write};

/// How many lines there are as a plain table.
const PLAIN: usize = 2000;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes it.
///
/// # Errors
/// What `out` says.
pub fn write(chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
    for piece in PAGE.split("{{") {
        let (place, text) = piece.split_once("}}").unwrap_or(("", piece));
        match place {
            "" => {}
            "style" => out.write_all(STYLE.trim_end().as_bytes())?,
            "script" => out.write_all(SCRIPT.trim_end().as_bytes())?,
            "data" => data(chart, out)?,
            "rows" => rows(chart, out)?,
            place => out.write_all(escaped(&word(chart, place)).as_bytes())?,
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// What stands at a place of the page that holds a few words.
fn word(chart: &Chart, place: &str) -> String {
    let titles = match chart.grouping {
        Grouping::User => ["User or token", "Path", "May"],
        Grouping::Group => ["Group", "Path", "May"],
        Grouping::Role => ["Role", "Path", "User or token"],
    };
    let of_groups = chart.grouping == Grouping::Group;
    match place {
        "made" => chart.made_at.clone(),
        "first" => titles[0].to_owned(),
        "second" => titles[1].to_owned(),
        "third" => titles[2].to_owned(),
        "who" => if of_groups { "Group" } else { "User or token" }.to_owned(),
        "whom" => if of_groups { "group" } else { "user or token" }.to_owned(),
        "facts" => {
            format!("{}, as of {}, by usher {}", chart.directory, chart.made_at, env!("CARGO_PKG_VERSION"))
        }
        "caption" if chart.asked.is_empty() => {
            "Who may do what where: every path at which something is set.".to_owned()
        }
        "caption" => format!("Who may do what at {}.", chart.asked.join(", ")),
        "count" if chart.count() > PLAIN => {
            format!(
                "The first {PLAIN} of {} lines. A browser with JavaScript shows all of them.",
                chart.count()
            )
        }
        "count" if chart.count() == 0 => "Nobody may do anything.".to_owned(),
        "count" => format!("{} lines", chart.count()),
        _ => String::new(),
    }
}

/// The lines as rows of a plain table.
fn rows(chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
    for line in chart.lines().take(PLAIN) {
        let [first, second, third] = cells(&line);
        let pool = if line.finding.pooled { " + pool" } else { "" };
        let origin = origin_name(line.finding.origin);
        writeln!(
            out,
            "<tr><th scope=\"row\">{first}</th><td>{second}</td><td>{third}</td><td class=\"note\">{origin}{pool}</td></tr>"
        )?;
    }
    Ok(())
}

/// The first three cells of a line, as markup.
fn cells(line: &Line<'_>) -> [String; 3] {
    let mut who = format!("<code>{}</code>", escaped(line.principal));
    if line.state != State::Active {
        who.push_str(&format!(" <span class=\"state\">{}</span>", line.state.name()));
    }
    let path = format!("<code>{}</code>", escaped(line.path));
    if let Some((role, propagate)) = line.role {
        let mark = if propagate { " <code>∗</code>" } else { "" };
        return [format!("<code>{}</code>", escaped(role)), path + mark, who];
    }
    let mut may = String::new();
    if line.permissions.is_empty() {
        may.push_str("<span class=\"role none\">nothing</span>");
    }
    for (role, propagate) in &line.finding.roles {
        let mark = if *propagate { " ∗" } else { "" };
        let class = if line.permissions.is_empty() { "note" } else { "role" };
        may.push_str(&format!("<code class=\"{class}\">{}{mark}</code> ", escaped(role)));
    }
    if line.finding.limited {
        may.push_str("<span class=\"note\">limited by its owner</span> ");
    }
    if let Some(below) = below(line.finding, line.permissions, line.narrowed, line.names) {
        may.push_str(&format!("<span class=\"note\">below: {}</span>", escaped(&below)));
    }
    let names = listed(privileges(line.names, line.permissions)).replace("(*)", "∗");
    may.push_str(&format!("<div class=\"privileges\">{}</div>", escaped(&names)));
    [who, path, may]
}

/// Everything as data: lists of names, what cells say, and the cells as places in these, three numbers each.
fn data(chart: &Chart, out: &mut dyn Write) -> io::Result<()> {
    let findings = chart.by_finding(|finding, permissions| {
        let held = permissions.iter().map(|(one, flag)| json!([one.place(), u8::from(flag)]));
        let roles = finding.roles.iter().map(|(name, flag)| json!([printable(name), u8::from(*flag)]));
        json!({
            "roles": roles.collect::<Vec<Value>>(),
            "privileges": held.collect::<Vec<Value>>(),
            "origin": origin_name(finding.origin),
            "pool": finding.pooled,
            "limited": finding.limited,
            "below": below(finding, permissions, chart.narrowed, chart.names()),
        })
    });
    let rows = chart.rows().map(|(id, kind, state)| json!([printable(id), kind, state.name()]));
    let names: Vec<&str> = chart.names().iter().map(AsRef::as_ref).collect();
    for (name, value) in [
        ("by", json!(chart.grouping.name())),
        ("narrowed", json!(chart.narrowed)),
        ("names", json!(names)),
        ("rows", rows.collect()),
        ("paths", json!(chart.paths())),
        ("findings", Value::Array(findings)),
    ] {
        let opening = if name == "by" { "{" } else { "," };
        write!(out, "{opening}\"{name}\":{}", inert(&value.to_string()))?;
    }
    out.write_all(b",\"cells\":[")?;
    for (place, cell) in chart.cells().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        write!(out, "{comma}{},{},{}", cell.row, cell.path, cell.finding)?;
    }
    out.write_all(b"]}")
}

/// JSON that ends no element it stands in.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A text as content of an element.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
