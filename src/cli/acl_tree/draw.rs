//! The tree as lines: paths on the left, what is told of them on the right.

use super::branch::{Branch, Rights, Told};
use crate::cli::matrix::text::what;
use crate::model::acl::AclEntry;
use unicode_width::UnicodeWidthStr as _;

/// So many members of a pool are named.
const NAMED_MEMBERS: usize = 8;
/// The widest the left side becomes for the sake of those that are narrower.
const WIDEST: usize = 44;

/// What the branches are drawn with.
struct Strokes {
    child: &'static str,
    last: &'static str,
    pass: &'static str,
    blank: &'static str,
    down: &'static str,
}

const UNICODE: Strokes =
    Strokes { child: "├── ", last: "└── ", pass: "│   ", blank: "    ", down: "│" };
const ASCII: Strokes = Strokes { child: "|-- ", last: "`-- ", pass: "|   ", blank: "    ", down: "|" };

/// Draws it.
pub fn text(root: &Branch, rights: &Rights, unicode: bool) -> String {
    let strokes = if unicode { UNICODE } else { ASCII };
    let mut lines = Vec::new();
    draw(root, root.path.as_str(), "", "", rights, &strokes, &mut lines);
    let widest =
        lines.iter().map(|(left, _)| left.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut text = String::new();
    for (left, right) in &lines {
        let gap = " ".repeat(widest.saturating_sub(left.width()) + 2);
        text.push_str(format!("{left}{gap}{right}").trim_end());
        text.push('\n');
    }
    if root.children.is_empty() && root.told.entries.is_empty() && root.more == 0 {
        text.push_str("nothing is set here or below\n");
    }
    if lines.iter().any(|(_, right)| right.contains("(*)")) {
        text.push_str("(*) reaches the paths below.\n");
    }
    text
}

fn draw(
    branch: &Branch,
    label: &str,
    first: &str,
    rest: &str,
    rights: &Rights,
    strokes: &Strokes,
    lines: &mut Vec<(String, String)>,
) {
    let mut told = words(&branch.told, rights);
    if branch.more > 0 {
        told.push(match branch.more {
            1 => "1 path further down".to_owned(),
            more => format!("{more} paths further down"),
        });
    }
    let down = if branch.children.is_empty() { "" } else { strokes.down };
    let mut told = told.into_iter();
    lines.push((format!("{first}{label}"), told.next().unwrap_or_default()));
    lines.extend(told.map(|words| (format!("{rest}{down}"), words)));
    let count = branch.children.len();
    for (place, child) in branch.children.iter().enumerate() {
        let (here, below) =
            if place + 1 == count { (strokes.last, strokes.blank) } else { (strokes.child, strokes.pass) };
        let path = child.path.as_str();
        let label = path.strip_prefix(branch.path.as_str()).unwrap_or(path).trim_start_matches('/');
        draw(child, label, &format!("{rest}{here}"), &format!("{rest}{below}"), rights, strokes, lines);
    }
}

/// What is told of one path, line by line.
fn words(told: &Told, rights: &Rights) -> Vec<String> {
    let mut holders: Vec<(String, String)> = Vec::new();
    for AclEntry { subject, role, propagate, .. } in &told.entries {
        let subject = subject.to_string();
        let role = format!("{role}{}", if *propagate { " (*)" } else { "" });
        match holders.last_mut() {
            Some((known, roles)) if *known == subject => roles.push_str(&format!(", {role}")),
            _ => holders.push((subject, role)),
        }
    }
    let widest = holders.iter().map(|(subject, _)| subject.width()).max().unwrap_or(0);
    let mut lines: Vec<String> = holders
        .into_iter()
        .map(|(subject, roles)| format!("{subject}{}  {roles}", " ".repeat(widest - subject.width())))
        .collect();
    if !told.members.is_empty() {
        let named = told.members.iter().take(NAMED_MEMBERS).cloned().collect::<Vec<_>>().join(", ");
        let more = match told.members.len().saturating_sub(NAMED_MEMBERS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!("members: {named}{more}"));
    }
    if !told.pools.is_empty() {
        lines.push(format!("in pool {}", told.pools.join(", ")));
    }
    let may = told.finding.as_ref().map(|finding| what(finding, finding.permissions, false, &rights.names));
    if rights.asked {
        lines.push(format!("may: {}", may.as_deref().unwrap_or("nothing")));
    }
    lines
}
