//! The scenarios whose programs are tried.

use crate::kept::KEPT;
use crate::random::{scenario, valid};
use arbtest::arbitrary::{Result, Unstructured};
use backflow::scenario::{Key, Kind, Scenario};

/// Scenarios that between them have everything that a program can hold.
const STRINGS: &[&str] = &[
    "steps=0",
    "preset=article&steps=30",
    "preset=curves&steps=30",
    "preset=installed&steps=30",
    "preset=house&steps=30",
    "preset=low-pressure&steps=30",
    "preset=plateau&steps=30",
    // Parameters of every model, and every characteristic in both places.
    "preset=article&kx=0.4&kh=0.3&pressure=1.5&target=4.4321&error=squared&rate=0.2&steps=40",
    "preset=product&k=0.07&pressure=3&error=squared&rate=0.05&steps=40",
    "preset=curves&main=quick:0.02&handle=scurve:6&X=5&error=squared&steps=40",
    "preset=curves&main=scurve:4&handle=eqp:20&X=5&error=squared&rate=0.5&steps=40",
    "preset=curves&main=lin&handle=lin&X=5&error=squared&rate=0.5&steps=40",
    "preset=installed&main=eqp:40&handle=quick:0.05&Nm=0.3&Nh=0.7&error=squared&steps=40",
    "preset=installed&main=scurve:5&handle=lin&Nm=1&error=squared&steps=40",
    "preset=house&main=eqp:25&handle=lin&Cmain=25&Cpipe=12&Chandle=10&Chead=8&Cother=5&error=squared&steps=40",
    "preset=house&main=quick:0.1&handle=scurve:3&error=squared&steps=40",
    // The shower as the only outlet; with both valves shut; and from shut to open.
    "preset=house&Cother=0&error=squared&steps=20",
    "preset=house&Cother=0&handle=lin&m=1&h=1&steps=10",
    "preset=house&Cother=0&handle=lin&m=1&h=4&error=squared&rate=0.01&steps=20",
    "preset=house&Cother=0&steps=20&until=8,Cother,2,error,squared",
    "preset=product&pressure=0&steps=5",
    // Errors.
    "preset=house&error=huber&delta=0.5&steps=40",
    "preset=product&error=huber&delta=2&steps=60",
    // Every optimizer, and both definitions.
    "preset=product&optimizer=momentum&rate=0.02&error=squared&steps=60",
    "preset=product&optimizer=momentum&momentum=0&rate=0.02&steps=20",
    "preset=house&optimizer=nesterov&momentum=0.8&rate=0.02&error=squared&steps=60",
    "preset=house&optimizer=nesterov&momentum=0&rate=0.02&error=squared&steps=20",
    "preset=house&optimizer=adagrad&rate=0.5&initial=0.3&error=squared&steps=60",
    "preset=house&optimizer=adagrad&definition=optax&initial=0.1&epsilon=1e-7&error=squared&steps=60",
    "preset=house&optimizer=rmsprop&rate=0.05&alpha=0.9&error=squared&steps=60",
    "preset=curves&optimizer=rmsprop&definition=optax&rate=0.05&error=squared&steps=60",
    "preset=house&optimizer=adadelta&rate=1&rho=0.8&error=squared&steps=60",
    "preset=house&optimizer=adam&rate=0.1&error=squared&steps=60",
    "preset=plateau&optimizer=adam&rate=0.2&beta1=0.8&beta2=0.99&epsilon=1e-6&error=squared&steps=60",
    "preset=house&optimizer=amsgrad&beta2=0.9&rate=0.2&error=squared&steps=60",
    "preset=house&optimizer=amsgrad&beta2=0.9&definition=optax&rate=0.2&error=squared&steps=60",
    "preset=house&optimizer=adamw&decay=0.1&rate=0.1&error=squared&steps=60",
    "preset=product&optimizer=lion&rate=0.05&error=squared&steps=40",
    // Bounces, and stops at the ends.
    "preset=product&rate=2&steps=60",
    "preset=house&rate=1&error=squared&steps=30",
    "preset=low-pressure&optimizer=momentum&rate=0.5&steps=60",
    // Every way of measuring, with rules that remember.
    "preset=product&sensitivities=joint&steps=30",
    "preset=product&sensitivities=alternate&steps=30",
    "preset=product&sensitivities=central&steps=30",
    "preset=product&sensitivities=spsa&steps=30",
    "preset=product&sensitivities=broyden&steps=30",
    "preset=product&sensitivities=wiggle&steps=30",
    "preset=house&sensitivities=joint&error=squared&rate=0.05&steps=20",
    "preset=house&sensitivities=alternate&optimizer=adam&error=squared&steps=40",
    "preset=installed&sensitivities=alternate&optimizer=adamw&error=squared&steps=40",
    "preset=house&sensitivities=alternate&optimizer=lion&rate=0.05&steps=30",
    "preset=house&sensitivities=central&optimizer=momentum&rate=0.02&error=squared&steps=40",
    "preset=curves&sensitivities=spsa&optimizer=rmsprop&rate=0.05&error=squared&steps=30",
    "preset=house&sensitivities=broyden&optimizer=nesterov&rate=0.02&error=squared&steps=30",
    "preset=house&sensitivities=wiggle&error=squared&rate=0.05&steps=30",
    "preset=curves&main=quick:0.02&handle=lin&m=1&h=10&sensitivities=central&steps=20",
    "preset=house&m=1&h=1&sensitivities=spsa&steps=20",
    // Branches: numbers, rules with and without memory, houses, errors, ways.
    "preset=product&rate=0.05&steps=40&until=12,rate,0.1;20,rate,0.2",
    "preset=product&optimizer=momentum&rate=0.02&momentum=0.5&steps=30&until=10,momentum,0;20,momentum,0.9",
    "preset=product&optimizer=nesterov&rate=0.02&momentum=0&error=squared&steps=30&until=10,momentum,0.9",
    "preset=house&optimizer=adam&rate=0.1&error=squared&steps=40&until=1,rate,0.05;15,optimizer,momentum;20,beta1,0.5",
    "preset=house&optimizer=adam&rate=0.1&error=squared&steps=40&until=10,optimizer,amsgrad;25,optimizer,descent",
    "preset=house&optimizer=adagrad&initial=0.5&error=squared&steps=40&until=10,optimizer,rmsprop;20,initial,0.1,epsilon,0.001",
    "preset=house&optimizer=amsgrad&beta2=0.9&error=squared&steps=40&until=10,definition,optax;20,beta2,0.8",
    "preset=house&optimizer=rmsprop&error=squared&rate=0.05&steps=40&until=10,definition,optax;25,optimizer,lion",
    "preset=house&optimizer=adadelta&rate=1&error=squared&steps=40&until=15,optimizer,adagrad;30,rho,0.5",
    "preset=house&error=squared&steps=40&until=10,target,5,pressure,3;20,Cother,0;30,main,eqp:30,handle,quick:0.05",
    "preset=curves&error=huber&delta=0.4&steps=40&until=10,error,absolute,main,scurve:5;20,error,squared,handle,lin",
    "preset=installed&error=squared&steps=30&until=10,Nm,0.5,handle,scurve:4;30,Nh,0.9",
    "preset=product&error=squared&sensitivities=wiggle&rate=0.05&steps=40&until=10,sensitivities,central;20,sensitivities,exact",
    "preset=house&error=squared&sensitivities=broyden&rate=0.05&steps=30&until=10,sensitivities,spsa,pressure,3;20,sensitivities,alternate",
    "preset=house&error=squared&sensitivities=alternate&rate=0.05&steps=30&until=11,pressure,3;21,main,eqp:30",
    "preset=house&error=squared&sensitivities=joint&rate=0.02&steps=12&until=5,sensitivities,exact;8,pressure,3",
    "preset=curves&error=squared&steps=30&until=10,sensitivities,central,optimizer,adam,handle,lin;20,sensitivities,wiggle,X,5",
    "preset=product&sensitivities=spsa&steps=4&until=2,sensitivities,central",
    "preset=product&sensitivities=central&steps=4&until=2,sensitivities,spsa",
    "preset=product&steps=20&until=10,tolerance,0.2;40,rate,0.3",
    "preset=product&steps=20&until=20,rate,0.3,error,squared",
    // By hand, also with branches.
    "turns=4:5,6:5,6:6.5&steps=3",
    "turns=4:5,6:5,6:6.5&steps=2",
    "turns=&steps=0",
    "preset=house&turns=1:1,10:10,3.25:4,3.25:4,5:5,6:6,7:7&steps=7&sensitivities=broyden&until=2,target,5;4,main,scurve:3,optimizer,adam",
    // Units, and runs to compare with, which are no part of it.
    "preset=product&units=lpm&error=squared&rate=0.0001&steps=40",
    "preset=article&units=gpm&steps=40",
    "preset=house&units=cfm&rate=2&error=squared&steps=40",
    "preset=curves&units=lpm&error=huber&rate=0.0005&sensitivities=central&steps=30",
    "preset=product&steps=20&rival=optimizer=adam%26rate=0.1",
    // In a race a run stops where it ends, but not before its last branch.
    "rate=0.5&rival=optimizer=descent%26rate=0.001&steps=300",
    "rate=0.5&rival=optimizer=descent%26rate=0.001&steps=100&until=40,rate,0.4",
    "turns=4:5,6:5&rival=rate=0.001&steps=30",
];

/// Those scenarios, each without fault.
pub(crate) fn all() -> Vec<Scenario> {
    let parse = |string: &&str| {
        let (scenario, complaints) = Scenario::parse(string);
        assert!(complaints.is_empty(), "{string}: {complaints:?}");
        scenario
    };
    STRINGS.iter().chain(KEPT.iter().map(|(_, string)| string)).map(parse).collect()
}

/// As many scenarios at random, the same each time, with a branch or two, or turns by hand.
pub(crate) fn random(count: u64) -> Vec<Scenario> {
    let scenario = |seed| branched(&mut Unstructured::new(&bytes(seed))).expect("enough bytes");
    (0..count).map(scenario).collect()
}

/// Bytes that look random: Steele and Vigna's `SplitMix64`.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed << 32;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).to_le_bytes()
    };
    (0..512).flat_map(|_| next()).collect()
}

/// Who learns from moves that are shorter learns what rounding did.
const SLOWEST: f64 = 1e-3;

fn branched(u: &mut Unstructured) -> Result<Scenario> {
    const STEPS: usize = 40;
    let mut plain = scenario(u)?;
    assert_eq!(plain.set_number(Key::Steps, STEPS as f64), Ok(()));
    if plain.number(Key::Rate) < SLOWEST {
        assert_eq!(plain.set_number(Key::Rate, SLOWEST), Ok(()));
    }
    let mut string = plain.to_string();
    let mut branches = Vec::new();
    for step in [u.int_in_range(1..=STEPS / 2)?, u.int_in_range(STEPS / 2 + 1..=STEPS)?] {
        let mut branch = format!("{step}");
        for _ in 0..u.int_in_range(0..=3)? {
            let keys = Key::ALL.into_iter().filter(|key| key.may_branch() && plain.get(*key).is_some());
            // What changes the lines and not the numbers alone is tried as often.
            let (chosen, numbers): (Vec<_>, Vec<_>) =
                keys.partition(|key| !matches!(key.kind(), Kind::Number { .. }));
            let keys = if u.ratio(1, 2)? { &chosen } else { &numbers };
            let key = *u.choose(keys)?;
            let given = valid(u, key)?;
            if key != Key::Rate || given.parse().is_ok_and(|rate: f64| rate >= SLOWEST) {
                branch += &format!(",{},{given}", key.name());
            }
        }
        if branch.contains(',') {
            branches.push(branch);
        }
    }
    if !branches.is_empty() {
        string += &format!("&until={}", branches.join(";"));
    }
    if u.ratio(1, 10)? {
        let turn = |u: &mut Unstructured| Ok(format!("{}:{}", valid(u, Key::M)?, valid(u, Key::H)?));
        let turns: Vec<_> = (0..STEPS).map(|_| turn(u)).collect::<Result<_>>()?;
        string += &format!("&turns={}", turns.join(","));
    }
    let (scenario, complaints) = Scenario::parse(&string);
    assert!(complaints.is_empty(), "{string}: {complaints:?}");
    Ok(scenario)
}
