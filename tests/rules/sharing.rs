//! §8: sharing a shortage.

use crate::table::play::story;

#[test]
fn s8_protected_units_are_left_for_those_who_are_served_sooner() {
    story(
        "0d item pen protection=20:2/50:5
            receive pen 10
            place low pen 9          | ok: orderPlaced low, lineAllocated low/1 5, lineBackordered low/1 4
            stock pen                | 10 on hand, 5 set aside, 5 free, 4 wait
            quote pen 3              | backorder, 3 wait, 4 ahead, no date, none
            quote pen 4 prio=50      | limited, 3 now, 1 wait, no date, none
            quote pen 5 prio=20      | inStock, 5 now, ships 0d by stock
            place mid pen 4 prio=50  | ok: orderPlaced mid, lineAllocated mid/1 3, lineBackordered mid/1 1
            place top pen 2 prio=20  | ok: orderPlaced top, lineAllocated top/1 2, lineReady top/1 2, promiseMade top/1 0d
            stock pen                | 10 on hand, 10 set aside, 5 wait
            receive pen 2            | ok: stockReceived pen 2
            receive pen 1            | ok: stockReceived pen 1, lineAllocated mid/1 1, lineReady mid/1 4, promiseMade mid/1 0d
            receive pen 4            | ok: stockReceived pen 4, lineAllocated low/1 1
            stock pen                | 17 on hand, 12 set aside, 5 free, 3 wait",
    );
}

#[test]
fn s8_a_protected_line_ships_when_the_protected_units_are_covered_too() {
    story(
        "0d item pen protection=50:3
            supply s pen 4 due 2d
            supply t pen 4 due 5d
            quote pen 1              | backorder, 1 wait, ships 2d by supply
            quote pen 2              | backorder, 2 wait, ships 5d by supply
            quote pen 5              | backorder, 5 wait, ships 5d by supply
            quote pen 6              | backorder, 6 wait, no date, none
            quote pen 4 prio=50      | backorder, 4 wait, ships 2d by supply
            place a pen 2            | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 5d",
    );
}

#[test]
fn s8_protection_stands_beside_neither_ageing_nor_fair_share() {
    story(
        "0d item pen protection=50:3 ageing=2         | invalidCommand protection
            item pen protection=50:3 sharing=fairShare | invalidCommand protection
            item pen protection=50:3                  | ok
            item pen ageing=2                         | conflictingSettings protection
            item pen sharing=fairShare                | conflictingSettings protection
            item pen protection=none ageing=2         | ok
            item pen protection=50:3                  | conflictingSettings protection
            item ink protection=1:1/2:1/3:1/4:1/5:1/6:1/7:1/8:1/9:1 | limitExceeded protection
            item ink protection=1:1/2:1/3:1/4:1/5:1/6:1/7:1/8:1     | ok
            item cap protection=50:1/50:2             | invalidCommand protection[1].priority",
    );
}

#[test]
fn s8_fair_share_stands_beside_neither_protected_promises_nor_skipping() {
    story(
        "0d item pen sharing=fairShare promising=protect  | invalidCommand promising
            item pen sharing=fairShare wholeLines=skip    | invalidCommand wholeLines
            item pen promising=protect wholeLines=skip    | invalidCommand wholeLines
            item pen sharing=fairShare                    | ok
            item pen promising=protect                    | conflictingSettings promising
            item pen wholeLines=skip                      | conflictingSettings wholeLines
            item pen sharing=none promising=protect       | ok
            item pen wholeLines=skip                      | conflictingSettings wholeLines",
    );
}

#[test]
fn s8_fair_shares_are_in_proportion_to_what_each_lacks_and_ties_go_by_rank() {
    story(
        "0d item pen sharing=fairShare
            place a pen 3
            place b pen 3
            place c pen 3 prio=1
            receive pen 4            | ok: stockReceived pen 4, lineAllocated c/1 2, lineAllocated a/1 1, lineAllocated b/1 1
            place d pen 10
            receive pen 3            | ok: stockReceived pen 3, lineAllocated a/1 1, lineAllocated d/1 2
            queue pen                | c/1 1, a/1 1, b/1 2, d/1 8
            receive pen 20           | ok: stockReceived pen 20, lineAllocated c/1 1, lineReady c/1 3, lineAllocated a/1 1, lineReady a/1 3, lineAllocated b/1 2, lineReady b/1 3, lineAllocated d/1 8, lineReady d/1 10, promiseMade a/1 0d, promiseMade b/1 0d, promiseMade c/1 0d, promiseMade d/1 0d
            stock pen                | 27 on hand, 19 set aside, 8 free",
    );
}

#[test]
fn s8_the_date_of_a_fair_share_is_safe_and_looked_at_again_on_supply_changes_only() {
    story(
        "0d item pen sharing=fairShare
            supply s pen 4 due 2d
            supply t pen 6 due 4d
            place a pen 3            | ok: orderPlaced a, lineBackordered a/1 3, promiseMade a/1 2d
            place b pen 3            | ok: orderPlaced b, lineBackordered b/1 3, promiseMade b/1 4d
            place c pen 5 latest=9d  | tooLate lines[0]
            place c pen 4 latest=4d  | ok
            move t due 5d            | ok: supplyMoved t 6 4d>5d, promiseMoved a/1 2d>5d, promiseMoved b/1 4d>5d, promiseMoved c/1 4d>5d",
    );
}

#[test]
fn s8_a_rebalance_gives_by_its_steps() {
    story(
        "0d item pen
            receive pen 17
            place l pen 8 segment=lose
            place f pen 3 segment=fill
            place u pen 1
            place r pen 2 segment=share
            place g pen 2 segment=gain
            place w pen 1 segment=win
            amend f 1 6
            amend u 1 3
            amend r 1 3
            amend g 1 4
            amend w 1 5
            rebalance lose segment:lose, fill segment:fill, redistribute segment:share, gain segment:gain, win segment:win | ok changed l/1 8>0, u/1 1>2, r/1 2>3, g/1 2>4, w/1 1>5: lineDeallocated l/1 8, lineAllocated u/1 1, lineAllocated r/1 1, lineReady r/1 3, lineAllocated g/1 2, lineReady g/1 4, lineAllocated w/1 4, lineReady w/1 5, promiseMoved l/1 0d>-, promiseMade r/1 0d, promiseMade g/1 0d, promiseMade w/1 0d
            order f                  | 1: 3 set aside, 3 wait, 8 ahead, promised -
            stock pen                | 17 on hand, 17 set aside, 12 wait",
    );
}

#[test]
fn s8_a_rebalance_gives_first_to_those_who_must_not_lose() {
    story(
        "0d item pen
            receive pen 6
            place l pen 2 segment=lose
            place g pen 4 segment=gain
            place w pen 9 segment=win
            rebalance win segment:win, gain segment:gain, lose segment:lose | ok changed l/1 2>0, w/1 0>2: lineDeallocated l/1 2, lineAllocated w/1 2, promiseMoved l/1 0d>-
            order g                  | 1: 4 set aside, promised 0d",
    );
}

#[test]
fn s8_the_pool_is_what_was_set_aside_and_what_is_available() {
    story(
        "0d item pen protection=50:2
            receive pen 3
            place a pen 3            | ok: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 2
            stock pen                | 3 on hand, 1 set aside, 2 free, 2 wait
            rebalance redistribute   | ok changed a/1 1>3: lineAllocated a/1 2, lineReady a/1 3, promiseMade a/1 0d",
    );
}

#[test]
fn s8_frozen_orders_and_carts_are_left_alone() {
    story(
        "0d item pen
            receive pen 3
            place a pen 2 segment=poor
            hold h pen 1 ttl=0d1h
            place b pen 3 segment=rich
            freeze a
            rebalance win segment:rich, lose       | ok changed nothing: nothing
            thaw a
            rebalance win segment:rich, lose       | ok changed a/1 2>0, b/1 0>2: lineDeallocated a/1 2, lineAllocated b/1 2, promiseMoved a/1 0d>-
            freeze b
            rebalance lose segment:rich, win       | ok changed nothing: nothing
            stock pen                              | 3 on hand, 2 set aside, 1 held, 3 wait",
    );
}

#[test]
fn s8_the_first_rule_that_matches_counts_and_all_its_conditions_hold() {
    story(
        "0d item pen
            receive pen 4
            place a pen 2 segment=x prio=10
            place b pen 2 segment=x prio=90
            place c pen 2 segment=x prio=50
            place d pen 2 segment=y prio=50
            rebalance lose orders:e                                    | unknownOrder rules[0].match.orders[0]
            rebalance win segment:x prio:20-60, lose segment:x prio:60-, gain segment:x | ok changed c/1 0>2, b/1 2>0: lineAllocated c/1 2, lineReady c/1 2, lineDeallocated b/1 2, promiseMoved b/1 0d>-, promiseMade c/1 0d
            rebalance win orders:d prio:-50, lose orders:a/c segment:y | ok changed nothing: nothing
            rebalance win orders:d prio:-50, lose orders:a/c segment:x prio:-20 | ok changed a/1 2>0, d/1 0>2: lineDeallocated a/1 2, lineAllocated d/1 2, lineReady d/1 2, promiseMoved a/1 0d>-, promiseMade d/1 0d",
    );
}

#[test]
fn s8_a_rebalance_is_of_the_items_named_or_of_all() {
    story(
        "0d item pen
            item ink
            receive pen 1
            receive ink 1
            place a pen 1, ink 1 segment=poor
            place b pen 1, ink 1 segment=rich
            rebalance skus=pen/cap win segment:rich, lose  | unknownItem skus[1]
            rebalance skus=ink win segment:rich, lose      | ok changed a/2 1>0, b/2 0>1
            order b                                        | 1: 1 wait, promised -; 2: 1 set aside, promised 0d
            rebalance win segment:rich, lose               | ok changed a/1 1>0, b/1 0>1",
    );
}

#[test]
fn s8_who_still_waits_is_moved_to_where_units_are_available() {
    story(
        "0d item pen
            location east
            location west
            place a pen@east 2
            place b pen 2
            place c pen 2
            receive pen@west 3
            queue pen                | a/1@east 2, b/1@east 2, c/1@east 2
            rebalance redistribute   | ok changed b/1 0>2, c/1 0>1: lineAllocated b/1@west 2, lineReady b/1 2, lineAllocated c/1@west 1, promiseMade b/1 0d
            order a                  | 1: 2 wait, promised - [east 2 wait]
            order b                  | 1: 2 set aside, promised 0d [west 2 set aside]
            order c                  | 1: 1 set aside, 1 wait, 2 ahead, promised - [east 1 wait] [west 1 set aside]",
    );
}

#[test]
fn s8_a_fair_share_that_is_made_smaller_keeps_its_promise() {
    story(
        "0d item pen sharing=fairShare lead=11
            place a pen 3            | ok: orderPlaced a, lineBackordered a/1 3, promiseMade a/1 11d
         4d amend a 1 6              | ok: lineBackordered a/1 3, promiseMoved a/1 11d>15d
         12d amend a 1 1             | ok: nothing
            order a                  | 1: 1 wait, promised 15d, ships -",
    );
}

#[test]
fn s8_a_rebalance_that_changes_no_share_serves_nobody() {
    story(
        "0d item pen promising=protect protection=99:1 lead=5
            place a pen 2 prio=255
            receive pen 2            | ok: stockReceived pen 2, lineAllocated a/1 1
            place b pen 6 prio=99
            rebalance skus=pen lose  | ok changed nothing
            order b                  | 1: 6 wait, promised 5d",
    );
}

#[test]
fn s8_all_locations_are_divided_before_those_who_still_wait_are_served() {
    story(
        "0d item pen promising=protect
            location east
            location west
            receive pen@east 2
            receive pen@west 2
            supply s pen@east 2 due 5d
            supply t pen@west 2 due 5d
            place l pen@east 4, pen@west 4 allocateFrom=9d
            place w pen@east 1, pen@west 1 segment=rich
            place b pen@east 1, pen@west 1
            drop s                   | ok: supplyCancelled s@east 2, promiseMoved l/1 9d>-
            drop t                   | ok: supplyCancelled t@west 2, promiseMoved l/2 9d>-
            rebalance win segment:rich, fill | ok changed w/1 0>1, w/2 0>1, b/1 0>1, b/2 0>1: lineAllocated w/1@east 1, lineReady w/1 1, lineAllocated w/2@west 1, lineReady w/2 1, lineAllocated b/1@east 1, lineReady b/1 1, lineAllocated b/2@west 1, lineReady b/2 1, promiseMade w/1 0d, promiseMade w/2 0d, promiseMade b/1 0d, promiseMade b/2 0d",
    );
}

#[test]
fn s8_what_follows_from_shares_is_served_when_all_have_theirs() {
    story(
        "0d item pen
            item cap wholeLines=skip
            receive cap 9
            receive pen 8
            place a pen 9 prio=99
            place b pen 3 prio=255
            place c cap 1, pen 5 prio=100 fulfilment=order
            rebalance gain prio:100-, redistribute | ok changed a/1 8>0, c/2 0>5, b/1 0>3: lineDeallocated a/1 8, lineAllocated c/2 5, lineReady c/2 5, lineAllocated b/1 3, lineReady b/1 3, lineAllocated c/1 1, lineReady c/1 1, promiseMade b/1 0d, promiseMade c/1 0d, promiseMade c/2 0d",
    );
}

#[test]
fn s10_a_share_that_is_whole_is_held_against_its_promise() {
    story(
        "0d    item pen lead=3 sharing=fairShare
               place a pen 1           | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 3d
         3d12h place b pen 5
               order a                 | 1: 1 wait, promised 3d, ships -
               settle a notBefore=6d   | ok: nothing
               receive pen 8           | ok: stockReceived pen 8, lineAllocated a/1 1, lineReady a/1 1, lineAllocated b/1 5, lineReady b/1 5, promiseMoved a/1 3d>6d",
    );
}
