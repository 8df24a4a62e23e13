//! The store's contract: one suite for every engine, and what only a real directory can show.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod child;
mod crash;
mod directory;
mod journal;
mod lock;
mod proxmox;
mod suite;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use usher::format::rope::Rope;
use usher::store::{Change, Store};

/// A file's next content, as one new piece.
fn set(name: &str, text: &str) -> Change {
    (name.to_owned(), Some(Rope::from(text.as_bytes().to_vec())))
}

/// A file's removal.
fn unset(name: &str) -> Change {
    (name.to_owned(), None)
}

fn commit(store: &dyn Store, changes: Vec<Change>) {
    store.begin().unwrap().commit(changes).unwrap();
}

/// The contents of `names`, `-` for an absent file.
fn load(store: &dyn Store, names: &[&str]) -> Vec<String> {
    let files = store.load(names).unwrap();
    let text = |text: &Arc<Vec<u8>>| String::from_utf8(text.to_vec()).unwrap();
    names.iter().map(|name| files.get(*name).map_or("-".to_owned(), text)).collect()
}

/// All files and folders below `path` but the lock file, relative and sorted.
fn tree(path: &Path) -> Vec<String> {
    fn visit(top: &Path, path: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(path).into_iter().flatten() {
            let path = entry.unwrap().path();
            found.push(path.strip_prefix(top).unwrap().to_str().unwrap().to_owned());
            if path.is_dir() && !path.is_symlink() {
                visit(top, &path, found);
            }
        }
    }
    let mut found = Vec::new();
    visit(path, path, &mut found);
    found.retain(|name| name != ".usher.lock");
    found.sort();
    found
}
