//! What the browser sees: classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its runs; the view classes draw it on canvases. [`RatesMap`] needs no
//! page, so that a worker can make its runs.

#[cfg(feature = "bench")]
mod bench;
mod complaint;
mod lab;
mod race;
mod rates;
mod view;

#[cfg(feature = "bench")]
pub use bench::Kernels;
pub use lab::Lab;
pub use rates::RatesMap;
pub use view::{HistoryView, LandscapeView, MemoryView, RatesView};
