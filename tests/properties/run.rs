//! Runs: every step is kept, comes back bit for bit, and stays finite.

use crate::limits::assert_sound;
use crate::random::{check, scenario};
use backflow::backprop::Sensitivities;
use backflow::descent::{LONGEST, Run, Step};
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
                made.reset();
                assert_eq!((made.steps(), bits(made.now())), (0, steps[0].clone()), "{string}");
                made.seek(60);
                assert!(made.path().iter().map(bits).eq(steps.iter().cloned()), "{string} after a reset");
                Ok(())
            });
        }
    }
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
            let more = [step.memory.peak, step.memory.turns];
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
