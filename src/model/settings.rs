//! What an item may be told to do. Settings of the contract that this release does not follow yet
//! are refused where commands are decoded, so that none is ignored in silence.

use super::units::{Instant, Quantity};
use serde::Serialize;

/// Whether, and how far, units may be sold that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Backorders {
    /// Queue without bound.
    #[default]
    Allow,
    /// Never queue.
    Deny,
    /// At most so many units waiting.
    Limit(Quantity),
}

/// What to expect of a supply that is past its date (rules §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overdue {
    /// It comes this many days from now at the earliest.
    pub offset_days: u64,
    /// It no longer counts once it is later than this. `None`: it always counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_after_days: Option<u64>,
}

/// Supply assumed once everything scheduled is spoken for (rules §9).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replenishment {
    /// From the instant an order is placed to the arrival of its units.
    pub lead_time_days: u64,
    /// Who supplies it; must be defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// It comes in whole multiples of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<Quantity>,
    /// So many units come a day. `None`: any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_per_day: Option<Quantity>,
}

/// How arriving units are divided among the waiting lines (rules §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Sharing {
    /// By rank, each all it lacks before the next.
    #[default]
    Sequence,
    /// In proportion to what each lacks.
    FairShare,
}

/// Whether a new order may move a promise made (rules §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Promising {
    /// A better priority may overtake.
    #[default]
    Queue,
    /// None may.
    Protect,
}

/// Whether lines of better priority that are still to come push dates back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Overtaking {
    /// Dates are those of who waits now.
    #[default]
    Ignore,
    /// Their rate is learned from the item's own orders.
    Learn,
}

/// When a line or order that ships whole takes units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum WholeLines {
    /// As they come.
    #[default]
    Collect,
    /// Not before it can have all.
    Skip,
}

/// Units that lines served later than `priority` may not take (rules §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Protection {
    /// The last priority that may take them.
    pub priority: u8,
    /// How many must remain available.
    pub units: Quantity,
}

/// When to order more, and how much (rules §15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reorder {
    /// How the quantity is found.
    pub policy: ReorderPolicy,
    /// At or below this position it is time.
    pub point: Quantity,
    /// What an order is a multiple of, with [`ReorderPolicy::ReorderQuantity`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The position to reach, with the other two policies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Quantity>,
    /// No order is smaller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Quantity>,
    /// Every order is rounded up to a multiple of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple: Option<Quantity>,
}

/// How a quantity to reorder is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ReorderPolicy {
    /// `rQ`: the fewest multiples of a quantity that lift the position above the point.
    #[serde(rename = "rQ")]
    ReorderQuantity,
    /// `sS`: up to a level.
    #[serde(rename = "sS")]
    OrderUpTo,
    /// `baseStock`: up to a level.
    #[serde(rename = "baseStock")]
    BaseStock,
}

/// What a kit is made of (rules §7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Component {
    /// The item, which may be a kit itself; must be defined.
    pub sku: String,
    /// How many of it make one kit.
    pub quantity: Quantity,
}

/// What to offer for a wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Incentive {
    /// For waits of so many days and more.
    pub from_delay_days: u64,
    /// In the merchant's words.
    pub offer: String,
}

/// Where an item is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Lifecycle {
    /// Sold as usual.
    #[default]
    Active,
    /// Nothing ships before `release_at`; without it no date can be said.
    Preorder {
        /// The release, when it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        release_at: Option<Instant>,
    },
    /// Sells what is left, queues nothing.
    Discontinued,
}

/// A quantile: the share of cases, above 0 and below 1, in which something has happened by then.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Quantile(f64);

/// It is never NaN.
impl Eq for Quantile {}

impl Default for Quantile {
    fn default() -> Self {
        Quantile(0.8)
    }
}

impl Quantile {
    /// `None` for what is none.
    pub fn new(share: f64) -> Option<Quantile> {
        (share > 0.0 && share < 1.0).then_some(Quantile(share))
    }

    /// The share, above 0 and below 1.
    pub fn share(self) -> f64 {
        self.0
    }

    /// Of a thousand cases the least number that come to the share, a millionth being no more than the
    /// rounding of a number that can't be written exactly.
    ///
    /// ```
    /// use backorder::model::settings::Quantile;
    /// let of_draws = |share| Quantile::new(share).map(Quantile::per_mille);
    /// assert_eq!([of_draws(0.07), of_draws(0.8), of_draws(0.8001)], [Some(70), Some(800), Some(801)]);
    /// assert_eq!(of_draws(1.0), None);
    /// ```
    pub fn per_mille(self) -> u16 {
        let millionths = (self.0 * 1_000_000.0 + 0.5) as u32;
        millionths.div_ceil(1_000).clamp(1, 1_000) as u16
    }
}

/// A setting in a command: `None` leaves it, `Some(None)` puts it back to its default.
pub type Change<T> = Option<Option<T>>;

/// The settings that a `defineItem` gives.
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::Body;
/// use backorder::model::outcome::EventMode;
/// use backorder::model::settings::{Backorders, ItemChange, Replenishment};
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let mut define = |settings| {
///     engine.apply(&Body::DefineItem { sku: "lamp", settings }.into(), 0, EventMode::Return);
///     engine.items(Default::default())[0].1.clone()
/// };
/// // At most 20 may wait, and what nothing scheduled covers takes three weeks.
/// let weeks = Replenishment { lead_time_days: 21, ..Replenishment::default() };
/// let backorders = Some(Some(Backorders::Limit(20)));
/// define(ItemChange { backorders, replenishment: Some(Some(weeks.clone())), ..ItemChange::default() });
/// // One goes back to its default, the other stays.
/// let settings = define(ItemChange { backorders: Some(None), ..ItemChange::default() });
/// assert_eq!((settings.backorders, settings.replenishment), (Backorders::Allow, Some(weeks)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemChange {
    /// See [`Backorders`].
    pub backorders: Change<Backorders>,
    /// Most units of the item that one order may have that are not cancelled.
    pub max_per_order: Change<Quantity>,
    /// Units at the bottom of the stock that are not for sale.
    pub safety_stock: Change<Quantity>,
    /// A waiting line moves up one priority for each so many days (rules §2).
    pub ageing_days: Change<u64>,
    /// See [`Replenishment`].
    pub replenishment: Change<Replenishment>,
    /// See [`Overdue`].
    pub overdue: Change<Overdue>,
    /// See [`Lifecycle`].
    pub lifecycle: Change<Lifecycle>,
    /// At which quantile of the estimate the item promises.
    pub promise_quantile: Change<Quantile>,
    /// See [`Sharing`].
    pub sharing: Change<Sharing>,
    /// See [`Promising`].
    pub promising: Change<Promising>,
    /// See [`Protection`].
    pub protection: Change<Vec<Protection>>,
    /// See [`Overtaking`].
    pub overtaking: Change<Overtaking>,
    /// See [`WholeLines`].
    pub whole_lines: Change<WholeLines>,
    /// See [`Reorder`].
    pub reorder: Change<Reorder>,
    /// See [`Component`]; an item that has any is a kit.
    pub components: Change<Vec<Component>>,
    /// Items to offer where this one can't be had, or not in time.
    pub substitutes: Change<Vec<String>>,
    /// See [`Incentive`].
    pub incentives: Change<Vec<Incentive>>,
}

/// An item's settings with the defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemSettings {
    /// See [`Backorders`].
    pub backorders: Backorders,
    /// `None`: no bound.
    pub max_per_order: Option<Quantity>,
    /// Units that are not for sale.
    pub safety_stock: Quantity,
    /// `None`: age never overtakes priority.
    pub ageing_days: Option<u64>,
    /// `None`: no date is invented beyond scheduled supply.
    pub replenishment: Option<Replenishment>,
    /// See [`Overdue`].
    pub overdue: Overdue,
    /// See [`Lifecycle`].
    pub lifecycle: Lifecycle,
    /// At which quantile of the estimate it promises.
    pub promise_quantile: Quantile,
    /// See [`Sharing`].
    pub sharing: Sharing,
    /// See [`Promising`].
    pub promising: Promising,
    /// See [`Protection`].
    pub protection: Vec<Protection>,
    /// See [`Overtaking`].
    pub overtaking: Overtaking,
    /// See [`WholeLines`].
    pub whole_lines: WholeLines,
    /// `None`: nothing is reordered by rule.
    pub reorder: Option<Reorder>,
    /// Empty: the item is no kit.
    pub components: Vec<Component>,
    /// Items to offer in its place.
    pub substitutes: Vec<String>,
    /// See [`Incentive`].
    pub incentives: Vec<Incentive>,
}

impl ItemSettings {
    /// Whether better priorities to come are to be heeded, and one stretch of the queue after the other is served: not
    /// where promises are kept or all share, as nobody overtakes there, nor where who overtakes whom follows from
    /// the age of each line, or dates follow from playing.
    pub fn is_overtaken(&self) -> bool {
        self.overtaking == Overtaking::Learn
            && self.promising == Promising::Queue
            && self.sharing == Sharing::Sequence
            && self.whole_lines == WholeLines::Collect
            && self.ageing_days.is_none()
    }
}
