//! `export`, `plan` and `apply`: the directory as one readable document, and back.

pub mod export;

use super::context::Context;
use super::parameter::Parameter;
use super::values::Check;
use crate::error::Result;
use crate::format::document::Section;
use std::collections::BTreeSet;

const ONLY: Parameter = Parameter::list(
    "only",
    "Only these sections: users (with their API tokens), groups, roles, pools, acl, realms, jobs.",
);

/// The sections that are asked for; all of them when none is named.
fn sections(check: &Check<'_>) -> BTreeSet<Section> {
    match check.list("only", Section::parse) {
        Some(named) if !named.is_empty() => named.into_iter().collect(),
        _ => Section::ALL.into(),
    }
}
