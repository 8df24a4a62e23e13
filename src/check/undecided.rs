//! What nobody but a person can decide, and what must not be repaired before.
//!
//! One slip in the line of a user makes left-overs of the user's tokens, memberships, password and second factors: were
//! they removed, correcting the slip would not bring the account back. So left-overs count as such only where all of the
//! file that would name their owners is there and understood.

use super::book::Book;
use super::duplicates::Duplicate;
use super::finding::Finding;
use super::repair::Repair;
use super::syntax::is_line_not_understood;
use crate::format::{USER_CFG, domains_cfg, shadow_cfg, tfa_cfg, token_cfg};

/// How texts begin that another program marked as Unicode: UTF-8, then both kinds of UTF-16.
const MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];

/// What has to be decided first, in words, by the file that is in doubt.
pub(super) struct Undecided {
    users: Option<String>,
    realms: Option<String>,
    passwords: Option<String>,
    secrets: Option<String>,
    factors: Option<String>,
}

impl Undecided {
    pub(super) fn of(book: &Book<'_>, duplicates: &[Duplicate]) -> Self {
        let encoded = |file: &str| is_no_plain_text(book.text(file)).then(|| other_encoding(file));
        let line = |file: &str| {
            let warnings = book.contents.warnings.iter();
            let line = warnings
                .filter(|one| one.file == file && is_line_not_understood(one))
                .map(|one| one.line)
                .min();
            line.map(|line| format!("{file}:{line}, which is not understood, is corrected or deleted"))
        };
        let twice = || {
            let Duplicate { line, before, .. } = duplicates.first()?;
            Some(format!(
                "{USER_CFG}:{before} and {USER_CFG}:{line}, which are about the same, are made one line"
            ))
        };
        let empty = || {
            let is_empty = book.text(USER_CFG).trim_ascii().is_empty();
            is_empty
                .then(|| format!("{USER_CFG}, which is missing or empty, is put back or written by a change"))
        };
        Self {
            users: empty().or_else(|| encoded(USER_CFG)).or_else(|| line(USER_CFG)).or_else(twice),
            realms: encoded(domains_cfg::FILE).or_else(|| line(domains_cfg::FILE)),
            passwords: encoded(shadow_cfg::FILE),
            secrets: encoded(token_cfg::FILE),
            factors: encoded(tfa_cfg::FILE),
        }
    }

    /// Takes away the repairs that have to wait, and says what for.
    pub(super) fn hold_back(&self, findings: &mut [Finding]) {
        for finding in findings {
            let Some(first) = finding.repair.as_ref().and_then(|repair| self.before(repair)) else {
                continue;
            };
            finding.repair = None;
            finding.advice = format!("{}; --fix waits until {first}", finding.advice);
        }
    }

    /// What has to be decided before this is repaired.
    fn before(&self, repair: &Repair) -> Option<&String> {
        match repair {
            Repair::DropUnresolved
            | Repair::DropFieldsBeyond
            | Repair::DropPrivilege { .. }
            | Repair::DropMember { .. }
            | Repair::DropSubject(_) => self.users.as_ref(),
            Repair::DropSecret(_) => self.users.as_ref().or(self.secrets.as_ref()),
            Repair::DropPassword(_) => self.users.as_ref().or(self.passwords.as_ref()),
            Repair::DropSecondFactors(_) => self.users.as_ref().or(self.factors.as_ref()),
            Repair::DropBindPassword(_) => self.realms.as_ref(),
            Repair::SetMode { .. } => None,
        }
    }
}

/// Whether a text is of an encoding whose first name, or all of them, are not those it seems to hold.
fn is_no_plain_text(text: &[u8]) -> bool {
    MARKS.iter().any(|mark| text.starts_with(mark)) || text.contains(&0)
}

fn other_encoding(file: &str) -> String {
    format!("{file} is saved as UTF-8 without a byte order mark")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_told_from_other_encodings() {
        for text in ["", "joe:x:\n", "j\u{f6}:x:\n", "x\u{feff}"] {
            assert!(!is_no_plain_text(text.as_bytes()), "{text}");
        }
        let utf_16 =
            |bytes: fn(u16) -> [u8; 2]| "joe:x:\n".encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        assert!(is_no_plain_text("\u{feff}joe:x:\n".as_bytes()));
        assert!(is_no_plain_text(&utf_16(u16::to_le_bytes)) && is_no_plain_text(&utf_16(u16::to_be_bytes)));
        assert!(is_no_plain_text(b"\xff\xfe"));
    }
}
