//! Has the linker lay out a release so that it starts fast and takes little memory, where it can.
//!
//! The functions of frequent commands come side by side (`order.ld`): around each page that is touched the kernel maps
//! many more, so scattered functions take a multiple of their size.
//!
//! Relocations are packed: the tables of linked C libraries and of Rust's own make tens of thousands of pointers, which
//! are set when a process starts. The list of them takes 24 bytes for each, and every process reads it; packed it takes
//! one bit.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PACKED: &str = "-Wl,-z,pack-relative-relocs";
const ORDER: &str = "order.ld";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={ORDER}");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // A debug build is not worth the trial.
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let order = env::var("CARGO_MANIFEST_DIR").map(|package| format!("-Wl,-T,{package}/{ORDER}"));
    if let Some(order) = order.ok().filter(|order| linked(order).is_some()) {
        println!("cargo::rustc-link-arg-bins={order}");
    }
    // A program for another machine cannot be started here.
    let native = env::var_os("HOST").is_some_and(|host| env::var_os("TARGET") == Some(host));
    if native && is("CARGO_CFG_TARGET_ENV", "gnu") && linked(PACKED).is_some_and(|program| runs(&program)) {
        println!("cargo::rustc-link-arg-bins={PACKED}");
    }
}

/// An empty program linked with such an option; `None`: the linker refuses it, or it could not be found out.
fn linked(option: &str) -> Option<PathBuf> {
    let program = Path::new(&env::var_os("OUT_DIR")?).join("linked");
    let source = program.with_extension("rs");
    std::fs::write(&source, "fn main() {}").ok()?;
    let mut compile = Command::new(env::var_os("RUSTC")?);
    compile.arg(&source).arg("-o").arg(&program).arg("--target").arg(env::var_os("TARGET")?);
    compile.arg(format!("-Clink-arg={option}"));
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        let mut choice = OsString::from("-Clinker=");
        choice.push(linker);
        compile.arg(choice);
    }
    compile.stdout(Stdio::null()).stderr(Stdio::null());
    compile.status().ok()?.success().then_some(program)
}

/// Whether a program starts: an old C library (before glibc 2.36) refuses one with packed relocations.
fn runs(program: &Path) -> bool {
    Command::new(program).status().is_ok_and(|status| status.success())
}
