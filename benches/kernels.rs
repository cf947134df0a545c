//! The kernels of the landscape, timed natively. `cargo xtask bench` sets them beside the browser's.
//!
//! With `--lines` one round, one line of numbers a kernel, for `browser.mjs`; with `--runs`
//! the same for `runs.mjs`, with `--crowds` and `--audits` for `crowd.mjs`, with `--city` for `city.mjs`; without
//! any, a table of kernels.

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use backflow::city::Training;
use backflow::descent::{Experiment, LONGEST, Run};
use backflow::figure::paint;
use backflow::landscape::{Audit, Contour, Crowd, Field, Gradient, Rates, Tracer};
use backflow::plumbing::{OPEN, SHUT};
use backflow::scenario::{Key, RatesPlane, Scenario};

const PRESETS: [&str; 2] = ["product", "house"];
const SIDES: [usize; 2] = [512, 1024];
const ROUNDS: usize = 7;
/// A kernel is repeated for this long, so that the clock and the scheduler hardly count.
const BATCH: Duration = Duration::from_millis(60);
/// Contours at 20 flows, at equal distances to both sides of the ideal, whatever it is.
const LEVELS: i32 = 20;

/// What the crowds walk down, as in `crowd.js`.
const CROWD: &str = "preset=product&optimizer=adam&rate=0.1";
/// Starts along m and h, and steps made.
const CROWDS: [(usize, usize, u32); 2] = [(400, 250, 40), (1000, 1000, 20)];

/// A landscape with everything that the kernels read and write.
struct Landscape {
    experiment: Experiment,
    highest: f64,
    levels: Vec<f32>,
    field: Field,
    gradient: Gradient,
    tracer: Tracer,
    contours: Vec<Contour>,
    pixels: Vec<u8>,
}

/// Runs of which each step is kept.
const RUNS: [&str; 4] = [
    "preset=product&rate=0.001",
    "preset=product&optimizer=adam",
    "preset=house&optimizer=adam",
    "preset=product&sensitivities=joint",
];
/// Rates maps: so many runs along each axis, of at most so many steps.
const MAPS: [&str; 2] = ["preset=product", "preset=house&error=squared"];
const MAP: usize = 128;
const LIMIT: usize = 500;

/// Cities, and steps in a round, as in `city.mjs`.
const CITIES: [(&str, u32); 4] = [
    ("error=squared&range=30&pace=0.05&batch=1&rule=proportion", 64),
    ("error=squared&range=30&pace=0.05&batch=8&rule=proportion", 16),
    ("error=squared&range=30&pace=0.05&batch=32&rule=proportion", 8),
    ("error=squared&range=30&pace=0.05&batch=1&rule=adam", 32),
];
/// Plain copies that read and write so many bytes a valve, and how often they are made in a round.
const COPIES: [usize; 2] = [12, 28];
const COPIED: u32 = 32;

type Kernel = (&'static str, fn(&mut Landscape));

const KERNELS: [Kernel; 5] = [
    ("field", Landscape::sample),
    ("field and gradient", Landscape::sample_gradient),
    ("contours", Landscape::trace),
    ("colours", Landscape::paint),
    ("frame", Landscape::frame),
];

impl Landscape {
    fn new(preset: &str, side: usize) -> Self {
        let experiment = Scenario::parse(&format!("preset={preset}")).0.experiment();
        let [low, high] = [SHUT, OPEN].map(|p| experiment.shower.flows(p, p).y);
        let target = experiment.target;
        let step = (high - low) / f64::from(LEVELS);
        let levels = (-LEVELS..=LEVELS).map(|k| target + f64::from(k) * step);
        let mut landscape = Self {
            experiment,
            highest: (target - low).max(high - target),
            levels: levels.filter(|level| low < *level && *level < high).map(single).collect(),
            field: Field::new(side, side),
            gradient: Gradient::default(),
            tracer: Tracer::default(),
            contours: Vec::new(),
            pixels: Vec::new(),
        };
        landscape.sample_gradient();
        landscape.frame();
        landscape
    }

    fn sample(&mut self) {
        self.field.sample(black_box(&self.experiment.shower));
    }

    fn sample_gradient(&mut self) {
        let Experiment { shower, error, target, .. } = black_box(self.experiment);
        self.field.sample_gradient(&shower, error, target, &mut self.gradient);
    }

    fn trace(&mut self) {
        self.contours = self.tracer.trace(self.field.y(), self.field.columns(), black_box(&self.levels));
    }

    fn paint(&mut self) {
        let Experiment { error, target, .. } = black_box(self.experiment);
        paint(&self.field, error, target, self.highest, &mut self.pixels);
    }

    /// What a frame needs when the pressure changes.
    fn frame(&mut self) {
        self.sample();
        self.trace();
        self.paint();
    }

    /// Sums over what the kernels computed: flows, slopes, vertices, their coordinates, colours.
    fn sums(&self) -> [f64; 5] {
        let sum = |values: &[f32]| values.iter().copied().map(f64::from).sum::<f64>();
        let points = || self.contours.iter().flat_map(|contour| &contour.points);
        [
            sum(self.field.y()),
            sum(&self.gradient.de_dm) + sum(&self.gradient.de_dh),
            points().count() as f64,
            points().map(|point| sum(point)).sum(),
            self.pixels.iter().copied().map(f64::from).sum(),
        ]
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the field is kept in single precision")]
fn single(value: f64) -> f32 {
    value as f32
}

/// Milliseconds for one call.
fn time(kernel: fn(&mut Landscape), landscape: &mut Landscape) -> f64 {
    let start = Instant::now();
    let mut calls = 0;
    while start.elapsed() < BATCH {
        kernel(landscape);
        calls += 1;
    }
    start.elapsed().as_secs_f64() * 1e3 / f64::from(calls)
}

/// Milliseconds for one step of a crowd, and how many have arrived after all of them.
fn print_crowds() {
    let experiment = Scenario::parse(CROWD).0.experiment();
    for (columns, rows, steps) in CROWDS {
        let mut crowd = Crowd::new(columns, rows);
        crowd.walk(&experiment, 0);
        let start = Instant::now();
        for _ in 0..steps {
            crowd.step(black_box(&experiment));
        }
        let time = start.elapsed().as_secs_f64() * 1e3 / f64::from(steps);
        println!("crowd {} {time} {}", columns * rows, crowd.arrived_count());
    }
}

/// Milliseconds for one audit, and the largest difference that it finds.
fn print_audits() {
    for preset in PRESETS {
        let shower = Scenario::parse(&format!("preset={preset}")).0.experiment().shower;
        let mut audit = Audit::new(SIDES[0]);
        let mut calls = 0;
        audit.run(&shower);
        let start = Instant::now();
        while start.elapsed() < 2 * BATCH {
            audit.run(black_box(&shower));
            calls += 1;
        }
        let time = start.elapsed().as_secs_f64() * 1e3 / f64::from(calls);
        println!("audit {preset} {time} {}", audit.worst().difference);
    }
}

/// Million steps a second of a run with its history, and how many steps it has; milliseconds of a rates
/// map, and how many of its runs arrive.
fn print_runs() {
    for scenario in RUNS {
        let experiment = Scenario::parse(scenario).0.experiment();
        let (start, mut runs, mut steps) = (Instant::now(), 0, 0);
        while start.elapsed() < 3 * BATCH {
            let mut run = Run::new(black_box(experiment));
            run.seek(LONGEST);
            steps = run.steps();
            runs += 1;
        }
        let speed = f64::from(runs) * LONGEST as f64 / start.elapsed().as_secs_f64() / 1e6;
        println!("run {scenario} {speed} {steps}");
    }
    for scenario in MAPS {
        let plane = RatesPlane::new(&Scenario::parse(scenario).0, Key::Momentum);
        let mut rates = Rates::new(MAP, MAP, LIMIT);
        let start = Instant::now();
        rates.survey(0..MAP, |at| black_box(&plane).experiment(at));
        println!("rates {scenario} {} {}", start.elapsed().as_secs_f64() * 1e3, rates.counts()[0]);
    }
}

/// Of a city: milliseconds for a step and for a forward pass, the error after the steps, and the bytes that it holds;
/// then milliseconds for plain copies.
fn print_cities() {
    let milliseconds = |start: Instant, count: u32| start.elapsed().as_secs_f64() * 1e3 / f64::from(count);
    for (scenario, steps) in CITIES {
        let mut city = Training::<f32>::new(&Scenario::parse(scenario).0.city());
        let start = Instant::now();
        for _ in 0..steps {
            black_box(&mut city).step();
        }
        let step = milliseconds(start, steps);
        let error = city.error();
        let start = Instant::now();
        for _ in 0..steps {
            black_box(&mut city).forward();
        }
        println!("{scenario} {step} {} {error} {}", milliseconds(start, steps), city.bytes());
    }
    for bytes in COPIES {
        let valves = Scenario::default().city().valves();
        let (from, mut to) = (vec![1_u8; bytes * valves / 2], vec![0_u8; bytes * valves / 2]);
        let start = Instant::now();
        for _ in 0..COPIED {
            to.copy_from_slice(black_box(&from));
            black_box(&mut to);
        }
        println!("copy {bytes} {}", milliseconds(start, COPIED));
    }
}

fn main() {
    if env::args().any(|arg| arg == "--city") {
        return print_cities();
    }
    if env::args().any(|arg| arg == "--runs") {
        return print_runs();
    }
    if env::args().any(|arg| arg == "--crowds") {
        return print_crowds();
    }
    if env::args().any(|arg| arg == "--audits") {
        return print_audits();
    }
    let cases = PRESETS.into_iter().flat_map(|preset| SIDES.map(|side| (preset, side)));
    if env::args().any(|arg| arg == "--lines") {
        for (preset, side) in cases {
            let mut landscape = Landscape::new(preset, side);
            let times = KERNELS.map(|(_, kernel)| time(kernel, &mut landscape));
            println!("{preset} {side} {times:?} {:?}", landscape.sums());
        }
        return;
    }
    println!("milliseconds a call: median of {ROUNDS} rounds, lowest to highest");
    for (preset, side) in cases {
        let mut landscape = Landscape::new(preset, side);
        let mut times = KERNELS.map(|_| Vec::new());
        for _ in 0..ROUNDS {
            for (kernel, times) in KERNELS.iter().zip(&mut times) {
                times.push(time(kernel.1, &mut landscape));
            }
        }
        for ((name, _), mut times) in KERNELS.iter().zip(times) {
            times.sort_by(f64::total_cmp);
            let [low, median, high] = [0, ROUNDS / 2, ROUNDS - 1].map(|index| times[index]);
            println!("{preset:8} {side:5} {name:20} {median:8.3}  {low:.3} to {high:.3}");
        }
    }
}
