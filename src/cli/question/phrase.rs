//! Reasons in one phrase.

use crate::access::explain::{Acting, Entry, Explanation, Fate, Level, Side, Via, Walk};
use crate::catalogue::Catalogue;
use crate::model::privilege::{Privilege, PrivilegeSet};

/// The name of the pool a path is that of.
pub(super) fn pool<'w>(catalogue: &Catalogue, walk: &'w Walk<'_>) -> &'w str {
    walk.from.strip_prefix(catalogue.pools().acl()).unwrap_or(&walk.from)
}

/// An entry: `via @devs, role PVEAdmin on /vms (inherited)`.
fn entry(pool: Option<&str>, level: &Level<'_>, entry: &Entry<'_>) -> String {
    let through = pool.map(|pool| format!("through pool {pool}, ")).unwrap_or_default();
    let via = match entry.via {
        Via::Itself => String::new(),
        Via::Group(group) => format!("via @{group}, "),
    };
    let inherited = if level.inherited { " (inherited)" } else { "" };
    format!("{through}{via}role {} on {}{inherited}", entry.role, level.path)
}

/// Every entry of a side that gives a privilege, in words and as data.
pub(super) fn granting<'s, 'p>(
    catalogue: &Catalogue,
    side: &'s Side<'p>,
    privilege: Privilege,
) -> Vec<(String, &'s Level<'p>, &'s Entry<'p>)> {
    let mut found = Vec::new();
    for (place, walk) in side.walks().enumerate() {
        let pool = (place > 0).then(|| pool(catalogue, walk));
        for level in &walk.levels {
            let gives = |one: &&Entry<'_>| one.fate == Fate::Decides && one.privileges.contains(privilege);
            found.extend(level.entries.iter().filter(gives).map(|one| (entry(pool, level, one), level, one)));
        }
    }
    found
}

fn first_of(reasons: &[(String, &Level<'_>, &Entry<'_>)]) -> String {
    match reasons {
        [] => String::new(),
        [(only, ..)] => only.clone(),
        [(first, ..), rest @ ..] => format!("{first}; and {} more", rest.len()),
    }
}

/// Why a privilege is held.
pub(super) fn why(catalogue: &Catalogue, explanation: &Explanation<'_>, privilege: Privilege) -> String {
    let by = |side: &Side<'_>| first_of(&granting(catalogue, side, privilege));
    match (explanation.acting, explanation.sides.as_slice()) {
        (Acting::Superuser, _) => "superuser".to_owned(),
        (Acting::FullToken { owner, superuser: true }, _) => format!("as {owner}, the superuser"),
        (Acting::FullToken { owner, .. }, [side, ..]) => format!("as {owner}: {}", by(side)),
        (Acting::SeparatedToken { owner, superuser: true }, [own, ..]) => {
            format!("{}; its owner {owner} is the superuser", by(own))
        }
        (Acting::SeparatedToken { owner, .. }, [own, theirs]) => {
            format!("{}; its owner {owner}: {}", by(own), by(theirs))
        }
        (_, [side, ..]) => by(side),
        (_, []) => String::new(),
    }
}

/// Why something is not held.
pub(super) fn why_not(explanation: &Explanation<'_>, wanted: PrivilegeSet) -> String {
    if explanation.acting == Acting::Nobody {
        return "no ACL entry and no group mentions that name".to_owned();
    }
    let lacks = |side: &&Side<'_>| !side.permissions.granted.contains_all(wanted);
    let Some(side) = explanation.sides.iter().find(lacks) else { return String::new() };
    let whose = match explanation.acting {
        Acting::SeparatedToken { owner, .. } if side.subject == owner => format!("its owner {owner}: "),
        Acting::FullToken { owner, .. } => format!("its owner {owner}: "),
        _ => String::new(),
    };
    let in_words = |(level, entry): (&Level<'_>, &Entry<'_>)| {
        let whom = match entry.via {
            Via::Itself => String::new(),
            Via::Group(group) => format!(" for @{group}"),
        };
        format!("{}{whom} on {}", entry.role, level.path)
    };
    let of = |fate: Fate| side.entries().filter(move |(_, entry)| entry.fate == fate);
    if let Some(blocking) = of(Fate::Blocks).next() {
        return format!("{whose}{} takes everything away", in_words(blocking));
    }
    let mut counting: Vec<String> = of(Fate::Decides).map(in_words).collect();
    counting.dedup();
    match counting.as_slice() {
        [] => match of(Fate::OutOfReach).next() {
            Some(entry) => format!("{whose}{} does not propagate", in_words(entry)),
            None if explanation.acting != Acting::User && whose.is_empty() => {
                "no ACL entry for the token itself reaches that path".to_owned()
            }
            None => format!("{whose}no ACL entry reaches that path"),
        },
        [only] => format!("{whose}what counts is {only}"),
        several => format!("{whose}what counts is {}", several.join(" and ")),
    }
}
