//! Any bytes can be read as `usher.toml` or are refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::settings;

fuzz_target!(|bytes: &[u8]| {
    drop(settings::parse(bytes));
});
