//! Who has secrets, when many ask for it in one change.

use super::Draft;
use crate::error::Result;
use crate::format::tfa_cfg::{self, TfaFile};
use crate::format::{shadow_cfg, token_cfg};
use crate::model::id::UserId;
use crate::model::realm::RealmKind;
use std::collections::HashSet;

/// The users who have something in the files of secrets as they were when the change began.
#[derive(Default)]
pub(super) struct Owners {
    asked: bool,
    known: Option<HashSet<String>>,
}

impl Draft<'_> {
    /// Whether it is certain that nobody left secrets under this name. Whoever asks once has to look: only for
    /// the next ones the files are taken apart.
    pub(in crate::store) fn nobody_left_secrets(&mut self, user: &UserId) -> Result<bool> {
        if !std::mem::replace(&mut self.owners.asked, true) {
            return Ok(false);
        }
        if self.owners.known.is_none() {
            self.owners.known = Some(self.owners()?);
        }
        if self.owners.known.as_ref().is_some_and(|known| known.contains(user.as_str())) {
            return Ok(false);
        }
        let holds = |text: &str| text.rsplit_once('!').is_some_and(|(owner, _)| owner == user.as_str());
        let gained = self.passwords.as_ref().is_some_and(|part| part.now.get(user.name()).is_some())
            || self.token_secrets.as_ref().is_some_and(|part| part.now.ids().any(holds))
            || self.second_factors.as_ref().is_some_and(|part| part.now.factors().get(user).is_some());
        Ok(!gained)
    }

    /// Whether the passwords were asked for, and may differ from the file by now.
    pub(in crate::store) fn holds_passwords(&self) -> bool {
        self.passwords.is_some()
    }

    /// Whether the secrets of tokens were asked for, and may differ from the file by now.
    pub(in crate::store) fn holds_token_secrets(&self) -> bool {
        self.token_secrets.is_some()
    }

    fn owners(&self) -> Result<HashSet<String>> {
        let text = |name: &str| self.transaction.read(name).map(Option::unwrap_or_default);
        let mut owners = HashSet::new();
        let (passwords, _) = shadow_cfg::Shadow::parse(&text(shadow_cfg::FILE)?);
        owners.extend(passwords.names().map(|name| format!("{name}@{}", RealmKind::Pve.as_str())));
        let (tokens, _) = token_cfg::TokenSecrets::parse(&text(token_cfg::FILE)?);
        owners.extend(tokens.ids().filter_map(|id| Some(id.rsplit_once('!')?.0.to_owned())));
        if let Ok((factors, _)) = TfaFile::parse(&text(tfa_cfg::FILE)?) {
            owners.extend(factors.factors().users().map(|(name, _)| name.to_owned()));
        }
        Ok(owners)
    }
}
