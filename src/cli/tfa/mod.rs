//! `tfa`: second factors, and `user tfa`: the few commands the original has about them.

pub mod add_recovery;
pub mod add_totp;
pub mod add_yubico;
pub mod delete;
pub mod enable;
pub mod generate_key;
pub mod list;
pub mod qr;
pub mod show;
pub mod unlock;
pub mod verify;

use super::command::Node;
use super::context::Context;
use super::moment::now;
use super::output::Record;
use super::parameter::Parameter;
use crate::error::Result;
use crate::format::tfa_cfg::{self, TfaFile};
use crate::model::tfa::FactorInfo;

/// `user tfa`, in the order of the original's usage.
pub const USER_NODE: Node = Node::Group {
    name: "tfa",
    about: "Second factors.",
    own: false,
    children: &[Node::Verb(&unlock::VERB), Node::Verb(&delete::VERB), Node::Verb(&list::ORIGINAL)],
};

/// `tfa`.
pub const NODE: Node = Node::Group {
    name: "tfa",
    about: "Second factors: codes of an app, recovery keys, security keys.",
    own: true,
    children: &[
        Node::Group {
            name: "add",
            about: "Register a second factor.",
            own: true,
            children: &[
                Node::Verb(&add_totp::VERB),
                Node::Verb(&add_recovery::VERB),
                Node::Verb(&add_yubico::VERB),
            ],
        },
        Node::Verb(&delete::VERB),
        Node::Verb(&enable::DISABLE),
        Node::Verb(&enable::ENABLE),
        Node::Verb(&generate_key::VERB),
        Node::Verb(&list::VERB),
        Node::Verb(&show::VERB),
        Node::Verb(&unlock::VERB),
        Node::Verb(&verify::VERB),
    ],
};

/// The factor a command is about.
pub const ID: Parameter = Parameter::positional("id", "The factor's id, as 'tfa list' shows it.");

/// What a list shows of a factor.
fn record(info: &FactorInfo<'_>) -> Record {
    Record::new()
        .with("id", info.id)
        .with("type", info.kind.as_str())
        .with_some("description", Some(info.description).filter(|text| !text.is_empty()))
        .with("created", info.created)
        .with("enable", i32::from(info.enable))
}

/// The second factors on disk, with locks that ended forgotten.
fn load(context: &Context) -> Result<TfaFile> {
    let files = context.load(&[tfa_cfg::FILE])?;
    let (mut file, warnings) = match files.get(tfa_cfg::FILE) {
        Some(text) => TfaFile::parse(text)?,
        None => (TfaFile::default(), Vec::new()),
    };
    context.warn(&warnings);
    file.factors_mut().forget_ended_locks(now());
    Ok(file)
}
