//! Python programs, run one after the other in one process.

use crate::rust;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs the programs in a file, which are parted by lines of their own. A warning is a failure.
const DRIVER: &str = r#"
import contextlib, io, sys, traceback, warnings
warnings.simplefilter("error")
with open(sys.argv[1], encoding="utf-8") as file:
    programs = file.read().split("@@@\n")[1:]
for program in programs:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
    except Exception:
        sys.exit(program + traceback.format_exc())
    sys.stdout.write("@@@\n" + printed.getvalue())
"#;

/// Compiles the programs in such a file, and runs none.
const COMPILER: &str = r#"
import sys, warnings
warnings.simplefilter("error")
with open(sys.argv[1], encoding="utf-8") as file:
    programs = file.read().split("@@@\n")[1:]
for program in programs:
    try:
        compile(program, "program", "exec")
    except (SyntaxError, Warning) as error:
        sys.exit(f"{program}{error!r}")
print(len(programs))
"#;

/// A Python that has a library.
pub(crate) struct Python {
    program: OsString,
    library: &'static str,
}

/// A Python with a library, if there is one.
pub(crate) fn with(library: &'static str) -> Option<Python> {
    let named = env::var_os("PYTHON").filter(|name| !name.is_empty());
    let usual = ["python3", "/usr/bin/python3", "python"].map(OsString::from);
    let has = |program: &OsString| {
        let mut command = Command::new(program);
        command.args(["-c", &format!("import {library}")]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    named.into_iter().chain(usual).find(has).map(|program| Python { program, library })
}

impl Python {
    /// What each program prints.
    pub(crate) fn run(&self, programs: &[String]) -> Vec<String> {
        rust::split(&self.drive(DRIVER, programs))
    }

    /// How many programs it read, each of which it understands.
    pub(crate) fn compile(&self, programs: &[String]) -> usize {
        self.drive(COMPILER, programs).trim().parse().expect("a number")
    }

    /// What a driver prints that is given the programs.
    fn drive(&self, driver: &str, programs: &[String]) -> String {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(format!("programs-{}-{}.txt", self.library, programs.len()));
        let all: String = programs.iter().map(|program| format!("@@@\n{program}")).collect();
        fs::write(&file, all).expect("the folder for files of tests can be written");
        let mut command = Command::new(&self.program);
        rust::succeed(command.args(["-c", driver]).arg(file))
    }
}
