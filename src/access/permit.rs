//! Who acts, and what for: what a change or an answer is authorized by.

use super::Policy;
use super::authorize::{Request, authorize};
use super::rule::Rule;
use super::usable::{Who, check_usable};
use crate::catalogue::Catalogue;
use crate::error::{Error, Result};
use crate::model::directory::Directory;
use crate::model::job::Jobs;

/// What somebody who acts with rights of its own asks for.
#[derive(Clone, Debug)]
pub struct Permit {
    /// Who acts.
    pub caller: Who,
    /// What the operation asks for.
    pub rule: Rule,
    /// The parameters of the operation, as in [`Request::parameters`].
    pub parameters: Vec<(&'static str, String)>,
    /// The moment, in seconds since 1970.
    pub now: u64,
}

impl Permit {
    /// The same for another rule.
    #[must_use]
    pub fn to(&self, rule: Rule) -> Self {
        Self { rule, ..self.clone() }
    }

    /// Decides, for a state of the directory.
    ///
    /// # Errors
    /// [`Error::Beyond`] for a caller who cannot act at all; those of [`authorize`].
    pub fn check(&self, catalogue: &Catalogue, directory: &Directory, jobs: &Jobs) -> Result<()> {
        let unusable = |why| Error::beyond(format!("cannot act as '{}': {why}", self.caller));
        check_usable(directory, &self.caller, self.now).map_err(unusable)?;
        let caller = self.caller.to_string();
        let parameters: Vec<(&str, &str)> =
            self.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let policy = Policy::compile(directory, catalogue);
        let request = Request {
            policy: &policy,
            catalogue,
            directory,
            jobs: Some(jobs),
            caller: Some(&caller),
            parameters: &parameters,
        };
        authorize(&request, &self.rule)
    }
}
