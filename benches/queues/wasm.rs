//! The same for a host that keeps the time.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::workload::{Operation, Workload};

#[wasm_bindgen]
pub struct Queue(Workload);

#[wasm_bindgen]
impl Queue {
    #[wasm_bindgen(constructor)]
    pub fn new(lines: u32) -> Queue {
        Queue(Workload::new(lines))
    }

    pub fn fill(&mut self, lines: u32) {
        self.0.fill(lines);
    }

    pub fn prepare(&mut self, operation: &str, count: u32) {
        if let Some(operation) = Operation::named(operation) {
            self.0.prepare(operation, count);
        }
    }

    pub fn run(&mut self) -> f64 {
        self.0.run()
    }

    pub fn moved(&self) -> u32 {
        self.0.moved()
    }

    #[wasm_bindgen(js_name = snapshotBytes)]
    pub fn snapshot_bytes(&self) -> usize {
        self.0.snapshot_bytes()
    }
}
