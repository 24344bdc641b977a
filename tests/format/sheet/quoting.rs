//! What follows from a sheet, in the document's numbered steps.

use super::{Curve, DAY, Dated, Known, Sheet, Stock};

const MOST: u64 = (1 << 53) - 1;

/// What a sheet says of a quantity.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub availability: &'static str,
    pub now: u64,
    pub waits: u64,
    pub refused: Option<&'static str>,
    /// `None`: not known.
    pub ahead: Option<u64>,
    /// `None`: the sheet can't say.
    pub dates: Option<Dates>,
    pub incentive: Option<String>,
}

/// p50, p80, p95 and the promise, with basis and receipts.
type Dates = ([Option<u64>; 4], &'static str, u64);

/// A date, its basis and receipts. `None`: the sheet can't say.
type Ships = Option<(Option<u64>, &'static str, i64)>;

const NEVER: Ships = Some((None, "none", 0));

impl Sheet {
    pub fn quote(&self, q: u64, p: u8, t: u64) -> Said {
        assert!(t >= self.at && self.until.is_none_or(|until| t < until), "it is not stale");
        let Some(known) = &self.known else {
            let dates = Some(([None; 4], "none", 0));
            return Said {
                availability: "outOfStock",
                now: 0,
                waits: 0,
                refused: Some("unknown"),
                ahead: Some(0),
                dates,
                incentive: None,
            };
        };
        known.quote(q, p, t)
    }
}

impl Known {
    fn quote(&self, q: u64, p: u8, t: u64) -> Said {
        let (there, short) = match &self.stock {
            Stock::Undated { countable, had, .. } => {
                let (_, now, most) = had.iter().rfind(|had| had.0 <= u64::from(p)).expect("0 is there");
                let there = if q > *countable { 0 } else { *now };
                (there, most.is_some_and(|most| q > most).then_some("short"))
            }
            Stock::Dated(dated) => {
                let there = dated.there(p, self.first(t));
                let waits = q - there.min(q);
                let reason = if dated.denies { "outOfStock" } else { "backorderLimit" };
                (there, dated.room.is_some_and(|room| waits > room).then_some(reason))
            }
        };
        let take = there.min(q);
        let waits = q - take;
        let (ahead, dates) = match &self.stock {
            Stock::Undated { why: 4, .. } => (None, None),
            _ if waits == 0 => {
                let (date, basis, _) =
                    self.released(self.sent(Some((Some(t), "stock", 0)))).expect("it is known");
                (Some(0), Some(([date; 4], basis, 0)))
            }
            Stock::Undated { .. } => (None, None),
            Stock::Dated(dated) => self.wait(dated, take, waits, p, t),
        };
        let refused = if q > self.most {
            Some("limitExceeded")
        } else if self.max_per_order.is_some_and(|most| q > most) {
            Some("maxPerOrder")
        } else if waits == 0 {
            None
        } else if self.discontinued {
            Some("outOfStock")
        } else {
            short
        };
        let preorder = self.preorder && self.release.is_none_or(|release| release > t);
        let availability = match refused {
            Some(_) if self.discontinued => "discontinued",
            Some(_) => "outOfStock",
            None if preorder => "preorder",
            None if waits == 0 => "inStock",
            None if take > 0 => "limited",
            None => "backorder",
        };
        let dates = if refused.is_some() { Some(([None; 4], "none", 0)) } else { dates };
        let mut incentive = None;
        if let (None, Some((dates, ..))) = (refused, dates)
            && (waits > 0 || preorder)
        {
            let wait = dates[3].map(|promise| self.day(promise).saturating_sub(self.day(t)));
            let mut offers = self.incentives.iter().flatten();
            incentive = offers.find(|(days, _)| wait.is_none_or(|wait| *days <= wait)).map(|it| it.1.clone());
        }
        Said { availability, now: take, waits, refused, ahead, dates, incentive }
    }

    fn wait(&self, dated: &Dated, take: u64, waits: u64, p: u8, t: u64) -> (Option<u64>, Option<Dates>) {
        let ships = |curve: &Curve| {
            let served = match dated.places {
                None => self.sent(dated.served(curve, take, waits, p, t)),
                Some(_) => self.beside(dated, curve, (take, waits), p, t),
            };
            self.released(served)
        };
        let of_class = dated.curves.len() / (dated.overtaking.len() + 1);
        let overtaken_by = dated.overtaking.iter().filter(|&&priority| priority < p).count();
        let curves = &dated.curves[overtaken_by * of_class..][..of_class];
        let own = ships(&curves[dated.own]);
        let ahead = match &dated.places {
            None => Some(dated.classes_upto(p)),
            Some(_) => own.and_then(|(date, ..)| dated.ahead_of(date, p)),
        };
        let shown: Vec<Ships> = match dated.learned {
            true => curves[..3].iter().map(ships).collect(),
            false => vec![own; 3],
        };
        let all: Option<Vec<_>> = shown.into_iter().chain([own]).collect();
        let dates = all.map(|all| {
            let receipts = if dated.learned { all[3].2 as u64 } else { 0 };
            (core::array::from_fn(|place| all[place].0), all[3].1, receipts)
        });
        (ahead, dates)
    }

    fn day(&self, instant: u64) -> u64 {
        self.calendar.as_ref().map_or(instant / DAY, |calendar| calendar.day(instant))
    }

    fn dispatch(&self, ready: u64) -> Option<u64> {
        self.calendar.as_ref().map_or(Some(ready), |calendar| calendar.dispatch(ready))
    }

    /// When what is there leaves; after all else, where that can't be said.
    fn first(&self, t: u64) -> u64 {
        self.dispatch(t).unwrap_or(u64::MAX)
    }

    fn sent(&self, ships: Ships) -> Ships {
        let (date, basis, receipts) = ships?;
        match date.and_then(|date| self.dispatch(date)) {
            Some(date) => Some((Some(date), basis, receipts)),
            None => NEVER,
        }
    }

    fn released(&self, ships: Ships) -> Ships {
        let (date, basis, receipts) = ships?;
        let floor = match (self.preorder, self.release) {
            (false, _) | (true, Some(0)) => Some(0),
            (true, release) => release.and_then(|release| self.dispatch(release)),
        };
        match (date, floor) {
            (Some(date), Some(floor)) => Some((Some(date.max(floor)), basis, receipts)),
            _ => NEVER,
        }
    }

    /// Where promises are kept.
    fn beside(&self, dated: &Dated, curve: &Curve, (take, waits): (u64, u64), p: u8, t: u64) -> Ships {
        let wanted = i128::from(waits) + i128::from(dated.reserve(p));
        let there = i128::from(dated.start) - i128::from(take);
        let last = curve.steps.last().map_or(0, |step| step.0);
        let (units, first) = (wanted + i128::from(take), self.first(t));
        let mut passed = curve.steps.iter().filter(|step| step.0 <= first).map(|step| step.2);
        if curve.left(first) >= units {
            let receipts = passed.next_back().unwrap_or(curve.evidence);
            return if first > MOST { NEVER } else { Some((Some(first), "supply", receipts)) };
        }
        if let Some(step) = curve.steps.iter().find(|step| curve.left(step.0) >= units) {
            return Some((Some(step.0), "supply", step.2));
        }
        let ahead = i128::from(dated.ahead_of(None, p).expect("all is ahead"));
        let unit = (ahead + wanted - there - i128::from(curve.total)).max(1);
        let (date, basis, receipts) = self.sent(dated.assumed(curve, unit, t, 0))?;
        Some((date.map(|date| date.max(last)), basis, receipts))
    }
}

impl Dated {
    fn reserve(&self, p: u8) -> u64 {
        self.reserves.iter().rfind(|level| level.0 < p).map_or(0, |level| level.1)
    }

    /// What is there where what is there leaves then.
    fn there(&self, p: u8, first: u64) -> u64 {
        let mut free = i128::from(self.start);
        if self.places.is_some() {
            free = free.min(self.curves[self.own].left(first));
        }
        u64::try_from(free - i128::from(self.reserve(p))).unwrap_or(0)
    }

    fn classes_upto(&self, p: u8) -> u64 {
        self.classes.iter().filter(|class| class.0 <= u64::from(p)).map(|class| class.1).sum()
    }

    fn ahead_of(&self, promise: Option<u64>, p: u8) -> Option<u64> {
        let mut ahead = 0;
        for place in self.places.iter().flatten() {
            let is_ahead = promise.is_none_or(|date| (place.promise, place.priority) <= (date, u64::from(p)));
            if !is_ahead {
                return (!place.spread).then_some(ahead);
            }
            ahead += place.units;
        }
        Some(ahead + if promise.is_none() { self.classes_upto(p) } else { 0 })
    }

    fn served(&self, curve: &Curve, take: u64, waits: u64, p: u8, t: u64) -> Ships {
        let wanted = i128::from(waits) + i128::from(self.reserve(p));
        let there = i128::from(self.start) - i128::from(take);
        let last = curve.steps.last().map_or(0, |step| step.0);
        let ahead = self.sharing.unwrap_or_else(|| self.classes_upto(p));
        let mut unit = i128::from(ahead) + wanted - there;
        if unit <= 0 {
            return Some((Some(t), "stock", 0));
        }
        let comes_at = t + self.offset_days * DAY;
        let oldest = self.ignore_after_days.map_or(0, |days| t.saturating_sub(days * DAY));
        let counted: Vec<(u64, u64, i64)> =
            curve.steps.iter().copied().filter(|step| step.0 >= oldest).collect();
        let late = counted.iter().filter(|step| step.0 < t).map(|step| (comes_at, step.1, step.2));
        let early = counted.iter().filter(|step| step.0 >= t && step.0 < comes_at).copied();
        let rest = counted.iter().filter(|step| step.0 >= t && step.0 >= comes_at).copied();
        let any_late = late.clone().next().is_some();
        let hidden = curve.end == 1 && self.offset_days > 0 && any_late && comes_at > last;
        let mut arrivals: Vec<(u64, u64, i64)> = early.collect();
        if !hidden {
            arrivals.extend(late.chain(rest));
        }
        for (date, units, receipts) in &arrivals {
            if unit <= i128::from(*units) {
                return if *date > MOST { NEVER } else { Some((Some(*date), "supply", *receipts)) };
            }
            unit -= i128::from(*units);
        }
        if hidden {
            return None;
        }
        self.assumed(curve, unit, t, arrivals.last().map_or(0, |last| last.0))
    }

    fn assumed(&self, curve: &Curve, unit: i128, t: u64, last: u64) -> Ships {
        match (curve.end, self.replenishment) {
            (1, _) => None,
            (0, Some([days, batch, capacity])) => {
                let rounded = |unit: i128, to: u64| (unit + i128::from(to) - 1) / i128::from(to);
                let made = if batch > 0 { rounded(unit, batch) * i128::from(batch) } else { unit };
                let more = if capacity > 0 { rounded(made, capacity) - 1 } else { 0 };
                let date = i128::from(t) + (i128::from(days) + more) * i128::from(DAY);
                let date = u64::try_from(date).unwrap_or(u64::MAX).max(last);
                if date > MOST { NEVER } else { Some((Some(date), "replenishment", 0)) }
            }
            _ => NEVER,
        }
    }
}

impl Curve {
    fn left(&self, t: u64) -> i128 {
        let passed = self.steps.iter().filter(|step| step.0 <= t);
        i128::from(self.least) + passed.map(|step| i128::from(step.1)).sum::<i128>()
    }
}
