//! What is checked, read once for all rules.

use crate::access::Policy;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::shadow_cfg::Shadow;
use crate::format::tfa_cfg::TfaFile;
use crate::format::token_cfg::TokenSecrets;
use crate::format::{
    USER_CFG, Warning, bind_password, domains_cfg, jobs_cfg, shadow_cfg, tfa_cfg, token_cfg, user_cfg,
};
use crate::model::acl::{AclEntry, Subject};
use crate::model::directory::Directory;
use crate::model::group::Group;
use crate::model::job::Jobs;
use crate::model::privilege::PrivilegeSet;
use crate::model::realm::{Realm, Realms};
use crate::model::token::Token;
use crate::model::user::User;
use crate::realm::ldap::Settings;
use crate::store::Files;
use crate::store::modes::FileMode;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// What is checked: the state of a directory at one moment.
#[derive(Clone, Copy)]
pub struct Input<'i> {
    /// The contents of the files [`files`] names.
    pub files: &'i Files,
    /// The vocabulary of the directory.
    pub catalogue: &'i Catalogue,
    /// The vocabulary the directory is to have one day, to be told what would change.
    pub migrate_to: Option<&'i Catalogue>,
    /// Who may read and write which file.
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

/// Everything that was read.
pub(super) struct Book<'i> {
    pub(super) input: &'i Input<'i>,
    pub(super) directory: Directory,
    pub(super) users: Vec<User>,
    pub(super) groups: Vec<Group>,
    pub(super) entries: Vec<AclEntry>,
    pub(super) realms: Realms,
    pub(super) jobs: Jobs,
    pub(super) passwords: Shadow,
    pub(super) secrets: TokenSecrets,
    pub(super) factors: std::result::Result<TfaFile, Error>,
    pub(super) warnings: Vec<Warning>,
    /// What the roles that are not built in hold.
    roles: HashMap<String, PrivilegeSet>,
    policy: OnceLock<Policy>,
}

impl<'i> Book<'i> {
    pub(super) fn open(input: &'i Input<'i>) -> Self {
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
        Self {
            users: directory.users.iter().collect(),
            groups: directory.groups.iter().collect(),
            entries: directory.entries().collect(),
            roles: directory
                .roles
                .iter()
                .map(|role| {
                    let held = role.privileges.iter().filter_map(|name| input.catalogue.privilege(name));
                    (role.id.to_string(), held.collect())
                })
                .collect(),
            input,
            directory,
            realms,
            jobs,
            passwords,
            secrets,
            factors,
            warnings,
            policy: OnceLock::new(),
        }
    }

    pub(super) fn text(&self, name: &str) -> &[u8] {
        self.input.files.get(name).map(|text| text.as_slice()).unwrap_or_default()
    }

    pub(super) fn catalogue(&self) -> &'i Catalogue {
        self.input.catalogue
    }

    /// The moment, in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.input.now).unwrap_or_default()
    }

    /// What a role holds, built in or not.
    pub(super) fn privileges(&self, role: &str) -> PrivilegeSet {
        let own = || Some(*self.roles.get(role)?);
        self.catalogue().role(role).or_else(own).unwrap_or_default()
    }

    pub(super) fn policy(&self) -> &Policy {
        self.policy.get_or_init(|| Policy::compile(&self.directory, self.input.catalogue))
    }

    /// The settings of a realm's session, with the password it binds with.
    pub(super) fn settings(&self, realm: &Realm) -> Result<Settings> {
        let names = bind_password::files(realm.id());
        let found = names.iter().find_map(|name| Some((name, self.input.files.get(name)?)));
        let password = found.map(|(name, text)| bind_password::read(name, text)).transpose()?;
        Settings::of(realm, password)
    }

    /// Every token with its full id.
    pub(super) fn tokens(&self) -> impl Iterator<Item = (&User, &Token, String)> {
        self.users.iter().flat_map(|user| {
            user.tokens.iter().map(move |token| (user, token, format!("{}!{}", user.id, token.name)))
        })
    }

    /// What is looked up again and again.
    pub(super) fn known(&self) -> Known<'_> {
        let mut known = Known {
            users: self.users.iter().map(|user| user.id.as_str()).collect(),
            groups: self.groups.iter().map(|group| (group.id.as_str(), group)).collect(),
            granted: HashSet::new(),
            of_tokens: HashMap::new(),
        };
        for entry in &self.entries {
            known.granted.insert(entry.role.as_str());
            if let Subject::Token(token) = &entry.subject {
                known.of_tokens.entry(token.to_string()).or_default().push(entry);
            }
        }
        known
    }
}

/// Who is there, and who refers to whom.
pub(super) struct Known<'b> {
    pub(super) users: HashSet<&'b str>,
    pub(super) groups: HashMap<&'b str, &'b Group>,
    /// The roles that stand in entries.
    pub(super) granted: HashSet<&'b str>,
    /// The entries of tokens.
    pub(super) of_tokens: HashMap<String, Vec<&'b AclEntry>>,
}
