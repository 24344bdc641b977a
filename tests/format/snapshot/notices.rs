//! Section 17: what customers are told of delays.

use super::{Reader, Walker};

/// The silences, at their numbers.
const SILENCES: [&str; 3] = ["silence consents", "silence cancels", "silence is nothing"];

/// So many days at the most, in settings.
fn days(from: &mut Walker) -> u64 {
    let days = from.number();
    assert!(days <= 366);
    days
}

fn minutes(from: &mut Walker) {
    assert!((-1_080..=1_080).contains(&from.signed()));
}

impl Reader {
    pub(super) fn notices(&mut self, from: &mut Walker) {
        let last = from.number();
        assert!(last < 1 << 31);
        let regimes = from.list(|from| {
            let name = from.id();
            self.saw(["no base", "base ftc", "base eu", "base uk"][from.one_of(4) as usize], true);
            self.terms(from);
            name
        });
        assert!(regimes.is_sorted_by(|one, next| one < next));
        self.saw("regime", !regimes.is_empty());
        let terms = from.list(|from| self.terms(from)).len();
        let zones = from.list(|from| self.zone(from)).len();
        let mut next = 0;
        for _ in 0..from.number() {
            let left_out = from.number();
            self.saw("line without a regime", left_out > 0);
            next += left_out + 1;
            from.place(terms);
            from.place(zones);
            self.course(from, last);
        }
        assert!(next <= self.lines, "of {} lines", self.lines);
    }

    fn terms(&mut self, from: &mut Walker) {
        let [delivery, lapses, choice, reason, vesting_day, listed] = from.flags();
        let flags = [
            (delivery, "delivery counts"),
            (lapses, "lapses"),
            (choice, "needsChoice"),
            (reason, "needsReason"),
            (vesting_day, "vestingDayCounts"),
            (listed, "holidays are listed"),
        ];
        flags.into_iter().for_each(|(there, part)| drop(self.saw(part, there)));
        (0..4).for_each(|_| drop(days(from)));
        (0..3).for_each(|_| drop(self.saw(SILENCES[from.one_of(3) as usize], true)));
        let refund = from.one_of(3);
        self.saw(["no refund day", "refund in working days", "refund in days"][refund as usize], true);
        assert_eq!(days(from) > 0, refund > 0);
        let cycle = days(from);
        self.saw("billing cycle", cycle > 0);
        assert!((1..128).contains(&from.byte()));
        let holidays = from.list(Walker::number);
        assert!(holidays.len() <= 1_000 && (listed || holidays.is_empty()));
        self.saw("holiday of a regime", !holidays.is_empty());
    }

    fn zone(&mut self, from: &mut Walker) {
        let transitions = from.number();
        assert!(transitions <= 1_000);
        for _ in 0..transitions {
            from.safe();
            minutes(from);
        }
        if transitions == 0 {
            minutes(from);
        }
        self.saw(if transitions > 0 { "buyers' changing zone" } else { "buyers' fixed zone" }, true);
    }

    fn course(&mut self, from: &mut Walker, last: u64) {
        let [stands, unsent] = from.flags();
        self.saw(["paid by card", "seller's credit"][from.one_of(2) as usize], true);
        let phase = from.one_of(3) as usize;
        self.saw(["open to its law", "shipped by its law", "cancelled by its law"][phase], true);
        from.number();
        (0..3).for_each(|_| drop(self.until(from)));
        if self.saw("notice that stands", stands) {
            self.notice(from, last);
        }
        if self.saw("notice to be sent", unsent) {
            self.notice(from, last);
        }
    }

    fn until(&mut self, from: &mut Walker) {
        let known = from.optional().is_some();
        self.saw("unknown length", !known);
    }

    fn notice(&mut self, from: &mut Walker, last: u64) {
        assert!((1..=last).contains(&from.number()));
        const KINDS: [&str; 4] = ["first option", "renewed option", "cancellation", "new date"];
        self.saw(KINDS[from.one_of(4) as usize], true);
        from.one_of(3);
        const STATES: [&str; 6] =
            ["notice due", "notice sent", "consented", "notice cancelled", "refunded", "overdue notice"];
        self.saw(STATES[from.one_of(6) as usize], true);
        let [revised] = from.flags();
        if self.saw("revised", revised) {
            self.until(from);
        }
        from.number();
        let (cancels, refund) = (from.optional().is_some(), from.optional().is_some());
        self.saw("cancels on a day", cancels);
        self.saw("refund by a day", refund);
    }
}
