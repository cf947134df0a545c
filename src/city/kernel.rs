//! The loops in which a network spends its time: products of rows, in steps that vectors have too.
//!
//! A row is what lies side by side for one junction: a number for each junction of the next level. Rows come in
//! bundles, so that what is read once serves several of them.

use super::number::Number;

/// How many rows are worked on together.
pub(super) const BUNDLE: usize = 4;
/// Numbers that are added up side by side: sums of floating-point numbers cannot be put in another order, so
/// what is to be a vector has to be written as one.
const LANES: usize = 16;

/// The sum of a row.
pub(super) fn sum<T: Number>(row: &[T]) -> T {
    let mut sums = [T::default(); LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (sum, number) in sums.iter_mut().zip(chunk) {
            *sum += *number;
        }
    }
    rest.iter().fold(fold(sums), |sum, number| sum + *number)
}

/// The largest number of a row, where it is above 0.
#[inline(never)]
pub(super) fn largest<T: Number>(row: &[T]) -> T {
    let mut most = [T::default(); LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (most, number) in most.iter_mut().zip(chunk) {
            *most = number.at_least(*most);
        }
    }
    rest.iter().chain(&most).fold(T::default(), |most, number| number.at_least(most))
}

/// Σ row·other. By itself, since several of them in one loop are woven together by the compiler, at a loss.
#[inline(never)]
pub(super) fn dot<T: Number>(row: &[T], other: &[T]) -> T {
    let mut sums = [T::default(); LANES];
    let ((chunks, rest), (others, other_rest)) = (row.as_chunks::<LANES>(), other.as_chunks::<LANES>());
    for (chunk, other) in chunks.iter().zip(others) {
        for ((sum, number), other) in sums.iter_mut().zip(chunk).zip(other) {
            *sum += *number * *other;
        }
    }
    rest.iter().zip(other_rest).fold(fold(sums), |sum, (number, other)| sum + *number * *other)
}

/// sum += Σ weight·row over a bundle.
pub(super) fn add<T: Number>(weights: [T; BUNDLE], rows: [&[T]; BUNDLE], sum: &mut [T]) {
    let [a, b, c, d] = rows.map(|row| &row[..sum.len()]);
    let [p, q, r, s] = weights;
    for (index, sum) in sum.iter_mut().enumerate() {
        *sum += (p * a[index] + q * b[index]) + (r * c[index] + s * d[index]);
    }
}

fn fold<T: Number>(sums: [T; LANES]) -> T {
    let mut sums = sums;
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            let other = sums[lane + width];
            sums[lane] += other;
        }
    }
    sums[0]
}
