//! §7: kits.

use crate::table::play::story;

#[test]
fn s7_a_kit_has_the_smallest_number_that_its_components_make() {
    story(
        "0d item pen
            item ink
            item set components=pen:2/ink:1
            item box components=set:2/pen:1
            receive pen 11
            receive ink 9
            stock set                | 5 on hand, 5 free
            stock box                | 2 on hand, 2 free
            quote box 2              | inStock, 2 now, ships 0d by stock
            place a box 2            | ok: orderPlaced a, lineAllocated a/1 2, lineReady a/1 2, promiseMade a/1 0d
            stock pen                | 11 on hand, 10 set aside, 1 free
            stock ink                | 9 on hand, 4 set aside, 5 free
            stock set                |
            stock box                | 2 on hand, 2 set aside
            ship a 1 1               | ok: lineShipped a/1 1
            stock pen                | 6 on hand, 5 set aside, 1 free
            return a 1 1 restock     | ok: lineReturned a/1 1
            stock pen                | 11 on hand, 5 set aside, 6 free
            stock ink                | 9 on hand, 2 set aside, 7 free",
    );
}

#[test]
fn s7_each_component_is_set_aside_as_it_comes_and_whole_kits_ship() {
    story(
        "0d item pen
            item ink
            item set components=pen:2/ink:1
            place a set 2            | ok: orderPlaced a, lineBackordered a/1 2
            place b pen 2
            receive pen 3            | ok: stockReceived pen 3
            stock pen                | 3 on hand, 3 set aside, 3 wait
            queue pen                | a/1 1, b/1 2
            queue set                |
            order a                  | 1: 2 wait, promised -
            receive ink 1            | ok: stockReceived ink 1, lineAllocated a/1 1
            order a                  | 1: 1 set aside, 1 wait, promised -
            stock set                | 1 on hand, 1 set aside, 1 wait
            ship a                   | ok: lineShipped a/1 1
            stock pen                | 1 on hand, 1 set aside, 3 wait
            receive ink 1            | ok: stockReceived ink 1
            receive pen 1            | ok: stockReceived pen 1, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 0d
            queue pen                | b/1 2",
    );
}

#[test]
fn s7_a_component_stands_in_its_queue_at_the_kits_rank() {
    story(
        "0d item pen
            item ink
            item set components=pen:2/ink:1
            place late pen 1 prio=150
            place a set 1
            place early pen 1 prio=50
            queue pen                | early/1 1, a/1 2, late/1 1
            rank a 200
            queue pen                | early/1 1, late/1 1, a/1 2",
    );
}

#[test]
fn s7_caps_deny_and_safety_stock_are_the_components_maximum_and_lifecycle_the_kits() {
    story(
        "0d item pen backorders=deny
            item ink backorders=1 safety=1
            item set components=pen:1/ink:1 max=3
            receive pen 5
            receive ink 3
            stock set                | 2 on hand, 2 free
            place a set 4            | maxPerOrder lines[0].quantity
            place a set 3            | ok: orderPlaced a, lineAllocated a/1 2, lineBackordered a/1 1
            place b set 3            | outOfStock lines[0].quantity
            place b set 1            | backorderLimit lines[0].quantity
            place b ink 1            | backorderLimit lines[0].quantity
            item cap life=discontinued
            item hat components=cap:1
            place c cap 1            | outOfStock lines[0].quantity
            place c hat 1            | ok
            item hat life=discontinued
            place d hat 1            | outOfStock lines[0].quantity",
    );
}

#[test]
fn s7_a_component_that_is_named_twice_adds_up() {
    story(
        "0d item pen
            item trio components=pen:1/pen:2
            receive pen 7
            stock trio               | 2 on hand, 2 free
            place a trio 1
            stock pen                | 7 on hand, 3 set aside, 4 free",
    );
}

#[test]
fn s7_a_kit_is_not_made_of_itself_nor_of_what_is_unknown() {
    story(
        "0d item set components=pen:1   | unknownItem components[0].sku
            item pen
            item set components=pen:1/set:1 | cyclicComponents components[1].sku
            item set components=pen:1   | ok
            item set components=pen:1/set:1 | cyclicComponents components[1].sku
            item box components=set:1   | ok
            item set components=box:1   | cyclicComponents components[0].sku
            item pen components=box:1   | cyclicComponents components[0].sku
            item pen components=pen:0   | invalidCommand components[0].quantity",
    );
}

#[test]
fn s7_components_do_not_change_while_open_lines_exist() {
    story(
        "0d item pen
            item ink
            item set components=pen:1
            item box components=set:2
            place a box 1
            item set components=pen:1 max=9  | ok
            item set components=pen:2        | conflictingSettings components
            item box components=pen:1        | conflictingSettings components
            item set components=none         | conflictingSettings components
            cancel a
            item set components=pen:2        | ok
            receive ink 1
            item ink components=pen:1        | conflictingSettings components
            place b pen 1
            item pen components=ink:1        | conflictingSettings components",
    );
}

#[test]
fn s7_stock_commands_on_a_kit_are_refused() {
    story(
        "0d item pen
            item set components=pen:2
            receive set 1            | isAKit sku
            receive set@north 1      | unknownLocation location
            count set 1              | isAKit sku
            supply s set 1 due 2d    | isAKit sku
            rebalance skus=pen/set redistribute | isAKit skus[1]",
    );
}

#[test]
fn s7_a_kit_is_made_of_what_stands_in_one_place() {
    story(
        "0d item pen
            item ink
            item set components=pen:1/ink:1
            location east
            location west
            receive pen@east 3
            receive ink@east 1
            receive pen@west 1
            receive ink@west 3
            stock set                | 2 on hand, 2 free
            stock set@east           | 1 on hand, 1 free
            place a set 2
            order a                  | 1: 2 set aside, promised 0d [east 1 set aside] [west 1 set aside]
            place b set@west 1       | ok: orderPlaced b, lineBackordered b/1@west 1
            stock ink@west           | 3 on hand, 2 set aside, 1 free
            stock pen@west           | 1 on hand, 1 set aside, 1 wait",
    );
}

#[test]
fn s9_a_kit_comes_with_its_slowest_component() {
    story(
        "0d item pen
            item ink lead=8
            item set components=pen:1/ink:1
            supply p pen 5 due 3d
            supply i ink 2 due 6d
            place a set 2
            order a                  | 1: 2 wait, promised 6d
            pegs a                   | 1: 2 from i 6d
            place b set 1
            order b                  | 1: 1 wait, 2 ahead, promised 8d
            move p due 9d            | ok: supplyMoved p 5 3d>9d, promiseMoved a/1 6d>9d, promiseMoved b/1 8d>9d",
    );
}

#[test]
fn s7_a_supply_of_what_is_a_kit_by_now_is_not_opened_again() {
    story(
        "0d item pen
            item set
            supply s set 2 due 3d
            drop s                   | ok: supplyCancelled s 2
            item set components=pen:2 | ok
            move s due 4d to 1       | isAKit sku",
    );
}

#[test]
fn s10_a_kit_ships_by_its_own_release_and_not_by_that_of_what_it_is_made_of() {
    story(
        "0d item pen life=preorder
            item set components=pen
            place a set 3, pen 4     | ok: orderPlaced a, lineBackordered a/1 3, lineBackordered a/2 4
            supply s pen 9 due 3d    | ok: supplyScheduled s 9 3d, promiseMade a/1 3d
            move s to 2              | ok: supplyMoved s 2 3d>3d, promiseMoved a/1 3d>-
            supply t pen 1 due 4d    | ok: supplyScheduled t 1 4d, promiseMade a/1 4d",
    );
}

#[test]
fn s6_of_a_kit_in_several_places_the_worst_rank_is_given_up_first() {
    story(
        "0d location east
            location west
            item pen
            item set components=pen:3
            place a set 2            | ok: orderPlaced a, lineBackordered a/1@east 2
            relocate a 1 from east to west 2 | ok
            amend a 1 3              | ok: lineBackordered a/1@east 1
            amend a 1 2              | ok: nothing
            order a                  | 1: 2 wait, promised - [west 2 wait]",
    );
}

#[test]
fn s6_what_several_parts_of_a_kit_make_together_ships_as_the_best_of_them() {
    story(
        "0d location east
            location west
            item pen
            item ink
            item set components=pen/ink
            place a set 3            | ok: orderPlaced a, lineBackordered a/1@east 3
            receive pen@west 2
            receive ink@west 2
            amend a 1 5              | ok: lineAllocated a/1@west 2
            relocate a 1 from east to west 3 | ok: lineBackordered a/1@west 3
            receive pen@west 1       | ok: stockReceived pen@west 1
            count pen@west 2         | ok: stockCounted pen@west 2
            ship a 1 2               | ok: lineShipped a/1@west 2
            order a                  | 1: 3 wait, 2 shipped, 1 ahead, promised - [west 3 wait, 2 shipped]
            queue pen@west           | a/1@west 1, a/1@west 2
            queue ink@west           | a/1@west 1, a/1@west 2",
    );
}

#[test]
fn s5_a_kit_takes_what_it_skips_when_its_other_components_come() {
    story(
        "0d item pen
            item cap wholeLines=skip
            item set components=pen:1/cap:2
            place a set 3 fulfilment=line
            receive cap 9 | ok: stockReceived cap 9
            receive pen 4 | ok: stockReceived pen 4, lineAllocated a/1 3, lineReady a/1 3, promiseMade a/1 0d",
    );
}
