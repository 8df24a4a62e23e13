//! `role`: named sets of privileges.

pub mod add;
pub mod clone;
pub mod delete;
pub mod list;
pub mod modify;
pub mod rename;
pub mod show;

use super::command::Node;
use super::context::Context;
use super::parameter::Parameter;
use super::values::{Check, Values};
use crate::error::Result;
use crate::model::id::RoleId;
use std::collections::BTreeSet;

/// The commands about roles.
pub const NODE: Node = Node::Group {
    name: "role",
    about: "Roles: named sets of privileges.",
    own: false,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Own(&clone::VERB),
        Node::Own(&rename::VERB),
        Node::Own(&show::VERB),
    ],
};

const ROLEID: Parameter = Parameter::positional("roleid", "The role's name.");
const PRIVS: Parameter = Parameter::list("privs", "Privileges.");

fn roleid(check: &Check<'_>) -> Option<RoleId> {
    check.one("roleid", RoleId::parse)
}

/// The role a command is about, and the new one's name.
fn old_and_new(values: &Values) -> Result<(RoleId, RoleId)> {
    let check = values.check();
    let (old, new) = (roleid(&check), check.one("newid", RoleId::parse));
    check.end(old.zip(new))
}

/// The privileges given, all of them known to the catalogue.
fn privileges(context: &Context, check: &Check<'_>) -> Option<BTreeSet<String>> {
    let names =
        check.list("privs", |name| context.catalogue.require_privilege(name).map(|_| name.to_owned()));
    names.map(|names| names.into_iter().collect())
}
