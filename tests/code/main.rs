//! A run as a program: what each program prints is what the engine computes, number by number.
//!
//! The Rust programs are compiled together, and the Python ones run in one process. NumPy has to be
//! there; PyTorch may be missing, and then a line says so, and its programs are compiled and some of them
//! held against texts alone. The variable `PYTHON` names a Python that has them.

#![cfg(feature = "code")]

mod engine;
mod kept;
mod python;
#[path = "../properties/random.rs"]
#[allow(dead_code, reason = "the properties of the engine need more of it")]
mod random;
mod rust;
mod scenarios;

use backflow::code::{Language, program};
use backflow::scenario::Scenario;

/// A Python with NumPy, which has to be there.
fn numpy() -> python::Python {
    python::with("numpy")
        .expect("a Python with NumPy is missing: install python3-numpy, or set PYTHON to one that has it")
}

/// The programs of scenarios.
fn programs(scenarios: &[Scenario], language: Language) -> Vec<String> {
    scenarios.iter().map(|scenario| program(scenario, language)).collect()
}

#[test]
fn rust_programs_print_what_the_engine_computes() {
    let scenarios = scenarios::all();
    let printed = rust::run(&programs(&scenarios, Language::Rust));
    engine::compare("Rust", &scenarios, &printed, engine::Strays::Nowhere);
}

#[test]
fn rust_programs_of_random_scenarios_print_what_the_engine_computes() {
    let scenarios = scenarios::random(100);
    let printed = rust::run(&programs(&scenarios, Language::Rust));
    engine::compare("Rust, at random", &scenarios, &printed, engine::Strays::Somewhere);
}

#[test]
fn numpy_programs_print_what_the_engine_computes() {
    let scenarios = scenarios::all();
    let python = numpy();
    let printed = python.run(&programs(&scenarios, Language::NumPy));
    engine::compare("NumPy", &scenarios, &printed, engine::Strays::Nowhere);
}

#[test]
fn pytorch_programs_are_python() {
    let python = python::with("sys").expect("a Python is missing: install it, or set PYTHON to one");
    let scenarios = [scenarios::all(), scenarios::random(200)].concat();
    let compiled = python.compile(&programs(&scenarios, Language::PyTorch));
    assert_eq!(compiled, scenarios.len());
}

#[test]
fn pytorch_programs_print_what_the_engine_computes() {
    let Some(python) = python::with("torch") else {
        println!("there is no Python with PyTorch here: only its comparison was left out");
        return;
    };
    let scenarios = scenarios::all();
    let printed = python.run(&programs(&scenarios, Language::PyTorch));
    engine::compare("PyTorch", &scenarios, &printed, engine::Strays::Nowhere);
    let scenarios = scenarios::random(60);
    let printed = python.run(&programs(&scenarios, Language::PyTorch));
    engine::compare("PyTorch, at random", &scenarios, &printed, engine::Strays::Somewhere);
}

#[test]
fn numpy_programs_of_random_scenarios_print_what_the_engine_computes() {
    let scenarios = scenarios::random(200);
    let python = numpy();
    let printed = python.run(&programs(&scenarios, Language::NumPy));
    engine::compare("NumPy, at random", &scenarios, &printed, engine::Strays::Somewhere);
}
