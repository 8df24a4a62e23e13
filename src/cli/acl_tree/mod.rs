//! `tree`: the paths something is set at, as a tree, with who holds what where.

mod branch;
mod draw;

use super::acl;
use super::command::Verb;
use super::context::Context;
use super::output::Answer;
use super::parameter::{Kind, Parameter};
use super::question::note_odd_path;
use super::terminal;
use super::values::Values;
use crate::access::Policy;
use crate::access::matrix::{Rows, Scope};
use crate::access::rule;
use crate::error::{Error, Noun, Result};
use crate::model::acl::{Subject, group_of};
use crate::model::directory::Directory;
use crate::model::id::TokenId;
use crate::model::path::AclPath;
use branch::{Garden, Rights};
use std::collections::BTreeSet;

/// The command.
pub static VERB: Verb = Verb {
    name: "tree",
    aliases: &[],
    about: "Draw the tree of ACL entries: every path at which something is set, who holds which role there, and the members of pools that are given something. Example: usher tree /vms --user joe@pve",
    parameters: &[
        Parameter::positional("path", "Only this path and those below it; everything if left out.")
            .optional(),
        Parameter::of("depth", Kind::Integer(0, 1000), "How many levels below the first path are shown."),
        Parameter::text(
            "user",
            "Only what concerns this user, token or group (@NAME), and what may be done there in the end.",
        ),
    ],
    answers: true,
    writes: false,
    asks: rule::AUDIT,
    failure: "",
    run,
};

fn run(context: &mut Context, values: &Values) -> Result<Answer> {
    let check = values.check();
    let path = check.one("path", acl::path);
    let who = check.one("user", |text| {
        Subject::parse(text).ok_or_else(|| {
            Error::invalid(format!("'{text}' is no user, token or group")).with_hint(
                "a user is written like joe@pve, a token like joe@pve!monitoring, a group like @staff",
            )
        })
    });
    let path = check.end(Some(path))?.unwrap_or_else(AclPath::root);
    note_odd_path(context, &path);
    let depth = values.text("depth").and_then(|text| text.parse().ok());

    let directory = context.directory()?;
    let mut garden = Garden::of(&directory, &context.catalogue);
    if let Some(who) = &who {
        known(&directory, who)?;
        let concerned = concerned(&directory, who);
        garden.keep(|subject| concerned.contains(subject));
        let policy = Policy::compile(&directory, &context.catalogue);
        let id = who.to_string();
        let (rows, id) = match group_of(&id) {
            Some(group) => (Rows::Groups, group),
            None => (Rows::Principals, id.as_str()),
        };
        let only = Scope { only: Some(id), ..Scope::default() };
        garden.plant(&policy.matrix(rows, only).paths);
        garden.place_pools(&path);
        let paths = garden.paths_within(&path);
        garden.tell(&policy.matrix(rows, Scope { paths: &paths, ..only }));
    } else {
        garden.place_pools(&path);
    }
    let names = context.catalogue.all().iter().map(|one| context.catalogue.name(one).into()).collect();
    let rights = Rights { names, asked: who.is_some() };
    let root = garden.grow(&path, depth);
    if values.for_people() {
        let unicode = terminal::locale_is_utf8(|name| std::env::var_os(name));
        return Ok(Answer::Text(draw::text(&root, &rights, unicode)));
    }
    Ok(Answer::Object { columns: &[], record: root.record(&rights) })
}

/// Whether anything is known of somebody, be it in an entry only.
fn known(directory: &Directory, who: &Subject) -> Result<()> {
    let there = match who {
        Subject::User(id) => directory.users.contains(id.as_str()),
        Subject::Group(id) => directory.groups.contains(id.as_str()),
        Subject::Token(id) => {
            directory.user(&id.user).is_ok_and(|user| user.token(id.name.as_str()).is_some())
        }
    };
    if there || directory.entries().any(|entry| entry.subject == *who) {
        return Ok(());
    }
    Err(match who {
        Subject::User(id) => Error::unknown(Noun::User, id),
        Subject::Group(id) => Error::unknown(Noun::Group, id),
        Subject::Token(id) => Error::UnknownToken { user: id.user.to_string(), token: id.name.to_string() },
    })
}

/// Everybody, as entries name them, whose entries concern somebody: himself, his groups, and of a token its owner.
fn concerned(directory: &Directory, who: &Subject) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let user = match who {
        Subject::Group(_) => None,
        Subject::User(id) => Some(id),
        Subject::Token(id) => Some(&id.user),
    };
    let full = |id: &TokenId| {
        directory
            .user(&id.user)
            .is_ok_and(|user| user.token(id.name.as_str()).is_some_and(|token| !token.separated))
    };
    if !matches!(who, Subject::Token(id) if full(id)) {
        all.insert(who.to_string());
    }
    if let Some(user) = user {
        all.insert(user.to_string());
        let groups = directory.groups.iter().filter(|group| group.members.contains(user));
        all.extend(groups.map(|group| format!("@{}", group.id)));
    }
    all
}
