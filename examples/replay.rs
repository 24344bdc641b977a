//! Plays a shop's order lines through the engine and counts what became of them: `cargo xtask replay` prepares the
//! lines, starts this, and holds the figures against the expected ones.
//!
//! Every item reorders by rule: at or below its reorder point, as many lots as lift it above, which arrive after the
//! lead time. The lines of one instant are placed one after the other up to the first item that is named again; what
//! they got ships; then every item among them is looked at for a reorder. So no line of an item misses a reorder
//! before it.
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
use std::time::Instant as Clock;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let playbook = Playbook::read(&args.next().ok_or("which playbook?")?)?;
    let orders = playbook.order_ids();
    let start = Clock::now();
    let mut replay = Replay::new(&playbook, &orders)?;
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
    invoice: Vec<u32>,
    row: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    lines: usize,
    lead_ms: u64,
    skus: Vec<String>,
    initial: Vec<Quantity>,
    invoices: Vec<String>,
}

impl Playbook {
    fn read(path: &str) -> Result<Playbook, Failure> {
        let bytes = std::fs::read(path)?;
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or("the playbook is too short")?;
        let (header, mut rest) =
            rest.split_at_checked(u64::from_le_bytes(*length) as usize).ok_or("the playbook is too short")?;
        let header: Header = serde_json::from_slice(header)?;
        let lines = header.lines;
        Ok(Playbook {
            header,
            at: numbers(&mut rest, lines)?,
            quantity: numbers(&mut rest, lines)?,
            sku: codes(&mut rest, lines)?,
            invoice: codes(&mut rest, lines)?,
            row: codes(&mut rest, lines)?,
        })
    }

    /// An invoice has many rows, and each becomes an order of one line.
    fn order_ids(&self) -> Vec<String> {
        let invoices = &self.header.invoices;
        self.invoice
            .iter()
            .zip(&self.row)
            .map(|(&it, row)| format!("{}/{row}", invoices[it as usize]))
            .collect()
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
    orders: &'b [String],
    engine: Engine,
    figures: Vec<Figures>,
    /// How many lines of each item are still to come: without any, its receipts are nobody's business.
    to_come: Vec<u32>,
    /// The lead time is the same for all, so they arrive as they were ordered.
    reorders: VecDeque<Reorder>,
    supplies: u64,
    /// The line of each row.
    line_of_row: Vec<u32>,
    /// Lines that got units from stock and are to ship.
    shippable: Vec<usize>,
    /// The last group of lines that named each item.
    group_of_item: Vec<u32>,
}

impl<'b> Replay<'b> {
    /// An engine with every item and its initial stock.
    fn new(playbook: &'b Playbook, orders: &'b [String]) -> Result<Replay<'b>, Failure> {
        let items = playbook.header.skus.len();
        let mut to_come = vec![0; items];
        playbook.sku.iter().for_each(|&item| to_come[item as usize] += 1);
        let rows = playbook.row.iter().max().map_or(0, |&last| last as usize + 1);
        let mut line_of_row = vec![0; rows];
        playbook.row.iter().zip(0..).for_each(|(&row, line)| line_of_row[row as usize] = line);
        let mut replay = Replay {
            playbook,
            orders,
            engine: Engine::new(EngineOptions::default()),
            figures: vec![Figures::default(); items],
            to_come,
            reorders: VecDeque::new(),
            supplies: 0,
            line_of_row,
            shippable: Vec::new(),
            group_of_item: vec![u32::MAX; items],
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
        let lines = self.playbook.header.lines;
        let step = (lines / 100).max(1);
        let (mut line, mut group, mut next) = (0, 0, step);
        while line < lines {
            let now = self.playbook.at[line];
            let end = self.end_of_group(line, group);
            self.receive_until(now)?;
            for line in line..end {
                self.place(line, now)?;
            }
            for line in std::mem::take(&mut self.shippable) {
                self.ship(line, now)?;
            }
            for line in line..end {
                self.reorder(self.playbook.sku[line] as usize, now)?;
            }
            (line, group) = (end, group + 1);
            if line >= next {
                println!("progress {line}");
                next = line + step;
            }
        }
        Ok(())
    }

    /// Where the lines end that have this instant and name no item twice.
    fn end_of_group(&mut self, start: usize, group: u32) -> usize {
        let book = self.playbook;
        let mut end = start;
        while end < book.header.lines && book.at[end] == book.at[start] {
            let last = &mut self.group_of_item[book.sku[end] as usize];
            if *last == group {
                break;
            }
            *last = group;
            end += 1;
        }
        end
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
        let line = self.line_of(event).ok_or("an event names no order of ours")?;
        let waited_seconds = (event.at - self.playbook.at[line]) / 1_000;
        let figures = &mut self.figures[due.item];
        figures.bo_units_filled += event.quantity;
        figures.bo_unit_seconds += event.quantity * waited_seconds;
        self.ship(line, due.arrives)
    }

    /// The line that an event is about: its order's id ends in the row.
    fn line_of(&self, event: &Event) -> Option<usize> {
        let order = self.engine.event_view(event).order?;
        let row: usize = order.rsplit_once('/')?.1.parse().ok()?;
        self.line_of_row.get(row).map(|&line| line as usize)
    }

    fn place(&mut self, line: usize, now: Instant) -> Result<(), Failure> {
        let item = self.playbook.sku[line] as usize;
        let quantity = self.playbook.quantity[line];
        let lines = [OrderLine::new(&self.playbook.header.skus[item], quantity)];
        let body = Body::PlaceOrder {
            order: &self.orders[line],
            lines: Cow::Borrowed(&lines),
            settings: OrderSettings::default(),
        };
        let events = self.apply(body, now)?;
        let of_this =
            |event: &&Event| event.kind == EventKind::LineAllocated && event.cause == CommandKind::PlaceOrder;
        let allocated: Quantity = events.iter().filter(of_this).map(|event| event.quantity).sum();
        self.to_come[item] -= 1;
        let figures = &mut self.figures[item];
        figures.lines += 1;
        figures.units += quantity;
        figures.units_immediate += allocated;
        figures.bo_units_created += quantity - allocated;
        figures.lines_full_immediate += u64::from(allocated == quantity);
        figures.lines_partial += u64::from(0 < allocated && allocated < quantity);
        if allocated > 0 {
            self.shippable.push(line);
        }
        Ok(())
    }

    /// All that may ship of a line's order.
    fn ship(&mut self, line: usize, now: Instant) -> Result<(), Failure> {
        let parcel = Body::Ship { order: &self.orders[line], lines: None };
        self.apply_in(EventMode::Drop, parcel, now).map(drop)
    }

    /// Orders by the rule, if the item's position has come down to its reorder point.
    fn reorder(&mut self, item: usize, now: Instant) -> Result<(), Failure> {
        let sku = &self.playbook.header.skus[item];
        let position = self.engine.position(sku).ok_or("the item is gone")?;
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
            let Some(position) = self.engine.position(sku) else { continue };
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
