//! The lock of a config directory: `flock` on a file in it, so that it ends with its holder. The
//! file tells who holds it.

use super::folder::Folder;
use crate::error::{Error, Result};
use fs2::FileExt;
use rustix::fs::{Mode, OFlags, fstat};
use rustix::io::{Errno, retry_on_intr};
use rustix::process::{Pid, test_kill_process};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The lock file's name in the config directory.
pub(super) const LOCK: &str = ".usher.lock";

/// The first record names the holder, the second the Proxmox locks held along with this one. Both
/// have a fixed size and are overwritten in place: a lock file that never grows costs no commit of the
/// file system's journal.
const HOLDER: usize = 256;
const COMPANIONS: usize = 1024;

/// How often a waiter looks.
const PAUSE: Duration = Duration::from_millis(20);

/// The held lock; dropping its last handle releases it.
#[derive(Clone, Debug)]
pub(super) struct DirectoryLock {
    file: Arc<Locked>,
}

/// An open file whose lock is given back in so many words when it goes. Closing it would not do: a
/// child that another thread is just starting has a copy of it open until it runs its program.
#[derive(Debug)]
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // Closing the file gives the lock back too, only later.
        drop(FileExt::unlock(&self.0));
    }
}

/// How long to wait for a lock, and until when that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    length: Duration,
    end: Instant,
}

impl Patience {
    /// Starts the clock.
    pub(super) fn new(length: Duration) -> Self {
        let now = Instant::now();
        Self { length, end: now.checked_add(length).unwrap_or(now) }
    }

    /// Sleeps for `pause`, but not past the end; `false` when time is up.
    pub(super) fn sleep(&self, pause: Duration) -> bool {
        let left = self.end.saturating_duration_since(Instant::now());
        std::thread::sleep(pause.min(left));
        !left.is_zero()
    }
}

impl std::fmt::Display for Patience {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.length.as_millis() {
            0..1000 => write!(out, "{} ms", self.length.as_millis()),
            _ => write!(out, "{} s", self.length.as_secs()),
        }
    }
}

impl DirectoryLock {
    /// Waits for the lock of the directory `top` and signs it with `command`; `None` when the
    /// directory itself has gone away.
    pub(super) fn take(top: &Folder, command: &str, patience: &Patience) -> Result<Option<Self>> {
        loop {
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let mode = Mode::RUSR | Mode::WUSR;
            let file = match retry_on_intr(|| rustix::fs::openat(top, LOCK, flags, mode)) {
                Ok(handle) => File::from(handle),
                Err(Errno::NOENT) => return Ok(None),
                Err(error) => return Err(top.not_opened("open the lock file", LOCK, error)),
            };
            wait(&file, top, patience)?;
            // A directory that came with a transaction goes with it, and the lock file too: then what
            // we hold is the lock of nothing.
            let held = fstat(&file).map_err(|error| top.error("look at", LOCK, error))?;
            if top.look(LOCK)?.is_some_and(|now| now.st_ino == held.st_ino && now.st_dev == held.st_dev) {
                file.write_all_at(&holder(command), 0).map_err(|error| top.error("write", LOCK, error))?;
                return Ok(Some(Self { file: Arc::new(Locked(file)) }));
            }
        }
    }

    /// What the last holder noted about further locks.
    pub(super) fn companions(&self) -> String {
        record(&self.file.0, HOLDER, COMPANIONS)
    }

    /// Notes further locks, which somebody else has to end if we die.
    pub(super) fn note_companions(&self, text: &str) -> io::Result<()> {
        self.file.0.write_all_at(&padded(text, COMPANIONS), HOLDER as u64)
    }
}

fn wait(file: &File, top: &Folder, patience: &Patience) -> Result<()> {
    loop {
        match file.try_lock_exclusive() {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if !patience.sleep(PAUSE) {
                    let message = format!(
                        "'{}' is locked by {}; gave up after {patience}: try again, or end that process",
                        top.path_of("").display(),
                        describe(&record(file, 0, HOLDER)),
                    );
                    return Err(Error::Locked { message });
                }
            }
            Err(error) => return Err(top.error("lock", LOCK, error)),
        }
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs())
}

fn holder(command: &str) -> Vec<u8> {
    let command: String = command.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    padded(&format!("pid {} since {} command {command}", std::process::id(), now()), HOLDER)
}

/// The text cut or filled up to exactly `size` bytes, the last a line's end.
fn padded(text: &str, size: usize) -> Vec<u8> {
    let mut record = Vec::with_capacity(size);
    for one in text.chars() {
        if record.len() + one.len_utf8() >= size {
            break;
        }
        record.extend_from_slice(one.encode_utf8(&mut [0; 4]).as_bytes());
    }
    record.resize(size - 1, b' ');
    record.push(b'\n');
    record
}

fn record(file: &File, offset: usize, size: usize) -> String {
    let mut bytes = vec![0; size];
    match file.read_at(&mut bytes, offset as u64) {
        Ok(length) => bytes.truncate(length),
        Err(_) => bytes.clear(),
    }
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

/// The holder's record in words.
fn describe(record: &str) -> String {
    let fields = || {
        let (pid, rest) = record.strip_prefix("pid ")?.split_once(" since ")?;
        let (since, command) = rest.split_once(" command ")?;
        Some((pid.parse::<u32>().ok()?, since.parse::<u64>().ok()?, command))
    };
    match fields() {
        Some((pid, since, command)) if is_running(pid) => {
            format!("process {pid} ('{command}', for {} s)", now().saturating_sub(since))
        }
        // Somebody who does not sign holds it, and the last who did is gone.
        _ => "another process".to_owned(),
    }
}

fn is_running(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holder_in_words() {
        let record = String::from_utf8(holder("user add\n x")).unwrap();
        assert_eq!(record.len(), HOLDER);
        let words = describe(record.trim_end());
        assert!(
            words.starts_with(&format!("process {} ('user add  x', for ", std::process::id())),
            "{words}"
        );
        let gone = record.replacen(&format!("pid {} ", std::process::id()), "pid 2147483647 ", 1);
        assert_eq!(describe(gone.trim_end()), "another process");
        assert_eq!(describe(""), "another process");
        assert_eq!(describe("pid x since 1 command y"), "another process");
    }

    #[test]
    fn records_have_one_size() {
        for text in ["", "x", &"ä".repeat(300), &"x".repeat(255), &"x".repeat(256)] {
            let record = padded(text, HOLDER);
            assert_eq!(record.len(), HOLDER);
            assert_eq!(record.last(), Some(&b'\n'));
            assert!(std::str::from_utf8(&record).is_ok());
        }
    }
}
