//! Faults that can be put in on purpose, to see that the tests find them. Where one does its harm, the code that is
//! there for it alone is under the feature `canary`, and so is this file: neither is in a release.

use super::Engine;

/// What an engine does wrong, each time that it comes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A receipt puts one unit less on the shelf.
    LoseUnit,
    /// The second of those who wait is served before the first.
    ServeOutOfOrder,
    /// A cart is placed, and nobody remembers when it ends.
    ForgetExpiry,
    /// A cart that became an order may become another.
    ConfirmTwice,
    /// Of the lines that a supply serves, the one at the cut is not looked at when dates have changed.
    CutSupplyOneOff,
    /// Of several promises to be looked at, the last is not.
    SkipPromiseMove,
    /// What falls due by an order's law comes a day too late.
    LateByLaw,
    /// Nobody is told to pay back what has ended.
    ForgetRefund,
}

impl Fault {
    /// Every fault there is.
    pub const ALL: [Fault; 8] = [
        Fault::LoseUnit,
        Fault::ServeOutOfOrder,
        Fault::ForgetExpiry,
        Fault::ConfirmTwice,
        Fault::CutSupplyOneOff,
        Fault::SkipPromiseMove,
        Fault::LateByLaw,
        Fault::ForgetRefund,
    ];
}

impl Engine {
    /// Puts in a fault on purpose.
    pub fn sabotage(&mut self, fault: Fault) {
        self.fault = Some(fault);
    }

    pub(crate) fn does(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}
