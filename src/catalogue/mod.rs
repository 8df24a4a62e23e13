//! The vocabulary of a dialect as data.
