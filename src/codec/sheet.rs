//! Quote sheets: a few kilobytes from which a page quotes one item. `docs/SHEET.md` says every bit of them.

use super::bits::Bits;
use super::bytes::Writer;
use crate::engine::Engine;
use crate::model::settings::Lifecycle;
use crate::model::sheet::{Content, Dated, DaysAhead, Known, Sheet, SheetCurve, Stock, Undated};
use crate::model::units::{DAY_MS, Instant};
use alloc::vec::Vec;

/// The most bytes that a sheet has.
pub const SHEET_BYTES: usize = 6_000;

const MAGIC: &[u8; 4] = b"BKQS";
/// Without a calendar, and of what nobody overtakes.
const PLAIN_VERSION: u32 = 1;
const VERSION: u32 = 2;
/// The most steps of a curve.
const STEPS: usize = 200;

/// What the quotes of an item follow from until the next change: of an item at several locations for the one
/// that is named. At most [`SHEET_BYTES`]: where much is scheduled in odd amounts it holds fewer than 200 steps
/// of the supply curve.
///
/// ```
/// use backorder::codec;
/// use backorder::engine::{Engine, EngineOptions};
///
/// let engine = Engine::new(EngineOptions::default());
/// let sheet = codec::quote_sheet(&engine, "lamp", 1_000, None);
/// assert_eq!(sheet.get(..4), Some(b"BKQS".as_slice()));
/// assert!(sheet.len() <= codec::SHEET_BYTES);
/// ```
pub fn quote_sheet(engine: &Engine, sku: &str, now: Instant, location: Option<&str>) -> Vec<u8> {
    let mut steps = STEPS;
    loop {
        let bytes = framed(&engine.sheet(sku, location, now, Some(steps)));
        if bytes.len() <= SHEET_BYTES {
            return bytes;
        }
        if steps == 0 {
            // The longest calendar beside the most classes leaves no room, and dates no kit.
            return framed(&engine.sheet(sku, location, now, None));
        }
        steps -= steps.div_ceil(8);
    }
}

fn framed(sheet: &Sheet) -> Vec<u8> {
    let mut body = Writer::default();
    write(&mut body, sheet);
    let version = if is_plain(sheet) { PLAIN_VERSION } else { VERSION };
    let mut out = Vec::with_capacity(body.0.len() + 12);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&version.to_le_bytes());
    out.extend_from_slice(&crc32(&body.0).to_le_bytes());
    out.extend_from_slice(&body.0);
    out
}

/// The checksum of ISO 3309, as gzip and PNG have it.
fn crc32(bytes: &[u8]) -> u32 {
    let shifted = |crc: u32, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
    let with = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), shifted);
    !bytes.iter().fold(!0, with)
}

/// Whether the first version can say it.
fn is_plain(sheet: &Sheet) -> bool {
    let Content::Known(known) = &sheet.content else { return true };
    let is_overtaken = matches!(&known.stock, Stock::Dated(dated) if !dated.overtaking.is_empty());
    known.calendar.is_none() && !is_overtaken
}

fn write(to: &mut Writer, sheet: &Sheet) {
    to.number(sheet.at);
    to.number(sheet.until.map_or(0, |until| until - sheet.at));
    to.text(sheet.sku);
    match &sheet.content {
        Content::UnknownItem => to.byte(0),
        Content::UnknownLocation => to.byte(1),
        Content::Known(known) => {
            to.byte(if matches!(known.stock, Stock::Undated(_)) { 2 } else { 3 });
            write_known(to, known, is_plain(sheet));
        }
    }
}

fn write_known(to: &mut Writer, known: &Known, is_plain: bool) {
    let (preorder, release) = match known.lifecycle {
        Lifecycle::Preorder { release_at } => (true, release_at),
        Lifecycle::Active | Lifecycle::Discontinued => (false, None),
    };
    to.flags(&[
        known.location.is_some(),
        known.max_per_order.is_some(),
        preorder,
        release.is_some(),
        known.lifecycle == Lifecycle::Discontinued,
        known.has_substitutes,
        known.incentives.is_none(),
    ]);
    known.location.into_iter().for_each(|location| to.text(location));
    to.number(known.most);
    known.max_per_order.into_iter().chain(release).for_each(|number| to.number(number));
    if let Some(incentives) = &known.incentives {
        to.number(incentives.len() as u64);
        for (days, offer) in incentives {
            to.number(*days);
            to.text(offer);
        }
    }
    let mut bits = Bits::default();
    match &known.stock {
        Stock::Undated(undated) => write_undated(to, &mut bits, undated),
        Stock::Dated(dated) => write_dated(to, &mut bits, dated, is_plain),
    }
    if !is_plain {
        bits.low(u64::from(known.calendar.is_some()), 1);
    }
    known.calendar.iter().for_each(|calendar| write_calendar(&mut bits, calendar));
    to.0.append(&mut bits.bytes);
}

fn write_undated(to: &mut Writer, bits: &mut Bits, undated: &Undated) {
    to.byte(undated.why as u8);
    to.number(undated.countable);
    let had = &undated.had;
    bits.number(had.len() as u64);
    bits.ascending(column(had, |had| u64::from(had.priority)));
    bits.column(&column(had, |had| had.now));
    bits.column(&column(had, |had| had.most.map_or(0, |most| most + 1)));
}

fn write_dated(to: &mut Writer, bits: &mut Bits, dated: &Dated, is_plain: bool) {
    to.flags(&[
        dated.room.is_some(),
        dated.denies,
        dated.sharing.is_some(),
        dated.overdue.ignore_after_days.is_some(),
        dated.replenishment.is_some(),
        dated.promised.is_some(),
        dated.learned,
    ]);
    to.signed(dated.start);
    to.number(dated.overdue.offset_days);
    let numbers = [dated.room, dated.sharing, dated.overdue.ignore_after_days];
    numbers.into_iter().flatten().for_each(|number| to.number(number));
    if let Some(assumed) = dated.replenishment {
        to.number(assumed.lead_time_days);
        to.number(assumed.batch.unwrap_or(0));
        to.number(assumed.capacity_per_day.unwrap_or(0));
    }
    to.number(dated.reserves.len() as u64);
    for (priority, units) in &dated.reserves {
        to.byte(*priority);
        to.number(*units);
    }
    if dated.learned {
        to.byte(dated.own);
        if !is_plain {
            to.number(dated.overtaking.len() as u64);
            dated.overtaking.iter().for_each(|priority| to.byte(*priority));
        }
    }
    write_columns(bits, dated);
}

fn write_columns(bits: &mut Bits, dated: &Dated) {
    let places = dated.promised.as_deref().unwrap_or_default();
    let mut times: Vec<u64> = Vec::new();
    let steps = dated.curves.iter().flat_map(|curve| &curve.steps);
    for date in steps.map(|step| step.date).chain(places.iter().map(|place| place.promise)) {
        if let Err(place) = times.binary_search(&(date % DAY_MS)) {
            times.insert(place, date % DAY_MS);
        }
    }
    bits.number(times.len() as u64);
    bits.ascending(times.clone());
    for curve in &dated.curves {
        write_curve(bits, curve, dated, &times);
    }
    bits.number(dated.classes.len() as u64);
    bits.ascending(column(&dated.classes, |class| u64::from(class.priority)));
    bits.column(&column(&dated.classes, |class| class.units));
    if dated.promised.is_some() {
        bits.number(places.len() as u64);
        write_dates(bits, &column(places, |place| place.promise), &times);
        bits.column(&column(places, |place| u64::from(place.priority)));
        places.iter().for_each(|place| bits.low(u64::from(place.spread), 1));
        bits.column(&column(places, |place| place.units));
    }
}

fn write_curve(bits: &mut Bits, curve: &SheetCurve, dated: &Dated, times: &[u64]) {
    bits.number(curve.steps.len() as u64);
    bits.low(curve.end as u64, 2);
    write_dates(bits, &column(&curve.steps, |step| step.date), times);
    bits.column(&column(&curve.steps, |step| step.units));
    let mut before = 0;
    if dated.promised.is_some() {
        bits.number(folded(curve.least));
        bits.number(curve.total);
        if dated.learned {
            bits.number(u64::from(curve.evidence));
            before = i64::from(curve.evidence);
        }
    }
    if dated.learned {
        let mut more = column(&curve.steps, |step| u64::from(step.evidence));
        for receipts in &mut more {
            let own = *receipts as i64;
            *receipts = folded(own - core::mem::replace(&mut before, own));
        }
        bits.column(&more);
    }
}

fn write_calendar(bits: &mut Bits, calendar: &DaysAhead) {
    (1..=7).for_each(|number| bits.low(u64::from(calendar.workdays.has(number)), 1));
    bits.number(calendar.cutoff_minutes.map_or(0, |minutes| minutes + 1));
    bits.number(calendar.handling_days);
    bits.number(calendar.days_off.len() as u64);
    bits.ascending(column(&calendar.days_off, |day| u64::from(*day)));
    bits.number(calendar.changes.len() as u64);
    bits.ascending(column(&calendar.changes, |change| change.from));
    bits.number(folded(calendar.utc_offset_minutes));
    bits.column(&column(&calendar.changes, |change| folded(change.utc_offset_minutes)));
}

/// Dates that ascend: the days between them, and which of the times of day each has.
fn write_dates(bits: &mut Bits, dates: &[Instant], times: &[u64]) {
    bits.ascending(dates.iter().map(|date| date / DAY_MS).collect());
    let width = times.len().next_power_of_two().ilog2();
    for date in dates {
        bits.low(times.partition_point(|&time| time < date % DAY_MS) as u64, width);
    }
}

/// What each of some has.
fn column<T>(of: &[T], number: fn(&T) -> u64) -> Vec<u64> {
    of.iter().map(number).collect()
}

/// 0, -1, 1, -2 … as 0, 1, 2, 3 …
fn folded(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}
