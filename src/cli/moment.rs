//! Points in time as people type them.

use crate::error::{Error, Result};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Reads a date (`2027-01-31`: its first moment in the local time zone) or a span from now (`12h`,
/// `90d`, `6w`, `1y`) as seconds since 1970.
///
/// # Errors
/// [`Error::Invalid`] when it is neither.
pub fn parse(text: &str) -> Result<u64> {
    parse_at(text, Timestamp::now(), &TimeZone::system())
}

/// Reads a moment that has passed, as seconds since 1970: RFC 3339, a date (its first moment), a date with a time of
/// day, both in the local time zone, or a span up to now (`12h`, `7d`).
///
/// # Errors
/// [`Error::Invalid`] when it is none of these.
pub fn past(text: &str) -> Result<i64> {
    past_at(text, false, Timestamp::now(), &TimeZone::system())
}

/// The same for the end of a stretch of time: a date is its last moment, and a minute its last second.
///
/// # Errors
/// As [`past`].
pub fn past_until(text: &str) -> Result<i64> {
    past_at(text, true, Timestamp::now(), &TimeZone::system())
}

fn past_at(text: &str, end: bool, now: Timestamp, zone: &TimeZone) -> Result<i64> {
    let local =
        |time: DateTime| time.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp().as_second());
    // A date reads a time of day behind it without a word.
    let date = text.parse::<Date>().ok().filter(|_| !text.contains(':'));
    let moment = if let Some(date) = date {
        match end {
            false => local(date.at(0, 0, 0, 0)),
            true => date.tomorrow().ok().and_then(|next| local(next.at(0, 0, 0, 0))).map(|next| next - 1),
        }
    } else if let Ok(moment) = text.parse::<Timestamp>() {
        Some(moment.as_second())
    } else if let Ok(time) = text.parse::<DateTime>() {
        let minute = end && text.matches(':').count() == 1;
        local(time).map(|moment| if minute { moment + 59 } else { moment })
    } else {
        span(text, now, zone).map(|later| 2 * now.as_second() - later.as_second())
    };
    moment.ok_or_else(|| {
        Error::invalid(format!("'{text}' is no point in time")).with_hint(
            "a date like 2027-01-31, a time like '2027-01-31 08:00', or a span up to now like 12h, 7d",
        )
    })
}

/// Now, in seconds since 1970.
pub fn now() -> i64 {
    Timestamp::now().as_second()
}

/// The local time zone.
pub fn zone() -> TimeZone {
    TimeZone::system()
}

/// A moment, in seconds since 1970, as people of a time zone read it: `2027-01-31 08:00`.
pub fn shown(seconds: i64, zone: &TimeZone) -> String {
    match Timestamp::from_second(seconds) {
        Ok(moment) => moment.to_zoned(zone.clone()).strftime("%F %H:%M").to_string(),
        Err(_) => seconds.to_string(),
    }
}

fn parse_at(text: &str, now: Timestamp, zone: &TimeZone) -> Result<u64> {
    let moment = match text.parse::<Date>() {
        Ok(date) => date.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp()),
        Err(_) => span(text, now, zone),
    };
    let seconds = moment.and_then(|moment| u64::try_from(moment.as_second()).ok());
    seconds.ok_or_else(|| {
        Error::invalid(format!("'{text}' is no point in time"))
            .with_hint("seconds since 1970, a date like 2027-01-31, or a span like 90d, 12h, 6w, 1y")
    })
}

fn span(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let unit = text.chars().last()?;
    let count: i64 = text.strip_suffix(unit)?.parse().ok().filter(|count| *count >= 0)?;
    let span = match unit {
        'h' => 0.seconds().try_hours(count),
        'd' => 0.seconds().try_days(count),
        'w' => 0.seconds().try_weeks(count),
        'y' => 0.seconds().try_years(count),
        _ => return None,
    };
    let then = now.to_zoned(zone.clone()).checked_add(span.ok()?).ok()?;
    Some(then.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_for_people() {
        assert_eq!(shown(1_801_353_600, &TimeZone::UTC), "2027-01-31 00:00");
        assert_eq!(shown(i64::MAX, &TimeZone::UTC), i64::MAX.to_string());
    }

    #[test]
    fn moments_that_have_passed() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for (text, start, end) in [
            ("2027-01-31", 1_801_353_600, 1_801_440_000 - 1),
            ("2027-01-31 08:00", 1_801_382_400, 1_801_382_459),
            ("2027-01-31T08:00:30", 1_801_382_430, 1_801_382_430),
            ("2027-01-31T08:00:00+01:00", 1_801_378_800, 1_801_378_800),
            ("2h", 1_800_000_000 - 7200, 1_800_000_000 - 7200),
            ("7d", 1_800_000_000 - 7 * 86_400, 1_800_000_000 - 7 * 86_400),
        ] {
            assert_eq!(past_at(text, false, now, &TimeZone::UTC).unwrap(), start, "{text}");
            assert_eq!(past_at(text, true, now, &TimeZone::UTC).unwrap(), end, "{text}");
        }
        for text in ["", "yesterday", "12", "2027-02-30", "25:00"] {
            assert!(past_at(text, false, now, &TimeZone::UTC).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_and_spans() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for (text, seconds) in [
            ("2027-01-31", 1_801_353_600),
            ("1970-01-01", 0),
            ("90d", 1_800_000_000 + 90 * 86_400),
            ("12h", 1_800_000_000 + 12 * 3600),
            ("2w", 1_800_000_000 + 14 * 86_400),
            ("0d", 1_800_000_000),
        ] {
            assert_eq!(parse_at(text, now, &TimeZone::UTC).unwrap(), seconds, "{text}");
        }
        for text in ["", "d", "-1d", "90", "90x", "tomorrow", "2027-02-30", "99999999999999d", "1960-01-01"] {
            assert!(parse_at(text, now, &TimeZone::UTC).is_err(), "{text:?}");
        }
    }
}
