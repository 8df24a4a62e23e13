//! Security keys of the older protocol: FIDO U2F Raw Message Formats v1.2, section 5.

use super::digest::{failed, from_base64, from_base64url, sha256, to_base64url};
use super::password::random;
use crate::error::Result;
use crate::model::tfa::{Challenges, Factor, FactorKind, OpenChallenge, U2fApplication, UserFactors};
use openssl::bn::BigNumContext;
use openssl::ec::{EcGroup, EcKey, EcPoint};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::sign::Verifier;
use serde::Deserialize;
use serde_json::{Value, json};

/// What a browser says it signed (FIDO U2F Raw Message Formats v1.2, section 7).
#[derive(Deserialize)]
struct ClientData {
    typ: String,
    challenge: String,
    origin: String,
}

/// What a browser sends back (FIDO U2F JavaScript API v1.2, section 3.1.3).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    key_handle: String,
    client_data: String,
    signature_data: String,
}

fn enabled(factors: &UserFactors) -> impl Iterator<Item = &Factor> {
    factors.of_kind(FactorKind::U2f).iter().filter(|one| one.enable)
}

/// A question for the keys of a user, as clients get it and as it is kept; `None` when the user has none. `now` is
/// in seconds since 1970.
///
/// # Errors
/// If the system gives no randomness.
pub(super) fn ask(
    application: &U2fApplication,
    factors: &UserFactors,
    now: i64,
) -> Result<Option<(Value, OpenChallenge)>> {
    let keys: Vec<&Value> = enabled(factors).filter_map(|one| one.entry.get("key")).collect();
    if keys.is_empty() {
        return Ok(None);
    }
    let challenge = to_base64url(&random::<32>()?);
    let question = json!({"challenge": {"challenge": challenge, "appId": application.id}, "keys": keys});
    Ok(Some((question, OpenChallenge { challenge, created: now, state: None })))
}

/// Whether this is the answer of one of the user's keys to a question that is open. Then, and when it is wrong, the
/// question is no longer open.
///
/// # Errors
/// If OpenSSL fails.
pub(super) fn is_right(
    application: &U2fApplication,
    factors: &UserFactors,
    open: &mut Challenges,
    answer: &str,
    now: i64,
) -> Result<bool> {
    let Some(claim) = Claim::read(answer) else { return Ok(false) };
    let answers = open.take(&claim.client.challenge, now).is_some();
    let here = claim.client.typ == "navigator.id.getAssertion" && claim.client.origin == application.origin;
    let key = enabled(factors).find_map(|one| public_key(one, &claim.handle));
    let Some(key) = key.filter(|_| answers && here) else { return Ok(false) };
    claim.is_signed_by(&key, application)
}

/// The public key of a factor, if it is the one with this handle.
fn public_key(factor: &Factor, handle: &[u8]) -> Option<Vec<u8>> {
    let stored = factor.entry.get("key")?.get("keyHandle")?.as_str()?;
    let key = factor.entry.get("public-key")?.as_str()?;
    if from_base64url(stored)? == handle { from_base64(key) } else { None }
}

/// An answer, taken apart.
struct Claim {
    handle: Vec<u8>,
    client: ClientData,
    client_data: Vec<u8>,
    presence: u8,
    counter: [u8; 4],
    signature: Vec<u8>,
}

impl Claim {
    fn read(text: &str) -> Option<Self> {
        let answer: Answer = serde_json::from_str(text).ok()?;
        let client_data = from_base64url(&answer.client_data)?;
        let signed = from_base64url(&answer.signature_data)?;
        let (presence, rest) = signed.split_first()?;
        let (counter, signature) = rest.split_first_chunk::<4>()?;
        Some(Self {
            handle: from_base64url(&answer.key_handle)?,
            client: serde_json::from_slice(&client_data).ok()?,
            client_data,
            presence: *presence,
            counter: *counter,
            signature: signature.to_vec(),
        })
    }

    fn is_signed_by(&self, key: &[u8], application: &U2fApplication) -> Result<bool> {
        // Without the touch of a finger a key signs whatever a program on the machine wants.
        if self.presence & 1 == 0 {
            return Ok(false);
        }
        let mut message = sha256(application.id.as_bytes()).to_vec();
        message.push(self.presence);
        message.extend(self.counter);
        message.extend(sha256(&self.client_data));
        verify(key, &message, &self.signature)
            .map_err(|fault| failed("verify the answer of a security key", &fault))
    }
}

/// Whether `signature` is that of the key on the curve P-256, an uncompressed point, over `message`. A key or
/// signature that is none verifies nothing.
fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> std::result::Result<bool, ErrorStack> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    let mut context = BigNumContext::new()?;
    let Ok(point) = EcPoint::from_bytes(&group, key, &mut context) else { return Ok(false) };
    let Ok(key) = EcKey::from_public_key(&group, &point) else { return Ok(false) };
    let key = PKey::from_ec_key(key)?;
    let mut verifier = Verifier::new(MessageDigest::sha256(), &key)?;
    verifier.update(message)?;
    Ok(verifier.verify(signature).unwrap_or(false))
}
