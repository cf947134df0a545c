//! The engine against reference values that other programs computed; see `tests/reference/README.md`.

use backflow::descent::Run;
use backflow::plumbing::{Characteristic, Model, Preset, Shower};
use backflow::scenario::Scenario;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A file or folder in `tests/reference`.
fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

/// The rows of a table of numbers, its header checked; the first `names` columns are texts.
fn table(name: &str, header: &str, names: usize) -> Vec<(Vec<String>, Vec<f64>)> {
    let file = read(name);
    let mut lines = file.lines();
    assert_eq!(lines.next(), Some(header), "{name}");
    let row = |line: &str| {
        let fields: Vec<_> = line.split(',').map(str::to_owned).collect();
        assert_eq!(fields.len(), header.split(',').count(), "{name}: {line}");
        let (texts, numbers) = fields.split_at(names);
        let parse = |field: &String| field.parse().unwrap_or_else(|_| panic!("{name}: {field} is no number"));
        (texts.to_vec(), numbers.iter().map(parse).collect())
    };
    lines.map(row).collect()
}

/// A scenario that must be without fault.
fn scenario(string: &str) -> Scenario {
    let (scenario, complaints) = Scenario::parse(string);
    assert!(complaints.is_empty(), "{string}: {complaints:?}");
    scenario
}

#[test]
fn every_sensitivity_agrees_with_the_physics() {
    let header =
        "preset,m,h,x,y,E,dx_dm,dx_dh,dy_dx,dy_dh_x,dy_dm,dy_dh,dE_dy,dE_dm,dE_dh,Esq,dEsq_dm,dEsq_dh";
    let rows = table("sensitivities.csv", header, 3);
    assert_eq!(rows.len(), 30);
    let mut worst = (0.0, String::new());
    for (texts, expected) in rows {
        let [preset, m, h] = texts.as_slice() else { panic!("three texts") };
        let position = format!("preset={preset}&m={m}&h={h}");
        let evaluate = |error: &str| {
            let experiment = scenario(&format!("{position}&error={error}")).experiment();
            experiment.evaluate(experiment.start)
        };
        let (error, chain) = evaluate("absolute");
        let (square, chain_of_square) = evaluate("squared");
        let flows = chain.flows;
        let actual = [
            flows.x,
            flows.y,
            error,
            flows.dx_dm,
            flows.dx_dh,
            flows.dy_dx,
            flows.dy_dh_x,
            chain.dy_dm,
            chain.dy_dh,
            chain.de_dy,
            chain.de_dm,
            chain.de_dh,
            square,
            chain_of_square.de_dm,
            chain_of_square.de_dh,
        ];
        assert_eq!(expected.len(), actual.len());
        for ((expected, actual), column) in expected.iter().zip(actual).zip(header.split(',').skip(3)) {
            let deviation = (actual - expected).abs() / expected.abs().max(1.0);
            assert!(deviation <= 1e-12, "{position}: {column} is {actual}, not {expected}");
            if deviation >= worst.0 {
                worst = (deviation, format!("{column} at {position}"));
            }
        }
    }
    println!("sensitivities: worst deviation {:.1e}, {}", worst.0, worst.1);
}

#[test]
fn the_presets_are_the_documented_ones() {
    let file = json("presets.json");
    let file = file.as_object().expect("presets by name");
    assert_eq!(file.len(), Preset::ALL.len());
    for preset in Preset::ALL {
        let expected = &file[preset.name()];
        let shower = Shower { pressure: number(expected, "w"), model: model(expected) };
        assert_eq!(preset.shower(), shower, "{}", preset.name());
        assert_eq!(preset.target(), number(expected, "target"), "{}", preset.name());
        let start = &expected["start"];
        assert_eq!(preset.start().map(Some), [start[0].as_f64(), start[1].as_f64()], "{}", preset.name());
        let experiment = scenario(&format!("preset={}", preset.name())).experiment();
        assert_eq!(experiment.shower, shower, "{}", preset.name());
        assert_eq!((experiment.target, experiment.start), (preset.target(), preset.start()));
    }
}

/// The model of a preset.
fn model(preset: &Value) -> Model {
    let n = |key| number(preset, key);
    let valve = |key: &str| match (preset[key][0].as_str(), preset[key][1].as_f64()) {
        (Some("lin"), None) => Characteristic::Linear,
        (Some("eqp"), Some(p)) => Characteristic::EqualPercentage { rangeability: p },
        (Some("quick"), Some(p)) => Characteristic::QuickOpening { softening: p },
        (Some("scurve"), Some(p)) => Characteristic::SCurve { steepness: p },
        _ => panic!("{key} is no valve in {preset}"),
    };
    match text(preset, "model") {
        "linear" => Model::Linear { kx: n("kx"), kh: n("kh") },
        "product" => Model::Product { k: n("k") },
        "curves" => Model::Curves { scale: n("X"), main: valve("main"), handle: valve("handle") },
        "installed" => Model::Installed {
            scale: n("X"),
            main: valve("main"),
            handle: valve("handle"),
            main_authority: n("Nm"),
            handle_authority: n("Nh"),
        },
        "house" => Model::House {
            main: valve("main"),
            handle: valve("handle"),
            c_main: n("Cmain"),
            c_pipe: n("Cpipe"),
            c_handle: n("Chandle"),
            c_head: n("Chead"),
            c_other: n("Cother"),
        },
        other => panic!("there is no model {other}"),
    }
}

/// The measured trajectories, with the names that their ways of measuring have in a scenario.
const MEASURED: [(&str, &str); 6] = [
    ("measured_product_abs_naive.csv", "joint"),
    ("measured_product_abs_alternate.csv", "alternate"),
    ("measured_product_abs_central.csv", "central"),
    ("measured_product_abs_spsa.csv", "spsa"),
    ("measured_product_abs_broyden.csv", "broyden"),
    ("measured_product_abs_broyden_dither.csv", "wiggle"),
];

/// The scenario of an entry of the manifest.
fn scenario_of(entry: &Value) -> String {
    let error = match text(entry, "error") {
        "abs" => "absolute",
        "sq" => "squared",
        other => panic!("there is no error {other}"),
    };
    let optimizer = text(entry, "optimizer");
    let (optimizer, definition) = match optimizer.strip_prefix("optax_") {
        Some(optimizer) => (optimizer, "optax"),
        None => (if optimizer.starts_with("sgd_") { "descent" } else { optimizer }, "torch"),
    };
    let preset = text(entry, "preset");
    let mut string =
        format!("preset={preset}&error={error}&optimizer={optimizer}&definition={definition}&steps=50");
    for (name, value) in entry["hyper"].as_object().expect("parameters by name") {
        let keys: &[_] = match name.as_str() {
            "lr" | "learning_rate" => &["rate"],
            "eps" => &["epsilon"],
            "betas" => &["beta1", "beta2"],
            "b1" => &["beta1"],
            "b2" => &["beta2"],
            // Our Lion has no decay, and a decay of 0 is none.
            "weight_decay" if value.as_f64() == Some(0.0) => &[],
            "weight_decay" => &["decay"],
            "momentum" => &["momentum"],
            "alpha" | "decay" => &["alpha"],
            "initial_accumulator_value" => &["initial"],
            "rho" => &["rho"],
            // These two only say again which optimizer it is.
            "nesterov" | "amsgrad" => &[],
            other => panic!("there is no parameter {other}"),
        };
        for (index, key) in keys.iter().enumerate() {
            let value = value.get(index).unwrap_or(value);
            string += &format!("&{key}={value}");
        }
    }
    string
}

/// How far a run strays from a file at most.
fn deviation(file: &str, string: &str) -> f64 {
    let scenario = scenario(string);
    let mut run = Run::new(scenario.experiment());
    run.seek(scenario.steps());
    let rows = table(&format!("trajectories/{file}"), "step,m,h,E", 0);
    assert_eq!((rows.len(), run.path().len()), (51, 51), "{file}");
    let mut worst: f64 = 0.0;
    for (number, ((_, expected), step)) in rows.iter().zip(run.path()).enumerate() {
        let [m, h] = step.position;
        let actual = [number as f64, m, h, step.error];
        for (expected, actual) in expected.iter().zip(actual) {
            let deviation = (actual - expected).abs();
            assert!(deviation.is_finite(), "{file}: step {number}");
            worst = worst.max(deviation);
        }
    }
    worst
}

#[test]
fn every_trajectory_is_the_reference_trajectory() {
    let manifest = json("trajectories/manifest.json");
    let entries = manifest.as_array().expect("a list of trajectories");
    assert_eq!(entries.len(), 30);
    let mut files = BTreeSet::new();
    let mut check = |file: &str, string: &str, tolerance: f64| {
        let worst = deviation(file, string);
        println!("{worst:.1e} (at most {tolerance:.0e}) {file}: {string}");
        assert!(worst <= tolerance, "{file} strays by {worst:e}: {string}");
        files.insert(file.to_owned());
    };
    for entry in entries {
        let file = text(entry, "file");
        check(file, &scenario_of(entry), if file.contains("_lr2.") { 1e-9 } else { 1e-11 });
    }
    for (file, way) in MEASURED {
        check(file, &format!("preset=product&rate=0.1&sensitivities={way}&steps=50"), 1e-9);
    }
    let listed: BTreeSet<_> = fs::read_dir(path("trajectories"))
        .expect("the folder is there")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "manifest.json")
        .collect();
    assert_eq!(listed.len(), 36);
    assert_eq!(files, listed);
}

#[test]
fn the_three_rates_do_what_they_are_known_for() {
    let arrival = |rate: &str| {
        let mut run = Run::new(scenario(&format!("preset=product&rate={rate}")).experiment());
        while run.now().error >= 0.1 && run.step() {}
        run.steps()
    };
    assert_eq!((arrival("0.001"), arrival("0.1")), (5485, 56));

    let mut bouncing = Run::new(scenario("preset=product&rate=2").experiment());
    bouncing.seek(2000);
    let late = &bouncing.path()[1000..];
    assert!(late.iter().any(|step| step.error > 0.5));
    assert!(late.windows(2).filter(|pair| pair[0].chain.de_dy != pair[1].chain.de_dy).count() > 500);
}
