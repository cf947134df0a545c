//! What the browser sees: classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its run; the view classes draw it on canvases. [`CrowdView`] and
//! [`AuditView`] paint pixels without one, for a worker. The features `lab` and `crowd` say which of the
//! two kinds a module has.

#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "lab")]
mod complaint;
#[cfg(feature = "crowd")]
mod crowd;
#[cfg(feature = "lab")]
mod lab;
#[cfg(feature = "lab")]
mod view;

#[cfg(feature = "bench")]
pub use bench::Kernels;
#[cfg(feature = "crowd")]
pub use crowd::{AuditView, CrowdView};
#[cfg(feature = "lab")]
pub use lab::Lab;
#[cfg(feature = "lab")]
pub use view::{HistoryView, LandscapeView};
