//! What is checked, and what its files hold.

use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::format::{USER_CFG, Warning, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, token_cfg, user_cfg};
use crate::model::directory::Directory;
use crate::model::job::Jobs;
use crate::model::realm::Realms;
use crate::model::role::Role;
use crate::store::Files;
use crate::store::modes::FileMode;
use std::sync::Arc;

/// What is checked: the state of a directory at one moment.
#[derive(Clone, Copy)]
pub struct Input<'i> {
    /// The contents of the files [`files`] names.
    pub files: &'i Files,
    /// The vocabulary of the directory.
    pub catalogue: &'i Catalogue,
    /// The vocabulary the directory is to have one day, to be told what would change.
    pub migrate_to: Option<&'i Catalogue>,
    /// Whose each file is, and who may read and write it; the config directory itself is among them.
    pub modes: &'i [FileMode],
    /// Now, in seconds since 1970.
    pub now: i64,
}

/// The files that are read. `list` tells the plain files in a folder.
///
/// # Errors
/// Those of `list`.
pub fn files(list: impl Fn(&str) -> Result<Vec<String>>) -> Result<Vec<String>> {
    let mut names: Vec<String> =
        [USER_CFG, domains_cfg::FILE, jobs_cfg::FILE, shadow_cfg::FILE, token_cfg::FILE, tfa_cfg::FILE]
            .map(str::to_owned)
            .into();
    for folder in BIND_PASSWORDS {
        let of_folder = list(folder)?.into_iter().filter(|name| name.ends_with(".pw"));
        names.extend(of_folder.map(|name| format!("{folder}/{name}")));
    }
    Ok(names)
}

/// Where the passwords realms bind with lie; see [`bind_password`].
pub(super) const BIND_PASSWORDS: [&str; 2] = ["priv/realm", "priv/ldap"];

/// What the files hold.
pub(super) struct Contents {
    pub(super) directory: Directory,
    /// The roles that are not built in.
    pub(super) roles: Vec<Role>,
    pub(super) realms: Realms,
    pub(super) jobs: Jobs,
    pub(super) passwords: Shadow,
    pub(super) secrets: TokenSecrets,
    pub(super) factors: std::result::Result<TfaFile, Error>,
    pub(super) warnings: Vec<Warning>,
}

impl Contents {
    pub(super) fn read(input: &Input<'_>) -> Self {
        let text = |name: &str| input.files.get(name).map(Arc::clone).unwrap_or_default();
        let (directory, mut warnings) = user_cfg::parse_and_check(&text(USER_CFG), input.catalogue);
        let (realms, of_realms) = domains_cfg::parse(&text(domains_cfg::FILE));
        let (jobs, of_jobs) = jobs_cfg::parse(&text(jobs_cfg::FILE));
        let (passwords, of_passwords) = Shadow::parse(&text(shadow_cfg::FILE));
        let (secrets, of_secrets) = TokenSecrets::parse(&text(token_cfg::FILE));
        warnings.extend([of_realms, of_jobs, of_passwords, of_secrets].into_iter().flatten());
        let factors = TfaFile::parse(&text(tfa_cfg::FILE)).map(|(factors, of_factors)| {
            warnings.extend(of_factors);
            factors
        });
        let roles = directory.roles.iter().collect();
        Self { directory, roles, realms, jobs, passwords, secrets, factors, warnings }
    }
}
