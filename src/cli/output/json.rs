//! JSON, on one line or indented by three with a blank on both sides of the colon.
//!
//! Keys are always sorted. Characters that could drive a terminal are written as `\u` escapes even
//! where JSON does not ask for it; every reader gets the same string.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer as Json};

use super::text::hazardous;
use super::{Answer, Record};

/// Writes the answer on one line.
pub(super) fn write(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    answer.serialize(&mut Json::with_formatter(&mut *out, Safe { layout: CompactFormatter, colon: b":" }))?;
    out.write_all(b"\n")
}

/// Writes the answer indented.
pub(super) fn write_pretty(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    let layout = PrettyFormatter::with_indent(b"   ");
    answer.serialize(&mut Json::with_formatter(&mut *out, Safe { layout, colon: b" : " }))?;
    out.write_all(b"\n")
}

/// One value on one line, without a new line after it.
pub(super) fn line(value: &Value) -> String {
    let mut bytes = Vec::new();
    let mut json = Json::with_formatter(&mut bytes, Safe { layout: CompactFormatter, colon: b":" });
    match Sorted(value).serialize(&mut json) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => value.to_string(),
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => out.serialize_unit(),
            Self::Rows { rows, .. } => out.collect_seq(rows),
            Self::Object { record, .. } => record.serialize(out),
            Self::Permissions(paths) => {
                let mut map = out.serialize_map(Some(paths.len()))?;
                for (path, privileges) in paths {
                    map.serialize_entry(path, &Flags(privileges))?;
                }
                map.end()
            }
            Self::Text(words) | Self::File(words) => out.serialize_str(words),
            Self::Matrix(chart) => out.collect_seq(chart.lines()),
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter().map(|(name, value)| (name, Sorted(value))))
    }
}

/// Privileges with the flag as a number.
struct Flags<'a>(&'a std::collections::BTreeMap<std::sync::Arc<str>, bool>);

impl Serialize for Flags<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|(name, flag)| (name.as_ref(), u8::from(*flag))))
    }
}

/// A value whose objects are written by key; `serde_json` itself keeps the order of insertion here.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(map) => {
                let mut entries: Vec<_> = map.iter().collect();
                entries.sort_by_key(|(name, _)| *name);
                out.collect_map(entries.into_iter().map(|(name, value)| (name, Sorted(value))))
            }
            Value::Array(items) => {
                let mut sequence = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(&Sorted(item))?;
                }
                sequence.end()
            }
            scalar => scalar.serialize(out),
        }
    }
}

/// A layout with its own colon, and without raw control characters.
struct Safe<F> {
    layout: F,
    colon: &'static [u8],
}

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || !fragment.contains(hazardous) {
            return out.write_all(fragment.as_bytes());
        }
        for character in fragment.chars() {
            if hazardous(character) {
                write!(out, "\\u{:04x}", u32::from(character))?;
            } else {
                write!(out, "{character}")?;
            }
        }
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(self.colon)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object_value(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_object_key(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object(out)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array_value(out)
    }
}
