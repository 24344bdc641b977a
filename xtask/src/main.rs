//! The project's only build tool: `cargo xtask <command>`.

mod audit;
mod bench;
mod browsers;
mod build;
mod calibrate;
mod digest;
mod failure;
mod fuzz;
mod outbox;
mod packaging;
mod progress;
mod reference;
mod replay;
mod serve;
mod simulate;
mod size;
mod stamp;
mod test;
mod tools;

use std::process::ExitCode;

use failure::Failure;

struct Task {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<ExitCode, Failure>,
}

const TASKS: &[Task] = &[
    Task {
        name: "demo",
        arguments: "[--port N]",
        about: "builds everything and serves the page on this machine",
        run: serve::demo,
    },
    Task {
        name: "build",
        arguments: "",
        about: "builds the npm package and the page, without serving it",
        run: build::run,
    },
    Task { name: "test", arguments: "", about: "runs every check and test there is", run: test::run },
    Task {
        name: "size",
        arguments: "",
        about: "prints the sizes of what is shipped, and fails over the budget",
        run: size::run,
    },
    Task {
        name: "audit",
        arguments: "[--accept]",
        about: "holds the crates in the shipped wasm to those recorded, and to their licences",
        run: |args| audit::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "browsers",
        arguments: "[ENGINE ...]",
        about: "runs the package's tests in Chromium, Firefox and WebKit",
        run: test::browsers,
    },
    Task {
        name: "digest",
        arguments: "[--accept]",
        about: "plays the same commands on every host there is, and compares",
        run: |args| digest::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "packaging",
        arguments: "[--quick] [PROJECT ...]",
        about: "installs the packed package into projects of other tools, and runs each",
        run: packaging::run,
    },
    Task {
        name: "edge",
        arguments: "[--kills N]",
        about: "runs the Durable Object and the checkout example in workerd, and kills it",
        run: packaging::edge,
    },
    Task {
        name: "outbox",
        arguments: "[--kills N]",
        about: "has the outbox deliver to a receiver that fails half the time, and kills it",
        run: outbox::run,
    },
    Task {
        name: "fuzz",
        arguments: "[--minutes N] [DOOR ...]",
        about: "has libFuzzer at every door that takes outside bytes",
        run: |args| fuzz::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "bench",
        arguments: "[--against COMMIT] [--quick]",
        about: "measures the engine beside careful plain JavaScript, or beside another commit",
        run: |args| bench::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "replay",
        arguments: "FILE [...]",
        about: "plays a shop's real order lines through the engine",
        run: |args| replay::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "calibrate",
        arguments: "FILE [...]",
        about: "promises each delivery of a history on what was known then, and judges it (also --simulated)",
        run: |args| calibrate::run(args).map(|()| ExitCode::SUCCESS),
    },
    Task {
        name: "simulate",
        arguments: "[--seed N] [--commands M]",
        about: "holds the engine to a slow reference in random histories (also --worlds, --canaries)",
        run: simulate::run,
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode, Failure> {
    let Some((name, rest)) = args.split_first() else {
        eprint!("{}", help());
        return Ok(ExitCode::FAILURE);
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", help());
        return Ok(ExitCode::SUCCESS);
    }
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) if task.arguments.is_empty() && !rest.is_empty() => {
            Err(Failure::new(format!("`{name}` takes no arguments"), "see cargo xtask help"))
        }
        Some(task) => (task.run)(rest),
        None => {
            eprint!("xtask: there is no command `{name}`.\n\n{}", help());
            Ok(ExitCode::FAILURE)
        }
    }
}

fn help() -> String {
    let mut text = String::from("cargo xtask <command>\n\n");
    for task in TASKS {
        let call = format!("{} {}", task.name, task.arguments);
        text.push_str(&format!("  {call:<36} {}\n", task.about));
    }
    text.push_str(&format!("  {:<36} {}\n", "help", "prints this list (also --help)"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts what the fuzzed doors of this tool take.
    #[global_allocator]
    static HEAP: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

    #[test]
    fn help_has_one_line_for_each_command() {
        for task in TASKS {
            assert_eq!(help().lines().filter(|line| line.contains(task.about)).count(), 1, "{}", task.name);
        }
    }
}
