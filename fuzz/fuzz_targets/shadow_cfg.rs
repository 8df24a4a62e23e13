//! Any bytes can be read as `priv/shadow.cfg`, and untouched they are written as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::shadow_cfg::Shadow;

fuzz_target!(|bytes: &[u8]| {
    let (mut shadow, _) = Shadow::parse(bytes);
    assert_eq!(shadow.render(), bytes);
    if shadow.set("joe", "$5$salt$hash").is_ok() {
        let (again, _) = Shadow::parse(&shadow.render());
        assert_eq!(again.get("joe"), Some("$5$salt$hash"));
    }
});
