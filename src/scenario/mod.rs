//! One experiment as plain data, and the one grammar in which it is written down.
//!
//! `preset=product&m=3&h=5&optimizer=momentum&rate=0.02` stands in the address bar, in the
//! attributes of a figure, on the command line and in saved lessons. It is parsed and printed here
//! alone; every limit and every complaint about bad input is here too.

#[cfg(feature = "export")]
mod address;
mod beyond;
mod branch;
mod city;
#[cfg(feature = "export")]
mod cohort;
mod complaint;
mod course;
mod dial;
mod key;
mod list;
mod network;
mod pass;
mod past;
mod promise;
mod race;
mod rates;
mod reading;
mod record;
mod rival;
mod session;
#[cfg(feature = "export")]
mod table;
mod text;
mod units;

#[cfg(feature = "export")]
pub use cohort::{Cohort, Flaw, Landscape, Remark, Student, Summary};
pub use complaint::{Complaint, Reason};
pub use course::{Course, Until};
pub use dial::Dial;
pub use key::{Key, Kind, Value};
pub use list::List;
pub use network::SmallNetwork;
pub use pass::Link;
pub use past::Past;
pub use promise::Promise;
pub use race::Lane;
pub use rates::RatesPlane;
pub use record::{COLUMNS, csv, json, row};
pub use rival::Rival;
pub use session::Session;
pub use units::Units;

use crate::backprop::Sensitivities;
use crate::descent::{Definition, Error, Experiment, Moments, Optimizer};
use crate::plumbing::{Characteristic, Model, Preset, Shower};
use list::Lists;

/// The most characters that a scenario string may have.
pub const LONGEST_STRING: usize = 4096;

/// How near to the ideal is good enough where nothing is said, in the preset's own unit.
const TOLERANCE: f64 = 0.1;

/// One experiment: what differs from the defaults of its preset.
///
/// ```
/// use backflow::scenario::Scenario;
///
/// let (scenario, complaints) = Scenario::parse("preset=house&rate=fast&m=3");
/// assert_eq!(complaints[0].to_string(), "rate=fast: a number from 0.000001 to 10; using 0.1");
/// assert_eq!(scenario.to_string(), "preset=house&m=3");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// By the key's place in [`Key::ALL`]: only what is not the default.
    given: [Option<Value>; Key::ALL.len()],
    /// Branches and turns by hand.
    course: Course,
    /// Other runs to compare with.
    rivals: Vec<Rival>,
    /// The lists of the small network and of the city.
    lists: Lists,
}

impl Default for Scenario {
    /// Nothing but defaults.
    fn default() -> Self {
        let (course, rivals, lists) = (Course::default(), Vec::new(), Lists::default());
        Self { given: [None; Key::ALL.len()], course, rivals, lists }
    }
}

impl Scenario {
    /// What is set for a key, or its default. `None` where the preset has no such parameter.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Value> {
        self.given[key as usize].or_else(|| self.default_of(key))
    }

    /// The number set for a key, or its default; 0 where there is none.
    #[must_use]
    pub fn number(&self, key: Key) -> f64 {
        match self.get(key) {
            Some(Value::Number(number)) => number,
            _ => 0.0,
        }
    }

    /// Sets a number. What is beyond its limits becomes the nearest limit; what is not a number
    /// changes nothing.
    ///
    /// # Errors
    /// A complaint that says what was given, what is allowed and what is used instead.
    pub fn set_number(&mut self, key: Key, number: f64) -> Result<(), Complaint> {
        if self.get(key).is_some() && key.kind().allows(number) {
            // Adding 0 turns −0, which nobody means, into 0.
            self.put(key, Value::Number(number + 0.0));
            return Ok(());
        }
        self.set(key, &number.to_string())
    }

    /// Sets a key from text, as in a scenario string.
    ///
    /// A new preset brings its own house, ideal and start with it.
    ///
    /// # Errors
    /// A complaint that says what was given, what is allowed and what is used instead.
    pub fn set(&mut self, key: Key, given: &str) -> Result<(), Complaint> {
        let complain = |reason, used| {
            Err(Complaint { key: key.name().to_owned(), given: given.to_owned(), reason, used })
        };
        let Some(present) = self.get(key) else {
            return complain(Reason::NotInPreset { preset: self.preset().name() }, None);
        };
        let (value, reason) = key.kind().read(given);
        if let Some(value) = value {
            self.put(key, value);
        }
        match reason {
            None => Ok(()),
            Some(reason) => complain(reason, Some(value.unwrap_or(present).to_string())),
        }
    }

    /// Reads a scenario string. Whatever is wrong is listed, and the rest applies.
    #[must_use]
    pub fn parse(string: &str) -> (Self, Vec<Complaint>) {
        let mut scenario = Self::default();
        let (pairs, mut complaints) = text::split(string);
        let is_key = |key, name: &str| Key::from_name(name) == Some(key);
        let only = |key| pairs.iter().filter(move |(name, _)| is_key(key, name));
        let others = pairs.iter().filter(|(name, _)| !Key::DECIDING.iter().any(|key| is_key(*key, name)));
        let ordered = Key::DECIDING.into_iter().flat_map(only).chain(others);
        let mut seen = Vec::new();
        for (name, given) in ordered {
            let Some(key) = Key::from_name(name) else {
                match name.as_str() {
                    course::UNTIL => complaints.extend(scenario.course.read_until(given)),
                    course::TURNS => complaints.extend(scenario.course.read_turns(given)),
                    // Rivals differ from the rest, which has to be known.
                    rival::RIVAL => {}
                    _ => complaints.extend(scenario.read_list(name, given).err()),
                }
                continue;
            };
            if let Err(complaint) = scenario.set(key, given) {
                complaints.push(complaint);
            }
            if seen.contains(&key) {
                let used = scenario.get(key).map(|value| value.to_string());
                complaints.push(Complaint {
                    key: name.clone(),
                    given: given.clone(),
                    reason: Reason::Repeated,
                    used,
                });
            }
            seen.push(key);
        }
        let mut course = std::mem::take(&mut scenario.course);
        complaints.extend(scenario.admit(&mut course));
        scenario.course = course;
        for (_, given) in pairs.iter().filter(|(name, _)| name == rival::RIVAL) {
            complaints.extend(scenario.add_rival(given));
        }
        (scenario, complaints)
    }

    /// Branches and turns by hand.
    #[must_use]
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// What differs in the runs to compare with.
    #[must_use]
    pub fn rivals(&self) -> &[Rival] {
        &self.rivals
    }

    /// Adds a rival from text, as in a scenario string, and lists what is wrong with it.
    pub fn add_rival(&mut self, given: &str) -> Vec<Complaint> {
        if self.rivals.len() == Rival::MOST {
            let reason = Reason::TooManyRivals { most: Rival::MOST };
            return vec![Complaint::of_course(rival::RIVAL, given, reason)];
        }
        let (mut rival, mut complaints) = Rival::read(self, given);
        complaints.extend(self.admit(&mut rival.course));
        self.rivals.push(rival);
        complaints
    }

    /// The scenario of a rival by itself.
    #[must_use]
    pub fn rival(&self, index: usize) -> Self {
        let mut scenario = self.plain();
        if let Some(rival) = self.rivals.get(index) {
            // Another rule comes with its own defaults, not with what is set for the main run's.
            if rival.get(Key::Optimizer).is_some() {
                scenario.forget_optimizer();
            }
            for (key, value) in &rival.given {
                scenario.put(*key, *value);
            }
            scenario.course = rival.course.clone();
        }
        scenario
    }

    /// The settings alone, as they are after the last branch.
    #[must_use]
    pub(super) fn plain(&self) -> Self {
        Self { given: self.given, lists: self.lists.clone(), ..Self::default() }
    }

    /// Chooses an optimizer with the parameters that it has by default.
    pub(super) fn choose_optimizer(&mut self, name: &'static str) {
        self.forget_optimizer();
        self.put(Key::Optimizer, Key::Optimizer.choice(name));
    }

    /// The settings of the house and its runs without some of them, which are at their defaults then.
    pub(super) fn without(mut self, left_out: impl Fn(Key) -> bool) -> Self {
        self.lists = Lists::default();
        for key in Key::ALL.into_iter().filter(|key| left_out(*key)) {
            self.given[key as usize] = None;
        }
        self
    }

    /// Sets the parameters of optimizers back to their defaults.
    pub(super) fn forget_optimizer(&mut self) {
        for key in Key::ALL.into_iter().filter(|key| key.is_of_optimizer()) {
            self.given[key as usize] = None;
        }
    }

    /// The preset.
    #[must_use]
    pub fn preset(&self) -> Preset {
        Preset::ALL[self.choice(Key::Preset)]
    }

    /// The house: pressure and model, flows in the preset's own unit.
    #[must_use]
    pub fn shower(&self) -> Shower {
        let preset = self.preset().shower();
        let n = |key| self.number(key);
        let model = match preset.model {
            Model::Linear { .. } => Model::Linear { kx: n(Key::Kx), kh: n(Key::Kh) },
            Model::Product { .. } => Model::Product { k: n(Key::K) },
            Model::Curves { .. } => Model::Curves {
                scale: n(Key::X),
                main: self.valve(Key::Main),
                handle: self.valve(Key::Handle),
            },
            Model::Installed { .. } => Model::Installed {
                scale: n(Key::X),
                main: self.valve(Key::Main),
                handle: self.valve(Key::Handle),
                main_authority: n(Key::Nm),
                handle_authority: n(Key::Nh),
            },
            Model::House { .. } => Model::House {
                main: self.valve(Key::Main),
                handle: self.valve(Key::Handle),
                c_main: n(Key::Cmain),
                c_pipe: n(Key::Cpipe),
                c_handle: n(Key::Chandle),
                c_head: n(Key::Chead),
                c_other: n(Key::Cother),
            },
        };
        Shower { pressure: n(Key::Pressure), model }
    }

    /// The rule that turns the valves, with its parameters.
    #[must_use]
    pub fn optimizer(&self) -> Optimizer {
        let n = |key| self.number(key);
        let definition = Definition::ALL[self.choice(Key::Definition)];
        let moments = || Moments { beta1: n(Key::Beta1), beta2: n(Key::Beta2), epsilon: n(Key::Epsilon) };
        match Key::OPTIMIZERS[self.choice(Key::Optimizer)] {
            "momentum" => Optimizer::Momentum { momentum: n(Key::Momentum) },
            "nesterov" => Optimizer::Nesterov { momentum: n(Key::Momentum) },
            "adagrad" => {
                Optimizer::AdaGrad { epsilon: n(Key::Epsilon), initial: n(Key::Initial), definition }
            }
            "rmsprop" => Optimizer::RmsProp { alpha: n(Key::Alpha), epsilon: n(Key::Epsilon), definition },
            "adadelta" => Optimizer::AdaDelta { rho: n(Key::Rho), epsilon: n(Key::Epsilon) },
            "adam" => Optimizer::Adam(moments()),
            "amsgrad" => Optimizer::AmsGrad { moments: moments(), definition },
            "adamw" => Optimizer::AdamW { moments: moments(), decay: n(Key::Decay) },
            "lion" => Optimizer::Lion { beta1: n(Key::Beta1), beta2: n(Key::Beta2) },
            _ => Optimizer::Descent,
        }
    }

    /// The parameters that matter now: those of the model, of the error and of the optimizer, and how near is
    /// good enough.
    #[must_use]
    pub fn parameters(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Key::ALL.into_iter().filter(|key| key.is_of_model()).collect();
        keys.retain(|key| self.get(*key).is_some());
        if Key::ERRORS[self.choice(Key::Error)] == "huber" {
            keys.push(Key::Delta);
        }
        let adam = [Key::Beta1, Key::Beta2, Key::Epsilon];
        match self.optimizer() {
            Optimizer::Descent => {}
            Optimizer::Momentum { .. } | Optimizer::Nesterov { .. } => keys.push(Key::Momentum),
            Optimizer::AdaGrad { .. } => keys.extend([Key::Epsilon, Key::Initial, Key::Definition]),
            Optimizer::RmsProp { .. } => keys.extend([Key::Alpha, Key::Epsilon, Key::Definition]),
            Optimizer::AdaDelta { .. } => keys.extend([Key::Rho, Key::Epsilon]),
            Optimizer::Adam(_) => keys.extend(adam),
            Optimizer::AmsGrad { .. } => {
                keys.extend(adam);
                keys.push(Key::Definition);
            }
            Optimizer::AdamW { .. } => {
                keys.extend(adam);
                keys.push(Key::Decay);
            }
            Optimizer::Lion { .. } => keys.extend([Key::Beta1, Key::Beta2]),
        }
        keys.push(Key::Tolerance);
        keys
    }

    /// The unit of the flows that are shown.
    #[must_use]
    pub fn units(&self) -> Units {
        Units::ALL[self.choice(Key::Units)]
    }

    /// How many of the shown unit one of the preset's own unit is.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.units().per_unit_of(Units::of(self.preset()))
    }

    /// The range that a dial or slider offers for a key; a number typed in may be anything that
    /// [`Key::kind`] allows. `None` where the key is not a number.
    #[must_use]
    pub fn dial(&self, key: Key) -> Option<Dial> {
        let dial = key.dial()?;
        Some(if matches!(key, Key::Target | Key::Delta) { dial.rescaled(self.unit()) } else { dial })
    }

    /// The steps to make at once.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a whole number within its limits")]
    pub fn steps(&self) -> usize {
        self.number(Key::Steps) as usize
    }

    /// The experiment, with every flow in the unit that is shown.
    #[must_use]
    pub fn experiment(&self) -> Experiment {
        Experiment {
            shower: self.shower().rescaled(self.unit()),
            target: self.number(Key::Target),
            error: self.error(),
            optimizer: self.optimizer(),
            rate: self.number(Key::Rate),
            sensitivities: Sensitivities::ALL[self.choice(Key::Sensitivities)],
            start: [self.number(Key::M), self.number(Key::H)],
            tolerance: self.number(Key::Tolerance),
        }
    }

    /// What counts as error.
    fn error(&self) -> Error {
        match Key::ERRORS[self.choice(Key::Error)] {
            "squared" => Error::Squared,
            "huber" => Error::Huber { delta: self.number(Key::Delta) },
            _ => Error::Absolute,
        }
    }

    /// Puts an allowed value in its place, and drops whatever is the default now: the key just set,
    /// or others where it decides their defaults.
    fn put(&mut self, key: Key, value: Value) {
        let unit = self.unit();
        if key == Key::Preset {
            for key in Key::ALL.into_iter().filter(|key| key.belongs_to_preset()) {
                self.given[key as usize] = None;
            }
            // Branches and turns by hand belong to the house in which they were made.
            self.course = Course::default();
            self.rivals.retain(|rival| rival.course.is_plain());
            for rival in &mut self.rivals {
                rival.given.retain(|(key, _)| !key.belongs_to_preset());
            }
        }
        self.given[key as usize] = Some(value);
        if key == Key::Units {
            self.rescale(self.unit() / unit);
        }
        let decides = Key::DECIDING.contains(&key);
        for key in Key::ALL.into_iter().filter(|other| decides || *other == key) {
            if self.given[key as usize] == self.default_of(key) {
                self.given[key as usize] = None;
            }
        }
    }

    /// Multiplies every flow that is given, so that it is the same in a new unit.
    fn rescale(&mut self, factor: f64) {
        let rescaled = |flow: Key, value: Value| match value {
            Value::Number(number) if flow.is_flow() => Value::Number(flow.kind().nearest(number * factor)),
            other => other,
        };
        for key in Key::ALL {
            let place = &mut self.given[key as usize];
            *place = place.map(|value| rescaled(key, value));
        }
        let courses = self.rivals.iter_mut().map(|rival| &mut rival.course).chain([&mut self.course]);
        let mut lists: Vec<_> =
            courses.flat_map(|course| &mut course.until).map(|until| &mut until.given).collect();
        for (key, value) in lists.iter_mut().flat_map(|list| list.iter_mut()) {
            *value = rescaled(*key, *value);
        }
        for (key, value) in self.rivals.iter_mut().flat_map(|rival| &mut rival.given) {
            *value = rescaled(*key, *value);
        }
    }

    fn choice(&self, key: Key) -> usize {
        match self.get(key) {
            Some(Value::Choice { index, .. }) => index,
            _ => 0,
        }
    }

    fn valve(&self, key: Key) -> Characteristic {
        match self.get(key) {
            Some(Value::Valve(characteristic)) => characteristic,
            _ => Characteristic::Linear,
        }
    }

    /// What a key is where it is not given: the preset's value, or the optimizer's.
    fn default_of(&self, key: Key) -> Option<Value> {
        if key == Key::Preset {
            return Some(key.choice(Preset::Product.name()));
        }
        let preset = self.preset();
        let Shower { pressure, model } = preset.shower();
        if key.is_of_model() {
            return key::of_model(&model, key);
        }
        let optimizer = || Key::OPTIMIZERS[self.choice(Key::Optimizer)];
        Some(match key {
            Key::Pressure => Value::Number(pressure),
            Key::M => Value::Number(preset.start()[0]),
            Key::H => Value::Number(preset.start()[1]),
            Key::Target => Value::Number(preset.target() * self.unit()),
            Key::Delta => Value::Number(self.unit()),
            Key::Tolerance => Value::Number(TOLERANCE * self.unit()),
            Key::Rate => Value::Number(preset.rate()),
            Key::Units => key.choice(Units::of(preset).name()),
            Key::Epsilon => Value::Number(match optimizer() {
                "adagrad" => 1e-10,
                "adadelta" => 1e-6,
                _ => 1e-8,
            }),
            Key::Beta2 => Value::Number(if optimizer() == "lion" { 0.99 } else { 0.999 }),
            _ => key.plain_default(),
        })
    }
}

impl std::fmt::Display for Scenario {
    /// The scenario string: what is not a default, in a fixed order.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let given = Key::ALL.into_iter().zip(self.given);
        let given = given.filter_map(|(key, value)| Some((key.name(), value?.to_string())));
        let rivals = self.rivals.iter().map(|rival| (rival::RIVAL, text::encode(&rival.to_string())));
        let mut separator = "";
        for (name, value) in given.chain(self.lists.pairs()).chain(self.course.pairs()).chain(rivals) {
            write!(out, "{separator}{name}={value}")?;
            separator = "&";
        }
        Ok(())
    }
}
