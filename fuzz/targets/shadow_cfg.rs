//! `priv/shadow.cfg`: nothing panics, what was written once stays, every name is found.

#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::shadow_cfg::Shadow;

fuzz_target!(|text: &[u8]| {
    let shadow = Shadow::parse(text).0;
    assert!(shadow.names().all(|name| shadow.get(name).is_some()));
    let once = shadow.render();
    assert_eq!(Shadow::parse(&once).0.render(), once);
});
