//! The locks that Proxmox's own tools take, so that both may work on one directory: a folder made
//! below `priv/lock/` for each file.

use super::folder::Folder;
use super::lock::{DirectoryLock, Patience};
use crate::error::{Error, Result};
use rustix::fs::{AtFlags, Mode, Stat, Timespec, Timestamps};
use rustix::io::{Errno, retry_on_intr};
use std::fmt::Write as _;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The locks in the order in which they are taken: the one for second factors before the users', the
/// users' before those of what belongs to users.
const LOCKS: [&str; 6] = [
    "file-jobs_cfg",
    "file-domains_cfg",
    "file-priv_tfa_cfg",
    "file-user_cfg",
    "file-priv_token_cfg",
    "file-priv_shadow_cfg",
];

/// A lock untouched for longer than this has lost its holder.
const EXPIRY: Duration = Duration::from_secs(120);

/// How often a waiter looks, at first and in the end.
const PAUSE: Duration = Duration::from_millis(20);
const LONG_PAUSE: Duration = Duration::from_millis(200);

/// How often the cluster file system is asked to end an expired lock.
const ASK: Duration = Duration::from_secs(1);

/// The held locks; dropped, they are free.
#[derive(Debug)]
pub(super) struct ProxmoxLocks {
    folder: Folder,
    lock: DirectoryLock,
    note: String,
    held: Vec<&'static str>,
}

impl ProxmoxLocks {
    /// Takes all locks below the open folder `priv/lock`.
    pub(super) fn take(folder: Folder, lock: &DirectoryLock, patience: &Patience) -> Result<Self> {
        let left = lock.companions();
        let note = format!("node {}\n", node());
        let mut locks = Self { folder, lock: lock.clone(), note, held: Vec::with_capacity(LOCKS.len()) };
        for name in LOCKS {
            locks.take_one(name, &left, patience)?;
        }
        Ok(locks)
    }

    fn take_one(&mut self, name: &'static str, left: &str, patience: &Patience) -> Result<()> {
        let mut pause = PAUSE;
        let mut asked: Option<Instant> = None;
        loop {
            match retry_on_intr(|| rustix::fs::mkdirat(&self.folder, name, Mode::RWXU)) {
                Ok(()) => break,
                Err(Errno::EXIST) => {}
                Err(error) => return Err(self.folder.error("take the lock", name, error)),
            }
            if let Some(stat) = self.folder.look(name)? {
                if self.was_ours(name, &stat, left) || (!self.folder.is_fuse() && is_expired(&stat)) {
                    match rustix::fs::unlinkat(&self.folder, name, AtFlags::REMOVEDIR) {
                        Ok(()) | Err(Errno::NOENT) => continue,
                        Err(error) => return Err(self.folder.error("end the dead lock", name, error)),
                    }
                }
                if self.folder.is_fuse() && asked.is_none_or(|before| before.elapsed() >= ASK) {
                    // Setting the times to zero asks the cluster to end the lock if it has expired.
                    let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
                    let times = Timestamps { last_access: zero, last_modification: zero };
                    let _ = rustix::fs::utimensat(&self.folder, name, &times, AtFlags::empty());
                    asked = Some(Instant::now());
                }
            }
            if !patience.sleep(pause) {
                return Err(Error::Locked { message: self.time_is_up(name, patience) });
            }
            pause = (pause * 2).min(LONG_PAUSE);
        }
        self.held.push(name);
        // Killed before this note, the lock stands until it expires.
        if let Some(stat) = self.folder.look(name)? {
            let _ = writeln!(self.note, "{}", identity(name, &stat));
            let noted = self.lock.note_companions(&self.note);
            noted.map_err(|error| self.folder.error("note the lock", name, error))?;
        }
        Ok(())
    }

    fn time_is_up(&self, name: &str, patience: &Patience) -> String {
        format!(
            "another program holds the lock '{}'; gave up after {patience}: try again, or, if no program is at work \
             on this directory, remove that folder",
            self.folder.path_of(name).display(),
        )
    }

    /// Whether the lock is one that a dead usher of this node has left: we hold the lock under which
    /// it was noted.
    fn was_ours(&self, name: &str, stat: &Stat, left: &str) -> bool {
        let mut lines = left.lines();
        lines.next() == Some(format!("node {}", node()).as_str())
            && lines.any(|line| line == identity(name, stat))
    }
}

impl Drop for ProxmoxLocks {
    fn drop(&mut self) {
        for name in self.held.drain(..).rev() {
            // Nobody is left to be told; a lock that stays expires.
            let _ = retry_on_intr(|| rustix::fs::unlinkat(&self.folder, name, AtFlags::REMOVEDIR));
        }
        let _ = self.lock.note_companions("");
    }
}

/// The cluster's nodes share the lock file but not its `flock`, so a note counts on its own node only.
fn node() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Tells this lock from a later one of the same name.
fn identity(name: &str, stat: &Stat) -> String {
    format!("held {name} {} {} {}", stat.st_ino, stat.st_mtime, stat.st_mtime_nsec)
}

/// Whether nobody has touched the lock for too long.
fn is_expired(stat: &Stat) -> bool {
    // Proxmox's waiters set the time to zero also where nobody understands it as a question.
    let touched = if stat.st_mtime == 0 { stat.st_ctime } else { stat.st_mtime };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs());
    let age = u64::try_from(touched).map_or(0, |touched| now.saturating_sub(touched));
    age > EXPIRY.as_secs()
}
