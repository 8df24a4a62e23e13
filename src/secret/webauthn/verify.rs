//! Asking security keys and judging their answers.

use crate::error::{Error, Result};
use crate::model::tfa::{Challenges, Factor, FactorKind, OpenChallenge, RelyingParty, UserFactors};
use crate::secret::digest::to_base64url;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticationState, COSEKey, Credential, ParsedAttestation, PublicKeyCredential,
    RegisteredExtensions, UserVerificationPolicy,
};

/// How long a browser waits for the key, as the original has it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked of the key: that somebody is there. Who that is, the password has told.
const POLICY: UserVerificationPolicy = UserVerificationPolicy::Discouraged_DO_NOT_USE;

/// What is kept of a key.
#[derive(Deserialize)]
struct Entry {
    cred_id: String,
    cred: COSEKey,
    counter: u32,
    #[serde(default)]
    backup_eligible: bool,
    #[serde(default)]
    backup_state: bool,
}

/// What is known of a key, as the library wants it.
fn credential(factor: &Factor) -> Option<Credential> {
    let entry = Entry::deserialize(&factor.entry).ok()?;
    Some(Credential {
        cred_id: crate::secret::digest::from_base64url(&entry.cred_id)?,
        cred: entry.cred,
        counter: entry.counter,
        transports: None,
        user_verified: false,
        backup_eligible: entry.backup_eligible,
        backup_state: entry.backup_state,
        registration_policy: POLICY,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: AttestationFormat::None,
    })
}

fn core(party: &RelyingParty) -> Option<WebauthnCore> {
    let origins = vec![party.origin.parse().ok()?];
    let subdomains = Some(party.allow_subdomains);
    // "unsafe" are the library's words for: the caller decides on policies. There is no memory at stake.
    Some(WebauthnCore::new_unsafe_experts_only(
        &party.name,
        &party.id,
        origins,
        PATIENCE,
        subdomains,
        Some(false),
    ))
}

/// A question for the keys of a user, as clients get it and as it is kept; `None` when the user has none. `now` is
/// in seconds since 1970.
///
/// # Errors
/// If the library refuses.
pub fn ask(party: &RelyingParty, factors: &UserFactors, now: i64) -> Result<Option<(Value, OpenChallenge)>> {
    let enabled = factors.of_kind(FactorKind::Webauthn).iter().filter(|one| one.enable);
    let keys: Vec<Credential> = enabled.filter_map(credential).collect();
    let Some(core) = core(party).filter(|_| !keys.is_empty()) else { return Ok(None) };
    let cannot = |fault: WebauthnError| Error::refused(format!("cannot ask the security keys: {fault:?}"));
    // Keys that were registered before browsers told whether they can be copied may tell it now.
    let builder = core.new_challenge_authenticate_builder(keys, Some(POLICY)).map_err(cannot)?;
    let builder = builder.allow_backup_eligible_upgrade(true);
    let (question, mut state) = core.generate_challenge_authenticate(builder).map_err(cannot)?;
    let challenge = to_base64url(&question.public_key.challenge);
    // The keys are looked up when the answer comes: they may have changed.
    state.set_allowed_credentials(Vec::new());
    let json = |fault: serde_json::Error| Error::Unsupported(format!("cannot write a challenge: {fault}"));
    let question = serde_json::to_value(&question).map_err(json)?;
    let state = Some(serde_json::to_value(&state).map_err(json)?);
    Ok(Some((question, OpenChallenge { challenge, created: now, state })))
}

/// Whether this is the answer of one of the user's keys to a question that is open. Then, and when it is wrong, the
/// question is no longer open. What a right answer says of the key is kept: its counter, which must grow.
pub fn is_right(
    party: &RelyingParty,
    factors: &mut UserFactors,
    open: &mut Challenges,
    answer: &str,
    now: i64,
) -> bool {
    judged(party, factors, open, answer, now).is_some()
}

fn judged(
    party: &RelyingParty,
    factors: &mut UserFactors,
    open: &mut Challenges,
    answer: &str,
    now: i64,
) -> Option<()> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let asked = open.take(answer.get("challenge")?.as_str()?, now)?;
    let state = AuthenticationState::deserialize(asked.state?).ok()?;
    let answer = PublicKeyCredential::deserialize(answer).ok()?;
    let mut enabled = factors.of_kind_mut(FactorKind::Webauthn).iter_mut().filter(|one| one.enable);
    let (factor, key) = enabled.find_map(|factor| {
        let key = credential(factor).filter(|key| key.cred_id == answer.raw_id)?;
        Some((factor, key))
    })?;
    let result = core(party)?.authenticate_single_credential(&answer, &state, &key).ok()?;
    if result.needs_update() {
        let entry = factor.entry.as_object_mut()?;
        entry.insert("counter".into(), result.counter().into());
        entry.insert("backup_eligible".into(), result.backup_eligible().into());
        entry.insert("backup_state".into(), result.backup_state().into());
    }
    Some(())
}
