//! `cargo xtask test`: every check of the project, each on a line of its own.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::browser::{self, Browser};
use crate::firefox;
use crate::node::{self, Packages};
use crate::notebook;
use crate::python;
use crate::rust;
use crate::shell::Shell;
use crate::site;
use crate::tools;
use crate::trouble::Trouble;

const WASM: &str = "wasm32-unknown-unknown";

/// One check: its name, and what it does.
struct Check {
    name: &'static str,
    run: fn(&Shell, &str) -> Result<(), Trouble>,
}

const CHECKS: &[Check] = &[
    Check { name: "formatting", run: |shell, name| cargo(shell, name, &["fmt", "--all", "--check"]) },
    Check {
        name: "lints, native",
        run: |shell, name| clippy(shell, name, &["--workspace", "--all-targets"]),
    },
    Check { name: "lints, browser", run: |shell, name| clippy(shell, name, &["--lib", "--target", WASM]) },
    Check {
        name: "lints, the page's module",
        run: |shell, name| {
            clippy(
                shell,
                name,
                &["--lib", "--target", WASM, "--no-default-features", "--features", "drawing,course"],
            )
        },
    },
    Check {
        name: "lints, the first module",
        run: |shell, name| clippy(shell, name, &["--lib", "--target", WASM, "--no-default-features"]),
    },
    Check {
        name: "lints, drawing alone",
        run: |shell, name| clippy(shell, name, &["--lib", "--no-default-features", "--features", "drawing"]),
    },
    Check {
        name: "lints, without drawing",
        run: |shell, name| {
            clippy(shell, name, &["--lib", "--no-default-features", "--features", "code,course"])
        },
    },
    Check { name: "crates without drawing", run: no_drawing_crates },
    Check {
        name: "native tests",
        run: |shell, name| cargo(shell, name, &["test", "--workspace", "--locked", "--no-fail-fast"]),
    },
    Check {
        name: "browser tests of the crate",
        run: |shell, name| {
            let args = ["test", "--locked", "--target", WASM, "--test", "web"];
            cargo(shell, name, &args)
        },
    },
    Check {
        name: "the page",
        run: |shell, name| check(shell, name, &mut site::trunk(shell, "build", false)),
    },
    Check { name: "types of the page", run: types },
    Check { name: "bytes of a first visit", run: bytes },
    Check { name: "end-to-end tests", run: |shell, name| node_tests(shell, name, "e2e", "2", &[]) },
    Check { name: "the element in Firefox", run: in_firefox },
    Check { name: "hosts", run: hosts },
];

/// Sets up, runs the checks and sums them up.
pub(crate) fn run(words: &[String]) -> Result<ExitCode, Trouble> {
    let chosen: Vec<&Check> = CHECKS
        .iter()
        .filter(|check| words.is_empty() || words.iter().any(|word| check.name.contains(word)))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        return Err(Trouble::usage(format!(
            "no check is called {}; the checks are: {}",
            words.join(" or "),
            names.join("; ")
        )));
    }
    let mut shell = Shell::new()?;
    set_up(&mut shell)?;
    let mut failures = Vec::new();
    for check in &chosen {
        if let Err(trouble) = (check.run)(&shell, check.name) {
            println!("{trouble}");
            failures.push(check.name);
        }
    }
    if !failures.is_empty() {
        println!("\nFailed: {}.", failures.join("; "));
    }
    println!("\n{} passed, {} failed", chosen.len() - failures.len(), failures.len());
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn set_up(shell: &mut Shell) -> Result<(), Trouble> {
    rust::set_up_components(shell)?;
    let browser = browser::set_up(shell, true)?;
    python::set_up(shell)?;
    site::set_up(shell, Packages::All)?;
    let settings = write_capabilities(shell, &browser)?;
    shell.set("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings);
    shell.set("BACKFLOW_DIST", shell.root.join("dist"));
    Ok(())
}

/// Writes what wasm-bindgen's test runner tells the driver.
fn write_capabilities(shell: &Shell, browser: &Browser) -> Result<PathBuf, Trouble> {
    if let Some(mismatch) = browser.mismatch() {
        println!("{mismatch}: if the browser tests fail, that may be why.");
    }
    let folder = shell.root.join("target");
    let file = folder.join("webdriver.json");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, browser.capabilities()))
        .map_err(|error| Trouble::file(&file, &error))?;
    Ok(file)
}

fn check(shell: &Shell, name: &str, command: &mut Command) -> Result<(), Trouble> {
    let stage = shell.stage(name);
    stage.run(command, "")?;
    stage.done("passed");
    Ok(())
}

fn cargo(shell: &Shell, name: &str, args: &[&str]) -> Result<(), Trouble> {
    check(shell, name, shell.command("cargo").args(args))
}

fn clippy(shell: &Shell, name: &str, args: &[&str]) -> Result<(), Trouble> {
    let mut command = shell.command("cargo");
    command.args(["clippy", "--locked"]).args(args);
    check(shell, name, command.args(["--", "-D", "warnings"]))
}

/// Without drawing, the crate stands on the standard library alone, also with its programs.
fn no_drawing_crates(shell: &Shell, name: &str) -> Result<(), Trouble> {
    let stage = shell.stage(name);
    let mut tree = shell.command("cargo");
    tree.args(["tree", "--locked", "--package", "backflow", "--prefix", "none"]).args([
        "--no-default-features",
        "--features",
        "code",
        "--edges",
        "normal",
    ]);
    let Some(listed) = crate::shell::output(&mut tree) else {
        return Err(stage.fail("`cargo tree` failed"));
    };
    let found: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|package| *package != "backflow")
        .collect();
    if !found.is_empty() {
        return Err(stage.fail(format_args!(
            "without the feature `drawing`, the crate still needs {}",
            found.join(", ")
        )));
    }
    stage.done("passed");
    Ok(())
}

/// The page's modules against the types in their comments and those of the wasm.
fn types(shell: &Shell, name: &str) -> Result<(), Trouble> {
    let mut command = node::script(shell, "node_modules/typescript/bin/tsc");
    check(shell, name, command.args(["--project", "tsconfig.json"]))
}

/// The table is worth reading, also when it passes.
fn bytes(shell: &Shell, name: &str) -> Result<(), Trouble> {
    let stage = shell.stage(name);
    let table = stage.run(&mut node::script(shell, "tests/e2e/bytes.mjs"), "")?;
    stage.done("passed");
    print!("{table}");
    Ok(())
}

/// The tests of a folder, so many files at once, with variables of theirs.
fn node_tests(
    shell: &Shell,
    name: &str,
    folder: &str,
    at_once: &str,
    variables: &[(&str, &PathBuf)],
) -> Result<(), Trouble> {
    let stage = shell.stage(name);
    let folder = shell.root.join("tests").join(folder);
    let files = fs::read_dir(&folder).map_err(|error| stage.fail(Trouble::file(&folder, &error)))?;
    let mut files: Vec<PathBuf> = files
        .flatten()
        .map(|file| file.path())
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(stage.fail(format_args!("there is no {}/*.test.mjs", folder.display())));
    }
    let mut command = shell.command("node");
    command.args(["--test", &format!("--test-concurrency={at_once}")]).args(&files);
    for (variable, value) in variables {
        command.env(variable, value);
    }
    stage.run(&mut command, "")?;
    stage.done("passed");
    Ok(())
}

fn in_firefox(shell: &Shell, name: &str) -> Result<(), Trouble> {
    let firefox = firefox::set_up(shell)?;
    node_tests(shell, name, "firefox", "1", &[(firefox::VARIABLE, &firefox)])
}

/// The figure in pages, books, slides, apps and notebooks, each built by its own tool.
fn hosts(shell: &Shell, name: &str) -> Result<(), Trouble> {
    site::package(shell)?;
    let (mdbook, python) = (tools::mdbook(shell)?, notebook::set_up(shell)?);
    node_tests(shell, name, "hosts", "2", &[("MDBOOK", &mdbook), (notebook::VARIABLE, &python)])
}
