//! One file per file on disk; parse and render are inverse.

pub mod bind_password;
pub mod datacenter_cfg;
pub mod document;
pub mod domains_cfg;
mod encoding;
pub mod job_state;
pub mod jobs_cfg;
pub mod journal;
pub mod junit;
pub mod line;
pub mod mask;
mod options;
pub mod policy_test;
pub mod rope;
mod secret_lines;
pub mod section;
pub mod settings;
pub mod shadow_cfg;
pub mod tfa_cfg;
pub mod tfa_challenges;
pub mod tfa_failures;
pub mod token_cfg;
pub mod user_cfg;
pub mod user_csv;

pub use encoding::hex;

/// The name of the file that holds users, groups, roles, ACL entries and pools.
pub const USER_CFG: &str = "user.cfg";

/// Something in a file that does not count. It is kept, and the reader is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file, relative to the config directory.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
    /// Whether the original says it, too.
    pub is_original: bool,
}

impl Warning {
    /// A warning about a line of a file.
    pub fn new(file: &'static str, line: usize, message: impl Into<String>) -> Self {
        Self { file, line, message: message.into(), is_original: true }
    }

    /// A warning about something the original passes over in silence.
    pub fn beyond_original(file: &'static str, line: usize, message: impl Into<String>) -> Self {
        Self { is_original: false, ..Self::new(file, line, message) }
    }
}
