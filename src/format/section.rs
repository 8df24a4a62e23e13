//! The section syntax of `domains.cfg` and its relatives:
//!
//! ```text
//! TYPE: NAME
//! <TAB>key value
//! <TAB>key value
//! <empty line>
//! ```

use nom::branch::alt;
use nom::bytes::complete::{take_till1, take_while, take_while1};
use nom::combinator::{eof, map_opt, opt, rest};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// A run of lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'text> {
    /// A section.
    Section(Section<'text>),
    /// Lines outside of all sections.
    Loose(Vec<Line<'text>>),
}

/// A header with the lines up to the first empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'text> {
    /// What stands left of the colon.
    pub kind: &'text [u8],
    /// What stands right of the colon.
    pub name: &'text [u8],
    /// The line of the header, counted from 1.
    pub line: usize,
    /// The whole section with its empty line.
    pub span: Range<usize>,
    /// The lines between header and empty line.
    pub lines: Vec<Line<'text>>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'text> {
    /// The number, counted from 1.
    pub number: usize,
    /// Where it stands, with the line break.
    pub span: Range<usize>,
    /// What it says.
    pub content: Content<'text>,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'text> {
    /// Inside of a section: a key, and its value if there is one.
    Option(&'text [u8], Option<&'text [u8]>),
    /// A line whose first visible character is `#`.
    Comment,
    /// A line of blanks, or an empty one outside of a section.
    Blank,
    /// Anything else.
    Garbage(&'text [u8]),
}

/// Reads a file; nothing is refused, and every byte is in exactly one block.
pub fn parse(text: &[u8]) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    let mut start = 0;
    for (place, raw) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let span = start..start + raw.len();
        start = span.end;
        let number = place + 1;
        let line = raw.strip_suffix(b"\n").unwrap_or(raw);
        if open && let Some(Block::Section(section)) = blocks.last_mut() {
            section.span.end = span.end;
            open = !line.is_empty();
            if open {
                section.lines.push(Line { number, span, content: content(line) });
            }
        } else if let Ok((_, (kind, name))) = header(line) {
            blocks.push(Block::Section(Section { kind, name, line: number, span, lines: Vec::new() }));
            open = true;
        } else {
            let content = match content(line) {
                Content::Option(..) => Content::Garbage(line),
                other => other,
            };
            let line = Line { number, span, content };
            match blocks.last_mut() {
                Some(Block::Loose(lines)) => lines.push(line),
                _ => blocks.push(Block::Loose(vec![line])),
            }
        }
    }
    blocks
}

/// Appends the header of a section.
pub fn write_header(out: &mut Vec<u8>, kind: &str, name: &str) {
    out.extend_from_slice(format!("{kind}: {name}\n").as_bytes());
}

/// Appends an option of a section; the caller knows that the value holds no line break.
pub fn write_option(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(format!("\t{key} {value}\n").as_bytes());
}

/// Appends the bytes of a whole section and makes sure that it ends where it should.
pub fn write_whole(out: &mut Vec<u8>, section: &[u8]) {
    write_line(out, section);
    if !out.ends_with(b"\n\n") {
        out.push(b'\n');
    }
}

/// Appends the bytes of one or more lines and makes sure that the last one ends.
pub fn write_line(out: &mut Vec<u8>, lines: &[u8]) {
    out.extend_from_slice(lines);
    if !lines.is_empty() && !lines.ends_with(b"\n") {
        out.push(b'\n');
    }
}

type KeyValue<'text> = (&'text [u8], Option<&'text [u8]>);

/// White space as the original sees it.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn word(input: &[u8]) -> IResult<&[u8], &[u8]> {
    take_till1(is_blank).parse(input)
}

fn blanks(input: &[u8]) -> IResult<&[u8], &[u8]> {
    take_while(is_blank).parse(input)
}

/// `TYPE: NAME`, with or without blanks behind the colon. The type reaches as far as it can.
fn header(line: &[u8]) -> IResult<&[u8], (&[u8], &[u8])> {
    let apart = (map_opt(word, |kind: &[u8]| kind.strip_suffix(b":")), preceded(blanks, word));
    let joined = map_opt(word, split_at_last_colon);
    let whole = |parts: &(&[u8], &[u8])| !parts.0.is_empty();
    let (rest, parts) =
        alt((terminated(apart, (blanks, eof)), terminated(joined, (blanks, eof)))).parse(line)?;
    if whole(&parts) {
        Ok((rest, parts))
    } else {
        Err(nom::Err::Error(nom::error::make_error(line, nom::error::ErrorKind::Verify)))
    }
}

fn split_at_last_colon(word: &[u8]) -> Option<(&[u8], &[u8])> {
    let last = word.len().checked_sub(2)?;
    let colon = word.get(..=last)?.iter().rposition(|byte| *byte == b':')?;
    Some((word.get(..colon)?, word.get(colon + 1..)?))
}

fn option(line: &[u8]) -> IResult<&[u8], KeyValue<'_>> {
    let value = map_opt(preceded(take_while1(is_blank), rest), trimmed);
    (preceded(take_while1(is_blank), word), terminated(opt(value), rest)).parse(line)
}

fn trimmed(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().rposition(|byte| !is_blank(*byte))?;
    text.get(..=end)
}

fn content(line: &[u8]) -> Content<'_> {
    match line.iter().find(|byte| !is_blank(**byte)) {
        None => Content::Blank,
        Some(b'#') => Content::Comment,
        Some(_) => match option(line) {
            Ok((_, (key, value))) => Content::Option(key, value),
            Err(_) => Content::Garbage(line),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header_of(line: &str) -> Option<(String, String)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        header(line.as_bytes()).ok().map(|(_, (kind, name))| (text(kind), text(name)))
    }

    #[test]
    fn headers() {
        for (line, kind, name) in [
            ("ldap: corp", "ldap", "corp"),
            ("ldap:corp", "ldap", "corp"),
            ("ldap:\t corp \r", "ldap", "corp"),
            ("a:b: c", "a:b", "c"),
            ("a:b:c", "a:b", "c"),
            ("x: a:b", "x", "a:b"),
            ("x:b:", "x", "b:"),
            ("x::", "x", ":"),
        ] {
            assert_eq!(header_of(line), Some((kind.into(), name.into())), "{line}");
        }
        for line in
            ["", " ldap: corp", "ldap:", "ldap corp", ": corp", ":corp", "ldap: a b", "x", "garbage line"]
        {
            assert_eq!(header_of(line), None, "{line}");
        }
    }

    #[test]
    fn options() {
        let text = |key: &'static str, value: Option<&'static str>| {
            Content::Option(key.as_bytes(), value.map(str::as_bytes))
        };
        assert_eq!(content(b"\tport 389"), text("port", Some("389")));
        assert_eq!(content(b"  a  b  c \r"), text("a", Some("b  c")));
        assert_eq!(content(b"\tkey"), text("key", None));
        assert_eq!(content(b"\tkey  "), text("key", None));
        assert_eq!(content(b"port 389"), Content::Garbage(b"port 389"));
        assert_eq!(content(b" \t"), Content::Blank);
        assert_eq!(content(b"\t# x"), Content::Comment);
    }

    #[test]
    fn blocks() {
        let text = b"# top\n\nldap: a\n\tx 1\n \n# in\nno: section\n\nrest\nad: b";
        let blocks = parse(text);
        let [Block::Loose(top), Block::Section(a), Block::Loose(rest), Block::Section(b)] = blocks.as_slice()
        else {
            panic!("{blocks:?}");
        };
        assert_eq!(top.len(), 2);
        assert_eq!((a.line, a.lines.len(), &text[a.span.clone()][..8]), (3, 4, &b"ldap: a\n"[..]));
        assert_eq!(a.lines[3].content, Content::Garbage(b"no: section"));
        assert_eq!((rest[0].number, rest.len()), (9, 1));
        assert_eq!((b.line, b.span.end), (10, text.len()));
    }
}
