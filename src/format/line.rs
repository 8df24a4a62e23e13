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

/// A line of exactly `N` fields, each ended by `:`.
pub fn exactly<const N: usize>(mut input: &str) -> Option<[&str; N]> {
    let mut fields = [""; N];
    for place in &mut fields {
        let (rest, text) = field(input).ok()?;
        *place = text;
        input = rest;
    }
    input.is_empty().then_some(fields)
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

/// The items of a list: parted by any run of `,`, `;` or white space, or by NUL where there is one.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    let by_nul = list.contains('\0');
    list.split(
        move |c: char| {
            if by_nul { c == '\0' } else { matches!(c, ',' | ';') || u8::try_from(c).is_ok_and(is_blank) }
        },
    )
    .filter(|item| !item.is_empty())
}

/// The items of a list in canonical form, joined with `,`.
pub fn canonical_items(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list).filter(|list| !list.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let comma = memchr::memchr(b',', text.as_bytes());
        rest = comma.and_then(|comma| text.get(comma + 1..));
        comma.map_or(Some(text), |comma| text.get(..comma))
    })
}

/// Whether the items of `list`, which is in canonical form, are all right and ascend.
pub fn ascends(list: &str, is_right: impl Fn(&str) -> bool) -> bool {
    let mut last = "";
    !list.ends_with(',')
        && canonical_items(list).all(|item| {
            let before = std::mem::replace(&mut last, item);
            before < item && is_right(item)
        })
}

/// Whether `text` is free text as it is written and a reader leaves it.
pub fn is_canonical_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    if is_blank(*first) || is_blank(*last) {
        return false;
    }
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let (Some(high), Some(low)) = (tail.first(), tail.get(1)) else { return false };
            let upper = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
            match (hex(Some(high)), hex(Some(low))) {
                (Some(h), Some(l)) if upper(high) && upper(low) && is_escaped(h << 4 | l) => {}
                _ => return false,
            }
            rest = tail.get(2..).unwrap_or_default();
        } else if is_escaped(*first) {
            return false;
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
        for list in ["b,a", "a,a", "a,,b", "a,", ",a"] {
            assert!(!ascends(list, |_| true), "{list:?}");
        }
    }

    #[test]
    fn fields() {
        assert_eq!(exactly::<2>("a:b:"), Some(["a", "b"]));
        assert_eq!(exactly::<2>("a:b:c:"), None);
        assert_eq!(exactly::<2>("a:b"), None);
        assert_eq!(at_least::<1>("a:b:c:"), Some((["a"], "b:c:")));
        assert_eq!(at_least::<1>("a:b:c"), None);
    }
}
