//! One step of a run, link by link: the update that led there, the water forward, the error, and the
//! sensitivities backward. The page puts each link into a sentence.

use super::session::Session;
use crate::backprop::{Meters, Sensitivities};
use crate::descent::{Arrival, Error, Experiment, Push, Step};
use crate::plumbing::{Model, OPEN, SHUT};

/// One quantity of a pass, computed from those before it.
///
/// ```
/// use backflow::scenario::Session;
///
/// let (mut session, _) = Session::open("preset=product&m=3&h=5");
/// let names: Vec<_> = session.pass().iter().map(|link| link.says.0).collect();
/// assert_eq!(names, ["start", "x", "y", "E", "dE_dy", "dE_dx", "dE_dm", "dE_dh"]);
/// // After the last link the rule makes a step, and shows what it did to the main valve first.
/// assert_eq!(session.onward(7), Some(0));
/// assert_eq!(session.pass()[0].says, ("update", "descent"));
/// assert_eq!(session.backward(0), Some(7));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Which part of the step it belongs to: one of [`Self::PHASES`].
    pub phase: &'static str,
    /// What it computes, and which case of it this is.
    pub says: (&'static str, &'static str),
    /// Clauses of its sentence: for which place in it, and what they say.
    pub clauses: Vec<(&'static str, (&'static str, &'static str))>,
    /// The valve that it is about, if it is about one: `m` or `h`.
    pub part: Option<&'static str>,
    /// The names, as in a reading, of the quantities that it brings into the pass.
    pub lit: &'static [&'static str],
    /// The numbers that it is made of, by name; all finite.
    pub numbers: Vec<(&'static str, f64)>,
}

/// How a number compares with that of the step before.
const CHANGES: [&str; 5] = ["start", "more", "less", "same", "anew"];

impl Link {
    /// The parts of a step, in their order.
    pub const PHASES: [&'static str; 5] = ["update", "forward", "error", "backward", "measured"];

    /// Everything that a link or a clause of it may say.
    #[must_use]
    pub fn sayings() -> Vec<(&'static str, &'static str)> {
        let mut all = vec![("start", "here"), ("branch", "here"), ("update", "waits"), ("update", "wiggles")];
        all.extend(["exact-start", "exact-anew", "exact-same", "exact"].map(|form| ("E", form)));
        all.extend(["m", "h", "both", "none"].map(|form| ("hand", form)));
        all.extend(Push::NAMES.map(|form| ("update", form)));
        all.extend(["turned", "cut", "stopped", "wiggle", "wiggle-cut"].map(|form| ("end", form)));
        all.extend(
            ["x", "forked", "untapped", "y", "E"]
                .into_iter()
                .flat_map(|name| CHANGES.map(|form| (name, form))),
        );
        all.extend(["below", "above"].map(|form| ("side", form)));
        all.extend(["absolute", "squared", "outside"].map(|form| ("kind", form)));
        all.extend(["below", "above", "exact", "squared", "inside", "outside"].map(|form| ("dE_dy", form)));
        let backward = ["dE_dx", "dE_dm", "dE_dh", "direct", "via"];
        all.extend(backward.into_iter().flat_map(|name| ["through", "nothing"].map(|form| (name, form))));
        all.push(("paths", "add"));
        all.extend(["both", "m", "h", "hand"].map(|form| ("measured", form)));
        let beliefs = ["believed_m", "believed_h"];
        all.extend(beliefs.into_iter().flat_map(|name| ["begins", "kept", "read"].map(|form| (name, form))));
        all
    }

    fn new(
        phase: &'static str,
        says: (&'static str, &'static str),
        lit: &'static [&'static str],
        numbers: Vec<(&'static str, f64)>,
    ) -> Self {
        Self { phase, says, clauses: Vec::new(), part: None, lit, numbers }
    }
}

impl Session {
    /// The links of the step at which the main run stands, in the order in which they are computed.
    #[must_use]
    pub fn pass(&self) -> Vec<Link> {
        let (run, experiment) = (self.run(), self.run().experiment());
        let (now, arrival) = (run.now(), run.arrival());
        let here = Here { experiment, now, arrival, reading: self.reading() };
        let mut links = Vec::with_capacity(12);
        match &here.arrival {
            None => links.push(here.link("update", ("start", "here"), &["m", "h"], &["m", "h"])),
            Some(arrival) if self.is_by_hand() => links.push(hand(arrival)),
            Some(arrival) => {
                for valve in 0..2 {
                    links.push(update(arrival, valve));
                }
            }
        }
        if here.arrival.is_some_and(|arrival| arrival.experiment != experiment) {
            links.push(here.link("update", ("branch", "here"), &[], &[]));
        }
        links.push(here.house_flow());
        links.push(here.shower_flow());
        links.push(here.error());
        here.backward(&mut links);
        if experiment.sensitivities != Sensitivities::Exact {
            links.push(here.measured(self.believed(), self.is_by_hand()));
        }
        links
    }

    /// Goes on from the link at a place of the pass, and returns the place of the next. After the last one the
    /// main run makes a step, and so do those beside it. `None` where it can make none.
    pub fn onward(&mut self, at: usize) -> Option<usize> {
        if at + 1 < self.pass().len() {
            return Some(at + 1);
        }
        self.can_step().then(|| {
            self.step(1);
            0
        })
    }

    /// Whether [`Self::onward`] leads anywhere from a place of the pass.
    #[must_use]
    pub fn has_onward(&self, at: usize) -> bool {
        at + 1 < self.pass().len() || self.can_step()
    }

    /// Whether [`Self::backward`] leads anywhere from a place of the pass.
    #[must_use]
    pub fn has_backward(&self, at: usize) -> bool {
        at > 0 || self.run().steps() > 0
    }

    /// Goes back from the link at a place of the pass, and returns the place of the one before. Before the first
    /// one the main run goes a step back. `None` at the very first.
    pub fn backward(&mut self, at: usize) -> Option<usize> {
        if at > 0 {
            return Some(at.min(self.pass().len()) - 1);
        }
        let before = self.run().steps().checked_sub(1)?;
        self.seek(before);
        Some(self.pass().len() - 1)
    }

    /// Where the plumber's two beliefs come from: the truth, with which they begin; the truth of then, where no
    /// move has taught him otherwise since; or readings.
    fn believed(&self) -> [&'static str; 2] {
        let (run, now) = (self.run(), self.run().now());
        let way = run.experiment().sensitivities;
        if matches!(way, Sensitivities::Central | Sensitivities::Spsa) {
            return ["read"; 2];
        }
        let begun = run.since(|experiment| experiment.sensitivities != Sensitivities::Exact);
        let truth = [begun.chain.dy_dm, begun.chain.dy_dh];
        [0, 1].map(|valve: usize| {
            // A reading may tell the same again.
            let taught = run.path()[begun.number..].windows(2).any(|pair| {
                Meters::turns(way, pair[0].number)[valve]
                    && pair[0].position[valve] != pair[1].position[valve]
            });
            if taught || now.meters.estimate[valve] != truth[valve] {
                "read"
            } else if now.number == begun.number {
                "begins"
            } else {
                "kept"
            }
        })
    }
}

/// What a hand did.
fn hand(arrival: &Arrival<'_>) -> Link {
    let ([before_m, before_h], [m, h]) = (arrival.from.position, arrival.to.position);
    let (form, lit): (_, &'static [&'static str]) = match (m != before_m, h != before_h) {
        (true, true) => ("both", &["m", "h"]),
        (true, false) => ("m", &["m"]),
        (false, true) => ("h", &["h"]),
        (false, false) => ("none", &["m", "h"]),
    };
    let numbers = vec![
        ("before_m", before_m),
        ("before_h", before_h),
        ("m", m),
        ("h", h),
        ("turn_m", m - before_m),
        ("turn_h", h - before_h),
    ];
    Link::new("update", ("hand", form), lit, numbers)
}

/// What the rule did to one valve.
fn update(arrival: &Arrival<'_>, valve: usize) -> Link {
    let Arrival { experiment, from, to } = *arrival;
    let way = experiment.sensitivities;
    let (before, now) = (from.position[valve], to.position[valve]);
    let pushes = [0, 1].map(|valve| {
        Push::of(experiment.optimizer, experiment.rate, from.gradient, [&from.memory, &to.memory], valve)
    });
    let Push { name, numbers, .. } = &pushes[valve];
    // To the bit what the run planned: the rule's wish, bent where the plumber wiggles.
    let wanted = [0, 1].map(|valve| {
        let Push { kept, turn, .. } = pushes[valve];
        kept * from.position[valve] + turn
    });
    let turns = Meters::turns(way, from.number);
    let moves = [0, 1].map(|valve| if turns[valve] { wanted[valve] - from.position[valve] } else { 0.0 });
    let bent = Meters::bend(way, from.number, moves)[valve];
    let wiggles = way == Sensitivities::Wiggle && bent != moves[valve];
    let goal = if way == Sensitivities::Exact { wanted[valve] } else { before + bent };
    let cut = !(SHUT..=OPEN).contains(&goal);
    let end = match (wiggles, cut) {
        (true, true) => "wiggle-cut",
        (true, false) => "wiggle",
        (false, true) if now == before => "stopped",
        (false, true) => "cut",
        (false, false) => "turned",
    };
    let form = match *name {
        _ if !turns[valve] => "waits",
        "still" if wiggles => "wiggles",
        name => name,
    };
    let mut numbers = numbers.clone();
    numbers.extend_from_slice(&[("before", before), ("now", now), ("turn", now - before)]);
    numbers.extend_from_slice(&[("planned", bent), ("goal", goal), ("held", pushes[valve].kept * before)]);
    let lit: &'static [&'static str] = if valve == 0 { &["m"] } else { &["h"] };
    Link {
        // A valve that waits goes nowhere.
        clauses: if turns[valve] { vec![("end", ("end", end))] } else { Vec::new() },
        part: Some(lit[0]),
        ..Link::new("update", ("update", form), lit, numbers)
    }
}

/// A link backward: its name, what it lights, its factors or parts and what comes of them.
type Backward = (&'static str, &'static [&'static str], [&'static str; 3]);

/// To the main valve, two links; to the handle, one where there is one path, three where there are two.
const BACKWARD: [Backward; 6] = [
    ("dE_dx", &["dy_dx", "dE_dx"], ["dE_dy", "dy_dx", "dE_dx"]),
    ("dE_dm", &["dx_dm", "dE_dm", "dy_dm"], ["dE_dx", "dx_dm", "dE_dm"]),
    ("dE_dh", &["dy_dh_x", "dE_dh", "dy_dh"], ["dE_dy", "dy_dh_x", "dE_dh"]),
    ("direct", &["dy_dh_x", "dE_dh_direct"], ["dE_dy", "dy_dh_x", "dE_dh_direct"]),
    ("via", &["dx_dh", "dE_dh_via_x"], ["dE_dx", "dx_dh", "dE_dh_via_x"]),
    ("paths", &["dE_dh", "dy_dh"], ["dE_dh_direct", "dE_dh_via_x", "dE_dh"]),
];

/// Where a run stands, and how it came there.
struct Here<'a> {
    experiment: &'a Experiment,
    now: &'a Step,
    arrival: Option<Arrival<'a>>,
    reading: Vec<(&'static str, f64)>,
}

impl Here<'_> {
    /// A link with these numbers of the reading.
    fn link(
        &self,
        phase: &'static str,
        says: (&'static str, &'static str),
        lit: &'static [&'static str],
        names: &[&str],
    ) -> Link {
        let named = |name: &&str| self.reading.iter().find(|(other, _)| other == name).copied();
        Link::new(phase, says, lit, names.iter().filter_map(named).collect())
    }

    /// How a number compares with the one before; `anew` where it does not only because the valves turned.
    fn change(&self, now: f64, before: impl Fn(&Step) -> f64, anew: bool) -> (&'static str, f64) {
        let Some(arrival) = &self.arrival else { return ("start", now) };
        let before = before(arrival.from);
        let form = if anew {
            "anew"
        } else if now > before {
            "more"
        } else if now < before {
            "less"
        } else {
            "same"
        };
        (form, before)
    }

    /// Whether the house is another than the one in which the last move was made.
    fn has_moved(&self) -> bool {
        self.arrival.is_some_and(|arrival| arrival.experiment.shower != self.experiment.shower)
    }

    /// Whether a second path leads from the handle to the shower.
    fn is_forked(&self) -> bool {
        matches!(self.experiment.shower.model, Model::House { .. })
    }

    fn house_flow(&self) -> Link {
        let name = match self.experiment.shower.model {
            // Without a second tap, the handle draws on the house flow all the same.
            Model::House { c_other, .. } => {
                if c_other == 0.0 {
                    "untapped"
                } else {
                    "forked"
                }
            }
            _ => "x",
        };
        let (form, before) = self.change(self.now.chain.flows.x, |step| step.chain.flows.x, self.has_moved());
        let mut link = self.link("forward", (name, form), &["x"], &["m", "h", "x"]);
        link.numbers.push(("before", before));
        link
    }

    fn shower_flow(&self) -> Link {
        let (form, before) = self.change(self.now.chain.flows.y, |step| step.chain.flows.y, self.has_moved());
        let mut link = self.link("forward", ("y", form), &["y"], &["x", "h", "y"]);
        link.numbers.push(("before", before));
        link
    }

    fn error(&self) -> Link {
        let (experiment, now) = (self.experiment, self.now);
        let e = experiment.miss(now);
        let is_other = self.arrival.is_some_and(|Arrival { experiment: other, .. }| {
            (other.target, other.error) != (experiment.target, experiment.error)
        });
        let (form, before) = self.change(now.error, |step| step.error, self.has_moved() || is_other);
        let (kind, delta) = match experiment.error {
            Error::Absolute => ("absolute", 0.0),
            Error::Huber { delta } if e.abs() > delta => ("outside", delta),
            Error::Huber { delta } => ("squared", delta),
            Error::Squared => ("squared", 0.0),
        };
        let form = match form {
            _ if e != 0.0 => form,
            "start" => "exact-start",
            "anew" => "exact-anew",
            "same" => "exact-same",
            _ => "exact",
        };
        let mut link = self.link("error", ("E", form), &["E"], &["y", "target", "E"]);
        link.numbers.extend_from_slice(&[("distance", e.abs()), ("delta", delta), ("before", before)]);
        if e != 0.0 {
            let side = if e < 0.0 { "below" } else { "above" };
            link.clauses = vec![("side", ("side", side)), ("kind", ("kind", kind))];
        }
        link
    }

    /// The links from the error back to both valves: each multiplies, and paths add.
    fn backward(&self, links: &mut Vec<Link>) {
        let e = self.experiment.miss(self.now);
        let (form, delta) = match self.experiment.error {
            Error::Absolute if e == 0.0 => ("exact", 0.0),
            Error::Absolute => (if e < 0.0 { "below" } else { "above" }, 0.0),
            Error::Squared => ("squared", 0.0),
            Error::Huber { delta } if e.abs() > delta => ("outside", delta),
            Error::Huber { delta } => ("inside", delta),
        };
        let mut begin = self.link("backward", ("dE_dy", form), &["dE_dy"], &["y", "target", "dE_dy"]);
        begin.numbers.push(("delta", delta));
        links.push(begin);
        let [to_main, to_handle] =
            [&BACKWARD[..2], if self.is_forked() { &BACKWARD[3..] } else { &BACKWARD[2..3] }];
        for (name, lit, names) in to_main.iter().chain(to_handle) {
            let mut link = self.link("backward", (name, "through"), lit, names);
            if *name == "paths" {
                link.says.1 = "add";
            } else if link.numbers.last().is_some_and(|(_, product)| *product == 0.0) {
                link.says.1 = "nothing";
            }
            links.push(link);
        }
    }

    /// What a plumber believes instead, and what gradient the next step uses; a hand uses none.
    fn measured(&self, believed: [&'static str; 2], by_hand: bool) -> Link {
        let turns = Meters::turns(self.experiment.sensitivities, self.now.number);
        let form = match turns {
            _ if by_hand => "hand",
            [true, false] => "m",
            [false, true] => "h",
            _ => "both",
        };
        let names: &[_] = if by_hand {
            &["estimate_m", "estimate_h", "dy_dm", "dy_dh"]
        } else {
            &["dE_dy", "estimate_m", "estimate_h", "dy_dm", "dy_dh", "gradient_m", "gradient_h"]
        };
        let mut link = self.link("measured", ("measured", form), &["estimate_m", "estimate_h"], names);
        for (valve, place) in ["believed_m", "believed_h"].into_iter().enumerate() {
            if by_hand || turns[valve] {
                link.clauses.push((place, (place, believed[valve])));
            }
        }
        link
    }
}
