//! A terminal that shows nothing of what is typed, and has its echo back whatever ends the question.
//!
//! A signal that ends the process would leave the echo off: the shell that comes next would seem dead. So the signals
//! of an orderly end are waited for from the first question on, and do what they always do once the terminal is as it was.

use rustix::termios::{OptionalActions, Termios, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::fs::{File, read_to_string};
use std::io;
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

/// The terminal that is silent now, and how it was before.
static SILENCED: Mutex<Option<(File, Termios)>> = Mutex::new(None);

/// A terminal without echo, until it is dropped.
pub struct Silence(());

impl Silence {
    /// Puts `terminal`, which is as `before` says, into the state `silent`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn begin(terminal: File, before: Termios, silent: &Termios) -> io::Result<Self> {
        static WATCH: Once = Once::new();
        // A precaution: a system that refuses it is no reason to refuse the question.
        WATCH.call_once(|| drop(watch()));
        let handle = terminal.try_clone()?;
        *SILENCED.lock().unwrap_or_else(PoisonError::into_inner) = Some((terminal, before));
        let silence = Self(());
        tcsetattr(&handle, OptionalActions::Now, silent)?;
        Ok(silence)
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    if let Some((terminal, before)) = SILENCED.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
    }
}

/// Waits for signals for as long as the process lives: a handler cannot be taken back without losing what the system
/// would have done.
fn watch() -> io::Result<()> {
    let ignored = ignored();
    let wanted = [SIGHUP, SIGTERM].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let mut signals = Signals::new(wanted)?;
    thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            restore();
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// The signals whoever called us wants ignored, a bit for each; they stay so.
fn ignored() -> u64 {
    let status = read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}
