//! The keys of a scenario: their names, their kinds and their limits.

use super::complaint::Reason;
use super::dial::Dial;
use super::text::{print_number, read_number};
use super::units::Units;
use crate::backprop::Sensitivities;
use crate::city::{Demand, Pipes, Plan, Rule};
use crate::descent::{Definition, FASTEST, LONGEST};
use crate::plumbing::{Characteristic, Model, OPEN, Preset, SHUT, TRAVEL};

/// What can be set. The order is the order of printing.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Key {
    /// The house to begin with; it brings its own pressure, parameters, ideal and start.
    Preset,
    /// w, the pressure in the water main, 0 to 100.
    Pressure,
    /// Shower flow for each unit of house flow (`article`), 0 to 10.
    Kx,
    /// Shower flow for each turn of the handle (`article`), 0 to 10.
    Kh,
    /// Shower flow for each unit of house flow and turn of the handle (`product`), 0 to 10.
    K,
    /// House flow at unit pressure with the main valve open (`curves`, `installed`), 0 to 100.
    X,
    /// The main valve's characteristic.
    Main,
    /// The handle's characteristic.
    Handle,
    /// The main valve's authority (`installed`), 0.01 to 1.
    Nm,
    /// The handle's authority (`installed`), 0.01 to 1.
    Nh,
    /// The main valve's flow coefficient (`house`), 0.1 to 1000.
    Cmain,
    /// The house pipe's flow coefficient (`house`), 0.1 to 1000.
    Cpipe,
    /// The handle's flow coefficient (`house`), 0.1 to 1000.
    Chandle,
    /// The shower head's flow coefficient (`house`), 0.1 to 1000.
    Chead,
    /// The other tap's flow coefficient (`house`), 0 (shut) to 1000.
    Cother,
    /// The main valve's position, 1 to 10 turns.
    M,
    /// The handle's position, 1 to 10 turns.
    H,
    /// y', the ideal shower flow in the unit shown, 0 to 100000.
    Target,
    /// What counts as error.
    Error,
    /// δ of the Huber error, in the unit shown, 0.001 to 100000.
    Delta,
    /// The rule that turns the valves.
    Optimizer,
    /// η, the learning rate, 0.000001 to 10.
    Rate,
    /// μ of momentum and Nesterov, 0 to 0.9999.
    Momentum,
    /// β₁ of Adam, its kin and Lion, 0 to 0.999999.
    Beta1,
    /// β₂ of Adam, its kin and Lion, 0 to 0.999999.
    Beta2,
    /// α of RMSProp, 0 to 0.999999.
    Alpha,
    /// ρ of Adadelta, 0 to 0.999999.
    Rho,
    /// ε against division by zero, 1e-16 to 1.
    Epsilon,
    /// λ of AdamW, 0 to 1.
    Decay,
    /// What AdaGrad's sum of squares begins with, 0 to 100.
    Initial,
    /// Whose definition of the rule is meant.
    Definition,
    /// How the sensitivities are known.
    Sensitivities,
    /// The unit of the flows shown.
    Units,
    /// How near to the ideal is good enough, in the unit shown, 0.000001 to 1000.
    Tolerance,
    /// Steps to make at once, a whole number to 10000.
    Steps,
    /// A second position of the handle, to which a figure measures, 1 to 10 turns.
    To,
    /// Δh, how far apart two positions of the handle are that a figure compares, 0.000001 to 9 turns.
    Span,
    /// How far another hand turns the main valve while someone measures the handle, −9 to 9 turns.
    Drift,
    /// Which way both valves are turned together: 0 opens the main valve alone, 90 the handle alone; 0 to 360
    /// degrees.
    Angle,
    /// How far a figure jumps against the gradient, 0 to 9 turns.
    Jump,
    /// How far the picture of the shower has become that of a network, 0 to 1.
    Fade,
    /// How the pipes of the city pass water on.
    Law,
    /// R, the rangeability of the valves of the city, 2 to 1000000.
    Range,
    /// What the showers of the city want.
    Demand,
    /// The rule that turns the valves of the city.
    Rule,
    /// How many scenarios of its pumps each step of the city looks at, a whole number from 1 to 64.
    Batch,
    /// What the valves, the pumps and the wishes of the city are drawn from, a whole number from 0 to 4294967295.
    Seed,
    /// η of the city, 0.0001 to 10 turns.
    Pace,
}

/// The names of everything in a list, at compile time.
macro_rules! names {
    ($kind:ty) => {{
        let mut names = [""; <$kind>::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = <$kind>::ALL[index].name();
            index += 1;
        }
        names
    }};
}
const PRESETS: [&str; Preset::ALL.len()] = names!(Preset);
const SENSITIVITIES: [&str; Sensitivities::ALL.len()] = names!(Sensitivities);
const UNITS: [&str; Units::ALL.len()] = names!(Units);
const DEFINITIONS: [&str; Definition::ALL.len()] = names!(Definition);
const LAWS: [&str; Pipes::ALL.len()] = names!(Pipes);
const DEMANDS: [&str; Demand::ALL.len()] = names!(Demand);
const RULES: [&str; Rule::ALL.len()] = names!(Rule);

/// What may be given for a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number within limits, both included.
    Number {
        /// The smallest allowed.
        least: f64,
        /// The largest allowed.
        most: f64,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// One of these names.
    Choice(&'static [&'static str]),
    /// A valve characteristic: `lin`, `eqp:R`, `quick:ε` or `scurve:s`.
    Valve,
}

/// What is set for a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// One of the names that its kind allows.
    Choice {
        /// Its place among them.
        index: usize,
        /// The name.
        name: &'static str,
    },
    /// A valve characteristic.
    Valve(Characteristic),
}

impl std::fmt::Display for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => out.write_str(&print_number(*number)),
            Self::Choice { name, .. } => out.write_str(name),
            Self::Valve(Characteristic::Linear) => out.write_str("lin"),
            Self::Valve(Characteristic::EqualPercentage { rangeability: p }) => {
                write!(out, "eqp:{}", print_number(*p))
            }
            Self::Valve(Characteristic::QuickOpening { softening: p }) => {
                write!(out, "quick:{}", print_number(*p))
            }
            Self::Valve(Characteristic::SCurve { steepness: p }) => {
                write!(out, "scurve:{}", print_number(*p))
            }
        }
    }
}

impl Key {
    /// All keys, in the order of printing.
    pub const ALL: [Self; 48] = [
        Self::Preset,
        Self::Pressure,
        Self::Kx,
        Self::Kh,
        Self::K,
        Self::X,
        Self::Main,
        Self::Handle,
        Self::Nm,
        Self::Nh,
        Self::Cmain,
        Self::Cpipe,
        Self::Chandle,
        Self::Chead,
        Self::Cother,
        Self::M,
        Self::H,
        Self::Target,
        Self::Error,
        Self::Delta,
        Self::Optimizer,
        Self::Rate,
        Self::Momentum,
        Self::Beta1,
        Self::Beta2,
        Self::Alpha,
        Self::Rho,
        Self::Epsilon,
        Self::Decay,
        Self::Initial,
        Self::Definition,
        Self::Sensitivities,
        Self::Units,
        Self::Tolerance,
        Self::Steps,
        Self::To,
        Self::Span,
        Self::Drift,
        Self::Angle,
        Self::Jump,
        Self::Fade,
        Self::Law,
        Self::Range,
        Self::Demand,
        Self::Rule,
        Self::Batch,
        Self::Seed,
        Self::Pace,
    ];
    /// Those on which defaults of others depend; they are read first, in this order.
    pub(super) const DECIDING: [Self; 3] = [Self::Preset, Self::Units, Self::Optimizer];
    /// The names of the errors.
    pub const ERRORS: [&'static str; 3] = ["absolute", "squared", "huber"];
    /// The names of the optimizers.
    pub const OPTIMIZERS: [&'static str; 10] = [
        "descent", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "amsgrad", "adamw",
        "lion",
    ];

    /// The name in a scenario string.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Preset => "preset",
            Self::Pressure => "pressure",
            Self::Kx => "kx",
            Self::Kh => "kh",
            Self::K => "k",
            Self::X => "X",
            Self::Main => "main",
            Self::Handle => "handle",
            Self::Nm => "Nm",
            Self::Nh => "Nh",
            Self::Cmain => "Cmain",
            Self::Cpipe => "Cpipe",
            Self::Chandle => "Chandle",
            Self::Chead => "Chead",
            Self::Cother => "Cother",
            Self::M => "m",
            Self::H => "h",
            Self::Target => "target",
            Self::Error => "error",
            Self::Delta => "delta",
            Self::Optimizer => "optimizer",
            Self::Rate => "rate",
            Self::Momentum => "momentum",
            Self::Beta1 => "beta1",
            Self::Beta2 => "beta2",
            Self::Alpha => "alpha",
            Self::Rho => "rho",
            Self::Epsilon => "epsilon",
            Self::Decay => "decay",
            Self::Initial => "initial",
            Self::Definition => "definition",
            Self::Sensitivities => "sensitivities",
            Self::Units => "units",
            Self::Tolerance => "tolerance",
            Self::Steps => "steps",
            Self::To => "to",
            Self::Span => "span",
            Self::Drift => "drift",
            Self::Angle => "angle",
            Self::Jump => "jump",
            Self::Fade => "fade",
            Self::Law => "law",
            Self::Range => "range",
            Self::Demand => "demand",
            Self::Rule => "rule",
            Self::Batch => "batch",
            Self::Seed => "seed",
            Self::Pace => "pace",
        }
    }

    /// The key of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// What may be given.
    #[must_use]
    pub fn kind(self) -> Kind {
        let number = |least, most| Kind::Number { least, most, whole: false };
        match self {
            Self::Preset => Kind::Choice(&PRESETS),
            Self::Error => Kind::Choice(&Self::ERRORS),
            Self::Optimizer => Kind::Choice(&Self::OPTIMIZERS),
            Self::Sensitivities => Kind::Choice(&SENSITIVITIES),
            Self::Units => Kind::Choice(&UNITS),
            Self::Definition => Kind::Choice(&DEFINITIONS),
            Self::Law => Kind::Choice(&LAWS),
            Self::Demand => Kind::Choice(&DEMANDS),
            Self::Rule => Kind::Choice(&RULES),
            Self::Batch => Kind::Number { least: 1.0, most: Plan::SCENARIOS as f64, whole: true },
            Self::Seed => Kind::Number { least: 0.0, most: f64::from(u32::MAX), whole: true },
            Self::Range => number(2.0, 1e6),
            Self::Pace => number(1e-4, FASTEST),
            Self::Main | Self::Handle => Kind::Valve,
            Self::Steps => Kind::Number { least: 0.0, most: LONGEST as f64, whole: true },
            Self::M | Self::H | Self::To => number(SHUT, OPEN),
            Self::Span => number(1e-6, TRAVEL),
            Self::Drift => number(-TRAVEL, TRAVEL),
            Self::Angle => number(0.0, 360.0),
            Self::Jump => number(0.0, TRAVEL),
            Self::Pressure | Self::X => number(0.0, 100.0),
            Self::Kx | Self::Kh | Self::K => number(0.0, 10.0),
            Self::Nm | Self::Nh => number(0.01, 1.0),
            Self::Cmain | Self::Cpipe | Self::Chandle | Self::Chead => number(0.1, 1000.0),
            Self::Cother => number(0.0, 1000.0),
            Self::Target => number(0.0, 1e5),
            Self::Delta => number(0.001, 1e5),
            Self::Rate => number(1e-6, FASTEST),
            Self::Momentum => number(0.0, 0.9999),
            Self::Beta1 | Self::Beta2 | Self::Alpha | Self::Rho => number(0.0, 0.999_999),
            Self::Epsilon => number(1e-16, 1.0),
            Self::Decay | Self::Fade => number(0.0, 1.0),
            Self::Initial => number(0.0, 100.0),
            Self::Tolerance => number(1e-6, 1000.0),
        }
    }

    /// The range that a dial or slider offers, flows in the preset's own unit.
    pub(super) fn dial(self) -> Option<Dial> {
        let Kind::Number { least, most, .. } = self.kind() else { return None };
        Some(match self {
            Self::Rate => Dial { least: 1e-4, most, logarithmic: true },
            Self::Span => Dial { least, most: 4.0, logarithmic: true },
            Self::Pace | Self::Range => Dial { least, most, logarithmic: true },
            Self::Drift => Dial { least: -3.0, most: 3.0, logarithmic: false },
            Self::Pressure => Dial { least, most: 10.0, logarithmic: false },
            Self::Cother => Dial { least, most: 12.0, logarithmic: false },
            Self::Target => Dial { least, most: 12.0, logarithmic: false },
            Self::Delta => Dial { least: 0.1, most: 6.0, logarithmic: false },
            _ => Dial { least, most, logarithmic: false },
        })
    }

    /// Whether a new preset brings its own value.
    #[must_use]
    pub fn belongs_to_preset(self) -> bool {
        self.is_of_model()
            || matches!(
                self,
                Self::Pressure
                    | Self::M
                    | Self::H
                    | Self::Target
                    | Self::Delta
                    | Self::Units
                    | Self::Tolerance
            )
    }

    /// Whether a run may change it on the way.
    #[must_use]
    pub fn may_branch(self) -> bool {
        self.may_differ() && !matches!(self, Self::M | Self::H)
    }

    /// Whether runs of one scenario may differ in it. They share the house that they walk in, the clock, and
    /// what is shown of them.
    #[must_use]
    pub fn may_differ(self) -> bool {
        !matches!(self, Self::Preset | Self::Units | Self::Steps) && !self.is_of_figure()
    }

    /// Whether only a figure or the city looks at it, and no run of a shower depends on it.
    #[must_use]
    pub fn is_of_figure(self) -> bool {
        self >= Self::To
    }

    /// Whether it is a parameter that some optimizers have and others have not.
    pub(super) fn is_of_optimizer(self) -> bool {
        (Self::Momentum..=Self::Definition).contains(&self)
    }

    /// Whether its unit is that of a flow, so that it changes with the units.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Self::Target | Self::Delta | Self::Tolerance)
    }

    /// Whether the flows depend on it, wherever the valves stand.
    pub(super) fn is_of_house(self) -> bool {
        self.is_of_model() || matches!(self, Self::Preset | Self::Pressure | Self::Units)
    }

    /// Whether it is a parameter that some models have and others have not.
    pub(super) fn is_of_model(self) -> bool {
        (Self::Kx..=Self::Cother).contains(&self)
    }

    /// The default of a key whose default is always the same.
    pub(super) fn plain_default(self) -> Value {
        match self {
            Self::Error => self.choice("absolute"),
            Self::Optimizer => self.choice("descent"),
            Self::Sensitivities => self.choice("exact"),
            Self::Definition => self.choice(Definition::Torch.name()),
            Self::Momentum | Self::Beta1 | Self::Rho => Value::Number(0.9),
            Self::Alpha => Value::Number(0.99),
            Self::Decay => Value::Number(0.01),
            Self::To => Value::Number(8.0),
            Self::Span => Value::Number(4.0),
            Self::Jump | Self::Seed => Value::Number(1.0),
            Self::Batch => Value::Number(Plan::BATCH as f64),
            Self::Law => self.choice(Pipes::default().name()),
            Self::Demand => self.choice(Demand::default().name()),
            Self::Rule => self.choice(Rule::default().name()),
            Self::Pace => Value::Number(Plan::RATE),
            Self::Range => Value::Number(Plan::RANGE),
            _ => Value::Number(0.0),
        }
    }

    /// One of the names of a choice, as a value; the first where there is no such name.
    pub(super) fn choice(self, name: &str) -> Value {
        let Kind::Choice(names) = self.kind() else { return Value::Number(0.0) };
        let index = names.iter().position(|candidate| *candidate == name).unwrap_or(0);
        Value::Choice { index, name: names[index] }
    }
}

impl Kind {
    /// Whether a number can be taken as it is.
    pub(super) fn allows(&self, number: f64) -> bool {
        match self {
            Self::Number { least, most, whole } => {
                (*least..=*most).contains(&number) && (!*whole || number.fract() == 0.0)
            }
            Self::Choice(_) | Self::Valve => false,
        }
    }

    /// The nearest number that is allowed; of choices and valves, none.
    pub(super) fn nearest(&self, number: f64) -> f64 {
        match self {
            Self::Number { least, most, whole } => {
                let near = number.clamp(*least, *most);
                if *whole { near.round() } else { near }
            }
            Self::Choice(_) | Self::Valve => number,
        }
    }

    /// Reads what was given: the value to use, if any, and the reason for a complaint, if any.
    pub(super) fn read(&self, given: &str) -> (Option<Value>, Option<Reason>) {
        match self {
            Self::Number { least, most, whole } => {
                let reason = Reason::NotInRange { least: *least, most: *most, whole: *whole };
                let Some(number) = read_number(given) else { return (None, Some(reason)) };
                let near = self.nearest(number);
                // Adding 0 turns −0, which nobody means, into 0.
                (Some(Value::Number(near + 0.0)), (near != number).then_some(reason))
            }
            Self::Choice(names) => match names.iter().position(|name| *name == given) {
                Some(index) => (Some(Value::Choice { index, name: names[index] }), None),
                None => (None, Some(Reason::NotAChoice { names })),
            },
            Self::Valve => read_valve(given),
        }
    }
}

/// Reads `lin`, `eqp:R`, `quick:ε` or `scurve:s`.
fn read_valve(given: &str) -> (Option<Value>, Option<Reason>) {
    let (name, parameter) = given.split_once(':').map_or((given, None), |(name, rest)| (name, Some(rest)));
    let (least, most) = match name {
        "eqp" => (1.5, 1000.0),
        "quick" => (1e-4, 1.0),
        "scurve" => (0.1, 100.0),
        _ => (0.0, 0.0),
    };
    let parameter = parameter.map(read_number);
    let valve = match (name, parameter) {
        ("lin", None) => Some(Characteristic::Linear),
        ("eqp", Some(Some(p))) => {
            Some(Characteristic::EqualPercentage { rangeability: p.clamp(least, most) })
        }
        ("quick", Some(Some(p))) => Some(Characteristic::QuickOpening { softening: p.clamp(least, most) }),
        ("scurve", Some(Some(p))) => Some(Characteristic::SCurve { steepness: p.clamp(least, most) }),
        _ => None,
    };
    let within = match parameter {
        Some(Some(p)) => (least..=most).contains(&p),
        _ => true,
    };
    (valve.map(Value::Valve), (valve.is_none() || !within).then_some(Reason::NotAValve))
}

/// A parameter of a model by its key; `None` where the model has no such parameter.
pub(super) fn of_model(model: &Model, key: Key) -> Option<Value> {
    use Value::{Number, Valve};
    Some(match (*model, key) {
        (Model::Linear { kx, .. }, Key::Kx) => Number(kx),
        (Model::Linear { kh, .. }, Key::Kh) => Number(kh),
        (Model::Product { k }, Key::K) => Number(k),
        (Model::Curves { scale, .. } | Model::Installed { scale, .. }, Key::X) => Number(scale),
        (
            Model::Curves { main, .. } | Model::Installed { main, .. } | Model::House { main, .. },
            Key::Main,
        ) => Valve(main),
        (
            Model::Curves { handle, .. } | Model::Installed { handle, .. } | Model::House { handle, .. },
            Key::Handle,
        ) => Valve(handle),
        (Model::Installed { main_authority, .. }, Key::Nm) => Number(main_authority),
        (Model::Installed { handle_authority, .. }, Key::Nh) => Number(handle_authority),
        (Model::House { c_main, .. }, Key::Cmain) => Number(c_main),
        (Model::House { c_pipe, .. }, Key::Cpipe) => Number(c_pipe),
        (Model::House { c_handle, .. }, Key::Chandle) => Number(c_handle),
        (Model::House { c_head, .. }, Key::Chead) => Number(c_head),
        (Model::House { c_other, .. }, Key::Cother) => Number(c_other),
        _ => return None,
    })
}
