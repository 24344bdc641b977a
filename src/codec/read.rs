//! The state read back: what `write` wrote, each number checked before it is believed.

use super::bytes::{Read, Reader};
use crate::engine::rank_tree::{Entry, Rank};
use crate::engine::store::{Demand, Item, Known, Line, Supplier, Supply};
use crate::engine::{Engine, EngineOptions};
use crate::model::command::{CommandKind, Fulfilment};
use crate::model::ids::IdMap;
use crate::model::outcome::{Event, EventKind, NEVER, NONE};
use crate::model::settings::{Backorders, ItemSettings, Lifecycle, Overdue, Replenishment};
use crate::model::units::{KEYS_KEPT, MAX_DAYS, MAX_ID_BYTES, MAX_LINES, MAX_SAFE, day_of, end_of_day};
use crate::model::view::{HoldState, SupplyState};
use alloc::vec::Vec;

const HOLD_STATES: [HoldState; 3] = [HoldState::Open, HoldState::Confirmed, HoldState::Ended];
const SUPPLY_STATES: [SupplyState; 3] = [SupplyState::Open, SupplyState::Closed, SupplyState::Cancelled];
const FULFILMENTS: [Fulfilment; 3] = [Fulfilment::Partial, Fulfilment::Line, Fulfilment::Order];

pub(super) fn state(mut from: Reader) -> Read<Engine> {
    let id = from.text()?.into();
    let seed = from.fixed()?;
    let mut engine = Engine::new(EngineOptions { id, seed });
    engine.last_instant = from.at_most(MAX_SAFE, "an instant that is none")?;
    engine.sequence = from.at_most(MAX_SAFE, "a number of a command that is none")?;
    engine.promise_number = from.at_most(MAX_SAFE, "a number of a promise that is none")?;
    engine.log.seq = from.at_most(MAX_SAFE, "a number of an event that is none")?;
    suppliers(&mut from, &mut engine)?;
    items(&mut from, &mut engine)?;
    supplies(&mut from, &mut engine)?;
    for _ in 0..from.number()? {
        id_of(&mut from, &mut engine.line_names)?;
    }
    engine.orders = known(&mut from, &mut engine.order_ids)?;
    engine.holds = known(&mut from, &mut engine.hold_ids)?;
    demands(&mut from, &mut engine)?;
    let sold = |item: &Item| item.allocated() + item.held() <= item.on_hand;
    from.ensure(engine.items.iter().all(sold), "more set aside than stands on the shelf")?;
    keys(&mut from, &mut engine)?;
    tally(&mut from, &mut engine)?;
    for _ in 0..from.number()? {
        let event = event(&mut from, &engine)?;
        engine.log.kept.push_back(event);
    }
    from.ensure(from.is_done(), "bytes follow the state")?;
    engine.rebuild_deadlines();
    Ok(engine)
}

/// An id that was not read before.
fn id_of(from: &mut Reader, ids: &mut IdMap) -> Read<()> {
    let text = from.text()?;
    from.ensure(!text.is_empty() && text.len() <= MAX_ID_BYTES, "an id that is none")?;
    let number = ids.len() as u32;
    from.ensure(ids.intern(text) == number, "an id that comes twice")
}

fn suppliers(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for _ in 0..from.number()? {
        id_of(from, &mut engine.supplier_ids)?;
        let mut lateness_days = Vec::new();
        for _ in 0..from.number()? {
            lateness_days.push(from.signed()?);
        }
        engine.suppliers.push(Supplier { lateness_days });
    }
    Ok(())
}

fn items(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for _ in 0..from.number()? {
        id_of(from, &mut engine.skus)?;
        let settings = settings(from, &engine.supplier_ids)?;
        let on_hand = quantity(from)?;
        engine.items.push(Item::new(settings, on_hand));
    }
    Ok(())
}

fn settings(from: &mut Reader, suppliers: &IdMap) -> Read<ItemSettings> {
    const DAYS: &str = "a number of days that is none";
    let backorders = match from.byte()? {
        0 => Backorders::Allow,
        1 => Backorders::Deny,
        2 => Backorders::Limit(quantity(from)?),
        _ => return from.corrupt("a backorder setting that is none"),
    };
    let max_per_order = some(from.optional(MAX_SAFE, NEVER, "a quantity that is none")?);
    let safety_stock = quantity(from)?;
    let ageing_days = some(from.optional(MAX_DAYS, NEVER, DAYS)?);
    from.ensure(ageing_days != Some(0), DAYS)?;
    let replenishment = match from.byte()? {
        0 => None,
        1 => {
            let lead_time_days = from.at_most(MAX_DAYS, DAYS)?;
            let supplier = from.optional_index(suppliers.len(), "a supplier that is none")?;
            let supplier = (supplier != NONE).then(|| suppliers.name(supplier).into());
            Some(Replenishment { lead_time_days, supplier })
        }
        _ => return from.corrupt("a replenishment that is none"),
    };
    let offset_days = from.at_most(MAX_DAYS, DAYS)?;
    let ignore_after_days = some(from.optional(MAX_DAYS, NEVER, DAYS)?);
    let lifecycle = match from.byte()? {
        0 => Lifecycle::Active,
        1 => Lifecycle::Preorder { release_at: some(instant_or_never(from)?) },
        2 => Lifecycle::Discontinued,
        _ => return from.corrupt("a lifecycle that is none"),
    };
    let overdue = Overdue { offset_days, ignore_after_days };
    Ok(ItemSettings {
        backorders,
        max_per_order,
        safety_stock,
        ageing_days,
        replenishment,
        overdue,
        lifecycle,
    })
}

fn supplies(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    for number in 0..from.number()? {
        id_of(from, &mut engine.supply_ids)?;
        let item = from.index(engine.items.len(), "an item that is none")?;
        let supplier = from.optional_index(engine.suppliers.len(), "a supplier that is none")?;
        let due = instant(from)?;
        let open = quantity(from)?;
        let received = quantity(from)?;
        let byte = from.byte()?;
        let archived = byte & 4 != 0;
        let Some(&state) = SUPPLY_STATES.get(usize::from(byte & !4)) else {
            return from.corrupt("a state of a supply that is none");
        };
        let closed_at = instant_or_never(from)?;
        let content = from.fixed()?;
        let is_open = state == SupplyState::Open;
        from.ensure(is_open == (open > 0) && is_open == (closed_at == NEVER), "a supply half closed")?;
        from.ensure(!(is_open && archived), "an open supply in the archive")?;

        let record = &mut engine.items[item as usize];
        let total = record.curve.total().saturating_add(open);
        from.ensure(total <= MAX_SAFE, "more on its way than there can be")?;
        record.curve.insert(number as u32, due, open);
        if !archived {
            record.supplies.push(number as u32);
        }
        engine.supplies.push(Supply {
            item,
            supplier,
            due,
            open,
            received,
            state,
            closed_at,
            content,
            archived,
        });
    }
    Ok(())
}

fn known(from: &mut Reader, ids: &mut IdMap) -> Read<Vec<Known>> {
    let mut known = Vec::new();
    for _ in 0..from.number()? {
        id_of(from, ids)?;
        known.push(Known { content: from.fixed()?, demand: NONE });
    }
    Ok(known)
}

fn demands(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let (mut placed_at, mut sequence, mut promise_number) = (0_u64, 0_u64, 0_u64);
    for number in 0..from.number()? {
        placed_at = placed_at.saturating_add(from.number()?);
        from.ensure(placed_at <= engine.last_instant, "a demand from the future")?;
        let step = from.number()?;
        sequence = sequence.saturating_add(step);
        from.ensure(step > 0 && sequence <= engine.sequence, "a number of a command that is none")?;
        let demand = demand(from, engine, placed_at, sequence)?;
        let lines = demand.line_count;
        own_ids(from, engine, &demand, number as u32)?;
        engine.demands.push(demand);
        for place in 0..lines {
            line(from, engine, place, &mut promise_number)?;
            parts(from, engine)?;
        }
        let demand = &engine.demands[number as usize];
        let open = demand.open_lines > 0;
        from.ensure(open == (demand.closed_at == NEVER), "a demand half closed")?;
        let ended = demand.is_hold() && demand.hold_state == HoldState::Ended;
        from.ensure(!(ended && open), "a hold that ended with units")?;
        let held = demand.is_hold() && demand.hold_state == HoldState::Open;
        from.ensure(!held || demand.ends_at > engine.last_instant, "a hold that should have ended")?;
        let untouched = demand.lines().all(|line| {
            let line = &engine.lines[line as usize];
            line.open() == line.quantity && line.first_part == line.last_part
        });
        from.ensure(!held || untouched, "an open hold that gave something up")?;
        if held {
            engine.hold_ends.add(demand.ends_at, demand.sequence, number as u32);
        }
    }
    Ok(())
}

fn demand(from: &mut Reader, engine: &Engine, placed_at: u64, sequence: u64) -> Read<Demand> {
    let order = from.optional_index(engine.orders.len(), "an order that is none")?;
    let hold = from.optional_index(engine.holds.len(), "a hold that is none")?;
    from.ensure(order != NONE || hold != NONE, "a demand of nobody")?;
    let (mut hold_state, mut ends_at) = (HoldState::Open, NEVER);
    if hold != NONE {
        hold_state = from.one_of(&HOLD_STATES, "a state of a hold that is none")?;
        ends_at = placed_at.saturating_add(from.number()?);
        from.ensure(ends_at <= MAX_SAFE, "an instant that is none")?;
        from.ensure((hold_state == HoldState::Confirmed) == (order != NONE), "a hold half confirmed")?;
    }
    let priority = from.byte()?;
    let fulfilment = from.one_of(&FULFILMENTS, "a fulfilment that is none")?;
    let not_before = instant(from)?;
    let latest = instant_or_never(from)?;
    let closed_at = instant_or_never(from)?;
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
        not_before,
        latest,
        first_line,
        line_count,
        open_lines: 0,
        waiting_lines: 0,
        closed_at,
    })
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

fn line(from: &mut Reader, engine: &mut Engine, place: u32, promise_number: &mut u64) -> Read<()> {
    let demand = engine.demands.len() as u32 - 1;
    let placed_at = engine.demands[demand as usize].placed_at;
    let flags = from.byte()?;
    from.ensure(flags < 32, "flags of a line that are none")?;
    let flag = |bit: u8| flags >> bit & 1 == 1;
    let name = from.index(engine.line_names.len(), "a name of a line that is none")?;
    let item = from.index(engine.items.len(), "an item that is none")?;
    let promise = if flag(0) { promise_after(from, placed_at)? } else { NEVER };
    let first_promise = if flag(1) { instant_or_never(from)? } else { promise };
    let number = (*promise_number as i64).checked_add(from.signed()?).unwrap_or(-1);
    let in_range = u64::try_from(number).is_ok_and(|number| number <= engine.promise_number);
    from.ensure(in_range, "a number of a promise that is none")?;
    *promise_number = number as u64;
    let ended = if flag(3) { [quantity(from)?, quantity(from)?, quantity(from)?] } else { [0; 3] };
    let [shipped, cancelled, returned] = ended;
    from.ensure(returned <= shipped, "more came back than shipped")?;
    let min_shipment = if flag(4) { quantity(from)? } else { 1 };
    let unit_price = if flag(4) { from.optional(MAX_SAFE, NEVER, "a price that is none")? } else { NEVER };
    engine.lines.push(Line {
        demand,
        name,
        item,
        place,
        quantity: shipped + cancelled,
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
        broken: flag(2),
        first_part: NONE,
        last_part: NONE,
        shelf_before: NONE,
        shelf_after: NONE,
    });
    Ok(())
}

fn promise_after(from: &mut Reader, placed_at: u64) -> Read<u64> {
    let promise = (placed_at as i64).checked_add(from.signed()?).unwrap_or(-1);
    match u64::try_from(promise) {
        Ok(promise) if promise <= MAX_SAFE => Ok(promise),
        _ => from.corrupt("a promise that is none"),
    }
}

/// The parts of the line that was read last.
fn parts(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let line = engine.lines.len() as u32 - 1;
    let record = engine.lines[line as usize];
    let demand = engine.demands[record.demand as usize];
    let mut last_sequence = None;
    let count = from.number()?;
    for _ in 0..count {
        let (waiting, set_aside) = (quantity(from)?, quantity(from)?);
        from.ensure(waiting > 0 || set_aside > 0, "a part of nothing")?;
        let placed_at = demand.placed_at.saturating_add(from.number()?);
        from.ensure(placed_at <= engine.last_instant, "a part from the future")?;
        let sequence = demand.sequence.saturating_add(from.number()?);
        let in_order = sequence <= engine.sequence && last_sequence.is_none_or(|last| last < sequence);
        from.ensure(in_order, "parts out of order")?;
        last_sequence = Some(sequence);

        let own = &mut engine.lines[line as usize];
        own.quantity = own.quantity.saturating_add(waiting).saturating_add(set_aside);
        from.ensure(own.quantity <= MAX_SAFE, "a line of more units than there can be")?;
        own.allocated += set_aside;
        check_sums(from, &engine.items[record.item as usize], waiting, set_aside)?;
        if count == 1 && waiting == 0 && sequence == demand.sequence {
            engine.shelve(line);
            continue;
        }
        let part = engine.new_part(line);
        let item = &mut engine.items[record.item as usize];
        let primary = item.primary(demand.priority, placed_at);
        let rank = Rank { primary, tie: sequence << 10 | u64::from(record.place) };
        from.ensure(!engine.forest.has_rank(&item.root, rank), "two parts of one rank")?;
        let (held, promise_day) = (demand.is_hold(), record.promise_day());
        let entry = Entry { rank, part, waiting, set_aside, held, placed_at, promise_day };
        engine.forest.insert(&mut item.root, entry);
        if waiting > 0 {
            engine.count_waiting(line, waiting);
        }
    }
    let record = &engine.lines[line as usize];
    let (open, has_deadline, promise) = (record.open() > 0, record.has_deadline(), record.promise);
    from.ensure(record.quantity > 0, "a line of nothing")?;
    let overdue = has_deadline && end_of_day(day_of(promise)) <= engine.last_instant;
    from.ensure(!overdue, "a promise that should have been broken")?;
    if open {
        engine.demands[record.demand as usize].open_lines += 1;
    }
    Ok(())
}

/// What an item's lines ask for together is a number that there is.
fn check_sums(from: &Reader, item: &Item, waiting: u64, set_aside: u64) -> Read<()> {
    let open = item.root.totals().waiting + item.allocated() + item.held();
    from.ensure(open + waiting + set_aside <= MAX_SAFE, "more units than there can be")
}

fn keys(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    let mut last = 0;
    for _ in 0..from.at_most(KEYS_KEPT, "more keys than are kept")? {
        let sequence = from.at_most(engine.sequence, "a number of a command that is none")?;
        from.ensure(sequence > last && sequence + KEYS_KEPT > engine.sequence, "a key that is not kept")?;
        last = sequence;
        let content = from.fixed()?;
        let text = from.text()?;
        from.ensure(!text.is_empty() && text.len() <= MAX_ID_BYTES, "a key that is none")?;
        from.ensure(engine.keys.content(text).is_none(), "a key that comes twice")?;
        engine.keys.remember(crate::engine::Key { sequence, content, text: text.into() });
    }
    Ok(())
}

fn tally(from: &mut Reader, engine: &mut Engine) -> Read<()> {
    const WHAT: &str = "a figure that is none";
    let tally = &mut engine.tally;
    for count in [&mut tally.orders, &mut tally.lines] {
        *count = from.at_most(MAX_SAFE, WHAT)?;
    }
    for sum in [&mut tally.units, &mut tally.units_at_once] {
        *sum = from.number()?;
    }
    for count in [
        &mut tally.lines_at_once,
        &mut tally.orders_at_once,
        &mut tally.promised_lines_shipped,
        &mut tally.on_time_first,
        &mut tally.on_time_last,
    ] {
        *count = from.at_most(MAX_SAFE, WHAT)?;
    }
    tally.waited_units = from.number()?;
    tally.waited_unit_ms = u128::from(from.number()?) | u128::from(from.number()?) << 64;
    for count in [&mut tally.promises_made, &mut tally.promises_moved, &mut tally.promises_broken] {
        *count = from.at_most(MAX_SAFE, WHAT)?;
    }
    Ok(())
}

fn event(from: &mut Reader, engine: &Engine) -> Read<Event> {
    let seq = from.at_most(engine.log.seq, "a number of an event that is none")?;
    let follows = engine.log.kept.back().is_none_or(|last| last.seq < seq);
    from.ensure(follows, "events out of order")?;
    let at = from.at_most(engine.last_instant, "an event from the future")?;
    let kind = from.one_of(EventKind::ALL, "a kind of event that is none")?;
    let cause = from.one_of(&CommandKind::ALL, "a command that is none")?;
    const WHAT: &str = "an event about nothing that is known";
    let cause_supply = from.optional_index(engine.supplies.len(), WHAT)?;
    let order = from.optional_index(engine.orders.len(), WHAT)?;
    let hold = from.optional_index(engine.holds.len(), WHAT)?;
    let line = from.optional_index(engine.line_names.len(), WHAT)?;
    let item = from.optional_index(engine.items.len(), WHAT)?;
    let supply = from.optional_index(engine.supplies.len(), WHAT)?;
    let quantity = quantity(from)?;
    let (before, to) = (instant_or_never(from)?, instant_or_never(from)?);
    Ok(Event {
        seq,
        at,
        kind,
        cause,
        cause_supply,
        order,
        hold,
        line,
        item,
        supply,
        quantity,
        from: before,
        to,
    })
}

fn quantity(from: &mut Reader) -> Read<u64> {
    from.at_most(MAX_SAFE, "a quantity that is none")
}

fn instant(from: &mut Reader) -> Read<u64> {
    from.at_most(MAX_SAFE, "an instant that is none")
}

fn instant_or_never(from: &mut Reader) -> Read<u64> {
    from.optional(MAX_SAFE, NEVER, "an instant that is none")
}

fn some(number: u64) -> Option<u64> {
    (number != NEVER).then_some(number)
}
