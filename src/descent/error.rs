//! How wrong a flow is, and in which direction the error pushes.

/// The error E as a function of e = y − y'.
///
/// ```
/// use backflow::descent::Error;
///
/// assert_eq!((Error::Absolute.value(-2.0), Error::Absolute.slope(-2.0)), (2.0, -1.0));
/// assert_eq!((Error::Squared.value(-2.0), Error::Squared.slope(-2.0)), (2.0, -2.0));
/// let huber = Error::Huber { delta: 1.0 };
/// assert_eq!((huber.value(-2.0), huber.slope(-2.0)), (1.5, -1.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Error {
    /// E = |e|; the push is the same however far off the flow is, and 0 at e = 0.
    #[default]
    Absolute,
    /// E = ½e²; the push is e itself.
    Squared,
    /// ½e² where |e| ≤ δ, δ(|e| − δ/2) outside: the push is e, limited to ±δ.
    Huber {
        /// δ, above 0, in flow: where the bowl becomes a V.
        delta: f64,
    },
}

impl Error {
    /// E at e = y − y' (flow), 0 or more: flow for the absolute error, flow² for the others.
    #[must_use]
    pub fn value(self, e: f64) -> f64 {
        match self {
            Self::Absolute => e.abs(),
            Self::Squared => 0.5 * e * e,
            Self::Huber { delta } if e.abs() <= delta => 0.5 * e * e,
            Self::Huber { delta } => delta * (e.abs() - 0.5 * delta),
        }
    }

    /// ∂E/∂y at e = y − y' (flow). At e = 0 the absolute error has no slope; 0 is declared.
    #[must_use]
    pub fn slope(self, e: f64) -> f64 {
        match self {
            Self::Absolute if e == 0.0 => 0.0,
            Self::Absolute => e.signum(),
            Self::Squared => e,
            Self::Huber { delta } => e.clamp(-delta, delta),
        }
    }

    /// The distance |y − y'| at which the error is `value` (0 or more): the inverse of [`Self::value`].
    #[must_use]
    pub fn distance(self, value: f64) -> f64 {
        match self {
            Self::Absolute => value,
            Self::Squared => (2.0 * value).sqrt(),
            Self::Huber { delta } if value <= 0.5 * delta * delta => (2.0 * value).sqrt(),
            Self::Huber { delta } => value / delta + 0.5 * delta,
        }
    }
}
