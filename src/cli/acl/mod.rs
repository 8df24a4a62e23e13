//! `acl`: who holds which role where.

pub mod delete;
pub mod list;
pub mod modify;
pub mod show;

use super::command::Node;
use super::face::Face;
use super::parameter::Parameter;
use super::values::{Check, Values};
use crate::error::Result;
use crate::format::line::items;
use crate::model::acl::Subject;
use crate::model::id::{GroupId, RoleId, TokenId, UserId};
use crate::model::path::AclPath;

/// The commands about access control lists.
pub const NODE: Node = Node::Group {
    name: "acl",
    about: "Access control lists: who holds which role where.",
    own: false,
    children: &[
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Own(&show::VERB),
    ],
};

const PATH: Parameter = Parameter::positional("path", "The path, such as / or /vms/100.");
const GROUPS: Parameter = Parameter::list("groups", "Groups.");
const PROPAGATE: Parameter =
    Parameter::boolean("propagate", "Whether the permission reaches the paths below.").default("1");
const ROLES: Parameter = Parameter::list("roles", "Roles.").required();
const TOKENS: Parameter = Parameter::list("tokens", "Full ids of API tokens.");
const USERS: Parameter = Parameter::list("users", "Users.");

/// Reads a path a question is about.
///
/// # Errors
/// Those of [`AclPath::parse`], with the way to write one.
pub fn path(text: &str) -> Result<AclPath> {
    AclPath::parse(text).map_err(|error| error.with_hint("a path is written like /vms/100"))
}

/// What a change of an access control list is about.
struct Request {
    path: AclPath,
    subjects: Vec<Subject>,
    roles: Vec<RoleId>,
}

/// Reads path, subjects and roles; `allowed` tells which paths may be used.
fn request(values: &Values, check: Check<'_>, allowed: impl Fn(&AclPath) -> bool) -> Result<Request> {
    let path = check.one("path", AclPath::parse);
    if let (Some(path), Some(typed)) = (&path, values.text("path"))
        && !allowed(path)
    {
        check.refuse("path", format!("invalid ACL path '{typed}'"));
    }
    // Who means the one group, pool or storage of this name would speak of all of them.
    if let Some((path, node)) = path.as_ref().map(|path| (path, path.node()))
        && values.face() == Face::Own
        && *path != node
    {
        let message = format!(
            "a part '0' is skipped: entries at '{path}' stand at '{node}'; name that path if it is meant"
        );
        check.refuse("path", message);
    }
    let groups = check.list("groups", GroupId::parse).unwrap_or_default();
    let users = check.list("users", UserId::parse).unwrap_or_default();
    let tokens = check.list("tokens", TokenId::parse).unwrap_or_default();
    let roles = check.list("roles", RoleId::parse).unwrap_or_default();
    let mut subjects: Vec<Subject> = groups.into_iter().map(Subject::Group).collect();
    subjects.extend(users.into_iter().map(Subject::User));
    subjects.extend(tokens.into_iter().map(Subject::Token));
    let lists = ["groups", "tokens", "users"];
    if !lists.iter().any(|name| values.words(name).iter().any(|word| items(word).next().is_some())) {
        for name in lists {
            check.refuse(name, "either 'users', 'groups' or 'tokens' is required.");
        }
    }
    check.end(path.map(|path| Request { path: path.node(), subjects, roles }))
}
