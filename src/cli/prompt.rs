//! Asking for passwords.
//!
//! On a terminal there is a prompt and a star for every character. Without one, each question takes
//! one line from standard input and prints nothing, so scripts can pipe. Lines are read byte by byte:
//! no copy stays behind in a buffer, and what follows is left for the next reader.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use super::silence::Silence;
use super::terminal::stdin_is_terminal;
use crate::error::{Error, Result};

/// The longest line taken for a password, in bytes. Room for it is set aside at once, because a buffer
/// that grows leaves copies behind.
const LONGEST: usize = 4096;

/// What is asked for unless something else is said.
const PASSWORD: &str = "password";

/// The terminal of this session, wherever standard output and error lead.
const TERMINAL: &str = "/dev/tty";

/// Asks for a new password, twice.
///
/// # Errors
/// If the two differ, if input ends before both are read, or if a line is no password at all (too
/// long, not UTF-8).
pub fn new_password() -> Result<Zeroizing<String>> {
    twice(source()?.as_mut())
}

/// Asks once, for a password that exists already.
///
/// # Errors
/// If input ends before a line is read, or if the line is no password at all.
pub fn password(prompt: &str) -> Result<Zeroizing<String>> {
    secret(prompt, PASSWORD)
}

/// Asks once, for a secret of another sort: a `ticket`, a `token`. Messages call it that.
///
/// # Errors
/// As [`password`].
pub fn secret(prompt: &str, what: &'static str) -> Result<Zeroizing<String>> {
    source()?.ask(prompt, what)
}

/// Asks for something that is no secret, which messages call `what`: what is typed shows. Without a terminal a line is
/// taken, as for [`password`].
///
/// # Errors
/// As [`password`].
pub fn line(prompt: &str, what: &'static str) -> Result<Zeroizing<String>> {
    if stdin_is_terminal() {
        let failed = |error| Error::io("write", TERMINAL, error);
        let mut terminal = OpenOptions::new().write(true).open(TERMINAL).map_err(failed)?;
        terminal.write_all(prompt.as_bytes()).map_err(failed)?;
    }
    Lines(StandardInput).ask("", what)
}

/// Takes one line from standard input, whatever that is, without a prompt: `--password -`.
///
/// # Errors
/// As [`password`].
pub fn read_one_from_stdin() -> Result<Zeroizing<String>> {
    Lines(StandardInput).ask("", PASSWORD)
}

fn source() -> Result<Box<dyn Source>> {
    Ok(if stdin_is_terminal() { Box::new(Terminal) } else { Box::new(Lines(StandardInput)) })
}

/// Somewhere a password comes from.
trait Source {
    fn ask(&mut self, prompt: &str, what: &'static str) -> Result<Zeroizing<String>>;
}

fn twice(source: &mut dyn Source) -> Result<Zeroizing<String>> {
    let first = source.ask("Enter new password: ", PASSWORD)?;
    let second = source.ask("Retype new password: ", PASSWORD)?;
    if *first != *second {
        return Err(Error::refused("passwords do not match").with_hint("type the same password twice"));
    }
    Ok(first)
}

fn end_of_file(what: &str) -> Error {
    Error::refused(format!("EOF while reading {what}"))
}

struct Terminal;

impl Source for Terminal {
    fn ask(&mut self, prompt: &str, what: &'static str) -> Result<Zeroizing<String>> {
        let failed = |error| Error::io("open", TERMINAL, error);
        let screen = Screen::open().map_err(failed)?;
        let _echo = screen.without_echo().map_err(failed)?;
        let config = rpassword::ConfigBuilder::new()
            .input_file_path(TERMINAL)
            .output_writer(screen)
            .password_feedback_mask('*')
            .build();
        match rpassword::prompt_password_with_config(prompt, config) {
            Ok(password) => Ok(Zeroizing::new(password)),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(end_of_file(what)),
            Err(error) => Err(Error::io("read", TERMINAL, error)),
        }
    }
}

/// Where prompt and stars appear.
///
/// On Ctrl-C `rpassword` ends its line and then raises the signal, which kills the process before
/// anything can put the terminal back: echo would stay off. So the end of the line does it already.
struct Screen {
    terminal: File,
    before: Termios,
}

impl Screen {
    fn open() -> io::Result<Self> {
        let terminal = OpenOptions::new().write(true).open(TERMINAL)?;
        let before = tcgetattr(&terminal)?;
        Ok(Self { terminal, before })
    }

    /// Takes the terminal out of line mode until the end of the question. `rpassword` does so only once the
    /// prompt stands there: whoever types at its sight could be faster, and the password be echoed.
    fn without_echo(&self) -> io::Result<Silence> {
        let mut silent = self.before.clone();
        // Ctrl-C too has to come as a character: the signal would leave the echo off.
        silent
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        silent.special_codes[SpecialCodeIndex::VMIN] = 1;
        silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        Silence::begin(self.terminal.try_clone()?, self.before.clone(), &silent)
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.terminal.write(bytes)?;
        if bytes.contains(&b'\n') {
            tcsetattr(&self.terminal, OptionalActions::Now, &self.before)?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.terminal.flush()
    }
}

struct StandardInput;

impl Read for StandardInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::read(io::stdin(), buffer)?)
    }
}

struct Lines<R>(R);

impl<R: Read> Source for Lines<R> {
    fn ask(&mut self, _prompt: &str, what: &'static str) -> Result<Zeroizing<String>> {
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut byte = Zeroizing::new([0_u8]);
        loop {
            match self.0.read(byte.as_mut()) {
                Ok(0) if line.is_empty() => return Err(end_of_file(what)),
                Ok(0) => break,
                Ok(_) if *byte == [b'\n'] => break,
                Ok(_) if line.len() == LONGEST => {
                    return Err(Error::invalid(format!("{what} is longer than {LONGEST} bytes")));
                }
                Ok(_) => line.extend_from_slice(byte.as_ref()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::io("read", "standard input", error)),
            }
        }
        let text =
            std::str::from_utf8(&line).map_err(|_| Error::invalid(format!("{what} is not valid UTF-8")))?;
        Ok(Zeroizing::new(text.strip_suffix('\r').unwrap_or(text).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask_twice(input: &[u8]) -> std::result::Result<String, String> {
        twice(&mut Lines(input)).map(|password| password.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn two_equal_lines_are_a_new_password() {
        assert_eq!(ask_twice(b"secret12\nsecret12\nmore"), Ok("secret12".into()));
        assert_eq!(ask_twice(b"secret12\r\nsecret12"), Ok("secret12".into()));
        assert_eq!(ask_twice("pässwört\npässwört\n".as_bytes()), Ok("pässwört".into()));
    }

    #[test]
    fn only_the_line_end_is_taken_off() {
        assert_eq!(ask_twice(b" a b \t\n a b \t\n"), Ok(" a b \t".into()));
        assert_eq!(ask_twice(b"ab\r\r\nab\r\r\n"), Ok("ab\r".into()));
        assert_eq!(ask_twice(b"\n\n"), Ok(String::new()));
    }

    #[test]
    fn different_lines_and_missing_lines_are_refused() {
        assert_eq!(ask_twice(b"secret12\nsecret13\n"), Err("passwords do not match".into()));
        assert_eq!(ask_twice(b"secret12\n"), Err("EOF while reading password".into()));
        assert_eq!(ask_twice(b""), Err("EOF while reading password".into()));
    }

    #[test]
    fn what_cannot_be_a_password_is_refused() {
        assert_eq!(ask_twice(b"\xff\n\xff\n"), Err("password is not valid UTF-8".into()));
        let longest = "x".repeat(LONGEST);
        assert_eq!(ask_twice(format!("{longest}\n{longest}\n").as_bytes()), Ok(longest.clone()));
        let refused = ask_twice(format!("{longest}x\n{longest}x\n").as_bytes());
        assert_eq!(refused, Err("password is longer than 4096 bytes".into()));
    }

    #[test]
    fn one_question_leaves_the_next_line_alone() {
        let mut input: &[u8] = b"first\nsecond\n";
        assert_eq!(*Lines(&mut input).ask("", PASSWORD).unwrap(), "first");
        assert_eq!(input, b"second\n");
    }
}
