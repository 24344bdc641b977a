//! Plays shops through the door for JSON and keeps count. xtask/src/digest/hosts/play.mjs does the same in every other host,
//! step by step, and must come to the same text.

use backorder::api::door::apply_json;
use backorder::codec;
use backorder::engine::{Engine, EngineOptions};

/// What a host says of a history.
#[derive(Default)]
pub struct Player {
    engine: Option<Engine>,
    answers: Digest,
    states: Digest,
    calls: u64,
    /// Where both digests stood when each shop was closed, so that the first difference can be found.
    trail: Vec<String>,
}

impl Player {
    /// Plays one line of a history: see [`super::shops`] for what there is.
    pub fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "shop" => {
                let (seed, id) = rest.split_once(' ').ok_or("a shop without an id")?;
                self.close();
                let seed = seed.parse().map_err(|_| "a shop without a seed")?;
                self.engine =
                    Some(Engine::new(EngineOptions { id: id.to_string(), seed, ..EngineOptions::default() }));
                Ok(())
            }
            "restore" => self.restore(),
            _ => self.apply(word.parse().map_err(|_| "a command without its instant")?, rest),
        }
    }

    fn apply(&mut self, now: u64, text: &str) -> Result<(), String> {
        let engine = self.engine.as_mut().ok_or("a command before the first shop")?;
        let answer = apply_json(engine, text, now, None).unwrap_or_else(|error| {
            [error.code.name(), error.path.as_deref().unwrap_or(""), &error.message].join(" ")
        });
        self.answers.feed(answer.as_bytes());
        self.calls += 1;
        Ok(())
    }

    fn restore(&mut self) -> Result<(), String> {
        let engine = self.engine.as_mut().ok_or("a snapshot before the first shop")?;
        let snapshot = codec::snapshot(engine);
        self.states.feed(&snapshot);
        *engine =
            codec::restore(&snapshot).map_err(|error| format!("its own snapshot is refused: {error:?}"))?;
        Ok(())
    }

    fn close(&mut self) {
        if let Some(engine) = self.engine.take() {
            self.states.feed(codec::digest(&engine).as_bytes());
            self.trail.push([self.states.text(), self.answers.text()].concat());
        }
    }

    /// The digests, and the way to them.
    pub fn end(mut self) -> Played {
        self.close();
        Played {
            calls: self.calls,
            states: self.states.text(),
            answers: self.answers.text(),
            trail: self.trail,
        }
    }
}

/// How a history came out.
pub struct Played {
    pub calls: u64,
    pub states: String,
    pub answers: String,
    pub trail: Vec<String>,
}

/// A running digest that JavaScript computes as fast: two lanes of 32 bits, each turned, mixed with a byte and multiplied
/// by an odd number, so that no later byte undoes a difference of its own accord.
#[derive(Clone, Copy)]
pub struct Digest(u32, u32);

impl Default for Digest {
    fn default() -> Self {
        Digest(1, 2)
    }
}

impl Digest {
    /// Takes these bytes, and that they end here.
    pub fn feed(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.byte(byte.into()));
        self.byte(256);
    }

    fn byte(&mut self, byte: u32) {
        self.0 = (self.0.rotate_left(5) ^ byte).wrapping_mul(0x9e37_79b1);
        self.1 = (self.1.rotate_left(7) ^ byte).wrapping_mul(0x85eb_ca77);
    }

    /// Sixteen hexadecimal digits.
    pub fn text(self) -> String {
        format!("{:08x}{:08x}", self.0, self.1)
    }
}
