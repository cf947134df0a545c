//! Water, forward: from two valve positions and a pressure to two flows.
//!
//! Everything here is in closed form and comes with its slope, because the backward pass
//! ([`crate::backprop`]) is nothing but these slopes, multiplied.

mod exp;
mod preset;
mod shower;
mod single;
mod valve;

pub use preset::Preset;
pub use shower::{Flows, Model, Shower};
pub(crate) use single::{BLOCK, Block, Sight, SingleShower, single};
pub use valve::{Characteristic, OPEN, Opening, SHUT, TRAVEL, clamp_position};
