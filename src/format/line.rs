//! Colon lines: fields, lists, escaped text. The only place that cuts or joins them.

use super::encoding::{hex, is_escaped};
use nom::IResult;
use nom::error::{Error, ErrorKind};

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

/// A line without its newline, and where the first of its `:` stand in the file.
#[derive(Clone, Copy)]
pub struct Line<'t> {
    whole: &'t str,
    start: usize,
    end: usize,
    colons: [usize; MOST],
    count: usize,
}

/// No record has more fields, its kind included.
const MOST: usize = 9;

/// The lines of a text that end in a newline. One pass finds all ends of lines and fields.
pub struct Lines<'t> {
    marks: memchr::Memchr2<'t>,
    next: Line<'t>,
}

impl<'t> Lines<'t> {
    /// The lines of `whole`.
    pub fn of(whole: &'t str) -> Self {
        let marks = memchr::memchr2_iter(b'\n', b':', whole.as_bytes());
        Self { marks, next: Line { whole, start: 0, end: 0, colons: [0; MOST], count: 0 } }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    #[inline]
    fn next(&mut self) -> Option<Line<'t>> {
        let line = &mut self.next;
        for mark in &mut self.marks {
            if line.whole.as_bytes().get(mark) == Some(&b'\n') {
                let found = Line { end: mark, ..*line };
                line.start = mark + 1;
                line.count = 0;
                return Some(found);
            }
            if let Some(place) = line.colons.get_mut(line.count) {
                *place = mark;
            }
            line.count += 1;
        }
        None
    }
}

impl<'t> Line<'t> {
    /// Where the line begins.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Where the next line begins.
    pub fn end(&self) -> usize {
        self.end + 1
    }

    /// The line.
    pub fn text(&self) -> &'t str {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }

    /// What stands before the first `:`.
    pub fn kind(&self) -> &'t str {
        let end = if self.count == 0 { self.end } else { self.colons.first().copied().unwrap_or_default() };
        self.whole.get(self.start..end).unwrap_or_default()
    }

    /// The fields behind the kind, if there are exactly `N`, each ended by `:`.
    pub fn fields<const N: usize>(&self) -> Option<[&'t str; N]> {
        let (first, ends) = self.colons.get(..self.count)?.split_first()?;
        let mut start = first + 1;
        let mut fields = [""; N];
        for (field, end) in fields.iter_mut().zip(<&[usize; N]>::try_from(ends).ok()?) {
            *field = self.whole.get(start..*end)?;
            start = end + 1;
        }
        (start == self.end).then_some(fields)
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

/// The items of a list in canonical form, joined with `,`.
pub fn canonical_items(list: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b',', list.as_bytes()).chain((!list.is_empty()).then_some(list.len()));
    let mut start = 0;
    ends.map_while(move |end| list.get(std::mem::replace(&mut start, end + 1)..end))
}

/// Whether `list` is in canonical form, its items all right and ascending. White space inside an
/// item is for `is_right` to refuse.
pub fn ascends(list: &str, is_right: impl Fn(&str) -> bool) -> bool {
    let mut last = "";
    // Both part items too, though nobody writes them: names could swallow them otherwise.
    let one_separator = memchr::memchr2(b';', 0, list.as_bytes()).is_none();
    one_separator
        && !list.ends_with(',')
        && canonical_items(list).all(|item| {
            let before = std::mem::replace(&mut last, item);
            before < item && is_right(item)
        })
}

/// Whether `text` is free text as it is written and a reader leaves it.
pub fn is_canonical_text(text: &str) -> bool {
    let mut rest = text.as_bytes();
    if !is_canonical_raw(text) {
        return false;
    }
    while let Some(odd) = rest.iter().position(|byte| is_escaped(*byte)) {
        let Some([b'%', high, low, tail @ ..]) = rest.get(odd..) else { return false };
        let upper = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
        match (hex(Some(high)), hex(Some(low))) {
            (Some(h), Some(l)) if upper(high) && upper(low) && is_escaped(h << 4 | l) => rest = tail,
            _ => return false,
        }
    }
    true
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

    #[test]
    fn canonical_text() {
        for text in ["first %3A user", "50%25 %C3%BCn%C3%AF%0A", "", "~%7F", "a b"] {
            assert!(is_canonical_text(text), "{text:?}");
        }
        for text in [" a", "a ", "%41", "%3a", "%", "ü", "a:b"] {
            assert!(!is_canonical_text(text), "{text:?}");
        }
    }

    #[test]
    fn lists() {
        let split = |list| items(list).collect::<Vec<_>>();
        assert_eq!(split(",a;b \tc,,"), ["a", "b", "c"]);
        assert_eq!(split("a,b\0c d"), ["a,b", "c d"]);
        assert_eq!(canonical_items("a,b").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(canonical_items("").count(), 0);
        assert!(ascends("", |_| true) && ascends("a,b", |_| true));
        for list in ["b,a", "a,a", "a,,b", "a,", ",a", "a;b", "a\0b"] {
            assert!(!ascends(list, |_| true), "{list:?}");
        }
    }

    #[test]
    fn fields() {
        let exactly = |text| Lines::of(text).next().and_then(|line| line.fields::<2>());
        assert_eq!(exactly("x:a:b:\n"), Some(["a", "b"]));
        assert_eq!(exactly("x:a:b:c:\n"), None);
        assert_eq!(exactly("x:a:b\n"), None);
        assert_eq!(exactly("x\n"), None);
        assert_eq!(exactly(":1:2:3:4:5:6:7:8:9:10:\n"), None);
        let lines: Vec<_> = Lines::of("\na:b\nc\nd").map(|line| (line.text(), line.kind())).collect();
        assert_eq!(lines, [("", ""), ("a:b", "a"), ("c", "c")]);
        assert_eq!(at_least::<1>("a:b:c:"), Some((["a"], "b:c:")));
        assert_eq!(at_least::<1>("a:b:c"), None);
    }
}
