//! Distinguished names as text (RFC 4514).

use std::fmt::Write as _;

/// `value` with everything escaped that means something in a DN (RFC 4514, section 2.4).
pub fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (place, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                escaped.push('\\');
                escaped.push(character);
            }
            ' ' | '#' if place == 0 => {
                escaped.push('\\');
                escaped.push(character);
            }
            ' ' if place == last => escaped.push_str("\\ "),
            control if control.is_ascii_control() => {
                // Writing to a text cannot fail.
                let _ = write!(escaped, "\\{:02x}", u32::from(control));
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// The value of the first part of a DN the way the original takes it for the name of a group: the text
/// between the first `=` and the first comma, without blanks around it and without undoing escapes.
pub fn first_value(dn: &str) -> Option<&str> {
    let first = dn.split(',').next()?;
    Some(first.split_once('=')?.1.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped() {
        for (value, text) in [
            ("plain", "plain"),
            ("#x", "\\#x"),
            ("x#", "x#"),
            (" a b ", "\\ a b\\ "),
            (" ", "\\ "),
            ("a,b+c\"d\\e<f>g;h", "a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h"),
            ("Bär\0", "Bär\\00"),
        ] {
            assert_eq!(escape(value), text);
        }
    }

    #[test]
    fn first_values() {
        for (dn, value) in [
            ("cn=admins,ou=groups,dc=x", Some("admins")),
            ("cn = two words ,dc=x", Some("two words")),
            ("cn=a\\,b,dc=x", Some("a\\")),
            ("cn=a=b", Some("a=b")),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(first_value(dn), value, "{dn}");
        }
    }
}
