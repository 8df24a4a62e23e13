//! What a command says, and the four ways to write it down.
//!
//! A command builds an [`Answer`] out of plain values; [`render`] turns it into text, JSON or YAML.
//! Nothing that came from a file or a command line reaches a terminal as a control character: text
//! shows it as an escape, JSON and YAML use their own escapes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use serde_json::Value;

use crate::cli::matrix::Chart;
use crate::error::{Error, Result};

pub mod grouped;
mod json;
mod table;
mod text;
mod yaml;

pub use text::printable;

/// The line under every permission table.
const FOOTER: &str = "Permissions marked with '(*)' have the 'propagate' flag set.\n";

/// What sort of values a column of a table holds; decides alignment and order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words: left-aligned, ordered by code point.
    Text,
    /// Whole numbers: right-aligned, ordered by value.
    Integer,
    /// Yes or no, shown as `1` or `0`: left-aligned.
    Boolean,
}

/// One column of a table, or one declared property of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The property's name; also the column's title.
    pub name: &'static str,
    /// What sort of values it holds.
    pub kind: Kind,
    /// The widest a text table shows it; what is beyond is cut.
    pub limit: Option<usize>,
}

impl Column {
    /// A column of words.
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text, limit: None }
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str) -> Self {
        Self { name, kind: Kind::Integer, limit: None }
    }

    /// A column of yes and no.
    pub const fn boolean(name: &'static str) -> Self {
        Self { name, kind: Kind::Boolean, limit: None }
    }

    /// The same column, never shown wider than `limit` in a text table.
    #[must_use]
    pub const fn at_most(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }
}

/// The properties of one thing by name. A property that is not there is undefined; one that is
/// `null` is undefined in text and `null` in JSON and YAML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record(BTreeMap<Cow<'static, str>, Value>);

impl Record {
    /// A record without properties.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same record with one property more.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// The same record, with one property more if there is a value.
    #[must_use]
    pub fn with_some(self, name: impl Into<Cow<'static, str>>, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Puts a property in, or replaces it.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
    }

    /// The record as a value within another.
    pub fn into_value(self) -> Value {
        Value::Object(self.0.into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
    }

    /// The value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Every property, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

/// Who may do what where: path, privilege name, and whether the privilege is propagated below.
pub type Permissions = BTreeMap<String, BTreeMap<Arc<str>, bool>>;

/// What a command says.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing, in no format.
    Nothing,
    /// A list of things. Text sorts it by the first column; JSON and YAML keep the order given.
    Rows {
        /// The columns of the text table, in order; JSON and YAML write every property.
        columns: &'static [Column],
        /// The things.
        rows: Vec<Record>,
    },
    /// One thing.
    Object {
        /// The properties a text table shows, in order; all of them, by name, if empty.
        columns: &'static [Column],
        /// The thing.
        record: Record,
    },
    /// A table of permissions, with a line below that explains the mark.
    Permissions(Permissions),
    /// Words for a person, one or more lines.
    Text(String),
    /// The content of a file for another program: written byte for byte, but on a terminal as words.
    File(String),
    /// The access matrix, which has forms of its own.
    Matrix(Arc<Chart>),
}

/// The ways to write an answer down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Tables for people.
    #[default]
    Text,
    /// JSON on one line.
    Json,
    /// JSON, indented.
    JsonPretty,
    /// One YAML document.
    Yaml,
}

impl Format {
    /// Every format's name, as it is typed.
    pub const NAMES: [&'static str; 4] = ["text", "json", "json-pretty", "yaml"];

    /// The format of that name.
    ///
    /// # Errors
    /// Any other word is refused as a bad value of `output-format`, naming the four.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "json-pretty" => Ok(Self::JsonPretty),
            "yaml" => Ok(Self::Yaml),
            other => Err(Error::parameter(
                "output-format",
                format!(
                    "value '{other}' does not have a value in the enumeration '{}'",
                    Self::NAMES.join(", ")
                ),
            )),
        }
    }
}

/// How the width of a text is counted when a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Every character is one wide, as `pveum` counts.
    Characters,
    /// A character is as wide as a terminal shows it: `日` takes two columns.
    Columns,
}

/// How an answer is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Which format.
    pub format: Format,
    /// Text: whether tables have a title line.
    pub header: bool,
    /// Text: whether tables have rules.
    pub border: bool,
    /// Write nothing but the footer of a permission table.
    pub quiet: bool,
    /// Whether values may be dressed up for people. No value is today, so both look the same.
    pub human_readable: bool,
    /// Whether text may hold characters beyond ASCII; if not, each becomes `?`.
    pub unicode: bool,
    /// Text: the width at which every line of a table is cut; set on a terminal only.
    pub width: Option<usize>,
    /// Text: how widths are counted.
    pub count: Count,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            format: Format::Text,
            header: true,
            border: true,
            quiet: false,
            human_readable: true,
            unicode: true,
            width: None,
            count: Count::Columns,
        }
    }
}

/// Writes `answer` to `out`, in pieces, and flushes.
///
/// # Errors
/// What `out` says, at the first failure.
pub fn render(answer: &Answer, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    if style.format == Format::Text {
        if !style.quiet {
            write_text(answer, style, &mut out)?;
        }
        if matches!(answer, Answer::Permissions(_)) {
            out.write_all(FOOTER.as_bytes())?;
        }
    } else if !style.quiet && *answer != Answer::Nothing {
        match style.format {
            Format::Yaml => yaml::write(answer, &mut out)?,
            Format::JsonPretty => json::write_pretty(answer, &mut out)?,
            Format::Json | Format::Text => json::write(answer, &mut out)?,
        }
    }
    out.flush()
}

fn write_text(answer: &Answer, style: &Style, out: &mut impl Write) -> io::Result<()> {
    match answer {
        Answer::Nothing => Ok(()),
        Answer::Rows { columns, rows } => table::write(&text::list(columns, rows), style, out),
        Answer::Object { columns, record } => table::write(&text::object(columns, record), style, out),
        Answer::Permissions(paths) => table::write(&text::permissions(paths), style, out),
        Answer::File(content) if style.width.is_none() => out.write_all(content.as_bytes()),
        Answer::Text(words) | Answer::File(words) => text::write_words(words, style, out),
        Answer::Matrix(chart) => chart.write(style, out),
    }
}
