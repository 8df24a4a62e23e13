//! Password hashes and token secrets.
//!
//! Nothing in this room shows what it holds unless asked by name (`as_str`), and memory that held a
//! secret is wiped when it is let go.

mod password;
mod token;
mod verify;

pub use password::{NewPassword, NewScheme, PasswordHash, Scheme, hash};
pub use token::TokenSecret;
pub use verify::Workload;
