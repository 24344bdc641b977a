//! What was learned of suppliers, what is expected of their supplies, and how sure promises are to be.

use super::super::bytes::Writer;
use crate::engine::Engine;
use crate::estimate::spread::Spread;
use crate::model::settings::Quantile;

/// Whether there is anything of this to say.
pub(super) fn is_any(engine: &Engine) -> bool {
    let usual = Quantile::default();
    engine.require_evidence
        || engine.promise_quantile != usual
        || engine.items.iter().any(|item| item.settings.promise_quantile != usual)
        || spreads(engine).next().is_some()
}

pub(super) fn learned(to: &mut Writer, engine: &Engine) {
    to.flags(&[engine.require_evidence]);
    to.fixed(engine.promise_quantile.share().to_bits());
    to.number(spreads(engine).count() as u64);
    for (supply, spread) in spreads(engine) {
        to.number(u64::from(supply));
        self::spread(to, spread);
    }
}

/// The supplies that may be late, by number.
fn spreads(engine: &Engine) -> impl Iterator<Item = (u32, &Spread)> {
    engine.supplies.iter().zip(0..).filter_map(|(record, supply)| {
        let expected = engine.sites.get(record.site as usize)?.expected.as_ref()?;
        expected.spread_of(supply).map(|spread| (supply, spread))
    })
}

fn spread(to: &mut Writer, spread: &Spread) {
    to.number(u64::from(spread.evidence()));
    to.number(spread.steps().len() as u64);
    for step in spread.steps() {
        to.signed(i64::from(step.days));
        to.number(u64::from(step.upto));
    }
}
