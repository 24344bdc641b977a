//! `notices`, and what a line says of its own.

use crate::engine::Engine;
use crate::estimate::civil::iso_date;
use crate::model::command::Until;
use crate::model::view::{NoticeId, NoticeView};
use crate::notice::course::{NoticeKind, NoticeState};
use crate::notice::terms::Silence;
use alloc::string::String;
use alloc::vec::Vec;

impl Engine {
    /// What customers are to be told, or were told last, line by line in the order in which these were placed.
    /// A line that shipped, or that nobody was to be told anything of, is not among them.
    pub fn notices(&self) -> Vec<NoticeView<'_>> {
        let followed = self.notices.iter().flat_map(|notices| &notices.followed);
        followed.filter_map(|followed| self.notice_view(followed.line)).collect()
    }

    pub(crate) fn notice_view(&self, line: u32) -> Option<NoticeView<'_>> {
        let (_, followed) = self.followed(line)?;
        let notice = followed.course.notice()?;
        let record = &self.lines[line as usize];
        Some(NoticeView {
            notice: NoticeId(notice.number.into()),
            order: self.order_ids.name(self.demand_of_line(record).order),
            line: self.line_names.name(record.name),
            kind: match notice.kind {
                NoticeKind::FirstOption => "firstOption",
                NoticeKind::RenewedOption => "renewedOption",
                NoticeKind::Cancellation => "cancellation",
                NoticeKind::NewDate => "newDate",
            },
            revised: notice.revised.map(|until| match until {
                Until::Day(day) => iso_date(day),
                Until::Indefinite => String::from("indefinite"),
            }),
            due: iso_date(notice.due),
            silence: match notice.silence {
                Silence::Consents => Some("consent"),
                Silence::Cancels => Some("cancels"),
                Silence::Nothing => None,
            },
            cancels_on: notice.cancels_on.map(iso_date),
            refund_by: notice.refund_by.map(iso_date),
            state: match notice.state {
                NoticeState::Due => "due",
                NoticeState::Sent => "sent",
                NoticeState::Consented => "consented",
                NoticeState::Cancelled => "cancelled",
                NoticeState::Refunded => "refunded",
                NoticeState::Overdue => "overdue",
            },
        })
    }
}
