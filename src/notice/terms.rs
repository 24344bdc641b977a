//! What a regime asks of the seller, as data.
//!
//! | regime | text | as of |
//! |---|---|---|
//! | `ftc` | 16 CFR Part 435, Mail, Internet, or Telephone Order Merchandise | eCFR of 2026-09-18 |
//! | `eu` | Directive 2011/83/EU, Article 18 | consolidated 2022-05-28 |
//! | `uk` | Consumer Rights Act 2015, section 28 | as enacted |
//!
//! Where these leave a choice open, it is a setting (`settings`) with the default that stands here.

use super::workdays::{Holidays, MONDAY_TO_FRIDAY, US_WORKDAYS, Workdays};
pub use crate::model::command::Payment;
use crate::model::units::Day;
use alloc::vec::Vec;

/// A regime's rules, by which one [`super::course::Course`] runs for each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What must be done by the day.
    pub counts: Counts,
    /// Where no day is stated: how many days after the order.
    pub period_days: u32,
    /// The same where the buyer applied to the seller for credit.
    pub credit_period_days: u32,
    /// A first revised day at most so many days after the day is a short delay; a long one must be answered
    /// within as many.
    pub delay_days: u32,
    /// What silence on a first notice of a short delay means.
    pub short: Silence,
    /// What silence on a first notice of a long delay, or one of unknown length, means.
    pub long: Silence,
    /// What silence on any later notice means.
    pub renewed: Silence,
    /// An order that reaches its day, with no choice offered that is still open, is deemed cancelled.
    pub lapses: bool,
    /// A notice that does not offer to cancel was not sent.
    pub needs_choice: bool,
    /// A notice of unknown length that gives no reason was not sent.
    pub needs_reason: bool,
    /// How many days after the last day on which the order stands the right to a refund vests.
    pub vesting_days: u32,
    /// By when it is paid back.
    pub refund: Refund,
    /// Where the seller is the creditor: within so many days, a billing cycle. `None`: as others.
    pub billing_cycle_days: Option<u32>,
    /// The day of vesting is the first that counts, not the day after it.
    pub vesting_day_counts: bool,
    /// On which days working days fall.
    pub workdays: Workdays,
}

/// What must have happened by the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The goods are with the carrier.
    Shipment,
    /// The goods are with the customer.
    Delivery,
}

/// What it means that the customer does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Silence {
    /// The customer agrees to the new day.
    Consents,
    /// The order ends.
    Cancels,
    /// Nothing.
    Nothing,
}

/// How long the seller may take to pay back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refund {
    /// So many working days.
    WithinWorkdays(u32),
    /// So many days.
    WithinDays(u32),
    /// The text names no number, as in "without undue delay".
    Unstated,
}

/// "ftc". Day 30 is the last on which shipping complies, a right vests on the day after the last day, the day
/// after that is the first of the seven working days, and these are Monday to Friday without the US federal
/// holidays: the text says none of this. Seven working days hold for a seller who is the creditor, too, until
/// the length of the billing cycle is set.
pub const FTC: Terms = Terms {
    counts: Counts::Shipment,
    period_days: 30,
    credit_period_days: 50,
    delay_days: 30,
    short: Silence::Consents,
    long: Silence::Cancels,
    renewed: Silence::Cancels,
    lapses: true,
    needs_choice: true,
    needs_reason: true,
    vesting_days: 1,
    refund: Refund::WithinWorkdays(7),
    billing_cycle_days: None,
    vesting_day_counts: false,
    workdays: US_WORKDAYS,
};

/// "eu" and "uk": a day of delivery, of which the customer is told when it is missed, and which only the
/// customer can end.
pub const DELIVERY: Terms = Terms {
    counts: Counts::Delivery,
    credit_period_days: 30,
    short: Silence::Nothing,
    long: Silence::Nothing,
    renewed: Silence::Nothing,
    lapses: false,
    needs_choice: false,
    needs_reason: false,
    refund: Refund::Unstated,
    workdays: Workdays { weekdays: MONDAY_TO_FRIDAY, holidays: Holidays::Listed(Vec::new()) },
    ..FTC
};

impl Terms {
    /// The last day on which an order complies that is not delayed: the one stated, else so many days after
    /// the one on which the order was complete.
    pub fn complies_until(&self, ordered: Day, stated: Option<Day>, payment: Payment) -> Day {
        let days = match payment {
            Payment::Card => self.period_days,
            Payment::SellerCredit => self.credit_period_days,
        };
        stated.unwrap_or(ordered.saturating_add(days))
    }

    /// The last day on which to pay back, for a right that vested on this day; `None` where no number of days
    /// is set.
    pub fn refund_by(&self, vested: Day, payment: Payment) -> Option<Day> {
        let from = if self.vesting_day_counts { vested.saturating_sub(1) } else { vested };
        if let (Payment::SellerCredit, Some(days)) = (payment, self.billing_cycle_days) {
            return Some(from.saturating_add(days));
        }
        match self.refund {
            Refund::WithinWorkdays(days) => Some(self.workdays.nth_after(from, days)),
            Refund::WithinDays(days) => Some(from.saturating_add(days)),
            Refund::Unstated => None,
        }
    }

    /// Whether its notices leave the customer a choice that silence makes.
    pub fn offers_options(&self) -> bool {
        [self.short, self.long, self.renewed].iter().any(|&silence| silence != Silence::Nothing)
    }
}
