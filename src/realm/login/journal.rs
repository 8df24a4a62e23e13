//! What a journal learns of an attempt to sign in.

use super::{Attempt, Books, Reason, Refusal};
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

/// What somebody presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A password, perhaps with the answer of a second factor.
    Password,
    /// The ticket of the first step, with the answer of a second factor.
    HalfTicket,
    /// A ticket in the place of the password.
    Ticket,
    /// The answer of a second factor alone.
    SecondFactor,
    /// An API token.
    Token,
    /// The word of a provider of OpenID Connect.
    Provider,
}

impl Way {
    /// In words, as the journal has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::HalfTicket => "half-ticket",
            Self::Ticket => "ticket",
            Self::SecondFactor => "second-factor",
            Self::Token => "token",
            Self::Provider => "provider",
        }
    }
}

/// Who tries to get in, from where, and by what. It holds no secret, but for those that are typed in the place of
/// the name.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// The user as typed, or the token's name; empty when nobody is named.
    pub user: &'a str,
    /// The realm, where it is not part of the user.
    pub realm: Option<&'a str>,
    /// Where they come from, an address usually, as far as the program that asks says so.
    pub from: Option<&'a str>,
    /// What they present.
    pub way: Way,
}

impl<'a> From<&Attempt<'a>> for Caller<'a> {
    fn from(attempt: &Attempt<'a>) -> Self {
        let way = if attempt.partial_ticket.is_some() { Way::HalfTicket } else { Way::Password };
        Self { user: attempt.user, realm: attempt.realm, from: attempt.from, way }
    }
}

/// One attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who, as typed; empty when nobody was named.
    pub user: Typed,
    /// The realm: the one given beside the user, else the part of the user behind the last `@` and before the
    /// name of a token.
    pub realm: Option<Typed>,
    /// Where they came from, where that is known.
    pub from: Option<Typed>,
    /// What was presented.
    pub way: Way,
    /// How it ended.
    pub outcome: Outcome,
}

impl Record {
    /// What is to be kept of an attempt and its end, at the moment `at` (seconds since 1970).
    pub fn of(caller: Caller<'_>, outcome: Outcome, at: i64) -> Self {
        let behind = |user: &'_ str| user.rsplit_once('@').map(|(_, realm)| Typed::new(owner_part(realm)));
        let realm = caller.realm.map(Typed::new).or_else(|| behind(caller.user));
        let from = caller.from.map(Typed::new);
        Self { at, user: Typed::new(caller.user), realm, from, way: caller.way, outcome }
    }
}

/// What stands before the name of a token.
fn owner_part(realm: &str) -> &str {
    realm.split_once('!').map_or(realm, |(realm, _)| realm)
}

/// Lets `decide` whether somebody gets in at the moment `now` (seconds since 1970), and has the attempt noted
/// whatever comes of it; `ending` tells how it ended for somebody who does. Every way in leads through here.
///
/// # Errors
/// Those of `decide`; and when the attempt cannot be noted nobody gets in.
pub(super) fn recorded<T>(
    books: &dyn Books,
    caller: Caller<'_>,
    now: i64,
    ending: impl FnOnce(&T) -> Outcome,
    decide: impl FnOnce() -> Result<std::result::Result<T, Refusal>>,
) -> Result<std::result::Result<T, Refusal>> {
    let decided = decide();
    let outcome = match &decided {
        Ok(Ok(admission)) => ending(admission),
        Ok(Err(refusal)) => Outcome::Refused(refusal.reason),
        Err(_) => Outcome::Failed,
    };
    books.note(&Record::of(caller, outcome, now))?;
    decided
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
