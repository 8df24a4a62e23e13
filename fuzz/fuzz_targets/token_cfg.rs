//! Any bytes can be read as `priv/token.cfg`, and untouched they are written as they were.
#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::token_cfg::TokenSecrets;
use usher::model::id::TokenId;

fuzz_target!(|bytes: &[u8]| {
    let (mut secrets, _) = TokenSecrets::parse(bytes);
    assert_eq!(secrets.render(), bytes);
    let Ok(token) = TokenId::parse("joe@pve!ci") else { return };
    if secrets.set(&token, "secret").is_ok() {
        let (again, _) = TokenSecrets::parse(&secrets.render());
        assert_eq!(again.get(&token), Some("secret"));
    }
});
