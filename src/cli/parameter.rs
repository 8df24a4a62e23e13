//! What a command can be told, as data: one table serves parsing, help, man pages and completions.

use super::face::Face;

/// What sort of value a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text, at most so many characters long.
    Text(Option<usize>),
    /// A whole number between two bounds, inclusive.
    Integer(i64, i64),
    /// Yes or no; on the command line the value may be left out.
    Boolean,
    /// Names joined by `,`, `;` or blanks; may be given several times. As the last positional: one or more words, each as
    /// it is.
    List,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A point in time: seconds since 1970, and in usher's own face dates and spans too.
    Moment,
    /// A password. Whether its value may be left out depends on the face.
    Password,
}

/// Where a parameter stands on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By its position; it must be there.
    Positional,
    /// By its position; it may be left out.
    OptionalPositional,
    /// By its position; it may be left out in usher's own face.
    OwnOptionalPositional,
    /// As an option that must be there.
    RequiredOption,
    /// As an option.
    Option,
}

/// One parameter of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without dashes.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
    /// What holds when it is not given, for help texts.
    pub default: Option<&'static str>,
    /// Another parameter that has to be given with it.
    pub requires: Option<&'static str>,
    /// Not known to the original: only in usher's own face.
    pub own: bool,
    /// Not shown in help.
    pub hidden: bool,
}

impl Parameter {
    const fn new(name: &'static str, kind: Kind, place: Place, about: &'static str) -> Self {
        Self { name, about, kind, place, default: None, requires: None, own: false, hidden: false }
    }

    /// A positional of the command.
    pub const fn positional(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Text(None), Place::Positional, about)
    }

    /// A positional of some other kind.
    pub const fn of_place(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self::new(name, kind, Place::Positional, about)
    }

    /// A text option of any length.
    pub const fn text(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Text(None), Place::Option, about)
    }

    /// A text option of at most `longest` characters.
    pub const fn short_text(name: &'static str, longest: usize, about: &'static str) -> Self {
        Self::new(name, Kind::Text(Some(longest)), Place::Option, about)
    }

    /// An option that takes a list of names.
    pub const fn list(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::List, Place::Option, about)
    }

    /// An option that is on or off.
    pub const fn boolean(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Boolean, Place::Option, about)
    }

    /// An option that takes a point in time.
    pub const fn moment(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Moment, Place::Option, about)
    }

    /// An option that takes one of some words.
    pub const fn choice(name: &'static str, words: &'static [&'static str], about: &'static str) -> Self {
        Self::new(name, Kind::Choice(words), Place::Option, about)
    }

    /// An option that takes a password.
    pub const fn password(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Password, Place::Option, about)
    }

    /// An option of any kind.
    pub const fn of(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self::new(name, kind, Place::Option, about)
    }

    /// The same, with a default for the help text.
    #[must_use]
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// The same, in need of another parameter.
    #[must_use]
    pub const fn requires(mut self, other: &'static str) -> Self {
        self.requires = Some(other);
        self
    }

    /// The same, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.place = Place::RequiredOption;
        self
    }

    /// The same positional, which may be left out.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.place = Place::OptionalPositional;
        self
    }

    /// The same positional, which may be left out in usher's own face.
    #[must_use]
    pub const fn optional_here(mut self) -> Self {
        self.place = Place::OwnOptionalPositional;
        self
    }

    /// Whether the parameter is found by its position and has to be there.
    pub fn is_needed(&self, face: Face) -> bool {
        match self.place {
            Place::Positional => true,
            Place::OwnOptionalPositional => face == Face::Original,
            _ => false,
        }
    }

    /// The same, in usher's own face only.
    #[must_use]
    pub const fn own(mut self) -> Self {
        self.own = true;
        self
    }

    /// The same, not shown in help.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Whether the parameter is found by its position.
    pub fn is_positional(&self) -> bool {
        matches!(self.place, Place::Positional | Place::OptionalPositional | Place::OwnOptionalPositional)
    }

    /// The type as help shows it.
    pub fn type_text(&self) -> String {
        match self.kind {
            Kind::Boolean => "<boolean>".into(),
            Kind::Integer(low, i64::MAX) => format!("<integer> ({low} - N)"),
            Kind::Integer(low, high) => format!("<integer> ({low} - {high})"),
            Kind::Moment => "<integer> (0 - N)".into(),
            Kind::Choice(words) => format!("<{}>", words.join(" | ")),
            Kind::Text(_) | Kind::List | Kind::Password => "<string>".into(),
        }
    }
}
