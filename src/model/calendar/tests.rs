use super::*;
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

fn event(text: &str) -> CalendarEvent {
    CalendarEvent::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Central European time, as the rule stands today: clocks change at 1:00 UTC on the last Sundays of
/// March and October.
fn berlin() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

/// Half an hour of daylight saving time.
fn lord_howe() -> TimeZone {
    TimeZone::posix("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").unwrap()
}

/// The next moments after a local one, as local time with its offset in hours.
fn next(text: &str, zone: &TimeZone, from: &str, count: usize) -> Vec<String> {
    let mut moment =
        from.parse::<DateTime>().unwrap().to_zoned(zone.clone()).unwrap().timestamp().as_second();
    let event = event(text);
    let mut found = Vec::new();
    while let Some(after) = event.next_after(moment, zone).filter(|_| found.len() < count) {
        let zoned = Timestamp::from_second(after).unwrap().to_zoned(zone.clone());
        let offset = f64::from(zoned.offset().seconds()) / 3600.0;
        found.push(format!("{} {offset}", zoned.datetime().strftime("%a %F %T")));
        moment = after;
    }
    found
}

fn utc(text: &str, from: &str) -> Vec<String> {
    let found = next(text, &TimeZone::UTC, from, 4);
    let short = |moment: &str| moment.strip_suffix(":00").unwrap_or(moment).to_owned();
    found.iter().map(|moment| short(moment.strip_suffix(" 0").unwrap())).collect()
}

#[test]
fn the_next_moments() {
    let start = "2026-01-01T00:00:00";
    for (text, moments) in [
        (
            "minutely",
            ["Thu 2026-01-01 00:01", "Thu 2026-01-01 00:02", "Thu 2026-01-01 00:03", "Thu 2026-01-01 00:04"],
        ),
        (
            "hourly",
            ["Thu 2026-01-01 01:00", "Thu 2026-01-01 02:00", "Thu 2026-01-01 03:00", "Thu 2026-01-01 04:00"],
        ),
        (
            "daily",
            ["Fri 2026-01-02 00:00", "Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Mon 2026-01-05 00:00"],
        ),
        (
            "weekly",
            ["Mon 2026-01-05 00:00", "Mon 2026-01-12 00:00", "Mon 2026-01-19 00:00", "Mon 2026-01-26 00:00"],
        ),
        (
            "monthly",
            ["Sun 2026-02-01 00:00", "Sun 2026-03-01 00:00", "Wed 2026-04-01 00:00", "Fri 2026-05-01 00:00"],
        ),
        (
            "quarterly",
            ["Wed 2026-04-01 00:00", "Wed 2026-07-01 00:00", "Thu 2026-10-01 00:00", "Fri 2027-01-01 00:00"],
        ),
        (
            "semiannually",
            ["Wed 2026-07-01 00:00", "Fri 2027-01-01 00:00", "Thu 2027-07-01 00:00", "Sat 2028-01-01 00:00"],
        ),
        (
            "yearly",
            ["Fri 2027-01-01 00:00", "Sat 2028-01-01 00:00", "Mon 2029-01-01 00:00", "Tue 2030-01-01 00:00"],
        ),
        (
            "mon..fri 8:00",
            ["Thu 2026-01-01 08:00", "Fri 2026-01-02 08:00", "Mon 2026-01-05 08:00", "Tue 2026-01-06 08:00"],
        ),
        (
            "sat,sun",
            ["Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Sat 2026-01-10 00:00", "Sun 2026-01-11 00:00"],
        ),
        (
            "fri..mon 8:00",
            ["Fri 2026-01-02 08:00", "Sat 2026-01-03 08:00", "Sun 2026-01-04 08:00", "Mon 2026-01-05 08:00"],
        ),
        (
            "*",
            ["Thu 2026-01-01 00:01", "Thu 2026-01-01 00:02", "Thu 2026-01-01 00:03", "Thu 2026-01-01 00:04"],
        ),
        (
            "*/25",
            ["Thu 2026-01-01 00:25", "Thu 2026-01-01 00:50", "Thu 2026-01-01 01:00", "Thu 2026-01-01 01:25"],
        ),
        (
            "30/10",
            ["Thu 2026-01-01 00:30", "Thu 2026-01-01 00:40", "Thu 2026-01-01 00:50", "Thu 2026-01-01 01:30"],
        ),
        (
            "8..17/9:0/45",
            ["Thu 2026-01-01 08:00", "Thu 2026-01-01 08:45", "Thu 2026-01-01 17:00", "Thu 2026-01-01 17:45"],
        ),
        (
            "8,20:15",
            ["Thu 2026-01-01 08:15", "Thu 2026-01-01 20:15", "Fri 2026-01-02 08:15", "Fri 2026-01-02 20:15"],
        ),
        (
            "12:00:30",
            [
                "Thu 2026-01-01 12:00:30",
                "Fri 2026-01-02 12:00:30",
                "Sat 2026-01-03 12:00:30",
                "Sun 2026-01-04 12:00:30",
            ],
        ),
        (
            "sat *-1..7 15:00",
            ["Sat 2026-01-03 15:00", "Sat 2026-02-07 15:00", "Sat 2026-03-07 15:00", "Sat 2026-04-04 15:00"],
        ),
        (
            "*-31",
            ["Sat 2026-01-31 00:00", "Tue 2026-03-31 00:00", "Sun 2026-05-31 00:00", "Fri 2026-07-31 00:00"],
        ),
        (
            "*-2-29",
            ["Tue 2028-02-29 00:00", "Sun 2032-02-29 00:00", "Fri 2036-02-29 00:00", "Wed 2040-02-29 00:00"],
        ),
        (
            "sun *-02-29",
            ["Sun 2032-02-29 00:00", "Sun 2060-02-29 00:00", "Sun 2088-02-29 00:00", "Sun 2128-02-29 00:00"],
        ),
        (
            "2027/2-12-24 18:00",
            ["Fri 2027-12-24 18:00", "Mon 2029-12-24 18:00", "Wed 2031-12-24 18:00", "Sat 2033-12-24 18:00"],
        ),
        (
            "10-*/10 0:00 UTC",
            ["Thu 2026-10-01 00:00", "Sun 2026-10-11 00:00", "Wed 2026-10-21 00:00", "Sat 2026-10-31 00:00"],
        ),
    ] {
        assert_eq!(utc(text, start), moments, "{text}");
    }
    for text in ["2-30", "2015-10-21", "2026-1-1", "*-4,6-31"] {
        assert_eq!(utc(text, start), [""; 0], "{text}");
    }
    // 2100 is no leap year.
    assert_eq!(utc("*-2-29", "2096-03-01T00:00:00")[0], "Fri 2104-02-29 00:00");
    assert_eq!(utc("*-2-29", "2196-03-01T00:00:00"), [""; 0]);
}

#[test]
fn when_clocks_change() {
    let (berlin, howe) = (berlin(), lord_howe());
    for (text, zone, from, moments) in [
        // Put forward: 2:00 to 3:00.
        ("2:30", &berlin, "2027-03-27T12:00:00", ["Sun 2027-03-28 03:00:00 2", "Mon 2027-03-29 02:30:00 2"]),
        (
            "2:0/20",
            &berlin,
            "2027-03-28T01:00:00",
            ["Sun 2027-03-28 03:00:00 2", "Mon 2027-03-29 02:00:00 2"],
        ),
        ("3:00", &berlin, "2027-03-28T01:00:00", ["Sun 2027-03-28 03:00:00 2", "Mon 2027-03-29 03:00:00 2"]),
        (
            "2,3:30",
            &berlin,
            "2027-03-28T01:59:59",
            ["Sun 2027-03-28 03:00:00 2", "Sun 2027-03-28 03:30:00 2"],
        ),
        (
            "*:0/30",
            &berlin,
            "2027-03-28T01:10:00",
            ["Sun 2027-03-28 01:30:00 1", "Sun 2027-03-28 03:00:00 2"],
        ),
        ("30", &berlin, "2027-03-28T01:30:00", ["Sun 2027-03-28 03:30:00 2", "Sun 2027-03-28 04:30:00 2"]),
        // Put back: 3:00 to 2:00.
        ("2:30", &berlin, "2026-10-24T12:00:00", ["Sun 2026-10-25 02:30:00 2", "Mon 2026-10-26 02:30:00 1"]),
        ("2,3:0", &berlin, "2026-10-25T01:00:00", ["Sun 2026-10-25 02:00:00 2", "Sun 2026-10-25 03:00:00 1"]),
        (
            "*:0/30",
            &berlin,
            "2026-10-25T02:10:00",
            ["Sun 2026-10-25 02:30:00 2", "Sun 2026-10-25 02:00:00 1"],
        ),
        ("daily", &berlin, "2026-10-24T12:00:00", ["Sun 2026-10-25 00:00:00 2", "Mon 2026-10-26 00:00:00 1"]),
        (
            "2:30 UTC",
            &berlin,
            "2027-03-27T12:00:00",
            ["Sun 2027-03-28 04:30:00 2", "Mon 2027-03-29 04:30:00 2"],
        ),
        // By half an hour.
        ("2:15", &howe, "2026-10-03T12:00:00", ["Sun 2026-10-04 02:30:00 11", "Mon 2026-10-05 02:15:00 11"]),
        (
            "1:45",
            &howe,
            "2027-04-03T12:00:00",
            ["Sun 2027-04-04 01:45:00 11", "Mon 2027-04-05 01:45:00 10.5"],
        ),
        (
            "*:40",
            &howe,
            "2027-04-04T01:20:00",
            ["Sun 2027-04-04 01:40:00 11", "Sun 2027-04-04 01:40:00 10.5"],
        ),
    ] {
        assert_eq!(next(text, zone, from, 2), moments, "{text} after {from}");
    }
}

#[test]
fn an_hour_that_comes_twice_is_counted_once_from_its_middle() {
    let zone = berlin();
    // 2:10, the second time: 1:10 UTC.
    let second = "2026-10-25T01:10:00Z".parse::<Timestamp>().unwrap().as_second();
    let shown = |text| {
        let found = event(text).next_after(second, &zone).unwrap();
        Timestamp::from_second(found).unwrap().to_string()
    };
    assert_eq!(shown("2:30"), "2026-10-26T01:30:00Z");
    assert_eq!(shown("*:30"), "2026-10-25T01:30:00Z");
    assert_eq!(shown("2,3:00"), "2026-10-25T02:00:00Z");
}

#[test]
fn words_of_refusal() {
    for (text, why) in [
        ("", "it is empty or holds control characters"),
        ("a\nb", "it is empty or holds control characters"),
        ("UTC", "it names neither a day nor a time"),
        ("25:00", "hour 25 is not within 0 to 23"),
        ("8:60", "minute 60 is not within 0 to 59"),
        ("8:00:99", "second 99 is not within 0 to 59"),
        ("13-1", "month 13 is not within 1 to 12"),
        ("*-0", "day 0 is not within 1 to 31"),
        ("2200-1-1", "year 2200 is not within 0 to 2199"),
        ("99999999999:00", "hour 99999999999 is not within 0 to 23"),
        ("17..8:00", "the hour range '17..8' runs backwards"),
        ("8:0/0", "the minute step '0' is not within 1 to 59"),
        ("8:0/60", "the minute step '60' is not within 1 to 59"),
        ("*,5:00", "'*' is no hour"),
        ("8:", "a minute is missing"),
        ("8:+5", "'+5' is no minute"),
        ("8:00:0.5", "'0.5' is no second"),
        ("1:2:3:4", "the time '1:2:3:4' is not HOURS:MINUTES:SECONDS"),
        ("1-2-3-4", "the date '1-2-3-4' is not YEARS-MONTHS-DAYS or MONTHS-DAYS"),
        ("*-*-~1 0:00", "'~1': days are not counted from the end of the month"),
        ("mo 8:00", "'mo' is no weekday ('mon' or 'monday')"),
        ("mon.. 8:00", "the name of a weekday is missing"),
        ("mon,8:00", "the name of a weekday is missing"),
        ("Daily", "'daily' is written in small letters and stands alone"),
        ("daily 8:00", "'daily' is written in small letters and stands alone"),
        ("8:00 Europe/Berlin", "of time zones only 'UTC' can be named, not 'Europe/Berlin'"),
        ("8:00 9:00", "it has more parts than weekdays, date and time, in this order"),
        ("8:00 *-1", "it has more parts than weekdays, date and time, in this order"),
        ("mon 1-1 8:00 9:00", "it has more parts than weekdays, date and time, in this order"),
        ("é 8:00", "it has more parts than weekdays, date and time, in this order"),
    ] {
        let error = CalendarEvent::parse(text).expect_err(text);
        let shown = text.escape_debug();
        assert_eq!(error.to_string(), format!("'{shown}' is no calendar event: {why}"));
        assert!(error.hint().is_some_and(|hint| hint.contains("mon..fri 8:00")));
    }
    let long = format!("8:{}", "0,".repeat(64));
    assert_eq!(
        CalendarEvent::parse(&long).unwrap_err().to_string(),
        "a calendar event has at most 128 characters"
    );
}

#[test]
fn ways_to_write_it() {
    let rule = |text: &str| event(text).rule;
    for (one, other) in [
        ("mon,tue,wed,thu,fri", "Monday..FRIDAY 0:00"),
        ("*/5", "0/5"),
        ("fri 12..13:5/20", "fri 12,13:5,25,45"),
        ("12/2:5", "12,14,16,18,20,22:5"),
        ("*", "*/1"),
        ("*-05", "*-*-5 00:00:00"),
        ("mon8:00UTC", " mon  08:00 utc "),
        ("daily", "*-*-* 0:0:0"),
        ("annually", "yearly"),
        ("sun..sat", "*-*-*"),
    ] {
        assert_eq!(rule(one), rule(other), "{one}");
    }
    assert_eq!(event(" 8:00 ").to_string(), "8:00");
    assert_ne!(rule("5"), rule("5:0"));
}

/// A field as it may be written.
fn field(low: u8, high: u8) -> impl Strategy<Value = String> {
    let item = (low..=high, low..=high, 1..=high, 0..4u8).prop_map(|(a, b, step, form)| match form {
        0 => format!("{a}"),
        1 => format!("{a}/{step}"),
        2 => format!("{}..{}", a.min(b), a.max(b)),
        _ => format!("{}..{}/{step}", a.min(b), a.max(b)),
    });
    prop_oneof![
        proptest::prelude::Just("*".to_owned()),
        (1..=high).prop_map(|step| format!("*/{step}")),
        prop::collection::vec(item, 1..3).prop_map(|items| items.join(",")),
    ]
}

fn events() -> impl Strategy<Value = String> {
    let weekdays = prop_oneof![
        proptest::prelude::Just(String::new()),
        (0..7usize, 0..7usize).prop_map(|(first, last)| {
            let names = ["mon", "tuesday", "Wed", "thu", "fri", "sat", "SUNDAY"];
            format!("{}..{} ", names[first], names[last])
        }),
    ];
    let clock = (field(0, 23), field(0, 59), field(0, 59)).prop_map(|(h, m, s)| format!("{h}:{m}:{s}"));
    (weekdays, field(1, 12), field(1, 28), clock).prop_map(|(w, m, d, clock)| format!("{w}{m}-{d} {clock}"))
}

proptest! {
    /// The next moment is behind, it fits, and nothing that fits lies between.
    #[test]
    fn the_next_moment_is_the_first_that_fits(text in events(), after in 1_700_000_000..2_000_000_000i64) {
        let (event, zone) = (event(&text), TimeZone::UTC);
        let local = |moment: i64| Timestamp::from_second(moment).unwrap().to_zoned(zone.clone()).datetime();
        let Some(next) = event.next_after(after, &zone) else { return Ok(()) };
        prop_assert!(next > after);
        prop_assert!(event.names(local(next)));
        for between in (after + 1..next).take(200).chain((next - 200).max(after + 1)..next) {
            prop_assert!(!event.names(local(between)));
            prop_assert_eq!(event.next_after(between, &zone), Some(next));
        }
    }

    /// Where clocks change, moments still come in order, and fit or are those of the change.
    #[test]
    fn local_moments_fit(text in events(), half_year in 0..10i64, ahead in -100_000..200_000i64) {
        let (event, zone) = (event(&text), berlin());
        let change = zone.following(Timestamp::from_second(1_700_000_000 + half_year * 15_778_800).unwrap());
        let change = change.map(|one| one.timestamp().as_second()).next().unwrap();
        let Some(next) = event.next_after(change - ahead, &zone) else { return Ok(()) };
        prop_assert!(next > change - ahead);
        let local = Timestamp::from_second(next).unwrap().to_zoned(zone.clone()).datetime();
        // It may be another change, years later, that leaves out the hour the event names.
        let changes = zone.preceding(Timestamp::from_second(next + 1).unwrap()).next();
        let at_a_change = changes.is_some_and(|one| one.timestamp().as_second() == next);
        prop_assert!(event.names(local) || at_a_change, "{local}");
        prop_assert_eq!(event.next_after(next - 1, &zone), Some(next));
    }

    #[test]
    fn nothing_panics(text in "[a-z*0-9/:,.~ \\-]{0,40}|.{0,10}") {
        if let Ok(event) = CalendarEvent::parse(&text) {
            event.next_after(1_700_000_000, &berlin());
        }
    }
}
