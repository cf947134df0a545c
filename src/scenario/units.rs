//! The units in which flows are shown.

use crate::plumbing::Preset;

/// The units of flow.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Units {
    /// Cubic feet a minute.
    CubicFeet,
    /// Litres a minute.
    Litres,
    /// US gallons a minute.
    Gallons,
}

impl Units {
    /// All three.
    pub const ALL: [Self; 3] = [Self::CubicFeet, Self::Litres, Self::Gallons];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CubicFeet => "cfm",
            Self::Litres => "lpm",
            Self::Gallons => "gpm",
        }
    }

    /// The unit in which a preset's numbers are written.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        match preset {
            Preset::House | Preset::LowPressure => Self::Litres,
            _ => Self::CubicFeet,
        }
    }

    /// How many of this unit one of the other is.
    #[must_use]
    pub fn per_unit_of(self, other: Self) -> f64 {
        if self == other { 1.0 } else { self.per_cubic_foot() / other.per_cubic_foot() }
    }

    /// From the international foot (0.3048 m) and the US gallon (231 cubic inches).
    fn per_cubic_foot(self) -> f64 {
        match self {
            Self::CubicFeet => 1.0,
            Self::Litres => 3.048 * 3.048 * 3.048,
            Self::Gallons => 1728.0 / 231.0,
        }
    }
}
