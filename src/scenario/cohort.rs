//! A class: the runs of many people side by side on one landscape.

use super::Scenario;
use super::address::{Unread, read, tidy};
use super::complaint::Complaint;
use super::key::{Key, Value};
use super::race;
use super::session::Session;
use super::table::{Spoilt, Table, read_table};
use crate::descent::{Experiment, LONGEST, Run, Step, Verdict};

/// How far a file's E may be from the engine's, as a part of it: who saved with fewer digits is not told.
const SAME: f64 = 1e-3;
/// The most letters of what was given that a remark repeats.
const REPEATED: usize = 60;

/// Runs of people, each with a name.
///
/// ```
/// use backflow::scenario::Cohort;
///
/// let mut cohort = Cohort::default();
/// let remarks = cohort.add_text("Ana: lab.html#rate=0.1&steps=56\nBen: rate=2&steps=40\nnothing");
/// assert_eq!(remarks.len(), 1);
/// let landscape = cohort.landscape("").unwrap();
/// let summary = cohort.summary(&landscape);
/// assert_eq!((summary.counts[0], summary.fastest), (1, vec![0]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cohort {
    students: Vec<Student>,
    /// The house of tables that do not say theirs, where one was chosen.
    house: Option<Scenario>,
}

/// One of them, and what came of the run.
#[derive(Clone, Debug)]
pub struct Student {
    /// As it was given; it may be empty.
    pub name: String,
    /// What opens the run in the lab; nothing where there is only a table.
    pub scenario: Option<String>,
    /// m and h at every step.
    pub path: Vec<[f64; 2]>,
    /// Where it ended.
    pub now: Step,
    /// What is happening there.
    pub verdict: Verdict,
    /// The step since which the flow is good enough, where it is so at the end.
    pub arrived: Option<usize>,
    /// How far the file's E is from the engine's at most, where that is more than its digits explain.
    pub off: Option<f64>,
    experiment: Experiment,
    /// The settings on which its landscape depends.
    settings: Scenario,
    /// What was saved of the run, where that is all there is.
    table: Option<Table>,
}

/// A landscape with those who are on it.
#[derive(Clone, Debug)]
pub struct Landscape {
    /// What makes it.
    pub settings: Scenario,
    /// The same, for whoever draws it.
    pub experiment: Experiment,
    /// Who is on it, by their places.
    pub students: Vec<usize>,
}

/// What came of all that are on a landscape.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many came to each verdict, in the order of [`Verdict::NAMES`].
    pub counts: [usize; Verdict::KINDS],
    /// Who arrived first, and who last, by their places; several where they are even.
    pub fastest: Vec<usize>,
    /// See there.
    pub slowest: Vec<usize>,
}

/// Something that was given and is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The file; nothing where it is the list.
    pub file: String,
    /// The line, from 1 on; 0 where it is about the whole.
    pub line: usize,
    /// What was given there.
    pub given: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What is wrong with something given.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// A line is no link and no scenario.
    NotALink,
    /// A link has no scenario in it.
    NoScenario,
    /// There are as many as there may be.
    TooMany,
    /// A file, or the list, is too large; it is not read.
    TooLarge,
    /// A file is no table with the columns m and h.
    NotATable,
    /// A table has no rows.
    NoRows,
    /// A row has no m and h; the path ends before it.
    NotARow,
    /// A table has more rows than a run may have steps; the rest is not read.
    TooManyRows,
    /// A position is beyond the ends of its valve, where it is put.
    Beyond,
    /// The scenario has something that cannot be taken.
    Setting(Complaint),
}

impl Flaw {
    /// The name, for whoever puts it into words.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotALink => "no-link",
            Self::NoScenario => "no-scenario",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::NotATable => "no-table",
            Self::NoRows => "no-rows",
            Self::NotARow => "no-row",
            Self::TooManyRows => "too-many-rows",
            Self::Beyond => "beyond",
            Self::Setting(_) => "setting",
        }
    }

    /// The names of all of them but [`Self::Setting`], which has words of its own.
    pub const NAMES: [&'static str; 9] = [
        "no-link",
        "no-scenario",
        "too-many",
        "too-large",
        "no-table",
        "no-rows",
        "no-row",
        "too-many-rows",
        "beyond",
    ];
}

impl Cohort {
    /// The most people.
    pub const MOST: usize = 200;
    /// The most bytes of a file, and of the list.
    pub const MOST_BYTES: usize = 1_000_000;

    /// A made-up class: most on one landscape, somebody on another.
    pub const EXAMPLE: [&'static str; 12] = [
        "rate=0.1&steps=56",
        "rate=0.3&steps=18",
        "rate=2&steps=40",
        "optimizer=momentum&rate=0.02&steps=60",
        "m=8&h=2&rate=0.1&steps=60",
        "rate=0.001&steps=40",
        "turns=4:5,4:7,6:7,6:6,6.5:6.4&steps=5",
        "m=2&h=9&optimizer=adam&rate=0.1&steps=60",
        "optimizer=adagrad&rate=0.5&steps=30",
        "m=9&h=8&optimizer=nesterov&rate=0.02&steps=80",
        "m=1.5&h=3&optimizer=lion&rate=0.1&steps=24",
        "preset=low-pressure&steps=60",
    ];

    /// Everyone, in the order in which they came.
    #[must_use]
    pub fn students(&self) -> &[Student] {
        &self.students
    }

    /// Adds everyone of a list, a line each, and says what is wrong with it.
    pub fn add_text(&mut self, text: &str) -> Vec<Remark> {
        if text.len() > Self::MOST_BYTES {
            return vec![remark("", 0, "", Flaw::TooLarge)];
        }
        let mut remarks = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = index + 1;
            match read(line) {
                Err(Unread::NotALink) => remarks.push(remark("", number, line, Flaw::NotALink)),
                Err(Unread::NoScenario) => remarks.push(remark("", number, line, Flaw::NoScenario)),
                Ok(_) if self.students.len() == Self::MOST => {
                    remarks.push(remark("", number, line, Flaw::TooMany));
                    break;
                }
                Ok((name, scenario)) => {
                    let (student, complaints) = Student::of(name, &scenario, None);
                    self.students.push(student);
                    let setting = |complaint| remark("", number, line, Flaw::Setting(complaint));
                    remarks.extend(complaints.into_iter().map(setting));
                }
            }
        }
        self.seat();
        remarks
    }

    /// Adds whoever saved a table, by the name of the file, and says what is wrong with it.
    pub fn add_table(&mut self, file: &str, text: &str) -> Vec<Remark> {
        let name = tidy(file.rsplit(['/', '\\']).next().unwrap_or(file));
        if text.len() > Self::MOST_BYTES {
            return vec![remark(&name, 0, "", Flaw::TooLarge)];
        }
        if self.students.len() == Self::MOST {
            return vec![remark(&name, 0, "", Flaw::TooMany)];
        }
        let (table, faults) = read_table(text);
        let fault = |(line, given, spoilt): (usize, String, Spoilt)| {
            let flaw = match spoilt {
                Spoilt::NotATable => Flaw::NotATable,
                Spoilt::NoRows => Flaw::NoRows,
                Spoilt::NotARow => Flaw::NotARow,
                Spoilt::TooManyRows => Flaw::TooManyRows,
                Spoilt::Beyond => Flaw::Beyond,
            };
            remark(&name, line, &given, flaw)
        };
        let mut remarks: Vec<_> = faults.into_iter().map(fault).collect();
        let Some(table) = table else { return remarks };
        let is_csv = |(_, ending): &(&str, &str)| ending.eq_ignore_ascii_case("csv");
        let who = name.rsplit_once('.').filter(is_csv).map_or(name.as_str(), |(who, _)| who).to_owned();
        if let Some(scenario) = &table.scenario {
            let (student, complaints) = Student::of(who, scenario, Some(&table));
            let setting = |complaint| remark(&name, 0, "", Flaw::Setting(complaint));
            remarks.extend(complaints.into_iter().map(setting));
            self.students.push(student);
            self.seat();
        } else {
            self.students.push(Student::by_hand(who, table, &self.house()));
        }
        remarks
    }

    /// The house of tables that do not say theirs: the one chosen, or that of the first who says it.
    #[must_use]
    pub fn house(&self) -> Scenario {
        let first = || self.students.iter().find(|student| student.table.is_none());
        let found = self.house.clone().or_else(|| first().map(|student| student.settings.clone()));
        found.unwrap_or_default()
    }

    /// Chooses the house of tables that do not say theirs; an empty string leaves it to the others.
    pub fn choose_house(&mut self, scenario: &str) {
        let chosen = (!scenario.is_empty()).then(|| of_landscape(&Scenario::parse(scenario).0));
        self.house = chosen;
        self.seat();
    }

    /// Puts tables that do not say their house into the one that is theirs now.
    fn seat(&mut self) {
        let house = self.house();
        for student in &mut self.students {
            if let Some(table) = student.table.take() {
                *student = Student::by_hand(std::mem::take(&mut student.name), table, &house);
            }
        }
    }

    /// How many tables do not say their house.
    #[must_use]
    pub fn bare_tables(&self) -> usize {
        self.students.iter().filter(|student| student.table.is_some()).count()
    }

    /// The landscapes that there are, the one with most people first.
    #[must_use]
    pub fn landscapes(&self) -> Vec<Landscape> {
        let mut all: Vec<Landscape> = Vec::new();
        for (index, Student { experiment, settings, .. }) in self.students.iter().enumerate() {
            match all.iter_mut().find(|landscape| is_same(&landscape.experiment, experiment)) {
                Some(landscape) => landscape.students.push(index),
                None => all.push(Landscape {
                    settings: settings.clone(),
                    experiment: *experiment,
                    students: vec![index],
                }),
            }
        }
        all.sort_by_key(|landscape| std::cmp::Reverse(landscape.students.len()));
        all
    }

    /// The landscape of a scenario string, or else the one with most people; nothing where there is nobody.
    #[must_use]
    pub fn landscape(&self, wanted: &str) -> Option<Landscape> {
        let mut all = self.landscapes();
        let place = all.iter().position(|landscape| landscape.settings.to_string() == wanted).unwrap_or(0);
        (place < all.len()).then(|| all.swap_remove(place))
    }

    /// What came of all on a landscape.
    #[must_use]
    pub fn summary(&self, landscape: &Landscape) -> Summary {
        let mut counts = [0; Verdict::KINDS];
        let mut arrivals = Vec::new();
        for &index in &landscape.students {
            let Some(student) = self.students.get(index) else { continue };
            counts[student.verdict.kind()] += 1;
            arrivals.extend(student.arrived.map(|step| (step, index)));
        }
        let of = |step: Option<usize>| {
            let even = arrivals.iter().filter(|(arrived, _)| Some(*arrived) == step);
            even.map(|(_, index)| *index).collect()
        };
        let steps = || arrivals.iter().map(|(step, _)| *step);
        Summary { counts, fastest: of(steps().min()), slowest: of(steps().max()) }
    }

    /// In which settings someone's landscape differs from another: the key, theirs, and the other's.
    #[must_use]
    pub fn differences(&self, student: usize, landscape: &Landscape) -> Vec<(Key, String, String)> {
        let Some(Student { settings, .. }) = self.students.get(student) else { return Vec::new() };
        let text = |value: Option<Value>| value.map_or_else(String::new, |value| value.to_string());
        let differs = |key: &Key| settings.get(*key) != landscape.settings.get(*key);
        let keys = Key::ALL.into_iter().filter(|key| makes_landscape(*key, settings)).filter(differs);
        keys.map(|key| (key, text(settings.get(key)), text(landscape.settings.get(key)))).collect()
    }

    /// Everyone as a table, with a header.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut table = String::from("name,landscape,verdict,steps,arrived,m,h,x,y,E,scenario\n");
        for student in &self.students {
            let [m, h] = student.now.position;
            let flows = &student.now.chain.flows;
            let numbers =
                [m, h, flows.x, flows.y, student.now.error].map(|number| (number + 0.0).to_string());
            let arrived = student.arrived.map_or_else(String::new, |step| step.to_string());
            let mut fields = vec![
                quoted(&student.name),
                quoted(&student.settings.to_string()),
                student.verdict.name().to_owned(),
                (student.path.len() - 1).to_string(),
                arrived,
            ];
            fields.extend(numbers);
            fields.push(quoted(student.scenario.as_deref().unwrap_or_default()));
            table += &fields.join(",");
            table.push('\n');
        }
        table
    }
}

impl Student {
    /// Who made the run of a scenario, and what is wrong with that.
    fn of(name: String, scenario: &str, table: Option<&Table>) -> (Self, Vec<Complaint>) {
        let (session, complaints) = Session::open(scenario);
        let settings = session.settings();
        let opens = session.alone().to_string();
        let student = Self::made(name, Some(opens), &settings, session.run());
        let off = table.and_then(|table| off(table, session.run()));
        (Self { off, ..student }, complaints)
    }

    /// Whose run is known by its positions alone: as if a hand had turned the valves.
    fn by_hand(name: String, table: Table, house: &Scenario) -> Self {
        let start = table.positions.first().copied().unwrap_or([1.0; 2]);
        let mut run = Run::new(Experiment { start, ..house.experiment() });
        for position in table.positions.iter().skip(1).take(LONGEST) {
            run.turn_to(*position);
        }
        Self { off: off(&table, &run), table: Some(table), ..Self::made(name, None, house, &run) }
    }

    fn made(name: String, scenario: Option<String>, settings: &Scenario, run: &Run) -> Self {
        let experiment = *run.experiment();
        let path = run.path();
        let near = |step: &Step| experiment.miss(step).abs() < experiment.tolerance;
        let since = path.iter().rposition(|step| !near(step)).map_or(0, |last| last + 1);
        Self {
            name,
            scenario,
            path: path.iter().map(|step| step.position).collect(),
            now: *run.now(),
            verdict: race::verdict(settings, run),
            arrived: (since < path.len()).then_some(since),
            off: None,
            experiment,
            settings: of_landscape(settings),
            table: None,
        }
    }
}

/// How far E as it was saved is from that of a run at most; nothing where the digits that were saved explain it.
fn off(table: &Table, run: &Run) -> Option<f64> {
    let pairs = table.errors.iter().zip(run.path());
    let off = pairs.map(|(error, step)| ((error - step.error).abs(), SAME * step.error.abs().max(SAME)));
    let furthest = off.filter(|(off, slack)| off > slack).map(|(off, _)| off).fold(0.0, f64::max);
    (furthest > 0.0 && furthest.is_finite()).then_some(furthest)
}

/// Whether two experiments walk on one landscape.
fn is_same(one: &Experiment, other: &Experiment) -> bool {
    one.shower == other.shower && one.target == other.target && one.error == other.error
}

/// Whether a landscape depends on a setting.
fn makes_landscape(key: Key, settings: &Scenario) -> bool {
    let bowl = || settings.get(Key::Error).is_some_and(|error| error.to_string() == "huber");
    key.is_of_house() || matches!(key, Key::Target | Key::Error) || key == Key::Delta && bowl()
}

/// Those of the settings on which the landscape depends.
fn of_landscape(settings: &Scenario) -> Scenario {
    settings.plain().without(|key| !makes_landscape(key, settings))
}

fn remark(file: &str, line: usize, given: &str, flaw: Flaw) -> Remark {
    let given: String = given.trim().chars().filter(|letter| !letter.is_control()).take(REPEATED).collect();
    Remark { file: file.to_owned(), line, given, flaw }
}

/// A text as a field of a table; what a spreadsheet would take for a formula gets an apostrophe.
fn quoted(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}
