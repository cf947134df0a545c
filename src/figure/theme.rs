//! Colours and sizes of every drawing. `www/style/tokens.css` holds the same colours for the page.

use crate::descent::Verdict;
use crate::scenario::Rival;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The colour on the way from this one to another, from 0 to 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    pub(crate) fn towards(self, other: Self, way: f64) -> Self {
        let mix =
            |from: u8, to: u8| (f64::from(from) + way * (f64::from(to) - f64::from(from))).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl std::fmt::Display for Rgb {
    /// As in a style sheet: `#rrggbb`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The colours of a look. One quantity, one colour, everywhere.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Theme {
    /// The name in the page's attributes.
    pub name: &'static str,
    /// Behind everything.
    pub paper: Rgb,
    /// Text and axes.
    pub ink: Rgb,
    /// Text that stands back.
    pub muted: Rgb,
    /// Lines of a grid.
    pub grid: Rgb,
    /// Behind what lies in something else.
    pub desk: Rgb,
    /// w, the pressure in the water main.
    pub w: Rgb,
    /// m, the main valve.
    pub m: Rgb,
    /// h, the shower handle.
    pub h: Rgb,
    /// x, the house flow.
    pub x: Rgb,
    /// y, the shower flow.
    pub y: Rgb,
    /// E, the error.
    pub error: Rgb,
    /// A pipe without water.
    pub pipe: Rgb,
    /// The edges of pipes and of what is made of metal.
    pub pipe_edge: Rgb,
    /// Water.
    pub water: Rgb,
    /// Drops in the water.
    pub drop: Rgb,
    /// Paper tags, which say sensitivities.
    pub tag: Rgb,
    /// The edges of tags.
    pub tag_edge: Rgb,
    /// Rivals, in their order.
    pub rivals: [Rgb; Rival::MOST],
    /// How many showers a valve of the city matters to: its reach.
    pub reach: Rgb,
    /// Lightness in OKLCH of a valve of the city that serves all showers alike, and of one that serves one alone, in
    /// hundredths.
    pub valve_lightness: [u8; 2],
}

impl Theme {
    /// Dark marks on light paper.
    pub const LIGHT: Self = Self {
        name: "light",
        paper: Rgb(0xff, 0xff, 0xff),
        ink: Rgb(0x1c, 0x24, 0x30),
        muted: Rgb(0x5a, 0x66, 0x75),
        grid: Rgb(0xdd, 0xe3, 0xea),
        desk: Rgb(0xee, 0xf2, 0xf6),
        w: Rgb(0x4c, 0x5a, 0x6b),
        x: Rgb(0x08, 0x70, 0x6a),
        m: Rgb(0x1f, 0x5f, 0xbf),
        h: Rgb(0xa8, 0x50, 0x00),
        y: Rgb(0x7a, 0x35, 0xa3),
        error: Rgb(0xbf, 0x24, 0x3a),
        pipe: Rgb(0xc3, 0xcc, 0xd7),
        pipe_edge: Rgb(0x8c, 0x99, 0xa9),
        water: Rgb(0x8e, 0xcb, 0xe8),
        drop: Rgb(0xe8, 0xf6, 0xfd),
        tag: Rgb(0xff, 0xf6, 0xdc),
        tag_edge: Rgb(0xcb, 0xb2, 0x6a),
        rivals: [
            Rgb(0xb0, 0x12, 0x7a),
            Rgb(0x4a, 0x6b, 0x00),
            Rgb(0x00, 0x6d, 0x8a),
            Rgb(0x7b, 0x4b, 0x2a),
            Rgb(0x50, 0x52, 0xcf),
            Rgb(0xa6, 0x3c, 0x00),
            Rgb(0x5a, 0x62, 0x6b),
        ],
        reach: Rgb(0x00, 0x6d, 0x8a),
        valve_lightness: [84, 66],
    };
    /// Light marks on dark paper.
    pub const DARK: Self = Self {
        name: "dark",
        paper: Rgb(0x1a, 0x21, 0x2b),
        ink: Rgb(0xe8, 0xed, 0xf3),
        muted: Rgb(0xa3, 0xb0, 0xbf),
        grid: Rgb(0x36, 0x42, 0x50),
        desk: Rgb(0x10, 0x16, 0x1e),
        w: Rgb(0xb6, 0xc2, 0xd0),
        x: Rgb(0x58, 0xd3, 0xc6),
        m: Rgb(0x86, 0xb6, 0xff),
        h: Rgb(0xff, 0xb2, 0x66),
        y: Rgb(0xd3, 0xa2, 0xff),
        error: Rgb(0xff, 0x8d, 0x97),
        pipe: Rgb(0x46, 0x53, 0x63),
        pipe_edge: Rgb(0x6d, 0x7c, 0x8f),
        water: Rgb(0x2f, 0x7e, 0xa6),
        drop: Rgb(0xc6, 0xeb, 0xfb),
        tag: Rgb(0x39, 0x32, 0x1f),
        tag_edge: Rgb(0x8b, 0x79, 0x45),
        rivals: [
            Rgb(0xff, 0x86, 0xd2),
            Rgb(0xb4, 0xd4, 0x4c),
            Rgb(0x62, 0xcf, 0xee),
            Rgb(0xe0, 0xab, 0x7d),
            Rgb(0xab, 0xae, 0xff),
            Rgb(0xff, 0x9c, 0x6a),
            Rgb(0xb8, 0xc2, 0xcf),
        ],
        reach: Rgb(0x62, 0xcf, 0xee),
        valve_lightness: [38, 74],
    };

    /// For a projector in a bright room: black on white, and colours as strong as they can be told apart.
    pub const PROJECTOR: Self = Self {
        name: "projector",
        paper: Rgb(0xff, 0xff, 0xff),
        ink: Rgb(0x00, 0x00, 0x00),
        muted: Rgb(0x2b, 0x2f, 0x36),
        grid: Rgb(0xb4, 0xba, 0xc2),
        desk: Rgb(0xff, 0xff, 0xff),
        w: Rgb(0x2f, 0x3a, 0x48),
        x: Rgb(0x00, 0x50, 0x4c),
        m: Rgb(0x00, 0x3c, 0x9e),
        h: Rgb(0x85, 0x38, 0x00),
        y: Rgb(0x5a, 0x15, 0x85),
        error: Rgb(0xa8, 0x00, 0x1f),
        pipe: Rgb(0xc3, 0xcc, 0xd7),
        pipe_edge: Rgb(0x3b, 0x42, 0x4c),
        water: Rgb(0x6b, 0xb8, 0xe0),
        drop: Rgb(0xff, 0xff, 0xff),
        tag: Rgb(0xff, 0xf3, 0xc9),
        tag_edge: Rgb(0x6b, 0x5a, 0x17),
        rivals: [
            Rgb(0x96, 0x00, 0x63),
            Rgb(0x38, 0x55, 0x00),
            Rgb(0x00, 0x56, 0x73),
            Rgb(0x61, 0x36, 0x18),
            Rgb(0x38, 0x35, 0xb5),
            Rgb(0x8b, 0x2c, 0x00),
            Rgb(0x41, 0x49, 0x51),
        ],
        reach: Rgb(0x00, 0x56, 0x73),
        valve_lightness: [88, 58],
    };

    /// All looks.
    pub const ALL: [Self; 3] = [Self::LIGHT, Self::DARK, Self::PROJECTOR];

    /// The look of that name; light where there is none.
    #[must_use]
    pub fn named(name: &str) -> &'static Self {
        Self::ALL.iter().find(|theme| theme.name == name).unwrap_or(&Self::LIGHT)
    }
}

/// Marks on the landscape, whose colours are the same in every look.
pub(crate) const WHITE: Rgb = Rgb(0xff, 0xff, 0xff);
/// The shade round marks on the landscape.
pub(crate) const SHADE: Rgb = Rgb(0x0b, 0x12, 0x1c);
/// A start on its way over the landscape.
pub(crate) const WALKING: Rgb = WHITE;
/// A start that has arrived, which is where the landscape is dark.
pub(crate) const ARRIVED: Rgb = Rgb(0xff, 0xa6, 0x2b);
/// A start from which the ideal was not reached: off the palette, which has no such grey.
pub(crate) const NOT_ARRIVED: Rgb = Rgb(0xb9, 0xc0, 0xca);

/// The velocity of an optimizer on the landscape: what it remembers of its pushes.
pub(crate) const VELOCITY: Rgb = Rgb(0xff, 0xb0, 0xe6);
/// What runs come to that do not arrive, by the place of the verdict among its names: arrived (which has
/// the palette's colours), on the way, overshot, bouncing, blowing up, crawling, on a plateau, at a
/// stop, out of reach. Each is as far from the palette's blue and yellow as from its neighbours.
pub(crate) const VERDICTS: [Rgb; Verdict::KINDS] = [
    Rgb(0xff, 0xea, 0x46),
    Rgb(0xb9, 0xc4, 0xd0),
    Rgb(0xf2, 0xa3, 0x7c),
    Rgb(0xdf, 0x6a, 0x3f),
    Rgb(0x9d, 0x1c, 0x2c),
    Rgb(0xd9, 0xdf, 0xe6),
    Rgb(0x8d, 0x73, 0xa8),
    Rgb(0x6d, 0x3f, 0x66),
    Rgb(0x26, 0x1c, 0x2e),
];

/// Chroma in OKLCH of a valve of the city that serves one shower alone, where a screen can show as much.
pub(crate) const VALVE_CHROMA: f64 = 0.17;
/// How far a valve of the city that is not looked at goes towards the paper.
pub(crate) const VALVE_DIM: f64 = 0.85;

/// Height of tick labels, in CSS pixels.
pub(crate) const LABEL: f64 = 12.0;
/// Height of the names of axes, in CSS pixels.
pub(crate) const NAME: f64 = 15.0;
/// Width of a thin line, in CSS pixels.
pub(crate) const THIN: f64 = 1.0;
/// Width of a line that carries the message, in CSS pixels.
pub(crate) const BOLD: f64 = 2.0;
/// Radius of the dot, in CSS pixels.
pub(crate) const DOT: f64 = 7.0;
