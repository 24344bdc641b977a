//! Plays a shop's order lines through the engine and counts what became of them: `cargo xtask replay` prepares the
//! lines, starts this, and holds the figures against the expected ones.
//!
//! The lines of an invoice are one order, up to the first item that is named again. What it gets from stock ships at
//! once. Then every item among its lines is looked at for a reorder: at or below its reorder point, as many lots as lift
//! it above, which arrive after the lead time. So no line of an item misses a reorder before it.
//!
//! `replay PLAYBOOK`

use backorder::codec;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::command::{Body, Command, CommandKind, OrderLine, OrderSettings};
use backorder::model::outcome::{Event, EventKind, EventMode, Status};
use backorder::model::settings::ItemChange;
use backorder::model::units::{Instant, Quantity};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error;
use std::ops::Range;
use std::time::Instant as Clock;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let playbook = Playbook::read(&args.next().ok_or("which playbook?")?)?;
    let start = Clock::now();
    let mut replay = Replay::new(&playbook)?;
    replay.play()?;
    let seconds = start.elapsed().as_secs_f64();
    replay.close();
    let result = json!({
        "seconds": seconds,
        "digest": codec::digest(&replay.engine),
        "figures": columns(&replay.figures),
    });
    println!("result {result}");
    Ok(())
}

/// The lines, in the order in which they are played. The format is in xtask/src/replay/playbook.rs.
struct Playbook {
    header: Header,
    at: Vec<Instant>,
    quantity: Vec<Quantity>,
    sku: Vec<u32>,
    /// The first line of each order, and the end of the last.
    first: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    lines: usize,
    lead_ms: u64,
    skus: Vec<String>,
    initial: Vec<Quantity>,
    orders: Vec<String>,
}

impl Playbook {
    fn read(path: &str) -> Result<Playbook, Failure> {
        let bytes = std::fs::read(path)?;
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or("the playbook is too short")?;
        let (header, mut rest) =
            rest.split_at_checked(u64::from_le_bytes(*length) as usize).ok_or("the playbook is too short")?;
        let header: Header = serde_json::from_slice(header)?;
        let (lines, orders) = (header.lines, header.orders.len());
        Ok(Playbook {
            header,
            at: numbers(&mut rest, lines)?,
            quantity: numbers(&mut rest, lines)?,
            sku: codes(&mut rest, lines)?,
            first: codes(&mut rest, orders + 1)?,
        })
    }

    /// The lines of an order.
    fn lines_of(&self, order: usize) -> Range<usize> {
        self.first[order] as usize..self.first[order + 1] as usize
    }
}

fn numbers(rest: &mut &[u8], count: usize) -> Result<Vec<u64>, Failure> {
    let column = rest.split_off(..count * 8).ok_or("the playbook is too short")?;
    Ok(column.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes) as u64).collect())
}

fn codes(rest: &mut &[u8], count: usize) -> Result<Vec<u32>, Failure> {
    let column = rest.split_off(..count * 4).ok_or("the playbook is too short")?;
    Ok(column.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
}

/// What became of one item's lines, by the names of the expected file.
#[derive(Clone, Default)]
struct Figures {
    i0: u64,
    lines: u64,
    units: u64,
    units_immediate: u64,
    lines_full_immediate: u64,
    orders: u64,
    units_ordered: u64,
    receipts: u64,
    lines_partial: u64,
    bo_units_created: u64,
    max_queue: u64,
    bo_units_filled: u64,
    bo_unit_seconds: u64,
    bo_lines_cleared: u64,
    end_on_hand: u64,
    end_on_order: u64,
    end_backlog_units: u64,
    end_backlog_lines: u64,
}

/// A reorder that is on its way.
struct Reorder {
    arrives: Instant,
    item: usize,
    quantity: Quantity,
    supply: String,
}

struct Replay<'b> {
    playbook: &'b Playbook,
    engine: Engine,
    figures: Vec<Figures>,
    /// How many lines of each item are still to come: without any, its receipts are nobody's business.
    to_come: Vec<u32>,
    /// The lead time is the same for all, so they arrive as they were ordered.
    reorders: VecDeque<Reorder>,
    supplies: u64,
}

impl<'b> Replay<'b> {
    /// An engine with every item and its initial stock.
    fn new(playbook: &'b Playbook) -> Result<Replay<'b>, Failure> {
        let items = playbook.header.skus.len();
        let mut to_come = vec![0; items];
        playbook.sku.iter().for_each(|&item| to_come[item as usize] += 1);
        let mut replay = Replay {
            playbook,
            engine: Engine::new(EngineOptions::default()),
            figures: vec![Figures::default(); items],
            to_come,
            reorders: VecDeque::new(),
            supplies: 0,
        };
        let start = playbook.at.first().copied().unwrap_or(0);
        for (item, (sku, &initial)) in playbook.header.skus.iter().zip(&playbook.header.initial).enumerate() {
            replay.apply(Body::DefineItem { sku, settings: ItemChange::default() }, start)?;
            replay.apply(Body::Receive { sku, location: None, quantity: initial, supply: None }, start)?;
            replay.figures[item].i0 = initial;
        }
        Ok(replay)
    }

    fn play(&mut self) -> Result<(), Failure> {
        let step = (self.playbook.header.lines / 100).max(1);
        let mut next = step;
        let mut lines = Vec::new();
        for order in 0..self.playbook.header.orders.len() {
            let range = self.playbook.lines_of(order);
            let now = self.playbook.at[range.start];
            self.receive_until(now)?;
            self.place(order, &mut lines, now)?;
            for line in range.clone() {
                self.reorder(self.playbook.sku[line] as usize, now)?;
            }
            if range.end >= next {
                println!("progress {}", range.end);
                next = range.end + step;
            }
        }
        Ok(())
    }

    fn receive_until(&mut self, now: Instant) -> Result<(), Failure> {
        while let Some(due) = self.reorders.pop_front_if(|due| due.arrives <= now) {
            if self.to_come[due.item] > 0 {
                self.receive(&due)?;
            }
        }
        Ok(())
    }

    fn receive(&mut self, due: &Reorder) -> Result<(), Failure> {
        let sku = &self.playbook.header.skus[due.item];
        let body = Body::Receive { sku, location: None, quantity: due.quantity, supply: Some(&due.supply) };
        let events = self.apply(body, due.arrives)?;
        self.figures[due.item].receipts += 1;
        for event in events.iter().filter(|event| event.cause == CommandKind::Receive) {
            match event.kind {
                EventKind::LineAllocated => self.serve(due, event)?,
                EventKind::LineReady => self.figures[due.item].bo_lines_cleared += 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// A line that waited got units.
    fn serve(&mut self, due: &Reorder, event: &Event) -> Result<(), Failure> {
        let order = self.order_of(event).ok_or("an event names no order of ours")?;
        let placed_at = self.playbook.at[self.playbook.first[order] as usize];
        let figures = &mut self.figures[due.item];
        figures.bo_units_filled += event.quantity;
        figures.bo_unit_seconds += event.quantity * ((event.at - placed_at) / 1_000);
        self.ship(order, due.arrives)
    }

    /// The order that an event is about: its id ends in its number.
    fn order_of(&self, event: &Event) -> Option<usize> {
        self.engine.event_view(event).order?.rsplit_once('/')?.1.parse().ok()
    }

    /// The line of an order that an event is about, from 0: unnamed lines are called 1, 2, 3 and so on.
    fn place_of(&self, event: &Event) -> Option<usize> {
        self.engine.event_view(event).line?.parse::<usize>().ok()?.checked_sub(1)
    }

    /// Places an order, and ships what it gets at once. `lines` is there to be reused.
    fn place(&mut self, order: usize, lines: &mut Vec<OrderLine<'b>>, now: Instant) -> Result<(), Failure> {
        let book = self.playbook;
        let range = book.lines_of(order);
        lines.clear();
        lines.extend(
            range
                .clone()
                .map(|line| OrderLine::new(&book.header.skus[book.sku[line] as usize], book.quantity[line])),
        );
        let events = self.apply(
            Body::PlaceOrder {
                order: &book.header.orders[order],
                lines: Cow::Borrowed(lines),
                settings: OrderSettings::default(),
            },
            now,
        )?;
        for line in range.clone() {
            self.count_line(book.sku[line] as usize, book.quantity[line]);
        }
        let mut gets_some = false;
        for event in events.iter().filter(|event| event.kind == EventKind::LineAllocated) {
            let line = range.start + self.place_of(event).ok_or("an event names no line of ours")?;
            self.count_allocated(book.sku[line] as usize, book.quantity[line], event.quantity);
            gets_some = true;
        }
        if gets_some { self.ship(order, now) } else { Ok(()) }
    }

    fn count_line(&mut self, item: usize, quantity: Quantity) {
        self.to_come[item] -= 1;
        let figures = &mut self.figures[item];
        figures.lines += 1;
        figures.units += quantity;
        figures.bo_units_created += quantity;
    }

    fn count_allocated(&mut self, item: usize, quantity: Quantity, allocated: Quantity) {
        let figures = &mut self.figures[item];
        figures.units_immediate += allocated;
        figures.bo_units_created -= allocated;
        if allocated == quantity {
            figures.lines_full_immediate += 1;
        } else {
            figures.lines_partial += 1;
        }
    }

    /// All that may ship of an order.
    fn ship(&mut self, order: usize, now: Instant) -> Result<(), Failure> {
        let parcel = Body::Ship { order: &self.playbook.header.orders[order], lines: None };
        self.apply_in(EventMode::Drop, parcel, now).map(drop)
    }

    /// Orders by the rule, if the item's position has come down to its reorder point.
    fn reorder(&mut self, item: usize, now: Instant) -> Result<(), Failure> {
        let sku = &self.playbook.header.skus[item];
        let position = self.engine.position(sku, None).ok_or("the item is gone")?;
        let figures = &mut self.figures[item];
        figures.max_queue = figures.max_queue.max(position.waiting_lines);
        let (point, lot) = (figures.i0, 2 * figures.i0);
        let (has, owes) = (position.available + position.incoming, position.backordered);
        if has > owes + point {
            return Ok(());
        }
        let quantity = ((owes + point - has) / lot + 1) * lot;
        figures.orders += 1;
        figures.units_ordered += quantity;
        self.supplies += 1;
        let (supply, arrives) = (format!("PO-{}", self.supplies), now + self.playbook.header.lead_ms);
        let body = Body::ScheduleSupply {
            supply: &supply,
            sku,
            location: None,
            quantity,
            due: arrives,
            supplier: None,
        };
        self.apply(body, now)?;
        self.reorders.push_back(Reorder { arrives, item, quantity, supply });
        Ok(())
    }

    /// What every item is left with.
    fn close(&mut self) {
        for (figures, sku) in self.figures.iter_mut().zip(&self.playbook.header.skus) {
            let Some(position) = self.engine.position(sku, None) else { continue };
            figures.end_on_hand = position.available;
            figures.end_on_order = position.incoming;
            figures.end_backlog_units = position.backordered;
            figures.end_backlog_lines = position.waiting_lines;
        }
    }

    fn apply(&mut self, body: Body<'_>, now: Instant) -> Result<Vec<Event>, Failure> {
        self.apply_in(EventMode::Return, body, now)
    }

    /// Nothing that the rules play is ever refused.
    fn apply_in(&mut self, mode: EventMode, body: Body<'_>, now: Instant) -> Result<Vec<Event>, Failure> {
        let command = Command::from(body);
        let outcome = self.engine.apply(&command, now, mode);
        match outcome.status {
            Status::Applied => Ok(outcome.events),
            refused => Err(format!("{command:?} at {now}: {refused:?}").into()),
        }
    }
}

/// Every figure, with one value an item.
fn columns(figures: &[Figures]) -> Map<String, Value> {
    type Figure = fn(&Figures) -> u64;
    let names: [(&str, Figure); 18] = [
        ("I0", |it| it.i0),
        ("lines", |it| it.lines),
        ("units", |it| it.units),
        ("units_immediate", |it| it.units_immediate),
        ("lines_full_immediate", |it| it.lines_full_immediate),
        ("orders", |it| it.orders),
        ("units_ordered", |it| it.units_ordered),
        ("receipts", |it| it.receipts),
        ("lines_partial", |it| it.lines_partial),
        ("bo_units_created", |it| it.bo_units_created),
        ("max_queue", |it| it.max_queue),
        ("bo_units_filled", |it| it.bo_units_filled),
        ("bo_unit_seconds", |it| it.bo_unit_seconds),
        ("bo_lines_cleared", |it| it.bo_lines_cleared),
        ("end_on_hand", |it| it.end_on_hand),
        ("end_on_order", |it| it.end_on_order),
        ("end_backlog_units", |it| it.end_backlog_units),
        ("end_backlog_lines", |it| it.end_backlog_lines),
    ];
    names.iter().map(|(name, of)| (name.to_string(), figures.iter().map(of).collect())).collect()
}
