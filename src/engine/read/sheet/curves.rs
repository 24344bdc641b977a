//! The supply curves of a sheet.

use crate::engine::Engine;
use crate::engine::dates::At;
use crate::engine::estimates::SHOWN;
use crate::engine::rank_tree::Rank;
use crate::engine::store::Site;
use crate::estimate::calendar::DispatchCalendar;
use crate::estimate::lateness::Lateness;
use crate::model::outcome::{NEVER, NONE};
use crate::model::settings::{ItemSettings, Overdue};
use crate::model::sheet::{CurveEnd, SheetCurve, SheetStep, Undatable};
use crate::model::units::{DAY_MS, Instant, MAX_SAFE};
use alloc::vec;
use alloc::vec::Vec;
use core::iter;

/// The most priorities by which others are overtaken that a sheet has curves for.
const MOST_OVERTAKING: usize = 7;

/// Longer than anybody keeps a sheet: a hundred years.
const LONG_MS: u64 = 36_525 * DAY_MS;

/// What is there from a dispatch on, until the next.
struct Stretch {
    leaves: Instant,
    /// The last of what leaves then is there.
    there: Instant,
    /// Units that are there by then; then, how many of them no promise needs.
    units: i64,
    evidence: u32,
}

/// A sheet holds no longer than this.
fn hold_until(until: &mut Option<Instant>, instant: Instant) {
    *until = Some(until.map_or(instant, |until| until.min(instant)));
}

impl Engine {
    /// The curves by which a site's units are dated, of each class that is overtaken by others, and which of those of a
    /// class promises are made by.
    pub(super) fn sheet_curves(
        &self,
        site: &Site,
        settings: &ItemSettings,
        (calendar, overtaking): (Option<&DispatchCalendar>, &[u8]),
        at: Instant,
        steps: usize,
        until: &mut Option<Instant>,
    ) -> Result<(Vec<SheetCurve>, u8), Undatable> {
        let own = settings.promise_quantile.per_mille();
        let mut quantiles = SHOWN.to_vec();
        let mut place = 0;
        match &site.expected {
            None => quantiles = vec![own],
            Some(expected) => {
                *until = Some(expected.seen_alike_until(at));
                place = SHOWN.iter().position(|&shown| shown == own).unwrap_or(SHOWN.len());
                if place == SHOWN.len() {
                    quantiles.push(own);
                }
            }
        }
        let behind = overtaking.iter().map(|class| class + 1);
        let classes: Vec<u8> = iter::once(0).chain(behind).collect();
        let of_classes =
            classes.iter().flat_map(|priority| quantiles.iter().map(move |own| (*priority, *own)));
        let mut curves = Vec::with_capacity(classes.len() * quantiles.len());
        for (priority, of_draws) in of_classes {
            let at = At { now: at, of_draws, priority, destination: NONE };
            curves.push(if settings.is_protected() {
                self.beside_promises(site, settings, calendar, at, steps, until)?
            } else {
                site.all_that_comes(settings, at, steps)
            });
        }
        Ok((curves, place as u8))
    }

    /// From which date on, as units leave, how many of them are needed for no promise that is kept.
    fn beside_promises(
        &self,
        site: &Site,
        settings: &ItemSettings,
        calendar: Option<&DispatchCalendar>,
        at: At,
        most: usize,
        until: &mut Option<Instant>,
    ) -> Result<SheetCurve, Undatable> {
        let outlook = site.outlook(settings, calendar, at);
        let mut end = CurveEnd::Whole;
        let first = outlook.leaves(at.now).unwrap_or(NEVER);
        let mut stretches = vec![Stretch { leaves: first, there: at.now, units: outlook.start, evidence: 0 }];
        let mut before = 0;
        for piece in outlook.curve.pieces() {
            let come = piece.upto - core::mem::replace(&mut before, piece.upto);
            let date = piece.date.and_then(|there| Some((there, outlook.leaves(there)?)));
            let Some((there, leaves)) = date else {
                end = CurveEnd::Never;
                break;
            };
            let evidence = site.evidence_of(piece.supply);
            let units = stretches.last().map_or(0, |last| last.units).saturating_add_unsigned(come);
            let stretch = Stretch { leaves, there, units, evidence };
            match stretches.last_mut().filter(|last| last.leaves >= leaves) {
                Some(last) => *last = Stretch { leaves: last.leaves, ..stretch },
                None => stretches.push(stretch),
            }
        }
        site.moves_at(settings, at, until)?;
        if calendar.is_some_and(|calendar| calendar.dispatch(at.now.saturating_add(LONG_MS)).is_none()) {
            hold_until(until, at.now + 1);
        }
        let promised_by = |turn: u64| self.forest.ahead_of(&site.root, Rank { turn, ..Rank::FIRST });
        let mut next = NEVER;
        let mut least = i64::MAX;
        for stretch in stretches.iter_mut().rev() {
            least = least.min(stretch.units.saturating_sub_unsigned(promised_by(next)));
            next = stretch.leaves;
            stretch.units = least;
        }
        let first = stretches.first().map_or((0, 0), |first| (first.units, first.evidence));
        let mut steps = Vec::new();
        for pair in stretches.windows(2).take(most) {
            if let [before, after] = pair {
                let units = after.units.abs_diff(before.units);
                steps.push(SheetStep { date: after.leaves, units, evidence: after.evidence });
            }
        }
        if stretches.len() - 1 > most {
            end = CurveEnd::Cut;
            // What comes after is not to be overtaken by time.
            let last = stretches.get(most).map_or(at.now, |last| last.there);
            hold_until(until, last + 1);
        }
        let total = outlook.curve.total();
        Ok(SheetCurve { least: first.0, total, evidence: first.1, steps, end })
    }
}

impl Site {
    /// The priorities that overtake those below them, as far as any do.
    pub(super) fn overtaking(&self, settings: &ItemSettings) -> Result<Vec<u8>, Undatable> {
        let inflow = self.inflow.as_deref().filter(|_| settings.is_overtaken() && self.expected.is_some());
        let classes = inflow.into_iter().flat_map(|inflow| &inflow.classes).map(|(class, _)| *class);
        let classes: Vec<u8> = classes.filter(|&class| class < u8::MAX).take(MOST_OVERTAKING + 1).collect();
        if classes.len() > MOST_OVERTAKING { Err(Undatable::Overtaking) } else { Ok(classes) }
    }

    /// What comes, by date: as it was scheduled where that is taken at its word, else as it is expected.
    fn all_that_comes(&self, settings: &ItemSettings, at: At, most: usize) -> SheetCurve {
        let overdue = settings.overdue_in(self.expected.is_some());
        let oldest = overdue.ignore_after_days.map(|days| at.now.saturating_sub(days.saturating_mul(DAY_MS)));
        let overtaken = self.inflow.as_deref().map(|inflow| (inflow, at.priority));
        let curve = match &self.expected {
            None => &self.curve,
            Some(expected) => expected.curve(at.now, settings.overdue, at.of_draws, overtaken),
        };
        let mut found = SheetCurve::default();
        let mut before = 0;
        for piece in curve.steps() {
            let (date, evidence) = (piece.date.unwrap_or(NEVER), self.evidence_of(piece.supply));
            let units = piece.upto - core::mem::replace(&mut before, piece.upto);
            if oldest.is_some_and(|oldest| date < oldest) {
                continue;
            }
            let held = found.steps.len();
            match found.steps.last_mut().filter(|last| last.date == date) {
                Some(last) => last.units += units,
                None if date > MAX_SAFE => found.end = CurveEnd::Never,
                None if held == most => found.end = CurveEnd::Cut,
                None => found.steps.push(SheetStep { date, units, evidence }),
            }
            if found.end != CurveEnd::Whole {
                break;
            }
        }
        found
    }

    /// Where promises are kept: overdue supply that moves with time can't be held against them beforehand.
    fn moves_at(
        &self,
        settings: &ItemSettings,
        at: At,
        until: &mut Option<Instant>,
    ) -> Result<(), Undatable> {
        let overdue = settings.overdue_in(self.expected.is_some());
        let curve = match &self.expected {
            None => &self.curve,
            Some(expected) => expected.curve(at.now, settings.overdue, at.of_draws, None),
        };
        let oldest = overdue.ignore_after_days.map(|days| at.now.saturating_sub(days.saturating_mul(DAY_MS)));
        let mut dates = curve.steps().filter_map(|piece| piece.date);
        let counts = |date: &Instant| oldest.is_none_or(|oldest| *date >= oldest);
        let Some(first) = dates.find(counts) else { return Ok(()) };
        let mut soonest = until.unwrap_or(NEVER);
        if let Some(days) = overdue.ignore_after_days {
            soonest = soonest.min(first.saturating_add(days.saturating_mul(DAY_MS)).saturating_add(1));
        }
        if overdue.offset_days > 0 {
            if first < at.now {
                return Err(Undatable::Overdue);
            }
            soonest = soonest.min(first.saturating_add(1));
        }
        *until = (soonest != NEVER).then_some(soonest);
        Ok(())
    }

    fn evidence_of(&self, supply: u32) -> u32 {
        let expected = self.expected.as_ref();
        expected.and_then(|expected| expected.lateness_of(supply)).map_or(0, Lateness::evidence)
    }
}

impl ItemSettings {
    /// How overdue supply is seen: learned dates leave out what no longer counts.
    pub(super) fn overdue_in(&self, learned: bool) -> Overdue {
        match learned {
            true => Overdue { ignore_after_days: None, ..self.overdue },
            false => self.overdue,
        }
    }
}
