use super::{Played, day, until};
use crate::estimate::civil::iso_date;
use crate::model::calendar::{Transition, Zone};
use crate::model::command::RegimeValue as Value;
use crate::notice::course::{Course, NoticeKind, NoticeState, Phase, Refusal, Until};
use crate::notice::delivery::{french_refund_by, french_surcharge_percent};
use crate::notice::scope::{Goods, Sale, ftc_applies};
use crate::notice::settings::base;
use crate::notice::stated::{Stated, ship_by};
use crate::notice::terms::{DELIVERY, FTC, Payment, Silence, Terms};
use crate::notice::workdays::US_WORKDAYS;

fn pair(vests: &str, refund_by: &str) -> Option<(String, String)> {
    Some((vests.into(), refund_by.into()))
}

#[test]
fn ftc_01_a_stated_day_passes_without_a_notice() {
    let stated = iso_date(ship_by(day("2026-09-01"), Stated::Days(3), &US_WORKDAYS));
    assert_eq!(stated, "2026-09-04");
    let mut line = Played::new(FTC, "2026-09-01", Some(&stated));
    line.on("2026-09-04");
    assert_eq!(line.course.phase, Phase::Open);
    line.on("2026-09-10");
    assert_eq!((line.course.phase, line.ended()), (Phase::Cancelled, pair("2026-09-05", "2026-09-16")));
}

/// The order of FTC-04 with the notice sent.
fn ftc_04() -> Played {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-08", "indefinite");
    assert!(line.send("2026-09-08", true, true));
    line
}

#[test]
fn ftc_04_unknown_length_and_silence() {
    let mut line = ftc_04();
    assert_eq!(line.notice().cancels_on, Some(day("2026-10-10")));
    line.on("2026-10-12");
    assert_eq!((line.course.phase, line.ended()), (Phase::Cancelled, pair("2026-10-11", "2026-10-21")));
}

#[test]
fn ftc_06_unknown_length_while_consent_is_awaited() {
    let mut line = ftc_04();
    line.on("2026-10-05");
    assert_eq!((line.course.phase, line.notice().state), (Phase::Open, NoticeState::Sent));
    // Looked at again on the day after.
    assert_eq!(line.course.next_day_end(&FTC), Some(day("2026-10-10")));
}

#[test]
fn ftc_07_the_buyer_cancels() {
    let mut line = ftc_04();
    line.cancel("2026-09-09");
    assert_eq!(line.notice().state, NoticeState::Cancelled);
    assert_eq!(line.notice().refund_by, Some(day("2026-09-18")));
}

#[test]
fn ftc_08_day_30_without_a_stated_day() {
    let mut line = Played::new(FTC, "2026-08-01", None);
    assert_eq!(iso_date(line.course.complies_until), "2026-08-31");
    for (now, phase) in
        [("2026-08-30", Phase::Open), ("2026-08-31", Phase::Open), ("2026-09-01", Phase::Cancelled)]
    {
        assert_eq!(line.on(now).course.phase, phase, "{now}");
    }
    assert_eq!(line.ended(), pair("2026-09-01", "2026-09-11"));
    let credit = Course::new(&FTC, day("2026-08-01"), None, Payment::SellerCredit);
    assert_eq!(iso_date(credit.complies_until), "2026-09-20");
}

#[test]
fn ftc_10_business_days() {
    let stated = ship_by(day("2026-09-02"), Stated::BusinessDays(5), &US_WORKDAYS);
    assert_eq!(iso_date(stated), "2026-09-10");
}

#[test]
fn ftc_11_scope() {
    let sale = Sale { remote: true, goods: Goods::Merchandise, cash_on_delivery: false };
    assert!(!ftc_applies(Sale { goods: Goods::SeedsOrPlants, ..sale }));
    assert!(!ftc_applies(Sale { cash_on_delivery: true, ..sale }));
    assert!(!ftc_applies(Sale { goods: Goods::Serial { issue: 2 }, ..sale }));
    assert!(ftc_applies(Sale { goods: Goods::Serial { issue: 1 }, ..sale }));
    assert!(!ftc_applies(Sale { goods: Goods::NegativeOptionPlan, ..sale }));
    assert!(!ftc_applies(Sale { goods: Goods::Service, ..sale }));
    assert!(!ftc_applies(Sale { remote: false, ..sale }));
    assert!(ftc_applies(sale));
}

/// FTC-12: silence first agreed to 5 September, and the renewed option was sent on the 3rd.
fn ftc_12() -> Played {
    let mut line = Played::new(FTC, "2026-08-01", Some("2026-08-19"));
    line.expect("2026-08-15", "2026-09-05");
    assert!(line.send("2026-08-16", true, false));
    line.expect("2026-09-02", "2026-09-25");
    assert!(line.send("2026-09-03", true, false));
    line
}

#[test]
fn ftc_12_silence_on_the_renewed_option_rejects() {
    let mut line = ftc_12();
    assert_eq!((line.notice().kind, line.notice().silence), (NoticeKind::RenewedOption, Silence::Cancels));
    line.on("2026-09-05");
    assert_eq!(line.course.phase, Phase::Open);
    line.on("2026-09-06");
    assert_eq!((line.course.phase, line.ended()), (Phase::Cancelled, pair("2026-09-06", "2026-09-16")));
}

#[test]
fn the_renewed_option_answered_on_its_last_day_stands() {
    let mut line = ftc_12();
    line.consent("2026-09-05", None);
    line.on("2026-09-25");
    assert_eq!((line.course.phase, line.course.agreed), (Phase::Open, until("2026-09-25")));
    line.on("2026-09-26");
    assert_eq!((line.course.phase, line.ended()), (Phase::Cancelled, pair("2026-09-26", "2026-10-06")));
}

#[test]
fn uk_01_thirty_days_from_the_contract() {
    let mut line = Played::new(base(Some("uk")).unwrap(), "2026-03-01", None);
    assert_eq!(iso_date(line.course.complies_until), "2026-03-31");
    line.expect("2026-03-10", "2026-04-20");
    let notice = line.notice();
    assert_eq!((notice.kind, notice.due), (NoticeKind::NewDate, day("2026-03-31")));
    assert_eq!((notice.silence, notice.cancels_on), (Silence::Nothing, None));
    line.on("2027-01-01");
    assert_eq!((line.course.phase, line.notice().state), (Phase::Open, NoticeState::Overdue));
}

#[test]
fn fr_01_fourteen_days_and_the_surcharge() {
    assert_eq!(iso_date(french_refund_by(day("2026-03-01"))), "2026-03-15");
    assert_eq!([0, 20, 45, 90].map(french_surcharge_percent), [0, 10, 20, 50]);
    assert_eq!([1, 30, 31, 60, 61].map(french_surcharge_percent), [10, 10, 20, 20, 50]);
    let mut french = DELIVERY;
    french.set("refundDays", &Value::Number(14)).unwrap();
    let mut line = Played::new(french, "2026-01-10", None);
    line.expect("2026-02-01", "2026-03-20");
    line.send("2026-02-01", false, false);
    line.cancel("2026-03-01");
    assert_eq!(line.notice().refund_by, Some(day("2026-03-15")));
}

#[test]
fn a_short_delay_is_one_of_thirty_days() {
    // (revised, what silence means, last day that the order stands if nobody answers)
    for (revised, silence, stands) in [
        ("2026-10-09", Silence::Consents, "2026-10-09"),
        ("2026-10-10", Silence::Consents, "2026-10-10"),
        ("2026-10-11", Silence::Cancels, "2026-10-10"),
        ("unknown", Silence::Cancels, "2026-10-10"),
    ] {
        let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
        line.expect("2026-09-05", revised);
        assert_eq!(line.notice().silence, silence, "{revised}");
        line.send("2026-09-10", true, true);
        assert_eq!(line.on(stands).course.phase, Phase::Open, "{revised}");
        let next = iso_date(day(stands) + 1);
        assert_eq!(line.on(&next).course.phase, Phase::Cancelled, "{revised}");
    }
}

#[test]
fn a_notice_sent_on_the_last_day_counts_and_one_sent_after_it_is_refused() {
    let late = |sent: &str| {
        let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
        line.expect("2026-09-05", "2026-09-20");
        let number = line.notice().number;
        line.on(sent);
        line.course.sent(&FTC, number, true, true)
    };
    assert_eq!(late("2026-09-09"), Ok(true));
    assert_eq!(late("2026-09-10"), Ok(true));
    assert_eq!(late("2026-09-11"), Err(Refusal::NoticeClosed));
}

#[test]
fn a_notice_without_the_choice_to_cancel_was_not_sent() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-05", "2026-09-20");
    assert!(!line.send("2026-09-06", false, true));
    assert_eq!(line.notice().state, NoticeState::Due);
    line.on("2026-09-11");
    assert_eq!(line.ended(), pair("2026-09-11", "2026-09-22"));
}

#[test]
fn an_unknown_length_needs_a_reason() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-05", "unknown");
    assert!(!line.send("2026-09-06", true, false));
    assert_eq!(line.notice().state, NoticeState::Due);
    assert!(line.send("2026-09-07", true, true));
    assert_eq!(line.on("2026-10-10").course.phase, Phase::Open);
}

#[test]
fn consent_to_an_unknown_length_leaves_a_right_to_cancel() {
    let mut line = ftc_04();
    line.consent("2026-10-10", None);
    assert_eq!(line.course.next_day_end(&FTC), None);
    // No more notices.
    line.expect("2026-11-01", "2027-03-01");
    assert_eq!((line.notice().state, line.course.unsent), (NoticeState::Consented, None));
    line.cancel("2027-02-28");
    assert_eq!(line.ended(), pair("2027-03-01", "2027-03-09"));
}

#[test]
fn consent_beyond_what_was_asked_replaces_the_day() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-05", "2026-09-20");
    line.send("2026-09-05", true, true);
    line.consent("2026-09-06", Some("2026-10-31"));
    line.expect("2026-09-15", "2026-10-31");
    assert_eq!(line.course.unsent, None);
    line.expect("2026-09-15", "2026-11-01");
    assert_eq!((line.notice().kind, line.notice().due), (NoticeKind::RenewedOption, day("2026-10-31")));
}

#[test]
fn a_notice_is_replaced_when_the_day_moves_and_withdrawn_when_it_is_early_again() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-05", "2026-09-20");
    let first = line.notice().number;
    line.expect("2026-09-05", "2026-09-20");
    assert_eq!(line.notice().number, first, "the same day is the same notice");
    line.expect("2026-09-06", "2026-10-20");
    assert_ne!(line.notice().number, first);
    assert_eq!(line.course.sent(&FTC, first, true, true), Err(Refusal::NoticeClosed));
    line.expect("2026-09-07", "2026-09-10");
    assert_eq!(line.course.notice(), None);
}

#[test]
fn answers_without_a_notice_are_refused() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.expect("2026-09-05", "2026-09-20");
    let today = day("2026-09-05");
    assert_eq!(line.course.consent(&FTC, None, today, 9), Err(Refusal::NothingDue));
    assert_eq!(line.course.cancel_by_buyer(&FTC, today), Err(Refusal::NothingDue));
    assert_eq!(line.course.refunded(), Err(Refusal::NothingDue));
    line.on("2026-09-11");
    assert_eq!(line.course.consent(&FTC, None, today, 9), Err(Refusal::NoticeClosed));
    assert_eq!(line.course.refunded(), Ok(()));
    assert_eq!(line.course.refunded(), Err(Refusal::NoticeClosed));
}

#[test]
fn a_refund_is_late_on_the_day_after() {
    let mut line = ftc_04();
    line.cancel("2026-09-09");
    assert_eq!(line.on("2026-09-18").notice().state, NoticeState::Cancelled);
    assert_eq!(line.on("2026-09-19").notice().state, NoticeState::Overdue);
    assert_eq!(line.course.refunded(), Ok(()));
}

#[test]
fn the_seller_gives_up() {
    let mut line = Played::new(FTC, "2026-09-01", Some("2026-09-10"));
    line.course.cancel_by_seller(&FTC, day("2026-09-04"), 5);
    let notice = line.notice();
    assert_eq!((notice.kind, notice.state, notice.number), (NoticeKind::Cancellation, NoticeState::Due, 5));
    assert_eq!((notice.revised, notice.refund_by), (None, Some(day("2026-09-16"))));
    assert!(line.send("2026-09-05", false, false));
    assert_eq!(line.notice().state, NoticeState::Sent);
}

#[test]
fn across_a_leap_day() {
    let mut line = Played::new(FTC, "2028-01-30", None);
    assert_eq!(iso_date(line.course.complies_until), "2028-02-29");
    assert_eq!(line.on("2028-02-29").course.phase, Phase::Open);
    assert_eq!(line.on("2028-03-01").course.phase, Phase::Cancelled);
    // 20 Feb 2028 is a Sunday; the 21st is Washington's Birthday, the 29th the sixth working day.
    assert_eq!(iso_date(US_WORKDAYS.nth_after(day("2028-02-20"), 7)), "2028-03-01");
}

#[test]
fn days_end_by_the_buyers_clock_where_it_changes() {
    use crate::estimate::zone::LocalClock;
    // New York puts its clock back at 06:00 UTC on 1 November 2026.
    let summer = Transition { from: 0, utc_offset_minutes: -240 };
    let winter = Transition { from: 1_793_512_800_000, utc_offset_minutes: -300 };
    let clock = LocalClock::new(&Zone::Changing { name: None, transitions: vec![summer, winter] });
    let hour = 3_600_000;
    let ends = |date: &str| clock.day_end(day(date));
    assert_eq!(ends("2026-10-31") % (24 * hour), 4 * hour);
    assert_eq!(ends("2026-11-01") % (24 * hour), 5 * hour);
    assert_eq!(ends("2026-11-01") - ends("2026-10-31"), 25 * hour);
    // An order of 23:30 on 2 October there is one of 3 October in UTC, and has until 1 November.
    let placed = ends("2026-10-02") - hour / 2;
    let line = Course::new(&FTC, clock.day(placed), None, Payment::Card);
    assert_eq!(line.next_day_end(&FTC).map(iso_date).as_deref(), Some("2026-11-01"));
}

#[test]
fn open_choices_are_settings() {
    let with = |settings: &[(&str, Value)]| {
        let mut terms = FTC;
        settings.iter().for_each(|(key, value)| terms.set(key, value).unwrap());
        terms
    };
    let refund = |terms: &Terms| terms.refund_by(day("2026-09-05"), Payment::Card).map(iso_date);
    let set = |key, value| refund(&with(&[(key, value)]));
    assert_eq!(refund(&FTC).as_deref(), Some("2026-09-16"));
    assert_eq!(set("refundWorkdays", Value::Number(6)).as_deref(), Some("2026-09-15"));
    assert_eq!(set("refundDays", Value::Number(7)).as_deref(), Some("2026-09-12"));
    assert_eq!(set("refundDays", Value::Number(0)), None);
    assert_eq!(set("weekdays", Value::Text("123456")).as_deref(), Some("2026-09-15"));
    assert_eq!(set("holidays", Value::Texts(vec![])).as_deref(), Some("2026-09-15"));
    assert_eq!(
        set("holidays", Value::Texts(vec!["2026-09-08", "2026-09-08"])).as_deref(),
        Some("2026-09-16")
    );
    let counts = [("vestingDayCounts", Value::Flag(true))];
    assert_eq!(
        with(&counts).refund_by(day("2026-09-08"), Payment::Card).map(iso_date).as_deref(),
        Some("2026-09-16")
    );
    let cycle = with(&[("billingCycleDays", Value::Number(30))]);
    let by = |payment| cycle.refund_by(day("2026-09-05"), payment).map(iso_date);
    assert_eq!(by(Payment::SellerCredit).as_deref(), Some("2026-10-05"));
    assert_eq!(by(Payment::Card).as_deref(), Some("2026-09-16"));
    let mut line = Played::new(with(&[("vestingDays", Value::Number(0))]), "2026-09-01", Some("2026-09-09"));
    assert_eq!(line.on("2026-09-10").notice().refund_by, Some(day("2026-09-18")));
    for (key, value) in [
        ("periodDays", Value::Number(367)),
        ("weekdays", Value::Text("")),
        ("weekdays", Value::Text("8")),
        ("holidays", Value::Text("none")),
        ("holidays", Value::Texts(vec!["2026-02-30"])),
        ("short", Value::Text("consent")),
        ("lapses", Value::Number(1)),
        ("", Value::Number(1)),
    ] {
        assert_eq!(with(&[]).set(key, &value), None, "{key} {value:?}");
    }
}

#[test]
fn a_regime_of_the_merchants_own() {
    assert_eq!(base(Some("none")), None);
    let mut own = base(None).unwrap();
    own.set("renewed", &Value::Text("cancels")).unwrap();
    let mut line = Played::new(own, "2026-09-01", None);
    line.expect("2026-09-05", "2026-10-20");
    assert_eq!((line.notice().kind, line.notice().silence), (NoticeKind::FirstOption, Silence::Nothing));
    line.send("2026-09-06", false, false);
    line.expect("2026-09-20", "2026-11-20");
    assert_eq!(
        (line.notice().kind, line.notice().cancels_on),
        (NoticeKind::RenewedOption, Some(day("2026-10-01")))
    );
    line.send("2026-09-21", false, false);
    assert_eq!(line.on("2026-10-02").course.phase, Phase::Cancelled);
    assert_eq!(line.course.expected, Until::Day(day("2026-11-20")));
}
