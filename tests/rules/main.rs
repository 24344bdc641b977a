//! The rules by section, each as a small story in a table: what is done or asked, and the answer.
//! Every table is played on the engine and on the reference. The format is in `README.md`.

#[path = "../reference/mod.rs"]
mod reference;
mod table {
    pub mod commands;
    pub mod days;
    pub mod item;
    pub mod play;
    pub mod players;
    pub mod tell;
    pub mod words;
}

mod arrivals;
mod changes;
mod dates;
mod days;
mod explain;
mod holds;
mod ids_and_time;
mod kits;
mod lateness;
mod locations;
mod placing;
mod promises;
mod promising;
mod ranking;
mod reordering;
mod sharing;
mod shipping;
mod substitutes;
