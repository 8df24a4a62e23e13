//! Runs the built program in a config directory of its own.
#![allow(dead_code, reason = "every test binary takes what it needs")]

pub mod authority;
pub mod key_house;
pub mod proxy;
pub mod samba;
pub mod slapd;
pub mod soft_key;
pub mod terminal;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, lchown as chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// The program under test.
pub const USHER: &str = env!("CARGO_BIN_EXE_usher");

/// The file whose lock the program holds while it writes; it stays, empty of meaning.
const LOCK: &str = ".usher.lock";

/// What the program writes beside every change, to tell of it.
const JOURNAL: [&str; 3] = [".usher.journal.jsonl", "priv/.usher.journal.jsonl", "priv/journal.key"];

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// The exit status; signals count as -1.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Run {
    /// Done, and nothing on stderr; the answer.
    #[track_caller]
    pub fn quiet(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{self:?}");
        self.out
    }

    /// Done; what stderr said.
    #[track_caller]
    pub fn warned(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.err
    }

    /// Refused with this status, nothing on stdout; what stderr said.
    #[track_caller]
    pub fn refused(self, status: i32) -> String {
        assert_eq!((self.status, self.out.as_str()), (status, ""), "{self:?}");
        assert!(!self.err.trim().is_empty(), "a refusal says why");
        self.err
    }

    /// The answer, as JSON.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        assert_eq!(self.status, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A config directory, and the program under both of its names.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty directory.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("config")).unwrap();
        symlink(USHER, folder.path().join("pveum")).unwrap();
        symlink(USHER, folder.path().join("usher")).unwrap();
        Self { folder }
    }

    /// A directory that holds these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        for (name, text) in files {
            place.write(name, text);
        }
        place
    }

    /// A directory in which these lines were run as `usher`, each with success.
    #[track_caller]
    pub fn after(lines: &[&str]) -> Self {
        let place = Self::new();
        place.all(lines);
        place
    }

    /// Runs lines as `usher`, each with success.
    #[track_caller]
    pub fn all(&self, lines: &[&str]) {
        for line in lines {
            let run = self.usher(line);
            assert_eq!(run.status, 0, "{line}: {run:?}");
        }
    }

    /// The config directory.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// The program by the name `name`.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the config directory.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A file of the config directory; empty when it is not there.
    pub fn read(&self, name: &str) -> String {
        fs::read(self.path().join(name))
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .unwrap_or_default()
    }

    /// The lines of `user.cfg` of one sort (`user`, `acl`), without that word.
    pub fn lines(&self, sort: &str) -> Vec<String> {
        let text = self.read("user.cfg");
        let found = text.lines().filter_map(|line| line.strip_prefix(sort)?.strip_prefix(':'));
        found.map(str::to_owned).collect()
    }

    /// Every file of the config directory but the lock and the journal.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(), &self.path(), &mut files);
        files.remove(LOCK);
        JOURNAL.iter().for_each(|name| drop(files.remove(*name)));
        files
    }

    /// A command by one of its names, in an environment that holds nothing else.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.program(name));
        environment(&mut command, &self.path());
        command
    }

    /// Runs a line as `usher`.
    pub fn usher(&self, line: &str) -> Run {
        self.run("usher", words(line), "")
    }

    /// Runs a line as `pveum`.
    pub fn pveum(&self, line: &str) -> Run {
        self.run("pveum", words(line), "")
    }

    /// Runs words under a name, with a standard input.
    pub fn run(&self, name: &str, words: impl IntoIterator<Item = impl AsRef<OsStr>>, input: &str) -> Run {
        let mut command = self.command(name);
        command.args(words);
        fed(&mut command, input)
    }

    /// Runs a line as `usher` as somebody who is not the superuser, and who owns the directory.
    pub fn unprivileged(&self, line: &str, set: &[(&str, &Path)]) -> Run {
        let mut command = Command::new(self.program("usher"));
        if rustix::process::geteuid().is_root() {
            // Nobody can look into the folder of the build, perhaps.
            let copy = self.program("copy");
            if !copy.exists() {
                fs::copy(USHER, &copy).unwrap();
            }
            fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            chown_all(self.folder.path());
            command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
        }
        environment(&mut command, &self.path());
        command.env_remove("USHER_CONFIG_DIR").envs(set.iter().copied()).args(words(line));
        fed(&mut command, "")
    }

    /// Runs a line as `usher` and expects that no file changes by it.
    #[track_caller]
    pub fn untouched(&self, line: &str) -> Run {
        let before = self.files();
        let run = self.usher(line);
        assert!(self.files() == before, "{line} changed a file: {run:?}");
        run
    }
}

fn chown_all(path: &Path) {
    chown(path, Some(65534), Some(65534)).unwrap();
    if path.is_dir() && !path.is_symlink() {
        fs::read_dir(path).unwrap().for_each(|entry| chown_all(&entry.unwrap().path()));
    }
}

/// Gives a command an environment in which only `directory` is known.
pub fn environment(command: &mut Command, directory: &Path) {
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("TERM", "xterm")]);
    command.env("HOME", directory).env("USHER_CONFIG_DIR", directory);
}

/// Runs a command with a standard input.
pub fn fed(command: &mut Command, input: &str) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may end without reading what it does not need.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap().into()
}

fn collect(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(top, &path, files);
        } else {
            let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// Splits a line into words as a shell does.
pub fn words(line: &str) -> Vec<String> {
    shlex::split(line).unwrap_or_else(|| panic!("a quote does not end: {line}"))
}

/// Does a job for every item, on all processors.
pub fn in_parallel<T: Sync>(items: &[T], job: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            job(item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
}
