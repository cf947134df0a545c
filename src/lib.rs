//! Backflow: backpropagation on the world's simplest network, a shower.

pub mod backprop;
pub mod descent;
pub mod landscape;
pub mod plumbing;
pub mod scenario;
