//! Points in time as people type them.

use crate::error::{Error, Result};
use jiff::civil::Date;
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
