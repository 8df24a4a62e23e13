//! What every command works with: the directory, the settings, and the way to read and to write.

use super::face::Face;
use super::terminal::say_on_stderr;
use crate::access::permit::Permit;
use crate::access::sight::Sight;
use crate::audit::Deed;
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::format::settings::{self, Settings};
use crate::format::tfa_cfg::{self, TfaFile};
use crate::format::{USER_CFG, Warning, bind_password, datacenter_cfg, domains_cfg, jobs_cfg, user_cfg};
use crate::model::directory::Directory;
use crate::model::id::RealmId;
use crate::model::job::Jobs;
use crate::model::realm::{PamService, Realms};
use crate::model::tfa::KeySettings;
use crate::realm::ldap;
use crate::secret::{NewScheme, PasswordHash, SecretForm};
use crate::store::DirStore;
use crate::store::change::{Draft, FileChange, Order, change};
use crate::store::journal::Rules;
use crate::store::location;
use crate::store::{Files, Store};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// How many warnings of one run usher's own face shows.
const SHOWN_WARNINGS: usize = 20;

/// The surroundings of one command.
pub struct Context<'d, 't> {
    /// Whose habits the command line has.
    pub face: Face,
    /// Where the directory lives.
    pub store: DirStore,
    /// The vocabulary of the directory.
    pub catalogue: Catalogue,
    /// The directory's own settings.
    pub settings: Settings,
    /// Whether changes are only shown.
    pub dry_run: bool,
    /// What a dry run would have changed.
    pub would_change: Vec<FileChange>,
    /// Whether files were changed.
    pub changed: bool,
    /// Whether the answer of the command is shown in a dry run, too.
    pub answers_dry_run: bool,
    /// What the changes are for, as the journal has it.
    pub deed: Deed,
    /// What went wrong although there is an answer: told behind it, and it picks the exit status.
    pub failure: Option<Error>,
    /// Whether the answer is "no": it is told like every other, and picks the exit status.
    pub says_no: bool,
    /// Who acts with which rights, and for which command; `None`: the superuser.
    pub permit: Option<Permit>,
    /// Whether the directory is that of a Proxmox node, which the original reads too.
    pub shared: bool,
    /// Whether the command line names the directory.
    pub place_is_named: bool,
    /// The draft all commands of a batch edit; `None`: every change is one of its own.
    pub draft: Option<&'d mut Draft<'t>>,
    /// Hashed already: the password this command is given.
    pub hashed: Option<PasswordHash>,
    /// What is to be said once the draft is committed.
    pub held_notes: RefCell<Vec<String>>,
}

impl<'d, 't> Context<'d, 't> {
    /// Opens the directory at `path`.
    ///
    /// # Errors
    /// When its settings cannot be read.
    pub fn open(face: Face, path: PathBuf, command: String, dry_run: bool) -> Result<Self> {
        let shared = path == Path::new(location::PROXMOX);
        let store = DirStore::new(path).command(command);
        let files = store.load(&[settings::FILE])?;
        let settings = match files.get(settings::FILE) {
            Some(text) => settings::parse(text)?,
            None => Settings::default(),
        };
        let store = match settings.lock_timeout {
            Some(patience) => store.patience(patience),
            None => store,
        };
        let store = store.with_journal(Rules::of(&settings.journal, shared));
        let catalogue = settings.catalogue.clone().unwrap_or_default();
        Ok(Self {
            face,
            store,
            catalogue,
            settings,
            dry_run,
            would_change: Vec::new(),
            changed: false,
            answers_dry_run: false,
            deed: Deed::default(),
            failure: None,
            says_no: false,
            permit: None,
            shared,
            place_is_named: false,
            draft: None,
            hashed: None,
            held_notes: RefCell::default(),
        })
    }

    /// The same surroundings for a command of a batch, which edits `draft`, or makes a change of its own.
    pub fn for_command<'e, 'u>(&self, draft: Option<&'e mut Draft<'u>>) -> Context<'e, 'u> {
        Context {
            face: self.face,
            store: self.store.clone(),
            catalogue: self.catalogue.clone(),
            settings: self.settings.clone(),
            dry_run: self.dry_run,
            would_change: Vec::new(),
            changed: false,
            answers_dry_run: false,
            deed: self.deed,
            failure: None,
            says_no: false,
            permit: self.permit.clone(),
            shared: self.shared,
            place_is_named: self.place_is_named,
            draft,
            hashed: None,
            held_notes: RefCell::default(),
        }
    }

    /// How new passwords are hashed: as the settings say, else the original's way where the original
    /// has to verify them, else the strongest way.
    pub fn password_scheme(&self) -> NewScheme {
        match self.settings.password_hash {
            Some(scheme) => scheme,
            None if self.shared => NewScheme::Sha256Crypt,
            None => NewScheme::Argon2id,
        }
    }

    /// In which form secrets of new tokens are kept: as the settings say, else clear where the original has to
    /// verify them.
    pub fn secret_form(&self) -> SecretForm {
        match self.settings.token_secrets {
            Some(form) => form,
            None if self.shared || self.face == Face::Original => SecretForm::Clear,
            None => SecretForm::Hashed,
        }
    }

    /// By which rules PAM judges accounts of the system: as the settings say, else the original's where the original
    /// is meant.
    pub fn pam_service(&self) -> PamService {
        match &self.settings.pam_service {
            Some(service) => service.clone(),
            None if self.shared || self.face == Face::Original => PamService::ORIGINAL,
            None => PamService::OWN,
        }
    }

    /// What security keys are told about this place: as the settings say, else as Proxmox VE's own do.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn key_settings(&self) -> Result<KeySettings> {
        let own = self.settings.keys.clone();
        let files = self.load(&[datacenter_cfg::FILE])?;
        let (theirs, warnings) =
            files.get(datacenter_cfg::FILE).map(|text| datacenter_cfg::parse(text)).unwrap_or_default();
        if own.webauthn.is_none() || own.u2f.is_none() {
            self.warn(&warnings);
        }
        Ok(own.or(theirs))
    }

    /// Reads some files, all of one state.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn load(&self, names: &[&str]) -> Result<Files> {
        let Some(draft) = &self.draft else { return self.store.load(names) };
        let mut files = Files::new();
        for name in names {
            files.extend(draft.current(name)?.map(|text| ((*name).to_owned(), text)));
        }
        Ok(files)
    }

    /// Reads one file piece by piece, of the draft of a batch too; see [`Store::load_by_pieces`].
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn load_by_pieces(&self, name: &str, take: &mut dyn FnMut(u64, &[u8])) -> Result<()> {
        let Some(draft) = &self.draft else { return self.store.load_by_pieces(name, take) };
        take(0, &draft.current(name)?.unwrap_or_default());
        Ok(())
    }

    /// Has the directory be there. To most commands one that is not there is an empty one; a pipeline that misspells
    /// it must not be told that all is well.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not.
    pub fn require_place(&self) -> Result<()> {
        if self.store.exists()? {
            return Ok(());
        }
        let place = self.store.path().display();
        Err(Error::refused(format!("the config directory '{place}' does not exist"))
            .with_hint("mind its spelling; the first change makes it"))
    }

    /// Reads users, groups, roles, ACL entries and pools.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn directory(&self) -> Result<Directory> {
        Ok(self.directory_in(&self.load(&[USER_CFG])?))
    }

    /// Users, groups, roles, ACL entries and pools of a state that was read.
    pub fn directory_in(&self, files: &Files) -> Directory {
        let text = files.get(USER_CFG).map(Arc::clone).unwrap_or_default();
        let (directory, warnings) = user_cfg::parse_and_check(&text, &self.catalogue);
        self.warn(&warnings);
        directory
    }

    /// The realms of a state that was read.
    pub fn realms_in(&self, files: &Files) -> Realms {
        let text = files.get(domains_cfg::FILE).map(Arc::clone).unwrap_or_default();
        let (realms, warnings) = domains_cfg::parse(&text);
        self.warn(&warnings);
        realms
    }

    /// The settings of a realm's server with the patience `usher.toml` has for it.
    pub fn with_time_outs(&self, mut settings: ldap::Settings) -> ldap::Settings {
        let said = self.settings.server(&settings.realm);
        let time_outs = &mut settings.time_outs;
        time_outs.connect = said.connect_timeout.unwrap_or(time_outs.connect);
        time_outs.operation = said.timeout.unwrap_or(time_outs.operation);
        settings
    }

    /// The password a realm binds with, as it is stored; `None` when none is.
    ///
    /// # Errors
    /// [`Error::Io`], and [`Error::Invalid`] when the file holds no text.
    pub fn bind_password(&self, realm: &RealmId) -> Result<Option<Zeroizing<String>>> {
        let names = bind_password::files(realm);
        let files = self.load(&names.each_ref().map(String::as_str))?;
        let found = names.iter().find_map(|name| Some((name, files.get(name)?)));
        found.map(|(name, text)| bind_password::read(name, text)).transpose()
    }

    /// The jobs of a state that was read.
    pub fn jobs_in(&self, files: &Files) -> Jobs {
        let text = files.get(jobs_cfg::FILE).map(Arc::clone).unwrap_or_default();
        let (jobs, warnings) = jobs_cfg::parse(&text);
        self.warn(&warnings);
        jobs
    }

    /// The second factors of a state that was read; a broken file is a warning, and nothing is known.
    pub fn second_factors_in(&self, files: &Files) -> Option<TfaFile> {
        let text = files.get(tfa_cfg::FILE)?;
        match TfaFile::parse(text) {
            Ok((factors, warnings)) => {
                self.warn(&warnings);
                Some(factors)
            }
            Err(error) => {
                say_on_stderr(&format!("warning: {error}"));
                None
            }
        }
    }

    /// The one way to write; see [`crate::store::change`].
    ///
    /// # Errors
    /// Those of the store and of `edit`.
    pub fn change<T>(&mut self, edit: impl FnOnce(&mut Draft<'_>) -> Result<T>) -> Result<T> {
        if let Some(draft) = &mut self.draft {
            // Who acts with rights of its own is authorized by a change of its own.
            return if self.permit.is_some() { Err(Error::Denied(None)) } else { edit(draft) };
        }
        let order = Order { dry_run: self.dry_run, deed: self.deed, permit: self.permit.clone() };
        let outcome = change(&self.store, &self.catalogue, &order, edit)?;
        self.warn(&outcome.warnings);
        if let Some(error) = outcome.unsent.as_ref().filter(|_| self.face == Face::Own) {
            say_on_stderr(&format!("warning: {error}; the change and its entry in the journal stand"));
        }
        if self.dry_run {
            self.would_change.extend(outcome.files);
        } else {
            self.changed |= !outcome.files.is_empty();
        }
        Ok(outcome.value)
    }

    /// The id of who acts.
    pub fn acting_name(&self) -> String {
        match &self.permit {
            Some(permit) => permit.caller.to_string(),
            None => self.catalogue.superuser().to_owned(),
        }
    }

    /// What whoever acts sees in lists.
    pub fn sight(&self, directory: &Directory) -> Sight<'_> {
        Sight::of(self.permit.as_ref().map(|permit| &permit.caller), &self.catalogue, directory)
    }

    /// Says what was found in the files that is not understood, to whoever may see all of them.
    pub fn warn(&self, warnings: &[Warning]) {
        // The draft of a batch tells it once.
        if self.permit.is_some() || self.draft.is_some() {
            return;
        }
        let shown = match self.face {
            Face::Original => warnings.len(),
            Face::Own => warnings.len().min(SHOWN_WARNINGS),
        };
        let said = |one: &&Warning| self.face == Face::Own || one.is_original;
        for Warning { file, line, message, .. } in warnings.iter().filter(said).take(shown) {
            say_on_stderr(&match self.face {
                Face::Original if *file == USER_CFG => format!("user config - {message} ({file}:{line})"),
                Face::Original => format!("{file}:{line}: {message}"),
                Face::Own => format!("warning: {file}:{line}: {message}"),
            });
        }
        if let Some(more) = warnings.len().checked_sub(shown).filter(|more| *more > 0) {
            say_on_stderr(&format!("warning: and {more} more like these"));
        }
    }

    /// Says that something else went with a change. The original says nothing of the kind, and some
    /// programs take any word on stderr for a failure: under its name nothing is said.
    pub fn note(&self, message: &str) {
        if self.face == Face::Own {
            let would = if self.dry_run { "would be " } else { "" };
            let note = format!("warning: {would}{message}");
            match self.draft {
                Some(_) => self.held_notes.borrow_mut().push(note),
                None => say_on_stderr(&note),
            }
        }
    }

    /// Names what was dropped with a change, to whoever may see all of the directory.
    pub fn note_dropped(&self, what: &str, dropped: impl IntoIterator<Item = impl std::fmt::Display>) {
        for one in dropped.into_iter().filter(|_| self.permit.is_none()) {
            self.note(&format!("removed {what}: {one}"));
        }
    }
}
