//! Side by side with Proxmox's own tools.

use crate::child::Holder;
use crate::{commit, load, set};
use std::fs::{self, File, FileTimes};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;
use usher::error::Error;
use usher::store::{DirStore, Store};

const LOCKS: [&str; 6] = [
    "file-domains_cfg",
    "file-jobs_cfg",
    "file-priv_shadow_cfg",
    "file-priv_tfa_cfg",
    "file-priv_token_cfg",
    "file-user_cfg",
];

fn node() -> (TempDir, DirStore) {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("priv/lock")).unwrap();
    let store = DirStore::new(folder.path()).patience(Duration::from_millis(50));
    (folder, store)
}

fn locks(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("priv/lock")).unwrap();
    let mut names: Vec<String> = entries.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn touch(path: &Path, time: SystemTime) {
    File::open(path).unwrap().set_times(FileTimes::new().set_modified(time)).unwrap();
}

#[test]
fn all_locks_are_taken_and_given_back() {
    let (folder, store) = node();
    let transaction = store.begin().unwrap();
    assert_eq!(locks(folder.path()), LOCKS);
    transaction.commit(vec![set("user.cfg", "1")]).unwrap();
    assert!(locks(folder.path()).is_empty());
    drop(store.begin().unwrap());
    assert!(locks(folder.path()).is_empty());
    assert_eq!(load(&store, &["user.cfg"]), ["1"]);
}

#[test]
fn elsewhere_there_are_no_such_locks() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    commit(&store, vec![set("priv/token.cfg", "1")]);
    let transaction = store.begin().unwrap();
    assert!(!folder.path().join("priv/lock").exists());
    drop(transaction);
}

#[test]
fn another_tools_lock_is_waited_for_and_named() {
    for name in LOCKS {
        let (folder, store) = node();
        let path = folder.path().join("priv/lock").join(name);
        fs::create_dir(&path).unwrap();
        let error = store.begin().err().expect("two writers");
        assert!(matches!(error, Error::Locked { .. }), "{error}");
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
        assert_eq!(locks(folder.path()), [name], "only the other's lock stays");
        // Proxmox's waiters set the time to zero, which is no age.
        touch(&path, UNIX_EPOCH);
        assert!(store.begin().is_err());
        touch(&path, SystemTime::now() - Duration::from_secs(110));
        assert!(store.begin().is_err());
        touch(&path, SystemTime::now() - Duration::from_secs(130));
        drop(store.begin().unwrap());
        assert!(locks(folder.path()).is_empty());
    }
}

#[test]
fn a_lock_given_back_in_time_is_taken() {
    let (folder, store) = node();
    let store = store.patience(Duration::from_secs(20));
    let path = folder.path().join("priv/lock/file-user_cfg");
    fs::create_dir(&path).unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| drop(store.begin().unwrap()));
        // Our first locks show that the waiter has come to the other's.
        while locks(folder.path()).len() < 4 {
            std::thread::yield_now();
        }
        let taken = ["file-domains_cfg", "file-jobs_cfg", "file-priv_tfa_cfg", "file-user_cfg"];
        assert_eq!(locks(folder.path()), taken);
        fs::remove_dir(&path).unwrap();
        waiting.join().unwrap();
    });
    assert!(locks(folder.path()).is_empty());
}

#[test]
fn a_dead_ushers_locks_are_taken_over_at_once() {
    let (folder, store) = node();
    let store = store.patience(Duration::ZERO);
    Holder::new(folder.path()).kill();
    assert_eq!(locks(folder.path()), LOCKS);
    commit(&store, vec![set("user.cfg", "1")]);
    assert!(locks(folder.path()).is_empty());
}

#[test]
fn a_dead_ushers_lock_that_somebody_else_has_taken_is_his() {
    let (folder, store) = node();
    Holder::new(folder.path()).kill();
    let path = folder.path().join("priv/lock/file-priv_token_cfg");
    fs::remove_dir(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(store.begin().err(), Some(Error::Locked { .. })));
    assert_eq!(locks(folder.path()), ["file-priv_shadow_cfg", "file-priv_token_cfg"]);
}

#[test]
fn a_living_ushers_locks_are_never_taken() {
    let (folder, store) = node();
    let holder = Holder::new(folder.path());
    assert!(store.begin().is_err());
    assert_eq!(locks(folder.path()), LOCKS);
    holder.release();
    assert!(locks(folder.path()).is_empty());
}
