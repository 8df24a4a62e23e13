//! Jobs as a document says.

use super::directory::in_thing;
use super::{Applied, Draft, Options};
use crate::error::{Error, Result};
use crate::format::document::{Document, JobSettings};
use crate::model::difference;
use crate::model::id::JobId;
use crate::model::job::{Here, JobChanges, PROPERTIES, RunState, Setting};

impl Draft<'_> {
    pub(super) fn apply_jobs(
        &mut self,
        document: &Document,
        options: Options,
        here: &Here<'_>,
        applied: &mut Applied,
    ) -> Result<()> {
        let Some(named) = &document.jobs else { return Ok(()) };
        let before = self.jobs()?.clone();
        for (id, said) in named {
            self.apply_job(id, said, options.prune, here)
                .map_err(|error| in_thing("job", id.as_str(), error))?;
        }
        if options.prune {
            for id in before.iter().map(|job| job.id()).filter(|id| !named.contains_key(*id)) {
                self.remove_job(id)?;
            }
        }
        applied.changes.extend(difference::of_jobs(&before, self.jobs()?));
        Ok(())
    }

    fn apply_job(&mut self, id: &JobId, said: &JobSettings, prune: bool, here: &Here<'_>) -> Result<()> {
        let settings = |wanted: &dyn Fn(&str, &str) -> bool| -> Result<Vec<Setting>> {
            let said = said.iter().filter(|(name, value)| wanted(name, value));
            said.map(|(name, value)| Setting::parse(name, value)).collect()
        };
        let before = match self.jobs()?.get(id) {
            Ok(job) => job.clone(),
            Err(Error::Unknown { .. }) => {
                let realms = self.realms()?.clone();
                let settings = settings(&|_, _| true)?;
                self.jobs()?.add(id.clone(), settings, &realms)?;
                let job = self.jobs()?.get(id)?.clone();
                return self.set_job_state(&job, &RunState::default().counting_from_now(here));
            }
            Err(error) => return Err(error),
        };
        let gone = |name: &str| prune && before.get(name).is_some() && said.get(name).is_none();
        let delete: Vec<String> = PROPERTIES
            .iter()
            .filter(|property| !property.required && gone(property.name))
            .map(|property| property.name.to_owned())
            .collect();
        let set = settings(&|name, value| before.get(name).unwrap_or_default() != value)?;
        if set.is_empty() && delete.is_empty() {
            return Ok(());
        }
        if self.jobs()?.modify(id, JobChanges { set, delete })? {
            let job = self.jobs()?.get(id)?.clone();
            let old = self.job_state(id)?.unwrap_or_default();
            self.set_job_state(&job, &old.counting_from_now(here))?;
        }
        Ok(())
    }
}
