//! The tree of commands and how words find their way in it.

use super::context::Context;
use super::face::Face;
use super::output::Answer;
use super::parameter::Parameter;
use super::values::Values;
use crate::access::rule::Rule;
use crate::error::Result;

/// One command: what it is told and what it does.
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// Other names it has.
    pub aliases: &'static [&'static str],
    /// What it does, in one sentence.
    pub about: &'static str,
    /// What it can be told.
    pub parameters: &'static [Parameter],
    /// Whether it has an answer that can be put in several formats.
    pub answers: bool,
    /// Whether it changes the directory.
    pub writes: bool,
    /// What somebody who is not the superuser needs for it.
    pub asks: Rule,
    /// What a failure under the lock is introduced with, as the original does.
    pub failure: &'static str,
    /// Does it.
    pub run: fn(&mut Context, &Values) -> Result<Answer>,
}

/// A place in the tree.
pub enum Node {
    /// Commands that belong together.
    Group {
        /// The group's name.
        name: &'static str,
        /// What the commands are about.
        about: &'static str,
        /// Not known to the original.
        own: bool,
        /// The commands and groups in it.
        children: &'static [Node],
    },
    /// A command.
    Verb(&'static Verb),
    /// A command not known to the original.
    Own(&'static Verb),
    /// A command of the original that this version does not have; its name still counts when a
    /// word is shortened.
    Absent(&'static str),
}

impl Node {
    /// The name of the node.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Group { name, .. } | Self::Absent(name) => name,
            Self::Verb(verb) | Self::Own(verb) => verb.name,
        }
    }

    fn is_own(&self) -> bool {
        matches!(self, Self::Group { own: true, .. } | Self::Own(_))
    }

    fn answers_to(&self, word: &str) -> bool {
        self.name() == word
            || matches!(self, Self::Verb(verb) | Self::Own(verb) if verb.aliases.contains(&word))
    }
}

/// The top of the tree.
pub static TREE: &[Node] = &[
    super::acl::NODE,
    super::group::NODE,
    super::pool::NODE,
    super::realm::NODE,
    super::role::NODE,
    super::tfa::NODE,
    super::token::NODE,
    super::user::NODE,
    Node::Verb(&super::passwd::VERB),
    Node::Verb(&super::ticket::VERB),
    super::ticket::NODE,
    Node::Verb(&super::help::VERB),
    Node::Own(&super::batch::VERB),
    Node::Own(&super::check::VERB),
    Node::Own(&super::check::FIND_UNUSED),
    Node::Own(&super::log::VERB),
    super::log::NODE,
    Node::Own(&super::login_check::VERB),
    Node::Own(&super::question::access::VERB),
    Node::Own(&super::question::can::VERB),
    Node::Own(&super::question::explain::VERB),
    Node::Own(&super::question::who_can::VERB),
    Node::Own(&super::policy_test::VERB),
    Node::Own(&super::matrix::VERB),
    Node::Own(&super::acl_tree::VERB),
    Node::Own(&super::restore::VERB),
    Node::Own(&super::undo::VERB),
    Node::Own(&super::diff::VERB),
    Node::Own(&super::document::apply::VERB),
    Node::Own(&super::document::export::VERB),
    Node::Own(&super::document::plan::VERB),
];

/// Old names of commands: they must be typed in full.
pub static ALIASES: &[(&str, [&str; 2])] = &[
    ("useradd", ["user", "add"]),
    ("usermod", ["user", "modify"]),
    ("userdel", ["user", "delete"]),
    ("groupadd", ["group", "add"]),
    ("groupmod", ["group", "modify"]),
    ("groupdel", ["group", "delete"]),
    ("roleadd", ["role", "add"]),
    ("rolemod", ["role", "modify"]),
    ("roledel", ["role", "delete"]),
    ("aclmod", ["acl", "modify"]),
    ("acldel", ["acl", "delete"]),
];

/// Where words lead.
pub enum Found<'w> {
    /// To a command; the words that are left are its arguments.
    Verb(Vec<&'static str>, &'static Verb, &'w [String]),
    /// Into a group, and no further: the next word is missing, or fits several names.
    Incomplete(Vec<&'static str>, &'static [Node]),
    /// Nowhere: this word is no name.
    Unknown(Vec<&'static str>, String),
    /// To a command of the original this version does not have.
    Absent(Vec<&'static str>),
}

/// Follows the first words of a command line. A name may be shortened as long as one fits; the
/// original's names come first, so a new one never makes an old short form ambiguous.
pub fn find(face: Face, words: &[String]) -> Found<'_> {
    let mut path = Vec::new();
    let mut rest = words;
    let mut level: &'static [Node] = TREE;
    if let Some((first, tail)) = words.split_first()
        && let Some((_, [noun, verb])) = ALIASES.iter().find(|(alias, _)| alias == first)
        && let Some(Node::Group { children, .. }) = level.iter().find(|node| node.name() == *noun)
        && let Some(Node::Verb(verb)) = children.iter().find(|node| node.name() == *verb)
    {
        return Found::Verb(vec![noun, verb.name], verb, tail);
    }
    loop {
        let Some((word, tail)) = rest.split_first() else {
            let nothing_there = level.iter().all(|node| matches!(node, Node::Absent(_)));
            return if nothing_there { Found::Absent(path) } else { Found::Incomplete(path, level) };
        };
        let visible = || level.iter().filter(|node| face == Face::Own || !node.is_own());
        let starting = |own: bool| {
            visible().filter(move |node| node.is_own() == own && node.name().starts_with(word.as_str()))
        };
        let unique = |own: bool| {
            let mut fitting = starting(own);
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let mut named = visible().filter(|node| node.answers_to(word));
        // A group of ours may stand beside a command of the original: it is meant when one of its commands
        // is named in full.
        let holds_next = |node: &Node| matches!(node, Node::Group { children, .. } if tail.first().is_some_and(|next| children.iter().any(|one| one.name() == next)));
        let exact = named.clone().find(|node| holds_next(node)).or_else(|| named.next());
        let shortened =
            || unique(false).or_else(|| unique(true).filter(|_| starting(false).next().is_none()));
        let node = match exact.or_else(shortened) {
            Some(node) => node,
            None if word.is_empty() || visible().all(|node| !node.name().starts_with(word.as_str())) => {
                return Found::Unknown(path, word.clone());
            }
            None => return Found::Incomplete(path, level),
        };
        path.push(node.name());
        rest = tail;
        match node {
            Node::Group { children, .. } => level = children,
            Node::Verb(verb) | Node::Own(verb) => return Found::Verb(path, verb, rest),
            Node::Absent(_) => return Found::Absent(path),
        }
    }
}
