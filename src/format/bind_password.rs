//! `priv/realm/REALM.pw`: the password a realm binds with, on the first line. Older versions of the
//! original kept it in `priv/ldap/REALM.pw`, which is read when the other file is not there.

use crate::error::{Error, Result};
use crate::model::id::RealmId;
use zeroize::Zeroizing;

/// The folders these files are in.
pub const FOLDERS: [&str; 2] = ["priv/realm", "priv/ldap"];

/// The files the password of a realm may be in; the first one that is there counts.
pub fn files(realm: &RealmId) -> [String; 2] {
    [format!("priv/realm/{realm}.pw"), format!("priv/ldap/{realm}.pw")]
}

/// Reads the password out of `file`.
///
/// # Errors
/// [`Error::Invalid`] when it is not UTF-8, which a directory server could not compare.
pub fn read(file: &str, text: &[u8]) -> Result<Zeroizing<String>> {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match str::from_utf8(line) {
        Ok(password) => Ok(Zeroizing::new(password.to_owned())),
        Err(_) => Err(Error::invalid(format!("the password in '{file}' is not UTF-8"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_counts() {
        for (text, password) in
            [("secret", "secret"), ("secret\n", "secret"), (" a b \r\nc\n", " a b \r"), ("", ""), ("\nx", "")]
        {
            assert_eq!(read("x.pw", text.as_bytes()).unwrap().as_str(), password);
        }
        let error = read("x.pw", b"s\xe4cret").unwrap_err().to_string();
        assert!(error.contains("x.pw") && !error.contains("cret"));
    }
}
