//! Any bytes can be read as `priv/tfa.cfg` or are refused; what is read is written as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use usher::format::tfa_cfg::TfaFile;
use usher::model::id::UserId;

fuzz_target!(|bytes: &[u8]| {
    let Ok((mut file, _)) = TfaFile::parse(bytes) else { return };
    assert_eq!(file.render().ok().as_deref(), Some(bytes));
    let Ok(user) = UserId::parse("joe@pve") else { return };
    if file.remove_user(&user) {
        let written = file.render().unwrap_or_default();
        assert!(TfaFile::parse(&written).is_ok_and(|(mut again, _)| !again.remove_user(&user)));
    }
});
