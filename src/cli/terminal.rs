//! What the standard streams are, and writing to them without surprises.
//!
//! A reader that goes away (`usher user list | head -1`) ends the output quietly; any other trouble,
//! such as a full disk, is an error like every other.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Read as _, Stdout, Write};

use super::output::{Answer, Style, printable, render};
use crate::error::{Error, Result};

/// Whether the locale chosen by `variable` (a look into the environment) has UTF-8 as its codeset.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty counts; none means the C locale,
/// which has not.
pub fn locale_is_utf8(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let chosen = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    let Some(locale) = chosen.as_ref().and_then(|value| value.to_str()) else { return false };
    let Some((_, codeset)) = locale.split_once('.') else { return false };
    let codeset = codeset.split_once('@').map_or(codeset, |(codeset, _)| codeset);
    let bare: String = codeset.chars().filter(|character| !matches!(character, '-' | '_')).collect();
    bare.eq_ignore_ascii_case("utf8")
}

/// Whether standard output is a terminal.
pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether standard input is a terminal, that is, whether there is somebody to ask.
pub fn stdin_is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Reads a file somebody names, `-` being standard input, and tells what it is called in messages.
///
/// # Errors
/// [`Error::Io`] when it cannot be read.
pub fn read_named(file: &str) -> Result<(&str, Vec<u8>)> {
    let mut bytes = Vec::new();
    let (name, done) = match file {
        "-" => ("standard input", io::stdin().read_to_end(&mut bytes).map(drop)),
        file => (file, std::fs::read(file).map(|read| bytes = read)),
    };
    done.map_err(|error| Error::io("read", name, error))?;
    Ok((name, bytes))
}

/// How many columns the terminal on standard output has; `None` if it is none or does not know.
pub fn width() -> Option<usize> {
    if !stdout_is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

/// The way out for answers.
#[derive(Debug)]
pub struct Output<W: Write = Stdout> {
    inner: W,
    gone: bool,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Self::new(io::stdout())
    }
}

impl<W: Write> Output<W> {
    /// Any other place that takes bytes.
    pub fn new(inner: W) -> Self {
        Self { inner, gone: false }
    }

    /// Whether the reader went away; what is said from then on is dropped, so long work whose only
    /// purpose is to be read may stop.
    pub fn reader_is_gone(&self) -> bool {
        self.gone
    }

    /// Writes an answer.
    ///
    /// # Errors
    /// [`Error::Io`] when the system refuses; a reader that went away is no error.
    pub fn answer(&mut self, answer: &Answer, style: &Style) -> Result<()> {
        self.write(|out| render(answer, style, out))
    }

    /// Lets `writer` write as it likes, and flushes. It has to strip control characters itself.
    ///
    /// # Errors
    /// As [`Output::answer`].
    pub fn write(&mut self, writer: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        if self.gone {
            return Ok(());
        }
        match writer(&mut self.inner).and_then(|()| self.inner.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(())
            }
            other => other.map_err(|source| Error::io("write", "standard output", source)),
        }
    }
}

/// Says `text` on standard error, line by line, control characters made visible. If even that fails
/// there is nobody left to tell, so nothing is reported.
pub fn say_on_stderr(text: &str) {
    let mut lines = String::with_capacity(text.len() + 1);
    for line in text.lines() {
        lines.push_str(&printable(line));
        lines.push('\n');
    }
    let _nobody_left_to_tell = io::stderr().lock().write_all(lines.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(set: &[(&str, &str)]) -> bool {
        locale_is_utf8(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_codeset_decides() {
        for locale in ["C.UTF-8", "C.utf8", "de_DE.UTF-8", "de_DE.UTF8@euro"] {
            assert!(utf8(&[("LANG", locale)]), "{locale}");
        }
        for locale in ["C", "POSIX", "de_DE", "de_DE@euro", "de_DE.ISO-8859-1", ""] {
            assert!(!utf8(&[("LANG", locale)]), "{locale}");
        }
        assert!(!utf8(&[]));
    }

    #[test]
    fn the_strongest_variable_wins_and_an_empty_one_does_not_count() {
        assert!(!utf8(&[("LC_ALL", "C"), ("LC_CTYPE", "C.UTF-8"), ("LANG", "C.UTF-8")]));
        assert!(!utf8(&[("LC_ALL", ""), ("LC_CTYPE", "C"), ("LANG", "C.UTF-8")]));
        assert!(utf8(&[("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", "C.UTF-8")]));
    }
}
