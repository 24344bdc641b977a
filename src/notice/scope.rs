//! Which sales 16 CFR Part 435 is about (435.1(a), 435.3(a)).

/// A sale, as far as the rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Ordered by mail, Internet or telephone.
    pub remote: bool,
    /// What is sold.
    pub goods: Goods,
    /// Paid on delivery.
    pub cash_on_delivery: bool,
}

/// What is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// Goods of any other kind.
    Merchandise,
    /// Seeds and growing plants.
    SeedsOrPlants,
    /// An issue of a magazine or another serial delivery, counted from 1.
    Serial {
        /// Which one.
        issue: u32,
    },
    /// A prenotification negative-option plan (16 CFR Part 425).
    NegativeOptionPlan,
    /// No merchandise.
    Service,
}

/// Whether regime "ftc" is the law of this sale. State law that gives more stands beside it (435.3(b)).
///
/// ```
/// use backorder::notice::scope::{Goods, Sale, ftc_applies};
///
/// let sale = Sale { remote: true, goods: Goods::Merchandise, cash_on_delivery: false };
/// assert!(ftc_applies(sale));
/// assert!(!ftc_applies(Sale { cash_on_delivery: true, ..sale }));
/// ```
pub fn ftc_applies(sale: Sale) -> bool {
    let covered = match sale.goods {
        Goods::Merchandise => true,
        Goods::Serial { issue } => issue <= 1,
        Goods::SeedsOrPlants | Goods::NegativeOptionPlan | Goods::Service => false,
    };
    covered && sale.remote && !sale.cash_on_delivery
}
