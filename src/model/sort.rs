//! A stable sort whose code is there once. The standard library's sorts are some kilobytes for each type
//! that is sorted, and with twenty of them were a tenth of the wasm.

use alloc::vec::Vec;

/// Sorts by a key; equals stay in their order.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let order = order(items.len(), &|one, other| key(&items[one]) < key(&items[other]));
    put(order, &mut |one, other| items.swap(one, other));
}

/// Sorts what has an order of its own.
pub(crate) fn ascending<T: Ord + Copy>(items: &mut [T]) {
    by_key(items, |item| *item);
}

/// For each item the place of the first with the same key.
pub(crate) fn firsts<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let order = order(items.len(), &|one, other| key(&items[one]) < key(&items[other]));
    let place = |rank: usize| order.get(rank).map_or(rank, |&place| place as usize);
    let mut firsts: Vec<usize> = (0..items.len()).collect();
    for rank in 1..items.len() {
        let (before, own) = (place(rank - 1), place(rank));
        if key(&items[before]) == key(&items[own]) {
            firsts[own] = firsts[before];
        }
    }
    firsts
}

/// Where the items that belong in each place stand, or nothing if all stand where they belong. Runs are
/// merged with their neighbours to runs of twice the length.
fn order(count: usize, less: &dyn Fn(usize, usize) -> bool) -> Vec<u32> {
    if (1..count).all(|place| !less(place, place - 1)) {
        return Vec::new();
    }
    let mut order: Vec<u32> = (0..count as u32).collect();
    let mut merged = order.clone();
    let mut length = 1;
    while length < count {
        for start in (0..count).step_by(2 * length) {
            let middle = count.min(start + length);
            let end = count.min(middle + length);
            let takes_right = |left: u32, right: u32| less(right as usize, left as usize);
            if middle == end || !takes_right(order[middle - 1], order[middle]) {
                merged[start..end].copy_from_slice(&order[start..end]);
                continue;
            }
            let (mut left, mut right) = (start, middle);
            for place in &mut merged[start..end] {
                let next = if left == middle || right < end && takes_right(order[left], order[right]) {
                    &mut right
                } else {
                    &mut left
                };
                *place = order[*next];
                *next += 1;
            }
        }
        core::mem::swap(&mut order, &mut merged);
        length *= 2;
    }
    order
}

/// Goes once round each cycle of places, and swaps every item of it to where it belongs.
fn put(mut order: Vec<u32>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = core::mem::replace(&mut order[place], place as u32) as usize;
            if from == start {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for count in (0..70).chain([1_000]) {
            for most in [3, 30, 1_000_000] {
                let mut items: Vec<(u64, u64)> = (0..count).map(|place| (next(most), place)).collect();
                let mut expected = items.clone();
                expected.sort_by_key(|item| item.0);
                by_key(&mut items, |item| item.0);
                assert_eq!(items, expected);
                items.reverse();
                ascending(&mut items);
                assert_eq!(items, expected);
            }
        }
    }

    #[test]
    fn the_first_with_a_key_is_found_for_each() {
        for (keys, expected) in [
            (&[][..], &[][..]),
            (&[7], &[0]),
            (&[1, 2, 2, 3, 3, 3], &[0, 1, 1, 3, 3, 3]),
            (&[5, 1, 5, 0, 1, 5, 9], &[0, 1, 0, 3, 1, 0, 6]),
        ] {
            assert_eq!(firsts(keys, |key: &u32| *key), expected);
        }
    }
}
