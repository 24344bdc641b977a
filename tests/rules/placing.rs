//! §3: placing an order, and quoting what placing would do.

use crate::table::play::story;

#[test]
fn s3_1_the_first_reason_that_applies_refuses_the_whole_order() {
    story(
        "0d item pen max=2 backorders=deny
            item ink
            place a ink 1, brush 1           | unknownItem lines[1].sku
            place a ink@elsewhere 1          | unknownLocation lines[0].locations[0]
            place a ink@default/default 1    | invalidCommand lines[0].locations[1]
            place a pen 3                    | maxPerOrder lines[0].quantity
            place a ink 1, pen 1             | outOfStock lines[1].quantity
            place a pen 1, brush 1           | outOfStock lines[0].quantity
            place a pen 0                    | invalidCommand lines[0].quantity
            place a pen 0, brush 1           | invalidCommand lines[0].quantity
            order a                          | unknown
            stock ink                        |",
    );
}

#[test]
fn s3_2_demand_adds_up_over_the_lines_of_one_order() {
    story(
        "0d item pen backorders=deny
            receive pen 3
            place a pen 2, pen 2     | outOfStock lines[1].quantity
            stock pen                | 3 on hand, 3 free
            place a pen 2, pen 1     | ok
            stock pen                | 3 on hand, 3 set aside
            item ink max=3
            place b ink 2, ink 2     | maxPerOrder lines[1].quantity
            item cap backorders=3
            place b cap 2, cap 2     | backorderLimit lines[1].quantity
            place b 1 cap 1, 1 cap 1 | invalidCommand lines[1].line",
    );
}

#[test]
fn s3_3_a_line_takes_what_is_there_and_waits_for_the_rest() {
    story(
        "0d item pen
            receive pen 2
            place a pen 5 | ok: orderPlaced a, lineAllocated a/1 2, lineBackordered a/1 3
            place b pen 1 | ok: orderPlaced b, lineBackordered b/1 1
            stock pen     | 2 on hand, 2 set aside, 4 wait",
    );
}

#[test]
fn s3_3_the_cap_counts_what_waits_for_orders_and_carts_and_what_is_new() {
    story(
        "0d item pen backorders=5
            receive pen 1
            place a pen 3              | ok
            hold h pen 2 ttl=3600000   | ok
            place b pen 2              | backorderLimit lines[0].quantity
            place b pen 1              | ok
            count pen 0                | ok: stockCounted pen 0, lineDeallocated a/1 1
            stock pen                  | 6 wait
            place c pen 1              | backorderLimit lines[0].quantity
         0d1h receive pen 2            | ok
            place c pen 2              | ok",
    );
}

#[test]
fn s3_4_latest_itself_is_in_time_and_no_promise_is_too_late() {
    story(
        "0d item pen
            supply s pen 3 due 5d
            place a pen 1 latest=5d-1 | tooLate lines[0]
            place a pen 1 latest=5d   | ok
            place b pen 3 latest=9d   | tooLate lines[0]
            receive pen 1 from s
            place c pen 1 latest=5d notBefore=5d+1 | tooLate lines[0]",
    );
}

#[test]
fn s3_4_a_discontinued_item_sells_what_is_left() {
    story(
        "0d item pen life=discontinued
            receive pen 2
            quote pen 2    | inStock, 2 now, ships 0d by stock
            quote pen 3    | discontinued, 2 now, no date, none
            place a pen 3  | outOfStock lines[0].quantity
            place a pen 2  | ok
            quote pen 1    | discontinued, no date, none",
    );
}

#[test]
fn s3_5_a_trimmed_order_takes_what_can_be_had() {
    story(
        "0d item pen backorders=deny
            item ink backorders=2
            receive pen 3
            receive ink 1
            place a pen 5, ink 5 shortfall=trim | ok refused 1 2, 2 2: orderPlaced a, lineAllocated a/1 3, lineReady a/1 3, promiseMade a/1 0d, lineAllocated a/2 1, lineBackordered a/2 2
            order a                  | 1: 3 set aside, promised 0d; 2: 1 set aside, 2 wait, promised -",
    );
}

#[test]
fn s3_5_a_line_that_is_left_with_nothing_is_not_part_of_the_order() {
    story(
        "0d item pen backorders=deny
            item ink backorders=deny
            receive ink 2
            place a x pen 2, y ink 1, z ink 3 shortfall=trim | ok refused x 2, z 2: orderPlaced a, lineAllocated a/y 1, lineReady a/y 1, promiseMade a/y 0d, lineAllocated a/z 1, lineReady a/z 1, promiseMade a/z 0d
            order a                  | y: 1 set aside, promised 0d; z: 1 set aside, promised 0d
            cancel a x               | unknownLine lines[0]
            place b pen 1, ink 1 shortfall=trim | outOfStock lines[0].quantity
            order b                  | unknown",
    );
}

#[test]
fn s3_5_what_is_trimmed_to_what_can_be_had_whole_is_had_in_time() {
    story(
        "0d item pen backorders=7 wholeLines=skip
            item ink
            receive pen 7
            receive ink 3
            place a pen 2, pen 30, ink 3 fulfilment=order shortfall=trim latest=2d | ok refused 2 25: orderPlaced a, lineBackordered a/1 2, promiseMade a/1 0d, lineBackordered a/2 5, promiseMade a/2 0d, lineAllocated a/3 3, lineReady a/3 3, promiseMade a/3 0d, lineAllocated a/1 2, lineReady a/1 2, lineAllocated a/2 5, lineReady a/2 5",
    );
}

#[test]
fn s3_5_only_what_is_not_there_is_trimmed() {
    story(
        "0d item pen max=2
            item ink backorders=deny
            receive pen 9
            receive ink 1
            place a pen 3 shortfall=trim            | maxPerOrder lines[0].quantity
            place a brush 1 shortfall=trim          | unknownItem lines[0].sku
            place a ink 2, pen 3 shortfall=trim     | maxPerOrder lines[1].quantity
            item cap
            place a cap 1 latest=9d shortfall=trim  | tooLate lines[0]
            place a ink 2                           | outOfStock lines[0].quantity
            place a ink 2 shortfall=trim            | ok refused 1 1
            place a ink 2 shortfall=trim            | exists: nothing
            place a ink 2                           | existsWithDifferentContent order",
    );
}

#[test]
fn s3_5_a_kit_is_trimmed_to_the_whole_kits_that_every_component_allows() {
    story(
        "0d item pen backorders=deny
            item ink backorders=1
            item set components=pen:2/ink:1
            receive pen 7
            receive ink 1
            place a set 5 shortfall=trim | ok refused 1 3: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 1
            stock pen                | 7 on hand, 4 set aside, 3 free",
    );
}

#[test]
fn s3_7_what_is_quoted_is_what_is_placed() {
    story(
        "0d item pen
            receive pen 2
            supply s pen 4 due 3d
            quote pen 1          | inStock, 1 now, ships 0d by stock
            quote pen 5          | limited, 2 now, 3 wait, ships 3d by supply
            place a pen 5        | ok
            order a              | 1: 2 set aside, 3 wait, promised 3d
            quote pen 1          | backorder, 1 wait, 3 ahead, ships 3d by supply
            quote pen 2          | backorder, 2 wait, 3 ahead, no date, none
            quote pen 2 prio=1   | backorder, 2 wait, ships 3d by supply
            place b pen 2 prio=1 | ok
            order b              | 1: 2 wait, promised 3d",
    );
}

#[test]
fn s3_7_where_placing_would_refuse_a_quote_has_no_date() {
    story(
        "0d item pen backorders=deny max=4
            receive pen 3
            quote pen 3   | inStock, 3 now, ships 0d by stock
            quote pen 4   | outOfStock, 3 now, no date, none
            quote pen 5   | outOfStock, 3 now, no date, none
            quote brush 1 | outOfStock, no date, none",
    );
}

#[test]
fn s3_7_a_preorder_is_one_until_its_release() {
    story(
        "0d item pen life=5d
            receive pen 1
            quote pen 1        | preorder, 1 now, ships 5d by stock
         5d-1 quote pen 1      | preorder, 1 now, ships 5d by stock
         5d quote pen 1        | inStock, 1 now, ships 5d by stock
            item pen life=preorder
            quote pen 1        | preorder, 1 now, no date, none",
    );
}

#[test]
fn s3_9_a_definition_sent_again_changes_only_what_it_gives() {
    story(
        "0d item pen safety=2 max=9
            receive pen 3
            place a pen 3         | ok: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 2
            item pen safety=1     | ok: lineAllocated a/1 1
            place b pen 10        | maxPerOrder lines[0].quantity
            item pen backorders=deny | ok: nothing
            queue pen             | a/1 1
            place b pen 1         | outOfStock lines[0].quantity
            item pen backorders=none max=none safety=none
            place b pen 10        | ok
            queue pen             | b/1 10",
    );
}

#[test]
fn s3_1_of_lines_that_are_taken_together_none_is_too_late_before_all_are_there() {
    story(
        "0d item pen wholeLines=skip
            item ink backorders=1
            receive pen 2
            supply s pen 3 due 1d
            place a pen 2, brush 1 fulfilment=order latest=0d  | unknownItem lines[1].sku
            place a pen 3, ink 2 fulfilment=order latest=0d    | backorderLimit lines[1].quantity
            place a pen 3, pen 3 fulfilment=order latest=2d    | tooLate lines[0]
            place a ink 1, pen 3 latest=2d                     | tooLate lines[0]
            place a pen 3, pen 2 fulfilment=order latest=2d",
    );
}

#[test]
fn s3_7_what_is_placed_beside_an_order_for_later_is_what_was_quoted() {
    story(
        "0d item pen promising=protect protection=0:3
            receive pen 3
            place l pen 2 prio=1 allocateFrom=2d notBefore=4d
            receive pen 3            | ok: stockReceived pen 3, promiseMade l/1 4d
            quote pen 2 prio=1       | limited, 1 now, 1 wait, 2 ahead, no date, none
            place a pen 2 prio=1     | ok: orderPlaced a, lineAllocated a/1 1, lineBackordered a/1 1
            stock pen                | 6 on hand, 1 set aside, 5 free, 3 wait",
    );
}

#[test]
fn s3_7_what_is_placed_keeps_what_was_quoted_though_another_is_promised_before_it() {
    story(
        "0d item pen promising=protect protection=50:3
            receive pen 3
            supply s pen 5 due 2d
            place a pen 1            | ok: orderPlaced a, lineBackordered a/1 1, promiseMade a/1 2d
            place b pen 4            | ok: orderPlaced b, lineBackordered b/1 4, promiseMade b/1 2d
            quote pen 4 prio=10      | limited, 3 now, 1 wait, 5 ahead, no date, none
            place c pen 4 prio=10    | ok: orderPlaced c, lineAllocated c/1 3, lineBackordered c/1 1, promiseMoved b/1 2d>-
            quote pen 1              | backorder, 1 wait, 1 ahead, ships 2d by supply
            place d pen 1            | ok: orderPlaced d, lineBackordered d/1 1, promiseMade d/1 2d, promiseMade c/1 2d
            item ink                 | ok: nothing
            receive pen 1            | ok: stockReceived pen 1, lineAllocated c/1 1, lineReady c/1 4",
    );
}

#[test]
fn s3_7_who_was_quoted_no_date_though_there_is_one_by_now_gets_it_by_the_next_command() {
    story(
        "0d item pen promising=protect protection=50:3
            receive pen 3
            supply s pen 5 due 2d
            place a pen 5            | ok: orderPlaced a, lineBackordered a/1 5, promiseMade a/1 2d
            place b pen 4 prio=10    | ok: orderPlaced b, lineAllocated b/1 3, lineBackordered b/1 1, promiseMoved a/1 2d>-
            item ink                 | ok: promiseMade b/1 2d
            order b                  | 1: 3 set aside, 1 wait, promised 2d",
    );
}
