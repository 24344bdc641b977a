//! How much of what was played, so that one sees that nothing was passed over.

use crate::deadlines::Held;
use crate::kind::Kind;
use crate::reference::Verdict;
use backorder::model::outcome::{EventKind, Reason};
use std::collections::BTreeMap;

/// What came of the commands of one kind of shop.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub histories: u64,
    pub commands: u64,
    /// Times at which the engine was recovered from a snapshot and the commands since.
    pub recoveries: u64,
    /// `applied`, `exists`, or why not.
    pub outcomes: BTreeMap<&'static str, u64>,
    pub events: BTreeMap<&'static str, u64>,
    /// What the ledger of deadlines held against the rules.
    pub held: Held,
}

/// The figures of all kinds of shops.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<Kind, Figures>);

pub fn outcome_name(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Applied => "applied",
        Verdict::Exists => "exists",
        Verdict::Rejected(refusal) => refusal.reason.name(),
    }
}

impl Figures {
    fn add(&mut self, other: &Figures) {
        self.histories += other.histories;
        self.commands += other.commands;
        self.recoveries += other.recoveries;
        self.held.standing += other.held.standing;
        self.held.refunds += other.held.refunds;
        add_counts(&mut self.outcomes, &other.outcomes);
        add_counts(&mut self.events, &other.events);
    }
}

fn add_counts(sums: &mut BTreeMap<&'static str, u64>, more: &BTreeMap<&'static str, u64>) {
    for (&name, count) in more {
        *sums.entry(name).or_default() += count;
    }
}

impl Tally {
    pub fn add(&mut self, kind: Kind, figures: &Figures) {
        self.0.entry(kind).or_default().add(figures);
    }

    /// Adds those of another run.
    pub fn join(&mut self, other: &Tally) {
        other.0.iter().for_each(|(&kind, figures)| self.add(kind, figures));
    }

    /// All kinds together.
    pub fn total(&self) -> Figures {
        let mut total = Figures::default();
        self.0.values().for_each(|figures| total.add(figures));
        total
    }

    /// Outcomes and events of which there was none: where any is named, something was passed over.
    pub fn missing(&self) -> Vec<String> {
        let total = self.total();
        let outcomes =
            ["applied", "exists"].into_iter().chain(Reason::ALL.iter().map(|reason| reason.name()));
        let outcomes = outcomes.filter(|name| !total.outcomes.contains_key(name));
        let events = EventKind::ALL.iter().map(|kind| kind.name());
        let events = events.filter(|name| !total.events.contains_key(name));
        outcomes.chain(events).map(|name| format!("there was no {name}")).collect()
    }

    /// A row for each kind of shop; then every outcome and every event, with how often it came.
    pub fn table(&self) -> String {
        let mut text = format!(
            "{:<16} {:>9} {:>10} {:>10} {:>7} {:>10} {:>11} {:>10}\n",
            "shop", "histories", "commands", "applied", "exists", "refused", "events", "recoveries"
        );
        for (kind, figures) in &self.0 {
            let count = |name: &str| figures.outcomes.get(name).copied().unwrap_or(0);
            let (applied, exists) = (count("applied"), count("exists"));
            text.push_str(&format!(
                "{:<16} {:>9} {:>10} {applied:>10} {exists:>7} {:>10} {:>11} {:>10}\n",
                kind.name(),
                figures.histories,
                figures.commands,
                figures.commands - applied - exists,
                figures.events.values().sum::<u64>(),
                figures.recoveries,
            ));
        }
        let total = self.total();
        let Held { standing, refunds } = total.held;
        let held = format!("lines past a day that their customers knew: {standing}, refunds: {refunds}\n");
        text + &row("outcomes", &total.outcomes) + &row("events", &total.events) + &held
    }
}

fn row(title: &str, counts: &BTreeMap<&'static str, u64>) -> String {
    let told: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    format!("{title}: {}\n", told.join(", "))
}
