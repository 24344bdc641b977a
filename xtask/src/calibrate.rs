//! `cargo xtask calibrate`: a history of deliveries, each promised on what was known then, and judged by what came; or
//! simulated shops of which the truth is known.

mod baselines;
mod deliveries;
mod options;
mod plot;
mod report;
mod scores;

use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::process::Command;

use crate::failure::{Failure, OnPath};
use crate::progress::Steps;
use crate::replay::rows::open;
use crate::tools::{Project, output_of};
use deliveries::{Deliveries, Delivery};
use options::Asked;
use scores::{LEVELS, Method, Promise};

/// Reads a history, replays it, prints how its promises did beside the plain ones, and draws them.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let asked = options::parse(args)?;
    let project = Project::find()?;
    let options = match asked {
        Asked::History(options) => options,
        Asked::Simulated { seed, shops, days } => {
            let mut command = program(&project, "simulate")?;
            command.arg("--simulated").args([seed, shops, days].map(|number| number.to_string()));
            print!("{}", output_of(&mut command, "see what it printed above")?);
            return Ok(());
        }
    };
    let input = open(&options.file, |file| file).on("read", &options.file)?;
    let book = Deliveries::read(input, &options)?;
    println!("{}", report::rows(&book, &options));
    let learned = replay(&project, &book.deliveries, options.ahead_days)?;
    let mut methods = vec![Method { name: "learned, corrected", promises: learned }];
    methods.extend(baselines::all(&book.deliveries, options.ahead_days));
    let judged = book.judged(options.skip_percent);
    println!("{}", report::overall(&book.deliveries, &methods, judged.clone()));
    println!("{}", report::by_year(&book.deliveries, &methods, judged.clone()));
    if let Some(learned) = methods.first() {
        println!("{}", report::by_group(&book, learned, judged.clone()));
    }
    println!("{}", report::verdict(&book.deliveries, &methods, judged.clone()));
    let plot = match &options.svg {
        Some(path) => path.clone(),
        None => project.scratch()?.join("calibrate.svg"),
    };
    fs::write(&plot, plot::svg(&book.deliveries, &methods, judged)).on("write", &plot)?;
    println!("The plot: {}", plot.display());
    Ok(())
}

/// Has the library promise every delivery, in a release build of its own.
fn replay(project: &Project, deliveries: &[Delivery], ahead_days: u32) -> Result<Vec<Promise>, Failure> {
    let mut command = program(project, "replay")?;
    let lines = project.scratch()?.join("calibrate.txt");
    let mut text = String::new();
    for delivery in deliveries {
        text.push_str(&format!("{} {}", delivery.scheduled, delivery.delivered));
        delivery.groups.iter().for_each(|group| text.push_str(&format!(" {group}")));
        text.push('\n');
    }
    fs::write(&lines, text).on("write", &lines)?;
    command.arg(&lines).arg(ahead_days.to_string()).args(LEVELS.map(|level| level.to_string()));
    let printed = output_of(&mut command, "see what it printed above")?;
    let promises: Vec<Promise> = printed.lines().filter_map(promise).collect();
    if promises.len() == deliveries.len() {
        Ok(promises)
    } else {
        Err(Failure::from(format!("{} deliveries, and {} promises", deliveries.len(), promises.len())))
    }
}

/// The example that does the work, built for it.
fn program(project: &Project, step: &str) -> Result<Command, Failure> {
    Steps::new(1).step(step, |step| {
        let mut command = project.cargo("build");
        step.run(command.args(["--release", "--example", "calibrate"]), "see what the compiler says above")
    })?;
    Ok(Command::new(project.target.join("release/examples/calibrate").with_extension(EXE_EXTENSION)))
}

/// What is printed of one: the receipts behind it, and its days.
fn promise(line: &str) -> Option<Promise> {
    let mut numbers = line.split(' ').map(|word| word.parse::<i32>().ok());
    let evidence = numbers.next()??;
    let mut days = [None; LEVELS.len()];
    for day in &mut days {
        *day = Some(numbers.next()??);
    }
    Some(Promise { days, at_its_word: evidence == 0 })
}
