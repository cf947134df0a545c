//! The backward pass, link by link: from the error back to both valves.

use crate::plumbing::Flows;

/// Every sensitivity of one setting, read from the shower back to the water main.
///
/// ```text
/// ∂E/∂m = ∂E/∂y × ∂y/∂x × ∂x/∂m
/// ∂E/∂h = ∂E/∂y × (∂y/∂h + ∂y/∂x × ∂x/∂h)      one path directly, one through the house flow
/// ```
///
/// ```
/// use backflow::{backprop::Chain, plumbing::Preset};
///
/// let flows = Preset::Product.shower().flows(3.0, 5.0);
/// let chain = Chain::backward(flows, -1.0); // too little water: more y, less error
/// assert_eq!(chain.de_dx, -0.25);
/// assert_eq!((chain.de_dm, chain.de_dh), (-0.5, -0.25));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chain {
    /// The flows and the local sensitivities, from the forward pass.
    pub flows: Flows,
    /// ∂E/∂y: where the backward pass begins.
    pub de_dy: f64,
    /// ∂E/∂x = ∂E/∂y × ∂y/∂x.
    pub de_dx: f64,
    /// ∂y/∂m = ∂y/∂x × ∂x/∂m.
    pub dy_dm: f64,
    /// The part of ∂y/∂h that goes through the house flow: ∂y/∂x × ∂x/∂h.
    pub dy_dh_via_x: f64,
    /// ∂y/∂h, both paths added.
    pub dy_dh: f64,
    /// ∂E/∂m = ∂E/∂x × ∂x/∂m.
    pub de_dm: f64,
    /// The part of ∂E/∂h on the direct path: ∂E/∂y × ∂y/∂h with x held.
    pub de_dh_direct: f64,
    /// The part of ∂E/∂h through the house flow: ∂E/∂x × ∂x/∂h.
    pub de_dh_via_x: f64,
    /// ∂E/∂h, both paths added.
    pub de_dh: f64,
}

impl Chain {
    /// The backward pass: what the forward pass left, and the slope of the error at y.
    #[must_use]
    pub fn backward(flows: Flows, de_dy: f64) -> Self {
        // From the shower back to the house flow …
        let de_dx = de_dy * flows.dy_dx;
        // … and from the house flow back to the main valve.
        let de_dm = de_dx * flows.dx_dm;
        // The handle reaches the shower directly, and again through the house flow: paths add.
        let de_dh_direct = de_dy * flows.dy_dh_x;
        let de_dh_via_x = de_dx * flows.dx_dh;

        let dy_dh_via_x = flows.dy_dx * flows.dx_dh;
        Self {
            flows,
            de_dy,
            de_dx,
            dy_dm: flows.dy_dx * flows.dx_dm,
            dy_dh_via_x,
            dy_dh: flows.dy_dh_x + dy_dh_via_x,
            de_dm,
            de_dh_direct,
            de_dh_via_x,
            de_dh: de_dh_direct + de_dh_via_x,
        }
    }

    /// ∂E/∂m and ∂E/∂h: the gradient.
    #[must_use]
    pub fn gradient(&self) -> [f64; 2] {
        [self.de_dm, self.de_dh]
    }
}
