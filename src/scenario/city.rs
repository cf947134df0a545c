//! The city of a scenario: its sizes, and the keys on which no run of a shower depends.

use super::Scenario;
use super::key::Key;
use super::list::List;
use crate::city::{Demand, Pipes, Plan, Rule};
use crate::descent::Error;

impl Scenario {
    /// The city, judged by the error of the scenario.
    ///
    /// ```
    /// use backflow::city::Rule;
    /// use backflow::scenario::Scenario;
    ///
    /// let (scenario, complaints) = Scenario::parse("city=16,32,16&rule=equal&m=3");
    /// assert!(complaints.is_empty());
    /// let plan = scenario.city();
    /// assert_eq!((plan.sizes.as_slice(), plan.rule), ([16, 32, 16].as_slice(), Rule::Equal));
    /// ```
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and within limits")]
    pub fn city(&self) -> Plan {
        Plan {
            sizes: self.list(List::City).iter().map(|size| *size as usize).collect(),
            pipes: Pipes::ALL[self.choice(Key::Law)],
            demand: Demand::ALL[self.choice(Key::Demand)],
            rule: Rule::ALL[self.choice(Key::Rule)],
            error: self.error(),
            batch: self.number(Key::Batch) as usize,
            seed: self.number(Key::Seed) as u32,
            rate: self.number(Key::Pace),
            range: self.number(Key::Range),
        }
    }

    /// The scenario that says no more than a city, with its error. What a plan has beyond the limits is as near
    /// as they allow; sizes beyond them are the usual ones.
    ///
    /// ```
    /// use backflow::scenario::Scenario;
    ///
    /// let (scenario, _) = Scenario::parse("preset=house&city=16,32,16&error=squared&pace=0.2&seed=7");
    /// let city = Scenario::of_city(&scenario.city());
    /// assert_eq!(city.to_string(), "error=squared&seed=7&pace=0.2&city=16,32,16");
    /// assert_eq!(city.city(), scenario.city());
    /// ```
    #[must_use]
    pub fn of_city(plan: &Plan) -> Self {
        let mut scenario = Self::default();
        let error = match plan.error {
            Error::Absolute => "absolute",
            Error::Squared => "squared",
            Error::Huber { .. } => "huber",
        };
        let names = [
            (Key::Error, error),
            (Key::Law, plan.pipes.name()),
            (Key::Demand, plan.demand.name()),
            (Key::Rule, plan.rule.name()),
        ];
        for (key, name) in names {
            scenario.put(key, key.choice(name));
        }
        let delta = if let Error::Huber { delta } = plan.error { Some((Key::Delta, delta)) } else { None };
        let numbers = [
            (Key::Range, plan.range),
            (Key::Batch, plan.batch as f64),
            (Key::Seed, f64::from(plan.seed)),
            (Key::Pace, plan.rate),
        ];
        for (key, number) in numbers.into_iter().chain(delta) {
            // The nearest that is allowed is what was promised.
            let _ = scenario.set_number(key, number);
        }
        let sizes: Vec<_> = plan.sizes.iter().map(ToString::to_string).collect();
        let _ = scenario.set_list(List::City, &sizes.join(","));
        scenario
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, List, Plan, Scenario};
    use crate::scenario::{Complaint, Reason, Session};

    #[test]
    fn where_nothing_is_said_it_is_the_usual_city() {
        assert_eq!(Scenario::default().city(), Plan::default());
        assert_eq!(Scenario::of_city(&Plan::default()), Scenario::default());
    }

    #[test]
    fn sizes_are_whole_and_few_enough_and_not_too_many_for_the_valves() {
        for (sizes, allowed) in [
            ("1,1", true),
            ("1024,1024", true),
            ("1024,1024,1024", true), // 2,097,152 valves
            ("1024,1024,1024,1", false),
            ("1,2,3,4,5,6,7,8", true),
            ("1,2,3,4,5,6,7,8,9", false),
            ("256", false),
            ("", false),
            ("0,4", false),
            ("4,1025", false),
            ("4,4.5", false),
            ("4,,4", false),
            ("4,4,", false),
            ("4,-4", false),
            ("4,NaN", false),
            ("4;4", false),
        ] {
            let (scenario, complaints) = Scenario::parse(&format!("city={sizes}"));
            if allowed {
                assert_eq!(complaints, [], "{sizes}");
                assert_eq!(scenario.to_string(), format!("city={sizes}"));
                continue;
            }
            let [Complaint { key, given, reason, used: None }] = &complaints[..] else {
                panic!("{sizes}: {complaints:?}")
            };
            assert_eq!([key, given], ["city", sizes]);
            assert_eq!(*reason, Reason::NotSizes { count: 8, most: 1024.0, valves: 2_097_152.0 });
            assert_eq!(scenario, Scenario::default());
        }
    }

    #[test]
    fn what_is_beyond_the_limits_is_as_near_as_they_allow() {
        let plan = Plan { sizes: vec![4, 2000], batch: 900, rate: 1e9, ..Plan::default() };
        let near = Plan { batch: Plan::SCENARIOS, rate: 10.0, ..Plan::default() };
        assert_eq!(Scenario::of_city(&plan).city(), near);
        let plan = Plan { error: Error::Huber { delta: 0.25 }, rate: f64::NAN, ..Plan::default() };
        assert_eq!(Scenario::of_city(&plan).to_string(), "error=huber&delta=0.25");
    }

    #[test]
    fn the_shower_knows_nothing_of_the_city() {
        let city =
            "&law=throttle&range=1000&demand=blend&rule=equal&batch=9&seed=4294967295&pace=2&city=8,9,8";
        let shower = "preset=house&optimizer=momentum&steps=20";
        let [with, without] = [city, ""].map(|more| Session::open(&format!("{shower}{more}")).0);
        assert_eq!(with.run().made(), without.run().made());
        assert_eq!(with.bare_settings(), without.bare_settings());
        assert_eq!(with.scenario().to_string(), format!("{shower}{city}"));
        assert_eq!(with.scenario().list(List::City), [8.0, 9.0, 8.0]);
    }
}
