//! Rust programs, compiled together and run.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What stands before the output of each program.
const MARK: &str = "@@@";

/// What each program prints.
pub(crate) fn run(programs: &[String]) -> Vec<String> {
    let mut source = String::new();
    let mut main = String::new();
    for (index, program) in programs.iter().enumerate() {
        let program = program.replace("fn main()", "pub fn main()");
        source += &format!("mod p{index} {{\n{program}}}\n");
        main += &format!("    println!(\"{MARK}\");\n    p{index}::main();\n");
    }
    source += &format!("fn main() {{\n{main}}}\n");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("programs-{}.rs", programs.len()));
    let made = folder.join(format!("programs-{}{}", programs.len(), env::consts::EXE_SUFFIX));
    fs::write(&file, source).expect("the folder for files of tests can be written");
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut compile = Command::new(compiler);
    compile.args(["--edition", "2021", "-D", "warnings", "-o"]).arg(&made).arg(&file);
    succeed(&mut compile);
    split(&succeed(&mut Command::new(made)))
}

/// What each program printed.
pub(crate) fn split(output: &str) -> Vec<String> {
    output.split(&format!("{MARK}\n")).skip(1).map(str::to_owned).collect()
}

/// What a command prints, which has to succeed.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {errors}", command.get_program());
    String::from_utf8(output.stdout).expect("the output is UTF-8").replace("\r\n", "\n")
}
