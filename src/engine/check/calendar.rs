//! What is wrong with a location's calendar and transit by themselves.

use super::{Check, Field, Item, Name, Path};
use crate::model::calendar::{Calendar, MAX_UTC_OFFSET_MINUTES, Transit, Zone};
use crate::model::units::MAX_LISTED;
use alloc::format;

const CALENDAR: Path = Name("calendar");

impl Check {
    pub(super) fn calendar(&mut self, calendar: &Calendar) {
        self.zone(&CALENDAR, &calendar.zone);
        if calendar.workdays.count() == 0 {
            self.invalid(&Field(&CALENDAR, "workdays"), "name at least one day of the week");
        }
        let holidays = Field(&CALENDAR, "holidays");
        self.at_most("calendar.holidays", calendar.holidays.len(), MAX_LISTED);
        if !calendar.holidays.is_sorted_by(|one, next| one < next) {
            self.invalid(&holidays, "must be in order, each once");
        }
        if calendar.cutoff_minutes.is_some_and(|minutes| minutes >= 24 * 60) {
            self.invalid(&Field(&CALENDAR, "cutoff"), "is no time of the day");
        }
        self.days(&Field(&CALENDAR, "handlingDays"), calendar.handling_days);
    }

    pub(super) fn zone(&mut self, path: &Path, zone: &Zone) {
        match zone {
            Zone::Fixed { utc_offset_minutes } => self.offset(&Field(path, "utcOffset"), *utc_offset_minutes),
            Zone::Changing { name, transitions } => {
                let list = Field(path, "transitions");
                self.optional_id(&Field(path, "timeZone"), name.as_deref());
                if transitions.is_empty() {
                    self.invalid(&list, "name at least one");
                }
                self.at_most(&list.text(), transitions.len(), MAX_LISTED);
                for (place, transition) in transitions.iter().enumerate() {
                    self.instant(&Field(&Item(&list, place), "from"), transition.from);
                    self.offset(&Field(&Item(&list, place), "utcOffset"), transition.utc_offset_minutes);
                }
                let pairs = transitions.iter().zip(transitions.iter().skip(1));
                if let Some(place) = pairs.clone().position(|(one, next)| one.from >= next.from) {
                    let path = Item(&list, place + 1);
                    self.invalid(&Field(&path, "from"), "must be later than the one before");
                }
            }
        }
    }

    fn offset(&mut self, path: &Path, minutes: i64) {
        if minutes.unsigned_abs() > MAX_UTC_OFFSET_MINUTES {
            let message =
                format!("{minutes} minutes from UTC, of at most {MAX_UTC_OFFSET_MINUTES} either way");
            self.invalid(path, &message);
        }
    }

    pub(super) fn transit(&mut self, transit: &[Transit]) {
        let path = Name("transitDays");
        self.at_most("transitDays", transit.len(), MAX_LISTED);
        for Transit { ship_to, days } in transit {
            self.id(&path, ship_to);
            self.days(&Field(&path, ship_to), *days);
        }
        if !transit.is_sorted_by(|one, next| one.ship_to < next.ship_to) {
            self.invalid(&path, "must be in order of their names, each once");
        }
    }
}
