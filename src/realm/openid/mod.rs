//! Realms whose users a provider of OpenID Connect knows.
//!
//! [`claims`] and [`admit`] are pure: what a provider's claims mean here, and what becomes of users and groups
//! (`docs/signing-in.md`). The flow itself, `SignIn`, and the `Listener` that takes in the browser's answer are
//! built with the feature `openid`.

mod admit;
pub mod claims;
#[cfg(feature = "openid")]
mod flow;
#[cfg(feature = "openid")]
mod listener;

pub use admit::{Admitted, admit};
pub use claims::Person;
#[cfg(feature = "openid")]
pub use flow::SignIn;
#[cfg(feature = "openid")]
pub use listener::{Listener, Query};
