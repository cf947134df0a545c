//! Backflow: backpropagation on the world's simplest network, a shower.

pub mod backprop;
pub mod descent;
#[cfg(feature = "drawing")]
pub mod figure;
pub mod landscape;
pub mod plumbing;
pub mod scenario;
#[cfg(all(target_arch = "wasm32", feature = "drawing"))]
pub mod web;
