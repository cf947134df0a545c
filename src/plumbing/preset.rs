//! The seven houses that come ready-made.

use super::shower::{Model, Shower};
use super::valve::Characteristic;

/// A ready-made house with an ideal flow and a place to start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Preset {
    /// Every sensitivity is a constant: ∂x/∂m = 2, ∂y/∂x = ¼, ∂y/∂h = ½.
    Article,
    /// The valves multiply: the simplest house in which sensitivities change.
    Product,
    /// An equal-percentage main valve and a quick-opening handle.
    Curves,
    /// Valves that share the pressure with their pipes.
    Installed,
    /// Faithful hydraulics with another tap open: two paths lead from the handle to the shower.
    House,
    /// The house under a pressure at which the ideal cannot be reached.
    LowPressure,
    /// Two S-curved valves: at the start hardly anything changes when one turns them.
    Plateau,
}

impl Preset {
    /// All seven, in the order in which they are taught.
    pub const ALL: [Self; 7] = [
        Self::Article,
        Self::Product,
        Self::Curves,
        Self::Installed,
        Self::House,
        Self::LowPressure,
        Self::Plateau,
    ];

    /// The name in a scenario string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Product => "product",
            Self::Curves => "curves",
            Self::Installed => "installed",
            Self::House => "house",
            Self::LowPressure => "low-pressure",
            Self::Plateau => "plateau",
        }
    }

    /// The house: pressure and model.
    #[must_use]
    pub fn shower(self) -> Shower {
        let drip = Characteristic::EqualPercentage { rangeability: 30.0 };
        let ball = Characteristic::SCurve { steepness: 10.0 };
        let house = Model::House {
            main: Characteristic::Linear,
            handle: drip,
            c_main: 20.0,
            c_pipe: 15.0,
            c_handle: 12.0,
            c_head: 7.0,
            c_other: 3.0,
        };
        let (pressure, model) = match self {
            Self::Article => (2.0, Model::Linear { kx: 0.25, kh: 0.5 }),
            Self::Product => (2.0, Model::Product { k: 0.0625 }),
            Self::Curves => (
                4.0,
                Model::Curves {
                    scale: 4.5,
                    main: drip,
                    handle: Characteristic::QuickOpening { softening: 0.01 },
                },
            ),
            Self::Installed => (
                4.0,
                Model::Installed {
                    scale: 6.0,
                    main: Characteristic::Linear,
                    handle: drip,
                    main_authority: 0.1,
                    handle_authority: 0.3,
                },
            ),
            Self::House => (4.0, house),
            Self::LowPressure => (1.0, house),
            Self::Plateau => (4.0, Model::Curves { scale: 4.5, main: ball, handle: ball }),
        };
        Shower { pressure, model }
    }

    /// y', the ideal shower flow, in the preset's unit.
    #[must_use]
    pub fn target(self) -> f64 {
        match self {
            Self::Article => 5.0,
            Self::Product => 4.5,
            Self::Curves => 3.0,
            Self::Installed => 6.0,
            Self::House | Self::LowPressure => 6.5,
            Self::Plateau => 4.0,
        }
    }

    /// Where the valves stand at first: m and h.
    #[must_use]
    pub fn start(self) -> [f64; 2] {
        match self {
            Self::Article => [2.0, 3.0],
            Self::Product => [3.0, 5.0],
            Self::Curves => [4.0, 3.0],
            Self::Installed => [2.0, 4.0],
            Self::House | Self::LowPressure => [2.5, 4.0],
            Self::Plateau => [2.5, 2.5],
        }
    }

    /// A learning rate at which gradient descent makes visible, steady progress on this house.
    #[must_use]
    pub fn rate(self) -> f64 {
        match self {
            Self::Article | Self::Product | Self::Installed | Self::House => 0.1,
            Self::Curves | Self::LowPressure => 0.2,
            Self::Plateau => 1.0,
        }
    }
}
