//! Node, and the npm packages that package-lock.json pins.

use std::env::consts;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project;
use crate::shell::{self, Shell};
use crate::trouble::Trouble;

/// The oldest Node that every package accepts.
const OLDEST: u32 = 20;

/// Which packages a chore needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packages {
    /// What a build needs: `dependencies` in package.json.
    Build,
    /// `devDependencies` too.
    All,
}

/// Installs the packages, unless the same lock file was installed before.
pub(crate) fn set_up(shell: &Shell, packages: Packages) -> Result<(), Trouble> {
    let stage = shell.stage("npm packages");
    let missing = format!(
        "Node {OLDEST} or newer with npm is missing. Install it with {}.",
        if cfg!(target_os = "macos") {
            "`brew install node`"
        } else if cfg!(windows) {
            "`winget install OpenJS.NodeJS.LTS`"
        } else {
            "the distribution's package manager, such as `apt-get install nodejs npm`"
        }
    );
    let version = shell::output(shell.command("node").arg("--version"));
    if version.as_deref().and_then(major) < Some(OLDEST) || shell.find("npm").is_none() {
        return Err(stage.fail(match version {
            Some(version) => format!("node is {version}. {missing}"),
            None => missing,
        }));
    }
    let lock = project::read(&shell.root.join("package-lock.json"))?;
    let stamp = shell.root.join("node_modules").join(".backflow-stamp");
    let installed = fs::read_to_string(&stamp).unwrap_or_default();
    if installed != stamp_text(&lock, packages) && installed != stamp_text(&lock, Packages::All) {
        stage.note("installing");
        let mut install = shell.command("npm");
        install.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        if packages == Packages::Build {
            install.arg("--omit=dev");
        }
        stage.run(
            &mut install,
            "The first run needs the network. If package.json was changed, run \
             `npm install --package-lock-only`.",
        )?;
        fs::write(&stamp, stamp_text(&lock, packages))
            .map_err(|error| stage.fail(Trouble::file(&stamp, &error)))?;
    }
    stage.done("ready");
    Ok(())
}

/// The folder with the packages' programs.
pub(crate) fn programs(root: &Path) -> PathBuf {
    root.join("node_modules").join(".bin")
}

/// A script of a package, run by Node.
pub(crate) fn script(shell: &Shell, file: &str) -> Command {
    let mut command = shell.command("node");
    command.arg(shell.root.join(file));
    command
}

/// What `node_modules` was made from: the machine's kind, the set of packages and the lock file.
fn stamp_text(lock: &str, packages: Packages) -> String {
    format!("{} {} {packages:?}\n{lock}", consts::OS, consts::ARCH)
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("none"), None);
    }

    #[test]
    fn the_stamp_tells_the_sets_apart() {
        assert_ne!(stamp_text("{}", Packages::Build), stamp_text("{}", Packages::All));
    }
}
