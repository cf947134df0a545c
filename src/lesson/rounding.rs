//! What rounding leaves where two numbers ought to be the same: no figure tells it as though it were water.

/// A difference below this part of what it is computed from is rounding.
const NOISE: f64 = 1e-14;

/// A number, or 0 where it is no more than what rounding may leave of numbers as large as `of`.
pub(super) fn clean(number: f64, of: f64) -> f64 {
    if number.abs() <= NOISE * of.abs() { 0.0 } else { number }
}

/// By how much a number is larger than another; 0 where rounding alone would be left.
pub(super) fn difference(number: f64, other: f64) -> f64 {
    clean(number - other, number.abs().max(other.abs()))
}

#[cfg(test)]
mod tests {
    use super::{clean, difference};
    use crate::lesson::{FIGURES, challenges, numbers};
    use crate::plumbing::Preset;
    use crate::scenario::Session;

    #[test]
    fn rounding_is_nothing_and_all_else_stays() {
        assert_eq!(difference(0.1 + 0.2, 0.3), 0.0);
        assert_eq!(difference(3.0, 3.000_000_1), 3.0 - 3.000_000_1);
        assert_eq!([clean(1e-15, 6.0), clean(-1e-13, 6.0), clean(0.0, 0.0)], [0.0, -1e-13, 0.0]);
    }

    #[test]
    fn no_figure_tells_of_rounding() {
        let places = ["", "m=4&h=4", "m=3&h=7", "m=9.3&h=2.7", "m=10&h=10"];
        let settings = [
            "",
            "error=squared",
            "error=huber",
            "jump=0.7&angle=90&to=8&drift=1",
            "jump=3&angle=180&to=4&drift=-1",
            "jump=0&angle=270",
            "jump=9&angle=45&to=10&drift=3",
            "pressure=0",
            "target=3&jump=2&angle=0",
        ];
        for preset in Preset::ALL {
            for (place, setting) in places.iter().flat_map(|place| settings.map(|setting| (place, setting))) {
                let scenario = format!("preset={}&{place}&{setting}", preset.name());
                let session = Session::open(&scenario).0;
                for (figure, (name, number)) in FIGURES
                    .iter()
                    .flat_map(|figure| numbers(figure, &session).into_iter().map(move |told| (figure, told)))
                {
                    let is_told = number == 0.0 || number.abs() >= 1e-12;
                    assert!(is_told, "{figure} tells {name} = {number:e} in {scenario}");
                }
            }
        }
        for challenge in FIGURES.iter().flat_map(|figure| challenges(figure)) {
            for (name, number) in challenge.numbers {
                assert!(number == 0.0 || number.abs() >= 1e-12, "{}: {name} = {number:e}", challenge.id);
            }
        }
    }
}
