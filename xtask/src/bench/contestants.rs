//! Those who are measured, each in a process of its own that does what it is told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::programs::AGAIN;
use crate::failure::Failure;
use crate::tools;

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Contestant {
    /// The engine as a Rust library.
    Native,
    /// The same Rust in wasm, under Node.
    Wasm,
    /// The npm package under Node.
    Package,
    /// A careful JavaScript queue that does the operations that the engine does.
    Rival,
    /// A careful JavaScript queue and nothing besides.
    Bare,
    /// `Native` of another commit.
    OldNative,
    /// `Wasm` of another commit.
    OldWasm,
}

impl Contestant {
    /// Those of the usual measurement, in the order of its tables.
    pub(crate) const USUAL: [Contestant; 5] =
        [Contestant::Native, Contestant::Wasm, Contestant::Package, Contestant::Rival, Contestant::Bare];

    /// As the tables have it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Contestant::Native => "native",
            Contestant::Wasm => "wasm",
            Contestant::Package => "package",
            Contestant::Rival => "rival",
            Contestant::Bare => "bare",
            Contestant::OldNative => "old native",
            Contestant::OldWasm => "old wasm",
        }
    }

    /// Whether it makes promises, and moves those of others.
    const fn keeps_promises(self) -> bool {
        !matches!(self, Contestant::Bare)
    }

    /// Whether it may say nothing of the promises it moved: the workload of some older commits does not count them.
    const fn may_not_count(self) -> bool {
        matches!(self, Contestant::OldNative | Contestant::OldWasm)
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Quote,
    Place,
    Cancel,
    Position,
}

impl Operation {
    /// In the order of the tables.
    pub(crate) const ALL: [Operation; 4] =
        [Operation::Quote, Operation::Place, Operation::Cancel, Operation::Position];

    /// As contestants know it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Operation::Quote => "quote",
            Operation::Place => "place",
            Operation::Cancel => "cancel",
            Operation::Position => "position",
        }
    }
}

/// All who are measured in one run.
pub(crate) struct Field {
    processes: BTreeMap<Contestant, Process>,
}

impl Field {
    /// Starts everyone.
    pub(crate) fn start(commands: impl IntoIterator<Item = (Contestant, Command)>) -> Result<Field, Failure> {
        let started =
            commands.into_iter().map(|(contestant, command)| Ok((contestant, Process::start(command)?)));
        Ok(Field { processes: started.collect::<Result<_, Failure>>()? })
    }

    /// A new queue for everyone. The answer is by how much the memory of the wasm grew.
    pub(crate) fn fill(&mut self, lines: u32) -> Result<u64, Failure> {
        let mut grown = 0;
        for (who, process) in &mut self.processes {
            let answer = process.ask("build", lines)?;
            if *who == Contestant::Wasm {
                grown = answer.sum as u64;
            }
        }
        Ok(grown)
    }

    /// Bytes of a snapshot, which is the same natively and in wasm.
    pub(crate) fn snapshot(&mut self) -> Result<u64, Failure> {
        let native = self.process(Contestant::Native)?.ask("snapshot", 0)?.sum;
        let wasm = self.process(Contestant::Wasm)?.ask("snapshot", 0)?.sum;
        if native != wasm {
            return Err(Failure::from(format!("snapshots of {native} bytes natively, {wasm} in wasm")));
        }
        Ok(native as u64)
    }

    /// So many operations. The answer is in nanoseconds.
    pub(crate) fn run(
        &mut self,
        contestant: Contestant,
        operation: Operation,
        count: u32,
    ) -> Result<f64, Failure> {
        let process = self.process(contestant)?;
        let answer = process.ask(operation.name(), count)?;
        process.sums.push(answer.sum);
        match answer.moved {
            Some(moved) => process.moved.push(moved),
            None if contestant.may_not_count() => {}
            None => return Err(Failure::from(format!("{} counts no moved promises", contestant.name()))),
        }
        Ok(answer.elapsed)
    }

    /// Whoever does other work than the rest, or does it wrongly, comes to other answers, or moves other promises.
    pub(crate) fn agree(&mut self) -> Result<(), Failure> {
        let mut answers = Vec::new();
        let mut moves = Vec::new();
        for (who, process) in &mut self.processes {
            answers.push((*who, std::mem::take(&mut process.sums)));
            let moved = std::mem::take(&mut process.moved);
            if who.keeps_promises() && !moved.is_empty() {
                moves.push((*who, moved));
            }
        }
        same("come to the same answers", &answers)?;
        same("move as many promises", &moves)
    }

    fn process(&mut self, contestant: Contestant) -> Result<&mut Process, Failure> {
        self.processes
            .get_mut(&contestant)
            .ok_or_else(|| Failure::from(format!("{} was not started", contestant.name())))
    }
}

/// All must say the same as the first.
fn same(what: &str, said: &[(Contestant, Vec<f64>)]) -> Result<(), Failure> {
    let Some(((first, expected), others)) = said.split_first() else { return Ok(()) };
    match others.iter().find(|(_, other)| other != expected) {
        None => Ok(()),
        Some((other, found)) => Err(Failure::new(
            format!("{} and {} do not {what}: {expected:?} and {found:?}", first.name(), other.name()),
            "see which of them is wrong; of two commits, whether benches/queues asks for the same in both",
        )),
    }
}

/// What a contestant says: nanoseconds, a sum over its answers, and, if it counts them, the promises it moved.
#[derive(Debug, PartialEq)]
struct Answer {
    elapsed: f64,
    sum: f64,
    moved: Option<f64>,
}

impl Answer {
    fn read(line: &str) -> Option<Answer> {
        let numbers: Result<Vec<f64>, _> = line.split_whitespace().map(str::parse).collect();
        match numbers.ok()?[..] {
            [elapsed, sum] => Some(Answer { elapsed, sum, moved: None }),
            [elapsed, sum, moved] => Some(Answer { elapsed, sum, moved: Some(moved) }),
            _ => None,
        }
    }
}

struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Over the answers of each batch of this round.
    sums: Vec<f64>,
    /// Promises moved by each.
    moved: Vec<f64>,
}

impl Process {
    fn start(mut command: Command) -> Result<Process, Failure> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| tools::not_started(&command, &error, AGAIN))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => {
                let output = BufReader::new(output);
                Ok(Process { child, input, output, sums: Vec::new(), moved: Vec::new() })
            }
            _ => Err(Failure::from(format!("`{}` has no pipes", tools::line_of(&command)))),
        }
    }

    fn ask(&mut self, word: &str, count: u32) -> Result<Answer, Failure> {
        let mut said = String::new();
        let exchange = writeln!(self.input, "{word} {count}").and_then(|()| self.output.read_line(&mut said));
        match (exchange, Answer::read(&said)) {
            (Ok(_), Some(answer)) => Ok(answer),
            (Err(error), _) => Err(Failure::from(format!("a contestant is gone: {error}"))),
            _ => Err(Failure::from(format!("a contestant answered {word} {count} with {said:?}"))),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, with its last words on the terminal.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_two_numbers_or_three() {
        let answer = |moved| Some(Answer { elapsed: 120.0, sum: 7.5, moved });
        assert_eq!(Answer::read("120 7.5 3\n"), answer(Some(3.0)));
        assert_eq!(Answer::read("120 7.5\n"), answer(None));
        for line in ["", "\n", "120", "120 x", "120 7.5 x", "120 7.5 3 4"] {
            assert_eq!(Answer::read(line), None, "{line:?}");
        }
    }

    #[test]
    fn whoever_says_otherwise_is_named() {
        let said = |sum| [(Contestant::Native, vec![1.0, 2.0]), (Contestant::OldNative, vec![1.0, sum])];
        assert!(same("come to the same answers", &said(2.0)).is_ok());
        let failure = same("come to the same answers", &said(3.0)).unwrap_err().to_string();
        assert!(failure.starts_with("native and old native do not come to the same answers"), "{failure}");
        assert!(same("come to the same answers", &[]).is_ok());
    }
}
