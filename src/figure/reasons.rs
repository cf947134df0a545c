//! Three reasons for small steps, each in a chart of its own: what is forecast of a jump and what comes of it; how
//! steep the handle is for three positions of the main valve; and what the house gives at most.

use super::chart::Chart;
use super::clip::clip;
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::plot::Grip;
use super::theme::{BOLD, DOT, LABEL, NAME, THIN, Theme};
use crate::lesson::reasons::{Jumps, MAIN, Reach, steepness};
use crate::plumbing::{OPEN, SHUT, TRAVEL};
use crate::scenario::{Key, Session};
use plotters_backend::DrawingBackend;

/// Drawings wider than this, in heights, have all three charts side by side …
const ROW: f64 = 1.7;
/// … and those wider than this the first one above the others.
const PAIR: f64 = 0.85;
/// The names of the charts.
const NAMES: [&str; 3] = ["A", "B", "C"];
/// Room above what a chart shows, as a part of it.
const ROOM: f64 = 1.12;
/// Width of the gap between two flows or errors, in CSS pixels.
const GAP: f64 = 9.0;
/// How far a tangent reaches to both sides, in CSS pixels.
const TANGENT: f64 = 30.0;
/// Dashes of what is forecast or wanted, and the gaps between them, in CSS pixels.
const DASHES: [f64; 2] = [6.0, 4.0];
/// An axis of flows or errors has some length, whatever is set.
const LEAST: f64 = 1e-3;

/// Draws all three. What comes of longer jumps than the present one is left out where one is asked for it.
pub(super) fn reasons<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    size: Size,
    theme: Theme,
    session: &Session,
    asked: bool,
) -> Drawn<B> {
    let parts = parts(size);
    curved(pen, theme, session, parts[0], asked)?;
    entangled(pen, theme, session, parts[1])?;
    out_of_reach(pen, theme, session, parts[2])?;
    for (name, part) in NAMES.into_iter().zip(parts) {
        pen.text(name, [part.left + part.width - 16.0, part.top + 12.0], Anchor::Middle, theme.muted, NAME)?;
    }
    Ok(())
}

/// The end of the jump, and the pressure.
pub(super) fn grips(size: Size, session: &Session) -> Vec<Grip> {
    let [first, _, third] = parts(size);
    let (jumps, jump) = (Jumps::of(session), session.scenario().number(Key::Jump));
    let reach = Reach::of(session);
    let at = jump_chart(&jumps, first).at([jump, jumps.came(jump)]);
    let full = reach_chart(session, third).at([reach.pressure, reach.at(reach.pressure)]);
    vec![Grip { key: Key::Jump, at }, Grip { key: Key::Pressure, at: full }]
}

/// What a pointer makes of the key of a grip: the jump, or the pressure, above which it is, to a hundredth.
pub(super) fn pull(key: Key, [x, _]: [f64; 2], size: Size, session: &Session) -> Vec<(Key, f64)> {
    let [first, _, third] = parts(size);
    let chart = match key {
        Key::Jump => jump_chart(&Jumps::of(session), first),
        _ => reach_chart(session, third),
    };
    vec![(key, (100.0 * chart.across(x)).round() / 100.0)]
}

/// Where the charts lie.
fn parts(Size { width, height }: Size) -> [Rect; 3] {
    let part = |left: f64, top: f64, width: f64, height: f64| Rect { left, top, width, height };
    if width >= ROW * height {
        let third = width / 3.0;
        [0.0, 1.0, 2.0].map(|place| part(place * third, 0.0, third, height))
    } else if width >= PAIR * height {
        let half = [0.5 * width, 0.5 * height];
        [
            part(0.0, 0.0, width, half[1]),
            part(0.0, half[1], half[0], half[1]),
            part(half[0], half[1], half[0], half[1]),
        ]
    } else {
        let third = height / 3.0;
        [0.0, 1.0, 2.0].map(|place| part(0.0, place * third, width, third))
    }
}

fn jump_chart(jumps: &Jumps, part: Rect) -> Chart {
    let farthest =
        (0..=20).map(|step| jumps.came(0.05 * f64::from(step) * TRAVEL)).fold(jumps.before, f64::max);
    Chart::within(part, [0.0, TRAVEL], [0.0, (ROOM * farthest).max(LEAST)])
}

/// Sensitivities change on the way: E over the jump, as forecast and as it comes.
fn curved<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    session: &Session,
    part: Rect,
    asked: bool,
) -> Drawn<B> {
    let (jumps, jump) = (Jumps::of(session), session.scenario().number(Key::Jump));
    let chart = jump_chart(&jumps, part);
    chart.axes(pen, theme, [("→", theme.ink), ("E", theme.error)], &chart.round_ticks())?;
    // What lies between forecast and truth, up to the jump.
    let until = |jumps: &dyn Fn(f64) -> f64| -> Vec<_> {
        let steps = (0..=40).map(|step| jump * f64::from(step) / 40.0);
        steps.map(|jump| chart.at([jump, jumps(jump)])).collect()
    };
    let came = until(&|jump| jumps.came(jump));
    let mut between = came.clone();
    between.extend(until(&|jump| jumps.forecast(jump)).into_iter().rev());
    pen.area(&between, theme.error, 0.18)?;
    let [level, end] = [[0.0, jumps.before], [TRAVEL, jumps.before]].map(|place| chart.at(place));
    pen.line(&[level, end], theme.muted, 0.6, THIN)?;
    if asked {
        pen.line(&came, theme.error, 1.0, 1.5 * BOLD)?;
    } else {
        chart.curve(pen, theme.error, 1.5 * BOLD, |jump| jumps.came(jump))?;
    }
    let zero = if jumps.is_flat() { TRAVEL } else { jumps.promised() };
    let forecast = [[0.0, jumps.before], [zero, jumps.forecast(zero)]].map(|place| chart.at(place));
    pen.dashed(forecast, theme.ink, BOLD, DASHES)?;
    let [ghost, here] = [jumps.forecast(jump), jumps.came(jump)].map(|error| chart.at([jump, error]));
    gap(pen, theme, ghost, here)?;
    pen.disc(ghost, 0.6 * DOT, theme.paper, 1.0)?;
    pen.ring(ghost, 0.6 * DOT, theme.ink, 0.75 * BOLD)?;
    pen.dot(here, [theme.paper, theme.error, theme.paper])
}

/// A hatched bar from what was promised to what came.
fn gap<B: DrawingBackend>(pen: &mut Pen<'_, B>, theme: Theme, from: [f64; 2], to: [f64; 2]) -> Drawn<B> {
    let (top, bottom) = (from[1].min(to[1]), from[1].max(to[1]));
    if bottom - top < 1.0 {
        return Ok(());
    }
    pen.hatched(Rect { left: from[0] - 0.5 * GAP, top, width: GAP, height: bottom - top }, theme.ink)
}

/// Each sensitivity depends on the other valve: y over h for three positions of m, with the slope at the present
/// h.
fn entangled<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    session: &Session,
    part: Rect,
) -> Drawn<B> {
    let (shower, [_, h]) = (session.run().experiment().shower, session.run().now().position);
    let top = (ROOM * shower.flows(OPEN, OPEN).y).max(LEAST);
    let chart = Chart::within(part, [SHUT, OPEN], [0.0, top]);
    let ticks: Vec<_> = [1, 4, 7, 10].map(|tick| (f64::from(tick), tick.to_string())).to_vec();
    chart.axes(pen, theme, [("h", theme.h), ("y", theme.y)], &ticks)?;
    let Rect { left, width, .. } = chart.rect;
    let [x, bottom] = chart.at([h, 0.0]);
    pen.dashed([[x, bottom], [x, chart.at([h, top])[1]]], theme.h, THIN, DASHES)?;
    let mut free = f64::INFINITY;
    for m in MAIN {
        chart.curve(pen, theme.y, BOLD, |h| shower.flows(m, h).y)?;
        let end = chart.at([OPEN, shower.flows(m, OPEN).y])[1];
        // From the lowest upward: a label that would lie on the one below is left out.
        if free - end >= LABEL {
            pen.number(m, [left + width + 3.0, end], Anchor::After, theme.m)?;
            free = end;
        }
    }
    for m in MAIN {
        let here = chart.at([h, shower.flows(m, h).y]);
        let [_, above] = chart.at([h, steepness(session, m)]);
        // Pixels that the slope falls for each to the right.
        let fall = (above - bottom) * TRAVEL / width;
        let across = TANGENT / fall.hypot(1.0);
        let ends = [[here[0] - across, here[1] - fall * across], [here[0] + across, here[1] + fall * across]];
        for part in clip(&ends, chart.rect) {
            pen.line(&part, theme.h, 1.0, 1.5 * BOLD)?;
        }
        pen.disc(here, 0.6 * DOT, theme.paper, 1.0)?;
        pen.disc(here, 0.4 * DOT, theme.h, 1.0)?;
    }
    Ok(())
}

/// The chart of the reach. Its pressures stay while one turns the pressure up, as long as that is among them.
fn reach_chart(session: &Session, part: Rect) -> Chart {
    let (reach, usual) = (Reach::of(session), session.settings().preset().shower().pressure);
    let needed = reach.needed().unwrap_or(0.0);
    let most = (2.0 * needed.max(usual)).clamp(1.0, 100.0).max(reach.pressure);
    let top = reach.at(most).max(reach.target);
    Chart::within(part, [0.0, most], [0.0, (ROOM * top).max(LEAST)])
}

/// The ideal may be out of reach: the largest flow over the pressure, with the ideal.
fn out_of_reach<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    theme: Theme,
    session: &Session,
    part: Rect,
) -> Drawn<B> {
    let reach = Reach::of(session);
    let chart = reach_chart(session, part);
    chart.axes(pen, theme, [("w", theme.ink), ("y", theme.y)], &chart.round_ticks())?;
    // Below the curve lies what the house can give.
    let mut within: Vec<_> = chart.samples().map(|w| chart.at([w, reach.at(w)])).collect();
    within.extend([[chart.x[1], 0.0], [0.0, 0.0]].map(|corner| chart.at(corner)));
    pen.area(&within, theme.y, 0.12)?;
    chart.curve(pen, theme.y, 1.5 * BOLD, |w| reach.at(w))?;
    let ideal = [[0.0, reach.target], [chart.x[1], reach.target]].map(|place| chart.at(place));
    pen.dashed(ideal, theme.ink, BOLD, DASHES)?;
    pen.text("y′", [ideal[0][0] + 5.0, ideal[0][1] - 0.75 * LABEL], Anchor::After, theme.ink, NAME)?;
    let largest = reach.at(reach.pressure);
    let here = chart.at([reach.pressure, largest]);
    let [_, bottom] = chart.at([reach.pressure, 0.0]);
    pen.line(&[here, [here[0], bottom]], theme.muted, 1.0, THIN)?;
    if largest < reach.target {
        gap(pen, theme, here, chart.at([reach.pressure, reach.target]))?;
    }
    pen.dot(here, [theme.paper, theme.y, theme.paper])
}

#[cfg(test)]
mod tests {
    use super::{grips, parts, pull};
    use crate::figure::Size;
    use crate::scenario::{Key, Session};

    #[test]
    fn who_pulls_a_grip_to_where_it_stands_changes_nothing() {
        for size in [
            Size::new(900.0, 300.0),
            Size::new(560.0, 400.0),
            Size::new(320.0, 300.0),
            Size::new(300.0, 560.0),
        ] {
            for scenario in ["jump=4", "preset=low-pressure&jump=2.5", "pressure=9&jump=0", "preset=article"]
            {
                let session = Session::open(scenario).0;
                for grip in grips(size, &session) {
                    let [(key, to)] = pull(grip.key, grip.at, size, &session)[..] else { panic!("one key") };
                    assert_eq!(key, grip.key);
                    assert!((to - session.settings().number(key)).abs() < 1e-9, "{scenario}: {key:?}");
                }
            }
        }
    }

    #[test]
    #[cfg(feature = "export")]
    fn who_is_asked_sees_what_comes_of_jumps_up_to_the_present_one() {
        use crate::figure::{Theme, plot};
        let size = Size::new(900.0, 300.0);
        // How far to the right the line of what comes reaches.
        let reach = |jump: f64, asked: bool| {
            let session = Session::open(&format!("m=4&h=6&jump={jump}")).0;
            let mut svg = String::new();
            {
                let mut backend = plotters_svg::SVGBackend::with_string(&mut svg, (900, 300));
                plot(&mut backend, "three-reasons", size, Theme::LIGHT, &session, asked)
                    .expect("a string takes it");
            }
            let Theme { error, .. } = Theme::LIGHT;
            let stroke = format!("stroke=\"#{:02X}{:02X}{:02X}\"", error.0, error.1, error.2);
            let lines = svg.lines().filter(|line| line.contains("<polyline") && line.contains(&stroke));
            let points =
                lines.flat_map(|line| line.split("points=\"").nth(1)).flat_map(str::split_whitespace);
            let across = points.filter_map(|point| point.split(',').next()?.parse::<f64>().ok());
            let grip = grips(size, &session)[0];
            assert_eq!(grip.key, Key::Jump);
            (across.fold(0.0, f64::max), grip.at[0])
        };
        let fine = reach(9.0, true).0 / reach(9.0, true).1;
        for jump in [0.5, 3.0] {
            let (asked, here) = reach(jump, true);
            assert!((asked / fine - here).abs() < 2.0, "{jump}: {asked} ends at {here}");
            assert!(reach(jump, false).0 / fine > 1.2 * here);
        }
    }

    #[test]
    fn the_charts_lie_side_by_side_or_below_one_another_and_never_on_each_other() {
        for (width, height) in [(900.0, 300.0), (560.0, 400.0), (320.0, 300.0), (300.0, 560.0), (96.0, 96.0)]
        {
            let all = parts(Size { width, height });
            let area: f64 = all.iter().map(|part| part.width * part.height).sum();
            assert!((area - width * height).abs() < 1e-6, "{width} × {height}");
        }
    }
}
