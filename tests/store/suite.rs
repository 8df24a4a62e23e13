//! What every engine has to do.

use crate::{commit, load, set, unset};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use usher::error::Error;
use usher::format::rope::Rope;
use usher::store::{DirStore, MemoryStore, Store};

/// Makes the test `$name` for each engine out of a function that takes any store.
macro_rules! on_every_engine {
    ($($name:ident)*) => {
        mod directory {
            use super::*;
            $(#[test]
            fn $name() {
                let folder = TempDir::new().unwrap();
                super::$name(&DirStore::new(folder.path().join("config")).patience(PATIENCE));
            })*
        }
        mod memory {
            use super::*;
            $(#[test]
            fn $name() {
                super::$name(&MemoryStore::default().patience(PATIENCE));
            })*
        }
    };
}

const PATIENCE: Duration = Duration::from_millis(50);

on_every_engine! {
    nothing_is_there_at_first
    commits_are_seen
    no_change_is_no_change
    a_dropped_transaction_changes_nothing
    one_transaction_at_a_time
    a_freed_lock_is_taken
    bad_names_change_nothing
    files_are_listed
    pieces_of_the_old_content
    readers_see_whole_states
    files_come_and_go_together
    pieces_are_of_one_state
    files_have_an_age
    a_file_comes_by_pieces
}

fn nothing_is_there_at_first(store: &dyn Store) {
    assert!(store.load(&["user.cfg", "priv/token.cfg"]).unwrap().is_empty());
    assert!(store.list("", false).unwrap().is_empty());
    assert!(store.list("nodes/a", true).unwrap().is_empty());
    assert!(store.begin().unwrap().read("user.cfg").unwrap().is_none());
}

fn a_file_comes_by_pieces(store: &dyn Store) {
    let pieces = |name: &str| {
        let (mut text, mut places) = (Vec::new(), Vec::new());
        let mut take = |place: u64, piece: &[u8]| {
            assert_eq!(place, text.len() as u64);
            text.extend_from_slice(piece);
            places.push(place);
        };
        store.load_by_pieces(name, &mut take).map(|()| (String::from_utf8(text).unwrap(), places.len()))
    };
    assert_eq!(pieces("user.cfg").unwrap(), (String::new(), 1));
    commit(store, vec![set("user.cfg", "")]);
    assert_eq!(pieces("user.cfg").unwrap(), (String::new(), 1));
    let long = "0123456789".repeat(20_000);
    commit(store, vec![set("user.cfg", &long), set("domains.cfg", "other")]);
    assert_eq!(pieces("user.cfg").unwrap().0, long);
    assert_eq!(pieces("domains.cfg").unwrap(), ("other".to_owned(), 1));
    assert!(pieces("../x").is_err());
}

fn files_have_an_age(store: &dyn Store) {
    let now = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        i64::try_from(since.as_secs()).unwrap()
    };
    assert_eq!(store.written_at("authkey.pub").unwrap(), None);
    let before = now();
    commit(store, vec![set("authkey.pub", "1")]);
    let written = store.written_at("authkey.pub").unwrap().unwrap();
    // A file system's clock may lag by a tick.
    assert!((before - 1..=now()).contains(&written), "{before} {written}");
    commit(store, vec![unset("authkey.pub")]);
    assert_eq!(store.written_at("authkey.pub").unwrap(), None);
    assert!(store.written_at("../x").is_err());
}

fn commits_are_seen(store: &dyn Store) {
    let names = ["user.cfg", "priv/token.cfg", "domains.cfg"];
    commit(store, vec![set("user.cfg", "1")]);
    assert_eq!(load(store, &names), ["1", "-", "-"]);
    commit(store, vec![set("user.cfg", "2"), set("priv/token.cfg", "t"), set("domains.cfg", "")]);
    assert_eq!(load(store, &names), ["2", "t", ""]);
    assert_eq!(load(store, &["priv/token.cfg"]), ["t"]);
    let transaction = store.begin().unwrap();
    assert_eq!(transaction.read("user.cfg").unwrap().unwrap().as_slice(), b"2");
    transaction.commit(vec![unset("priv/token.cfg"), set("user.cfg", "3")]).unwrap();
    assert_eq!(load(store, &names), ["3", "-", ""]);
    commit(store, vec![unset("domains.cfg")]);
    commit(store, vec![unset("domains.cfg"), unset("nodes/none")]);
    assert_eq!(load(store, &names), ["3", "-", "-"]);
    commit(store, vec![set("priv/ldap/r.pw", "secret"), set("a/b/c", "deep")]);
    assert_eq!(load(store, &["priv/ldap/r.pw", "a/b/c"]), ["secret", "deep"]);
}

fn no_change_is_no_change(store: &dyn Store) {
    commit(store, vec![]);
    assert!(store.list("", false).unwrap().is_empty());
    commit(store, vec![set("user.cfg", "1")]);
    commit(store, vec![]);
    assert_eq!(load(store, &["user.cfg"]), ["1"]);
}

fn a_dropped_transaction_changes_nothing(store: &dyn Store) {
    commit(store, vec![set("user.cfg", "1")]);
    drop(store.begin().unwrap());
    assert_eq!(load(store, &["user.cfg"]), ["1"]);
}

fn one_transaction_at_a_time(store: &dyn Store) {
    commit(store, vec![set("user.cfg", "1")]);
    let transaction = store.begin().unwrap();
    let error = store.begin().err().expect("a second transaction");
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    assert_eq!(load(store, &["user.cfg"]), ["1"], "a reader does not care");
    transaction.commit(vec![set("user.cfg", "2")]).unwrap();
    drop(store.begin().unwrap());
}

fn a_freed_lock_is_taken<S: Store + Clone + Send>(store: &S) {
    commit(store, vec![set("n", "0")]);
    thread::scope(|scope| {
        for _ in 0..4 {
            let store = store.clone();
            scope.spawn(move || {
                for _ in 0..10 {
                    let transaction = loop {
                        match store.begin() {
                            Ok(transaction) => break transaction,
                            Err(Error::Locked { .. }) => {}
                            Err(error) => panic!("{error}"),
                        }
                    };
                    let old = transaction.read("n").unwrap().unwrap();
                    let next = std::str::from_utf8(&old).unwrap().parse::<u32>().unwrap() + 1;
                    transaction.commit(vec![set("n", &next.to_string())]).unwrap();
                }
            });
        }
    });
    assert_eq!(load(store, &["n"]), ["40"]);
}

fn bad_names_change_nothing(store: &dyn Store) {
    commit(store, vec![set("user.cfg", "1")]);
    for bad in ["", "/etc/x", "../x", "a/../x", "a//x", ".usher.lock", "priv/.usher.new.1"] {
        let changes = vec![set("user.cfg", "2"), set(bad, "x")];
        assert!(store.begin().unwrap().commit(changes).is_err(), "{bad}");
        assert!(store.begin().unwrap().read(bad).is_err(), "{bad}");
        assert!(store.load(&["user.cfg", bad]).is_err(), "{bad}");
    }
    let twice = vec![set("user.cfg", "2"), set("user.cfg", "3")];
    assert!(store.begin().unwrap().commit(twice).is_err());
    assert_eq!(load(store, &["user.cfg"]), ["1"]);
}

fn files_are_listed(store: &dyn Store) {
    let names = ["nodes/b/lxc/2.conf", "nodes/a/lxc/10.conf", "nodes/a/lxc/1.conf", "nodes/a/x", "user.cfg"];
    commit(store, names.iter().map(|name| set(name, "")).collect());
    assert_eq!(store.list("", false).unwrap(), ["user.cfg"]);
    assert_eq!(store.list("", true).unwrap(), ["nodes"]);
    assert_eq!(store.list("nodes", true).unwrap(), ["a", "b"]);
    assert_eq!(store.list("nodes/a", false).unwrap(), ["x"]);
    assert_eq!(store.list("nodes/a/lxc", false).unwrap(), ["1.conf", "10.conf"]);
    assert!(store.list("nodes/a/lxc", true).unwrap().is_empty());
    assert!(store.list("../x", true).is_err());
}

fn pieces_of_the_old_content(store: &dyn Store) {
    // More slices than one call of the system takes.
    let old = Arc::new(vec![b'o'; 6000]);
    let mut rope = Rope::over(Arc::clone(&old));
    for start in 0..3000 {
        rope.keep(start * 2..start * 2 + 1);
        rope.push(b"n");
    }
    let expected = rope.to_vec();
    store.begin().unwrap().commit(vec![("user.cfg".into(), Some(rope))]).unwrap();
    assert_eq!(**store.load(&["user.cfg"]).unwrap().get("user.cfg").unwrap(), expected);
}

/// Says that it is over when it goes.
struct Ended<'f>(&'f AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Writes with `next` until the readers have read enough; every state read must satisfy `whole`.
fn race<S: Store + Sync>(
    store: &S,
    read: impl Fn() -> Vec<String> + Sync,
    next: impl Fn(u32) -> Vec<usher::store::Change> + Sync,
    whole: impl Fn(&[String]) -> bool + Sync,
) {
    commit(store, next(0));
    let over = AtomicBool::new(false);
    let distinct = thread::scope(|scope| {
        scope.spawn(|| {
            // However the writer ends, nobody waits for it in vain.
            let _ended = Ended(&over);
            for number in 1.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                commit(store, next(number));
            }
        });
        let reader = || {
            let mut distinct = 0;
            let mut last = Vec::new();
            while distinct < 60 && !over.load(Ordering::Relaxed) {
                let state = read();
                if !whole(&state) {
                    over.store(true, Ordering::Relaxed);
                    panic!("half a commit: {state:?}");
                }
                distinct += u32::from(state != last);
                last = state;
            }
            distinct
        };
        let readers = [scope.spawn(reader), scope.spawn(reader)];
        let seen: Vec<_> = readers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        over.store(true, Ordering::Relaxed);
        seen.into_iter().map(|one| one.unwrap()).min()
    });
    assert_eq!(distinct, Some(60));
}

fn readers_see_whole_states<S: Store + Sync>(store: &S) {
    // The first content is long: what is read first has time to be replaced.
    let text = |number: u32| format!("{number:08}").repeat(20_000);
    race(
        store,
        || load(store, &["user.cfg", "domains.cfg", "priv/token.cfg"]),
        |number| {
            vec![
                set("domains.cfg", &text(number)),
                set("priv/token.cfg", &text(number)),
                set("user.cfg", &text(number)),
            ]
        },
        |state| state.iter().all(|text| *text == state[0]),
    );
}

fn pieces_are_of_one_state<S: Store + Sync>(store: &S) {
    let read = || {
        let mut text = String::new();
        let mut take = |place: u64, piece: &[u8]| {
            if place == 0 {
                text.clear();
            }
            text.push_str(std::str::from_utf8(piece).unwrap());
        };
        store.load_by_pieces("user.cfg", &mut take).unwrap();
        vec![text]
    };
    // Every state is of another length.
    let text = |number: u32| format!("{number:08}").repeat(20_000 + number as usize % 100);
    let whole = |state: &[String]| {
        let number: u32 = state[0].get(..8).unwrap().parse().unwrap();
        state[0] == text(number)
    };
    race(store, read, |number| vec![set("user.cfg", &text(number)), set("domains.cfg", "x")], whole);
}

fn files_come_and_go_together<S: Store + Sync>(store: &S) {
    let names = ["priv/token.cfg", "user.cfg"];
    race(
        store,
        || load(store, &names),
        |number| match number % 2 {
            0 => names.iter().map(|name| set(name, "x")).collect(),
            _ => names.iter().map(|name| unset(name)).collect(),
        },
        |state| state[0] == state[1],
    );
}
