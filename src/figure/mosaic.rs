//! Where the valves of a city lie in its picture: one cell a valve, one block of cells a layer.

use std::ops::Range;

/// Blocks of cells, chained so that neighbours share the axis of the junctions between them: water comes into a
/// block along one side, and turns a corner on its way to the next. The chain goes down, right, up, right and down
/// again, so that it is two blocks high; with four layers it is a square of blocks.
///
/// ```text
/// 0   3 → 4
/// ↓   ↑   ↓
/// 1 → 2   5 → 6
/// ```
///
/// ```
/// use backflow::figure::Mosaic;
///
/// // Two pumps, three junctions and two showers: the columns of both blocks are the junctions.
/// let mosaic = Mosaic::new(&[2, 3, 2]);
/// assert_eq!(mosaic.extent(), [3, 5]); // with a gap of one cell
/// assert_eq!(mosaic.cell(5), Some([2, 1])); // from the second pump to the third junction
/// assert_eq!(mosaic.cell(11), Some([2, 4])); // from the third junction to the second shower
/// assert_eq!(mosaic.valve([2, 4]), Some(11));
/// assert_eq!(mosaic.shower([0, 4]), Some(1));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mosaic {
    pub(super) blocks: Vec<Block>,
    extent: [usize; 2],
    showers: usize,
}

/// The valves of a layer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Its columns among those of the whole mosaic.
    pub(super) columns: Range<usize>,
    /// Its rows.
    pub(super) rows: Range<usize>,
    /// The valve in its upper left corner.
    pub(super) first: usize,
    /// Whether water comes in from above, so that the valves of a junction lie one below the other.
    pub(super) turned: bool,
}

impl Block {
    /// How far the numbers of valves are apart that lie side by side, and one below the other.
    pub(super) fn strides(&self) -> [usize; 2] {
        if self.turned { [self.rows.len(), 1] } else { [1, self.columns.len()] }
    }

    fn valve(&self, [column, row]: [usize; 2]) -> Option<usize> {
        let [across, down] = self.strides();
        (self.columns.contains(&column) && self.rows.contains(&row))
            .then(|| self.first + (column - self.columns.start) * across + (row - self.rows.start) * down)
    }
}

impl Mosaic {
    /// The mosaic of a city with these sizes: pumps, junctions of each level, showers.
    #[must_use]
    pub fn new(sizes: &[usize]) -> Self {
        let gap = sizes.iter().max().map_or(1, |most| most.div_ceil(40));
        // Those in the upper row end where those in the lower one begin, a gap apart.
        let pairs = || sizes.windows(2).map(|pair| [pair[0], pair[1]]).enumerate();
        let height = |layer: usize, [from, to]: [usize; 2]| if layer.is_multiple_of(2) { from } else { to };
        let is_upper = |layer: &usize| matches!(layer % 4, 0 | 3);
        let upper = pairs().filter(|(layer, _)| is_upper(layer)).map(|(layer, pair)| height(layer, pair));
        let upper = upper.max().unwrap_or(0);
        let (mut blocks, mut left, mut first, mut bottom) = (Vec::new(), 0, 0, 0);
        for (layer, [from, to]) in pairs() {
            let rows = height(layer, [from, to]);
            let top = if is_upper(&layer) { upper - rows } else { upper + gap };
            let turned = layer % 2 == 1;
            let columns = if turned { from } else { to };
            blocks.push(Block { columns: left..left + columns, rows: top..top + rows, first, turned });
            if turned {
                left += columns + gap;
            }
            first += from * to;
            bottom = bottom.max(top + rows);
        }
        let right = blocks.last().map_or(0, |block| block.columns.end);
        Self { blocks, extent: [right, bottom], showers: sizes.last().copied().unwrap_or(0) }
    }

    /// How many columns and rows of cells there are, with the gaps between blocks.
    #[must_use]
    pub fn extent(&self) -> [usize; 2] {
        self.extent
    }

    /// How many showers there are.
    #[must_use]
    pub fn showers(&self) -> usize {
        self.showers
    }

    /// The column and the row of a valve.
    #[must_use]
    pub fn cell(&self, valve: usize) -> Option<[usize; 2]> {
        let block = self.blocks.iter().rfind(|block| block.first <= valve)?;
        let Block { columns, rows, .. } = block;
        let line = if block.turned { rows.len() } else { columns.len() };
        let (junction, pipe) = ((valve - block.first).checked_div(line)?, (valve - block.first) % line);
        let [column, row] = if block.turned { [junction, pipe] } else { [pipe, junction] };
        (column < columns.len() && row < rows.len()).then_some([columns.start + column, rows.start + row])
    }

    /// The valve in a column and a row; none in a gap.
    #[must_use]
    pub fn valve(&self, cell: [usize; 2]) -> Option<usize> {
        self.blocks.iter().find_map(|block| block.valve(cell))
    }

    /// The shower to which the pipe leads whose valve lies in a column and a row, if it leads to one.
    #[must_use]
    pub fn shower(&self, cell: [usize; 2]) -> Option<usize> {
        let block = self.blocks.last()?;
        block.valve(cell).map(|valve| (valve - block.first) % self.showers)
    }
}

#[cfg(test)]
mod tests {
    use super::Mosaic;
    use std::collections::HashSet;

    const SHAPES: [&[usize]; 12] = [
        &[1, 1],
        &[3, 1],
        &[1, 4, 1],
        &[5, 1, 3],
        &[2, 3, 4, 5],
        &[4, 7, 6, 5, 3],
        &[3, 2, 5, 4, 9],
        &[1, 1, 1, 1, 1, 1, 1, 1],
        &[2, 9, 3, 1, 4, 8],
        &[9, 2, 3, 50, 1, 4, 6],
        &[2, 3, 90, 5, 1, 1, 8, 41],
        &[16, 32, 16],
    ];

    #[test]
    fn each_valve_has_a_cell_of_its_own_and_is_found_there() {
        for sizes in SHAPES {
            let mosaic = Mosaic::new(sizes);
            let valves: usize = sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
            let [columns, rows] = mosaic.extent();
            let mut taken = HashSet::new();
            for valve in 0..valves {
                let cell = mosaic.cell(valve).expect("a cell");
                assert!(cell[0] < columns && cell[1] < rows, "{sizes:?}: {valve} lies at {cell:?}");
                assert!(taken.insert(cell), "{sizes:?}: two valves lie at {cell:?}");
                assert_eq!(mosaic.valve(cell), Some(valve), "{sizes:?}");
            }
            let cells = (0..columns + 2).flat_map(|column| (0..rows + 2).map(move |row| [column, row]));
            assert_eq!(cells.filter(|cell| mosaic.valve(*cell).is_some()).count(), valves, "{sizes:?}");
            assert_eq!(mosaic.cell(valves), None);
            assert_eq!(mosaic.cell(usize::MAX), None);
            // Something lies in the first and the last column and row.
            for (axis, end) in [(0, 0), (1, 0), (0, columns - 1), (1, rows - 1)] {
                assert!(taken.iter().any(|cell| cell[axis] == end), "{sizes:?}: nothing at {end}");
            }
        }
    }

    #[test]
    fn neighbours_share_the_axis_of_their_junctions() {
        for sizes in SHAPES {
            let mosaic = Mosaic::new(sizes);
            let first = |layer: usize| -> usize { sizes[..=layer].windows(2).map(|p| p[0] * p[1]).sum() };
            for layer in 1..sizes.len() - 1 {
                let axis = if layer % 2 == 1 { 0 } else { 1 };
                for junction in 0..sizes[layer] {
                    let into = mosaic.cell(first(layer - 1) + junction).expect("a pipe that ends there");
                    let out = mosaic.cell(first(layer) + junction * sizes[layer + 1]).expect("one from it");
                    assert_eq!(into[axis], out[axis], "{sizes:?}: junction {junction} of level {layer}");
                }
            }
        }
    }

    #[test]
    fn the_shower_of_a_cell_is_the_one_that_its_pipe_leads_to() {
        for sizes in SHAPES {
            let mosaic = Mosaic::new(sizes);
            let ([.., from, to], valves) = (sizes, mosaic.blocks.last().expect("a layer").first) else {
                panic!("two sizes")
            };
            for valve in 0..valves + from * to {
                let shower = (valve >= valves).then(|| (valve - valves) % to);
                assert_eq!(mosaic.shower(mosaic.cell(valve).expect("a cell")), shower, "{sizes:?}: {valve}");
            }
        }
        assert_eq!(Mosaic::new(&[2, 3, 2]).shower([0, 2]), None, "a gap");
    }

    #[test]
    fn the_city_is_a_square_of_blocks() {
        let mosaic = Mosaic::new(&[256, 1024, 1024, 512, 256]);
        assert_eq!(mosaic.extent(), [1024 + 26 + 512, 256 + 26 + 1024]);
        assert_eq!(mosaic.cell(0), Some([0, 0]));
        let first = 256 * 1024 + 1024 * 1024 + 1024 * 512;
        assert_eq!(mosaic.cell(first), Some([1050, 0]), "the last layer stands in the upper right");
        assert_eq!(mosaic.shower([1050 + 511, 255]), Some(255));
    }

    #[test]
    fn sizes_that_make_no_city_make_an_empty_picture() {
        for sizes in [&[][..], &[7], &[0, 0], &[0, 3], &[3, 0, 3], &[2, 2, 0]] {
            let mosaic = Mosaic::new(sizes);
            let valve = mosaic.cell(0);
            assert_eq!(valve.is_some(), sizes == [2, 2, 0]);
            let [columns, rows] = mosaic.extent();
            assert_eq!(mosaic.shower([columns, rows]), None);
        }
    }
}
