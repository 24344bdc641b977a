//! Demands with their lines, the places and the parts of those. Sums follow, by the engine's own
//! hand.

use super::super::bytes::{Read, Reader};
use super::stock::is_in_use;
use super::{instant, instant_or_never, quantity};
use crate::engine::Engine;
use crate::engine::parts::Begin;
use crate::engine::rank_tree::Rank;
use crate::engine::store::{Demand, Leg, Line};
use crate::model::command::{Fulfilment, Sourcing};
use crate::model::outcome::{NEVER, NONE};
use crate::model::sort;
use crate::model::units::{MAX_LINES, MAX_SAFE};
use crate::model::view::HoldState;
use alloc::vec::Vec;

const HOLD_STATES: [HoldState; 3] = [HoldState::Open, HoldState::Confirmed, HoldState::Ended];
const FULFILMENTS: [Fulfilment; 3] = [Fulfilment::Partial, Fulfilment::Line, Fulfilment::Order];
const SOURCINGS: [Sourcing; 3] = [Sourcing::FewestParts, Sourcing::InOrder, Sourcing::Earliest];

pub(super) fn demands(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let (mut placed_at, mut sequence, mut promise_number) = (0, 0, 0);
    // The commands that raised lines, and the lines.
    let mut raised: Vec<(u64, u32)> = Vec::new();
    for number in 0..from.number()? {
        placed_at = from.step(placed_at, engine.last_instant, "a demand from the future")?;
        let before = sequence;
        sequence = from.step(sequence, engine.sequence, "a number of a command that is none")?;
        from.ensure(sequence > before, "two demands of one command")?;
        let demand = demand(from, engine, placed_at, sequence)?;
        let lines = demand.line_count;
        own_ids(from, engine, &demand, number as u32)?;
        engine.demands.push(demand);
        let mut place = 0;
        for _ in 0..lines {
            let line = line(from, engine, &mut place, &mut promise_number)?;
            parts(from, engine, line, &mut raised)?;
            check_line(from, engine, line)?;
        }
        check_demand(from, engine, number as u32)?;
    }
    // A command that raises a line does nothing else, so that no two lines have a rank in common.
    sort::ascending(&mut raised);
    raised.dedup();
    let twice = raised.windows(2).any(|pair| pair[0].0 == pair[1].0);
    let placed = |sequence| engine.demands.binary_search_by_key(&sequence, |demand| demand.sequence).is_ok();
    from.ensure(!twice && !raised.iter().any(|(sequence, _)| placed(*sequence)), "two lines of one rank")
}

fn demand(from: &mut Reader, engine: &Engine, placed_at: u64, sequence: u64) -> Read<Demand> {
    const INSTANT: &str = "an instant that is none";
    let [has_order, has_hold, closed, has_latest, has_not_before, comes_later, has_segment, frozen] =
        from.flags("flags of a demand that are none")?;
    let order = index(from, has_order, engine.orders.len(), "an order that is none")?;
    let hold = index(from, has_hold, engine.holds.len(), "a hold that is none")?;
    from.ensure(order != NONE || hold != NONE, "a demand of nobody")?;
    let (mut hold_state, mut ends_at) = (HoldState::Open, NEVER);
    if hold != NONE {
        hold_state = from.one_of(&HOLD_STATES, "a state of a hold that is none")?;
        ends_at = from.step(placed_at, MAX_SAFE, INSTANT)?;
        from.ensure((hold_state == HoldState::Confirmed) == (order != NONE), "a hold half confirmed")?;
    }
    let closed_at =
        if closed { from.step(placed_at, engine.last_instant, "an end in the future")? } else { NEVER };
    let latest = if has_latest { instant(from)? } else { NEVER };
    let not_before = if has_not_before { instant(from)? } else { 0 };
    let allocate_from = if comes_later { from.step(placed_at, MAX_SAFE, INSTANT)? } else { 0 };
    let segment = index(from, has_segment, engine.segments.len(), "a segment that is none")?;
    from.ensure(order != NONE || (segment == NONE && !frozen), "a hold with settings of an order")?;
    let due = allocate_from > 0 && allocate_from <= engine.last_instant;
    from.ensure(!due || closed, "an order for later whose time has come")?;
    from.ensure(hold == NONE || allocate_from == 0, "a hold for later")?;
    let priority = from.byte()?;
    let fulfilment = from.one_of(&FULFILMENTS, "a fulfilment that is none")?;
    let sourcing = from.one_of(&SOURCINGS, "a sourcing that is none")?;
    let first_line = engine.lines.len() as u32;
    let line_count = from.at_most(MAX_LINES as u64, "more lines than an order may have")? as u32;
    from.ensure(line_count > 0, "a demand without a line")?;
    Ok(Demand {
        order,
        hold,
        hold_state,
        ends_at,
        placed_at,
        sequence,
        priority,
        fulfilment,
        sourcing,
        frozen,
        segment,
        destination: NONE,
        allocate_from,
        not_before,
        latest,
        first_line,
        line_count,
        open_lines: 0,
        waiting_lines: 0,
        closed_at,
    })
}

/// An index below `count`, where there is one.
fn index(from: &mut Reader, there: bool, count: usize, what: &'static str) -> Read<u32> {
    if there { from.index(count, what) } else { Ok(NONE) }
}

/// An id belongs to one demand.
fn own_ids(from: &Reader, engine: &mut Engine, demand: &Demand, number: u32) -> Read<()> {
    for (id, known) in [(demand.order, &mut engine.orders), (demand.hold, &mut engine.holds)] {
        if let Some(known) = known.get_mut(id as usize) {
            from.ensure(known.demand == NONE, "an id of two demands")?;
            known.demand = number;
        }
    }
    Ok(())
}

/// The next line of the demand that was read last, as yet without its parts.
fn line(from: &mut Reader, engine: &mut Engine, next_place: &mut u64, promise_number: &mut u64) -> Read<u32> {
    let demand = engine.demands.len() as u32 - 1;
    let placed_at = engine.demands[demand as usize].placed_at;
    let [promised, first_differs, broken, ended, terms, elsewhere, spread, after_gap, named] =
        from.flags("flags of a line that are none")?;
    let number = engine.lines.len() as u32;
    let name = from.index(engine.line_names.len(), "a name of a line that is none")?;
    let item = from.index(engine.items.len(), "an item that is none")?;
    let places = if spread { legs(from, engine, item)? } else { one_place(from, engine, item, elsewhere)? };
    from.ensure(is_in_use(engine, engine.sites[places.site as usize].location), "a place that is none")?;
    let gap = if after_gap { from.number()? } else { 0 };
    let place = next_place.saturating_add(gap);
    from.ensure(place < MAX_LINES as u64, "more lines than an order may have")?;
    *next_place = place + 1;
    if named {
        let locations = named_locations(from, engine)?;
        engine.line_locations.push((number, locations));
    }
    let promise = if promised { promise_after(from, placed_at)? } else { NEVER };
    let first_promise = if first_differs { instant_or_never(from)? } else { promise };
    let step = from.signed()?;
    let in_range = promise_number.checked_add_signed(step).filter(|&number| number <= engine.promise_number);
    let Some(in_range) = in_range else { return from.corrupt("a number of a promise that is none") };
    *promise_number = in_range;
    let shipped = if ended && !spread { quantity(from)? } else { places.shipped };
    let (cancelled, returned) = if ended { (quantity(from)?, quantity(from)?) } else { (0, 0) };
    from.ensure(returned <= shipped, "more came back than shipped")?;
    let min_shipment = if terms { quantity(from)? } else { 1 };
    let unit_price = if terms { from.optional(MAX_SAFE, NEVER, "a price that is none")? } else { NEVER };
    engine.lines.push(Line {
        demand,
        name,
        item,
        site: places.site,
        place: place as u32,
        quantity: 0,
        allocated: 0,
        waiting: 0,
        shipped,
        cancelled,
        returned,
        min_shipment,
        unit_price,
        promise,
        first_promise,
        promise_number: *promise_number,
        broken,
        first_part: NONE,
        last_part: NONE,
        first_leg: places.first_leg,
        shelf_before: NONE,
        shelf_after: NONE,
    });
    Ok(number)
}

fn promise_after(from: &mut Reader, placed_at: u64) -> Read<u64> {
    match placed_at.checked_add_signed(from.signed()?) {
        Some(promise) if promise <= MAX_SAFE => Ok(promise),
        _ => from.corrupt("a promise that is none"),
    }
}

/// Where a line stands.
struct Places {
    site: u32,
    first_leg: u32,
    /// What shipped from all of several places.
    shipped: u64,
}

/// The site of a line of one place.
fn one_place(from: &mut Reader, engine: &Engine, item: u32, elsewhere: bool) -> Read<Places> {
    let sites = &engine.items[item as usize].sites;
    let place = if elsewhere { from.number()? } else { 0 };
    match usize::try_from(place).ok().and_then(|place| sites.get(place)) {
        Some(&site) => Ok(Places { site, first_leg: NONE, shipped: 0 }),
        None => from.corrupt("a place that is none"),
    }
}

/// The places of a line of several: legs that follow each other.
fn legs(from: &mut Reader, engine: &mut Engine, item: u32) -> Read<Places> {
    let first_leg = engine.legs.len() as u32;
    let mut sites: Vec<u32> = Vec::new();
    let mut all_shipped = 0;
    for _ in 0..from.number()? {
        let known = &engine.items[item as usize].sites;
        let place = from.index(known.len(), "a place that is none")?;
        let site = known[place as usize];
        from.ensure(is_in_use(engine, engine.sites[site as usize].location), "a place that is none")?;
        let shipped = quantity(from)?;
        all_shipped += shipped;
        from.ensure(all_shipped <= MAX_SAFE, "a line of more units than there can be")?;
        let next = engine.legs.len() as u32 + 1;
        engine.legs.push(Leg { site, allocated: 0, waiting: 0, shipped, next });
        sites.push(site);
    }
    let (Some(&site), Some(last)) = (sites.first(), engine.legs.last_mut()) else {
        return from.corrupt("a line of no place");
    };
    last.next = NONE;
    from.ensure(are_distinct(&mut sites), "a place that comes twice")?;
    Ok(Places { site, first_leg, shipped: all_shipped })
}

/// The locations that a line may ship from.
fn named_locations(from: &mut Reader, engine: &Engine) -> Read<Vec<u32>> {
    let mut locations: Vec<u32> = Vec::new();
    for _ in 0..from.number()? {
        locations.push(from.index(engine.locations.len(), "a location that is none")?);
    }
    from.ensure(are_distinct(&mut locations.clone()), "a location that is named twice")?;
    let live = locations.iter().all(|&location| engine.is_live(location));
    from.ensure(live, "a location that is none")?;
    Ok(locations)
}

fn are_distinct(numbers: &mut [u32]) -> bool {
    sort::ascending(numbers);
    numbers.windows(2).all(|pair| pair[0] != pair[1])
}

/// The parts of a line, and the sums that follow from them.
fn parts(from: &mut Reader, engine: &mut Engine, line: u32, raised: &mut Vec<(u64, u32)>) -> Read<()> {
    let Line { item, first_leg, .. } = engine.lines[line as usize];
    let queues = engine.sites_of(line);
    let count = from.number()?;
    from.ensure(count <= queues.len() as u64 * MAX_LINES as u64, "more parts than a line may have")?;
    let spread = first_leg != NONE;
    from.ensure(spread || count == 0 || !engine.items[item as usize].is_kit(), "a kit that is no place's")?;
    for _ in 0..count {
        let queue =
            if spread { from.index(queues.len(), "a part of what the line is not made of")? } else { 0 };
        let Some(&site) = queues.get(queue as usize) else { return from.corrupt("a part that is nowhere") };
        let part = part(from, engine, line, site)?;
        let demand = *engine.demand_of_line(&engine.lines[line as usize]);
        if part.sequence != demand.sequence {
            raised.push((part.sequence, line));
        }
        if !spread {
            count_units(from, engine, line, &part)?;
        }
        let whole = part.begin.waiting == 0 && part.begin.beyond == 0 && part.sequence == demand.sequence;
        if whole && count == 1 && !spread {
            engine.shelve(line);
        } else {
            enter(from, engine, line, part)?;
        }
    }
    let mut leg = first_leg;
    while leg != NONE {
        engine.recount_leg(line, leg);
        check_leg(from, engine, line, leg)?;
        leg = engine.legs[leg as usize].next;
    }
    Ok(())
}

/// A part as it is read.
struct Part {
    begin: Begin,
    sequence: u64,
    placed_at: u64,
}

fn part(from: &mut Reader, engine: &Engine, line: u32, site: u32) -> Read<Part> {
    let demand = engine.demand_of_line(&engine.lines[line as usize]);
    let [waits, has_units, rests, later, placed_after] = from.flags("flags of a part that are none")?;
    let waiting = if waits { quantity(from)? } else { 0 };
    let set_aside = if has_units { quantity(from)? } else { 0 };
    from.ensure(waiting > 0 || set_aside > 0, "a part of nothing")?;
    from.ensure(set_aside == 0 || demand.allocate_from == 0, "an order for later that has units")?;
    let beyond = if rests { from.number()? } else { 0 };
    let sequence = if later {
        from.step(demand.sequence, engine.sequence, "a number of a command that is none")?
    } else {
        demand.sequence
    };
    let placed_at = if placed_after {
        from.step(demand.placed_at, engine.last_instant, "a part from the future")?
    } else {
        demand.placed_at
    };
    let in_time = sequence > demand.sequence || placed_at == demand.placed_at;
    from.ensure(in_time, "a part placed after its order by the same command")?;
    check_sums(from, engine, site, waiting, set_aside)?;
    Ok(Part { begin: Begin { site, waiting, set_aside, beyond }, sequence, placed_at })
}

/// What the lines at a site ask for together is a number that there is.
fn check_sums(from: &Reader, engine: &Engine, site: u32, waiting: u64, set_aside: u64) -> Read<()> {
    let site = &engine.sites[site as usize];
    let open = engine.items[site.item as usize].waiting + site.allocated() + site.held();
    from.ensure(open + waiting + set_aside <= MAX_SAFE, "more units than there can be")
}

/// The units of a line of one place.
fn count_units(from: &Reader, engine: &mut Engine, line: u32, part: &Part) -> Read<()> {
    let record = &mut engine.lines[line as usize];
    record.allocated += part.begin.set_aside;
    engine.count_waiting(line, part.begin.waiting);
    let open = engine.lines[line as usize].open();
    from.ensure(open <= MAX_SAFE, "a line of more units than there can be")
}

/// Puts a part into its queue.
fn enter(from: &Reader, engine: &mut Engine, line: u32, part: Part) -> Read<()> {
    let Part { begin, sequence, placed_at } = part;
    let record = &engine.lines[line as usize];
    let demand = engine.demand_of_line(record);
    let site = &engine.sites[begin.site as usize];
    let item = &engine.items[site.item as usize];
    let rank = Rank {
        turn: item.turn(record.promise, demand.allocate_from),
        primary: item.primary(demand.priority, placed_at),
        tie: sequence << 10 | u64::from(record.place),
    };
    let same = |other: &u32| {
        engine.parts[*other as usize].site == begin.site && engine.forest.entry(*other).rank.tie == rank.tie
    };
    let twice = engine.parts_of(line).find(same).is_some() || engine.forest.has_rank(&site.root, rank);
    from.ensure(!twice, "two parts of one rank")?;
    engine.insert_part(line, begin, rank, placed_at);
    Ok(())
}

/// The components of a kit come to the same number of kits at each place.
fn check_leg(from: &Reader, engine: &Engine, line: u32, leg: u32) -> Read<()> {
    let record = &engine.lines[line as usize];
    from.ensure(record.open() <= MAX_SAFE, "a line of more units than there can be")?;
    if !engine.items[record.item as usize].is_kit() {
        return Ok(());
    }
    let components = engine.items[record.item as usize].kit.len();
    let mut portions = engine.portions(line, core::iter::once(engine.legs[leg as usize].site)).into_iter();
    let even = portions.all(|portion| portion.is_even(engine, components));
    from.ensure(even, "components that do not come to whole kits")
}

/// What is wrong with a line only once its parts are known.
fn check_line(from: &Reader, engine: &mut Engine, line: u32) -> Read<()> {
    let promise = engine.lines[line as usize].promise;
    let ended = promise != NEVER && engine.end_of_local_day(line, promise) <= engine.last_instant;
    let record = &mut engine.lines[line as usize];
    record.quantity = record.open().saturating_add(record.shipped).saturating_add(record.cancelled);
    from.ensure(record.quantity > 0, "a line of nothing")?;
    from.ensure(record.quantity <= MAX_SAFE, "a line of more units than there can be")?;
    from.ensure(!(ended && record.has_deadline()), "a promise that should have been broken")?;
    if record.open() > 0 {
        engine.items[record.item as usize].open_lines += 1;
        engine.demands[record.demand as usize].open_lines += 1;
    }
    Ok(())
}

/// What is wrong with a demand only once its lines are known.
fn check_demand(from: &Reader, engine: &Engine, demand: u32) -> Read<()> {
    let demand = &engine.demands[demand as usize];
    let open = demand.open_lines > 0;
    from.ensure(open == (demand.closed_at == NEVER), "a demand half closed")?;
    let ended = demand.is_hold() && demand.hold_state == HoldState::Ended;
    from.ensure(!(ended && open), "a hold that ended with units")?;
    let held = demand.is_hold() && demand.hold_state == HoldState::Open;
    from.ensure(!held || demand.ends_at > engine.last_instant, "a hold that should have ended")?;
    let untouched = demand.lines().all(|line| {
        let as_placed = |part: u32| engine.forest.entry(part).rank.tie >> 10 == demand.sequence;
        let record = &engine.lines[line as usize];
        record.open() == record.quantity && engine.parts_of(line).all(as_placed)
    });
    from.ensure(!held || untouched, "an open hold that gave something up")
}
