//! What the browser sees: two classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its run; the view classes draw it on canvases.

mod complaint;
mod lab;
mod reading;
mod view;

pub use lab::Lab;
pub use view::{HistoryView, LandscapeView};
