//! `acl list`: every ACL entry, or those that are about somebody, something, somewhere.

use crate::access::Policy;
use crate::access::rule::Rule;
use crate::access::usable::Who;
use crate::cli::command::Verb;
use crate::cli::context::Context;
use crate::cli::entries;
use crate::cli::output::{Answer, Column};
use crate::cli::parameter::Parameter;
use crate::cli::values::Values;
use crate::error::{Error, Noun, Result};
use crate::model::acl::{AclEntry, Subject};
use crate::model::directory::Directory;
use crate::model::id::{GroupId, RoleId};
use crate::model::path::AclPath;

/// The command.
pub static VERB: Verb = Verb {
    name: "list",
    aliases: &[],
    about: "List every ACL entry.",
    parameters: &[
        Parameter::text("path", "Only entries at this path.").own(),
        Parameter::boolean("below", "Those at deeper paths as well.").requires("path").own(),
        Parameter::text("user", "Only entries that name this user or API token.").own(),
        Parameter::text("group", "Only entries that name this group; with --user, these as well.").own(),
        Parameter::text("role", "Only entries that give this role.").own(),
        Parameter::boolean(
            "effective",
            "Only entries that count for --user at --path: inherited ones, those of groups, of pools and of a token's \
             owner among them, and none that another one replaces.",
        )
        .requires("user")
        .own(),
    ],
    answers: true,
    writes: false,
    asks: Rule::Somebody,
    failure: "",
    run,
};

const COLUMNS: &[Column] = &[
    Column::text("path"),
    Column::text("roleid"),
    Column::text("type"),
    Column::text("ugid"),
    Column::boolean("propagate"),
];

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let filter = Filter::of(values)?;
    let directory = context.directory()?;
    let found: Vec<AclEntry> = match (filter.effective, &filter.who, &filter.path) {
        (true, Some(who), Some(path)) => {
            let policy = Policy::compile(&directory, &context.catalogue);
            let mut counting = entries::counting(&policy.explain(&who.to_string(), path.as_str()));
            counting.retain(|entry| filter.role.as_ref().is_none_or(|role| entry.role == *role));
            counting
        }
        _ => directory.entries().filter(|entry| filter.takes(entry)).collect(),
    };
    let sight = context.sight(&directory);
    let found: Vec<AclEntry> = found.into_iter().filter(|entry| sight.sees_entries(&entry.path)).collect();
    if found.is_empty() && context.permit.is_none() {
        filter.refuse_unknown(&directory)?;
    }
    Ok(Answer::Rows { columns: COLUMNS, rows: found.iter().map(entries::record).collect() })
}

/// Which entries are wanted.
struct Filter {
    path: Option<AclPath>,
    below: bool,
    who: Option<Who>,
    group: Option<GroupId>,
    role: Option<RoleId>,
    effective: bool,
}

impl Filter {
    fn of(values: &Values) -> Result<Self> {
        let check = values.check();
        let path = check.one("path", AclPath::parse);
        let who = check.one("user", |text| {
            Who::parse(text).ok_or_else(|| {
                Error::invalid(format!(
                    "'{text}' is neither a user (NAME@REALM) nor a token (NAME@REALM!TOKEN)"
                ))
            })
        });
        let group = check.one("group", GroupId::parse);
        let role = check.one("role", RoleId::parse);
        let path = path.map(|path| path.node());
        let effective = values.is_on("effective");
        if effective && values.text("path").is_none() {
            check.refuse("path", "missing property required by 'effective'");
        }
        if effective {
            for name in ["below", "group"].into_iter().filter(|name| values.text(name).is_some()) {
                check.refuse(name, "cannot be asked together with 'effective'");
            }
        }
        check.end(Some(Self { path, below: values.is_on("below"), who, group, role, effective }))
    }

    fn takes(&self, entry: &AclEntry) -> bool {
        let at_path = |path: &AclPath| match self.below {
            true => entry.path.is_within(path),
            false => entry.path == *path,
        };
        self.path.as_ref().is_none_or(at_path)
            && self.role.as_ref().is_none_or(|role| entry.role == *role)
            && self.names_subject(&entry.subject)
    }

    fn names_subject(&self, subject: &Subject) -> bool {
        if self.who.is_none() && self.group.is_none() {
            return true;
        }
        match subject {
            Subject::Group(id) => self.group.as_ref() == Some(id),
            Subject::User(id) => matches!(&self.who, Some(Who::User(who)) if who == id),
            Subject::Token(id) => matches!(&self.who, Some(Who::Token(who)) if who == id),
        }
    }

    /// Nothing was found: names that do not exist are a slip. An entry may name somebody who is gone, so this is
    /// asked only then.
    fn refuse_unknown(&self, directory: &Directory) -> Result<()> {
        if let Some(who) = &self.who {
            let user = directory.user(who.user())?;
            if let Who::Token(id) = who
                && user.token(id.name.as_str()).is_none()
            {
                return Err(Error::UnknownToken { user: id.user.to_string(), token: id.name.to_string() });
            }
        }
        if let Some(group) = &self.group {
            directory.group(group)?;
        }
        match &self.role {
            Some(role) if !directory.has_role(role) => Err(Error::unknown(Noun::Role, role)),
            _ => Ok(()),
        }
    }
}
