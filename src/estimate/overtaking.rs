//! What becomes of a queue before a unit at some depth of it is served: units of better priority come, which are served
//! first (rules §2), and orders that wait are cancelled. Both rates are learned from the orders of that queue.
//!
//! Of each priority class the units of a day are summed, and their squares, yesterday's counting for more than last
//! year's as receipts do ([`weight`]). From the sums follow the mean of a day and how far days spread about it. What
//! comes within `d` days has the mean `m = d × mean` and the variance `d × spread + d² × what the mean itself may be
//! off`, as it was learned from so many days; it is drawn from the gamma distribution of that mean and variance, by
//! the cube of a normal deviate (Wilson and Hilferty, Proc. Natl. Acad. Sci. 17, 1931), and rounded to whole units.
//!
//! Of cancellations the units are summed, and the days that units waited: what waits stays another day with the chance
//! `1 − cancelled ÷ waited`, whatever its priority. So `u` units that arrive after `d` days reach `u ÷ stay ^ d` deeper
//! than what arrived before; how many have gone is drawn likewise, from the spread of whole orders that stay or go.

use super::history::weight;
use crate::model::units::{DAY_MS, Day, Instant, Quantity};
use alloc::vec::Vec;

/// Of a hundred units that wait at least two are counted on to stay, however many were cancelled.
const LEAST_STAY: f64 = 0.02;

/// Units of one kind that came, or went, day by day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// The last day on which there were any.
    pub on_day: Day,
    /// How many on that day.
    pub today: Quantity,
    /// The units of the days before, each weighed by its age on that day.
    pub units: f64,
    /// The squares of the units of each of these days, weighed alike.
    pub squares: f64,
}

impl Flow {
    fn add(&mut self, units: Quantity, on_day: Day) {
        if on_day > self.on_day {
            (self.units, self.squares) = self.before(on_day);
            (self.on_day, self.today) = (on_day, 0);
        }
        self.today = self.today.saturating_add(units);
    }

    /// The weighed sums of the days before `today`, of units and of their squares.
    fn before(&self, today: Day) -> (f64, f64) {
        if today <= self.on_day {
            return (self.units, self.squares);
        }
        let (faded, units) = (weight(today - self.on_day), self.today as f64);
        ((self.units + units) * faded, (self.squares + units * units) * faded)
    }
}

/// How long units waited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Waited {
    /// When it was last looked how many wait, and how many did.
    pub on_day: Day,
    /// How many waited then.
    pub units: Quantity,
    /// Units times days until then, each day weighed by its age.
    pub unit_days: f64,
}

impl Waited {
    fn upto(&self, today: Day) -> f64 {
        let days = today.saturating_sub(self.on_day);
        self.unit_days * weight(days) + self.units as f64 * weights(days)
    }
}

/// The sum of the weights of 1 to so many days.
fn weights(days: Day) -> f64 {
    let faded = weight(1);
    faded * (1.0 - weight(days)) / (1.0 - faded)
}

/// What came to one queue, class by class, and what was cancelled in it.
///
/// ```
/// use backorder::estimate::overtaking::{Front, Inflow};
/// let mut inflow = Inflow::since(100);
/// (100..160).for_each(|day| inflow.learn(50, 2 + u64::from(day % 2), day));
/// assert_eq!(inflow.better_than(50), None, "nobody overtakes the best");
/// assert_eq!(inflow.better_than(100), Some(50));
/// let rate = inflow.rate(Some(50), 160);
/// assert!((rate.per_day - 2.5).abs() < 0.01);
/// assert_eq!(Front::of(0.0, 0.0).reaches(50, &rate.within(8.0)), 30, "who comes in 8 days takes some 20 of 50");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Inflow {
    /// The day on which it began to learn.
    pub since: Day,
    /// What came, by priority.
    pub classes: Vec<(u8, Flow)>,
    /// What was cancelled while it waited.
    pub cancelled: Flow,
    /// What waited.
    pub waited: Waited,
}

impl Inflow {
    /// Nothing was seen yet; it begins to be on that day.
    pub fn since(day: Day) -> Inflow {
        let waited = Waited { on_day: day, ..Waited::default() };
        Inflow { since: day, classes: Vec::new(), cancelled: Flow { on_day: day, ..Flow::default() }, waited }
    }

    /// Takes in units that were ordered on a day, none before the last.
    pub fn learn(&mut self, priority: u8, units: Quantity, on_day: Day) {
        let place = self.classes.partition_point(|(class, _)| *class < priority);
        if self.classes.get(place).is_none_or(|(class, _)| *class != priority) {
            self.classes.insert(place, (priority, Flow { on_day, ..Flow::default() }));
        }
        if let Some((_, flow)) = self.classes.get_mut(place) {
            flow.add(units, on_day);
        }
    }

    /// Takes in units that waited and were cancelled.
    pub fn cancel(&mut self, units: Quantity, on_day: Day) {
        self.cancelled.add(units, on_day);
    }

    /// Looks how many units wait, of which the first look of a day counts.
    pub fn see_waiting(&mut self, units: Quantity, on_day: Day) {
        if on_day > self.waited.on_day {
            self.waited = Waited { on_day, units, unit_days: self.waited.upto(on_day) };
        }
    }

    /// The worst of the classes that overtake a priority, if any does.
    pub fn better_than(&self, priority: u8) -> Option<u8> {
        let better = self.classes.partition_point(|(class, _)| *class < priority);
        better.checked_sub(1).and_then(|last| self.classes.get(last)).map(|(class, _)| *class)
    }

    /// How many units of a class, and of those better than it, come a day, by the days before `today`; and how many of
    /// those that wait are cancelled.
    pub fn rate(&self, class: Option<u8>, today: Day) -> Rate {
        let days = today.saturating_sub(self.since);
        let mut rate = Rate::default();
        if days == 0 {
            return rate;
        }
        let (seen, faded_twice) = (weights(days), weight(2));
        let squares_of_weights = faded_twice * (1.0 - weight(days.saturating_mul(2))) / (1.0 - faded_twice);
        // As many days of one weight would say as much.
        let alike = seen * seen / squares_of_weights;
        let of_a_day = |flow: &Flow| {
            let (units, squares) = flow.before(today);
            let mean = units / seen;
            // Units that come one by one and at random spread as far as their mean; few days may not show it.
            let spread = (squares / seen - mean * mean) * alike / f64::max(alike - 1.0, 1.0);
            (mean, f64::max(spread, mean))
        };
        for (_, flow) in self.classes.iter().take_while(|(other, _)| Some(*other) <= class) {
            let (mean, spread) = of_a_day(flow);
            rate.per_day += mean;
            rate.spread += spread;
        }
        rate.off = rate.spread / alike;
        let ((mean, spread), waited) = (of_a_day(&self.cancelled), self.waited.upto(today) / seen);
        if mean > 0.0 && waited > 0.0 {
            rate.cancelled = f64::min(mean / waited, 1.0 - LEAST_STAY);
            rate.lot = spread / mean;
            rate.cancelled_off = spread / (mean * mean * alike);
        }
        rate
    }
}

/// How fast units come, and how fast those that wait go.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// The mean of a day.
    pub per_day: f64,
    /// The variance of a day.
    pub spread: f64,
    /// The variance of the mean, as it was learned from few days or many.
    pub off: f64,
    /// The share of what waits that is cancelled in a day.
    pub cancelled: f64,
    /// How many are cancelled together.
    pub lot: f64,
    /// The square of the share by which `cancelled` may be off.
    pub cancelled_off: f64,
}

impl Rate {
    /// Whether nothing is to be heeded.
    pub fn is_nothing(&self) -> bool {
        self.per_day <= 0.0 && self.cancelled <= 0.0
    }

    /// What comes, and goes, within so many days.
    pub fn within(&self, days: f64) -> Within {
        let stay = f64::max(power(1.0 - self.cancelled, days), LEAST_STAY);
        Within {
            come: Draw::of(self.per_day * days, days * (self.spread + self.off * days)),
            gone: (1.0 - stay) / stay,
            spread_of_gone: self.lot / stay,
            off: self.cancelled_off,
            lot: self.lot,
        }
    }

    /// The same from the day that begins at `as_of`, of which half has passed where it is not said how much, up to
    /// an instant.
    pub fn upto(&self, instant: Instant, as_of: Instant) -> Within {
        let days = instant.saturating_sub(as_of) as f64 / DAY_MS as f64;
        self.within(f64::max(days - 0.5, 0.0))
    }
}

/// A number from 0 to 1 to the power of so many days; of the last that is not whole, its part.
fn power(base: f64, days: f64) -> f64 {
    let whole = days as u32;
    let (mut power, mut square, mut left) = (1.0 - (1.0 - base) * (days - f64::from(whole)), base, whole);
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        square *= square;
        left >>= 1;
    }
    power
}

/// What comes and goes within some time: two distributions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    come: Draw,
    /// What has gone by then for each unit that stayed, and how far that spreads, unit by unit and in all.
    gone: f64,
    spread_of_gone: f64,
    off: f64,
    lot: f64,
}

/// How deep in a queue supply reaches, in one draw of what comes before and what is cancelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Front {
    arrived: Quantity,
    /// What of it those had who wait now, and what of these is expected to have gone before it was served.
    served: Quantity,
    gone: f64,
    /// Two deviates of the standard normal distribution: of what comes, and of what goes.
    come_by: f64,
    gone_by: f64,
}

impl Front {
    /// Before anything has arrived.
    pub fn of(come_by: f64, gone_by: f64) -> Front {
        Front { arrived: 0, served: 0, gone: 0.0, come_by, gone_by }
    }

    /// Units arrive when so much has come and gone: how deep all reach that have arrived. Who is still to be served by
    /// then has stayed till then, and who was served before could not go any more.
    pub fn reaches(&mut self, units: Quantity, within: &Within) -> Quantity {
        self.arrived = self.arrived.saturating_add(units);
        let left = self.arrived.saturating_sub(whole(within.come.at(self.come_by)));
        let more = left.saturating_sub(self.served);
        self.served = self.served.max(left);
        self.gone += more as f64 * within.gone;
        if self.gone <= 0.0 {
            return self.served;
        }
        // An order's own units are not cancelled: they are taken to be as many as go together.
        let others = f64::max(1.0 - within.lot / self.served as f64, 0.0);
        let mean = self.gone * others;
        let variance = mean * (within.spread_of_gone + mean * within.off);
        self.served.saturating_add(whole(Draw::of(mean, variance).at(self.gone_by)))
    }
}

fn whole(units: f64) -> Quantity {
    (units + 0.5) as Quantity
}

/// A gamma distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Draw {
    mean: f64,
    below: f64,
    scale: f64,
}

impl Draw {
    fn of(mean: f64, variance: f64) -> Draw {
        if mean <= 0.0 {
            return Draw { mean: 0.0, below: 0.0, scale: 0.0 };
        }
        // A ninth of the squared coefficient of variation.
        let ninth = variance / (9.0 * mean * mean);
        Draw { mean, below: 1.0 - ninth, scale: ninth.sqrt() }
    }

    fn at(&self, deviate: f64) -> f64 {
        let root = f64::max(self.below + deviate * self.scale, 0.0);
        self.mean * root * root * root
    }
}

/// The deviate of the standard normal distribution below which a share of it lies: the lambda distribution of Tukey
/// for the power 1/8, scaled to a variance of 1, which is off by 0.017 between the shares 0.02 and 0.98.
pub fn deviate(share: f64) -> f64 {
    let eighth_root = |number: f64| number.sqrt().sqrt().sqrt();
    5.389_685_552_647_651 * (eighth_root(share) - eighth_root(1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::dice::Dice;
    use alloc::vec;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * f64::max(1.0, other.abs())
    }

    /// The slow way: every unit kept with its day, and every day weighed.
    #[test]
    fn rates_are_what_weighing_every_day_gives() {
        let mut dice = Dice::new(4);
        for _ in 0..50 {
            let (since, until) = (1_000, 1_001 + dice.below(300) as Day);
            let mut inflow = Inflow::since(since);
            let mut days = vec![[0.0; 3]; (until - since) as usize];
            for (day, came) in (since..).zip(&mut days) {
                for _ in 0..dice.below(4) {
                    let (class, units) = (dice.below(3), 1 + dice.below(5));
                    inflow.learn([20, 50, 100][class as usize], units, day);
                    came[class as usize] += units as f64;
                }
            }
            let ages = || (1..=until - since).rev();
            let seen: f64 = ages().map(weight).sum();
            let alike = seen * seen / ages().map(|age| weight(age) * weight(age)).sum::<f64>();
            let (mut mean, mut spread) = (0.0, 0.0);
            for (class, priority) in [20, 50, 100].into_iter().enumerate() {
                let sum = |power: i32| -> f64 {
                    ages().zip(&days).map(|(age, came)| weight(age) * came[class].powi(power)).sum()
                };
                let of_class = sum(1) / seen;
                let unbiased = (sum(2) / seen - of_class * of_class) * alike / f64::max(alike - 1.0, 1.0);
                mean += of_class;
                spread += f64::max(unbiased, of_class);
                let rate = inflow.rate(Some(priority), until);
                assert!(near(rate.per_day, mean), "{rate:?}, {mean}");
                assert!(near(rate.spread, spread), "{rate:?}, {spread}");
                assert!(near(rate.off, spread / alike), "{rate:?}");
            }
            assert!(inflow.rate(None, until).is_nothing(), "nothing is better than the best");
        }
    }

    #[test]
    fn the_first_day_teaches_nothing_and_today_nothing_yet() {
        let mut inflow = Inflow::since(7);
        inflow.learn(5, 9, 7);
        assert!(inflow.rate(Some(5), 7).is_nothing());
        assert!(near(inflow.rate(Some(5), 8).per_day, 9.0));
        inflow.learn(5, 100, 8);
        assert!(near(inflow.rate(Some(5), 8).per_day, 9.0), "the day is not over");
    }

    #[test]
    fn the_worst_of_the_better_classes_stands_for_them_all() {
        let mut inflow = Inflow::since(0);
        [100, 20, 50].into_iter().for_each(|priority| inflow.learn(priority, 1, 3));
        let better = [0, 20, 21, 50, 51, 100, 255].map(|priority| inflow.better_than(priority));
        assert_eq!(better, [None, None, Some(20), Some(20), Some(50), Some(50), Some(100)]);
    }

    #[test]
    fn deviates_are_those_of_the_normal_distribution() {
        let thousand: Vec<f64> =
            (0..1_000).map(|place| deviate((f64::from(place) + 0.5) / 1_000.0)).collect();
        let mean = thousand.iter().sum::<f64>() / 1_000.0;
        let variance = thousand.iter().map(|deviate| deviate * deviate).sum::<f64>() / 1_000.0;
        assert!(
            thousand.is_sorted() && mean.abs() < 1e-9 && (variance - 1.0).abs() < 1e-9,
            "{mean} {variance}"
        );
        for (share, known) in [(0.5, 0.0), (0.8, 0.8416), (0.9, 1.2816), (0.95, 1.6449), (0.975, 1.96)] {
            assert!((deviate(share) - known).abs() < 0.017, "{share}: {}", deviate(share));
        }
    }

    #[test]
    fn what_comes_has_the_mean_and_the_variance_of_its_rate() {
        for (per_day, spread, off, days) in
            [(3.0, 6.0, 0.0, 10.0), (0.5, 2.0, 0.02, 30.0), (40.0, 90.0, 1.0, 2.5)]
        {
            let rate = Rate { per_day, spread, off, ..Rate::default() };
            let within = rate.within(days);
            let taken = |place: u32| {
                let come = deviate((f64::from(place) + 0.5) / 1_000.0);
                100_000.0 - Front::of(come, 0.0).reaches(100_000, &within) as f64
            };
            let drawn: Vec<f64> = (0..1_000).map(taken).collect();
            let mean = drawn.iter().sum::<f64>() / 1_000.0;
            let variance = drawn.iter().map(|units| (units - mean) * (units - mean)).sum::<f64>() / 1_000.0;
            let expected = (per_day * days, spread * days + off * days * days);
            assert!((mean / expected.0 - 1.0).abs() < 0.02, "{mean} of {expected:?}");
            assert!((variance / expected.1 - 1.0).abs() < 0.08, "{variance} of {expected:?}");
        }
    }

    #[test]
    fn cancellations_are_held_against_what_waited() {
        let mut inflow = Inflow::since(0);
        for day in 1..200 {
            inflow.see_waiting(100, day);
            inflow.see_waiting(999, day);
            inflow.cancel(2, day);
        }
        let rate = inflow.rate(None, 200);
        // On the first day nothing waited.
        assert!((rate.cancelled - 0.02).abs() < 0.001, "{rate:?}");
        assert!(near(rate.within(10.0).gone, 1.0 / power(1.0 - rate.cancelled, 10.0) - 1.0));
    }

    #[test]
    fn who_is_served_goes_no_more_and_who_waits_still_does() {
        // A tenth goes each day. Of 9 that come after a day 10 are served, and of 9 after two days 11 more.
        let rate = Rate { cancelled: 0.1, ..Rate::default() };
        let mut front = Front::of(0.0, 0.0);
        assert_eq!(front.reaches(9, &rate.within(1.0)), 10);
        assert_eq!(front.reaches(9, &rate.within(2.0)), 21);
        // Days that are not whole, and a rate at its bound.
        assert!(near(power(0.9, 1.5), 0.9 * 0.95));
        assert!(near(power(0.98, 13.0), (0..13).fold(1.0, |power, _| power * 0.98)));
        let all = Rate { cancelled: 1.0 - LEAST_STAY, ..Rate::default() };
        assert_eq!(Front::of(0.0, 0.0).reaches(1, &all.within(1e6)), 50);
    }
}
