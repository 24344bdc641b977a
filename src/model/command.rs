//! Commands: the only way to change an engine. The shapes are those of the contract, borrowed, so
//! that a caller who has the text already copies nothing.

use super::calendar::{Calendar, Transit, Zone};
use super::settings::{Change, ItemChange};
use super::units::{Day, Instant, Quantity};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// One command, with the idempotency key that messages which may come twice carry (rules §12).
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::{Body, Command};
/// use backorder::model::outcome::{EventMode, Status};
/// use backorder::model::settings::ItemChange;
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let item = Body::DefineItem { sku: "lamp", settings: ItemChange::default() };
/// engine.apply(&item.into(), 0, EventMode::Return); // without a key
/// let body = Body::Receive { sku: "lamp", location: None, quantity: 2, supply: None };
/// let receive = Command { key: Some("delivery note 17"), body };
/// assert_eq!(engine.apply(&receive, 0, EventMode::Return).status, Status::Applied);
/// assert_eq!(engine.apply(&receive, 9, EventMode::Return).status, Status::Exists);
/// assert_eq!(engine.position("lamp", None).map(|position| position.on_hand), Some(2));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Command<'a> {
    /// Same key and same content: `exists`, and nothing happens.
    pub key: Option<&'a str>,
    /// What is to be done.
    pub body: Body<'a>,
}

impl<'a> From<Body<'a>> for Command<'a> {
    fn from(body: Body<'a>) -> Self {
        Command { key: None, body }
    }
}

/// What a command does. A `location` of `None` means the only one there is; an id that a command creates is the
/// caller's to choose. Instants (`due`, `before`, `latest`) are milliseconds since the Unix epoch.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each command says what its fields' names and types leave open")]
#[expect(
    clippy::large_enum_variant,
    reason = "commands are borrowed, not moved; a box would be in every caller's way"
)]
pub enum Body<'a> {
    /// Makes an item, or changes the settings that are given.
    DefineItem { sku: &'a str, settings: ItemChange },
    /// Makes a place where stock stands, or changes the settings that are given. `transit`: in the order of
    /// the destinations' bytes, each once.
    DefineLocation { location: &'a str, calendar: Change<Calendar>, transit: Change<Vec<Transit>> },
    /// Makes a supplier. `lateness_days`: past receipts against their dates, negative when early.
    DefineSupplier { supplier: &'a str, lateness_days: Change<Vec<i64>> },
    /// Units arrive, against a supply that was scheduled or from nowhere in particular.
    Receive { sku: &'a str, location: Option<&'a str>, quantity: Quantity, supply: Option<&'a str> },
    /// The shelf was counted: this is what stands on it.
    Count { sku: &'a str, location: Option<&'a str>, on_hand: Quantity },
    /// Units are on their way, and expected at `due`; how much later, follows from what is known of the `supplier`.
    ScheduleSupply {
        supply: &'a str,
        sku: &'a str,
        location: Option<&'a str>,
        quantity: Quantity,
        due: Instant,
        supplier: Option<&'a str>,
    },
    /// A supply has another date, or another quantity still to come; 0 closes it.
    RescheduleSupply { supply: &'a str, due: Option<Instant>, quantity: Option<Quantity> },
    /// What is still to come will not.
    CancelSupply { supply: &'a str },
    /// A customer orders.
    PlaceOrder { order: &'a str, lines: Cow<'a, [OrderLine<'a>]>, settings: OrderSettings<'a> },
    /// A cart holds units, or places in the queue, for `ttl_ms` milliseconds.
    HoldStock { hold: &'a str, lines: Cow<'a, [OrderLine<'a>]>, ttl_ms: u64, priority: u8 },
    /// The cart becomes an order, with its rank, units and promise.
    ConfirmHold {
        hold: &'a str,
        order: &'a str,
        segment: Option<&'a str>,
        ship_to: Option<&'a str>,
        settings: ShippingSettings,
        notices: Option<Box<NoticeSettings<'a>>>,
    },
    /// The cart is given up.
    ReleaseHold { hold: &'a str },
    /// The line shall have this quantity, what has shipped included.
    AmendLine { order: &'a str, line: &'a str, quantity: Quantity },
    /// Other shipping settings for what has not shipped.
    AmendOrder {
        order: &'a str,
        fulfilment: Change<Fulfilment>,
        not_before: Change<Instant>,
        latest: Change<Instant>,
        ship_to: Change<&'a str>,
    },
    /// Units of a line, or what it waits for, go to another location. `from` of `None`: from
    /// everywhere else; `quantity` of `None`: all that has not shipped.
    Relocate { order: &'a str, line: &'a str, from: Option<&'a str>, to: &'a str, quantity: Option<Quantity> },
    /// Re-ranks all that has not shipped; the instant placed stays.
    Reprioritise { order: &'a str, priority: u8 },
    /// While it is frozen nothing takes the order's units away, except a count that finds too few.
    Freeze { order: &'a str, frozen: bool },
    /// The line shall have this item in the place of its own.
    Substitute { order: &'a str, line: &'a str, sku: &'a str },
    /// Cancels what is left of these lines, or of all.
    CancelOrder { order: &'a str, lines: Option<Vec<&'a str>> },
    /// Ships these units, or all that may ship.
    Ship { order: &'a str, lines: Option<Vec<ShipLine<'a>>> },
    /// Shipped units come back; `restock`: to be sold again.
    Return { order: &'a str, line: &'a str, quantity: Quantity, restock: bool, location: Option<&'a str> },
    /// Divides a shortage anew among the orders that match, of these items or of all (rules §8).
    Rebalance { skus: Option<Vec<&'a str>>, rules: Vec<RebalanceRule<'a>> },
    /// Makes a regime, or changes the settings that are given; `None` of them puts all back. `base` of `None`:
    /// what it was, else what the name says, else none.
    DefineRegime { regime: &'a str, base: Option<&'a str>, settings: Change<Vec<(&'a str, RegimeValue<'a>)>> },
    /// A notice was sent to the customer.
    NoticeSent { notice: &'a str, offers_cancel: bool, reason: Option<&'a str> },
    /// The customer answered a notice. `until` of `None`: as long as it says.
    Respond { order: &'a str, line: Option<&'a str>, answer: Answer, until: Option<Until> },
    /// What was paid has been paid back.
    Refunded { order: &'a str, line: Option<&'a str> },
    /// Drops orders, holds and supplies that closed before this; their ids stay known.
    Archive { before: Instant },
    /// Brings about what is due.
    Tick,
}

/// One line of an order or a hold.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine<'a> {
    /// Unique in its order. `None`: "1", "2", … in the order given.
    pub line: Option<&'a str>,
    /// What is wanted.
    pub sku: &'a str,
    /// How many of it.
    pub quantity: Quantity,
    /// Where it may ship from; `None`: anywhere.
    pub locations: Option<Vec<&'a str>>,
    /// A part smaller than this is not worth shipping by itself.
    pub min_shipment: Quantity,
    /// In the currency's smallest unit, for reports only.
    pub unit_price: Option<Quantity>,
}

impl<'a> OrderLine<'a> {
    /// A line with every default.
    pub fn new(sku: &'a str, quantity: Quantity) -> Self {
        OrderLine { line: None, sku, quantity, locations: None, min_shipment: 1, unit_price: None }
    }
}

/// What an order may settle about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSettings<'a> {
    /// 0 is served first.
    pub priority: u8,
    /// Customer class, by which a rebalance may match.
    pub segment: Option<&'a str>,
    /// How a line is spread over locations.
    pub sourcing: Sourcing,
    /// It takes no units before this (rules §3.6); `None`: at once.
    pub allocate_from: Option<Instant>,
    /// What becomes of an order that can't be had in full.
    pub shortfall: Shortfall,
    /// Where to: a destination zone, by which its location knows the transit.
    pub ship_to: Option<&'a str>,
    /// When and whether it ships.
    pub shipping: ShippingSettings,
    /// What its buyer is to be told of a delay; `None`: every setting is at its default.
    pub notices: Option<Box<NoticeSettings<'a>>>,
}

impl Default for OrderSettings<'_> {
    fn default() -> Self {
        OrderSettings {
            priority: super::units::DEFAULT_PRIORITY,
            segment: None,
            sourcing: Sourcing::default(),
            allocate_from: None,
            shortfall: Shortfall::default(),
            ship_to: None,
            shipping: ShippingSettings::default(),
            notices: None,
        }
    }
}

/// How a line is spread over locations (rules §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sourcing {
    /// One location that has everything now, else as few as can be.
    #[default]
    FewestParts,
    /// Each gives what it has, in the order given.
    InOrder,
    /// All from the one with the earliest date for the whole line.
    Earliest,
}

/// What becomes of an order that can't be had in full (rules §3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shortfall {
    /// It is refused.
    #[default]
    Refuse,
    /// It takes what it can; the rest is reported as refused.
    Trim,
}

/// The part of an order's settings that a hold gets when it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ShippingSettings {
    /// What must be together before it ships.
    pub fulfilment: Fulfilment,
    /// Nothing ships before this.
    pub not_before: Option<Instant>,
    /// No use to the buyer if it ships after this.
    pub latest: Option<Instant>,
}

/// By which rules an order's buyer is told of a delay (rules §14).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NoticeSettings<'a> {
    /// The regime; `None`: none.
    pub regime: Option<&'a str>,
    /// The day to ship by that the page stated.
    pub stated_ship_by: Option<Day>,
    /// Whose days count; `None`: UTC's.
    pub buyer_zone: Option<Zone>,
    /// How the buyer pays.
    pub payment: Payment,
}

/// How a buyer pays, as far as it changes the law's periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Payment {
    /// In whatever way, but on credit of the seller's.
    #[default]
    Card,
    /// The buyer applied to the seller for credit.
    SellerCredit,
}

/// A customer's answer to a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To wait.
    Consent,
    /// To have it cancelled.
    Cancel,
}

/// Until when: a day, or nobody knows, which is later than any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The end of this day.
    Day(Day),
    /// Of unknown length.
    Indefinite,
}

/// A setting of a regime.
#[derive(Clone, Debug, PartialEq)]
pub enum RegimeValue<'a> {
    /// Of days, mostly.
    Number(u64),
    /// Yes or no.
    Flag(bool),
    /// A word, or a day.
    Text(&'a str),
    /// Days, as holidays are.
    Texts(Vec<&'a str>),
}

/// What must be together before it ships (rules §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Fulfilment {
    /// Units ship as they come.
    #[default]
    Partial,
    /// A line ships whole.
    Line,
    /// The order ships whole.
    Order,
}

/// So many units of one line, to be shipped.
#[derive(Clone, Debug, PartialEq)]
pub struct ShipLine<'a> {
    /// Which line.
    pub line: &'a str,
    /// How many of its units.
    pub quantity: Quantity,
    /// From where.
    pub location: Option<&'a str>,
}

/// What a rebalance does with the orders that match; the first rule that matches a line counts.
#[derive(Clone, Debug, PartialEq)]
pub struct RebalanceRule<'a> {
    /// Which orders.
    pub matching: OrderMatch<'a>,
    /// What may be done to their units.
    pub strategy: Strategy,
}

/// Which orders a rule is for: those that meet every condition given; all, where none is.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct OrderMatch<'a> {
    /// One of these.
    pub orders: Option<Vec<&'a str>>,
    /// Of this customer class.
    pub segment: Option<&'a str>,
    /// Of this priority or one served later.
    pub priority_from: Option<u8>,
    /// Of this priority or one served sooner.
    pub priority_to: Option<u8>,
}

/// What a rebalance may do to an order's units (rules §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Gets all it asks for, first.
    Win,
    /// Keeps at least what it has.
    Gain,
    /// May gain or lose.
    Redistribute,
    /// May lose, never gain.
    Fill,
    /// Gives up what it has if another needs it.
    Lose,
}

/// The commands by name. Their numbers are in snapshots: new ones stand last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is the command of its name in `Body`")]
pub enum CommandKind {
    DefineItem,
    DefineLocation,
    DefineSupplier,
    Receive,
    Count,
    ScheduleSupply,
    RescheduleSupply,
    CancelSupply,
    PlaceOrder,
    HoldStock,
    ConfirmHold,
    ReleaseHold,
    AmendLine,
    AmendOrder,
    Relocate,
    Reprioritise,
    Freeze,
    Substitute,
    CancelOrder,
    Ship,
    Return,
    Rebalance,
    Archive,
    Tick,
    DefineRegime,
    NoticeSent,
    Respond,
    Refunded,
}

impl CommandKind {
    /// Every kind, at the index of its number.
    pub const ALL: [CommandKind; 28] = [
        CommandKind::DefineItem,
        CommandKind::DefineLocation,
        CommandKind::DefineSupplier,
        CommandKind::Receive,
        CommandKind::Count,
        CommandKind::ScheduleSupply,
        CommandKind::RescheduleSupply,
        CommandKind::CancelSupply,
        CommandKind::PlaceOrder,
        CommandKind::HoldStock,
        CommandKind::ConfirmHold,
        CommandKind::ReleaseHold,
        CommandKind::AmendLine,
        CommandKind::AmendOrder,
        CommandKind::Relocate,
        CommandKind::Reprioritise,
        CommandKind::Freeze,
        CommandKind::Substitute,
        CommandKind::CancelOrder,
        CommandKind::Ship,
        CommandKind::Return,
        CommandKind::Rebalance,
        CommandKind::Archive,
        CommandKind::Tick,
        CommandKind::DefineRegime,
        CommandKind::NoticeSent,
        CommandKind::Respond,
        CommandKind::Refunded,
    ];

    /// The command's `type` in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            CommandKind::DefineItem => "defineItem",
            CommandKind::DefineLocation => "defineLocation",
            CommandKind::DefineSupplier => "defineSupplier",
            CommandKind::Receive => "receive",
            CommandKind::Count => "count",
            CommandKind::ScheduleSupply => "scheduleSupply",
            CommandKind::RescheduleSupply => "rescheduleSupply",
            CommandKind::CancelSupply => "cancelSupply",
            CommandKind::PlaceOrder => "placeOrder",
            CommandKind::HoldStock => "holdStock",
            CommandKind::ConfirmHold => "confirmHold",
            CommandKind::ReleaseHold => "releaseHold",
            CommandKind::AmendLine => "amendLine",
            CommandKind::AmendOrder => "amendOrder",
            CommandKind::Relocate => "relocate",
            CommandKind::Reprioritise => "reprioritise",
            CommandKind::Freeze => "freeze",
            CommandKind::Substitute => "substitute",
            CommandKind::CancelOrder => "cancelOrder",
            CommandKind::Ship => "ship",
            CommandKind::Return => "return",
            CommandKind::Rebalance => "rebalance",
            CommandKind::Archive => "archive",
            CommandKind::Tick => "tick",
            CommandKind::DefineRegime => "defineRegime",
            CommandKind::NoticeSent => "noticeSent",
            CommandKind::Respond => "respond",
            CommandKind::Refunded => "refunded",
        }
    }
}

impl Body<'_> {
    /// Which command this is.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Body::DefineItem { .. } => CommandKind::DefineItem,
            Body::DefineLocation { .. } => CommandKind::DefineLocation,
            Body::DefineSupplier { .. } => CommandKind::DefineSupplier,
            Body::Receive { .. } => CommandKind::Receive,
            Body::Count { .. } => CommandKind::Count,
            Body::ScheduleSupply { .. } => CommandKind::ScheduleSupply,
            Body::RescheduleSupply { .. } => CommandKind::RescheduleSupply,
            Body::CancelSupply { .. } => CommandKind::CancelSupply,
            Body::PlaceOrder { .. } => CommandKind::PlaceOrder,
            Body::HoldStock { .. } => CommandKind::HoldStock,
            Body::ConfirmHold { .. } => CommandKind::ConfirmHold,
            Body::ReleaseHold { .. } => CommandKind::ReleaseHold,
            Body::AmendLine { .. } => CommandKind::AmendLine,
            Body::AmendOrder { .. } => CommandKind::AmendOrder,
            Body::Relocate { .. } => CommandKind::Relocate,
            Body::Reprioritise { .. } => CommandKind::Reprioritise,
            Body::Freeze { .. } => CommandKind::Freeze,
            Body::Substitute { .. } => CommandKind::Substitute,
            Body::CancelOrder { .. } => CommandKind::CancelOrder,
            Body::Ship { .. } => CommandKind::Ship,
            Body::Return { .. } => CommandKind::Return,
            Body::Rebalance { .. } => CommandKind::Rebalance,
            Body::Archive { .. } => CommandKind::Archive,
            Body::Tick => CommandKind::Tick,
            Body::DefineRegime { .. } => CommandKind::DefineRegime,
            Body::NoticeSent { .. } => CommandKind::NoticeSent,
            Body::Respond { .. } => CommandKind::Respond,
            Body::Refunded { .. } => CommandKind::Refunded,
        }
    }
}
