//! One valve: how far it is open at each position, and how fast that changes.

/// The position of a valve that is turned shut.
pub const SHUT: f64 = 1.0;
/// The position of a valve that is turned fully open.
pub const OPEN: f64 = 10.0;
/// Turns from shut to open.
pub const TRAVEL: f64 = OPEN - SHUT;

/// The nearest position that a valve can take, in [[`SHUT`], [`OPEN`]].
///
/// What is not a number has no nearest position; it counts as shut.
#[must_use]
pub fn clamp_position(position: f64) -> f64 {
    if position.is_nan() { SHUT } else { position.clamp(SHUT, OPEN) }
}

/// A quantity that one valve sets, with its slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// The quantity: an opening between 0 and 1, or what the plumbing makes of it.
    pub value: f64,
    /// How much the value grows for one more turn.
    pub slope: f64,
}

impl Opening {
    /// Sends the opening through a function, given that function's value and slope here.
    ///
    /// This is the chain rule for one link: slopes multiply.
    #[must_use]
    pub(crate) fn then(self, function: impl Fn(f64) -> (f64, f64)) -> Self {
        let (value, slope) = function(self.value);
        Self { value, slope: slope * self.slope }
    }
}

/// The characteristic of a valve: its opening f as a function of its travel u = (p − 1)/9.
///
/// ```
/// use backflow::plumbing::Characteristic;
///
/// let half = Characteristic::Linear.opening(5.5);
/// assert_eq!(half.value, 0.5);
/// assert_eq!(half.slope, 1.0 / 9.0); // nine turns from shut to open
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Characteristic {
    /// f = u: each turn opens the valve by the same amount.
    Linear,
    /// f = R^(u − 1): each turn multiplies the opening. Shut, it still leaks 1/R: a drip.
    EqualPercentage {
        /// R, the rangeability: full opening over the drip; above 1.
        rangeability: f64,
    },
    /// f = (√(u + ε) − √ε)/(√(1 + ε) − √ε): the first turns open the most.
    QuickOpening {
        /// ε, above 0, keeps the slope at shut finite.
        softening: f64,
    },
    /// f = (σ(s(u − ½)) − σ(−s/2))/(σ(s/2) − σ(−s/2)): flat, steep, flat; a stylised ball valve.
    SCurve {
        /// s, above 0: how much steeper the middle is than the ends.
        steepness: f64,
    },
}

impl Characteristic {
    /// The opening at a position in [1, 10] (turns), with its slope per turn.
    ///
    /// At an end of the travel the slope is the formula's own one-sided value.
    #[must_use]
    pub fn opening(self, position: f64) -> Opening {
        let travel = (position - SHUT) / TRAVEL;
        let (value, slope) = match self {
            Self::Linear => (travel, 1.0),
            Self::EqualPercentage { rangeability } => {
                let value = rangeability.powf(travel - 1.0);
                (value, rangeability.ln() * value)
            }
            Self::QuickOpening { softening } => {
                let shut = softening.sqrt();
                let span = (1.0 + softening).sqrt() - shut;
                let root = (travel + softening).sqrt();
                ((root - shut) / span, 1.0 / (2.0 * root * span))
            }
            Self::SCurve { steepness } => {
                let shut = logistic(-steepness / 2.0);
                let span = logistic(steepness / 2.0) - shut;
                let here = logistic(steepness * (travel - 0.5));
                ((here - shut) / span, steepness * here * (1.0 - here) / span)
            }
        };
        Opening { value, slope: slope / TRAVEL }
    }
}

/// σ(z) = 1/(1 + e^(−z)).
fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}
