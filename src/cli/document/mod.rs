//! `export`, `plan` and `apply`: the directory as one readable document, and back.

pub mod apply;
pub mod export;
pub mod plan;
pub(super) mod report;

use super::context::Context;
use super::parameter::Parameter;
use super::values::{Check, Values};
use crate::cli::realm::job::with_here;
use crate::error::{Error, Result};
use crate::format::document::{Document, Section};
use crate::store::apply::{Applied, Options};
use std::collections::BTreeSet;
use std::io::{self, Read as _};

const ONLY: Parameter = Parameter::list(
    "only",
    "Only these sections: users (with their API tokens), groups, roles, pools, acl, realms, jobs.",
);

const FILE: Parameter = Parameter::positional("file", "The document, TOML or JSON; '-': read from stdin.");
const PRUNE: Parameter = Parameter::boolean(
    "prune",
    "Remove what the document does not name, in the sections it has. The superuser always stays.",
)
.default("0");
const FORCE: Parameter =
    Parameter::boolean("force", "Also when nobody is left who may hand out every permission.").default("0");

/// What is to be done with which document.
struct Task {
    document: Document,
    options: Options,
}

impl Task {
    /// Reads the document.
    fn of(values: &Values) -> Result<Self> {
        let check = values.check();
        let sections = sections(&check);
        check.end(Some(()))?;
        let file = values.text("file").unwrap_or_default();
        let mut document = Document::parse(file, &text(file)?)?;
        document.keep_only(&sections);
        Ok(Self { document, options: Options { prune: values.is_on("prune"), force: values.is_on("force") } })
    }

    fn run(&self, context: &mut Context) -> Result<Applied> {
        let catalogue = context.catalogue.clone();
        with_here(|here| context.change(|draft| draft.apply(&catalogue, &self.document, self.options, here)))
    }
}

fn text(file: &str) -> Result<String> {
    let bytes = match file {
        "-" => {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        file => std::fs::read(file),
    };
    let bytes = bytes.map_err(|error| Error::io("read", file, error))?;
    String::from_utf8(bytes).map_err(|_| Error::refused(format!("'{file}' holds bytes that are not UTF-8")))
}

/// The sections that are asked for; all of them when none is named.
fn sections(check: &Check<'_>) -> BTreeSet<Section> {
    match check.list("only", Section::parse) {
        Some(named) if !named.is_empty() => named.into_iter().collect(),
        _ => Section::ALL.into(),
    }
}
