//! §12: ids, keys, time and limits; archiving.

use crate::table::play::story;

#[test]
fn s12_the_same_id_with_the_same_content_exists() {
    story(
        "0d item pen
            place a pen 1, pen 2         | ok
            place a 1 pen 1, 2 pen 2     | exists: nothing
            place a pen 1, pen 2 prio=100 | exists
            place a pen 1                | existsWithDifferentContent order
            hold h pen 1 ttl=9           | ok
            hold h pen 1 ttl=9           | exists
            hold h pen 1 ttl=8           | existsWithDifferentContent hold
            supply s pen 1 due 2d        | ok
            supply s pen 1 due 2d        | exists
            supply s pen 1 due 3d        | existsWithDifferentContent supply
            confirm h b                  | ok
            confirm h b                  | exists
            confirm h a                  | existsWithDifferentContent order
            place b pen 1                | existsWithDifferentContent order",
    );
}

#[test]
fn s12_a_key_is_looked_at_before_the_commands_own_id() {
    story(
        "0d item pen
            receive pen 1 key=k      | ok
            receive pen 1 key=k      | exists
            receive pen 2 key=k      | existsWithDifferentContent key
            place a pen 1 key=k      | existsWithDifferentContent key
            place a pen 1 key=l      | ok
            place a pen 1 key=m      | exists
            receive pen 1 key=m      | ok
            stock pen                | 2 on hand, 1 set aside, 1 free",
    );
}

#[test]
fn s12_a_refused_command_leaves_no_id_behind() {
    story(
        "0d item pen backorders=deny
            place a pen 1 key=k  | outOfStock lines[0].quantity
            receive pen 1
            place a pen 1 key=k  | ok",
    );
}

#[test]
fn s12_now_never_goes_back() {
    story(
        "0d item pen
         1d tick              | ok
         1d-1 tick            | timeWentBack
         1d-1 place a pen 0   | invalidCommand lines[0].quantity
         2d place a pen 0     | invalidCommand lines[0].quantity
         1d+1 tick            | ok
         3d place a brush 1   | unknownItem lines[0].sku
         2d tick              | timeWentBack",
    );
}

#[test]
fn s12_what_falls_due_between_two_commands_happens_first() {
    story(
        "0d item pen
            receive pen 2
            hold h pen 1 ttl=172800000 | ok
            place a pen 1              | ok
            place b pen 1              | ok
         9d place c brush 1            | unknownItem lines[0].sku: promiseBroken h/1 0d @1d, promiseBroken a/1 0d @1d, holdExpired h @2d, lineAllocated b/1 1 @2d, lineReady b/1 1 @2d, promiseMade b/1 2d @2d, promiseBroken b/1 2d @3d",
    );
}

#[test]
fn s12_a_read_brings_nothing_about() {
    story(
        "0d item pen
            supply s pen 1 due 1d
            place a pen 1 | ok
         9d order a       | 1: 1 wait, promised 1d, ships 9d
            wake          | 2d
         0d order a       | 1: 1 wait, promised 1d",
    );
}

#[test]
fn s12_what_is_archived_is_gone_and_its_id_stays_known() {
    story(
        "0d item pen
            receive pen 2
            supply s pen 1 due 1d
            drop s
            place a pen 1         | ok
            place b pen 1         | ok
            hold h pen 1 ttl=9    | ok
            ship a                | ok
         1d archive 0d            | ok
            order a               | 1: 1 shipped, promised 0d, ships -
            archive 1d            | ok
            order a               | unknown
            order b               | 1: 1 set aside, promised 0d, ships 1d
            cart h                | unknown
            supplies pen          |
            place a pen 1         | exists
            place a pen 2         | existsWithDifferentContent order
            supply s pen 1 due 1d | exists
            ship a                | unknownOrder order
            move s due 2d         | unknownSupply supply
            confirm h c           | holdExpired hold",
    );
}

#[test]
fn s12_events_of_what_is_archived_keep_their_names() {
    story(
        "0d item pen
            place a x pen 1         | ok
            cancel a                | ok
            receive pen 2
            place b y pen 1, z pen 1 | ok
         9d archive 9d | ok: promiseBroken b/y 0d @1d, promiseBroken b/z 0d @1d",
    );
}

#[test]
fn s3_1_what_there_are_no_numbers_for_is_refused_before_what_settings_refuse() {
    story(
        "0d item pen
            item ink backorders=deny
            item set components=ink:1/pen:1
            place a pen 9007199254740991 | ok
            place b set 1                | limitExceeded lines[0].quantity
            place c ink 1                | outOfStock lines[0].quantity
            item pen max=1
            place d pen 2                | limitExceeded lines[0].quantity",
    );
}

#[test]
fn s12_what_all_is_wanted_of_an_item_stays_a_number() {
    story(
        "0d item pen
            receive pen 9007199254740991 | ok
            receive pen 1                | limitExceeded quantity
            receive pen 9007199254740992 | invalidCommand quantity
            place a pen 9007199254740991 | ok
            place b pen 1                | limitExceeded lines[0].quantity
            count pen 0                  | ok
            stock pen                    | 9007199254740991 wait
            supply s pen 9007199254740991 due 1d | ok
            supply t pen 1 due 1d        | limitExceeded quantity
            move s to 9007199254740990   | ok
            supply t pen 1 due 1d        | ok",
    );
}

#[test]
fn s12_a_day_that_ends_after_the_last_instant_wakes_nobody() {
    story(
        "0d item pen
            supply s pen 1 due 104229991d | ok
            place a pen 1                 | ok
            order a                       | 1: 1 wait, promised 104229991d
            wake                          | never",
    );
}

#[test]
fn s12_numbers_are_0_or_more_where_nothing_else_is_said() {
    story(
        "0d item pen max=0
            place a pen 1          | maxPerOrder lines[0].quantity
            item pen max=none backorders=0 safety=0 lead=0 overdue=0/0
            place a pen 1          | backorderLimit lines[0].quantity
            receive pen 1
            place a pen 1 min=0    | ok
            count pen 0            | ok
            item pen ageing=0      | invalidCommand ageingDays
            item pen ageing=100000001 | limitExceeded ageingDays
            hold h pen 1 ttl=0     | invalidCommand ttl",
    );
}

#[test]
fn s12_what_exceeds_a_limit_after_too_long_a_sleep_lets_no_time_pass() {
    story(
        "0d item pen
            place a pen 1 allocateFrom=1d
         4000d hold h pen 1 ttl=9007199254740991 | limitExceeded ttl
         1d receive pen 1                        | ok: stockReceived pen 1, lineAllocated a/1 1, lineReady a/1 1, promiseMade a/1 1d",
    );
}

#[test]
fn s12_a_read_after_an_order_for_later_should_have_entered_dates_nothing_in_the_past() {
    story(
        "0d item pen
            receive pen 1
            place a pen 1 allocateFrom=1d
         2d order a | 1: 1 wait, promised 1d, ships 2d",
    );
}
