//! What went wrong, and what to do about it.

use std::fmt;

/// A failure of a chore, as a person reads it.
#[derive(Debug)]
pub(crate) struct Trouble {
    text: String,
    status: u8,
}

impl Trouble {
    /// Something on this machine or in the project is not as it must be.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), status: 1 }
    }

    /// The command line was not understood.
    pub(crate) fn usage(text: impl fmt::Display) -> Self {
        Self { text: format!("cargo xtask: {text}; `cargo xtask help` lists what there is"), status: 2 }
    }

    /// A file or folder could not be used.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(format!("{}: {error}", path.display()))
    }

    /// The exit status of the chore.
    pub(crate) fn status(&self) -> u8 {
        self.status
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
