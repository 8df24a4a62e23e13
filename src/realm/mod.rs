//! One file per kind of realm.
