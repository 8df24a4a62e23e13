//! Text in bytes: percent-encoding, and what to do with bytes that are no UTF-8.

use std::borrow::Cow;

/// The bytes as text: UTF-8 or, because the original writes that too, Latin-1.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

/// Whether a byte of free text is written as `%XX`.
pub const fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte >= 0x7f || byte == b'%' || byte == b':'
}

/// The value of a hexadecimal digit.
pub fn hex(digit: Option<&u8>) -> Option<u8> {
    char::from(*digit?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Appends free text: `%XX` for control characters, `%`, `:` and everything beyond ASCII.
pub fn encode(text: &str, out: &mut String) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |value: u8| HEX.get(usize::from(value)).copied().unwrap_or('0');
    for byte in text.bytes() {
        if is_escaped(byte) {
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        } else {
            out.push(char::from(byte));
        }
    }
}

/// The opposite of [`encode`]; a `%` without two hexadecimal digits stands for itself.
pub fn decode(text: &[u8]) -> String {
    if memchr::memchr(b'%', text).is_none() {
        return text_of(text).into_owned();
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, hex(tail.first()), hex(tail.get(1))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => decoded.push(*first),
        }
    }
    text_of(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (text, encoded) in
            [("LDAP Ü test", "LDAP %C3%9C test"), ("100%: a\tb", "100%25%3A a%09b"), ("\u{7f}~", "%7F~")]
        {
            let mut out = String::new();
            encode(text, &mut out);
            assert_eq!(out, encoded);
            assert_eq!(decode(encoded.as_bytes()), text);
        }
        assert_eq!(decode(b"5% %zz %3a %"), "5% %zz : %");
        assert_eq!(decode(b"%FC"), "ü");
        assert_eq!(decode(b"\xfc"), "ü");
    }
}
