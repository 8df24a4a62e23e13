//! Has the linker pack relocations where this system can run a program that is linked like that.
//!
//! The tables of linked C libraries and of Rust's own make tens of thousands of pointers, which are set when a
//! process starts. The list of them takes 24 bytes for each, and every process reads it; packed it takes one bit.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

const PACKED: &str = "-Wl,-z,pack-relative-relocs";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // A program for another machine cannot be tried here, and a debug build is not worth the trial.
    let native = env::var_os("HOST").is_some_and(|host| env::var_os("TARGET") == Some(host));
    let wanted = native && is("PROFILE", "release") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if wanted && runs() == Some(true) {
        println!("cargo::rustc-link-arg-bins={PACKED}");
    }
}

/// Whether an empty program that is linked like that starts: an old linker refuses the option, and an old C library
/// (before glibc 2.36) the program. `None`: it could not be found out.
fn runs() -> Option<bool> {
    let program = Path::new(&env::var_os("OUT_DIR")?).join("packed");
    let source = program.with_extension("rs");
    std::fs::write(&source, "fn main() {}").ok()?;
    let mut compile = Command::new(env::var_os("RUSTC")?);
    compile.arg(&source).arg("-o").arg(&program).arg(format!("-Clink-arg={PACKED}"));
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        let mut option = OsString::from("-Clinker=");
        option.push(linker);
        compile.arg(option);
    }
    compile.stdout(Stdio::null()).stderr(Stdio::null());
    Some(compile.status().ok()?.success() && Command::new(&program).status().ok()?.success())
}
