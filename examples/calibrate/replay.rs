//! A history of deliveries, replayed in time order.

use backorder::estimate::calibration::Foretold;
use backorder::estimate::lateness::Lateness;
use backorder::estimate::learner::Learner;
use backorder::model::units::Day;

/// One delivery.
pub struct Delivery {
    /// The day for which it was scheduled.
    pub scheduled: Day,
    /// The day on which it came.
    pub delivered: Day,
    /// What it belongs to, the most specific first; no two kinds of groups share a number.
    pub groups: Vec<u32>,
}

/// What is promised for each delivery, `ahead_days` before the day for which it is scheduled: by the deliveries made
/// by that day, and by those that were due before it and had not come. The deliveries are in order of `scheduled`.
pub fn promises(deliveries: &[Delivery], ahead_days: Day) -> Vec<Lateness> {
    let mut arrivals: Vec<usize> = (0..deliveries.len()).collect();
    arrivals.sort_by_key(|&place| deliveries[place].delivered);
    let mut arrivals = arrivals.into_iter().peekable();
    let mut learner = Learner::default();
    let mut foretold: Vec<Option<Foretold>> = Vec::with_capacity(deliveries.len());
    let mut promised = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let today = delivery.scheduled.saturating_sub(ahead_days);
        while let Some(place) = arrivals.next_if(|&place| deliveries[place].delivered <= today) {
            let came = &deliveries[place];
            let lateness_days = came.delivered as i32 - came.scheduled as i32;
            // One that came before its promise was due teaches, but there was nothing to judge.
            learner.judge(foretold.get(place).and_then(Option::as_ref), lateness_days);
            learner.learn(&came.groups, lateness_days, came.delivered);
        }
        let overdue = overdue(deliveries, &delivery.groups, today);
        let overdue: Vec<&[u32]> = overdue.iter().map(Vec::as_slice).collect();
        let raw = learner.foretell(&delivery.groups, &overdue, today);
        promised.push(learner.calibration().corrected(&raw));
        foretold.push(Foretold::of(&raw));
    }
    promised
}

/// By how many days each is late that was due before `today` and had not come: of each group, and of all.
fn overdue(deliveries: &[Delivery], groups: &[u32], today: Day) -> Vec<Vec<u32>> {
    let mut overdue = vec![Vec::new(); groups.len() + 1];
    let due = deliveries.partition_point(|delivery| delivery.scheduled < today);
    for open in deliveries[..due].iter().filter(|delivery| delivery.delivered > today) {
        let days = today - open.scheduled;
        for (place, group) in groups.iter().enumerate() {
            if open.groups.get(place) == Some(group) {
                overdue[place].push(days);
            }
        }
        overdue[groups.len()].push(days);
    }
    overdue
}
