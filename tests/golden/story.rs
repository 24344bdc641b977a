//! A story: what an engine is told before its snapshot is taken, and then. A line is an instant, what
//! becomes of the events, and a command as JSON; or `drain` and how many events are taken.

use backorder::api::{Journal, decode, value};
use backorder::engine::{Engine, EngineOptions};
use backorder::model::outcome::{EventMode, Status};
use backorder::model::settings::Quantile;
use backorder::model::units::{DAY_MS, Instant};

/// What is done, and when.
pub struct Step {
    now: Instant,
    what: What,
}

enum What {
    Apply(EventMode, String),
    Drain(u64),
}

/// What an engine is told.
pub struct Story {
    options: EngineOptions,
    before: Vec<Step>,
    /// What comes after the snapshot.
    pub then: Vec<Step>,
}

impl Story {
    /// `text`: a story file.
    pub fn read(text: &str) -> Story {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let (id, options) = lines
            .next()
            .and_then(|line| line.strip_prefix("engine")?.rsplit_once(" seed="))
            .expect("a story begins with its engine");
        let mut options = options.split(' ');
        let seed = options.next().and_then(|seed| seed.parse().ok()).expect("it is a number");
        let mut engine = EngineOptions { id: id.trim().into(), seed, ..EngineOptions::default() };
        for option in options {
            match option.split_once('=') {
                Some(("promiseQuantile", share)) => {
                    let share = share.parse().ok().and_then(Quantile::new);
                    engine.promise_quantile = share.expect("it is a quantile");
                }
                None if option == "requireEvidence" => engine.require_evidence = true,
                _ => panic!("{option} is no option of an engine"),
            }
        }
        let before = lines.by_ref().take_while(|line| *line != "then").map(Step::read).collect();
        Story { options: engine, before, then: lines.map(Step::read).collect() }
    }

    /// The engine of which the snapshot is taken.
    pub fn engine(&self) -> Engine {
        let mut log = Vec::new();
        let mut journal = Journal::begin(Engine::new(self.options.clone()), &mut log);
        self.before.iter().for_each(|step| step.play(&mut journal, &mut log));
        journal.into_engine()
    }
}

impl Step {
    fn read(line: &str) -> Step {
        let mut words = line.splitn(3, ' ');
        let (now, mode) = (words.next().expect("an instant"), words.next().expect("a word"));
        let rest = words.next().expect("a command");
        let what = match mode {
            "keep" => What::Apply(EventMode::Keep, rest.into()),
            "drop" => What::Apply(EventMode::Drop, rest.into()),
            "drain" => What::Drain(rest.parse().expect("it is a number")),
            _ => panic!("{mode} is no word of a story"),
        };
        Step { now: instant(now), what }
    }

    /// Does it. No command of a story is refused.
    pub fn play(&self, journal: &mut Journal, log: &mut Vec<u8>) {
        match &self.what {
            What::Drain(count) => drop(journal.drain_events(*count, log)),
            What::Apply(mode, text) => {
                let parsed = value::read(&mut serde_json::Deserializer::from_str(text));
                let command = parsed.as_ref().map_err(Clone::clone).and_then(decode::command);
                let command = command.unwrap_or_else(|refused| panic!("{refused:?}: {text}"));
                let status = journal.apply(&command, self.now, *mode, log).status;
                assert!(!matches!(status, Status::Rejected(_)), "{status:?}: {text}");
            }
        }
    }
}

/// Days and hours, as in `2d7h`.
fn instant(text: &str) -> Instant {
    let (days, hours) = text.split_once('d').expect("an instant begins with its day");
    let number = |text: &str| -> Instant { text.parse().expect("it is a number") };
    let hours = hours.strip_suffix('h').map_or(0, number);
    number(days) * DAY_MS + hours * 3_600_000
}
