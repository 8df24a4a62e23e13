//! The authorization code flow with PKCE: OpenID Connect Core 1.0 section 3.1, RFC 7636.

use super::claims::{Claims, complete};
use super::listener::Query;
use crate::error::{Error, Result};
use crate::format::line::items;
use crate::model::realm::{Realm, RealmKind};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthenticationContextClass, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse as _, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::error::Error as Cause;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// How long each question to a provider may take, all in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// No honest answer is longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// The longest code that is taken, in bytes: that of Proxmox VE.
const LONGEST_CODE: usize = 4096;

/// Claims beyond the standard ones.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
struct Further(Claims);

impl AdditionalClaims for Further {}

type Fields = IdTokenFields<
    Further,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type Provider = Client<
    Further,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One attempt to sign in at a realm's provider.
pub struct SignIn {
    web: Agent,
    provider: Provider,
    issuer: String,
    realm: String,
    audiences: Vec<String>,
    asks_userinfo: bool,
    address: String,
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl SignIn {
    /// Asks a realm's provider where its users sign in; the browser is sent to `redirect` with the answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for a realm of another kind, [`Error::Server`] when the provider cannot be asked or
    /// its answer makes no sense.
    pub fn begin(realm: &Realm, redirect: &str) -> Result<Self> {
        if realm.kind() != RealmKind::OpenId {
            return Err(Error::refused(format!("wrong realm type ({} != openid)", realm.kind())));
        }
        let text = |name: &str| realm.get(name).unwrap_or_default();
        let issuer = text("issuer-url");
        let web = web();
        let url = IssuerUrl::new(issuer.to_owned())
            .map_err(|fault| failed(realm.id(), &format!("issuer-url '{issuer}': {fault}")))?;
        let metadata =
            CoreProviderMetadata::discover(&url, &|request| ask(&web, request)).map_err(|fault| {
                failed(realm.id(), &format!("discovery at '{issuer}': {}", in_words(&fault)))
                    .with_hint("'issuer-url' has to be what the provider calls itself, letter for letter")
            })?;
        let secret = realm.get("client-key").map(|key| ClientSecret::new(key.to_owned()));
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|fault| Error::invalid(format!("'{redirect}' is no address: {fault}")))?;
        let provider =
            Provider::from_provider_metadata(metadata, ClientId::new(text("client-id").to_owned()), secret)
                .set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let token = CsrfToken::new_random();
        let state = json!({"csrf_token": token.secret(), "realm": realm.id().as_str()}).to_string();
        let mut question = provider
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .set_display(CoreAuthDisplay::Page)
            .add_scopes(
                items(realm.get("scopes").unwrap_or("email profile")).map(|name| Scope::new(name.into())),
            );
        if let Some(prompt) = realm.get("prompt") {
            question = question.add_extra_param("prompt", prompt);
        }
        for class in items(text("acr-values")) {
            question = question.add_auth_context_value(AuthenticationContextClass::new(class.into()));
        }
        let (address, state, nonce) = question.url();
        Ok(Self {
            web,
            provider,
            issuer: issuer.to_owned(),
            realm: realm.id().to_string(),
            audiences: items(text("audiences")).map(str::to_owned).collect(),
            asks_userinfo: realm.get("query-userinfo") != Some("0"),
            address: address.into(),
            state,
            nonce,
            verifier,
        })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the browser brings back: the code; `None` when it is no answer to this attempt.
    ///
    /// # Errors
    /// [`Error::Server`] when the provider says no, or somebody else answers in its place (RFC 9207).
    pub fn code(&self, answer: &Query) -> Option<Result<String>> {
        // Nobody learns the state by how long a comparison takes: it is new for every attempt, and one
        // attempt takes at most ten minutes.
        if answer.get("state") != Some(self.state.secret()) {
            return None;
        }
        if answer.get("iss").is_some_and(|issuer| *issuer != self.issuer) {
            return Some(Err(failed(&self.realm, "the answer is another provider's")));
        }
        if let Some(fault) = answer.get("error") {
            let more = answer.get("error_description").map(|text| format!(": {text}")).unwrap_or_default();
            let said = format!("{fault}{more}").replace(char::is_control, " ");
            return Some(Err(failed(&self.realm, &format!("the provider refuses: {said}"))));
        }
        let code = answer.get("code").filter(|code| !code.is_empty() && code.len() <= LONGEST_CODE);
        code.map(|code| Ok(code.clone()))
    }

    /// Exchanges the code for an ID token, checks it, and tells what the provider claims.
    ///
    /// # Errors
    /// [`Error::Server`] when the provider refuses the code or cannot be asked, or when its signature, the
    /// nonce, the audience or the dates are wrong.
    pub fn claims(self, code: String) -> Result<Claims> {
        let fail = |words: &str| failed(&self.realm, words);
        let web = |request| ask(&self.web, request);
        let tokens = self
            .provider
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|fault| fail(&fault.to_string()))?
            .set_pkce_verifier(self.verifier)
            .request(&web)
            .map_err(|fault| match &fault {
                RequestTokenError::ServerResponse(said) => fail(&format!("the code is refused: {said}")),
                fault => fail(&format!("the code cannot be exchanged: {}", in_words(fault))),
            })?;
        let id_token = tokens.id_token().ok_or_else(|| fail("the provider sends no ID token"))?;
        let audiences = &self.audiences;
        let judge = self
            .provider
            .id_token_verifier()
            .set_other_audience_verifier_fn(|one| audiences.iter().any(|known| known == one.as_str()));
        let verified = id_token
            .claims(&judge, &self.nonce)
            .map_err(|fault| fail(&format!("the ID token is not accepted: {fault}")))?;
        let mut claims = object(verified);
        if self.asks_userinfo {
            let subject = verified.subject().clone();
            let more: UserInfoClaims<Further, CoreGenderClaim> = self
                .provider
                .user_info(tokens.access_token().clone(), Some(subject))
                .map_err(|_| {
                    fail("the provider has no userinfo endpoint")
                        .with_hint("see 'query-userinfo' of the realm")
                })?
                .request(&web)
                .map_err(|fault| fail(&format!("userinfo: {}", in_words(&fault))))?;
            complete(&mut claims, object(&more));
        }
        Ok(claims)
    }
}

fn object(claims: &impl Serialize) -> Claims {
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => claims,
        _ => Claims::new(),
    }
}

fn failed(realm: impl std::fmt::Display, words: &str) -> Error {
    Error::server(format!("realm '{realm}': {words}"))
}

/// A fault with what is behind it. What a provider sent is not repeated: it may be a token.
fn in_words(fault: &dyn Cause) -> String {
    let behind = fault.source().filter(|one| one.is::<ureq::Error>());
    behind.map_or_else(|| fault.to_string(), |behind| format!("{fault}: {behind}"))
}

/// Trusts the authorities this system trusts. No redirections: where tokens go is what the provider's own
/// document says.
fn web() -> Agent {
    let found = rustls_native_certs::load_native_certs().certs;
    let trusted = RootCerts::from(found.iter().map(|one| Certificate::from_der(one).to_owned()));
    let settings = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .tls_config(TlsConfig::builder().root_certs(trusted).build())
        .build();
    Agent::new_with_config(settings)
}

fn ask(web: &Agent, request: HttpRequest) -> std::result::Result<HttpResponse, ureq::Error> {
    let (parts, mut body) = web.run(request)?.into_parts();
    let content = body.with_config().limit(LONGEST).read_to_vec()?;
    Ok(HttpResponse::from_parts(parts, content))
}
