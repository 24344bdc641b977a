//! §15: reordering by rule.

use crate::table::play::story;

#[test]
fn s15_the_position_is_on_hand_and_incoming_less_what_waits_holds_included() {
    story(
        "0d item pen
            receive pen 6
            supply s pen 4 due 3d
            item pen reorder=sS point=9 upTo=20 | ok: nothing
            place a pen 6            | ok: orderPlaced a, lineAllocated a/1 6, lineReady a/1 6, promiseMade a/1 0d
            reorders                 |
            hold h pen 1 ttl=0d1h    | ok: holdPlaced h, lineBackordered h/1 1, promiseMade h/1 3d, reorderDue pen 11
            place b pen 2            | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 3d
            reorders                 | pen 13
            ship a
            reorders                 | pen 19",
    );
}

#[test]
fn s15_r_q_orders_the_fewest_multiples_that_lift_the_position_above_the_point() {
    story(
        "0d item pen reorder=rQ point=5 quantity=10 | ok: reorderDue pen 10
            place a pen 4            | ok: orderPlaced a, lineBackordered a/1 4
            reorders                 | pen 10
            place b pen 1            | ok: orderPlaced b, lineBackordered b/1 1
            reorders                 | pen 20
            item ink reorder=rQ point=5 quantity=3 minimum=10 multiple=4 | ok: reorderDue ink 12",
    );
}

#[test]
fn s15_the_other_policies_order_up_to_a_level() {
    story(
        "0d item pen reorder=sS point=2 upTo=10              | ok: reorderDue pen 10
            item ink reorder=baseStock point=9 upTo=10       | ok: reorderDue ink 10
            item cap reorder=sS point=2 upTo=10 minimum=25 multiple=10 | ok: reorderDue cap 30
            item hat reorder=baseStock point=5 upTo=0        | ok: nothing
            reorders                 | pen 10; ink 10; cap 30",
    );
}

#[test]
fn s15_it_is_told_once_per_crossing() {
    story(
        "0d item pen reorder=sS point=2 upTo=10 | ok: reorderDue pen 10
            receive pen 2            | ok: stockReceived pen 2
            receive pen 1            | ok: stockReceived pen 1
            reorders                 |
            place a pen 4            | ok: orderPlaced a, lineAllocated a/1 3, lineBackordered a/1 1, reorderDue pen 8
            ship a                   | ok: lineShipped a/1 3
            item pen reorder=sS point=2 upTo=20 | ok: reorderDue pen 21",
    );
}

#[test]
fn s15_a_rule_says_what_its_policy_needs() {
    story(
        "0d item pen reorder=rQ point=5            | invalidCommand reorder.quantity
            item pen reorder=rQ point=5 quantity=0 | invalidCommand reorder.quantity
            item pen reorder=sS point=5            | invalidCommand reorder.upTo
            item pen reorder=baseStock point=5     | invalidCommand reorder.upTo",
    );
}

#[test]
fn s15_positions_are_per_location() {
    story(
        "0d item pen
            location east
            location west
            item pen reorder=sS point=3 upTo=9 | ok: nothing
            receive pen@east 1       | ok: stockReceived pen@east 1, reorderDue pen@east 8
            place a pen@west 2       | ok: orderPlaced a, lineBackordered a/1@west 2, reorderDue pen@west 11
            receive pen@east 9
            reorders                 | pen@west 11",
    );
}

#[test]
fn s15_a_rule_taken_away_is_looked_at_nowhere() {
    story(
        "0d location east
            item pen reorder=none
            location west
            item pen reorder=sS point=3 upTo=9 | ok: nothing
            reorders                 |",
    );
}

#[test]
fn s15_a_rule_given_to_a_kit_counts_for_nothing() {
    story(
        "0d item pen
            item set components=pen:2 reorder=rQ point=2 quantity=5 | ok: nothing
            item set components=none | ok: nothing
            reorders                 |",
    );
}

#[test]
fn s15_a_place_that_a_line_had_left_is_none_of_its_substitute() {
    story(
        "0d location east
            location west
            item pen substitutes=ink
            item ink reorder=baseStock point=0 upTo=5
            place a pen 3
            relocate a 1 from east to west
            substitute a 1 ink       | ok: lineSubstituted a/1 3 ink, lineBackordered a/1@west 3, reorderDue ink@west 8
            reorders                 | ink@west 8
            relocate a 1 from west to east
            order a                  | 1: 3 wait, promised - [east 3 wait]",
    );
}

#[test]
fn s15_a_rule_counts_again_for_what_is_no_kit_any_more() {
    story(
        "0d item pen
            item set components=pen:5 reorder=rQ point=4 quantity=3
            place a set 2
            cancel a
            item set components=none | ok: reorderDue set 6",
    );
}

#[test]
fn s15_a_kit_was_where_its_line_has_been_moved() {
    story(
        "0d location east
            location west
            item pen
            item set components=pen:5
            place a set@east 2
            relocate a 1 from east to west
            cancel a
            item set components=none reorder=sS point=4 upTo=5 | ok: reorderDue set@east 5, reorderDue set@west 5",
    );
}
