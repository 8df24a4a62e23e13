//! Who would gain and who would lose which privilege where.

use crate::access::Policy;
use crate::access::difference::{Difference, Reach, Side, differences};
use crate::access::explain::{Acting, Explanation};
use crate::access::usable::{Who, check_usable};
use crate::catalogue::Catalogue;
use crate::cli::output::printable;
use crate::model::directory::Directory;
use crate::model::privilege::{Privilege, PrivilegeSet};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// So many lines are shown to a person.
const SHOWN: usize = 200;

/// A privilege that comes or goes, and the subjects of the entries it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    privilege: String,
    via: Vec<String>,
}

/// What one user or token would gain and lose at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    who: String,
    path: String,
    reach: Reach,
    gains: Vec<Change>,
    loses: Vec<Change>,
}

/// The differences between two states, at the moment `now` in seconds since 1970: whoever has no account, is disabled
/// or expired may do nothing, whatever the entries say.
pub fn rows(before: &Directory, after: &Directory, catalogue: &Catalogue, now: i64) -> Vec<Row> {
    let (old, new) = (Policy::compile(before, catalogue), Policy::compile(after, catalogue));
    let now = u64::try_from(now).unwrap_or_default();
    let acts = |directory: &Directory, who: &str| {
        Who::parse(who).is_some_and(|who| check_usable(directory, &who, now).is_ok())
    };
    let (acted, acts) = (|who: &str| acts(before, who), |who: &str| acts(after, who));
    let found = differences(Side { policy: &old, acts: &acted }, Side { policy: &new, acts: &acts });
    let row = |one: Difference| {
        let path = if one.reach == Reach::Below { below(&one.path) } else { one.path.clone() };
        let changes = |policy: &Policy, set: PrivilegeSet| -> Vec<Change> {
            if set.is_empty() {
                return Vec::new();
            }
            let why = policy.explain(&one.who, &path);
            let name = |privilege| catalogue.name(privilege).to_owned();
            set.iter()
                .map(|privilege| Change { privilege: name(privilege), via: via(&why, privilege) })
                .collect()
        };
        let (gains, loses) = (changes(&new, one.gains), changes(&old, one.loses));
        Row { who: one.who, path: one.path, reach: one.reach, gains, loses }
    };
    found.into_iter().map(row).collect()
}

/// A path below another nothing is set at.
fn below(path: &str) -> String {
    format!("{}/-", path.trim_end_matches('/'))
}

/// The subjects of the entries a privilege comes from.
fn via(why: &Explanation<'_>, privilege: Privilege) -> Vec<String> {
    if why.acting == Acting::Superuser {
        return vec!["superuser".to_owned()];
    }
    let Some(side) = why.sides.first() else { return Vec::new() };
    let subjects = side.granting(privilege).map(|(_, entry)| entry.via.subject(side.subject));
    subjects.collect::<BTreeSet<_>>().into_iter().collect()
}

impl Row {
    fn reach(&self) -> &'static str {
        match self.reach {
            Reach::HereAndBelow => "here-and-below",
            Reach::Here => "here",
            Reach::Below => "below",
        }
    }

    /// The row for a program.
    pub fn value(&self) -> Value {
        let changes = |changes: &[Change]| -> Vec<Value> {
            changes.iter().map(|one| json!({ "privilege": one.privilege, "via": one.via })).collect()
        };
        json!({
            "who": self.who,
            "path": self.path,
            "reach": self.reach(),
            "gains": changes(&self.gains),
            "loses": changes(&self.loses),
        })
    }

    /// A line for each privilege: what, where, and through whose entry.
    fn cells(&self) -> impl Iterator<Item = [String; 4]> {
        let gains = self.gains.iter().map(|one| ('+', one));
        let both = gains.chain(self.loses.iter().map(|one| ('-', one)));
        both.map(|(sign, change)| {
            let place = match self.reach {
                Reach::HereAndBelow => self.path.clone(),
                Reach::Here => format!("{} (not below)", self.path),
                Reach::Below => format!("{} (only below)", self.path),
            };
            let via =
                if change.via.is_empty() { String::new() } else { format!("via {}", change.via.join(", ")) };
            [format!("{sign} {}", self.who), change.privilege.clone(), place, via]
        })
    }
}

/// The rows for a person, a line for each privilege, in columns.
pub fn lines(rows: &[Row]) -> Vec<String> {
    let cells: Vec<[String; 4]> = rows.iter().flat_map(Row::cells).collect();
    let width = |column: usize| {
        cells
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let (first, second, third) = (width(0), width(1), width(2));
    let line = |[who, privilege, place, via]: &[String; 4]| {
        let line = format!("{who:first$}  {privilege:second$}  {place:third$}  {via}");
        line.trim_end().to_owned()
    };
    cells.iter().map(line).collect()
}

/// The first of these lines, with what could drive a terminal made visible.
pub fn text(rows: &[Row]) -> String {
    let lines = lines(rows);
    let mut text: String = lines.iter().take(SHOWN).map(|line| format!("{}\n", printable(line))).collect();
    if let Some(more) = lines.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("and {more} more like these; --output-format json tells all\n"));
    }
    text
}
