//! Reading calendar events: `[WEEKDAYS] [[YEARS-]MONTHS-DAYS] [[HOURS:]MINUTES[:SECONDS]] [UTC]`.

use super::{Rule, Set, Span, YEARS};
use crate::error::{self, Error};

/// The longest event in characters.
const LONGEST: usize = 128;

const SYNTAX: &str = "write [WEEKDAYS] [[YEARS-]MONTHS-DAYS] [HOURS:MINUTES[:SECONDS]], such as \
    'mon..fri 8:00', '*-*-1 3:30', '*:0/15', 'daily'";

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that stand for a whole event, and the event.
const WORDS: [(&str, &str); 10] = [
    ("minutely", "*:*"),
    ("hourly", "*:0"),
    ("daily", "0:00"),
    ("weekly", "mon 0:00"),
    ("monthly", "*-1 0:00"),
    ("quarterly", "1,4,7,10-1 0:00"),
    ("semiannually", "1,7-1 0:00"),
    ("semi-annually", "1,7-1 0:00"),
    ("yearly", "1-1 0:00"),
    ("annually", "1-1 0:00"),
];

/// One place for a number.
struct Field {
    name: &'static str,
    low: i16,
    high: i16,
}

const YEAR: Field = Field { name: "year", low: 0, high: YEARS - 1 };
const MONTH: Field = Field { name: "month", low: 1, high: 12 };
const DAY: Field = Field { name: "day", low: 1, high: 31 };
const WEEKDAY: Field = Field { name: "weekday", low: 1, high: 7 };
const HOUR: Field = Field { name: "hour", low: 0, high: 23 };
const MINUTE: Field = Field { name: "minute", low: 0, high: 59 };
const SECOND: Field = Field { name: "second", low: 0, high: 59 };

fn wrong(text: &str, why: impl AsRef<str>) -> Error {
    Error::invalid(format!("'{text}' is no calendar event: {}", why.as_ref())).with_hint(SYNTAX)
}

/// Reads a whole event.
pub(super) fn rule(text: &str) -> error::Result<Rule> {
    if text.chars().count() > LONGEST {
        return Err(Error::invalid(format!("a calendar event has at most {LONGEST} characters")));
    }
    if text.is_empty() || text.contains(char::is_control) {
        return Err(wrong(&text.escape_debug().to_string(), "it is empty or holds control characters"));
    }
    let plain = WORDS.iter().find(|(word, _)| *word == text).map_or(text, |(_, meaning)| meaning);
    parts(plain).map_err(|why| wrong(text, why))
}

fn parts(text: &str) -> Result<Rule, String> {
    let (text, utc) = without_utc(text);
    let (names, rest) = weekday_names(text);
    let weekdays = if names.is_empty() { Set::of(&[WEEKDAY.all()]) } else { weekdays(names)? };
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let (date, clock) = match words.as_slice() {
        [] if names.is_empty() => return Err("it names neither a day nor a time".to_owned()),
        [] => (None, None),
        [date] if date.contains('-') => (Some(*date), None),
        [clock] => (None, Some(*clock)),
        [date, clock] if date.contains('-') => (Some(*date), Some(*clock)),
        [.., word] if word.starts_with(|c: char| c.is_alphabetic()) => {
            return Err(format!("of time zones only 'UTC' can be named, not '{word}'"));
        }
        _ => return Err("it has more parts than weekdays, date and time, in this order".to_owned()),
    };
    let (years, months, days) = match date {
        Some(date) => read_date(date)?,
        None => (Vec::new(), vec![MONTH.all()], vec![DAY.all()]),
    };
    let (hours, minutes, seconds) = match clock {
        Some(clock) => read_clock(clock)?,
        None => (vec![Span::single(0)], vec![Span::single(0)], vec![Span::single(0)]),
    };
    Ok(Rule {
        weekdays,
        years,
        months: Set::of(&months),
        days: Set::of(&days),
        hours: Set::of(&hours),
        minutes: Set::of(&minutes),
        seconds: Set::of(&seconds),
        utc,
    })
}

fn without_utc(text: &str) -> (&str, bool) {
    let cut = text.len().checked_sub(3).and_then(|place| text.split_at_checked(place));
    match cut {
        Some((rest, zone)) if zone.eq_ignore_ascii_case("utc") => (rest.trim_ascii_end(), true),
        _ => (text, false),
    }
}

/// The names of weekdays at the start, and what follows them.
fn weekday_names(text: &str) -> (&str, &str) {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return ("", text);
    }
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || c == ',' || c == '.')).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn weekdays(names: &str) -> Result<Set, String> {
    let mut set = Set::NONE;
    for item in names.split(',') {
        let (first, last) = match item.split_once("..") {
            Some((first, last)) => (weekday(first)?, weekday(last)?),
            None => (weekday(item)?, weekday(item)?),
        };
        // 'sat..mon' goes over the end of the week.
        let spans = if first <= last {
            vec![Span { first, last, step: 1 }]
        } else {
            vec![Span { first, last: WEEKDAY.high, step: 1 }, Span { first: WEEKDAY.low, last, step: 1 }]
        };
        set = Set(set.0 | Set::of(&spans).0);
    }
    Ok(set)
}

fn weekday(name: &str) -> Result<i16, String> {
    let lower = name.to_ascii_lowercase();
    let found = WEEKDAYS.iter().zip(1..).find(|(long, _)| **long == lower || long.get(..3) == Some(&*lower));
    match found {
        Some((_, number)) => Ok(number),
        None if name.is_empty() => Err("the name of a weekday is missing".to_owned()),
        None if WORDS.iter().any(|(word, _)| *word == lower) => {
            Err(format!("'{lower}' is written in small letters and stands alone"))
        }
        None => Err(format!("'{name}' is no weekday ('mon' or 'monday')")),
    }
}

type Three = (Vec<Span>, Vec<Span>, Vec<Span>);

fn read_date(text: &str) -> Result<Three, String> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        // `*` is every year, written as none in particular.
        ["*", month, day] => Ok((Vec::new(), MONTH.read(month)?, DAY.read(day)?)),
        [year, month, day] => Ok((YEAR.read(year)?, MONTH.read(month)?, DAY.read(day)?)),
        [month, day] => Ok((Vec::new(), MONTH.read(month)?, DAY.read(day)?)),
        _ => Err(format!("the date '{text}' is not YEARS-MONTHS-DAYS or MONTHS-DAYS")),
    }
}

fn read_clock(text: &str) -> Result<Three, String> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        // A number alone is minutes, of every hour.
        [minute] => Ok((vec![HOUR.all()], MINUTE.read(minute)?, vec![Span::single(0)])),
        [hour, minute] => Ok((HOUR.read(hour)?, MINUTE.read(minute)?, vec![Span::single(0)])),
        [hour, minute, second] => Ok((HOUR.read(hour)?, MINUTE.read(minute)?, SECOND.read(second)?)),
        _ => Err(format!("the time '{text}' is not HOURS:MINUTES:SECONDS")),
    }
}

impl Span {
    fn single(number: i16) -> Self {
        Self { first: number, last: number, step: 1 }
    }
}

impl Field {
    fn all(&self) -> Span {
        Span { first: self.low, last: self.high, step: 1 }
    }

    /// `*`, `*/STEP`, or a list of `N`, `N/STEP`, `N..M` and `N..M/STEP`.
    fn read(&self, text: &str) -> Result<Vec<Span>, String> {
        if text == "*" {
            return Ok(vec![self.all()]);
        }
        if let Some(step) = text.strip_prefix("*/") {
            return Ok(vec![Span { step: self.step(step)?, ..self.all() }]);
        }
        text.split(',').map(|item| self.item(item)).collect()
    }

    fn item(&self, item: &str) -> Result<Span, String> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(self.step(step)?)),
            None => (item, None),
        };
        match range.split_once("..") {
            Some((first, last)) => {
                let (first, last) = (self.number(first)?, self.number(last)?);
                if first > last {
                    return Err(format!("the {} range '{range}' runs backwards", self.name));
                }
                Ok(Span { first, last, step: step.unwrap_or(1) })
            }
            None => {
                let first = self.number(range)?;
                Ok(Span {
                    first,
                    last: if step.is_some() { self.high } else { first },
                    step: step.unwrap_or(1),
                })
            }
        }
    }

    fn number(&self, text: &str) -> Result<i16, String> {
        let Self { name, low, high } = self;
        if text.is_empty() {
            return Err(format!("a {name} is missing"));
        }
        if text.contains('~') {
            return Err(format!("'{text}': days are not counted from the end of the month"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("'{text}' is no {name}"));
        }
        let number = text.parse::<i16>().ok().filter(|number| (low..=high).contains(&number));
        number.ok_or_else(|| format!("{name} {text} is not within {low} to {high}"))
    }

    fn step(&self, text: &str) -> Result<i16, String> {
        let high = self.high;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<i16>().ok().filter(|number| digits && (1..=high).contains(number));
        number.ok_or_else(|| format!("the {} step '{text}' is not within 1 to {high}", self.name))
    }
}
