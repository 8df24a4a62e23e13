//! Realms of directory servers: LDAP (RFC 4511) and Active Directory.
//!
//! [`Settings`] is what a realm's properties say, checked; [`Session`] is a connection that has been
//! bound and can be asked. All of it blocks: a session drives its own connection, so it must not be used
//! from inside of another asynchronous runtime.
//!
//! ```no_run
//! # fn main() -> usher::error::Result<()> {
//! # let (realm, password) = (usher::model::realm::Realms::default().iter().next().unwrap().clone(), None);
//! use usher::realm::ldap::{Query, Session, Settings};
//!
//! let mut session = Session::open(&Settings::of(&realm, password)?)?;
//! let base = session.base_dn()?;
//! let query = Query { base, filter: "(uid=*)".into(), attributes: vec!["uid".into()], page: 900 };
//! let warnings = session.search(&query, &mut |entry| {
//!     let names = entry.values("uid").len();
//!     assert!(names > 0);
//!     Ok(())
//! })?;
//! # Ok(())
//! # }
//! ```

mod connect;
pub mod dn;
mod entry;
pub mod filter;
mod paging;
mod password;
mod query;
mod range;
mod session;
mod settings;
mod tls;
mod trial;
mod words;

pub use entry::Entry;
pub use password::is_password;
pub use query::{Query, user_attribute};
pub use session::{Session, Verdict};
pub use settings::{Bind, Mode, Secret, Settings, TimeOuts, TlsVersion, dangers};
pub use tls::ServerCertificate;
pub use trial::{Finding, Step, trial};
