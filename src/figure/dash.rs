//! Lines cut into dashes, for backends that know none.

/// The dashes of a polyline: `on` long, with gaps of `off`, both above 0.
pub(super) fn dashes(points: &[[f64; 2]], [on, off]: [f64; 2]) -> Vec<Vec<[f64; 2]>> {
    let mut dashes: Vec<Vec<[f64; 2]>> = Vec::new();
    // Whether the pen is down, and how far it still goes before that changes.
    let (mut down, mut left) = (true, on);
    let mut fresh = true;
    for pair in points.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        let at = |part: f64| [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
        let mut done = 0.0;
        while done < length {
            let end = (done + left).min(length);
            if down {
                match dashes.last_mut() {
                    Some(dash) if !fresh => dash.push(at(end / length)),
                    _ => dashes.push(vec![at(done / length), at(end / length)]),
                }
            }
            left -= end - done;
            done = end;
            fresh = false;
            if left <= 1e-9 {
                down = !down;
                left = if down { on } else { off };
                fresh = true;
            }
        }
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::dashes;

    #[test]
    fn a_straight_line_has_dashes_and_gaps_and_ends_where_it_ends() {
        let cut = dashes(&[[0.0, 0.0], [10.0, 0.0]], [3.0, 2.0]);
        assert_eq!(cut, [vec![[0.0, 0.0], [3.0, 0.0]], vec![[5.0, 0.0], [8.0, 0.0]]]);
        let cut = dashes(&[[0.0, 0.0], [0.0, 6.0]], [3.0, 2.0]);
        assert_eq!(cut, [vec![[0.0, 0.0], [0.0, 3.0]], vec![[0.0, 5.0], [0.0, 6.0]]]);
    }

    #[test]
    fn a_dash_goes_round_a_corner() {
        let cut = dashes(&[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0]], [3.0, 9.0]);
        assert_eq!(cut, [vec![[0.0, 0.0], [2.0, 0.0], [2.0, 1.0]]]);
    }

    #[test]
    fn nothing_is_cut_from_nothing() {
        assert!(dashes(&[], [3.0, 2.0]).is_empty());
        assert!(dashes(&[[1.0, 1.0], [1.0, 1.0]], [3.0, 2.0]).is_empty());
    }
}
