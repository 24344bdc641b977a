//! The decision tables written out flat, row by row, for days counted from the one by which to ship.
//!
//! It shares nothing with the course but the words of its answers: states are those that the tables name,
//! and refund days are found by walking a list of dates.

use crate::estimate::civil::iso_date;

/// A day, counted from the epoch; `None` is unknown, and later than any.
pub type Date = Option<i64>;

/// What the tables say of a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub number: u32,
    pub kind: &'static str,
    /// The outer `None`: the notice has no such day.
    pub revised: Option<Date>,
    pub due: i64,
    pub silence: &'static str,
    pub cancels_on: Option<i64>,
    pub refund_by: Option<i64>,
    pub state: &'static str,
}

/// The law that is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    Ftc,
    Delivery,
}

#[derive(Clone, Debug)]
pub struct Oracle {
    law: Law,
    t: i64,
    /// The engine's date.
    p: Date,
    /// As in the state machine of the tables.
    state: &'static str,
    /// The effective deadline.
    e: Date,
    /// What the customer was told last.
    told: Date,
    sent: Option<Row>,
    to_send: Option<Row>,
}

pub type Answer = Result<&'static str, &'static str>;

fn after(one: Date, other: Date) -> bool {
    match (one, other) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(one), Some(other)) => one > other,
    }
}

fn later(one: Date, other: Date) -> Date {
    if after(one, other) { one } else { other }
}

fn seventh_working_day_after(day: i64) -> i64 {
    const OFF: [&str; 8] = [
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
        "2027-01-01",
        "2027-01-18",
        "2027-02-15",
    ];
    let mut found = Vec::new();
    for day in day + 1..day + 20 {
        let weekend = matches!(day % 7, 2 | 3); // 1970-01-03 was a Saturday
        if !weekend && !OFF.contains(&iso_date(day as u32).as_str()) {
            found.push(day);
        }
    }
    found[6]
}

impl Oracle {
    pub fn new(law: Law, t: i64) -> Oracle {
        Oracle { law, t, p: Some(t), state: "OPEN", e: Some(t), told: Some(t), sent: None, to_send: None }
    }

    pub fn shown(&self) -> Option<Row> {
        self.to_send.clone().or_else(|| self.sent.clone())
    }

    fn over(&self) -> bool {
        matches!(self.state, "SHIPPED" | "CANCELLED" | "DEEMED_CANCELLED")
    }

    /// The row of table A or B that asks for a notice now.
    fn asked(&self, today: i64, number: u32) -> Option<Row> {
        let row = |kind, due, silence, cancels_on| Row {
            number,
            kind,
            revised: Some(self.p),
            due,
            silence,
            cancels_on,
            refund_by: None,
            state: "due",
        };
        let grace = Some(self.t + 30);
        match (self.law, self.state, self.e) {
            _ if self.over() => None,
            // A1
            (Law::Ftc, "OPEN", _) if !after(self.p, Some(self.t)) => None,
            // A2
            (Law::Ftc, "OPEN", _) if !after(self.p, grace) => {
                Some(row("firstOption", self.t, "consents", None))
            }
            // A3, A4
            (Law::Ftc, "OPEN", _) => Some(row("firstOption", self.t, "cancels", grace)),
            // B2, and B4 that leads back to it
            (Law::Ftc, "OPTION_SENT_SHORT" | "CONSENTED", Some(e)) if after(self.p, Some(e)) => {
                Some(row("renewedOption", e, "cancels", Some(e)))
            }
            (Law::Ftc, _, _) => None,
            // 1.4: a new agreed date is proposed when the delivery is later than agreed, and than told.
            (Law::Delivery, _, e) if after(self.p, e) && after(self.p, self.told) => {
                let due = match (e, self.told) {
                    (Some(e), _) if e >= today => e,
                    (_, Some(told)) if told >= today => told,
                    _ => today,
                };
                Some(row("newDate", due, "nothing", None))
            }
            (Law::Delivery, _, _) => None,
        }
    }

    fn news(&mut self, today: i64, number: u32) -> &'static str {
        let asked = self.asked(today, number);
        match (&self.to_send, asked) {
            (None, None) => "same",
            (Some(_), None) => {
                self.to_send = None;
                "withdrawn"
            }
            (Some(old), Some(new)) if old.revised == new.revised => "same",
            (Some(old), Some(new)) => {
                self.to_send = Some(Row { due: old.due, state: old.state, ..new });
                "due"
            }
            (None, new) => {
                self.to_send = new;
                "due"
            }
        }
    }

    pub fn expect(&mut self, p: Date, today: i64, number: u32) -> Answer {
        self.p = p;
        Ok(self.news(today, number))
    }

    pub fn send(&mut self, number: u32, choice: bool, reason: bool) -> Answer {
        if let Some(sent) = &mut self.sent
            && (sent.kind, sent.state, sent.number) == ("cancellation", "due", number)
        {
            sent.state = "sent";
            return Ok("sent");
        }
        let Some(row) = self.to_send.clone().filter(|row| row.number == number) else {
            return Err("noticeClosed");
        };
        let revised = row.revised.unwrap();
        // A7, and A4 without its reason
        if self.law == Law::Ftc && (!choice || revised.is_none() && !reason) {
            return Ok("void");
        }
        self.state = match (row.kind, revised) {
            ("renewedOption", _) => "RENEWED_SENT",
            ("newDate", _) => "TOLD",
            (_, None) => "OPTION_SENT_INDEF",
            (_, Some(r)) if r <= self.t + 30 => "OPTION_SENT_SHORT",
            _ => "OPTION_SENT_LONG",
        };
        if self.state == "OPTION_SENT_SHORT" {
            self.e = revised;
        }
        self.told = revised;
        self.sent = Some(Row { state: "sent", ..row });
        self.to_send = None;
        Ok("sent")
    }

    pub fn consent(&mut self, to: Option<Date>, today: i64, number: u32) -> Answer {
        if self.over() {
            return Err("noticeClosed");
        }
        let Some(sent) = self.sent.clone() else { return Err("nothingDue") };
        let asked = sent.revised.unwrap();
        let to = match (self.state, to) {
            ("CONSENTED", None) => return Err("nothingDue"),
            (_, None) => asked,
            (_, Some(to)) => to,
        };
        let (enough, e) = match self.state {
            // B9: silence has the offered day already.
            "OPTION_SENT_SHORT" => (after(to, Some(self.t)), later(asked, to)),
            // B4, B5, B6, and a new agreed date
            _ => (after(to, self.e), to),
        };
        if !enough || after(Some(today), to) {
            return Err("nothingDue");
        }
        (self.e, self.told, self.state) = (e, e, "CONSENTED");
        self.sent = Some(Row { revised: Some(e), cancels_on: None, state: "consented", ..sent });
        // B4: back to B2 with the new day, by which any other notice must now be sent.
        let had = self.to_send.take().is_some();
        Ok(match self.news(today, number) {
            "same" if had => "withdrawn",
            news => news,
        })
    }

    fn end(&mut self, state: &'static str, row: Row, stood: i64, vests: i64) {
        let refund_by = (self.law == Law::Ftc).then(|| seventh_working_day_after(vests));
        self.sent = Some(Row { cancels_on: Some(stood), refund_by, state: "cancelled", ..row });
        self.to_send = None;
        self.state = state;
    }

    fn cancellation(day: i64, number: u32) -> Row {
        Row {
            number,
            kind: "cancellation",
            revised: None,
            due: day,
            silence: "nothing",
            cancels_on: None,
            refund_by: None,
            state: "due",
        }
    }

    /// B1, B10
    pub fn buyer_cancels(&mut self, today: i64) -> Answer {
        if self.over() {
            return Err("noticeClosed");
        }
        let Some(sent) = self.sent.clone() else { return Err("nothingDue") };
        self.end("CANCELLED", sent, today, today);
        Ok("cancelled")
    }

    /// A5
    pub fn seller_cancels(&mut self, today: i64, number: u32) -> Answer {
        if self.over() {
            return Ok("same");
        }
        self.end("CANCELLED", Oracle::cancellation(today, number), today, today);
        let row = self.sent.as_mut().unwrap();
        (row.state, row.due) = ("due", row.refund_by.unwrap_or(today));
        Ok("due")
    }

    /// B8
    pub fn ship(&mut self) -> Answer {
        if self.over() {
            return Ok("same");
        }
        (self.state, self.sent) = ("SHIPPED", None);
        Ok(if self.to_send.take().is_some() { "withdrawn" } else { "same" })
    }

    pub fn refunded(&mut self) -> Answer {
        match (self.state, &mut self.sent) {
            ("CANCELLED" | "DEEMED_CANCELLED", Some(row)) if row.state == "refunded" => Err("noticeClosed"),
            ("CANCELLED" | "DEEMED_CANCELLED", Some(row)) => {
                row.state = "refunded";
                Ok("refunded")
            }
            _ => Err("nothingDue"),
        }
    }

    /// The last day on which the order stands if nothing else happens.
    fn stands_until(&self) -> Date {
        match (self.law, self.state) {
            (Law::Delivery, _) => None,
            // A6
            (_, "OPEN") => Some(self.t),
            // B7
            (_, "OPTION_SENT_LONG" | "OPTION_SENT_INDEF") => Some(self.t + 30),
            // B3, B11; none after B5
            _ => self.e,
        }
    }

    /// The next day whose end does something.
    pub fn deadline(&self) -> Date {
        let row = self.shown();
        if self.over() {
            let row = row.filter(|row| !matches!(row.state, "refunded" | "overdue"))?;
            return if row.state == "due" { Some(row.due) } else { row.refund_by };
        }
        let known = || if after(self.told, self.e) { self.told } else { self.e };
        let asked = match &self.to_send {
            Some(row) => Some(row.due).filter(|_| row.state == "due"),
            // D of 1.4 is missed
            None => known().filter(|_| self.law == Law::Delivery),
        };
        self.stands_until().into_iter().chain(asked).min()
    }

    pub fn day_ends(&mut self, day: i64, today: i64, number: u32) -> Answer {
        if self.over() {
            let row = self.sent.as_mut().unwrap();
            row.state = "overdue";
            return Ok(if row.refund_by.is_some() { "refundOverdue" } else { "noticeOverdue" });
        }
        if self.stands_until() == Some(day) {
            let row = self.shown().unwrap_or(Oracle::cancellation(day, number));
            self.end("DEEMED_CANCELLED", row, day, day + 1);
            return Ok("deemedCancelled");
        }
        if let Some(row) = &mut self.to_send {
            row.state = "overdue";
            return Ok("noticeOverdue");
        }
        self.p = later(self.p, Some(today));
        self.news(today, number);
        Ok("missed")
    }
}
