//! Backflow: backpropagation on the world's simplest network, a shower.
//!
//! # Bird's-eye view
//!
//! A water main has the pressure w. The main valve m sets the house flow x, the shower handle h sets
//! the shower flow y, and the error E says how far y is from the ideal y'. Water runs forward through
//! [`plumbing`]; sensitivities run backward through [`backprop`]; [`descent`] turns the valves;
//! [`landscape`] sees every position at once; [`city`] has many pipes for the one; [`scenario`] writes an
//! experiment down; [`lesson`] asks and answers for the course; [`code`] tells a run as a program; [`figure`]
//! draws; `web` hands it all to the browser.
//!
//! ```
//! use backflow::descent::Run;
//! use backflow::scenario::Scenario;
//!
//! // The main valve at 3 and the handle at 5: too little water in the shower.
//! let (scenario, complaints) = Scenario::parse("preset=product&m=3&h=5&optimizer=momentum&rate=0.02");
//! assert!(complaints.is_empty());
//!
//! let mut run = Run::new(scenario.experiment());
//! let chain = run.now().chain;
//! assert_eq!(chain.flows.y, 1.0);
//! // Backward along the pipes: ∂E/∂m = ∂E/∂y × ∂y/∂x × ∂x/∂m.
//! assert_eq!(chain.de_dm, chain.de_dy * chain.flows.dy_dx * chain.flows.dx_dm);
//!
//! run.seek(40);
//! assert!(run.now().error < 1.0);
//! ```
//!
//! # Code map
//!
//! The folders stand in this order, and each uses only those before it.
//!
//! | folder | holds |
//! |---|---|
//! | [`plumbing`] | the four valve characteristics, the five models, the seven presets: flows and local slopes |
//! | [`backprop`] | the exact chain, link by link, and sensitivities measured from readings |
//! | [`descent`] | errors, optimizers, runs that keep every step and branch, verdicts on them, remedies |
//! | [`landscape`] | the plane of m and h: the field of y, its gradient, contours, crowds of starts, the audit; the curves of y over h; the rates map |
//! | [`city`] | networks: layers of junctions from pumps to showers, every flow in one sweep forward, every sensitivity in one backward; a city that learns, the reach of its valves, the experiment on specialists |
//! | [`scenario`] | one experiment as data, its string, every limit and every complaint; sessions, in which people turn, race and branch; classes, whose runs lie side by side |
//! | [`lesson`] | what the figures of the course tell, and their challenges with the engine's answers |
//! | [`code`] | a run as a program on a page, in Rust, NumPy and PyTorch |
//! | [`figure`] | drawings, generic over plotters' `DrawingBackend`, and their colours |
//! | `web` | classes for the browser, on wasm32 alone; conversions only |
//!
//! Beside `src`: `www` is the page, `examples` the command line, `tests` what must hold, `benches` what
//! it costs, `xtask` the chores.
//!
//! # Invariants
//!
//! - Up to `code` there is the standard library and nothing else: no clock, no randomness, no
//!   drawing, no browser. The feature `drawing` can be left out, and the tests leave it out; so can `course`,
//!   as the module of a first figure does, `code`, as the page's own does, and `export`, the files that one
//!   takes away.
//! - A run follows from its experiments, its branches and its turns by hand alone; going back and forward
//!   gives the same bits. So a scenario string opens a session as it was, but for what was made ahead.
//! - What is shown is computed in double precision; grids and crowds, which have pixels rather than
//!   digits, in single. So is a city, whose valves are millions: its sums over them are in double.
//! - A city is trained in a worker, in parts that leave room for what a page asks meanwhile. Where junctions share, no
//!   water is lost or made, and a valve can only move it from its neighbours' pipes to its own.
//! - Positions are clamped to [1, 10] before anything is evaluated; at an end a slope is the formula's own
//!   one-sided value, and an optimizer's memory knows nothing of the clamp.
//! - Bad input is never an error that stops: it becomes a complaint with what was given, what is
//!   allowed and what is used instead. No number that leaves the engine is infinite or undefined.
//! - `web` computes nothing, and JavaScript computes nothing about water.

pub mod backprop;
pub mod city;
#[cfg(feature = "code")]
pub mod code;
pub mod descent;
#[cfg(feature = "drawing")]
pub mod figure;
pub mod landscape;
#[cfg(feature = "course")]
pub mod lesson;
pub mod plumbing;
pub mod scenario;
#[cfg(target_arch = "wasm32")]
pub mod web;
