//! What a journal learns of an attempt to sign in.

use super::{Admission, Attempt, Reason, Refusal};
use crate::error::Result;
use std::fmt;

/// The most characters of a typed name that are kept.
const LONGEST: usize = 128;

/// Something somebody typed, fit for a line of a journal: signs that would end the line, or change how it looks,
/// are escaped as in Rust, `\` too, and of endless text only the beginning is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(String);

impl Typed {
    /// Takes what was typed.
    pub fn new(text: &str) -> Self {
        let mut kept = String::new();
        for (number, character) in text.chars().enumerate() {
            match character {
                _ if number == LONGEST => {
                    kept.push('…');
                    break;
                }
                character if disturbs(character) => kept.extend(character.escape_default()),
                character => kept.push(character),
            }
        }
        Self(kept)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Whether a sign ends lines, moves the cursor, turns the direction of writing (UAX #9), or escapes.
fn disturbs(character: char) -> bool {
    character.is_control()
        || matches!(character, '\\' | '\u{2028}' | '\u{2029}')
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The user has signed in.
    Admitted,
    /// The password was right; the second factor is still to come.
    SecondFactorDue,
    /// Somebody was not let in.
    Refused(Reason),
    /// The directory could not be read or written.
    Failed,
}

/// One attempt to sign in. It holds no secret, but for those that are typed in the place of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who, as typed.
    pub user: Typed,
    /// The realm: the one given beside the user, else the part of the user behind the last `@`.
    pub realm: Option<Typed>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Record {
    /// What is to be kept of an attempt and its end, at the moment `at` (seconds since 1970).
    pub fn of(
        attempt: Attempt<'_>,
        outcome: &Result<std::result::Result<Admission, Refusal>>,
        at: i64,
    ) -> Self {
        let outcome = match outcome {
            Ok(Ok(Admission::Complete(_))) => Outcome::Admitted,
            Ok(Ok(Admission::SecondFactorDue(..))) => Outcome::SecondFactorDue,
            Ok(Err(refusal)) => Outcome::Refused(refusal.reason),
            Err(_) => Outcome::Failed,
        };
        let realm = attempt.realm.or_else(|| attempt.user.rsplit_once('@').map(|(_, realm)| realm));
        Self { at, user: Typed::new(attempt.user), realm: realm.map(Typed::new), outcome }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_line_and_itself() {
        for (text, kept) in [
            ("joe@pve", "joe@pve"),
            ("żółw@pve", "żółw@pve"),
            ("joe@pve\nNov 22 sign-in of root@pam", "joe@pve\\nNov 22 sign-in of root@pam"),
            ("joe\r@pve\u{1b}[2K", "joe\\r@pve\\u{1b}[2K"),
            ("joe\\n@pve", "joe\\\\n@pve"),
            ("\u{85}\u{2028}\u{202e}evp@eoj\u{0}", "\\u{85}\\u{2028}\\u{202e}evp@eoj\\u{0}"),
            ("", ""),
        ] {
            assert_eq!(Typed::new(text).as_str(), kept, "{text:?}");
        }
        let long = Typed::new(&"ä".repeat(1_000_000)).to_string();
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert_eq!(Typed::new(&"ä".repeat(LONGEST)).to_string(), "ä".repeat(LONGEST));
    }
}
