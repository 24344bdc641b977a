//! What the places, the makeup and the terms of an item and an order have to do with a date.

use super::explains;

#[test]
fn s7_locations() {
    explains(
        r#"0d location east
            location north
            location west
            item pen
            receive pen@east 2
            receive pen@west 3
            supply s pen@west 9 due 3d
            place a pen 9
            explain a 1
                - Of 9 units of "pen": 3 set aside at "west", 4 waiting at "west", 2 set aside at "east".
                - When it was asked for, locations were chosen by "fewestParts": one that has all, else the fewest that have it together; what is lacking waits where its date is earliest.
                - What it lacks waits at "west"; no other location has an earlier date for it.
                - Nothing waits ahead of it at "west".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, brings 4 of its units.
                - It is promised for 2024-10-07, and that is still expected.
            place b pen@north/east 2 sourcing=inOrder
            explain b 1
                - Of 2 units of "pen": 2 waiting at "north".
                - When it was asked for, locations were chosen by "inOrder": what each has, in order; what is lacking waits where its date is earliest.
                - What it lacks waits at "north"; no other of its locations has an earlier date for it.
                - Nothing waits ahead of it at "north".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 2 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            place c pen 2 sourcing=earliest
            explain c 1
                - Of 2 units of "pen": 2 waiting at "west".
                - When it was asked for, locations were chosen by "earliest": the one with the earliest date for all of it.
                - What it lacks waits at "west"; no other location has an earlier date for it.
                - 4 units wait ahead of it at "west", from the nearest on: 4 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, brings 2 of its units.
                - It is promised for 2024-10-07, and that is still expected.
            place d pen@north 1
            explain d 1
                - Of 1 unit of "pen": 1 waiting at "north".
                - It was asked for from "north" alone.
                - 2 units wait ahead of it at "north", from the nearest on: 2 of order "b".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 1 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            relocate d 1 to west
            explain d 1
                - Of 1 unit of "pen": 1 waiting at "west".
                - It was asked for from "north" alone.
                - It was relocated to "west".
                - What it lacks waits at "west"; no other of its locations has an earlier date for it.
                - 6 units wait ahead of it at "west", from the nearest on: 2 of order "c" and 4 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, brings 1 of its units.
                - It is promised for 2024-10-07, and that is still expected.
            supply t pen@east 20 due 1d
            explain a 1
                - Of 9 units of "pen": 3 set aside at "west", 4 waiting at "west", 2 set aside at "east".
                - When it was asked for, locations were chosen by "fewestParts": one that has all, else the fewest that have it together; what is lacking waits where its date is earliest.
                - What it lacks would come earlier to "east", on 2024-10-05, if it were relocated.
                - Nothing waits ahead of it at "west".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-07, brings 4 of its units.
                - It is promised for 2024-10-07, and that is still expected.
            explain b 1
                - Of 2 units of "pen": 2 waiting at "north".
                - When it was asked for, locations were chosen by "inOrder": what each has, in order; what is lacking waits where its date is earliest.
                - What it lacks would come earlier to "east", on 2024-10-05, if it were relocated.
                - Nothing waits ahead of it at "north".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 2 of its units, and nothing says when they come.
                - It has no promise: no date can be said honestly.
            cancel c
            supply u pen@north 20 due 1d
            place e pen 5
            explain e 1
                - Of 5 units of "pen": 5 waiting at "east".
                - When it was asked for, locations were chosen by "fewestParts": one that has all, else the fewest that have it together; what is lacking waits where its date is earliest.
                - What it lacks waits at "east"; no other location has an earlier date for it.
                - Nothing waits ahead of it at "east".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "t", due on 2024-10-05, brings 5 of its units.
                - It is promised for 2024-10-05, and that is still expected."#,
    );
}

#[test]
fn s7_kits() {
    explains(
        r#"0d item board
            item screw
            item nail
            item glue
            item tea
            item box components=board:1/screw:4/nail:2/glue:1/tea:1
            receive board 3
            receive screw 6
            receive glue 1
            receive tea 1
            supply s screw 6 due 3d
            supply t nail 4 due 5d
            place z screw 1
            place a box 2
            explain a 1
                - Of 2 units of "box": 2 waiting.
                - The components set aside make 0 whole kits; it lacks 3 of "screw", 4 of "nail", 1 of "glue" and 1 other, and "tea" comes last.
                - Nothing waits ahead of its 1 of "tea".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 1 of its "tea", and nothing says when they come.
                - It has no promise: no date can be said honestly.
            receive tea 1
            receive glue 1
            receive nail 2
            explain a 1
                - Of 2 units of "box": 1 set aside, 1 waiting.
                - The components set aside make 1 whole kit; it lacks 3 of "screw" and 2 of "nail", and "nail" comes last.
                - Nothing waits ahead of its 2 of "nail".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "t", due on 2024-10-09, brings 2 of its "nail".
                - It is promised for 2024-10-09, and that is still expected.
            receive screw 3
            explain a 1
                - Of 2 units of "box": 1 set aside, 1 waiting.
                - The components set aside make 1 whole kit; it lacks 2 of "nail".
                - Nothing waits ahead of its 2 of "nail".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "t", due on 2024-10-09, brings 2 of its "nail".
                - It is promised for 2024-10-09, and that is still expected."#,
    );
}

#[test]
fn s9_capacity() {
    explains(
        r#"0d item pen lead=10 perDay=20 batch=50
            supply s pen 5 due 2d
            place a pen 45
            place b pen 20
            explain b 1
                - Of 20 units of "pen": 20 waiting.
                - 45 units wait ahead of it, from the nearest on: 45 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 20 of its units: the assumed lead time of 10 days from 2024-10-04 brings them on 2024-10-18, the last counting as unit 60 beyond what is scheduled, at 20 a day in batches of 50.
                - It is promised for 2024-10-18, and that is still expected.
            cancel a
            explain b 1
                - Of 20 units of "pen": 20 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-06, brings 5 of its units.
                - No scheduled supply covers 15 of its units: the assumed lead time of 10 days from 2024-10-04 brings them on 2024-10-18, the last counting as unit 60 beyond what is scheduled, at 20 a day in batches of 50.
                - It is promised for 2024-10-18, and that is still expected.
            supply t pen 5 due 30d
            explain b 1
                - Of 20 units of "pen": 20 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-06, brings 5 of its units.
                - Supply "t", due on 2024-11-03, brings 5 of its units.
                - No scheduled supply covers 10 of its units: the assumed lead time of 10 days from 2024-10-04 brings them on 2024-11-03 with the last supply scheduled, the last counting as unit 60 beyond what is scheduled, at 20 a day in batches of 50.
                - It is promised for 2024-11-03, and that is still expected."#,
    );
}

#[test]
fn s9_what_holds_it_back() {
    explains(
        r#"0d item pen life=9d
            item ink life=preorder
            item cup
            receive cup 5
            receive pen 5
            receive ink 5
            place a pen 1
            place b ink 1
            place c cup 1 notBefore=4d latest=6d
            place d cup 1, pen 1 fulfilment=order
            explain a 1
                - Of 1 unit of "pen": 1 set aside.
                - Nothing of it ships before its release on 2024-10-13.
                - It is promised for 2024-10-13, and that is still expected.
            explain b 1
                - Of 1 unit of "ink": 1 set aside.
                - Nothing of it ships before its release, which has no date.
                - It has no promise: no date can be said honestly.
            explain c 1
                - Of 1 unit of "cup": 1 set aside.
                - The order asks that nothing ships before 2024-10-08.
                - The buyer has no use for it after 2024-10-10.
                - It is promised for 2024-10-08, and that is still expected.
         7d explain c 1
                - Of 1 unit of "cup": 1 set aside.
                - The buyer has no use for it after 2024-10-10, and it is not expected by then.
                - It is promised for 2024-10-08; it is now expected on 2024-10-11.
            explain d 1
                - Of 1 unit of "cup": 1 set aside.
                - The order ships whole: every line has the date of the latest, which is line "2", "pen".
                - It is promised for 2024-10-13, and that is still expected.
            explain d 2
                - Of 1 unit of "pen": 1 set aside.
                - Nothing of it ships before its release on 2024-10-13.
                - The order ships whole: every line has the date of the latest, which is this one.
                - It is promised for 2024-10-13, and that is still expected.
            receive ink 1
            explain a 1
                - Of 1 unit of "pen": 1 set aside.
                - Nothing of it ships before its release on 2024-10-13.
                - It is promised for 2024-10-13, and that is still expected.
        10d explain a 1
                - Of 1 unit of "pen": 1 set aside.
                - It is promised for 2024-10-13; it is now expected on 2024-10-14.
            receive ink 1
            explain a 1
                - Of 1 unit of "pen": 1 set aside.
                - It was promised for 2024-10-13, which was not kept; it is now expected on 2024-10-14.
            place e cup 9
            item cup life=discontinued
            freeze e
            explain e 1
                - Of 9 units of "cup": 3 set aside, 6 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - No scheduled supply covers 6 of its units, and nothing says when they come.
                - "cup" is discontinued: what waits keeps its place, and no new order may wait.
                - The order is frozen: a rebalance takes nothing from it, and a count that finds too few takes from it last.
                - It has no promise: no date can be said honestly."#,
    );
}

#[test]
fn s9_alternatives_and_incentives() {
    explains(
        r#"0d item pen substitutes=ink/cup/pad incentives=0:tea/5:cake
            item ink
            item cup
            item pad
            supply s pen 5 due 6d
            supply t ink 9 due 2d
            supply u cup 9 due 9d
            place a pen 2
            place b pen 2 notBefore=7d
            place c pen 2
            explain a 1
                - Of 2 units of "pen": 2 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-10, brings 2 of its units.
                - 2 of "ink" in its place, ordered now, would ship on 2024-10-06.
                - For a wait from 2024-10-04 to 2024-10-10 the offer is "cake".
                - It is promised for 2024-10-10, and that is still expected.
            explain b 1
                - Of 2 units of "pen": 2 waiting.
                - 2 units wait ahead of it, from the nearest on: 2 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-10, brings 2 of its units.
                - The order asks that nothing ships before 2024-10-11.
                - For a wait from 2024-10-04 to 2024-10-11 the offer is "cake".
                - It is promised for 2024-10-11, and that is still expected.
            explain c 1
                - Of 2 units of "pen": 2 waiting.
                - 4 units wait ahead of it, from the nearest on: 2 of order "b" and 2 of order "a".
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-10, brings 1 of its units.
                - No scheduled supply covers 1 of its units, and nothing says when they come.
                - 2 of "ink" in its place, ordered now, would ship on 2024-10-06.
                - For a wait without a date the offer is "cake".
                - It has no promise: no date can be said honestly.
            receive pad 2
            explain a 1
                - Of 2 units of "pen": 2 waiting.
                - Nothing waits ahead of it.
                - The queue is served by priority, then first placed, first served; its priority is 100.
                - Supply "s", due on 2024-10-10, brings 2 of its units.
                - 2 of "pad" in its place, ordered now, would ship on 2024-10-04.
                - For a wait from 2024-10-04 to 2024-10-10 the offer is "cake".
                - It is promised for 2024-10-10, and that is still expected.
         1d receive pen 2
            explain a 1
                - Of 2 units of "pen": 2 set aside.
                - It is promised for 2024-10-10; it is now expected on 2024-10-05. A promise stands until a later day is expected."#,
    );
}
