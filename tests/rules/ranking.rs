//! §2: who is served first.

use crate::table::play::story;

#[test]
fn s2_equal_priority_is_first_placed_first_served() {
    story(
        "0d   item pen
         0d   place b pen 1   | ok
         0d1h place a pen 1   | ok
              queue pen       | b/1 1, a/1 1
              receive pen 1   | ok: stockReceived pen 1, lineAllocated b/1 1, lineReady b/1 1, promiseMade b/1 0d1h",
    );
}

#[test]
fn s2_a_better_priority_overtakes_the_queue_and_takes_nothing_that_is_set_aside() {
    story(
        "0d   item pen
              receive pen 1
              place a pen 3         | ok
         0d1h place b pen 2 prio=50 | ok
              queue pen             | b/1 2, a/1 2
              order a               | 1: 1 set aside, 2 wait, 2 ahead, promised -
              receive pen 3         | ok
              stock pen             | 4 on hand, 4 set aside, 1 wait
              queue pen             | a/1 1",
    );
}

#[test]
fn s2_the_same_instant_is_ranked_by_command_and_then_by_line() {
    story(
        "0d   item pen
              place z pen 1, pen 2  | ok
              place a pen 1, pen 1  | ok
              queue pen             | z/1 1, z/2 2, a/1 1, a/2 1",
    );
}

#[test]
fn s2_rank_does_not_depend_on_ids() {
    story(
        "0d   item pen
              place zebra x pen 1, a pen 1 | ok
              place ant pen 1              | ok
              queue pen                    | zebra/x 1, zebra/a 1, ant/1 1",
    );
}

#[test]
fn s2_age_overtakes_priority_at_a_known_rate() {
    story(
        "0d      item pen ageing=2
                 place old pen 1 prio=101   | ok
         1d23h   place young pen 1 prio=100 | ok
                 queue pen                  | young/1 1, old/1 1
         2d      place equal pen 1 prio=100 | ok
                 queue pen                  | young/1 1, old/1 1, equal/1 1
         2d1h    place younger pen 1 prio=100 | ok
                 queue pen                  | young/1 1, old/1 1, equal/1 1, younger/1 1",
    );
}

#[test]
fn s2_ageing_that_is_switched_on_ranks_the_queue_anew() {
    story(
        "0d   item pen
              place old pen 1 prio=110 | ok
         9d   place new pen 1          | ok
              queue pen                | new/1 1, old/1 1
              item pen ageing=1        | ok
              queue pen                | new/1 1, old/1 1
        11d   place late pen 1         | ok
              queue pen                | new/1 1, old/1 1, late/1 1
              item pen ageing=none     | ok
              queue pen                | new/1 1, late/1 1, old/1 1",
    );
}
