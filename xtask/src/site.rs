//! The page, built by trunk into dist/.

use std::process::Command;

use crate::node::{self, Packages};
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::{rust, tools};

/// What a build needs, with the packages of the chore.
pub(crate) fn set_up(shell: &mut Shell, packages: Packages) -> Result<(), Trouble> {
    rust::set_up_target(shell)?;
    node::set_up(shell, packages)?;
    tools::set_up(shell)?;
    shell.add_folder(node::programs(&shell.root));
    rust::fetch(shell)
}

/// Builds dist/.
pub(crate) fn build(shell: &Shell, debug: bool) -> Result<(), Trouble> {
    let stage = shell.stage("the page");
    stage.run(
        &mut trunk(shell, "build", debug),
        "Mend what is named above, then run `cargo xtask build` again.",
    )?;
    stage.done("built");
    Ok(())
}

/// Makes the npm package from what is in dist/; returns its files with their sizes.
pub(crate) fn package(shell: &Shell) -> Result<String, Trouble> {
    let stage = shell.stage("the package");
    let files = stage.run(&mut node::script(shell, "xtask/package.mjs"), "")?;
    stage.done("made");
    Ok(files)
}

/// Trunk with one of its commands.
pub(crate) fn trunk(shell: &Shell, action: &str, debug: bool) -> Command {
    let mut command = shell.command("trunk");
    command.arg(action);
    if !debug {
        command.arg("--release");
    }
    // Its own stack is no help to who reads a compiler's message.
    command.env("RUST_BACKTRACE", "0");
    // trunk takes NO_COLOR for a flag of its own, and stops at NO_COLOR=1.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}
