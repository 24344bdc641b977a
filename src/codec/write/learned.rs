//! What was learned of suppliers, what is expected of their supplies, and how sure promises are to be.

use super::super::bytes::Writer;
use crate::engine::Engine;
use crate::estimate::calibration::Foretold;
use crate::estimate::history::History;
use crate::estimate::lateness::Lateness;
use crate::model::outcome::NONE;
use crate::model::settings::Quantile;

/// Whether there is anything of this to say.
pub(super) fn is_any(engine: &Engine) -> bool {
    let usual = Quantile::default();
    engine.require_evidence
        || engine.promise_quantile != usual
        || engine.items.iter().any(|item| item.settings.promise_quantile != usual)
        || engine.suppliers.iter().any(|supplier| supplier.told_on.is_some())
        || engine.learner.has_learned()
}

pub(super) fn learned(to: &mut Writer, engine: &Engine) {
    to.flags(&[engine.require_evidence]);
    to.fixed(engine.promise_quantile.share().to_bits());
    for supplier in &engine.suppliers {
        to.number(supplier.told_on.map_or(0, |day| u64::from(day) + 1));
    }
    let (groups, shop) = engine.learner.histories();
    history(to, shop);
    to.number(groups.len() as u64);
    for &((supplier, item), ref of_group) in groups {
        to.number(u64::from(supplier));
        to.optional(u64::from(item), u64::from(NONE));
        history(to, of_group);
    }
    for offset in engine.learner.calibration().offsets() {
        to.fixed(offset.to_bits());
    }
    to.number(foretold(engine).count() as u64);
    for (supply, foretold) in foretold(engine) {
        to.number(u64::from(supply));
        foretold.days().iter().for_each(|&days| to.signed(i64::from(days)));
    }
    to.number(expected(engine).count() as u64);
    for (supply, lateness) in expected(engine) {
        to.number(u64::from(supply));
        to.number(u64::from(lateness.evidence()));
        to.number(lateness.steps().len() as u64);
        for step in lateness.steps() {
            to.signed(i64::from(step.days));
            to.fixed(step.by.to_bits());
        }
    }
}

/// The supplies of which anything was foretold, by number.
fn foretold(engine: &Engine) -> impl Iterator<Item = (u32, &Foretold)> {
    (0..engine.supplies.len() as u32).filter_map(|supply| Some((supply, engine.foretold_of(supply)?)))
}

/// The supplies that may be late, by number.
fn expected(engine: &Engine) -> impl Iterator<Item = (u32, &Lateness)> {
    engine.supplies.iter().zip(0..).filter_map(|(record, supply)| {
        let expected = engine.sites.get(record.site as usize)?.expected.as_ref()?;
        expected.lateness_of(supply).map(|lateness| (supply, lateness))
    })
}

fn history(to: &mut Writer, history: &History) {
    to.number(u64::from(history.closed()));
    for receipt in history.receipts() {
        to.signed(i64::from(receipt.lateness_days));
        to.number(u64::from(receipt.on_day) << 1 | u64::from(receipt.first));
    }
}
