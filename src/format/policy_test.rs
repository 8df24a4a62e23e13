//! Policy tests: expectations about permissions as TOML. `docs/policy-tests.md` is the reference.

use super::settings::syntax;
use crate::access::policy_test::{Expected, PolicyTest};
use crate::access::usable::Who;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::model::path::AclPath;
use crate::model::privilege::PrivilegeSet;
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of the file itself.
const FILE_KEYS: &[&str] = &["config-dir", "now", "test"];
/// The keys of one test.
const TEST_KEYS: &[&str] = &["name", "who", "path", "can", "cannot", "privileges", "now"];

/// A file that was read. Names of privileges and paths are looked up later: which there are depends on the directory.
#[derive(Debug)]
pub struct PolicyTests<'t> {
    reader: Reader<'t>,
    /// The config directory the file names, relative to the folder it is in.
    pub config_dir: Option<String>,
    /// The moment the file names for all its tests.
    pub now: Option<Moment>,
    tests: Vec<Raw>,
}

/// A moment as it was written: seconds since 1970, a date, or a span from now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The text.
    pub text: String,
    place: usize,
}

/// A text and where it stands.
type Word = Spanned<String>;

#[derive(Debug)]
struct Raw {
    place: usize,
    name: Word,
    who: Word,
    path: Word,
    can: Option<Vec<Word>>,
    cannot: Option<Vec<Word>>,
    privileges: Option<Vec<Word>>,
    now: Option<Moment>,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug)]
struct Reader<'t> {
    file: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn refuse(self, place: usize, message: impl Into<String>) -> Error {
        syntax(self.file, self.text, place, message.into())
    }

    /// Refuses keys nobody knows.
    fn known(self, table: &DeTable<'_>, keys: &[&str]) -> Result<()> {
        let stray = table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref()));
        let Some(key) = stray.min_by_key(|key| key.span().start) else { return Ok(()) };
        let name = key.get_ref().as_ref();
        let nearest = keys.iter().min_by_key(|known| strsim::damerau_levenshtein(known, name));
        let advice = match nearest.filter(|known| strsim::damerau_levenshtein(known, name) <= 2) {
            Some(known) => format!("did you mean '{known}'?"),
            None => format!("known are {}", keys.join(", ")),
        };
        Err(self.refuse(key.span().start, format!("unknown key '{name}'; {advice}")))
    }

    fn text(self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Word> {
        match value.get_ref() {
            DeValue::String(text) if !text.is_empty() => {
                Ok(Spanned::new(value.span(), text.clone().into_owned()))
            }
            _ => Err(self.refuse(value.span().start, format!("'{name}' has to be a text in quotes"))),
        }
    }

    fn needed(self, table: &DeTable<'_>, name: &str, place: usize) -> Result<Word> {
        match table.get(name) {
            Some(value) => self.text(name, value),
            None => Err(self.refuse(place, format!("a test needs '{name}'"))),
        }
    }

    fn words(self, table: &DeTable<'_>, name: &str) -> Result<Option<Vec<Word>>> {
        let Some(value) = table.get(name) else { return Ok(None) };
        let wrong = || {
            let message = format!("'{name}' has to be a list of privileges: [\"NAME\", …]");
            self.refuse(value.span().start, message)
        };
        let DeValue::Array(items) = value.get_ref() else { return Err(wrong()) };
        let words = items.iter().map(|item| self.text(name, item).map_err(|_| wrong()));
        words.collect::<Result<_>>().map(Some)
    }

    fn moment(self, table: &DeTable<'_>) -> Result<Option<Moment>> {
        let Some(value) = table.get("now") else { return Ok(None) };
        let text = match value.get_ref() {
            DeValue::String(text) => text.clone().into_owned(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string(),
            _ => {
                let message =
                    "'now' has to be seconds since 1970, a date like 2027-01-31 or a span like \"90d\"";
                return Err(self.refuse(value.span().start, message));
            }
        };
        Ok(Some(Moment { text, place: value.span().start }))
    }

    fn test(self, value: &Spanned<DeValue<'_>>) -> Result<Raw> {
        let Range { start: place, .. } = value.span();
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.refuse(place, "a test has to be a table: begin it with [[test]]"));
        };
        self.known(table, TEST_KEYS)?;
        let raw = Raw {
            place,
            name: self.needed(table, "name", place)?,
            who: self.needed(table, "who", place)?,
            path: self.needed(table, "path", place)?,
            can: self.words(table, "can")?,
            cannot: self.words(table, "cannot")?,
            privileges: self.words(table, "privileges")?,
            now: self.moment(table)?,
        };
        let bounds = raw.can.is_some() || raw.cannot.is_some();
        match (bounds, raw.privileges.is_some()) {
            (false, false) => Err(self.refuse(place, "a test needs 'can', 'cannot' or 'privileges'")),
            (true, true) => {
                let message = "'privileges' lists all there may be; 'can' and 'cannot' beside it say nothing";
                Err(self.refuse(place, message))
            }
            _ => Ok(raw),
        }
    }
}

/// Reads a file; `file` is its name in messages.
///
/// # Errors
/// [`Error::Syntax`] with line and column of whatever is wrong.
pub fn parse<'t>(file: &'t str, text: &'t str) -> Result<PolicyTests<'t>> {
    let reader = Reader { file, text };
    let document = DeTable::parse(text).map_err(|fault| {
        let place = fault.span().map_or(0, |span| span.start);
        reader.refuse(place, fault.message())
    })?;
    let table = document.get_ref();
    reader.known(table, FILE_KEYS)?;
    let config_dir = table.get("config-dir").map(|value| reader.text("config-dir", value)).transpose()?;
    let now = reader.moment(table)?;
    let tests: Vec<Raw> = match table.get("test").map(|value| (value.span().start, value.get_ref())) {
        None => Vec::new(),
        Some((_, DeValue::Array(list))) => {
            list.iter().map(|value| reader.test(value)).collect::<Result<_>>()?
        }
        Some((place, _)) => {
            return Err(reader.refuse(place, "tests are a list: begin each with [[test]], in two brackets"));
        }
    };
    if tests.is_empty() {
        return Err(reader.refuse(0, "there is no test; begin each with [[test]]"));
    }
    let mut names = HashSet::new();
    if let Some(twice) = tests.iter().find(|test| !names.insert(test.name.get_ref())) {
        let message = format!("two tests are called '{}'", twice.name.get_ref());
        return Err(reader.refuse(twice.name.span().start, message));
    }
    Ok(PolicyTests { reader, config_dir: config_dir.map(Spanned::into_inner), now, tests })
}

impl PolicyTests<'_> {
    /// The tests in the words of a catalogue, each with the moment it names: its own, else that of the file.
    ///
    /// # Errors
    /// [`Error::Syntax`] for a name that is no user or token, a path that cannot have permissions, a privilege that does
    /// not exist, and one that is both expected and forbidden.
    pub fn checked(&self, catalogue: &Catalogue) -> Result<Vec<(PolicyTest, Option<Moment>)>> {
        self.tests.iter().map(|raw| Ok((self.test(raw, catalogue)?, self.moment_of(raw)))).collect()
    }

    /// What is wrong with a moment of this file.
    pub fn refuse_moment(&self, moment: &Moment, error: &Error) -> Error {
        let advice = error.hint().map(|hint| format!("; known are {hint}")).unwrap_or_default();
        self.reader.refuse(moment.place, format!("{error}{advice}"))
    }

    fn moment_of(&self, raw: &Raw) -> Option<Moment> {
        raw.now.as_ref().or(self.now.as_ref()).cloned()
    }

    fn test(&self, raw: &Raw, catalogue: &Catalogue) -> Result<PolicyTest> {
        let refuse = |word: &Word, message: String| self.reader.refuse(word.span().start, message);
        let who = Who::parse(raw.who.get_ref()).ok_or_else(|| {
            let name = raw.who.get_ref();
            let message = format!("'{name}' is neither a user (NAME@REALM) nor a token (NAME@REALM!TOKEN)");
            refuse(&raw.who, message)
        })?;
        let path = AclPath::parse(raw.path.get_ref()).ok().filter(|path| catalogue.allows_path(path));
        let path = path.ok_or_else(|| {
            let message = format!("no permissions can be set at '{}': no such path", raw.path.get_ref());
            refuse(&raw.path, message)
        })?;
        let expected = match &raw.privileges {
            Some(words) => Expected::Exactly(self.privileges(words, catalogue)?),
            None => {
                let cannot_words = raw.cannot.as_deref().unwrap_or_default();
                let can = self.privileges(raw.can.as_deref().unwrap_or_default(), catalogue)?;
                let cannot = self.privileges(cannot_words, catalogue)?;
                let both = |word: &&Word| {
                    catalogue.privilege(word.get_ref()).is_some_and(|privilege| can.contains(privilege))
                };
                if let Some(word) = cannot_words.iter().find(both) {
                    let message = format!("'{}' stands in 'can' and in 'cannot'", word.get_ref());
                    return Err(refuse(word, message));
                }
                Expected::Bounds { can, cannot }
            }
        };
        let name = raw.name.get_ref().clone();
        Ok(PolicyTest { name, line: self.line(raw.place), who, path, expected })
    }

    fn privileges(&self, words: &[Word], catalogue: &Catalogue) -> Result<PrivilegeSet> {
        let look_up = |word: &Word| {
            catalogue.require_privilege(word.get_ref()).map_err(|error| {
                let advice = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
                self.reader.refuse(word.span().start, format!("{error}{advice}"))
            })
        };
        words.iter().map(look_up).collect()
    }

    fn line(&self, place: usize) -> usize {
        self.reader.text.get(..place).unwrap_or_default().matches('\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
config-dir = \"config\"
now = 2027-01-31

[[test]]
name = \"audit\"
who = \"ann@pve\"
path = \"vms/100/\"
can = [\"VM.Audit\"]
cannot = [\"VM.Migrate\"]

[[test]]
name = \"token\"
who = \"ann@pve!ci\"
path = \"/\"
privileges = []
now = \"90d\"
";

    #[test]
    fn a_file() {
        let file = parse("x.toml", GOOD).unwrap();
        assert_eq!(file.config_dir.as_deref(), Some("config"));
        let tests = file.checked(&Catalogue::pve9()).unwrap();
        let (first, now) = &tests[0];
        assert_eq!((first.line, first.path.as_str()), (4, "/vms/100"));
        assert_eq!(now.as_ref().unwrap().text, "2027-01-31");
        let (second, now) = &tests[1];
        assert_eq!(second.expected, Expected::Exactly(PrivilegeSet::EMPTY));
        assert_eq!(now.as_ref().unwrap().text, "90d");
        assert!(matches!(second.who, Who::Token(_)));
    }

    #[test]
    fn mistakes_have_a_place() {
        let test = |lines: &str| format!("[[test]]\nname = \"n\"\n{lines}");
        let whole = |lines: &str| test(&format!("who = \"ann@pve\"\npath = \"/vms\"\n{lines}"));
        for (text, message) in [
            (String::new(), "x.toml:1:1: there is no test; begin each with [[test]]"),
            ("[[tets]]\n".into(), "x.toml:1:3: unknown key 'tets'; did you mean 'test'?"),
            ("[test]\nname = \"n\"\n".into(), "x.toml:1:1: tests are a list"),
            ("test = [1]\n".into(), "x.toml:1:9: a test has to be a table"),
            ("[[test]]\nname = \n".into(), "x.toml:2:"),
            ("[[test]]\nwho = \"a@pve\"\n".into(), "x.toml:1:1: a test needs 'name'"),
            (whole("cna = []\n"), "x.toml:5:1: unknown key 'cna'; did you mean 'can'?"),
            (whole("role = []\n"), "x.toml:5:1: unknown key 'role'; known are name, who, path"),
            (whole(""), "x.toml:1:1: a test needs 'can', 'cannot' or 'privileges'"),
            (whole("can = []\nprivileges = []\n"), "x.toml:1:1: 'privileges' lists all"),
            (whole("can = \"VM.Audit\"\n"), "x.toml:5:7: 'can' has to be a list"),
            (whole("can = [1]\n"), "x.toml:5:7: 'can' has to be a list"),
            (whole("can = [\"VM.Audot\"]\n"), "x.toml:5:8: invalid privilege 'VM.Audot'; did you mean"),
            (whole("can = [\"VM.Audit\"]\ncannot = [\"VM.Audit\"]\n"), "x.toml:6:11: 'VM.Audit' stands in"),
            (whole("can = []\nnow = 12:00:00\n"), "x.toml:6:7: 'now' has to be"),
            (test("who = \"ann\"\npath = \"/\"\ncan = []\n"), "x.toml:3:7: 'ann' is neither"),
            (
                test("who = \"a@pve\"\npath = \"/vmss\"\ncan = []\n"),
                "x.toml:4:8: no permissions can be set at",
            ),
            (test("who = 5\n"), "x.toml:3:7: 'who' has to be a text"),
            (
                format!("{GOOD}{}", whole("can = []\n").replace("\"n\"", "\"token\"")),
                "x.toml:18:8: two tests",
            ),
        ] {
            let found = parse("x.toml", &text).and_then(|file| file.checked(&Catalogue::pve9()));
            let error = found.unwrap_err().to_string();
            assert!(error.starts_with(message), "{text}\n{error}");
        }
    }
}
