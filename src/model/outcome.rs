//! What a command did: an outcome, and the events that say it in full.

use super::command::CommandKind;
use super::units::{Instant, Quantity};
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// A command takes effect whole or not at all.
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
        #[expect(missing_docs, reason = "the contract's names; the rules say when each applies")]
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
    UnknownItem = "unknownItem",
    UnknownLocation = "unknownLocation",
    UnknownSupplier = "unknownSupplier",
    UnknownSupply = "unknownSupply",
    UnknownOrder = "unknownOrder",
    UnknownLine = "unknownLine",
    UnknownHold = "unknownHold",
    UnknownNotice = "unknownNotice",
    ExistsWithDifferentContent = "existsWithDifferentContent",
    OutOfStock = "outOfStock",
    BackorderLimit = "backorderLimit",
    MaxPerOrder = "maxPerOrder",
    TooLate = "tooLate",
    HoldExpired = "holdExpired",
    NotAllocated = "notAllocated",
    NotReady = "notReady",
    AlreadyShipped = "alreadyShipped",
    AlreadyCancelled = "alreadyCancelled",
    NotASubstitute = "notASubstitute",
    CyclicComponents = "cyclicComponents",
    SupplyMismatch = "supplyMismatch",
    NotShipped = "notShipped",
    ConflictingSettings = "conflictingSettings",
    IsAKit = "isAKit",
    NoticeClosed = "noticeClosed",
    NothingDue = "nothingDue",
    TimeWentBack = "timeWentBack",
    InvalidCommand = "invalidCommand",
    LimitExceeded = "limitExceeded",
}

macro_rules! event_kinds {
    ($($variant:ident = $name:literal,)*) => {
        /// What can happen. Their numbers are in snapshots: new ones stand last.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the contract's names")]
        pub enum EventKind { $($variant,)* }

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
    OrderPlaced = "orderPlaced",
    LineAllocated = "lineAllocated",
    LineDeallocated = "lineDeallocated",
    LineBackordered = "lineBackordered",
    LineReady = "lineReady",
    LineShipped = "lineShipped",
    LineCancelled = "lineCancelled",
    LineReturned = "lineReturned",
    LineSubstituted = "lineSubstituted",
    PromiseMade = "promiseMade",
    PromiseMoved = "promiseMoved",
    PromiseKept = "promiseKept",
    PromiseBroken = "promiseBroken",
    HoldPlaced = "holdPlaced",
    HoldExpired = "holdExpired",
    HoldReleased = "holdReleased",
    StockReceived = "stockReceived",
    StockCounted = "stockCounted",
    SupplyScheduled = "supplyScheduled",
    SupplyMoved = "supplyMoved",
    SupplyCancelled = "supplyCancelled",
    ReorderDue = "reorderDue",
    NoticeDue = "noticeDue",
    OrderDeemedCancelled = "orderDeemedCancelled",
    RefundDue = "refundDue",
}

/// One thing that happened, in plain numbers. Ids are handles into the engine that made the event;
/// [`crate::engine::Engine::event_view`] puts their names to them.
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
