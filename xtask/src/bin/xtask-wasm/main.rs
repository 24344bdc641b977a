//! wasm-bindgen and its test runner, as cargo xtask uses them:
//!
//!     xtask-wasm bindgen <module.wasm> <directory>
//!     xtask-wasm test-runner <test.wasm> [arguments of the runner]

mod traps;

use std::env::args_os;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use wasm_bindgen_cli::wasm_bindgen_test_runner;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<OsString> = args_os().skip(1).collect();
    match args.first().and_then(|name| name.to_str()) {
        Some("bindgen") if args.len() == 3 => outcome(bindgen(&args[1], &args[2])),
        // The runner takes its own name first, as a program does.
        Some("test-runner") => outcome(wasm_bindgen_test_runner::run_cli_with_args(args)),
        _ => {
            eprintln!("xtask-wasm bindgen <module.wasm> <directory> | test-runner <test.wasm>");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(module: &OsString, directory: &OsString) -> anyhow::Result<()> {
    let name = Path::new(module).file_stem().and_then(OsStr::to_str).context("the module has no name")?;
    Bindgen::new()
        .web(true)?
        .input_bytes(name, traps::in_place_of_panics(&std::fs::read(module)?)?)
        .typescript(true)
        // The package has its own `new URL` for the module; two would make bundlers emit it twice.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(directory)
}

fn outcome(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
