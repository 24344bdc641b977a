//! Steps of a long task, shown as they go: one live line or a bar on a terminal, plain lines elsewhere.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::Failure;
use crate::tools::{line_of, not_started};

/// A known number of steps.
pub(crate) struct Steps {
    total: usize,
    begun: usize,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Steps {
        Steps { total, begun: 0 }
    }

    /// Does one step, and says what it is, how long it took and whether it failed.
    pub(crate) fn step<T>(
        &mut self,
        title: &str,
        work: impl FnOnce(&mut Step) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.begun += 1;
        let heading = format!("[{}/{}] {title}", self.begun, self.total);
        let started = Instant::now();
        let mut step = Step { line: live_line(&heading), idle: false };
        let result = work(&mut step);
        step.line.finish_and_clear();
        let outcome = match &result {
            Ok(_) if step.idle => "unchanged,",
            Ok(_) => "done in",
            Err(_) => "FAILED after",
        };
        eprintln!("{heading}: {outcome} {:.1} s", started.elapsed().as_secs_f64());
        result.map_err(|failure| {
            failure.within(&format!("step {} of {} failed ({title})", self.begun, self.total))
        })
    }
}

fn live_line(heading: &str) -> ProgressBar {
    let line = ProgressBar::new_spinner();
    if line.is_hidden() {
        // Not a terminal: the line that says what is being done has to come first.
        eprintln!("{heading} ...");
    } else if let Ok(style) = ProgressStyle::with_template("{prefix}, {elapsed}  {wide_msg:.dim}") {
        line.set_style(style);
        line.set_prefix(heading.to_string());
        line.enable_steady_tick(Duration::from_millis(200));
    }
    line
}

/// The step being done.
pub(crate) struct Step {
    line: ProgressBar,
    idle: bool,
}

impl Step {
    /// Says that there was nothing to do.
    pub(crate) fn idle(&mut self) {
        self.idle = true;
    }

    /// Shows how far it is, where that can be seen.
    pub(crate) fn say(&self, what: String) {
        self.line.set_message(what);
    }

    /// Runs a command and returns what it printed on its standard output. On a terminal the last line it said is
    /// shown as it goes; all that it said is kept for the failure.
    pub(crate) fn run(&mut self, command: &mut Command, remedy: &str) -> Result<String, Failure> {
        self.idle = false;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_started(command, &error, remedy))?;
        let (sender, lines) = mpsc::channel();
        if let Some(pipe) = child.stdout.take() {
            forward(pipe, Stream::Out, sender.clone());
        }
        if let Some(pipe) = child.stderr.take() {
            forward(pipe, Stream::Err, sender);
        }
        let (mut out, mut err) = (String::new(), String::new());
        for (stream, line) in lines {
            match stream {
                Stream::Out => out.push_str(&line),
                Stream::Err => {
                    self.say(line.trim().to_string());
                    err.push_str(&line);
                }
            }
        }
        let status = child.wait().map_err(|error| not_started(command, &error, remedy))?;
        if status.success() {
            return Ok(out);
        }
        let said = if err.trim().is_empty() { out } else { err };
        Err(Failure::new(format!("`{}` ({status})\n{}", line_of(command), said.trim_end()), remedy))
    }
}

#[derive(Clone, Copy)]
enum Stream {
    Out,
    Err,
}

/// Sends on the lines of a pipe until it ends, and then hangs up.
fn forward(pipe: impl Read + Send + 'static, stream: Stream, sender: Sender<(Stream, String)>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            let line = String::from_utf8_lossy(&bytes).into_owned();
            if sender.send((stream, line)).is_err() {
                return;
            }
            bytes.clear();
        }
    });
}

/// A bar on a terminal. Elsewhere [`advance`] prints a line now and then.
pub(crate) fn bar(length: u64, title: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:>12} [{bar:40}] {percent:>3} %, {eta} to go")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ");
    ProgressBar::new(length).with_style(style).with_prefix(title.to_string())
}

/// Moves the bar, or says each quarter where there is none.
pub(crate) fn advance(bar: &ProgressBar, position: u64) {
    let quarter = |position: u64| 4 * position / bar.length().unwrap_or(1).max(1);
    if bar.is_hidden() && quarter(position) > quarter(bar.position()) {
        eprintln!("{:>12}: {:>3} %", bar.prefix(), 25 * quarter(position));
    }
    bar.set_position(position);
}
