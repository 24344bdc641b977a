//! A snapshot, section by section as the document has them.

mod notices;

use super::walker::Walker;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// What a snapshot was found to hold.
pub struct Snapshot {
    pub id: String,
    pub seed: u64,
    pub at: u64,
    pub digest: String,
    pub figures: Figures,
    pub version: u32,
    /// The parts of the format that it uses.
    pub seen: BTreeSet<&'static str>,
}

/// Sums over what was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub on_hand: u64,
    pub coming: u64,
    pub set_aside: u64,
    /// Of lines that are no kit's.
    pub waiting: u64,
    /// Known orders, those in the archive included.
    pub orders: usize,
    /// Made, moved and broken.
    pub promises: [u64; 3],
    pub refused_units: u64,
    pub events: usize,
}

/// Everything that a snapshot may have.
pub const ALL: &str = "default used, default defined, location, lateness, early, backorders, deny, limit, maxPerOrder, \
    safetyStock, ageingDays, replenishment, supplier, batch, capacity, overdue, ignored, lifecycle, \
    discontinued, preorder, release, sharing, promising, wholeLines, protection, reorder, rQ, sS, \
    baseStock, upTo, minimum, multiple, components, substitutes, incentives, place, place after a \
    gap, said to reorder, supply, supply open, supply closed, supply cancelled, supply archived, \
    supply of a supplier, class, order archived, hold archived, is order, is hold, closed, latest, \
    notBefore, allocateFrom, of a class, frozen, hold open, hold confirmed, hold ended, partial, \
    line, order whole, fewestParts, inOrder, earliest, promise, first promise another, first \
    promise, no longer held, ended, shipped, cancelled, returned, terms, price, elsewhere, legs, \
    several legs, left out, named, kit's queue, waits, has units, rests beyond, later command, later \
    instant, no parts, several parts, key, event, event of a supply, promiseQuantile, learned, requires \
    evidence, own quantile, overtaking, class of priority, cancelled where it is learned, waits where it is learned, told, receipt, \
    receipt early, receipt of a shipment, group of an item, group of a supplier, corrected, foretold, may be late, several steps, \
    calendar, fixed zone, changing zone, zone name, cut-off, holiday, transit, destination, regime, no base, base ftc, base eu, base uk, delivery counts, lapses, \
    needsChoice, needsReason, vestingDayCounts, holidays are listed, silence consents, silence cancels, silence is nothing, \
    no refund day, refund in working days, refund in days, billing cycle, holiday of a regime, line without a regime, \
    buyers' changing zone, buyers' fixed zone, paid by card, seller's credit, open to its law, shipped by its law, \
    cancelled by its law, notice that stands, notice to be sent, unknown length, first option, renewed option, cancellation, \
    new date, notice due, notice sent, consented, notice cancelled, refunded, overdue notice, revised, cancels on a day, \
    refund by a day";

/// The levels at which a correction is learned.
const LEVELS: usize = 21;

/// What later sections name by place.
#[derive(Default)]
struct Reader {
    seen: BTreeSet<&'static str>,
    figures: Figures,
    at: u64,
    commands: u64,
    locations: usize,
    suppliers: usize,
    /// Sections of version 4 that are there.
    sections: [bool; 5],
    /// Of each item its id, how many places it has, and its components.
    items: Vec<Item>,
    supplies: usize,
    names: usize,
    lines: u64,
    classes: usize,
    orders: Vec<String>,
    holds: Vec<String>,
    /// Orders and holds that demands are of.
    borne: (usize, usize),
}

#[derive(Default)]
struct Item {
    sku: String,
    places: usize,
    components: Vec<String>,
    learns: bool,
}

pub fn read(snapshot: &[u8]) -> Snapshot {
    let mut from = Walker(snapshot);
    assert_eq!(from.bytes(4), b"BKOR");
    let version = from.u32();
    assert!([2, 3, 4].contains(&version));
    assert_eq!(from.u64(), xxh3_64(&snapshot[16..]));
    let length = from.u64() as usize;
    let bytes = from.bytes(length);
    let refused_units = from.u64();
    assert!(from.0.is_empty(), "nothing follows");

    let mut state = Walker(bytes);
    let sections = match version {
        4 => state.flags(),
        version => [version == 3, false, false, false, false],
    };
    let (id, seed) = (state.text(), state.u64());
    let mut reader = Reader { at: state.safe(), commands: state.safe(), sections, ..Reader::default() };
    let (_promises, _events) = (state.safe(), state.safe());
    reader.figures.refused_units = refused_units;
    reader.state(&mut state);
    assert!(state.0.is_empty(), "every byte is read");
    let Reader { seen, figures, at, .. } = reader;
    Snapshot { id, seed, at, digest: format!("{:032x}", xxh3_128(bytes)), figures, version, seen }
}

impl Reader {
    fn saw(&mut self, part: &'static str, there: bool) -> bool {
        if there {
            assert!(ALL.split(", ").any(|listed| listed == part), "{part} is not listed");
            self.seen.insert(part);
        }
        there
    }

    fn state(&mut self, from: &mut Walker) {
        let [used, defined] = from.flags();
        self.saw("default used", used);
        self.saw("default defined", defined);
        self.locations = 1 + from.list(Walker::id).len();
        self.saw("location", self.locations > 1);
        if self.sections[1] {
            (0..self.locations).for_each(|_| self.days(from));
        }
        let suppliers = from.list(|from| (from.id(), from.list(Walker::signed)).1);
        self.suppliers = suppliers.len();
        self.saw("lateness", suppliers.iter().any(|days| !days.is_empty()));
        self.saw("early", suppliers.iter().flatten().any(|&days| days < 0));
        for _ in 0..from.number() {
            self.item(from);
        }
        for _ in 0..from.number() {
            self.supply(from);
        }
        self.names = from.list(Walker::id).len();
        self.classes = from.list(Walker::id).len();
        self.saw("class", self.classes > 0);
        self.orders = from.list(|from| (from.id(), from.u64()).0);
        self.holds = from.list(|from| (from.id(), from.u64()).0);
        self.figures.orders = self.orders.len();
        self.demands(from);
        self.saw("order archived", self.borne.0 < self.orders.len());
        self.saw("hold archived", self.borne.1 < self.holds.len());
        let keys = from.list(|from| {
            let (number, _content, key) = (from.number(), from.u64(), from.text());
            assert!((1..=128).contains(&key.len()));
            number
        });
        assert!(keys.is_sorted() && keys.iter().all(|&number| number <= self.commands));
        self.saw("key", !keys.is_empty());
        let tally: [u64; 15] = core::array::from_fn(|_| from.number());
        self.figures.promises.copy_from_slice(&tally[12..]);
        for _ in 0..from.number() {
            self.event(from);
        }
        if self.sections[0] {
            self.learned(from);
        }
        if self.sections[2] {
            self.destinations(from);
        }
        if self.sections[3] {
            self.overtaking(from);
        }
        if self.sections[4] {
            self.notices(from);
        }
    }

    fn overtaking(&mut self, from: &mut Walker) {
        let items: Vec<usize> =
            self.items.iter().filter(|item| item.learns).map(|item| item.places).collect();
        assert!(!items.is_empty(), "some item learns");
        for places in items {
            let since = from.number();
            for _ in 0..places {
                let classes = from.list(|from| {
                    let priority = from.byte();
                    let today = flow(from, since);
                    assert!(today > 0);
                    priority
                });
                assert!(classes.is_sorted_by(|one, other| one < other));
                self.saw("class of priority", !classes.is_empty());
                let cancelled = flow(from, since);
                self.saw("cancelled where it is learned", cancelled > 0);
                assert!(from.number() >= since);
                let waiting = from.safe();
                self.saw("waits where it is learned", waiting > 0);
                assert!(from.double() >= 0.0);
            }
        }
    }

    fn days(&mut self, from: &mut Walker) {
        let [calendar, transit] = from.flags();
        if self.saw("calendar", calendar) {
            let [changing, named, cutoff] = from.flags();
            if self.saw("zone name", named) {
                assert!(changing);
                from.id();
            }
            if self.saw("changing zone", changing) {
                assert!(!from.list(|from| (from.safe(), from.signed())).is_empty());
            }
            if self.saw("fixed zone", !changing) {
                assert!((-1_080..=1_080).contains(&from.signed()));
            }
            assert!((1..128).contains(&from.byte()));
            let holidays = from.list(Walker::number);
            self.saw("holiday", !holidays.is_empty());
            if self.saw("cut-off", cutoff) {
                assert!(from.number() < 1_440);
            }
            from.number();
        }
        if self.saw("transit", transit) {
            let names = from.list(|from| (from.id(), from.number()).0);
            assert!(!names.is_empty() && names.is_sorted());
        }
    }

    fn destinations(&mut self, from: &mut Walker) {
        let names = from.list(Walker::id).len();
        let mut next = 0;
        for _ in 0..from.number() {
            next += from.number() + 1;
            from.place(names);
        }
        assert!(next > 0);
        self.saw("destination", true);
    }

    fn learned(&mut self, from: &mut Walker) {
        self.saw("learned", true);
        let [requires_evidence] = from.flags();
        self.saw("requires evidence", requires_evidence);
        let quantile = from.double();
        assert!(quantile > 0.0 && quantile < 1.0);
        self.saw("own quantile", quantile != 0.8);
        for _ in 0..self.suppliers {
            let told = from.optional().is_some();
            self.saw("told", told);
        }
        self.history(from);
        let mut groups = Vec::new();
        for _ in 0..from.number() {
            let (supplier, item) = (from.place(self.suppliers), from.optional_place(self.items.len()));
            self.saw("group of an item", item.is_some());
            self.saw("group of a supplier", item.is_none());
            groups.push((supplier, item.unwrap_or(usize::MAX)));
            self.history(from);
        }
        assert!(groups.is_sorted());
        let offsets: [f64; LEVELS] = core::array::from_fn(|_| from.double());
        assert!(offsets.iter().all(|offset| (-1.0..=1.0).contains(offset)));
        self.saw("corrected", offsets.iter().any(|&offset| offset != 0.0));
        let mut foretold = Vec::new();
        for _ in 0..from.number() {
            foretold.push(from.place(self.supplies));
            let days: [i64; LEVELS] = core::array::from_fn(|_| from.signed());
            assert!(days.is_sorted());
        }
        assert!(foretold.is_sorted());
        self.saw("foretold", !foretold.is_empty());
        let mut expected = Vec::new();
        for _ in 0..from.number() {
            expected.push(from.place(self.supplies));
            assert!((1..=512).contains(&from.number()));
            let steps = from.list(|from| (from.signed(), from.double()));
            assert!(steps.is_sorted_by(|one, other| one.0 < other.0 && one.1 < other.1));
            assert_eq!(steps.last().map(|last| last.1), Some(1.0));
            self.saw("several steps", steps.len() > 1);
        }
        assert!(expected.is_sorted());
        self.saw("may be late", !expected.is_empty());
    }

    fn history(&mut self, from: &mut Walker) {
        let receipts = from.list(|from| (from.signed(), from.number()));
        assert!(receipts.len() <= 512);
        self.saw("receipt", !receipts.is_empty());
        self.saw("receipt early", receipts.iter().any(|&(days, _)| days < 0));
        self.saw("receipt of a shipment", receipts.iter().any(|&(_, day)| day % 2 == 0));
    }

    fn item(&mut self, from: &mut Walker) {
        let mut item = Item { sku: from.id(), ..Item::default() };
        (item.components, item.learns) = self.settings(from);
        let mut next = 0;
        for _ in 0..from.number() {
            let number = from.number();
            let location = next + number as usize / 2;
            assert!(location < self.locations);
            self.saw("place", true);
            self.saw("place after a gap", location > next);
            self.saw("said to reorder", number % 2 == 1);
            self.figures.on_hand += from.safe();
            next = location + 1;
            item.places += 1;
        }
        self.items.push(item);
    }

    /// The answer is what the item is made of, and whether it learns how fast better priorities come.
    fn settings(&mut self, from: &mut Walker) -> (Vec<String>, bool) {
        const NAMES: [&str; 17] = [
            "backorders",
            "maxPerOrder",
            "safetyStock",
            "ageingDays",
            "replenishment",
            "overdue",
            "lifecycle",
            "sharing",
            "promising",
            "wholeLines",
            "protection",
            "reorder",
            "components",
            "substitutes",
            "incentives",
            "promiseQuantile",
            "overtaking",
        ];
        let (mut components, mut learns) = (Vec::new(), false);
        for (there, name) in from.flags::<17>().into_iter().zip(NAMES) {
            if !self.saw(name, there) {
                continue;
            }
            match name {
                "backorders" => {
                    let limit = from.optional();
                    self.saw(if limit.is_some() { "limit" } else { "deny" }, true);
                }
                "maxPerOrder" | "safetyStock" | "ageingDays" => drop(from.number()),
                "replenishment" => {
                    from.number();
                    let supplier = from.optional_place(self.suppliers);
                    self.saw("supplier", supplier.is_some());
                    self.optional(from, "batch");
                    self.optional(from, "capacity");
                }
                "overdue" => {
                    from.number();
                    self.optional(from, "ignored");
                }
                "lifecycle" => match from.one_of(2) {
                    0 => drop(self.saw("discontinued", true)),
                    _ => {
                        self.saw("preorder", true);
                        self.optional(from, "release");
                    }
                },
                "protection" => drop(from.list(|from| (from.byte(), from.number()))),
                "reorder" => {
                    let policy = ["rQ", "sS", "baseStock"][from.one_of(3) as usize];
                    self.saw(policy, true);
                    from.number();
                    from.optional();
                    ["upTo", "minimum", "multiple"].into_iter().for_each(|name| self.optional(from, name));
                }
                "components" => components = from.list(|from| (from.id(), from.number()).0),
                "substitutes" => drop(from.list(Walker::id)),
                "incentives" => drop(from.list(|from| (from.number(), from.text()))),
                "promiseQuantile" => {
                    assert!(self.sections[0]);
                    let quantile = from.double();
                    assert!(quantile > 0.0 && quantile < 1.0);
                }
                "overtaking" => {
                    assert!(self.sections[3]);
                    learns = true;
                }
                _ => {}
            }
        }
        (components, learns)
    }

    fn optional(&mut self, from: &mut Walker, name: &'static str) {
        let there = from.optional().is_some();
        self.saw(name, there);
    }

    fn supply(&mut self, from: &mut Walker) {
        from.id();
        let item = from.place(self.items.len());
        from.place(self.items[item].places);
        let supplier = from.optional_place(self.suppliers);
        self.saw("supply of a supplier", supplier.is_some());
        let (_due, open, _received) = (from.safe(), from.safe(), from.safe());
        self.figures.coming += open;
        let state = from.one_of(7);
        self.saw("supply archived", state & 4 > 0);
        self.saw(["supply open", "supply closed", "supply cancelled"][usize::from(state & 3)], true);
        assert_eq!(from.optional().is_none(), state == 0);
        from.u64();
        self.supplies += 1;
        self.saw("supply", true);
    }

    fn demands(&mut self, from: &mut Walker) {
        let (mut placed, mut command, mut promise) = (0, 0, 0);
        for _ in 0..from.number() {
            placed += from.safe();
            command += from.number();
            assert!(placed <= self.at && command <= self.commands);
            let [order, hold, closed, latest, not_before, later, of_a_class, frozen] = from.flags();
            for (there, part) in [
                (order, "is order"),
                (hold, "is hold"),
                (closed, "closed"),
                (latest, "latest"),
                (not_before, "notBefore"),
                (later, "allocateFrom"),
                (of_a_class, "of a class"),
                (frozen, "frozen"),
            ] {
                self.saw(part, there);
            }
            if order {
                from.place(self.orders.len());
                self.borne.0 += 1;
            }
            if hold {
                from.place(self.holds.len());
                self.borne.1 += 1;
                self.saw(["hold open", "hold confirmed", "hold ended"][from.one_of(3) as usize], true);
                from.safe();
            }
            for there in [closed, latest, not_before, later] {
                if there {
                    from.safe();
                }
            }
            if of_a_class {
                from.place(self.classes);
            }
            from.byte();
            self.saw(["partial", "line", "order whole"][from.one_of(3) as usize], true);
            self.saw(["fewestParts", "inOrder", "earliest"][from.one_of(3) as usize], true);
            let lines = from.number();
            assert!((1..=1_000).contains(&lines));
            self.lines += lines;
            for _ in 0..lines {
                self.line(from, placed, &mut promise);
            }
        }
    }

    fn line(&mut self, from: &mut Walker, placed: u64, promise: &mut i64) {
        let flags @ [promised, another, _, ended, terms, elsewhere, legs, left_out, named] = from.flags();
        const NAMES: [&str; 9] = [
            "promise",
            "first promise another",
            "no longer held",
            "ended",
            "terms",
            "elsewhere",
            "legs",
            "left out",
            "named",
        ];
        for (there, name) in flags.into_iter().zip(NAMES) {
            self.saw(name, there);
        }
        from.place(self.names);
        let item = from.place(self.items.len());
        if elsewhere {
            from.place(self.items[item].places);
        }
        let mut queues = 1;
        if legs {
            let places = self.items[item].places;
            let legs = from.list(|from| (from.place(places), from.safe()));
            assert!(!legs.is_empty());
            self.saw("several legs", legs.len() > 1);
            queues = legs.len() * self.made_of(&self.items[item].sku).len();
        }
        if left_out {
            from.number();
        }
        if named {
            let locations = self.locations;
            from.list(|from| from.place(locations));
        }
        if promised {
            assert!(placed as i64 + from.signed() >= 0);
        }
        if another {
            let first = from.optional();
            self.saw("first promise", first.is_some());
        }
        *promise += from.signed();
        assert!(*promise >= 0);
        if ended {
            let shipped = if legs { 0 } else { from.safe() };
            self.saw("shipped", shipped > 0);
            let (cancelled, returned) = (from.safe(), from.safe());
            self.saw("cancelled", cancelled > 0);
            self.saw("returned", returned > 0);
        }
        if terms {
            from.safe();
            let price = from.optional();
            self.saw("price", price.is_some());
        }
        let parts = from.number();
        self.saw("no parts", parts == 0);
        self.saw("several parts", parts > 1);
        for _ in 0..parts {
            if legs {
                let queue = from.place(queues);
                self.saw("kit's queue", queue > 0 && !self.items[item].components.is_empty());
            }
            self.part(from);
        }
    }

    fn part(&mut self, from: &mut Walker) {
        let flags: [bool; 5] = from.flags();
        assert!(flags[0] || flags[1], "it is a part of something");
        const NAMES: [&str; 5] = ["waits", "has units", "rests beyond", "later command", "later instant"];
        for (place, (there, name)) in flags.into_iter().zip(NAMES).enumerate() {
            if self.saw(name, there) {
                let number = from.number();
                assert!(number > 0);
                match place {
                    0 => self.figures.waiting += number,
                    1 => self.figures.set_aside += number,
                    _ => {}
                }
            }
        }
    }

    /// What an item is made of in the end, in the order in which it first comes.
    fn made_of(&self, sku: &str) -> Vec<String> {
        let item = self.items.iter().find(|item| item.sku == sku).expect("it is known");
        if item.components.is_empty() {
            return vec![sku.to_string()];
        }
        let mut made_of: Vec<String> = Vec::new();
        for part in item.components.iter().flat_map(|component| self.made_of(component)) {
            if !made_of.contains(&part) {
                made_of.push(part);
            }
        }
        made_of
    }

    fn event(&mut self, from: &mut Walker) {
        from.number();
        assert!(from.safe() <= self.at);
        from.one_of(25);
        from.one_of(28);
        let of_a_supply = from.optional_place(self.supplies).is_some();
        self.saw("event", true);
        self.saw("event of a supply", of_a_supply);
        for of in
            [self.orders.len(), self.holds.len(), self.names, self.items.len(), self.locations, self.supplies]
        {
            from.optional_place(of);
        }
        from.safe();
        from.optional();
        from.optional();
        self.figures.events += 1;
    }
}

/// What came, or went: how many on the last day.
fn flow(from: &mut Walker, since: u64) -> u64 {
    assert!(from.number() >= since);
    let today = from.number();
    assert!(from.double() >= 0.0 && from.double() >= 0.0);
    today
}
