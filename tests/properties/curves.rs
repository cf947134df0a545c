//! The curves of the flow over the handle.

use crate::random::{MODELS, check, shower, within};
use backflow::landscape::Curves;

/// Whether numbers never fall.
fn rises(numbers: &[f64]) -> bool {
    numbers.windows(2).all(|pair| pair[0] <= pair[1])
}

#[test]
fn each_curve_is_the_flow_of_the_house_and_rises_with_both_valves() {
    let mut curves = Curves::default();
    check(500, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        curves.sample(&shower);
        assert!(!curves.sample(&shower), "the house is the same");
        let m = within(u, 1.0, 10.0)?;
        curves.turn(m);
        let positions = curves.positions();
        assert_eq!((positions.first(), positions.last()), (Some(&1.0), Some(&10.0)));
        assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
        let family = Curves::MAIN.iter().enumerate().map(|(curve, m)| (*m, curves.flows(curve)));
        for (m, flows) in family.chain([(m, curves.present())]) {
            assert_eq!(flows.len(), positions.len());
            for (h, y) in positions.iter().zip(flows) {
                assert_eq!(y.to_bits(), shower.flows(m, *h).y.to_bits(), "m = {m}, h = {h}, {shower:?}");
            }
            // Where a curve is flat, a last bit may go either way.
            let rounded: Vec<_> = flows.iter().map(|y| (y * 1e9).round()).collect();
            assert!(rises(&rounded), "m = {m}, {shower:?}");
        }
        for (node, h) in positions.iter().enumerate() {
            let column: Vec<_> =
                (0..Curves::MAIN.len()).map(|curve| (curves.flows(curve)[node] * 1e9).round()).collect();
            assert!(rises(&column), "h = {h}, {shower:?}");
        }
        Ok(())
    });
}

#[test]
fn between_its_nodes_a_curve_is_nearly_straight() {
    let mut curves = Curves::default();
    check(500, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let shower = shower(u, model)?;
        curves.sample(&shower);
        let full = shower.flows(10.0, 10.0).y;
        let positions = curves.positions();
        let node = u.choose_index(positions.len() - 1)?;
        let part = within(u, 0.0, 1.0)?;
        let h = positions[node] + part * (positions[node + 1] - positions[node]);
        for (curve, m) in Curves::MAIN.iter().enumerate() {
            let [from, to] = [0, 1].map(|end| curves.flows(curve)[node + end]);
            let off = (from + part * (to - from) - shower.flows(*m, h).y).abs();
            assert!(off <= 1e-3 * full, "m = {m}, h = {h}: {off} of {full}, {shower:?}");
        }
        Ok(())
    });
}
