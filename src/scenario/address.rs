//! Lines that people paste: a name, perhaps, and an address with a scenario behind its `#` or in its query.

use super::course::{TURNS, UNTIL};
use super::key::Key;
use super::text::decode;

/// What the address of a frame says of its looks, and not of its scenario.
const FRAME: [&str; 15] = [
    "figure",
    "controls",
    "locked",
    "locale",
    "theme",
    "motion",
    "label",
    "readonly",
    "no-links",
    "challenge",
    "parts",
    "large",
    "prompt",
    "resize",
    "origin",
];
/// Under which name the course keeps the way of a hand in its address.
const PATH: &str = "path";
/// The most letters of a name.
const LONGEST_NAME: usize = 60;

/// Why a line says nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unread {
    /// It is no address and no scenario.
    NotALink,
    /// It is an address, but there is no scenario in it.
    NoScenario,
}

/// The name in a line, which may be empty, and the scenario string.
pub(super) fn read(line: &str) -> Result<(String, String), Unread> {
    let (name, link) = split(line);
    let link = link.trim().trim_matches(['<', '>', '"']);
    if link.is_empty() || link.contains(char::is_whitespace) {
        return Err(Unread::NotALink);
    }
    if link.contains("://") || link.contains(['#', '?']) {
        return scenario_of(link).map(|scenario| (tidy(name), scenario)).ok_or(Unread::NoScenario);
    }
    scenario_in(link).map(|scenario| (tidy(name), scenario)).ok_or(Unread::NotALink)
}

/// What stands before the link, and the link. A name ends with a tab, or a colon.
fn split(line: &str) -> (&str, &str) {
    if let Some((name, link)) = line.split_once('\t') {
        return (name, link);
    }
    // What stands behind `?` or `#` is of the address, and not its beginning.
    let page = line.find(['?', '#']).unwrap_or(line.len());
    if let Some(at) = line[..page].find("://") {
        let begins = line[..at].rfind(|letter: char| !letter.is_ascii_alphanumeric());
        let start = begins.map_or(0, |index| index + line[index..].chars().next().map_or(1, char::len_utf8));
        return line.split_at(start);
    }
    // A scenario has its first colon behind its first equals sign.
    let before = line.find('=').unwrap_or(line.len());
    line[..before].rfind(':').map_or(("", line), |colon| (&line[..colon], &line[colon + 1..]))
}

/// A name as it can be written anywhere: without what has no shape, and not too long.
pub(super) fn tidy(name: &str) -> String {
    let seen = |letter: &char| {
        !letter.is_control()
            && !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}')
            && !matches!(letter, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let name: String = name.chars().filter(seen).collect();
    // What stands round an address where it is pasted is not of the name.
    let name = name.trim().trim_end_matches(['<', '"', ':', ',', ';', ' ']).trim_start_matches('"');
    name.chars().take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

/// The scenario in an address: behind its `#`, or else in its query.
fn scenario_of(address: &str) -> Option<String> {
    let (page, hash) = address.split_once('#').unwrap_or((address, ""));
    let query = page.split_once('?').map_or("", |(_, query)| query);
    scenario_in(hash).or_else(|| scenario_in(query))
}

/// The scenario among the pairs of a part of an address, where one of them is a setting of a run.
fn scenario_in(part: &str) -> Option<String> {
    let name = |pair: &str| decode(pair.split('=').next().unwrap_or(pair));
    let is_of_run = |name: &str| {
        matches!(name, UNTIL | TURNS | "rival") || Key::from_name(name).is_some_and(|key| !key.is_of_figure())
    };
    let pairs: Vec<&str> = part.split('&').filter(|pair| !FRAME.contains(&name(pair).as_str())).collect();
    if pairs.iter().any(|pair| pair.contains('=') && is_of_run(&name(pair))) {
        return Some(pairs.join("&"));
    }
    let path = pairs.iter().find_map(|pair| pair.split_once('=').filter(|(name, _)| *name == PATH));
    path.and_then(|(_, path)| scenario_in(&decode(path)))
}

#[cfg(test)]
mod tests {
    use super::{Unread, read};

    fn said(line: &str) -> Result<(String, String), Unread> {
        read(line)
    }

    #[test]
    fn names_and_scenarios_are_found_in_addresses() {
        for (line, name, scenario) in [
            ("https://a.b/lab.html?theme=dark#rate=0.1&steps=3", "", "rate=0.1&steps=3"),
            ("Ana: https://a.b/lab.html#rate=0.1", "Ana", "rate=0.1"),
            ("Ana\thttps://a.b/lab.html#rate=0.1", "Ana", "rate=0.1"),
            ("李: lab.html#main=eqp:30", "李", "main=eqp:30"),
            ("Ana: turns=4:5,5:5", "Ana", "turns=4:5,5:5"),
            ("https://a.b/#ruler&done=shower.ruler&path=turns%3D4:5%26steps%3D1", "", "turns=4:5&steps=1"),
            ("https://a.b/embed.html?figure=landscape&rate=0.3&theme=dark&m=4", "", "rate=0.3&m=4"),
            ("https://a.b/embed.html?figure=landscape&rate=0.3#rate=0.4", "", "rate=0.4"),
            ("<https://a.b/lab.html#m=3>", "", "m=3"),
            ("Ana: embed.html?m=4&origin=https://a.b", "Ana", "m=4"),
        ] {
            assert_eq!(said(line), Ok((name.to_owned(), scenario.to_owned())), "{line}");
        }
    }

    #[test]
    fn what_holds_no_scenario_is_told_from_what_is_no_link() {
        for line in ["https://a.b/lab.html", "https://a.b/city.html#seed=4", "https://a.b/#ruler&done=ruler"]
        {
            assert_eq!(said(line), Err(Unread::NoScenario), "{line}");
        }
        for line in ["hello", "Ana:", "a b c", "x=y", "https://a.b/#m=3 https://a.b/#m=4"] {
            assert_eq!(said(line), Err(Unread::NotALink), "{line}");
        }
    }
}
