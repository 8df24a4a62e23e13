//! Distinguished names as keys: two spellings of one name become one text.
//!
//! A server may escape a DN one way where it names an object, and another way where it names that
//! object as a member (RFC 4514, section 2.4 allows `\,` and `\2C` for one character); blanks beside
//! separators and letter case do not count.

use crate::format::hex;

/// Appends the key of `dn`.
pub(super) fn push_key(dn: &str, out: &mut String) {
    if is_plain(dn) {
        push_small(dn, out);
        return;
    }
    let mut bytes = dn.bytes().peekable();
    let mut key: Vec<u8> = Vec::with_capacity(dn.len());
    // How many blanks at the end of `key` are there by themselves, and whether those to come are.
    let (mut blanks, mut between) = (0, true);
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                let first = bytes.next().unwrap_or(b'\\');
                let pair = hex(Some(&first)).zip(hex(bytes.peek()));
                let meant = match pair {
                    Some((high, low)) => {
                        bytes.next();
                        high << 4 | low
                    }
                    None => first,
                };
                if is_special(meant) {
                    key.extend(format!("\\{meant:02x}").bytes());
                } else {
                    key.push(meant);
                }
                (blanks, between) = (0, false);
            }
            b' ' if between => {}
            b' ' => {
                key.push(b' ');
                blanks += 1;
            }
            b',' | b'+' | b'=' | b';' => {
                key.truncate(key.len().saturating_sub(blanks));
                key.push(if byte == b';' { b',' } else { byte });
                (blanks, between) = (0, true);
            }
            other => {
                key.push(other);
                (blanks, between) = (0, false);
            }
        }
    }
    key.truncate(key.len().saturating_sub(blanks));
    push_small(&String::from_utf8_lossy(&key), out);
}

/// Whether a DN is its own key but for letter case, as nearly all are.
fn is_plain(dn: &str) -> bool {
    !dn.bytes().any(|byte| matches!(byte, b'\\' | b' ' | b';'))
}

fn push_small(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        out.push_str(&text.to_lowercase());
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b',' | b'+' | b'"' | b'\\' | b'<' | b'>' | b';' | b'=' | b'#') || byte < b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(dn: &str) -> String {
        let mut key = String::new();
        push_key(dn, &mut key);
        key
    }

    #[test]
    fn spellings_of_one_name() {
        for (one, other) in [
            ("UID=Joe,DC=X", "uid=joe,dc=x"),
            ("cn=Smith\\, John,dc=x", "cn=Smith\\2C John,dc=x"),
            ("cn=a\\+b,dc=x", "cn=a\\2bb,dc=x"),
            ("cn = a b , dc = x", "cn=a b,dc=x"),
            ("cn=M\\C3\\BCller,dc=x", "cn=müller,dc=x"),
            ("cn=MÜLLER,dc=x", "cn=müller,dc=x"),
            ("cn=a\\\"b,dc=x", "cn=a\\22b,dc=x"),
            ("cn=\\#a,dc=x", "cn=\\23a,dc=x"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn different_names() {
        for (one, other) in [
            ("cn=a\\,b,dc=x", "cn=a,b,dc=x"),
            ("cn=a\\+b=c,dc=x", "cn=a+b=c,dc=x"),
            ("cn=ab,dc=x", "cn=a b,dc=x"),
            ("cn=a,dc=x", "cn=a,dc=x,dc=y"),
            ("cn=a\\ ,dc=x", "cn=a,dc=x"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
        assert_eq!(key("\\"), "\\5c");
        assert_eq!(key(""), "");
    }
}
