//! A reader of quote sheets, written from `docs/SHEET.md` alone.

mod agreement;
mod bits;
mod calendar;
mod days;
mod golden;
mod quoting;
mod sizes;

use super::walker::Walker;
use bits::Bits;
use calendar::Calendar;

const DAY: u64 = 86_400_000;

/// What a sheet says.
#[derive(Debug)]
pub struct Sheet {
    pub at: u64,
    pub until: Option<u64>,
    pub sku: String,
    pub known: Option<Known>,
}

#[derive(Debug)]
pub struct Known {
    pub location: Option<String>,
    pub most: u64,
    pub max_per_order: Option<u64>,
    pub preorder: bool,
    pub release: Option<u64>,
    pub discontinued: bool,
    pub substitutes: bool,
    pub calendar: Option<Calendar>,
    pub incentives: Option<Vec<(u64, String)>>,
    pub stock: Stock,
}

#[derive(Debug)]
pub enum Stock {
    Undated { why: u8, countable: u64, had: Vec<(u64, u64, Option<u64>)> },
    Dated(Dated),
}

#[derive(Debug)]
pub struct Dated {
    pub room: Option<u64>,
    pub denies: bool,
    pub sharing: Option<u64>,
    pub start: i64,
    pub offset_days: u64,
    pub ignore_after_days: Option<u64>,
    /// Days, batch and capacity.
    pub replenishment: Option<[u64; 3]>,
    pub reserves: Vec<(u8, u64)>,
    pub learned: bool,
    pub own: usize,
    pub overtaking: Vec<u8>,
    pub curves: Vec<Curve>,
    pub classes: Vec<(u64, u64)>,
    pub places: Option<Vec<Place>>,
}

#[derive(Debug)]
pub struct Curve {
    pub end: u64,
    pub least: i64,
    pub total: u64,
    pub evidence: i64,
    /// Dates, units and receipts.
    pub steps: Vec<(u64, u64, i64)>,
}

#[derive(Debug)]
pub struct Place {
    pub promise: u64,
    pub priority: u64,
    pub spread: bool,
    pub units: u64,
}

/// The checksum by its definition: the remainder of the bytes as a polynomial, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for bit in bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1)) {
        let carried = (crc & 1) ^ u32::from(bit);
        crc = crc >> 1 ^ if carried == 1 { 0xEDB8_8320 } else { 0 };
    }
    crc ^ u32::MAX
}

pub fn read(bytes: &[u8]) -> Sheet {
    assert!(bytes.len() <= 6_000, "{} bytes", bytes.len());
    let mut from = Walker(bytes);
    assert_eq!(from.bytes(4), b"BKQS");
    let version = from.u32();
    assert!((1..=2).contains(&version), "the version");
    assert_eq!(from.u32(), crc32(&bytes[12..]), "the checksum");
    let at = from.number();
    let until = from.number();
    let sku = from.text();
    let known = match from.byte() {
        kind @ (2 | 3) => Some(known(&mut from, kind == 3, version)),
        kind => {
            assert!(kind < 2 && from.0.is_empty() && version == 1);
            None
        }
    };
    Sheet { at, until: (until > 0).then_some(at + until), sku, known }
}

fn known(from: &mut Walker, dated: bool, version: u32) -> Known {
    let [located, limited, preorder, released, discontinued, substitutes, unsaid] = flags(from);
    let location = located.then(|| from.text());
    let most = from.number();
    let max_per_order = limited.then(|| from.number());
    let release = released.then(|| from.number());
    let incentives = (!unsaid).then(|| (0..from.number()).map(|_| (from.number(), from.text())).collect());
    let (stock, mut bits) = if dated { self::dated(from, version) } else { undated(from) };
    let calendar = (version == 2 && bits.low(1) == 1).then(|| Calendar::read(&mut bits));
    bits.end();
    Known {
        location,
        most,
        max_per_order,
        preorder,
        release,
        discontinued,
        substitutes,
        calendar,
        incentives,
        stock,
    }
}

fn flags<const N: usize>(from: &mut Walker) -> [bool; N] {
    let byte = from.byte();
    assert!(u32::from(byte) < 1 << N);
    core::array::from_fn(|bit| byte >> bit & 1 == 1)
}

fn undated(from: &mut Walker) -> (Stock, Bits) {
    let (why, countable) = (from.byte(), from.number());
    let mut bits = Bits::of(from);
    let count = bits.golomb(0);
    let priorities = bits.ascending(count);
    let (now, most) = (bits.column(count), bits.column(count));
    assert_eq!(priorities[0], 0);
    let had = priorities.iter().zip(now).zip(most);
    let had = had.map(|((priority, now), most)| (*priority, now, most.checked_sub(1))).collect();
    (Stock::Undated { why, countable, had }, bits)
}

fn dated(from: &mut Walker, version: u32) -> (Stock, Bits) {
    let [limited, denies, shares, ignores, assumed, keeps, learned] = flags(from);
    let (start, offset_days) = (from.signed(), from.number());
    let room = limited.then(|| from.number());
    let sharing = shares.then(|| from.number());
    let ignore_after_days = ignores.then(|| from.number());
    let replenishment = assumed.then(|| [from.number(), from.number(), from.number()]);
    let reserves = (0..from.number()).map(|_| (from.byte(), from.number())).collect();
    let own = if learned { usize::from(from.byte()) } else { 0 };
    let overtaking: Vec<u8> =
        if learned && version == 2 { (0..from.number()).map(|_| from.byte()).collect() } else { vec![] };
    assert!(overtaking.len() <= 7 && overtaking.is_sorted_by(|one, other| one < other));
    let mut bits = Bits::of(from);
    let count = bits.golomb(0);
    let times = bits.ascending(count);
    let curves = if learned { usize::max(own + 1, 3) } else { 1 };
    let curves =
        (0..curves * (overtaking.len() + 1)).map(|_| curve(&mut bits, &times, keeps, learned)).collect();
    let count = bits.golomb(0);
    let priorities = bits.ascending(count);
    let classes = priorities.into_iter().zip(bits.column(count)).collect();
    let places = keeps.then(|| places(&mut bits, &times));
    let dated = Dated {
        room,
        denies,
        sharing,
        start,
        offset_days,
        ignore_after_days,
        replenishment,
        reserves,
        learned,
        own,
        overtaking,
        curves,
        classes,
        places,
    };
    (Stock::Dated(dated), bits)
}

fn curve(bits: &mut Bits, times: &[u64], keeps: bool, learned: bool) -> Curve {
    let count = bits.golomb(0);
    let end = bits.low(2);
    assert!(count <= 200 && end < 3);
    let (dates, units) = (bits.dates(count, times), bits.column(count));
    let least = if keeps { unfolded(bits.golomb(0)) } else { 0 };
    let total = if keeps { bits.golomb(0) } else { 0 };
    let evidence = if keeps && learned { bits.golomb(0) as i64 } else { 0 };
    let more = if learned { bits.column(count) } else { vec![0; count as usize] };
    let mut last = evidence;
    let receipts = more.into_iter().map(|more| {
        last += unfolded(more);
        last
    });
    let steps = dates.into_iter().zip(units).zip(receipts);
    let steps: Vec<_> = steps.map(|((date, units), receipts)| (date, units, receipts)).collect();
    assert!(steps.is_sorted_by(|one, other| one.0 < other.0), "each date once");
    Curve { end, least, total, evidence, steps }
}

fn places(bits: &mut Bits, times: &[u64]) -> Vec<Place> {
    let count = bits.golomb(0);
    let (dates, priorities) = (bits.dates(count, times), bits.column(count));
    let spread: Vec<bool> = (0..count).map(|_| bits.low(1) == 1).collect();
    let units = bits.column(count);
    let rest = priorities.into_iter().zip(spread).zip(units);
    let places = dates.into_iter().zip(rest);
    let places =
        places.map(|(promise, ((priority, spread), units))| Place { promise, priority, spread, units });
    let places: Vec<Place> = places.collect();
    assert!(places.is_sorted_by_key(|place| (place.promise, place.priority)));
    places
}

fn unfolded(number: u64) -> i64 {
    if number.is_multiple_of(2) { (number / 2) as i64 } else { -((number / 2) as i64) - 1 }
}
