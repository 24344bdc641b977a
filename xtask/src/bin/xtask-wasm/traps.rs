//! Panics made into traps. In wasm nobody hears what a panic says: the standard library has nowhere to print it, and
//! then executes `unreachable`. So what is shipped does that at once, and wasm-opt drops what led to the message.

use std::collections::BTreeSet;

use walrus::ir::{Call, Const, Instr, InstrSeq, Unreachable, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataId, DataKind, FunctionId, Module};

/// Parts of the names, in either mangling, of the standard library's functions that only panic. One that is not found
/// here costs bytes and nothing else.
const PANICS: &[&str] = &[
    "4core9panicking",
    "3std9panicking",
    "panic_already",
    "panic_for_nonpositive_argument",
    "slice_error_fail",
    "slice_index_fail",
    "6option13unwrap_failed",
    "6option13expect_failed",
    "6result13unwrap_failed",
    "insert_mut13assert_failed",
    "raw_vec12handle_error",
    "raw_vec17capacity_overflow",
];

/// The bytes of a `core::panic::Location` in wasm32: a file's name and its length, a line, a column.
const LOCATION: usize = 16;

pub fn in_place_of_panics(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::from_buffer(module)?;
    let is_panic = |name: &str| PANICS.iter().any(|part| name.contains(part));
    let panics: BTreeSet<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|&id| module.funcs.get(id).name.as_deref().is_some_and(is_panic))
        .collect();
    let mut calls = Calls { panics: &panics, locations: BTreeSet::new() };
    for (_, function) in module.funcs.iter_local() {
        dfs_in_order(&mut calls, function, function.entry_block());
    }
    let locations = calls.locations;
    for (id, function) in module.funcs.iter_local_mut() {
        if panics.contains(&id) {
            let body = function.entry_block();
            function.block_mut(body).instrs = vec![(Instr::Unreachable(Unreachable {}), Default::default())];
        }
    }
    let segments: Vec<DataId> = module.data.iter().map(|data| data.id()).collect();
    for id in segments {
        let data = module.data.get_mut(id);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else {
            continue;
        };
        for location in &locations {
            let first = location.wrapping_sub(start) as u32 as usize;
            if let Some(bytes) = first.checked_add(LOCATION).and_then(|end| data.value.get_mut(first..end)) {
                bytes.fill(0);
            }
        }
    }
    Ok(module.emit_wasm())
}

/// Where panics are told that they happened, which is their last argument.
struct Calls<'p> {
    panics: &'p BTreeSet<FunctionId>,
    locations: BTreeSet<i32>,
}

impl<'i> Visitor<'i> for Calls<'_> {
    fn start_instr_seq(&mut self, sequence: &'i InstrSeq) {
        for pair in sequence.instrs.windows(2) {
            if let [(Instr::Const(Const { value: Value::I32(location) }), _), (Instr::Call(Call { func }), _)] =
                pair
                && self.panics.contains(func)
            {
                self.locations.insert(*location);
            }
        }
    }
}
