//! Asks who may start a guest: read a directory, compile its policy, ask.
//!
//! `cargo run --example who_may`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::path::Path;
use usher::access::Policy;
use usher::catalogue::Catalogue;
use usher::error::Result;
use usher::format::{USER_CFG, user_cfg};
use usher::store::{DirStore, Store};

/// The users of the directory that may start guest 100.
///
/// # Errors
/// When the directory cannot be read.
pub fn who_may_start(directory: &Path) -> Result<Vec<String>> {
    let catalogue = Catalogue::pve9();
    let files = DirStore::new(directory).load(&[USER_CFG])?;
    let text = files.get(USER_CFG).cloned().unwrap_or_default();
    let (directory, _warnings) = user_cfg::parse(&text, &catalogue);
    let policy = Policy::compile(&directory, &catalogue);
    let start = catalogue.require_privilege("VM.PowerMgmt")?;
    let users = directory.users.iter().map(|user| user.id.to_string());
    Ok(users.filter(|user| policy.check(user, start, "/vms/100")).collect())
}

/// Prints them.
///
/// # Errors
/// When the directory cannot be read.
pub fn main() -> Result<()> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/config");
    println!("guest 100 may be started by {}", who_may_start(&directory)?.join(", "));
    Ok(())
}
