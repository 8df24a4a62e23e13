//! Asking a Yubico validation server.

use crate::error::{Error, Result};
use crate::realm::login::YubicoCheck;
use crate::secret::yubico::{Otp, Service, nonce};
use std::time::Duration;

/// How long a validation server may take, all in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// No honest answer is longer, in bytes.
const LONGEST: u64 = 10_000;

/// Asks the server over the network.
pub struct Network;

impl YubicoCheck for Network {
    fn confirm(&self, service: &Service, otp: &Otp<'_>) -> Result<()> {
        let nonce = nonce()?;
        let request = service.request(otp, &nonce)?;
        service.verify(&ask(&service.url, &request)?, otp, &nonce)
    }
}

/// The answer of the server. The address asked is never part of an error: it holds the password.
fn ask(server: &str, request: &str) -> Result<String> {
    let settings = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
    let failed = |fault: ureq::Error| {
        let why = match fault {
            ureq::Error::StatusCode(code) => format!("it answers with status {code}"),
            ureq::Error::Timeout(_) => "it does not answer in time".to_owned(),
            ureq::Error::Io(fault) => fault.to_string(),
            ureq::Error::HostNotFound => "its host is not known".to_owned(),
            ureq::Error::ConnectionFailed => "no connection".to_owned(),
            ureq::Error::Rustls(fault) => fault.to_string(),
            _ => "its answer makes no sense".to_owned(),
        };
        Error::refused(format!("cannot ask the yubico validation server '{server}': {why}"))
    };
    let mut answer = ureq::Agent::new_with_config(settings).get(request).call().map_err(failed)?;
    answer.body_mut().with_config().limit(LONGEST).read_to_string().map_err(failed)
}
