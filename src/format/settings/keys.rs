//! What security keys are told about this place.

use crate::error::{Error, Result};
use crate::model::tfa::{RelyingParty, U2fApplication};
use serde::Deserialize;

/// The table `[webauthn]`.
#[derive(Deserialize)]
#[serde(try_from = "WebauthnTable")]
pub(super) struct Webauthn(pub RelyingParty);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WebauthnTable {
    id: String,
    origin: String,
    rp: Option<String>,
    allow_subdomains: Option<bool>,
}

impl TryFrom<WebauthnTable> for Webauthn {
    type Error = Error;

    fn try_from(table: WebauthnTable) -> Result<Self> {
        let subdomains = table.allow_subdomains.unwrap_or(true);
        RelyingParty::new(&table.id, &table.origin, table.rp.as_deref(), subdomains).map(Self)
    }
}

/// The table `[u2f]`.
#[derive(Deserialize)]
#[serde(try_from = "U2fTable")]
pub(super) struct U2f(pub U2fApplication);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct U2fTable {
    appid: String,
    origin: Option<String>,
}

impl TryFrom<U2fTable> for U2f {
    type Error = Error;

    fn try_from(table: U2fTable) -> Result<Self> {
        U2fApplication::new(&table.appid, table.origin.as_deref()).map(Self)
    }
}
