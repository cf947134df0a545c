//! A Firefox, for the tests of the element in another browser than Chromium.

use std::path::PathBuf;

use crate::shell::Shell;
use crate::system::{Packages, named};
use crate::trouble::Trouble;

const PACKAGES: Packages =
    Packages { apt: &["firefox-esr"], dnf: &["firefox"], pacman: &["firefox"], apk: &["firefox"] };
const PROGRAMS: &[&str] = &["firefox", "firefox-esr"];
/// Where it is on systems that do not put it on `PATH`.
const USUAL: &str = if cfg!(windows) {
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe"
} else {
    "/Applications/Firefox.app/Contents/MacOS/firefox"
};

/// The variable that names a Firefox, for this chore and for the tests.
pub(crate) const VARIABLE: &str = "FIREFOX";

/// Finds or installs one.
pub(crate) fn set_up(shell: &Shell) -> Result<PathBuf, Trouble> {
    let stage = shell.stage("Firefox");
    let mut firefox = find(shell);
    if firefox.is_none() {
        PACKAGES.install(shell, &stage, &missing())?;
        firefox = find(shell);
    }
    let firefox = firefox.ok_or_else(|| stage.fail(missing()))?;
    stage.done("ready");
    Ok(firefox)
}

fn find(shell: &Shell) -> Option<PathBuf> {
    let usual = || Some(PathBuf::from(USUAL)).filter(|place| place.is_file());
    named(VARIABLE).or_else(|| PROGRAMS.iter().find_map(|name| shell.find(name))).or_else(usual)
}

fn missing() -> String {
    format!(
        "Firefox is missing. Install it with the system's package manager, such as `apt-get install \
         firefox-esr`, or set {VARIABLE} to one that is already here."
    )
}
