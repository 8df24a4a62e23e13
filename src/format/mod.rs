//! One file per file on disk; parse and render are inverse.

pub mod rope;
