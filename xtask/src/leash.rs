//! Keeps a server from outliving the chore that started it.
//!
//! The chore holds the other end of the leash's standard input. However the chore ends, that pipe
//! closes, and the leash ends the server.

use std::io::Read;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::trouble::Trouble;

/// The chore's name on the command line; people have no use for it.
pub(crate) const COMMAND: &str = "leash";

/// Starts a command on a leash. Dropping the child's standard input, as `wait` does, ends it.
pub(crate) fn start(command: &Command) -> Result<Child, Trouble> {
    let this =
        std::env::current_exe().map_err(|error| Trouble::new(format!("the path of xtask: {error}")))?;
    let mut leashed = Command::new(this);
    leashed.arg(COMMAND).arg(command.get_program());
    leashed.args(command.get_args()).stdin(Stdio::piped());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => leashed.env(name, value),
            None => leashed.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        leashed.current_dir(folder);
    }
    leashed.spawn().map_err(|error| Trouble::new(format!("the server could not start: {error}")))
}

/// Runs a command until it ends or standard input does.
pub(crate) fn run(words: &[String]) -> Result<ExitCode, Trouble> {
    let [program, args @ ..] = words else {
        return Err(Trouble::usage("leash needs a command"));
    };
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| Trouble::new(format!("{program}: {error}")))?;
    let (sender, released) = mpsc::channel();
    thread::spawn(move || {
        // Nothing is ever written: reading ends when the pipe does.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let _ = sender.send(());
    });
    loop {
        match child.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) if status.success() => return Ok(ExitCode::SUCCESS),
            Ok(Some(_)) => return Ok(ExitCode::FAILURE),
            Err(error) => return Err(Trouble::new(format!("{program}: {error}"))),
        }
        if released.recv_timeout(Duration::from_millis(100)).is_ok() {
            // It may have ended by itself in the meantime.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(ExitCode::SUCCESS);
        }
    }
}
