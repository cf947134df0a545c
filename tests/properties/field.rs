//! The field in single precision against the flows in double precision.

use crate::random::{MODELS, check, shower, within};
use backflow::descent::{Error, Experiment, Optimizer};
use backflow::landscape::{Field, Gradient};

/// The largest of some numbers, by size.
fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |largest, number| largest.max(number.abs()))
}

#[test]
fn every_node_has_the_flow_the_error_and_the_slopes_of_its_position() {
    let (mut errors, mut gradient) = (Vec::new(), Gradient::default());
    check(2000, |u| {
        let model = u.int_in_range(0..=MODELS - 1)?;
        let delta = within(u, 0.05, 3.0)?;
        let experiment = Experiment {
            shower: shower(u, model)?,
            target: within(u, 0.0, 12.0)?,
            error: *u.choose(&[Error::Absolute, Error::Squared, Error::Huber { delta }])?,
            optimizer: Optimizer::Descent,
            rate: 0.1,
            sensitivities: Default::default(),
            start: [1.0, 1.0],
            tolerance: 0.1,
        };
        let (columns, rows) = (u.int_in_range(2..=24)?, u.int_in_range(2..=24)?);
        let mut field = Field::new(columns, rows);
        field.sample(&experiment.shower);
        field.errors(experiment.error, experiment.target, &mut errors);
        let sampled = field.y().to_vec();
        field.sample_gradient(&experiment.shower, experiment.error, experiment.target, &mut gradient);
        assert_eq!(field.y(), sampled, "with the gradient or without it, y is the same");

        let nodes: Vec<_> = (0..columns * rows)
            .map(|node| experiment.evaluate(field.position(node % columns, node / columns)))
            .collect();
        let flow = largest(nodes.iter().map(|(_, chain)| chain.flows.y)).max(experiment.target);
        let push = largest(nodes.iter().map(|(_, chain)| chain.de_dy));
        let slope = largest(nodes.iter().flat_map(|(_, chain)| [chain.dy_dm, chain.dy_dh]));
        for (node, (error, chain)) in nodes.iter().enumerate() {
            let at = || format!("node {node} of {columns} × {rows}: {chain:?}, {experiment:?}");
            let y = f64::from(field.y()[node]);
            assert!((y - chain.flows.y).abs() <= 1e-6 * flow, "{y} at {}", at());
            let e = f64::from(errors[node]);
            assert!((e - error).abs() <= 2e-6 * flow * push.max(1.0), "{e} at {}", at());
            if experiment.error == Error::Absolute && error.abs() <= 1e-6 * flow {
                continue; // the sign of almost nothing
            }
            let steepness = slope * (push + 2e-6 * flow);
            for (actual, expected) in
                [(gradient.de_dm[node], chain.de_dm), (gradient.de_dh[node], chain.de_dh)]
            {
                let tolerance = 2e-6 * (steepness + slope * flow);
                assert!(
                    (f64::from(actual) - expected).abs() <= tolerance,
                    "{actual}, {expected} at {}",
                    at()
                );
            }
        }
        Ok(())
    });
}

#[test]
fn the_corners_of_the_grid_are_the_corners_of_the_plane() {
    check(500, |u| {
        let (columns, rows) = (u.int_in_range(0..=200)?, u.int_in_range(0..=200)?);
        let field = Field::new(columns, rows);
        assert_eq!((field.columns(), field.rows()), (columns.max(2), rows.max(2)));
        assert_eq!(field.y().len(), field.columns() * field.rows());
        assert_eq!(field.position(0, 0), [1.0, 1.0]);
        assert_eq!(field.position(field.columns() - 1, field.rows() - 1), [10.0, 10.0]);
        Ok(())
    });
}
