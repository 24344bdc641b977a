//! What a queue could be kept in: the rank tree beside other structures, doing the same work in one process.
//!
//! `cargo bench --bench structures` prints nanoseconds per operation and bytes per entry at four sizes;
//! with `-- fan-outs`, the rank tree against itself with larger and smaller nodes.
//!
//! The rank tree keeps nine figures of what is below each node, and a copy of each entry; the others keep
//! one sum, which is all that these operations ask for. Every round checks that all gave the same answers.

mod fenwick;
mod rank_tree;
mod red_black;
mod treap;

use backorder::engine::rank_tree::Rank;
use peak_alloc::PeakAlloc;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Priorities of arrivals; those that are appended have the last.
const PRIORITIES: u64 = 256;

/// Reads of each kind in one round.
const READS: u64 = 2_000;

const OPERATIONS: [&str; 6] = ["append", "by priority", "at any rank", "position", "at quantity", "cancel"];

/// An entry that comes to the queue.
#[derive(Clone, Copy)]
struct Arrival {
    part: u32,
    priority: u8,
    rank: Rank,
    waiting: u64,
}

/// A structure to measure. Whole batches are called, so that calls cost nothing that is measured.
trait Queue {
    fn name(&self) -> String;

    /// Whether an entry may go before others of its priority.
    fn takes_any_rank(&self) -> bool {
        true
    }

    fn insert(&mut self, arrivals: &[Arrival]);

    /// The units ahead of each part, summed.
    fn position(&self, parts: &[u32]) -> u64;

    /// The parts that the units go to and the units ahead of them, summed.
    fn at_quantity(&self, units: &[u64]) -> u64;

    fn cancel(&mut self, parts: &[u32]);
}

/// Steele, Lea and Flood's SplitMix64.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 11) % bound
    }
}

/// What happens to the queue, the same to every structure.
struct Shop {
    draws: Draws,
    /// Waiting units of every part, 0 for those that are not in.
    waiting: Vec<u64>,
    total: u64,
    live: Vec<u32>,
    free: Vec<u32>,
    arrived: u64,
}

/// Where an arrival goes.
#[derive(Clone, Copy)]
enum Place {
    Last,
    LastOfItsPriority,
    Anywhere,
}

impl Shop {
    fn new() -> Self {
        Shop { draws: Draws(11), waiting: vec![], total: 0, live: vec![], free: vec![], arrived: 0 }
    }

    fn arrivals(&mut self, count: u32, place: Place) -> Vec<Arrival> {
        (0..count).map(|_| self.arrival(place)).collect()
    }

    fn arrival(&mut self, place: Place) -> Arrival {
        let part = self.free.pop().unwrap_or_else(|| {
            self.waiting.push(0);
            self.waiting.len() as u32 - 1
        });
        self.arrived += 1;
        let priority = match place {
            Place::Last => PRIORITIES - 1,
            Place::LastOfItsPriority | Place::Anywhere => self.draws.below(PRIORITIES),
        };
        // The low bits tell apart what was put between.
        let tie = match place {
            Place::Anywhere => self.draws.below(self.arrived) << 32 | self.arrived,
            Place::Last | Place::LastOfItsPriority => self.arrived << 32,
        };
        let waiting = 1 + self.draws.below(9);
        self.waiting[part as usize] = waiting;
        self.total += waiting;
        self.live.push(part);
        Arrival { part, priority: priority as u8, rank: Rank { turn: 0, primary: priority, tie }, waiting }
    }

    fn cancellations(&mut self, count: u32) -> Vec<u32> {
        (0..count).map(|_| self.cancellation()).collect()
    }

    fn cancellation(&mut self) -> u32 {
        let which = self.draws.below(self.live.len() as u64) as usize;
        let part = self.live.swap_remove(which);
        self.total -= core::mem::take(&mut self.waiting[part as usize]);
        self.free.push(part);
        part
    }

    /// Cancels what came last.
    fn take_back(&mut self, arrivals: &[Arrival]) -> Vec<u32> {
        self.live.truncate(self.live.len() - arrivals.len());
        for arrival in arrivals {
            self.total -= core::mem::take(&mut self.waiting[arrival.part as usize]);
            self.free.push(arrival.part);
        }
        arrivals.iter().map(|arrival| arrival.part).collect()
    }

    fn parts(&mut self) -> Vec<u32> {
        (0..READS).map(|_| self.live[self.draws.below(self.live.len() as u64) as usize]).collect()
    }

    fn units(&mut self) -> Vec<u64> {
        (0..READS).map(|_| 1 + self.draws.below(self.total)).collect()
    }
}

/// A structure and what was measured of it.
struct Contestant {
    queue: Box<dyn Queue>,
    bytes: usize,
    /// Nanoseconds per operation, one for each round.
    times: [Vec<f64>; OPERATIONS.len()],
}

impl Contestant {
    fn measure(&mut self, operation: usize, count: usize, work: impl FnOnce(&mut dyn Queue) -> u64) -> u64 {
        let start = Instant::now();
        let answer = black_box(work(self.queue.as_mut()));
        self.times[operation].push(start.elapsed().as_nanos() as f64 / count as f64);
        answer
    }

    /// The middle of what was measured.
    fn time(&self, operation: usize) -> Option<f64> {
        let mut times = self.times[operation].clone();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let enter: fn() -> Vec<Box<dyn Queue>> = match asked.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => structures,
        ["fan-outs"] => fan_outs,
        _ => return Err("usage: structures [fan-outs]".into()),
    };
    println!("Nanoseconds per operation, the median of all rounds; bytes of heap per entry.\n");
    println!("| entries | structure | {} | bytes |", OPERATIONS.join(" | "));
    println!("|--:|---|{}", "--:|".repeat(OPERATIONS.len() + 1));
    for size in SIZES {
        for contestant in run(size, enter()) {
            print_row(size, &contestant);
        }
    }
    Ok(())
}

fn structures() -> Vec<Box<dyn Queue>> {
    vec![
        Box::new(rank_tree::RankTree::<32, 32>::default()),
        Box::new(fenwick::Fenwicks::default()),
        Box::new(treap::Treap::default()),
        Box::new(red_black::RedBlack::default()),
    ]
}

fn fan_outs() -> Vec<Box<dyn Queue>> {
    vec![
        Box::new(rank_tree::RankTree::<8, 8>::default()),
        Box::new(rank_tree::RankTree::<16, 16>::default()),
        Box::new(rank_tree::RankTree::<32, 16>::default()),
        Box::new(rank_tree::RankTree::<32, 32>::default()),
        Box::new(rank_tree::RankTree::<64, 32>::default()),
        Box::new(rank_tree::RankTree::<64, 64>::default()),
    ]
}

/// Fills the structures and then does the same to each, in turn, round after round.
fn run(size: u32, queues: Vec<Box<dyn Queue>>) -> Vec<Contestant> {
    let mut shop = Shop::new();
    let filling = shop.arrivals(size, Place::LastOfItsPriority);
    let mut contestants: Vec<Contestant> = queues.into_iter().map(|queue| fill(queue, &filling)).collect();
    let rounds = (20_000_000 / size).clamp(41, 401);
    for _ in 0..rounds {
        round(&mut shop, &mut contestants, (size / 10).clamp(100, 2_000));
    }
    contestants
}

fn fill(mut queue: Box<dyn Queue>, filling: &[Arrival]) -> Contestant {
    let before = HEAP.current_usage();
    queue.insert(filling);
    let bytes = (HEAP.current_usage() - before) / filling.len();
    Contestant { queue, bytes, times: Default::default() }
}

/// Every operation once, on queues that are as long at the end as at the beginning.
fn round(shop: &mut Shop, contestants: &mut [Contestant], writes: u32) {
    let count = writes as usize;
    let (parts, units) = (shop.parts(), shop.units());
    let anywhere = shop.arrivals(writes, Place::Anywhere);
    let taken_back = shop.take_back(&anywhere);
    let by_priority = shop.arrivals(writes / 2, Place::LastOfItsPriority);
    let appended = shop.arrivals(writes - writes / 2, Place::Last);
    let cancelled = shop.cancellations(writes);
    let mut answers = vec![];
    for contestant in contestants {
        let positions = contestant.measure(3, parts.len(), |queue| queue.position(&parts));
        let quantities = contestant.measure(4, units.len(), |queue| queue.at_quantity(&units));
        answers.push((positions, quantities));
        if contestant.queue.takes_any_rank() {
            contestant.measure(2, count, |queue| {
                queue.insert(&anywhere);
                0
            });
            contestant.queue.cancel(&taken_back);
        }
        contestant.measure(1, by_priority.len(), |queue| {
            queue.insert(&by_priority);
            0
        });
        contestant.measure(0, appended.len(), |queue| {
            queue.insert(&appended);
            0
        });
        contestant.measure(5, count, |queue| {
            queue.cancel(&cancelled);
            0
        });
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the structures disagree");
}

fn print_row(size: u32, contestant: &Contestant) {
    print!("| {size} | {} ", contestant.queue.name());
    for operation in 0..OPERATIONS.len() {
        match contestant.time(operation) {
            Some(time) => print!("| {time:.0} "),
            None => print!("| cannot "),
        }
    }
    println!("| {} |", contestant.bytes);
}
