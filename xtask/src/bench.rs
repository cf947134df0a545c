//! `cargo xtask bench`: the same kernels natively, and in the browser with and without SIMD.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::node::{self, Packages};
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::{browser, site};

/// One of the two modules that the browser compares.
struct Variant {
    name: &'static str,
    /// `RUSTFLAGS`, where they differ from the project's.
    flags: Option<&'static str>,
    target: &'static str,
}

const VARIANTS: [Variant; 2] = [
    Variant { name: "simd", flags: None, target: "target" },
    Variant { name: "scalar", flags: Some("-C target-feature=-simd128"), target: "target/scalar" },
];

/// Sets up, builds what is measured, and measures. Arguments go to `benches/browser.mjs`.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, Trouble> {
    let args = match args {
        [dashes, rest @ ..] if dashes == "--" => rest,
        [] => args,
        [other, ..] => {
            return Err(Trouble::usage(format!(
                "bench does not know \"{other}\"; what the benchmarks shall see comes after --"
            )));
        }
    };
    let mut shell = Shell::new()?;
    browser::set_up(&mut shell, false)?;
    site::set_up(&mut shell, Packages::All)?;
    let folders =
        VARIANTS.iter().map(|variant| build(&shell, variant)).collect::<Result<Vec<PathBuf>, Trouble>>()?;
    let stage = shell.stage("native kernels");
    let build = ["bench", "--locked", "--bench", "kernels", "--no-run"];
    stage.run(shell.command("cargo").args(build), "")?;
    stage.done("built");
    site::build(&shell, false)?;
    // It runs the native kernels too, in turn with the browser's.
    let mut script = node::script(&shell, "benches/browser.mjs");
    show(&shell, "benchmarks", script.args(folders).args(args))?;
    Ok(ExitCode::SUCCESS)
}

/// Builds `target/bench/NAME/backflow.js` and its module.
fn build(shell: &Shell, variant: &Variant) -> Result<PathBuf, Trouble> {
    let stage = shell.stage(&format!("wasm, {}", variant.name));
    let target = shell.root.join(variant.target);
    let mut cargo = shell.command("cargo");
    cargo
        .args(["build", "--locked", "--release", "--lib"])
        .args(["--features", "bench"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target);
    if let Some(flags) = variant.flags {
        cargo.env("RUSTFLAGS", flags);
    }
    stage.run(&mut cargo, "")?;
    let folder = shell.root.join("target").join("bench").join(variant.name);
    fs::create_dir_all(&folder).map_err(|error| stage.fail(Trouble::file(&folder, &error)))?;
    let module = target.join("wasm32-unknown-unknown/release/backflow.wasm");
    stage.run(&mut bind(shell, &module, &folder), "")?;
    let bound = folder.join("backflow_bg.wasm");
    // The module itself says which features it uses (Cargo.toml keeps that section), as for trunk.
    let mut optimize = node::script(shell, "node_modules/binaryen/bin/wasm-opt");
    optimize.args(["-O3", "--output"]).args([&bound, &bound]);
    stage.run(&mut optimize, "")?;
    stage.done("built");
    Ok(folder)
}

fn bind(shell: &Shell, module: &Path, folder: &Path) -> Command {
    let mut command = shell.command("wasm-bindgen");
    command.args(["--target", "web", "--out-name", "backflow", "--out-dir"]).arg(folder).arg(module);
    command
}

/// Runs a benchmark whose output is the point.
fn show(shell: &Shell, name: &str, command: &mut Command) -> Result<(), Trouble> {
    let stage = shell.stage(name);
    println!();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(stage.fail(format_args!("ended with {status}"))),
        Err(error) => Err(stage.fail(format_args!("could not start: {error}"))),
    }
}
