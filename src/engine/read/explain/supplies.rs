//! What is known of the supplies that a line waits for, where any of them may be late.

use super::queue::Wait;
use super::{NAMED, Subject, count, units};
use crate::estimate::expected::Expected;
use crate::estimate::lateness::Lateness;
use crate::estimate::scenarios::{Coming, DRAWS};
use crate::model::outcome::NONE;
use crate::model::settings::ItemSettings;
use crate::model::units::{DAY_MS, Instant, Quantity, day_of};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Subject<'_> {
    /// Units of supply that do not count, and why: it is too late, or nothing is known of its supplier.
    pub(super) fn uncounted(&self, wait: &Wait, said: &mut Vec<String>) -> Quantity {
        let Some(expected) = wait.site.expected.as_deref() else {
            let late = wait.outlook.curve.ignored();
            said.extend(too_late(late));
            return late;
        };
        let sum = |of: &dyn Fn(&Coming) -> bool| {
            expected.coming().iter().filter(|coming| of(coming)).map(|coming| coming.open).sum::<Quantity>()
        };
        let unknown = sum(&|coming| !coming.counts);
        let late = sum(&|coming| coming.counts && self.is_ignored(coming, wait.settings));
        if unknown > 0 {
            let unknown = units(unknown);
            said.push(format!(
                "Supply of {unknown} counts for nothing, as no receipt of its supplier is known and evidence is asked for."
            ));
        }
        said.extend(too_late(late));
        unknown + late
    }

    /// What is known of each supply that may have come by a date.
    pub(super) fn known_of_supplies(&self, wait: &Wait, by: Option<Instant>, said: &mut Vec<String>) {
        let Some((expected, by)) = wait.site.expected.as_deref().zip(by) else { return };
        let mut coming = self.may_come(expected, wait.settings, by);
        coming.sort_by_key(|coming| (coming.due, coming.supply));
        said.extend(coming.iter().take(NAMED).map(|coming| self.known_of(coming, wait.settings)));
        if let Some(others) = coming.len().checked_sub(NAMED).filter(|&others| others > 0) {
            let supplies = if others == 1 { "supply" } else { "supplies" };
            said.push(format!("{others} more {supplies} may have come by then."));
        }
    }

    fn may_come<'x>(&self, expected: &'x Expected, settings: &ItemSettings, by: Instant) -> Vec<&'x Coming> {
        let counted =
            expected.coming().iter().filter(|coming| coming.counts && !self.is_ignored(coming, settings));
        let first = |coming: &Coming| {
            let steps =
                self.remaining(coming).map_or(0, |lateness| lateness.quantile(1.0 / f64::from(DRAWS)));
            coming.due.saturating_add_signed(i64::from(steps) * DAY_MS as i64)
        };
        counted.filter(|coming| first(coming) <= by).collect()
    }

    fn is_ignored(&self, coming: &Coming, settings: &ItemSettings) -> bool {
        let late = (self.now - self.now % DAY_MS).saturating_sub(coming.due);
        settings.overdue.ignore_after_days.is_some_and(|days| late > days.saturating_mul(DAY_MS))
    }

    fn days_late(&self, coming: &Coming) -> u32 {
        day_of(self.now).saturating_sub(day_of(coming.due))
    }

    /// How late it may be, given how late it is.
    fn remaining(&self, coming: &Coming) -> Option<Lateness> {
        let lateness = coming.lateness.as_ref()?;
        Some(match self.days_late(coming) {
            0 => lateness.clone(),
            late => lateness.given_late(late as i32),
        })
    }

    /// Its date, and what is expected of it by what came before.
    fn known_of(&self, coming: &Coming, settings: &ItemSettings) -> String {
        let (supply, due) = (self.engine.supply_ids.name(coming.supply), self.iso(coming.due));
        let late = self.days_late(coming);
        let Some(lateness) = self.remaining(coming) else {
            let whose = self.whose_date(coming.supply);
            if late == 0 {
                return format!("Supply \"{supply}\" is due on {due}{whose}.");
            }
            let earliest =
                self.iso(self.now.saturating_add(settings.overdue.offset_days.saturating_mul(DAY_MS)));
            return format!(
                "Supply \"{supply}\", due on {due}{whose}, is late and expected on {earliest} at the earliest."
            );
        };
        let supplier = self.engine.supplier_ids.name(self.engine.supplies[coming.supply as usize].supplier);
        let receipts = count(u64::from(lateness.evidence()), "past receipt");
        let of_draws = settings.promise_quantile.per_mille();
        let by = by_day(lateness.quantile(f64::from(of_draws) / f64::from(DRAWS)));
        let share = share(of_draws);
        match late {
            0 => format!(
                "Supply \"{supply}\" of \"{supplier}\" is due on {due}; going by {receipts}, {share} come by {by}."
            ),
            _ => format!(
                "Supply \"{supply}\" of \"{supplier}\", due on {due}, is {} late; going by {receipts}, {share} of what is so late come by {by}.",
                count(u64::from(late), "day")
            ),
        }
    }

    /// That a date is its supplier's, who is taken at his word.
    pub(super) fn whose_date(&self, supply: u32) -> String {
        match self.engine.supplies[supply as usize].supplier {
            NONE => String::new(),
            supplier => format!(", the date of its supplier \"{}\"", self.engine.supplier_ids.name(supplier)),
        }
    }
}

fn too_late(late: Quantity) -> Option<String> {
    (late > 0).then(|| format!("Supply of {} is so late that it counts for nothing.", units(late)))
}

/// A share of the draws: `80 %`, `95.5 %`.
pub(super) fn share(of_draws: u16) -> String {
    match of_draws % 10 {
        0 => format!("{} %", of_draws / 10),
        tenths => format!("{}.{tenths} %", of_draws / 10),
    }
}

fn by_day(days: i32) -> String {
    let number = u64::from(days.unsigned_abs());
    match days {
        0 => "the date given".into(),
        1.. => format!("{} after the date given", count(number, "day")),
        _ => format!("{} before the date given", count(number, "day")),
    }
}
