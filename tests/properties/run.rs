//! Runs: every step is kept, comes back bit for bit, and stays finite.

use crate::limits::assert_sound;
use crate::random::{check, inside, scenario};
use backflow::backprop::Sensitivities;
use backflow::descent::{LONGEST, Memory, Run, Step};
use backflow::plumbing::Preset;
use backflow::scenario::{Key, Scenario};

/// A step to the last bit: every number is printed so that it reads as itself, −0 included.
fn bits(step: &Step) -> String {
    format!("{step:?}")
}

#[test]
fn going_back_and_forth_gives_every_step_again_bit_for_bit() {
    for optimizer in Key::OPTIMIZERS {
        for sensitivities in Sensitivities::ALL.map(Sensitivities::name) {
            check(4, |u| {
                let preset = u.choose(&Preset::ALL)?.name();
                let error = *u.choose(&Key::ERRORS)?;
                let string = format!(
                    "preset={preset}&error={error}&optimizer={optimizer}&sensitivities={sensitivities}"
                );
                let (scenario, complaints) = Scenario::parse(&string);
                assert!(complaints.is_empty(), "{complaints:?}");
                let experiment = scenario.experiment();

                let mut made = Run::new(experiment);
                let mut steps = vec![bits(made.now())];
                for _ in 0..60 {
                    assert!(made.step());
                    steps.push(bits(made.now()));
                }
                let mut sought = Run::new(experiment);
                for _ in 0..20 {
                    let goal = u.int_in_range(0..=60)?;
                    sought.seek(goal);
                    assert_eq!((sought.steps(), sought.path().len()), (goal, goal + 1));
                    assert_eq!(bits(sought.now()), steps[goal], "step {goal} of {string}");
                    if u.arbitrary()? && goal < 60 {
                        sought.step();
                        assert_eq!(bits(sought.now()), steps[goal + 1], "step {goal} + 1 of {string}");
                    }
                }
                sought.seek(60);
                assert!(sought.path().iter().map(bits).eq(steps.iter().cloned()), "{string}");
                made.seek(0);
                assert_eq!((made.steps(), bits(made.now())), (0, steps[0].clone()), "{string}");
                assert_eq!(made.made().len(), 61, "what lay ahead is kept");
                made.seek(60);
                assert!(made.path().iter().map(bits).eq(steps.iter().cloned()), "{string} after going back");
                Ok(())
            });
        }
    }
}

#[test]
fn a_branch_that_changes_nothing_is_the_same_run_bit_for_bit() {
    for optimizer in Key::OPTIMIZERS {
        for sensitivities in Sensitivities::ALL.map(Sensitivities::name) {
            check(4, |u| {
                let preset = u.choose(&Preset::ALL)?.name();
                let string = format!("preset={preset}&optimizer={optimizer}&sensitivities={sensitivities}");
                let mut run = Run::new(Scenario::parse(&string).0.experiment());
                run.seek(60);
                let whole: Vec<_> = run.path().iter().map(bits).collect();
                let at = u.int_in_range(0..=60)?;
                run.seek(at);
                let mut branch = run.branch(*run.experiment());
                branch.seek(60);
                assert!(branch.path().iter().map(bits).eq(whole.iter().cloned()), "from {at} of {string}");
                Ok(())
            });
        }
    }
}

#[test]
fn a_branch_shares_its_past_and_goes_on_from_there_under_what_was_changed() {
    check(2000, |u| {
        let (before, after) = (scenario(u)?.experiment(), scenario(u)?.experiment());
        let mut run = Run::new(before);
        let (at, end) = (u.int_in_range(0..=30)?, u.int_in_range(30..=40)?);
        run.seek(at);
        if run.steps() < at {
            return Ok(()); // the run ended before
        }
        let mut branch = run.branch(after);
        branch.seek(end);
        assert!(branch.made()[..at].iter().map(bits).eq(run.path()[..at].iter().map(bits)));
        let here = &branch.made()[at];
        let there = run.now();
        assert_eq!((here.position, here.number), (there.position, at));
        assert_eq!((here.error, here.chain), after.evaluate(there.position));
        let same_rule = std::mem::discriminant(&before.optimizer) == std::mem::discriminant(&after.optimizer);
        assert_eq!(here.memory, if same_rule { there.memory } else { Memory::default() });
        let mut step = *here;
        for made in &branch.made()[at + 1..] {
            step = after.next(&step).expect("it was made");
            assert_eq!(bits(made), bits(&step));
        }
        // Back before the branch the old experiment holds, and forward again the same steps come.
        let whole: Vec<_> = branch.made().iter().map(bits).collect();
        if at > 0 {
            branch.seek(at - 1);
            assert_eq!(*branch.experiment(), before);
        }
        branch.seek(end);
        assert_eq!(*branch.experiment(), after);
        assert!(branch.made().iter().map(bits).eq(whole));
        Ok(())
    });
}

#[test]
fn a_run_by_hand_is_a_run_like_any_other() {
    check(1000, |u| {
        let experiment = scenario(u)?.experiment();
        let mut run = Run::new(experiment);
        let mut wasted = (run.now().chain.flows.y - experiment.target).max(0.0);
        let turns = u.int_in_range(1..=12)?;
        for number in 1..=turns {
            let position = inside(u)?;
            assert!(run.turn_to(position));
            let now = run.now();
            assert_eq!((now.position, now.number, run.steps()), (position, number, number));
            assert_eq!((now.error, now.chain), experiment.evaluate(position));
            assert_eq!(now.memory, Memory::default(), "the optimizer learns nothing from a hand");
            wasted += (now.chain.flows.y - experiment.target).max(0.0);
        }
        let tally = run.now().tally;
        assert!((tally.wasted - wasted).abs() <= 1e-12 * wasted);
        let distances = run.path().iter().map(|step| (step.chain.flows.y - experiment.target).abs());
        assert_eq!(tally.least, distances.fold(f64::INFINITY, f64::min));
        run.seek(turns / 2);
        assert!(run.turn_to([2.0, 3.0]));
        assert_eq!(run.made().len(), turns / 2 + 2, "what lay ahead is forgotten");
        Ok(())
    });
}

#[test]
fn no_run_ever_leaves_the_numbers_or_the_plane() {
    check(6000, |u| {
        let scenario = scenario(u)?;
        let mut run = Run::new(scenario.experiment());
        for _ in 0..25 {
            run.step();
        }
        for step in run.path() {
            assert_sound(step.error, &step.chain, &scenario);
            let numbers = [step.gradient, step.memory.velocity, step.memory.squares, step.meters.estimate];
            let more = [step.memory.peak, step.memory.turns, step.memory.divisor];
            assert!(numbers.into_iter().chain(more).flatten().all(f64::is_finite), "{scenario}: {step:?}");
            assert!(step.position.iter().all(|p| (1.0..=10.0).contains(p)), "{scenario}: {step:?}");
        }
        Ok(())
    });
}

#[test]
fn a_long_run_stays_finite_and_ends_at_the_last_step() {
    for optimizer in Key::OPTIMIZERS {
        let string = format!("preset=house&optimizer={optimizer}&error=squared&rate=10&momentum=0.9999");
        let (scenario, _) = Scenario::parse(&string);
        let mut run = Run::new(scenario.experiment());
        run.seek(usize::MAX);
        assert_eq!((run.steps(), run.path().len()), (LONGEST, LONGEST + 1));
        assert!(!run.step());
        assert_eq!(run.steps(), LONGEST);
        for step in run.path() {
            assert_sound(step.error, &step.chain, &scenario);
        }
    }
}

#[test]
fn every_way_of_measuring_counts_its_readings() {
    let readings = |way: &str| {
        let (scenario, _) = Scenario::parse(&format!("sensitivities={way}"));
        let mut run = Run::new(scenario.experiment());
        run.seek(10);
        run.now().meters.readings
    };
    // One reading at the start and after each of ten moves; probing adds 4 or 2 before each step.
    for (way, expected) in
        [("joint", 11), ("alternate", 11), ("broyden", 11), ("wiggle", 11), ("central", 55), ("spsa", 33)]
    {
        assert_eq!(readings(way), expected, "{way}");
    }
}
