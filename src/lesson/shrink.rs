//! From Δ to ∂: the ratio between two positions of the handle as they come together, beside the slope.

use super::challenge::Challenge;
use super::rounding::clean;
use crate::backprop::Chain;
use crate::plumbing::{OPEN, SHUT, Shower};
use crate::scenario::{Key, Session};

/// Runs shorter than this, in turns: the difference of two flows would lose the digits that count.
const SHORT: f64 = 1e-4;

/// The house in which one asks how near is near enough, and the widths to choose from, widest first.
const STAGE: &str = "preset=curves&m=8&h=3&span=1";
const WIDTHS: [Width; 4] = [
    Width { name: "wide", span: 1.0, says: ["width_wide", "ratio_wide"] },
    Width { name: "medium", span: 0.1, says: ["width_medium", "ratio_medium"] },
    Width { name: "narrow", span: 0.01, says: ["width_narrow", "ratio_narrow"] },
    Width { name: "tiny", span: 1e-6, says: ["width_tiny", "ratio_tiny"] },
];

/// A width to choose, and the names of what is told of it: the width itself and the ratio over it.
#[derive(Clone, Copy)]
struct Width {
    name: &'static str,
    span: f64,
    says: [&'static str; 2],
}

/// A measurement from the handle's position over a short way, beside the slope where it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shrunk {
    /// Where it begins, in turns.
    pub(crate) h: f64,
    /// How far it goes: below 0 where the handle cannot be turned so far up.
    pub(crate) run: f64,
    /// Rise over run.
    pub(crate) ratio: f64,
    /// ∂y/∂h where it begins.
    pub(crate) slope: f64,
    /// Ratio less slope; 0 where rounding alone would be left.
    pub(crate) difference: f64,
}

impl Shrunk {
    /// That of a session.
    pub(crate) fn of(session: &Session) -> Self {
        let [m, h] = session.run().now().position;
        Self::over(&session.run().experiment().shower, [m, h], session.scenario().number(Key::Span))
    }

    /// Over a span from h, upward where there is room, with the main valve at m.
    fn over(shower: &Shower, [m, h]: [f64; 2], span: f64) -> Self {
        let run = run(h, span);
        let slope = slope(shower, m, h);
        let (ratio, of) = if run.abs() < SHORT {
            (mean_slope(shower, m, [h, run]), slope)
        } else {
            let [from, to] = [h, h + run].map(|h| shower.flows(m, h).y);
            ((to - from) / run, (from + to + slope.abs()) / run)
        };
        Self { h, run, ratio, slope, difference: clean(ratio - slope, of) }
    }

    /// How much more flows where it ends.
    pub(crate) fn rise(&self) -> f64 {
        self.ratio * self.run
    }
}

/// The way of a span from h: upward, or downward where that is beyond the end; as far as the dial goes.
fn run(h: f64, span: f64) -> f64 {
    let (up, down) = (OPEN - h, h - SHUT);
    if span <= up || up >= down { span.min(up) } else { -span.min(down) }
}

fn slope(shower: &Shower, m: f64, h: f64) -> f64 {
    Chain::backward(shower.flows(m, h), 1.0).dy_dh
}

/// The mean of the slope over a short run, which is rise over run to the last digit but one: Gauss's rule with
/// three nodes. The flows themselves differ by too little to be subtracted.
fn mean_slope(shower: &Shower, m: f64, [h, run]: [f64; 2]) -> f64 {
    let node = 0.5 * 0.6f64.sqrt();
    let [first, middle, last] = [0.5 - node, 0.5, 0.5 + node].map(|part| slope(shower, m, h + part * run));
    (5.0 * (first + last) + 8.0 * middle) / 18.0
}

/// Run, rise, their ratio, and how far it is from the slope.
pub(super) fn numbers(session: &Session) -> Vec<(&'static str, f64)> {
    let shrunk = Shrunk::of(session);
    let Shrunk { h, run, ratio, slope, difference } = shrunk;
    vec![
        ("h_from", h),
        ("h_to", h + run),
        ("run", run),
        ("rise", shrunk.rise()),
        ("ratio", ratio),
        ("slope", slope),
        ("difference", difference),
        ("open", OPEN),
    ]
}

/// Whether the measurement had to go downward, or the curve is straight.
pub(super) fn form(session: &Session) -> &'static str {
    match Shrunk::of(session) {
        Shrunk { run, .. } if run < 0.0 => "left",
        Shrunk { difference: 0.0, .. } => "straight",
        _ => "",
    }
}

/// How near must the points be before two decimals of the ratio stop changing? Not on each other.
pub(super) fn small() -> Challenge {
    let session = Session::open(STAGE).0;
    let (shower, position) = (session.run().experiment().shower, session.run().now().position);
    let over = WIDTHS.map(|width| (width, Shrunk::over(&shower, position, width.span)));
    let agrees = |(_, found): &(Width, Shrunk)| hundredths(found.ratio) == hundredths(found.slope);
    // The widest from which on every narrower one agrees too.
    let agreeing = over.iter().rev().take_while(|found| agrees(found)).last();
    let right = agreeing.map_or("never", |(width, _)| width.name);
    let told = |(Width { says: [width, ratio], span, .. }, found): (Width, Shrunk)| {
        [(width, span), (ratio, found.ratio)]
    };
    let slope = over[0].1.slope;
    let numbers = over.into_iter().flat_map(told).chain([("slope", slope), ("turns_none", 0.0)]).collect();
    let [wide, medium, narrow, tiny] = WIDTHS.map(|width| width.name);
    let challenge =
        Challenge::new("small", STAGE, &[wide, medium, narrow, tiny, "zero", "never"], right, numbers);
    let found = agreeing.map(|(width, _)| format!("preset=curves&m=8&h=3&span={}", width.span));
    Challenge { shown: found, ..challenge }
}

/// A number as two decimals show it.
fn hundredths(number: f64) -> f64 {
    (100.0 * number).round()
}

#[cfg(test)]
mod tests {
    use super::{SHORT, Shrunk, WIDTHS, small};
    use crate::scenario::Session;

    fn shrunk(scenario: &str) -> Shrunk {
        let (session, complaints) = Session::open(scenario);
        assert!(complaints.is_empty(), "{complaints:?}");
        Shrunk::of(&session)
    }

    #[test]
    fn the_difference_shrinks_with_the_span_and_is_no_noise_at_the_smallest() {
        for house in
            ["curves&m=8&h=3", "product&m=5&h=4", "house&m=6&h=7", "installed&m=3&h=2", "plateau&h=4"]
        {
            let bend = |span: &str| {
                let found = shrunk(&format!("preset={house}&span={span}"));
                found.difference / found.run
            };
            // Half the curvature, however near.
            let [near, nearest] = [bend("0.001"), bend("0.000001")];
            assert!((near - nearest).abs() <= 0.01 * near.abs(), "{house}: {near} and {nearest}");
        }
    }

    #[test]
    fn both_ways_to_the_ratio_meet() {
        let [below, above] =
            [0.999, 1.001].map(|part| shrunk(&format!("preset=curves&m=8&h=3&span={}", part * SHORT)));
        assert!((below.ratio - above.ratio).abs() < 1e-7, "{below:?} {above:?}");
    }

    #[test]
    fn a_straight_house_has_no_difference_at_any_span() {
        for span in ["4", "0.3", "0.01", "0.0001", "0.00001", "0.000001"] {
            for at in ["article&m=4&h=3.3", "product&m=7.7&h=2.1"] {
                let found = shrunk(&format!("preset={at}&span={span}"));
                assert_eq!(found.difference, 0.0, "{at} {span}: {found:?}");
            }
        }
    }

    #[test]
    fn beyond_the_end_it_measures_downward_and_never_leaves_the_dial() {
        let found = shrunk("preset=curves&h=9&span=2");
        assert_eq!(found.run, -2.0);
        assert_eq!(shrunk("preset=curves&h=10&span=0.000001").run, -1e-6);
        for (h, span) in [(1.0, 9.0), (5.5, 9.0), (6.0, 9.0), (10.0, 9.0), (9.9999, 4.0)] {
            let found = shrunk(&format!("preset=curves&h={h}&span={span}"));
            assert!((1.0..=10.0).contains(&(h + found.run)) && found.ratio.is_finite(), "{found:?}");
        }
    }

    #[test]
    fn the_answer_is_a_width_that_one_can_measure() {
        let challenge = small();
        let right: Vec<_> = challenge.guesses.iter().filter(|guess| guess.right).map(|g| g.name).collect();
        assert_eq!(right, ["narrow"]);
        assert!(WIDTHS.windows(2).all(|pair| pair[0].span > pair[1].span), "widest first");
    }
}
