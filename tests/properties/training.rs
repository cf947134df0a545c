//! Cities that learn: batches, rules, both precisions, and whom the valves matter to.

use crate::random::{check, magnitude, within};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::city::{Demand, Law, Network, Pipes, Plan, Rule, Sweep, Training, Valve, Watch};
use backflow::descent::{Error, Memory, Moments, Optimizer};

/// A small city of any kind.
fn plan(u: &mut Unstructured) -> Result<Plan> {
    let mut sizes = Vec::new();
    for _ in 0..u.int_in_range(2..=4)? {
        sizes.push(u.int_in_range(1..=7)?);
    }
    Ok(Plan {
        sizes,
        pipes: *u.choose(&Pipes::ALL)?,
        range: magnitude(u, 2.0, 1e5)?,
        demand: *u.choose(&Demand::ALL)?,
        rule: *u.choose(&Rule::ALL)?,
        error: *u.choose(&[Error::Absolute, Error::Squared])?,
        batch: u.int_in_range(1..=9)?,
        seed: u.arbitrary()?,
        rate: magnitude(u, 1e-3, 1.0)?,
    })
}

/// A small city in which every valve can matter: where all water comes to one place, none does, and what is left
/// of its sensitivity is rounding.
fn lively(u: &mut Unstructured) -> Result<Plan> {
    let mut plan = plan(u)?;
    plan.sizes.iter_mut().for_each(|size| *size += 1);
    plan.range = plan.range.min(100.0);
    Ok(plan)
}

/// A network of random valves under both laws, and pumps for so many scenarios.
fn network(u: &mut Unstructured, batch: usize) -> Result<(Network, Vec<f64>)> {
    let Plan { sizes, range, .. } = plan(u)?;
    let mut laws = Vec::new();
    for width in &sizes[1..] {
        let gain = 1.0 / *width as f64;
        laws.push(if u.arbitrary()? { Law::Share } else { Law::Throttle { gain } });
    }
    let mut network = Network::new(&sizes, &laws, Valve::EqualPercentage { rangeability: range });
    let positions =
        (0..network.openings().len()).map(|_| within(u, 1.0, 10.0)).collect::<Result<Vec<_>>>()?;
    network.turn_all(&positions);
    let pumps = (0..batch * sizes[0]).map(|_| within(u, 0.0, 2.0)).collect::<Result<Vec<_>>>()?;
    Ok((network, pumps))
}

fn gradient(network: &Network, pumps: &[f64], wants: &[f64], error: Error) -> (f64, Vec<f64>) {
    let mut sweep = Sweep::default();
    sweep.forward(network, pumps);
    let value = sweep.judge(error, wants);
    let mut slopes = vec![0.0; network.openings().len()];
    sweep.backward(network, |first, row| slopes[first..][..row.len()].copy_from_slice(row));
    (value, slopes)
}

#[test]
fn the_gradient_of_a_batch_is_the_sum_of_those_of_its_scenarios() {
    check(1000, |u| {
        let batch = u.int_in_range(1..=9)?;
        let (network, pumps) = network(u, batch)?;
        let (sizes, error) = (network.sizes(), *u.choose(&[Error::Absolute, Error::Squared])?);
        let showers = sizes[sizes.len() - 1];
        let wants = (0..batch * showers).map(|_| within(u, 0.0, 2.0)).collect::<Result<Vec<_>>>()?;
        let (value, slopes) = gradient(&network, &pumps, &wants, error);
        let (mut sum, mut sums) = (0.0, vec![0.0; slopes.len()]);
        for (pumps, wants) in pumps.chunks_exact(sizes[0]).zip(wants.chunks_exact(showers)) {
            let (value, slopes) = gradient(&network, pumps, wants, error);
            sum += value;
            sums.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
        }
        assert!((value - sum).abs() < 1e-11 * (1.0 + sum));
        for (slope, sum) in slopes.iter().zip(&sums) {
            assert!((slope - sum).abs() < 1e-11 * (batch as f64 + sum.abs()), "{slope} is not {sum}");
        }
        Ok(())
    });
}

/// T of every junction, written down as the formulas have it: matrices, one product after the other.
fn transports(network: &Network, laws: &[Law]) -> Vec<Vec<Vec<f64>>> {
    let sizes = network.sizes();
    let showers = sizes[sizes.len() - 1];
    let unit = |s: usize| (0..showers).map(|k| if k == s { 1.0 } else { 0.0 }).collect();
    let mut levels: Vec<Vec<Vec<f64>>> = vec![(0..showers).map(unit).collect()];
    let mut first = network.openings().len();
    for (level, law) in laws.iter().enumerate().rev() {
        let (from, to) = (sizes[level], sizes[level + 1]);
        first -= from * to;
        let row = |j: usize| {
            let openings = &network.openings()[first + j * to..][..to];
            let gain = match law {
                Law::Throttle { gain } => *gain,
                Law::Share => 1.0 / openings.iter().sum::<f64>(),
            };
            let carried = |s: usize| (0..to).map(|k| gain * openings[k] * levels[0][k][s]).sum();
            (0..showers).map(carried).collect()
        };
        let next = (0..from).map(row).collect();
        levels.insert(0, next);
    }
    levels
}

#[test]
fn sensitivities_are_those_of_the_closed_form() {
    check(1000, |u| {
        let Plan { sizes, range, .. } = plan(u)?;
        let laws: Vec<Law> = (1..sizes.len())
            .map(|_| {
                Ok(if u.arbitrary()? { Law::Share } else { Law::Throttle { gain: within(u, 0.1, 1.0)? } })
            })
            .collect::<Result<_>>()?;
        let mut network = Network::new(&sizes, &laws, Valve::EqualPercentage { rangeability: range });
        let positions =
            (0..network.openings().len()).map(|_| within(u, 1.0, 10.0)).collect::<Result<Vec<_>>>()?;
        network.turn_all(&positions);
        let pumps = (0..sizes[0]).map(|_| within(u, 0.0, 2.0)).collect::<Result<Vec<_>>>()?;
        let mut sweep = Sweep::default();
        sweep.forward(&network, &pumps);
        let transports = transports(&network, &laws);
        for valve in 0..positions.len() {
            let [layer, j, k] = network.pipe(valve).expect("a valve");
            let first = valve - k;
            let openings = &network.openings()[first..][..sizes[layer + 1]];
            let q = sweep.flows()[layer][j];
            let (weight, taken) = match laws[layer] {
                Law::Throttle { gain } => (gain * q * openings[k], 0.0),
                Law::Share => (q * openings[k] / openings.iter().sum::<f64>(), 1.0),
            };
            for (shower, slope) in sweep.jacobian(&network, valve).into_iter().enumerate() {
                let difference = transports[layer + 1][k][shower] - taken * transports[layer][j][shower];
                let exact = weight * (range.ln() / 9.0) * difference;
                assert!((slope - exact).abs() < 1e-13 * (1.0 + q) * range.ln(), "{slope} is not {exact}");
            }
        }
        Ok(())
    });
}

#[test]
fn rules_turn_every_valve_as_the_optimizers_of_a_shower_do() {
    let moments = Moments { beta1: 0.9, beta2: 0.999, epsilon: 1e-30 };
    let rules = [
        (Rule::Proportion, Optimizer::Descent),
        (Rule::Momentum, Optimizer::Momentum { momentum: 0.9 }),
        (Rule::Adam, Optimizer::Adam(moments)),
        (Rule::Equal, Optimizer::Lion { beta1: 0.0, beta2: 0.0 }),
    ];
    check(300, |u| {
        let (rule, optimizer) = *u.choose(&rules)?;
        let plan = Plan { rule, rate: 0.01, ..lively(u)? };
        let mut city = Training::<f64>::new(&plan);
        let valves = city.network().openings().len();
        let (mut memories, mut positions) = (vec![Memory::default(); valves], city.network().positions());
        let mut scale = None;
        for _ in 0..4 {
            city.step();
            // The blame of the step is still there, but the valves have turned: the gradient is taken before.
            let mut slopes = vec![0.0; valves];
            let mut before = city.network().clone();
            before.turn_all(&positions);
            let mut sweep = city.sweep().clone();
            sweep.backward(&before, |first, row| slopes[first..][..row.len()].copy_from_slice(row));
            let mean = 1.0 / sweep.batch() as f64;
            let now = city.network().positions();
            let largest = slopes.iter().fold(0.0, |most: f64, slope| most.max(slope.abs()));
            let follows = matches!(rule, Rule::Proportion | Rule::Momentum);
            for (valve, memory) in memories.iter_mut().enumerate() {
                let g = mean * slopes[valve];
                let turned = now[valve] - positions[valve];
                // A rate of 1 says what the rule follows; how many turns that makes is the same for all valves.
                let rate = if follows { 1.0 } else { plan.rate };
                let old = positions[valve];
                let [asked, _] = optimizer.step(rate, [g, 0.0], [old, 0.0], memory);
                let asked = asked - old;
                // What is next to nothing beside the others is no more than rounding, and ε.
                if !(1.001..9.999).contains(&now[valve]) || slopes[valve].abs() < 1e-3 * largest {
                    continue;
                }
                let ratio = if follows { *scale.get_or_insert(turned / asked) } else { 1.0 };
                assert!((turned - ratio * asked).abs() < 1e-4 * turned.abs(), "{turned}, {ratio} × {asked}");
            }
            positions = now;
        }
        Ok(())
    });
}

#[test]
fn a_city_goes_the_same_way_in_both_precisions_and_each_time() {
    check(300, |u| {
        // Where the error bends sharply, or a sign decides, the last bit does too.
        let smooth = [Rule::Proportion, Rule::Momentum];
        let plan = Plan { rule: *u.choose(&smooth)?, rate: 0.02, error: Error::Squared, ..lively(u)? };
        let [mut double, mut single] = [Training::<f64>::new(&plan), Training::<f64>::new(&plan)];
        let mut fast = Training::<f32>::new(&plan);
        for _ in 0..10 {
            double.step();
            single.step();
            fast.step();
        }
        assert_eq!(double.network(), single.network(), "the same plan, the same numbers");
        for (exact, fast) in double.network().positions().iter().zip(fast.network().positions()) {
            assert!((exact - f64::from(fast)).abs() < 2e-2, "{exact} and {fast}");
        }
        assert!((double.error() - fast.error()).abs() < 1e-2 * (1.0 + double.error()));
        Ok(())
    });
}

#[test]
fn reach_and_information_are_what_all_sensitivities_give() {
    check(300, |u| {
        let plan = plan(u)?;
        let mut city = Training::<f64>::new(&plan);
        for _ in 0..u.int_in_range(0..=5)? {
            city.step();
        }
        let mut reading = city.reading();
        let slice = u.int_in_range(1..=20)?;
        let mut calls = 0;
        while !reading.read(slice) {
            calls += 1;
        }
        let [left, all] = reading.left();
        assert_eq!((left, calls), (0, (all - 1) / slice), "it is read in slices");
        let network = city.network();
        let (showers, layers) = (plan.sizes[plan.sizes.len() - 1], plan.sizes.len() - 1);
        // J² of every valve at every shower, the mean over the first scenarios, by carrying each change forward.
        let valves = network.openings().len();
        let mut squares = vec![vec![0.0; showers]; valves];
        let scenarios = city.pumps();
        let scenarios: Vec<_> = scenarios.chunks_exact(plan.sizes[0]).take(16).collect();
        for pumps in &scenarios {
            let mut sweep = Sweep::default();
            sweep.forward(network, pumps);
            for (valve, squares) in squares.iter_mut().enumerate() {
                for (square, slope) in squares.iter_mut().zip(sweep.jacobian(network, valve)) {
                    *square += slope * slope / scenarios.len() as f64;
                }
            }
        }
        let counts = |valve: usize| network.pipe(valve).is_some_and(|[l, ..]| l + 1 < layers || layers == 1);
        let counted: Vec<&Vec<f64>> = (0..valves).filter(|v| counts(*v)).map(|v| &squares[v]).collect();
        let all: f64 = counted.iter().copied().flatten().sum();
        if all < 1e-12 {
            return Ok(());
        }
        let reach = |squares: &[f64]| {
            let sum: f64 = squares.iter().sum();
            sum * sum / squares.iter().map(|square| square * square).sum::<f64>()
        };
        let weighted = |squares: &&Vec<f64>| {
            let sum = squares.iter().sum::<f64>();
            if sum > 0.0 { sum * reach(squares) } else { 0.0 }
        };
        let mean = counted.iter().map(weighted).sum::<f64>() / all;
        assert!((reading.reach().mean - mean).abs() < 1e-6 * mean, "{} is not {mean}", reading.reach().mean);
        let mut information = 0.0;
        for (shower, _) in squares[0].iter().enumerate() {
            let of_shower: f64 = counted.iter().map(|squares| squares[shower]).sum();
            for squares in &counted {
                let (p, of_valve) = (squares[shower] / all, squares.iter().sum::<f64>() / all);
                if p > 0.0 {
                    information += p * (p / (of_valve * of_shower / all)).ln();
                }
            }
        }
        information /= (showers.max(2) as f64).ln();
        let read = reading.reach().information;
        assert!((read - information).abs() < 1e-6, "{read} is not {information}");
        for (valve, squares) in
            squares.iter().enumerate().filter(|(_, squares)| squares.iter().sum::<f64>() > 1e-9)
        {
            let most = squares.iter().copied().fold(0.0, f64::max);
            assert!(squares[usize::from(reading.most()[valve])] >= most * (1.0 - 1e-6));
            let special = 255.0 * (1.0 - reach(squares).ln() / (showers.max(2) as f64).ln());
            assert!((f64::from(reading.special()[valve]) - special.max(0.0)).abs() <= 0.501);
        }
        // The smallest set that carries nine tenths: in order of size, none could be left out.
        let shower = u.int_in_range(0..=showers - 1)?;
        let (lit, count) = reading.carriers(shower);
        let mut sizes: Vec<f64> = squares.iter().map(|squares| squares[shower]).collect();
        let carried: f64 = lit.iter().zip(&sizes).filter(|(lit, _)| **lit).map(|(_, size)| size).sum();
        let sum: f64 = sizes.iter().sum();
        assert_eq!(lit.iter().filter(|lit| **lit).count(), count);
        assert!(carried >= 0.9 * sum * (1.0 - 1e-9));
        sizes.sort_by(|a, b| b.total_cmp(a));
        let before: f64 = sizes[..count.saturating_sub(1)].iter().sum();
        assert!(before < 0.9 * sum * (1.0 + 1e-9), "{count} are more than it takes");
        Ok(())
    });
}

#[test]
fn reading_between_steps_changes_no_step() {
    let plan = Plan { sizes: vec![5, 9, 7, 6], ..Plan::default() };
    let (mut watched, mut alone) = (Watch::new(&plan), Training::<f32>::new(&plan));
    for step in 0..200 {
        watched.train(1);
        watched.look(step % 7);
        watched.forward();
        alone.step();
    }
    assert_eq!(watched.training().network(), alone.network());
    assert_eq!((watched.training().error(), watched.training().steps()), (alone.error(), 200));
    assert!(watched.reaches().len() > 10, "and it was read many times: {}", watched.reaches().len());
}

#[test]
fn a_city_that_wants_what_it_has_stays_and_none_breaks() {
    for sizes in [vec![1, 1], vec![1, 3, 1], vec![4, 1, 4]] {
        for (pipes, rule) in Pipes::ALL.into_iter().flat_map(|pipes| Rule::ALL.map(|rule| (pipes, rule))) {
            let plan = Plan {
                sizes: sizes.clone(),
                pipes,
                rule,
                demand: Demand::Constant,
                rate: 10.0,
                ..Plan::default()
            };
            let mut city = Watch::new(&plan);
            city.train(50);
            while !city.look(3) {}
            let reach = city.reach().expect("it was read");
            assert!(
                city.training().error().is_finite()
                    && reach.mean.is_finite()
                    && reach.information.is_finite()
            );
            assert!(city.training().network().positions().iter().all(|at| (1.0..=10.0).contains(at)));
            for valve in 0..=plan.valves() {
                let seen = city.valve(valve);
                assert_eq!(seen.is_none(), valve == plan.valves());
                assert!(seen.iter().flat_map(|seen| &seen.sensitivities).all(|slope| slope.is_finite()));
            }
        }
    }
}
