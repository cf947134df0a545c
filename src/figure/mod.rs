//! Drawings, generic over plotters' `DrawingBackend`: the same code draws on a canvas and into SVG.
//!
//! A drawing is given its size in CSS pixels and reports the rectangle in which it plots. plotters
//! knows whole pixels only, so every drawing is made on a finer grid and scaled down.

mod audit;
mod clip;
mod crowd;
mod curves;
mod heat;
mod history;
mod landscape;
mod legend;
mod memory;
mod pen;
mod picture;
mod png;
mod rates;
mod svg;
mod theme;

pub use audit::audit;
pub use crowd::{TRAIL, basins, fade, splat};
pub use curves::{curves_level, curves_plane, curves_top, family_sheet, present_sheet};
pub use heat::paint;
#[cfg(all(target_arch = "wasm32", feature = "bench"))]
pub(crate) use heat::palette;
pub use history::{history, history_plane, history_steps};
pub use landscape::{map_sheet, plane, walk_sheet};
pub use memory::memory;
#[cfg(target_arch = "wasm32")]
pub(crate) use pen::FINE;
pub use pen::{Drawn, Rect, Size};
pub use picture::{PICTURES, RATES_LIMIT, RATES_SIDE, Sheet, picture, signed};
pub use rates::{RATES_SHOWN, paint_rates, rates_color, rates_plane, rates_sheet};
pub use svg::{curves_svg, history_svg, landscape_svg, memory_svg, rates_svg};
pub use theme::{Rgb, Theme};
