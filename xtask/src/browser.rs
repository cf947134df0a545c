//! A Chromium and its driver.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{self, Shell};
use crate::system::{Packages, named};
use crate::trouble::Trouble;

const PACKAGES: Packages = Packages {
    apt: &["chromium", "chromium-driver"],
    dnf: &["chromium", "chromedriver"],
    pacman: &["chromium"],
    apk: &["chromium", "chromium-chromedriver"],
};

const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const DRIVERS: &[&str] = &["chromedriver", "chromium.chromedriver"];

/// Where the browser and its driver are.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chrome: PathBuf,
    /// The driver; the benchmarks do without.
    pub(crate) driver: Option<PathBuf>,
}

/// Finds or installs the browser; `CHROME` and `CHROMEDRIVER` are set for every later command.
pub(crate) fn set_up(shell: &mut Shell, with_driver: bool) -> Result<Browser, Trouble> {
    let stage = shell.stage("Chromium");
    let mut browser = find(shell);
    if !complete(&browser, with_driver) {
        PACKAGES.install(shell, &stage, &missing("Chromium", "CHROME"))?;
        browser = find(shell);
    }
    let (Some(chrome), driver) = browser else {
        return Err(stage.fail(missing("Chromium", "CHROME")));
    };
    if with_driver && driver.is_none() {
        return Err(stage.fail(missing("chromedriver", "CHROMEDRIVER")));
    }
    shell.set("CHROME", &chrome);
    if let Some(driver) = &driver {
        shell.set("CHROMEDRIVER", driver);
    }
    stage.done("ready");
    Ok(Browser { chrome, driver })
}

type Found = (Option<PathBuf>, Option<PathBuf>);

fn complete(found: &Found, with_driver: bool) -> bool {
    found.0.is_some() && (found.1.is_some() || !with_driver)
}

fn find(shell: &Shell) -> Found {
    let chrome =
        named("CHROME").or_else(|| BROWSERS.iter().find_map(|name| shell.find(name))).or_else(usual_place);
    let driver = named("CHROMEDRIVER").or_else(|| DRIVERS.iter().find_map(|name| shell.find(name)));
    (chrome, driver)
}

/// Where Chrome is on systems that do not put it on `PATH`.
fn usual_place() -> Option<PathBuf> {
    let places: &[&str] = if cfg!(target_os = "macos") {
        &[
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ]
    } else if cfg!(windows) {
        &[
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
        ]
    } else {
        &[]
    };
    places.iter().map(PathBuf::from).find(|place| place.is_file())
}

fn missing(what: &str, variable: &str) -> String {
    let how = if cfg!(target_os = "macos") {
        "`brew install --cask chromium` and `brew install --cask chromedriver`"
    } else if cfg!(windows) {
        "`winget install Google.Chrome` and `winget install Chromium.ChromeDriver`"
    } else {
        "the distribution's package manager, such as `apt-get install chromium chromium-driver`"
    };
    format!("{what} is missing. Install it with {how}, or set {variable} to one that is already here.")
}

impl Browser {
    /// What the driver is told: a browser without a window, that calls nobody.
    pub(crate) fn capabilities(&self) -> String {
        let chrome = self.chrome.to_string_lossy();
        let binary = chrome.replace('\\', "\\\\").replace('"', "\\\"");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        .map(|argument| format!("\"{argument}\""))
        .join(", ");
        format!("{{\"goog:chromeOptions\": {{\"binary\": \"{binary}\", \"args\": [{arguments}]}}}}\n")
    }

    /// A remark if browser and driver are of different major versions.
    pub(crate) fn mismatch(&self) -> Option<String> {
        let version = |program: &PathBuf| {
            let text = shell::output(Command::new(program).arg("--version"))?;
            let number = text
                .split_whitespace()
                .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
            number.split('.').next().map(str::to_owned)
        };
        let (chrome, driver) = (version(&self.chrome)?, version(self.driver.as_ref()?)?);
        (chrome != driver).then(|| format!("Chromium is version {chrome}, its driver version {driver}"))
    }
}
