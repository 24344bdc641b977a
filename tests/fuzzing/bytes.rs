//! Bends bytes that it knows nothing about.

use super::{MOST_BYTES, Random};

/// One to four changes.
pub fn bend(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..random.between(1, 4) {
        change(random, bytes);
    }
    bytes.truncate(MOST_BYTES);
}

fn change(random: &mut Random, bytes: &mut Vec<u8>) {
    let at = random.below(bytes.len() as u64) as usize;
    let end = (at + random.between(1, 16) as usize).min(bytes.len());
    let Some(byte) = bytes.get(at).copied() else { return bytes.push(random.next() as u8) };
    match random.below(9) {
        0 => bytes[at] = byte ^ 1 << random.below(8),
        1 => bytes[at] = random.pick(&[0, 1, 0x7f, 0x80, 0xff, byte.wrapping_add(1), byte.wrapping_sub(1)]),
        2 => bytes[at] = random.next() as u8,
        3 => drop(bytes.drain(at..end)),
        4 => {
            let again = bytes[at..end].to_vec();
            splice(bytes, at, at, &again);
        }
        5 => {
            let from = random.below(bytes.len() as u64) as usize;
            let to = (from + end - at).min(bytes.len());
            let elsewhere = bytes[from..to].to_vec();
            splice(bytes, at, end, &elsewhere);
        }
        6 => bytes.truncate(at),
        // Seven bits a byte, as numbers stand in snapshots.
        7 => {
            let number = number(random);
            splice(bytes, at, (at + 1).min(bytes.len()), &varied(number));
        }
        _ => {
            let number = number(random).to_le_bytes();
            splice(bytes, at, (at + number.len()).min(bytes.len()), &number);
        }
    }
}

/// Numbers at the bounds of what holds them.
pub fn number(random: &mut Random) -> u64 {
    let bound =
        random.pick(&[0, 1 << 7, 1 << 8, 1 << 16, 1 << 31, 1 << 32, 1 << 53, 1 << 63, 3_600_000, 86_400_000]);
    match random.below(4) {
        0 => bound,
        1 => bound.wrapping_sub(1),
        2 => bound.wrapping_add(random.below(3)),
        _ => random.next() >> random.below(64),
    }
}

fn varied(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn splice(bytes: &mut Vec<u8>, from: usize, to: usize, with: &[u8]) {
    bytes.splice(from..to, with.iter().copied());
}
