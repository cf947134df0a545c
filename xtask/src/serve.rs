//! `cargo xtask serve`: the page on this machine, built again on each change.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ExitCode};
use std::thread;
use std::time::Duration;

use crate::node::Packages;
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::{leash, site};

const PORT: u16 = 8080;
/// How many ports are tried after a taken one.
const TRIES: u16 = 100;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    port: u16,
    debug: bool,
}

impl Options {
    /// Reads `[--port N] [--debug]`.
    pub(crate) fn parse(args: &[String]) -> Result<Self, Trouble> {
        let mut options = Self { port: PORT, debug: false };
        let mut rest = args.iter().map(String::as_str);
        while let Some(flag) = rest.next() {
            let (flag, joined) = match flag.split_once('=') {
                Some((flag, value)) => (flag, Some(value)),
                None => (flag, None),
            };
            match (flag, joined) {
                ("--debug", None) => options.debug = true,
                ("--port", joined) => {
                    let number = joined.or_else(|| rest.next()).unwrap_or_default();
                    options.port = number
                        .parse()
                        .ok()
                        .filter(|port| *port > 0)
                        .ok_or_else(|| Trouble::usage("--port needs a number from 1 to 65535"))?;
                }
                _ => return Err(Trouble::usage(format!("serve does not know \"{flag}\""))),
            }
        }
        Ok(options)
    }
}

/// Sets up, builds and serves until the server ends.
pub(crate) fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let mut shell = Shell::new()?;
    site::set_up(&mut shell, Packages::Build)?;
    let port = free_port(options.port)?;
    // What answers later is then this build, and no older one.
    let dist = shell.root.join("dist");
    match fs::remove_dir_all(&dist) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Trouble::file(&dist, &error));
        }
        _ => {}
    }
    let stage = shell.stage("the page");
    println!("building");
    let mut trunk = site::trunk(&shell, "serve", options.debug);
    trunk.args(["--port", &port.to_string()]);
    // `wait` would drop the leash, so it is held apart.
    let mut server = leash::start(&trunk)?;
    let leash = server.stdin.take();
    if let Err(text) = wait_for_page(&mut server, port) {
        // The server ends with its leash.
        drop(leash);
        let _ = server.wait();
        return Err(stage.fail(text));
    }
    let address = format!("http://127.0.0.1:{port}/");
    println!("Backflow: {address}  (the lab: {address}lab.html)");
    crate::shell::flush();
    let status = server.wait().map_err(|error| Trouble::new(format!("the server: {error}")))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The wanted port, or the next one that nobody listens on.
fn free_port(wanted: u16) -> Result<u16, Trouble> {
    let found = (wanted..=wanted.saturating_add(TRIES))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| {
            Trouble::new(format!(
                "No port from {wanted} to {} is free; choose another with --port N.",
                wanted.saturating_add(TRIES)
            ))
        })?;
    if found != wanted {
        println!("Port {wanted} is taken; using {found}.");
    }
    Ok(found)
}

/// Waits until the lab answers. The server listens when its first build has ended, well or not.
fn wait_for_page(server: &mut Child, port: u16) -> Result<(), String> {
    loop {
        if let Ok(Some(status)) = server.try_wait() {
            return Err(format!("`trunk serve` ended with {status}; see above"));
        }
        match status_of(port, "/lab.html") {
            Some(200) => return Ok(()),
            Some(status) => {
                return Err(format!(
                    "the build failed, or made no lab.html (status {status}); mend what is named \
                     above, then run `cargo xtask serve` again"
                ));
            }
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// The HTTP status of a page, if somebody answers.
fn status_of(port: u16, page: &str) -> Option<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let patience = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, patience).ok()?;
    stream.set_read_timeout(Some(patience)).ok()?;
    let request = format!("GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head).ok()?.get(9..12)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words).ok()
    }

    #[test]
    fn flags_are_read_in_both_forms() {
        let wanted = |port, debug| Some(Options { port, debug });
        assert_eq!(parse(""), wanted(PORT, false));
        assert_eq!(parse("--port 9000 --debug"), wanted(9000, true));
        assert_eq!(parse("--port=9000"), wanted(9000, false));
    }

    #[test]
    fn bad_flags_are_refused() {
        for line in ["--port", "--port x", "--port 0", "--port 70000", "--fast", "--debug=1"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("its address").port();
        assert_ne!(free_port(port).expect("another port"), port);
    }
}
