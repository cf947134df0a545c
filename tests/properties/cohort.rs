//! A class: whatever is pasted, everybody's path is the run, counts sum up, and nobody is lost.

use crate::random::{check, check_from};
use crate::session::act;
use arbtest::arbitrary::{Result, Unstructured};
use backflow::descent::Verdict;
use backflow::scenario::{Cohort, Flaw, Scenario, Session, csv};

/// Pieces of lists and of tables.
const PIECES: [&str; 32] = [
    "Ana: ",
    "\t",
    "\n",
    "\r\n",
    "https://a.b/lab.html#",
    "https://",
    "embed.html?figure=landscape&",
    "#",
    "?",
    "&",
    "=",
    "m=3",
    "rate=0.1",
    "rate=fast",
    "steps=5",
    "steps=9",
    "turns=4:5,5:5",
    "path=turns%3D4:5",
    "step,m,h,E",
    "step;m;h",
    "0,3,5,3.5",
    "1,4,5,3",
    "1;4,5;5",
    "NaN",
    "# ",
    "\u{feff}",
    "<b>",
    "\u{202e}",
    "é",
    "preset=house",
    "pressure=2",
    ",",
];

fn text(u: &mut Unstructured) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=30)? {
        if u.ratio(1, 12)? {
            text.push(char::from_u32(u.int_in_range(0..=0x10_ffff)?).unwrap_or('%'));
        } else {
            text.push_str(u.choose(&PIECES)?);
        }
    }
    Ok(text)
}

/// What must hold of every class.
fn assert_sound(cohort: &Cohort) {
    let landscapes = cohort.landscapes();
    let mut places: Vec<usize> = landscapes.iter().flat_map(|landscape| landscape.students.clone()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..cohort.students().len()).collect::<Vec<_>>());
    assert!(landscapes.windows(2).all(|pair| pair[0].students.len() >= pair[1].students.len()));
    for landscape in &landscapes {
        let summary = cohort.summary(landscape);
        assert_eq!(summary.counts.iter().sum::<usize>(), landscape.students.len());
        let arrived = |index: &usize| cohort.students()[*index].arrived;
        let (first, last) = (summary.fastest.iter().map(arrived), summary.slowest.iter().map(arrived));
        assert!(first.max() <= last.min(), "{summary:?}");
        let some = landscape.students.iter().filter_map(arrived).count();
        assert_eq!(summary.fastest.is_empty(), some == 0);
        let own = landscape.settings.to_string();
        assert!(cohort.landscape(&own).is_some_and(|found| found.settings == landscape.settings));
    }
    for student in cohort.students() {
        assert!(student.path.iter().flatten().all(|place| (1.0..=10.0).contains(place)));
        assert_eq!(student.path.last(), Some(&student.now.position));
        assert!(student.arrived.is_none_or(|step| step < student.path.len()));
        assert_eq!(student.arrived.is_some(), matches!(student.verdict, Verdict::Arrived { .. }));
        assert!(student.name.chars().count() <= 60 && !student.name.contains(char::is_control));
    }
}

#[test]
fn any_text_is_read_and_nothing_of_it_is_lost() {
    check(3_000, |u| {
        let (list, table) = (text(u)?, text(u)?);
        let mut cohort = Cohort::default();
        let remarks = cohort.add_text(&list);
        let lines = list.lines().filter(|line| !line.trim().is_empty()).count();
        let left_out = remarks.iter().filter(|remark| !matches!(remark.flaw, Flaw::Setting(_))).count();
        assert_eq!(cohort.students().len() + left_out, lines, "{list:?}: {remarks:?}");
        let before = cohort.students().len();
        let remarks = cohort.add_table("x.csv", &table);
        assert!(cohort.students().len() == before + 1 || !remarks.is_empty(), "{table:?}");
        assert_sound(&cohort);
        cohort.choose_house("preset=house&pressure=2");
        assert_sound(&cohort);
        let rows = cohort.csv();
        assert!(rows.starts_with("name,"));
        Ok(())
    });
}

#[test]
fn a_path_from_a_link_is_the_run_of_its_scenario_and_so_is_one_from_its_table() {
    check_from(1 << 14, 60, |u| {
        let mut session = Session::default();
        for _ in 0..20 {
            act(u, &mut session)?;
        }
        let scenario = session.scenario().to_string();
        let (session, _) = Session::open(&scenario);
        let link = format!("Ana: https://a.b/lab.html?parts=all#{scenario}&m=");
        let link = if scenario.is_empty() {
            format!("Ana: {}", "steps=0")
        } else {
            link[..link.len() - 3].to_owned()
        };
        let mut cohort = Cohort::default();
        cohort.add_text(&link);
        let run: Vec<[f64; 2]> = session.run().path().iter().map(|step| step.position).collect();
        // The address of a figure alone says nothing of a run.
        let Some(ana) = cohort.students().first() else { return Ok(()) };
        assert_eq!((ana.path.clone(), ana.verdict), (run.clone(), session.verdict()), "{link}");

        let table = csv(session.run());
        cohort.add_table("ben.CSV", &format!("# https://a.b/lab.html#{scenario}\n{table}"));
        let mut bare = Cohort::default();
        bare.choose_house(&session.settings().to_string());
        bare.add_table("ben.csv", &table);
        for student in [cohort.students().last(), bare.students().first()].into_iter().flatten() {
            assert_eq!((student.name.as_str(), &student.path), ("ben", &run), "{scenario}");
        }
        assert_eq!(cohort.students().last().and_then(|student| student.off), None, "{scenario}");
        // Where something was changed on the way, what was saved before is of another landscape.
        if session.scenario().course().until.is_empty() {
            assert_eq!(bare.students()[0].off, None, "{scenario}");
        }
        Ok(())
    });
}

#[test]
fn the_example_has_no_remark_and_shows_much() {
    let mut cohort = Cohort::default();
    assert_eq!(cohort.add_text(&Cohort::EXAMPLE.join("\n")), []);
    assert_sound(&cohort);
    let landscapes = cohort.landscapes();
    assert_eq!(landscapes.len(), 2);
    let summary = cohort.summary(&landscapes[0]);
    assert!(summary.counts.iter().filter(|count| **count > 0).count() >= 3, "{summary:?}");
    assert!(!summary.fastest.is_empty() && summary.fastest != summary.slowest);
    assert!(!cohort.differences(landscapes[1].students[0], &landscapes[0]).is_empty());
}

#[test]
fn a_class_ends_with_its_two_hundredth_and_a_file_with_its_megabyte() {
    let mut cohort = Cohort::default();
    let remarks = cohort.add_text(&"m=3\n".repeat(250));
    assert_eq!((cohort.students().len(), remarks.len()), (200, 1));
    assert_eq!((&remarks[0].flaw, remarks[0].line), (&Flaw::TooMany, 201));
    assert_eq!(cohort.add_table("a.csv", "m,h\n3,5")[0].flaw, Flaw::TooMany);
    let large = "m=3\n".repeat(Cohort::MOST_BYTES / 4 + 1);
    let mut cohort = Cohort::default();
    assert_eq!(cohort.add_text(&large)[0].flaw, Flaw::TooLarge);
    assert_eq!(cohort.add_table("a.csv", &large)[0].flaw, Flaw::TooLarge);
    assert!(cohort.students().is_empty());
}

#[test]
fn a_table_of_another_house_says_so_and_who_walks_elsewhere_is_told_why() {
    let mut cohort = Cohort::default();
    cohort.add_text("rate=0.1&steps=3\npressure=3&steps=3\nrate=0.2&steps=4");
    let (session, _) = Session::open("preset=house&steps=9");
    cohort.add_table("eve.csv", &csv(session.run()));
    let eve = &cohort.students()[3];
    assert!(eve.off.is_some_and(|off| off > 0.01), "{:?}", eve.off);
    assert_eq!(eve.path.len(), 10);
    cohort.choose_house("preset=house");
    assert_eq!(cohort.students()[3].off, None);
    let most = cohort.landscape("").expect("a landscape");
    assert_eq!(most.students, [0, 2]);
    let names: Vec<_> = cohort.differences(1, &most).into_iter().map(|(key, ..)| key.name()).collect();
    assert_eq!(names, ["pressure"]);
}

#[test]
fn a_name_is_no_formula_of_a_spreadsheet() {
    let mut cohort = Cohort::default();
    cohort.add_text("=HYPERLINK(\"x\")\tm=3");
    let table = cohort.csv();
    assert!(table.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{table}");
    assert_eq!(Scenario::parse(cohort.students()[0].scenario.as_deref().unwrap_or("-")).1, []);
}

#[test]
fn a_table_without_a_house_is_in_that_of_the_others_whatever_came_first() {
    let (session, _) = Session::open("preset=house&steps=9");
    let bare = csv(session.run());
    let link = "Ana: lab.html#preset=house&steps=3";
    let told = format!("# https://a.b/lab.html#preset=house&steps=9\n{bare}");
    let tables = |order: [&str; 2]| {
        let mut cohort = Cohort::default();
        for table in order {
            cohort.add_table("ben.csv", table);
        }
        cohort
    };
    let mut late = Cohort::default();
    late.add_table("ben.csv", &bare);
    late.add_text(link);
    for cohort in [late, tables([&bare, &told]), tables([&told, &bare])] {
        assert_eq!(cohort.landscapes().len(), 1, "{}", cohort.csv());
        assert!(cohort.students().iter().all(|student| student.off.is_none()), "{}", cohort.csv());
    }
}
