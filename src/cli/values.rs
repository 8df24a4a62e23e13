//! What a command was told, and the check of it.

use super::argv::Given;
use super::face::Face;
use super::moment;
use super::parameter::{Kind, Parameter, Place};
use crate::error::{Error, Parameter as Refusal, Result};
use crate::format::line::items;
use std::cell::RefCell;

/// The values of a command's parameters.
pub struct Values {
    given: Vec<Given>,
    parameters: Vec<&'static Parameter>,
    face: Face,
}

impl Values {
    /// The values that were given for some of `parameters`.
    pub fn new(given: Vec<Given>, parameters: Vec<&'static Parameter>, face: Face) -> Self {
        Self { given, parameters, face }
    }

    /// Whose habits the command line has.
    pub fn face(&self) -> Face {
        self.face
    }

    /// The text given for `name`; the last one when there are several.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.each(name).next_back()
    }

    fn each(&self, name: &str) -> impl DoubleEndedIterator<Item = &str> {
        self.given
            .iter()
            .filter(move |(parameter, _)| parameter.name == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every word given for `name`, in order.
    pub fn words(&self, name: &str) -> Vec<&str> {
        self.each(name).collect()
    }

    /// Whether the answer is a text for people, not data for programs.
    pub fn for_people(&self) -> bool {
        self.text("output-format").is_none_or(|format| format == "text")
    }

    /// Whether the switch `name` is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.boolean(name) == Some(true)
    }

    /// What the switch `name` was set to.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.text(name).map(|text| text == "1")
    }

    /// The parameters that were given, in the order of the command's table.
    pub fn given(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters.iter().copied().filter(|one| self.text(one.name).is_some())
    }

    /// Starts the check of all values: lengths, numbers, words and what is missing.
    pub fn check(&self) -> Check<'_> {
        let check = Check { values: self, refusals: RefCell::new(Vec::new()) };
        for parameter in &self.parameters {
            check.table(parameter);
        }
        check
    }
}

/// A check that collects everything that is wrong before it complains.
pub struct Check<'v> {
    values: &'v Values,
    refusals: RefCell<Vec<Refusal>>,
}

impl Check<'_> {
    /// Refuses the value of `name`; the first refusal of a parameter counts.
    pub fn refuse(&self, name: &str, message: impl Into<String>) {
        let mut refusals = self.refusals.borrow_mut();
        if !refusals.iter().any(|one| one.name == name) {
            refusals.push(Refusal { name: name.into(), message: self.in_one_line(name, message.into()) });
        }
    }

    /// A message that quotes the value of `name` may have several lines, but none that the value begins.
    fn in_one_line(&self, name: &str, mut message: String) -> String {
        let words = self.values.words(name);
        let quoted = words.iter().copied().chain(words.iter().flat_map(|word| items(word)));
        for text in quoted.filter(|text| text.contains('\n')) {
            message = message.replace(text, &text.replace('\n', "\\n"));
        }
        message
    }

    /// Takes over what another check refused.
    pub fn refuse_all(&self, result: Result<()>) {
        match result {
            Err(Error::Parameters(refusals)) => {
                refusals.into_iter().for_each(|one| self.refuse(&one.name, one.message));
            }
            Err(error) => self.refuse("", error.to_string()),
            Ok(()) => {}
        }
    }

    fn refuse_error(&self, name: &str, error: &Error) {
        let mut message = match error.hint() {
            Some(hint) => format!("{error} ({hint})"),
            None => error.to_string(),
        };
        // The original says so of everything but patterns, and leaves a line empty behind it.
        if self.values.face == Face::Original && !message.starts_with("value does not match") {
            message = format!("invalid format - {message}\n");
        }
        self.refuse(name, message);
    }

    fn table(&self, parameter: &Parameter) {
        let name = parameter.name;
        let Some(text) = self.values.text(name) else {
            if parameter.place == Place::RequiredOption {
                self.refuse(name, "property is missing and it is not optional");
            }
            return;
        };
        match parameter.kind {
            Kind::Text(Some(longest)) if text.chars().count() > longest => {
                self.refuse(name, format!("value may only be {longest} characters long"));
            }
            Kind::Integer(low, high) => match integer(text) {
                None => self.refuse(name, format!("type check ('integer') failed - got '{text}'")),
                Some(value) if value < i128::from(low) => {
                    self.refuse(name, format!("value must have a minimum value of {low}"));
                }
                Some(value) if value > i128::from(high) => {
                    self.refuse(name, format!("value must have a maximum value of {high}"));
                }
                Some(_) => {}
            },
            Kind::Choice(words) if !words.contains(&text) => {
                let words = words.join(", ");
                self.refuse(
                    name,
                    format!("value '{text}' does not have a value in the enumeration '{words}'"),
                );
            }
            _ => {}
        }
        if let Some(other) = parameter.requires
            && self.values.text(other).is_none()
        {
            self.refuse(other, format!("missing property required by '{name}'"));
        }
    }

    /// The value of `name` as a checked type; `None` when it is missing or was refused.
    pub fn one<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T>) -> Option<T> {
        let text = self.values.text(name)?;
        parse(text).map_err(|error| self.refuse_error(name, &error)).ok()
    }

    /// The items of the list `name`; `None` when it was not given.
    pub fn list<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T>) -> Option<Vec<T>> {
        let words = self.values.words(name);
        if words.is_empty() {
            return None;
        }
        let parsed = words.iter().flat_map(|word| items(word)).map(parse);
        parsed.collect::<Result<_>>().map_err(|error| self.refuse_error(name, &error)).ok()
    }

    /// The text of `name`, as the table allows it.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values.text(name).map(str::to_owned)
    }

    /// The point in time `name`, in seconds since 1970.
    pub fn moment(&self, name: &str) -> Option<u64> {
        let text = self.values.text(name)?;
        match integer(text) {
            Some(value) if value < 0 => self.refuse(name, "value must have a minimum value of 0"),
            Some(value) => match u64::try_from(value) {
                Ok(value) => return Some(value),
                Err(_) => self.refuse(name, format!("value must have a maximum value of {}", u64::MAX)),
            },
            None if self.values.face == Face::Own => match moment::parse(text) {
                Ok(value) => return Some(value),
                Err(error) => self.refuse_error(name, &error),
            },
            None => self.refuse(name, format!("type check ('integer') failed - got '{text}'")),
        }
        None
    }

    /// Ends the check: `value` when nothing was refused.
    ///
    /// # Errors
    /// [`Error::Parameters`] with everything that was refused, sorted by name.
    pub fn end<T>(self, value: Option<T>) -> Result<T> {
        let mut refusals = self.refusals.into_inner();
        refusals.sort();
        match value {
            Some(value) if refusals.is_empty() => Ok(value),
            _ => Err(Error::Parameters(refusals)),
        }
    }
}

/// A whole number as the original takes it: a sign, digits, nothing else.
fn integer(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let right = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !right {
        return None;
    }
    let value: i128 = digits.parse().unwrap_or(i128::MAX);
    Some(if text.starts_with('-') { -value } else { value })
}
