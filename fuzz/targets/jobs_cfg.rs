//! `jobs.cfg` and the schedules in it: nothing panics, what is not changed stays, what was written once
//! stays, and jobs of other kinds survive a change.

#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use usher::format::jobs_cfg::{parse, render};
use usher::model::job::{JobChanges, Setting};

fuzz_target!(|text: &[u8]| {
    let (mut jobs, _) = parse(text);
    assert_eq!(render(&jobs), text);
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let ids: Vec<_> = jobs.iter().map(|job| job.id().clone()).collect();
    for id in ids {
        let job = jobs.get(&id).unwrap();
        if let Some(next) = job.schedule().next_after(1_700_000_000, &zone) {
            assert!(next > 1_700_000_000);
        }
        let set = vec![Setting::parse("comment", "changed").unwrap()];
        jobs.modify(&id, JobChanges { set, delete: Vec::new() }).unwrap();
    }
    let once = render(&jobs);
    let again = parse(&once).0;
    assert!(again == jobs);
    assert_eq!(render(&again), once);
});
