//! Asks whether somebody may do something: `cargo run --example permission`.

#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use anyhow::{Context, Result};
use std::sync::Arc;
use usher::access::Policy;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;

/// Prints the answer.
///
/// # Errors
/// When the directory cannot be read.
pub fn main() -> Result<()> {
    let catalogue = Catalogue::pve9();
    let path = "examples/config/user.cfg";
    let text = Arc::new(std::fs::read(path).with_context(|| format!("cannot read {path}"))?);
    let (directory, _warnings) = user_cfg::parse(&text, &catalogue);
    let policy = Policy::compile(&directory, &catalogue);

    let start = catalogue.require_privilege("VM.PowerMgmt")?;
    let may = policy.check("ann@pve", start, "/vms/100");
    println!("ann may {}start guest 100", if may { "" } else { "not " });
    Ok(())
}
