//! Commits that are killed or refused at every single step.

use crate::child::{self, FAILED, STANDS, STRACE};
use crate::journal::{journal, told};
use crate::{commit, load, set, tree, unset};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use tempfile::TempDir;
use usher::error::Result;
use usher::store::{Change, DirStore, Store, Transaction};

const NAMES: [&str; 3] = ["user.cfg", "priv/token.cfg", "domains.cfg"];

/// A commit to be disturbed: the state before and after, `-` for an absent file.
pub struct Case {
    pub part: &'static str,
    /// Whether the journal tells of it.
    told: bool,
    old: [&'static str; 3],
    new: [&'static str; 3],
}

const fn case(part: &'static str, told: bool, old: [&'static str; 3], new: [&'static str; 3]) -> Case {
    Case { part, told, old, new }
}

pub const ONE: Case = case("one", false, ["old", "old", "old"], ["new", "old", "old"]);
pub const SEVERAL: Case = case("several", false, ["old", "old", "old"], ["new", "new", "-"]);
/// Also makes `priv/`.
pub const FIRST: Case = case("first", false, ["old", "-", "-"], ["new", "new", "-"]);
const ONE_TOLD: Case = case("one told", true, ["old", "old", "old"], ["new", "old", "old"]);
const SECRET_TOLD: Case = case("secret told", true, ["old", "old", "old"], ["old", "new", "old"]);
const REMOVAL_TOLD: Case = case("removal told", true, ["old", "old", "old"], ["old", "old", "-"]);
const SEVERAL_TOLD: Case = case("several told", true, ["old", "old", "old"], ["new", "new", "-"]);
/// Also makes the journal.
const FIRST_TOLD: Case = case("first told", true, ["-", "-", "-"], ["new", "new", "-"]);

pub const CASES: [Case; 8] =
    [ONE, SEVERAL, FIRST, ONE_TOLD, SECRET_TOLD, REMOVAL_TOLD, SEVERAL_TOLD, FIRST_TOLD];

/// Everything that a commit asks of the system. A name of another machine's is never counted.
const CALLS: [&str; 18] = [
    "open",
    "openat",
    "write",
    "writev",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "fchmod",
    "fchown",
    "flock",
];

impl Case {
    pub fn changes(&self) -> Vec<Change> {
        let changed = NAMES.iter().zip(self.old.iter().zip(self.new)).filter(|(_, (old, new))| *old != new);
        changed.map(|(name, (_, new))| if new == "-" { unset(name) } else { set(name, new) }).collect()
    }

    /// A directory in the old state.
    fn directory(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        let present = NAMES.iter().zip(self.old).filter(|(_, text)| *text != "-");
        let changes: Vec<Change> = present.map(|(name, text)| set(name, text)).collect();
        let store = DirStore::new(folder.path());
        match self.told && !changes.is_empty() {
            true => told(store.begin().unwrap(), changes).unwrap(),
            false => commit(&store, changes),
        }
        folder
    }

    pub fn commit(&self, transaction: Box<dyn Transaction + '_>) -> Result<()> {
        if self.told { told(transaction, self.changes()) } else { transaction.commit(self.changes()) }
    }

    /// How many entries the journal has to have.
    fn entries(&self, seen: &[String]) -> usize {
        let before = usize::from(self.told && self.old != ["-", "-", "-"]);
        before + usize::from(self.told && seen == self.new)
    }
}

/// Plays `part` under strace with one fault.
fn disturbed(part: &str, folder: &Path, fault: &str) -> ExitStatus {
    child::disturbed(part, folder, fault).status().expect(STRACE)
}

/// How often an undisturbed `part` makes each call.
fn calls(part: &str, folder: &Path) -> BTreeMap<String, usize> {
    let log = TempDir::new().unwrap();
    let path = log.path().join("log");
    let mut command = Command::new("strace");
    command.args(["-qq", "-f", "-e", &format!("trace={}", CALLS.map(|call| format!("?{call}")).join(","))]);
    command.arg("-o").arg(&path).args(child::arguments());
    let status = child::play(&mut command, part, folder).status();
    assert!(status.expect(STRACE).success(), "{part} fails undisturbed");
    // A fault counts the calls of each thread by itself.
    let mut threads: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let log = fs::read_to_string(path).unwrap();
    for line in log.lines() {
        let (thread, rest) = line.split_once(' ').unwrap();
        if let Some((call, _)) = rest.trim_start().split_once('(') {
            *threads.entry((thread, call)).or_default() += 1;
        }
    }
    let mut counts = BTreeMap::new();
    for ((_, call), count) in threads {
        let most = counts.entry(call.to_owned()).or_insert(0);
        *most = count.max(*most);
    }
    counts
}

/// Files that a commit leaves only when it is interrupted.
fn temporary(folder: &Path) -> Vec<String> {
    let own = |name: &String| name.contains(".usher.") && !name.ends_with(".usher.journal.jsonl");
    tree(folder).into_iter().filter(own).collect()
}

/// What somebody sees who knows nothing of commits.
fn on_disk(folder: &Path) -> Vec<String> {
    NAMES.map(|name| fs::read_to_string(folder.join(name)).unwrap_or_else(|_| "-".into())).to_vec()
}

/// Reads a disturbed directory and settles it; the state may neither be mixed nor change thereby.
fn settled(case: &Case, folder: &Path, what: &str) -> Vec<String> {
    let store = DirStore::new(folder);
    let seen = load(&store, &NAMES);
    assert!(seen == case.old || seen == case.new, "{what}: {seen:?}");
    let alone: Vec<String> = NAMES.iter().flat_map(|name| load(&store, &[name])).collect();
    assert_eq!(alone, seen, "{what}: read one by one");
    let listed = store.list("", false).unwrap();
    assert_eq!(listed.contains(&"domains.cfg".to_owned()), seen[2] != "-", "{what}: {listed:?}");
    drop(store.begin().unwrap());
    assert_eq!(load(&store, &NAMES), seen, "{what}: after the next transaction");
    assert_eq!(on_disk(folder), seen, "{what}: on disk");
    assert!(temporary(folder).is_empty(), "{what}: {:?}", tree(folder));
    if case.told {
        let entries = case.entries(&seen);
        assert_eq!(journal(&store), (entries, entries), "{what}: entries and kept secrets");
        told(store.begin().unwrap(), vec![set("later", "1")]).unwrap();
        assert_eq!(journal(&store), (entries + 1, entries + 1), "{what}: after another change");
    }
    seen
}

/// Kills the commit before each of its calls.
fn killed_everywhere(case: &Case) -> Vec<(TempDir, String)> {
    let mut unfinished = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (call, count) in calls(case.part, case.directory().path()) {
        for number in 1..=count {
            let what = format!("{}: killed at {call} {number}", case.part);
            let folder = case.directory();
            let status =
                disturbed(case.part, folder.path(), &format!("inject={call}:signal=SIGKILL:when={number}"));
            assert_eq!(status.signal(), Some(9), "{what}: {status}");
            if case.told {
                // Nobody may see an entry whose change has not happened.
                let (store, seen) =
                    (DirStore::new(folder.path()), load(&DirStore::new(folder.path()), &NAMES));
                assert_eq!(journal(&store).0, case.entries(&seen), "{what}: seen");
            }
            if folder.path().join(".usher.commit").exists() {
                let copy = TempDir::new().unwrap();
                copy_tree(folder.path(), copy.path());
                unfinished.push((copy, what.clone()));
            }
            match settled(case, folder.path(), &what) == case.new {
                true => new += 1,
                false => old += 1,
            }
        }
    }
    assert!(old >= 5, "{}: only {old} kills left the old state", case.part);
    assert!(new >= 1, "{}: no kill left the new state", case.part);
    unfinished
}

fn copy_tree(from: &Path, to: &Path) {
    for name in tree(from) {
        if from.join(&name).is_dir() {
            fs::create_dir(to.join(&name)).unwrap();
        } else {
            fs::copy(from.join(&name), to.join(&name)).unwrap();
        }
    }
}

#[test]
fn one_file_killed_at_every_step() {
    assert!(killed_everywhere(&ONE).is_empty(), "one file needs no marker");
}

#[test]
fn first_files_killed_at_every_step() {
    assert!(killed_everywhere(&FIRST).len() >= 4);
}

#[test]
fn several_files_killed_at_every_step_and_again_while_finishing() {
    killed_and_killed_again(&SEVERAL);
}

fn killed_and_killed_again(case: &Case) {
    let unfinished = killed_everywhere(case);
    assert!(unfinished.len() >= 4, "only {} kills left a marker", unfinished.len());
    // One of each sort is enough: what stands on disk decides.
    let mut kinds: BTreeMap<Vec<String>, (TempDir, String)> = BTreeMap::new();
    for (folder, what) in unfinished {
        kinds.insert(on_disk(folder.path()), (folder, what));
    }
    assert!(kinds.len() >= 3, "{:?}", kinds.keys());
    for (start, what) in kinds.values() {
        let again = || {
            let folder = TempDir::new().unwrap();
            copy_tree(start.path(), folder.path());
            folder
        };
        for (call, count) in calls("begin", again().path()) {
            if call == "openat" || call == "write" {
                continue;
            }
            for number in 1..=count {
                let folder = again();
                let fault = format!("inject={call}:signal=SIGKILL:when={number}");
                assert_eq!(disturbed("begin", folder.path(), &fault).signal(), Some(9));
                let what = format!("{what}, then while finishing at {call} {number}");
                assert_eq!(settled(case, folder.path(), &what), case.new, "{what}");
            }
        }
    }
}

/// Lets each call of the commit fail.
fn refused_everywhere(case: &Case) {
    let faults: &[(&str, &[&str])] = &[
        ("openat", &["ENOSPC", "EROFS"]),
        ("write", &["ENOSPC"]),
        ("writev", &["ENOSPC", "EIO"]),
        ("pwrite64", &["ENOSPC"]),
        ("fsync", &["EIO"]),
        ("fdatasync", &["EIO"]),
        ("ftruncate", &["EIO"]),
        ("rename", &["EIO"]),
        ("renameat", &["EIO", "ENOSPC"]),
        ("renameat2", &["EIO", "ENOSPC"]),
        ("mkdirat", &["ENOSPC"]),
        ("fchmod", &["EIO"]),
        ("flock", &["ENOLCK"]),
        ("unlinkat", &["EIO"]),
    ];
    let counts = calls(case.part, case.directory().path());
    let mut refused: BTreeMap<&str, u32> = BTreeMap::new();
    for (call, errors) in faults {
        for (number, error) in
            (1..=counts.get(*call).copied().unwrap_or(0)).flat_map(|n| errors.iter().map(move |e| (n, e)))
        {
            let what = format!("{}: {error} from {call} {number}", case.part);
            let folder = case.directory();
            let before = tree(folder.path());
            let status =
                disturbed(case.part, folder.path(), &format!("inject={call}:error={error}:when={number}"));
            let seen = load(&DirStore::new(folder.path()), &NAMES);
            match status.code() {
                Some(0) => assert_eq!(seen, case.new, "{what}"),
                Some(STANDS) => assert_eq!(seen, case.new, "{what}"),
                Some(FAILED) => {
                    *refused.entry(call).or_default() += 1;
                    assert_eq!(seen, case.old, "{what}");
                    assert_eq!(tree(folder.path()), before, "{what}");
                    assert_eq!(journal(&DirStore::new(folder.path())).0, case.entries(&seen), "{what}");
                }
                // The program did not even start.
                _ => assert_eq!(seen, case.old, "{what}"),
            }
            settled(case, folder.path(), &what);
        }
    }
    for call in ["openat", "writev", "fsync", "renameat"] {
        assert!(
            // A removal alone writes no file.
            call == "writev" && case.changes().iter().all(|(_, rope)| rope.is_none())
                || refused.get(call).is_some_and(|count| *count > 0),
            "{}: {call} was never refused: {refused:?}",
            case.part
        );
    }
}

#[test]
fn one_file_refused_at_every_step() {
    refused_everywhere(&ONE);
}

#[test]
fn several_files_refused_at_every_step() {
    refused_everywhere(&SEVERAL);
}

#[test]
fn first_files_refused_at_every_step() {
    refused_everywhere(&FIRST);
}

#[test]
fn told_commits_killed_at_every_step() {
    for case in [&ONE_TOLD, &SECRET_TOLD] {
        assert!(killed_everywhere(case).is_empty(), "one file needs no marker");
    }
    killed_everywhere(&REMOVAL_TOLD);
    killed_everywhere(&FIRST_TOLD);
}

#[test]
fn several_told_files_killed_at_every_step_and_again_while_finishing() {
    killed_and_killed_again(&SEVERAL_TOLD);
}

#[test]
fn told_commits_refused_at_every_step() {
    for case in [&ONE_TOLD, &SECRET_TOLD, &REMOVAL_TOLD, &SEVERAL_TOLD, &FIRST_TOLD] {
        refused_everywhere(case);
    }
}

/// An undone entry is taken off, and its taking off may be killed as well.
#[test]
fn undoing_an_entry_killed_at_every_step() {
    let killed = || {
        let folder = ONE_TOLD.directory();
        let fault = "inject=?renameat,?renameat2:signal=SIGKILL:when=1";
        assert_eq!(disturbed("one told", folder.path(), fault).signal(), Some(9));
        let text = fs::read_to_string(folder.path().join(".usher.journal.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 2, "the entry was written before");
        folder
    };
    for (call, count) in calls("begin", killed().path()) {
        if call == "openat" || call == "write" {
            continue;
        }
        for number in 1..=count {
            let folder = killed();
            let fault = format!("inject={call}:signal=SIGKILL:when={number}");
            assert_eq!(disturbed("begin", folder.path(), &fault).signal(), Some(9));
            let what = format!("while undoing at {call} {number}");
            assert_eq!(settled(&ONE_TOLD, folder.path(), &what), ONE_TOLD.old, "{what}");
        }
    }
}

#[test]
fn an_interrupted_lock_call_is_repeated() {
    let folder = ONE.directory();
    let status = disturbed("one", folder.path(), "inject=flock:error=EINTR:when=1..3");
    assert_eq!(status.code(), Some(0));
    assert_eq!(load(&DirStore::new(folder.path()), &NAMES), ONE.new);
}

#[test]
fn damaged_leftovers_are_not_put_in_place() {
    let folder = SEVERAL.directory();
    disturbed("several", folder.path(), "inject=?renameat,?renameat2:signal=SIGKILL:when=2");
    let staged =
        temporary(folder.path()).into_iter().find(|name| name.contains(".new.")).expect("a staged file");
    fs::write(folder.path().join(&staged), "ned").unwrap();
    let error = DirStore::new(folder.path()).begin().err().expect("a damaged file was believed");
    assert!(error.to_string().contains(&staged) && error.to_string().contains("damaged"), "{error}");
}
