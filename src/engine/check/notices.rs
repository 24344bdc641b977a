//! What is wrong by itself with a regime, with what an order says of notices, and with an answer to one.

use super::{Check, Field, Name};
use crate::model::command::{Answer, Body, NoticeSettings, RegimeValue};
use crate::notice::settings::{MAX_HOLIDAYS, base};
use crate::notice::terms::FTC;

impl Check {
    pub(super) fn notices(&mut self, settings: Option<&NoticeSettings>) {
        let Some(settings) = settings else { return };
        self.optional_id(&Name("regime"), settings.regime);
        settings.buyer_zone.iter().for_each(|zone| self.zone(&Name("buyerZone"), zone));
    }

    pub(super) fn about_notices(&mut self, body: &Body) {
        match body {
            Body::DefineRegime { regime, base: named, settings } => {
                self.id(&Name("regime"), regime);
                if *regime == "none" {
                    self.invalid(&Name("regime"), "none is what an order has that names no regime");
                }
                if named.is_some_and(|named| base(Some(named)).is_none()) {
                    self.invalid(&Name("base"), "is \"ftc\", \"eu\" or \"uk\"");
                }
                for (key, value) in settings.iter().flatten().flatten() {
                    let path = Field(&Name("settings"), key);
                    match value {
                        RegimeValue::Texts(days) if days.len() > MAX_HOLIDAYS => {
                            self.at_most(&path.text(), days.len(), MAX_HOLIDAYS);
                        }
                        _ if FTC.clone().set(key, value).is_none() => {
                            self.invalid(&path, "is no setting of a regime, or no value of it");
                        }
                        _ => {}
                    }
                }
            }
            Body::NoticeSent { notice, .. } => self.id(&Name("notice"), notice),
            Body::Respond { order, line, answer, until } => {
                self.id(&Name("order"), order);
                self.optional_id(&Name("line"), *line);
                if *answer == Answer::Cancel && until.is_some() {
                    self.invalid(&Name("until"), "is for who consents; who cancels waits for nothing");
                }
            }
            Body::Refunded { order, line } => {
                self.id(&Name("order"), order);
                self.optional_id(&Name("line"), *line);
            }
            _ => {}
        }
    }
}
