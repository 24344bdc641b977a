//! What a quote sheet holds: all that the quotes of one item at one location follow from, until the next
//! change. `docs/SHEET.md` says how it is written and read.

use super::calendar::{Transition, Weekdays};
use super::settings::{Lifecycle, Overdue, Replenishment};
use super::units::{Day, Instant, Quantity};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// A quote sheet.
#[derive(Clone, Debug)]
pub struct Sheet<'e> {
    /// The item.
    pub sku: &'e str,
    /// The instant that it is made for.
    pub at: Instant,
    /// The first instant at which quotes differ from it by time alone; `None`: none does.
    pub until: Option<Instant>,
    /// What is said of the item.
    pub content: Content<'e>,
}

/// What a sheet says.
#[derive(Clone, Debug)]
pub enum Content<'e> {
    /// There is no such item.
    UnknownItem,
    /// There is no such location.
    UnknownLocation,
    /// The item is known.
    Known(Box<Known<'e>>),
}

/// What is said of an item that is known.
#[derive(Clone, Debug)]
pub struct Known<'e> {
    /// The only location that it is about, if there is one.
    pub location: Option<&'e str>,
    /// The most units that there are numbers for besides what is on order.
    pub most: Quantity,
    /// `maxPerOrder`.
    pub max_per_order: Option<Quantity>,
    /// See [`Lifecycle`].
    pub lifecycle: Lifecycle,
    /// Days of wait and what is offered for it, the longest wait first; `None`: too much text.
    pub incentives: Option<Vec<(u64, &'e str)>>,
    /// Whether the item has substitutes, which have sheets of their own.
    pub has_substitutes: bool,
    /// By which units leave that location.
    pub calendar: Option<DaysAhead>,
    /// What there is, and when more.
    pub stock: Stock<'e>,
}

/// A location's calendar from the instant of the sheet on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysAhead {
    /// On which days of the week it sends.
    pub workdays: Weekdays,
    /// Minutes after local midnight; what is ready later counts from the next workday.
    pub cutoff_minutes: Option<u64>,
    /// Workdays between the day on which units are there and the one on which they leave.
    pub handling_days: u64,
    /// Dates off that would be workdays by their day of the week, in order.
    pub days_off: Vec<Day>,
    /// Minutes east of UTC just before the instant of the sheet.
    pub utc_offset_minutes: i64,
    /// Each change of the clock from then on.
    pub changes: Vec<Transition>,
}

/// What there is of an item, and when more.
#[derive(Clone, Debug)]
pub enum Stock<'e> {
    /// A sheet can't tell when.
    Undated(Undated),
    /// It can.
    Dated(Dated<'e>),
}

/// Why a sheet can't tell when what waits would ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Undatable {
    /// It would wait at the location with the earliest date, of several.
    SeveralLocations,
    /// It waits in the queues of its components.
    Kit,
    /// Its dates are had by playing.
    WholeLines,
    /// Overdue supply moves with time against the promises that are kept.
    Overdue,
    /// Units leave by calendars, also those that are there: by those of several locations, or by one with more
    /// days off or changes of its clock ahead than there is room for.
    Calendar,
    /// Better priorities that are still to come are counted, more of them than there is room for.
    Overtaking,
}

/// What is known of an item whose dates a sheet can't hold.
#[derive(Clone, Debug)]
pub struct Undated {
    /// Why.
    pub why: Undatable,
    /// Above this quantity nothing is available at once.
    pub countable: Quantity,
    /// What can be had, by the first priority for which that is so, in order; the first is 0.
    pub had: Vec<Had>,
}

/// What can be had by a priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Had {
    /// The first priority of which this holds.
    pub priority: u8,
    /// Units available at once.
    pub now: Quantity,
    /// The most units that may be ordered, some to wait; `None`: any number.
    pub most: Option<Quantity>,
}

/// All that dates follow from.
#[derive(Clone, Debug)]
pub struct Dated<'e> {
    /// How many more units may wait; `None`: any number.
    pub room: Option<Quantity>,
    /// None may wait, rather than none any more.
    pub denies: bool,
    /// Where what waits is served in proportion: how many units wait.
    pub sharing: Option<Quantity>,
    /// Units there at once; below 0, a debt that receipts fill first.
    pub start: i64,
    /// Units that must remain, for priorities above each of these; both ascend.
    pub reserves: Vec<(u8, Quantity)>,
    /// See [`Overdue`].
    pub overdue: Overdue,
    /// See [`Replenishment`].
    pub replenishment: Option<&'e Replenishment>,
    /// Units that wait at the best ranks by priority: in order, those of new demand that stand behind them.
    pub classes: Vec<Class>,
    /// Where promises are kept: the places that are promised, in rank order.
    pub promised: Option<Vec<Place>>,
    /// Whether dates are learned; then the curves are those of p50, p80, p95, and where that is none of them
    /// of the item's own quantile. Else there is one.
    pub learned: bool,
    /// Which of the curves promises are made by.
    pub own: u8,
    /// The priorities that overtake those below them, the best first. All curves are there for those whom nobody
    /// overtakes, then for those behind each of these and not behind the next.
    pub overtaking: Vec<u8>,
    /// See [`SheetCurve`].
    pub curves: Vec<SheetCurve>,
}

/// Units ahead of new demand of a priority, besides those of the classes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The best priority of new demand that stands behind them.
    pub priority: u8,
    /// How many units wait.
    pub units: Quantity,
}

/// Units that are promised, where a promise is a place in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When.
    pub promise: Instant,
    /// The best priority of new demand for that instant that stands behind them; 256: none does.
    pub priority: u16,
    /// How many.
    pub units: Quantity,
    /// They stand anywhere between the place before and this one.
    pub spread: bool,
}

/// What comes, by date.
#[derive(Clone, Debug, Default)]
pub struct SheetCurve {
    /// Where promises are kept: units that no promise needs, from the beginning on; where units leave by a calendar,
    /// from the first dispatch on.
    pub least: i64,
    /// Where promises are kept: all that is to come and counts.
    pub total: Quantity,
    /// The receipts behind what comes at the beginning, where promises are kept.
    pub evidence: u32,
    /// In order of dates, each once.
    pub steps: Vec<SheetStep>,
    /// What comes after these.
    pub end: CurveEnd,
}

/// A date, and what comes then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetStep {
    /// When units come; where promises are kept, when they leave.
    pub date: Instant,
    /// How many more units come; where promises are kept, how many more no promise needs.
    pub units: Quantity,
    /// The receipts behind the date.
    pub evidence: u32,
}

/// What comes after the steps of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum CurveEnd {
    /// Nothing that is known.
    #[default]
    Whole,
    /// More, which the sheet has no room for.
    Cut,
    /// What comes later than can be said.
    Never,
}
