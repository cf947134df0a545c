//! The chores of Backflow: `cargo xtask serve | build | package | test | bench`.
//!
//! Each chore sets up what it needs, by itself, on a machine that has Rust, Node with npm and a
//! package manager; a second run finds everything ready. Standard library alone, so that the first
//! `cargo xtask` compiles in seconds.

mod bench;
mod browser;
mod checks;
mod firefox;
mod leash;
mod node;
mod notebook;
mod project;
mod python;
mod rust;
mod serve;
mod shell;
mod site;
mod system;
mod tools;
mod trouble;

use std::process::ExitCode;

use node::Packages;
use shell::Shell;
use trouble::Trouble;

const USAGE: &str = "\
The chores of Backflow. Each sets up what it needs.

cargo xtask serve [--port N] [--debug]   build the page and serve it on 127.0.0.1, again on each change
cargo xtask build [--debug]              build the page into dist/
cargo xtask package                      the site in dist/, with embed.html, and the npm package in
                                         target/npm/
cargo xtask test [WORD...]               every check; with words, the checks whose names hold one of them
cargo xtask bench [-- ARGS...]           speed, natively and in the browser; ARGS: kernels, drags, runs,
                                         crowd, audit, city, frames, scroll, --rounds N, --moves N
cargo xtask help                         this text

Environment:
  BACKFLOW_CACHE     where trunk and wasm-bindgen are kept (default: the user's cache folder)
  CHROME             a Chromium or Chrome, for test and bench
  CHROMEDRIVER       its driver, for test
  FIREFOX            a Firefox, for test
  PYTHON             a Python with NumPy, for test; where it has PyTorch, that is tried too
  BACKFLOW_VERBOSE   set: show everything that the tools print";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some("serve") => serve::Options::parse(&args[1..]).and_then(|options| serve::run(&options)),
        Some("build") => build(&args[1..]),
        Some("package") => package(&args[1..]),
        Some("test") => checks::run(&args[1..]),
        Some("bench") => bench::run(&args[1..]),
        Some(leash::COMMAND) => leash::run(&args[1..]),
        Some(other) => Err(Trouble::usage(format!("unknown chore \"{other}\""))),
    };
    match outcome {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::from(trouble.status())
        }
    }
}

fn build(args: &[String]) -> Result<ExitCode, Trouble> {
    let debug = match args {
        [] => false,
        [flag] if flag == "--debug" => true,
        [other, ..] => return Err(Trouble::usage(format!("build does not know \"{other}\""))),
    };
    let mut shell = Shell::new()?;
    site::set_up(&mut shell, Packages::Build)?;
    site::build(&shell, debug)?;
    println!("The page is in dist/.");
    Ok(ExitCode::SUCCESS)
}

fn package(args: &[String]) -> Result<ExitCode, Trouble> {
    if let [first, ..] = args {
        return Err(Trouble::usage(format!("package does not know \"{first}\"")));
    }
    let mut shell = Shell::new()?;
    site::set_up(&mut shell, Packages::Build)?;
    site::build(&shell, false)?;
    print!("{}", site::package(&shell)?);
    println!("The page is in dist/, the package in target/npm/.");
    Ok(ExitCode::SUCCESS)
}
