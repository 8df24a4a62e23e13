//! How hard a new password is to guess.
//!
//! Estimated by zxcvbn (Wheeler, "zxcvbn: low-budget password strength estimation", USENIX Security 2016): common
//! passwords, words and names, rows of keys, dates, repetitions, and what is known of the user. What it works on are
//! copies of the password in memory that it does not wipe.

use super::NewPassword;
use crate::error::{Error, Result};
use crate::model::user::User;
use std::cmp::Reverse;
use std::fmt::Display;
use zeroize::Zeroizing;
use zxcvbn::{Entropy, zxcvbn};

/// Shorter words about the user are not looked for: they are part of everything.
const SHORTEST_WORD: usize = 3;
/// What to do when nothing particular is wrong.
const ADVICE: &str = "add another word or two; uncommon words are better";

/// How hard a new password has to be to guess: zxcvbn's score, from 0, where everything goes, to 4. From 3 on
/// (100 million guesses; nothing of eight characters gets there) a stolen hash stands for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Strength(u8);

impl Strength {
    /// What the authors of zxcvbn take for enough.
    pub const ENOUGH: Self = Self(3);
    /// The most there is.
    const MOST: u8 = 4;

    /// Reads a score.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no number from 0 to 4.
    pub fn parse(text: &str) -> Result<Self> {
        let score = text.parse().ok().filter(|score| *score <= Self::MOST);
        score.map(Self).ok_or_else(|| {
            Error::invalid(format!("strength '{text}' is not a number from 0 (off) to {}", Self::MOST))
        })
    }

    /// Refuses a password that is easier to guess, for somebody who knows the user.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what makes it easy to guess, and advice.
    pub fn require(self, password: &NewPassword, user: &User) -> Result<()> {
        if self.0 == 0 {
            return Ok(());
        }
        let own = words_about(user);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let known = zxcvbn(password.as_str(), &own);
        // Two words about the user are many guesses to zxcvbn: it does not know that they are tried first.
        let rest = without(password.as_str(), &own);
        if self.is_met_by(&known) && rest.is_none_or(|rest| self.is_met_by(&zxcvbn(&rest, &own))) {
            return Ok(());
        }
        let (reason, advice) = if self.is_met_by(&zxcvbn(password.as_str(), &[])) {
            (Some("it is made of what is known of the user".to_owned()), Some(ADVICE.to_owned()))
        } else {
            in_our_words(&known)
        };
        let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        Err(Error::invalid(format!("password: value is too easy to guess{reason}"))
            .with_hint(advice.unwrap_or_else(|| ADVICE.to_owned())))
    }

    fn is_met_by(self, estimate: &Entropy) -> bool {
        u8::from(estimate.score()) >= self.0
    }
}

impl Default for Strength {
    fn default() -> Self {
        Self::ENOUGH
    }
}

/// What zxcvbn says is wrong, and what would be better.
fn in_our_words(estimate: &Entropy) -> (Option<String>, Option<String>) {
    let Some(feedback) = estimate.feedback() else { return (None, None) };
    let advice: Vec<String> = feedback.suggestions().iter().map(clause).collect();
    (feedback.warning().as_ref().map(clause), Some(advice.join("; ")).filter(|advice| !advice.is_empty()))
}

/// Sentences as part of one.
fn clause(sentences: &impl Display) -> String {
    let text = sentences.to_string();
    let parts = text.trim_end_matches('.').split(". ").map(|sentence| {
        let mut characters = sentence.chars();
        let first = characters.next().map(|first| first.to_ascii_lowercase());
        first.into_iter().chain(characters).collect::<String>()
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// What is left of a password without words; `None` when none of them is in it.
fn without(password: &str, words: &[&str]) -> Option<Zeroizing<String>> {
    let whole = Zeroizing::new(password.to_lowercase());
    let mut rest = whole.clone();
    for word in words {
        rest = Zeroizing::new(rest.replace(word, ""));
    }
    (*rest != *whole).then_some(rest)
}

/// What somebody who knows the user tries first: names, realm and mail address, whole and in parts, the longest
/// first.
fn words_about(user: &User) -> Vec<String> {
    let texts = [user.id.as_str(), &user.first_name, &user.last_name, &user.email];
    let parts = texts.iter().flat_map(|text| text.split(|one: char| !one.is_alphanumeric()));
    let mut words: Vec<String> = texts.iter().copied().chain(parts).map(str::to_lowercase).collect();
    words.retain(|word| word.chars().count() >= SHORTEST_WORD);
    words.sort_by_key(|word| (Reverse(word.len()), word.clone()));
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::UserId;

    fn anna() -> User {
        User {
            first_name: "Anna Lena".into(),
            last_name: "Żółkowska".into(),
            email: "al.zol@farfalle-works.example".into(),
            ..User::new(UserId::parse("azolk@maintainers").unwrap())
        }
    }

    fn judge(score: &str, password: &str) -> Option<(String, String)> {
        let password = NewPassword::new(Zeroizing::new(password.to_owned())).unwrap();
        let error = Strength::parse(score).unwrap().require(&password, &anna()).err()?;
        Some((error.to_string(), error.hint().unwrap().to_owned()))
    }

    #[test]
    fn scores() {
        assert_eq!(Strength::default(), Strength::parse("3").unwrap());
        for text in ["", "5", "-1", "3.0", "strong", "256"] {
            let message = Strength::parse(text).unwrap_err().to_string();
            assert!(message.contains("from 0 (off) to 4"), "{message}");
        }
    }

    #[test]
    fn what_is_easy_to_guess() {
        for (password, reason, advice) in [
            ("password", "this is a top-10 common password", "add another word or two"),
            ("P@ssword", "this is similar to a commonly used password", "predictable substitutions"),
            ("qwertyuiop", "", "add another word"),
            ("aaaaaaaaaaaa", "repeats like \"aaa\" are easy to guess", "avoid repeated words"),
            ("hgfdsahgfdsa", "repeats like", "avoid repeated words"),
            ("abcdefghij", "", ""),
            ("24.12.1999", "dates are often easy to guess", "avoid dates and years"),
        ] {
            let (said, hint) = judge("3", password).unwrap_or_else(|| panic!("{password} is let through"));
            assert!(said.starts_with("password: value is too easy to guess"), "{said}");
            assert!(said.contains(reason) && hint.contains(advice), "{password}: {said} ({hint})");
            assert!(!hint.ends_with('.') && !hint.contains(". "), "{hint}");
            assert_eq!(judge("0", password), None, "0 is off");
        }
        for password in ["correct horse", "tide gravel onion", "vK8#qe1z!Tn", "żółw gęś brzęczy"] {
            assert_eq!(judge("3", password), None, "{password}");
        }
    }

    #[test]
    fn a_stronger_one_can_be_demanded() {
        assert_eq!(judge("3", "correct horse"), None);
        assert_eq!(judge("4", "correct horse").unwrap().1, ADVICE);
        assert_eq!(judge("4", "tide gravel onion mesh"), None);
        assert_eq!(judge("1", "correction"), None);
    }

    #[test]
    fn what_is_known_of_the_user_adds_nothing() {
        let stranger = User::new(UserId::parse("joe@pve").unwrap());
        for password in [
            "azolk@maintainers",
            "maintainers azolk",
            "ellafraf-1",
            "annażółkowska",
            "Żółkowska1",
            "farfalle-works",
            "al.zol@farfalle-works.example",
        ] {
            let (said, _) = judge("3", password).unwrap_or_else(|| panic!("{password} is let through"));
            assert!(said.ends_with("it is made of what is known of the user"), "{password}: {said}");
            let same = NewPassword::new(Zeroizing::new(password.to_owned())).unwrap();
            assert!(Strength::ENOUGH.require(&same, &stranger).is_ok(), "{password}");
        }
        assert_eq!(judge("3", "azolk tide gravel onion"), None, "the rest is enough");
        assert!(judge("3", "azolk tide").is_some(), "the rest is not");
    }

    #[test]
    fn words_about_somebody() {
        let words = words_about(&anna());
        for word in
            ["azolk@maintainers", "azolk", "maintainers", "anna", "lena", "żółkowska", "zol", "farfalle"]
        {
            assert!(words.iter().any(|one| one == word), "{word}: {words:?}");
        }
        assert!(!words.iter().any(|one| one == "al" || one.is_empty()), "{words:?}");
    }

    /// The longest password of signs that could each stand for several letters.
    #[test]
    fn nothing_takes_for_ever() {
        for text in ["4@8({<69!|1/0$5+7%2", "żó\u{301}ł\u{1f600}\u{200d}é", "aA1", "/\\"] {
            let password: String = text.chars().cycle().take(64).collect();
            judge("4", &password);
        }
    }
}
