//! The shower in single precision, for many settings of the valves at once.
//!
//! The formulas are those of [`Shower`]. They are evaluated block by block, in loops without a branch
//! that the compiler turns into vector instructions; what kind of valve or house it is, is asked once a
//! block. Slopes keep their relative precision where they are next to nothing, because rules such as
//! Adam's blow them up again.

use super::exp::exp;
use super::shower::{Model, Shower};
use super::valve::{Characteristic, SHUT, TRAVEL};

/// How many settings are evaluated together: few enough that all that is known of them stays close to
/// the processor.
pub(crate) const BLOCK: usize = 256;

/// A number for each of them.
pub(crate) type Block = [f32; BLOCK];

/// To single precision. What is no number stays none.
#[allow(clippy::cast_possible_truncation, reason = "rounding to single precision is what is wanted")]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}

/// A shower made ready for single precision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SingleShower {
    main: Valve,
    handle: Valve,
    join: Join,
}

/// What a block of settings gives: the shower flow and its slopes, both paths added.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    /// y.
    pub(crate) y: Block,
    /// ∂y/∂m.
    pub(crate) dy_dm: Block,
    /// ∂y/∂h.
    pub(crate) dy_dh: Block,
    main: Openings,
    handle: Openings,
}

/// What a valve sets, with its slope, at every position of a block.
#[derive(Clone, Debug)]
struct Openings {
    value: Block,
    slope: Block,
}

#[derive(Clone, Copy, Debug)]
struct Valve {
    shape: Shape,
    fitting: Fitting,
}

/// A characteristic, with what depends on its parameter alone.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Linear,
    EqualPercentage { ln_rangeability: f32 },
    QuickOpening { softening: f32, shut: f32, span: f32 },
    SCurve { steepness: f32, shut: f32, span: f32 },
}

/// What stands in series with a valve.
#[derive(Clone, Copy, Debug)]
enum Fitting {
    Nothing,
    /// A resistance that leaves the valve an authority.
    Authority(f32),
    /// A valve of coefficient `c` when open, before a pipe of coefficient `k`.
    Coefficients {
        c: f32,
        k: f32,
    },
}

/// How the flow follows from what the two valves set.
#[derive(Clone, Copy, Debug)]
enum Join {
    /// y = a·main + b·handle, the valves counted in turns from shut.
    Sum { a: f32, b: f32 },
    /// y = gain·main·handle, the valves counted in turns from shut.
    Turns { gain: f32 },
    /// y = gain·main·handle.
    Product { gain: f32 },
    /// The model `House`.
    House { q: f32, c_other: f32 },
}

impl SingleShower {
    pub(crate) fn new(shower: &Shower) -> Self {
        let Shower { pressure, model } = *shower;
        let root = pressure.sqrt();
        let turns = Valve { shape: Shape::Linear, fitting: Fitting::Nothing };
        let valve = |curve, fitting| Valve { shape: Shape::new(curve), fitting };
        match model {
            Model::Linear { kx, kh } => {
                let join = Join::Sum { a: single(kx * pressure), b: single(kh) };
                Self { main: turns, handle: turns, join }
            }
            Model::Product { k } => {
                Self { main: turns, handle: turns, join: Join::Turns { gain: single(k * pressure) } }
            }
            Model::Curves { scale, main, handle } => Self {
                main: valve(main, Fitting::Nothing),
                handle: valve(handle, Fitting::Nothing),
                join: Join::Product { gain: single(scale * root) },
            },
            Model::Installed { scale, main, handle, main_authority, handle_authority } => Self {
                main: valve(main, Fitting::Authority(single(main_authority))),
                handle: valve(handle, Fitting::Authority(single(handle_authority))),
                join: Join::Product { gain: single(scale * root) },
            },
            Model::House { main, handle, c_main, c_pipe, c_handle, c_head, c_other } => Self {
                main: valve(main, Fitting::Coefficients { c: single(c_main), k: single(c_pipe) }),
                handle: valve(handle, Fitting::Coefficients { c: single(c_handle), k: single(c_head) }),
                join: Join::House { q: single(root), c_other: single(c_other) },
            },
        }
    }

    /// The flows at positions in [1, 10], and with `SLOPES` their slopes; else those are left as they are.
    #[inline(never)]
    pub(crate) fn look<const SLOPES: bool>(&self, m: &Block, h: &Block, sight: &mut Sight) {
        let shut = single(SHUT);
        let product = |gain: f32| {
            move |main, main_slope, handle, handle_slope| {
                let (by_main, by_handle) = (gain * handle, gain * main);
                (by_main * main, by_main * main_slope, by_handle * handle_slope)
            }
        };
        if !matches!(self.join, Join::Sum { .. } | Join::Turns { .. }) {
            self.main.open(m, &mut sight.main);
            self.handle.open(h, &mut sight.handle);
        }
        match self.join {
            Join::Sum { a, b } => sight.fill::<SLOPES>(|i| (a * (m[i] - shut) + b * (h[i] - shut), a, b)),
            Join::Turns { gain } => {
                let product = product(gain);
                sight.fill::<SLOPES>(|i| product(m[i] - shut, 1.0, h[i] - shut, 1.0));
            }
            Join::Product { gain } => sight.join::<SLOPES>(product(gain)),
            Join::House { q, c_other } => sight.join::<SLOPES>(|c_m, c_m_slope, c_s, c_s_slope| {
                let s = c_s + c_other;
                let square = above_zero(s * s);
                // Parts of the root, which stay within 0 and 1 where the cube of it would vanish.
                let part = 1.0 / (c_m * c_m + square).sqrt();
                let (main, outlets, shower) = (c_m * part, s * part, c_s * part);
                let by_handle = main * main + outlets * (c_other * part);
                (
                    q * c_m * shower,
                    q * shower * outlets * outlets * c_m_slope,
                    q * main * by_handle * c_s_slope,
                )
            }),
        }
    }
}

impl Sight {
    pub(crate) const NOTHING: Self = Self {
        y: [0.0; BLOCK],
        dy_dm: [0.0; BLOCK],
        dy_dh: [0.0; BLOCK],
        main: Openings::SHUT,
        handle: Openings::SHUT,
    };

    /// Joins the openings: `join` takes what main and handle set, each with its slope.
    #[inline(always)]
    fn join<const SLOPES: bool>(&mut self, join: impl Fn(f32, f32, f32, f32) -> (f32, f32, f32)) {
        let Self { y, dy_dm, dy_dh, main, handle } = self;
        for i in 0..BLOCK {
            let (flow, by_m, by_h) = join(main.value[i], main.slope[i], handle.value[i], handle.slope[i]);
            y[i] = flow;
            if SLOPES {
                (dy_dm[i], dy_dh[i]) = (by_m, by_h);
            }
        }
    }

    /// The flow and its slopes at each place of the block.
    #[inline(always)]
    fn fill<const SLOPES: bool>(&mut self, at: impl Fn(usize) -> (f32, f32, f32)) {
        let Self { y, dy_dm, dy_dh, .. } = self;
        for i in 0..BLOCK {
            let (flow, by_m, by_h) = at(i);
            y[i] = flow;
            if SLOPES {
                (dy_dm[i], dy_dh[i]) = (by_m, by_h);
            }
        }
    }
}

impl Openings {
    const SHUT: Self = Self { value: [0.0; BLOCK], slope: [0.0; BLOCK] };

    /// Opening and slope as a function of turns from shut.
    #[inline(always)]
    fn fill(&mut self, positions: &Block, curve: impl Fn(f32) -> (f32, f32)) {
        let Self { value, slope } = self;
        for i in 0..BLOCK {
            (value[i], slope[i]) = curve(positions[i] - single(SHUT));
        }
    }

    /// Sends the openings through a function, given that function's value and slope.
    #[inline(always)]
    fn then(&mut self, function: impl Fn(f32) -> (f32, f32)) {
        let Self { value, slope } = self;
        for i in 0..BLOCK {
            let (next, factor) = function(value[i]);
            value[i] = next;
            slope[i] *= factor;
        }
    }
}

impl Valve {
    #[inline(never)]
    fn open(&self, positions: &Block, openings: &mut Openings) {
        let travel = single(1.0 / TRAVEL);
        match self.shape {
            Shape::Linear => openings.fill(positions, |turns| (travel * turns, travel)),
            Shape::EqualPercentage { ln_rangeability } => {
                let slope = travel * ln_rangeability;
                openings.fill(positions, |turns| {
                    let value = exp(slope * turns - ln_rangeability);
                    (value, slope * value)
                });
            }
            Shape::QuickOpening { softening, shut, span } => {
                let (scale, slope) = (1.0 / span, 0.5 * travel / span);
                openings.fill(positions, |turns| {
                    let root = (travel * turns + softening).sqrt();
                    (scale * (root - shut), slope / root)
                });
            }
            Shape::SCurve { steepness, shut, span } => {
                let (scale, slope) = (1.0 / span, travel * steepness / span);
                openings.fill(positions, |turns| {
                    let z = steepness * (travel * turns - 0.5);
                    // σ(z) and its slope from e^−|z|, which is small where they are.
                    let small = exp(-z.abs());
                    let low = 1.0 / (1.0 + small);
                    let high = small * low;
                    let here = if z > 0.0 { low } else { high };
                    (scale * (here - shut), slope * low * high)
                });
            }
        }
        match self.fitting {
            Fitting::Nothing => {}
            Fitting::Authority(n) => openings.then(|f| {
                let part = 1.0 / (n + (1.0 - n) * f * f).sqrt();
                (f * part, n * part * part * part)
            }),
            Fitting::Coefficients { c, k } => openings.then(|f| {
                let flow = c * f;
                let part = k / (above_zero(k * k) + flow * flow).sqrt();
                (flow * part, c * part * part * part)
            }),
        }
    }
}

/// A square, or next to nothing where it would vanish, so that nothing becomes 0/0.
#[inline(always)]
fn above_zero(square: f32) -> f32 {
    if square > f32::MIN_POSITIVE { square } else { f32::MIN_POSITIVE }
}

impl Shape {
    fn new(characteristic: Characteristic) -> Self {
        match characteristic {
            Characteristic::Linear => Self::Linear,
            Characteristic::EqualPercentage { rangeability } => {
                Self::EqualPercentage { ln_rangeability: single(rangeability.ln()) }
            }
            Characteristic::QuickOpening { softening } => {
                let shut = softening.sqrt();
                let span = (1.0 + softening).sqrt() - shut;
                Self::QuickOpening { softening: single(softening), shut: single(shut), span: single(span) }
            }
            Characteristic::SCurve { steepness } => {
                let logistic = |z: f64| 1.0 / (1.0 + (-z).exp());
                let shut = logistic(-steepness / 2.0);
                let span = logistic(steepness / 2.0) - shut;
                Self::SCurve { steepness: single(steepness), shut: single(shut), span: single(span) }
            }
        }
    }
}
