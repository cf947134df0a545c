//! Networks: what one sweep forward and one backward give is what turning every valve by itself would.

use crate::random::{check, magnitude, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::city::{Law, Network, Sweep, Valve};
use backflow::descent::Error;
use backflow::plumbing::Preset;
use backflow::scenario::{Key, List, Past, Scenario, Session};

/// A network with its pumps and what its showers want.
struct Case {
    network: Network,
    pumps: Vec<f64>,
    wants: Vec<f64>,
    error: Error,
}

impl Case {
    fn random(u: &mut Unstructured) -> Result<Self> {
        let mut sizes = Vec::new();
        for _ in 0..u.int_in_range(2..=4)? {
            sizes.push(u.int_in_range(1..=4)?);
        }
        let valve = match u.arbitrary()? {
            true => Valve::Linear,
            false => Valve::EqualPercentage { rangeability: magnitude(u, 2.0, 50.0)? },
        };
        let mut laws = Vec::new();
        for _ in 1..sizes.len() {
            laws.push(match u.arbitrary()? {
                true => Law::Share,
                false => Law::Throttle { gain: within(u, 0.2, 1.5)? },
            });
        }
        let mut network = Network::new(&sizes, &laws, valve);
        let random = |u: &mut Unstructured, count: usize, least: f64, most: f64| {
            (0..count).map(|_| within(u, least, most)).collect::<Result<Vec<_>>>()
        };
        let positions = random(u, network.positions().len(), 1.05, 9.95)?;
        network.turn_all(&positions);
        let pumps = random(u, sizes[0], 0.0, 10.0)?;
        let wants = random(u, sizes[sizes.len() - 1], 0.0, 10.0)?;
        let error = *u.choose(&[Error::Absolute, Error::Squared])?;
        Ok(Self { network, pumps, wants, error })
    }

    /// A sweep forward, and E.
    fn forward(&self, network: &Network, pumps: &[f64]) -> (Sweep, f64) {
        let mut sweep = Sweep::default();
        sweep.forward(network, pumps);
        let error = sweep.judge(self.error, &self.wants);
        (sweep, error)
    }

    /// A sweep both ways, with ∂E/∂v of every valve.
    fn both(&self) -> (Sweep, Vec<f64>) {
        let (mut sweep, _) = self.forward(&self.network, &self.pumps);
        let mut told = vec![None; self.network.positions().len()];
        sweep.backward(&self.network, |first, slopes| {
            for (told, slope) in told[first..].iter_mut().zip(slopes) {
                assert_eq!(told.replace(*slope), None, "each valve is told of once");
            }
        });
        (sweep, told.into_iter().map(|slope| slope.expect("every valve is told of")).collect())
    }

    /// The network with one valve turned by so much.
    fn turned(&self, valve: usize, by: f64) -> Network {
        let mut positions = self.network.positions().to_vec();
        positions[valve] += by;
        let mut network = self.network.clone();
        network.turn_all(&positions);
        network
    }

    /// Whether no shower is so near to its ideal that the absolute error has a kink within reach.
    fn is_smooth(&self, sweep: &Sweep, reach: f64) -> bool {
        let showers = sweep.flows().last().expect("there are showers");
        showers.iter().zip(&self.wants).all(|(flow, want)| (flow - want).abs() > reach * (1.0 + flow))
    }
}

/// Whether two numbers are as near as differences let them be, beside a scale.
#[track_caller]
fn assert_near(exact: f64, measured: f64, scale: f64) {
    assert!((exact - measured).abs() < 1e-6 * (scale.abs() + exact.abs()), "{exact} is not {measured}");
}

#[test]
fn every_sensitivity_is_what_turning_its_valve_a_little_to_both_sides_gives() {
    check(1500, |u| {
        let case = Case::random(u)?;
        let (sweep, slopes) = case.both();
        let turn = 1e-5;
        if !case.is_smooth(&sweep, 1e-3) {
            return Ok(());
        }
        for (valve, slope) in slopes.iter().enumerate() {
            let [(less, e_less), (more, e_more)] =
                [-turn, turn].map(|by| case.forward(&case.turned(valve, by), &case.pumps));
            let scale = e_less.abs().max(1.0);
            assert_near(*slope, (e_more - e_less) / (2.0 * turn), scale);
            let [less, more] = [&less, &more].map(|sweep| sweep.flows().last().expect("showers"));
            for (shower, exact) in sweep.jacobian(&case.network, valve).iter().enumerate() {
                assert_near(*exact, (more[shower] - less[shower]) / (2.0 * turn), more[shower].max(1.0));
            }
        }
        Ok(())
    });
}

#[test]
fn the_blame_of_a_pump_is_what_giving_a_little_more_and_less_there_gives() {
    check(1000, |u| {
        let case = Case::random(u)?;
        let (sweep, _) = case.both();
        let bit = 1e-5;
        if !case.is_smooth(&sweep, 1e-3) {
            return Ok(());
        }
        for (pump, blame) in sweep.blame()[0].iter().enumerate() {
            let [less, more] = [-bit, bit].map(|by| {
                let mut pumps = case.pumps.clone();
                pumps[pump] += by;
                case.forward(&case.network, &pumps).1
            });
            assert_near(*blame, (more - less) / (2.0 * bit), less.max(1.0));
        }
        Ok(())
    });
}

#[test]
fn the_blame_at_a_fork_is_the_sum_of_what_comes_back_on_its_branches() {
    check(1000, |u| {
        let case = Case::random(u)?;
        let (sweep, _) = case.both();
        let network = &case.network;
        let mut sums: Vec<Vec<f64>> = sweep.blame().iter().map(|level| vec![0.0; level.len()]).collect();
        for valve in 0..network.positions().len() {
            let [layer, from, to] = network.pipe(valve).expect("a pipe");
            // What the pipe carries for each unit that comes to where it begins.
            let flow = sweep.flows()[layer][from];
            if flow > 0.0 {
                let part = network.carried(&sweep, valve).expect("a pipe") / flow;
                sums[layer][from] += part * sweep.blame()[layer + 1][to];
            } else {
                sums[layer][from] = f64::NAN;
            }
        }
        for (blame, sum) in sweep.blame().iter().zip(&sums).take(network.sizes().len() - 1) {
            for (blame, sum) in blame.iter().zip(sum) {
                assert!(sum.is_nan() || (blame - sum).abs() < 1e-12 * (1.0 + sum.abs()), "{blame}, {sum}");
            }
        }
        Ok(())
    });
}

#[test]
fn a_sensitivity_is_the_jacobian_times_the_blame_of_the_showers() {
    check(1000, |u| {
        let case = Case::random(u)?;
        let (sweep, slopes) = case.both();
        let showers = sweep.blame().last().expect("there are showers");
        for (valve, slope) in slopes.iter().enumerate() {
            let jacobian = sweep.jacobian(&case.network, valve);
            let product: f64 = jacobian.iter().zip(showers).map(|(dy, blame)| dy * blame).sum();
            let scale: f64 = jacobian.iter().zip(showers).map(|(dy, blame)| (dy * blame).abs()).sum();
            // Where junctions share, both are small differences of numbers as large as the flows.
            assert!((product - slope).abs() <= 1e-11 * (1.0 + scale), "{product}, {slope}");
        }
        Ok(())
    });
}

#[test]
fn one_pump_one_junction_and_one_shower_are_the_preset_of_products() {
    let shower = Preset::Product.shower();
    check(2000, |u| {
        let [m, h] = [within(u, 1.0, 10.0)?, within(u, 1.0, 10.0)?];
        let target = within(u, 0.0, 12.0)?;
        let error = *u.choose(&[Error::Absolute, Error::Squared])?;
        // An opening goes from 0 to 1 in nine turns; the preset counts turns.
        let laws = [9.0, 9.0 * 0.0625].map(|gain| Law::Throttle { gain });
        let mut network = Network::new(&[1, 1, 1], &laws, Valve::Linear);
        network.turn_all(&[m, h]);
        let mut sweep = Sweep::default();
        sweep.forward(&network, &[shower.pressure]);
        let total = sweep.judge(error, &[target]);
        let mut slopes = [0.0; 2];
        sweep.backward(&network, |valve, row| slopes[valve..][..row.len()].copy_from_slice(row));

        let flows = shower.flows(m, h);
        let de_dy = error.slope(flows.y - target);
        // The factors are multiplied in another order, and so the last bits differ.
        let same = |a: &[f64], b: [f64; 2]| {
            let near = a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 8.0 * f64::EPSILON * b.abs());
            assert!(near && a.len() == 2, "{a:?} is not {b:?} where m={m}&h={h}");
        };
        same(&sweep.flows()[1..].concat(), [flows.x, flows.y]);
        assert!((total - error.value(flows.y - target)).abs() <= 1e-14 * (1.0 + total));
        let push = sweep.blame()[2][0];
        assert!((push - de_dy).abs() <= 1e-14 * (1.0 + target));
        same(&sweep.blame()[1..].concat(), [push * flows.dy_dx, push]);
        same(&slopes, [push * flows.dy_dx * flows.dx_dm, push * flows.dy_dh_x]);
        let jacobian = [0, 1].map(|valve| sweep.jacobian(&network, valve)).concat();
        same(&jacobian, [flows.dy_dx * flows.dx_dm, flows.dy_dh_x]);
        Ok(())
    });
}

#[test]
fn with_dry_pumps_or_shut_valves_everything_is_a_number_and_nothing_is_blamed_in_vain() {
    check(1000, |u| {
        let mut case = Case::random(u)?;
        if u.arbitrary()? {
            case.pumps.fill(0.0);
        } else {
            let shut = vec![1.0; case.network.positions().len()];
            case.network.turn_all(&shut);
        }
        let (sweep, slopes) = case.both();
        let numbers = sweep.flows().iter().chain(sweep.blame()).flatten().chain(&slopes);
        assert!(numbers.clone().all(|number| number.is_finite()));
        let dry = case.pumps.iter().all(|flow| *flow == 0.0);
        assert!(!dry || slopes.iter().all(|slope| *slope == 0.0), "no valve of a dry pipe matters");
        case.network.descend(&mut sweep.clone(), f64::MAX);
        assert!(case.network.positions().iter().all(|at| (1.0..=10.0).contains(at)));
        Ok(())
    });
}

#[test]
fn networks_and_sweeps_that_do_not_fit_together_do_nothing() {
    for sizes in [&[][..], &[3], &[2, 0, 2], &[0, 1]] {
        let network = Network::<f64>::new(sizes, &[Law::Throttle { gain: 1.0 }; 2], Valve::Linear);
        assert!(network.positions().is_empty(), "{sizes:?}");
        let mut sweep = Sweep::default();
        sweep.forward(&network, &[1.0]);
        sweep.judge(Error::Squared, &[1.0]);
        sweep.backward(&network, |_, _| panic!("there is no valve"));
        assert_eq!((network.pipe(0), network.carried(&sweep, 0)), (None, None));
        assert!(sweep.jacobian(&network, 0).is_empty());
    }
    let network = Network::<f64>::new(&[2, 2], &[Law::Throttle { gain: 1.0 }], Valve::Linear);
    let mut sweep = Sweep::default();
    assert_eq!(sweep.judge(Error::Absolute, &[1.0]), 0.0);
    sweep.backward(&network, |_, _| panic!("no water has gone forward"));
    assert!(sweep.jacobian(&network, 0).is_empty());
    assert_eq!(network.carried(&sweep, 0), None);
}

#[test]
fn turning_valves_as_the_blame_comes_past_is_turning_them_all_afterwards() {
    check(1000, |u| {
        let mut case = Case::random(u)?;
        let rate = magnitude(u, 1e-4, 10.0)?;
        let (mut sweep, slopes) = case.both();
        let before = case.network.positions().to_vec();
        case.network.descend(&mut sweep, rate);
        for ((slope, old), new) in slopes.iter().zip(&before).zip(case.network.positions()) {
            assert!((new - (old - rate * slope).clamp(1.0, 10.0)).abs() < 1e-12, "{old} became {new}");
        }
        Ok(())
    });
}

#[test]
fn a_small_enough_step_does_not_raise_the_error() {
    check(1000, |u| {
        let mut case = Case::random(u)?;
        let (mut sweep, before) = case.forward(&case.network, &case.pumps);
        if case.is_smooth(&sweep, 1e-3) {
            case.network.descend(&mut sweep, 1e-6);
            let after = case.forward(&case.network, &case.pumps).1;
            assert!(after <= before * (1.0 + 1e-12), "{before} became {after}");
        }
        Ok(())
    });
}

/// The place of the largest number, which no other comes near: by 5 % at least.
fn largest(numbers: &[f64]) -> usize {
    let mut order: Vec<_> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*b].abs().total_cmp(&numbers[*a].abs()));
    assert!(numbers[order[1]].abs() < 0.95 * numbers[order[0]].abs(), "no clear answer in {numbers:?}");
    order[0]
}

#[test]
fn which_valve_is_most_to_blame_is_not_obvious() {
    for scenario in ["", "error=squared"] {
        let state = Session::open(scenario).0.network();
        let network = &state.network;
        let answer = largest(&state.sensitivities);
        assert_eq!(state.most_to_blame(), Some(answer));
        let [layer, _, to] = network.pipe(answer).expect("a valve");
        let carried = state.carried();
        assert_ne!(answer, largest(&carried), "not the pipe with the most water");
        assert_ne!(answer, largest(network.openings()), "not the valve that is open furthest");
        let worst = largest(&state.errors);
        assert!(layer == 0 || to != worst, "not a valve at the worst shower");
        let second: Vec<_> = (9..18).filter(|valve| (valve - 9) % 3 == worst).collect();
        assert!(!second.contains(&answer));
        // Nor is everything wanted in one direction: the showers disagree.
        let blame = state.sweep.blame().last().expect("showers");
        assert!(blame.iter().any(|slope| *slope > 0.0) && blame.iter().any(|slope| *slope < 0.0));
    }
}

#[test]
fn the_small_network_comes_to_rest_by_its_own_steps() {
    let (mut session, _) = Session::open("error=squared&rate=1");
    for _ in 0..300 {
        session.step_network();
    }
    assert!(session.network().error < 1e-3, "{}", session.network().error);
}

#[test]
fn turns_and_steps_of_the_network_can_be_undone_and_leave_the_run_alone() {
    let (mut session, _) = Session::open("steps=7");
    let mut past = Past::new(&session);
    let run = *session.run().now();
    assert!(session.turn_pipe(4, 0.5));
    assert!(past.record(&session));
    assert_eq!(session.scenario().list(List::Valves)[4], 5.5);
    assert!(session.nudge_pipe(4, 0.1));
    assert!(past.record(&session));
    assert_eq!(session.scenario().list(List::Valves)[4], 6.4);
    session.step_network();
    assert!(past.record(&session));
    assert_eq!((session.run().now(), session.clock()), (&run, 7));
    let stepped = session.scenario().clone();
    assert_eq!(past.undo().expect("a step").scenario().list(List::Valves)[4], 6.4);
    assert_eq!(past.undo().expect("a nudge").scenario().list(List::Valves)[4], 5.5);
    assert_eq!(past.undo().expect("a turn").scenario().to_string(), "steps=7");
    for _ in 0..2 {
        assert!(past.redo().is_some());
    }
    assert_eq!(past.redo().expect("a step").scenario(), &stepped);
    assert!(!session.turn_pipe(18, 0.5) && !session.nudge_pipe(18, 0.5));
}

#[test]
fn what_happens_to_the_house_leaves_the_network_as_it_was() {
    let (mut session, _) = Session::open("valves=1,2,3,4,5,6,7,8,9,9,8,7,6,5,4,3,2,1&fade=0.5&steps=4");
    let valves = session.scenario().list(List::Valves).to_vec();
    session.turn_to([4.0, 4.0]);
    session.step(3);
    assert_eq!(session.set(Key::Rate, "0.3"), Ok(()));
    session.set_by_hand(true);
    assert_eq!(session.set(Key::Preset, "house"), Ok(()));
    assert_eq!(session.scenario().list(List::Valves), valves);
    assert_eq!(session.scenario().number(Key::Fade), 0.5);
    // What runs depend on has neither.
    assert_eq!(session.bare_settings().to_string(), "preset=house&rate=0.3");
    assert_eq!(session.house_settings().to_string(), "preset=house");
}

#[test]
fn how_far_the_picture_has_faded_changes_no_run() {
    let (mut session, _) = Session::open("steps=9");
    assert_eq!(session.set(Key::Fade, "0.25"), Ok(()));
    assert!(session.nudge(Key::Fade, 0.5));
    assert_eq!(session.scenario().to_string(), "steps=9&fade=0.75");
    assert_eq!((session.run().steps(), session.rivals().len()), (9, 0));
    assert!(session.set(Key::Fade, "2").is_err());
    assert_eq!(session.scenario().to_string(), "steps=9&fade=1");
    let (_, complaints) = Scenario::parse("rival=fade=1");
    assert_eq!(complaints.len(), 1, "runs do not differ in it");
}
