//! What the browser sees: classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its run; the view classes draw it on canvases. [`CrowdView`] and
//! [`AuditView`] paint pixels without one, for a worker.

#[cfg(feature = "bench")]
mod bench;
mod complaint;
mod crowd;
mod lab;
mod view;

#[cfg(feature = "bench")]
pub use bench::Kernels;
pub use crowd::{AuditView, CrowdView};
pub use lab::Lab;
pub use view::{HistoryView, LandscapeView};
