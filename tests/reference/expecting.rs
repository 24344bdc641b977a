//! What receipts teach of suppliers, and when supplies are expected that may be late (rules §9). How late a
//! supplier is, and the table of dates, are the pure functions of `backorder::estimate`, which are held to
//! slow ones there; what is theirs to know, and when, is found out here.

use super::Shop;
use super::curve::Arrival;
use super::queue::EntryAt;
use super::records::{Part, Place, Supply};
use backorder::estimate::calibration::Foretold;
use backorder::estimate::history::KEPT;
use backorder::estimate::lateness::Lateness;
use backorder::estimate::learner::Learner;
use backorder::estimate::overtaking::Inflow;
use backorder::estimate::scenarios::{Coming, Dated as Step, Overtakers, dated};
use backorder::model::settings::{Overdue, Overtaking};
use backorder::model::units::{DAY_MS, Day, Instant, day_of};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What is known of suppliers.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// By supplier, and by supplier and item; items are numbered in the order in which they were defined.
    learner: Learner<(usize, usize)>,
    foretold: BTreeMap<String, Foretold>,
    /// The suppliers, in the order in which they were defined, with the day on which they were told of.
    suppliers: Vec<(String, Vec<i64>, Option<Day>)>,
    /// Since when items learn what is ordered by priority, and what was, by place.
    learn_since: BTreeMap<String, Day>,
    inflows: BTreeMap<Place, Inflow>,
}

/// The supplier, of whatever item.
const ANY: usize = usize::MAX;

thread_local! {
    /// Tables that were made, by all that they are made from.
    static TABLES: RefCell<BTreeMap<String, Rc<Vec<Step>>>> = RefCell::default();
}

impl Shop {
    pub(super) fn define_supplier(
        &mut self,
        supplier: &str,
        lateness: Option<&Option<Vec<i64>>>,
        now: Instant,
    ) {
        self.suppliers.insert(supplier.to_owned());
        let known = &mut *self.known;
        let number = match known.suppliers.iter().position(|(name, ..)| name == supplier) {
            Some(number) => number,
            None => {
                known.suppliers.push((supplier.to_owned(), Vec::new(), None));
                known.suppliers.len() - 1
            }
        };
        let Some(given) = lateness else { return };
        let given = given.clone().unwrap_or_default();
        let (_, told, told_on) = &mut known.suppliers[number];
        if *told == given {
            return;
        }
        let days = |told: &[i64]| told.iter().map(|&days| days as i32).collect::<Vec<i32>>();
        if let Some(told_on) = *told_on {
            known.learner.forget(&[(number, ANY)], &days(told), told_on);
        }
        known.learner.recall(&[(number, ANY)], &days(&given), day_of(now));
        (*told, *told_on) = (given, Some(day_of(now)));
    }

    fn groups_of(&self, supply: &Supply) -> Option<[(usize, usize); 2]> {
        let name = supply.supplier.as_ref()?;
        let number = self.known.suppliers.iter().position(|(other, ..)| other == name)?;
        let item = self.items.iter().position(|item| item.sku == supply.place.sku)?;
        Some([(number, item), (number, ANY)])
    }

    /// By how many days the last so many supplies are overdue: of the same supplier and item, of the same
    /// supplier, and of all that have one.
    fn overdue_days(&self, groups: [(usize, usize); 2], today: Day) -> [Vec<u32>; 3] {
        let mut late: Vec<(Instant, usize)> = Vec::new();
        for (index, supply) in self.supplies.iter().enumerate() {
            if supply.open > 0 && supply.supplier.is_some() && day_of(supply.due) < today {
                late.push((supply.due, index));
            }
        }
        late.sort_unstable();
        let late = late.split_off(late.len().saturating_sub(KEPT));
        [0, 1, 2].map(|level| {
            let belongs = |&&(_, index): &&(Instant, usize)| {
                let theirs = self.groups_of(&self.supplies[index]);
                level == 2 || theirs.is_some_and(|theirs| theirs[level] == groups[level])
            };
            late.iter().filter(belongs).map(|&(due, _)| today - day_of(due)).collect()
        })
    }

    /// Something came of a supply that was open.
    pub(super) fn learn_from_receipt(&mut self, index: usize, now: Instant) {
        let supply = (*self.supplies[index]).clone();
        let Some(groups) = self.groups_of(&supply).filter(|_| supply.open > 0) else { return };
        let lateness_days = day_of(now) as i32 - day_of(supply.due) as i32;
        let known = &mut *self.known;
        known.learner.judge(known.foretold.get(&supply.id), lateness_days);
        known.learner.learn(&groups, lateness_days, day_of(now));
    }

    /// A supply changed: what is foretold of one whose date was given now, and what is expected of all that
    /// come to its place.
    pub(super) fn expect(&mut self, index: usize, date_given: bool, now: Instant) {
        let today = day_of(now);
        let supply = (*self.supplies[index]).clone();
        if supply.open == 0 {
            self.known.foretold.remove(&supply.id);
        } else if let Some(groups) = self.groups_of(&supply)
            && (date_given || !self.known.foretold.contains_key(&supply.id))
        {
            let overdue = self.overdue_days(groups, today);
            let overdue = overdue.each_ref().map(Vec::as_slice);
            let foretold = Foretold::of(&self.known.learner.foretell(&groups, &overdue, today));
            self.known.foretold.remove(&supply.id);
            self.known.foretold.extend(foretold.map(|foretold| (supply.id.clone(), foretold)));
        }
        for index in 0..self.supplies.len() {
            if self.supplies[index].place != supply.place {
                continue;
            }
            let lateness = self.lateness_of(&self.supplies[index], today);
            self.supplies[index].lateness = lateness.filter(|_| self.supplies[index].open > 0);
        }
    }

    fn lateness_of(&self, supply: &Supply, today: Day) -> Option<Lateness> {
        let groups = self.groups_of(supply)?;
        let overdue = self.overdue_days(groups, today);
        let overdue = overdue.each_ref().map(Vec::as_slice);
        let lateness = self.known.learner.expected(&groups, &overdue, today);
        (lateness.evidence() > 0).then_some(lateness)
    }

    /// Whether an item learns what is ordered by priority was set anew: what was known of it is forgotten.
    pub(super) fn learn_orders_anew(&mut self, sku: &str, now: Instant) {
        let learns = self.settings(sku).overtaking == Overtaking::Learn;
        self.known.inflows.retain(|place, _| place.sku != sku);
        self.known.learn_since.remove(sku);
        if learns {
            self.known.learn_since.insert(sku.to_owned(), day_of(now));
        }
    }

    /// An order was placed, or a cart has become one, where so much waited before.
    pub(super) fn learn_from_order(&mut self, demand: usize, before: &Shop, now: Instant) {
        let parts: Vec<Part> =
            self.demands[demand].lines.iter().flat_map(|line| line.parts.iter().cloned()).collect();
        self.learn_from_parts(demand, &parts, before, now);
    }

    /// An order's line that waits is about to be cancelled.
    pub(super) fn learn_cancelled(&mut self, demand: usize, line: usize, now: Instant) {
        let mut waits: BTreeMap<Place, u64> = BTreeMap::new();
        for at in self.entries_of(demand, line) {
            *waits.entry(self.place_of(at)).or_default() += self.lacks(at);
        }
        for (place, units) in waits.into_iter().filter(|(_, units)| *units > 0) {
            if let Some(inflow) = self.inflow_at(&place) {
                inflow.cancel(units, day_of(now));
            }
        }
    }

    fn inflow_at(&mut self, place: &Place) -> Option<&mut Inflow> {
        let known = &mut *self.known;
        let since = *known.learn_since.get(&place.sku)?;
        Some(known.inflows.entry(place.clone()).or_insert_with(|| Inflow::since(since)))
    }

    /// Units of an order are new in the queues of what they are made of.
    pub(super) fn learn_from_parts(&mut self, demand: usize, parts: &[Part], before: &Shop, now: Instant) {
        let priority = self.demands[demand].priority;
        for part in parts {
            for entry in &part.entries {
                let place = Place::new(&entry.sku, &part.location);
                if let Some(inflow) = self.inflow_at(&place) {
                    inflow.see_waiting(before.waiting_units(&place), day_of(now));
                    inflow.learn(priority, part.wanted * entry.per, day_of(now));
                }
            }
        }
    }

    /// The same shop, seen by who an entry is of.
    pub(super) fn asked_by(&self, at: EntryAt) -> Shop {
        let overtaken = self.settings(&self.entry(at).sku).is_overtaken();
        let priority = overtaken.then(|| self.demand_of(at).priority);
        Shop { asked_by: priority.or(self.asked_by), ..self.clone() }
    }

    /// The better priorities that may overtake who asks, on a day.
    fn overtakers(&self, place: &Place, today: Day) -> Option<Overtakers> {
        let inflow = self.known.inflows.get(place)?;
        let rate = inflow.rate(inflow.better_than(self.asked_by?), today);
        let seed = !xxh3_64_with_seed(place.sku.as_bytes(), 0);
        (!rate.is_nothing()).then_some(Overtakers { rate, seed })
    }

    /// The same shop, seen at a quantile: so many draws in a thousand.
    pub(super) fn at_quantile(&self, of_draws: u16) -> Shop {
        Shop { of_draws: Some(of_draws), ..self.clone() }
    }

    /// What comes to a place where any supply may be late; none where all are taken at their word.
    pub(super) fn expected_arrivals(
        &self,
        place: &Place,
        overdue: Overdue,
        now: Instant,
    ) -> Option<Vec<Arrival>> {
        let open = self.supplies.iter().enumerate();
        let here: Vec<_> = open.filter(|(_, supply)| supply.place == *place && supply.open > 0).collect();
        let overtaken = self.settings(&place.sku).is_overtaken();
        if here.iter().all(|(_, supply)| supply.lateness.is_none()) && (!overtaken || here.is_empty()) {
            return None;
        }
        let coming: Vec<Coming> = here
            .iter()
            .map(|(index, supply)| Coming {
                due: supply.due,
                open: supply.open,
                supply: *index as u32,
                seed: xxh3_64_with_seed(supply.id.as_bytes(), 0),
                lateness: supply.lateness.clone(),
                counts: true,
            })
            .collect();
        let today = now - now % DAY_MS;
        let as_of = if overtaken || coming.iter().any(|coming| coming.due < today) { today } else { 0 };
        let overtakers = self.overtakers(place, day_of(now)).filter(|_| overtaken);
        let of_draws =
            self.of_draws.unwrap_or_else(|| self.settings(&place.sku).promise_quantile.per_mille());
        let made_of = format!("{coming:?} {as_of} {overdue:?} {of_draws} {overtakers:?}");
        let table = TABLES.with_borrow_mut(|tables| {
            if tables.len() > 100_000 {
                tables.clear();
            }
            let make = || Rc::new(dated(&coming, as_of, overdue, of_draws, overtakers));
            tables.entry(made_of).or_insert_with(make).clone()
        });
        let arrival = |step: &Step| {
            let at = if step.date < now { now + overdue.offset_days * DAY_MS } else { step.date };
            let supply = step.supply as usize;
            Arrival { at, due: self.supplies[supply].due, units: step.units, supply }
        };
        let mut arrivals: Vec<Arrival> = table.iter().map(arrival).collect();
        // Of those that come at one instant, the order of the table stands.
        arrivals.sort_by_key(|arrival| arrival.at);
        Some(arrivals)
    }
}
