//! A class on one landscape: everybody's path, with a colour for the verdict and a number or a name at the end.

use super::landscape::{Plane, plane};
use super::pen::{Anchor, Drawn, Pen, Rect, Size};
use super::theme::{BOLD, LABEL, Rgb, SHADE, WHITE};
use crate::descent::Verdict;
use crate::scenario::{Cohort, Landscape, Student};
use plotters_backend::DrawingBackend;

/// What a run comes to, by the place of the verdict among its names: light enough to stand on the landscape with a
/// shade, the same in every look.
pub(super) const WAYS: [Rgb; Verdict::KINDS] = [
    Rgb(0xff, 0xff, 0xff),
    Rgb(0x7f, 0xd4, 0xff),
    Rgb(0xff, 0xd9, 0x8a),
    Rgb(0xff, 0x9a, 0x3d),
    Rgb(0xff, 0x5c, 0x66),
    Rgb(0x9b, 0xe5, 0x9b),
    Rgb(0xd0, 0xb3, 0xff),
    Rgb(0xff, 0x9d, 0xdc),
    Rgb(0xa8, 0xb2, 0xbf),
];
/// Up to so many people each path has its number at its end; where there are more, a dot.
const NUMBERED: usize = 60;
/// Up to so many, the names too.
const NAMED: usize = 24;
/// Up to so many steps of a path that is looked at each one has a mark.
const MARKED: usize = 100;
/// Points of a path nearer to one another than this, in CSS pixels, are one.
const NEAR: f64 = 0.5;
/// How near one has to point at a path, in CSS pixels.
const REACH: f64 = 14.0;
/// The radius of the end of a path, the height of a name with its ground, and what stands before it.
const END: f64 = 7.5;
const TALL: f64 = 17.0;
const ROOM: f64 = 4.0;

/// The colour of a verdict, by its place among the names.
#[must_use]
pub fn way_color(verdict: usize) -> Rgb {
    WAYS[verdict.min(WAYS.len() - 1)]
}

/// Draws everybody who is on a landscape above its map; whoever is `lit` stands before the others.
///
/// # Errors
/// Whatever the backend reports.
pub fn cohort_sheet<B: DrawingBackend>(
    backend: &mut B,
    size: Size,
    cohort: &Cohort,
    landscape: &Landscape,
    lit: Option<usize>,
) -> Drawn<B> {
    let sheet = plane(size);
    let plane = Plane { rect: sheet };
    let mut pen = Pen::new(backend);
    let all: Vec<(usize, &Student)> = there(cohort, landscape);
    let lit = all.iter().find(|(index, _)| Some(*index) == lit).copied();
    let strength = if lit.is_some() { 0.3 } else { 1.0 };
    for (_, student) in &all {
        path(&mut pen, plane, student, strength)?;
    }
    let numbered = all.len() <= NUMBERED;
    for (index, student) in &all {
        end(&mut pen, plane, *index, student, (numbered, strength))?;
    }
    let mut taken: Vec<Rect> = all.iter().map(|(_, student)| round(plane.at(student.now.position))).collect();
    if let Some((index, student)) = lit {
        path(&mut pen, plane, student, 1.0)?;
        if student.path.len() <= MARKED {
            for position in &student.path {
                pen.disc(plane.at(*position), 3.0, SHADE, 1.0)?;
                pen.disc(plane.at(*position), 2.0, color(student), 1.0)?;
            }
        }
        end(&mut pen, plane, index, student, (true, 1.0))?;
        taken = vec![round(plane.at(student.now.position))];
        name(&mut pen, plane, student, &mut taken, true)?;
    } else if all.len() <= NAMED {
        for (_, student) in &all {
            name(&mut pen, plane, student, &mut taken, false)?;
        }
    }
    Ok(())
}

/// Whose path lies nearest to a place of a drawing, by place among everybody; nothing where none is near.
#[must_use]
pub fn cohort_at(cohort: &Cohort, landscape: &Landscape, size: Size, [x, y]: [f64; 2]) -> Option<usize> {
    let plane = Plane { rect: plane(size) };
    let away = |[a, b]: [f64; 2]| (a - x).hypot(b - y);
    let distance = |student: &Student| {
        // Where a path ends counts more than where it passes.
        let end = 0.5 * away(plane.at(student.now.position));
        student.path.iter().map(|position| away(plane.at(*position))).fold(end, f64::min)
    };
    let all = there(cohort, landscape).into_iter().map(|(index, student)| (distance(student), index));
    let near = all.filter(|(distance, _)| *distance < REACH);
    near.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, index)| index)
}

/// Who is on a landscape, each with the place among everybody.
fn there<'a>(cohort: &'a Cohort, landscape: &Landscape) -> Vec<(usize, &'a Student)> {
    let students = landscape.students.iter();
    students.filter_map(|index| Some((*index, cohort.students().get(*index)?))).collect()
}

fn color(student: &Student) -> Rgb {
    way_color(student.verdict.kind())
}

fn path<B: DrawingBackend>(pen: &mut Pen<'_, B>, plane: Plane, student: &Student, strength: f64) -> Drawn<B> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    let last = student.path.len() - 1;
    for (index, position) in student.path.iter().enumerate() {
        let [x, y] = plane.at(*position);
        let near = points.last().is_some_and(|[a, b]| (x - a).hypot(y - b) < NEAR);
        if !near || index == last {
            points.push([x, y]);
        }
    }
    pen.line(&points, SHADE, 0.6 * strength, 1.75 * BOLD)?;
    pen.line(&points, color(student), strength, 0.75 * BOLD)?;
    if let Some(start) = points.first() {
        pen.disc(*start, 3.5, SHADE, strength)?;
        pen.disc(*start, 2.5, color(student), strength)?;
    }
    Ok(())
}

/// The end of a path: a disc with the number that the table has, or a dot.
fn end<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    index: usize,
    student: &Student,
    (numbered, strength): (bool, f64),
) -> Drawn<B> {
    let at = plane.at(student.now.position);
    let radius = if numbered { END } else { 0.6 * END };
    pen.disc(at, radius + 1.0, SHADE, strength)?;
    pen.disc(at, radius, color(student), strength)?;
    if !numbered {
        return Ok(());
    }
    let letters = if index < 99 { LABEL - 2.0 } else { LABEL - 4.0 };
    pen.text(&(index + 1).to_string(), at, Anchor::Middle, SHADE, letters)
}

/// A name beside the end of its path, where there is room for it; one that is looked at has room in any case.
fn name<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    plane: Plane,
    student: &Student,
    taken: &mut Vec<Rect>,
    always: bool,
) -> Drawn<B> {
    if student.name.is_empty() {
        return Ok(());
    }
    let width = 2.0 * ROOM + LABEL * student.name.chars().map(wide).sum::<f64>();
    let [x, y] = plane.at(student.now.position);
    let (side, level) = (END + 3.0, -0.5 * TALL);
    let places = [
        [side, level],
        [-side - width, level],
        [side, level - 12.0],
        [side, level + 12.0],
        [-side - width, level - 12.0],
        [-side - width, level + 12.0],
        [-0.5 * width, -side - TALL],
        [-0.5 * width, side],
    ];
    let rects = places.map(|[dx, dy]| Rect { left: x + dx, top: y + dy, width, height: TALL });
    let Rect { left, top, width: across, height: down } = plane.rect;
    let inside = |rect: &Rect| {
        rect.left >= left
            && rect.left + width <= left + across
            && rect.top >= top
            && rect.top + TALL <= top + down
    };
    let free = rects.iter().find(|rect| inside(rect) && !taken.iter().any(|other| meets(rect, other)));
    let rect = free.or_else(|| rects.iter().find(|rect| always && inside(rect)));
    let Some(&rect) = rect.or(if always { rects.first() } else { None }) else { return Ok(()) };
    let (right, bottom) = (rect.left + width, rect.top + TALL);
    let corners = [[rect.left, rect.top], [right, rect.top], [right, bottom], [rect.left, bottom]];
    pen.area(&corners, SHADE, 0.72)?;
    pen.text(&student.name, [rect.left + 0.5 * width, rect.top + 0.5 * TALL], Anchor::Middle, WHITE, LABEL)?;
    taken.push(rect);
    Ok(())
}

/// About how wide a letter is, in its height: no backend says it.
fn wide(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ' ' | '\'' => 0.33,
        'm' | 'w' | 'M' | 'W' => 0.9,
        '\u{2e80}'..='\u{ffef}' | '\u{1f000}'..='\u{1ffff}' => 1.05,
        _ => 0.6,
    }
}

/// The room of the end of a path.
fn round([x, y]: [f64; 2]) -> Rect {
    Rect { left: x - END, top: y - END, width: 2.0 * END, height: 2.0 * END }
}

fn meets(one: &Rect, other: &Rect) -> bool {
    one.left < other.left + other.width
        && other.left < one.left + one.width
        && one.top < other.top + other.height
        && other.top < one.top + one.height
}
