//! What the Rust toolchain must have: the wasm target, rustfmt and clippy.

use std::fs;
use std::path::Path;

use crate::shell::{self, Shell};
use crate::trouble::Trouble;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target's standard library, unless it is there.
pub(crate) fn set_up_target(shell: &Shell) -> Result<(), Trouble> {
    let stage = shell.stage("Rust for the browser");
    if has_target(shell) {
        stage.done("ready");
        return Ok(());
    }
    let advice = format!(
        "The standard library for {TARGET} is missing. Install it with `rustup target add \
         {TARGET}`, or with the package manager that Rust came from."
    );
    if shell.find("rustup").is_none() {
        return Err(stage.fail(advice));
    }
    stage.note("installing");
    stage.run(shell.command("rustup").args(["target", "add", TARGET]), &advice)?;
    if !has_target(shell) {
        return Err(stage.fail(advice));
    }
    stage.done("ready");
    Ok(())
}

/// Adds rustfmt and clippy, unless they are there.
pub(crate) fn set_up_components(shell: &Shell) -> Result<(), Trouble> {
    let stage = shell.stage("rustfmt and clippy");
    if !has_components(shell) {
        let advice = "rustfmt or clippy is missing. Install them with `rustup component add \
                      rustfmt clippy`, or with the package manager that Rust came from.";
        if shell.find("rustup").is_none() {
            return Err(stage.fail(advice));
        }
        stage.note("installing");
        let add = ["component", "add", "rustfmt", "clippy"];
        stage.run(shell.command("rustup").args(add), advice)?;
        if !has_components(shell) {
            return Err(stage.fail(advice));
        }
    }
    stage.done("ready");
    Ok(())
}

/// Brings the crates that Cargo.lock names; afterwards cargo needs no network.
pub(crate) fn fetch(shell: &Shell) -> Result<(), Trouble> {
    let stage = shell.stage("crates");
    stage.run(
        shell.command("cargo").args(["fetch", "--locked"]),
        "The first build needs the network; if Cargo.toml was changed, run `cargo update --workspace`.",
    )?;
    stage.done("ready");
    Ok(())
}

fn has_target(shell: &Shell) -> bool {
    let print = ["--print", "target-libdir", "--target", TARGET];
    let Some(folder) = shell::output(shell.command("rustc").args(print)) else {
        return false;
    };
    fs::read_dir(Path::new(&folder)).is_ok_and(|files| {
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

fn has_components(shell: &Shell) -> bool {
    ["fmt", "clippy"].iter().all(|tool| shell::succeeds(shell.command("cargo").args([tool, "--version"])))
}
