//! Drawings against the ones that were looked at and kept, in `tests/golden`.
//!
//! Where one differs, what is drawn now is written beside it as `…-changed.svg`. Look at both; if the
//! new one is right, `BACKFLOW_BLESS=1 cargo test --test golden` keeps it. That is refused where `CI`
//! is set.
//!
//! exp, ln and tanh differ in their last bits between machines, so a coordinate, which is a whole
//! number of eighths of a CSS pixel, may be off by one; and so may a pixel of the field in its table of
//! colours.

#![cfg(feature = "export")]

use backflow::descent::Verdict;
use backflow::figure::{
    Moment, Sheet, Size, Theme, city_chart_svg, cohort_svg, curves_svg, history_svg, landscape_svg,
    memory_svg, picture, plot_svg, rates_svg,
};
use backflow::landscape::Rates;
use backflow::scenario::{Cohort, Key, RatesPlane, Session};
use std::env;
use std::fs;
use std::path::PathBuf;

/// How far a coordinate may be off.
const SLACK: f64 = 1.0;
/// Margins keep every coordinate above this; smaller numbers are widths and labels.
const LEAST: f64 = 20.0;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn session(scenario: &str) -> Session {
    let (session, complaints) = Session::open(scenario);
    assert!(complaints.is_empty(), "{complaints:?}");
    session
}

/// Holds a drawing against its golden file.
fn check(name: &str, drawn: &str) {
    let golden = folder().join(format!("{name}.svg"));
    let changed = folder().join(format!("{name}-changed.svg"));
    if env::var_os("BACKFLOW_BLESS").is_some() {
        assert!(env::var_os("CI").is_none(), "goldens are kept by a person who looked at them, not by CI");
        fs::write(&golden, drawn).unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
        let _ = fs::remove_file(&changed);
        return;
    }
    let kept = fs::read_to_string(&golden).unwrap_or_else(|error| {
        panic!("{}: {error}; BACKFLOW_BLESS=1 cargo test --test golden makes it", golden.display())
    });
    if let Err(difference) = compare(&kept, drawn) {
        fs::write(&changed, drawn).unwrap_or_else(|error| panic!("{}: {error}", changed.display()));
        panic!("{name} has changed: {difference}. Compare {} with {}", changed.display(), golden.display());
    }
    // What an earlier failure left.
    let _ = fs::remove_file(&changed);
}

/// What is the first difference between two drawings, if there is one.
fn compare(kept: &str, drawn: &str) -> Result<(), String> {
    let (kept, kept_fields) = without_fields(kept);
    let (drawn, drawn_fields) = without_fields(drawn);
    if kept.lines().count() != drawn.lines().count() {
        return Err(format!("{} lines became {}", kept.lines().count(), drawn.lines().count()));
    }
    for (number, (before, after)) in kept.lines().zip(drawn.lines()).enumerate() {
        let (before, after) = (words(before), words(after));
        let same = before.len() == after.len() && before.iter().zip(&after).all(|(a, b)| is_near(a, b));
        if !same {
            return Err(format!("line {}: {} became {}", number + 1, before.concat(), after.concat()));
        }
    }
    if kept_fields.len() != drawn_fields.len() {
        return Err(format!("{} pictures became {}", kept_fields.len(), drawn_fields.len()));
    }
    for (before, after) in kept_fields.iter().zip(&drawn_fields) {
        compare_fields(before, after)?;
    }
    Ok(())
}

/// A line cut into numbers and what stands between them. The digits of a colour are no number.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_number = None;
    let mut in_color = false;
    for letter in line.chars() {
        in_color = letter == '#' || (in_color && letter.is_ascii_hexdigit());
        let numeric = !in_color && (letter.is_ascii_digit() || letter == '.' || letter == '-');
        if in_number != Some(numeric) {
            words.push(String::new());
            in_number = Some(numeric);
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    words
}

fn is_near(before: &str, after: &str) -> bool {
    match (before.parse::<f64>(), after.parse::<f64>()) {
        (Ok(a), Ok(b)) if a >= LEAST => (a - b).abs() <= SLACK,
        _ => before == after,
    }
}

const ADDRESS: &str = "data:image/png;base64,";

/// A drawing without the pictures in it, and the bytes of those.
fn without_fields(svg: &str) -> (String, Vec<Vec<u8>>) {
    let mut parts = svg.split(ADDRESS);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut fields = Vec::new();
    for part in parts {
        let (picture, rest) = part.split_once('"').expect("an address ends");
        fields.push(decode(picture));
        text.push_str(rest);
    }
    (text, fields)
}

/// Base64 (RFC 4648).
fn decode(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let digit = |byte: &u8| (0u32..).zip(DIGITS).find(|(_, digit)| *digit == byte).expect("a digit").0;
        let bits = group.iter().fold(0, |bits, byte| bits << 6 | digit(byte)) << (6 * (4 - group.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}

/// The data of a chunk of a PNG (ISO/IEC 15948).
fn chunk<'a>(png: &'a [u8], kind: &[u8; 4]) -> &'a [u8] {
    let mut at = 8;
    while at + 8 <= png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")) as usize;
        if png[at + 4..at + 8] == *kind {
            return &png[at + 8..at + 8 + length];
        }
        at += length + 12;
    }
    panic!("a picture without {}", String::from_utf8_lossy(kind));
}

/// The rows of a picture whose pixels are stored, not compressed (RFC 1950, RFC 1951).
fn rows(png: &[u8]) -> Vec<u8> {
    let stream = chunk(png, b"IDAT");
    let mut rows = Vec::new();
    let mut at = 2;
    loop {
        let last = stream[at] & 1 == 1;
        assert_eq!(stream[at] >> 1, 0, "the pixels are stored");
        let length = usize::from(u16::from_le_bytes([stream[at + 1], stream[at + 2]]));
        rows.extend_from_slice(&stream[at + 5..at + 5 + length]);
        at += 5 + length;
        if last {
            return rows;
        }
    }
}

fn compare_fields(before: &[u8], after: &[u8]) -> Result<(), String> {
    for kind in [b"IHDR", b"PLTE"] {
        if chunk(before, kind) != chunk(after, kind) {
            return Err(format!("the picture's {} differs", String::from_utf8_lossy(kind)));
        }
    }
    let (before, after) = (rows(before), rows(after));
    let off = before.iter().zip(&after).filter(|(a, b)| a.abs_diff(**b) > 1).count();
    if before.len() != after.len() || off > 0 {
        return Err(format!("{off} of {} pixels of the field differ", before.len()));
    }
    Ok(())
}

const SQUARE: (f64, f64) = (520.0, 520.0);
const WIDE: (f64, f64) = (640.0, 320.0);
const CURVES: (f64, f64) = (480.0, 380.0);

fn landscape_of(name: &str, scenario: &str, (width, height): (f64, f64), theme: Theme) {
    check(name, &landscape_svg(&session(scenario), Size::new(width, height), theme));
}

fn history_of(name: &str, scenario: &str, (width, height): (f64, f64), theme: Theme) {
    check(name, &history_svg(&session(scenario), Size::new(width, height), theme));
}

#[test]
fn the_landscape_of_products_before_the_first_step() {
    landscape_of("landscape-product", "", SQUARE, Theme::LIGHT);
}

#[test]
fn the_landscape_of_a_run_that_bounces_in_the_dark() {
    landscape_of("landscape-bouncing-dark", "rate=2&steps=40", SQUARE, Theme::DARK);
}

#[test]
fn the_landscape_of_the_house_with_another_tap() {
    landscape_of("landscape-house", "preset=house&optimizer=momentum&steps=30", SQUARE, Theme::LIGHT);
}

#[test]
fn the_landscape_of_the_plateau_with_its_bowl() {
    landscape_of("landscape-plateau", "preset=plateau&error=squared&steps=60", (360.0, 420.0), Theme::LIGHT);
}

#[test]
fn the_landscape_where_the_ideal_is_out_of_reach() {
    landscape_of("landscape-low-pressure", "preset=low-pressure&steps=200", SQUARE, Theme::DARK);
}

/// A house in which a hand has turned both valves.
fn turned(scenario: &str, position: [f64; 2]) -> Session {
    let mut session = session(scenario);
    session.turn_to(position);
    session
}

#[test]
fn the_landscape_with_what_was_promised_of_a_turn() {
    let (width, height) = SQUARE;
    let session = turned("preset=house&m=3&h=4", [5.0, 6.5]);
    check("landscape-promise", &landscape_svg(&session, Size::new(width, height), Theme::LIGHT));
}

#[test]
fn the_curves_with_what_was_promised_of_a_turn() {
    curves_of("curves-promise", &turned("preset=house&m=4&h=4", [4.0, 8.0]), CURVES, Theme::LIGHT);
}

#[test]
fn the_curves_where_both_valves_have_less_than_was_promised_in_the_dark() {
    curves_of("curves-promise-dark", &turned("preset=curves&m=7&h=2", [9.0, 5.0]), CURVES, Theme::DARK);
}

#[test]
fn the_landscape_at_the_smallest_size() {
    landscape_of("landscape-smallest", "m=10&h=1", (0.0, 0.0), Theme::LIGHT);
}

fn curves_of(name: &str, session: &Session, (width, height): (f64, f64), theme: Theme) {
    check(name, &curves_svg(session, Size::new(width, height), theme));
}

#[test]
fn the_curves_of_products() {
    curves_of("curves-product", &session("m=5&h=7"), CURVES, Theme::LIGHT);
}

#[test]
fn the_curves_of_the_house_in_the_dark() {
    curves_of("curves-house-dark", &session("preset=house&m=4.2&h=6.3"), CURVES, Theme::DARK);
}

#[test]
fn the_curves_where_the_ideal_is_out_of_reach() {
    curves_of("curves-low-pressure", &session("preset=low-pressure&m=9&h=9.7"), CURVES, Theme::LIGHT);
}

#[test]
fn the_curves_at_the_smallest_size() {
    curves_of("curves-smallest", &session("preset=plateau&m=10&h=5.6"), (0.0, 0.0), Theme::LIGHT);
}

#[test]
fn the_history_before_the_first_step() {
    history_of("history-start", "preset=house", WIDE, Theme::LIGHT);
}

#[test]
fn the_history_of_a_run_that_bounces() {
    history_of("history-bouncing", "rate=2&steps=40", WIDE, Theme::LIGHT);
}

/// Four runs from one start, one of them by hand, and the main one taken back.
const RACE: &str = "optimizer=momentum&rate=0.02&steps=30&rival=optimizer=adagrad%26rate=0.5\
    &rival=optimizer=adam&rival=turns=4:5,6:5,8:5,8:6.5,8:6";

fn race() -> Session {
    let mut session = session(RACE);
    session.finish();
    session.seek(20);
    session
}

#[test]
fn the_landscape_of_a_race_with_the_velocity_and_what_lies_ahead() {
    let (width, height) = SQUARE;
    check("landscape-race", &landscape_svg(&race(), Size::new(width, height), Theme::LIGHT));
}

#[test]
fn the_history_of_a_race_taken_back() {
    let (width, height) = WIDE;
    check("history-race-dark", &history_svg(&race(), Size::new(width, height), Theme::DARK));
}

#[test]
fn a_class_on_one_landscape() {
    let mut cohort = Cohort::default();
    let names = ["Ana", "Bilal", "Chen", "Dora", "", "<Fatou & co>", "李", "Hana"];
    let lines = Cohort::EXAMPLE.into_iter().zip(names).map(|(scenario, name)| format!("{name}\t{scenario}"));
    assert_eq!(cohort.add_text(&lines.collect::<Vec<_>>().join("\n")), []);
    let landscape = cohort.landscape("").expect("a landscape");
    let (width, height) = SQUARE;
    let names = Verdict::NAMES.map(str::to_owned);
    let drawn = cohort_svg(&cohort, &landscape, Size::new(width, height), Theme::LIGHT, &names);
    assert!(drawn.contains("&lt;Fatou &amp; co&gt;"), "a name is text");
    check("cohort", &drawn);
}

#[test]
fn what_adagrad_remembers() {
    let session = session("optimizer=adagrad&rate=0.5&steps=30");
    check("memory-adagrad", &memory_svg(&session, Size::new(480.0, 260.0), Theme::LIGHT));
}

#[test]
fn the_rates_map_of_momentum() {
    let plane = RatesPlane::new(&session("tolerance=0.05").settings(), Key::Momentum);
    let mut rates = Rates::new(48, 40, 300);
    rates.survey(0..40, |at| plane.experiment(at));
    check("rates-momentum", &rates_svg(&rates, &plane, Size::new(480.0, 400.0), Theme::DARK, ("", &[])));
}

/// A drawing of the course.
fn plot_of(name: &str, [figure, scenario]: [&str; 2], (width, height): (f64, f64), theme: Theme) {
    check(name, &plot_svg(figure, &session(scenario), Size::new(width, height), theme, false));
}

#[test]
fn the_small_network() {
    plot_of("small-network", ["small-network", ""], (640.0, 420.0), Theme::LIGHT);
}

#[test]
fn the_small_network_on_a_narrow_screen_in_the_dark() {
    plot_of("small-network-narrow-dark", ["small-network", "error=squared"], (320.0, 300.0), Theme::DARK);
}

#[test]
fn the_small_network_with_a_dry_pump_and_shut_valves_for_a_projector() {
    let scenario = "valves=1,2,7,4,10,4,8,4,8,8,1,1,1,1,1,7,5,2&pumps=12,100,0&wants=7,1,100&error=squared";
    plot_of("small-network-dry-projector", ["small-network", scenario], (640.0, 420.0), Theme::PROJECTOR);
}

#[test]
fn the_small_network_before_its_blame_is_told() {
    let size = Size::new(320.0, 300.0);
    check("small-network-guess", &plot_svg("small-network", &session(""), size, Theme::LIGHT, true));
}

#[test]
fn the_shower_as_pipes() {
    plot_of("fade-pipes", ["fade", ""], (640.0, 220.0), Theme::LIGHT);
}

#[test]
fn the_shower_halfway_to_a_network_in_the_dark() {
    plot_of("fade-halfway-dark", ["fade", "m=7&h=7&fade=0.5"], (640.0, 220.0), Theme::DARK);
}

#[test]
fn the_shower_as_a_network_on_a_narrow_screen() {
    plot_of("fade-network-narrow", ["fade", "preset=curves&fade=1"], (320.0, 220.0), Theme::PROJECTOR);
}

#[test]
fn the_house_as_a_network_has_two_paths() {
    plot_of("fade-house", ["fade", "preset=house&m=6&fade=0.8"], (320.0, 220.0), Theme::LIGHT);
}

/// A picture by its name.
fn picture_of(file: &str, (name, scenario): (&str, &str), (width, height): (f64, f64), theme: Theme) {
    let sheet = Sheet::new(Size::new(width, height), theme);
    let drawn = picture(name, &session(scenario), &sheet).unwrap_or_else(|| panic!("{name} is a picture"));
    check(file, &drawn);
}

#[test]
fn the_plumbing_with_two_handles() {
    picture_of("plumbing-shower", ("shower", "turns="), (560.0, 250.0), Theme::LIGHT);
}

#[test]
fn the_plumbing_with_its_chain_in_the_dark() {
    picture_of("plumbing-chain-dark", ("chain", "preset=article&m=4&h=4"), (560.0, 360.0), Theme::DARK);
}

#[test]
fn the_plumbing_with_two_paths_for_a_projector() {
    picture_of(
        "plumbing-two-paths-projector",
        ("two-paths", "preset=house"),
        (560.0, 360.0),
        Theme::PROJECTOR,
    );
}

#[test]
fn the_plumbing_with_no_water_at_the_smallest_size() {
    picture_of("plumbing-smallest", ("shower", "m=1&h=1"), (0.0, 0.0), Theme::LIGHT);
}

#[test]
fn what_a_plumber_believes_whose_ratio_flips() {
    picture_of("plumber-joint", ("plumber", "sensitivities=joint&steps=12"), (560.0, 400.0), Theme::LIGHT);
}

#[test]
fn what_a_plumber_believes_of_whom_half_the_signs_are_wrong_in_the_dark() {
    picture_of("plumber-spsa-dark", ("plumber", "sensitivities=spsa&steps=56"), (560.0, 360.0), Theme::DARK);
}

#[test]
fn the_history_of_five_thousand_steps() {
    history_of(
        "history-long-dark",
        "preset=plateau&optimizer=adagrad&rate=0.02&steps=5000",
        WIDE,
        Theme::DARK,
    );
}

#[test]
fn a_turn_shared_out_and_all_its_directions() {
    plot_of("split", ["split", "preset=product&angle=60"], (640.0, 340.0), Theme::LIGHT);
    plot_of("split-narrow-dark", ["split", "preset=house&m=9.5&h=3&angle=200"], (320.0, 460.0), Theme::DARK);
}

#[test]
fn three_reasons_side_by_side_and_below_one_another() {
    plot_of("three-reasons", ["three-reasons", "preset=product&jump=5"], (760.0, 300.0), Theme::LIGHT);
    let low = ["three-reasons", "preset=low-pressure&m=4&h=6&jump=3"];
    plot_of("three-reasons-low-dark", low, (320.0, 300.0), Theme::DARK);
}

#[test]
fn a_moved_line_another_colour_and_another_word_are_seen_and_a_last_bit_is_not() {
    let drawn = landscape_svg(&session("preset=house&steps=5"), Size::new(200.0, 200.0), Theme::LIGHT);
    assert_eq!(compare(&drawn, &drawn), Ok(()));
    let circle = drawn.find("cx=\"").expect("a circle") + 4;
    let end = circle + drawn[circle..].find('"').expect("its end");
    let x: i32 = drawn[circle..end].parse().expect("a whole number");
    let moved = |by: i32| format!("{}{}{}", &drawn[..circle], x + by, &drawn[end..]);
    assert_eq!(compare(&drawn, &moved(1)), Ok(()));
    assert!(compare(&drawn, &moved(2)).is_err());
    assert!(compare(&drawn, &drawn.replacen("#FFFFFF", "#FFFFFD", 1)).is_err());
    assert!(compare(&drawn, &drawn.replacen("</text>", "!</text>", 1)).is_err());
    assert!(compare(&drawn, &drawn.replacen("\n4\n", "\n5\n", 1)).is_err(), "a label");
    let color = |last: &str| drawn.replacen("fill=\"#5A6675\"", &format!("fill=\"#5A667{last}\""), 1);
    assert_ne!(color("6"), drawn);
    assert!(compare(&drawn, &color("6")).is_err(), "a colour");
    let other =
        landscape_svg(&session("preset=house&steps=5&target=6.4"), Size::new(200.0, 200.0), Theme::LIGHT);
    let [(_, here), (_, there)] = [&drawn, &other].map(|svg| without_fields(svg));
    assert!(compare_fields(&here[0], &there[0]).is_err());
}

const USUAL: (f64, f64) = (560.0, 400.0);
const PHONE: (f64, f64) = (320.0, 260.0);

#[test]
fn rise_over_run() {
    plot_of("ruler", ["ruler", "preset=article&m=4&h=4&to=8"], USUAL, Theme::LIGHT);
    plot_of("ruler-back-dark", ["ruler", "preset=curves&m=8&h=7&to=2"], PHONE, Theme::DARK);
}

#[test]
fn two_points_that_come_together() {
    plot_of("shrink", ["shrink", "preset=curves&m=8&h=3&span=4"], USUAL, Theme::LIGHT);
    plot_of("shrink-near-dark", ["shrink", "preset=curves&m=8&h=3&span=0.01"], PHONE, Theme::DARK);
    plot_of("shrink-back", ["shrink", "preset=house&m=6&h=9.5&span=1"], USUAL, Theme::PROJECTOR);
}

#[test]
fn one_valve_at_a_time() {
    plot_of("hold", ["hold", "preset=article&m=4&h=4&to=6&drift=1"], USUAL, Theme::LIGHT);
    plot_of("hold-down-dark", ["hold", "preset=curves&m=8&h=3&to=8&drift=-1"], PHONE, Theme::DARK);
    plot_of("hold-still", ["hold", "preset=article&m=4&h=4&to=6"], USUAL, Theme::PROJECTOR);
}

#[test]
fn the_error_over_the_flow() {
    plot_of("error", ["error", "preset=article&m=4&h=4"], USUAL, Theme::LIGHT);
    plot_of("error-exact", ["error", "preset=article&m=4&h=8"], USUAL, Theme::PROJECTOR);
    plot_of("error-bowl-dark", ["error", "preset=curves&m=8&h=6&error=squared"], PHONE, Theme::DARK);
    plot_of("error-huber", ["error", "preset=article&m=4&h=2&error=huber&delta=1.5"], USUAL, Theme::LIGHT);
}

/// A city that learns: the error falls and swings, and the reach falls after it, read at every tenth step.
fn learning(steps: u32) -> Vec<Moment> {
    let at = |step: u32| {
        let part = f64::from(step) / 250.0;
        let error = 0.05 + 0.4 / (1.0 + 6.0 * part) + 0.02 * f64::from(step % 7) / 7.0;
        let reach = step.is_multiple_of(10).then(|| 40.0 + 140.0 / (1.0 + part * part));
        Moment { step: f64::from(step), error, reach }
    };
    (0..=steps).map(at).collect()
}

#[test]
fn the_error_and_the_reach_of_a_city() {
    let chart = |name: &str, steps: u32, width: f64, theme: Theme| {
        let drawn = city_chart_svg(&learning(steps), Some(180.0), Size::new(width, 260.0), theme);
        check(name, &drawn);
    };
    chart("city-chart", 400, 640.0, Theme::LIGHT);
    chart("city-chart-dark", 400, 640.0, Theme::DARK);
    chart("city-chart-narrow", 1200, 320.0, Theme::LIGHT);
    chart("city-chart-narrow-dark", 4, 320.0, Theme::DARK);
}

#[test]
fn a_city_before_the_first_step_and_one_of_no_numbers() {
    let size = Size::new(320.0, 260.0);
    let start = [Moment { step: 0.0, error: 0.4, reach: None }];
    check("city-chart-start", &city_chart_svg(&start, None, size, Theme::PROJECTOR));
    let none = Moment { step: f64::NAN, error: f64::INFINITY, reach: Some(f64::NAN) };
    let nothing = city_chart_svg(&[], None, size, Theme::LIGHT);
    assert_eq!(city_chart_svg(&[none], Some(f64::NAN), size, Theme::LIGHT), nothing);
    // Both axes with their 0, and no curve.
    assert!(!nothing.contains("<circle"));
    assert_eq!(nothing.matches("<polyline").count(), 2);
}
