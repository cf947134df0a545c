//! What the browser sees: classes that convert and forward, and compute nothing.
//!
//! [`Lab`] is one experiment with its runs; the view classes draw it on canvases, and `Lessons` asks and
//! answers for the course. [`RatesMap`],
//! [`CrowdView`] and [`AuditView`] paint pixels without one and `Export` writes files, for a worker; `City` and
//! `Trial` train, for another; `Cohort` and `CohortView` are a class side by side. The page
//! is built with modules that hold some of the classes each; see `xtask/modules.mjs`.

#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "export")]
mod city;
#[cfg(feature = "export")]
mod cohort;
mod complaint;
#[cfg(feature = "drawing")]
mod crowd;
#[cfg(feature = "export")]
mod export;
mod lab;
#[cfg(all(feature = "course", feature = "drawing"))]
mod lesson;
#[cfg(all(feature = "course", feature = "drawing"))]
mod network;
mod object;
mod race;
#[cfg(feature = "drawing")]
mod rates;
#[cfg(feature = "drawing")]
mod view;

#[cfg(feature = "bench")]
pub use bench::Kernels;
#[cfg(feature = "export")]
pub use city::{City, Trial};
#[cfg(feature = "export")]
pub use cohort::{Cohort, CohortView};
#[cfg(feature = "drawing")]
pub use crowd::{AuditView, CrowdView};
#[cfg(feature = "export")]
pub use export::Export;
pub use lab::Lab;
#[cfg(all(feature = "course", feature = "drawing"))]
pub use lesson::{Lessons, PlotView};
#[cfg(feature = "drawing")]
pub use rates::RatesMap;
#[cfg(feature = "drawing")]
pub use view::{CurvesView, HistoryView, LandscapeView, MemoryView, RatesView};
