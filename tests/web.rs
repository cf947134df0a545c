//! The classes that the page uses, in a real browser: their numbers are the formulas', their views
//! draw, and nothing that is handed to them makes them panic or complain in the console.
//!
//! `cargo test --target wasm32-unknown-unknown --test web`

#![cfg(target_arch = "wasm32")]

use backflow::backprop::Chain;
use backflow::descent::Error;
use backflow::figure::{Rgb, Theme};
use backflow::plumbing::Preset;
use backflow::web::{
    AuditView, CrowdView, CurvesView, HistoryView, Lab, LandscapeView, MemoryView, PlotView, RatesMap,
    RatesView,
};
use js_sys::{Array, Float64Array, Object, Reflect, Uint8ClampedArray};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsError, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs a test, and fails where the console had to be told of an error or a warning.
fn quietly(test: impl FnOnce()) {
    let run = |code: &str| js_sys::eval(code).unwrap_or_else(|_| panic!("the browser does not run {code}"));
    run("globalThis.heard = []; globalThis.kept = [console.error, console.warn]; \
         console.error = (...words) => heard.push(words.join(' ')); console.warn = console.error;");
    test();
    let heard = run("[console.error, console.warn] = kept; heard.join('; ')").as_string();
    assert_eq!(heard.as_deref(), Some(""), "the console was told");
}

fn lab(scenario: &str) -> Lab {
    let lab = Lab::new(scenario);
    assert_eq!(lab.complaints().length(), 0, "{scenario}");
    lab
}

/// A property of an object.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn reading(lab: &Lab) -> BTreeMap<String, f64> {
    let (names, values) = (Lab::reading_names(), lab.reading());
    assert_eq!(names.len(), values.len());
    names.into_iter().zip(values).collect()
}

fn sound<T>(result: Result<T, JsError>) -> T {
    result.unwrap_or_else(|error| panic!("{:?}", JsValue::from(error)))
}

fn canvas() -> HtmlCanvasElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    document.create_element("canvas").expect("a canvas").unchecked_into()
}

/// Every byte of a canvas: red, green, blue, alpha.
fn pixels(canvas: &HtmlCanvasElement) -> Vec<u8> {
    let context = canvas.get_context("2d").ok().flatten().expect("a context");
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.get_image_data(0.0, 0.0, width, height).expect("its pixels").data().0
}

/// A pixel of a canvas, at a place in pixels from the left and the top.
fn pixel(canvas: &HtmlCanvasElement, [x, y]: [f64; 2]) -> [u8; 4] {
    let at = 4 * (y.round() as usize * canvas.width() as usize + x.round() as usize);
    pixels(canvas)[at..at + 4].try_into().expect("four bytes")
}

fn luminance([r, g, b, _]: [u8; 4]) -> f64 {
    0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
}

#[wasm_bindgen_test]
fn a_reading_holds_the_numbers_of_the_formulas() {
    quietly(|| {
        for preset in Preset::ALL {
            for [m, h] in [[1.0, 1.0], [10.0, 10.0], [2.5, 7.25], [6.0, 1.0], [1.0, 9.5], [4.125, 4.875]] {
                for pressure in [0.0, 1.5, 9.0] {
                    let string =
                        format!("preset={}&pressure={pressure}&m={m}&h={h}&error=squared", preset.name());
                    let reading = reading(&lab(&string));
                    let mut shower = preset.shower();
                    shower.pressure = pressure;
                    let flows = shower.flows(m, h);
                    let e = flows.y - preset.target();
                    let chain = Chain::backward(flows, Error::Squared.slope(e));
                    for (name, wanted) in [
                        ("m", m),
                        ("h", h),
                        ("pressure", pressure),
                        ("target", preset.target()),
                        ("x", flows.x),
                        ("y", flows.y),
                        ("E", Error::Squared.value(e)),
                        ("dx_dm", flows.dx_dm),
                        ("dx_dh", flows.dx_dh),
                        ("dy_dx", flows.dy_dx),
                        ("dy_dh_x", flows.dy_dh_x),
                        ("dy_dm", chain.dy_dm),
                        ("dy_dh", chain.dy_dh),
                        ("dE_dy", chain.de_dy),
                        ("dE_dx", chain.de_dx),
                        ("dE_dm", chain.de_dm),
                        ("dE_dh_direct", chain.de_dh_direct),
                        ("dE_dh_via_x", chain.de_dh_via_x),
                        ("dE_dh", chain.de_dh),
                        ("step", 0.0),
                        ("m_fraction", (m - 1.0) / 9.0),
                        ("h_fraction", (h - 1.0) / 9.0),
                    ] {
                        assert_eq!(reading[name], wanted, "{name} of {string}");
                    }
                    assert!(reading.values().all(|number| number.is_finite()), "{string}: {reading:?}");
                }
            }
        }
    });
}

#[wasm_bindgen_test]
fn turning_setting_and_stepping_do_what_they_say() {
    quietly(|| {
        let mut lab = lab("");
        sound(lab.nudge("m", 0.05));
        assert_eq!(lab.scenario(), "m=3.45");
        sound(lab.set_fraction("h", 1.0));
        assert_eq!(lab.scenario(), "m=3.45&h=10");
        lab.turn(0.5, 0.0);
        assert_eq!(lab.scenario(), "m=5.5&h=1");
        lab.turn_to(-7.0, f64::INFINITY);
        assert_eq!(lab.scenario(), "m=1&h=10");
        lab.turn_to(4.0, f64::NAN);
        assert_eq!(lab.scenario(), "m=4&h=10");
        assert!(sound(lab.set("rate", "0.02")).is_undefined());
        assert!(lab.step(3));
        assert_eq!(lab.scenario(), "m=4&h=10&rate=0.02&steps=3");
        let there = reading(&lab);
        assert!(lab.step(2));
        lab.back();
        lab.back();
        let back = reading(&lab);
        assert_eq!((there["made"], back["made"]), (3.0, 5.0), "what was made stays ahead");
        assert!(there.iter().all(|(name, number)| name == "made" || back[name] == *number));
        assert!(sound(lab.set("steps", "5")).is_undefined());
        assert_eq!(reading(&lab)["step"], 5.0);
        lab.reset();
        lab.back();
        assert_eq!(lab.scenario(), "m=4&h=10&rate=0.02");
        // A setting changes the rule, not where the valves stand: the run branches.
        lab.step(7);
        let [m, h] = [reading(&lab)["m"], reading(&lab)["h"]];
        assert!(sound(lab.set("optimizer", "adam")).is_undefined());
        assert_eq!([reading(&lab)["m"], reading(&lab)["h"], reading(&lab)["step"]], [m, h, 7.0]);
        assert!(lab.scenario().ends_with("&steps=7&until=7,optimizer,descent"), "{}", lab.scenario());
        assert!(!lab.step(20_000), "a run has an end");
        assert!(lab.reading().iter().all(|number| number.is_finite()));
    });
}

#[wasm_bindgen_test]
fn what_is_no_number_and_what_is_no_key_changes_nothing_and_never_panics() {
    quietly(|| {
        let mut lab = lab("preset=house&steps=4");
        let before = lab.scenario();
        for key in ["", "colour", "M", "__proto__", "m "] {
            assert!(
                lab.get(key).is_err() && lab.set(key, "1").is_err() && lab.nudge(key, 0.1).is_err(),
                "{key}"
            );
            assert!(Lab::choices(key).is_err() && lab.set_fraction(key, 0.5).is_err(), "{key}");
        }
        assert!(lab.nudge("preset", 0.1).is_err() && lab.set_fraction("main", 0.1).is_err());
        for text in ["", "NaN", "1e999", "0x10", "3,5", "𝟛", "\0", "-"] {
            assert!(!sound(lab.set("m", text)).is_undefined(), "{text}");
        }
        assert_eq!(lab.scenario(), before);
        for fraction in [f64::NAN, f64::INFINITY, -f64::INFINITY, -1e300] {
            sound(lab.set_fraction("m", fraction));
            sound(lab.nudge("h", fraction));
            lab.turn(fraction, fraction);
            lab.turn_to(fraction, fraction);
            assert!(lab.reading().iter().all(|number| number.is_finite()), "{fraction}");
        }
        assert_eq!(sound(lab.get("Cother")).as_deref(), Some("3"));
        assert_eq!(sound(lab.get("k")), None);
        for string in
            ["&&&===", "%", "%ff%00=%", &"m=2&".repeat(3000), "preset=house&preset=plateau&k=1", "🚿=💧"]
        {
            let lab = Lab::new(string);
            assert!(lab.reading().iter().all(|number| number.is_finite()), "{string}");
        }
    });
}

#[wasm_bindgen_test]
fn complaints_are_plain_objects_with_what_was_given_allowed_and_used() {
    quietly(|| {
        let complaints =
            Lab::new("rate=fast&colour=red&error=big&m=1&m=2&k=1&main=tap&preset=house").complaints();
        let of = |reason: &str| {
            let is =
                |complaint: &JsValue| Reflect::get(complaint, &"reason".into()).ok() == Some(reason.into());
            complaints.iter().find(is).unwrap_or_else(|| panic!("a complaint of the kind {reason}"))
        };
        let text =
            |complaint: &JsValue, name: &str| Reflect::get(complaint, &name.into()).expect("a plain object");
        let number = of("number");
        assert!(number.is_instance_of::<Object>());
        assert_eq!(text(&number, "key"), "rate");
        assert_eq!(text(&number, "given"), "fast");
        assert_eq!(text(&number, "least"), 1e-6);
        assert_eq!(text(&number, "most"), 10.0);
        assert_eq!(text(&number, "used"), "0.1");
        let names: Array = text(&of("choice"), "names").unchecked_into();
        assert_eq!(names.join(" "), "absolute squared huber");
        assert_eq!(text(&of("preset"), "preset"), "house");
        assert_eq!(text(&of("repeated"), "used"), "2");
        assert!(text(&of("unknown"), "used").is_undefined());
        assert_eq!(text(&of("valve"), "given"), "tap");
        let mut lab = lab("");
        let complaint = sound(lab.set("h", "99"));
        assert_eq!((text(&complaint, "used"), reading(&lab)["h"]), ("10".into(), 10.0));
    });
}

const SIDE: f64 = 300.0;

/// Where a position lies on the canvas of the marks.
fn place([m, h]: [f64; 2], ratio: f64) -> [f64; 2] {
    let plane = LandscapeView::plane(SIDE, SIDE);
    let [left, top, across, down] = [plane[0], plane[1], plane[2], plane[3]];
    [ratio * (left + across * (m - 1.0) / 9.0), ratio * (top + down * (10.0 - h) / 9.0)]
}

#[wasm_bindgen_test]
fn the_landscape_is_dark_at_the_perfect_line_and_has_the_dot_where_the_valves_stand() {
    quietly(|| {
        for (ratio, theme) in [(1.0, Theme::LIGHT), (2.0, Theme::DARK)] {
            let (below, map, above) = (canvas(), canvas(), canvas());
            let mut view = sound(LandscapeView::new(below.clone(), map, above.clone()));
            let mut lab = lab("");
            sound(view.draw(&lab, SIDE, SIDE, ratio, theme.name));
            assert_eq!((above.width(), above.height()), ((ratio * SIDE) as u32, (ratio * SIDE) as u32));

            // y = 4.5 where (m − 1)(h − 1) = 36.
            let nodes = f64::from(below.width() - 1);
            let field = |m: f64, h: f64| pixel(&below, [nodes * (m - 1.0) / 9.0, nodes * (10.0 - h) / 9.0]);
            let darkest = pixels(&below)
                .chunks_exact(4)
                .map(|bytes| luminance(bytes.try_into().expect("four bytes")))
                .fold(f64::INFINITY, f64::min);
            for (m, h) in [(7.0, 7.0), (5.0, 10.0), (10.0, 5.0), (9.0, 5.5)] {
                assert!(luminance(field(m, h)) < darkest + 4.0, "{m}, {h} is on the perfect line");
            }
            assert!(luminance(field(10.0, 10.0)) > luminance(field(8.0, 8.0)) + 40.0);
            assert!(luminance(field(1.0, 1.0)) > luminance(field(5.0, 5.0)) + 40.0);
            assert!(pixels(&below).chunks_exact(4).all(|bytes| bytes[3] == 255), "the field has no holes");

            let Rgb(r, g, b) = theme.error;
            for position in [[3.0, 5.0], [1.0, 1.0], [10.0, 10.0], [2.5, 9.25]] {
                lab.turn_to(position[0], position[1]);
                sound(view.draw(&lab, SIDE, SIDE, ratio, theme.name));
                assert_eq!(pixel(&above, place(position, ratio)), [r, g, b, 255], "the dot at {position:?}");
            }
        }
    });
}

#[wasm_bindgen_test]
fn a_view_draws_what_changed_and_nothing_else() {
    quietly(|| {
        let [below, map, above, past] = [(); 4].map(|()| canvas());
        let mut landscape = sound(LandscapeView::new(below.clone(), map.clone(), above.clone()));
        let mut history = sound(HistoryView::new(past.clone()));
        let mut lab = lab("");
        let mut draw = |lab: &Lab| {
            sound(landscape.draw(lab, SIDE, SIDE, 1.0, "light"));
            sound(history.draw(lab, SIDE, SIDE, 1.0, "light"));
            [&below, &map, &above, &past].map(pixels)
        };
        let blank = |bytes: &Vec<u8>| bytes.iter().all(|byte| *byte == bytes[0]);
        let mut before = draw(&lab);
        assert!(before.iter().all(|bytes| !blank(bytes)));
        assert!(draw(&lab) == before, "the same again");
        // Field, map, walk and history; the walk may or may not change with the house.
        let all = [Some(true), Some(true), None, Some(true)];
        let walk = [Some(false), Some(false), Some(true), Some(true)];
        let acts: [(&str, [Option<bool>; 4], fn(&mut Lab)); 6] = [
            ("a turn", walk, |lab| lab.turn_to(6.0, 3.0)),
            ("a step", walk, |lab| assert!(lab.step(1))),
            ("the pressure", all, |lab| sound(lab.set_fraction("pressure", 0.7))),
            ("the ideal", all, |lab| sound(lab.set_fraction("target", 0.2))),
            ("the error", all, |lab| assert!(sound(lab.set("error", "squared")).is_undefined())),
            ("the house", all, |lab| assert!(sound(lab.set("preset", "plateau")).is_undefined())),
        ];
        for (name, changes, act) in acts {
            act(&mut lab);
            let now = draw(&lab);
            for (layer, change) in changes.into_iter().enumerate() {
                let changed = now[layer] != before[layer];
                assert_eq!(changed, change.unwrap_or(changed), "{name}: layer {layer}");
            }
            before = now;
        }
    });
}

#[wasm_bindgen_test]
fn sizes_ratios_and_looks_that_make_no_sense_still_draw() {
    quietly(|| {
        let [below, map, above, past, family, present] = [(); 6].map(|()| canvas());
        let mut landscape = sound(LandscapeView::new(below.clone(), map.clone(), above.clone()));
        let mut history = sound(HistoryView::new(past.clone()));
        let mut curves = sound(CurvesView::new(family.clone(), present.clone()));
        for scenario in ["", "preset=low-pressure&target=1000&steps=9", "pressure=0&rate=10&steps=2000"] {
            let lab = lab(scenario);
            for (width, height, ratio, theme) in [
                (0.0, 0.0, 1.0, "light"),
                (-5.0, 300.0, 2.0, "purple"),
                (f64::NAN, f64::NAN, f64::NAN, ""),
                (f64::INFINITY, 1.0, 0.0, "dark"),
                (300.0, 1e300, -3.0, "__proto__"),
                (120.25, 97.75, 1.1, "dark"),
            ] {
                sound(landscape.draw(&lab, width, height, ratio, theme));
                sound(history.draw(&lab, width, height, ratio, theme));
                sound(curves.draw(&lab, width, height, ratio, theme));
                for plane in [LandscapeView::plane(width, height), CurvesView::plane(width, height)] {
                    assert!(plane.iter().all(|side| side.is_finite() && *side > 0.0), "{plane:?}");
                }
                assert!((0.0..=1.0).contains(&CurvesView::level(&lab)), "{scenario}");
                for canvas in [&below, &map, &above, &past, &family, &present] {
                    assert!(canvas.width() > 0 && canvas.height() > 0);
                }
            }
        }
    });
}

#[wasm_bindgen_test]
fn races_verdicts_and_remedies_are_plain_objects() {
    let text = |object: &JsValue, name: &str| get(object, name).as_string().unwrap_or_default();
    let number = |object: &JsValue, name: &str| get(object, name).as_f64().unwrap_or(f64::NAN);
    let mut lab = lab("rate=2&steps=199");
    let verdict = lab.verdict();
    assert_eq!(text(&verdict, "name"), "bouncing");
    assert!(number(&get(&verdict, "numbers"), "crossings") >= 3.0);
    let remedy = lab.remedy();
    assert_eq!((text(&remedy, "change").as_str(), number(&remedy, "times")), ("rate", 0.5));
    lab.apply_remedy();
    assert_eq!(reading(&lab)["step"], number(&remedy, "arrives"));
    assert_eq!(sound(lab.challenge("adam")).length(), 0);
    assert!(lab.challenge("none").is_err());
    lab.finish();
    let lanes = lab.lanes();
    assert_eq!(lanes.length(), 3, "the run, what it was, and Adam");
    assert_eq!(text(&lanes.get(2), "optimizer"), "adam");
    assert_eq!(text(&get(&lanes.get(2), "verdict"), "name"), "arrived");
    assert!(get(&lanes.get(0), "readings").is_undefined(), "nobody reads a meter");
    assert_eq!(lab.measurements(4).len(), 36);
}

#[wasm_bindgen_test]
fn memories_and_rates_are_drawn_whatever_the_size() {
    quietly(|| {
        let [squares, axes] = [(); 2].map(|()| canvas());
        let mut memory = sound(MemoryView::new(squares.clone()));
        let mut rates = sound(RatesView::new(axes.clone()));
        let lab = lab("optimizer=adagrad&steps=9");
        for (width, height, ratio) in [(f64::NAN, 0.0, f64::NAN), (SIDE, SIDE, 1.0)] {
            sound(memory.draw(&lab, width, height, ratio, "dark"));
            sound(rates.draw(&lab, "pressure", width, height, ratio, "light"));
        }
        for canvas in [&squares, &axes] {
            let bytes = pixels(canvas);
            assert!(bytes.iter().any(|byte| *byte != bytes[0]));
        }
        let mut map = RatesMap::new("", "momentum", 8, 6, 300);
        map.survey(0, 6);
        assert_eq!((map.pixels().length(), map.cells().len()), (4 * 48, 2 * 48));
        assert_eq!(map.counts().iter().sum::<usize>(), 48);
    });
}

#[wasm_bindgen_test]
fn the_small_network_is_turned_stepped_undone_and_drawn() {
    quietly(|| {
        let mut lab = lab("");
        let numbers = |lab: &Lab, name: &str| Float64Array::new(&get(&lab.network(), name)).to_vec();
        for (name, count) in
            [("flows", 9), ("blame", 9), ("valves", 18), ("pipes", 54), ("carried", 18), ("wants", 3)]
        {
            assert_eq!(numbers(&lab, name).len(), count, "{name}");
        }
        let most = get(&lab.network(), "most").as_f64();
        assert_eq!(most, Some(3.0));
        let error = |lab: &Lab| get(&lab.network(), "error").as_f64().expect("a number");
        let before = error(&lab);
        lab.step_network();
        lab.settle();
        assert!(error(&lab) < before);
        assert!(lab.turn_pipe(3, f64::NAN) && lab.nudge_pipe(3, 0.5) && !lab.turn_pipe(18, 0.5));
        lab.settle();
        assert_eq!(numbers(&lab, "openings")[3], 0.5);
        assert!(lab.undo() && lab.undo() && !lab.undo());
        assert_eq!(lab.scenario(), "");

        let [below, above] = [canvas(), canvas()];
        let mut network = sound(PlotView::new("small-network", below.clone()));
        let mut fade = sound(PlotView::new("fade", above.clone()));
        assert_eq!(PlotView::valves(SIDE, SIDE).len(), 37);
        for (width, height, ratio) in [(f64::NAN, 0.0, f64::NAN), (SIDE, SIDE, 1.0)] {
            sound(network.draw(&lab, width, height, ratio, "dark", true));
            let guessed = pixels(&below);
            sound(network.draw(&lab, width, height, ratio, "dark", false));
            assert!(pixels(&below) != guessed, "what was to be guessed is told");
            sound(fade.draw(&lab, width, height, ratio, "light", false));
            let pipes = pixels(&above);
            assert_eq!(lab.set("fade", "1").ok(), Some(JsValue::UNDEFINED));
            sound(fade.draw(&lab, width, height, ratio, "light", false));
            assert!(pixels(&above) != pipes, "pipes have become a network");
            assert_eq!(lab.set("fade", "0").ok(), Some(JsValue::UNDEFINED));
        }
    });
}

#[wasm_bindgen_test]
fn a_canvas_that_is_taken_is_an_error_and_no_panic() {
    quietly(|| {
        let taken = canvas();
        assert!(taken.get_context("bitmaprenderer").ok().flatten().is_some());
        assert!(HistoryView::new(taken.clone()).is_err());
        assert!(LandscapeView::new(canvas(), canvas(), taken.clone()).is_err());
        assert!(LandscapeView::new(canvas(), taken.clone(), canvas()).is_err());
        assert!(LandscapeView::new(taken, canvas(), canvas()).is_err());
    });
}

#[wasm_bindgen_test]
fn a_crowd_walks_and_is_painted_without_a_document() {
    quietly(|| {
        let mut view = CrowdView::new("preset=product&optimizer=adam&rate=0.1", 40, 30, 64);
        assert_eq!((view.count(), view.steps()), (1200, 0));
        assert!(view.pixels().to_vec().iter().all(|byte| *byte == 0));
        view.paint_trails();
        let lit = view.pixels().to_vec().iter().skip(3).step_by(4).filter(|alpha| **alpha > 0).count();
        assert_eq!(lit, 1200, "every start lights a pixel of its own");
        view.step(300);
        view.paint_basins(300);
        assert_eq!((view.arrived_count(), view.steps()), (1200, 300));
        let kept = Uint8ClampedArray::new_with_length(4 * 64 * 64);
        sound(view.copy_pixels(&kept));
        assert_eq!(kept.to_vec(), view.pixels().to_vec());
        assert!(kept.to_vec().iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
        assert!(view.copy_pixels(&Uint8ClampedArray::new_with_length(3)).is_err());
        view.reset();
        assert_eq!(view.steps(), 0);
        assert!(view.arrived_count() < 1200);
        // Nothing at all is still one start in one pixel.
        let mut least = CrowdView::new("nonsense", 0, 0, 0);
        least.step(3);
        least.paint_trails();
        assert_eq!((least.count(), least.pixels().length()), (1, 4));
    });
}

#[wasm_bindgen_test]
fn an_audit_finds_exact_and_measured_sensitivities_alike() {
    quietly(|| {
        let mut view = AuditView::new(128);
        for preset in Preset::ALL {
            view.run(&format!("preset={}", preset.name()));
            assert!(view.worst() <= 2e-8, "{preset:?}: {}", view.worst());
            assert!((1.0..=10.0).contains(&view.worst_m()) && (1.0..=10.0).contains(&view.worst_h()));
            assert_eq!(view.pixels().length(), 4 * 128 * 128);
        }
    });
}
