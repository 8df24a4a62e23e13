//! What is looked for: every rule with its stable code.

use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Could be tidier; nothing is wrong.
    Hint,
    /// Wrong or risky: it should be looked at.
    Warning,
    /// Broken or dangerous now.
    Error,
}

impl Severity {
    /// Every severity's name, as it is typed, the least first.
    pub const NAMES: [&'static str; 3] = ["hint", "warning", "error"];

    /// The severity of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Hint, Self::Warning, Self::Error].into_iter().find(|one| one.name() == name)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// One thing that is looked for. `docs/check.md` says why each matters.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code, which never changes its meaning: `U001`.
    pub code: &'static str,
    /// How much a finding matters.
    pub severity: Severity,
    /// What is looked for, in one line.
    pub about: &'static str,
    /// Whether a finding can be repaired without asking anybody.
    pub repairs: bool,
    /// Whether it is about something nobody uses.
    pub unused: bool,
}

impl Rule {
    const fn new(code: &'static str, severity: Severity, about: &'static str) -> Self {
        Self { code, severity, about, repairs: false, unused: false }
    }

    /// A rule whose findings are errors.
    pub(super) const fn error(code: &'static str, about: &'static str) -> Self {
        Self::new(code, Severity::Error, about)
    }

    /// A rule whose findings are warnings.
    pub(super) const fn warning(code: &'static str, about: &'static str) -> Self {
        Self::new(code, Severity::Warning, about)
    }

    /// A rule whose findings are hints.
    pub(super) const fn hint(code: &'static str, about: &'static str) -> Self {
        Self::new(code, Severity::Hint, about)
    }

    /// The same rule, whose findings can be repaired.
    pub(super) const fn repairs(mut self) -> Self {
        self.repairs = true;
        self
    }

    /// The same rule, about something nobody uses.
    pub(super) const fn unused(mut self) -> Self {
        self.unused = true;
        self
    }
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    super::RULES.iter().copied().find(|rule| rule.code == code)
}

/// Which rules are of interest.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The least severity of interest.
    pub severity: Severity,
    /// These rules and no others, whatever their severity; `None`: all.
    pub only: Option<Vec<&'static Rule>>,
    /// Not these.
    pub ignore: Vec<&'static Rule>,
}

impl Selection {
    /// Everything of this severity and above.
    pub fn from(severity: Severity) -> Self {
        Self { severity, only: None, ignore: Vec::new() }
    }

    /// Whether a rule is of interest.
    pub fn holds(&self, rule: &Rule) -> bool {
        let chosen = match &self.only {
            Some(only) => only.contains(&rule),
            None => rule.severity >= self.severity,
        };
        chosen && !self.ignore.contains(&rule)
    }
}
