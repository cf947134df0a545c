//! Programs that come with the system's package manager.

use std::env;
use std::path::PathBuf;

use crate::shell::{self, Shell, Stage};
use crate::trouble::Trouble;

/// What each package manager calls the packages of one thing.
#[derive(Debug)]
pub(crate) struct Packages {
    /// For Debian and its kin.
    pub(crate) apt: &'static [&'static str],
    /// For Fedora and its kin.
    pub(crate) dnf: &'static [&'static str],
    /// For Arch and its kin.
    pub(crate) pacman: &'static [&'static str],
    /// For Alpine.
    pub(crate) apk: &'static [&'static str],
}

impl Packages {
    /// Installs them where that can be done without asking; else nothing happens. `advice` is for whoever
    /// sees it fail.
    pub(crate) fn install(&self, shell: &Shell, stage: &Stage, advice: &str) -> Result<(), Trouble> {
        let Some(commands) = self.commands(shell) else {
            return Ok(());
        };
        let is_root = shell::output(shell.command("id").arg("-u")).as_deref() == Some("0");
        if !is_root && !shell::succeeds(shell.command("sudo").args(["-n", "true"])) {
            return Ok(());
        }
        stage.note("installing");
        for words in commands {
            let mut command = if is_root {
                shell.command("env")
            } else {
                let mut sudo = shell.command("sudo");
                sudo.args(["-n", "env"]);
                sudo
            };
            command.arg("DEBIAN_FRONTEND=noninteractive").args(words);
            stage.run(&mut command, advice)?;
        }
        Ok(())
    }

    /// The package manager's commands, in order.
    fn commands(&self, shell: &Shell) -> Option<Vec<Vec<&'static str>>> {
        // Here another package brings it.
        let none = |packages: &[&str]| packages.is_empty();
        let install = |words: &[&'static str], packages: &[&'static str]| vec![[words, packages].concat()];
        let apt = || {
            let words = ["apt-get", "install", "-y", "--no-install-recommends"];
            [vec![vec!["apt-get", "update"]], install(&words, self.apt)].concat()
        };
        let has = |program: &str| cfg!(target_os = "linux") && shell.find(program).is_some();
        if has("apt-get") {
            Some(apt())
        } else if has("dnf") && !none(self.dnf) {
            Some(install(&["dnf", "install", "-y"], self.dnf))
        } else if has("pacman") && !none(self.pacman) {
            Some(install(&["pacman", "-Sy", "--noconfirm"], self.pacman))
        } else if has("apk") {
            Some(install(&["apk", "add"], self.apk))
        } else {
            None
        }
    }
}

/// A program that a variable names.
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
