//! Where dates may have changed, noted by commands until they end: which promises that moves is found in
//! `review` (rules §10).

use super::Engine;
use crate::model::units::Quantity;

/// A site whose promises are to be looked at, and where in its queue dates may have become later:
/// for the units after `from`, up to `upto`, of those that wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Touched {
    pub site: u32,
    pub from: Quantity,
    pub upto: Quantity,
    /// Units that came between: a unit behind them is served by the next step of the supply curve
    /// only if it stands within so many of that step's beginning. `MAX`: the curve itself changed.
    pub shift: Quantity,
    /// Lines that have all their units are to be looked at too.
    pub all_lines: bool,
    /// Assumed supply was settled anew.
    pub assumed_anew: bool,
    /// Supply or stock changed, not the queue alone.
    pub supply: bool,
    /// Nothing changed here but that lines without a promise may have a date.
    pub only_new: bool,
    /// Time has changed what is expected of overdue supply.
    pub anew: bool,
}

impl Touched {
    pub const ALL: Quantity = Quantity::MAX;

    fn new(site: u32, from: Quantity, upto: Quantity) -> Touched {
        Touched {
            site,
            from,
            upto,
            shift: Self::ALL,
            all_lines: false,
            assumed_anew: false,
            supply: false,
            only_new: false,
            anew: false,
        }
    }
}

impl Engine {
    /// Dates of the units after `from`, up to `upto`, may have become later.
    pub(crate) fn touch(&mut self, site: u32, from: Quantity, upto: Quantity) {
        self.touch_with(Touched { supply: true, ..Touched::new(site, from, upto) });
    }

    /// Any date may have become later.
    pub(crate) fn touch_all(&mut self, site: u32) {
        self.touch(site, 0, Touched::ALL);
    }

    /// Any date may have become later, by the queue alone.
    pub(crate) fn touch_queue(&mut self, site: u32) {
        self.touch_shifted(site, 0, Touched::ALL);
    }

    /// Stock came: no date has become later, but one may have come to be.
    pub(crate) fn touch_stock(&mut self, site: u32) {
        self.touch_with(Touched { shift: 0, supply: true, ..Touched::new(site, Touched::ALL, 0) });
    }

    /// The units after `from` stand so much further back.
    pub(crate) fn touch_shifted(&mut self, site: u32, from: Quantity, shift: Quantity) {
        self.touch_with(Touched { shift, ..Touched::new(site, from, Touched::ALL) });
    }

    /// No date has become later, but one may have come to be.
    pub(crate) fn touch_better(&mut self, site: u32) {
        self.touch_with(Touched { shift: 0, ..Touched::new(site, Touched::ALL, 0) });
    }

    /// The rest of an order that ships whole changed: lines here may have a date now.
    pub(crate) fn touch_new(&mut self, site: u32) {
        self.touch_with(Touched { shift: 0, only_new: true, ..Touched::new(site, Touched::ALL, 0) });
    }

    /// Any date may have changed, as assumed supply was settled anew.
    pub(crate) fn touch_assumed(&mut self, site: u32) {
        self.touch_with(Touched { assumed_anew: true, supply: true, ..Touched::new(site, 0, Touched::ALL) });
    }

    /// Any date may have changed, also that of a line which has all its units.
    pub(crate) fn touch_ready_too(&mut self, site: u32) {
        let touched = Touched::new(site, 0, Touched::ALL);
        self.touch_with(Touched { all_lines: true, assumed_anew: true, supply: true, ..touched });
    }

    fn touch_with(&mut self, touched: Touched) {
        match self.touched.iter_mut().rev().find(|other| other.site == touched.site) {
            Some(other) => {
                other.from = other.from.min(touched.from);
                other.upto = other.upto.max(touched.upto);
                other.shift = other.shift.saturating_add(touched.shift);
                other.all_lines |= touched.all_lines;
                other.assumed_anew |= touched.assumed_anew;
                other.supply |= touched.supply;
                other.only_new &= touched.only_new;
            }
            None => self.touched.push(touched),
        }
    }
}
