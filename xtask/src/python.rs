//! A Python with NumPy, for the tests that run programs in it.

use std::path::{Path, PathBuf};

use crate::shell::{self, Shell};
use crate::system::{Packages, named};
use crate::trouble::Trouble;

const PACKAGES: Packages = Packages {
    apt: &["python3", "python3-numpy"],
    dnf: &["python3", "python3-numpy"],
    pacman: &["python", "python-numpy"],
    apk: &["python3", "py3-numpy"],
};

/// The variable that names a Python, for this chore and for the tests.
const VARIABLE: &str = "PYTHON";

/// Finds or installs a Python with NumPy; `PYTHON` is set for every later command.
pub(crate) fn set_up(shell: &mut Shell) -> Result<(), Trouble> {
    let stage = shell.stage("Python with NumPy");
    let mut python = find(shell);
    if python.is_none() {
        PACKAGES.install(shell, &stage, &missing())?;
        python = find(shell);
    }
    let Some(python) = python else {
        return Err(stage.fail(missing()));
    };
    shell.set(VARIABLE, python);
    stage.done("ready");
    Ok(())
}

/// The Python that is used, where there is one.
pub(crate) fn named_or_found(shell: &Shell) -> Option<PathBuf> {
    find(shell)
}

fn find(shell: &Shell) -> Option<PathBuf> {
    let on_path = ["python3", "python"].into_iter().filter_map(|name| shell.find(name));
    let candidates = named(VARIABLE).into_iter().chain(on_path).chain(usual_place());
    candidates.into_iter().find(|python| has_numpy(shell, python))
}

/// The system's own Python, which its packages are for; another may stand before it on `PATH`.
fn usual_place() -> Option<PathBuf> {
    cfg!(unix).then(|| PathBuf::from("/usr/bin/python3"))
}

fn has_numpy(shell: &Shell, python: &Path) -> bool {
    shell::succeeds(shell.command(python).args(["-c", "import numpy"]))
}

fn missing() -> String {
    let how = if cfg!(target_os = "linux") {
        "the distribution's package manager, such as `apt-get install python3-numpy`"
    } else {
        "`python3 -m pip install numpy`"
    };
    format!("A Python with NumPy is missing. Install it with {how}, or set {VARIABLE} to one that has it.")
}
