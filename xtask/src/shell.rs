//! Running commands and saying how far the chore is: one line a stage.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::project;
use crate::trouble::Trouble;

/// Where commands run, and which tools they find.
#[derive(Debug)]
pub(crate) struct Shell {
    /// The folder that holds the workspace.
    pub(crate) root: PathBuf,
    /// Set: what tools print is shown as it comes.
    pub(crate) verbose: bool,
    start: Instant,
    folders: Vec<PathBuf>,
    variables: Vec<(&'static str, OsString)>,
}

impl Shell {
    /// A shell in the project.
    pub(crate) fn new() -> Result<Self, Trouble> {
        Ok(Self {
            root: project::root()?,
            verbose: env::var_os("BACKFLOW_VERBOSE").is_some(),
            start: Instant::now(),
            folders: Vec::new(),
            variables: Vec::new(),
        })
    }

    /// Puts a folder before those of `PATH`.
    pub(crate) fn add_folder(&mut self, folder: PathBuf) {
        if !self.folders.contains(&folder) {
            self.folders.insert(0, folder);
        }
    }

    /// Sets a variable for every command from now on.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.push((name, value.into()));
    }

    /// A command in the project's folder. Its name may be one of the shell's folders' programs.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let path = Path::new(program.as_ref());
        let found = if path.components().count() == 1 { self.find(&path.to_string_lossy()) } else { None };
        let mut command = Command::new(found.as_deref().unwrap_or(path));
        command.current_dir(&self.root);
        if let Ok(paths) = env::join_paths(self.search_path()) {
            command.env("PATH", paths);
        }
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// The full path of a program, if there is one of that name.
    pub(crate) fn find(&self, name: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
        self.search_path().into_iter().find_map(|folder| {
            endings.iter().map(|ending| folder.join(format!("{name}{ending}"))).find(|file| is_program(file))
        })
    }

    fn search_path(&self) -> Vec<PathBuf> {
        let rest = env::var_os("PATH").unwrap_or_default();
        let mut folders = self.folders.clone();
        folders.extend(env::split_paths(&rest));
        folders
    }

    /// Begins a stage: the name is printed now, the outcome by [`Stage::done`].
    pub(crate) fn stage(&self, name: &str) -> Stage {
        print!("[{:>3} s] {name} ... ", self.start.elapsed().as_secs());
        flush();
        Stage { name: name.to_owned(), start: Instant::now(), verbose: self.verbose }
    }
}

/// One stage of a chore, while it runs.
#[derive(Debug)]
pub(crate) struct Stage {
    name: String,
    start: Instant,
    verbose: bool,
}

impl Stage {
    /// Adds a remark to the line, for what will take long.
    pub(crate) fn note(&self, remark: &str) {
        print!("{remark} ... ");
        flush();
    }

    /// Ends the line.
    pub(crate) fn done(self, outcome: &str) {
        match self.start.elapsed().as_secs() {
            0 | 1 => println!("{outcome}"),
            seconds => println!("{outcome}, {seconds} s"),
        }
    }

    /// Ends the line, and makes the trouble that ends the chore.
    pub(crate) fn fail(&self, what: impl std::fmt::Display) -> Trouble {
        println!("failed");
        Trouble::new(format!("{}: {what}", self.name))
    }

    /// Runs a command, silently if it succeeds; returns what it printed on standard output.
    pub(crate) fn run(&self, command: &mut Command, advice: &str) -> Result<String, Trouble> {
        command.stdin(Stdio::null());
        let failure = if self.verbose {
            println!();
            match command.status() {
                Ok(status) if status.success() => return Ok(String::new()),
                Ok(status) => format!("ended with {status}"),
                Err(error) => format!("could not start: {error}"),
            }
        } else {
            match command.output() {
                Ok(output) if output.status.success() => {
                    return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
                }
                Ok(output) => format!("ended with {}\n{}", output.status, printed(&output)),
                Err(error) => format!("could not start: {error}"),
            }
        };
        let line = line(command);
        Err(self.fail(format_args!("`{line}` {failure}\n{advice}")))
    }
}

/// Whether a command succeeds; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    output(command).is_some()
}

/// What a command prints on standard output, if it succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Sends what is printed on its way.
pub(crate) fn flush() {
    // A closed standard output is no reason to stop.
    let _ = io::stdout().flush();
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| match arg.to_string_lossy() {
        word if word.contains(' ') => format!("\"{word}\""),
        word => word.into_owned(),
    }));
    words.join(" ")
}

fn printed(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
