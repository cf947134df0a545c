//! The house with two valves: five models of how its flows follow from the valves.
//!
//! Every model has the same shape. The main valve alone sets one quantity, the handle alone sets
//! another, and the pipes join the two into the house flow x and the shower flow y:
//!
//! ```text
//! m ── main() ──┐
//!               ├── join() ── x, y and their local slopes
//! h ── handle() ┘
//! ```
//!
//! So a whole grid of positions costs two passes over its edges and a few multiplications a point
//! ([`crate::landscape`]).

use super::valve::{Characteristic, Opening, clamp_position};

/// How the two valves make the two flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// x = w(m − 1), y = kx·x + kh(h − 1). Both flows are sums: every slope is a constant.
    Linear {
        /// kx: shower flow for each unit of house flow.
        kx: f64,
        /// kh: shower flow for each turn of the handle.
        kh: f64,
    },
    /// x = w(m − 1), y = k·x(h − 1). The valves multiply: each one's slope depends on the other.
    Product {
        /// k: shower flow for each unit of house flow and turn of the handle.
        k: f64,
    },
    /// x = X√w·f(m), y = x·f(h). As `Product`, with curved valves.
    Curves {
        /// X: house flow at unit pressure with the main valve open.
        scale: f64,
        /// The main valve.
        main: Characteristic,
        /// The shower handle.
        handle: Characteristic,
    },
    /// x = X√w·g(f(m), Nm), y = x·g(f(h), Nh), with g(f, N) = f/√(N + (1 − N)f²).
    ///
    /// As `Curves`, with each valve in series with a resistance that leaves it the authority N.
    Installed {
        /// X: house flow at unit pressure with the main valve open.
        scale: f64,
        /// The main valve.
        main: Characteristic,
        /// The shower handle.
        handle: Characteristic,
        /// Nm, the main valve's authority, in (0, 1].
        main_authority: f64,
        /// Nh, the handle's authority, in (0, 1].
        handle_authority: f64,
    },
    /// Pipes and valves by their flow coefficients (litres a minute at 1 bar), with another tap open:
    /// `x = √w·C_M·S/√D`, `y = x·C_S/S` with `S = C_S + C_other`, `D = C_M² + S²`.
    ///
    /// Opening the handle also draws more water through the main valve, so h reaches y twice.
    House {
        /// The main valve.
        main: Characteristic,
        /// The shower handle.
        handle: Characteristic,
        /// `Cmain`: the main valve's coefficient when open; above 0.
        c_main: f64,
        /// `Cpipe`: the house pipe's coefficient; above 0.
        c_pipe: f64,
        /// `Chandle`: the handle's coefficient when open; above 0.
        c_handle: f64,
        /// `Chead`: the shower head's coefficient; above 0.
        c_head: f64,
        /// `Cother`: the other tap's coefficient; 0 when it is shut.
        c_other: f64,
    },
}

/// The two flows at one setting of the valves, with every local sensitivity.
///
/// Flows are in the preset's own unit (cubic feet a minute, or litres a minute for the house);
/// sensitivities to a valve are flow per turn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flows {
    /// x, the house flow.
    pub x: f64,
    /// y, the shower flow.
    pub y: f64,
    /// ∂x/∂m.
    pub dx_dm: f64,
    /// ∂x/∂h: 0 except in the house, where the handle also draws on the main.
    pub dx_dh: f64,
    /// ∂y/∂x, the handle held.
    pub dy_dx: f64,
    /// ∂y/∂h, the house flow held.
    pub dy_dh_x: f64,
}

/// A shower: a model under a pressure.
///
/// ```
/// use backflow::plumbing::{Model, Shower};
///
/// let shower = Shower { pressure: 2.0, model: Model::Product { k: 0.0625 } };
/// let flows = shower.flows(3.0, 5.0);
/// assert_eq!((flows.x, flows.y), (4.0, 1.0));
/// assert_eq!(flows.dy_dx * flows.dx_dm, 0.5); // one more turn of the main valve: half a unit more
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shower {
    /// w, the pressure in the water main, 0 or more: a plain number, and bar in the house.
    pub pressure: f64,
    /// How the valves make the flows.
    pub model: Model,
}

impl Shower {
    /// The flows and their local sensitivities at positions m and h, clamped to [1, 10].
    #[must_use]
    pub fn flows(&self, m: f64, h: f64) -> Flows {
        self.join(self.main(m), self.handle(h))
    }

    /// The same house with its flows in another unit: every flow is multiplied by `factor` (above 0).
    ///
    /// The pressure and the parameters change so that the formulas stay as they are.
    #[must_use]
    pub fn rescaled(self, factor: f64) -> Self {
        let Self { mut pressure, mut model } = self;
        match &mut model {
            Model::Linear { kh, .. } => {
                pressure *= factor;
                *kh *= factor;
            }
            Model::Product { .. } => pressure *= factor,
            Model::Curves { scale, .. } | Model::Installed { scale, .. } => *scale *= factor,
            // Flow goes with the square root of the pressure.
            Model::House { .. } => pressure *= factor * factor,
        }
        Self { pressure, model }
    }

    /// The pressure at which the shower flow is `y` (0 or more) with both valves at `position`. `None` where
    /// no pressure gives that flow.
    ///
    /// Flow grows with the pressure in the models that count turns, and with its root in the others.
    #[must_use]
    pub fn pressure_for(&self, position: f64, y: f64) -> Option<f64> {
        let (model, without) = match self.model {
            // What the handle adds by itself does not change with the pressure.
            Model::Linear { kx, kh } => {
                (Model::Linear { kx, kh: 0.0 }, kh * turns(clamp_position(position)).value)
            }
            model => (model, 0.0),
        };
        let share = (y - without) / Self { pressure: 1.0, model }.flows(position, position).y;
        let pressure = match model {
            Model::Linear { .. } | Model::Product { .. } => share,
            Model::Curves { .. } | Model::Installed { .. } | Model::House { .. } => share * share,
        };
        (share >= 0.0 && pressure.is_finite()).then_some(pressure)
    }

    /// What the main valve alone sets at position m: turns, an opening, or the coefficient C_M.
    #[must_use]
    pub fn main(&self, m: f64) -> Opening {
        let m = clamp_position(m);
        match self.model {
            Model::Linear { .. } | Model::Product { .. } => turns(m),
            Model::Curves { main, .. } => main.opening(m),
            Model::Installed { main, main_authority, .. } => {
                main.opening(m).then(|f| installed(f, main_authority))
            }
            Model::House { main, c_main, c_pipe, .. } => {
                main.opening(m).then(|f| in_series(f, c_main, c_pipe))
            }
        }
    }

    /// What the handle alone sets at position h: turns, an opening, or the coefficient C_S.
    #[must_use]
    pub fn handle(&self, h: f64) -> Opening {
        let h = clamp_position(h);
        match self.model {
            Model::Linear { .. } | Model::Product { .. } => turns(h),
            Model::Curves { handle, .. } => handle.opening(h),
            Model::Installed { handle, handle_authority, .. } => {
                handle.opening(h).then(|f| installed(f, handle_authority))
            }
            Model::House { handle, c_handle, c_head, .. } => {
                handle.opening(h).then(|f| in_series(f, c_handle, c_head))
            }
        }
    }

    /// Joins what the two valves set into the flows.
    // Whoever joins a whole row of positions wants to ask for the model once a row.
    #[inline(always)]
    #[must_use]
    pub fn join(&self, main: Opening, handle: Opening) -> Flows {
        match self.model {
            Model::Linear { kx, kh } => {
                let x = self.pressure * main.value;
                Flows {
                    x,
                    y: kx * x + kh * handle.value,
                    dx_dm: self.pressure * main.slope,
                    dx_dh: 0.0,
                    dy_dx: kx,
                    dy_dh_x: kh * handle.slope,
                }
            }
            Model::Product { k } => throttle(self.pressure, k, main, handle),
            Model::Curves { scale, .. } | Model::Installed { scale, .. } => {
                throttle(scale * self.pressure.sqrt(), 1.0, main, handle)
            }
            Model::House { c_other, .. } => self.house(c_other, main, handle),
        }
    }

    /// The model `House`: C_M and C_S are given, the other tap's coefficient stands beside C_S.
    fn house(&self, c_other: f64, main: Opening, handle: Opening) -> Flows {
        let (c_m, c_s) = (main.value, handle.value);
        let s = c_s + c_other;
        // C_M and S as parts of √D: D itself, or S², would vanish long before they do.
        let root = hypotenuse(c_m, s);
        let (main_part, outlet_part) = (c_m / root, s / root);
        // A shower that is the only outlet gets all the water, and its share stays 1 as it shuts.
        let (share, rest) = if s == 0.0 { (1.0, 0.0) } else { (c_s / s, c_other / s) };
        let q = self.pressure.sqrt();
        let x = q * c_m * outlet_part;
        Flows {
            x,
            y: x * share,
            dx_dm: q * outlet_part * outlet_part * outlet_part * main.slope,
            dx_dh: q * main_part * main_part * main_part * handle.slope,
            dy_dx: share,
            dy_dh_x: q * main_part * rest * handle.slope,
        }
    }
}

/// √(a² + b²) for a, b ≥ 0, which no square on the way makes vanish; where both are 0, the least number
/// above it. Without a branch, so that a grid of positions takes vector instructions.
fn hypotenuse(a: f64, b: f64) -> f64 {
    const LEAST: f64 = f64::from_bits(1);
    let (larger, smaller) = if a > b { (a, b) } else { (b, a) };
    let larger = if larger > LEAST { larger } else { LEAST };
    let ratio = smaller / larger;
    larger * (1.0 + ratio * ratio).sqrt()
}

/// Turns from shut: the opening of a valve that counts its turns.
fn turns(position: f64) -> Opening {
    Opening { value: position - super::valve::SHUT, slope: 1.0 }
}

/// x = a·main, y = k·x·handle.
fn throttle(a: f64, k: f64, main: Opening, handle: Opening) -> Flows {
    let x = a * main.value;
    Flows {
        x,
        y: k * x * handle.value,
        dx_dm: a * main.slope,
        dx_dh: 0.0,
        dy_dx: k * handle.value,
        dy_dh_x: k * x * handle.slope,
    }
}

/// g(f, N) = f/√(N + (1 − N)f²) and its slope N/(N + (1 − N)f²)^1.5: a valve of authority N.
fn installed(f: f64, authority: f64) -> (f64, f64) {
    let d = authority + (1.0 - authority) * f * f;
    (f / d.sqrt(), authority / (d * d.sqrt()))
}

/// A valve of coefficient C·f in series with a coefficient K: C·K·f/√(K² + C²f²), and its slope.
fn in_series(f: f64, c: f64, k: f64) -> (f64, f64) {
    let d = k * k + c * c * f * f;
    (c * k * f / d.sqrt(), c * k * k * k / (d * d.sqrt()))
}
