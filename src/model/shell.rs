//! Commands somebody is told to type.
//!
//! Names come from files others may have written: a user may be called `x$(reboot)@pve`. Every name in a command that
//! is advised goes through here, so that a shell takes it as the name it is.

use std::borrow::Cow;
use std::fmt;

/// A word as a shell takes it, in quotes where it needs them.
fn quoted(word: &str) -> Cow<'_, str> {
    // No name holds a NUL, and no shell could be given one.
    shlex::try_quote(word).unwrap_or(Cow::Borrowed("''"))
}

/// A command of usher, put together word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command<'c> {
    words: &'c str,
    names: Vec<&'c str>,
    options: String,
}

impl<'c> Command<'c> {
    /// The command with these words, which need no quotes: `usher user delete`.
    pub fn new(words: &'c str) -> Self {
        Self { words, names: Vec::new(), options: String::new() }
    }

    /// The same command about `name`, behind those it is about already.
    pub fn about(mut self, name: &'c str) -> Self {
        self.names.push(name);
        self
    }

    /// The same command with an option, as it is typed: `--enable`.
    pub fn option(mut self, option: &str) -> Self {
        self.options.extend([" ", option]);
        self
    }

    /// The same command with an option that takes a value.
    pub fn with(self, option: &str, value: &str) -> Self {
        self.with_list(option, &[value])
    }

    /// The same command with an option that takes a list.
    pub fn with_list(mut self, option: &str, values: &[&str]) -> Self {
        let values: Vec<Cow<'_, str>> = values.iter().map(|value| quoted(value)).collect();
        self.options.extend([" ", option, " ", &values.join(",")]);
        self
    }
}

impl fmt::Display for Command<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: String = self.names.iter().flat_map(|name| [Cow::Borrowed(" "), quoted(name)]).collect();
        // A name that begins with a dash would be taken for an option.
        match self.names.iter().any(|name| name.starts_with('-')) {
            true => write!(out, "{}{} --{names}", self.words, self.options),
            false => write!(out, "{}{names}{}", self.words, self.options),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process;

    const NASTY: &[&str] = &[
        "joe@pve",
        "joe@pve!ci",
        "o'brien@pve",
        "x$(touch${IFS}pwned)@pve",
        "x`touch${IFS}pwned`@pve",
        "{a,b}@pve",
        "a\"b'c\\d!e^f@pve",
        "~root@pve",
        "*?[a-z]@pve",
        "a;b|c&d>e<f@pve",
        "#x@pve",
        "j\u{f6}$e\u{1}@pve",
        "\\",
        "'\"'$'",
        "-x$y@pve",
        "a=b@pve",
        "",
    ];

    /// The words a shell makes of a line.
    fn taken_apart(line: &str) -> Vec<String> {
        let script = format!("set -- {line}\nfor word do printf '%s\\0' \"$word\"; done");
        let run = process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(run.status.success() && run.stderr.is_empty(), "{line}: {run:?}");
        let mut words: Vec<String> =
            String::from_utf8(run.stdout).unwrap().split('\0').map(str::to_owned).collect();
        assert_eq!(words.pop().as_deref(), Some(""));
        words
    }

    #[test]
    fn a_shell_gives_every_name_back() {
        for name in NASTY {
            assert_eq!(taken_apart(&format!("first {}", quoted(name))), ["first", name]);
            let command = Command::new("usher acl delete").about(name).with_list("--users", &[name, name]);
            let (list, words) = (format!("{name},{name}"), taken_apart(&command.to_string()));
            match name.starts_with('-') {
                true => assert_eq!(words, ["usher", "acl", "delete", "--users", &list, "--", name]),
                false => assert_eq!(words, ["usher", "acl", "delete", name, "--users", &list]),
            }
        }
    }

    #[test]
    fn plain_names_stand_as_they_are() {
        let line = |command: Command<'_>| command.to_string();
        assert_eq!(line(Command::new("usher user add").about("joe@pve")), "usher user add joe@pve");
        assert_eq!(
            line(Command::new("usher acl modify").about("/vms/1").with_list("--roles", &["A", "B"])),
            "usher acl modify /vms/1 --roles A,B"
        );
        assert_eq!(
            line(Command::new("usher user modify").about("-j@pve").option("--enable 1")),
            "usher user modify --enable 1 -- -j@pve"
        );
        assert_eq!(quoted("a\0b"), "''");
    }
}
