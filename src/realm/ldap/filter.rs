//! LDAP filters as text (RFC 4515): escaped and put together.

use std::fmt::Write as _;

/// `value` with everything escaped that means something in a filter, and every byte that is not plain
/// text (RFC 4515, section 3).
pub fn escape(value: &[u8]) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value {
        match byte {
            b'*' | b'(' | b')' | b'\\' | 0..0x20 | 0x7f.. => {
                // Writing to a text cannot fail.
                let _ = write!(escaped, "\\{byte:02x}");
            }
            plain => escaped.push(char::from(*plain)),
        }
    }
    escaped
}

/// Objects whose attribute `name` has this value.
pub fn equal(name: &str, value: &[u8]) -> String {
    format!("({name}={})", escape(value))
}

/// Objects that have the attribute `name`.
pub fn present(name: &str) -> String {
    format!("({name}=*)")
}

/// Objects that all filters match; one filter stays as it is.
pub fn all_of(filters: impl IntoIterator<Item = String>) -> String {
    let mut filters: Vec<String> = filters.into_iter().collect();
    match filters.pop() {
        Some(only) if filters.is_empty() => only,
        last => format!("(&{}{})", filters.concat(), last.unwrap_or_default()),
    }
}

/// Objects that at least one filter matches.
pub fn any_of(filters: impl IntoIterator<Item = String>) -> String {
    format!("(|{})", filters.into_iter().collect::<String>())
}

/// A filter somebody typed, in parentheses unless it starts and ends with some.
pub fn wrapped(filter: &str) -> String {
    let filter = filter.trim();
    if filter.starts_with('(') && filter.ends_with(')') { filter.to_owned() } else { format!("({filter})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    #[test]
    fn composed() {
        assert_eq!(all_of(["(a=1)".into(), "(b=2)".into()]), "(&(a=1)(b=2))");
        assert_eq!(all_of(["(a=1)".into()]), "(a=1)");
        assert_eq!(any_of([present("a"), equal("b", b"x")]), "(|(a=*)(b=x))");
        assert_eq!((wrapped("a=b"), wrapped("(a=b)")), ("(a=b)".into(), "(a=b)".into()));
        assert_eq!(equal("cn", "Bär*(x)\\".as_bytes()), "(cn=B\\c3\\a4r\\2a\\28x\\29\\5c)");
    }

    proptest! {
        #[test]
        fn a_value_never_ends_its_filter(value in any::<Vec<u8>>()) {
            let filter = equal("cn", &value);
            assert!(filter.is_ascii() && ldap3::parse_filter(&filter).is_ok() || value.is_empty(), "{filter}");
            assert_eq!(filter.matches(['(', ')', '*']).count(), 2);
            assert_eq!(ldap3::ldap_unescape(escape(&value)).ok().map(|text| text.as_bytes().to_vec()),
                String::from_utf8(value).ok().map(String::into_bytes));
        }
    }
}
