//! What a consumer in the EU or the UK may do when a delivery is late, which no engine can decide (Directive
//! 2011/83/EU, Article 18; Consumer Rights Act 2015, section 28), and what a late refund costs in France.

use crate::model::units::Day;

/// A delivery as the consumer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The day agreed, else the 30th after the contract.
    pub due: Day,
    /// The trader refused to deliver, or the day was essential, by the circumstances or as the consumer said
    /// beforehand.
    pub refused_or_essential: bool,
    /// The last day of the further period that the consumer has set.
    pub further_period: Option<Day>,
}

/// What the consumer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing is late.
    None,
    /// Set a further period that fits the circumstances.
    SetPeriod,
    /// Wait until that is over.
    Await,
    /// End the contract. All payments are paid back without undue delay.
    End,
}

/// What the consumer may do today about goods that are not delivered.
///
/// ```
/// use backorder::notice::delivery::{Delivery, Remedy, remedy};
///
/// let late = Delivery { due: 100, refused_or_essential: false, further_period: None };
/// assert_eq!(remedy(late, 100), Remedy::None);
/// assert_eq!(remedy(late, 101), Remedy::SetPeriod);
/// assert_eq!(remedy(Delivery { refused_or_essential: true, ..late }, 101), Remedy::End);
/// ```
pub fn remedy(delivery: Delivery, today: Day) -> Remedy {
    match delivery.further_period {
        _ if today <= delivery.due => Remedy::None,
        _ if delivery.refused_or_essential => Remedy::End,
        None => Remedy::SetPeriod,
        Some(until) if today <= until => Remedy::Await,
        Some(_) => Remedy::End,
    }
}

/// The last day on which to pay back after a contract was ended in France: the 14th after it.
pub fn french_refund_by(ended: Day) -> Day {
    ended.saturating_add(14)
}

/// By how many per cent the sum to be paid back rises in France when it is paid so many days after it was
/// due: 10 up to 30 days, 20 up to 60, then 50.
///
/// As the Code de la consommation, L241-4, was described before its renumbering of 2022; verify it before
/// relying on it.
///
/// ```
/// use backorder::notice::delivery::french_surcharge_percent;
/// assert_eq!([0, 20, 45, 90].map(french_surcharge_percent), [0, 10, 20, 50]);
/// ```
pub fn french_surcharge_percent(days_late: u32) -> u32 {
    match days_late {
        0 => 0,
        1..=30 => 10,
        31..=60 => 20,
        _ => 50,
    }
}
