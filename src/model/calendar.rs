//! Calendar events: when something that comes again is due, as `mon..fri 8:00` says it.
//!
//! The syntax is that of Proxmox VE's scheduler, which borrows from systemd.time(7); `docs/jobs-cfg.md`
//! has the rules and the differences. This is the search for the next moment.

mod read;

use crate::error::Result;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::fmt;

/// The first year no event is looked for in; systemd and Proxmox VE have the same bound.
const YEARS: i16 = 2200;

/// A checked calendar event. Two are equal when they are written alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    text: Box<str>,
    rule: Rule,
}

/// What an event asks of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    weekdays: Set,
    /// Every year when empty.
    years: Vec<Span>,
    months: Set,
    days: Set,
    hours: Set,
    minutes: Set,
    seconds: Set,
    utc: bool,
}

/// Numbers from 0 to 63.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Set(u64);

/// The numbers `first`, `first + step`, … up to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: i16,
    last: i16,
    step: i16,
}

impl Span {
    fn contains(self, number: i16) -> bool {
        (self.first..=self.last).contains(&number)
            && number.checked_sub(self.first).and_then(|beyond| beyond.checked_rem(self.step)) == Some(0)
    }
}

impl Set {
    const NONE: Self = Self(0);

    fn of(spans: &[Span]) -> Self {
        let contained = |number: u8| spans.iter().any(|span| span.contains(i16::from(number)));
        Self((0..64u8).filter(|number| contained(*number)).fold(0, |bits, number| bits | 1 << number))
    }

    fn contains(self, number: i8) -> bool {
        self.next(number) == Some(number)
    }

    /// The smallest number that is not below `from`.
    fn next(self, from: i8) -> Option<i8> {
        let shift = u32::try_from(from).ok()?;
        let above = self.0.checked_shr(shift)?.checked_shl(shift)?;
        i8::try_from(above.trailing_zeros()).ok().filter(|number| *number < 64)
    }

    fn len(self) -> u32 {
        self.0.count_ones()
    }
}

impl CalendarEvent {
    /// Reads an event.
    ///
    /// # Errors
    /// [`crate::error::Error::Invalid`], which says what about it is wrong and how it is written.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim_ascii();
        Ok(Self { text: text.into(), rule: read::rule(text)? })
    }

    /// The event as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first moment behind `after` the event comes, both in seconds since 1970; `None` when it
    /// never does again. Its hours are those of `zone` unless it says that they are UTC.
    ///
    /// Where clocks are put forward, an event in the hour that is left out comes at the moment they
    /// are. Where they are put back, it comes once, the first time round; one that comes every
    /// hour does so in both. This is what cron(8) does.
    pub fn next_after(&self, after: i64, zone: &TimeZone) -> Option<i64> {
        let zone = if self.rule.utc { &TimeZone::UTC } else { zone };
        let mut base = Timestamp::from_second(after).ok()?;
        let mut from = self.rule.first_countable(base, zone)?;
        // Between two changes of the clocks, local time and time are in step.
        loop {
            let offset = zone.to_offset(base);
            let found = self.rule.first_at(from)?;
            let moment = || Some(offset.to_timestamp(found).ok()?.as_second());
            let Some(change) = zone.following(base).next().map(|change| change.timestamp()) else {
                return moment();
            };
            let before = offset.to_datetime(change);
            let behind = zone.to_offset(change).to_datetime(change);
            if found < before {
                return moment();
            }
            if found < behind && !self.rule.is_hourly() {
                return Some(change.as_second());
            }
            from = if self.rule.is_hourly() { behind } else { behind.max(before) };
            base = change;
        }
    }

    /// Whether a local time is one the event names.
    pub fn names(&self, time: DateTime) -> bool {
        self.rule.first_at(time) == Some(time)
    }
}

impl fmt::Display for CalendarEvent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Rule {
    /// Whether the event comes in every hour of a day on which it comes.
    fn is_hourly(&self) -> bool {
        self.hours.len() == 24
    }

    /// The local time from which to look for what comes behind `after`: the second after it, or the
    /// end of an hour that is going on for the second time.
    fn first_countable(&self, after: Timestamp, zone: &TimeZone) -> Option<DateTime> {
        let second = jiff::SignedDuration::from_secs(1);
        let next = zone.to_offset(after).to_datetime(after).checked_add(second).ok()?;
        let change = zone.preceding(after.checked_add(second).ok()?).next();
        if self.is_hourly() {
            return Some(next);
        }
        let repeated = change.and_then(|change| {
            let change = change.timestamp();
            let before = change.checked_sub(second).ok()?;
            Some(zone.to_offset(before).to_datetime(change))
        });
        Some(repeated.map_or(next, |end| end.max(next)))
    }

    /// The first local time from `from` on that fits.
    fn first_at(&self, from: DateTime) -> Option<DateTime> {
        let mut date = self.next_date(from.date())?;
        let mut clock = (0, 0, 0);
        if date == from.date() {
            clock = (from.hour(), from.minute(), from.second());
        }
        loop {
            if let Some((hour, minute, second)) = self.next_clock(clock) {
                return Some(date.at(hour, minute, second, 0));
            }
            date = self.next_date(date.tomorrow().ok()?)?;
            clock = (0, 0, 0);
        }
    }

    fn next_date(&self, from: Date) -> Option<Date> {
        let (mut year, mut month, mut day) = (from.year(), from.month(), from.day());
        while year < YEARS {
            while self.fits_year(year) {
                let Some(next) = self.months.next(month) else { break };
                if next != month {
                    (month, day) = (next, 1);
                }
                while let Some(date) = self.days.next(day).and_then(|day| Date::new(year, month, day).ok()) {
                    if self.weekdays.contains(date.weekday().to_monday_one_offset()) {
                        return Some(date);
                    }
                    day = date.day() + 1;
                }
                (month, day) = (month + 1, 1);
            }
            (year, month, day) = (year + 1, 1, 1);
        }
        None
    }

    fn fits_year(&self, year: i16) -> bool {
        self.years.is_empty() || self.years.iter().any(|span| span.contains(year))
    }

    fn next_clock(&self, (hour, minute, second): (i8, i8, i8)) -> Option<(i8, i8, i8)> {
        let first = |set: Set| set.next(0);
        if self.hours.contains(hour) {
            if self.minutes.contains(minute)
                && let Some(second) = self.seconds.next(second)
            {
                return Some((hour, minute, second));
            }
            if let Some(minute) = self.minutes.next(minute + 1) {
                return Some((hour, minute, first(self.seconds)?));
            }
        }
        Some((self.hours.next(hour + 1)?, first(self.minutes)?, first(self.seconds)?))
    }
}

#[cfg(test)]
mod tests;
