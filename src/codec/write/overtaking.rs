//! What was learned of better priorities that come, and of what is cancelled.

use super::super::bytes::Writer;
use crate::engine::Engine;
use crate::engine::store::Item;
use crate::estimate::overtaking::Flow;
use crate::model::settings::Overtaking;

/// Whether there is anything of this to say.
pub(super) fn is_any(engine: &Engine) -> bool {
    engine.items.iter().any(learns)
}

fn learns(item: &Item) -> bool {
    item.settings.overtaking == Overtaking::Learn
}

/// Of each item that learns, since when and what came to each of its places.
pub(super) fn overtaking(to: &mut Writer, engine: &Engine) {
    for item in engine.items.iter().filter(|item| learns(item)) {
        to.number(u64::from(item.learns_since));
        for &site in &item.sites {
            let Some(inflow) = &engine.sites[site as usize].inflow else { continue };
            to.number(inflow.classes.len() as u64);
            for (priority, of_class) in &inflow.classes {
                to.byte(*priority);
                flow(to, of_class);
            }
            flow(to, &inflow.cancelled);
            to.number(u64::from(inflow.waited.on_day));
            to.number(inflow.waited.units);
            to.fixed(inflow.waited.unit_days.to_bits());
        }
    }
}

fn flow(to: &mut Writer, flow: &Flow) {
    to.number(u64::from(flow.on_day));
    to.number(flow.today);
    to.fixed(flow.units.to_bits());
    to.fixed(flow.squares.to_bits());
}
