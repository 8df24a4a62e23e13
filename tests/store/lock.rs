//! The lock between processes.

use crate::child::{self, FAILED, Holder, STRACE};
use crate::{commit, load, set, tree};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;
use tempfile::TempDir;
use usher::error::Error;
use usher::store::{DirStore, Store};

const SHORT: Duration = Duration::from_millis(60);

#[test]
fn the_holder_is_named() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path()).patience(SHORT);
    commit(&store, vec![set("user.cfg", "1")]);
    let holder = Holder::new(folder.path());
    let error = store.begin().err().expect("two transactions");
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    let words = error.to_string();
    let name = format!("process {} ('test hold', for ", holder.id());
    assert!(words.contains(&name), "{words}");
    assert!(words.contains("gave up after 60 ms: try again"), "{words}");
    assert_eq!(load(&store, &["user.cfg"]), ["1"], "readers do not wait");
    holder.release();
    commit(&store, vec![set("user.cfg", "2")]);
    let lock = folder.path().join(".usher.lock");
    assert_eq!(fs::metadata(&lock).unwrap().permissions().mode() & 0o7777, 0o600);
    assert!(fs::read_to_string(lock).unwrap().contains(&format!("pid {} ", std::process::id())));
}

#[test]
fn a_dead_holder_holds_nothing() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path()).patience(Duration::ZERO);
    let holder = Holder::new(folder.path());
    assert!(store.begin().is_err());
    holder.kill();
    commit(&store, vec![set("user.cfg", "1")]);
}

#[test]
fn no_count_is_lost() {
    let folder = TempDir::new().unwrap();
    commit(&DirStore::new(folder.path()), vec![set("n", "0")]);
    let arguments = child::arguments();
    let start = |_| {
        let mut command = Command::new(&arguments[0]);
        child::play(command.args(&arguments[1..]), "count", folder.path()).spawn().unwrap()
    };
    let processes: Vec<_> = (0..12).map(start).collect();
    for mut process in processes {
        assert!(process.wait().unwrap().success());
    }
    assert_eq!(load(&DirStore::new(folder.path()), &["n"]), ["12"]);
}

#[test]
fn a_directory_made_for_nothing_goes_away_under_waiters() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("new/config");
    let holder = Holder::new(&path);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let store = DirStore::new(&path).patience(Duration::from_secs(20));
            commit(&store, vec![set("user.cfg", "1")]);
        });
        holder.release();
        waiting.join().unwrap();
    });
    assert_eq!(tree(&path), ["user.cfg"]);
    assert!(path.join(".usher.lock").exists());
}

/// Starts a process that wants the lock at once, and stops it between opening and locking the lock file.
fn halfway(path: &Path) -> Child {
    let mut command = child::disturbed("hasty", path, "inject=flock:delay_enter=1500000");
    let process = command.spawn().expect(STRACE);
    while !path.join(".usher.lock").exists() {
        std::thread::yield_now();
    }
    process
}

#[test]
fn giving_up_leaves_the_holders_lock_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config");
    // The other process made the directory, and would take it away again.
    let mut process = halfway(&path);
    let store = DirStore::new(&path).patience(Duration::ZERO);
    let transaction = store.begin().unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(FAILED));
    assert!(path.join(".usher.lock").exists());
    transaction.commit(vec![set("user.cfg", "1")]).unwrap();
    assert_eq!(tree(&path), ["user.cfg"]);
}

#[test]
fn a_lock_file_that_is_gone_locks_nothing() {
    let folder = TempDir::new().unwrap();
    let mut process = halfway(folder.path());
    fs::remove_file(folder.path().join(".usher.lock")).unwrap();
    let store = DirStore::new(folder.path()).patience(Duration::ZERO);
    let transaction = store.begin().unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(FAILED), "two processes hold the lock");
    drop(transaction);
}

#[test]
fn a_link_is_no_lock_file() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config");
    fs::create_dir(&config).unwrap();
    std::os::unix::fs::symlink(folder.path().join("target"), config.join(".usher.lock")).unwrap();
    let error = DirStore::new(&config).begin().err().expect("followed a link");
    assert!(error.to_string().contains(".usher.lock"), "{error}");
    assert!(!folder.path().join("target").exists());
}
