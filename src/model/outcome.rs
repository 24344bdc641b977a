//! What a command did: an outcome, and the events that say it in full.

use super::command::CommandKind;
use super::units::{Instant, Quantity};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// A command takes effect whole or not at all.
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::Body;
/// use backorder::model::outcome::{EventMode, Reason, Status};
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let outcome = engine.apply(&Body::Ship { order: "A", lines: None }.into(), 0, EventMode::Return);
/// let Status::Rejected(rejection) = outcome.status else { unreachable!() };
/// assert_eq!(rejection.reason, Reason::UnknownOrder);
/// assert_eq!(rejection.message, r#"there is no order "A""#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it took effect.
    pub status: Status,
    /// What happened, in order; also what was due before the command. Empty unless events are returned.
    pub events: Vec<Event>,
    /// What a trimmed order could not have, in the order of its lines.
    pub refused: Vec<Refused>,
    /// What a rebalance changed, in rank order.
    pub changes: Vec<ShareChange>,
}

/// Units of a line that an order was trimmed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The line's name; it is not part of the order if nothing of it was taken.
    pub line: String,
    /// How many units.
    pub quantity: Quantity,
}

/// What a line had of an item before a rebalance, and what it has after. Handles, as in an [`Event`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareChange {
    /// The order.
    pub order: u32,
    /// The name of the line.
    pub line: u32,
    /// Units before.
    pub before: Quantity,
    /// Units after.
    pub after: Quantity,
}

/// Whether a command took effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// It did.
    Applied,
    /// The same id or key with the same content was applied before; nothing happened.
    Exists,
    /// It was refused, and changed nothing.
    Rejected(Rejection),
}

/// Why a command was refused. What a shop can expect to go wrong is a value, never an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The reason by name.
    pub reason: Reason,
    /// Which part was refused, as `lines[2].sku`.
    pub path: Option<String>,
    /// A sentence that says what is wrong and what would be right.
    pub message: String,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The reasons for which a command is refused, in the contract's order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason, at the index that the bulk door uses.
            pub const ALL: &[Reason] = &[$(Reason::$variant,)*];

            /// The contract's name.
            pub const fn name(self) -> &'static str {
                match self { $(Reason::$variant => $name,)* }
            }
        }
    };
}

reasons! {
    /// No such item is defined.
    UnknownItem = "unknownItem",
    /// No such location, or none is named where there are several.
    UnknownLocation = "unknownLocation",
    /// No such supplier is defined.
    UnknownSupplier = "unknownSupplier",
    /// No such supply was scheduled.
    UnknownSupply = "unknownSupply",
    /// No such order was placed.
    UnknownOrder = "unknownOrder",
    /// The order has no such line.
    UnknownLine = "unknownLine",
    /// No such hold was placed.
    UnknownHold = "unknownHold",
    /// There is no such notice.
    UnknownNotice = "unknownNotice",
    /// The id or key was used before, by a command of other content.
    ExistsWithDifferentContent = "existsWithDifferentContent",
    /// More than is available, of an item that queues nothing.
    OutOfStock = "outOfStock",
    /// More would wait than the item's limit allows.
    BackorderLimit = "backorderLimit",
    /// More than one order may have of the item.
    MaxPerOrder = "maxPerOrder",
    /// It can't be promised by the order's `latest`.
    TooLate = "tooLate",
    /// The hold has ended.
    HoldExpired = "holdExpired",
    /// The line has fewer units set aside there.
    NotAllocated = "notAllocated",
    /// Units are set aside that may not ship yet.
    NotReady = "notReady",
    /// What it asks to change has shipped.
    AlreadyShipped = "alreadyShipped",
    /// What it asks to change is cancelled.
    AlreadyCancelled = "alreadyCancelled",
    /// It is not among the item's substitutes.
    NotASubstitute = "notASubstitute",
    /// A kit would be made of itself.
    CyclicComponents = "cyclicComponents",
    /// The supply is of another item or location.
    SupplyMismatch = "supplyMismatch",
    /// More would come back than has shipped.
    NotShipped = "notShipped",
    /// Settings exclude each other, or open lines stand in the way of the change.
    ConflictingSettings = "conflictingSettings",
    /// A kit has no stock of its own.
    IsAKit = "isAKit",
    /// The notice was sent, answered or replaced, or what it is about has ended.
    NoticeClosed = "noticeClosed",
    /// No notice asks for this answer, and nothing is to be paid back.
    NothingDue = "nothingDue",
    /// `now` is earlier than the last command's.
    TimeWentBack = "timeWentBack",
    /// It is no command: its shape, a type or a range is wrong.
    InvalidCommand = "invalidCommand",
    /// A limit of [`units`](super::units) is exceeded.
    LimitExceeded = "limitExceeded",
}

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What can happen. Their numbers are in snapshots: new ones stand last.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum EventKind { $($(#[$doc])* $variant,)* }

        impl EventKind {
            /// Every kind, at the index of its number.
            pub const ALL: &[EventKind] = &[$(EventKind::$variant,)*];

            /// The contract's name.
            pub const fn name(self) -> &'static str {
                match self { $(EventKind::$variant => $name,)* }
            }
        }
    };
}

event_kinds! {
    /// An order was taken.
    OrderPlaced = "orderPlaced",
    /// Units were set aside.
    LineAllocated = "lineAllocated",
    /// Units that were set aside are no more.
    LineDeallocated = "lineDeallocated",
    /// Units began to wait.
    LineBackordered = "lineBackordered",
    /// The line has all that it waited for.
    LineReady = "lineReady",
    /// Units left.
    LineShipped = "lineShipped",
    /// Units were given up.
    LineCancelled = "lineCancelled",
    /// Units came back.
    LineReturned = "lineReturned",
    /// The line has another item now.
    LineSubstituted = "lineSubstituted",
    /// A date was promised.
    PromiseMade = "promiseMade",
    /// The promise is of another date now, or of none.
    PromiseMoved = "promiseMoved",
    /// The line shipped by the day promised.
    PromiseKept = "promiseKept",
    /// The promised day ended before the line had shipped.
    PromiseBroken = "promiseBroken",
    /// A hold began.
    HoldPlaced = "holdPlaced",
    /// A hold came to its end by itself.
    HoldExpired = "holdExpired",
    /// A hold was given up.
    HoldReleased = "holdReleased",
    /// Units came in.
    StockReceived = "stockReceived",
    /// The shelf was counted.
    StockCounted = "stockCounted",
    /// Units are on their way.
    SupplyScheduled = "supplyScheduled",
    /// A supply has another date or quantity now.
    SupplyMoved = "supplyMoved",
    /// What was still to come will not.
    SupplyCancelled = "supplyCancelled",
    /// An item is to be ordered.
    ReorderDue = "reorderDue",
    /// A customer is to be told of a delay.
    NoticeDue = "noticeDue",
    /// Silence has cancelled a line.
    OrderDeemedCancelled = "orderDeemedCancelled",
    /// A line is to be paid back.
    RefundDue = "refundDue",
}

/// One thing that happened, in plain numbers. Ids are handles into the engine that made the event;
/// [`crate::engine::Engine::event_view`] puts their names to them.
///
/// ```
/// use backorder::engine::{Engine, EngineOptions};
/// use backorder::model::command::Body;
/// use backorder::model::outcome::{EventKind, EventMode};
/// use backorder::model::settings::ItemChange;
///
/// let mut engine = Engine::new(EngineOptions::default());
/// let item = Body::DefineItem { sku: "lamp", settings: ItemChange::default() };
/// engine.apply(&item.into(), 0, EventMode::Return);
/// let receive = Body::Receive { sku: "lamp", location: None, quantity: 2, supply: None };
/// let events = engine.apply(&receive.into(), 5, EventMode::Return).events;
/// assert_eq!((events[0].kind, events[0].at, events[0].quantity), (EventKind::StockReceived, 5, 2));
/// let view = engine.event_view(&events[0]);
/// assert_eq!((view.sku, view.location), (Some("lamp"), Some("default")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// 1, 2, 3 … over the engine's life.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// What.
    pub kind: EventKind,
    /// The command that brought it about; what falls due by time is a tick's.
    pub cause: CommandKind,
    /// The supply that brought it about, or [`NONE`].
    pub cause_supply: u32,
    /// The order, or [`NONE`].
    pub order: u32,
    /// The hold, or [`NONE`].
    pub hold: u32,
    /// The name of the line, or [`NONE`].
    pub line: u32,
    /// The item, or [`NONE`].
    pub item: u32,
    /// The location, or [`NONE`].
    pub location: u32,
    /// The supply that the event is about, or [`NONE`].
    pub supply: u32,
    /// How many units, for the kinds that have a quantity; of those about a notice, its number.
    pub quantity: Quantity,
    /// For promises and supplies: the date before, or [`NEVER`].
    pub from: Instant,
    /// For promises and supplies: the date after, or [`NEVER`].
    pub to: Instant,
}

/// No handle.
pub const NONE: u32 = u32::MAX;

/// No instant: nothing can be said.
pub const NEVER: Instant = u64::MAX;

/// What becomes of the events of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EventMode {
    /// They are in the outcome.
    #[default]
    Return,
    /// They are kept for `drain_events`, and are part of the snapshot.
    Keep,
    /// They are counted, and not made.
    Drop,
}
