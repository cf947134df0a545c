//! What the browser sees: two classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its run; the view classes draw it on canvases.

#[cfg(feature = "bench")]
mod bench;
mod complaint;
mod lab;
mod view;

#[cfg(feature = "bench")]
pub use bench::Kernels;
pub use lab::Lab;
pub use view::{HistoryView, LandscapeView};
