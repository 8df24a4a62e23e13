//! `who-can`: everybody who may do something on a path.

use super::{Asked, PATH, names, note_odd_path, path, phrase, privileges};
use crate::access::Principal;
use crate::access::explain::{Acting, Explanation, Via};
use crate::access::rule;
use crate::access::usable::{Unusable, Who};
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::output::{Answer, Column, Record};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::Result;
use crate::model::path::AclPath;
use crate::model::privilege::{Privilege, PrivilegeSet};
use std::collections::BTreeSet;

/// The command.
pub static VERB: Verb = Verb {
    name: "who-can",
    aliases: &[],
    about: "List every user and API token that may do something on a path, and why. Who is disabled, expired or \
            unknown is left out. Exits 3 when there is nobody. Example: usher who-can PRIVILEGE /vms/100",
    parameters: &[
        Parameter::positional(
            "privilege",
            "One privilege, or several joined by ',': those who hold all of them.",
        ),
        PATH,
        Parameter::boolean("all", "Also list those who are disabled, expired or unknown, with their state.")
            .default("0"),
        Parameter::boolean("direct", "Only those who hold it by an entry of their own, not through a group.")
            .default("0"),
        Parameter::boolean("group", "List the groups that give it, instead of users and tokens.")
            .default("0"),
    ],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[Column::text("who"), Column::text("reason")];
const WITH_STATE: &[Column] = &[Column::text("who"), Column::text("reason"), Column::text("state")];

/// What is asked for.
struct Question<'a, 'd, 't> {
    context: &'a Context<'d, 't>,
    asked: &'a Asked,
    path: &'a AclPath,
    wanted: PrivilegeSet,
    all: bool,
    direct: bool,
}

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let wanted = check.one("privilege", |text| privileges(&context.catalogue, text));
    let path = check.one("path", path);
    let (wanted, path) = check.end(wanted.zip(path))?;
    note_odd_path(context, &path);

    let (asked, _) = Asked::whole(context)?;
    let (all, direct) = (values.is_on("all"), values.is_on("direct"));
    let question = Question { context, asked: &asked, path: &path, wanted, all, direct };
    let mut rows = match values.is_on("group") {
        true => question.groups(),
        false => question.people(),
    };
    rows.sort_by(|(left, _), (right, _)| left.cmp(right));
    context.says_no = rows.is_empty();
    if rows.is_empty() && values.for_people() {
        let whom = if values.is_on("group") { "no group gives" } else { "nobody holds" };
        let list = names(&context.catalogue, wanted).join(", ");
        return Ok(Answer::Text(format!("{whom} {list} on {path}\n")));
    }
    let columns = if all { WITH_STATE } else { COLUMNS };
    Ok(Answer::Rows { columns, rows: rows.into_iter().map(|(_, row)| row).collect() })
}

impl Question<'_, '_, '_> {
    fn people(&self) -> Vec<(String, Record)> {
        let holders = self.asked.policy.everybody(self.path.as_str());
        let holders = holders.filter(|(_, held)| held.granted.contains_all(self.wanted));
        holders.filter_map(|(principal, _)| self.person(principal)).collect()
    }

    fn person(&self, principal: Principal) -> Option<(String, Record)> {
        let name = self.asked.policy.name(principal);
        let state = match Who::parse(name) {
            Some(who) => self.asked.unusable(&who).map(|why| state(&who, &why)),
            None => Some("unknown"),
        };
        if state.is_some() && !self.all {
            return None;
        }
        let explanation = self.asked.policy.explain_principal(principal, self.path.as_str());
        let kind = match explanation.acting {
            Acting::FullToken { .. } | Acting::SeparatedToken { .. } => "token",
            _ => "user",
        };
        let row = self.row(name, kind, &explanation)?;
        Some((name.to_owned(), row.with_some("state", state)))
    }

    fn groups(&self) -> Vec<(String, Record)> {
        let policy = &self.asked.policy;
        let givers = policy.groups_at(self.path.as_str());
        let givers = givers.filter(|(_, held)| held.granted.contains_all(self.wanted));
        let row = |(principal, _): (Principal, _)| {
            let name = policy.name(principal);
            let group = self.asked.directory.groups.get(name);
            let state = group.is_none().then_some("unknown");
            if state.is_some() && !self.all {
                return None;
            }
            let explanation = policy.explain_principal(principal, self.path.as_str());
            let members = group.map_or(0, |group| group.members.len());
            let name = format!("@{name}");
            let row = self.row(&name, "group", &explanation)?;
            Some((name, row.with("members", members).with_some("state", state)))
        };
        givers.filter_map(row).collect()
    }

    /// `None` when it is not direct, and only what is direct is asked for.
    fn row(&self, name: &str, kind: &str, explanation: &Explanation<'_>) -> Option<Record> {
        let catalogue = &self.context.catalogue;
        let mut direct = true;
        let (mut paths, mut roles, mut via) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let own = explanation.sides.first();
        for privilege in self.wanted.iter() {
            let by_entries = own.map(|side| phrase::granting(catalogue, side, privilege)).unwrap_or_default();
            direct &= by_entries.iter().any(|(_, _, entry)| entry.via == Via::Itself);
            for (_, level, entry) in by_entries {
                paths.insert(level.path.clone());
                roles.insert(entry.role);
                if let Via::Group(group) = entry.via {
                    via.insert(format!("@{group}"));
                }
            }
        }
        direct &= !matches!(explanation.acting, Acting::FullToken { .. });
        if self.direct && !direct {
            return None;
        }
        let list = |items: BTreeSet<String>| items.into_iter().collect::<Vec<_>>();
        Some(
            Record::new()
                .with("direct", direct)
                .with("kind", kind)
                .with("paths", list(paths))
                .with("reason", self.reason(explanation))
                .with("roles", roles.into_iter().collect::<Vec<_>>())
                .with("via", list(via))
                .with("who", name),
        )
    }

    /// Why all that is asked for is held, in one phrase.
    fn reason(&self, explanation: &Explanation<'_>) -> String {
        let why = |privilege: Privilege| phrase::why(&self.context.catalogue, explanation, privilege);
        let mut reasons: Vec<String> = self.wanted.iter().map(why).collect();
        reasons.dedup();
        reasons.join("; ")
    }
}

/// In what state somebody is who cannot use what he holds.
fn state(who: &Who, why: &Unusable) -> &'static str {
    match (who, why) {
        (Who::User(_), Unusable::UnknownUser(_)) | (_, Unusable::UnknownToken(_)) => "unknown",
        (Who::User(_), Unusable::Disabled(_)) => "disabled",
        (Who::User(_), Unusable::Expired(..)) | (_, Unusable::TokenExpired(..)) => "expired",
        (Who::Token(_), Unusable::UnknownUser(_)) => "owner unknown",
        (Who::Token(_), Unusable::Disabled(_)) => "owner disabled",
        (Who::Token(_), Unusable::Expired(..)) => "owner expired",
    }
}
