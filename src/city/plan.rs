//! What a city is like: its pipes, what its showers want, and how its valves are turned.

use crate::descent::Error;

/// How a layer of pipes passes water on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Pipes {
    /// A junction shares its inflow among its pipes; no water is lost.
    #[default]
    Share,
    /// A pipe lets through what its opening allows, whatever its neighbours do.
    Throttle,
}

/// What the showers of a city want, out of what its pumps give.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Demand {
    /// Each pump gives 1, and each shower wants an amount that never changes.
    Constant,
    /// The pumps vary, and each shower wants a blend of all of them.
    Blend,
    /// The pumps vary, and each shower wants nine tenths of what its own pump gives, and a little of all.
    #[default]
    Own,
}

/// How the valves of a city are turned at each step.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Rule {
    /// In proportion to its sensitivity: gradient descent.
    Proportion,
    /// Each by the same turn, in the direction that helps.
    Equal,
    /// In proportion to what has come together of its sensitivity: momentum, with nine tenths kept.
    Momentum,
    /// Adam, with the parameters of its authors.
    #[default]
    Adam,
}

macro_rules! named {
    ($kind:ty: $($variant:ident $name:literal),*) => {
        impl $kind {
            /// All of them.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name in a scenario string.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}
named!(Pipes: Share "share", Throttle "throttle");
named!(Demand: Constant "constant", Blend "blend", Own "own");
named!(Rule: Proportion "proportion", Equal "equal", Momentum "momentum", Adam "adam");

/// A city as plain data. The same plan gives the same numbers, wherever and however often.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// How many pumps, junctions of each level, and showers there are: 2 to [`Self::MOST_LEVELS`] numbers,
    /// each from 1 to [`Self::MOST_JUNCTIONS`].
    pub sizes: Vec<usize>,
    /// How pipes pass water on.
    pub pipes: Pipes,
    /// R, the rangeability of the valves, from 2 to 1,000,000: fully open, they let through R times their drip. The
    /// smaller the drip, the better can a junction with many pipes choose among them.
    pub range: f64,
    /// What the showers want.
    pub demand: Demand,
    /// How the valves are turned.
    pub rule: Rule,
    /// What counts as error at a shower.
    pub error: Error,
    /// How many scenarios of the pumps each step looks at, from 1 to [`Self::SCENARIOS`].
    pub batch: usize,
    /// What the valves, the pumps and the wishes are drawn from.
    pub seed: u32,
    /// η, in turns. Equal turns are as large as that, and Adam's about as large; in proportion to sensitivity, a
    /// valve whose sensitivity is the root mean square of all turns by that much at the first step.
    pub rate: f64,
}

impl Plan {
    /// The most levels, pumps and showers among them.
    pub const MOST_LEVELS: usize = 8;
    /// The most junctions of a level.
    pub const MOST_JUNCTIONS: usize = 1024;
    /// How many scenarios of the pumps a city knows; steps go round through them.
    pub const SCENARIOS: usize = 64;
    /// The whole city: 1,966,080 valves.
    pub const CITY: [usize; 5] = [256, 1024, 1024, 512, 256];
    /// R where nothing is said.
    pub const RANGE: f64 = 1e5;
    /// η where nothing is said.
    pub const RATE: f64 = 0.1;
    /// How many scenarios a step looks at where nothing is said.
    pub const BATCH: usize = 8;

    /// The same with half as many junctions at each level, and half again, until there are no more valves than
    /// `most`, or one junction a level.
    ///
    /// ```
    /// use backflow::city::Plan;
    ///
    /// assert_eq!(Plan::default().within(131_072).sizes, [64, 256, 256, 128, 64]);
    /// ```
    #[must_use]
    pub fn within(mut self, most: usize) -> Self {
        while self.valves() > most && self.sizes.iter().any(|size| *size > 1) {
            self.sizes.iter_mut().for_each(|size| *size = size.div_ceil(2));
        }
        self
    }

    /// How many valves there are: one on every pipe.
    #[must_use]
    pub fn valves(&self) -> usize {
        self.sizes.windows(2).map(|sizes| sizes[0] * sizes[1]).sum()
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            sizes: Self::CITY.to_vec(),
            pipes: Pipes::default(),
            range: Self::RANGE,
            demand: Demand::default(),
            rule: Rule::default(),
            error: Error::default(),
            batch: Self::BATCH,
            seed: 1,
            rate: Self::RATE,
        }
    }
}
