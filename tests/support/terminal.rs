//! Runs a command on a terminal of its own.

use super::Run;
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::Command;

/// Stands for the signal in a dialogue.
pub const SIGTERM: &str = "<SIGTERM>";
/// Stands for the signal in a dialogue.
pub const SIGHUP: &str = "<SIGHUP>";

/// Runs `program` with `words` on a terminal of `columns` by `rows`. Each pair of `dialogue` is
/// what the terminal has to show since the last answer, and what is typed then. Everything the
/// terminal showed is the answer.
pub fn on_terminal(command: &Command, (columns, rows): (u16, u16), dialogue: &[(&str, &str)]) -> Run {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let terminal = File::from(rustix::fs::open(name, flags, Mode::empty()).unwrap());
    tcsetwinsize(&terminal, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let before = tcgetattr(&terminal).unwrap().local_modes;
    // Only a new session can make the terminal its own, and only its own answers to /dev/tty.
    let mut session = Command::new("setsid");
    session.arg("--ctty").arg(command.get_program()).args(command.get_args()).env_clear();
    let set = command.get_envs().filter_map(|(name, value): (&OsStr, Option<&OsStr>)| Some((name, value?)));
    session.envs(set);
    session.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap()).stderr(terminal);
    let mut child = session.spawn().unwrap();
    // The command holds copies of the terminal: with them open here, the end would never be seen.
    drop(session);
    let mut screen = File::from(master);
    let mut seen = Vec::new();
    let mut read_from = 0;
    let mut dialogue = dialogue.iter();
    let mut next = dialogue.next();
    let mut chunk = [0; 4096];
    // The end shows as an error, because the terminal is gone.
    while let Ok(count @ 1..) = screen.read(&mut chunk) {
        seen.extend_from_slice(&chunk[..count]);
        let fresh = String::from_utf8_lossy(&seen[read_from..]).into_owned();
        if let Some((shown, typed)) = next
            && fresh.contains(shown)
        {
            read_from = seen.len();
            match *typed {
                SIGTERM => kill_process(Pid::from_child(&child), Signal::TERM).unwrap(),
                SIGHUP => kill_process(Pid::from_child(&child), Signal::HUP).unwrap(),
                typed => screen.write_all(typed.as_bytes()).unwrap(),
            }
            next = dialogue.next();
        }
    }
    assert_eq!(tcgetattr(&screen).unwrap().local_modes, before, "the terminal is left as it was found");
    let status = child.wait().unwrap().code().unwrap_or(-1);
    assert_eq!(next, None, "never asked; the terminal shows: {}", String::from_utf8_lossy(&seen));
    Run { status, out: String::from_utf8_lossy(&seen).into_owned(), err: String::new() }
}
