//! Who is in which group, from the group's side.

use super::interner::at;
use super::policy::Subject;

/// The members of every group.
pub(super) struct Members {
    /// Where the members of each subject end, those of the next one beginning there.
    ends: Vec<u32>,
    members: Vec<u32>,
}

impl Members {
    /// Turns round what subjects tell of their groups. Members come in their order; who was told of twice is there
    /// twice.
    pub(super) fn of(subjects: &[Subject], groups: &[u32]) -> Self {
        let mut ends = vec![0u32; subjects.len()];
        for group in subjects.iter().flat_map(|subject| subject.groups(groups)) {
            if let Some(count) = ends.get_mut(at(*group)) {
                *count += 1;
            }
        }
        let mut start = 0;
        for end in &mut ends {
            (*end, start) = (start, start + *end);
        }
        let mut members = vec![0; groups.len()];
        for (id, subject) in (0..).zip(subjects) {
            for group in subject.groups(groups) {
                let Some(end) = ends.get_mut(at(*group)) else { continue };
                if let Some(slot) = members.get_mut(at(*end)) {
                    *slot = id;
                }
                *end += 1;
            }
        }
        Self { ends, members }
    }

    /// The members of a group; nobody else has any.
    pub(super) fn of_group(&self, group: u32) -> &[u32] {
        let before = group.checked_sub(1).map(|before| self.ends.get(at(before)).copied());
        let start = before.unwrap_or(Some(0)).unwrap_or_default();
        let end = self.ends.get(at(group)).copied().unwrap_or_default();
        self.members.get(at(start)..at(end)).unwrap_or_default()
    }
}
