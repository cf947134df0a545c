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
        all.push(("E", "exact"));
        all.extend(["m", "h", "both", "none"].map(|form| ("hand", form)));
        all.extend(Push::NAMES.map(|form| ("update", form)));
        all.extend(["turned", "cut", "stopped", "wiggle", "wiggle-cut"].map(|form| ("end", form)));
        all.extend(["x", "forked", "y", "E"].into_iter().flat_map(|name| CHANGES.map(|form| (name, form))));
        all.extend(["below", "above"].map(|form| ("side", form)));
        all.extend(["absolute", "squared", "outside"].map(|form| ("kind", form)));
        all.extend(["below", "above", "exact", "squared", "inside", "outside"].map(|form| ("dE_dy", form)));
        let backward = ["dE_dx", "dE_dm", "dE_dh", "direct", "via"];
        all.extend(backward.into_iter().flat_map(|name| ["through", "nothing"].map(|form| (name, form))));
        all.push(("paths", "add"));
        all.extend(["both", "m", "h"].map(|form| ("measured", form)));
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
        let mut links = match &arrival {
            None => vec![start(now)],
            Some(arrival) if self.is_by_hand() => vec![hand(arrival)],
            Some(arrival) => [0, 1].map(|valve| update(arrival, valve)).to_vec(),
        };
        if arrival.is_some_and(|arrival| arrival.experiment != experiment) {
            links.push(Link::new("update", ("branch", "here"), &[], Vec::new()));
        }
        let forward = Forward { experiment, now, arrival };
        links.extend([forward.house_flow(), forward.shower_flow(), forward.error(), push(experiment, now)]);
        links.extend(backward(experiment, now));
        links.extend(measured(experiment, now));
        links
    }

    /// Goes on from the link at a place of the pass, and returns the place of the next. After the last one the
    /// main run makes a step, and so do those beside it. `None` where it can make none.
    pub fn onward(&mut self, at: usize) -> Option<usize> {
        if at + 1 < self.pass().len() {
            return Some(at + 1);
        }
        // In a race the clock may be beyond where the main run ended, or the others go on alone.
        let mut ahead = self.clone();
        ahead.step(1);
        if ahead.run().steps() == self.run().steps() {
            return None;
        }
        *self = ahead;
        Some(0)
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
}

fn start(now: &Step) -> Link {
    let [m, h] = now.position;
    Link::new("update", ("start", "here"), &["m", "h"], vec![("m", m), ("h", h)])
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
    let positions = [("before_m", before_m), ("before_h", before_h), ("m", m), ("h", h)];
    let turns = [("turn_m", m - before_m), ("turn_h", h - before_h)];
    Link::new("update", ("hand", form), lit, positions.into_iter().chain(turns).collect())
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
    let moves = [0, 1].map(|valve| wanted[valve] - from.position[valve]);
    let bent = Meters::bend(way, from.number, moves)[valve];
    let wiggles = way == Sensitivities::Wiggle && bent != moves[valve];
    let planned = if way == Sensitivities::Exact { wanted[valve] } else { before + bent };
    let cut = !(SHUT..=OPEN).contains(&planned);
    let end = match (wiggles, cut) {
        (true, true) => "wiggle-cut",
        (true, false) => "wiggle",
        (false, true) if now == before => "stopped",
        (false, true) => "cut",
        (false, false) => "turned",
    };
    let waits = !Meters::turns(way, from.number)[valve];
    let form = if waits {
        "waits"
    } else if wiggles && *name == "still" {
        "wiggles"
    } else {
        name
    };
    let mut numbers = numbers.clone();
    numbers.extend([("before", before), ("now", now), ("turn", now - before), ("planned", bent)]);
    let lit: &'static [&'static str] = if valve == 0 { &["m"] } else { &["h"] };
    Link {
        clauses: vec![("end", ("end", end))],
        part: Some(lit[0]),
        ..Link::new("update", ("update", form), lit, numbers)
    }
}

/// The forward pass where a run stands, beside that of the step before.
struct Forward<'a> {
    experiment: &'a Experiment,
    now: &'a Step,
    arrival: Option<Arrival<'a>>,
}

impl Forward<'_> {
    /// How a number compares with the one before; `anew` where it does not only because the valves turned.
    fn change(&self, of: impl Fn(&Step) -> f64, anew: impl Fn(&Experiment) -> bool) -> (&'static str, f64) {
        let now = of(self.now);
        let Some(arrival) = &self.arrival else { return ("start", now) };
        let before = of(arrival.from);
        let form = if anew(arrival.experiment) {
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

    fn is_another_house(&self, before: &Experiment) -> bool {
        before.shower != self.experiment.shower
    }

    fn house_flow(&self) -> Link {
        let forked = matches!(self.experiment.shower.model, Model::House { .. });
        let [m, h] = self.now.position;
        let (form, before) = self.change(|step| step.chain.flows.x, |other| self.is_another_house(other));
        let numbers = vec![("m", m), ("h", h), ("before", before), ("x", self.now.chain.flows.x)];
        Link::new("forward", (if forked { "forked" } else { "x" }, form), &["x"], numbers)
    }

    fn shower_flow(&self) -> Link {
        let flows = &self.now.chain.flows;
        let (form, before) = self.change(|step| step.chain.flows.y, |other| self.is_another_house(other));
        let numbers = vec![("x", flows.x), ("h", self.now.position[1]), ("before", before), ("y", flows.y)];
        Link::new("forward", ("y", form), &["y"], numbers)
    }

    fn error(&self) -> Link {
        let (experiment, now) = (self.experiment, self.now);
        let e = experiment.miss(now);
        let (form, before) = self.change(
            |step| step.error,
            |other| {
                let same = (other.target, other.error) == (experiment.target, experiment.error);
                self.is_another_house(other) || !same
            },
        );
        let delta = match experiment.error {
            Error::Huber { delta } => delta,
            _ => 0.0,
        };
        let kind = match experiment.error {
            Error::Absolute => "absolute",
            Error::Huber { delta } if e.abs() > delta => "outside",
            Error::Squared | Error::Huber { .. } => "squared",
        };
        let numbers = vec![
            ("y", now.chain.flows.y),
            ("target", experiment.target),
            ("distance", e.abs()),
            ("delta", delta),
            ("before", before),
            ("E", now.error),
        ];
        if e == 0.0 {
            return Link::new("error", ("E", "exact"), &["E"], numbers);
        }
        let side = if e < 0.0 { "below" } else { "above" };
        Link {
            clauses: vec![("side", ("side", side)), ("kind", ("kind", kind))],
            ..Link::new("error", ("E", form), &["E"], numbers)
        }
    }
}

/// ∂E/∂y: where the backward pass begins.
fn push(experiment: &Experiment, now: &Step) -> Link {
    let e = experiment.miss(now);
    let (form, delta) = match experiment.error {
        Error::Absolute if e == 0.0 => ("exact", 0.0),
        Error::Absolute => (if e < 0.0 { "below" } else { "above" }, 0.0),
        Error::Squared => ("squared", 0.0),
        Error::Huber { delta } if e.abs() > delta => ("outside", delta),
        Error::Huber { delta } => ("inside", delta),
    };
    let numbers = vec![
        ("y", now.chain.flows.y),
        ("target", experiment.target),
        ("delta", delta),
        ("dE_dy", now.chain.de_dy),
    ];
    Link::new("backward", ("dE_dy", form), &["dE_dy"], numbers)
}

/// The links from the shower back to both valves: each multiplies, and paths add.
fn backward(experiment: &Experiment, now: &Step) -> Vec<Link> {
    let (chain, flows) = (&now.chain, &now.chain.flows);
    let link = |name, lit, factors: [(&'static str, f64); 2], product: (&'static str, f64)| {
        let form = if product.1 == 0.0 { "nothing" } else { "through" };
        Link::new("backward", (name, form), lit, vec![factors[0], factors[1], product])
    };
    let de_dy = ("dE_dy", chain.de_dy);
    let de_dx = ("dE_dx", chain.de_dx);
    let dy_dh_x = ("dy_dh_x", flows.dy_dh_x);
    let de_dh = ("dE_dh", chain.de_dh);
    let mut links = vec![
        link("dE_dx", &["dy_dx", "dE_dx"], [de_dy, ("dy_dx", flows.dy_dx)], de_dx),
        link("dE_dm", &["dx_dm", "dE_dm", "dy_dm"], [de_dx, ("dx_dm", flows.dx_dm)], ("dE_dm", chain.de_dm)),
    ];
    if matches!(experiment.shower.model, Model::House { .. }) {
        let direct = ("dE_dh_direct", chain.de_dh_direct);
        let via = ("dE_dh_via_x", chain.de_dh_via_x);
        links.push(link("direct", &["dy_dh_x", "dE_dh_direct"], [de_dy, dy_dh_x], direct));
        links.push(link("via", &["dx_dh", "dE_dh_via_x"], [de_dx, ("dx_dh", flows.dx_dh)], via));
        links.push(Link::new("backward", ("paths", "add"), &["dE_dh", "dy_dh"], vec![direct, via, de_dh]));
    } else {
        links.push(link("dE_dh", &["dy_dh_x", "dE_dh", "dy_dh"], [de_dy, dy_dh_x], de_dh));
    }
    links
}

/// What a plumber believes instead, and what gradient the next step uses.
fn measured(experiment: &Experiment, now: &Step) -> Option<Link> {
    let way = experiment.sensitivities;
    if way == Sensitivities::Exact {
        return None;
    }
    let form = match Meters::turns(way, now.number) {
        [true, false] => "m",
        [false, true] => "h",
        _ => "both",
    };
    let numbers = vec![
        ("dE_dy", now.chain.de_dy),
        ("estimate_m", now.meters.estimate[0]),
        ("estimate_h", now.meters.estimate[1]),
        ("dy_dm", now.chain.dy_dm),
        ("dy_dh", now.chain.dy_dh),
        ("gradient_m", now.gradient[0]),
        ("gradient_h", now.gradient[1]),
    ];
    Some(Link::new("measured", ("measured", form), &["estimate_m", "estimate_h"], numbers))
}
