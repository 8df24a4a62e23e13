//! The journal: one entry for every change that stands.

use crate::child::{self, STRACE};
use crate::{load, tree};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use usher::audit::chain::Chain;
use usher::audit::{Deed, Entry, Kept, Kind};
use usher::catalogue::Catalogue;
use usher::error::Result;
use usher::format::journal::{parse, render};
use usher::format::token_cfg::TokenSecrets;
use usher::format::user_cfg;
use usher::model::id::{TokenId, UserId};
use usher::model::token::Token;
use usher::model::user::User;
use usher::secret::{SecretForm, TokenSecret};
use usher::store::change::{Draft, Order, change};
use usher::store::journal::{Lines, Rules};
use usher::store::{Change, DirStore, MemoryStore, Store, Transaction};

/// Commits with an entry and a kept secret.
pub fn told(transaction: Box<dyn Transaction + '_>, changes: Vec<Change>) -> Result<()> {
    transaction.commit_with_entry(
        changes,
        Some(Box::new(|end| {
            let number = end.number + 1;
            let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            let time = time.as_secs().try_into().unwrap();
            let entry = Entry { number, time, previous: end.previous(), ..Entry::default() };
            let kept = Kept { number, ..Kept::default() };
            Ok(Lines { entry: render(&entry)?, kept: Some(render(&kept)?) })
        })),
    )
}

fn entries(store: &dyn Store) -> Vec<Entry> {
    let mut chain = Chain::default();
    let view = store.journal().unwrap();
    let entries: Vec<Entry> = view.forwards().filter_map(|line| chain.take(&line.unwrap())).collect();
    assert!(chain.faults().is_empty(), "{:?}", chain.faults());
    let backwards: Vec<Entry> = view.backwards().map(|line| parse(&line.unwrap()).unwrap()).collect();
    assert!(backwards.iter().rev().eq(&entries), "the same from both ends");
    entries
}

/// How many entries a journal has that is without faults and gaps, and how many kept secrets.
pub fn journal(store: &dyn Store) -> (usize, usize) {
    let entries = entries(store);
    assert!(entries.iter().map(|entry| entry.number).eq(1..=entries.len() as u64));
    let kept = store.kept_secrets().unwrap();
    let kept: Vec<Kept> = kept.forwards().map(|line| parse(&line.unwrap()).unwrap()).collect();
    (entries.len(), kept.len())
}

fn id(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

/// A change as commands make them: a token, and its secret.
pub fn add_token(store: &dyn Store, name: &str) -> Result<()> {
    let secret = TokenSecret::generate()?;
    let token = TokenId::parse(&format!("joe@pve!t{name}"))?;
    change(store, &Catalogue::pve9(), &Order::default(), |draft| {
        let name = token.name.clone();
        let new = Token { name, expire: 0, separated: true, comment: String::new(), rest: String::new() };
        draft.directory()?.add_token(&token.user, new)?;
        draft.token_secrets()?.set(&token, &secret.kept(SecretForm::Clear))?;
        Ok(())
    })?;
    Ok(())
}

fn add_user(store: &dyn Store, name: &str) {
    let add = |draft: &mut Draft<'_>| draft.directory()?.add_user(User::new(id(name)), &[]);
    change(store, &Catalogue::pve9(), &Order::default(), add).unwrap();
}

fn engines() -> (TempDir, Vec<Box<dyn Store>>) {
    let folder = TempDir::new().unwrap();
    let directory = DirStore::new(folder.path().join("config"));
    (folder, vec![Box::new(directory), Box::new(MemoryStore::default())])
}

#[test]
fn a_change_has_one_entry_and_no_change_has_none() {
    let (_folder, stores) = engines();
    for store in stores {
        let store = store.as_ref();
        assert!(store.journal().unwrap().is_empty());
        add_user(store, "joe@pve");
        add_token(store, "1").unwrap();
        let dry = Order { dry_run: true, ..Order::default() };
        change(store, &Catalogue::pve9(), &dry, |draft| {
            draft.directory()?.add_user(User::new(id("x@pve")), &[])
        })
        .unwrap();
        change(store, &Catalogue::pve9(), &Order::default(), |draft| draft.directory().map(drop)).unwrap();
        let sync = Order { deed: Deed::of(Kind::Sync), ..Order::default() };
        change(store, &Catalogue::pve9(), &sync, |draft| {
            draft.directory()?.add_user(User::new(id("y@pve")), &[])
        })
        .unwrap();
        let entries = entries(store);
        let names = |entry: &Entry| entry.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
        assert_eq!(
            entries.iter().map(|entry| entry.kind).collect::<Vec<_>>(),
            [Kind::Change, Kind::Change, Kind::Sync]
        );
        assert_eq!(names(&entries[1]), ["user.cfg", "priv/token.cfg"]);
        assert_eq!(entries[1].objects, ["token joe@pve!t1"]);
        assert!(
            entries[1].files[1].secret && entries[1].files[1].kept && entries[1].files[1].edits.is_none()
        );
        assert_eq!(entries[0].files[0].after, entries[1].files[0].before);
        let text = store.load(&["user.cfg"]).unwrap();
        let digest = usher::audit::digest::Digest::of(&text["user.cfg"]).to_hex();
        assert_eq!(entries[2].files[0].after.as_ref(), Some(&digest));
    }
}

#[test]
fn no_secret_is_in_the_journal() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    add_user(&store, "joe@pve");
    add_token(&store, "1").unwrap();
    let text = load(&store, &["priv/token.cfg"]).remove(0);
    let secret = text.trim().rsplit_once(' ').unwrap().1;
    let journal = fs::read_to_string(folder.path().join(".usher.journal.jsonl")).unwrap();
    assert!(!journal.contains(secret));
    assert!(
        !journal.contains(&usher::audit::digest::Digest::of(text.as_bytes()).to_hex()),
        "nor what betrays it"
    );
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".usher.journal.jsonl"), 0o640);
    assert_eq!((mode("priv/.usher.journal.jsonl"), mode("priv/journal.key")), (0o600, 0o600));
    let kept = fs::read_to_string(folder.path().join("priv/.usher.journal.jsonl")).unwrap();
    assert!(kept.contains(secret));
}

#[test]
fn a_torn_line_is_written_over() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    add_user(&store, "joe@pve");
    let path = folder.path().join(".usher.journal.jsonl");
    let whole = fs::read(&path).unwrap();
    let cut = whole.len() - 10;
    fs::write(&path, [&whole[..], &whole[..cut]].concat()).unwrap();
    assert_eq!(journal(&store).0, 1, "it does not count");
    add_user(&store, "jim@pve");
    assert_eq!(journal(&store).0, 2);
}

#[test]
fn a_full_file_is_put_aside_and_the_chain_goes_on() {
    let folder = TempDir::new().unwrap();
    let rules = Rules { rotate_at: 1000, keep: 2, ..Rules::default() };
    let store = DirStore::new(folder.path()).with_journal(rules);
    add_user(&store, "joe@pve");
    for number in 0..20 {
        add_token(&store, &number.to_string()).unwrap();
    }
    let files: Vec<String> =
        tree(folder.path()).into_iter().filter(|name| name.contains("journal.")).collect();
    let aside = |private: bool| {
        files.iter().filter(|name| name.starts_with("priv/") == private && name.ends_with("l")).count()
    };
    assert_eq!((aside(false), aside(true)), (3, 3), "{files:?}");
    let entries = entries(&store);
    assert!(entries.len() < 10 && entries.last().unwrap().number == 21, "{}", entries.len());
}

#[test]
fn the_journal_may_be_elsewhere() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("log/usher/journal.jsonl");
    let rules = Rules { file: Some(file.clone()), rotate_at: 500, ..Rules::default() };
    let store = DirStore::new(folder.path().join("config")).with_journal(rules);
    for number in 0..5 {
        add_user(&store, &format!("u{number}@pve"));
    }
    assert_eq!(journal(&store).0, 5);
    assert!(file.exists() && !folder.path().join("config/.usher.journal.jsonl").exists());
    fs::remove_dir_all(folder.path().join("log")).unwrap();
    fs::write(folder.path().join("log"), "").unwrap();
    let add = |draft: &mut Draft<'_>| draft.directory()?.add_user(User::new(id("late@pve")), &[]);
    let error = change(&store, &Catalogue::pve9(), &Order::default(), add).err().unwrap();
    assert!(error.to_string().contains("journal"), "{error}");
    assert!(!load(&store, &["user.cfg"])[0].contains("late"), "without an entry there is no change");
}

/// Another machine's journal goes on differently: what this one did not finish is not taken off there.
#[test]
fn another_machines_journal_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let rules = |machine: &str| Rules { file: Some(folder.path().join(machine)), ..Rules::default() };
    let store = |machine: &str| DirStore::new(folder.path().join("config")).with_journal(rules(machine));
    for machine in ["a", "b"] {
        add_user(&store(machine), &format!("{machine}@pve"));
    }
    let text = fs::read_to_string(folder.path().join("b")).unwrap();
    for length in [0, text.len()] {
        let mark = format!(".usher.new.ffffffffffffffff-1.0.j{length}.n.0");
        fs::write(folder.path().join("config").join(&mark), "").unwrap();
        drop(store("b").begin().unwrap());
        assert!(!folder.path().join("config").join(mark).exists());
        assert_eq!(fs::read_to_string(folder.path().join("b")).unwrap(), text);
    }
}

#[test]
fn entries_go_to_the_systems_log_too() {
    let folder = TempDir::new().unwrap();
    let socket = folder.path().join("log");
    let rules = Rules { syslog: Some(socket.clone()), ..Rules::default() };
    let store = DirStore::new(folder.path().join("config")).with_journal(rules);
    let add = |name: &str| {
        change(&store, &Catalogue::pve9(), &Order::default(), |draft| {
            draft.directory()?.add_user(User::new(id(name)), &[])
        })
        .unwrap()
    };
    assert!(add("joe@pve").unsent.is_some(), "nobody listens: that is told, and the change stands");
    let listener = std::os::unix::net::UnixDatagram::bind(&socket).unwrap();
    assert!(add("jim@pve").unsent.is_none());
    let mut message = [0; 4096];
    let length = listener.recv(&mut message).unwrap();
    let message = std::str::from_utf8(&message[..length]).unwrap();
    assert!(message.starts_with("<85>usher[") && message.contains("\"user jim@pve\""), "{message}");
    let line = fs::read(folder.path().join("config/.usher.journal.jsonl")).unwrap();
    let last = line.split(|byte| *byte == b'\n').nth(1).unwrap();
    assert!(message.contains(&usher::audit::digest::Digest::of(last).to_hex()), "{message}");
}

/// How many writers, and how often each call may be counted to.
const WRITERS: usize = 300;
const KILLS: [(&str, usize); 8] = [
    ("openat", 80),
    ("fsync", 7),
    ("fdatasync", 2),
    ("renameat", 3),
    ("unlinkat", 1),
    ("pwrite64", 4),
    ("write", 2),
    ("flock", 1),
];

#[test]
fn writers_killed_at_random_leave_a_whole_directory() {
    let folder = TempDir::new().unwrap();
    let store = DirStore::new(folder.path());
    add_user(&store, "joe@pve");
    let next = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let write = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= WRITERS {
                break;
            }
            // Three of four are killed somewhere.
            let random = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
            let (call, most) = KILLS[usize::try_from(random % 8).unwrap()];
            let when = 1 + usize::try_from(random >> 8).unwrap() % most;
            let fault = match number % 4 {
                0 => "trace=none".to_owned(),
                _ => format!("inject=?{call}:signal=SIGKILL:when={when}"),
            };
            let mut command = child::disturbed(&format!("token {number}"), folder.path(), &fault);
            done.fetch_add(usize::from(command.status().expect(STRACE).success()), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(write))));
    drop(store.begin().unwrap());
    let files = store.load(&["user.cfg", "priv/token.cfg"]).unwrap();
    let (directory, warnings) = user_cfg::parse(&files["user.cfg"], &Catalogue::pve9());
    assert!(warnings.is_empty(), "{warnings:?}");
    let tokens: BTreeSet<String> = directory
        .user(&id("joe@pve"))
        .unwrap()
        .tokens
        .iter()
        .map(|token| format!("joe@pve!{}", token.name))
        .collect();
    let secrets: BTreeSet<String> =
        TokenSecrets::parse(&files["priv/token.cfg"]).0.ids().map(str::to_owned).collect();
    assert_eq!(tokens, secrets);
    let done = done.load(Ordering::Relaxed);
    assert!(tokens.len() >= done && (WRITERS / 4..WRITERS).contains(&done), "{done} {}", tokens.len());
    assert_eq!(journal(&store), (tokens.len() + 1, tokens.len()));
    let expected = [
        ".usher.journal.jsonl",
        "priv",
        "priv/.usher.journal.jsonl",
        "priv/journal.key",
        "priv/token.cfg",
        "user.cfg",
    ];
    assert_eq!(tree(folder.path()), expected);
}
