//! The axes of a rates map: the learning rate, and the momentum or the pressure.

use super::Scenario;
use super::dial::Dial;
use super::key::Key;
use crate::descent::{Experiment, FASTEST, Optimizer};

/// The learning rates of a rates map.
const RATES: Dial = Dial { least: 1e-3, most: FASTEST, logarithmic: true };
/// The momenta of a rates map.
const MOMENTA: Dial = Dial { least: 0.0, most: 0.99, logarithmic: false };
/// The pressures of a rates map.
const PRESSURES: Dial = Dial { least: 0.0, most: 10.0, logarithmic: false };

/// The settings of a rates map: those of a scenario, with another rate and another second parameter
/// everywhere. Places are fractions of both axes, each from 0 to 1.
#[derive(Clone, Debug)]
pub struct RatesPlane {
    settings: Scenario,
    second: Key,
}

impl RatesPlane {
    /// The plane of a scenario's settings, from its start. The second parameter is the pressure, or the
    /// momentum where the rule has one (gradient descent has 0 of it).
    #[must_use]
    pub fn new(settings: &Scenario, second: Key) -> Self {
        let momentum = second == Key::Momentum && Self::has_momentum(settings);
        let second = if momentum { Key::Momentum } else { Key::Pressure };
        Self { settings: settings.plain(), second }
    }

    /// Whether the momentum can be the second parameter.
    #[must_use]
    pub fn has_momentum(settings: &Scenario) -> bool {
        matches!(
            settings.optimizer(),
            Optimizer::Descent | Optimizer::Momentum { .. } | Optimizer::Nesterov { .. }
        )
    }

    /// The second parameter.
    #[must_use]
    pub fn second(&self) -> Key {
        self.second
    }

    /// The learning rates, and the values of the second parameter.
    #[must_use]
    pub fn dials(&self) -> [Dial; 2] {
        [RATES, if self.second == Key::Momentum { MOMENTA } else { PRESSURES }]
    }

    /// The learning rate and the second parameter at a place.
    #[must_use]
    pub fn values(&self, at: [f64; 2]) -> [f64; 2] {
        let [rates, seconds] = self.dials();
        [rates.value(at[0]), seconds.value(at[1])]
    }

    /// The place of the settings themselves, at the border where they are beyond it.
    #[must_use]
    pub fn here(&self) -> [f64; 2] {
        let [rates, seconds] = self.dials();
        let second = match (self.second, self.settings.optimizer()) {
            (Key::Momentum, Optimizer::Descent) => 0.0,
            (key, _) => self.settings.number(key),
        };
        [rates.fraction(self.settings.number(Key::Rate)), seconds.fraction(second)]
    }

    /// The settings at a place.
    #[must_use]
    pub fn settings(&self, at: [f64; 2]) -> Scenario {
        let mut settings = self.settings.clone();
        let [rate, second] = self.values(at);
        if self.second == Key::Momentum && settings.optimizer() == Optimizer::Descent {
            settings.choose_optimizer("momentum");
        }
        // What a dial gives is within the limits.
        let _ = settings.set_number(Key::Rate, rate);
        let _ = settings.set_number(self.second, second);
        settings
    }

    /// The experiment at a place.
    #[must_use]
    pub fn experiment(&self, at: [f64; 2]) -> Experiment {
        self.settings(at).experiment()
    }
}
