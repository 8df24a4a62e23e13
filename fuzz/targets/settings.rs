//! `usher.toml` with a catalogue of its own: nothing panics.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let _ = usher::format::settings::parse(text);
});
