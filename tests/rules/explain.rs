//! What `explain` says, in stories for the engine alone: commands as in every table, and behind a row
//! `explain a 1` the sentences, each after a `-`. Day 0 of a story is 2024-10-04.

mod lateness;
mod terms;

use crate::table::commands::command;
use crate::table::words::instant;
use backorder::engine::{Engine, EngineOptions};
use backorder::model::outcome::{EventMode, Status};

/// Plays the commands, and holds what is explained against the sentences that follow.
fn explains(table: &'static str) {
    explains_of(EngineOptions::default(), table);
}

fn explains_of(options: EngineOptions, table: &'static str) {
    let mut engine = Engine::new(options);
    let mut now = instant("0d");
    let (mut said, mut expected) = (Vec::new(), Vec::new());
    for row in table.lines().map(str::trim).chain(["explain - -"]) {
        if let Some(sentence) = row.strip_prefix("- ") {
            expected.push(sentence);
            continue;
        }
        let (at, rest) = row.split_once(' ').unwrap_or((row, ""));
        let timed = at.starts_with(|first: char| first.is_ascii_digit());
        let text = if timed { rest.trim() } else { row };
        now = if timed { instant(at) } else { now };
        if let Some(line) = text.strip_prefix("explain ") {
            assert_eq!(said, expected);
            let (order, line) = line.split_once(' ').unwrap_or((line, ""));
            (said, expected) = (engine.explain(order, line, now), Vec::new());
            let twice = said.iter().enumerate().find(|(place, one)| said[..*place].contains(one));
            assert_eq!(twice, None, "said twice");
        } else {
            let outcome = command(text).map(|command| engine.apply(&command, now, EventMode::Return));
            assert!(outcome.is_some_and(|outcome| outcome.status == Status::Applied), "{text}");
        }
    }
}

#[test]
fn s9_the_place_in_the_queue_and_who_is_ahead() {
    explains(
        r#"0d item pen
            supply s pen 30 due 5d
            place a pen 4
            place b pen 2
            hold h pen 1 ttl=30d
            place c pen 3
            place d pen 5
            place e pen 5 prio=200
            place f pen 6 prio=50
            explain e 1
                - Of 5 units of "pen": 5 waiting.
                - 21 units wait ahead of it, from the nearest on: 5 of order "d", 3 of order "c", 1 of hold "h" and 12 more.
                - The queue is served by priority, then first placed, first served; its priority is 200.
                - Supply "s", due on 2024-10-09, brings 5 of its units.
                - It is promised for 2024-10-09, and that is still expected.
            explain a 1
                - Of 4 units of "pen": 4 waiting.
                - 6 units wait ahead of it, from the nearest on: 6 of order "f".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-09, brings 4 of its units.
                - It is promised for 2024-10-09, and that is still expected.
            explain f 1
                - Of 6 units of "pen": 6 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 50.
                - Supply "s", due on 2024-10-09, brings 6 of its units.
                - It is promised for 2024-10-09, and that is still expected.
            explain x 1
            explain a 2"#,
    );
}

#[test]
fn s9_added_units_and_several_supplies() {
    explains(
        r#"0d item pen lead=10
            supply s pen 3 due 5d
            supply t pen 2 due 6d
            place a pen 2
            place b pen 1
         1d amend a 1 7
            explain a 1
                - Of 7 units of "pen": 7 waiting.
                - 3 units wait ahead of its last 5, from the nearest on: 1 of order "b" and 2 of its own order.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "t", due on 2024-10-10, brings 2 of its units.
                - No scheduled supply covers 3 of its units: the assumed lead time of 10 days from 2024-10-05 brings them on 2024-10-15.
                - It is promised for 2024-10-15, and that is still expected.
         12d explain a 1
                - Of 7 units of "pen": 7 waiting.
                - 3 units wait ahead of its last 5, from the nearest on: 1 of order "b" and 2 of its own order.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "t", due on 2024-10-10, is late and expected on 2024-10-16 at the earliest; it brings 2 of its units.
                - No scheduled supply covers 3 of its units, and the supply assumed instead was due on 2024-10-15.
                - It is promised for 2024-10-15; no date can be said now."#,
    );
}

#[test]
fn s9_late_supply_and_none() {
    explains(
        r#"0d item pen overdue=2/5 safety=2
            supply s pen 3 due 4d
            supply t pen 3 due 9d
            receive pen 1
            place a pen 4
            place b pen 4
         5d explain a 1
                - Of 4 units of "pen": 4 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - The safety stock lacks 1 unit and is filled first.
                - Supply "s", due on 2024-10-08, is late and expected on 2024-10-11 at the earliest; it brings 2 of its units.
                - Supply "t", due on 2024-10-13, brings 2 of its units.
                - It is promised for 2024-10-13, and that is still expected.
            explain b 1
                - Of 4 units of "pen": 4 waiting.
                - 4 units wait ahead of it, from the nearest on: 4 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - The safety stock lacks 1 unit and is filled first.
                - Supply "t", due on 2024-10-13, brings 1 of its units.
                - No scheduled supply covers 3 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
         9d explain a 1
                - Of 4 units of "pen": 4 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - The safety stock lacks 1 unit and is filled first.
                - Supply "t", due on 2024-10-13, brings 2 of its units.
                - Supply "s", due on 2024-10-08, is late and expected on 2024-10-15 at the earliest; it brings 2 of its units.
                - It is promised for 2024-10-13; it is now expected on 2024-10-15.
        10d explain a 1
                - Of 4 units of "pen": 4 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - The safety stock lacks 1 unit and is filled first.
                - Supply of 3 units is so late that it counts for nothing.
                - Supply "t", due on 2024-10-13, is late and expected on 2024-10-16 at the earliest; it brings 2 of its units.
                - No other scheduled supply covers 2 of its units, and nothing says when they come.
                - It is promised for 2024-10-13; no date can be said now."#,
    );
}

#[test]
fn s9_what_has_all_and_what_is_closed() {
    explains(
        r#"0d item pen
            receive pen 3
            place a pen 1
            place b pen 5
            place c pen 1
            place d pen 2
            place e pen 1
            explain a 1
                - Of 1 unit of "pen": 1 set aside.
                - It is promised for 2024-10-04, and that is still expected.
            ship a
            explain a 1
                - Of 1 unit of "pen": 1 shipped.
            cancel c
            explain c 1
                - Of 1 unit of "pen": 1 cancelled.
            explain b 1
                - Of 5 units of "pen": 2 set aside, 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 3 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly."#,
    );
}

#[test]
fn s2_ageing_and_promises_kept() {
    explains(
        r#"0d item pen ageing=3
            item ink promising=protect
            supply s pen 5 due 4d
            supply t ink 4 due 4d
            place a pen 2
            place b pen 2 prio=101
            explain b 1
                - Of 2 units of "pen": 2 waiting.
                - 2 units wait ahead of it, from the nearest on: 2 of order "a".
                - The queue is served by priority, one step earlier for each 3 days of waiting; its priority is 101.
                - Supply "s", due on 2024-10-08, brings 2 of its units.
                - It is promised for 2024-10-08, and that is still expected.
            place c ink 3
            place d ink 1 prio=10
            place e ink 1 prio=5
            explain d 1
                - Of 1 unit of "ink": 1 waiting.
                - Nothing waits ahead of it.
                - The queue is served as promised, since a promise made is a place kept, then by priority, then first placed, first served; its priority is 10.
                - Supply "t", due on 2024-10-08, brings 1 of its units.
                - It is promised for 2024-10-08, and that is still expected.
            explain e 1
                - Of 1 unit of "ink": 1 waiting.
                - 4 units wait ahead of it, from the nearest on: 3 of order "c" and 1 of order "d".
                - The queue is served as promised, those without a promise last, since a promise made is a place kept, then by priority, then first placed, first served; its priority is 5.
                - No scheduled supply covers 1 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly."#,
    );
}

#[test]
fn s8_protection_and_fair_share() {
    explains(
        r#"0d item pen protection=50:10/20:4
            supply s pen 5 due 3d
            supply t pen 10 due 5d
            place a pen 3
            place b pen 2 prio=40
            place c pen 2 prio=10
            explain a 1
                - Of 3 units of "pen": 3 waiting.
                - 4 units wait ahead of it, from the nearest on: 2 of order "b" and 2 of order "c".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Priorities above 50 must leave 10 units of "pen" available.
                - Supply "t", due on 2024-10-09, brings 1 of its units.
                - No scheduled supply covers 2 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            explain b 1
                - Of 2 units of "pen": 2 waiting.
                - 2 units wait ahead of it, from the nearest on: 2 of order "c".
                - The queue is served by priority, then first placed, first served; its priority is 40.
                - Priorities above 20 must leave 4 units of "pen" available.
                - Supply "t", due on 2024-10-09, brings 2 of its units.
                - It is promised for 2024-10-09, and that is still expected.
            explain c 1
                - Of 2 units of "pen": 2 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 10.
                - Supply "s", due on 2024-10-07, brings 2 of its units.
                - It is promised for 2024-10-07, and that is still expected.
            item ink sharing=fairShare
            supply u ink 4 due 2d
            place d ink 3
            place e ink 3
            explain d 1
                - Of 3 units of "ink": 3 waiting.
                - What comes of "ink" is shared among all that wait, in proportion to what each lacks; its date is the safe one, when the last of 6 units is there.
                - Supply "u", due on 2024-10-06, brings 4 of the 6.
                - No scheduled supply covers 2 of the 6, and nothing says when they come.
                - It is promised for 2024-10-06; no date can be said now.
            supply v ink 4 due 5d
            explain d 1
                - Of 3 units of "ink": 3 waiting.
                - What comes of "ink" is shared among all that wait, in proportion to what each lacks; its date is the safe one, when the last of 6 units is there.
                - Supply "u", due on 2024-10-06, brings 4 of the 6.
                - Supply "v", due on 2024-10-09, brings 2 of the 6.
                - It is promised for 2024-10-09, and that is still expected.
            place f ink 4
            cancel e
            explain f 1
                - Of 4 units of "ink": 4 waiting.
                - What comes of "ink" is shared among all that wait, in proportion to what each lacks; its date is the safe one, when the last of 7 units is there.
                - Supply "u", due on 2024-10-06, brings 4 of the 7.
                - Supply "v", due on 2024-10-09, brings 3 of the 7.
                - It is promised for 2024-10-09, and that is still expected."#,
    );
}

#[test]
fn s5_whole_lines() {
    explains(
        r#"0d item pen wholeLines=skip
            receive pen 1
            supply s pen 1 due 2d
            supply t pen 4 due 4d
            place a pen 3 fulfilment=line
            place b pen 2
            place c pen 2, pen 9 fulfilment=order
            explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - It takes nothing before it can have all that is lacking at once; others may be served before.
                - Playing the known supplies through the queue serves it on 2024-10-08.
                - It is promised for 2024-10-08, and that is still expected.
            explain b 1
                - Of 2 units of "pen": 1 set aside, 1 waiting.
                - 3 units wait ahead of it, from the nearest on: 3 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Playing the known supplies through the queue serves it on 2024-10-06.
                - It is promised for 2024-10-06, and that is still expected.
            explain c 1
                - Of 2 units of "pen": 2 waiting.
                - 4 units wait ahead of it, from the nearest on: 1 of order "b" and 3 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - It takes nothing before its order can have all that is lacking at once; others may be served before.
                - Playing the known supplies through the queue never serves it.
                - The order ships whole: every line has the date of the latest, which is this one.
                - It has no promise: no date can be said honestly."#,
    );
}

#[test]
fn s3_6_orders_for_later() {
    explains(
        r#"0d item pen
            supply s pen 3 due 2d
            supply t pen 9 due 8d
            place z pen 1 prio=50
            place a pen 2, pen 3 allocateFrom=5d
            place b pen 4
            explain a 2
                - Of 3 units of "pen": 3 waiting.
                - It is for later: it takes nothing before 2024-10-09, and then ranks by the instant at which it was placed.
                - 3 units wait ahead of it, from the nearest on: 2 of its own order and 1 of order "z".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Lines that rank behind it will have been given 2 units by 2024-10-09, if supply comes as expected.
                - Supply "t", due on 2024-10-12, brings 3 of its units.
                - It is promised for 2024-10-12, and that is still expected.
            item ink promising=protect
            receive ink 3
            place c ink 2 allocateFrom=5d
            place d ink 2
            explain c 1
                - Of 2 units of "ink": 2 waiting.
                - It is for later: it takes nothing before 2024-10-09, though it keeps the place of its promise.
                - Nothing waits ahead of it.
                - The queue is served as promised, since a promise made is a place kept, then by priority, then first placed, first served; its priority is 100.
                - What is available now covers 2 of its units.
                - It is promised for 2024-10-09, and that is still expected.
            explain d 1
                - Of 2 units of "ink": 1 set aside, 1 waiting.
                - 2 units wait ahead of it, from the nearest on: 2 of order "c".
                - The queue is served as promised, those without a promise last, since a promise made is a place kept, then by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 1 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            item cup sharing=fairShare
            receive cup 2
            place e cup 2 allocateFrom=5d
            explain e 1
                - Of 2 units of "cup": 2 waiting.
                - It is for later: it takes nothing before 2024-10-09.
                - What comes of "cup" is shared among all that wait, in proportion to what each lacks; its date is the safe one, when the last of 2 units is there.
                - What is available now covers 2 of the 2.
                - It is promised for 2024-10-09, and that is still expected.
            item pad
            receive pad 2
            place f pad 3 allocateFrom=5d
            explain f 1
                - Of 3 units of "pad": 3 waiting.
                - It is for later: it takes nothing before 2024-10-09, and then ranks by the instant at which it was placed.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - What is available now covers 2 of its units.
                - No scheduled supply covers 1 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            item log wholeLines=skip
            receive log 2
            place g log 1 fulfilment=line allocateFrom=5d
            explain g 1
                - Of 1 unit of "log": 1 waiting.
                - It is for later: it takes nothing before 2024-10-09, and then ranks by the instant at which it was placed.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - It takes nothing before it can have all that is lacking at once; others may be served before.
                - Playing the known supplies through the queue serves it on 2024-10-09.
                - It is promised for 2024-10-09, and that is still expected."#,
    );
}

#[test]
fn s9_a_place_with_a_calendar_says_when_it_sends_and_dates_are_its_own_days() {
    explains(
        "0d item pen
            location default days=1/2/3/4/5 off=3 cutoff=14:00 handling=1 zone=+600
            supply s pen 1 due 2d15h
            place a pen 1
            explain a 1
            - Of 1 unit of \"pen\": 1 waiting.
            - Nothing waits ahead of it.
            - The queue is served by priority, then first placed, first served; its priority is 100.
            - Supply \"s\", due on 2024-10-07, brings 1 of its units.
            - What is there leaves on Monday, Tuesday, Wednesday, Thursday and Friday, by the cut-off at 14:00, after 1 workday of handling, but for 1 holiday.
            - It is promised for 2024-10-09, and that is still expected.",
    );
}
