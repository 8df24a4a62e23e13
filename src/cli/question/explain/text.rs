//! An explanation for people.

use super::Told;
use super::way_out::{granting, removing};
use crate::access::explain::{Acting, Entry, Fate, Level, Side, Walk};
use crate::access::remedy::{Hopeless, Remedy};
use crate::catalogue::Catalogue;
use crate::cli::question::{names, phrase};
use crate::format::USER_CFG;
use crate::model::privilege::PrivilegeSet;
use std::fmt::Write as _;

/// How wide lists of privileges are.
const WIDTH: usize = 96;

/// The whole explanation, line by line.
pub(super) fn text(told: &Told<'_>) -> String {
    let mut text = verdict(told);
    capacity(told, &mut text);
    for (place, side) in told.explanation.sides.iter().enumerate() {
        text.push('\n');
        if told.explanation.sides.len() > 1 {
            let whose = if place == 0 { "the token itself" } else { "its owner" };
            let _ = writeln!(text, "{whose}, {}: {}\n", side.subject, outcome(told, side));
        }
        entries(told, side, &mut text);
    }
    if told.privilege.is_none() && !told.explanation.permissions.is_empty() {
        text.push_str("\nheld ('*': further down, too):\n");
        list(told, &mut text);
    }
    way_out(told, &mut text);
    text
}

fn verdict(told: &Told<'_>) -> String {
    let (who, path) = (told.who, told.path);
    let Some(privilege) = told.privilege else {
        let held = match told.explanation.permissions.granted.len() {
            0 => "no privilege".to_owned(),
            1 => "one privilege".to_owned(),
            count => format!("{count} privileges"),
        };
        return match told.unusable {
            Some(why) => format!("{who} holds {held} on {path}, and cannot use any: {why}\n"),
            None => format!("{who} holds {held} on {path}\n"),
        };
    };
    let name = told.catalogue.name(privilege);
    match (told.explanation.holds(privilege), told.unusable) {
        (true, None) => {
            let why = phrase::why(told.catalogue, told.explanation, privilege);
            format!("yes: {who} holds {name} on {path} ({why})\n")
        }
        (true, Some(why)) => format!("no: {why}; {name} on {path} is held and cannot be used\n"),
        (false, why) => {
            let wanted = std::iter::once(privilege).collect();
            let account = why.map(|why| format!("{why}, and ")).unwrap_or_default();
            let why = phrase::why_not(told.explanation, wanted);
            format!("no: {account}{who} lacks {name} on {path} ({why})\n")
        }
    }
}

fn capacity(told: &Told<'_>, text: &mut String) {
    let who = told.who;
    let _ = match told.explanation.acting {
        Acting::Nobody | Acting::User => Ok(()),
        Acting::Superuser => {
            writeln!(text, "{who} is the superuser, who may do everything whatever entries say")
        }
        Acting::FullToken { owner, superuser: true } => {
            writeln!(text, "{who} may do what its owner {owner} may, who is the superuser: everything")
        }
        Acting::FullToken { owner, .. } => {
            writeln!(
                text,
                "{who} may do what its owner {owner} may; entries for the token itself do not count"
            )
        }
        Acting::SeparatedToken { owner, superuser: true } => {
            writeln!(
                text,
                "{who} is a separated token of {owner}, the superuser: its own entries decide alone"
            )
        }
        Acting::SeparatedToken { owner, .. } => {
            writeln!(text, "{who} is a separated token: it may do what both it and its owner {owner} may")
        }
    };
}

/// What the entries of one side come to.
fn outcome(told: &Told<'_>, side: &Side<'_>) -> String {
    match told.privilege {
        Some(privilege) => {
            let holds = side.permissions.granted.contains(privilege);
            format!("{} {}", if holds { "holds" } else { "lacks" }, told.catalogue.name(privilege))
        }
        None => match side.permissions.granted.len() {
            1 => "one privilege".to_owned(),
            count => format!("{count} privileges"),
        },
    }
}

fn entries(told: &Told<'_>, side: &Side<'_>, text: &mut String) {
    if side.walks().all(|walk| walk.levels.is_empty()) {
        let _ = writeln!(
            text,
            "no ACL entry on {} or above it is for {} or a group of it",
            told.path, side.subject
        );
    }
    for (place, walk) in side.walks().enumerate() {
        if place > 0 && !walk.levels.is_empty() {
            let name = phrase::pool(told.catalogue, walk);
            let line =
                told.sources.pool(name).map(|line| format!(" ({USER_CFG}:{line})")).unwrap_or_default();
            let _ = writeln!(
                text,
                "pool {name}{line} holds {}, so what is set at the pool counts as well:",
                told.path
            );
        }
        for level in &walk.levels {
            let _ = writeln!(text, "{}", level.path);
            for one in &level.entries {
                let _ = writeln!(text, "  {}", entry(told, side, walk, level, one));
            }
        }
    }
}

fn entry(told: &Told<'_>, side: &Side<'_>, walk: &Walk<'_>, level: &Level<'_>, entry: &Entry<'_>) -> String {
    let mark = match entry.fate {
        Fate::Decides => '+',
        Fate::Blocks => '!',
        _ => '-',
    };
    let sources = [
        ("", told.sources.entry(side, &level.path, entry)),
        ("member: ", told.sources.member(side, entry)),
        ("role: ", told.sources.role(entry.role)),
    ];
    let mut notes: Vec<String> =
        sources.into_iter().filter_map(|(what, line)| Some(format!("{what}{USER_CFG}:{}", line?))).collect();
    if !entry.propagate {
        notes.push("does not propagate".to_owned());
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
    let subject = entry.via.subject(side.subject);
    format!("{mark} {} for {subject}{notes}: {}", entry.role, fate(told, side, walk, entry))
}

/// What becomes of an entry, in words.
fn fate(told: &Told<'_>, side: &Side<'_>, walk: &Walk<'_>, entry: &Entry<'_>) -> String {
    let holds = told
        .privilege
        .map(|privilege| (entry.privileges.contains(privilege), told.catalogue.name(privilege)));
    let hidden = |why: String| match holds {
        Some((true, name)) => format!("would give {name}, but {why}"),
        _ => why,
    };
    match entry.fate {
        Fate::Decides => match holds {
            Some((true, name)) => format!("counts and gives {name}"),
            Some((false, name)) => format!("counts, and does not hold {name}"),
            None => "counts".to_owned(),
        },
        Fate::Blocks => "takes everything away".to_owned(),
        Fate::Blocked => hidden(format!("is taken away by {}", told.catalogue.blocking_role())),
        Fate::Outranked => {
            hidden(format!("an entry for {} itself on the same path comes first", side.subject))
        }
        Fate::Covered => {
            let counts = |level: &&Level<'_>| {
                level
                    .entries
                    .iter()
                    .any(|one| matches!(one.fate, Fate::Decides | Fate::Blocks | Fate::Blocked))
            };
            let deeper = walk.levels.iter().find(counts).map_or("a deeper path", |level| level.path.as_str());
            hidden(format!("is replaced by what is set on {deeper}"))
        }
        Fate::OutOfReach => {
            // A way may begin at the last path that is known; the path of a pool always is.
            let from = if std::ptr::eq(walk, &side.walk) { told.path.as_str() } else { &walk.from };
            hidden(format!("is for that path only, not for {from}"))
        }
    }
}

/// The privileges that are held, in lines of a bearable length.
fn list(told: &Told<'_>, text: &mut String) {
    let permissions = told.explanation.permissions;
    let words = permissions.iter().map(|(privilege, propagated)| {
        format!("{}{}", told.catalogue.name(privilege), if propagated { "*" } else { "" })
    });
    wrapped(words, text);
}

fn wrapped(words: impl Iterator<Item = String>, text: &mut String) {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && line.len() + word.len() + 2 > WIDTH {
            let _ = writeln!(text, "  {line},");
            line.clear();
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        let _ = writeln!(text, "  {line}");
    }
}

fn few(catalogue: &Catalogue, set: PrivilegeSet) -> String {
    let all = names(catalogue, set);
    match all.as_slice() {
        [first, second, third, rest @ ..] if rest.len() > 1 => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        _ => all.join(", "),
    }
}

fn way_out(told: &Told<'_>, text: &mut String) {
    if told.allowed() != Some(false) {
        return;
    }
    if let Some(command) = &told.way_out.account {
        let _ = writeln!(text, "\nfirst of all:\n  {command}");
    }
    match &told.way_out.remedy {
        Remedy::Granted => {}
        Remedy::Grant(grants) => {
            let what = if grants.len() == 1 { "entry that grants it" } else { "entries that grant it" };
            let _ = writeln!(text, "\nthe smallest {what}:");
            for grant in grants {
                let _ = writeln!(text, "  {}", granting(grant, false));
                if grant.propagate {
                    let _ = writeln!(
                        text,
                        "    (no entry can be set at {}; this one reaches everything below {})",
                        told.path, grant.path
                    );
                }
                if !grant.loses.is_empty() {
                    let lost = few(told.catalogue, grant.loses);
                    let _ = writeln!(
                        text,
                        "    but it replaces what counts on {} now, and {} would lose {lost}; to keep that:",
                        told.path, grant.subject
                    );
                    let _ = writeln!(text, "  {}", granting(grant, true));
                }
            }
        }
        Remedy::Unblock(obstacles) => {
            let what = if obstacles.len() == 1 { "this entry is" } else { "these entries are" };
            let _ = writeln!(text, "\n{what} in the way, and no grant gets past:");
            for obstacle in obstacles {
                let _ = writeln!(text, "  {}", removing(obstacle));
            }
        }
        Remedy::Nothing(Hopeless::Nobody) => {}
        Remedy::Nothing(Hopeless::NoRole) => {
            let _ = writeln!(text, "\nno role holds it: 'usher role add' makes one");
        }
        Remedy::Nothing(Hopeless::NoPath | Hopeless::NoPlace) => {
            let _ = writeln!(text, "\nno entry can be set that would reach {}", told.path);
        }
    }
}
