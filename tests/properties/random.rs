//! Random cases: numbers, showers and scenarios, all from one stream of bytes.

use arbtest::arbitrary::{Result, Unstructured};
use backflow::plumbing::{Characteristic, Model, Shower};
use backflow::scenario::{Key, Kind, List, Scenario};
use std::time::Duration;

/// Tries a property on `cases` random cases; a failing case names its seed.
pub(crate) fn check(cases: u32, property: impl FnMut(&mut Unstructured) -> Result<()>) {
    // Enough bytes for the largest case, so that no case ends in a row of zeros.
    check_from(16_384, cases, property);
}

/// The same, with so many random bytes for each case.
pub(crate) fn check_from(bytes: u32, cases: u32, mut property: impl FnMut(&mut Unstructured) -> Result<()>) {
    let mut done = 0;
    while done < cases {
        arbtest::arbtest(|u| {
            done += 1;
            if done <= cases { property(u) } else { Ok(()) }
        })
        .size_min(bytes)
        .size_max(bytes)
        .budget(Duration::from_millis(20))
        .run();
        if std::env::var_os("ARBTEST_SEED").is_some() {
            break; // the one case asked for has been tried
        }
    }
}

/// A number between two others, each stretch as likely as any other.
pub(crate) fn within(u: &mut Unstructured, least: f64, most: f64) -> Result<f64> {
    let part = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
    Ok((least + part * (most - least)).clamp(least, most))
}

/// A number between two others above 0, each order of magnitude as likely as any other.
pub(crate) fn magnitude(u: &mut Unstructured, least: f64, most: f64) -> Result<f64> {
    Ok(within(u, least.ln(), most.ln())?.exp().clamp(least, most))
}

/// m and h between 1.05 and 9.95: far enough from the bounds to look to both sides.
pub(crate) fn inside(u: &mut Unstructured) -> Result<[f64; 2]> {
    Ok([within(u, 1.05, 9.95)?, within(u, 1.05, 9.95)?])
}

/// A valve whose curve is gentle enough for differences.
pub(crate) fn valve(u: &mut Unstructured) -> Result<Characteristic> {
    Ok(match u.int_in_range(0..=3)? {
        0 => Characteristic::Linear,
        1 => Characteristic::EqualPercentage { rangeability: magnitude(u, 1.5, 200.0)? },
        2 => Characteristic::QuickOpening { softening: magnitude(u, 0.01, 1.0)? },
        _ => Characteristic::SCurve { steepness: magnitude(u, 0.1, 20.0)? },
    })
}

/// How many models there are.
pub(crate) const MODELS: u32 = 5;

/// A shower of the model numbered `model`, with ordinary parameters.
pub(crate) fn shower(u: &mut Unstructured, model: u32) -> Result<Shower> {
    let model = match model {
        0 => Model::Linear { kx: within(u, 0.01, 1.0)?, kh: within(u, 0.01, 2.0)? },
        1 => Model::Product { k: within(u, 0.01, 0.5)? },
        2 => Model::Curves { scale: within(u, 0.5, 10.0)?, main: valve(u)?, handle: valve(u)? },
        3 => Model::Installed {
            scale: within(u, 0.5, 10.0)?,
            main: valve(u)?,
            handle: valve(u)?,
            main_authority: within(u, 0.05, 1.0)?,
            handle_authority: within(u, 0.05, 1.0)?,
        },
        _ => Model::House {
            main: valve(u)?,
            handle: valve(u)?,
            c_main: within(u, 1.0, 40.0)?,
            c_pipe: within(u, 1.0, 40.0)?,
            c_handle: within(u, 1.0, 40.0)?,
            c_head: within(u, 1.0, 40.0)?,
            c_other: if u.ratio(1, 4)? { 0.0 } else { within(u, 0.1, 10.0)? },
        },
    };
    Ok(Shower { pressure: within(u, 0.2, 8.0)?, model })
}

/// Something valid for a key, as text: often a limit, often a short decimal.
pub(crate) fn valid(u: &mut Unstructured, key: Key) -> Result<String> {
    Ok(match key.kind() {
        Kind::Choice(names) => (*u.choose(names)?).to_owned(),
        Kind::Valve => {
            let (name, least, most) = *u.choose(&[
                ("lin", 0.0, 0.0),
                ("eqp", 1.5, 1000.0),
                ("quick", 1e-4, 1.0),
                ("scurve", 0.1, 100.0),
            ])?;
            if name == "lin" { name.to_owned() } else { format!("{name}:{}", number(u, least, most)?) }
        }
        Kind::Number { least, most, whole: true } => within(u, least, most)?.round().to_string(),
        Kind::Number { least, most, whole: false } => number(u, least, most)?.to_string(),
    })
}

fn number(u: &mut Unstructured, least: f64, most: f64) -> Result<f64> {
    Ok(match u.int_in_range(0..=6)? {
        0 => least,
        1 => most,
        2 => ((within(u, least, most)? * 100.0).round() / 100.0).clamp(least, most),
        3 => within(u, least, most)?,
        // Defaults of some presets and optimizers: what is the default here may be another's.
        6 => u.choose(&[1e-10, 1e-8, 1e-6, 0.99, 0.999, 0.1, 0.2, 1.0, 4.0_f64])?.clamp(least, most),
        // The smallest numbers that the limits let through.
        4 => magnitude(u, least.max(1e-300), most.max(1e-300))?.clamp(least, most),
        _ => magnitude(u, least.max(most * 1e-4), most)?,
    })
}

/// Something valid for a list, as text.
pub(crate) fn valid_list(u: &mut Unstructured, list: List) -> Result<String> {
    let [least, most] = list.limits();
    if list == List::City {
        // Seven layers of 540 × 540 valves are not too many.
        let levels = u.int_in_range(2..=8)?;
        let sizes = (0..levels).map(|_| Ok(u.int_in_range(1..=540)?.to_string()));
        return Ok(sizes.collect::<Result<Vec<_>>>()?.join(","));
    }
    let numbers = list
        .default_numbers()
        .iter()
        .map(|usual| Ok(if u.ratio(1, 2)? { *usual } else { number(u, least, most)? }.to_string()));
    Ok(numbers.collect::<Result<Vec<_>>>()?.join(","))
}

/// A scenario in which any key that its preset has may be set, in any order, and lists too.
pub(crate) fn scenario(u: &mut Unstructured) -> Result<Scenario> {
    let mut scenario = Scenario::default();
    let mut keys = Key::ALL.to_vec();
    for last in (1..keys.len()).rev() {
        keys.swap(last, u.choose_index(last + 1)?);
    }
    let likely = u.int_in_range(1..=4)?;
    for key in keys {
        if scenario.get(key).is_some() && u.ratio(likely, 4)? {
            let given = valid(u, key)?;
            assert_eq!(scenario.set(key, &given), Ok(()), "{given}");
        }
    }
    for list in List::ALL {
        if u.ratio(1, 3)? {
            let given = valid_list(u, list)?;
            assert_eq!(scenario.set_list(list, &given), Ok(()), "{given}");
        }
    }
    Ok(scenario)
}
