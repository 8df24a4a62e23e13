//! The `usher` program; everything is in the library.

fn main() {}
