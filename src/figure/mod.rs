//! Drawings, generic over plotters' `DrawingBackend`: the same code draws on a canvas and into SVG.
//!
//! A drawing is given its size in CSS pixels and reports the rectangle in which it plots. plotters
//! knows whole pixels only, so every drawing is made on a finer grid and scaled down.

mod audit;
#[cfg(feature = "export")]
mod board;
#[cfg(feature = "course")]
mod chart;
mod city;
mod clip;
#[cfg(feature = "export")]
mod cohort;
mod crowd;
mod curves;
#[cfg(feature = "course")]
mod error;
#[cfg(feature = "course")]
mod fade;
mod heat;
mod history;
#[cfg(feature = "course")]
mod hold;
mod landscape;
#[cfg(feature = "export")]
mod legend;
mod memory;
mod mosaic;
#[cfg(feature = "course")]
mod network;
mod pen;
#[cfg(feature = "export")]
mod picture;
#[cfg(feature = "export")]
mod pipes;
#[cfg(feature = "course")]
mod plot;
#[cfg(feature = "course")]
mod plumber;
#[cfg(feature = "export")]
mod png;
mod progress;
mod rates;
#[cfg(feature = "course")]
mod reasons;
#[cfg(feature = "course")]
mod ruler;
#[cfg(feature = "course")]
mod shape;
#[cfg(feature = "course")]
mod shrink;
#[cfg(feature = "course")]
mod slopes;
#[cfg(feature = "course")]
mod split;
#[cfg(feature = "export")]
mod svg;
#[cfg(feature = "course")]
mod tag;
#[cfg(feature = "export")]
mod tags;
mod theme;

pub use audit::audit;
pub use city::{Service, View, paint_city};
#[cfg(feature = "export")]
pub use cohort::{cohort_at, cohort_sheet, way_color};
pub use crowd::{TRAIL, basins, fade, splat};
pub use curves::{curves_level, curves_plane, curves_top, family_sheet, present_sheet};
pub use heat::paint;
#[cfg(all(target_arch = "wasm32", feature = "bench"))]
pub(crate) use heat::palette;
pub use history::{history, history_plane, history_steps};
pub use landscape::{map_sheet, plane, walk_sheet};
pub use memory::memory;
pub use mosaic::Mosaic;
#[cfg(feature = "course")]
pub use network::network_valves;
#[cfg(target_arch = "wasm32")]
pub(crate) use pen::FINE;
pub use pen::{Drawn, Rect, Size};
#[cfg(feature = "export")]
pub use picture::{PICTURES, Sheet, picture, pictures, signed};
#[cfg(feature = "course")]
pub use plot::{Grip, PLOTS, plot, plot_grips, plot_pull};
pub use progress::{Moment, city_chart};
pub use rates::{RATES_LIMIT, RATES_SHOWN, RATES_SIDE, paint_rates, rates_color, rates_plane, rates_sheet};
#[cfg(feature = "export")]
pub use svg::{
    city_chart_svg, cohort_svg, curves_svg, history_svg, landscape_svg, memory_svg, plot_svg, rates_svg,
};
pub use theme::{Rgb, Theme};
