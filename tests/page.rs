//! The page's files against the engine: its colours are the drawings', and it has a word for all that
//! it says.

#![cfg(feature = "drawing")]

use backflow::descent::{Ending, Verdict};
use backflow::figure::Theme;
use backflow::scenario::{Key, Kind, Link, List, Reason, Scenario, Session};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("www/{name}: {error}"))
}

/// The files of a folder with an ending.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(path(folder)).unwrap_or_else(|error| panic!("www/{folder}: {error}"));
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "www/{folder} has files that end in {ending}");
    names
}

/// Each colour of the style sheet in the three looks: the pairs of light and dark, and the projector's own.
fn tokens() -> BTreeMap<String, [String; 3]> {
    let sheet = read("style/tokens.css");
    let (pairs, own) =
        sheet.split_once("[data-theme=\"projector\"]").expect("the projector has a look of its own");
    let entries = |text: &str| -> Vec<(String, String)> {
        let lines = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(':'));
        lines.map(|(name, value)| (name.to_owned(), value.trim().to_lowercase())).collect()
    };
    let own: BTreeMap<_, _> = entries(own).into_iter().collect();
    let looks = entries(pairs).into_iter().filter_map(|(name, value)| {
        let (light, dark) = value.strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(',')?;
        let third = own.get(&name).map_or("", String::as_str).to_owned();
        Some((name, [light.trim().to_owned(), dark.trim().to_owned(), third]))
    });
    looks.collect()
}

#[test]
fn every_colour_of_the_drawings_is_that_of_the_page_in_every_look() {
    let tokens = tokens();
    for (look, theme) in Theme::ALL.into_iter().enumerate() {
        let rivals =
            theme.rivals.iter().enumerate().map(|(index, rgb)| (format!("rival-{}", index + 1), *rgb));
        let named = [
            ("paper", theme.paper),
            ("ink", theme.ink),
            ("muted", theme.muted),
            ("grid", theme.grid),
            ("desk", theme.desk),
            ("w", theme.w),
            ("x", theme.x),
            ("pipe", theme.pipe),
            ("pipe-edge", theme.pipe_edge),
            ("water", theme.water),
            ("drop", theme.drop),
            ("tag", theme.tag),
            ("tag-edge", theme.tag_edge),
            ("m", theme.m),
            ("h", theme.h),
            ("x", theme.x),
            ("y", theme.y),
            ("E", theme.error),
            ("reach", theme.reach),
        ];
        for (name, rgb) in named.map(|(name, rgb)| (name.to_owned(), rgb)).into_iter().chain(rivals) {
            let page = tokens.get(&name).unwrap_or_else(|| panic!("tokens.css has no colour --{name}"));
            assert_eq!(page[look], rgb.to_string(), "--{name}, {}", theme.name);
        }
    }
}

fn words(file: &str) -> BTreeMap<String, String> {
    let json: Value = serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("www/{file}: {error}"));
    let object = json.as_object().unwrap_or_else(|| panic!("www/{file} is no object"));
    let text = |value: &Value| value.as_str().expect("a word is a text").to_owned();
    object.iter().map(|(key, value)| (key.clone(), text(value))).collect()
}

/// The texts of a module in quotes, and those in backquotes, in which `*` stands for what is filled in.
struct Texts {
    plain: BTreeSet<String>,
    filled: BTreeSet<String>,
}

fn texts() -> Texts {
    let mut texts = Texts { plain: BTreeSet::new(), filled: BTreeSet::new() };
    for name in files("js", ".js") {
        let source = read(&name);
        for line in
            source.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.starts_with('*'))
        {
            texts.plain.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
            texts.filled.extend(line.split('`').skip(1).step_by(2).map(with_stars));
        }
    }
    texts
}

/// A template with each `${…}` replaced by `*`.
fn with_stars(template: &str) -> String {
    let mut parts = template.split("${");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push('*');
        text.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    text
}

/// Whether a key is one that a template makes; a star stands for a part without a dot. One at the
/// beginning stands for the name of a choice.
fn fits(key: &str, template: &str) -> bool {
    const CHOICES: [&str; 8] =
        ["preset", "error", "optimizer", "sensitivities", "units", "law", "demand", "rule"];
    let (key, template): (Vec<_>, Vec<_>) = (key.split('.').collect(), template.split('.').collect());
    key.len() == template.len()
        && template.len() > 1
        && (template[0] != "*" || CHOICES.contains(&key[0]))
        && template.iter().zip(&key).all(|(part, word)| *part == "*" || part == word)
}

#[test]
fn every_key_that_the_page_says_is_in_the_words() {
    let english = words("locales/en.json");
    let mut said = 0;
    for name in files("js", ".js") {
        let source = read(&name);
        for call in source.split(".say(").skip(1) {
            let quote = call.chars().next().unwrap_or_default();
            let Some((text, _)) = call[quote.len_utf8()..].split_once(quote) else { continue };
            match quote {
                '"' => assert!(english.contains_key(text), "{name} says \"{text}\""),
                '`' => {
                    let template = with_stars(text);
                    assert!(english.keys().any(|key| fits(key, &template)), "{name} says `{text}`");
                }
                _ => continue,
            }
            said += 1;
        }
    }
    assert!(said > 20, "the page says {said} things");
}

#[test]
fn no_word_is_left_that_nobody_says() {
    let texts = texts();
    // What the pages of the course say, their build checks: xtask/course.mjs.
    for key in words("locales/en.json").keys().filter(|key| !key.starts_with("course.")) {
        let is_said = texts.plain.contains(key) || texts.filled.iter().any(|template| fits(key, template));
        assert!(is_said, "nobody says {key}");
    }
}

#[test]
fn every_choice_parameter_and_complaint_of_the_engine_has_its_word() {
    let english = words("locales/en.json");
    let mut wanted = BTreeSet::new();
    let of_runs = [Key::Preset, Key::Error, Key::Optimizer, Key::Sensitivities, Key::Units];
    for key in of_runs.into_iter().chain([Key::Law, Key::Demand, Key::Rule]) {
        let Kind::Choice(names) = key.kind() else { panic!("{} is a choice", key.name()) };
        wanted.insert(format!("set.{}", key.name()));
        wanted.extend(names.iter().map(|name| format!("{}.{name}", key.name())));
    }
    let of_city = [Key::Range, Key::Batch, Key::Seed, Key::Pace].map(Key::name);
    wanted.extend(of_city.into_iter().chain([List::City.name()]).map(|name| format!("set.{name}")));
    let Kind::Choice(presets) = Key::Preset.kind() else { panic!("the preset is a choice") };
    let Kind::Choice(optimizers) = Key::Optimizer.kind() else { panic!("the optimizer is a choice") };
    for preset in presets.iter() {
        for optimizer in optimizers.iter() {
            let (scenario, _) =
                Scenario::parse(&format!("preset={preset}&optimizer={optimizer}&error=huber"));
            wanted.extend(scenario.parameters().iter().map(|key| format!("parameter.{}", key.name())));
        }
    }
    let reasons = [
        Reason::UnknownKey,
        Reason::NotInRange { least: 0.0, most: 1.0, whole: false },
        Reason::NotInRange { least: 0.0, most: 1.0, whole: true },
        Reason::NotAChoice { names: &[] },
        Reason::NotAValve,
        Reason::NotInPreset { preset: "house" },
        Reason::NotABranch,
        Reason::NotTurns { most: 1 },
        Reason::NotAList { count: 1, least: 0.0, most: 1.0 },
        Reason::NotSizes { count: 8, most: 1.0, valves: 1.0 },
        Reason::TooManyRivals { most: 1 },
        Reason::Repeated,
        Reason::TooLong,
    ];
    wanted.extend(reasons.iter().map(|reason| format!("complaint.{}", reason.name())));
    let endings = [Ending::Arrived, Ending::NoProgress, Ending::NotFinite, Ending::Limit];
    wanted.extend(endings.map(|ending| format!("ending.{}", ending.name())));
    wanted.extend(Verdict::NAMES.map(|name| format!("verdict.{name}")));
    wanted.extend(Link::PHASES.map(|phase| format!("pass.phase.{phase}")));
    wanted.extend(Link::sayings().iter().map(|(name, form)| format!("pass.{name}.{form}")));
    for key in wanted {
        assert!(english.contains_key(&key), "there is no word for {key}");
    }
}

/// The names of the places in a sentence that are to be filled.
fn places(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_place_in_the_sentence_of_a_link_has_something_to_fill_it() {
    let english = words("locales/en.json");
    let sentence = |(name, form): (&str, &str)| &english[&format!("pass.{name}.{form}")];
    let Kind::Choice(optimizers) = Key::Optimizer.kind() else { panic!("the optimizer is a choice") };
    let runs = optimizers.iter().map(|rule| format!("optimizer={rule}&rate=0.1"));
    let others = [
        "m=6&h=5&target=2.5",
        "turns=4:5,4:6,5:7,5:7",
        "preset=house",
        "preset=house&m=1",
        "preset=house&Cother=0",
        "target=1",
        "optimizer=adamw&rate=5&decay=0.5",
        "turns=4:5,4:6&sensitivities=alternate",
        "rate=0.1&until=1,pressure,1",
        "error=squared",
        "error=huber",
        "error=huber&m=9&h=9",
        "m=9.9&rate=8",
        "sensitivities=alternate",
        "sensitivities=wiggle&rate=4",
        "sensitivities=spsa",
    ];
    for string in runs.chain(others.map(str::to_owned)) {
        let mut session = Session::open(&string).0;
        for _ in 0..4 {
            for link in session.pass() {
                let numbers = link.numbers.iter().map(|(name, _)| *name);
                let clauses = link.clauses.iter().map(|(place, _)| *place);
                let mut there: BTreeSet<_> = numbers.chain(["is"]).map(str::to_owned).collect();
                for (_, clause) in &link.clauses {
                    let open: Vec<_> = places(sentence(*clause)).difference(&there).cloned().collect();
                    assert!(open.is_empty(), "{clause:?} has no {open:?} in {string}");
                }
                there.extend(clauses.chain(link.part.map(|_| "part")).map(str::to_owned));
                let open: Vec<_> = places(sentence(link.says)).difference(&there).cloned().collect();
                assert!(open.is_empty(), "{:?} has no {open:?} in {string}", link.says);
            }
            session.step(1);
        }
    }
}

#[test]
fn every_language_has_every_word_with_the_same_places_for_numbers() {
    let english = words("locales/en.json");
    for file in files("locales", ".json") {
        let other = words(&file);
        for (key, text) in &english {
            let theirs = other.get(key).unwrap_or_else(|| panic!("www/{file} has no {key}"));
            assert_eq!(places(theirs), places(text), "www/{file}: {key}");
        }
        let more = other.iter().filter(|(key, _)| !english.contains_key(*key));
        for (key, text) in more {
            let usual = usual_form(&file, key).and_then(|usual| other.get(&usual));
            let usual = usual.unwrap_or_else(|| panic!("www/{file} has {key}, which nobody says"));
            // Two of something need no digit.
            let mut there = places(text);
            there.insert("count".to_owned());
            assert_eq!(there, places(usual), "www/{file}: {key}");
        }
    }
}

/// The key of the usual form of a plural, where a key is that of a form that a language has and English
/// has not.
fn usual_form(file: &str, key: &str) -> Option<String> {
    let forms: &[&str] = match file {
        "locales/es.json" => &["many"],
        "locales/ar.json" => &["two", "few", "many"],
        _ => &[],
    };
    let (stem, form) = key.rsplit_once('.')?;
    forms.contains(&form).then(|| format!("{stem}.other"))
}

#[test]
fn only_a_plural_form_that_a_language_has_may_be_more_than_english() {
    assert_eq!(usual_form("locales/ar.json", "run.count.two").as_deref(), Some("run.count.other"));
    assert_eq!(usual_form("locales/es.json", "run.count.many").as_deref(), Some("run.count.other"));
    for (file, key) in [
        ("locales/es.json", "run.count.two"),
        ("locales/zh.json", "run.count.many"),
        ("locales/ar.json", "run.count.none"),
        ("locales/ar.json", "two"),
    ] {
        assert_eq!(usual_form(file, key), None, "{file}: {key}");
    }
}

#[test]
fn no_word_stands_in_the_page_s_modules() {
    // A text with a space between two letters would be a sentence.
    for name in files("js", ".js") {
        for line in read(&name).lines().map(str::trim) {
            if line.starts_with("//")
                || line.starts_with('*')
                || line.starts_with("/*")
                || line.contains("throw new Error")
            {
                continue;
            }
            for text in line.split('"').skip(1).step_by(2) {
                let is_sentence = text.starts_with(char::is_uppercase)
                    && text.contains(' ')
                    && !text.contains(['(', '=', '<', ':']);
                assert!(!is_sentence, "www/{name} says \"{text}\" itself");
            }
        }
    }
}

/// What the address of a frame says of its figure is no part of a scenario, for the page and for the engine alike.
#[cfg(feature = "export")]
#[test]
fn links_of_frames_are_read_without_what_is_the_frames_own() {
    let source = read("js/frame-query.js");
    let (_, list) = source.split_once("ATTRIBUTES = [").expect("frames have attributes");
    let (list, _) = list.split_once(']').expect("the list ends");
    let own = list.split(',').map(|name| name.trim().trim_matches('"')).chain(["resize", "origin"]);
    let mut count = 0;
    for name in own {
        let mut cohort = backflow::scenario::Cohort::default();
        let remarks = cohort.add_text(&format!("embed.html?{name}=x&m=4"));
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        assert_eq!(cohort.students()[0].scenario.as_deref(), Some("m=4"), "{name}");
        count += 1;
    }
    assert!(count > 10, "{count} attributes");
}
