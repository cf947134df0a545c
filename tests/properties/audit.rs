//! The audit of the backward pass over the whole plane.

use crate::random::{MODELS, check, shower};
use backflow::landscape::Audit;
use backflow::plumbing::{Characteristic, Model, OPEN, Preset, SHUT, Shower};

/// What exact and measured sensitivities may differ by.
const CLOSE: f64 = 2e-8;

#[test]
fn at_every_one_of_512_by_512_nodes_exact_and_measured_sensitivities_agree() {
    let mut audit = Audit::new(512);
    for preset in Preset::ALL {
        audit.run(&preset.shower());
        let worst = audit.worst();
        assert!(worst.difference <= CLOSE, "{preset:?}: {worst:?}");
        assert!(worst.position.iter().all(|position| (SHUT..=OPEN).contains(position)));
        assert_eq!(audit.differences().len(), 512 * 512);
        let largest = audit.differences().iter().copied().fold(0.0, f32::max);
        assert_eq!(f64::from(largest), worst.difference, "{preset:?}");
    }
}

#[test]
fn in_houses_of_every_kind_they_agree_as_well_as_differences_can_tell() {
    let mut audit = Audit::new(33);
    check(500, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        // Where the shower is the only outlet, the flow has a kink in the corner with both valves shut.
        if matches!(shower.model, Model::House { c_other: 0.0, .. }) {
            return Ok(());
        }
        audit.run(&shower);
        assert!(audit.worst().difference <= 1e-4, "{:?} in {shower:?}", audit.worst());
        Ok(())
    });
}

#[test]
fn a_curve_that_bends_within_the_turn_is_found_out() {
    let sharp = Characteristic::QuickOpening { softening: 1e-8 };
    let model = Model::Curves { scale: 4.5, main: Characteristic::Linear, handle: sharp };
    let mut audit = Audit::new(33);
    audit.run(&Shower { pressure: 4.0, model });
    assert!(audit.worst().difference > 0.01, "{:?}", audit.worst());
    assert_eq!(audit.worst().position[1], SHUT);
}

#[test]
fn without_water_nothing_differs() {
    let mut audit = Audit::new(2);
    for preset in Preset::ALL {
        audit.run(&Shower { pressure: 0.0, ..preset.shower() });
        assert!(audit.differences().iter().all(|difference| difference.is_finite()));
        let is_sum = preset == Preset::Article;
        assert!(audit.worst().difference <= if is_sum { 1e-8 } else { 0.0 }, "{preset:?}");
    }
}
