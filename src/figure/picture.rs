//! Every picture by its name; and how a file says where it comes from.

use super::pen::Size;
use super::pipes::BOARDS;
use super::plot::PLOTS;
use super::rates::{RATES_LIMIT, RATES_SIDE};
use super::svg::{
    audit_svg, city_svg, curves_svg, history_svg, landscape_svg, memory_svg, plot_svg, plumbing_svg,
    rates_svg, starts_svg,
};
use super::theme::Theme;
use crate::landscape::Rates;
use crate::scenario::{Key, RatesPlane, Session};

/// The pictures that a session alone makes, each with its usual size in CSS pixels; [`pictures`] has those of
/// the course too.
pub const PICTURES: [(&str, [f64; 2]); 7] = [
    ("landscape", [520.0, 520.0]),
    ("curves", [520.0, 400.0]),
    ("history", [640.0, 320.0]),
    ("memory", [480.0, 260.0]),
    ("rates", [520.0, 520.0]),
    ("audit", [520.0, 520.0]),
    ("city", [560.0, 660.0]),
];
/// All pictures that a session alone makes, each with its usual size in CSS pixels.
pub fn pictures() -> impl Iterator<Item = (&'static str, [f64; 2])> {
    PICTURES.into_iter().chain(BOARDS).chain(PLOTS)
}

/// Under which pictures may be used.
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// How a picture is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The size of the drawing; a legend stands below it.
    pub size: Size,
    /// Its look.
    pub theme: Theme,
    /// The second parameter of a rates map.
    pub second: Key,
    /// What a legend says first.
    pub heading: &'a str,
    /// What it calls the verdicts, in the order of their names; their names where nothing is given.
    pub names: &'a [String],
    /// Pixels that lie over the landscape of `starts`: an address `data:image/png;base64,…`.
    pub over: &'a str,
}

impl Sheet<'_> {
    /// A sheet of a size and a look; everything else is as it is without words.
    #[must_use]
    pub fn new(size: Size, theme: Theme) -> Self {
        Self { size, theme, second: Key::Momentum, heading: "", names: &[], over: "" }
    }
}

/// The picture of that name as an SVG document: one of [`pictures`], or `starts`, whose pixels are given;
/// `None` where there is no such picture.
///
/// ```
/// use backflow::figure::{Sheet, Size, Theme, picture};
/// use backflow::scenario::Session;
///
/// let (session, _) = Session::open("preset=house&steps=5");
/// let sheet = Sheet::new(Size::new(320.0, 320.0), Theme::LIGHT);
/// assert!(picture("landscape", &session, &sheet).unwrap().starts_with("<svg "));
/// let (city, _) = Session::open("city=8,16,8&error=squared&steps=40");
/// assert!(picture("city", &city, &sheet).unwrap().contains("data:image/png"));
/// assert!(picture("portrait", &session, &sheet).is_none());
/// ```
#[must_use]
pub fn picture(name: &str, session: &Session, sheet: &Sheet<'_>) -> Option<String> {
    let Sheet { size, theme, heading, .. } = *sheet;
    Some(match name {
        "landscape" => landscape_svg(session, size, theme),
        "curves" => curves_svg(session, size, theme),
        "history" => history_svg(session, size, theme),
        "memory" => memory_svg(session, size, theme),
        "rates" => {
            let plane = RatesPlane::new(&session.settings(), sheet.second);
            let mut rates = Rates::new(RATES_SIDE, RATES_SIDE, RATES_LIMIT);
            rates.survey(0..RATES_SIDE, |at| plane.experiment(at));
            rates_svg(&rates, &plane, size, theme, (heading, sheet.names))
        }
        "audit" => audit_svg(session, size, theme, heading),
        "city" => city_svg(session, size, theme),
        "starts" if is_png(sheet.over) => starts_svg(session, size, theme, sheet.over),
        scene if BOARDS.iter().any(|(name, _)| *name == scene) => plumbing_svg(scene, session, size, theme),
        plot if PLOTS.iter().any(|(name, _)| *name == plot) => plot_svg(plot, session, size, theme, false),
        _ => return None,
    })
}

/// Whether a text is the address of a picture, and nothing else.
fn is_png(address: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    address.strip_prefix("data:image/png;base64,").is_some_and(|data| data.bytes().all(is_digit))
}

/// A document with its title, its source (an address, or a scenario string) and its licence, behind its opening
/// line.
///
/// ```
/// let svg = backflow::figure::signed("<svg>\n</svg>\n", "E < 1", "preset=house&m=4");
/// assert!(svg.starts_with("<svg>\n<title>E &lt; 1</title>\n<metadata>"));
/// assert!(svg.contains("<dc:source>preset=house&amp;m=4</dc:source>"));
/// ```
#[must_use]
pub fn signed(svg: &str, title: &str, source: &str) -> String {
    let (opening, inside) = svg.split_once('\n').unwrap_or((svg, ""));
    let (title, source) = (escaped(title), escaped(source));
    format!(
        "{opening}\n<title>{title}</title>\n<metadata>\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:cc=\"http://creativecommons.org/ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <cc:Work rdf:about=\"\"><dc:title>{title}</dc:title><dc:source>{source}</dc:source>\
         <cc:license rdf:resource=\"{LICENCE}\"/></cc:Work>\n</rdf:RDF>\n</metadata>\n{inside}"
    )
}

/// A text inside XML. What no XML may hold becomes a question mark.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(sign),
            '\u{fffe}' | '\u{ffff}' => escaped.push('?'),
            _ if sign.is_control() => escaped.push('?'),
            _ => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{Sheet, escaped, is_png, picture, pictures, signed};
    use crate::figure::{Size, Theme};
    use crate::scenario::Session;

    #[test]
    fn what_xml_may_not_hold_is_escaped() {
        assert_eq!(escaped("a&b<c>\"d\" é\n"), "a&amp;b&lt;c&gt;&quot;d&quot; é\n");
        assert_eq!(escaped("\0\u{b}\u{ffff}\r"), "????");
    }

    #[test]
    fn a_document_says_where_it_comes_from_behind_its_opening_line() {
        let svg = signed("<svg>\n<g/>\n</svg>\n", "E < 1", "lab.html?parts=all#m=4&h=2");
        assert!(svg.starts_with("<svg>\n<title>E &lt; 1</title>\n<metadata>\n"), "{svg}");
        assert!(svg.contains("<dc:source>lab.html?parts=all#m=4&amp;h=2</dc:source>"), "{svg}");
        assert!(svg.contains("creativecommons.org/licenses/by/4.0/"), "{svg}");
        assert!(svg.ends_with("</metadata>\n<g/>\n</svg>\n"), "{svg}");
    }

    #[test]
    fn every_picture_that_is_listed_is_drawn_and_no_other() {
        let session = Session::open("optimizer=momentum&rate=0.02&steps=3").0;
        for (name, [width, height]) in pictures() {
            let sheet = Sheet::new(Size::new(width, height), Theme::DARK);
            let svg = picture(name, &session, &sheet).unwrap_or_else(|| panic!("{name} is a picture"));
            assert!(
                svg.starts_with(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" "))
            );
            assert!(svg.contains("#1a212b"), "{name}");
        }
        let sheet = Sheet::new(Size::new(200.0, 200.0), Theme::LIGHT);
        assert_eq!(picture("portrait", &session, &sheet), None);
        assert_eq!(picture("starts", &session, &sheet), None, "its pixels are missing");
        let over = "data:image/png;base64,iVBORw0KGgo=";
        let starts = picture("starts", &session, &Sheet { over, ..sheet }).expect("a picture");
        assert_eq!(starts.matches("<image ").count(), 2, "the landscape, and the crowd over it");
    }

    #[test]
    fn only_a_picture_is_laid_over_a_map() {
        assert!(is_png("data:image/png;base64,iVBORw0KGgo="));
        for address in
            ["", "https://example.org/a.png", "data:image/png;base64,\"/><script>", "data:text/html,x"]
        {
            assert!(!is_png(address), "{address}");
        }
    }
}
