//! Processes to compare with; compiled by the bench itself, as a program of its own.
//!
//! Without arguments it does nothing at all. With a directory it does the least a safe change of
//! `user.cfg` in it can do: lock, read, write the same bytes beside, sync, rename, sync the directory.

use std::fs::{File, OpenOptions, read, rename};
use std::io::{Result, Write};
use std::path::Path;

fn main() -> Result<()> {
    let Some(directory) = std::env::args_os().nth(1) else { return Ok(()) };
    let directory = Path::new(&directory);
    let lock = OpenOptions::new().create(true).append(true).open(directory.join(".lock"))?;
    lock.lock()?;
    let text = read(directory.join("user.cfg"))?;
    let mut file = File::create(directory.join(".new"))?;
    file.write_all(&text)?;
    file.sync_all()?;
    rename(directory.join(".new"), directory.join("user.cfg"))?;
    File::open(directory)?.sync_all()
}
