//! A line as a shell takes it apart into words.

use crate::error::{Error, Result};

/// The words of a line: parted by blanks; `'…'` as it is; in `"…"` and outside of quotes a `\` keeps the next character.
/// A word that begins with `#` begins a comment. Nothing is expanded.
///
/// # Errors
/// [`Error::Invalid`] for a quote that does not end, and a `\` with nothing behind it.
pub(super) fn words(line: &str) -> Result<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '#') if word.is_none() => break,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (Some(open), close) if open == close => quote = None,
            (Some('"'), '\\') => match characters.next() {
                Some(kept @ ('"' | '\\' | '$' | '`')) => word.get_or_insert_default().push(kept),
                Some(other) => word.get_or_insert_default().extend(['\\', other]),
                None => return Err(Error::invalid("the line ends in a '\\'")),
            },
            (None, '\\') => match characters.next() {
                Some(kept) => word.get_or_insert_default().push(kept),
                None => {
                    return Err(Error::invalid("the line ends in a '\\'")
                        .with_hint("a command cannot be continued on the next line"));
                }
            },
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            (_, other) => word.get_or_insert_default().push(other),
        }
    }
    if let Some(open) = quote {
        return Err(Error::invalid(format!("a quote ({open}) does not end")));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn as_a_shell_does() {
        for (line, expected) in [
            ("", vec![]),
            ("  # nothing", vec![]),
            ("user add a#b # c", vec!["user", "add", "a#b"]),
            (r#"a 'b  c' "d \" \n" e\ f"#, vec!["a", "b  c", "d \" \\n", "e f"]),
            ("'it'\\''s' '' \"\"", vec!["it's", "", ""]),
            ("a'b'\"c\"", vec!["abc"]),
            ("$HOME *", vec!["$HOME", "*"]),
        ] {
            assert_eq!(words(line).unwrap(), expected, "{line}");
        }
        for line in ["'a", "\"a", "a \\", "\"a\\"] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
