//! What is said of supplies that may be late, and of their suppliers.

use super::{explains, explains_of};
use backorder::engine::EngineOptions;

#[test]
fn s9_a_supply_that_may_be_late() {
    explains(
        r#"0d supplier acme late=0x50/2x30/6x20
            item pen
            supply s pen 5 due 10d supplier=acme
            place a pen 3
            explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s" of "acme" is due on 2024-10-14; going by 100 past receipts, 80 % come by 2 days after the date given.
                - By 2024-10-16, with a chance of 80 %, 3 of its units are there.
                - It is promised for 2024-10-16, and that is still expected.
            item pen quantile=955
            explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s" of "acme" is due on 2024-10-14; going by 100 past receipts, 95.5 % come by 6 days after the date given.
                - By 2024-10-20, with a chance of 95.5 %, 3 of its units are there.
                - It is promised for 2024-10-20, and that is still expected.
            item pen quantile=500
        13d explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s" of "acme", due on 2024-10-14, is 3 days late; going by 100 past receipts, 50 % of what is so late come by 6 days after the date given.
                - By 2024-10-20, with a chance of 50 %, 3 of its units are there.
                - It is promised for 2024-10-20, and that is still expected."#,
    );
}

#[test]
fn s9_a_date_at_its_word_is_said_to_be_the_suppliers() {
    explains(
        r#"0d supplier acme
            item pen overdue=2
            supply s pen 5 due 3d supplier=acme
            place a pen 3
            explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, the date of its supplier "acme", brings 3 of its units.
                - It is promised for 2024-10-07, and that is still expected.
         5d explain a 1
                - Of 3 units of "pen": 3 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, the date of its supplier "acme", is late and expected on 2024-10-11 at the earliest; it brings 3 of its units.
                - It is promised for 2024-10-07; it is now expected on 2024-10-11."#,
    );
}

#[test]
fn s9_several_supplies_of_which_some_may_be_late_or_early() {
    explains(
        r#"0d supplier acme late=-2x100
            supplier bolt
            item pen overdue=1/9
            supply s pen 2 due 1d
            supply t pen 2 due 2d supplier=bolt
            supply u pen 2 due 20d supplier=acme
            supply v pen 2 due 20d supplier=acme
            supply w pen 2 due 90d supplier=acme
            place a pen 7
            explain a 1
                - Of 7 units of "pen": 7 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s" is due on 2024-10-05.
                - Supply "t" is due on 2024-10-06, the date of its supplier "bolt".
                - Supply "u" of "acme" is due on 2024-10-24; going by 100 past receipts, 80 % come by 2 days before the date given.
                - 1 more supply may have come by then.
                - By 2024-10-05, with a chance of 80 %, 2 of its units are there.
                - By 2024-10-06, with a chance of 80 %, 2 of its units are there.
                - By 2024-10-22, with a chance of 80 %, 3 of its units are there.
                - It is promised for 2024-10-22, and that is still expected.
        12d explain a 1
                - Of 7 units of "pen": 7 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply of 4 units is so late that it counts for nothing.
                - Supply "u" of "acme" is due on 2024-10-24; going by 100 past receipts, 80 % come by 2 days before the date given.
                - Supply "v" of "acme" is due on 2024-10-24; going by 100 past receipts, 80 % come by 2 days before the date given.
                - Supply "w" of "acme" is due on 2025-01-02; going by 100 past receipts, 80 % come by 2 days before the date given.
                - By 2024-10-22, with a chance of 80 %, 4 of its units are there.
                - By 2024-12-31, with a chance of 80 %, 2 of its units are there.
                - No other scheduled supply covers 1 of its units, and nothing says when they come.
                - It is promised for 2024-10-22; no date can be said now."#,
    );
}

#[test]
fn s9_where_evidence_is_asked_for_it_says_which_supply_does_not_count() {
    explains_of(
        EngineOptions { require_evidence: true, ..EngineOptions::default() },
        r#"0d supplier acme
            item pen
            supply s pen 5 due 3d supplier=acme
            place a pen 1
            explain a 1
                - Of 1 unit of "pen": 1 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply of 5 units counts for nothing, as no receipt of its supplier is known and evidence is asked for.
                - No other scheduled supply covers 1 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly."#,
    );
}
