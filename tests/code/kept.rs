//! Programs in PyTorch against texts that were read, run and kept, in `tests/code/kept`: so that something holds
//! them also where there is no PyTorch.
//!
//! If another text is right, `BACKFLOW_BLESS=1 cargo test --test code` keeps it. That is refused where `CI` is
//! set.

use backflow::code::{Language, program};
use backflow::scenario::Scenario;
use std::env;
use std::fs;
use std::path::PathBuf;

/// The texts with their scenarios: torch's own rule; measured, by a rule that torch has not; with branches
/// that change the rule, a number and a formula; and by hand.
pub(crate) const KEPT: [(&str, &str); 4] = [
    ("adam", "preset=house&optimizer=adam&rate=0.1&error=squared&steps=40"),
    ("measured", "sensitivities=central&optimizer=lion&steps=30&until=10,sensitivities,wiggle"),
    (
        "branched",
        "optimizer=momentum&rate=0.02&error=squared&steps=40&until=10,optimizer,adagrad,error,huber;20,rate,0.1",
    ),
    ("by-hand", "turns=4:5,6:5,6:6.5&steps=3"),
];

#[test]
fn pytorch_programs_read_as_those_that_were_kept() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/code/kept");
    for (name, string) in KEPT {
        let (scenario, complaints) = Scenario::parse(string);
        assert!(complaints.is_empty(), "{string}: {complaints:?}");
        let written = program(&scenario, Language::PyTorch);
        let file = folder.join(format!("{name}.py"));
        if env::var_os("BACKFLOW_BLESS").is_some() {
            assert!(env::var_os("CI").is_none(), "texts are kept by a person who read them, not by CI");
            fs::write(&file, written).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            continue;
        }
        let kept = fs::read_to_string(&file).unwrap_or_else(|error| {
            panic!("{}: {error}; BACKFLOW_BLESS=1 cargo test --test code makes it", file.display())
        });
        let lines: Vec<_> = kept.lines().collect();
        assert_eq!(written.lines().collect::<Vec<_>>(), lines, "{name} has changed; now it is\n{written}");
    }
}
