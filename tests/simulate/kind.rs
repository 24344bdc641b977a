//! Which kind of shop a seed has.

use crate::workload::{Step, Theme, history, sharing_history, themed_history, with_days, with_laws};

/// Where a seed's history comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Every setting and every command, in any proportion.
    General,
    /// A few items, and every rule by which stock is shared.
    Sharing,
    /// As the general ones, with one trouble more than others.
    Of(Theme),
}

/// Kinds take turns by seed: two of each of the first two to one of each theme.
const TURNS: u64 = 4 + Theme::ALL.len() as u64;

/// From this seed on locations have calendars; before it, shops are what they were before there were any.
pub const WITH_DAYS: u64 = 1 << 40;

/// From this seed on orders have regimes, too.
pub const WITH_LAWS: u64 = 1 << 41;

impl Kind {
    pub fn of_seed(seed: u64) -> Kind {
        match seed % TURNS {
            0 | 1 => Kind::General,
            2 | 3 => Kind::Sharing,
            turn => Kind::Of(Theme::ALL[turn as usize - 4]),
        }
    }

    /// The first so many commands of the seed's history.
    pub fn history(self, seed: u64, commands: usize) -> Vec<Step> {
        let mut history = match self {
            Kind::General => history(seed, commands),
            Kind::Sharing => sharing_history(seed, commands),
            Kind::Of(theme) => themed_history(theme, seed, commands),
        };
        if seed >= WITH_DAYS {
            history = with_days(seed, history);
        }
        if seed >= WITH_LAWS {
            history = with_laws(seed, history);
        }
        history.truncate(commands);
        history
    }

    /// As the table of figures has it.
    pub fn name(self) -> String {
        match self {
            Kind::Of(theme) => format!("{theme:?}"),
            plain => format!("{plain:?}"),
        }
    }
}
