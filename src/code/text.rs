//! The lines of a program as it is written: their indentation, their blocks, and which steps they are for.

use super::plan::Course;

/// A program while it is written.
#[derive(Debug)]
pub(super) struct Text {
    written: String,
    depth: usize,
    /// Whether blocks stand in braces, or are told by their indentation alone.
    braces: bool,
}

impl Text {
    /// A program whose blocks stand in braces.
    pub(super) fn with_braces() -> Self {
        Self { written: String::new(), depth: 0, braces: true }
    }

    /// A program whose blocks are told by their indentation.
    pub(super) fn with_indentation() -> Self {
        Self { written: String::new(), depth: 0, braces: false }
    }

    /// A line.
    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        for _ in 0..self.depth {
            self.written += "    ";
        }
        self.written += line.as_ref();
        self.written.push('\n');
    }

    /// Several lines.
    pub(super) fn lines<L: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = L>) {
        for line in lines {
            self.line(line);
        }
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.written.push('\n');
    }

    /// A line after which the next ones stand further in.
    pub(super) fn indent(&mut self, line: impl AsRef<str>) {
        self.line(line);
        self.depth += 1;
    }

    /// The next lines stand further out again, from this one on.
    pub(super) fn dedent(&mut self, line: impl AsRef<str>) {
        self.depth -= 1;
        self.line(line);
    }

    /// The head of a block.
    pub(super) fn open(&mut self, head: impl AsRef<str>) {
        let mark = if self.braces { " {" } else { ":" };
        self.indent(format!("{}{mark}", head.as_ref()));
    }

    /// The end of a block, with what stands behind its brace.
    pub(super) fn shut(&mut self, behind: &str) {
        if self.braces {
            self.dedent(format!("}}{behind}"));
        } else {
            self.depth -= 1;
        }
    }

    /// A block with its lines.
    pub(super) fn block<L: AsRef<str>>(&mut self, head: impl AsRef<str>, lines: impl IntoIterator<Item = L>) {
        self.open(head);
        self.lines(lines);
        self.shut("");
    }

    /// Lines that are others in other steps.
    pub(super) fn staged(&mut self, course: &Course<Vec<String>>) {
        if let [(_, lines)] = course.as_slice() {
            self.lines(lines);
        } else if course.iter().any(|(_, lines)| lines.is_empty()) {
            let ends = course.iter().skip(1).map(|(from, _)| Some(*from)).chain([None]);
            for ((from, lines), end) in course.iter().zip(ends).filter(|((_, lines), _)| !lines.is_empty()) {
                let condition = self.condition(*from, end);
                self.block(format!("if {condition}"), lines);
            }
        } else {
            self.alternatives(course);
        }
    }

    /// One block or another, by the step.
    fn alternatives(&mut self, course: &Course<Vec<String>>) {
        let ends = course.iter().skip(1).map(|(from, _)| Some(*from)).chain([None]);
        for ((from, lines), end) in course.iter().zip(ends) {
            let head = match (end, *from) {
                (Some(end), 0) => format!("if step < {end}"),
                (Some(end), _) if self.braces => format!("else if step < {end}"),
                (Some(end), _) => format!("elif step < {end}"),
                (None, _) => "else".to_owned(),
            };
            match (*from, self.braces) {
                (0, _) => self.open(head),
                (_, true) => {
                    self.dedent(format!("}} {head} {{"));
                    self.depth += 1;
                }
                (_, false) => {
                    self.shut("");
                    self.open(head);
                }
            }
            self.lines(lines);
        }
        self.shut("");
    }

    /// Whether the step is one of those from one on and before another.
    fn condition(&self, from: usize, end: Option<usize>) -> String {
        match (from, end) {
            (0, Some(end)) => format!("step < {end}"),
            (_, None) => format!("step >= {from}"),
            (_, Some(end)) if self.braces => format!("({from}..{end}).contains(&step)"),
            (_, Some(end)) => format!("{from} <= step < {end}"),
        }
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.written
    }
}

/// Pairs of numbers, several on a line, so that a long list stays narrow.
pub(super) fn pairs(positions: &[[f64; 2]]) -> Vec<String> {
    let pair = |position: &[f64; 2]| format!("{position:?},");
    let line = |positions: &[[f64; 2]]| positions.iter().map(pair).collect::<Vec<_>>().join(" ");
    positions.chunks(5).map(line).collect()
}
