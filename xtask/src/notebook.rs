//! `JupyterLab` with anywidget, in a Python environment of its own in the tools' cache.

use std::fs;
use std::path::{Path, PathBuf};

use crate::python;
use crate::shell::{self, Shell, Stage};
use crate::system::Packages;
use crate::tools;
use crate::trouble::Trouble;

/// What the example wants, with its versions.
const WANTED: &str = "examples/hosts/notebook/requirements.txt";
/// The variable that names the environment's Python, for the tests.
pub(crate) const VARIABLE: &str = "NOTEBOOK_PYTHON";
/// What makes environments, where Python comes without.
const PACKAGES: Packages = Packages { apt: &["python3-venv"], dnf: &[], pacman: &[], apk: &["py3-pip"] };

/// The environment's Python; the first time, it is made.
pub(crate) fn set_up(shell: &Shell) -> Result<PathBuf, Trouble> {
    let stage = shell.stage("JupyterLab");
    let list = shell.root.join(WANTED);
    let wanted = fs::read_to_string(&list).map_err(|error| stage.fail(Trouble::file(&list, &error)))?;
    let cache = tools::cache().map_err(|text| stage.fail(text))?;
    let _guard = tools::lock(&stage, &cache)?;
    let folder = cache.join("notebook");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("requirements.txt");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(&wanted) || !python.is_file() {
        stage.note("installing");
        make(shell, &stage, &folder)?;
        let mut pip = shell.command(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&list);
        stage.run(&mut pip, "The first run needs the network.")?;
        fs::write(&stamp, &wanted).map_err(|error| stage.fail(Trouble::file(&stamp, &error)))?;
    }
    stage.done("ready");
    Ok(python)
}

/// Makes an empty environment.
fn make(shell: &Shell, stage: &Stage, folder: &Path) -> Result<(), Trouble> {
    let base = python::named_or_found(shell).unwrap_or_else(|| PathBuf::from("python3"));
    let mut venv = shell.command(base);
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    if shell::succeeds(&mut venv) {
        return Ok(());
    }
    let advice = "Python's module venv is missing. Install it, such as by `apt-get install python3-venv`.";
    PACKAGES.install(shell, stage, advice)?;
    stage.run(&mut venv, advice).map(|_| ())
}
