//! `datacenter.cfg`: what it says about security keys. Nothing else of it is looked at.

use crate::error::Result;
use crate::format::Warning;
use crate::format::encoding::text_of;
use crate::model::tfa::{KeySettings, RelyingParty, U2fApplication};

/// The name of the file.
pub const FILE: &str = "datacenter.cfg";

/// Reads the lines `webauthn: rp=NAME,origin=…,id=DOMAIN` and `u2f: appid=…,origin=…`; the last of each counts.
/// Settings that do not do are told, and as good as missing.
pub fn parse(text: &[u8]) -> (KeySettings, Vec<Warning>) {
    let mut settings = KeySettings::default();
    let mut warnings = Vec::new();
    for (place, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let line = text_of(line);
        let Some((key, value)) = line.split_once(':') else { continue };
        let fields = Fields(value.trim());
        let done = match key {
            "webauthn" => fields.relying_party().map(|party| settings.webauthn = Some(party)),
            "u2f" => fields.application().map(|application| settings.u2f = Some(application)),
            _ => continue,
        };
        if let Err(error) = done {
            let hint = error.hint().map(|hint| format!("; expected {hint}")).unwrap_or_default();
            let message = format!("{key} unavailable, configuration error: {error}{hint}");
            warnings.push(Warning::new(FILE, place + 1, message));
        }
    }
    (settings, warnings)
}

/// A property string: `key=value,key=value`.
struct Fields<'t>(&'t str);

impl<'t> Fields<'t> {
    fn get(&self, key: &str) -> Option<&'t str> {
        let mut pairs = self.0.split(',').filter_map(|pair| pair.trim().split_once('='));
        pairs.rfind(|(name, _)| *name == key).map(|(_, value)| value)
    }

    fn relying_party(&self) -> Result<RelyingParty> {
        let subdomains = !matches!(self.get("allow-subdomains"), Some("0" | "no" | "off" | "false"));
        let (id, origin) = (self.get("id").unwrap_or_default(), self.get("origin").unwrap_or_default());
        RelyingParty::new(id, origin, self.get("rp"), subdomains)
    }

    fn application(&self) -> Result<U2fApplication> {
        U2fApplication::new(self.get("appid").unwrap_or_default(), self.get("origin"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keys_are_told() {
        let (settings, warnings) = parse(
            b"keyboard: de\nu2f: appid=https://pve.example.com:8006\n\
              webauthn: rp=Our cluster,origin=https://pve.example.com:8006,id=example.com,allow-subdomains=0\n",
        );
        assert_eq!(warnings, []);
        let party = settings.webauthn.unwrap();
        assert_eq!((party.name.as_str(), party.id.as_str()), ("Our cluster", "example.com"));
        assert_eq!((party.origin.as_str(), party.allow_subdomains), ("https://pve.example.com:8006", false));
        assert_eq!(settings.u2f.unwrap().origin, "https://pve.example.com:8006");
    }

    #[test]
    fn what_does_not_do_is_told() {
        let (settings, warnings) = parse(b"webauthn: id=example.com,rp=x\n\nu2f: origin=https://x\n");
        assert_eq!(settings, KeySettings::default());
        let told: Vec<_> = warnings.iter().map(|one| (one.line, one.message.as_str())).collect();
        assert_eq!(told.len(), 2);
        assert!(
            told[0].1.starts_with("webauthn unavailable, configuration error: '' is no origin"),
            "{told:?}"
        );
        assert_eq!((told[0].0, told[1].0), (1, 3));
        assert_eq!(parse(b"").1, []);
    }
}
