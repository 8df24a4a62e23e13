//! Everything that is wrong or risky in a directory, as data.
//!
//! Each family of rules is a file. [`check`] takes the contents of the files and the moment, and gives
//! [`Finding`]s; nothing here opens a file or reads a clock. `docs/check.md` is the reference of all codes.

mod accounts;
mod book;
mod duplicates;
mod entries;
mod finding;
mod grants;
mod input;
mod lines;
mod migration;
mod modes;
mod powerless;
mod realms;
pub mod repair;
mod rule;
mod secrets;
mod subjects;
mod syntax;
mod tokens;
mod undecided;

pub use finding::Finding;
pub use input::{Input, files};
pub use repair::Repair;
pub use rule::{Rule, Selection, Severity, rule};

use crate::format::USER_CFG;
use book::Book;
use finding::Findings;
use input::Contents;
use std::cell::LazyCell;
use undecided::Undecided;

/// Every rule, sorted by code.
pub static RULES: &[&Rule] = &[
    &syntax::NOT_UNDERSTOOD,
    &syntax::BROKEN_FILE,
    &syntax::REFERS_TO_NOTHING,
    &syntax::FOREIGN_PRIVILEGE,
    &syntax::FIELDS_BEYOND,
    &duplicates::TOLD_TWICE,
    &subjects::UNKNOWN_MEMBER,
    &subjects::UNKNOWN_SUBJECT,
    &subjects::UNUSED_ROLE,
    &subjects::UNUSED_GROUP,
    &subjects::EMPTY_GROUP,
    &entries::SHADOWED,
    &entries::REDUNDANT,
    &entries::FULL_TOKEN,
    &entries::TAKES_AWAY,
    &entries::ODD_PATH,
    &grants::BROAD_GROUP,
    &grants::BROAD,
    &grants::NOT_STOPPED,
    &grants::ONLY_HERE,
    &tokens::WITHOUT_ENTRY,
    &tokens::POWERLESS,
    &tokens::EXPIRED,
    &tokens::ALMIGHTY,
    &accounts::EXPIRED,
    &accounts::UNKNOWN_REALM,
    &realms::UNENCRYPTED,
    &realms::UNVERIFIED,
    &realms::CANNOT_CONNECT,
    &realms::JOB_WITHOUT_REALM,
    &secrets::WITHOUT_TOKEN,
    &secrets::TOKEN_WITHOUT,
    &secrets::PASSWORD_WITHOUT_USER,
    &secrets::FACTORS_WITHOUT_USER,
    &secrets::BIND_PASSWORD_WITHOUT_REALM,
    &modes::READABLE_SECRETS,
    &modes::WRITABLE_BY_ALL,
    &modes::STRANGE_OWNER,
    &migration::LOST_PRIVILEGE,
    &migration::TAKEN_NAME,
    &migration::LOST_PATH,
    &migration::OTHER_ROLE,
];

/// Looks for everything `selection` holds; the findings come by file, line and code.
pub fn check(input: &Input<'_>, selection: &Selection) -> Vec<Finding> {
    let contents = Contents::read(input);
    let book = Book::open(input, &contents);
    let mut findings = Findings::new(selection);
    let duplicates = LazyCell::new(|| duplicates::find(&book));
    syntax::check(&book, &mut findings);
    if findings.want(&duplicates::TOLD_TWICE) {
        duplicates::check(&duplicates, &mut findings);
    }
    subjects::check(&book, &mut findings);
    entries::check(&book, &mut findings);
    grants::check(&book, &mut findings);
    tokens::check(&book, &mut findings);
    accounts::check(&book, &mut findings);
    realms::check(&book, &mut findings);
    secrets::check(&book, &mut findings);
    modes::check(input.modes, &mut findings);
    migration::check(&book, &mut findings);
    let mut found = findings.finish(book.text(USER_CFG));
    if found.iter().any(|finding| finding.repair.is_some()) {
        Undecided::of(&book, &duplicates).hold_back(&mut found);
    }
    found
}
