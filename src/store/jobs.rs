//! Jobs in a change, and what is kept of their runs.

use super::change::Draft;
use crate::error::Result;
use crate::format::{job_state, jobs_cfg};
use crate::model::id::JobId;
use crate::model::job::{Jobs, RunState, SyncJob};

impl Draft<'_> {
    /// The same, only to look at, and without a word about what is not understood.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn look_at_jobs(&self) -> Result<Jobs> {
        Ok(jobs_cfg::parse(&self.whole_file(jobs_cfg::FILE)?.unwrap_or_default()).0)
    }

    /// What is kept of a job's runs; `None` when there is nothing, or nothing that can be understood.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn job_state(&self, id: &JobId) -> Result<Option<RunState>> {
        let text = self.whole_file(&job_state::file(id))?;
        Ok(text.and_then(|text| job_state::parse(id, &text).ok()))
    }

    /// Keeps this of a job's runs.
    ///
    /// # Errors
    /// Those of [`job_state::render`].
    pub fn set_job_state(&mut self, job: &SyncJob, state: &RunState) -> Result<()> {
        self.replace_file(job_state::file(job.id()), Some(job_state::render(job, state)?));
        Ok(())
    }

    /// Removes a job and what is kept of its runs.
    ///
    /// # Errors
    /// Those of [`Jobs::remove`], and of reading the file.
    pub fn remove_job(&mut self, id: &JobId) -> Result<()> {
        self.jobs()?.remove(id)?;
        self.replace_file(job_state::file(id), None);
        Ok(())
    }
}
