//! Questions about who may do what where, and why: `can`, `explain`, `who-can`, `access`.

pub mod access;
pub mod can;
pub mod explain;
mod phrase;
mod sources;
pub mod who_can;

use super::context::Context;
use super::parameter::Parameter;
use super::standing;
use crate::access::usable::{Unusable, Who, check_usable};
use crate::access::{Focus, Policy};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::USER_CFG;
use crate::format::line::items;
use crate::format::user_cfg::{self, Extractor};
use crate::model::directory::Directory;
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whom a question is about.
const WHO: Parameter =
    Parameter::positional("who", "User id (NAME@REALM) or API token id (NAME@REALM!TOKEN).");

/// Which path a question is about.
const PATH: Parameter = Parameter::positional("path", "The path, as ACL entries name it.");

/// A directory as it is at this moment, ready for questions.
struct Asked {
    directory: Directory,
    policy: Policy,
    /// Seconds since 1970.
    now: u64,
}

impl Asked {
    /// For questions about everybody or every path; with `user.cfg` as it was read.
    fn whole(context: &Context) -> Result<(Self, Arc<Vec<u8>>)> {
        let text = text(context)?;
        // Names that mean nobody are no concern of a question about somebody.
        let (directory, warnings) = user_cfg::parse(&text, &context.catalogue);
        context.warn(&warnings);
        let policy = Policy::compile(&directory, &context.catalogue);
        Ok((Self { directory, policy, now: standing::now() }, text))
    }

    /// For questions about `who` at `path`, and nothing else.
    fn about(context: &Context, who: &Who, path: &AclPath) -> Result<Self> {
        let catalogue = &context.catalogue;
        let mut extractor = Extractor::new(catalogue, who, path);
        if let Some(extractor) = &mut extractor {
            context.load_by_pieces(USER_CFG, &mut |place, piece| {
                if place == 0 {
                    extractor.restart();
                }
                extractor.take(piece);
            })?;
        }
        let (directory, warnings) = match extractor.and_then(Extractor::read) {
            Some(read) => read,
            None => user_cfg::parse(&text(context)?, catalogue),
        };
        context.warn(&warnings);
        let policy = Policy::compile(&Focus::on(&directory, catalogue, &who.to_string(), path), catalogue);
        Ok(Self { directory, policy, now: standing::now() })
    }

    /// Why somebody cannot use what is granted to him.
    fn unusable(&self, who: &Who) -> Option<Unusable> {
        check_usable(&self.directory, who, self.now).err()
    }
}

/// `user.cfg` as it is.
fn text(context: &Context) -> Result<Arc<Vec<u8>>> {
    let files = context.load(&[USER_CFG])?;
    Ok(files.get(USER_CFG).map(Arc::clone).unwrap_or_default())
}

/// Reads whom a question is about.
fn who(text: &str) -> Result<Who> {
    Who::parse(text).ok_or_else(|| {
        Error::invalid(format!("'{text}' is neither a user nor an API token"))
            .with_hint("a user is NAME@REALM, an API token NAME@REALM!TOKEN")
    })
}

/// Reads which path a question is about, and brings it into normal form.
fn path(text: &str) -> Result<AclPath> {
    AclPath::parse(text).map_err(|error| {
        error.with_hint("a path holds letters, digits, '.', '-', '_' and '/'; '/' is everything")
    })
}

/// Reads a list of privileges.
fn privileges(catalogue: &Catalogue, text: &str) -> Result<PrivilegeSet> {
    let set = items(text).map(|name| catalogue.require_privilege(name)).collect::<Result<PrivilegeSet>>()?;
    match set.is_empty() {
        true => Err(Error::invalid("no privilege is named")),
        false => Ok(set),
    }
}

/// The names of privileges, in the order of the catalogue.
fn names(catalogue: &Catalogue, set: PrivilegeSet) -> Vec<&str> {
    set.iter().map(|one| catalogue.name(one)).collect()
}

/// Says so when a path is of a kind the catalogue does not have: a slip of the finger is answered with "no" else.
pub fn note_odd_path(context: &Context, path: &AclPath) {
    let top = |text: &str| text.split('/').nth(1).unwrap_or_default().to_owned();
    let known: BTreeSet<String> = context.catalogue.path_patterns().map(top).collect();
    if !known.contains(&top(path.as_str())) {
        let known: Vec<String> = known.into_iter().filter(|top| !top.is_empty()).collect();
        context
            .note(&format!("no ACL entry can be set at '{path}': paths begin with /{}", known.join(", /")));
    }
}
