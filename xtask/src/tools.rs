//! trunk and wasm-bindgen, in the versions that the project pins.
//!
//! In this order: what `PATH` has, what the cache has, what `cargo binstall` brings, what
//! `cargo install` compiles.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project;
use crate::shell::{self, Shell, Stage};
use crate::trouble::Trouble;

/// A crate whose programs the project runs.
struct Tool {
    package: &'static str,
    programs: &'static [&'static str],
    flags: &'static [&'static str],
    version: String,
}

/// Makes both tools findable for the shell.
pub(crate) fn set_up(shell: &mut Shell) -> Result<(), Trouble> {
    let tools = [
        Tool {
            package: "trunk",
            programs: &["trunk"],
            flags: &["--no-default-features"],
            version: project::trunk_version(&shell.root)?,
        },
        // The program refuses a wasm made with another version of the crate.
        Tool {
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            flags: &["--no-default-features"],
            version: project::locked_version(&shell.root, "wasm-bindgen")?,
        },
    ];
    let stage = shell.stage(&format!("trunk {} and wasm-bindgen {}", tools[0].version, tools[1].version));
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.fits(shell, None)).collect();
    if !missing.is_empty() {
        let cache = cache().map_err(|text| stage.fail(text))?;
        install(shell, &stage, &missing, &cache)?;
        for tool in missing {
            shell.add_folder(tool.root(&cache).join("bin"));
        }
    }
    stage.done("ready");
    Ok(())
}

/// mdBook, which one of the example hosts is built with.
pub(crate) fn mdbook(shell: &Shell) -> Result<PathBuf, Trouble> {
    let tool = Tool {
        package: "mdbook",
        programs: &["mdbook"],
        flags: &["--no-default-features"],
        version: MDBOOK.to_owned(),
    };
    let stage = shell.stage(&format!("mdBook {MDBOOK}"));
    if tool.fits(shell, None) {
        stage.done("ready");
        return Ok(PathBuf::from("mdbook"));
    }
    let cache = cache().map_err(|text| stage.fail(text))?;
    install(shell, &stage, &[&tool], &cache)?;
    stage.done("ready");
    Ok(tool.root(&cache).join("bin").join(format!("mdbook{}", env::consts::EXE_SUFFIX)))
}

/// Installs into the cache what it lacks. Whoever comes second waits, and then finds it there.
fn install(shell: &Shell, stage: &Stage, tools: &[&Tool], cache: &Path) -> Result<(), Trouble> {
    let lacking = |tool: &&&Tool| !tool.fits(shell, Some(&tool.root(cache).join("bin")));
    if !tools.iter().any(|tool| lacking(&tool)) {
        return Ok(());
    }
    let _guard = lock(stage, cache)?;
    let target = cache.join("compiling");
    let mut outcome = Ok(());
    for tool in tools.iter().filter(lacking) {
        if shell.find("cargo-binstall").is_some() && shell::succeeds(&mut tool.fetch(shell, cache)) {
            continue;
        }
        stage.note(&format!("compiling {}, minutes, only once", tool.package));
        let advice = format!(
            "It needs the network, a C compiler and 2 GB of disk. Another way: put {} {} on PATH.",
            tool.package, tool.version
        );
        outcome = stage.run(&mut tool.compile(shell, cache, &target), &advice).map(|_| ());
        if outcome.is_err() {
            break;
        }
    }
    if target.exists() {
        // Two gigabytes that nothing needs; if they stay, that is no failure.
        let _ = fs::remove_dir_all(&target);
    }
    outcome
}

/// The cache, for one chore at a time; others wait.
pub(crate) fn lock(stage: &Stage, cache: &Path) -> Result<File, Trouble> {
    let lock = cache.join("lock");
    fs::create_dir_all(cache)
        .and_then(|()| File::create(&lock))
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| stage.fail(Trouble::file(&lock, &error)))
}

impl Tool {
    /// A folder of the cache for this version alone.
    fn root(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}", self.package, self.version))
    }

    /// Whether every program answers with the wanted version, in a folder or on `PATH`.
    fn fits(&self, shell: &Shell, folder: Option<&Path>) -> bool {
        self.programs.iter().all(|program| {
            let location = match folder {
                Some(folder) => folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)),
                None => PathBuf::from(program),
            };
            shell::output(shell.command(location).arg("--version")).is_some_and(|text| {
                text.split_whitespace().nth(1).map(|word| word.trim_start_matches('v')) == Some(&self.version)
            })
        })
    }

    fn fetch(&self, shell: &Shell, cache: &Path) -> Command {
        let mut command = outside(shell, cache);
        command
            .args(["binstall", "--no-confirm", "--disable-strategies", "compile"])
            .arg("--root")
            .arg(self.root(cache))
            .arg(format!("{}@{}", self.package, self.version));
        command
    }

    /// The quick profile: both run for a second or two in a build, and compile for minutes.
    fn compile(&self, shell: &Shell, cache: &Path, target: &Path) -> Command {
        let mut command = outside(shell, cache);
        command
            .args(["install", self.package, "--version", &self.version])
            .args(["--locked", "--force"])
            .args(self.flags)
            .arg("--root")
            .arg(self.root(cache))
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", OPT_LEVEL)
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true");
        command
    }
}

/// The released mdBook that the example is tried with.
const MDBOOK: &str = "0.5.4";

const OPT_LEVEL: &str = "0";

/// Cargo away from the project, so that neither its configuration nor the caller's flags matter.
fn outside(shell: &Shell, cache: &Path) -> Command {
    let mut command = shell.command("cargo");
    command.current_dir(cache);
    for name in ["CARGO_BUILD_TARGET", "CARGO_BUILD_RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS"] {
        command.env_remove(name);
    }
    command
}

/// The folder where tools are kept between checkouts.
pub(crate) fn cache() -> Result<PathBuf, &'static str> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let chosen = if let Some(chosen) = folder("BACKFLOW_CACHE") {
        chosen
    } else if cfg!(windows) {
        folder("LOCALAPPDATA")
            .ok_or("LOCALAPPDATA is not set; set BACKFLOW_CACHE to a folder for the tools")?
            .join("backflow")
    } else if let Some(shared) = folder("XDG_CACHE_HOME") {
        shared.join("backflow")
    } else {
        folder("HOME")
            .ok_or("HOME is not set; set BACKFLOW_CACHE to a folder for the tools")?
            .join(".cache")
            .join("backflow")
    };
    std::path::absolute(chosen).map_err(|_| "the folder for the tools has no absolute path")
}
