//! `group`: groups of users.

pub mod add;
pub mod delete;
pub mod list;
pub mod modify;
pub mod rename;
pub mod show;

use super::command::Node;
use super::parameter::Parameter;
use super::values::Check;
use crate::model::id::GroupId;

/// The commands about groups.
pub const NODE: Node = Node::Group {
    name: "group",
    about: "Groups of users.",
    own: false,
    children: &[
        Node::Verb(&add::VERB),
        Node::Verb(&delete::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&modify::VERB),
        Node::Own(&rename::VERB),
        Node::Own(&show::VERB),
    ],
};

const GROUPID: Parameter = Parameter::positional("groupid", "The group's name.");
const COMMENT: Parameter = Parameter::text("comment", "Free text about the group.");

fn groupid(check: &Check<'_>) -> Option<GroupId> {
    check.one("groupid", GroupId::parse)
}
