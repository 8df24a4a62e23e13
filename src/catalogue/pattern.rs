//! Which paths may carry entries: patterns such as `/access/groups/{name}`.
//!
//! A part of a pattern stands for itself or is a class in braces:
//!
//! | class          | one part of the path                                          |
//! |----------------|---------------------------------------------------------------|
//! | `{name}`       | letters, digits, `.`, `-`, `_`                                |
//! | `{label}`      | letters, digits, `-`, `_`                                     |
//! | `{alnum}`      | letters and digits                                            |
//! | `{number:A-B}` | a number of A to B digits without leading zero; `{number:A-}` |

/// What one part of a path may look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Literal(&'a str),
    Name,
    Label,
    Alnum,
    Number { least: usize, most: usize },
}

impl<'a> Part<'a> {
    fn parse(text: &'a str) -> Result<Self, String> {
        let Some(class) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return if crate::model::id::is_name(text) {
                Ok(Self::Literal(text))
            } else {
                Err(format!("'{text}' can be no part of a path"))
            };
        };
        let number = class.strip_prefix("number:").and_then(|range| range.split_once('-'));
        match (class, number) {
            ("name", _) => Ok(Self::Name),
            ("label", _) => Ok(Self::Label),
            ("alnum", _) => Ok(Self::Alnum),
            (_, Some((least, most))) => {
                let most = if most.is_empty() { Ok(usize::MAX) } else { most.parse() };
                match (least.parse(), most) {
                    (Ok(least), Ok(most)) if least <= most => Ok(Self::Number { least, most }),
                    _ => Err(format!("'{text}' is no range of digits; write it like {{number:3-9}}")),
                }
            }
            _ => Err(format!(
                "unknown class '{text}'; there are {{name}}, {{label}}, {{alnum}} and {{number:A-B}}"
            )),
        }
    }

    fn fits(self, text: &str) -> bool {
        let made_of = |extra: &[u8]| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte))
        };
        match self {
            Self::Literal(literal) => text == literal,
            Self::Name => made_of(b".-_"),
            Self::Label => made_of(b"-_"),
            Self::Alnum => made_of(b""),
            Self::Number { least, most } => {
                (least.max(1)..=most).contains(&text.len())
                    && !text.starts_with('0')
                    && text.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
    }
}

/// Whether `pattern` is one; the message tells what is wrong with it.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    match pattern.strip_prefix('/') {
        Some("") => Ok(()),
        Some(rest) => rest.split('/').try_for_each(|part| Part::parse(part).map(|_| ())),
        None => Err(format!("the path pattern '{pattern}' does not begin with '/'")),
    }
}

/// Whether `path`, in normal form, fits `pattern`.
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    // Most patterns part from a path within a word, where only a class could make it up.
    if pattern.bytes().zip(path.bytes()).find(|(one, other)| one != other).is_some_and(|(one, _)| one != b'{')
    {
        return false;
    }
    let mut parts = path.split('/');
    let fits = pattern.split('/').all(|part| match parts.next() {
        Some(text) => part == text || Part::parse(part).is_ok_and(|part| part.fits(text)),
        None => false,
    });
    fits && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_are_none() {
        for (pattern, message) in [
            ("vms", "does not begin with '/'"),
            ("/vms/{id}", "unknown class '{id}'"),
            ("/vms/{number:x-}", "no range of digits"),
            ("/vms/{number:4-3}", "no range of digits"),
            ("/vms//x", "no part of a path"),
            ("/vms/", "no part of a path"),
            ("/v ms", "no part of a path"),
        ] {
            let refusal = check(pattern).unwrap_err();
            assert!(refusal.contains(message), "{pattern}: {refusal}");
        }
    }

    #[test]
    fn fitting() {
        for (pattern, path, answer) in [
            ("/", "/", true),
            ("/", "/a", false),
            ("/a", "/", false),
            ("/a/{name}", "/a", false),
            ("/a/{name}", "/a/b.c-d_e", true),
            ("/a/{name}", "/a/b/c", false),
            ("/a/{label}", "/a/b-c_d", true),
            ("/a/{label}", "/a/b.c", false),
            ("/a/{alnum}", "/a/b0", true),
            ("/a/{alnum}", "/a/b-0", false),
            ("/a/{number:3-}", "/a/99", false),
            ("/a/{number:3-}", "/a/100", true),
            ("/a/{number:3-}", "/a/100000000000000000000000", true),
            ("/a/{number:3-}", "/a/010", false),
            ("/a/{number:1-4}", "/a/4096", true),
            ("/a/{number:1-4}", "/a/40960", false),
            ("/a/{number:1-4}", "/a/4x", false),
        ] {
            assert_eq!(fits(pattern, path), answer, "{pattern} {path}");
        }
    }
}
