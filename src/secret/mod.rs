//! Password hashes, second factors, token secrets and tickets.
//!
//! Nothing in this room shows what it holds unless asked by name (`as_str`), and memory that held a
//! secret is wiped when it is let go.

pub mod csrf;
mod digest;
pub mod old_keys;
pub mod otpauth;
mod password;
pub mod recovery;
pub mod second_factor;
mod strength;
pub mod ticket;
pub mod ticket_key;
mod token;
mod u2f;
mod verify;
mod webauthn;
pub mod yubico;

pub use digest::from_base64;
pub use password::{NewPassword, NewScheme, PasswordHash, Scheme, hash, random};
pub use strength::Strength;
pub use token::{SecretForm, TokenSecret, new_id};
#[cfg(test)]
pub(crate) use verify::VERIFIED;
pub use verify::Workload;
pub use webauthn::VERIFIES_WEBAUTHN;
