//! Password hashes and token secrets.
