//! Where usher differs from the recorded program on purpose, and why.

/// One difference: in which steps of which record, in what, and why.
pub struct OnPurpose {
    /// The record.
    pub record: &'static str,
    /// The steps, counted from 0. A later step differs because an earlier one did.
    pub steps: &'static [usize],
    /// What differs: `status`, `answer`, `message`, or a file by its name.
    pub what: &'static [&'static str],
    /// Why.
    pub reason: &'static str,
}

const NEWLINE: &str =
    "a trailing newline in a name splits a line of user.cfg; usher refuses it like every bad character";
const LEFT_OVERS: &str = "deletes leave token secrets and ACL entries of tokens and roles; usher removes all of it in the same commit";
const NO_OPTIONS: &str =
    "`role modify R` without options empties the role; usher has nothing to do and refuses";
const LISTS: &str = "one bad e-mail address kills whole lists; usher shows the list, the fault is a warning";
const ENCODING: &str = "YAML and non-ASCII ids are encoded twice; usher speaks UTF-8 everywhere";
const NUMBERS: &str =
    "values given on the command line come back as JSON strings; usher's numbers are numbers";
const COMMENT_0: &str = "the comment `0` is dropped; usher keeps it";
const SEPARATOR: &str = "`a,b@pve` breaks lists; usher refuses new names that hold the separator of lists";
const UNKNOWN_LINES: &str = "comments and unknown lines are lost at the next write; usher keeps them";
const ASCII_PATHS: &str = "a path with other letters than ASCII is stored as Latin-1, which no reader of UTF-8 understands; usher refuses it";
const BROKEN_SECTION: &str =
    "one broken section kills every command about realms; in usher it is a warning with file and line";
const FAILED_SYNC: &str =
    "a synchronisation that failed succeeds, its error stands on stderr only; usher's fails";
const WWW_KEY: &str = "without the key of the web server the original makes no token for its pages and fails; a ticket does not need one";
const MACHINE: &str = "guests and storages of a pool are those of the machine of the recording";

/// Every difference there is.
pub const ON_PURPOSE: &[OnPurpose] = &[
    OnPurpose { record: "user.add.name10", steps: &[0], what: &["status", "user.cfg"], reason: SEPARATOR },
    OnPurpose { record: "user.add.name18", steps: &[0], what: &["status", "user.cfg"], reason: NEWLINE },
    OnPurpose { record: "inject.newline-user", steps: &[0], what: &["status", "user.cfg"], reason: NEWLINE },
    OnPurpose { record: "inject.newline-user", steps: &[1], what: &["answer", "user.cfg"], reason: NEWLINE },
    OnPurpose { record: "inject.newline-user", steps: &[2], what: &["user.cfg"], reason: NEWLINE },
    OnPurpose { record: "user.add.comment-special", steps: &[2, 3], what: &["user.cfg"], reason: COMMENT_0 },
    OnPurpose {
        record: "user.add.comment-special",
        steps: &[4, 5],
        what: &["answer", "user.cfg"],
        reason: COMMENT_0,
    },
    OnPurpose {
        record: "user.add.comment-special",
        steps: &[6],
        what: &["answer", "user.cfg"],
        reason: ENCODING,
    },
    OnPurpose { record: "user.list", steps: &[3], what: &["answer"], reason: ENCODING },
    OnPurpose { record: "user.list.full", steps: &[2], what: &["answer"], reason: ENCODING },
    OnPurpose { record: "user.list.latin", steps: &[0, 1], what: &["answer"], reason: ENCODING },
    OnPurpose { record: "user.list.messy", steps: &[0, 1], what: &["status", "answer"], reason: LISTS },
    OnPurpose { record: "messy.rewrite", steps: &[0], what: &["user.cfg"], reason: UNKNOWN_LINES },
    OnPurpose {
        record: "user.del.tokenuser",
        steps: &[0, 1],
        what: &["user.cfg", "priv/token.cfg"],
        reason: LEFT_OVERS,
    },
    OnPurpose { record: "user.del.tokenuser", steps: &[2, 3], what: &["priv/token.cfg"], reason: LEFT_OVERS },
    OnPurpose { record: "token.del", steps: &[0, 1], what: &["user.cfg"], reason: LEFT_OVERS },
    OnPurpose { record: "role.del", steps: &[1, 2], what: &["user.cfg"], reason: LEFT_OVERS },
    OnPurpose { record: "role.mod", steps: &[3], what: &["status", "user.cfg"], reason: NO_OPTIONS },
    OnPurpose { record: "role.mod", steps: &[4], what: &["user.cfg"], reason: NO_OPTIONS },
    OnPurpose { record: "token.add", steps: &[2], what: &["answer"], reason: NUMBERS },
    OnPurpose { record: "acl.path31", steps: &[0], what: &["status", "user.cfg"], reason: ASCII_PATHS },
    OnPurpose { record: "realm.list-bad", steps: &[0], what: &["status", "answer"], reason: BROKEN_SECTION },
    OnPurpose {
        record: "realm.list-bad",
        steps: &[1],
        what: &["status", "domains.cfg"],
        reason: BROKEN_SECTION,
    },
    OnPurpose { record: "sync.badpw", steps: &[1], what: &["status"], reason: FAILED_SYNC },
    OnPurpose { record: "sync.nopw", steps: &[1], what: &["status"], reason: FAILED_SYNC },
    OnPurpose { record: "ticket.nokey", steps: &[0], what: &["status", "answer"], reason: WWW_KEY },
    OnPurpose { record: "pool.list-id", steps: &[0, 1, 2], what: &["answer"], reason: MACHINE },
];
