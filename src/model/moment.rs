//! Points in time as files and programs write them: RFC 3339, in UTC.

use jiff::Timestamp;

/// A moment, in seconds since 1970, as `2027-01-31T08:00:00Z`.
pub fn to_rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// Reads such a moment back, in any offset from UTC.
pub fn from_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_written() {
        assert_eq!(to_rfc3339(1_801_353_600), "2027-01-31T00:00:00Z");
        assert_eq!(from_rfc3339("2027-01-31T00:00:00Z"), Some(1_801_353_600));
        assert_eq!(from_rfc3339("2027-01-31T01:00:00+01:00"), Some(1_801_353_600));
        assert_eq!(from_rfc3339("yesterday"), None);
    }
}
