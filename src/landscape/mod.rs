//! Every position at once: the flow, the error and its gradient over the plane of m and h.

mod contour;
mod field;
mod levels;
mod map;
mod rates;

pub use contour::{Contour, Tracer};
pub use field::{Field, Gradient};
pub use levels::round_levels;
pub use map::{Line, Map};
pub use rates::{Cell, Rates};

/// To single precision, in which the grids are kept: they have pixels, not digits.
#[allow(clippy::cast_possible_truncation, reason = "rounding to single precision is what is wanted")]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}
