//! How a junction's water goes on through the valves of its pipes, and how blame comes back through them.

/// The law of a layer of pipes. It is told of one junction at a time, with the openings of the pipes that lead
/// from it: they lie side by side, one for each junction of the next level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Each pipe carries G·a·q: its opening times the flow of the junction where it begins.
    Throttle {
        /// G, above 0, the same for every pipe of the layer. With 1 ÷ the number of pipes that lead from a
        /// junction, no water is made out of nothing, however far its valves are open.
        gain: f64,
    },
}

impl Law {
    /// Adds what the pipes of a junction carry to the flows where they end.
    ///
    /// It is linear in the flow, so it carries a change of the flow as well.
    pub(super) fn carry(self, flow: f64, openings: &[f64], ends: &mut [f64]) {
        let Self::Throttle { gain } = self;
        for (opening, end) in openings.iter().zip(ends) {
            *end += gain * opening * flow;
        }
    }

    /// ∂E/∂q of a junction, from that of the junctions where its pipes end: the sum of what comes back on
    /// them. `each` is told the place of every pipe and ∂E/∂v of its valve.
    pub(super) fn blame(
        self,
        flow: f64,
        [openings, slopes]: [&[f64]; 2],
        ends: &[f64],
        mut each: impl FnMut(usize, f64),
    ) -> f64 {
        let Self::Throttle { gain } = self;
        let mut blame = 0.0;
        for (pipe, ((opening, slope), end)) in openings.iter().zip(slopes).zip(ends).enumerate() {
            blame += gain * opening * end;
            each(pipe, gain * slope * flow * end);
        }
        blame
    }

    /// Adds what one more turn of one valve changes to the flows where the pipes of its junction end.
    pub(super) fn turn(self, flow: f64, [_, slopes]: [&[f64]; 2], pipe: usize, ends: &mut [f64]) {
        let Self::Throttle { gain } = self;
        if let (Some(slope), Some(end)) = (slopes.get(pipe), ends.get_mut(pipe)) {
            *end += gain * slope * flow;
        }
    }
}
