//! The valves of a network, of which the opening is kept and the position follows.

use super::number::Number;
use crate::plumbing::{Characteristic, SHUT, TRAVEL, clamp_position};

/// The kind of a network's valves: one of those characteristics that can be read backward, so that a position
/// follows from an opening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Valve {
    /// a = u: each turn opens the valve by the same amount.
    Linear,
    /// a = R^(u − 1): each turn multiplies the opening. Shut, it still leaks 1/R: a drip.
    EqualPercentage {
        /// R, the rangeability: full opening over the drip; above 1.
        rangeability: f64,
    },
}

impl Valve {
    /// a, the opening at a position in turns, from 0 to 1; what is beyond an end becomes the end.
    ///
    /// ```
    /// use backflow::city::Valve;
    ///
    /// let valve = Valve::EqualPercentage { rangeability: 30.0 };
    /// assert_eq!([valve.opening(10.0), valve.opening(1.0)], [1.0, 1.0 / 30.0]);
    /// assert!((valve.position(valve.opening(7.0)) - 7.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn opening(self, position: f64) -> f64 {
        let characteristic = match self {
            Self::Linear => Characteristic::Linear,
            Self::EqualPercentage { rangeability } => Characteristic::EqualPercentage { rangeability },
        };
        characteristic.opening(clamp_position(position)).value
    }

    /// The position, in [1, 10], at which a valve is open so far.
    #[must_use]
    pub fn position(self, opening: f64) -> f64 {
        let travel = match self {
            Self::Linear => opening,
            Self::EqualPercentage { rangeability } => 1.0 + opening.ln() / rangeability.ln(),
        };
        clamp_position(SHUT + TRAVEL * travel)
    }

    /// ∂a/∂v where a valve is open so far, per turn.
    #[must_use]
    pub fn slope(self, opening: f64) -> f64 {
        match self {
            Self::Linear => 1.0 / TRAVEL,
            Self::EqualPercentage { rangeability } => rangeability.ln() / TRAVEL * opening,
        }
    }
}

impl Valve {
    /// ∂a/∂v of a valve, per turn: of an equal-percentage one for each unit of its opening.
    pub(super) fn part<T: Number>(self) -> T {
        T::of(match self {
            Self::Linear => 1.0 / TRAVEL,
            Self::EqualPercentage { rangeability } => rangeability.ln() / TRAVEL,
        })
    }

    /// Turns ∂/∂a of many valves, times [`Self::part`], into ∂/∂v, where they are open so far.
    pub(super) fn per_turn<T: Number>(self, openings: &[T], slopes: &mut [T]) {
        match self {
            Self::Linear => {}
            Self::EqualPercentage { .. } => {
                slopes.iter_mut().zip(openings).for_each(|(slope, opening)| *slope = *opening * *slope);
            }
        }
    }

    /// The same, where ∂/∂a times [`Self::part`] is weight·end − own.
    pub(super) fn per_turn_of<T: Number>(
        self,
        openings: &[T],
        ends: &[T],
        [weight, own]: [T; 2],
        slopes: &mut [T],
    ) {
        let rows = slopes.iter_mut().zip(openings.iter().zip(ends));
        match self {
            Self::Linear => rows.for_each(|(slope, (_, end))| *slope = weight * *end - own),
            Self::EqualPercentage { .. } => {
                rows.for_each(|(slope, (opening, end))| *slope = *opening * (weight * *end - own));
            }
        }
    }

    /// Turns many valves, each by so many times a unit, in turns, and no further than to an end.
    pub(super) fn turn<T: Number>(self, openings: &mut [T], turns: &[T], unit: T) {
        let part = self.part::<T>() * unit;
        let open = T::of(1.0);
        let pairs = openings.iter_mut().zip(turns);
        match self {
            Self::Linear => {
                let shut = T::default();
                pairs.for_each(|(a, turn)| *a = (*a + part * *turn).at_least(shut).at_most(open));
            }
            Self::EqualPercentage { rangeability } => {
                let shut = T::of(1.0 / rangeability);
                pairs.for_each(|(a, turn)| *a = (*a * turn.power(part)).at_least(shut).at_most(open));
            }
        }
    }
}
