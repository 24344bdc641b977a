//! What could be had instead (§3.1, §3.7), what is offered for the wait, and `substitute` (§6).

use crate::table::play::story;

#[test]
fn s3_1_a_refusal_comes_with_what_could_be_had_instead() {
    story(
        "0d item pen backorders=deny substitutes=ink/cap/gone/ghost/pen/none-left
            item ink substitutes=pen
            item cap
            item gone life=discontinued
            item none-left backorders=deny
            receive cap 5
            receive gone 9
            supply s ink 9 due 3d
            place a pen 2            | outOfStock lines[0].quantity
            instead pen 2            | cap: inStock, 2 now, ships 0d by stock; ink: backorder, 2 wait, ships 3d by supply
            instead pen 2 latest=2d  | cap: inStock, 2 now, ships 0d by stock
            instead pen 6            | ink: backorder, 6 wait, ships 3d by supply; cap: limited, 5 now, 1 wait, no date, none
            instead cap 9            |",
    );
}

#[test]
fn s3_7_a_quote_names_what_would_be_sooner() {
    story(
        "0d item pen substitutes=ink/cap/brush
            item ink
            item cap
            item brush
            supply p pen 9 due 2d
            supply i ink 9 due 3d
            supply c cap 9 due 1d
            receive brush 1
            quote pen 1              | backorder, 1 wait, ships 2d by supply; or brush: inStock, 1 now, ships 0d by stock; or cap: backorder, 1 wait, ships 1d by supply
            receive pen 1
            quote pen 1              | inStock, 1 now, ships 0d by stock",
    );
}

#[test]
fn s6_a_substitute_keeps_the_place_in_the_queue_and_the_other_lines() {
    story(
        "0d   item pen substitutes=ink
              item ink
              item cap
              receive cap 1
              place x ink 1
              place a pen 2, cap 1
         0d1h place b ink 2
              substitute a 1 ink     | ok: lineSubstituted a/1 2 ink, lineBackordered a/1 2
              queue ink              | x/1 1, a/1 2, b/1 2
              queue pen              |
              order a                | 1: 2 wait, 1 ahead, promised -; 2: 1 set aside, promised 0d, ships 0d1h
              receive ink 2          | ok: stockReceived ink 2, lineAllocated x/1 1, lineReady x/1 1, lineAllocated a/1 1, promiseMade x/1 0d1h",
    );
}

#[test]
fn s6_what_a_substituted_line_had_goes_to_the_next_in_rank() {
    story(
        "0d item pen substitutes=ink
            item ink
            receive pen 1
            receive ink 1
            place a pen 1
            place c pen 1
            substitute a 1 ink       | ok: lineSubstituted a/1 1 ink, lineAllocated a/1 1, lineReady a/1 1, lineAllocated c/1 1, lineReady c/1 1, promiseMade c/1 0d
            stock pen                | 1 on hand, 1 set aside
            stock ink                | 1 on hand, 1 set aside",
    );
}

#[test]
fn s6_the_promise_stands_unless_the_substitute_comes_on_a_later_day() {
    story(
        "0d item pen substitutes=ink/cap
            item ink
            item cap
            supply p pen 9 due 3d
            supply i ink 9 due 1d
            supply c cap 9 due 5d
            place a pen 1
            place b pen 1
            substitute a 1 ink
            order a                  | 1: 1 wait, promised 3d, ships 1d
            substitute b 1 cap
            order b                  | 1: 1 wait, promised 5d",
    );
}

#[test]
fn s9_a_promise_that_stands_fixes_no_unit_of_the_substitute() {
    story(
        "0d item pen lead=9 substitutes=ink
            item ink lead=3 perDay=1
            place a pen 1        | ok
            substitute a 1 ink   | ok: lineSubstituted a/1 1 ink, lineBackordered a/1 1
            order a              | 1: 1 wait, promised 9d, ships 3d
            place b ink 8 prio=1 | ok: orderPlaced b, lineBackordered b/1 8, promiseMade b/1 10d, promiseMoved a/1 9d>11d",
    );
}

#[test]
fn s6_a_substitute_is_one_of_those_listed_and_can_be_had() {
    story(
        "0d item pen substitutes=ink/few/most
            item ink
            item cap
            item few backorders=deny
            item most max=1
            receive pen 1
            place a pen 2, pen 1
            substitute b 1 ink       | unknownOrder order
            substitute a 3 ink       | unknownLine line
            substitute a 1 brush     | unknownItem sku
            substitute a 1 cap       | notASubstitute sku
            substitute a 1 pen       | notASubstitute sku
            substitute a 1 few       | outOfStock sku
            substitute a 1 most      | maxPerOrder sku
            ship a 1 1
            substitute a 1 ink       | alreadyShipped line
            cancel a 2
            substitute a 2 ink       | alreadyCancelled line",
    );
}

#[test]
fn s3_7_an_incentive_is_offered_for_the_longest_wait_that_applies() {
    story(
        "0d item pen lead=10 incentives=3:tea/7:cake
            item ink lead=5 incentives=3:tea/7:cake
            item cap lead=2 incentives=3:tea/7:cake
            item hat incentives=7:cake/3:tea
            quote pen 1              | backorder, 1 wait, ships 10d by replenishment, offer cake
            quote ink 1              | backorder, 1 wait, ships 5d by replenishment, offer tea
            quote cap 1              | backorder, 1 wait, ships 2d by replenishment
            quote hat 1              | backorder, 1 wait, no date, none, offer cake
            receive pen 1
            quote pen 1              | inStock, 1 now, ships 0d by stock
            item hat backorders=deny
            quote hat 1              | outOfStock, no date, none",
    );
}

#[test]
fn s9_a_promise_that_a_substitute_keeps_fixes_no_unit_of_its_assumed_supply() {
    story(
        "0d item ink lead=2 perDay=1
            item pen lead=10 substitutes=ink
            place a pen 2            | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 10d
            substitute a 1 ink       | ok: lineSubstituted a/1 2 ink, lineBackordered a/1 2
            order a                  | 1: 2 wait, promised 10d, ships 3d
            place b ink 2 prio=50    | ok: orderPlaced b, lineBackordered b/1 2, promiseMade b/1 3d
            order a                  | 1: 2 wait, 2 ahead, promised 10d, ships 5d",
    );
}

#[test]
fn s6_a_kit_that_becomes_its_own_component_is_promised_with_what_it_gives_up() {
    story(
        "0d item pen
            item set components=pen:3 substitutes=pen
            receive pen 4
            place a set 2        | ok: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 1
            substitute a 1 pen   | ok: lineSubstituted a/1 2 pen, lineBackordered a/1 2, promiseMade a/1 0d, lineAllocated a/1 2, lineReady a/1 2",
    );
}

#[test]
fn s6_a_substitute_tells_place_by_place_what_it_takes_and_what_waits() {
    story(
        "0d location east
            location west
            item pen substitutes=ink
            item ink
            receive pen@west 1
            receive ink@east 1
            place a pen@east/west 2 sourcing=inOrder | ok: orderPlaced a, lineAllocated a/1@west 1, lineBackordered a/1@east 1
            substitute a 1 ink   | ok: lineSubstituted a/1 2 ink, lineBackordered a/1@west 1, lineAllocated a/1@east 1",
    );
}

#[test]
fn s6_what_a_substituted_line_waits_for_is_not_in_its_own_way() {
    story(
        "0d item pen promising=protect lead=4 batch=4 perDay=2
            item set components=pen:6 substitutes=pen
            place a pen 2, set 1     | ok: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 5d, lineBackordered a/2 1, promiseMade a/2 7d
            substitute a 2 pen       | ok: lineSubstituted a/2 1 pen, lineBackordered a/2 1
            order a                  | 1: 2 wait, promised 5d; 2: 1 wait, 2 ahead, promised 7d, ships 5d",
    );
    story(
        "0d item ink backorders=9
            item box components=ink:4
            item set components=ink:3 substitutes=box
            place b ink 1
            place a set 2, x ink 1
            substitute a 1 box       | backorderLimit sku
            queue ink                | b/1 1, a/1 6, a/x 1
            cancel a x
            substitute a 1 box       | ok: lineSubstituted a/1 2 box, lineBackordered a/1 2
            queue ink                | b/1 1, a/1 8",
    );
}

#[test]
fn s10_a_promise_that_a_substitute_took_is_made_again_with_what_the_line_gave_up() {
    story(
        "0d   item pen promising=protect
              item set components=pen:3 substitutes=pen
              receive pen 17
              place a set 5
         0d1h substitute a 1 pen     | ok: lineSubstituted a/1 5 pen, lineAllocated a/1 2, lineBackordered a/1 3, promiseMoved a/1 0d>-, lineAllocated a/1 3, lineReady a/1 5, promiseMade a/1 0d1h",
    );
}

#[test]
fn s6_of_a_line_that_shipped_in_part_and_is_cancelled_it_counts_that_it_is_cancelled() {
    story(
        "0d item pen substitutes=ink
            item ink
            receive pen 1
            place a pen 2
            ship a 1 1
            cancel a 1
            substitute a 1 ink       | alreadyCancelled line
            amend a 1 3              | alreadyCancelled line",
    );
}
