//! The checkout: its folders, and the versions it pins.

use std::fs;
use std::path::{Path, PathBuf};

use crate::trouble::Trouble;

/// The folder that holds the workspace.
pub(crate) fn root() -> Result<PathBuf, Trouble> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .map(Path::to_path_buf)
        .ok_or_else(|| Trouble::new(format!("{} has no parent folder", here.display())))
}

/// The whole text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))
}

/// The version of a crate in Cargo.lock.
pub(crate) fn locked_version(root: &Path, name: &str) -> Result<String, Trouble> {
    let lock = root.join("Cargo.lock");
    version_in_lock(&read(&lock)?, name)
        .ok_or_else(|| Trouble::new(format!("{} does not name {name}", lock.display())))
}

/// The version of trunk that Trunk.toml asks for.
pub(crate) fn trunk_version(root: &Path) -> Result<String, Trouble> {
    let config = root.join("Trunk.toml");
    version_in_config(&read(&config)?)
        .ok_or_else(|| Trouble::new(format!("{} has no trunk-version", config.display())))
}

fn version_in_lock(lock: &str, name: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| quoted(line, "name") == Some(name))?;
    lines.next().and_then(|line| quoted(line, "version")).map(str::to_owned)
}

fn version_in_config(config: &str) -> Option<String> {
    config
        .lines()
        .find_map(|line| quoted(line, "trunk-version"))
        .map(|version| version.trim_start_matches('=').to_owned())
}

/// The text in quotes of a line `key = "text"`.
fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    value.trim().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_files_that_pin_them() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "trunk"), None);
        assert_eq!(version_in_config("# words\ntrunk-version = \"=0.21.14\"\n").as_deref(), Some("0.21.14"));
    }
}
