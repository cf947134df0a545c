//! Every position at once: the flow, the error and its gradient over the plane of m and h.

mod audit;
mod contour;
mod crowd;
mod curves;
mod field;
mod levels;
mod map;
mod rates;
mod stride;

pub use audit::{Audit, Worst};
pub use contour::{Contour, Tracer};
pub use crowd::Crowd;
pub use curves::Curves;
pub use field::{Field, Gradient};
pub use levels::round_levels;
pub use map::{Line, Map};
pub use rates::{Cell, Rates};

pub(crate) use crate::plumbing::single;
