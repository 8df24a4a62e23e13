//! Files, folders and links of a real directory.

use crate::{commit, load, set, tree, unset};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use tempfile::TempDir;
use usher::error::Error;
use usher::store::{DirStore, Store};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn fails(store: &DirStore, change: usher::store::Change) -> String {
    let error = store.begin().and_then(|transaction| transaction.commit(vec![change])).expect_err("a change");
    assert!(matches!(error, Error::Io { .. }), "{error}");
    error.to_string()
}

#[test]
fn new_files_and_folders() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a/b/config");
    commit(
        &DirStore::new(&path),
        vec![set("user.cfg", ""), set("priv/token.cfg", ""), set("priv/ldap/x", "")],
    );
    let modes =
        [("", 0o750), ("user.cfg", 0o640), ("priv", 0o700), ("priv/token.cfg", 0o600), ("priv/ldap", 0o700)];
    for (name, expected) in modes {
        assert_eq!(mode(&path.join(name)), expected, "{name}");
    }
    assert_eq!(mode(&path.join("priv/ldap/x")), 0o600);
}

#[test]
fn modes_are_told_with_owners_of_the_journal_too() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    commit(&store, vec![set("user.cfg", ""), set("priv/token.cfg", "")]);
    for name in
        [".usher.journal.jsonl", ".usher.journal.jsonl.1", "priv/.usher.journal.jsonl", ".usher.other"]
    {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let modes = store.modes().unwrap();
    let mut told: Vec<&str> = modes.iter().map(|one| one.name.as_str()).collect();
    told.retain(|name| *name != "priv/journal.key");
    assert_eq!(
        told,
        [
            "",
            ".usher.journal.jsonl",
            ".usher.journal.jsonl.1",
            "priv",
            "priv/.usher.journal.jsonl",
            "priv/token.cfg",
            "user.cfg"
        ]
    );
    for one in &modes {
        let stat = fs::metadata(folder.path().join(&one.name)).unwrap();
        assert_eq!((one.owner, one.mode), (stat.uid(), stat.mode() & 0o7777), "{}", one.name);
    }
}

#[test]
fn modes_and_owners_survive() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let store = DirStore::new(path);
    let names = ["user.cfg", "domains.cfg", "priv/token.cfg"];
    commit(&store, names.map(|name| set(name, "1")).to_vec());
    let root = fs::metadata(path).unwrap().uid() == 0;
    for (name, mode) in names.iter().zip([0o664, 0o444, 0o640]) {
        if root {
            std::os::unix::fs::chown(path.join(name), Some(12345), Some(23456)).unwrap();
        }
        fs::set_permissions(path.join(name), Permissions::from_mode(mode)).unwrap();
    }
    commit(&store, vec![set("user.cfg", "2")]);
    commit(&store, vec![set("domains.cfg", "2"), set("priv/token.cfg", "2")]);
    for (name, expected) in names.iter().zip([0o664, 0o444, 0o640]) {
        assert_eq!(mode(&path.join(name)), expected, "{name}");
        let owner = fs::metadata(path.join(name)).unwrap();
        assert!(!root || (owner.uid(), owner.gid()) == (12345, 23456), "{name}");
    }
    assert_eq!(load(&store, &names), ["2", "2", "2"]);
}

#[test]
fn nothing_comes_of_nothing() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path().join("a/config"));
    drop(store.begin().unwrap());
    store.begin().unwrap().commit(vec![]).unwrap();
    assert!(tree(folder.path()).is_empty());
    assert!(store.begin().unwrap().commit(vec![set("../x", "")]).is_err());
    assert!(tree(folder.path()).is_empty());
    store.begin().unwrap().commit(vec![unset("user.cfg")]).unwrap();
    fs::create_dir_all(folder.path().join("a/config")).unwrap();
    drop(store.begin().unwrap());
    assert!(folder.path().join("a/config").exists(), "what was there before stays");
}

#[test]
fn an_empty_commit_touches_no_file() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    commit(&store, vec![set("user.cfg", "1")]);
    let before = fs::metadata(folder.path().join("user.cfg")).unwrap();
    let changed = fs::metadata(folder.path()).unwrap();
    commit(&store, vec![]);
    let after = fs::metadata(folder.path().join("user.cfg")).unwrap();
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    assert_eq!(changed.mtime_nsec(), fs::metadata(folder.path()).unwrap().mtime_nsec());
}

#[test]
fn links_that_lead_outside_are_refused() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config");
    let outside = folder.path().join("outside");
    fs::create_dir(&config).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("user.cfg"), "theirs").unwrap();
    let store = DirStore::new(&config);
    for target in [outside.join("user.cfg"), "../outside/user.cfg".into(), "x/../../outside/user.cfg".into()]
    {
        fs::create_dir(config.join("x")).unwrap();
        symlink(target, config.join("user.cfg")).unwrap();
        let error = store.load(&["user.cfg"]).unwrap_err().to_string();
        assert!(error.contains("user.cfg") && error.contains("symbolic link"), "{error}");
        assert!(fails(&store, set("user.cfg", "ours")).contains("symbolic link"));
        fs::remove_file(config.join("user.cfg")).unwrap();
        fs::remove_dir(config.join("x")).unwrap();
    }
    for target in [outside.clone(), "../outside".into()] {
        symlink(target, config.join("priv")).unwrap();
        assert!(store.load(&["priv/user.cfg"]).is_err());
        assert!(store.list("priv", false).is_err());
        assert!(fails(&store, set("priv/user.cfg", "ours")).contains("symbolic link"));
        fs::remove_file(config.join("priv")).unwrap();
    }
    symlink(&outside, config.join("nodes")).unwrap();
    assert!(fails(&store, set("nodes/user.cfg", "ours")).contains("symbolic link"));
    assert!(fails(&store, set("nodes/other", "ours")).contains("symbolic link"));
    assert_eq!(tree(&outside), ["user.cfg"]);
    assert_eq!(fs::read_to_string(outside.join("user.cfg")).unwrap(), "theirs");
}

#[test]
fn links_that_stay_inside_are_read_and_not_written_through() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    commit(&store, vec![set("nodes/a/lxc/1.conf", "one"), set("real.cfg", "real")]);
    symlink("nodes/a", folder.path().join("local")).unwrap();
    symlink("local/lxc", folder.path().join("lxc")).unwrap();
    symlink("../../../real.cfg", folder.path().join("nodes/a/lxc/up.conf")).unwrap();
    let names = ["local/lxc/1.conf", "lxc/1.conf", "lxc/up.conf"];
    assert_eq!(load(&store, &names), ["one", "one", "real"]);
    assert_eq!(store.list("lxc", false).unwrap(), ["1.conf"]);
    for name in names {
        assert!(fails(&store, set(name, "x")).contains("symbolic link"));
    }
    symlink("loop", folder.path().join("loop")).unwrap();
    assert!(store.load(&["loop"]).is_err());
    commit(&store, vec![unset("loop")]);
    assert_eq!(load(&store, &["loop", "real.cfg"]), ["-", "real"]);
}

#[test]
fn the_directory_itself_may_be_a_link() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    symlink("real", folder.path().join("config")).unwrap();
    let store = DirStore::new(folder.path().join("config"));
    commit(&store, vec![set("user.cfg", "1"), set("priv/x", "1")]);
    assert_eq!(tree(&folder.path().join("real")), ["priv", "priv/x", "user.cfg"]);
    assert_eq!(load(&store, &["user.cfg"]), ["1"]);
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    fs::create_dir(folder.path().join("user.cfg")).unwrap();
    fs::write(folder.path().join("nodes"), "").unwrap();
    let pipe = folder.path().join("domains.cfg");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (name, reason) in
        [("user.cfg", "is a directory"), ("domains.cfg", "not a plain file"), ("nodes/x", "Not a directory")]
    {
        let error = store.load(&[name]).unwrap_err();
        assert!(matches!(error, Error::Io { .. }));
        assert!(error.to_string().contains(reason) && error.to_string().contains(name), "{error}");
        assert!(fails(&store, set(name, "x")).contains(reason));
        assert!(fails(&store, unset(name)).contains(reason));
    }
    assert_eq!(tree(folder.path()), ["domains.cfg", "nodes", "user.cfg"]);
}

#[test]
fn a_file_in_the_place_of_the_directory() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config");
    fs::write(&path, "x").unwrap();
    for path in [path.clone(), path.join("below")] {
        let store = DirStore::new(&path);
        assert!(store.load(&["user.cfg"]).unwrap_err().to_string().contains("Not a directory"));
        assert!(fails(&store, set("user.cfg", "x")).contains("Not a directory"));
    }
    assert_eq!(fs::read_to_string(path).unwrap(), "x");
}

#[test]
fn leftovers_are_hidden_and_cleared() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    commit(&store, vec![set("priv/x", "1")]);
    for name in [".usher.new.1.0", "priv/.usher.new.1.1"] {
        fs::write(folder.path().join(name), "secret").unwrap();
    }
    assert!(store.list("", false).unwrap().is_empty());
    assert_eq!(store.list("priv", false).unwrap(), ["x"]);
    drop(store.begin().unwrap());
    assert_eq!(tree(folder.path()), ["priv", "priv/x"]);
}
