//! Colon lines: fields, lists, escaped text. The only place that cuts or joins them.

use super::encoding::{hex, is_escaped};
use crate::model::byte::{AT, BEYOND_ASCII, Class, ITEM, NAME, SEPARATOR, TEXT};
use crate::model::id::{is_realm_start, split_user};
use nom::IResult;
use nom::error::{Error, ErrorKind};
use std::cmp::Ordering;

/// White space as Perl's `\s` sees it in ASCII.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Takes the white space off both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| u8::try_from(c).is_ok_and(is_blank))
}

/// A field and the `:` that ends it.
pub fn field(input: &str) -> IResult<&str, &str> {
    let end = memchr::memchr(b':', input.as_bytes());
    match end.and_then(|end| Some((input.get(end + 1..)?, input.get(..end)?))) {
        Some(found) => Ok(found),
        None => Err(nom::Err::Error(Error::new(input, ErrorKind::Char))),
    }
}

/// Cuts a text from its beginning, checking what it cuts in the same pass.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    /// A cursor at the beginning of `text`.
    pub fn at(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// How much is left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Steps over `word`, if it is next.
    #[inline]
    pub fn skip(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    /// Takes all bytes of `class`, which may be none.
    #[inline]
    pub fn run(&mut self, class: Class) -> &'t str {
        let end = class.prefix(self.rest.as_bytes());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Takes a field of bytes of `class` and its `:`.
    #[inline]
    pub fn field(&mut self, class: Class) -> Option<&'t str> {
        let taken = self.run(class);
        self.skip(":")?;
        Some(taken)
    }

    /// Takes a field of `0` or `1`.
    #[inline]
    pub fn flag(&mut self) -> Option<&'t str> {
        match self.rest.as_bytes() {
            [b'0' | b'1', b':', ..] => self.field(NAME),
            _ => None,
        }
    }

    /// Takes a field that is a number in canonical form.
    #[inline]
    pub fn number(&mut self) -> Option<&'t str> {
        self.field(NAME).filter(|number| is_canonical_number(number))
    }

    /// Takes a field of free text as it is written and a reader leaves it.
    #[inline]
    pub fn text(&mut self) -> Option<&'t str> {
        if self.skip(":").is_some() {
            return Some("");
        }
        let start = self.rest;
        self.run(TEXT);
        // The bytes so far of a letter beyond ASCII. Half a letter is read as Latin-1 and written as two.
        let (mut letter, mut length) = ([0; 4], 0);
        while let [b'%', high, low, ..] = self.rest.as_bytes() {
            let upper = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
            let byte = hex(Some(high))? << 4 | hex(Some(low))?;
            if !upper(high) || !upper(low) || !is_escaped(byte) {
                return None;
            }
            if !byte.is_ascii() {
                *letter.get_mut(length)? = byte;
                length += 1;
                if std::str::from_utf8(letter.get(..length)?).is_ok() {
                    length = 0;
                }
            }
            self.rest = self.rest.get(3..)?;
            let plain = self.run(TEXT);
            if length > 0 && (byte.is_ascii() || !plain.is_empty()) {
                return None;
            }
        }
        if length > 0 {
            return None;
        }
        let text = start.get(..start.len() - self.rest.len())?;
        self.skip(":")?;
        is_canonical_raw(text).then_some(text)
    }

    /// Takes a field whatever it holds.
    #[inline]
    pub fn any(&mut self) -> Option<&'t str> {
        if self.skip(":").is_some() {
            return Some("");
        }
        let end = memchr::memchr2(b':', b'\n', self.rest.as_bytes())?;
        let (taken, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        self.skip(":")?;
        Some(taken)
    }

    /// Takes a field (mail, keys) that is kept as it is, if a reader leaves it so.
    #[inline]
    pub fn raw(&mut self) -> Option<&'t str> {
        self.any().filter(|text| is_canonical_raw(text))
    }

    /// Takes a user id, or whatever else stands in its place; whether it is one is told along. With
    /// `separators` it may hold `,` and `;`, as it may not in lists.
    #[inline]
    pub fn user(&mut self, separators: bool) -> (&'t str, bool) {
        let class = if separators { ITEM.or(SEPARATOR) } else { ITEM };
        let bytes = self.rest.as_bytes();
        let name = class.prefix(bytes);
        if let Some([b'@', behind @ ..]) = bytes.get(name..) {
            let realm = NAME.prefix(behind);
            let length = name + 1 + realm;
            if let Some((realm, [b':' | b',', ..])) = behind.split_at_checked(realm) {
                let (id, rest) = self.rest.split_at_checked(length).unwrap_or_default();
                self.rest = rest;
                return (id, name > 0 && is_realm_start(realm) && length <= 64);
            }
        }
        let id = self.run(class.or(AT).or(BEYOND_ASCII));
        (id, split_user(id).is_some())
    }

    /// Takes `@` and a name of a group, whole.
    #[inline]
    pub fn group(&mut self) -> Option<&'t str> {
        let name = self.rest.as_bytes().strip_prefix(b"@")?;
        let length = NAME.prefix(name);
        let (group, rest) = self.rest.split_at_checked(length + 1).filter(|_| length > 0)?;
        self.rest = rest;
        Some(group)
    }

    /// Takes a list and its `:`; `item` takes one item and tells whether it is right. They ascend.
    #[inline]
    pub fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<&'t str>) -> Option<&'t str> {
        let start = self.rest;
        let mut last = "";
        if self.skip(":").is_some() {
            return Some("");
        }
        loop {
            let next = item(self)?;
            if order(last, next).is_ge() {
                return None;
            }
            last = next;
            if self.skip(",").is_none() {
                let list = start.get(..start.len() - self.rest.len())?;
                self.skip(":")?;
                return Some(list);
            }
        }
    }

    /// Takes what is left of the line and its newline.
    pub fn line(&mut self) -> Option<&'t str> {
        let end = memchr::memchr(b'\n', self.rest.as_bytes())?;
        let line = self.rest.get(..end)?;
        self.rest = self.rest.get(end + 1..)?;
        Some(line)
    }
}

/// A line of at least `N` fields, each ended by `:`, and the fields beyond, which end in `:` too.
pub fn at_least<const N: usize>(mut input: &str) -> Option<([&str; N], &str)> {
    let mut fields = [""; N];
    for place in &mut fields {
        let (rest, text) = field(input).ok()?;
        *place = text;
        input = rest;
    }
    (input.is_empty() || input.ends_with(':')).then_some((fields, input))
}

/// The order of two ids. Most differ in their first bytes, which compare as one number.
#[inline]
pub fn order(left: &str, right: &str) -> Ordering {
    match (left.as_bytes().first_chunk(), right.as_bytes().first_chunk()) {
        (Some(a), Some(b)) if a != b => u64::from_be_bytes(*a).cmp(&u64::from_be_bytes(*b)),
        _ => left.cmp(right),
    }
}

/// Whether a character parts the items of a list.
pub fn is_separator(letter: char) -> bool {
    matches!(letter, ',' | ';') || u8::try_from(letter).is_ok_and(is_blank)
}

/// The items of a list: parted by any run of `,`, `;` or white space, or by NUL where there is one.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    let by_nul = list.contains('\0');
    list.split(move |letter: char| if by_nul { letter == '\0' } else { is_separator(letter) })
        .filter(|item| !item.is_empty())
}

/// Whether `text` is a raw field (mail, keys) as a reader leaves it.
pub fn is_canonical_raw(text: &str) -> bool {
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    !ends.into_iter().flatten().any(|byte| is_blank(*byte))
}

/// Whether `text` is a number without leading zeros that fits 64 bits.
pub fn is_canonical_number(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0')) && (text.len() < 20 || text.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts;

    #[test]
    fn canonical_text() {
        let is_right = |text: &str| Cursor::at(&format!("{text}:x")).text() == Some(text);
        for text in ["first %3A user", "50%25 %C3%BCn%C3%AF%0A", "", "~%7F", "a b", "%E2%82%AC%F0%9F%94%91"] {
            assert!(is_right(text), "{text:?}");
        }
        for text in [
            " a",
            "a ",
            "%41",
            "%3a",
            "%",
            "%2",
            "ü",
            "a:b",
            "a\n",
            "%C3",
            "%C3.",
            "%C3%3A",
            "%FC",
            "%C3%C3%BC",
            "%ED%A0%80",
        ] {
            assert!(!is_right(text), "{text:?}");
        }
        for byte in 0..=255 {
            assert_eq!(TEXT.holds(byte), !is_escaped(byte), "{byte}");
        }
    }

    #[test]
    fn lists() {
        let split = |list| items(list).collect::<Vec<_>>();
        assert_eq!(split(",a;b \tc,,"), ["a", "b", "c"]);
        assert_eq!(split("a,b\0c d"), ["a,b", "c d"]);
        assert_eq!(facts::items("a,b").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(facts::items("").count(), 0);
        let is_right = |list: &str| {
            let text = format!("{list}:x");
            let mut cursor = Cursor::at(&text);
            cursor.list(|cursor| Some(cursor.run(NAME))) == Some(list) && cursor.left() == 1
        };
        assert!(is_right("") && is_right("a,b"));
        for list in ["b,a", "a,a", "a,,b", "a,", ",a", "a;b", "a\0b", "a b"] {
            assert!(!is_right(list), "{list:?}");
        }
    }

    #[test]
    fn fields() {
        let mut cursor = Cursor::at("a:0:12:x@y:\nz");
        assert_eq!((cursor.field(NAME), cursor.flag(), cursor.number()), (Some("a"), Some("0"), Some("12")));
        assert_eq!((cursor.raw(), cursor.line(), cursor.line()), (Some("x@y"), Some(""), None));
        assert_eq!(Cursor::at("a b:").field(NAME), None);
        assert_eq!(Cursor::at("a\n:").raw(), None);
        let user = |text| Cursor::at(text).user(false);
        assert_eq!(user("a@pve,b"), ("a@pve", true));
        assert_eq!(user("müller@pve,b"), ("müller@pve", true));
        assert_eq!(user("a@b@pve:"), ("a@b@pve", true));
        assert_eq!(user("a@pve!tok:"), ("a@pve!tok", false));
        assert_eq!(user("a!b@pve;"), ("a!b@pve", true));
        for text in ["@pve:", "a@p:", "a@1p:", "a:", "a@:"] {
            assert!(!user(text).1, "{text}");
        }
        assert_eq!(Cursor::at("a,b@pve:").user(true), ("a,b@pve", true));
        assert_eq!(user("ü/@pve:"), ("ü", false));
        assert_eq!(at_least::<1>("a:b:c:"), Some((["a"], "b:c:")));
        assert_eq!(at_least::<1>("a:b:c"), None);
    }
}
