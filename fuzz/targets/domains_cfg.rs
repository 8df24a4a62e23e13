//! `domains.cfg`: nothing panics, and what was written once stays.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::domains_cfg::{parse, render};

fuzz_target!(|text: &[u8]| {
    let once = render(&parse(text).0);
    assert_eq!(render(&parse(&once).0), once);
});
